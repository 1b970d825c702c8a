"""What a person can ask of the running program; the tray and the window knock here."""

from collections.abc import Collection
from typing import Protocol


class Commands(Protocol):
    """Every method returns at once and only knocks: the outcome shows in the `Snapshot`."""

    def back_up_now(self) -> None:
        """Run once, without the trigger delay and in spite of a pause (design section 3)."""
        ...

    def back_up_paths(self, paths: Collection[str]) -> None:
        """Run over just these files and folders, inside of the chosen folders or not."""
        ...

    def cancel(self) -> None:
        """End the run; what is left waits for the next reason to run."""
        ...

    def pause(self, minutes: int | None) -> None:
        """Hold back for `minutes`, None: until `resume`."""
        ...

    def resume(self) -> None:
        """End a pause."""
        ...

    def upload_anyway(self) -> None:
        """Use the network of the moment although it costs; remembered for this network."""
        ...

    def open_immich(self) -> None:
        """Show the server in the browser."""
        ...

    def quit(self) -> None:
        """End the program in good order."""
        ...
