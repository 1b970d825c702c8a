"""Third stage: ask the server in batches what it has, before anything is sent."""

import asyncio
from collections.abc import Sequence

from tray_app.core.errors import AssetRejected, Need, NeedsUser
from tray_app.core.ledger import Held
from tray_app.core.phrase import plural
from tray_app.core.server import CheckAnswer
from tray_app.engine.run.gather import fill
from tray_app.engine.run.item import Item, RunContext
from tray_app.engine.run.outcome import Outcomes

LARGEST_CHECK = 5000  # checksums a call (protocol 3.2)
_SHORT_WAIT = 0.2  # seconds to gather more while the uploads run dry
_FEW_TO_SEND = 200
_LONG_WAIT = 2.0  # while the uploads have enough to do


class Checking:
    """Ends what the server has, and passes on what it lacks."""

    def __init__(
        self,
        context: RunContext,
        outcomes: Outcomes,
        to_check: asyncio.Queue[Item],
        to_send: asyncio.Queue[Item],
    ) -> None:
        self._run = context
        self._outcomes = outcomes
        self._to_check = to_check
        self._to_send = to_send

    async def work(self) -> None:
        """Run until cancelled."""
        while True:
            # Chosen before asking: an answer of before the leader's upload is out of date.
            batch = [item for item in await self._gather() if self._outcomes.lead(item)]
            if not batch:
                continue
            answers = await self._ask(batch)
            known: list[tuple[Item, Held]] = []
            for item in batch:
                await self._route(item, answers, known)
            if known:
                await self._outcomes.confirmed(known)

    async def _gather(self) -> list[Item]:
        """Collect a batch: full, or all there is, or what came before the uploads run dry."""
        batch = [await self._to_check.get()]
        clock = self._run.clock
        ends = clock.monotonic() + _LONG_WAIT
        while True:
            await fill(batch, self._to_check, self._most, _SHORT_WAIT)
            starving = self._to_send.qsize() < _FEW_TO_SEND
            if len(batch) >= self._most() or starving or clock.monotonic() >= ends:
                return batch

    def _most(self) -> int:
        return min(LARGEST_CHECK // 2, self._outcomes.alive)

    async def _ask(self, batch: list[Item]) -> dict[bytes, CheckAnswer]:
        sums = list({f.sha1 for item in batch for f in (item.file, item.video) if f and f.sha1})
        answers = dict(zip(sums, await self._check(sums), strict=True))
        wanted = {
            sha1: answer.remote_id
            for sha1, answer in answers.items()
            if answer.remote_id and answer.trashed and sha1 in self._run.wanted
        }
        if wanted and not self._run.options.dry_run and await self._restored([*wanted.values()]):
            answers |= zip(wanted, await self._check([*wanted]), strict=True)
        return answers

    async def _check(self, sums: list[bytes]) -> Sequence[CheckAnswer]:
        return await self._run.check(sums)

    async def _restored(self, ids: list[str]) -> bool:
        """Take assets out of the server's trash, because a person wants them uploaded again.

        The server would not take the bytes a second time (protocol 3.1).
        """
        try:
            await self._run.trouble.call(lambda: self._run.server.restore(ids))
        except (NeedsUser, AssetRejected) as exc:
            if isinstance(exc, NeedsUser) and exc.need is not Need.PERMISSION:
                raise
            self._run.tally.notes.append(
                plural(
                    "{n:,} file in the server's trash could not be taken out from here: "
                    "{reason} Restore what you want back in Immich.",
                    "{n:,} files in the server's trash could not be taken out from here: "
                    "{reason} Restore what you want back in Immich.",
                    n=len(ids),
                    reason=exc.reason,
                )
            )
            return False
        return True

    async def _route(
        self, item: Item, answers: dict[bytes, CheckAnswer], known: list[tuple[Item, Held]]
    ) -> None:
        if item.video and item.video.sha1 and (held := answers[item.video.sha1]).remote_id:
            await self._know_video(item, held.remote_id, trashed=held.trashed)
        answer = answers[item.sha1]
        if answer.remote_id is not None:
            item.remote_id = answer.remote_id
            if item.sha1 in self._run.sent:  # ours: its confirmation was cut off by a stop
                item.sent_before, item.sidecar_mtime = True, self._run.sent[item.sha1]
            known.append((item, Held.TRASHED if answer.trashed else item.held))
        elif self._run.options.dry_run:
            self._outcomes.end(1 + len(self._run.inflight.pop(item.sha1, [])))
        else:
            await self._to_send.put(item)

    async def _know_video(self, item: Item, remote_id: str, *, trashed: bool) -> None:
        """Confirm the motion video on its own; the still is linked to it."""
        if item.video is None:
            return
        video = self._outcomes.begin(Item(item.video, remote_id=remote_id, hidden=True))
        video.sent_before = video.sha1 in self._run.sent or (
            item.sent_before and item.video_id == remote_id
        )
        item.video, item.video_id = None, None if trashed else remote_id
        if self._outcomes.lead(video):
            await self._outcomes.confirmed([(video, Held.TRASHED if trashed else video.held)])
