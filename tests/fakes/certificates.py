"""Real certificates for loopback, good and bad, made while the test runs."""

import ipaddress
import ssl
from datetime import UTC, datetime, timedelta
from pathlib import Path

from cryptography import x509
from cryptography.hazmat.primitives import hashes, serialization
from cryptography.hazmat.primitives.asymmetric import ec
from cryptography.x509.oid import NameOID


def _name(text: str) -> x509.Name:
    return x509.Name([x509.NameAttribute(NameOID.COMMON_NAME, text)])


class Authority:
    """A certificate authority of this test; `file` is what a client has to trust."""

    def __init__(self, folder: Path) -> None:
        self.folder = folder
        self.shown = ""
        self.key = ec.generate_private_key(ec.SECP256R1())
        self.name = _name("Test authority")
        self.certificate = self._signed(self.name, self.key, [], days=10, authority=True)
        self.file = folder / "authority.pem"
        self.file.write_bytes(self.certificate.public_bytes(serialization.Encoding.PEM))

    def context(
        self,
        *,
        ip: str = "127.0.0.1",
        days: int = 10,
        begins: int = -30,
        self_signed: bool = False,
        clients_only: bool = False,
    ) -> ssl.SSLContext:
        """Return a server's context with a fresh certificate; `days` < 0: expired.

        `begins`: valid from so many days on.

        `clients_only`: it lets in only who shows a certificate of this authority.
        `shown` is the fingerprint of the certificate made last.
        """
        key = ec.generate_private_key(ec.SECP256R1())
        subject = _name("Test server")
        names = [x509.IPAddress(ipaddress.ip_address(ip))]
        certificate = self._signed(subject, key, names, days=days, begins=begins, own=self_signed)
        file = self.folder / f"server-{ip}-{days}-{begins}-{self_signed}.pem"
        file.write_bytes(
            key.private_bytes(
                serialization.Encoding.PEM,
                serialization.PrivateFormat.PKCS8,
                serialization.NoEncryption(),
            )
            + certificate.public_bytes(serialization.Encoding.PEM)
        )
        context = ssl.SSLContext(ssl.PROTOCOL_TLS_SERVER)
        context.load_cert_chain(file)
        self.shown = certificate.fingerprint(hashes.SHA256()).hex()
        if clients_only:
            context.load_verify_locations(self.file)
            context.verify_mode = ssl.CERT_REQUIRED
        return context

    def client(self, *, password: str = "") -> tuple[Path, Path]:
        """Return the files of a client's certificate and of its key."""
        key = ec.generate_private_key(ec.SECP256R1())
        certificate = self._signed(_name("Test client"), key, [], days=10)
        locked = serialization.BestAvailableEncryption(password.encode()) if password else None
        files = self.folder / "client.pem", self.folder / "client-key.pem"
        files[0].write_bytes(certificate.public_bytes(serialization.Encoding.PEM))
        files[1].write_bytes(
            key.private_bytes(
                serialization.Encoding.PEM,
                serialization.PrivateFormat.PKCS8,
                locked or serialization.NoEncryption(),
            )
        )
        return files

    def _signed(
        self,
        subject: x509.Name,
        key: ec.EllipticCurvePrivateKey,
        names: list[x509.GeneralName],
        *,
        days: int,
        begins: int = -30,
        authority: bool = False,
        own: bool = False,
    ) -> x509.Certificate:
        now = datetime.now(UTC)
        builder = (
            x509.CertificateBuilder()
            .subject_name(subject)
            .issuer_name(subject if own else self.name)
            .public_key(key.public_key())
            .serial_number(x509.random_serial_number())
            .not_valid_before(now + timedelta(days=begins))
            .not_valid_after(now + timedelta(days=days))
            .add_extension(x509.BasicConstraints(ca=authority, path_length=None), critical=True)
        )
        if names:
            builder = builder.add_extension(x509.SubjectAlternativeName(names), critical=False)
        return builder.sign(key if own else self.key, hashes.SHA256())
