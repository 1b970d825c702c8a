"""What the rest of the program may tell the service; each call returns at once."""

from collections.abc import Callable, Collection
from datetime import datetime, timedelta

from tray_app.core.run import RunResult
from tray_app.core.service.machine import Knock
from tray_app.core.service.orders import Order, Ticket
from tray_app.core.service.states import Event
from tray_app.core.settings import Settings
from tray_app.engine.answers import Answers
from tray_app.ports import Clock

_NO_RUN_SETTINGS = frozenset(
    {
        *("background_backup", "backup_trigger_delay", "scheduled_backup", "quiet_hours"),
        *("backup_require_wifi", "backup_require_charging", "backup_min_battery_percent"),
        *("background_backup_total_progress", "background_backup_single_progress"),
        *("upload_error_notification_grace_period", "stale_backup_days"),
        *("sync_interval", "realtime_in_background", "advanced_troubleshooting"),
    }
)  # the conditions look at theirs once a second; the others do not concern a run

RememberPause = Callable[[bool, datetime | None], None]


def forget_pause(paused: bool, until: datetime | None) -> None:  # noqa: FBT001  RememberPause
    """Let a pause end with the program."""


class Knocks:
    """Turns calls into events of the service; safe from a Qt slot, in the loop's thread.

    `remember_pause(paused, until)` keeps a pause over the end of the program.
    """

    def __init__(
        self, clock: Clock, post: Callable[[Knock], None], remember_pause: RememberPause
    ) -> None:
        self._clock = clock
        self._post = post
        self._remember_pause = remember_pause
        self._settings = Settings()
        self.answers: Answers[RunResult] = Answers()

    def start(self) -> None:
        """Switch automatic backup on (channel: `start`)."""
        self._post(Knock(event=Event.START))

    def stop(self) -> None:
        """Switch automatic backup off (channel: `stop`); a person's own run goes on."""
        self._post(Knock(event=Event.STOP))

    def backgrounded(self) -> None:
        """Tell that the last window was hidden, or that the program started without one."""
        self._post(Knock(event=Event.BACKGROUNDED))

    def resumed(self) -> None:
        """Tell that a window was shown or the session unlocked."""
        self._post(Knock(event=Event.SHOWN))

    def files_changed(self, folders: frozenset[str] | None) -> None:
        """Tell which folders have something new; None: somewhere."""
        self._post(Knock(event=Event.FILES_CHANGED, folders=folders))

    def look_again(self, folders: frozenset[str] | None = None) -> None:
        """Tell what the periodic look found (None: somewhere); it does not prolong a delay."""
        self._post(Knock(event=Event.LOOK_AGAIN, folders=folders))

    def conditions_changed(self) -> None:
        """Look again whether what waits may go on."""
        self._post(Knock(event=Event.CONDITIONS_CHANGED))

    def network_changed(self) -> None:
        """Do the same, and try again what the network may have spoiled."""
        self._post(Knock(event=Event.NETWORK_CHANGED))

    def sleeps(self) -> None:
        """End the run: the computer goes to sleep."""
        self._post(Knock(event=Event.SLEEP))

    def woke(self) -> None:
        """Go on after sleep."""
        self._post(Knock(event=Event.WOKE))

    def back_up_now(self) -> None:
        """Run once; a pause stays as it is (design section 3, "Back up now")."""
        self.request()

    def back_up_paths(self, paths: Collection[str]) -> None:
        """Run over just these files and folders, inside of the chosen folders or not."""
        self.request(paths)

    def request(self, paths: Collection[str] = (), *, anyway: bool = False) -> Ticket:
        """Do either; `answers` tells under the ticket what came of it. `anyway`: see `Order`."""
        ticket = self.answers.expect()
        wish = Order(True, None, frozenset(paths), anyway, frozenset({ticket}))
        self._post(Knock(event=Event.ASKED, wish=wish))
        return ticket

    def cancel(self) -> None:
        """End the run; what is left waits for the next reason to run."""
        self._post(Knock(event=Event.CANCEL))

    def withdraw(self, ticket: Ticket) -> None:
        """Do the same with one request only, whether it runs or waits; others go on."""
        self._post(Knock(event=Event.CANCEL, ticket=ticket))

    def pause(self, minutes: int | None) -> None:
        """Stop after the current uploads and hold back for `minutes`, None: until `resume`."""
        until = None if minutes is None else self._clock.now() + timedelta(minutes=minutes)
        self.pause_until(until)

    def pause_until(self, until: datetime | None) -> None:
        """Do the same up to a moment (aware)."""
        self._remember_pause(True, until)
        self._post(Knock(event=Event.PAUSE, until=until))

    def resume(self) -> None:
        """End a pause; what is left goes on."""
        self._remember_pause(False, None)
        self._post(Knock(event=Event.RESUME))

    def settings_changed(self, settings: Settings) -> None:
        """Obey new settings at once; a run that they concern begins anew."""
        old, self._settings = self._settings, settings
        if old.background_backup and not settings.background_backup:
            self._post(Knock(event=Event.STOP))
        differs = {
            name for name in Settings.__slots__ if getattr(old, name) != getattr(settings, name)
        }
        if differs:
            self._post(
                Knock(
                    event=Event.SETTINGS_CHANGED,
                    enabled=settings.background_backup,
                    affects_run=bool(differs - _NO_RUN_SETTINGS),
                )
            )

    def account_changed(self) -> None:
        """Try again at once what needed a person: someone signed in, or out."""
        self._post(
            Knock(
                event=Event.SETTINGS_CHANGED,
                enabled=self._settings.background_backup,
                affects_run=False,
            )
        )

    @property
    def trigger_delay(self) -> timedelta:
        """The delay of the settings in force."""
        return timedelta(minutes=self._settings.backup_trigger_delay)
