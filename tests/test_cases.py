"""Golden cases: the Markdown files in `tests/cases` hold a command, what the author wrote, `^D`, what comes out.

`make accept` rewrites the expected halves; read that diff as carefully as code. What the command says on
standard error stands before its output. Our definitions, which are long, show as one line.
"""

from __future__ import annotations

import os
import re
import subprocess
from dataclasses import dataclass
from pathlib import Path

import pytest
from conftest import ROOT, TESTS

from fencepost.options import Options
from fencepost.theme import definitions

_CASE = re.compile(
    r"^(?P<fence>`{4,})\n% (?P<command>.*)\n(?P<input>(?:.*\n)*?)\^D\n(?P<output>(?:.*\n)*?)(?P=fence)$", re.MULTILINE
)
_DEFINITIONS = {
    "typst": definitions.typst_definitions, "latex": definitions.latex_definitions, "css": definitions.css_definitions,
}  # fmt: skip


@dataclass(frozen=True)
class Case:
    """One case: where it stands, the command, its input and what comes out."""

    file: Path
    line: int
    command: str
    input: str
    output: str
    span: tuple[int, int]


def read_cases(file: Path) -> list[Case]:
    """Find the cases of a file."""
    text = file.read_text(encoding="utf-8")
    return [
        Case(
            file,
            text.count("\n", 0, found.start()) + 1,
            *found.group("command", "input", "output"),
            found.span("output"),
        )
        for found in _CASE.finditer(text)
    ]


FILES = sorted((TESTS / "cases").glob("*.md"))
CASES = [case for file in FILES for case in read_cases(file)]


def shortened(text: str) -> str:
    """Put one line in the place of our definitions, and a name in the place of this machine's folders."""
    for name, write in _DEFINITIONS.items():
        text = text.replace(write(Options()).rstrip("\n"), f"(the definitions of `fencepost {name}`)")
    return text.replace(str(ROOT), "(checkout)")


def answer(case: Case, environment: dict[str, str], folder: Path) -> str:
    """Run a case's command in an empty folder."""
    path = os.pathsep.join([str(ROOT / "filters"), environment["PATH"]])
    done = subprocess.run(
        case.command, shell=True, cwd=folder, env={**environment, "PATH": path}, input=case.input.encode(),
        capture_output=True, timeout=60,
    )  # fmt: skip
    said = shortened(done.stderr.decode() + done.stdout.decode())
    return said if not said or said.endswith("\n") else said + "\n"


@pytest.mark.parametrize("case", CASES, ids=lambda case: f"{case.file.stem}:{case.line}")
def test_case(case: Case, environment: dict[str, str], tmp_path: Path) -> None:
    found = answer(case, environment, tmp_path)
    if os.environ.get("FENCEPOST_ACCEPT"):
        _accept(case, found)
    else:
        assert found == case.output


def _accept(case: Case, found: str) -> None:
    text = case.file.read_text(encoding="utf-8")
    same = (other for other in read_cases(case.file) if (other.command, other.input) == (case.command, case.input))
    start, end = next(same).span
    case.file.write_text(text[:start] + found + text[end:], encoding="utf-8")


def test_every_filter_has_cases() -> None:
    named = {case.command.split(".py")[0].rsplit(" ", 1)[-1] for case in CASES if ".py" in case.command}
    assert {file.stem for file in (ROOT / "filters").glob("*.py")} <= named
