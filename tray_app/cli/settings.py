"""`immich-tray settings`: list, read and change settings."""

import asyncio
import json
import os
from collections.abc import Iterable
from typing import Any

import click

from tray_app.adapters.keyring_secrets import KeyringSecrets
from tray_app.adapters.settings_file import SettingsFile
from tray_app.cli.home import open_home
from tray_app.cli.output import asked_secret, complain, errors_in_words, expanded, print_json, say
from tray_app.core.asset import shown
from tray_app.core.errors import NeedsUser
from tray_app.core.setting_specs import Folder, Group, Spec
from tray_app.core.settings import SPECS, InvalidSettings, Settings, find_spec
from tray_app.core.system_job import JobStatus
from tray_app.core.way import forgettable


@click.group(invoke_without_command=True)
@click.option("--json", "as_json", is_flag=True, help="Print one JSON object.")
@click.pass_context
def settings(context: click.Context, *, as_json: bool) -> None:
    """List all settings, or get and set one."""
    context.obj = as_json
    if context.invoked_subcommand is None:
        with errors_in_words(as_json=as_json):
            _list(_file(), as_json=as_json)


@settings.command()
@click.argument("key")
@click.option("--json", "as_json", is_flag=True, help="Print one JSON object.")
@click.pass_context
def get(context: click.Context, key: str, *, as_json: bool) -> None:
    """Print the value of KEY."""
    as_json = as_json or bool(context.obj)
    with errors_in_words(as_json=as_json):
        file = _file()
        spec = _spec(key)
        _print(spec, _loaded(file)[spec.key], as_json=as_json)


@settings.command(name="set", context_settings={"ignore_unknown_options": True})
@click.argument("key")
@click.argument("value", nargs=-1, required=True)
@click.option("--json", "as_json", is_flag=True, help="Print one JSON object.")
@click.pass_context
def change(context: click.Context, key: str, value: tuple[str, ...], *, as_json: bool) -> None:
    """Set KEY to VALUE; lists take several values, "" empties them.

    folders takes paths, also relative ones.
    """
    as_json = as_json or bool(context.obj)
    with errors_in_words(as_json=as_json):
        file = _file()
        spec = _spec(key)
        if len(value) > 1 and not isinstance(spec.default, tuple):
            raise click.UsageError(f"{spec.key} takes one value.")
        if spec.name == "folders":
            value = tuple(os.path.abspath(expanded(one)) for one in value if one)  # noqa: PTH100  any bytes
        file.create()
        try:
            after = file.change(spec.key, _raw(spec, value, file))
        except InvalidSettings as exc:
            if exc.path:  # what is in the file, not what was typed
                raise
            raise click.UsageError(exc.reason) from exc
        _print(spec, after.plain()[spec.key], as_json=as_json)
        if spec.name == "folders":
            _tell_missing(after.folders)
        if spec.name in ("background_backup", "scheduled_backup"):
            _keep_job_in_step(after)


@settings.command()
@click.argument("name")
@click.option("--delete", is_flag=True, help="Forget it instead.")
def secret(name: str, *, delete: bool) -> None:
    """Keep the secret NAME of the connection in the keychain.

    NAME is proxy, clientKey or header: and the name of one of extraHeaders. The value is asked
    for, or read as the first line of standard input.
    """
    with errors_in_words():
        locations = open_home()
        known = forgettable(_file().load().settings)
        name = next((one for one in known if one.lower() == name.lower()), "")
        if not name:
            raise click.UsageError(f"NAME is one of {', '.join(sorted(known))}.")
        secrets = KeyringSecrets(locations.keychain_service)
        if delete:
            secrets.delete(name)
            return
        secrets.set(name, asked_secret(f"Value of {name}"))
        complain(f"{name} is kept in the keychain.")


def _raw(spec: Spec, typed: tuple[str, ...], file: SettingsFile) -> object:
    """Turn what was typed into a raw value; known folders keep what is said of them."""
    if spec.name != "folders":
        return spec.from_text("\n".join(typed))
    known = {folder.path: folder for folder in file.load().settings.folders}
    return [known.get(path, Folder(path)) for path in typed]


def _tell_missing(folders: Iterable[Folder]) -> None:
    for folder in folders:
        if not os.path.isdir(folder.path):  # noqa: PTH112  a choice is no Path
            complain(f"Note: {shown(folder.path)} is not there now; it is backed up once it is.")


def _keep_job_in_step(after: Settings) -> None:
    """Create or remove the system job at once, also without a running app."""
    from tray_app.app.system_job import keep_in_step  # noqa: PLC0415  for two settings only

    state = asyncio.run(keep_in_step(open_home(), os.environ, after))
    if state and state.status is not JobStatus.ABSENT:
        complain(f"While the app is closed: {state.words}")


def _spec(key: str) -> Spec:
    try:
        return find_spec(key)
    except NeedsUser as exc:
        raise click.UsageError(exc.reason) from exc


def _file() -> SettingsFile:
    return SettingsFile(open_home().settings_file)


def _loaded(file: SettingsFile) -> dict[str, Any]:
    found = file.load()
    for warning in found.warnings:
        complain(f"{file.path}: {warning}")
    return found.settings.plain()


def _list(file: SettingsFile, *, as_json: bool) -> None:
    values = _loaded(file)
    if as_json:
        print_json(values)
        return
    say(f"Settings in {file.path}")
    group = None
    for spec in sorted(SPECS, key=lambda one: list(Group).index(one.group)):
        if spec.group is not group:
            group = spec.group
            say(f"\n{group.value}")
        value = _shown(values[spec.key]).replace("\n", "\n    ")
        say(f"  {spec.key} = {value}")
        say(f"      {spec.sentence} {_facts(spec)}")


def _facts(spec: Spec) -> str:
    unit = f" {spec.unit}" if spec.unit else ""
    default = _shown(spec.plain(spec.default))
    return f"({spec.allowed}{unit}; default {default})"


def _print(spec: Spec, value: object, *, as_json: bool) -> None:
    if as_json:
        print_json({spec.key: value})
    else:
        say(_shown(value))


def _shown(value: object) -> str:
    if isinstance(value, list) and value and isinstance(value[0], dict):
        return "\n".join(_folder(one) for one in value)
    return value if isinstance(value, str) and value else json.dumps(value, ensure_ascii=False)


def _folder(folder: dict[str, Any]) -> str:
    """Write a folder as a person thinks of it: its path, and what is special."""
    special = [] if folder["enabled"] else ["switched off"]
    special += [f"without {', '.join(folder['exclude'])}"] if folder["exclude"] else []
    path: str = folder["path"]
    return f"{path} ({'; '.join(special)})" if special else path
