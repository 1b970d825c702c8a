from tray_app.core.snapshot import Phase, Snapshot, UploadState
from tray_app.ui.speedometer import Speedometer


def test_speed_and_time_left_come_from_what_was_sent():
    now = 0.0
    meter = Speedometer(lambda: now)
    assert meter.words() == ""
    for second in range(11):
        now = float(second)
        sent = UploadState(total_count=100, completed_count=second, bytes_sent=second * 2_000_000)
        meter.heard(Snapshot(phase=Phase.UPLOADING, upload=sent))
    assert meter.words() == "2.0 MB/s, 2 min left"
    meter.heard(Snapshot(phase=Phase.VERIFYING, upload=sent))
    assert meter.words() == ""
