"""Every call of `adapters/immich`, and a real server on loopback that answers them by a seed."""

import random
import threading
from collections.abc import AsyncGenerator, Awaitable, Callable, Iterator
from contextlib import aclosing, contextmanager, suppress
from dataclasses import dataclass, field
from datetime import UTC, datetime
from typing import Any
from urllib.parse import urlsplit

from tests.faults.from_schema import IDS, Maker
from tests.faults.handlers import handled
from tests.faults.liar import WAYS, Answer, Handler, changed
from tests.openapi import Spec, SpecError
from tray_app.adapters.clock import SystemClock
from tray_app.adapters.immich.auth import ImmichDoor
from tray_app.adapters.immich.blocks import Limits
from tray_app.adapters.immich.client import ImmichServer
from tray_app.adapters.immich.http import connected, nearest
from tray_app.adapters.immich.oauth import ImmichOAuth
from tray_app.adapters.immich.resources import ImmichResources
from tray_app.adapters.immich.stream import ImmichChanges
from tray_app.adapters.immich.thumbnails import ServerThumbnails
from tray_app.adapters.sqlite.database import Database
from tray_app.adapters.sqlite.library import Library
from tray_app.adapters.sqlite.mirror import Mirror
from tray_app.core.oauth import RANDOM_BYTES, Attempt, Returned
from tray_app.core.server import SignIn, Upload
from tray_app.core.sync.answers import Month, MonthList, Partner, Person
from tray_app.core.sync.passes import Search, own_passes
from tray_app.core.sync.standing import Owner
from tray_app.core.way import Way
from tray_app.engine.etag.run import EtagRun
from tray_app.engine.sync_run import SyncRun

LARGEST = 2 << 20
SUMS = [bytes([number]) * 20 for number in range(3)]
ATTEMPT = Attempt.of(bytes(range(RANDOM_BYTES)))
PHOTO = Upload("a.jpg", 5, SUMS[0], "2024-05-01T12:00:00.000Z", "2024-05-01T12:00:00.000Z", "d")
MONTHS = own_passes(IDS[0])[0]
MOMENT = datetime(2024, 5, 1, tzinfo=UTC)


class Five:
    async def chunks(self) -> AsyncGenerator[bytes, None]:
        yield b"bytes"


@dataclass
class Caller:
    """Whoever calls; `told` is what was asked and answered since it was emptied."""

    spec: Spec
    database: Database
    url: str = ""
    dice: random.Random = field(default_factory=random.Random)
    told: list[tuple[str, str, Answer]] = field(default_factory=list)
    reached: set[str] = field(default_factory=set)
    unknown: set[str] = field(default_factory=set)
    honest: bool = False
    lock: threading.Lock = field(default_factory=threading.Lock)

    @property
    def api(self) -> str:
        return f"{self.url}/api"

    @property
    def key(self) -> SignIn:
        return SignIn.with_key(self.api, "k")

    def answer(self, method: str, path: str, body: bytes) -> Answer | None:
        """Return what to say; None: hang up."""
        with self.lock:
            made = self._made(method, path, body)
            way = "" if self.honest else self.dice.choice(["", "", *WAYS])
            if way == "hang up":
                return None
            answer = changed(made, way, self.dice)
            self.told.append((method, urlsplit(path).path, answer))
            return answer

    def _made(self, method: str, path: str, body: bytes) -> Answer:
        if path.endswith("/.well-known/immich"):
            return Answer(200, {"Content-Type": "application/json"}, b'{"api":{"endpoint":"/api"}}')
        try:
            made = Maker(self.spec, self.dice).answer(method, path, body)
        except SpecError:
            self.unknown.add(f"{method} {urlsplit(path).path}")
            return Answer(404, {"Content-Type": "application/json"}, b'{"message":"Not Found"}')
        self.reached.add(f"{method} {urlsplit(path).path}")
        return made

    async def with_server(self, call: Callable[[ImmichServer], Awaitable[Any]]) -> Any:
        async with connected(self.key) as http:
            return await call(ImmichServer(http, uses_key=True))

    async def with_resources(self, call: Callable[[ImmichResources], Awaitable[Any]]) -> Any:
        async with connected(self.key) as http:
            return await call(ImmichResources(http, LARGEST))

    async def with_changes(self, call: Callable[[ImmichChanges], Awaitable[Any]]) -> Any:
        async with connected(SignIn(self.api, access_token="t")) as http:
            return await call(ImmichChanges(http, Limits(silence=1.0)))

    async def thumbnail(self) -> Any:
        async def sign_in() -> SignIn:
            return self.key

        pictures = ServerThumbnails(sign_in)
        try:
            return await pictures.fetch(IDS[0])
        finally:
            await pictures.close()

    async def sync(self) -> Any:
        owner, library = Owner(IDS[0], "session"), Library(self.database)
        full = self.dice.random() < 0.2
        return await self.with_changes(
            lambda it: SyncRun(it, library, SystemClock(), owner).run(full=full)
        )

    async def sync_with_a_key(self) -> Any:
        owner, library = Owner(IDS[0], "key"), Library(self.database)
        mirror = Mirror(self.database)
        return await self.with_resources(
            lambda it: EtagRun(it, mirror, library, SystemClock(), owner).run()
        )


async def _all(changes: ImmichChanges) -> int:
    count = 0
    async with aclosing(changes.stream(("AssetsV1",), reset=False)) as stream:
        async for batch in stream:
            count += batch.lines
    return count


Call = Callable[[Caller], Awaitable[Any]]
CALLS: dict[str, Call] = {
    "ImmichServer.version": lambda it: it.with_server(ImmichServer.version),
    "ImmichServer.health": lambda it: it.with_server(ImmichServer.health),
    "ImmichServer.media_types": lambda it: it.with_server(ImmichServer.media_types),
    "ImmichServer.me": lambda it: it.with_server(ImmichServer.me),
    "ImmichServer.permissions": lambda it: it.with_server(ImmichServer.permissions),
    "ImmichServer.check": lambda it: it.with_server(lambda server: server.check(SUMS)),
    "ImmichServer.restore": lambda it: it.with_server(lambda server: server.restore(IDS[:2])),
    "ImmichServer.upload": lambda it: it.with_server(lambda server: server.upload(PHOTO, Five())),
    "ImmichServer.albums": lambda it: it.with_server(ImmichServer.albums),
    "ImmichServer.create_album": lambda it: it.with_server(lambda s: s.create_album("A")),
    "ImmichServer.add_to_album": lambda it: it.with_server(
        lambda server: server.add_to_album(IDS[0], IDS[:2])
    ),
    "ImmichDoor.find": lambda it: ImmichDoor().find(it.url),
    "ImmichDoor.ways_in": lambda it: ImmichDoor().ways_in(it.api),
    "ImmichDoor.log_in": lambda it: ImmichDoor().log_in(it.api, "e@example.org", "p"),
    "ImmichDoor.log_out": lambda it: ImmichDoor().log_out(it.key),
    "ImmichDoor.who": lambda it: ImmichDoor().who(it.key),
    "ImmichDoor.key_permissions": lambda it: ImmichDoor().key_permissions(it.key),
    "ImmichOAuth.begin": lambda it: ImmichOAuth().begin(it.api, "app.immich:///x", ATTEMPT),
    "ImmichOAuth.exchange": lambda it: ImmichOAuth().exchange(
        it.api, Returned("app.immich:///x?code=1", "1"), ATTEMPT
    ),
    "ImmichResources.get": lambda it: it.with_resources(
        lambda resources: resources.get(*it.dice.choice(RESOURCES), None)
    ),
    "ImmichResources.search": lambda it: it.with_resources(
        lambda resources: resources.search(Search("timeline", updated_after=MOMENT), 1)
    ),
    "ImmichResources.asset": lambda it: it.with_resources(
        lambda resources: resources.asset(IDS[0])
    ),
    "ImmichResources.check": lambda it: it.with_resources(lambda resources: resources.check(SUMS)),
    "ImmichChanges.version": lambda it: it.with_changes(ImmichChanges.version),
    "ImmichChanges.acknowledge": lambda it: it.with_changes(
        lambda changes: changes.acknowledge(["AssetV1|1"])
    ),
    "ImmichChanges.stream": lambda it: it.with_changes(_all),
    "ServerThumbnails.fetch": Caller.thumbnail,
    "nearest": lambda it: nearest(
        SignIn(f"{it.url}/far", api_key="k", way=Way(near=(it.api,)), user_id=IDS[0])
    ),
    "a sync": Caller.sync,
    "a sync with a key": Caller.sync_with_a_key,
}
ADAPTERS = (ImmichServer, ImmichDoor, ImmichOAuth, ImmichResources, ImmichChanges, ServerThumbnails)
RESOURCES = (
    ("/users", list[Person]),
    ("/partners?direction=shared-with", list[Partner]),
    (MONTHS.path, list[Month]),
    (MONTHS.month("2024-05-01"), MonthList),
)


class Speaker(Handler):
    """Says what the caller's seed wants."""

    caller: Caller

    def serve(self) -> None:
        self.close_connection = True
        with suppress(OSError):
            if answer := self.caller.answer(self.command, self.path, self._body()):
                self._say(answer)

    do_GET = do_POST = do_PUT = do_DELETE = serve  # noqa: N815  http.server's names


@contextmanager
def speaking(caller: Caller) -> Iterator[Caller]:
    with handled(type("It", (Speaker,), {"caller": caller})) as port:
        caller.url = f"http://127.0.0.1:{port}"
        yield caller
