"""What a filter may know beside its element: the target, the options, where to report.

`convert` hangs a `Context` on the panflute document; a filter that pandoc runs alone
makes one from what pandoc tells it.
"""

from __future__ import annotations

import re
from collections import Counter
from collections.abc import Callable, Sequence
from dataclasses import dataclass, field
from functools import cached_property
from pathlib import Path
from typing import TYPE_CHECKING, Any

from fencepost.diagnostics.model import Diagnostic
from fencepost.options import Options

if TYPE_CHECKING:
    from fencepost.filters.addresses import Place
    from fencepost.frontmatter.reading import Metadata
    from fencepost.markdown.containers.types import Kind
    from fencepost.markdown.locate import Places
    from fencepost.markdown.sought import Sought

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


def _nothing(_address: str) -> list[str]:
    return []


@dataclass
class Context:
    """One document on its way to one target (`inspect` uses the target `json`)."""

    target: str = "html"
    path: str = "<stdin>"
    options: Options = field(default_factory=Options)
    source: str | None = None
    diagnostics: list[Diagnostic] = field(default_factory=list)
    used: set[str] = field(default_factory=set)  # definitions the output needs: "alert", "code", "note", "figure"
    places: Places | None = None  # where elements stand, to the character, where that can be asked
    lang: str = "en"
    notes_level: int = 0  # of the heading above notes, where a book says so; 0 where nothing does
    notes_of: str = ""  # the chapter whose notes these are
    note_previews: bool = False  # notes show beside their number
    notes_are_pandocs: bool = False  # its writer places them: the output is cut into slides or pages
    code_is_ours: bool = True  # blocks of code without meta are written by us too
    heading_links: bool = False  # headings link to themselves
    metadata: Metadata | None = None  # of the post, for filters of a user's own
    folder: Path = Path()  # what the post's paths start from
    canonical: str = ""  # the post's own address on the web
    has_title: bool = True  # the output shows one above the text
    links_from: Place | None = None  # where links start, and where they may lead
    place_image: Callable[[str], str] = str  # an image's address: what the output refers to; raises ImageError
    left_out: Callable[[str], list[str]] = _nothing  # a drawing's address: pictures that it shows and does not hold
    refused_formulas: frozenset[str] = frozenset()  # in TeX, that Typst cannot set
    data: bytes | None = None  # the tree as it came, as JSON, where that is known
    abbreviations: dict[str, str] = field(default_factory=dict)  # that the post defines
    given_ids: set[int] = field(default_factory=set)  # headings (by `id()`) that have an id of their author's
    renamed: dict[str, str] = field(default_factory=dict)  # pandoc's ids of headings, and ours in their place
    title: list[Any] = field(default_factory=list)  # of the post, as inlines
    minutes: float = 0.0  # that the post takes to read
    lost_ids: frozenset[str] = frozenset()  # that Typst has not found, or twice
    written_ids: set[str] = field(default_factory=set)  # ids that renderers wrote and links may lead to
    tints: dict[str, str] = field(default_factory=dict)  # the tint of each mark's id
    steps: int = 3_000_000  # that the patterns of all its blocks may still take, some seconds
    counts: Counter[str] = field(default_factory=Counter)  # how many of a thing there were so far
    _said: set[Any] = field(default_factory=set)

    @cached_property
    def constructs(self) -> frozenset[str]:
        """Name the small constructs that the dialect has."""
        from fencepost.settings.dialect import constructs_of

        return constructs_of(self.options)

    def may_have(self, *kinds: str) -> bool:
        """Say whether nodes of one of some kinds may be in the tree: no only where the tree that came had none."""
        return self.data is None or any(f'"t":"{kind}"'.encode() in self.data for kind in kinds)

    @property
    def words(self) -> dict[str, str]:
        """Give the printed words of the post's language, by name."""
        from fencepost.locales.words import labels

        return labels(self.lang)

    @cached_property
    def lines(self) -> list[str]:
        """Give the author's text in lines; the first is line 1."""
        return re.split(r"\r\n|\n|\r", self.source or "")

    @cached_property
    def alert_kinds(self) -> dict[str, Kind]:
        """Give the kinds of alerts that the site has, by name."""
        from fencepost.markdown.containers.own import vocabulary

        return vocabulary(self.options).kinds

    def number(self, thing: str) -> int:
        """Count one more of a thing (`figure`, `alert`, `group`): gives its number, from 1."""
        self.counts[thing] += 1
        return self.counts[thing]

    def is_first(self, *thing: Any) -> bool:
        """Say whether this is asked for the first time of a thing: what is said once asks here before."""
        if thing in self._said:
            return False
        self._said.add(thing)
        return True

    @property
    def family(self) -> str:
        """Say `html`, `epub`, `typst`, `latex`, `docx`, `odt`, or `plain` for every other target."""
        return FAMILIES.get(self.target, "plain")

    def place_of(self, text: str | re.Pattern[str]) -> tuple[int | None, int | None]:
        """Find where the author wrote something: line from 1, column from 0; (None, None) where it is not found."""
        if not self.source:
            return None, None
        if isinstance(text, str):
            start = self.sought.first(text)
        else:
            found = text.search(self.source) if text.pattern else None
            start = found.start() if found else None
        return (None, None) if start is None else self.sought.place(start)

    @cached_property
    def sought(self) -> Sought:
        """Give the author's text, to look for words in."""
        from fencepost.markdown.sought import Sought

        return Sought(self.source or "")

    def place_of_tag(self, sign: str) -> tuple[int | None, int | None]:
        """Find where a tag (`<name`) or a handler (`onname`), in lower case, first stands in raw HTML, or anywhere."""
        return (self.places.tag(sign) if self.places else None) or self.place_of(sign)

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
