"""Every line of the table of wrong situations, brought about for real (issue 5)."""

from contextlib import ExitStack

import pytest

from tests.fakes.certificates import Authority
from tests.wrong.page import PAGE, page
from tests.wrong.scene import Scene
from tests.wrong.table import ROWS, metered, offline
from tray_app.demo.process import serve_in_process


@pytest.fixture(scope="module")
def server(tmp_path_factory):
    with serve_in_process(tmp_path_factory.mktemp("server")) as demo:
        yield demo


@pytest.fixture(scope="module")
def authority(tmp_path_factory):
    return Authority(tmp_path_factory.mktemp("tls"))


@pytest.fixture
def scene(server, authority, tmp_path):
    with ExitStack() as stack:
        yield Scene(tmp_path, server, authority, stack)
    server.faults.clear()


@pytest.mark.parametrize("row", ROWS, ids=lambda row: row.make.__name__)
def test_it_says_what_happened_and_what_to_do(row, scene, request):
    if row.make in (metered, offline) and not scene.can_unshare:
        pytest.skip("a network of its own is not allowed here")
    scene.desktop = lambda: request.getfixturevalue("desktop_session")
    said = row.make(scene)
    wanted = f"{row.words} {row.remedy}".strip().format(**scene.says)
    assert wanted in said, said
    assert row.words.endswith((".", "”.")), "a whole sentence"


def test_the_page_is_the_table():
    assert len(ROWS) >= 20
    assert PAGE.read_text() == page(), "write it: python -m tests.wrong.page"
