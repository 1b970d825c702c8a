"""The port `Resources` over HTTP: conditional requests, searches, single assets.

Every answer has a largest size, and is decoded beside the loop where it is large.
"""

import asyncio
from collections.abc import Sequence
from datetime import datetime
from typing import TypeVar

import httpx

from tray_app.adapters.immich import errors
from tray_app.adapters.immich.client import ImmichServer
from tray_app.adapters.immich.dates import http_date
from tray_app.adapters.immich.http import Http
from tray_app.core.errors import AssetRejected
from tray_app.core.server import CheckAnswer
from tray_app.core.sync.answers import Found, FullAsset, SearchAnswer
from tray_app.core.sync.passes import Search
from tray_app.ports.mirror import Fetched

T = TypeVar("T")
LARGEST = 64 << 20
_LARGE = 65_536
_LONGEST_TAG = 300


class ImmichResources:
    """Port `Resources`, for a key or a session."""

    def __init__(self, http: Http, largest: int = LARGEST) -> None:
        self._http = http
        self._largest = largest
        self._server = ImmichServer(http, uses_key=True)
        self.not_modified = 0
        self.server_time: datetime | None = None

    async def get(self, path: str, kind: type[T], etag: str | None) -> Fetched[T] | None:
        """GET a resource unless it is still what `etag` stands for; then return None."""
        headers = {"If-None-Match": etag} if etag else {}
        answer = await self._http.bounded("GET", path, headers=headers, longest=self._largest)
        self._note_time(answer)
        if answer.status_code == httpx.codes.NOT_MODIFIED:
            self.not_modified += 1
            return None
        tag = answer.headers.get("etag", "")
        value = await self._decoded(answer, kind)
        return Fetched(value, tag if 0 < len(tag) <= _LONGEST_TAG else None, answer.content)

    async def search(self, search: Search, page: int) -> Found:
        """Return one page of a search."""
        answer = await self._http.bounded(
            "POST", "/search/metadata", body=search.body(page), longest=self._largest
        )
        return (await self._decoded(answer, SearchAnswer)).assets

    async def asset(self, remote_id: str) -> FullAsset | None:
        """Return an asset; None: it is not there, or we may not see it."""
        try:
            answer = await self._http.bounded("GET", f"/assets/{remote_id}", longest=self._largest)
        except AssetRejected:
            return None
        return await self._decoded(answer, FullAsset)

    async def check(self, checksums: Sequence[bytes]) -> Sequence[CheckAnswer]:
        """Ask which checksums the server has, locked assets included; at most 5,000."""
        return await self._server.check(checksums)

    async def _decoded(self, answer: httpx.Response, kind: type[T]) -> T:
        if len(answer.content) < _LARGE:
            return errors.decoded(answer, kind, self._http.address)
        return await asyncio.to_thread(errors.decoded, answer, kind, self._http.address)

    def _note_time(self, answer: httpx.Response) -> None:
        if self.server_time is None and (date := answer.headers.get("date")):
            self.server_time = http_date(date)
