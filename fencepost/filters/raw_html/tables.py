"""`<table>` as pandoc's table: head, bodies and foot, cells over several rows and columns, sides."""

from __future__ import annotations

from collections.abc import Callable
from typing import Any

from fencepost.filters.raw_html.sides import side_of
from fencepost.pandoc.html_tree import Element
from fencepost.pandoc.tree import Node

Blocks = Callable[[Element, str], list[Node]]  # what makes blocks of the children of an element, for a family

_SIDES = {"left": "AlignLeft", "center": "AlignCenter", "right": "AlignRight"}
_NONE: list[Any] = ["", [], []]
WIDEST = 200  # columns; beyond, a table is no table but an accident


def table(element: Element, family: str, blocks: Blocks) -> list[Node]:
    """Make a table of full rows, or pandoc's writers fail; one without cells, or far too wide, gives its words.

    `blocks` writes the content of cells and captions.
    """
    before, parts = element.parted(*_NAMES, "tr", "caption", "colgroup", "col")
    sections = _sections(parts, before)
    filled = [_filled(section) for _, section in sections]
    width = max((width for widths in filled for width in widths), default=0)
    if not 0 < width <= WIDEST:
        return blocks(element, family)
    made: dict[str, list[Any]] = {name: [] for name in _NAMES}
    for (name, section), widths in zip(sections, filled, strict=True):
        left = range(len(section), 0, -1)
        for row, used, rows in zip(section, widths, left, strict=True):
            strays, cells = row.parted("td", "th")
            before += strays
            made[name].append(_row(cells, family, blocks, rows=rows, lacking=width - used))
    caption = [block for part in parts if part.tag == "caption" for block in blocks(part, family)]
    columns = [[{"t": "AlignDefault"}, {"t": "ColWidthDefault"}] for _ in range(width)]
    body = [_NONE, 0, [], made["tbody"]]
    name = element.attributes.get("id", "")
    content = [[name, [], []], [None, caption], columns, [_NONE, made["thead"]], [body], [_NONE, made["tfoot"]]]
    return [*blocks(Element("", {}, before), family), {"t": "Table", "c": content}]


_NAMES = ("thead", "tbody", "tfoot")


def _sections(parts: list[Element], before: list[Any]) -> list[tuple[str, list[Element]]]:
    """List the rows by section; what stands where no cell is goes to `before`, as browsers put it before the table.

    A first row of nothing but `<th>` is a head, whether it says so or not.
    """
    found: list[tuple[str, list[Element]]] = []
    is_open = False  # rows without a section make one together
    for part in parts:
        if part.tag == "tr" and is_open:
            found[-1][1].append(part)
        elif part.tag == "tr":
            found.append(("tbody", [part]))
        elif part.tag in _NAMES:
            strays, rows = part.parted("tr")
            before += strays
            found.append((part.tag, rows))
        elif part.tag != "caption":
            before += part.children
        is_open = part.tag == "tr"
    rows = next((section for name, section in found if section), [])
    if rows and not any(name == "thead" for name, section in found if section) and _is_head(rows[0]):
        place = next(at for at, (_, section) in enumerate(found) if section)
        found[place : place + 1] = [("thead", rows[:1]), (found[place][0], rows[1:])]
    return found


def _is_head(row: Element) -> bool:
    cells = row.parts("td", "th")
    return bool(cells) and all(cell.tag == "th" for cell in cells)


def _filled(section: list[Element]) -> list[int]:
    """Say how many columns each row of a section fills, with the cells that reach down into it."""
    widths: list[int] = []
    reaching: list[tuple[int, int]] = []  # how many rows more, how many columns
    for row in section:
        cells = [(_span(cell, "rowspan"), _span(cell, "colspan")) for cell in row.parts("td", "th")]
        widths.append(sum(columns for _, columns in (*reaching, *cells)))
        reaching = [(rows - 1, columns) for rows, columns in (*reaching, *cells) if rows > 1]
    return widths


def _span(cell: Element, name: str) -> int:
    written = cell.attributes.get(name, "")
    return min(max(int(written), 1), WIDEST) if written.isascii() and written.isdigit() and len(written) < 6 else 1


def _row(cells: list[Element], family: str, blocks: Blocks, *, rows: int, lacking: int) -> list[Any]:
    """Make a row: no cell reaches below the last of the `rows` that are left, and those that are lacking are empty."""
    made = [_cell(cell, family, blocks, rows) for cell in cells]
    return [_NONE, made + [[_NONE, {"t": "AlignDefault"}, 1, 1, []] for _ in range(lacking)]]


def _cell(cell: Element, family: str, blocks: Blocks, rows: int) -> list[Any]:
    side = {"t": _SIDES.get(side_of(cell.attributes), "AlignDefault")}
    content = blocks(cell, family)
    if len(content) == 1 and content[0]["t"] == "Para":
        content = [{"t": "Plain", "c": content[0]["c"]}]
    if cell.tag == "th" and content and content[0]["t"] == "Plain":
        content = [{"t": "Plain", "c": [{"t": "Strong", "c": content[0]["c"]}]}, *content[1:]]
    return [_NONE, side, min(_span(cell, "rowspan"), rows), _span(cell, "colspan"), content]
