"""`immich-tray doctor`: everything a backup needs, checked one by one."""

import asyncio
import os
from collections.abc import Iterable
from contextlib import suppress
from typing import Any

import click

from tray_app import __version__
from tray_app.adapters.account_file import AccountFile
from tray_app.adapters.immich.auth import ImmichDoor
from tray_app.adapters.keyring_secrets import KeyringSecrets
from tray_app.adapters.locations import Locations
from tray_app.adapters.settings_file import SettingsFile
from tray_app.adapters.updates import CheckFile
from tray_app.app import autostart, system_job
from tray_app.app.overview import count_folders, read_overview
from tray_app.app.session import open_session
from tray_app.app.updates import known_notice
from tray_app.app.way import load_way
from tray_app.cli import checks, server_checks
from tray_app.cli.channel import ask_running
from tray_app.cli.checks import Finding, State, problem
from tray_app.cli.home import open_home
from tray_app.cli.output import Exit, errors_in_words, print_json, say
from tray_app.core.channel import RpcError
from tray_app.core.errors import NeedsUser, TrayError
from tray_app.core.setting_specs import AlbumMode
from tray_app.core.settings import Settings
from tray_app.core.system_job import JobStatus, is_wanted
from tray_app.core.way import Way
from tray_app.engine.session import URL, Session, check_environment

_MARKS = {State.OK: "OK     ", State.NOTE: "note   ", State.PROBLEM: "PROBLEM"}


@click.command()
@click.option("--json", "as_json", is_flag=True, help="Print one JSON object.")
def doctor(*, as_json: bool) -> None:
    """Check everything a backup needs, one by one, and say what to do."""
    with errors_in_words(as_json=as_json):
        locations = open_home()
        findings = []
        for finding in _all(locations):
            findings.append(finding)
            if not as_json:
                say(_lines(finding))
    code = exit_for(findings)
    if as_json:
        rows = [finding._asdict() for finding in findings]
        print_json({"ok": code is Exit.OK, "checks": rows})
    raise SystemExit(code)


def exit_for(findings: Iterable[Finding]) -> Exit:
    """0 without a problem, 3 when a person has to act, else 1."""
    problems = [finding for finding in findings if finding.state is State.PROBLEM]
    if any(finding.needs_user for finding in problems):
        return Exit.NEEDS_USER
    return Exit.FAILED if problems else Exit.OK


def report(locations: Locations) -> str:
    """Return what the command prints; blocks for seconds, and needs a thread without a loop."""
    return "".join(f"{_lines(finding)}\n" for finding in _all(locations))


def _all(locations: Locations) -> Iterable[Finding]:
    yield from _local(locations)
    yield from asyncio.run(_remote(locations))


def _lines(finding: Finding) -> str:
    mark = _MARKS.get(finding.state, "-      ")
    line = f"{mark} {finding.name}: {finding.words}"
    if finding.remedy and finding.state is not State.OK:
        line += f"\n        -> {finding.remedy}"
    return line


def _settings(locations: Locations) -> tuple[Settings, Finding]:
    file = SettingsFile(locations.settings_file)
    try:
        loaded = file.load()
    except NeedsUser as exc:
        return Settings(), problem("Settings", exc)
    if loaded.warnings:
        return loaded.settings, Finding("Settings", State.NOTE, " ".join(loaded.warnings))
    words = f"{file.path} is fine." if file.path.exists() else "All at their defaults."
    return loaded.settings, Finding("Settings", State.OK, words)


def _local(locations: Locations) -> Iterable[Finding]:
    yield checks.python_and_qt(os.environ)
    yield from checks.notifications(os.environ)
    yield _keychain(locations)
    settings, finding = _settings(locations)
    yield finding
    yield from checks.folders(settings)
    yield checks.disk_space(locations)
    yield _system_job(locations, settings)
    yield _autostart(locations)
    yield _library(locations)
    yield _version(locations, settings)
    if settings.background_backup:
        yield from _watching(locations)


def _version(locations: Locations, settings: Settings) -> Finding:
    """Say which version this is, and what the running program last read of a newer one."""
    found = known_notice(CheckFile(locations.update_file), settings)
    if found:
        return Finding("Version", State.NOTE, found)
    return Finding("Version", State.OK, f"This is {__version__}.")


def _library(locations: Locations) -> Finding:
    running: dict[str, Any] | None = None
    with suppress(RpcError):
        running = ask_running(locations, "status")
    try:
        return checks.library(running, asyncio.run(read_overview(locations)).last_sync)
    except NeedsUser as exc:
        return problem(checks.LIBRARY, exc)


def _watching(locations: Locations) -> Iterable[Finding]:
    """Say what the running program noticed; without one, whether there is room to watch."""
    try:
        running = ask_running(locations, "status")
    except RpcError as exc:
        yield Finding("Running program", State.PROBLEM, exc.words)
        return
    for note in running["notes"] if running else ():
        yield Finding("Running program", State.NOTE, note)
    try:
        yield checks.room_to_watch(asyncio.run(count_folders(locations)))
    except TrayError as exc:
        yield problem("Folder watching", exc)


def _system_job(locations: Locations, settings: Settings) -> Finding:
    """Say whether backups start while the app is closed, and whether that is as wished."""
    found = asyncio.run(system_job.look(locations, os.environ))
    name = "Scheduled backup"
    try:
        wanted = is_wanted(settings, AccountFile(locations.account_file).load())
    except NeedsUser:
        wanted = False
    there = found.status is JobStatus.PRESENT
    if wanted and not there:
        unsupported = found.status is JobStatus.UNSUPPORTED
        remedy = "" if unsupported else "Start immich-tray: it creates or corrects the job."
        return Finding(name, State.NOTE, found.words, remedy)
    if there and not wanted:
        return Finding(name, State.NOTE, f"{found.words} It is not wanted.", "Start immich-tray.")
    return Finding(name, State.OK, found.words)


def _autostart(locations: Locations) -> Finding:
    """Say whether the program starts at login; either is fine, a wrong entry is not."""
    found = asyncio.run(autostart.open_autostart(locations, os.environ).read())
    state = State.NOTE if found.status is JobStatus.STALE else State.OK
    return Finding("Start at login", state, found.words, "Type: immich-tray autostart on")


def _keychain(locations: Locations) -> Finding:
    secrets = KeyringSecrets(locations.keychain_service)
    finding = checks.found("Keychain", lambda: f"{secrets.describe()} answers.")
    if finding.state is State.PROBLEM and _environment_is_complete():
        return Finding("Keychain", State.NOTE, f"{finding.words} Not needed: variables are set.")
    return finding


def _environment_is_complete() -> bool:
    given = {name: value for name, value in os.environ.items() if value and "IMMICH_" in name}
    try:
        check_environment(given)
    except NeedsUser:
        return False
    return True


async def _remote(locations: Locations) -> list[Finding]:
    settings, _ = _settings(locations)
    session = open_session(locations, os.environ)
    try:
        known = session.known()
    except NeedsUser as exc:
        return [problem("Sign-in", exc)]
    url = os.environ.get(URL) or (known.url if known else settings.server_url)
    if not url:
        why = Finding(
            "Server",
            State.PROBLEM,
            "You are not signed in to a server.",
            "Sign in: immich-tray login URL.",
            needs_user=True,
        )
        return [why, *server_checks.skipped(server_checks.STEPS, "No server is known.")]
    try:
        way = load_way(locations, KeyringSecrets(locations.keychain_service))
        return await _server(url, way, session, albums=settings.album_mode is not AlbumMode.OFF)
    except NeedsUser as exc:  # an address that cannot be understood, a secret that is missing
        return [problem("Server", exc)]


async def _server(url: str, way: Way, session: Session, *, albums: bool) -> list[Finding]:
    url = await server_checks.settled(url, way)
    findings = await server_checks.network(url, way)
    rest = server_checks.STEPS[3:]
    if any(finding.state is State.PROBLEM for finding in findings):
        return [*findings, *server_checks.skipped(rest, "The server cannot be reached.")]
    answer = await server_checks.immich(url, way)
    findings.append(answer)
    if answer.state is State.PROBLEM:
        return [*findings, *server_checks.skipped(rest[1:], "No usable Immich answers.")]
    findings += await server_checks.account(session, ImmichDoor(lambda: way), albums=albums)
    return [*findings, await server_checks.clock(url, way)]
