"""The upload body: streamed from disk, of known length, its last chunk and end held back.

The server checks an extension when its part begins, with the fields it has seen by then, and a
`filename` field counts for every part behind it. So the sidecar comes first, then the fields,
then the file under a plain ASCII name: any name survives in the field, byte for byte, while a
quote or newline in a part's header breaks the request (seen on 2.7.5 and 3.0.3).
"""

import secrets
from collections.abc import AsyncGenerator, Mapping
from contextlib import aclosing

from tray_app.ports import Content


class MultipartUpload:
    """Fields, an optional sidecar and one streamed file; made for one request.

    `length` is the exact Content-Length. When `content` raises, the closing boundary has not
    been sent: the server sees a broken request and stores nothing (design section 3).
    """

    def __init__(
        self,
        fields: Mapping[str, str],
        extension: str,
        size: int,
        content: Content,
        sidecar: bytes | None = None,
    ) -> None:
        self._content = content
        self._boundary = f"immich-tray-{secrets.token_hex(16)}"
        parts = []
        if sidecar is not None:
            parts.append(self._head("sidecarData", ".xmp") + sidecar + b"\r\n")
        parts += [self._field(name, value) for name, value in fields.items()]
        parts.append(self._head("assetData", extension))
        self._before = b"".join(parts)
        self._after = f"\r\n--{self._boundary}--\r\n".encode()
        self.length = len(self._before) + size + len(self._after)

    @property
    def headers(self) -> dict[str, str]:
        """Headers that describe the body."""
        return {
            "Content-Type": f"multipart/form-data; boundary={self._boundary}",
            "Content-Length": str(self.length),
        }

    async def __aiter__(self) -> AsyncGenerator[bytes, None]:
        """Yield the body; what `content` raises is raised before the closing boundary."""
        # Head and end travel with the first and the last chunk: one packet for a small file.
        held, chunks = self._before, 0
        async with aclosing(self._content.chunks()) as source:
            async for chunk in source:
                if chunks:
                    yield held
                held = chunk if chunks else held + chunk
                chunks += 1
        yield held + self._after

    def _field(self, name: str, value: str) -> bytes:
        disposition = f'Content-Disposition: form-data; name="{name}"'
        return f"--{self._boundary}\r\n{disposition}\r\n\r\n{value}\r\n".encode()

    def _head(self, name: str, extension: str) -> bytes:
        return (
            f"--{self._boundary}\r\n"
            f'Content-Disposition: form-data; name="{name}"; filename="upload{extension}"\r\n'
            "Content-Type: application/octet-stream\r\n\r\n"
        ).encode()
