"""What the window and the menu are given beside the state and the commands."""

from collections.abc import Awaitable, Callable, Sequence
from dataclasses import dataclass, field

from tray_app.core.history import FileRow
from tray_app.ports.departure import Departure
from tray_app.ui.errands import Errands
from tray_app.ui.memory import Memory
from tray_app.ui.page import PageSpec

RECENT = 5  # files in the menu


async def _nothing() -> Sequence[FileRow]:
    return ()


def _ignore(_path: str) -> None:
    pass


@dataclass(frozen=True, slots=True, kw_only=True)
class Desk:
    """`pages` in their order, made when first opened; none: the overview alone.

    `recent` lists the newest backed-up files, `reveal` shows one in the file manager,
    `refresh` is F5 (beside the page's own), `open_settings` None: there is no dialog yet.
    `set_up` opens the onboarding. `monotonic` gives seconds for measuring speed.
    """

    pages: Sequence[PageSpec] = ()
    memory: Memory = field(default_factory=Memory)
    errands: Errands = field(default_factory=Errands)
    recent: Callable[[], Awaitable[Sequence[FileRow]]] = _nothing
    reveal: Callable[[str], object] = _ignore
    refresh: Callable[[], object] = lambda: None
    open_settings: Callable[[], object] | None = None
    set_up: Callable[[], object] = lambda: None
    departure: Departure | None = None
    monotonic: Callable[[], float] = lambda: 0.0
