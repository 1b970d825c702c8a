"""Write packaging/requirements/*.txt anew: versions and hashes for every platform.

Usage: `make lock`, with uv on the PATH or `make lock UV=/path/to/uv`. Needs the network.
The widest set is solved first and constrains the others, so that they never disagree. The clients
of others (client-VERSION.in, pinned) come last and have environments of their own.
"""

import os
import shutil
import subprocess
import sys
from pathlib import Path

ROOT = Path(__file__).resolve().parent.parent
REQUIREMENTS = Path("packaging/requirements")
PROJECT = "pyproject.toml"
HEADER = "# Written by `make lock` from {sources}; do not edit.\n"


def find_uv() -> str:
    """Find the uv named by the variable UV, else the one on the PATH."""
    found = os.environ.get("UV") or shutil.which("uv")
    if found is None:
        sys.exit("lock: uv was not found. Install it, or name it: make lock UV=/path/to/uv")
    return found


def compile_set(
    uv: str, name: str, *, extra: str | None, within: str | None, ours: bool = True
) -> None:
    """Solve one set and write its .txt.

    `within` names the set whose versions bind this one; `ours` adds what the project itself needs.
    """
    sources = [PROJECT] * ours + [str(REQUIREMENTS / f"{name}.in")]
    arguments = [uv, "pip", "compile", "--quiet", "--universal", "--generate-hashes", "--no-header"]
    arguments += ["--no-emit-index-url", "--no-emit-find-links", "--no-annotate", "--upgrade"]
    arguments += ["--python-version", "3.11", *sources]
    if extra:
        arguments += ["--extra", extra]
    if within:
        arguments += ["--constraint", str(REQUIREMENTS / f"{within}.txt")]
    solved = subprocess.run(arguments, cwd=ROOT, check=True, capture_output=True, text=True).stdout
    if "://" in solved:
        sys.exit(
            f"lock: {name}.txt would name an address; only names, versions and hashes belong in it."
        )
    header = HEADER.format(sources=" and ".join(Path(source).name for source in sources))
    (ROOT / REQUIREMENTS / f"{name}.txt").write_text(header + solved)


def main() -> None:
    """Solve dev, then the others within it."""
    uv = find_uv()
    compile_set(uv, "dev", extra="demo", within=None)
    compile_set(uv, "demo", extra="demo", within="dev")
    compile_set(uv, "run", extra=None, within="dev")
    compile_set(uv, "package", extra="demo", within="dev")
    for client in sorted((ROOT / REQUIREMENTS).glob("client-*.in")):
        compile_set(uv, client.stem, extra=None, within="dev", ours=False)


if __name__ == "__main__":
    main()
