"""The chapters as one document: each is rewritten by itself, with its own options, notes and images, then joined."""

from __future__ import annotations

import copy
from collections.abc import Iterator
from dataclasses import dataclass, field, replace
from typing import Any

from fencepost.book import pages
from fencepost.book.chapters import Chapter
from fencepost.book.ids import lead, shift
from fencepost.book.links import Atlas, arrive, mark
from fencepost.book.plan import Plan
from fencepost.filters import sections
from fencepost.locales.words import labels
from fencepost.markdown.slugs import Slugger
from fencepost.pandoc import tree
from fencepost.pandoc.metadata import meta_node, raw_meta
from fencepost.pandoc.tree import Document, Node
from fencepost.post.model import Parsed, context_for
from fencepost.writers import book as write
from fencepost.writers.escape import typst as literal

# format: the level of the highest heading under the book's title
TOP = {"html": 2, "pdf": 1, "epub": 1}
FAMILY = {"html": "html", "pdf": "typst", "epub": "epub"}


@dataclass(slots=True)
class Book(Parsed):
    """A book ready to be written: `post` stands for it and has its metadata and options, `chapters` are its posts."""

    plan: Plan = field(kw_only=True)
    chapters: list[Chapter] = field(kw_only=True)
    atlas: Atlas = field(kw_only=True)

    @property
    def sources(self) -> list[Parsed]:
        """List the posts that it is made of."""
        return [chapter.parsed for chapter in self.chapters]

    @property
    def kind(self) -> str:
        """Say what it is, in schema.org's word."""
        return "Book"

    @property
    def has_parts(self) -> bool:
        """Say whether the chapters stand in parts."""
        return any(chapter.part for chapter in self.chapters)

    def chapter_level(self, target: str) -> int:
        """Give the level of the chapters' headings in a format."""
        return TOP[target] + self.has_parts

    def rewritten(self, target: Any) -> Document:
        """Join the chapters, each rewritten for the target, with the book's own pages."""
        name, family = target.name, FAMILY[target.name]
        is_epub = family == "epub"
        blocks: list[Node] = []
        last_part = ""
        parts = Slugger()
        for chapter in self.chapters:
            if chapter.part != last_part:
                last_part = chapter.part
                identifier = "part." + parts.unique(last_part)
                blocks.append(write.heading(TOP[name], identifier, "part", tree.plain(last_part), epub=is_epub))
            blocks += self._chapter(chapter, target)
        arrive(blocks, family)
        entries = pages.index_entries(self.chapters) if self.plan.index else []
        if entries:
            title = tree.plain(labels(self.plan.meta.lang)["index"])
            blocks += [
                *pages.back_to(self.plan, family),
                write.heading(TOP[name], "index", "index", title, epub=is_epub),
            ]
            blocks += write.INDEXES[family](entries)
        return {"pandoc-api-version": _api(self.chapters), "meta": {}, "blocks": self._with_imprint(blocks, name)}

    def _with_imprint(self, blocks: list[Node], name: str) -> list[Node]:
        """Put the imprint where a reader of the format looks for it; print has a page of its own."""
        if name == "pdf":
            return blocks
        title = tree.plain(labels(self.plan.meta.lang)["imprint"])
        head = write.heading(TOP[name], "imprint", "copyright-page", title, epub=name == "epub")
        imprint = [head, *write.IMPRINTS[FAMILY[name]](pages.imprint(self.plan, self.chapters))]
        return imprint + blocks if name == "epub" else blocks + imprint

    def alone(self) -> Iterator[tuple[str, Book]]:
        """Give each chapter as a book of its own, with the post's path: which of them is at fault?"""
        for chapter in self.chapters:
            yield chapter.post.path, replace(self, chapters=[chapter])

    def _numbered(self, chapter: Chapter, blocks: list[Node], title: list[Node]) -> list[Node]:
        """Number a chapter whose headings are numbered, and lead their numbers by its own; gives the title."""
        if not chapter.post.options.number_sections:
            return title
        mine = [one.id for one in self.chapters if one.post.options.number_sections].index(chapter.id) + 1
        sections.lead_by(blocks, mine)
        return sections.numbered(title, [mine])

    def _chapter(self, chapter: Chapter, target: Any) -> list[Node]:
        family, level = FAMILY[target.name], self.chapter_level(target.name)
        document = tree.load(chapter.parsed.data)
        blocks = document["blocks"]
        shift(blocks, level + 1)
        title: list[Node] = copy.deepcopy(chapter.parsed.title) or tree.plain(chapter.title)
        title = self._numbered(chapter, blocks, title)
        is_foreign = chapter.meta.lang != self.plan.meta.lang
        lang = chapter.meta.lang if is_foreign else ""
        head = write.heading(level, "", "chapter", title, lang, epub=family == "epub")
        blocks.insert(0, head)
        context = context_for(chapter.parsed, target.name)
        context.notes_level = level + 1
        context.notes_of = chapter.title
        mark(document, chapter, self.atlas, context)
        target.of(chapter.post).rewrite(document, context, replace(chapter.parsed, title=title))
        lead(document, chapter.id)
        head["c"][1][0] = chapter.id
        behind = next(index for index, block in enumerate(blocks, 1) if block is head)
        behind += family == "typst" and blocks[behind : behind + 1] == [write.END_OF_NOTED]
        blocks[behind:behind] = write.OPENINGS[family](pages.opening(chapter))
        return pages.framed(blocks, chapter, family, is_foreign=is_foreign)

    def variables(self, target: str) -> dict[str, Node]:
        """Give what the templates are told of a book."""
        if target != "pdf":
            return {"book": meta_node(True)}
        lines = write.typst_imprint(pages.imprint(self.plan, self.chapters))
        said = {
            "level": str(self.chapter_level(target)),
            "depth": str(self.post.options.toc_depth if self.post.options.toc else 0),
            "see": literal(labels(self.plan.meta.lang)["see"]),
            "publisher": literal(self.plan.publisher),
            "imprint": lines,
        }
        return {"book": raw_meta("typst", f"#let fp-book = ({', '.join(f'{key}: {said[key]}' for key in said)})")}


def _api(chapters: list[Chapter]) -> list[int]:
    api: list[int] = tree.load(chapters[0].parsed.data)["pandoc-api-version"]
    return api


def for_target(book: Book, target: str) -> Book:
    """Give the book with the options that a format needs: the contents count levels from the highest heading."""
    options = book.post.options
    deep = TOP[target] - 1 + book.has_parts + options.toc_depth
    return replace(book, post=replace(book.post, options=replace(options, toc_depth=deep)))
