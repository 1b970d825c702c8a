"""Ports `Pages` and `Person`: a browser that goes where it is sent, and somebody before it."""

import asyncio
from collections.abc import Callable

import httpx

from tray_app.ports.browser import Asked, Step


class Browser:
    """Follows redirects; with an address of the phone app's scheme it calls `scheme`.

    `stays`: it stops before the last redirect, as a person who takes their time.
    """

    def __init__(self, *, opens: bool = True, scheme: Callable[[str], object] = len) -> None:
        self.opens, self.scheme = opens, scheme
        self.stays = False
        self.pages: list[str] = []
        self.last = ""
        self.status = 0
        self.went: asyncio.Queue[None] = asyncio.Queue()
        self.tasks: set[asyncio.Task[None]] = set()

    async def open(self, address: str) -> bool:
        self.pages.append(address)
        if self.opens:
            task = asyncio.create_task(self.go(address))
            self.tasks.add(task)
            task.add_done_callback(self.tasks.discard)
        return self.opens

    async def go(self, address: str) -> None:
        async with httpx.AsyncClient(timeout=10) as client:
            while address.startswith("http"):
                answer = await client.get(address)
                self.last, self.status = address, answer.status_code
                if not answer.is_redirect:
                    break
                address = answer.headers["location"]
                if self.stays and "code=" in address:
                    break
        self.last = address
        if address.startswith("app.immich:") and not self.stays:
            await asyncio.to_thread(self.scheme, address)
        self.went.put_nowait(None)


class Somebody:
    """Remembers what they were told; answers what a test puts into `answers`."""

    def __init__(self) -> None:
        self.steps: list[Step] = []
        self.asked = asyncio.Queue[Asked]()
        self.answers = asyncio.Queue[str]()
        self.heard = asyncio.Queue[Step]()

    def told(self, step: Step) -> None:
        self.steps.append(step)
        self.heard.put_nowait(step)
        if isinstance(step, Asked):
            self.asked.put_nowait(step)

    async def answer(self) -> str:
        return await self.answers.get()
