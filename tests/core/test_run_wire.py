import json

from tray_app.core.asset import Failure
from tray_app.core.errors import Need
from tray_app.core.listing import Skip
from tray_app.core.run import Outcome, RunResult
from tray_app.core.run_wire import MOST_SKIPPED, from_wire, to_wire
from tray_app.core.run_words import sentences
from tray_app.core.snapshot import UploadState


def test_a_result_says_the_same_on_the_other_side():
    result = RunResult(
        outcome=Outcome.NEEDS_USER,
        upload=UploadState(total_count=3, completed_count=1, failed_count=1, bytes_sent=9),
        seconds=1.5,
        skipped_count=2,
        failures=(Failure(path="/p/a.jpg", reason="No.", remedy="Do.", status=400),),
        skipped=(Skip("/p/\udcff.jpg", "empty", notable=True),),
        notes=("A note.",),
        reason="The key is not valid.",
        remedy="Sign in.",
        need=Need.SIGN_IN,
        found=7,
        kinds={".\udcfe": 1},
    )
    there = from_wire(json.loads(json.dumps(to_wire(result))))
    assert list(sentences(there)) == list(sentences(result))
    assert there.as_json() == result.as_json()
    assert (there.outcome, there.need, there.found) == (Outcome.NEEDS_USER, Need.SIGN_IN, 7)


def test_a_library_of_skipped_files_is_a_bounded_answer():
    skipped = tuple(Skip(f"/p/{n}.jpg", "empty", notable=True) for n in range(MOST_SKIPPED + 5))
    result = RunResult(
        outcome=Outcome.DONE,
        upload=UploadState(),
        seconds=0.0,
        skipped_count=len(skipped),
        skipped=skipped,
    )
    there = from_wire(to_wire(result))
    assert (there.skipped_count, len(there.skipped)) == (MOST_SKIPPED + 5, MOST_SKIPPED)
