"""docs/dependencies.md names each dependency with its licence and purpose, and nothing else."""

import re
import tomllib
from importlib import metadata
from pathlib import Path

import pytest

ROOT = Path(__file__).parents[2]
ROW = re.compile(r"^\| (\w[\w-]+) \| ([\w. -]+) \| (\S.*) \|$", re.MULTILINE)
ELSEWHERE = {"windows-toasts", "desktop-notifier"}  # installed on other systems only
FAMILIES = {"Apache": "Apache", "BSD": "BSD", "MIT": "MIT", "MPL": "Mozilla", "LGPL": "LGPL"}


def listed():
    rows = ROW.findall((ROOT / "docs" / "dependencies.md").read_text())
    return {name: (licence, purpose) for name, licence, purpose in rows if name != "Package"}


def wanted():
    project = tomllib.loads((ROOT / "pyproject.toml").read_text())["project"]
    lines = [*project["dependencies"], *project["optional-dependencies"]["demo"]]
    return [re.match(r"[\w-]+", line)[0] for line in lines]


def told_by(name):
    """What an installed package says of its licence."""
    data = metadata.metadata(name)
    kinds = [line for line in data.get_all("Classifier") or [] if line.startswith("License")]
    return " ".join([data.get("License-Expression") or "", data.get("License") or "", *kinds])


def test_each_dependency_is_listed_once_in_the_order_of_the_project():
    assert list(listed()) == list(dict.fromkeys(wanted()))


@pytest.mark.parametrize("name", sorted(set(wanted()) - ELSEWHERE))
def test_the_licence_is_what_the_package_says(name):
    licence, purpose = listed()[name]
    assert len(purpose) > 10
    try:
        told = told_by(name)
    except metadata.PackageNotFoundError:
        pytest.skip(f"{name} is not installed on this system")
    family = licence.partition("-")[0]
    assert family in told or FAMILIES[family] in told, told
