"""Memory of the client does not grow with the library or with a file (issue 2)."""

import pytest

from tests.scale.rig import small_files, sparse_file

LIMIT_MIB = 200
MINUTES = 60


@pytest.mark.parametrize(
    ("gigabytes", "seconds"),
    [
        (2, 50),
        pytest.param(40, 15 * MINUTES, marks=[pytest.mark.long, pytest.mark.timeout(16 * MINUTES)]),
    ],
)
def test_one_large_file_needs_little_memory(bench, room, gigabytes, seconds, record):
    size = gigabytes * 10**9
    found = bench.client(sparse_file(room / "photos", size), bench.home(), seconds=seconds)
    assert (found["outcome"], found["completed_count"]) == ("done", 1)
    assert found["bytes_sent"] == found["bytes_hashed"] == size
    record(gigabytes=gigabytes, peak_mib=found["peak_mib"], wall=found["wall"], cpu=found["cpu"])
    assert found["peak_mib"] < LIMIT_MIB


@pytest.mark.parametrize(
    ("files", "seconds"),
    [
        (5_000, 50),
        pytest.param(
            200_000, 25 * MINUTES, marks=[pytest.mark.long, pytest.mark.timeout(30 * MINUTES)]
        ),
    ],
)
def test_many_files_need_little_memory_and_a_second_run_reads_nothing(
    bench, room, files, seconds, record
):
    photos, home = small_files(room / "photos", files), bench.home()
    first = bench.client(photos, home, seconds=seconds)
    assert (first["outcome"], first["completed_count"]) == ("done", files)
    bench.server.log.clear()
    second = bench.client(photos, home, seconds=seconds)
    assert (second["outcome"], second["total_count"], second["bytes_hashed"]) == ("done", 0, 0)
    assert bench.server.log.count("POST", "/api/assets/bulk-upload-check") == 1
    assert bench.server.log.count("POST", "/api/assets") == 0
    record(
        files=files,
        peak_mib=first["peak_mib"],
        wall=first["wall"],
        cpu_ms_a_file=1000 * first["cpu"] / files,
        turns_a_file=first["turns"] / files,
        second_peak_mib=second["peak_mib"],
        second_wall=second["wall"],
        second_cpu=second["cpu"],
    )
    assert max(first["peak_mib"], second["peak_mib"]) < LIMIT_MIB
