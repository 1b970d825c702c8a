"""Entry point of `immich-tray` and `python -m tray_app`."""

import sys


def main() -> None:
    """Run the command line; exits with the status of design section 4."""
    from tray_app.cli.main import cli  # noqa: PLC0415  the start of every command pays for it

    sys.exit(cli())


if __name__ == "__main__":
    main()
