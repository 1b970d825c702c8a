"""Random trouble that follows from a seed: what happens to a running program, and when."""

import random
from dataclasses import dataclass
from typing import Any

from tests.faults.toxic import Toxics
from tray_app.demo import faults as server
from tray_app.demo import stream_faults as stream


@dataclass(frozen=True)
class Event:
    """After `wait` seconds `kind` happens; its arguments are numbers, toxics or a server fault."""

    wait: float
    kind: str
    argument: Any = None


TOXICS = (
    Toxics(latency=0.05, jitter=0.1),
    Toxics(rate=40_000),
    Toxics(loss=0.2),
    Toxics(latency=0.3),
    Toxics(reset=0),
    Toxics(reset=3_000),
    Toxics(reset=60_000),
    Toxics(hole=True),
    Toxics(half_open=True),
    Toxics(closed=True),
    Toxics(latency=0.02, jitter=0.05, loss=0.1, rate=200_000),
)
FAULTS = (
    server.ServerError(times=5),
    server.ProxyError(status=502, times=5),
    server.ProxyError(status=503, times=20),
    server.TooManyRequests(times=3),
    server.CaptivePortal(times=4),
    server.Maintenance(times=10),
    server.LoseAnswer(times=5, path="/api/assets"),
    server.CutUpload(after_bytes=300, times=8),
    server.SlowAnswer(seconds=0.5, times=5),
    server.SlowRead(bytes_per_second=20_000, times=5),
    server.WrongChecksum(times=1),
    server.QuotaExceeded(times=1),
    server.MissingPermission(permission="asset.upload", times=2),
    server.RevokedToken(times=1),
    stream.CutStream(after_lines=3, after_bytes=40, times=2),
    stream.GarbageLine(after_lines=2, times=1),
    stream.SplitStream(size=11, times=3),
    stream.StaleStream(seconds=3.0, times=3),
)
# The program is killed, the server started anew; files come, change, move and go; a person acts.
EVENTS = {
    "toxics": 6,
    "heal": 4,
    "fault": 6,
    "kill": 2,
    "terminate": 1,
    "restart server": 1,
    "upgrade": 1,
    "add": 2,
    "edit": 2,
    "rename": 2,
    "delete": 1,
    "touch": 1,
    "back up now": 2,
    "pause and resume": 1,
    "trash": 1,
    "album": 2,
    "sync now": 2,
    "lost library": 1,
    "offline for good": 1,
    "sign out": 1,
    "other server": 1,
}


def schedule(seed: object) -> list[Event]:
    """Return six to fourteen events within some seconds."""
    dice = random.Random(repr(seed))
    kinds = dice.choices(list(EVENTS), list(EVENTS.values()), k=dice.randint(6, 14))
    return [_event(dice, kind) for kind in kinds]


def _event(dice: random.Random, kind: str) -> Event:
    wait = dice.random() * dice.choice([0.1, 0.5, 1.5])
    match kind:
        case "toxics":
            return Event(wait, kind, dice.choice(TOXICS))
        case "fault":
            return Event(wait, kind, dice.choice(FAULTS))
        case "offline for good":
            return Event(wait, "toxics", Toxics(closed=True))
        case _:
            return Event(wait, kind, dice.randrange(1 << 30))
