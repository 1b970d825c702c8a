"""The tray program: Qt and the engine on one loop."""

import asyncio
import logging
import os
from collections.abc import AsyncIterator, Callable, Coroutine, Mapping
from contextlib import asynccontextmanager
from dataclasses import replace
from datetime import datetime
from functools import partial

from PySide6.QtWidgets import QApplication

from tray_app.adapters import logs
from tray_app.adapters.locations import Locations
from tray_app.adapters.settings_file import SettingsFile
from tray_app.app.autostart import follow_the_program
from tray_app.app.backup import Request, back_up, load_settings
from tray_app.app.bundle import Report, no_report
from tray_app.app.cards import Offers, offering_cards
from tray_app.app.channel import only_instance, open_to_others
from tray_app.app.guard import upload_guard
from tray_app.app.onboarding import Onboarder, opened_onboarding, standing_of
from tray_app.app.overview import overview
from tray_app.app.session import named_account
from tray_app.app.settings_window import opened_settings
from tray_app.app.sync_accounts import Accounts, pick_accounts
from tray_app.app.syncing import serving, syncing_parts
from tray_app.app.system_job import keep_in_step
from tray_app.app.timeline import Viewer, opened_timeline
from tray_app.app.toasts import Channel, SystemJob, opened_channel
from tray_app.app.updates import looking_for_updates
from tray_app.app.watching import opened_file_watch
from tray_app.app.window import following_windows, opened_desk
from tray_app.app.workshop import Workshop
from tray_app.app.world import World, following, opened_world, rules_of
from tray_app.core.account import Identity
from tray_app.core.conditions import Reason, Rules
from tray_app.core.errors import NeedsUser
from tray_app.core.onboarding import wants_a_person
from tray_app.core.pauses import Pause
from tray_app.core.run import RunResult
from tray_app.core.service.orders import Order
from tray_app.core.settings import Settings
from tray_app.core.snapshot import Overview
from tray_app.desktop.file_signal import FileSignal
from tray_app.desktop.opener import open_page
from tray_app.engine.foreground import Foreground
from tray_app.engine.notes import Notes
from tray_app.engine.store import Store
from tray_app.engine.supervisor import Supervisor
from tray_app.engine.syncing import Syncing
from tray_app.engine.updates import UpdateCheck
from tray_app.engine.work import Hooks
from tray_app.ui.balloons import TrayBalloons
from tray_app.ui.page import PageSpec
from tray_app.ui.shell import run_tray
from tray_app.ui.translators import speak

log = logging.getLogger(__name__)


class TrayProgram:
    """Everything the tray needs, built once; `identity` stands in for the saved one (demo).

    `doctor` reports all checks for the support bundle. `hidden`: nobody started it by hand, so no
    window comes up by itself.
    """

    def __init__(
        self,
        locations: Locations,
        environ: Mapping[str, str],
        request: Request | None = None,
        identity: Identity | None = None,
        doctor: Report = no_report,
        *,
        hidden: bool = True,
    ) -> None:
        self._locations = locations
        self._environ = environ
        self._request = request or Request()
        self._identity = identity
        self._latest = Settings()
        self._doctor = doctor
        self._hidden = hidden

    async def main(self, app: QApplication, quit_requested: asyncio.Event) -> int:
        """Show the tray until quit; raises NeedsUser when the databases cannot be opened.

        AlreadyRunningError: another process shows this installation's.
        """
        speak(app, self._settings().language)
        async with only_instance(self._locations, os.environ):
            workshop = Workshop.open(self._locations)
            try:
                await self._serve(workshop, app, quit_requested)
            finally:
                workshop.close()
        return 0

    async def _serve(
        self, workshop: Workshop, app: QApplication, quit_requested: asyncio.Event
    ) -> None:
        async with opened_world(
            workshop, lambda: load_settings(self._locations), self._environ, pauses=False
        ) as world:
            store = Store()
            notes = Notes(store)
            foreground = Foreground()

            def sent() -> None:
                syncing.run_ended()

            def met() -> None:
                supervisor.account_changed()
                viewer.look(timeline)

            accounts = pick_accounts(
                workshop, self._environ, self._request.sign_in, self._identity, met
            )
            known = accounts.identity
            supervisor = self._supervisor(workshop, store, world, quit_requested, sent, known)
            viewer = Viewer(known, accounts.who)
            syncing = self._syncing(workshop, accounts, world, foreground, supervisor)
            self._latest = self._settings()
            supervisor.settings_changed(self._latest)
            supervisor.backgrounded()  # the program starts without a window
            if world.choices.pause:
                _pause_as_saved(world, supervisor)
            balloons = TrayBalloons()
            offers = Offers(SettingsFile(self._locations.settings_file), notes)
            async with (
                opened_channel(
                    workshop,
                    store,
                    supervisor,
                    balloons,
                    self._system_job,
                    foreground.show,
                    offers.accept,
                ) as channel,
                asyncio.TaskGroup() as tasks,
                following(world, supervisor, channel.native.system_stop, syncing),
                following_windows(foreground, supervisor, syncing),
                opened_timeline(
                    workshop,
                    lambda: viewer.identity,
                    accounts.credentials,
                    world.machine,
                    lambda: self._picture_rules(world, viewer.identity),
                    supervisor,
                ) as timeline,
                looking_for_updates(workshop, world.machine, notes) as updates,
                self._obeying_changes(
                    supervisor, syncing, notes, channel, updates, partial(viewer.look, timeline)
                ),
                offering_cards(world.choices, self._settings, offers.stand),
                serving(syncing, accounts),
                open_to_others(
                    self._locations,
                    os.environ,
                    store,
                    supervisor,
                    syncing,
                    foreground,
                    workshop.clock.now,
                    named_account(self._environ),
                ),
                self._onboarding(world, supervisor, foreground) as onboarder,
                opened_settings(
                    self._locations,
                    self._environ,
                    change_account=partial(onboarder.show, account=True) if onboarder else None,
                    demo=self._request.sign_in is not None,
                ) as dialog,
                opened_desk(
                    workshop,
                    supervisor,
                    self._settings,
                    known,
                    self._environ,
                    self._doctor,
                    scheduled=self._system_job is not None,
                    sync=syncing.refresh,
                    open_settings=dialog.show,
                    set_up=onboarder.show if onboarder else None,
                    timeline=PageSpec("timeline", "Timeline", "timeline", timeline.page),
                ) as desk,
            ):
                toasts = channel.toasts
                offers.attach(toasts)
                foreground.subscribe(lambda now: toasts.window_active(active=now.active))
                if world.choices.look_again():  # `pause` and `resume` typed before we listened
                    _pause_as_saved(world, supervisor)
                tasks.create_task(supervisor.serve(), name="supervisor")
                await run_tray(
                    app,
                    store,
                    supervisor,
                    quit_requested,
                    workshop.clock.now,
                    foreground,
                    balloons,
                    desk,
                    seen=not self._hidden,
                )

    @asynccontextmanager
    async def _onboarding(
        self, world: World, supervisor: Supervisor, foreground: Foreground
    ) -> AsyncIterator[Onboarder | None]:
        """Have the onboarding at hand, which comes in the window's stead; the demo needs none."""
        if self._request.sign_in:
            yield None
            return
        async with opened_onboarding(
            self._locations, self._environ, world.machine, supervisor, foreground
        ) as onboarder:
            foreground.before(onboarder.instead)
            yield onboarder

    @asynccontextmanager
    async def _obeying_changes(
        self,
        supervisor: Supervisor,
        syncing: Syncing,
        notes: Notes,
        channel: Channel,
        updates: UpdateCheck,
        look_who: Callable[[], None],
    ) -> AsyncIterator[None]:
        """Act at once on settings and sign-ins, whoever changes them; keep the system job right."""
        jobs: set[asyncio.Task[object]] = set()

        def begin(work: Coroutine[object, object, object]) -> None:
            job = asyncio.create_task(work)
            jobs.add(job)
            job.add_done_callback(jobs.discard)

        def changed() -> None:
            settings = self._latest = self._settings()
            logs.set_detail(detailed=settings.advanced_troubleshooting)
            supervisor.settings_changed(settings)
            supervisor.account_changed()
            syncing.account_changed()
            look_who()
            syncing.settings_changed()
            begin(files.settings_changed(settings))
            channel.settings_changed(settings)
            updates.settings_changed(settings)

        places = self._locations
        watched = (places.settings_file, places.account_file, places.onboarding_file)
        say = partial(notes.say, "watching")
        async with opened_file_watch(supervisor, self._settings(), say) as files:
            signal = FileSignal(watched, changed)
            changed()
            if self._system_job:
                begin(follow_the_program(self._locations, self._environ))
            try:
                yield
            finally:
                signal.close()
                channel.leave(self._settings())
                if jobs:
                    await asyncio.wait(jobs)

    def _syncing(
        self,
        workshop: Workshop,
        accounts: Accounts,
        world: World,
        foreground: Foreground,
        supervisor: Supervisor,
    ) -> Syncing:
        conditions = world.conditions(background=True)
        return Syncing(
            syncing_parts(
                workshop,
                accounts,
                lambda: self._latest,
                conditions,
                foreground,
                supervisor.synced,
            )
        )

    @property
    def _system_job(self) -> SystemJob | None:
        """How to keep the system job in step; the demo leaves the system alone."""
        if self._request.sign_in:
            return None
        return partial(keep_in_step, self._locations, self._environ)

    def _is_set_up(self) -> bool:
        if self._identity:
            return True
        return not wants_a_person(standing_of(self._locations, self._environ))

    def _picture_rules(self, world: World, who: Identity | None) -> Rules:
        """Pictures of the server obey the network as a backup that was asked for does."""
        address = who.url if who else ""
        rules = rules_of(self._latest, address, background=False)
        return replace(rules, allowed_networks=world.choices.allowed())

    def _settings(self) -> Settings:
        """Read the settings; of a broken file the defaults stay, a run names what is wrong."""
        try:
            return load_settings(self._locations)
        except NeedsUser as exc:
            log.warning("%s", exc.words())
            return Settings()

    def _request_of(self, order: Order) -> Request:
        if order.paths:
            paths = tuple(sorted(order.paths))
            return replace(self._request, background=not order.asked, paths=paths)
        return replace(self._request, background=not order.asked, folders=order.folders)

    def _supervisor(
        self,
        workshop: Workshop,
        store: Store,
        world: World,
        quit_requested: asyncio.Event,
        sent: Callable[[], None],
        known: Callable[[], Identity | None],
    ) -> Supervisor:
        unconditional = self._request.unconditional

        async def backup(hooks: Hooks, order: Order) -> RunResult:
            settings = load_settings(self._locations)
            request = self._request_of(order)
            held = None if unconditional or order.anyway else world.conditions(not order.asked)
            result = await back_up(workshop, settings, request, hooks, self._environ, held)
            if result.upload.completed_count:
                sent()
            return result

        guard = upload_guard(workshop, known, lambda: store.snapshot.sync)

        async def look() -> Overview:
            counted = await overview(workshop.backup_db, known(), workshop.clock.now())
            return replace(counted, set_up=self._is_set_up())

        async def hold(asked: bool) -> tuple[Reason, ...]:  # noqa: FBT001  the supervisor's shape
            if unconditional:
                return ()
            held = await world.conditions(not asked).look()
            return held or (() if asked else await guard.look())

        def remember(paused: bool, until: datetime | None) -> None:  # noqa: FBT001  its shape
            world.choices.set_pause(Pause(until) if paused else None)

        return Supervisor(
            store,
            workshop.clock,
            backup,
            look,
            hold,
            open_page,
            quit_requested,
            remember,
            world.upload_anyway,
        )


def _pause_as_saved(world: World, supervisor: Supervisor) -> None:
    if pause := world.choices.pause:
        supervisor.pause_until(pause.until)
    else:
        supervisor.resume()
