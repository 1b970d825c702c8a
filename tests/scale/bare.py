"""A program: the least an httpx client can do to send the same bodies; prints its cost as JSON.

bare.py ADDRESS KEY FOLDER CONCURRENCY
"""

import asyncio
import os
import secrets
import sys
from collections.abc import AsyncIterator
from pathlib import Path
from typing import Any

sys.path.insert(0, str(Path(__file__).parents[2]))

import httpx

from tests.scale.meter import MIB, CountingSelector, Meter, run

SELECTOR = CountingSelector()
FIELDS = {
    "deviceAssetId": "a-1",
    "deviceId": "bare",
    "fileCreatedAt": "2024-05-06T07:08:09.123Z",
    "fileModifiedAt": "2024-05-06T07:08:10.000Z",
    "isFavorite": "false",
}


async def _body(path: Path, before: bytes, after: bytes) -> AsyncIterator[bytes]:
    with path.open("rb", buffering=0) as file:
        while chunk := file.read(MIB):
            yield before + chunk if before else chunk
            before = b""
    yield after


async def _send(client: httpx.AsyncClient, path: Path) -> None:
    bound = secrets.token_hex(16)
    parts = [
        f'--{bound}\r\nContent-Disposition: form-data; name="{name}"\r\n\r\n{value}\r\n'
        for name, value in FIELDS.items()
    ]
    parts.append(
        f'--{bound}\r\nContent-Disposition: form-data; name="assetData"; filename="{path.name}"'
        "\r\nContent-Type: application/octet-stream\r\n\r\n"
    )
    before, after = "".join(parts).encode(), f"\r\n--{bound}--\r\n".encode()
    length = len(before) + path.stat().st_size + len(after)
    headers = {
        "Content-Type": f"multipart/form-data; boundary={bound}",
        "Content-Length": str(length),
    }
    answer = await client.post("/api/assets", content=_body(path, before, after), headers=headers)
    answer.raise_for_status()


async def main(address: str, key: str, folder: str, concurrency: int) -> dict[str, Any]:
    paths = iter([Path(base, name) for base, _, names in os.walk(folder) for name in names])
    meter = Meter(SELECTOR)

    async def work() -> None:
        for path in paths:
            await _send(client, path)

    headers = {"x-api-key": key}
    async with httpx.AsyncClient(base_url=address, headers=headers, timeout=60) as client:
        await asyncio.gather(*(work() for _ in range(concurrency)))
        return meter.read()


if __name__ == "__main__":
    run(main(sys.argv[1], sys.argv[2], sys.argv[3], int(sys.argv[4])), SELECTOR)
