import csv
import io

from tray_app.core.asset import Failure
from tray_app.core.failure_csv import failure_csv


def test_every_cell_survives_and_none_is_a_formula():
    hostile = Failure('/p/a,"b".jpg', '=HYPERLINK("http://x")', "@SUM(A1)", 413, 3)
    rows = list(csv.reader(io.StringIO(failure_csv([hostile]), newline="")))
    assert rows[0] == ["path", "reason", "what to do", "status", "attempts"]
    assert rows[1] == ['/p/a,"b".jpg', '\'=HYPERLINK("http://x")', "'@SUM(A1)", "413", "3"]


def test_what_is_unknown_stays_empty():
    rows = list(csv.reader(io.StringIO(failure_csv([Failure("/p/a.jpg", "No.")]), newline="")))
    assert rows[1] == ["/p/a.jpg", "No.", "", "", "0"]
