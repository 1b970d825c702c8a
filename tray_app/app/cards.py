"""Wiring of the offer to back up a card: a mounted drive with a `DCIM` folder, once each."""

import asyncio
import logging
from collections.abc import AsyncIterator, Callable
from contextlib import asynccontextmanager, suppress

from tray_app.adapters.settings_file import SettingsFile
from tray_app.adapters.watch.cards import find_card
from tray_app.adapters.watch.mount_table import hearing_of_mounts, read_mounts
from tray_app.core.asset import shown
from tray_app.core.cards import Card, appeared, worth_offering
from tray_app.core.errors import TrayError
from tray_app.core.mounts import Mount
from tray_app.core.phrase import phrase
from tray_app.core.setting_specs import Folder
from tray_app.core.settings import Settings
from tray_app.core.toasts import Offered
from tray_app.engine.choices import PersonalChoices
from tray_app.engine.notes import Notes
from tray_app.engine.toasts import Toasts

log = logging.getLogger(__name__)
Offer = Callable[[tuple[Card, ...]], object]


def words(card: Card) -> str:
    """Say what was found and what to do about it."""
    return phrase(
        "{name} was connected and has photos in {photos}. To back them up, add "
        "that folder to the setting `folders`.",
        name=shown(card.name),
        photos=shown(card.photos),
    )


class Offers:
    """The offers that stand, told by a toast and a note; the newest one can be accepted."""

    def __init__(self, settings: SettingsFile, notes: Notes) -> None:
        self._settings = settings
        self._notes = notes
        self._cards: tuple[Card, ...] = ()
        self._toasts: Toasts | None = None

    def attach(self, toasts: Toasts) -> None:
        """Tell by toasts from here on, also of what stands already."""
        self._toasts = toasts
        self.stand(self._cards)

    def stand(self, cards: tuple[Card, ...]) -> None:
        """Let these be the offers."""
        self._cards = cards
        self._notes.say("cards", tuple(words(card) for card in cards))
        newest = cards[-1] if cards else None
        if self._toasts:
            self._toasts.offer(newest and Offered(shown(newest.name), shown(newest.photos)))

    def accept(self) -> None:
        """Add the folder of the newest card to those that are backed up."""
        if not self._cards:
            return
        try:
            accept(self._settings, self._cards[-1].photos)
        except TrayError as exc:
            log.warning("The card could not be added: %s", exc.words())
            self._notes.say("cards", (exc.words(),))
        else:
            self.stand(self._cards[:-1])


def accept(settings: SettingsFile, photos: str) -> Settings:
    """Add a card's folder to those that are backed up; raises NeedsUser.

    A running program obeys its settings file at once; one that is there already stays as it is.
    """
    known = settings.load().settings
    if any(folder.path == photos for folder in known.folders):
        return known
    return settings.change("folders", [*known.folders, Folder(photos)])


@asynccontextmanager
async def offering_cards(
    choices: PersonalChoices, settings: Callable[[], Settings], offer: Offer
) -> AsyncIterator[None]:
    """Offer each card once until the end of the block; what is there at the start counts, too.

    `offer` gets the offers that stand: a card that is gone is none. Linux only: elsewhere
    nothing tells of drives yet.
    """
    changed = asyncio.Event()
    changed.set()
    with hearing_of_mounts(changed.set):
        looking = asyncio.create_task(_Cards(choices, settings, offer).follow(changed))
        try:
            yield
        finally:
            looking.cancel()
            with suppress(asyncio.CancelledError):
                await looking


class _Cards:
    def __init__(
        self, choices: PersonalChoices, settings: Callable[[], Settings], offer: Offer
    ) -> None:
        self._choices = choices
        self._settings = settings
        self._offer = offer
        self._mounts: tuple[Mount, ...] = ()
        self._standing: dict[str, Card] = {}

    async def follow(self, changed: asyncio.Event) -> None:
        """Look at each change of the mount table; a bug ends the offers, not the program."""
        try:
            while await changed.wait():
                changed.clear()
                await self._look()
        except Exception:
            log.exception("Looking for cards broke; this is a bug. Everything else goes on.")

    async def _look(self) -> None:
        before, self._mounts = self._mounts, read_mounts()
        points = {mount.point for mount in self._mounts}
        standing = {point: card for point, card in self._standing.items() if point in points}
        for mount in appeared(before, self._mounts):
            card = await asyncio.to_thread(find_card, mount)
            if card and self._is_news(card):
                self._choices.offered(card.identity, card.name)
                log.info("%s", words(card))
                standing[mount.point] = card
        if standing != self._standing:
            self._standing = standing
            self._offer(tuple(standing.values()))

    def _is_news(self, card: Card) -> bool:
        folders = [folder.path for folder in self._settings().folders]
        return worth_offering(card, self._choices.cards(), folders)
