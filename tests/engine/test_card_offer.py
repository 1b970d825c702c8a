"""A real drive with `DCIM` is mounted: offered once, whatever happens then."""

import asyncio
from contextlib import asynccontextmanager, contextmanager

import pytest

from tests.engine.watched import drive
from tray_app.adapters.choices_file import ChoicesFile
from tray_app.adapters.clock import SystemClock
from tray_app.adapters.settings_file import SettingsFile
from tray_app.app.cards import accept, offering_cards, words
from tray_app.core.setting_specs import Folder
from tray_app.core.settings import Settings
from tray_app.engine.choices import PersonalChoices

SIZES = {"one": 16, "two": 24}


class Offers:
    def __init__(self):
        self.all = asyncio.Queue()

    def __call__(self, cards):
        self.all.put_nowait(cards)

    async def next(self):
        async with asyncio.timeout(20):
            return await self.all.get()


@asynccontextmanager
async def program(folder, settings=None):
    """One process's life: what it knows of cards is what was saved."""
    offers = Offers()
    choices = PersonalChoices(ChoicesFile(folder / "choices.json"), SystemClock())
    async with offering_cards(choices, lambda: settings or Settings(), offers):
        yield offers
    await choices.close()


@contextmanager
def card(folder, name):
    """A drive with photos, in nobody's slot yet; told from others by size where udev is not."""
    (folder / name).mkdir()
    with drive(folder / name, megabytes=SIZES[name]) as it:
        (it.point / "DCIM" / "100CANON").mkdir(parents=True)
        it.unmount()
        yield it


async def test_a_card_is_offered_once(tmp_path, both_loops):
    with card(tmp_path, "one") as one, card(tmp_path, "two") as two:
        async with program(tmp_path) as offers:
            one.mount()
            [offer] = await offers.next()
            assert (offer.name, offer.photos) == ("drive", str(one.point / "DCIM"))
            assert offer.photos in words(offer)
            await asyncio.to_thread(one.unmount)
            assert await offers.next() == ()
            one.mount()
        async with program(tmp_path) as offers:  # after a restart, with the card in its slot
            two.mount()  # shows that the first was looked at
            [offer] = await offers.next()
            assert offer.photos == str(two.point / "DCIM")


async def test_a_card_that_was_there_before_the_start_is_offered_too(tmp_path):
    with card(tmp_path, "one") as one:
        one.mount()
        async with program(tmp_path) as offers:
            assert len(await offers.next()) == 1


async def test_neither_a_drive_without_photos_nor_what_is_backed_up_is_offered(tmp_path):
    with drive(tmp_path), card(tmp_path, "one") as one, card(tmp_path, "two") as two:
        settings = Settings(folders=(Folder(str(one.point)),))
        one.mount()
        async with program(tmp_path, settings) as offers:
            two.mount()
            [offer] = await offers.next()
            assert offer.photos == str(two.point / "DCIM")


def test_accepting_adds_the_folder_and_loses_no_other(tmp_path):
    file = SettingsFile(tmp_path / "settings.toml")
    file.change("folders", [Folder("/photos", exclude=("raw/",))])
    for _ in range(2):
        accept(file, "/media/me/EOS/DCIM")
    assert file.load().settings.folders == (
        Folder("/photos", exclude=("raw/",)),
        Folder("/media/me/EOS/DCIM"),
    )


@pytest.mark.parametrize("text", ['{"pause": null, "networks": {"home": "Home"}}', "{}"])
def test_choices_saved_before_there_were_cards_are_read(tmp_path, text):
    path = tmp_path / "choices.json"
    path.write_text(text)
    assert ChoicesFile(path).load().cards == {}
