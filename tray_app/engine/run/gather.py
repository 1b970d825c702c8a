"""Collects what arrives in a queue into batches, so that one call or commit serves many."""

import asyncio
from collections.abc import Callable
from contextlib import suppress
from typing import TypeVar

T = TypeVar("T")


async def fill(
    batch: list[T], queue: asyncio.Queue[T], most: Callable[[], int], seconds: float
) -> None:
    """Add what is there or arrives within some seconds to a batch.

    It is complete when it has `most()` items, asked anew before each.
    """
    _take_ready(batch, queue, most)
    if len(batch) < most():
        with suppress(TimeoutError):
            async with asyncio.timeout(seconds):
                while len(batch) < most():
                    batch.append(await queue.get())
                    _take_ready(batch, queue, most)


def _take_ready(batch: list[T], queue: asyncio.Queue[T], most: Callable[[], int]) -> None:
    while len(batch) < most() and not queue.empty():
        batch.append(queue.get_nowait())
