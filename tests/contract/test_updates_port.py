"""Port `Announcements`: the adapter against a real server, and the fake that other tests use."""

import pytest

from tests.fakes.announcements import FakeAnnouncements
from tests.fakes.site import Answer, serving
from tray_app.adapters.updates import WebAnnouncements
from tray_app.core.errors import TryLater
from tray_app.core.updates import Announcement

NEW = {"version": "9.0.1", "page": "https://example.org/9"}


class World:
    """Both answer as `routes` say, by path."""

    def __init__(self, base, port):
        self.base, self.port = base, port


@pytest.fixture(params=["web", "fake"])
def world(request):
    answers = {
        "/new": Answer(NEW),
        "/plain": Answer({"version": "9.0"}),
        "/more": Answer({**NEW, "later": [1, 2]}),
        "/gone": Answer(None, 404),
        "/moved": Answer(None, 302, {"Location": "/new"}),
        "/html": Answer("<html>log in</html>"),
        "/odd": Answer({"version": "newest"}),
        "/large": Answer({"version": "9.0.1", "page": "x" * 2_000_000}),
    }
    if request.param == "fake":
        yield World("http://127.0.0.1", FakeAnnouncements(answers))
        return
    with serving(answers) as site:
        yield World(site.url, WebAnnouncements())


async def test_what_is_announced_is_read(world):
    assert await world.port.newest(f"{world.base}/new") == Announcement(**NEW)
    assert await world.port.newest(f"{world.base}/plain") == Announcement("9.0")
    assert await world.port.newest(f"{world.base}/more") == Announcement(**NEW)


@pytest.mark.parametrize("path", ["gone", "moved", "html", "odd", "large", "nothing-there"])
async def test_anything_else_is_to_be_tried_later(world, path):
    with pytest.raises(TryLater):
        await world.port.newest(f"{world.base}/{path}")


async def test_nobody_there_is_to_be_tried_later():
    with serving() as site:
        url = site.url
    with pytest.raises(TryLater):
        await WebAnnouncements().newest(f"{url}/new")


async def test_nothing_about_the_person_or_the_program_is_sent(monkeypatch):
    monkeypatch.setenv("IMMICH_API_KEY", "a secret")
    with serving({"/new": Answer(NEW)}) as site:
        await WebAnnouncements().newest(f"{site.url}/new")
    (asked,) = site.asked
    assert (asked.method, asked.path, asked.body) == ("GET", "/new", None)
    assert set(asked.headers) <= {"host", "user-agent", "accept", "accept-encoding", "connection"}
    assert asked.headers["user-agent"] == "ImmichTray"  # no version, no system
