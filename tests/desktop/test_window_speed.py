"""How long a person waits for the window of the real program when the library is large."""

import socket
import threading
import time
from contextlib import closing

import pytest
from PySide6.QtGui import QImage

from tests.adapters.timeline_bench import ME, Asset, File, Rows, timeline_bench
from tests.desktop.test_foreground import answers
from tests.desktop.test_program import running_program
from tests.desktop.test_tray import icon_in_tray
from tests.rig.processes import wait_until
from tray_app.adapters.account_file import AccountFile
from tray_app.adapters.channel.transport import ask_at
from tray_app.adapters.locations import find_locations
from tray_app.core.account import Identity, Method
from tray_app.core.channel import NoParams
from tray_app.ui.memory import Memory

pytestmark = pytest.mark.desktop

BUDGET = 0.5  # seconds (issue 5), held where nothing else runs: in the long tests
BUSY = 5.0  # seconds; a busy machine must not fail the short one
TRIES = 5  # starts
FULL = 500_000
MIDDLE = (440, 150, 400, 400)  # of the screen, inside of the window
PAINTED = 20  # colours: letters with soft edges
DAY = 86_400


@pytest.fixture(scope="module", params=[20_000, pytest.param(FULL, marks=pytest.mark.long)])
def large_home(request, tmp_path_factory):
    """A home with that many photos in the library, every tenth also here; its server is away."""
    place = tmp_path_factory.mktemp("home")
    home = find_locations({"IMMICH_TRAY_HOME": str(place)})
    home.create()
    count = request.param
    assets = (Asset(n, taken=n * DAY // 50, name=f"IMG_{n}.jpg") for n in range(count))
    files = (File(n, mtime=n * DAY // 50) for n in range(0, count, 10))
    with timeline_bench(home.backup_db.parent) as bench:
        bench.fill(Rows(tuple(assets), tuple(files)))
    with closing(socket.create_server(("127.0.0.1", 0))) as found:
        url = f"http://127.0.0.1:{found.getsockname()[1]}/api"
    who = Identity(url, ME, "ada@example.org", "Ada", Method.API_KEY)
    AccountFile(home.account_file).save(who)
    return count, place, home


def middle(screen) -> QImage:
    return screen.image().copy(*MIDDLE)


def colours(screen) -> int:
    return len(set(memoryview(middle(screen).constBits()).cast("I")))


def seconds_to_open(env, home, screen) -> float:
    """Start the program hidden; then from the wish to see its window to the painted window."""
    screen.move(2, 2)
    empty = middle(screen)
    with running_program(env) as program:
        icon_in_tray(screen)
        answers(env)
        assert middle(screen) == empty, "nothing is shown yet"
        asking = threading.Thread(target=lambda: ask_at(home, "show", NoParams(), env))
        begun = time.monotonic()
        asking.start()
        wait_until("window", lambda: colours(screen) > PAINTED)
        seconds = time.monotonic() - begun
        asking.join()
        program.terminate()
        assert program.wait(10) == 0
    wait_until("empty screen", lambda: middle(screen) == empty)
    return seconds


@pytest.mark.timeout(300)
@pytest.mark.parametrize("page", ["overview", "timeline"])
def test_the_window_is_there_at_once(desktop_session, screen, large_home, page, record):
    count, place, home = large_home
    Memory(home.window_file).page = page
    env = desktop_session | {"IMMICH_TRAY_HOME": str(place)}
    limit = BUDGET if count == FULL else BUSY
    taken: list[float] = []
    while len(taken) < TRIES and min(taken, default=limit) >= limit:
        taken.append(seconds_to_open(env, home, screen))
    record(assets=count, starts=len(taken), **{f"{page}_seconds": round(min(taken), 3)})
    assert min(taken) < limit, taken
