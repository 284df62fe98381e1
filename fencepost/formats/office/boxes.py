"""Alerts in word processors: one that holds more than paragraphs stands in a box, and its bar runs unbroken.

A bar that belongs to paragraphs ends beside code, tables, pictures and lists, which have edges and places of their own.
A box is a table of two rows: the title, repeated where the alert goes on on the next page, and all else.
"""

from __future__ import annotations

from fencepost.formats.office.sheets import text_width
from fencepost.pandoc import tree
from fencepost.pandoc.tree import Document, Node
from fencepost.settings.paper import Paper
from fencepost.writers.styles import NAMED, plain_name

# where a box would not stand where the text does: in Word, what is in a list is set in by itself, in a cell once more
CLOSED = {
    "docx": frozenset(["BulletList", "OrderedList", "DefinitionList", "BlockQuote", "Table", "Note"]),
    "odt": frozenset(["DefinitionList", "BlockQuote", "Table", "Note"]),
}
PARAGRAPHS = frozenset(["Para", "Plain"])
FORMATS = {"docx": "openxml", "odt": "opendocument"}
_GAP = '<w:p><w:pPr><w:pStyle w:val="AlertGap"/></w:pPr></w:p>'


def box_alerts(document: Document, kind: str, paper: Paper) -> list[Node]:
    """Put alerts into boxes, in place, for a `kind` of document, `docx` or `odt`; give the boxes' Divs."""
    places = tree.find(document["blocks"], frozenset(["Div"]), CLOSED[kind])
    found = [container[index] for container, index in places if _needs_box(container[index])]
    for number, division in enumerate(found, 1):
        _box(division, kind, number, paper)
    return found


def style_of(node: Node) -> str:
    """Give the style of a paragraph of ours as its name reads; empty where it has none."""
    return plain_name(dict(node["c"][0][2]).get("custom-style", "")) if node["t"] == "Div" else ""


def _needs_box(division: Node) -> bool:
    blocks = division["c"][1]
    if len(blocks) != 2 or not style_of(blocks[0]).endswith(" Title") or not style_of(blocks[1]).startswith("Alert "):
        return False
    return any(block["t"] not in PARAGRAPHS for block in blocks[1]["c"][1])


def _box(division: Node, kind: str, number: int, paper: Paper) -> None:
    title, body = division["c"][1]
    name = style_of(body)
    for node, style in ((title, f"{name} Title Boxed"), (body, f"{name} Boxed")):
        node["c"][0][2] = [["custom-style", NAMED[kind](style)]]
    for block in body["c"][1]:
        _unstyle_items(block, f"{name} Item")
    last = body["c"][1][-1]["t"]
    start, between, end = (
        _word(name, paper, has_gap=last not in PARAGRAPHS) if kind == "docx" else _open_document(name, number)
    )
    raw = [{"t": "RawBlock", "c": [FORMATS[kind], text]} for text in (start, between, end)]
    division["c"][1] = [raw[0], title, raw[1], body, raw[2]]


def _unstyle_items(block: Node, style: str) -> None:
    """Take an alert's own style from the items of a list: in a box they are items like others."""
    if block["t"] not in ("BulletList", "OrderedList"):
        return
    for item in block["c"][1] if block["t"] == "OrderedList" else block["c"]:
        item[:] = [inner for part in item for inner in (part["c"][1] if style_of(part) == style else [part])]


def _word(name: str, paper: Paper, *, has_gap: bool) -> tuple[str, str, str]:
    """Write a table around title and body; Word wants a paragraph last in a cell, and one between tables."""
    cell = '<w:tc><w:tcPr><w:tcW w:type="pct" w:w="5000"/></w:tcPr>'
    start = (
        f'{_GAP}<w:tbl><w:tblPr><w:tblStyle w:val="{name.replace(" ", "")}Box"/><w:tblW w:type="pct" w:w="5000"/>'
        '<w:tblLayout w:type="fixed"/><w:tblLook w:firstRow="1" w:val="0020"/></w:tblPr>'
        f'<w:tblGrid><w:gridCol w:w="{text_width(paper) * 1440:.0f}"/></w:tblGrid>'
        f"<w:tr><w:trPr><w:cantSplit/><w:tblHeader/></w:trPr>{cell}"
    )
    return start, f"</w:tc></w:tr><w:tr>{cell}", f"{_GAP * has_gap}</w:tc></w:tr></w:tbl>{_GAP}"


def _open_document(name: str, number: int) -> tuple[str, str, str]:
    cell = f'<table:table-cell table:style-name="{name.replace(" ", "")}" office:value-type="string">'
    start = (
        f'<table:table table:name="Alert{number}" table:style-name="AlertBox{number}">'
        f'<table:table-column table:style-name="AlertBox{number}.A"/>'
        f"<table:table-header-rows><table:table-row>{cell}"
    )
    between = f"</table:table-cell></table:table-row></table:table-header-rows><table:table-row>{cell}"
    return start, between, "</table:table-cell></table:table-row></table:table>"
