"""What a filter may know beside its element: the target, the options, where to report.

`convert` hangs a `Context` on the panflute document; a filter that pandoc runs alone
makes one from what pandoc tells it.
"""

from __future__ import annotations

import re
from collections.abc import Sequence
from dataclasses import dataclass, field
from typing import TYPE_CHECKING, Any

from fencepost.diagnostics.model import Diagnostic
from fencepost.options import Options

if TYPE_CHECKING:
    from fencepost.markdown.locate import Places

# pandoc's writer        the kind of output our writers know
FAMILIES = {
    "html": "html", "html4": "html", "html5": "html", "chunkedhtml": "html",
    "revealjs": "html", "slidy": "html", "slideous": "html", "s5": "html", "dzslides": "html",
    "epub": "epub", "epub2": "epub", "epub3": "epub",
    "typst": "typst",
    "latex": "latex", "beamer": "latex",
    "docx": "docx", "odt": "odt",
}  # fmt: skip


# the scheme of a link to another post of the same book, until the book is joined
CHAPTER = "fencepost-chapter:"

# writers whose output is Markdown again
MARKDOWN = frozenset(
    ["gfm", "commonmark_x", "commonmark", "markdown", "markdown_github", "markdown_mmd", "markdown_strict", "markua"]
)


@dataclass(slots=True)
class Context:
    """One document on its way to one target (`inspect` uses the target `json`)."""

    target: str = "html"
    path: str = "<stdin>"
    options: Options = field(default_factory=Options)
    source: str | None = None
    diagnostics: list[Diagnostic] = field(default_factory=list)
    used: set[str] = field(default_factory=set)  # definitions the output needs: "alert", "code", "note", "figure"
    memo: dict[str, Any] = field(default_factory=dict)  # what one filter remembers from element to element
    _said: set[Any] = field(default_factory=set)
    places: Places | None = None  # where elements stand, to the character, where that can be asked

    @property
    def family(self) -> str:
        """Say `html`, `epub`, `typst`, `latex`, `docx`, `odt`, or `plain` for every other target."""
        return FAMILIES.get(self.target, "plain")

    def place_of(self, text: str | re.Pattern[str]) -> tuple[int | None, int | None]:
        """Find where the author wrote something: line from 1, column from 0; (None, None) where it is not found."""
        pattern = re.compile(re.escape(text)) if isinstance(text, str) else text
        found = pattern.search(self.source) if self.source and pattern.pattern else None
        if found is None or self.source is None:
            return None, None
        return self.source.count("\n", 0, found.start()) + 1, found.start() - (
            self.source.rfind("\n", 0, found.start()) + 1
        )

    def report_at(self, kind: str, name: str, severity: str, code: str, message: str, *, help: str = "") -> None:
        """Add a diagnostic at every place where elements of a kind name something (`Places.named`); once a name."""
        if (kind, name, code, message) in self._said:
            return
        self._said.add((kind, name, code, message))
        for line, column in self.places_of(kind, name):
            self.report(severity, code, message, line=line, column=column, help=help)

    def places_of(self, kind: str, name: str) -> Sequence[tuple[int | None, int | None]]:
        """Find every place where elements of a kind name something; where none does, the first where it is written."""
        return (self.places.named(kind, name) if self.places else []) or [self.place_of(name)]

    def place_in(self, pattern: re.Pattern[str], *kinds: str) -> tuple[int | None, int | None]:
        """Find where a pattern first matches inside elements of some kinds; anywhere, where elements have no places."""
        return (self.places.search(pattern, *kinds) if self.places else None) or self.place_of(pattern)

    def report(
        self,
        severity: str,
        code: str,
        message: str,
        *,
        line: int | None = None,
        column: int | None = None,
        help: str = "",
    ) -> None:
        """Add a diagnostic, once: the same words at the same place are said once, whatever the number of targets."""
        found = Diagnostic(self.path, line, column, severity, code, message, help)
        if found not in self._said:
            self._said.add(found)
            self.diagnostics.append(found)


def context_of(doc: Any) -> Context:
    """Find the context of a panflute document; make and keep one when there is none."""
    found = getattr(doc, "fencepost", None)
    if found is None:
        found = doc.fencepost = Context(
            target=str(getattr(doc, "format", "html") or "html").split("+")[0].split("-")[0]
        )
    return found
