"""New assets that the server tells of, put into the library ahead of the next sync."""

from collections.abc import Awaitable, Callable, Sequence

from tray_app.core.realtime import Ready
from tray_app.engine.sync_service import SyncService


class Additions:
    """Puts what the server tells of new assets into the library, where no sync can differ."""

    def __init__(
        self, service: SyncService, put: Callable[[Sequence[Ready]], Awaitable[bool]]
    ) -> None:
        self._service = service
        self._put = put

    async def apply(self, ready: Sequence[Ready], since: float) -> bool:
        """Do it; False where a sync has to.

        A sync that began after the first of them was told may know that one is gone again.
        """
        began = self._service.began_at
        if self._service.state.running or (began is not None and began >= since):
            return False
        return await self._put(ready)
