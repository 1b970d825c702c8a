"""Fifth stage: "backed up" only when the server reports our SHA-1 (promise 1).

By the sync stream where it came first, else by a second, batched duplicate check; either must
name the id that the upload returned.
"""

import asyncio
from collections.abc import Callable, Sequence

from tray_app.core.backoff import TRIES_A_RUN, retry_pause
from tray_app.core.errors import TryLater
from tray_app.core.ledger import Held
from tray_app.core.phrase import phrase
from tray_app.core.server import CheckAnswer
from tray_app.engine.run.gather import fill
from tray_app.engine.run.item import Item, RunContext
from tray_app.engine.run.outcome import Outcomes

_BATCH = 500
_GATHER_SECONDS = 1.0


class Confirming:
    """Verifies what was sent; in a `hurry` without gathering more."""

    def __init__(
        self,
        context: RunContext,
        outcomes: Outcomes,
        to_confirm: asyncio.Queue[Item],
        retry: Callable[[Item, float], None],
    ) -> None:
        self._run = context
        self._outcomes = outcomes
        self._to_confirm = to_confirm
        self._retry = retry
        self.hurry = False
        self.idle = asyncio.Event()
        self.idle.set()

    async def work(self) -> None:
        """Run until cancelled."""
        while True:
            self.idle.set()
            batch = [await self._to_confirm.get()]
            self.idle.clear()
            seconds = 0.0 if self.hurry else _GATHER_SECONDS
            await fill(batch, self._to_confirm, self._most, seconds)
            if left := await self._unseen(batch):
                await self._judge(left, await self._ask([item.sha1 for item in left]))

    async def _unseen(self, batch: list[Item]) -> list[Item]:
        """Confirm what the sync stream has brought already; returns the others."""
        run = self._run
        ids = await run.voucher.ids(run.clock.now(), [item.sha1 for item in batch])
        seen = {item for item in batch if ids.get(item.sha1) == item.remote_id}
        left = [item for item in batch if item not in seen]
        if seen:
            await self._outcomes.confirmed([(item, item.held) for item in seen])
        return left

    async def _ask(self, sums: list[bytes]) -> Sequence[CheckAnswer]:
        return await self._run.check(sums)

    def _most(self) -> int:
        return min(_BATCH, self._outcomes.alive)

    async def _judge(self, batch: list[Item], answers: Sequence[CheckAnswer]) -> None:
        good: list[tuple[Item, Held]] = []
        for item, answer in zip(batch, answers, strict=True):
            if answer.remote_id == item.remote_id:
                good.append((item, Held.TRASHED if answer.trashed else item.held))
            else:
                await self._mismatch(item)
        if good:
            await self._outcomes.confirmed(good)

    async def _mismatch(self, item: Item) -> None:
        """Say it plainly and send it again; the wrong copy is named, never deleted."""
        item.tries += 1
        error = TryLater(
            phrase(
                "The server stored other bytes than were sent (asset {remote_id}).",
                remote_id=item.remote_id,
            ),
            remedy=phrase(
                "Check the server's disk and the proxy before it; the file will be sent again."
            ),
        )
        item.created = item.sent_before = False
        self._run.sending.pop(item.sha1, None)
        item.remote_id = None
        if item.tries >= TRIES_A_RUN:
            await self._outcomes.failed(item, error)
        else:
            self._retry(item, retry_pause(item.tries))
