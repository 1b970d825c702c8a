import logging
import stat

import pytest

from tray_app.adapters import logs

SECRET = "aB3dE5gH7jK9mN1pQ"


@pytest.fixture
def log(tmp_path):
    level = logging.getLogger().level
    path = logs.set_up(tmp_path, detailed=False)
    yield path
    logs.take_down()
    logging.getLogger().setLevel(level)


def test_levels_have_the_names_of_the_requirement(log):
    logger = logging.getLogger("tray_app.x")
    logger.debug("hidden detail")
    logger.info("one")
    logger.warning("two")
    logger.error("three")
    lines = log.read_text().splitlines()
    assert [line.split()[2] for line in lines] == ["INFO", "WARNING", "SEVERE"]
    logs.set_detail(detailed=True)
    logger.debug("shown detail")
    assert "shown detail" in log.read_text()


def test_no_part_of_a_record_brings_a_secret_in(log):
    logs.hide("registered-value")
    logger = logging.getLogger("tray_app.x")
    logger.info("GET %s", f"https://h/x?apiKey={SECRET}")
    logger.info({"x-api-key": SECRET})
    logger.info("plain registered-value")
    try:
        raise RuntimeError(f"Authorization: Bearer {SECRET}")  # noqa: TRY301  its text matters
    except RuntimeError:
        logger.exception("failed")
    text = log.read_text()
    assert SECRET not in text
    assert "registered-value" not in text
    assert "RuntimeError" in text


def test_libraries_that_log_headers_are_quiet_even_in_detail(log):
    logs.set_detail(detailed=True)
    logging.getLogger("httpcore.http11").debug("headers")
    logging.getLogger("httpx").info("GET ...")
    assert log.read_text() == ""


def test_all_files_together_stay_under_ten_megabytes_and_are_ours_alone(log, monkeypatch):
    assert logs.FILES * logs.BYTES_EACH <= 10_000_000
    logs.take_down()
    monkeypatch.setattr(logs, "BYTES_EACH", 2_000)
    logs.set_up(log.parent, detailed=False)
    for number in range(400):
        logging.getLogger("tray_app.x").info("line %04d %s", number, "x" * 50)
    files = logs.log_files(log.parent)
    assert len(files) == logs.FILES == len(list(log.parent.iterdir()))
    assert all(file.stat().st_size <= 2_000 for file in files)
    assert all(stat.S_IMODE(file.stat().st_mode) == 0o600 for file in files)
    assert "line 0399" in files[-1].read_text()


def test_odd_text_does_not_stop_the_log(log):
    logging.getLogger("tray_app.x").info("name \udcff end")
    assert r"\xff end" in log.read_text()
