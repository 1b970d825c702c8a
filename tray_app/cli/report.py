"""The exit status that goes with what a run did (design section 4)."""

from tray_app.cli.output import Exit
from tray_app.core.run import Outcome, RunResult


def exit_status(result: RunResult, *, background: bool = False) -> Exit:
    """Return OK only when nothing that should be backed up is not.

    A folder that is not available now, an unmounted drive say, is a condition that is not met;
    so is the end of the session that stops a run in the `background`.
    """
    if result.outcome is Outcome.NEEDS_USER:
        return Exit.NEEDS_USER
    if background and result.outcome is Outcome.STOPPED and not result.upload.failed_count:
        return Exit.CONDITIONS
    if result.upload.failed_count or result.outcome not in (Outcome.DONE, Outcome.WAITING):
        return Exit.FAILED
    held = result.unavailable or result.outcome is Outcome.WAITING
    return Exit.CONDITIONS if held else Exit.OK
