"""The person at the terminal while they sign in through the browser; and the way back to there."""

import asyncio
import os
import sys
from contextlib import suppress
from threading import Thread

import click

from tray_app.adapters.scheme import hand_over
from tray_app.cli.home import open_home
from tray_app.cli.output import Exit, complain, errors_in_words
from tray_app.core.oauth import LONGEST, MOBILE
from tray_app.ports.browser import NotTaken, Step

_PASTE = "copy the whole address from the browser's address bar, paste it here and press Enter"
_NO_BROWSER = (
    "No browser can be opened here. Open this address in one, on this computer or another, and"
    " sign in:"
)
_NEXT = (
    "If the page shows an error about the redirect address, press Enter to try the phone app's"
    " address."
)


def words(step: Step) -> tuple[str, ...]:
    """Say a step, in lines for a terminal."""
    if isinstance(step, NotTaken):
        return (step.words,)
    lines = ["Sign in on the page in your browser."]
    if step.page:
        lines = [_NO_BROWSER, f"  {step.page}"]
    if step.page or step.redirect == MOBILE:
        lines.append(f"If it does not come back here by itself, {_PASTE}.")
    return (*lines, *(() if step.last else (_NEXT,)))


class Terminal:
    """Port `Person`: words on stderr, answers by the lines of standard input.

    Neither input() nor readline(): what reads for ever must not hold up the end of the program.
    """

    def __init__(self) -> None:
        self._lines: asyncio.Queue[str] | None = None

    def told(self, step: Step) -> None:
        """Print it."""
        for line in words(step):
            complain(line)

    async def answer(self) -> str:
        """Return the next line; where standard input has ended, nobody answers any more."""
        if self._lines is None:
            self._lines = asyncio.Queue()
            Thread(
                target=_read, args=(asyncio.get_running_loop(), self._lines), daemon=True
            ).start()
        return await self._lines.get()


def _read(loop: asyncio.AbstractEventLoop, lines: asyncio.Queue[str]) -> None:
    """Put lines into the queue until there are none, or nobody takes them."""
    kept = b""
    with suppress(OSError, ValueError, RuntimeError):  # closed: the input, or the loop
        while piece := os.read(sys.stdin.fileno(), LONGEST):
            *whole, kept = (kept + piece).split(b"\n")
            kept = kept[: 2 * LONGEST]
            for line in whole:
                text = line.decode(errors="replace").strip()
                loop.call_soon_threadsafe(lines.put_nowait, text)


@click.command(hidden=True)
@click.argument("url")
def returned(url: str) -> None:
    """Take an `app.immich:` address, with which the system starts us, to the sign-in."""
    with errors_in_words():
        if not hand_over(open_home(), os.environ, url):
            complain("No sign-in waits for this address. Start it: immich-tray login URL --browser")
            raise SystemExit(Exit.FAILED)
        click.echo("The sign-in goes on where it was started.")
