"""A forward proxy on loopback that wants a password, and remembers what passed through it."""

import base64
from collections.abc import Iterator
from contextlib import contextmanager
from http.server import ThreadingHTTPServer
from threading import Thread
from typing import Any
from urllib.parse import urlsplit

from tests.faults.liar import Handler, Liar


class Gatekeeper(Handler):
    """Carries plain HTTP to the one server it knows."""

    wanted: str
    seen: list[dict[str, str]]

    def serve(self) -> None:
        if self.headers.get("Proxy-Authorization") != self.wanted:
            self.send_response(407)
            self.send_header("Content-Length", "0")
            self.end_headers()
            return
        self.seen.append(dict(self.headers.items()))
        parts = urlsplit(self.path)
        self.path = f"{parts.path}?{parts.query}" if parts.query else parts.path
        del self.headers["Proxy-Authorization"]
        super().serve()

    do_GET = do_POST = do_PUT = do_DELETE = serve  # noqa: N815  http.server's names


@contextmanager
def gatekeeper(target: str, user: str, password: str) -> Iterator[Any]:
    """Yield its port and what it saw."""
    wanted = "Basic " + base64.b64encode(f"{user}:{password}".encode()).decode()
    own = type("Own", (Gatekeeper,), {"liar": Liar(target), "wanted": wanted, "seen": []})
    server = ThreadingHTTPServer(("127.0.0.1", 0), own)
    thread = Thread(target=server.serve_forever, kwargs={"poll_interval": 0.05})
    thread.start()
    try:
        yield server.server_address[1], own.seen
    finally:
        server.shutdown()
        thread.join()
        server.server_close()
