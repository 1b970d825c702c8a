"""Trusting a certificate by its fingerprint: the only place that adds one to the settings."""

from tray_app.adapters.immich.certificate import shown_certificate
from tray_app.adapters.locations import Locations
from tray_app.adapters.settings_file import SettingsFile
from tray_app.app.way import load_way
from tray_app.core.account import ShownCertificate
from tray_app.core.errors import Need, NeedsUser, TrayError
from tray_app.core.phrase import phrase
from tray_app.core.pins import same_spelling, spelled, with_pin
from tray_app.core.settings import Settings
from tray_app.ports import Secrets


def may_be_trusted(error: TrayError) -> bool:
    """Tell whether this trouble can be ended by trusting the certificate that was shown."""
    return isinstance(error, NeedsUser) and error.need in (Need.CERTIFICATE, Need.IDENTITY)


async def look_at(locations: Locations, secrets: Secrets, typed: str) -> ShownCertificate | None:
    """Ask what certificate the server at this address shows, sending nothing."""
    return await shown_certificate(typed, load_way(locations, secrets))


def trust(locations: Locations, shown: ShownCertificate, expected: str) -> Settings:
    """Trust what was shown from now on, if a person expected just this fingerprint.

    Raises NeedsUser(IDENTITY) when it is another one, and what the settings file raises.
    """
    try:
        right = same_spelling(expected) == shown.fingerprint
    except ValueError:
        right = False
    if not right:
        raise NeedsUser(
            phrase(
                "{place} shows a certificate with another fingerprint: {fingerprint}. "
                "Nothing was sent and nothing is trusted.",
                place=shown.place,
                fingerprint=spelled(shown.fingerprint),
            ),
            need=Need.IDENTITY,
            remedy=phrase("Compare it with what the server itself says."),
        )
    file = SettingsFile(locations.settings_file)
    file.create()
    known = file.load().settings.trusted_certificates
    return file.change("trustedCertificates", with_pin(known, shown.place, shown.fingerprint))
