"""Lines of the change stream as typed values; one decoder call takes a whole block.

The type of a line is the tag of a union, so that nothing is parsed twice. Malformed lines raise
`BadLineError`; lines of unknown types are kept as `Unknown`, to be counted and left alone.
"""

from collections.abc import Iterable
from functools import lru_cache
from operator import attrgetter
from typing import Annotated, Any

import msgspec

from tray_app.core.sync.entities import CONTROL, EMITTED
from tray_app.core.sync.payloads import Payload

Ack = Annotated[str, msgspec.Meta(min_length=1, max_length=1000)]


class BadLineError(ValueError):
    """A line that no Immich sends; the message names the field, never its content."""


class Line(msgspec.Struct, frozen=True, gc=False):
    """One line; `ack` goes back to the server once the line is stored."""

    ack: Ack


class Unknown(msgspec.Struct, frozen=True, gc=False):
    """A line of a type that this program does not know."""

    type: Annotated[str, msgspec.Meta(max_length=200)]


@lru_cache(1)
def _decoder() -> msgspec.json.Decoder[Any]:
    """Build the union of all line types, once and only where a sync runs."""
    kinds = [_kind(name, []) for name in CONTROL]
    kinds += [_kind(name, [("data", meaning.payload)]) for name, meaning in EMITTED.items()]
    union: Any = kinds[0]
    for kind in kinds[1:]:
        union = union | kind
    return msgspec.json.Decoder(union)


def _kind(name: str, fields: list[tuple[str, type]]) -> type[msgspec.Struct]:
    return msgspec.defstruct(
        name,
        fields,
        bases=(Line,),
        tag=name,
        tag_field="type",
        frozen=True,
        gc=False,
        kw_only=True,
    )


_unknown = msgspec.json.Decoder(Unknown)


def kind_of(line: Line) -> str:
    """Return the type of a line, as the server spells it."""
    return str(line.__struct_config__.tag)


def payloads_of(lines: Iterable[Line]) -> list[Payload]:
    """Return what lines carry; not for control lines."""
    return [*map(attrgetter("data"), lines)]


def decode(block: bytes) -> list[Line | Unknown]:
    """Decode whole lines; raises BadLineError."""
    try:
        lines: list[Line | Unknown] = _decoder().decode_lines(block)
    except (msgspec.DecodeError, RecursionError, UnicodeDecodeError):
        return [_one(line) for line in block.split(b"\n") if line.strip()]
    return lines


def _one(line: bytes) -> Line | Unknown:
    try:
        decoded: Line = _decoder().decode(line)
    except (msgspec.DecodeError, RecursionError, UnicodeDecodeError) as exc:
        unknown = _unknown_type(line)
        if unknown is None:
            raise BadLineError(_words(exc)) from exc
        return unknown
    return decoded


def _unknown_type(line: bytes) -> Unknown | None:
    try:
        found = _unknown.decode(line)
    except (msgspec.DecodeError, RecursionError, UnicodeDecodeError):
        return None
    return None if found.type in EMITTED or found.type in CONTROL else found


def _words(exc: Exception) -> str:
    if isinstance(exc, RecursionError):
        return "too deeply nested"
    return str(exc)[:200]
