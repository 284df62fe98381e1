"""Findings as they are printed: for people and editors, for programs (`json`), for GitHub's pages (`github`)."""

from __future__ import annotations

import json
from collections.abc import Callable

from fencepost.diagnostics.model import Diagnostic

GITHUB = {"note": "notice"}  # its word for a severity where it is not ours


def text(found: list[tuple[Diagnostic, bool]], sources: dict[str, str]) -> str:
    """Write `file:line:column: severity[code]: message`, the line, a caret and what helps."""
    return "\n".join(item.text(sources.get(item.path)) for item, _ in found)


def as_json(found: list[tuple[Diagnostic, bool]], _sources: dict[str, str]) -> str:
    """Write a list of objects; columns count from 0 as in `inspect`, `fixable` says whether --fix would act."""
    return json.dumps([item.as_dict() | {"fixable": fixable} for item, fixable in found], indent=1, default=str)


def github(found: list[tuple[Diagnostic, bool]], _sources: dict[str, str]) -> str:
    """Write workflow commands, which GitHub shows beside the lines of a pull request."""
    return "\n".join(_command(item) for item, _ in found)


def _command(item: Diagnostic) -> str:
    place = {"file": item.path, "line": item.line, "col": None if item.column is None else item.column + 1}
    properties = {**place, "title": item.code}
    written = ",".join(
        f"{name}={_escaped(str(value), ':,')}" for name, value in properties.items() if value is not None
    )
    message = item.message + (f"\n{item.help}" if item.help else "")
    return f"::{GITHUB.get(item.severity, item.severity)} {written}::{_escaped(message)}"


def _escaped(text: str, more: str = "") -> str:
    """Escape as the toolkit of GitHub Actions does: the percent sign first."""
    for char in "%\r\n" + more:
        text = text.replace(char, f"%{ord(char):02X}")
    return text


FORMATS: dict[str, Callable[[list[tuple[Diagnostic, bool]], dict[str, str]], str]] = {
    "text": text,
    "json": as_json,
    "github": github,
}
