"""The book's own pages, as facts: what stands under a chapter's title, in the imprint and in the index."""

from __future__ import annotations

from fencepost.book.chapters import Chapter
from fencepost.book.plan import Plan
from fencepost.frontmatter.reading import Metadata
from fencepost.locales.dates import display_date
from fencepost.locales.direction import direction
from fencepost.locales.words import labels
from fencepost.pandoc.tree import Node
from fencepost.writers import escape
from fencepost.writers.book import Entry, Line, Opening, typst_notes
from fencepost.writers.note import raw_block


def opening(chapter: Chapter) -> Opening:
    """Collect what a chapter says about itself: each has its own author and date."""
    meta, known = chapter.meta, labels(chapter.meta.lang)
    facts = [known["draft"] if meta.draft else "", names(meta)]
    facts.append(display_date(meta.date.day, meta.lang) if meta.date else "")
    facts.append(f"{known['updated']} {display_date(meta.updated.day, meta.lang)}" if meta.updated else "")
    return Opening(meta.subtitle, meta.description, tuple(filter(None, facts)), meta.lang, direction(meta.lang))


def names(meta: Metadata) -> str:
    """Join the names of the authors."""
    return ", ".join(author.name for author in meta.authors)


def framed(blocks: list[Node], chapter: Chapter, family: str, *, is_foreign: bool) -> list[Node]:
    """Set a chapter off from its neighbours, in each family's way; one in another language says so."""
    if family == "typst":
        return [typst_notes(chapter.id), *blocks]
    if family != "html":  # an EPUB's chapter is a file
        return blocks
    way = direction(chapter.meta.lang)
    lang = f' lang="{escape.html(chapter.meta.lang)}"' + (f' dir="{way}"' if way else "") if is_foreign else ""
    start = f'<section class="chapter"{lang} aria-labelledby="{escape.html(chapter.id)}">'
    return [raw_block("html", start), *blocks, raw_block("html", "</section>")]


def back_to(plan: Plan, family: str) -> list[Node]:
    """Return to the language of the book, behind the last chapter."""
    if family != "typst":
        return []
    return [raw_block("typst", f"#set text(lang: {escape.typst(plan.meta.lang.split('-')[0].lower())}, dir: auto)")]


def imprint(plan: Plan, chapters: list[Chapter]) -> list[Line]:
    """Collect the imprint: whose the book is, under which licence, of which day, and where its posts appeared."""
    said, meta = labels(plan.meta.lang), plan.meta
    year = f"{meta.date.day.year} " if meta.date else ""
    lines = [Line("", plan.rights or (f"© {year}{names(meta)}" if meta.authors else ""))]
    if plan.licence[0]:
        lines.append(Line(said["licence"], *plan.licence))
    if meta.date:
        lines.append(Line(said["published"], display_date(meta.date.day, meta.lang)))
    lines.append(Line("", plan.publisher))
    for chapter in chapters:
        if chapter.meta.canonical:
            lines.append(Line(said["first"], chapter.meta.canonical, chapter.meta.canonical))
    return [line for line in lines if line.text]


def index_entries(chapters: list[Chapter]) -> list[Entry]:
    """List the tags of all posts by name, each with its chapters in the order of the book."""
    found: dict[str, dict[str, str]] = {}  # tag → id → title
    shown: dict[str, str] = {}  # `Python` and `python` are one entry
    for chapter in chapters:
        for tag in chapter.meta.tags:
            key = shown.setdefault(tag.casefold(), tag)
            found.setdefault(key, {})[chapter.id] = chapter.title
    order = sorted(found, key=lambda tag: (tag.casefold().lstrip("#."), tag))
    return [Entry(tag, tuple(found[tag].items())) for tag in order]
