"""The list of the window's own pages, in their order.

A page's module is imported when the page is first opened: the icon comes sooner for it.
"""

from collections.abc import Callable, Sequence
from datetime import datetime

from tray_app.engine.commands import Commands
from tray_app.ports.history import History, LogBook, Mending
from tray_app.ui.errands import Errands
from tray_app.ui.language import tr
from tray_app.ui.page import FAILED_PAGE, Page, PageSpec

Reveal = Callable[[str], object]


def overview_only(commands: Commands, now: Callable[[], datetime]) -> Sequence[PageSpec]:
    """Return what can be shown without a database."""

    def overview() -> Page:
        from tray_app.ui.overview_page import OverviewPage  # noqa: PLC0415

        return OverviewPage(commands, now)

    return (PageSpec("overview", tr("Overview"), "overview", overview),)


def window_pages(
    commands: Commands,
    now: Callable[[], datetime],
    history: History,
    mending: Mending,
    log: LogBook,
    errands: Errands,
    reveal: Reveal,
    timeline: PageSpec | None = None,
    set_up: Callable[[], object] | None = None,
) -> Sequence[PageSpec]:
    """Return all pages; `timeline` comes second where there is one. `set_up`: see `StatusPage`."""

    def overview() -> Page:
        from tray_app.ui.folder_list import FolderList  # noqa: PLC0415
        from tray_app.ui.overview_page import OverviewPage  # noqa: PLC0415

        return OverviewPage(commands, now, FolderList(history, errands), set_up)

    def activity() -> Page:
        from tray_app.ui.activity_page import ActivityPage  # noqa: PLC0415

        return ActivityPage(history, errands, now, reveal)

    def failed() -> Page:
        from tray_app.ui.failed_page import FailedPage  # noqa: PLC0415

        return FailedPage(history, mending, errands, now, reveal)

    def logs() -> Page:
        from tray_app.ui.logs_page import LogsPage  # noqa: PLC0415

        return LogsPage(log, errands)

    return (
        PageSpec("overview", tr("Overview"), "overview", overview),
        *((timeline,) if timeline else ()),
        PageSpec("activity", tr("Activity"), "activity", activity),
        PageSpec(FAILED_PAGE, tr("Failed"), "failed", failed),
        PageSpec("logs", tr("Logs"), "logs", logs),
    )
