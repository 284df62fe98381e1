"""`<table>` as pandoc's table: head, bodies and foot, cells over several rows and columns, sides."""

from __future__ import annotations

from typing import Any

from fencepost.rawtree import Element
from fencepost.tree import Node

_SIDES = {"left": "AlignLeft", "center": "AlignCenter", "right": "AlignRight"}
_NONE: list[Any] = ["", [], []]
WIDEST = 200  # columns; beyond, a table is no table but an accident


def table(element: Element, family: str) -> list[Node]:
    """Make a table; one without cells gives what it holds."""
    from fencepost.filters.rawblocks import blocks

    sections = _sections(element)
    rows = [row for _, section in sections for row in section]
    width = min(max((_width(row) for row in rows), default=0), WIDEST)
    if not width:
        return blocks(element, family)
    made = {
        name: [_row(row, family) for part, section in sections if part == name for row in section] for name in _NAMES
    }
    captions = element.parts("caption")
    caption = blocks(captions[0], family) if captions else []
    columns = [[{"t": "AlignDefault"}, {"t": "ColWidthDefault"}] for _ in range(width)]
    body = [_NONE, 0, [], made["tbody"]]
    name = element.attributes.get("id", "")
    content = [[name, [], []], [None, caption], columns, [_NONE, made["thead"]], [body], [_NONE, made["tfoot"]]]
    return [{"t": "Table", "c": content}]


_NAMES = ("thead", "tbody", "tfoot")


def _sections(element: Element) -> list[tuple[str, list[Element]]]:
    """List the rows by section. A first row of nothing but `<th>` is a head, whether it says so or not."""
    found: list[tuple[str, list[Element]]] = []
    for part in element.children:
        if isinstance(part, Element) and part.tag in _NAMES:
            found.append((part.tag, part.parts("tr")))
        elif isinstance(part, Element) and part.tag == "tr":
            found.append(("tbody", [part]))
    rows = next((section for name, section in found if section), [])
    if rows and not any(name == "thead" for name, section in found if section) and _is_head(rows[0]):
        place = next(at for at, (_, section) in enumerate(found) if section)
        found[place : place + 1] = [("thead", rows[:1]), (found[place][0], rows[1:])]
    return found


def _is_head(row: Element) -> bool:
    cells = row.parts("td", "th")
    return bool(cells) and all(cell.tag == "th" for cell in cells)


def _width(row: Element) -> int:
    return sum(_span(cell, "colspan") for cell in row.parts("td", "th"))


def _span(cell: Element, name: str) -> int:
    written = cell.attributes.get(name, "")
    return min(max(int(written), 1), WIDEST) if written.isascii() and written.isdigit() and len(written) < 6 else 1


def _row(row: Element, family: str) -> list[Any]:
    return [_NONE, [_cell(cell, family) for cell in row.parts("td", "th")]]


def _cell(cell: Element, family: str) -> list[Any]:
    from fencepost.filters.rawblocks import blocks, side_of

    side = {"t": _SIDES.get(side_of(cell.attributes), "AlignDefault")}
    content = blocks(cell, family)
    if len(content) == 1 and content[0]["t"] == "Para":
        content = [{"t": "Plain", "c": content[0]["c"]}]
    if cell.tag == "th" and content and content[0]["t"] == "Plain":
        content = [{"t": "Plain", "c": [{"t": "Strong", "c": content[0]["c"]}]}, *content[1:]]
    return [_NONE, side, _span(cell, "rowspan"), _span(cell, "colspan"), content]
