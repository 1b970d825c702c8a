"""Port `Announcements`: answers by path that a test chooses."""

from urllib.parse import urlsplit

import msgspec

from tray_app.core.errors import TryLater
from tray_app.core.updates import Announcement

_LARGEST = 1 << 20


class FakeAnnouncements:
    def __init__(self, answers):
        self.answers = answers
        self.asked = []

    async def newest(self, url):
        self.asked.append(url)
        answer = self.answers.get(urlsplit(url).path)
        if answer is None or answer.status != 200:
            raise TryLater(f"{url} answers nothing of use.")
        raw = answer.body.encode() if isinstance(answer.body, str) else None
        raw = raw or msgspec.json.encode(answer.body)
        if len(raw) > _LARGEST:
            raise TryLater(f"{url} says too much.")
        try:
            return msgspec.json.decode(raw, type=Announcement)
        except msgspec.DecodeError as exc:
            raise TryLater(f"{url} announces nothing.") from exc
