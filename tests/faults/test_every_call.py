"""Answers from the published specification, right and spoilt, to every call that we make (issue 6).

A case is had again by its number. An outcome is a value or an error of `core.errors`.
"""

import asyncio
import inspect
import json
import random
import resource
from collections import Counter
from contextlib import contextmanager

import pytest

from tests.faults.every_call import ADAPTERS, CALLS, LARGEST, SUMS, Caller, speaking
from tests.openapi import needs_spec, spec
from tray_app.adapters.immich import whole
from tray_app.adapters.sqlite.database import Database
from tray_app.core.errors import TrayError

pytestmark = needs_spec
SHORT, LONG = 20, 1_000  # of each call
LONGEST = 30.0  # seconds of a call on a busy machine: a hang is another order
GROWTH_MIB = 150
NO_REQUEST = {"ImmichDoor.equip", "ServerThumbnails.close"}
VERSIONS = pytest.mark.parametrize("version", ["2.7.5", "3.0.3"])


@pytest.fixture
def small(monkeypatch):
    """Let the largest answer be small: what is larger is made up fast."""
    monkeypatch.setattr(whole, "LARGEST", LARGEST)
    monkeypatch.setattr(whole.whole, "__defaults__", (LARGEST,))


@contextmanager
def caller(folder, version):
    database = Database(folder / "library.db", "library")
    try:
        with speaking(Caller(spec(version), database)) as it:
            yield it
    finally:
        database.close()


def test_no_call_is_left_out():
    asking = {
        f"{kind.__name__}.{name}"
        for kind in ADAPTERS
        for name, method in vars(kind).items()
        if not name.startswith("_")
        and (inspect.iscoroutinefunction(method) or inspect.isasyncgenfunction(method))
    }
    assert asking - NO_REQUEST == {name for name in CALLS if name.startswith(("Imm", "Ser"))}


async def case(it, name, number):
    """Return what came of one call; anything but a value or an error of ours is raised."""
    it.dice, it.told = random.Random(f"{name} {number}"), []
    async with asyncio.timeout(LONGEST):
        try:
            value = await CALLS[name](it)
        except TrayError as exc:
            return exc
    if judge := TRUTHS.get(name):
        judge(value, *it.told[-1])
    return value


# Nothing is taken for more than was said.


def checked(answers, _method, _path, said):
    """Only what is told of an item in so many words counts as being there."""
    assert 200 <= said.status < 300
    told = {}
    for one in json.loads(said.body.decode(errors="replace"))["results"]:
        assert one["id"] not in told
        told[one["id"]] = one
    assert len(answers) == len(told) == len(SUMS)
    for number, answer in enumerate(answers):
        one = told[str(number)]
        if answer.remote_id is not None:
            assert (one["action"], one["assetId"]) == ("reject", answer.remote_id)
        else:
            assert one["action"] == "accept" or one["reason"] == "unsupported-format"
        assert not answer.trashed or one["isTrashed"] is True


def uploaded(answer, method, path, said):
    assert (method, path) == ("POST", "/api/assets")
    assert 200 <= said.status < 300
    told = json.loads(said.body.decode(errors="replace"))
    assert answer.remote_id == told["id"]
    assert answer.created is (told["status"] != "duplicate")


def put_in_album(answers, _method, _path, said):
    told = json.loads(said.body.decode(errors="replace"))
    assert sum(answers) <= sum(
        one.get("success") is True or one.get("error") == "duplicate" for one in told
    )


def oneself(account, _method, _path, said):
    assert account.user_id == json.loads(said.body.decode(errors="replace"))["id"]


TRUTHS = {
    "ImmichServer.check": checked,
    "ImmichResources.check": checked,
    "ImmichServer.upload": uploaded,
    "ImmichServer.add_to_album": put_in_album,
    "ImmichServer.me": oneself,
    "ImmichDoor.who": oneself,
}


@VERSIONS
@pytest.mark.timeout(120)
async def test_what_the_specification_allows_is_understood(tmp_path, version):
    """Of each call at least one answer as it is specified is taken; else the rest shows nothing."""
    with caller(tmp_path, version) as it:
        it.honest = True
        for name in CALLS:
            outcomes = []
            for number in range(60):
                outcomes.append(await case(it, name, number))
                if not isinstance(outcomes[-1], TrayError):
                    break
            assert not isinstance(outcomes[-1], TrayError), (name, outcomes[-1])
        assert it.unknown <= set(), it.unknown


@VERSIONS
@pytest.mark.parametrize(
    "count",
    [
        pytest.param(SHORT, marks=pytest.mark.timeout(240)),
        pytest.param(LONG, marks=[pytest.mark.long, pytest.mark.timeout(7200)]),
    ],
)
async def test_spoilt_answers_to_every_call(tmp_path, version, count, small, record):
    told = Counter()
    tasks = len(asyncio.all_tasks())
    with caller(tmp_path, version) as it:
        for number in range(count):
            for name in CALLS:
                outcome = await case(it, name, number)
                assert outcome is None or str(outcome).strip(), (name, number)
                told["errors" if isinstance(outcome, TrayError) else "values"] += 1
            if number == count // 10:
                before = resource.getrusage(resource.RUSAGE_SELF).ru_maxrss / 1024
        grown = resource.getrusage(resource.RUSAGE_SELF).ru_maxrss / 1024 - before
        assert it.database.run_now(
            lambda conn: conn.execute("PRAGMA integrity_check").fetchall()
        ) == [("ok",)]
        broken = it.database.run_now(
            lambda conn: conn.execute("PRAGMA foreign_key_check").fetchall()
        )
        assert broken == []
    assert grown < GROWTH_MIB
    assert len(asyncio.all_tasks()) == tasks
    assert min(told["values"], told["errors"]) > count, told
    record(cases=count * len(CALLS), grown_mib=round(grown), **told)
