"""The oldest releases that pyproject.toml allows: none of them has a fault that a public advisory names."""

from __future__ import annotations

import re
import sys

import pytest
from conftest import ROOT, TESTS
from packaging.version import Version

if sys.version_info >= (3, 11):
    import tomllib
else:
    import tomli as tomllib

ADVISORIES = tomllib.loads((TESTS / "advisories.toml").read_text(encoding="utf-8"))["advisory"]
PROJECT = tomllib.loads((ROOT / "pyproject.toml").read_text(encoding="utf-8"))["project"]
ALLOWED = [*PROJECT["dependencies"], *(row for rows in PROJECT["optional-dependencies"].values() for row in rows)]
FLOORS = {
    match[1].lower(): Version(match[2])
    for row in ALLOWED
    if (match := re.match(r"([\w-]+)(?:\[[^]]*\])?>=([\w.]+)", row))
}


def test_every_dependency_has_a_floor() -> None:
    without = [row for row in ALLOWED if re.match(r"[\w-]+", row)[0].lower() not in FLOORS]  # type: ignore[index]
    assert without == []


@pytest.mark.parametrize("advisory", ADVISORIES, ids=lambda advisory: advisory["id"])
def test_floors_are_above_known_advisories(advisory: dict[str, str]) -> None:
    assert FLOORS[advisory["package"].lower()] >= Version(advisory["fixed"]), advisory["fault"]
