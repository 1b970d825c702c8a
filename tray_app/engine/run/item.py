"""One thing on its way to the server, and the shared state of a run."""

from collections.abc import Sequence
from dataclasses import dataclass, field

from tray_app.core.asset import LocalFile, PlannedFile
from tray_app.core.concurrency import Concurrency
from tray_app.core.ledger import Held
from tray_app.core.phrase import phrase
from tray_app.core.run import RunOptions
from tray_app.core.server import CheckAnswer
from tray_app.engine.run.acquaintance import Acquaintance
from tray_app.engine.run.tally import Tally
from tray_app.engine.run.trouble import Trouble
from tray_app.engine.throttle import Bandwidth
from tray_app.ports import (
    AlbumQueue,
    Clock,
    Index,
    Ledger,
    PhotoSource,
    Plan,
    Server,
    SizeLimits,
    Voucher,
)

UNAVAILABLE = phrase(
    "The folder is not available now; nothing in it counts as deleted."
    " Connect its drive, or take the folder out of the settings."
)


@dataclass(slots=True, eq=False)
class Item:
    """A file, and with a Live Photo its motion video, until there is an outcome for it.

    `video_due`: the video is counted in this run, too. `video_id`: its asset once it has one.
    `attempts`, `video_attempts`: failed tries of earlier runs; `tries`: of this one;
    `restless`: how often the file changed under us. `remote_id`, `created`: the upload's answer.
    """

    file: LocalFile
    video: LocalFile | None = None
    video_due: bool = False
    attempts: int = 0
    video_attempts: int = 0
    tries: int = 0
    restless: int = 0
    video_id: str | None = None
    remote_id: str | None = None
    created: bool = False
    sent_before: bool = False
    hidden: bool = False
    sidecar_mtime: int | None = None

    @classmethod
    def planned(cls, planned: PlannedFile) -> "Item":
        """Begin with what the plan knows."""
        return cls(
            planned.file,
            planned.video,
            planned.video_due,
            planned.attempts,
            planned.video_attempts,
        )

    def split(self) -> "Item | None":
        """Take the video out as a thing of its own."""
        if self.video is None:
            return None
        video, self.video = self.video, None
        return Item(video, attempts=self.video_attempts)

    @property
    def sha1(self) -> bytes:
        """The checksum of a hashed file."""
        if self.file.sha1 is None:
            raise ValueError("not hashed yet")
        return self.file.sha1

    @property
    def held(self) -> Held:
        """How the server came to hold it."""
        return Held.UPLOADED if self.created or self.sent_before else Held.DUPLICATE


@dataclass(frozen=True, slots=True)
class RunContext:
    """What every stage of a run works with.

    `sending`: checksums of which this run sent something that is not confirmed yet, `sent`:
    those of earlier runs; both with the mtime of the sidecar that went along. `wanted`: what a
    person wants on the server again, out of its trash, too.
    """

    server: Server
    source: PhotoSource
    index: Index
    plan: Plan
    ledger: Ledger
    voucher: Voucher
    albums: AlbumQueue
    limits: SizeLimits
    clock: Clock
    options: RunOptions
    tally: Tally
    trouble: Trouble
    acquaintance: Acquaintance
    concurrency: Concurrency
    bandwidth: Bandwidth
    roots: tuple[str, ...] = ()
    inflight: dict[bytes, list[Item]] = field(default_factory=dict)
    sending: dict[bytes, int | None] = field(default_factory=dict)
    sent: dict[bytes, int | None] = field(default_factory=dict)
    wanted: set[bytes] = field(default_factory=set)

    async def check(self, sums: Sequence[bytes]) -> Sequence[CheckAnswer]:
        """Ask about checksums, of whom we know, until the server is well enough to answer."""
        return await self.trouble.call(
            lambda: self.acquaintance.then(lambda: self.server.check(sums))
        )
