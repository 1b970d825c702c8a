"""A server of plain handlers in a thread, on loopback."""

import threading
from collections.abc import Iterator
from contextlib import contextmanager
from http.server import BaseHTTPRequestHandler, ThreadingHTTPServer


@contextmanager
def handled(by: type[BaseHTTPRequestHandler]) -> Iterator[int]:
    """Serve with this class of handlers; the port."""
    server = ThreadingHTTPServer(("127.0.0.1", 0), by)
    thread = threading.Thread(target=server.serve_forever, kwargs={"poll_interval": 0.05})
    thread.start()
    try:
        yield server.server_address[1]
    finally:
        server.shutdown()
        thread.join()
        server.server_close()
