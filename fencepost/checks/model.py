"""What a rule is given and what it answers: a subject, findings, and edits that put them right."""

from __future__ import annotations

import re
from collections.abc import Callable, Iterable, Iterator
from dataclasses import dataclass, field
from pathlib import Path

from fencepost.diagnostics.model import Diagnostic
from fencepost.diagnostics.nearest import MOST_ASKED
from fencepost.frontmatter.reading import Metadata
from fencepost.markdown.locate import Places
from fencepost.options import Options


@dataclass(frozen=True, slots=True)
class Edit:
    """What is to stand in the place of a part of the text; offsets, the end exclusive."""

    start: int
    end: int
    text: str


@dataclass(frozen=True, slots=True)
class Finding:
    """One thing that a rule found. `offset` is where in the text; `edit` is there where one answer alone is right."""

    severity: str
    code: str
    offset: int
    message: str
    help: str = ""
    edit: Edit | None = None


@dataclass
class Subject:
    """A post as the rules see it. `source` is the author's text with line feeds, `folder` what its paths start from."""

    path: str
    folder: Path
    source: str
    places: Places
    meta: Metadata = field(default_factory=Metadata)
    options: Options = field(default_factory=Options)
    compared: int = 0  # names, with those that were meant

    def may_compare(self) -> bool:
        """Count one more name to look for among its like; no after as many as a person gets wrong."""
        self.compared += 1
        return self.compared <= MOST_ASKED

    def diagnostic(self, found: Finding) -> Diagnostic:
        """Give a finding its line and column."""
        line, column = self.places.place(found.offset)
        return Diagnostic(self.path, line, column, found.severity, found.code, found.message, found.help)

    @property
    def body(self) -> int:
        """Say at which offset the body begins, behind the front matter."""
        return self.places.body

    def is_verbatim(self, offset: int) -> bool:
        """Say whether a place is in code, a formula, raw HTML or the front matter."""
        return self.places.is_inside(offset)

    def prose(self, pattern: re.Pattern[str]) -> Iterator[re.Match[str]]:
        """Walk the matches of a pattern whose first group is Markdown."""
        return self.places.prose(pattern)


Rule = Callable[[Subject], Iterable[Finding]]
