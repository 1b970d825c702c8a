"""The one place where certificates are judged, for HTTP and Socket.IO alike.

Trusted is what the system trusts, and an own authority; where a person trusts one certificate by
its fingerprint, that one and nothing else.
"""

import hashlib
import ssl
from collections.abc import Callable

import truststore

from tray_app.core.errors import Need, NeedsUser
from tray_app.core.phrase import phrase
from tray_app.core.way import Way


class WrongPinError(ssl.SSLCertVerificationError):
    """The certificate shown (SHA-256 `shown`, 64 hex digits) is not the one that is trusted."""

    def __init__(self, shown: str) -> None:
        super().__init__(1, "not the certificate that is trusted here")
        self.shown = shown


def tls_context(way: Way, url: str) -> ssl.SSLContext:
    """Build the context for connections to `url`; raises NeedsUser naming a file of no use."""
    pin = way.pin_for(url)
    context = _pinned(pin) if pin else truststore.SSLContext(ssl.PROTOCOL_TLS_CLIENT)
    if way.authority and not pin:
        _load(
            phrase("certificate authority"), way.authority, lambda: _trust(context, way.authority)
        )
    if way.certificate:
        _load(phrase("client certificate"), way.certificate, lambda: _introduce(context, way))
    return context


def revealing_context() -> ssl.SSLContext:
    """Build a context that accepts nothing: `WrongPinError` says what was shown."""
    return _pinned("")


def _pinned(fingerprint: str) -> ssl.SSLContext:
    class Pinned(ssl.SSLObject):
        """Looks at the certificate before anything is sent, whatever library connects."""

        def do_handshake(self) -> None:
            super().do_handshake()
            certificate = self.getpeercert(binary_form=True) or b""
            shown = hashlib.sha256(certificate).hexdigest()
            if shown != fingerprint:
                raise WrongPinError(shown)

    context = ssl.SSLContext(ssl.PROTOCOL_TLS_CLIENT)
    context.check_hostname = False
    context.verify_mode = ssl.CERT_NONE  # the fingerprint is looked at instead
    context.sslobject_class = Pinned
    return context


def _trust(context: ssl.SSLContext, file: str) -> None:
    context.load_verify_locations(cafile=file)


def _introduce(context: ssl.SSLContext, way: Way) -> None:
    # Without a password of its own OpenSSL would ask at the terminal and wait.
    context.load_cert_chain(way.certificate, way.key or None, lambda: way.key_password)


def _load(what: str, path: str, load: Callable[[], None]) -> None:
    try:
        load()
    except ssl.SSLError as exc:
        why = phrase("it is no PEM file, or its key or the password of the key is wrong")
        raise _unusable(what, path, why) from exc
    except OSError as exc:
        raise _unusable(what, path, (exc.strerror or phrase("it cannot be read")).lower()) from exc


def _unusable(what: str, path: str, why: str) -> NeedsUser:
    return NeedsUser(
        phrase(
            "The file of the {what}, {path}, cannot be used: {why}.", what=what, path=path, why=why
        ),
        need=Need.CERTIFICATE,
        remedy=phrase("Choose another file in the settings, or empty that setting."),
    )
