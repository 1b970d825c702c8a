"""Whatever lies on the disk and on the server: every file is counted once."""

import asyncio
import tempfile
from pathlib import Path

from hypothesis import HealthCheck, given, settings
from hypothesis import strategies as st

from tests.engine.rig import Bench
from tray_app.demo.faults import ServerError
from tray_app.demo.server import DemoServer

BYTES = st.sampled_from([f"photo {number}" for number in range(6)])
NAMES = st.sampled_from([f"{folder}{n}.jpg" for folder in ("", "a/", "a/b/") for n in range(4)])
TREES = st.dictionaries(NAMES, BYTES | st.just(""), max_size=9)


@settings(max_examples=12, suppress_health_check=list(HealthCheck))
@given(
    tree=TREES,
    later=TREES,
    there=st.sets(BYTES, max_size=3),
    trashed=st.sets(BYTES, max_size=2),
    bad=st.none() | NAMES,
)
def test_every_file_has_one_outcome(tree, later, there, trashed, bad):
    with tempfile.TemporaryDirectory() as name:
        folder = Path(name)
        with DemoServer(folder / "demo") as server:
            bench = Bench(server, folder)
            for text in there | trashed:
                one = bench.upload_elsewhere("x.jpg", text.encode())
                if text in trashed:
                    bench.delete_elsewhere(one)
            if bad:
                server.faults.add(ServerError(match=Path(bad).name, times=1))
            for files in (tree, later):
                for path, text in files.items():
                    bench.put(path, text)
                result = asyncio.run(bench.backup())  # holds the identity at every change
                assert result.outcome == "done"
                assert result.upload.failed_count == 0
            wanted = {text.encode() for text in [*tree.values(), *later.values()] if text}
            on_disk = {path.read_bytes() for path in bench.photos.rglob("*.jpg")} - {b""}
            sent = [asset.path.read_bytes() for asset in server.assets()]
            assert len(sent) == len(set(sent))
            assert on_disk <= set(sent)
            assert set(sent) <= wanted | {text.encode() for text in there | trashed}
