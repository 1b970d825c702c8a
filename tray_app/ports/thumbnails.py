"""Where small pictures come from when they are not made of local files."""

from typing import Protocol


class Thumbnails(Protocol):
    """The server's thumbnails, and a bounded store on disk for these and our own."""

    async def kept(self, name: str) -> bytes | None:
        """Return what was kept under this name, in any format of pictures."""
        ...

    async def keep(self, name: str, picture: bytes) -> None:
        """Keep a picture; the longest unused ones go when there are too many. Never raises."""
        ...

    def may_fetch(self) -> bool:
        """Tell whether the server may be asked now: signed in, and the network costs nothing."""
        ...

    async def fetch(self, asset_id: str) -> bytes:
        """Get the thumbnail of an asset; raises a TrayError when there is none or no answer."""
        ...
