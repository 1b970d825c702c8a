"""Entry point of `immich-tray` and `python -m tray_app`."""

import os
import sys


def _speak_utf8() -> None:
    """Start again in UTF-8 mode where the locale is another: names of files are taken as UTF-8.

    Windows and macOS always have UTF-8 there.
    """
    if sys.getfilesystemencoding() != "utf-8":
        os.environ["PYTHONUTF8"] = "1"
        os.execv(sys.executable, [sys.executable, *sys.orig_argv[1:]])  # noqa: S606  ourselves


def main() -> None:
    """Run the command line; exits with the status of design section 4."""
    _speak_utf8()
    from tray_app.cli.main import cli  # noqa: PLC0415  the start of every command pays for it

    sys.exit(cli())


if __name__ == "__main__":
    main()
