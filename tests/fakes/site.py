"""A real web server on loopback whose answers a test chooses; with TLS where asked."""

import json
import ssl
import threading
from collections.abc import Callable, Iterator, Mapping
from contextlib import contextmanager
from dataclasses import dataclass, field
from http.server import BaseHTTPRequestHandler, ThreadingHTTPServer
from typing import Any


@dataclass
class Asked:
    method: str
    path: str
    headers: dict[str, str]
    body: Any


@dataclass
class Answer:
    body: Any = None
    status: int = 200
    headers: Mapping[str, str] = field(default_factory=dict)


PONG = Answer({"res": "pong"})
HTML = Answer("<html>sign in to the network</html>")
CONFIG = Answer({"maintenanceMode": False})


def version(major: int, minor: int = 0, patch: int = 0) -> Answer:
    return Answer({"major": major, "minor": minor, "patch": patch})


def immich(base: str = "/api") -> dict[str, Answer | Callable[[Asked], Answer]]:
    """The public answers of a healthy server."""
    return {
        f"{base}/server/ping": PONG,
        f"{base}/server/version": version(2, 7, 5),
        f"{base}/server/config": CONFIG,
    }


class Site:
    def __init__(self, host: str, port: int, scheme: str, routes: dict[str, Any]) -> None:
        self.host, self.port, self.routes = host, port, routes
        self.url = f"{scheme}://{host}:{port}"
        self.asked: list[Asked] = []


@contextmanager
def serving(
    routes: Mapping[str, Any] | None = None, *, tls: ssl.SSLContext | None = None
) -> Iterator[Site]:
    class Handler(BaseHTTPRequestHandler):
        protocol_version = "HTTP/1.1"

        def answer(self) -> None:
            length = int(self.headers.get("content-length") or 0)
            raw = self.rfile.read(length)
            headers = {name.lower(): value for name, value in self.headers.items()}
            asked = Asked(self.command, self.path, headers, json.loads(raw) if raw else None)
            site.asked.append(asked)
            found = site.routes.get(self.path, Answer({"message": "Not Found"}, 404))
            found = found(asked) if callable(found) else found
            html = isinstance(found.body, str)
            body = found.body.encode() if html else json.dumps(found.body).encode()
            self.send_response(found.status)
            for name, value in found.headers.items():
                self.send_header(name, value)
            self.send_header("Content-Type", "text/html" if html else "application/json")
            self.send_header("Content-Length", str(len(body)))
            self.end_headers()
            self.wfile.write(body)

        do_GET = do_POST = do_DELETE = answer  # noqa: N815  names of the base class

        def log_message(self, *_args: object) -> None:
            pass

    class Server(ThreadingHTTPServer):
        daemon_threads = True

        def finish_request(self, request: Any, client_address: Any) -> None:
            if tls is None:
                super().finish_request(request, client_address)
                return
            try:
                with tls.wrap_socket(request, server_side=True) as wrapped:
                    super().finish_request(wrapped, client_address)
            except OSError:
                pass  # a refused handshake is what some tests are about

        def handle_error(self, *_args: object) -> None:
            pass

    server = Server(("127.0.0.1", 0), Handler)
    site = Site("127.0.0.1", server.server_port, "https" if tls else "http", dict(routes or {}))
    thread = threading.Thread(target=server.serve_forever, args=(0.01,))
    thread.start()
    try:
        yield site
    finally:
        server.shutdown()
        thread.join()
        server.server_close()
