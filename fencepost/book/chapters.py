"""The chapters: posts that were read, in the order of the book, each with an id of its own and in its part."""

from __future__ import annotations

import re
from dataclasses import dataclass, replace
from datetime import date
from pathlib import Path

from fencepost.book.plan import Item, Plan
from fencepost.diagnostics.model import Diagnostic, FencepostError
from fencepost.frontmatter.reading import Metadata
from fencepost.locales.words import labels
from fencepost.markdown.slugs import Slugger
from fencepost.pandoc import tree
from fencepost.post.model import Parsed, Post
from fencepost.post.parse import parse
from fencepost.post.settle import settle
from fencepost.post.start import Begun, begin
from fencepost.settings.outputs import stem_of
from fencepost.settings.run import Settings

RESERVED = ("imprint", "index", "part")  # ids of the book's own pages
_DATED = re.compile(r"\d{4}-\d\d?-\d\d?-")  # Jekyll's file names


@dataclass(frozen=True, slots=True)
class Chapter:
    """A post as a chapter. `id` has no dot; ids inside it become `id.theirs`. `part` is empty where there is none."""

    parsed: Parsed
    id: str
    part: str = ""

    @property
    def post(self) -> Post:
        """Give the post."""
        return self.parsed.post

    @property
    def meta(self) -> Metadata:
        """Give what the post says about itself."""
        return self.parsed.post.meta

    @property
    def title(self) -> str:
        """Give the title as plain text; a post without one is called by its file."""
        return tree.text_of(self.parsed.title) or self.meta.title or stem_of(Path(self.post.path))


def read_chapters(plan: Plan, settings: Settings) -> tuple[list[Chapter], list[FencepostError]]:
    """Read every post of a book and put them in order; what went wrong with one comes along, a fault a post."""
    read: list[tuple[Item, Parsed]] = []
    faults: list[FencepostError] = []
    ahead: Begun | FencepostError | None = None
    for index, item in enumerate(plan.items):
        begun = ahead or _begun(item, settings)
        ahead = _begun(plan.items[index + 1], settings) if index + 1 < len(plan.items) else None
        try:
            read.append((item, _parsed(begun, settings)))
        except FencepostError as fault:
            faults.append(fault)
    return _with_ids(_ordered(plan, read)), faults


def _begun(item: Item, settings: Settings) -> Begun | FencepostError:
    try:
        return begin(item.path, settings)
    except FencepostError as fault:
        return fault


def _parsed(begun: Begun | FencepostError, settings: Settings) -> Parsed:
    if isinstance(begun, FencepostError):
        raise begun
    return parse(settle(begun, settings))


def _ordered(plan: Plan, read: list[tuple[Item, Parsed]]) -> list[tuple[Item, Parsed]]:
    """Sort as the plan says; posts that say nothing of it come last, in the order given."""
    if plan.order == "date":
        for _, parsed in read:
            _report_undated(parsed)
        return sorted(read, key=lambda pair: _day(pair[1].post.meta) or date.max)
    if plan.order == "series":
        names = list(dict.fromkeys(name for _, parsed in read if (name := _series(parsed.post.meta)[0])))
        return sorted(read, key=lambda pair: _series_key(pair[1].post.meta, names))
    return read


def _report_undated(parsed: Parsed) -> None:
    post = parsed.post
    if post.meta.date is None:
        said = "the post has no date, and so comes last"
        post.diagnostics.append(Diagnostic(post.path, None, None, "warning", "book-order", said, "add `date:`"))


def _day(meta: Metadata) -> date | None:
    return meta.date.day if meta.date else None


def _series_key(meta: Metadata, names: list[str]) -> tuple[int, float, date]:
    name, number = _series(meta)
    return (names.index(name) if name else len(names)), number, _day(meta) or date.max


def _series(meta: Metadata) -> tuple[str, float]:
    """Read the series a post belongs to, and its number there: `series: {name, order}`, or `series` and `series_order`.

    >>> from fencepost.frontmatter.reading import read
    >>> _series(read("series: Typst\\nseries_order: 2"))
    ('Typst', 2.0)
    """
    said = meta.extra.get("series")
    inside = said if isinstance(said, dict) else {}
    name = inside.get("name") or inside.get("title") or ("" if inside else said)
    name = name[0] if isinstance(name, list) and name else name
    numbers = [inside.get(key) for key in ("order", "part", "number", "index")]
    numbers += [meta.extra.get(key) for key in ("series_order", "series-order", "part", "weight")]
    number = next((float(str(text)) for text in numbers if re.fullmatch(r"\d+(\.\d+)?", str(text))), float("inf"))
    return str(name or ""), number


def _with_ids(read: list[tuple[Item, Parsed]]) -> list[Chapter]:
    slugger = Slugger()
    for name in RESERVED:
        slugger.unique(name)
    return [Chapter(parsed, slugger.unique(_name(Chapter(parsed, ""))), item.part) for item, parsed in read]


def _name(chapter: Chapter) -> str:
    """Name a chapter for its id, which begins with a letter: by its slug, else its file."""
    name = chapter.meta.slug.strip("/").rsplit("/", 1)[-1] or _DATED.sub("", stem_of(Path(chapter.post.path)))
    return name if name[:1].isalpha() else f"chapter-{name}"


def in_parts(plan: Plan, chapters: list[Chapter]) -> list[Chapter]:
    """Bring chapters of one category together, where the plan says so; parts go by their first chapter."""
    if plan.parts != "category":
        return chapters
    other = labels(plan.meta.lang)["other"]
    chapters = [replace(chapter, part=(chapter.meta.categories or (other,))[0]) for chapter in chapters]
    parts = list(dict.fromkeys(chapter.part for chapter in chapters))
    if other in parts:
        parts.append(parts.pop(parts.index(other)))
    return sorted(chapters, key=lambda chapter: parts.index(chapter.part))
