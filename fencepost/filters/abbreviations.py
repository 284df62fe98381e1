"""Abbreviations: a line `*[HTML]: Hypertext Markup Language` says what `HTML` is short for, wherever it stands."""

from __future__ import annotations

import re
from typing import Any

from fencepost.filters.context import Context
from fencepost.pandoc import tree
from fencepost.pandoc.tree import Document, Node
from fencepost.writers import escape

_DEFINES = re.compile(r"\*\[(?P<short>[^\]]+)\]:\s*(?P<long>.*)", re.DOTALL)
_STARTS = re.compile(r"\*\[")


def rewrite(document: Document, context: Context) -> None:
    """Put `<abbr title>` around each place where a short form stands as a word; in print the first is explained."""
    known = context.abbreviations
    pattern = re.compile(r"(?<!\w)(?:" + "|".join(map(re.escape, sorted(known, key=len, reverse=True))) + r")(?!\w)")
    places = tree.find_words(document["blocks"], pattern)
    said: set[str] = set()
    pieces = [_pieces(container[index]["c"], pattern, known, said) for container, index in places]
    for (container, index), made in zip(reversed(places), reversed(pieces), strict=True):
        tree.replace(container, index, made)


def take(blocks: list[Any]) -> dict[str, str]:
    """Remove paragraphs that only define, and read them, a definition a line."""
    known: dict[str, str] = {}
    for index in range(len(blocks) - 1, -1, -1):
        block = blocks[index]
        if block["t"] != "Para" or not _STARTS.match(tree.text_of(block["c"][:1])):
            continue
        found = [_DEFINES.fullmatch(tree.text_of(line)) for line in _lines(block["c"])]
        if all(found):
            known |= {match["short"]: match["long"].strip() for match in found if match}
            del blocks[index]
    return known


def _lines(inlines: list[Node]) -> list[list[Node]]:
    lines: list[list[Node]] = [[]]
    for node in inlines:
        if node["t"] in ("SoftBreak", "LineBreak"):
            lines.append([])
        else:
            lines[-1].append(node)
    return lines


def _pieces(text: str, pattern: re.Pattern[str], known: dict[str, str], said: set[str]) -> list[Node]:
    out: list[Node] = []
    at = 0
    for match in pattern.finditer(text):
        out += [{"t": "Str", "c": text[at : match.start()]}] if match.start() > at else []
        again = ' class="again"' if match[0] in said else ""
        said.add(match[0])
        start = f'<abbr title="{escape.html(known[match[0]])}"{again}>'
        out += [_raw(start), {"t": "Str", "c": match[0]}, _raw("</abbr>")]
        at = match.end()
    return out + ([{"t": "Str", "c": text[at:]}] if text[at:] else [])


def _raw(text: str) -> Node:
    return {"t": "RawInline", "c": ["html", text]}
