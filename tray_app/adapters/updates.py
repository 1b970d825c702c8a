"""Asks for the newest version: one plain GET that says nothing about who asks.

It has a client of its own: no credential, header, certificate or pin of the way to the server goes
along, and no redirect is followed.
"""

import logging
from pathlib import Path

import httpx
import msgspec

from tray_app.adapters.immich import errors
from tray_app.adapters.immich.routing import proxy_for
from tray_app.adapters.immich.tls import tls_context
from tray_app.adapters.immich.whole import whole
from tray_app.adapters.private_file import write_private
from tray_app.core.errors import TryLater
from tray_app.core.phrase import phrase
from tray_app.core.updates import Announcement, Checked
from tray_app.core.way import Way

log = logging.getLogger(__name__)
_SECONDS = 20.0
_LARGEST = 1 << 20
_HEADERS = {"User-Agent": "ImmichTray", "Accept": "application/json", "Accept-Encoding": "identity"}
_PLAIN = Way()


class WebAnnouncements:
    """Port `Announcements`, over HTTP."""

    async def newest(self, url: str) -> Announcement:
        """Read what is announced there; raises TryLater, or NeedsUser for an address of no use."""
        with errors.translated(url):
            async with (
                httpx.AsyncClient(
                    headers=_HEADERS,
                    timeout=_SECONDS,
                    follow_redirects=False,
                    verify=tls_context(_PLAIN, url),
                    proxy=proxy_for(url, _PLAIN),
                    trust_env=False,
                ) as client,
                client.stream("GET", url) as response,
            ):
                answer = await whole(response, response.url.host, _LARGEST)
        if not answer.is_success:
            raise TryLater(
                phrase("{url} answers with status {status}.", url=url, status=answer.status_code)
            )
        try:
            return msgspec.json.decode(answer.content, type=Announcement)
        except (msgspec.DecodeError, UnicodeDecodeError) as exc:
            raise TryLater(
                phrase("What stands at {url} announces no version: {error}.", url=url, error=exc)
            ) from exc


class CheckFile:
    """Port `SavedCheck`, a small file of the data folder."""

    def __init__(self, path: Path) -> None:
        self._path = path

    def load(self) -> Checked:
        """Return what was saved; what cannot be read counts as never asked."""
        try:
            checked = msgspec.json.decode(self._path.read_bytes(), type=Checked)
        except (OSError, msgspec.DecodeError, UnicodeDecodeError):
            return Checked()
        return checked if checked.at is None or checked.at.tzinfo else Checked()

    def save(self, checked: Checked) -> None:
        """Remember; raises NeedsUser(DISK)."""
        write_private(self._path, msgspec.json.format(msgspec.json.encode(checked)))
