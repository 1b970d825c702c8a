"""Requests written byte by byte, for what a well-behaved HTTP client cannot do."""

import socket
from urllib.parse import urlsplit

BOUNDARY = b"----raw"
DATES = {"fileCreatedAt": "2024-01-01T00:00:00.000Z", "fileModifiedAt": "2024-01-01T00:00:00.000Z"}
TEXTS = {"deviceAssetId": "a", "deviceId": "b"} | DATES


def field(name: str, text: str) -> bytes:
    head = f'--{BOUNDARY.decode()}\r\nContent-Disposition: form-data; name="{name}"\r\n\r\n'
    return head.encode() + text.encode() + b"\r\n"


def file(disposition: bytes, data: bytes, name: bytes = b"assetData") -> bytes:
    head = b"--" + BOUNDARY + b'\r\nContent-Disposition: form-data; name="' + name + b'"; '
    return (
        head + disposition + b"\r\nContent-Type: application/octet-stream\r\n\r\n" + data + b"\r\n"
    )


END = b"--" + BOUNDARY + b"--\r\n"


def fields() -> bytes:
    return b"".join(field(name, text) for name, text in TEXTS.items())


def head(key: str, length: int, extra: str = "") -> bytes:
    return (
        f"POST /api/assets HTTP/1.1\r\nHost: demo\r\nx-api-key: {key}\r\n{extra}"
        f"Content-Type: multipart/form-data; boundary={BOUNDARY.decode()}\r\n"
        f"Content-Length: {length}\r\n\r\n"
    ).encode()


def connect(url: str) -> socket.socket:
    return socket.create_connection(("127.0.0.1", urlsplit(url).port or 0), timeout=10)


def read_answer(connection: socket.socket) -> bytes:
    """Return one answer that has a Content-Length."""
    data = b""
    while b"\r\n\r\n" not in data:
        data += _more(connection)
    top, _, body = data.partition(b"\r\n\r\n")
    length = int(top.lower().partition(b"content-length: ")[2].partition(b"\r\n")[0])
    while len(body) < length:
        body += _more(connection)
    return top + b"\r\n\r\n" + body


def _more(connection: socket.socket) -> bytes:
    part = connection.recv(65536)
    assert part, "the connection ended before the answer"
    return part


def post(url: str, key: str, body: bytes) -> bytes:
    with connect(url) as connection:
        connection.sendall(head(key, len(body)) + body)
        return read_answer(connection)
