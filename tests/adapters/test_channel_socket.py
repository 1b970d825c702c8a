"""The channel over a real socket: who may, what is refused, and that nothing is harmed by it."""

import asyncio
import errno
import json
import os
import signal
import socket
import stat
import subprocess
import sys
import tempfile
from contextlib import ExitStack, asynccontextmanager
from pathlib import Path

import pytest

from tray_app.adapters.channel import conversation, place, server
from tray_app.adapters.channel.client import NotRunningError, ask
from tray_app.adapters.channel.place import Claim, socket_path
from tray_app.adapters.channel.server import serving
from tray_app.adapters.locations import find_locations
from tray_app.core.channel import MOST_BYTES, Code, PauseParams, RpcError, encode_call
from tray_app.core.errors import NeedsUser

ROOT = Path(__file__).parents[2]


@pytest.fixture
def path(tmp_path):
    return tmp_path / "s.sock"


@asynccontextmanager
async def program(path, heard):
    async def answer(call):
        heard.append((call.method, call.params))
        if call.method == "quit":
            raise ValueError("a bug")
        return {"state": "idle"}

    async with serving(path, answer):
        yield


async def talk(path, *lines):
    """Send raw lines; returns the answers until the end of the conversation."""
    reader, writer = await asyncio.open_unix_connection(path)
    try:
        for line in lines:
            writer.write(line)
        writer.write_eof()
        return [json.loads(line) for line in (await reader.read()).splitlines()]
    finally:
        writer.close()


async def test_a_call_is_heard_and_answered(both_loops, path):
    heard = []
    async with program(path, heard):
        assert stat.S_IMODE(path.stat().st_mode) == 0o600
        assert await asyncio.to_thread(ask, path, "pause", PauseParams(30)) == {"state": "idle"}
        assert heard == [("pause", PauseParams(30))]
    with pytest.raises(NotRunningError):
        ask(path, "status")


async def test_nonsense_is_refused_and_the_next_call_is_served(both_loops, path, caplog):
    heard = []
    async with program(path, heard):
        answers = await talk(path, b"{}\n", b"\xff\n", encode_call("quit"), encode_call("status"))
        codes = [answer.get("error", {}).get("code") for answer in answers]
        assert codes == [Code.INVALID_REQUEST, Code.PARSE, Code.INTERNAL, None]
        assert [method for method, _ in heard] == ["quit", "status"]
        assert "a bug" not in json.dumps(answers)


def test_a_program_too_busy_to_take_another_caller_is_told_in_words(path):
    with ExitStack() as stack:

        def full():
            caller = stack.enter_context(socket.socket(socket.AF_UNIX))
            caller.setblocking(False)
            return caller.connect_ex(os.fspath(path)) == errno.EAGAIN

        deaf = stack.enter_context(socket.socket(socket.AF_UNIX))
        deaf.bind(os.fspath(path))
        deaf.listen(0)
        while not full():
            pass
        with pytest.raises(RpcError, match="does not answer"):
            ask(path, "status")


async def test_a_line_without_end_is_refused(both_loops, path):
    async with program(path, []):
        [answer] = await talk(path, b"x" * (MOST_BYTES + 10))
        assert answer["error"]["code"] == Code.TOO_LARGE
        assert await asyncio.to_thread(ask, path, "status") == {"state": "idle"}


async def test_another_user_is_refused(path, monkeypatch):
    heard = []
    async with program(path, heard):
        monkeypatch.setattr(server.os, "getuid", lambda: 4711)
        with pytest.raises(RpcError) as refused:
            await asyncio.to_thread(ask, path, "status")
        assert refused.value.code is Code.NOT_ALLOWED
    assert heard == []


async def test_many_silent_clients_lock_nobody_out_for_long(path, monkeypatch):
    monkeypatch.setattr(conversation, "SILENCE", 0.3)
    async with program(path, []):
        silent = [
            await asyncio.open_unix_connection(path) for _ in range(conversation.MOST_CLIENTS)
        ]
        with pytest.raises(RpcError) as refused:
            await asyncio.to_thread(ask, path, "status")
        assert refused.value.code is Code.BUSY
        await asyncio.gather(*(reader.read() for reader, _ in silent))
        assert await asyncio.to_thread(ask, path, "status") == {"state": "idle"}
        for _, writer in silent:
            writer.close()


HOLDER = """
import asyncio, sys
from pathlib import Path
from tray_app.adapters.channel.place import Claim
from tray_app.adapters.channel.server import serving

async def main(path):
    async def answer(call):
        return 1
    async with serving(path, answer):
        print("mine", flush=True)
        await asyncio.sleep(60)

path = Path(sys.argv[1])
claim = Claim(path)
if claim.take():
    asyncio.run(main(path))
print("taken", flush=True)
"""


def holder(path):
    return subprocess.Popen(
        [sys.executable, "-c", HOLDER, os.fspath(path)],
        cwd=ROOT,
        stdout=subprocess.PIPE,
        text=True,
    )


def test_of_ten_that_start_at_once_one_serves_and_a_killed_one_is_replaced(path):
    running = [holder(path) for _ in range(10)]
    try:
        said = [process.stdout.readline().strip() for process in running]
        assert sorted(said) == ["mine"] + ["taken"] * 9
        assert not Claim(path).take()
        winner = running[said.index("mine")]
        winner.send_signal(signal.SIGKILL)
        winner.wait(5)
        assert path.exists()  # what a crash leaves behind
        with pytest.raises(NotRunningError):
            ask(path, "status")
        after = holder(path)
        running.append(after)
        assert after.stdout.readline().strip() == "mine"
        assert ask(path, "status") == 1
    finally:
        for process in running:
            process.kill()
            process.communicate()


def test_where_the_socket_is():
    with tempfile.TemporaryDirectory() as short:
        one, two = (find_locations({"IMMICH_TRAY_HOME": f"{short}/{name}"}) for name in "ab")
        runtime = Path(short, "run")
        runtime.mkdir(mode=0o700)
        environ = {"XDG_RUNTIME_DIR": str(runtime)}
        assert socket_path(one, environ).parent == runtime
        assert socket_path(one, environ) != socket_path(two, environ)
        runtime.chmod(0o755)
        assert socket_path(one, environ).parent == one.cache
        assert socket_path(one, {}).parent == one.cache


def test_a_long_path_has_a_short_place_that_is_ours_alone(tmp_path, monkeypatch):
    deep = find_locations({"IMMICH_TRAY_HOME": str(tmp_path / ("long" * 30))})
    with tempfile.TemporaryDirectory() as short:
        monkeypatch.setattr(place, "_TEMPORARY", Path(short))
        ours = socket_path(deep, {}).parent
        assert (ours.parent, ours.stat().st_mode & 0o777) == (Path(short), 0o700)
        ours.chmod(0o777)
        with pytest.raises(NeedsUser, match="not a folder of yours alone"):
            socket_path(deep, {})
        ours.rmdir()
        ours.symlink_to(tmp_path)
        with pytest.raises(NeedsUser, match="not a folder of yours alone"):
            socket_path(deep, {})
