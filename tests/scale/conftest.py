"""Fixtures of the measurements."""

import shutil

import pytest

from tests.scale import rig


@pytest.fixture
def room(tmp_path):
    """A folder that is emptied afterwards: pytest would keep hundreds of thousands of files."""
    yield tmp_path
    shutil.rmtree(tmp_path, ignore_errors=True)


@pytest.fixture
def bench(room):
    with rig.bench(room) as made:
        yield made
