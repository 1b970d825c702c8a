"""Opens pages in the person's browser without Qt: for the command line.

`webbrowser` of the standard library waits for some browsers to end, lets others have the terminal,
and what it starts prints addresses, query and all.
"""

import asyncio
import shlex
import subprocess
import sys
from collections.abc import Callable, Mapping, Sequence
from contextlib import suppress
from threading import Thread

from tray_app.core.oauth import is_web_page

_SECONDS = 2.0  # a browser that still runs by then has started
_OPENERS = {  # the first has run; the others never
    "linux": ("xdg-open",),
    "darwin": ("open",),
    "win32": ("rundll32", "url.dll,FileProtocolHandler"),
}


class Browser:
    """Port `Pages`; `has_display`: whether a browser could show itself at all."""

    def __init__(self, environ: Mapping[str, str], has_display: Callable[[], bool]) -> None:
        self._environ = environ
        self._has_display = has_display

    async def open(self, address: str) -> bool:
        """Start the browser; False where there is none, or it ended at once with a fault."""
        words = browser_words(self._environ, sys.platform, has_display=self._has_display())
        if not words or not is_web_page(address):
            return False
        loop = asyncio.get_running_loop()
        ended: asyncio.Future[bool] = loop.create_future()

        def tell(ok: bool) -> None:  # noqa: FBT001  the callback's shape
            if not ended.done():
                ended.set_result(ok)

        def run() -> None:
            ok = _run(with_address(words, address))
            with suppress(RuntimeError):  # the loop is closed: nobody asks any more
                loop.call_soon_threadsafe(tell, ok)

        # Of its own, and left behind: some browsers end only when the person closes them.
        Thread(target=run, name="browser", daemon=True).start()
        done, _ = await asyncio.wait({ended}, timeout=_SECONDS)
        return ended.result() if done else True


def browser_words(
    environ: Mapping[str, str], platform: str, *, has_display: bool
) -> tuple[str, ...]:
    """Choose the program: the first of `BROWSER`, else the desktop's own; () where there is none.

    `BROWSER` may carry arguments, with `%s` where the address goes.
    """
    if given := environ.get("BROWSER", "").partition(":" if platform != "win32" else ";")[0]:
        with suppress(ValueError):  # quotes that do not end
            return tuple(shlex.split(given.removesuffix("&"), posix=platform != "win32"))
    return _OPENERS.get(platform, ("xdg-open",)) if has_display else ()


def with_address(words: Sequence[str], address: str) -> list[str]:
    """Put the address where `%s` is, else at the end."""
    if any("%s" in word for word in words[1:]):
        return [words[0], *(word.replace("%s", address) for word in words[1:])]
    return [*words, address]


def _run(words: list[str]) -> bool:
    nothing = subprocess.DEVNULL
    try:
        started = subprocess.Popen(  # noqa: S603  the person's own choice of a browser
            words, stdin=nothing, stdout=nothing, stderr=nothing, start_new_session=True
        )
    except OSError:
        return False
    return started.wait() == 0
