"""Socket.IO packets from a server that is not trusted: anything Immich does not send is nothing.

Kept apart from `realtime.py` because python-socketio is imported only when we connect.
"""

from typing import Any

from socketio import packet

_NOTHING = [""]  # an event without a name


class SafePacket(packet.Packet):  # type: ignore[misc]  # python-socketio has no types
    """Takes text packets of the main namespace that want no acknowledgement.

    No attachments and no other namespaces: both would be kept for as long as the server likes.
    Decoding never raises, since nobody would catch it.
    """

    data: Any

    def __init__(self, *args: Any, **more: Any) -> None:
        super().__init__(*args, **more)
        if more.get("encoded_packet") is not None and self.packet_type == packet.EVENT:
            self.data = self.data or _NOTHING

    def decode(self, encoded_packet: Any) -> int:
        """Read a packet; it has no attachments."""
        self.packet_type, self.data, self.namespace = packet.EVENT, _NOTHING, None
        if not isinstance(encoded_packet, str):
            return 0
        kind, rest = encoded_packet[:1], encoded_packet[1:]
        if kind == "1" and not rest:
            self.packet_type, self.data = packet.DISCONNECT, None
        elif kind in ("0", "4") and rest[:1] in ("", "{"):
            told = self._read(rest)
            if isinstance(told, dict):
                self.packet_type = packet.CONNECT if kind == "0" else packet.CONNECT_ERROR
                self.data = told
        elif kind == "2" and rest.startswith("["):
            told = self._read(rest)
            if isinstance(told, list) and told and isinstance(told[0], str):
                self.data = told
        return 0

    def _read(self, text: str) -> Any:
        try:
            return self.json.loads(text) if text else {}
        except (ValueError, RecursionError):
            return None
