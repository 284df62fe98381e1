"""The standards of PDF that Typst can meet, and why a post does not: in the author's words, with the author's line."""

from __future__ import annotations

import re
from dataclasses import dataclass

from fencepost.filters.context import Context
from fencepost.pandoc import tree
from fencepost.pandoc.tree import Node
from fencepost.post.model import Post

# PDF/UA-1 costs no time, and most posts meet it; one that does not is printed all the same.
FALLING_BACK = frozenset(["ua-1"])
# archives that take no attached file
WITHOUT_FILES = frozenset(["a-1b", "a-1a", "a-2b", "a-2u", "a-2a", "a-4"])

_IMAGE = re.compile(r"!\[\s*\]\(|!\[\s*\]\[|<img(?![^>]*\balt\s*=\s*[\"']?[^\"'\s>])[^>]*>", re.IGNORECASE)
_FENCED = re.compile(r"^[ >]*(`{3,}|~{3,})[^\n]*\n.*?^[ >]*\1", re.MULTILINE | re.DOTALL)
_REASONS = (
    # what Typst says                               what the author is told                    what helps
    (r"skipped from heading level (\d) to (\d)",    "a heading skips from level {0} to {1}",   "leave out no level"),
    (r"the first heading must be of level 1",       "the first heading is below level 1",      "give a `title`"),
    (r"missing alt text",                           "an image has no alternative text",        "![words](picture)"),
    (r"missing document title",                     "the post has no title",                   "give a `title`"),
    (r'the text `"(.+?)"` could not be displayed',  "no font here has {0}",                    "install one that has"),
    (r"transparen",                                 "something on the page is transparent",    "a-2b allows it"),
)  # fmt: skip


@dataclass(frozen=True, slots=True)
class Refusal:
    """Why a document does not meet a standard. `line` counts from 1, `column` from 0."""

    problem: str
    line: int | None = None
    column: int | None = None
    help: str = ""


def formal_name(standard: str) -> str:
    """Name a standard as its readers do.

    >>> formal_name("ua-1"), formal_name("a-2b")
    ('PDF/UA-1', 'PDF/A-2b')
    """
    kind, _, part = standard.partition("-")
    return f"PDF/{kind.upper()}-{part}"


def refusal(said: str, blocks: list[Node], context: Context, post: Post) -> Refusal:
    """Put what Typst said of a post into the author's words, and find the place in the author's text."""
    for pattern, told, helps in _REASONS:
        if found := re.search(pattern, said):
            line, column = _place(pattern, found, blocks, context)
            if "displayed" in pattern:
                from fencepost.formats.typst_pdf.printed_places import printed_places

                line, column = printed_places(post, found[1][0]).get(found[1][0], (None, None))
            return Refusal(told.format(*found.groups()), line, column, helps)
    return Refusal(re.sub(r"^PDF/\S+ error: ", "", said))


def _place(pattern: str, found: re.Match[str], blocks: list[Node], context: Context) -> tuple[int | None, int | None]:
    if "heading" in pattern:
        return _place_of_heading(blocks, context, below=1 if found.groups() else 0)
    if "alt text" in pattern:
        return context.place_in(_IMAGE, "Image")
    return None, None


def _place_of_heading(blocks: list[Node], context: Context, below: int) -> tuple[int | None, int | None]:
    """Find the first heading that is more than a level below the one before it; `below` is the level of the title."""
    earlier: list[tuple[int, str]] = []
    for container, index in tree.find(blocks, frozenset(["Header"])):
        level, _, inlines = container[index]["c"]
        word = next(iter(re.findall(r"\w+", tree.text_of(inlines))), "")
        if level > below + 1:
            same = earlier.count((level, word))
            return _nth_place(context, re.compile(rf"^[ >]{{0,12}}#{{{level}}}[ \t].*?{re.escape(word)}", re.M), same)
        earlier.append((level, word))
        below = level
    return None, None


def _nth_place(context: Context, pattern: re.Pattern[str], skipped: int) -> tuple[int | None, int | None]:
    source = context.source or ""
    prose = _FENCED.sub(lambda code: re.sub(r"[^\n]", " ", code[0]), source)
    places = [match.start() for match in pattern.finditer(prose)]
    if not places:
        return None, None
    at = places[min(skipped, len(places) - 1)]
    return source.count("\n", 0, at) + 1, at - source.rfind("\n", 0, at) - 1
