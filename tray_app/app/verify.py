"""One verification from sign-in to result; it may run beside a backup, which it does not touch."""

from collections.abc import Callable, Mapping
from dataclasses import dataclass

from tray_app.adapters.clock import SystemClock
from tray_app.adapters.sqlite.index import Index
from tray_app.adapters.sqlite.kept_back import KeptBackFiles
from tray_app.adapters.sqlite.records import Records
from tray_app.app.backup import folders_of, load_settings
from tray_app.app.session import open_session
from tray_app.app.workshop import Announce, Connection, Publish, Workshop, connection, roots_of
from tray_app.core.verify import Finding, Standing, Verified
from tray_app.engine.run.trouble import Trouble
from tray_app.engine.verify import Verify, Witnesses

_PATIENCE = 120.0  # seconds of trouble with the server


@dataclass(frozen=True, slots=True, kw_only=True)
class Question:
    """What a person wants to know; no `paths`: the folders of the settings.

    `again`: what is missing is to be uploaded again.
    """

    paths: tuple[str, ...] = ()
    quick: bool = False
    again: bool = False


async def verify(
    workshop: Workshop,
    environ: Mapping[str, str],
    question: Question,
    publish: Publish,
    announce: Announce,
    tell: Callable[[Finding], None],
) -> Verified:
    """Sign in, verify, and leave nothing open behind.

    `tell` gets each file that the server does not hold. Raises NeedsUser or GaveUp.
    """
    settings = load_settings(workshop.locations)
    folders = folders_of(question.paths, settings)
    session = open_session(workshop.locations, environ)
    loaded = await session.load_sign_in()
    missing: set[bytes] = set()

    def found(finding: Finding) -> None:
        if finding.standing is Standing.MISSING and finding.sha1:
            missing.add(finding.sha1)
        tell(finding)

    try:
        async with connection(workshop, loaded.sign_in, settings, announce) as server:
            session.check(loaded, server.info.account)
            roots = roots_of(folders, settings, server.info.media.table())
            see = _witnesses(server, announce)
            result = await Verify(see, roots, publish, found, quick=question.quick).run()
            if question.again and missing:
                kept = KeptBackFiles(workshop.backup_db, server.account_id)
                await kept.upload_again(missing, SystemClock().now())
    finally:
        await session.finish(loaded)
    return result


def _witnesses(server: Connection, announce: Announce) -> Witnesses:
    shop = server.workshop
    return Witnesses(
        server=server.server,
        source=shop.files,
        index=Index(shop.backup_db),
        records=Records(shop.backup_db, server.account_id),
        ledger=server.ledger,
        clock=shop.clock,
        trouble=Trouble(shop.clock, server.server.health, announce, _PATIENCE),
    )
