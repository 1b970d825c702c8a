"""What becomes of the computer itself, beside its network and its power."""

from enum import StrEnum


class HostEvent(StrEnum):
    """`ABOUT_TO_...`: there is a moment left to stop in good order, a few seconds at most."""

    ABOUT_TO_SLEEP = "aboutToSleep"
    WOKE = "woke"
    ABOUT_TO_SHUT_DOWN = "aboutToShutDown"
    UNLOCKED = "unlocked"
