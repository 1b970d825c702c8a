"""Two network namespaces with a cable between them; the calling thread moves into one of them.

There is no default route and no way out: a LAN without internet. Needs root on Linux.
"""

import ctypes
import os
import subprocess
import threading
from collections.abc import Callable, Iterator
from concurrent.futures import ThreadPoolExecutor
from contextlib import contextmanager
from typing import Any

from tests.rig.processes import wait_until

SERVER, CLIENT = "10.123.45.1", "10.123.45.2"
_NEW_NETWORK = 0x40000000  # CLONE_NEWNET
_libc = ctypes.CDLL(None, use_errno=True)


def _checked(result: int) -> None:
    if result:
        raise OSError(ctypes.get_errno(), os.strerror(ctypes.get_errno()))


def _ip(*words: str) -> None:
    subprocess.run(["ip", *words], check=True, capture_output=True)


def _carries(interface: str) -> bool:
    words = ["ip", "-o", "link", "show", interface]
    return "state UP" in subprocess.run(words, check=True, capture_output=True, text=True).stdout


class Far:
    """The far end of the cable: a thread in a namespace of its own."""

    def __init__(self) -> None:
        self._thread = ThreadPoolExecutor(1, "far end")

    def do(self, work: Callable[[], Any]) -> Any:
        """Do something there; sockets made by it stay there."""
        return self._thread.submit(work).result(20)

    def end(self) -> None:
        self._thread.shutdown()

    @property
    def namespace(self) -> str:
        return f"/proc/{os.getpid()}/task/{self.do(threading.get_native_id)}/ns/net"


class Cable:
    """The cable; both ends are up at first."""

    def __init__(self, far: Far) -> None:
        self.far = far

    def pull(self) -> None:
        """Take the carrier away, as a pulled cable does: addresses and routes stay."""
        self.far.do(lambda: _ip("link", "set", "far0", "down"))

    def plug(self) -> None:
        self.far.do(lambda: _ip("link", "set", "far0", "up"))

    def switch_off(self) -> None:
        """Switch the near interface off: its routes go."""
        _ip("link", "set", "near0", "down")

    def switch_on(self) -> None:
        _ip("link", "set", "near0", "up")

    def wait_until(self, *, carrier: bool) -> None:
        """Wait until the near end has noticed: the kernel tells of a burst once a second only."""
        wait_until("carrier" if carrier else "loss of it", lambda: _carries("near0") is carrier)


@contextmanager
def two_networks() -> Iterator[Cable]:
    """Move this thread into a namespace; raises OSError where the kernel refuses."""
    home = os.open("/proc/thread-self/ns/net", os.O_RDONLY | os.O_CLOEXEC)
    far = Far()
    try:
        far.do(lambda: _checked(_libc.unshare(_NEW_NETWORK)))
        _checked(_libc.unshare(_NEW_NETWORK))
        try:
            _ip("link", "add", "near0", "type", "veth", "peer", "name", "far0")
            _ip("link", "set", "far0", "netns", far.namespace)
            for on, name, address in ((far.do, "far0", SERVER), (_here, "near0", CLIENT)):
                on(lambda: _ip("link", "set", "lo", "up"))
                on(
                    lambda name=name, address=address: _ip(
                        "addr", "add", f"{address}/24", "dev", name
                    )
                )
                on(lambda name=name: _ip("link", "set", name, "up"))
            cable = Cable(far)
            cable.wait_until(carrier=True)
            yield cable
        finally:
            _checked(_libc.setns(home, _NEW_NETWORK))
    finally:
        os.close(home)
        far.end()


def _here(work: Callable[[], Any]) -> None:
    work()
