"""Wiring of the world around us: network, power, sleep, and what a person chose about them."""

import logging
from collections.abc import AsyncIterator, Callable, Mapping
from contextlib import asynccontextmanager, suppress
from dataclasses import dataclass, replace
from datetime import time
from functools import partial
from typing import Protocol
from urllib.parse import urlsplit

from tray_app.adapters.account_file import AccountFile
from tray_app.adapters.networks_file import NetworksFile
from tray_app.app.workshop import Workshop
from tray_app.core.conditions import Rules
from tray_app.core.errors import TrayError
from tray_app.core.host import HostEvent
from tray_app.core.settings import Settings
from tray_app.core.url import is_loopback
from tray_app.desktop.pick import pick_host, pick_machine
from tray_app.engine.conditions import Conditions
from tray_app.engine.network_watch import NetworkWatch
from tray_app.engine.networks import AllowedNetworks
from tray_app.engine.passing import Passing
from tray_app.ports import Machine
from tray_app.ports.host import Host

log = logging.getLogger(__name__)


class Service(Protocol):
    """What the world knocks at; every method returns at once."""

    def conditions_changed(self) -> None:
        """Look again whether what waits may go on."""
        ...

    def network_changed(self) -> None:
        """Do the same, and try again what the network may have spoiled."""
        ...

    def sleeps(self) -> None:
        """End the run: the computer goes to sleep."""
        ...

    def woke(self) -> None:
        """Go on after sleep."""
        ...

    def resumed(self) -> None:
        """Take up what a person expects when they are back."""
        ...

    def quit(self) -> None:
        """End the program in good order."""
        ...


@dataclass(frozen=True, slots=True)
class World:
    """What the program knows of its surroundings; `background` True: nobody asked for the run."""

    machine: Machine
    host: Host
    networks: AllowedNetworks
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
        self.networks.allow(readings.network_id, name)
        log.info("Uploads are allowed on the network of the moment.")
        return name

    @asynccontextmanager
    async def followed_by(self, service: Service) -> AsyncIterator[None]:
        """Tell the service as the computer and its network change."""
        calls = {
            HostEvent.ABOUT_TO_SLEEP: service.sleeps,
            HostEvent.WOKE: service.woke,
            HostEvent.UNLOCKED: service.resumed,
            HostEvent.ABOUT_TO_SHUT_DOWN: service.quit,
        }
        ends = [
            self.machine.on_change(service.conditions_changed),
            self.host.on_event(lambda event: calls[event]()),
        ]
        watch = NetworkWatch(self.machine, service.network_changed)
        try:
            yield
        finally:
            await watch.close()
            for end in ends:
                end()


@asynccontextmanager
async def opened_world(
    workshop: Workshop, settings: Callable[[], Settings], environ: Mapping[str, str]
) -> AsyncIterator[World]:
    """Connect to what knows network, power and sleep.

    The rules are read anew at each look, so that a changed setting acts at once; of a broken
    settings file the last good rules stay in force.
    """
    saved = AccountFile(workshop.locations.account_file)
    networks = AllowedNetworks(NetworksFile(workshop.locations.networks_file))
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
        return replace(last, allowed_networks=networks.allowed())

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
                seen=networks.seen,
            )
            for background in (False, True)
        }
        try:
            yield World(machine, host, networks, of)
        finally:
            await networks.close()


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
