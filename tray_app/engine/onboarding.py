"""The onboarding at work: asks servers and this computer, one thing at a time, to be cancelled."""

import asyncio
import logging
from collections.abc import Callable, Coroutine
from contextlib import suppress
from dataclasses import dataclass, replace
from typing import Any

from tray_app.core import onboarding as core
from tray_app.core.account import FoundServer, Identity, ShownCertificate, WaysIn
from tray_app.core.asset import shown
from tray_app.core.errors import NeedsUser, TrayError, TryLater
from tray_app.core.oauth import MOBILE
from tray_app.core.onboarding import Begun, Field, Plan, State, Step
from tray_app.core.phrase import phrase
from tray_app.core.system_job import JobStatus
from tray_app.ports import Machine, SystemJob
from tray_app.ports.browser import Asked
from tray_app.ports.browser import Step as BrowserStep
from tray_app.ports.onboarding import Notebook, Reception

log = logging.getLogger(__name__)

Work = Callable[[], Coroutine[Any, Any, State]]
_BUG = phrase("Something unexpected happened. Try again; the log says more: immich-tray logs.")


@dataclass(frozen=True, slots=True, kw_only=True)
class Parts:
    """What it works with. `autostart` None: this program is not started at login (demo)."""

    reception: Reception
    notebook: Notebook
    machine: Machine
    autostart: SystemJob | None
    start: Callable[[], None]
    """Backs up at once."""


class Onboarding:
    """Owns the `State` and announces every change of it; all calls return at once."""

    def __init__(self, parts: Parts, state: State) -> None:
        self._parts = parts
        self._state = state
        self._listeners: list[Callable[[State], None]] = []
        self._answers: asyncio.Queue[str] = asyncio.Queue()
        self._task: asyncio.Task[None] | None = None
        self._running: set[asyncio.Task[None]] = set()  # what was cancelled takes leave first
        self._look: asyncio.Task[None] | None = None
        self._deaf: Callable[[], None] = lambda: None
        self._entered(state.step)

    @classmethod
    async def opened(cls, parts: Parts, *, account: bool = False) -> "Onboarding":
        """Begin or go on; `account`: with another sign-in."""
        book = parts.notebook
        standing = await book.standing()
        suggested = () if standing.folders else await book.suggested()
        return cls(parts, core.begin(standing, await book.plan(), suggested, account=account))

    @property
    def state(self) -> State:
        """Return what is to be shown."""
        return self._state

    def subscribe(self, listener: Callable[[State], None]) -> None:
        """Call `listener` after each change."""
        self._listeners.append(listener)

    def find(self, typed: str) -> None:
        """Look for the server that was typed."""
        self._begin(phrase("Looking for the server …"), Field.ADDRESS, lambda: self._found(typed))

    def trust(self) -> None:
        """Trust the certificate that is shown, and look again."""
        if certificate := self._state.certificate:
            typed = self._state.typed
            work = lambda: self._trusted(certificate, typed)  # noqa: E731
            self._begin(phrase("Looking for the server …"), Field.ADDRESS, work)

    def with_password(self, email: str, password: str) -> None:
        """Sign in."""
        work = lambda url: self._parts.reception.with_password(url, email, password)  # noqa: E731
        self._sign_in(phrase("Signing in …"), Field.PASSWORD, work)

    def with_key(self, key: str) -> None:
        """Sign in with an API key."""
        work = lambda url: self._parts.reception.with_key(url, key)  # noqa: E731
        self._sign_in(phrase("Signing in …"), Field.KEY, work)

    def with_browser(self) -> None:
        """Sign in through the browser; what is told and asked stands in the state."""
        self._answers = asyncio.Queue()
        work = lambda url: self._parts.reception.with_browser(url, self)  # noqa: E731
        self._sign_in(
            phrase("Waiting for you to sign in on the page in your browser …"), Field.BROWSER, work
        )

    def reply(self, text: str) -> None:
        """Give an address that was pasted, or "": the page complains about the redirect address."""
        self._answers.put_nowait(text)

    def choose(self, folders: tuple[str, ...]) -> None:
        """Keep the folders to back up."""
        self._begin(phrase("Saving …"), Field.FOLDERS, lambda: self._chosen(folders))

    def start(self, plan: Plan) -> None:
        """Keep when to back up, end the onboarding and begin the first backup."""
        self._begin(phrase("Saving …"), Field.WHEN, lambda: self._started(plan))

    def back(self) -> None:
        """Go to the step before."""
        self._show(core.back(self._state))

    def cancel(self) -> None:
        """End what is under way; the step stays."""
        if self._task:
            self._task.cancel()
            self._task = None
        self._show(core.calm(self._state))

    async def close(self) -> None:
        """End everything; what was done so far stays."""
        self._deaf()
        self._listeners.clear()
        running = {*self._running, *([self._look] if self._look else [])}
        for task in running:
            task.cancel()
        await asyncio.gather(*running, return_exceptions=True)

    # Port `Person`: who signs in through the browser.

    def told(self, step: BrowserStep) -> None:
        """Show where the sign-in on the page stands."""
        if isinstance(step, Asked):
            pasting = bool(step.page) or step.redirect == MOBILE
            self._show(
                core.on_a_page(self._state, step.page, pasting=pasting, other_way=not step.last)
            )
        else:
            self._show(core.not_taken(self._state, step.words))

    async def answer(self) -> str:
        """Wait for what the person gives."""
        return await self._answers.get()

    async def _found(self, typed: str) -> State:
        try:
            found = await self._parts.reception.find(typed)
        except NeedsUser as exc:
            if certificate := await self._certificate(typed, exc):
                state = replace(self._state, typed=typed)
                return core.refused(state, Field.ADDRESS, exc.reason, certificate)
            raise
        if Step.FOLDERS in self._state.steps:
            await self._parts.notebook.keep(Begun(typed))
        return core.server_found(self._state, typed, found, await self._ways(found))

    async def _ways(self, found: FoundServer) -> WaysIn:
        try:
            return await self._parts.reception.ways_in(found.url)
        except TryLater:
            return core.UNKNOWN_WAYS

    async def _certificate(self, typed: str, error: NeedsUser) -> ShownCertificate | None:
        with suppress(TrayError):  # what went wrong first is what is told
            return await self._parts.reception.certificate(typed, error)
        return None

    async def _trusted(self, certificate: ShownCertificate, typed: str) -> State:
        await self._parts.reception.trust(certificate)
        return await self._found(typed)

    def _sign_in(
        self, words: str, field: Field, work: Callable[[str], Coroutine[Any, Any, Identity]]
    ) -> None:
        if found := self._state.found:
            self._begin(words, field, lambda: self._signed_in(work(found.url)))

    async def _signed_in(self, work: Coroutine[Any, Any, Identity]) -> State:
        identity = await work
        log.info("Signed in at %s.", identity.url)
        state = core.signed_in(self._state, identity)
        try:
            await self._parts.notebook.save_address(self._state.typed)
        except NeedsUser as exc:  # signed in all the same
            return replace(state, trouble=core.Trouble(Field.FOLDERS, exc.words()))
        return state

    async def _chosen(self, folders: tuple[str, ...]) -> State:
        if not folders:
            return core.refused(self._state, Field.FOLDERS, phrase("Choose at least one folder."))
        if gone := await self._parts.notebook.missing(folders):
            named = ", ".join(shown(path) for path in gone)
            words = phrase(
                "{named} is not there now. Connect its drive, or remove it from the list.",
                named=named,
            )
            return core.refused(self._state, Field.FOLDERS, words)
        folders = core.without_nested(folders)
        await self._parts.notebook.save_folders(folders)
        return core.folders_chosen(self._state, folders)

    async def _started(self, plan: Plan) -> State:
        await self._parts.notebook.save_plan(plan)
        if trouble := await self._at_login(wanted=plan.at_login):
            return core.refused(replace(self._state, plan=plan), Field.AT_LOGIN, trouble)
        await self._parts.notebook.keep(None)
        self._parts.start()
        return core.done(replace(self._state, plan=plan))

    async def _at_login(self, *, wanted: bool) -> str:
        """Switch starting at login; returns why that failed, the real state shows besides."""
        job = self._parts.autostart
        if job is None:
            return ""
        before = self._state.at_login or await job.read()
        as_it_is = JobStatus.UNSUPPORTED if wanted else JobStatus.ABSENT
        if before.status in (JobStatus.UNSUPPORTED, as_it_is):
            return ""
        try:
            after = await (job.create() if wanted else job.remove())
        except TrayError as exc:
            return exc.words()
        self._state = replace(self._state, at_login=after)
        if wanted and after.status is not JobStatus.PRESENT:
            return after.words or phrase("This desktop does not start the program at login.")
        return ""

    def _begin(self, words: str, field: Field, work: Work) -> None:
        if self._task:
            self._task.cancel()
        self._show(core.asking(self._state, words))
        task = self._task = asyncio.ensure_future(self._run(field, work))
        self._running.add(task)
        task.add_done_callback(self._running.discard)

    async def _run(self, field: Field, work: Work) -> None:
        try:
            state = await work()
        except TrayError as exc:
            state = core.refused(self._state, field, exc.words())
        except Exception:
            log.exception("The onboarding met a bug.")
            state = core.refused(self._state, field, _BUG)
        if self._task in (None, asyncio.current_task()):  # nothing else was begun since
            self._task = None
            self._show(state)

    def _show(self, state: State) -> None:
        entered = state.step is not self._state.step
        self._state = state
        if entered:
            self._entered(state.step)
        for listener in tuple(self._listeners):
            listener(state)

    def _entered(self, step: Step) -> None:
        """Watch this computer while its state is shown."""
        log.info("Setting up: step %s.", step)
        self._deaf()
        self._deaf = lambda: None
        if step is Step.WHEN:
            self._deaf = self._parts.machine.on_change(self._see)
            self._see()

    def _see(self) -> None:
        if self._look is None or self._look.done():
            self._look = asyncio.ensure_future(self._seen())

    async def _seen(self) -> None:
        seen = await self._parts.machine.read()
        self._show(replace(self._state, seen=seen))
        job = self._parts.autostart
        if job and self._state.at_login is None:
            at_login = await job.read()
            self._show(replace(self._state, at_login=at_login))
