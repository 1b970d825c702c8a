"""Live Photos and sidecars on their way to the server."""

import os
import time
from importlib import resources

from tests.engine.rig import counts, sha1
from tray_app.demo.faults import ProxyTooLarge, ServerError


def sample(name: str) -> bytes:
    return resources.files("tray_app.demo").joinpath("samples", name).read_bytes()


HEIC, MOV = sample("live.heic"), sample("live.mov")
LONG = MOV.replace(b"mvhd", b"xxxx")  # without a header: a duration nobody knows


def pair(bench, name="IMG_1", folder="", at=1_700_000_000):
    bench.put(f"{folder}{name}.HEIC", HEIC, at)
    bench.put(f"{folder}{name}.MOV", MOV, at + 1)


def no_identifier(data: bytes) -> bytes:
    """Take the content identifier out, so that name, time and length decide."""
    return data.replace(b"com.apple.quicktime.content.identifier", b"x" * 38)


async def test_a_pair_is_a_hidden_video_and_a_still_that_names_it(each_bench):
    bench = each_bench
    pair(bench)
    result = await bench.backup()
    assert counts(result) == (2, 2, 0, 0)
    video, still = bench.asset("IMG_1.MOV"), bench.asset("IMG_1.HEIC")
    assert (video.visibility, still.visibility) == ("hidden", "timeline")
    assert still.live_photo_video_id == video.id


async def test_a_video_that_is_already_there_is_linked(each_bench):
    bench = each_bench
    pair(bench)
    known = bench.upload_elsewhere("old.mov", MOV, visibility="hidden")
    result = await bench.backup()
    assert counts(result) == (2, 1, 1, 0)
    assert bench.asset("IMG_1.HEIC").live_photo_video_id == known
    assert len(bench.assets()) == 2


async def test_a_still_that_is_already_there_leaves_a_visible_video(each_bench):
    bench = each_bench
    pair(bench)
    bench.upload_elsewhere("old.heic", HEIC)
    result = await bench.backup()
    assert counts(result) == (2, 1, 1, 0)
    assert bench.asset("IMG_1.MOV").visibility == "timeline"


async def test_a_pair_that_is_there_is_two_duplicates(each_bench):
    bench = each_bench
    pair(bench)
    bench.upload_elsewhere("old.mov", MOV, visibility="hidden")
    bench.upload_elsewhere("old.heic", HEIC)
    assert counts(await bench.backup()) == (2, 0, 2, 0)
    assert len(bench.assets()) == 2


async def test_two_copies_of_a_pair_arrive_once(each_bench):
    bench = each_bench
    pair(bench, folder="a/")
    pair(bench, folder="b/")
    result = await bench.backup()
    assert counts(result) == (4, 2, 2, 0)
    assert sorted(asset.visibility for asset in bench.assets()) == ["hidden", "timeline"]


async def test_a_video_that_cannot_go_leaves_the_still_alone(each_bench):
    bench = each_bench
    pair(bench)
    bench.server.faults.add(ProxyTooLarge(match="IMG_1.MOV"))
    result = await bench.backup()
    assert counts(result) == (2, 1, 0, 1)
    assert bench.names() == ["IMG_1.HEIC"]
    assert bench.asset("IMG_1.HEIC").live_photo_video_id is None
    assert result.failures[0].path.endswith("IMG_1.MOV")


async def test_the_attempts_of_a_failing_video_are_counted(bench):
    pair(bench)
    bench.server.faults.add(ProxyTooLarge(match="IMG_1."))
    for attempts in (1, 2, 3):
        # Its still fails too, so that both are planned together each time.
        assert counts(await bench.backup()) == (2, 0, 0, 2)
        assert dict(bench.rows("SELECT name, attempts FROM failure JOIN file ON id=file_id")) == {
            b"IMG_1.HEIC": attempts,
            b"IMG_1.MOV": attempts,
        }
        bench.rows("DELETE FROM size_limit")


async def test_a_parked_video_is_still_named_when_its_photo_goes(bench):
    pair(bench)
    bench.server.faults.add(ProxyTooLarge(match="IMG_1.MOV"))
    await bench.backup()
    bench.rows("DELETE FROM confirmation")
    bench.rows("DELETE FROM size_limit")
    result = await bench.backup(retry_parked=False)
    assert counts(result) == (2, 0, 1, 1)


async def test_of_two_stills_with_one_stem_the_heic_gets_the_video(each_bench):
    bench = each_bench
    pair(bench)
    bench.put("IMG_1.JPG", "the compatible one", 1_700_000_000)
    result = await bench.backup()
    assert counts(result) == (3, 3, 0, 0)
    assert bench.asset("IMG_1.HEIC").live_photo_video_id == bench.asset("IMG_1.MOV").id
    assert bench.asset("IMG_1.JPG").live_photo_video_id is None


async def test_of_two_videos_with_one_stem_both_arrive(each_bench):
    bench = each_bench
    pair(bench)
    bench.put("IMG_1.MP4", "another film", 1_700_000_000)
    result = await bench.backup()
    assert counts(result) == (3, 3, 0, 0)
    assert bench.names() == ["IMG_1.HEIC", "IMG_1.MOV", "IMG_1.MP4"]
    assert bench.asset("IMG_1.HEIC").live_photo_video_id == bench.asset("IMG_1.MOV").id
    assert bench.asset("IMG_1.MP4").visibility == "timeline"


async def test_a_long_video_stays_an_asset_of_its_own(each_bench):
    bench = each_bench
    at = 1_700_000_000
    bench.put("IMG_1.JPG", "a still", at)
    bench.put("IMG_1.MOV", LONG, at)
    bench.put("IMG_2.JPG", "far in time", at + 3600)
    bench.put("IMG_2.MOV", MOV, at)
    result = await bench.backup()
    assert counts(result) == (4, 4, 0, 0)
    assert {asset.visibility for asset in bench.assets()} == {"timeline"}
    assert {asset.live_photo_video_id for asset in bench.assets()} == {None}


async def test_a_video_that_was_deleted_on_the_server_does_not_hold_its_still_back(each_bench):
    bench = each_bench
    bench.put("IMG_1.MOV", MOV, 1_700_000_000)
    await bench.backup()
    bench.delete_elsewhere(bench.asset("IMG_1.MOV").id, force=True)
    # Not audited yet: we believe the video is there.
    bench.put("IMG_1.HEIC", HEIC, 1_700_000_000)
    result = await bench.backup()
    assert counts(result) == (1, 1, 0, 0)
    assert bench.asset("IMG_1.HEIC").live_photo_video_id is None


async def test_a_video_known_to_be_missing_is_not_linked(each_bench):
    bench = each_bench
    bench.put("IMG_1.MOV", MOV, 1_700_000_000)
    await bench.backup()
    bench.delete_elsewhere(bench.asset("IMG_1.MOV").id, force=True)
    await bench.backup()  # the audit finds out
    bench.put("IMG_1.HEIC", HEIC, 1_700_000_000)
    bench.server.log.clear()
    result = await bench.backup()
    assert counts(result) == (1, 1, 0, 0)
    assert bench.uploads() == 1


async def test_a_failing_video_is_retried_hidden(bench):
    pair(bench)
    bench.server.faults.add(ServerError(match="IMG_1.MOV", times=1))
    result = await bench.backup()
    assert counts(result) == (2, 2, 0, 0)
    assert bench.asset("IMG_1.HEIC").live_photo_video_id == bench.asset("IMG_1.MOV").id


# Sidecars


async def test_sidecars_of_both_names_are_sent(each_bench):
    bench = each_bench
    bench.put("a.jpg", "a")
    bench.put("a.xmp", "<for a>")
    bench.put("b.jpg", "b")
    bench.put("b.jpg.xmp", "<for b>")
    bench.put("alone.xmp", "<for nobody>")
    result = await bench.backup()
    assert counts(result) == (2, 2, 0, 0)
    for name, text in (("a.jpg", b"<for a>"), ("b.jpg", b"<for b>")):
        with open(bench.asset(name).sidecar_path, "rb") as stored:
            assert stored.read() == text


async def test_a_sidecar_changed_later_is_told_and_not_sent_again(each_bench):
    bench = each_bench
    bench.put("a.jpg", "a")
    path = bench.put("a.xmp", "<old>")
    assert (await bench.backup()).notes == ()
    path.write_text("<new>")
    os.utime(path, (time.time() + 10, time.time() + 10))
    bench.server.log.clear()
    result = await bench.backup()
    assert bench.uploads() == 0
    assert any("XMP" in note and note.startswith("1 ") for note in result.notes)


async def test_a_sidecar_that_vanishes_does_not_take_the_photo_with_it(bench):
    bench.put("a.jpg", "a")
    sidecar = bench.put("a.xmp", "<gone>")

    def vanish(state):
        if state.bytes_hashed:
            sidecar.unlink(missing_ok=True)

    bench.on_publish = vanish
    result = await bench.backup()
    assert counts(result) == (1, 1, 0, 0)
    assert bench.asset("a.jpg").sidecar_path is None


async def test_a_folder_or_an_empty_file_is_no_sidecar(bench):
    bench.put("a.jpg", "a")
    (bench.photos / "a.xmp").mkdir()
    bench.put("b.jpg", "b")
    bench.put("b.xmp", "")
    bench.put("a.xmp/c.jpg", "inside a folder with an odd name")
    result = await bench.backup()
    assert counts(result) == (3, 3, 0, 0)
    assert bench.asset("b.jpg").sidecar_path is None


async def test_the_sums_are_those_of_the_files(bench):
    pair(bench)
    await bench.backup()
    assert set(bench.states()) == {sha1(HEIC), sha1(MOV)}
