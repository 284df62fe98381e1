"""Rules of alerts and containers: unknown kinds, ends that do not come."""

from __future__ import annotations

import re
from collections.abc import Iterator

from fencepost.checks.model import Edit, Finding, Subject
from fencepost.diagnostics.nearest import nearest
from fencepost.markdown.containers.own import vocabulary
from fencepost.markdown.containers.types import WORDS
from fencepost.settings.dialect import dialect_of

_ALERT = re.compile(r"^[ \t>]*(?:(?:[-+*]|\d{1,9}[.)])[ \t]+)*>[ \t]*\[!([A-Za-z][\w-]*)\][ \t]*$", re.MULTILINE)
_COLONS = re.compile(r"^[ \t>]*(:{3,})[ \t]*(?:\{?\.?([A-Za-z][\w-]*)?.*)?$", re.MULTILINE)
# what documentation systems know beside alerts: VitePress, Docusaurus, Starlight, Quarto and pandoc
CONTAINERS = frozenset([
    "raw", "v-pre", "code-group", "tabs", "tab", "steps", "columns", "column", "card", "cards", "panel-tabset", "aside",
    "figure", "notes", "incremental",
])  # fmt: skip


def unknown_alerts(subject: Subject) -> Iterator[Finding]:
    """Find `> [!NOTES]`: GitHub and we print it as a quote that begins with these words."""
    known = vocabulary(subject.options).words
    for match in subject.prose(_ALERT):
        word = match[1]
        if word.lower() in known:
            continue
        near = nearest(word.lower(), known, 0.8).upper()
        help = f"did you mean `[!{near}]`?" if near else "known are " + ", ".join(name.upper() for name in known)
        edit = Edit(match.start(1), match.end(1), near) if near else None
        message = f"[!{word}] is no type of alert; it prints as a quote"
        yield Finding("warning", "alert-type", match.start(1) - 2, message, help, edit)


def containers(subject: Subject) -> Iterator[Finding]:
    """Find containers (`:::x`) whose kind nobody knows, those that are never closed, and ends without a beginning."""
    dialect = dialect_of(subject.options.alerts, subject.options.dialect)
    known = CONTAINERS | set(subject.options.alert_types) | set(WORDS[dialect][1] or WORDS["auto"][1])
    open_: list[tuple[re.Match[str], int]] = []
    for match in subject.prose(_COLONS):
        if match[2]:
            open_.append((match, len(match[1])))
            yield from _kind(match, known)
        elif open_:
            open_.pop()
        else:
            message = "this ends a container, and none is open"
            yield Finding("warning", "container-end", match.start(1), message, "remove it, or say `::: note` above")
    for match, _ in open_:
        message = f"the container `{match[1]} {match[2]}` is never closed"
        yield Finding("warning", "container-end", match.start(1), message, f"end it with a line of `{match[1]}`")


def _kind(match: re.Match[str], known: frozenset[str]) -> Iterator[Finding]:
    word = match[2].lower()
    if word not in known:
        near = nearest(word, known)
        help = f"did you mean `{near}`?" if near else "a container of your own prints as its words"
        yield Finding(
            "warning", "container-kind", match.start(2), f"nobody here knows the container `{match[2]}`", help
        )
