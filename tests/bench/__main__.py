"""`make bench`: measure every row, write the table, name what misses its budget.

python -m tests.bench [--scale 0.1] [--only ROW ...] [--strict] [--into FOLDER]
"""

import argparse
import os
import shutil
import sys
import tempfile
import time
import traceback
from importlib import import_module
from pathlib import Path

from tests.bench.budget import RowResult, exit_status, misses
from tests.bench.measure import Room
from tests.bench.report import as_json, as_markdown

ROWS = (
    "scan", "hashing", "upload", "again", "sync", "stalls", "tray", "photo",
    "links",
)  # fmt: skip


def measured(name: str, scale: float) -> RowResult:
    """Measure one row in a folder of its own; what breaks is told, not raised."""
    row = import_module(f"tests.bench.rows.{name}")
    begin = time.monotonic()
    folder = Path(tempfile.mkdtemp(prefix=f"b-{name}-"))
    room = Room(folder, scale)
    findings, error = (), ""
    try:
        findings = tuple(row.measure(room))
    except Exception as exc:  # noqa: BLE001  the other rows are measured all the same
        traceback.print_exc()
        error = f"{type(exc).__name__}: {exc}"
    finally:
        shutil.rmtree(folder, ignore_errors=True)
    seconds = time.monotonic() - begin
    return RowResult(name, row.TITLE, findings, tuple(room.missing), error, seconds)


def parsed() -> argparse.Namespace:
    parser = argparse.ArgumentParser(prog="python -m tests.bench")
    parser.add_argument("--scale", type=float, default=1.0)
    parser.add_argument("--only", nargs="+", choices=ROWS, default=ROWS)
    parser.add_argument("--strict", action="store_true", help="a missed budget fails too")
    parser.add_argument("--into", type=Path, default=Path("docs"))
    return parser.parse_args()


def main() -> int:
    wanted = parsed()
    # As the test suite: nothing here touches the desktop or the buses of who runs it.
    for name in ("DISPLAY", "WAYLAND_DISPLAY", "DBUS_SESSION_BUS_ADDRESS"):
        os.environ.pop(name, None)
    os.environ["DBUS_SYSTEM_BUS_ADDRESS"] = "unix:path=/nonexistent/system-bus"
    os.environ["QT_QPA_PLATFORM"] = "offscreen"
    wanted.into.mkdir(parents=True, exist_ok=True)
    if os.getloadavg()[0] > (os.cpu_count() or 1) / 4:
        sys.stdout.write("This computer is busy with something else: times are upper bounds.\n")
    results = []
    for name in wanted.only:
        result = measured(name, wanted.scale)
        results.append(result)
        (wanted.into / "bench.md").write_text(as_markdown(results, wanted.scale))
        (wanted.into / "bench.json").write_text(as_json(results, wanted.scale))
        sys.stdout.write(f"{name}: {result.seconds:.0f} s {result.error}\n")
        for one in result.findings:
            verdict = "" if one.budget is None else "met" if one.met else "MISSED"
            sys.stdout.write(f"    {one.what}: {one.judged:.3g} ({one.allowed}) {verdict}\n")
        sys.stdout.flush()
    over = misses(results)
    sys.stdout.write("".join(f"Misses its budget: {line}\n" for line in over))
    if not over:
        sys.stdout.write("Every budget is met.\n")
    return exit_status(results, strict=wanted.strict)


if __name__ == "__main__":
    sys.exit(main())
