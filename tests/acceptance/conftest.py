import pytest

from tests.acceptance.client import Person
from tray_app.demo.process import serve_in_process

VERSIONS = ("2.7.5", "3.0.3")


@pytest.fixture(scope="module", params=VERSIONS)
def shared_server(request, tmp_path_factory):
    """One server of each version for a whole module; every test has its own user."""
    folder = tmp_path_factory.mktemp("server")
    with serve_in_process(folder, version=request.param) as server:
        server.version = request.param
        yield server


@pytest.fixture
def server(shared_server):
    """The server with no fault and an empty log."""
    shared_server.faults.clear()
    shared_server.log.clear()
    yield shared_server
    shared_server.faults.clear()


@pytest.fixture
def person(server, tmp_path):
    """Somebody with an account of their own and an empty home; new files settle in 0.3 s."""
    who = Person.of(tmp_path, server)
    who.settings(backupTriggerDelay=0)
    return who


@pytest.fixture
def email(person):
    return f"{person.place.name}@example.org"
