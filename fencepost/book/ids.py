"""Ids that cannot collide: each chapter's are led by the chapter's own, `retries.the-loop`."""

from __future__ import annotations

import re
from typing import Any

from fencepost.pandoc import tree
from fencepost.pandoc.tree import Document, Node

_ALL = frozenset(
    ["Header", "Div", "Span", "Figure", "Table", "CodeBlock", "Code", "Link", "Image", "RawInline", "RawBlock"]
)
_NAMING = frozenset(
    ["aria-labelledby", "aria-describedby", "aria-controls", "for", "headers", "popovertarget"]
)  # attributes that hold ids
_TAG = re.compile(r"<[A-Za-z][^<>]*>")
_ATTRIBUTE = re.compile(
    r"""(\s(?:id|name|for|headers|aria-labelledby|aria-describedby|aria-controls|popovertarget)\s*=\s*)(?:"([^"]*)"|'([^']*)'|([^\s"'>]+))""",
    re.IGNORECASE,
)
_REFERENCE = re.compile(r"""(\s(?:xlink:)?href\s*=\s*["']?#|url\(\s*["']?#)([^"'\s)>]+)""", re.IGNORECASE)
_LABEL = re.compile(r'(?<![\w.-])label\("((?:[^"\\]|\\.)*)"\)')


def anchored(chapter: str, name: str) -> str:
    """Name an id inside a chapter. Ids of chapters have no dot, so two of these are never the same."""
    return f"{chapter}.{name}"


def lead(document: Document, chapter: str) -> None:
    """Lead every id of a chapter, and what refers to one within it, by the chapter's own; in place."""
    for container, index in tree.find(document["blocks"], _ALL):
        node = container[index]
        if node["t"] in ("RawInline", "RawBlock"):
            node["c"][1] = _raw(node["c"][0], node["c"][1], chapter)
            continue
        attr = node["c"][1 if node["t"] == "Header" else 0]
        _lead_attributes(attr, chapter)
        if node["t"] == "Link" and (target := node["c"][2][0]).startswith("#") and target != "#":
            node["c"][2][0] = "#" + anchored(chapter, target[1:])


def _lead_attributes(attr: list[Any], chapter: str) -> None:
    identifier, _, pairs = attr
    if identifier:
        attr[0] = anchored(chapter, identifier)
    attr[2] = [[name, _each(value, chapter) if name in _NAMING else value] for name, value in pairs]


def _each(names: str, chapter: str) -> str:
    return " ".join(anchored(chapter, name) for name in names.split())


def _raw(language: str, text: str, chapter: str) -> str:
    if language == "typst":
        return _LABEL.sub(lambda found: f'label("{anchored(chapter, found[1])}")', text)
    return _TAG.sub(lambda found: _tag(found[0], chapter), text) if language.startswith("html") else text


def _tag(tag: str, chapter: str) -> str:
    """Lead the ids of one tag.

    >>> _tag('<a id=x href="#y" name="z">', "c")
    '<a id="c.x" href="#c.y" name="c.z">'
    """
    is_anchor = tag[:2].lower() == "<a"

    def named(found: re.Match[str]) -> str:
        value = next(group for group in found.groups()[1:] if group is not None)
        if found[1].strip().lower().startswith("name") and not is_anchor:
            return found[0]
        return f'{found[1]}"{_each(value, chapter)}"'

    tag = _ATTRIBUTE.sub(named, tag)
    return _REFERENCE.sub(lambda found: f"{found[1]}{anchored(chapter, found[2])}", tag)


def shift(blocks: list[Node], to: int) -> None:
    """Move headings so that the highest of them has the level `to`; none goes below 6; in place."""
    headings = [container[index] for container, index in tree.find(blocks, frozenset(["Header"]))]
    by = to - min((heading["c"][0] for heading in headings), default=to)
    for heading in headings:
        heading["c"][0] = max(1, min(6, heading["c"][0] + by))
