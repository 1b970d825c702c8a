"""A server with a large library, in a process of its own: `python -m tests.sync.large_server N`.

Prints its address. The first stream sends N assets with exif, later ones a hundred changes.
"""

import asyncio
import json
import sys

from tests.fakes.changes import COMPLETE, DAY, Stream, asset, change_server, exif, user, written

PIECE = 1000


def pieces(count: int):
    """Write pairs of asset and exif fast: by filling a template."""
    pattern = [
        written(asset("NAME")).decode().replace("%", "%%"),
        written(
            exif(
                "NAME",
                dateTimeOriginal=DAY,
                make="Camera",
                model="Camera 3000",
                latitude=48.1,
                longitude=11.5,
                city="Munich",
                country="Germany",
                fileSizeInByte=4_000_000,
                iso=100,
                fNumber=2.8,
            )
        ).decode(),
    ]
    own = json.loads(written(asset("NAME")))["data"]
    exif_id = json.loads(pattern[1])["data"]["assetId"]
    for template, old in zip(pattern, (own["id"], exif_id), strict=True):
        for start in range(0, count, PIECE):
            yield "".join(
                template.replace(old, f"{n * 2654435761 % 2**32:08x}-0000-4000-8000-{n:012x}")
                .replace(own["checksum"], f"{n:026}A=")
                .replace("NAME", f"IMG_{n}")
                for n in range(start, min(start + PIECE, count))
            ).encode()


async def main(count: int) -> None:
    async with change_server() as server:
        ready = [*pieces(count)]

        async def first(stream: Stream) -> None:
            await stream.begin()
            await stream.send(written(user("me")))
            for piece in ready:
                await stream.send(piece)
            await stream.send(written(COMPLETE))
            await stream.end()

        server.scripts.append(first)
        for n in range(20):
            server.streams(*(asset(f"new-{n}-{k}") for k in range(100)))
        sys.stdout.write(f"{server.url}\n")
        sys.stdout.flush()
        await asyncio.Event().wait()


if __name__ == "__main__":
    asyncio.run(main(int(sys.argv[1])))
