"""How to get a tray where the desktop shows none; said by the window and by `doctor`."""

from tray_app.core.phrase import phrase

_GNOME = phrase(
    "GNOME shows tray icons only with an extension: "
    "install \u201cAppIndicator and KStatusNotifierItem Support\u201d."
)
_OTHERS = phrase(
    "Add a system tray to the panel; its settings may call it "
    "\u201cnotification area\u201d or \u201cstatus tray\u201d."
)


def how_to_get_a_tray(desktop: str) -> str:
    """Say it for a desktop named as in `XDG_CURRENT_DESKTOP` ("ubuntu:GNOME"), "": unknown."""
    names = {name.casefold() for name in desktop.split(":")}
    return _GNOME if "gnome" in names else _OTHERS


def no_tray(desktop: str) -> str:
    """Tell a person who finds the window instead of an icon what that means, and what to do."""
    return phrase(
        "This desktop shows no tray icons. {what} Until then the "
        "backup goes on without an icon; start Immich Tray again whenever you "
        "want to see this window.",
        what=how_to_get_a_tray(desktop),
    )
