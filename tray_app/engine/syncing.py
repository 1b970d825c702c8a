"""Keeps the library of whoever is signed in up to date, and follows signing in and out."""

import asyncio
import logging
from collections.abc import Awaitable, Callable, Coroutine, Sequence
from dataclasses import dataclass
from functools import partial

from tray_app.core.errors import Need, TrayError, TryLater
from tray_app.core.phrase import phrase
from tray_app.core.service.orders import Ticket
from tray_app.core.sync.standing import SyncResult
from tray_app.core.sync_schedule import SyncState, Trigger
from tray_app.engine.answers import Answers
from tray_app.engine.realtime import Listening
from tray_app.engine.sync_service import SyncService
from tray_app.ports import Clock

log = logging.getLogger(__name__)
RESTART_SECONDS = 60.0  # after a bug of ours
SIGN_OUT_SECONDS = 1.0  # between the server's word and our own record, when a person signs out

Outcome = SyncResult | TrayError


@dataclass(frozen=True, slots=True, kw_only=True)
class Parts:
    """What one computer's syncing is made of.

    `who`: names the sign-in of the moment, None: there is none to sync for; equal names mean
    the same session. `service` builds the sync service of a sign-in, which tells its states;
    `listening` its ears, which tell the service, and call the second where the server lets us
    listen no longer. `once`: one sync without them, for what a person asks while there is no
    service. `show`: where states go, None: nobody is signed in.
    """

    clock: Clock
    who: Callable[[], object]
    service: Callable[[Callable[[SyncState], None]], SyncService]
    listening: Callable[[SyncService, Callable[[], None]], Listening]
    once: Callable[[bool], Awaitable[SyncResult]]
    show: Callable[[SyncState | None], None]


class Syncing:
    """The service: one sign-in at a time. Knocks return at once and are safe from a Qt slot."""

    def __init__(self, parts: Parts) -> None:
        self._parts = parts
        self._changed = asyncio.Event()
        self._service: SyncService | None = None
        self._listening: Listening | None = None
        self._troubled = False
        self._who: object = None
        self._jobs: set[asyncio.Task[None]] = set()
        self.answers: Answers[Outcome] = Answers()

    # Knocks.

    def account_changed(self) -> None:
        """Look again who is signed in."""
        self._changed.set()

    def settings_changed(self) -> None:
        """Look at the interval anew, and whether to listen."""
        if self._service:
            self._service.settings_changed()
        self.conditions_changed()

    def resumed(self) -> None:
        """Tell that a window was shown or the session unlocked (requirement, On App Resume)."""
        self._knock(Trigger.WINDOW)
        if self._listening:
            self._listening.resumed()

    def backgrounded(self) -> None:
        """Tell that the last window was hidden (requirement, On App Pause)."""
        self.conditions_changed()

    def woke(self) -> None:
        """Go on after sleep."""
        self._reconnect(Trigger.WAKE)

    def network_changed(self) -> None:
        """Tell that this is another network."""
        self._reconnect(Trigger.NETWORK)

    def conditions_changed(self) -> None:
        """Look again whether to listen."""
        if self._listening:
            self._listening.reconsider()

    def run_ended(self) -> None:
        """Tell that a backup has sent something."""
        self._knock(Trigger.RUN_ENDED)

    def refresh(self) -> None:
        """Sync soon: a person wants to see the newest, and waits for no answer."""
        self._knock(Trigger.ASKED)

    def request(self, *, full: bool = False) -> Ticket:
        """Sync as a person asks; `answers` tells under the ticket what came of it."""
        ticket = self.answers.expect()
        told = partial(self._told, ticket)
        if self._service:
            self._service.ask(told, full=full)
        else:
            self._begin(self._once(told, full=full))
        return ticket

    def _begin(self, work: Coroutine[None, None, None]) -> None:
        job = asyncio.create_task(work)
        self._jobs.add(job)
        job.add_done_callback(self._jobs.discard)

    def _knock(self, trigger: Trigger) -> None:
        if self._service:
            self._service.knock(trigger)

    def _reconnect(self, trigger: Trigger) -> None:
        self._knock(trigger)
        if self._listening:
            self._listening.reconnect()

    def _told(self, ticket: Ticket, outcome: object) -> None:
        if isinstance(outcome, (SyncResult, TrayError)):
            self.answers.give({ticket}, outcome)

    async def _once(self, told: Callable[[object], None], *, full: bool) -> None:
        try:
            told(await self._parts.once(full))
        except TrayError as exc:
            told(exc)
        except Exception:
            log.exception("The sync broke; this is a bug.")
            told(TryLater(phrase("The sync broke: a bug of ours."), remedy=phrase("See the logs.")))

    # The loop.

    async def serve(self) -> None:
        """Serve whoever is signed in until cancelled, which ends a sync under way."""
        try:
            while True:
                try:
                    await self._one_sign_in()
                except Exception:
                    log.exception("Syncing broke; this is a bug. It begins anew in a minute.")
                    await self._parts.clock.sleep(RESTART_SECONDS)
        finally:
            jobs = tuple(self._jobs)
            for job in jobs:
                job.cancel()
            await asyncio.gather(*jobs, return_exceptions=True)

    async def _one_sign_in(self) -> None:
        """Serve one sign-in, or nobody, until there is another."""
        self._changed.clear()
        who = self._parts.who()
        if who is None:
            self._parts.show(None)
            await self._changed.wait()
            return
        service = self._parts.service(self._state_is)
        listening = self._parts.listening(service, lambda: self._begin(self._refused()))
        self._troubled, self._who = False, who
        self._service, self._listening = service, listening
        self._parts.show(service.state)
        tasks = [
            asyncio.create_task(service.serve(), name="sync service"),
            asyncio.create_task(listening.serve(), name="listening service"),
        ]
        try:
            await self._until_another(who, tasks)
        finally:
            self._service = self._listening = None
            for task in tasks:
                task.cancel()
            await asyncio.gather(*tasks, return_exceptions=True)

    async def _refused(self) -> None:
        """Find out by a sync whether we are no longer signed in, unless a person signed out."""
        await self._parts.clock.sleep(SIGN_OUT_SECONDS)
        if self._parts.who() == self._who:
            self._knock(Trigger.REFUSED)
        else:
            self._changed.set()

    def _state_is(self, state: SyncState) -> None:
        refused = state.trouble is not None and state.trouble.need is Need.SIGN_IN
        if refused and self._parts.who() != self._who:
            self._changed.set()  # a sync that a person's signing out has cut off
            return
        self._parts.show(state)
        troubled = state.trouble is not None
        if self._troubled and not troubled and self._listening:
            self._listening.resumed()  # the server answers again
        self._troubled = troubled
        if state.last_success and not state.running and self._parts.who() != self._who:
            self._changed.set()  # it went well with another session

    async def _until_another(self, who: object, tasks: Sequence[asyncio.Task[None]]) -> None:
        """Wait for another sign-in; raises what broke a service."""
        while self._parts.who() == who:
            change = asyncio.create_task(self._changed.wait(), name="sign-in")
            try:
                await asyncio.wait([change, *tasks], return_when=asyncio.FIRST_COMPLETED)
            finally:
                change.cancel()
            self._changed.clear()
            for task in tasks:
                if task.done():
                    task.result()
        log.info("Another sign-in, or none: the sync begins anew.")
