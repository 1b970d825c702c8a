"""What the steps of one sync with an API key share."""

import asyncio
from collections.abc import Awaitable, Iterable
from dataclasses import dataclass
from itertools import islice
from typing import TypeVar

from tray_app.core.sync.standing import Applied
from tray_app.ports import Clock, Fetched, Mirror, Resources

T = TypeVar("T")
AT_ONCE = 4
"""Requests under way at the same time."""


@dataclass(slots=True)
class Reading:
    """One sync under way; `full`: details of everything are asked for again."""

    resources: Resources
    mirror: Mirror
    clock: Clock
    full: bool = False
    upserted: int = 0
    deleted: int = 0

    async def get(self, path: str, kind: type[T]) -> Fetched[T] | None:
        """GET a resource; None: it is what is stored."""
        return await self.resources.get(path, kind, (await self.mirror.known(path)).etag)

    @property
    def applied(self) -> Applied:
        """Return what this sync did so far."""
        return Applied(self.upserted, self.deleted)


async def together(works: Iterable[Awaitable[T]]) -> list[T]:
    """Await a few at once; when one fails the others come to their end first."""
    results = await asyncio.gather(*works, return_exceptions=True)
    for result in results:
        if isinstance(result, BaseException):
            raise result
    return [result for result in results if not isinstance(result, BaseException)]


def portions(items: Iterable[T], size: int = AT_ONCE) -> Iterable[list[T]]:
    """Cut into lists of at most `size`."""
    rest = iter(items)
    while portion := list(islice(rest, size)):
        yield portion
