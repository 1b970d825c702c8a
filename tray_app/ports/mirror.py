"""What a sync with an API key asks of the server's resources and of `library.db`."""

from collections.abc import Collection, Mapping, Sequence
from datetime import datetime
from typing import Generic, NamedTuple, Protocol, TypeVar

from tray_app.core.server import CheckAnswer
from tray_app.core.sync.answers import Album, Entry, Found, FullAsset, Partner, Person, Stack
from tray_app.core.sync.passes import Pass, Search
from tray_app.core.sync.removals import Removed
from tray_app.core.sync.standing import Known, Owner, Place, Since

T = TypeVar("T")


class Fetched(NamedTuple, Generic[T]):
    """An answer that is new: its value, its tag where the server gave one, and as it came."""

    value: T
    etag: str | None
    body: bytes


class Resources(Protocol):
    """The server's resources (protocol 4.9, 4.10)."""

    not_modified: int
    """How often the server said that nothing has changed."""
    server_time: datetime | None
    """The server's clock at the first answer; None: it does not say."""

    async def get(self, path: str, kind: type[T], etag: str | None) -> Fetched[T] | None:
        """GET a resource unless it is still what `etag` stands for; then return None.

        Raises NeedsUser, TryLater, AssetRejected for what is not there or not ours.
        """
        ...

    async def search(self, search: Search, page: int) -> Found:
        """Return one page of a search."""
        ...

    async def asset(self, remote_id: str) -> FullAsset | None:
        """Return an asset; None: it is not there, or we may not see it."""
        ...

    async def check(self, checksums: Sequence[bytes]) -> Sequence[CheckAnswer]:
        """Ask which checksums the server has, locked assets included; at most 5,000."""
        ...


class Cache(Protocol):
    """Answers that are kept with their tags."""

    async def known(self, path: str) -> Known:
        """Return what is stored of a resource."""
        ...

    async def keep(self, path: str, etag: str | None, body: bytes) -> None:
        """Store an answer as it came."""
        ...


class Mirror(Cache, Protocol):
    """The library as an API key reads it; contracts are those of `adapters.sqlite.mirror`."""

    async def begin(self, by: Owner, version: str, now: datetime, *, full: bool) -> Since:
        """Make the library this owner's; what is stored stays valid for the same user."""
        ...

    async def finish(self, since: Since, begun: datetime) -> None:
        """Note that the sync which began then came to its end.

        Nothing is written where nothing is new; when it was is noted once an hour.
        """
        ...

    async def put_people(self, path: str, etag: str | None, people: Sequence[Person]) -> int:
        """Let these be all users; return how many rows changed."""
        ...

    async def put_partners(
        self, path: str, etag: str | None, partners: Sequence[Partner], *, sharing: bool
    ) -> int:
        """Let these be all partners of one direction; `sharing`: they show us theirs."""
        ...

    async def partners(self) -> list[str]:
        """List who shows us everything."""
        ...

    async def put_stacks(self, path: str, etag: str | None, stacks: Sequence[Stack]) -> int:
        """Let these be all own stacks."""
        ...

    async def set_months(self, one: Pass, etag: str | None, months: Collection[str]) -> None:
        """Let these be all months of a list."""
        ...

    async def months(self, one: Pass) -> list[Place]:
        """List the months of a list, the newest first."""
        ...

    async def differing(self, entries: Sequence[Entry]) -> set[bytes]:
        """Return the ids that are unknown, or look different here."""
        ...

    async def put_assets(self, assets: Sequence[FullAsset]) -> int:
        """Store assets with their details; return how many rows changed."""
        ...

    async def put_known(self, assets: Sequence[FullAsset]) -> int:
        """Store the details of those that are known here; return how many rows changed."""
        ...

    async def list_month(
        self,
        place: Place,
        etag: str | None,
        entries: Sequence[Entry],
        refused: Collection[bytes],
        now: datetime,
    ) -> int:
        """Let a month show these; of `refused` ones no more is known than that."""
        ...

    async def put_albums(
        self, etags: Mapping[str, str | None], albums: Sequence[tuple[Album, str]]
    ) -> tuple[int, int]:
        """Let these be all albums, each with a mark of how it looks; rows changed and gone."""
        ...

    async def albums_to_read(self) -> list[tuple[str, str, bool]]:
        """List album, mark, and whether all is to be read, or what the album does not count."""
        ...

    async def album_read(self, album_id: str, mark: str) -> int:
        """Note that the contents were read while the album looked so; return links gone."""
        ...

    async def any_lost(self) -> bool:
        """Tell whether own or partners' assets are in no list now."""
        ...

    async def missing(self) -> list[Removed]:
        """List own assets that no list shows any more."""
        ...

    async def hide(self, remote_ids: Sequence[str]) -> None:
        """Note that these are there, and shown to no API key: they are locked."""
        ...

    async def hold(self, remote_ids: Sequence[str]) -> None:
        """Note that these are there."""
        ...

    async def remove(self, remote_ids: Sequence[str], *, told: bool) -> int:
        """Take own assets away; `told`: a person deleted them. Returns how many."""
        ...

    async def tidy(self, *, partners: bool) -> int:
        """Take away what nothing shows any more; `partners`: theirs, too. Returns how many."""
        ...

    async def own_assets(self) -> int:
        """Count own assets."""
        ...
