"""The list of the window's own pages, in their order."""

from collections.abc import Callable, Sequence
from datetime import datetime

from tray_app.engine.commands import Commands
from tray_app.ports.history import History, LogBook, Mending
from tray_app.ui.activity_page import ActivityPage, Reveal
from tray_app.ui.errands import Errands
from tray_app.ui.failed_page import FailedPage
from tray_app.ui.folder_list import FolderList
from tray_app.ui.language import tr
from tray_app.ui.logs_page import LogsPage
from tray_app.ui.overview_page import OverviewPage
from tray_app.ui.page import FAILED_PAGE, PageSpec


def overview_only(commands: Commands, now: Callable[[], datetime]) -> Sequence[PageSpec]:
    """Return what can be shown without a database."""
    return (PageSpec("overview", tr("Overview"), "overview", lambda: OverviewPage(commands, now)),)


def window_pages(
    commands: Commands,
    now: Callable[[], datetime],
    history: History,
    mending: Mending,
    log: LogBook,
    errands: Errands,
    reveal: Reveal,
    timeline: PageSpec | None = None,
) -> Sequence[PageSpec]:
    """Return all pages; `timeline` comes second where there is one."""
    overview = PageSpec(
        "overview",
        tr("Overview"),
        "overview",
        lambda: OverviewPage(commands, now, FolderList(history, errands)),
    )
    return (
        overview,
        *((timeline,) if timeline else ()),
        PageSpec(
            "activity",
            tr("Activity"),
            "activity",
            lambda: ActivityPage(history, errands, now, reveal),
        ),
        PageSpec(
            FAILED_PAGE,
            tr("Failed"),
            "failed",
            lambda: FailedPage(history, mending, errands, now, reveal),
        ),
        PageSpec("logs", tr("Logs"), "logs", lambda: LogsPage(log, errands)),
    )
