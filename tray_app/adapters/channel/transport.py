"""The way to the running program on this system: a Unix socket, or a named pipe on Windows."""

import os
import sys
from collections.abc import Mapping
from contextlib import AbstractAsyncContextManager
from typing import TYPE_CHECKING, Any, Protocol

from tray_app.adapters.locations import Locations

if TYPE_CHECKING:  # a command that only asks need not pay for asyncio
    from tray_app.adapters.channel.conversation import Answer


class Holds(Protocol):
    """The right to be the one program of an installation; it ends with the process."""

    def take(self) -> bool:
        """Become the one instance; False: another process is."""
        ...

    def is_taken(self) -> bool:
        """Tell whether a process holds it: one that serves, starts or ends just now."""
        if self.take():
            self.give_back()
            return False
        return True

    def give_back(self) -> None:
        """Let another process take over."""
        ...


def claim_of(
    locations: Locations, environ: Mapping[str, str] = os.environ, work: str = ""
) -> Holds:
    """Return the claim of this installation, not taken yet.

    `work`: a claim of its own for work that only one process may do at a time; the same one
    whatever the environment says.
    """
    if sys.platform == "win32":
        from tray_app.adapters.channel import pipe  # noqa: PLC0415  Windows only

        return pipe.Claim(locations, work)
    from tray_app.adapters.channel.place import Claim, socket_path  # noqa: PLC0415  Unix only

    if work:
        return Claim(locations.cache / f"{work}.sock")
    return Claim(socket_path(locations, environ))


def serving_at(
    locations: Locations, answer: "Answer", environ: Mapping[str, str] = os.environ
) -> AbstractAsyncContextManager[None]:
    """Answer calls while the context lasts; the caller holds the claim."""
    if sys.platform == "win32":
        from tray_app.adapters.channel import pipe  # noqa: PLC0415  Windows only

        return pipe.serving(pipe.pipe_name(locations), answer)
    from tray_app.adapters.channel.place import socket_path  # noqa: PLC0415  Unix only
    from tray_app.adapters.channel.server import serving  # noqa: PLC0415

    return serving(socket_path(locations, environ), answer)


def ask_at(
    locations: Locations, method: str, params: Any = None, environ: Mapping[str, str] = os.environ
) -> Any:
    """Call one method; raises NotRunningError, and RpcError when it is refused or not answered."""
    if sys.platform == "win32":
        from tray_app.adapters.channel import pipe  # noqa: PLC0415  Windows only

        return pipe.ask(pipe.pipe_name(locations), method, params)
    from tray_app.adapters.channel.client import ask  # noqa: PLC0415  Unix only
    from tray_app.adapters.channel.place import socket_path  # noqa: PLC0415

    return ask(socket_path(locations, environ), method, params)
