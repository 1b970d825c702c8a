"""`python -m tray_app.demo`: the demo server as a process of its own.

Prints one JSON line `{"url": ..., "version": ..., "pid": ...}` when it answers requests, and writes
the same to `--ready-file`. SIGTERM and Ctrl-C end it with exit status 0.
"""

import argparse
import os
import signal
import sys
import threading
from pathlib import Path

import msgspec

from tray_app.demo.options import VERSIONS
from tray_app.demo.server import DemoServer


def arguments(argv: list[str] | None = None) -> argparse.Namespace:
    """Read the command line."""
    parser = argparse.ArgumentParser(prog="python -m tray_app.demo", description=__doc__)
    parser.add_argument("--folder", type=Path, required=True, help="where state and files lie")
    parser.add_argument("--port", type=int, default=0, help="0 chooses a free one")
    parser.add_argument("--version", choices=VERSIONS, default=VERSIONS[-1])
    parser.add_argument("--ready-file", type=Path)
    parser.add_argument("--discard-bodies", action="store_true", help="hash, do not keep")
    parser.add_argument("--absolute-well-known", action="store_true")
    parser.add_argument(
        "--until-stdin-closes", action="store_true", help="end when the parent process does"
    )
    return parser.parse_args(argv)


def _announce(server: DemoServer, ready_file: Path | None) -> None:
    server.when_ready().wait()
    body = {"url": server.url, "version": str(server.options.version), "pid": os.getpid()}
    line = msgspec.json.encode(body).decode()
    if ready_file is not None:
        partial = ready_file.with_name(f"{ready_file.name}.part")
        partial.write_text(f"{line}\n", encoding="utf-8")
        partial.replace(ready_file)
    sys.stdout.write(f"{line}\n")
    sys.stdout.flush()


def _stop_at_end_of_stdin(server: DemoServer) -> None:
    while os.read(sys.stdin.fileno(), 4096):
        pass
    server.request_stop()


def main(argv: list[str] | None = None) -> int:
    """Serve until told to stop; return the exit status."""
    given = arguments(argv)
    try:
        server = DemoServer(
            given.folder,
            version=given.version,
            port=given.port,
            discard_bodies=given.discard_bodies,
            absolute_well_known=given.absolute_well_known,
        )
    except OSError as error:
        sys.stderr.write(
            f"The demo server could not start in {given.folder} on port {given.port}: {error}."
            " Choose another folder or port.\n"
        )
        return 1
    for number in (signal.SIGTERM, signal.SIGINT):
        signal.signal(number, lambda _number, _frame: server.request_stop())
    threading.Thread(target=_announce, args=(server, given.ready_file), daemon=True).start()
    if given.until_stdin_closes:
        threading.Thread(target=_stop_at_end_of_stdin, args=(server,), daemon=True).start()
    server.run()
    server.stop()
    return 0


if __name__ == "__main__":
    sys.exit(main())
