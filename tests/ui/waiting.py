"""Waiting in coroutine tests: Qt and asyncio turn together."""

import asyncio
import time


async def until(condition, seconds: float = 20.0):
    """Return what `condition` returns once it is true."""
    end = time.monotonic() + seconds
    while not (found := condition()):
        assert time.monotonic() < end, "it never came true"
        await asyncio.sleep(0.01)
    return found


def cells_of(model, column=0):
    """Return the texts of one column, as far as its rows are here."""
    return [model.index(row, column).data() for row in range(model.rowCount())]
