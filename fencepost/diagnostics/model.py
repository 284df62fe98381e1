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
    """What stops a run. `diagnostic` is what the author is shown.

    Its code chooses the class that is raised, so that a caller need not compare codes:

        FencepostError
        ├── InputError        the post or book plan: not there, empty, not text, front matter that cannot be read
        ├── OptionError       an option, its value, the configuration, a theme, a template, a style sheet, a font
        ├── LimitError        a limit of time, memory or size was reached
        ├── EngineError       pandoc, Typst or another program is missing, too old, or failed
        │   └── StandardNotMetError   the PDF does not meet the standard that was asked for
        └── OutputError       an output cannot be written
    """

    diagnostic: Diagnostic

    def __new__(cls, *given: Any) -> FencepostError:
        """Make an instance of the class that the diagnostic's code belongs to."""
        return super().__new__(_class_of(given[0].code) if cls is FencepostError else cls, *given)

    def __init__(self, diagnostic: Diagnostic) -> None:
        super().__init__(diagnostic.message)
        self.diagnostic = diagnostic

    def __reduce__(self) -> tuple[type[FencepostError], tuple[Diagnostic]]:
        """Pickle whole: what is raised in another process arrives with its diagnostic."""
        return FencepostError, (self.diagnostic,)

    def __str__(self) -> str:
        return self.diagnostic.text()


class InputError(FencepostError):
    """The post, or the plan of a book, cannot be read."""


class OptionError(FencepostError):
    """An option is unknown, its value is wrong, or a file that it names cannot be used."""


class LimitError(FencepostError):
    """A limit of time, memory or size was reached."""


class EngineError(FencepostError):
    """Pandoc, Typst or another program is missing, too old, or failed."""


class StandardNotMetError(EngineError):
    """The PDF does not meet the standard that was asked for."""


class OutputError(FencepostError):
    """An output cannot be written."""


# the code of a diagnostic, or the beginning of several: the class of its error
CLASSES: dict[str, type[FencepostError]] = {
    "input": InputError, "encoding": InputError, "front-matter": InputError, "filter-input": InputError,
    "book": InputError,
    "front-matter-option": OptionError, "option": OptionError, "config": OptionError, "css": OptionError,
    "format": OptionError, "font": OptionError, "images": OptionError, "paper": OptionError,
    "print-font": OptionError, "user-filter": OptionError, "template": OptionError, "theme": OptionError,
    "limit": LimitError, "pandoc-memory": LimitError, "pandoc-time": LimitError, "pdf-timeout": LimitError,
    "pandoc": EngineError, "filter-version": EngineError, "engine": EngineError, "pdf": EngineError,
    "untrusted-failure": EngineError, "pdf-standard": StandardNotMetError,
    "output": OutputError,
}  # fmt: skip


def _class_of(code: str) -> type[FencepostError]:
    parts = code.split("-")
    names = ("-".join(parts[:count]) for count in range(len(parts), 0, -1))
    return next((CLASSES[name] for name in names if name in CLASSES), FencepostError)
