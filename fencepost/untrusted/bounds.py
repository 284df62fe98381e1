"""How large a text may be, how deeply it may nest and how many notes it may have, before anything expands it.

The limits are options, on by default at sizes that no real post meets; lower where a post is not trusted.
"""

from __future__ import annotations

import re
from itertools import islice
from typing import TYPE_CHECKING, Any

from fencepost.diagnostics.model import Diagnostic, FencepostError
from fencepost.options import Options

if TYPE_CHECKING:
    from fencepost.pandoc.tree import Document

_MARKER = re.compile(r">|[-+*][ \t]|\d{1,9}[.)][ \t]")
_DEFINITION = re.compile(r"^[ \t>]*\[\^[^\]\s]+\]:", re.MULTILINE)
MEGABYTE = 1_000_000
LIMITS = frozenset(["max_size", "max_nesting", "max_notes", "max_signs", "max_depth", "max_headings", "max_cells"])
_CITED = re.compile(r"\[\^")
_ALERT = re.compile(r"^[ \t>]*>[ \t]*\[!", re.MULTILINE)
_WIDE_ROW = re.compile(r"^[ \t>|:-]{100,}$", re.MULTILINE)  # the second of a table with fifty columns or more
REFERENCES = 4  # for each note that a post may have


def check_bounds(text: str, path: str, options: Options) -> None:
    """Refuse a text that is too large for its options, in one pass.

    Raises:
        FencepostError: it has too many bytes, is nested too deeply, or has too many notes; with the place.
    """
    if len(text) > options.max_size * MEGABYTE:
        problem = f"the post has {len(text) / MEGABYTE:.1f} million characters; {options.max_size:g} are allowed"
        raise _failure("limit-size", path, problem, "max-size")
    if deep := _too_deep(text, options.max_nesting):
        problem = f"quotes and lists are nested deeper than {options.max_nesting} levels"
        raise _failure("limit-nesting", path, problem, "max-nesting", text.count("\n", 0, deep.start()) + 1)
    _check_crowds(text, path, options.max_signs)
    _check_blocks(text, path, options)
    if text.count("[^") > options.max_notes:
        _check_notes(text, path, options.max_notes)


def _check_notes(text: str, path: str, most: int) -> None:
    notes, references = len(_DEFINITION.findall(text)), text.count("[^")
    for sign, number, allowed in ((_DEFINITION, notes, most), (_CITED, references, REFERENCES * most)):
        if number > allowed:
            first = next(islice(sign.finditer(text), max(allowed, 0), None))
            problem = f"the post has {notes} notes and {references - notes} references; {most} notes are allowed"
            raise _failure("limit-notes", path, problem, "max-notes", text.count("\n", 0, first.end()) + 1)


def _check_blocks(text: str, path: str, options: Options) -> None:
    """Refuse more alerts than writers can go through, and tables of which a few rows ask for millions of cells."""
    most = options.max_headings // 2
    if text.count("[!") > most and (alerts := sum(1 for _ in _ALERT.finditer(text))) > most:
        last = next(islice(_ALERT.finditer(text), max(most, 0), None))
        problem = f"the post has {alerts} alerts; {most} are allowed"
        raise _failure("limit-alerts", path, problem, "max-headings", text.count("\n", 0, last.end()) + 1)
    for row in _WIDE_ROW.finditer(text):
        end = text.find("\n\n", row.end())
        cells = row[0].count("|") * text.count("\n", row.end(), end if end >= 0 else len(text))
        if cells > options.max_cells:
            problem = f"this table has {cells} cells, most of them empty; {options.max_cells} are allowed"
            raise _failure("limit-cells", path, problem, "max-cells", text.count("\n", 0, row.start()))


def _check_crowds(text: str, path: str, most: int) -> None:
    if max(map(text.count, "*_~[\"'")) * 6 <= most and text.count("<!--") * 4 <= most:
        return  # a short post need not know how they are counted
    from fencepost.untrusted.crowding import find_crowd

    if found := find_crowd(text, most):
        problem = f"this paragraph, row or list item has {found.number} {found.name}; {found.most} are allowed"
        help = "part it by empty lines, put code into a fence, or raise `max-signs`"
        raise FencepostError(Diagnostic(path, found.line, None, "error", "limit-signs", problem, help))


# what holds inlines, as pandoc's JSON begins it
_HOLDERS = [
    f'"t":"{name}"'.encode()
    for name in (
        "Emph", "Strong", "Strikeout", "Underline", "Superscript", "Subscript", "SmallCaps", "Quoted", "Link", "Image",
        "Span", "Cite",
    )
]  # fmt: skip


def check_tree(data: bytes, document: Document, text: str, path: str, options: Options) -> None:
    """Refuse a tree with more headings, or deeper inlines, than writers can go through; `data` is its JSON.

    Raises:
        FencepostError: it is one; with the line of a heading, or of the paragraph that has the most signs.
    """
    if (headings := data.count(b'"t":"Header"')) > options.max_headings:
        problem = f"the post has {headings} headings; {options.max_headings} are allowed"
        lines = re.finditer(r"^ {0,3}#", text, re.MULTILINE)
        too_many = next(islice(lines, max(options.max_headings, 0), None), None)
        line = text.count("\n", 0, too_many.start()) + 1 if too_many else None
        raise _failure("limit-headings", path, problem, "max-headings", line)
    if sum(map(data.count, _HOLDERS)) <= options.max_depth:
        return
    deepest = _depth([document["blocks"], list(document["meta"].values())])
    if deepest > options.max_depth:
        from fencepost.untrusted.crowding import fullest

        problem = f"emphasis, links and the like stand {deepest} deep in each other; {options.max_depth} are allowed"
        raise _failure("limit-depth", path, problem, "max-depth", fullest(text))


_INLINE = frozenset(re.findall(r'"(\w\w+)"', b" ".join(_HOLDERS).decode()))


def _depth(root: Any) -> int:
    """Count how deep inlines stand in inlines; without recursion."""
    deepest, stack = 0, [(root, 0)]
    while stack:
        item, depth = stack.pop()
        if type(item) is dict:
            depth += item.get("t") in _INLINE
            deepest = max(deepest, depth)
            inner = item.values() if "t" not in item else (item.get("c"),)
        else:
            inner = item
        stack += [(part, depth) for part in inner if type(part) is list or type(part) is dict]
    return deepest


def _too_deep(text: str, most: int) -> re.Match[str] | None:
    """Find the first line that begins with more markers than allowed, or is a list's item indented as far."""
    for match in re.finditer(rf"^[ \t>*+.)\d-]{{{most + 1},}}", text, re.MULTILINE):
        markers = len(_MARKER.findall(match[0]))
        indent = len(match[0]) - len(match[0].lstrip(" \t"))
        if markers > most or markers and indent // 2 + markers > most:
            return match
    return None


def _failure(code: str, path: str, problem: str, option: str, line: int | None = None) -> FencepostError:
    help = f"raise `{option}` if the post is really that large"
    return FencepostError(Diagnostic(path, line, None, "error", code, problem, help))
