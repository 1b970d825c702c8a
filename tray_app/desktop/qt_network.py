"""Network as Qt tells it, on Windows and macOS (`QNetworkInformation`).

Never run there by us; on Linux its NetworkManager backend is tested.
"""

from collections.abc import Callable

from PySide6.QtCore import QCoreApplication
from PySide6.QtNetwork import QNetworkInformation

from tray_app.core.conditions import Medium, Readings

_Feature = QNetworkInformation.Feature
_Transport = QNetworkInformation.TransportMedium

_MEDIA = {
    _Transport.Ethernet: Medium.ETHERNET,
    _Transport.Cellular: Medium.CELLULAR,
    _Transport.WiFi: Medium.WIFI,
    _Transport.Bluetooth: Medium.BLUETOOTH,
}


class QtNetwork:
    """A source of `online` (False only), `captive`, `metered` and `medium`.

    Unknown without a running Qt application, and what the backend of the platform cannot tell.
    """

    def __init__(self, on_change: Callable[[], None]) -> None:
        self._on_change = on_change
        self._told: QNetworkInformation | None = None

    async def read(self) -> Readings:
        """Look; the first time, connect to the system."""
        if self._told is None:
            self._told = self._connected()
        told = self._told
        if told is None:
            return Readings()
        cut_off = told.reachability() == QNetworkInformation.Reachability.Disconnected
        return Readings(
            online=False if told.supports(_Feature.Reachability) and cut_off else None,
            captive=told.isBehindCaptivePortal() if told.supports(_Feature.CaptivePortal) else None,
            metered=told.isMetered() if told.supports(_Feature.Metered) else None,
            medium=_MEDIA.get(told.transportMedium())
            if told.supports(_Feature.TransportMedium)
            else None,
        )

    def _connected(self) -> QNetworkInformation | None:
        if QCoreApplication.instance() is None or not QNetworkInformation.loadDefaultBackend():
            return None
        told = QNetworkInformation.instance()
        for changed in (
            told.reachabilityChanged,
            told.isBehindCaptivePortalChanged,
            told.isMeteredChanged,
            told.transportMediumChanged,
        ):
            changed.connect(self._knock)
        return told

    def _knock(self, *_: object) -> None:
        self._on_change()
