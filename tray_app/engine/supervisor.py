"""The one loop that decides; the rest of the world only knocks (style anchors, principle 3)."""

import asyncio
import logging
import random
from collections import deque
from collections.abc import Awaitable, Callable
from contextlib import suppress
from dataclasses import replace
from datetime import datetime

from tray_app.core.conditions import UNREADABLE, Reason
from tray_app.core.errors import TrayError
from tray_app.core.run import Outcome, nothing_done
from tray_app.core.service.machine import Knock, Service, step
from tray_app.core.service.orders import Order, Ticket
from tray_app.core.service.states import ENDINGS, RUNNING, Effect, Event, State
from tray_app.core.snapshot import Overview, Phase, UploadState
from tray_app.core.sync_schedule import SyncState
from tray_app.engine.display import Display
from tray_app.engine.knocks import Knocks, RememberPause, forget_pause
from tray_app.engine.store import Store
from tray_app.engine.wall_clock import WallClock
from tray_app.engine.watchdog import Watchdog
from tray_app.engine.work import STOP_SECONDS, Backup, Ending, Work
from tray_app.ports import Clock

log = logging.getLogger(__name__)
LONGEST_NAP = 60.0  # while anything is due: not every system tells of a change, or of sleep

Look = Callable[[], Awaitable[Overview]]
Hold = Callable[[bool], Awaitable[tuple[Reason, ...]]]
Allow = Callable[[], Awaitable[object]]


async def allow_nothing() -> None:
    """Leave the network as it is."""


_PROGRESS = {
    Phase.CONNECTING: Event.CONNECTS,
    Phase.SCANNING: Event.SCANS,
    Phase.HASHING: Event.HASHES,
    Phase.UPLOADING: Event.UPLOADS,
    Phase.VERIFYING: Event.UPLOADS,
}


class Supervisor(Knocks):
    """The background service: runs one backup at a time, at most; a bug in a run never ends it.

    `backup` does one whole run, `look` reads what the database says, `hold` why a run would
    have to wait now (True: a person asked for it), `open_page` shows the server in the browser,
    `allow_network` permits uploads on the network of the moment.
    """

    def __init__(
        self,
        store: Store,
        clock: Clock,
        backup: Backup,
        look: Look,
        hold: Hold,
        open_page: Callable[[str], object],
        quit_requested: asyncio.Event,
        remember_pause: RememberPause = forget_pause,
        allow_network: Allow = allow_nothing,
    ) -> None:
        super().__init__(clock, self._post, remember_pause)
        self._store = store
        self._clock = clock
        self._backup = backup
        self._look = look
        self._hold = hold
        self._open_page = open_page
        self._allow_network = allow_network
        self._allowing: asyncio.Task[None] | None = None
        self._display = Display(store)
        self._watchdog = Watchdog(clock)
        self._time = WallClock(clock)
        self._service = Service()
        self._queue: deque[Knock] = deque()
        self._knocked = asyncio.Event()
        self._work: Work | None = None
        self._check: asyncio.Task[None] | None = None
        self._checks = 0
        self._ending: Ending | None = None  # of the newest run
        self._phase = Phase.IDLE
        self.quit_requested = quit_requested

    # Knocks beside those of the base: safe from a Qt slot, they return at once.

    def open_immich(self) -> None:
        """Show the server in the browser."""
        if url := self._store.snapshot.server_url:
            self._open_page(url)

    def upload_anyway(self) -> None:
        """Allow the network of the moment although it costs, and look at the conditions again."""
        if self._allowing is None or self._allowing.done():
            self._allowing = asyncio.create_task(self._allow(), name="upload anyway")

    async def _allow(self) -> None:
        await self._allow_network()
        self.conditions_changed()

    def synced(self, state: SyncState | None) -> None:
        """Show how the sync of the library is going; None: there is nobody to sync for."""
        self._display.synced(state)
        self._knocked.set()  # the loop draws anew

    def quit(self) -> None:
        """End the program in good order."""
        self.quit_requested.set()

    async def recount(self) -> None:
        """Show at once what somebody else changed in the database."""
        await self._look_anew()

    def _post(self, knock: Knock) -> None:
        self._queue.append(knock)
        self._knocked.set()

    # The loop.

    async def serve(self) -> None:
        """Decide until quit is requested, then let the current uploads end."""
        quitting = asyncio.create_task(self._quit_when_asked(), name="quit")
        try:
            await self._begin()
            while self._service.state is not State.ENDED:
                self._decide(await self._next_knock())
        finally:
            quitting.cancel()
            await self._end_work()

    async def _quit_when_asked(self) -> None:
        await self.quit_requested.wait()
        self._post(Knock(event=Event.QUIT))

    async def _begin(self) -> None:
        """Go on with what an earlier process left behind."""
        overview = await self._look_anew()
        while self._queue and self._queue[0].event is Event.SETTINGS_CHANGED:
            self._decide(self._queue.popleft())
        if overview.pending > overview.failed and self._service.agenda.enabled:
            agenda = self._service.agenda.put_back(Order(), asked=False)
            self._service = replace(self._service, agenda=agenda)
        self._decide(Knock(event=Event.TIMER))

    async def _next_knock(self) -> Knock:
        if not self._queue:
            await self._nap()
        self._knocked.clear()
        while self._queue:
            knock = self._queue.popleft()
            if knock.check in (0, self._checks):
                return knock
        if self._service.state in RUNNING and self._watchdog.bites():
            log.warning("Nothing has moved for ten minutes; the backup is started anew.")
            return Knock(event=Event.STUCK)
        return Knock(event=Event.TIMER)

    async def _nap(self) -> None:
        """Wait for a knock, or until time alone changes something: a minute at most."""
        waits: set[asyncio.Task[object]] = {asyncio.create_task(self._knocked.wait())}
        if (seconds := self._seconds_to_nap()) is not None:
            waits.add(asyncio.create_task(self._clock.sleep(seconds)))
        try:
            await asyncio.wait(waits, return_when=asyncio.FIRST_COMPLETED)
        finally:
            for wait in waits:
                wait.cancel()

    def _seconds_to_nap(self) -> float | None:
        """Never past a minute while something is due: a suspended laptop stops the loop's clock."""
        if self._service.state in RUNNING | {State.WAITING, State.CHECKING}:
            return LONGEST_NAP
        now = self._clock.now()
        due = self._service.agenda.wakes_at(now, self.trigger_delay)
        if due is None:
            return None
        return min(max((due - now).total_seconds(), 0.0), LONGEST_NAP)

    def _decide(self, knock: Knock) -> None:
        self._follow_the_clock()
        before, waiting = self._service.state, self._service.tickets
        self._service, effect = step(self._service, knock, self._clock.now(), self.trigger_delay)
        if self._service.state is not State.CHECKING or effect is Effect.CHECK:
            self._end_check()
        self._do(effect)
        if self._service.state is not before:
            log.debug("Service: %s -> %s on %s.", before, self._service.state, knock.event)
        if told := waiting - self._service.tickets:
            self._answer(told, knock)
        self._display.show(self._service, self._phase, self.trigger_delay, self._clock.now())

    def _follow_the_clock(self) -> None:
        """Let nothing wait longer because somebody set the clock back."""
        if by := self._time.set_back():
            log.info("The clock was set back by %s; what is due moves with it.", -by)
            agenda = self._service.agenda.moved(by)
            self._service = replace(self._service, agenda=agenda)
            if agenda.paused_until:
                self._remember_pause(True, agenda.paused_until)

    def _answer(self, tickets: frozenset[Ticket], knock: Knock) -> None:
        """Tell those who asked what came of it."""
        if knock.event in ENDINGS and self._ending:
            result = self._ending.as_result()
        elif knock.event is Event.HELD:
            reason = " ".join(self._display.reasons)
            result = nothing_done(Outcome.WAITING, reason)
        else:
            result = nothing_done(Outcome.STOPPED)
        self.answers.give(tickets, result)
        self._display.told(result)

    def _do(self, effect: Effect) -> None:
        match effect:
            case Effect.CHECK:
                self._checks += 1
                look = self._look_at_conditions(self._checks)
                self._check = asyncio.create_task(look, name="conditions")
            case Effect.BEGIN:
                self._begin_work()
            case Effect.STOP if self._work:
                self._work.stop()
            case Effect.ABORT if self._work:
                self._work.cut(Event.RUN_STUCK)

    async def _look_at_conditions(self, number: int) -> None:
        order = self._service.agenda.next_order or Order()
        try:
            reasons = () if order.anyway else await self._hold(order.asked)
        except Exception:
            log.exception("The conditions could not be read; this is a bug.")
            reasons = (UNREADABLE,)
        self._display.held(reasons)
        self._post(Knock(event=Event.HELD if reasons else Event.FREE, check=number))

    def _end_check(self) -> None:
        if self._check:
            self._check.cancel()
            self._check = None

    # A run.

    def _begin_work(self) -> None:
        self._watchdog.alive()
        self._phase = Phase.CONNECTING
        self._display.begun()
        order = self._service.running or Order()
        self._work = Work(self._backup, order, self._publish, self._announce, self._ended)

    async def _ended(self, ending: Ending) -> None:
        overview = await self._look_anew()
        self._work = None
        self._ending = ending
        self._display.ended(ending)
        # What was due and was not tried has its reason; trying at once would never end.
        retry_at = overview.retry_at
        if retry_at and retry_at <= self._clock.now():
            retry_at = None
        self._post(
            Knock(
                event=ending.event,
                retry_files_at=retry_at,
                chance=random.random(),  # noqa: S311  spreads clients, no secret
            )
        )

    def _publish(self, phase: Phase, upload: UploadState) -> None:
        self._watchdog.alive()
        if phase is not self._phase:
            self._phase = phase
            self._post(Knock(event=_PROGRESS[phase]))
        self._display.progress(phase, upload)

    def _announce(self, reason: str, until: datetime | None) -> None:
        self._watchdog.alive()
        self._display.stumbled(reason, until)
        self._post(Knock(event=Event.STUMBLES if reason else _PROGRESS[self._phase]))

    async def _look_anew(self) -> Overview:
        try:
            overview = await self._look()
        except TrayError as exc:
            log.error("%s", exc.words())  # noqa: TRY400  no bug: its words say all
            self._display.unreadable(exc)
            return Overview()
        self._display.known(overview)
        return overview

    async def _end_work(self) -> None:
        self._end_check()
        if self._work:
            self._work.stop()
            await asyncio.wait({self._work.task}, timeout=STOP_SECONDS + 1)
        if self._work:
            self._work.task.cancel()
            with suppress(asyncio.CancelledError):
                await self._work.task
