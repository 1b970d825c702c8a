"""A multipart/form-data body read as a stream: fields in memory, files into sinks."""

import re
import urllib.parse
from collections.abc import Callable
from dataclasses import dataclass
from typing import TYPE_CHECKING, Protocol

from python_multipart.exceptions import FormParserError, MultipartParseError
from python_multipart.multipart import MultipartParser

from tray_app.demo.errors import ApiError

if TYPE_CHECKING:
    from python_multipart.multipart import MultipartCallbacks

BOUNDARY = re.compile(
    r'multipart/form-data\b.*;\s*boundary=(?:"([^"]+)"|([^\s;]+))', re.IGNORECASE | re.DOTALL
)
PARAMETER = re.compile(rb';\s*([\w*-]+)=(?:"((?:\\.|[^"\\])*)"|([^;\s]*))', re.DOTALL)
ESCAPE = re.compile(rb'\\(["\\])')
MAX_FIELD = 1024 * 1024


class Sink(Protocol):
    """Where the bytes of one file go."""

    def write(self, data: memoryview) -> None:
        """Take the next bytes."""

    def finish(self) -> None:
        """Learn that the file is complete."""


OpenFile = Callable[[str, str, dict[str, str]], Sink]


@dataclass(frozen=True, slots=True)
class Disposition:
    """The names in a part's Content-Disposition; `file_name` None for a plain field."""

    name: str
    file_name: str | None


def boundary(content_type: str) -> bytes | None:
    """Return the boundary of a multipart/form-data content type; None for any other type."""
    found = BOUNDARY.match(content_type)
    return (found[1] or found[2]).encode("latin-1") if found else None


def disposition(header: bytes) -> Disposition:
    """Read a Content-Disposition as the real server does.

    File names are UTF-8 bytes; the RFC 5987 form (`filename*=`) is decoded twice and so arrives
    mangled; directories are dropped.
    """
    values: dict[str, bytes] = {}
    for name, quoted, plain in PARAMETER.findall(header):
        values[name.decode("latin-1").lower()] = ESCAPE.sub(rb"\1", quoted) or plain
    file_name = None
    if (extended := values.get("filename*")) is not None:
        decoded = urllib.parse.unquote(extended.decode("latin-1").rpartition("'")[2])
        twice = bytes(ord(character) & 0xFF for character in decoded)
        file_name = twice.decode("utf-8", "replace")
    elif (raw := values.get("filename")) is not None:
        file_name = raw.decode("utf-8", "replace")
    if file_name is not None:
        file_name = re.split(r"[/\\]", file_name)[-1]
    return Disposition(values.get("name", b"").decode("latin-1"), file_name)


class FormReader:
    """Feeds a body to the parser; `fields` grows as the parts arrive.

    `open_file(part name, file name, fields so far)` gives the sink for a file part, or raises
    to refuse it.
    """

    def __init__(self, bounds: bytes, open_file: OpenFile) -> None:
        self.fields: dict[str, str] = {}
        self._open_file = open_file
        self._header_name = bytearray()
        self._header_value = bytearray()
        self._disposition = b""
        self._value = bytearray()
        self._name = ""
        self._sink: Sink | None = None
        self._ended = False
        callbacks: MultipartCallbacks = {
            "on_part_begin": self._part_begin,
            "on_header_field": self._header_field,
            "on_header_value": self._header_data,
            "on_header_end": self._header_end,
            "on_headers_finished": self._headers_finished,
            "on_part_data": self._part_data,
            "on_part_end": self._part_end,
            "on_end": self._end,
        }
        self._parser = MultipartParser(bounds, callbacks, max_header_size=64 * 1024)

    def feed(self, data: bytes) -> None:
        """Take the next bytes of the body; raises ApiError 400 for a broken one."""
        try:
            self._parser.write(data)
        except (MultipartParseError, FormParserError) as error:
            raise ApiError(400, "Malformed part header") from error

    def finish(self) -> None:
        """Learn that the body is over; raises ApiError 400 when the form is not."""
        if not self._ended:
            raise ApiError(400, "Unexpected end of form")

    def _part_begin(self) -> None:
        self._disposition = b""
        self._value.clear()
        self._sink = None

    def _header_field(self, data: bytes, start: int, end: int) -> None:
        self._header_name += data[start:end]

    def _header_data(self, data: bytes, start: int, end: int) -> None:
        self._header_value += data[start:end]

    def _header_end(self) -> None:
        if self._header_name.lower() == b"content-disposition":
            self._disposition = bytes(self._header_value)
        self._header_name.clear()
        self._header_value.clear()

    def _headers_finished(self) -> None:
        found = disposition(self._disposition)
        self._name = found.name
        if found.file_name is not None:
            self._sink = self._open_file(found.name, found.file_name, self.fields)

    def _part_data(self, data: bytes, start: int, end: int) -> None:
        if self._sink is not None:
            self._sink.write(memoryview(data)[start:end])
            return
        self._value += memoryview(data)[start:end]
        if len(self._value) > MAX_FIELD:
            raise ApiError(400, "Field value too long")

    def _part_end(self) -> None:
        if self._sink is not None:
            self._sink.finish()
        elif self._name:
            self.fields[self._name] = self._value.decode("utf-8", "replace")

    def _end(self) -> None:
        self._ended = True
