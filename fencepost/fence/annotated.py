"""Comments that number a line for the list below the code: `f(x)  # <1>` of Quarto, `f(x)  # (1)!` of MkDocs."""

from __future__ import annotations

import re

_BEGIN = r"[ \t]*(?:#|//|--|%|;+|!|/\*|<!--|\(\*|')[ \t]*"
_END = r"[ \t]*(?:\*/|-->|\*\))?[ \t]*\Z"
QUARTO = re.compile(rf"{_BEGIN}<([0-9]+(?:,[0-9]+)*)>{_END}")
MKDOCS = re.compile(rf"{_BEGIN}\(([0-9]+)\)!{_END}")
MKDOCS_ALL = re.compile(rf"{_BEGIN}\(([0-9]+)\)!?{_END}")  # where the block asks for it


def take(code: str, pattern: re.Pattern[str]) -> tuple[str, tuple[tuple[int, str], ...]]:
    """Take the numbers out of the code; gives the code that is left, and the lines they stood on.

    >>> take("f(x)  # <1>\\ng()", QUARTO)
    ('f(x)\\ng()', ((1, '1'),))
    """
    lines, labels = [], []
    for number, line in enumerate(code.split("\n"), 1):
        found = _last(pattern, line)
        lines.append(line[: found.start()] if found else line)
        labels += [(number, found[1].replace(",", ", "))] if found else []
    return "\n".join(lines), tuple(labels)


def _last(pattern: re.Pattern[str], line: str) -> re.Match[str] | None:
    """Find the number that ends a line; only lines that end like one are searched."""
    if not re.search(r"[>)!/*-][ \t]*\Z", line) or len(line) > 2_000:
        return None
    begin = max(line.rfind("<"), line.rfind("("), 0)
    return pattern.search(line, max(begin - 40, 0))
