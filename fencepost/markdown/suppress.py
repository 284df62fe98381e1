"""Comments that switch diagnostics off: `<!-- fencepost-ignore code -->` for the next line.

`fencepost-ignore-file` does so for the post. In front matter, a line of YAML `# fencepost-ignore code` does the same.
Before a fence it holds for the whole block.
"""

from __future__ import annotations

import re
from collections.abc import Iterable

from fencepost.diagnostics.model import Diagnostic
from fencepost.markdown import blocks

_COMMENT = re.compile(
    r"(?:<!--|^[ \t]*#)[ \t]*fencepost-ignore(?P<file>-file)?[ \t]+(?P<codes>[a-z][a-z, \t-]*)(?:-->|$)", re.M
)
Ignored = list[tuple[str, range]]


def ignored(source: str) -> Ignored:
    """List what a post switches off: a code, and the lines (from 1) for which it does."""
    if "fencepost-ignore" not in source:
        return []
    lines = source.split("\n")
    kinds = blocks.scan(lines)
    found: Ignored = []
    line, at = 1, 0
    for match in _COMMENT.finditer(source):
        line, at = line + source.count("\n", at, match.start()), match.start()
        held = range(len(lines) + 1) if match["file"] else range(line, _end(lines, kinds, line))
        found += [(code, held) for code in re.split(r"[,\s]+", match["codes"].rstrip(", \t-")) if code]
    return found


def _end(lines: list[str], kinds: list[blocks.Line], line: int) -> int:
    """Say behind which line a comment on a line ends to hold: the next that is not blank; a fence as a whole."""
    at = next((number for number in range(line, len(lines)) if lines[number].strip()), line)
    return (blocks.block_end(kinds, at) if at < len(lines) else at) + 2


def heeded(found: Iterable[Diagnostic], source: str) -> list[Diagnostic]:
    """Leave out what the post switches off; errors are never."""
    off = ignored(source)
    return [item for item in found if item.severity == "error" or not _is_off(item, off)]


def _is_off(item: Diagnostic, off: Ignored) -> bool:
    return any(item.code == code and (item.line or 0) in lines for code, lines in off)
