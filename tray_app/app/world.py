"""Wiring of the world around us: network, power, sleep, and what a person chose about them."""

import asyncio
import logging
from collections.abc import AsyncIterator, Callable, Mapping, Sequence
from contextlib import asynccontextmanager, suppress
from dataclasses import dataclass, replace
from datetime import time
from functools import partial
from typing import Protocol
from urllib.parse import urlsplit

from tray_app.adapters.account_file import AccountFile
from tray_app.adapters.choices_file import ChoicesFile
from tray_app.app.workshop import Workshop
from tray_app.core.conditions import Readings, Rules
from tray_app.core.errors import TrayError
from tray_app.core.host import HostEvent
from tray_app.core.settings import Settings
from tray_app.core.url import is_loopback
from tray_app.desktop.pick import pick_host, pick_machine
from tray_app.engine.choices import PersonalChoices
from tray_app.engine.conditions import Conditions
from tray_app.engine.passing import Passing
from tray_app.engine.supervisor import Supervisor
from tray_app.ports import Machine
from tray_app.ports.host import Host

log = logging.getLogger(__name__)


@dataclass(frozen=True, slots=True)
class World:
    """What the program knows of its surroundings; `background` True: nobody asked for the run."""

    machine: Machine
    host: Host
    choices: PersonalChoices
    of: Mapping[bool, Conditions]

    def conditions(self, background: bool) -> Conditions:  # noqa: FBT001  the callers' shape
        """Return the conditions of either kind of run."""
        return self.of[background]

    async def upload_anyway(self) -> str:
        """Allow the network of the moment, for good where it can be told from others.

        Returns its name for a person, "" where it has none. The caller lets the service look
        at the conditions again.
        """
        readings = await self.machine.read()
        name = readings.network_name or ""
        self.choices.allow(readings.network_id, name)
        log.info("Uploads are allowed on the network of the moment.")
        return name


class Hears(Protocol):
    """Who wants to know what becomes of the computer; each call returns at once."""

    def woke(self) -> None:
        """Go on after sleep."""
        ...

    def resumed(self) -> None:
        """Tell that the session was unlocked, or a window shown."""
        ...

    def network_changed(self) -> None:
        """Tell that this is another network."""
        ...

    def conditions_changed(self) -> None:
        """Tell that something else changed, as the charger."""
        ...


@asynccontextmanager
async def following(
    world: World, service: Supervisor, system_stop: Callable[[], None], *others: Hears
) -> AsyncIterator[None]:
    """Let the service, and others, hear what becomes of the computer and its network.

    `system_stop`: how a shutdown or logout reaches it (channel: `systemStop`).
    """
    hearers: tuple[Hears, ...] = (service, *others)

    def heard(event: HostEvent) -> None:
        match event:
            case HostEvent.ABOUT_TO_SLEEP:
                service.sleeps()
            case HostEvent.WOKE:
                for hearer in hearers:
                    hearer.woke()
            case HostEvent.UNLOCKED:
                for hearer in hearers:
                    hearer.resumed()
            case HostEvent.ABOUT_TO_SHUT_DOWN:
                system_stop()

    end = world.host.on_event(heard)
    watching = asyncio.create_task(_tell_changes(world.machine, hearers), name="changes")
    try:
        yield
    finally:
        end()
        watching.cancel()
        with suppress(asyncio.CancelledError):
            await watching


async def _tell_changes(machine: Machine, hearers: Sequence[Hears]) -> None:
    """Tell another network from a mere change of charge: only the first may end a cooling down."""
    changed = asyncio.Event()
    end = machine.on_change(changed.set)
    before = _network(await machine.read())
    try:
        while await changed.wait():
            changed.clear()
            now = _network(await machine.read())
            for hearer in hearers:
                hearer.conditions_changed() if now == before else hearer.network_changed()
            before = now
    finally:
        end()


def _network(readings: Readings) -> tuple[object, ...]:
    """Name the network; what is not known yet (a name being looked up) is no other one."""
    return (
        readings.online is not False,
        readings.captive is True,
        readings.medium,
        readings.network_id,
    )


@asynccontextmanager
async def opened_world(
    workshop: Workshop,
    settings: Callable[[], Settings],
    environ: Mapping[str, str],
    *,
    pauses: bool = True,
) -> AsyncIterator[World]:
    """Connect to what knows network, power and sleep; `pauses` False: the service obeys them.

    The rules are read anew at each look, so that a changed setting acts at once; of a broken
    settings file the last good rules stay in force.
    """
    saved = AccountFile(workshop.locations.account_file)
    choices = PersonalChoices(ChoicesFile(workshop.locations.choices_file), workshop.clock)
    last = Rules()

    def address() -> str:
        with suppress(TrayError):
            identity = saved.load()
            return environ.get("IMMICH_INSTANCE_URL") or (identity.url if identity else "")
        return ""

    def rules(*, background: bool) -> Rules:
        nonlocal last
        with suppress(TrayError):
            last = rules_of(settings(), address(), background=background)
        pause = choices.pause if background and pauses else None
        return replace(last, allowed_networks=choices.allowed(), pause=pause)

    async with pick_machine(address) as machine, pick_host() as host:
        passing = Passing(workshop.clock)
        host.on_event(passing.heard)
        of = {
            background: Conditions(
                machine,
                partial(rules, background=background),
                workshop.clock,
                passing=passing,
                host=host,
                seen=choices.seen,
            )
            for background in (False, True)
        }
        try:
            yield World(machine, host, choices, of)
        finally:
            await choices.close()


def rules_of(settings: Settings, address: str, *, background: bool) -> Rules:
    """Translate settings; a server on this computer is reached over no network.

    Quiet hours are for automatic backup only (its setting says so).
    """
    hours = settings.quiet_hours.split("-") if background and settings.quiet_hours else []
    quiet = (time.fromisoformat(hours[0]), time.fromisoformat(hours[1])) if hours else None
    return Rules(
        needs_network=not is_loopback(urlsplit(address).hostname or ""),
        require_wifi=settings.backup_require_wifi,
        require_charging=settings.backup_require_charging,
        min_battery_percent=settings.backup_min_battery_percent,
        quiet_hours=quiet,
    )
