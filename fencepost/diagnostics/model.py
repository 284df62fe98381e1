"""What Fencepost says to an author: one place in a post, one sentence, one way out.

The text form is `post.md:88:13: warning[fence-range]: line 12 is past the end (8 lines)`,
then the author's own line, a caret, and what to do.
"""

from __future__ import annotations

from functools import lru_cache
from typing import Any, NamedTuple


class Diagnostic(NamedTuple):
    """One finding.

    `line` counts from 1, `column` from 0 in code points of that line; both are None where the
    finding is about the whole file. `severity` is `error`, `warning` or `note`.
    """

    path: str
    line: int | None
    column: int | None
    severity: str
    code: str
    message: str
    help: str = ""

    def place(self) -> str:
        """Say `post.md:88:13`; the column a person reads counts from 1."""
        parts = [self.path]
        if self.line is not None:
            parts.append(str(self.line))
            if self.column is not None:
                parts.append(str(self.column + 1))
        return ":".join(parts)

    def text(self, source: str | None = None) -> str:
        """Write the finding for a terminal, with the author's line and a caret where `source` is at hand."""
        out = [f"{self.place()}: {self.severity}[{self.code}]: {self.message}"]
        out += self._excerpt(source)
        if self.help:
            out.append(f"  help: {self.help}")
        return "\n".join(out)

    def _excerpt(self, source: str | None, width: int = 96) -> list[str]:
        if source is None or self.line is None:
            return []
        lines = _lines(source)
        if not 0 < self.line <= len(lines):
            return []
        column = self.column or 0
        start = max(0, column - width // 2) if len(lines[self.line - 1]) > width else 0
        shown = lines[self.line - 1][start : start + width].replace("\t", " ")
        caret = [] if self.column is None else [f"  {' ' * (column - start)}^"]
        return [f"  {shown}", *caret]

    def as_dict(self) -> dict[str, Any]:
        """Give the finding as plain data, the shape `inspect` prints."""
        return self._asdict()


@lru_cache(maxsize=4)
def _lines(source: str) -> list[str]:
    return source.split("\n")


class FencepostError(Exception):
    """What stops a run. Carries the diagnostic that the author is shown."""

    def __init__(self, diagnostic: Diagnostic) -> None:
        super().__init__(diagnostic.message)
        self.diagnostic = diagnostic
