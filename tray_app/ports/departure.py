"""What goes on when the program ends."""

from typing import Protocol


class Departure(Protocol):
    """The scheduled backup, as the question at Quit sees it."""

    def goes_on(self) -> bool:
        """Tell whether the system will back up while the program is closed."""
        ...

    def switch_off(self) -> None:
        """End that; raises NeedsUser when the settings cannot be written."""
        ...
