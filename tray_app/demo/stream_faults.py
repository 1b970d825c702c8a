"""What can go wrong with the sync stream in particular."""

from tray_app.demo.fault import Facts, Fault


class OfStream(Fault, frozen=True, kw_only=True, rename="camel", tag_field="kind"):
    """A fault that only the sync stream can meet."""

    def hits(self, facts: Facts) -> bool:
        """Tell whether this is a sync stream that the fault is about."""
        return facts.is_stream and Fault.hits(self, facts)


class CutStream(OfStream, frozen=True, kw_only=True, rename="camel", tag="cut-stream"):
    """Reset the connection after so many lines and, unless None, so many bytes of the next."""

    after_lines: int = 0
    after_bytes: int = 0


class SplitStream(OfStream, frozen=True, kw_only=True, rename="camel", tag="split-stream"):
    """Send so many bytes at a time, wherever lines begin and end, `seconds` apart."""

    size: int = 7
    seconds: float = 0.0


class EndlessStream(OfStream, frozen=True, kw_only=True, rename="camel", tag="endless-stream"):
    """Repeat the first line for ever."""


class GarbageLine(OfStream, frozen=True, kw_only=True, rename="camel", tag="garbage-line"):
    """Send this line, too, after so many good ones."""

    after_lines: int = 0
    text: str = "<html>not what you asked for"


class HugeLine(OfStream, frozen=True, kw_only=True, rename="camel", tag="huge-line"):
    """Send a line of this many bytes after so many good ones."""

    after_lines: int = 0
    size: int = 100_000_000


class GzipBomb(OfStream, frozen=True, kw_only=True, rename="camel", tag="gzip-bomb"):
    """Send nothing but a gzip stream that grows to so many bytes."""

    size: int = 10_000_000_000


class HangingStream(OfStream, frozen=True, kw_only=True, rename="camel", tag="hanging-stream"):
    """Send the headers and so many lines, then nothing more; the connection stays open."""

    after_lines: int = 0


class StaleStream(OfStream, frozen=True, kw_only=True, rename="camel", tag="stale-stream"):
    """Leave out what changed in the last seconds, as a busy server does."""

    seconds: float = 5.0


StreamFault = (
    CutStream
    | SplitStream
    | EndlessStream
    | GarbageLine
    | HugeLine
    | GzipBomb
    | HangingStream
    | StaleStream
)
