"""What pandoc leaves out of an OpenDocument text: descriptions of images, rules of tables, bars of boxes."""

from __future__ import annotations

import re

from fencepost.office.packed import part_of, with_parts
from fencepost.office.styles import ALERT_INDENT, ALERT_ROOM, BAR
from fencepost.writers import escape

# the style of a table's cells, which pandoc writes into the text itself → the line under them
RULES = {"TableHeaderRowCell": "0.75pt solid #000000", "TableRowCell": "0.5pt solid #cccccc"}
_FRAME = re.compile(r'<draw:frame draw:name="img\d+".*?(?=</draw:frame>)', re.DOTALL)


def mended(document: bytes, described: tuple[str, ...]) -> bytes:
    """Put them in; `described` are the images' descriptions, in the order of its frames."""
    styles = part_of(document, "styles.xml")
    return with_parts(document, {"content.xml": lambda xml: _barred(_ruled(_described(xml, described)), styles)})


def _described(xml: str, described: tuple[str, ...]) -> str:
    if len(_FRAME.findall(xml)) != len(described):
        return xml  # a raw frame of the author's own, say: better none than another's
    each = iter(described)

    def frame(match: re.Match[str]) -> str:
        words = next(each)
        return match[0] + (f"<svg:desc>{escape.html(words)}</svg:desc>" if words else "")

    return _FRAME.sub(frame, xml)


def _ruled(xml: str) -> str:
    for name, line in RULES.items():
        cell = rf'(<style:style style:name="{name}"[^>]*>\s*<style:table-cell-properties) fo:border="none"'
        xml = re.sub(cell, rf'\1 fo:border-bottom="{line}" fo:padding="0.04in"', xml)
    place = '<style:table-properties table:align="left" fo:margin-top="3pt" fo:margin-bottom="9pt"'
    return xml.replace('<style:table-properties table:align="center"', place)


_BOX = (
    '<style:style style:name="AlertBox" style:family="table"><style:table-properties style:rel-width="100%" '
    f'table:align="margins" fo:margin-left="{ALERT_INDENT - ALERT_ROOM - BAR:g}pt" fo:margin-top="9pt" '
    'fo:margin-bottom="9pt"/></style:style>'
    '<style:style style:name="AlertBox.A" style:family="table-column">'
    '<style:table-column-properties style:rel-column-width="1*"/></style:style>'
)


def _barred(xml: str, styles: str) -> str:
    """Say what boxes of alerts look like: word processors read that from the text itself, not from named styles.

    The bar has the colour of the alert's title in the reference document.
    """
    names = sorted(set(re.findall(r'<table:table-cell table:style-name="Alert(\w+)"', xml)))
    cells = "".join(
        f'<style:style style:name="Alert{name}" style:family="table-cell"><style:table-cell-properties '
        f'fo:border="none" fo:border-left="{BAR:g}pt solid {_title_colour(name, styles)}" '
        f'fo:padding="0pt" fo:padding-left="{ALERT_ROOM}pt"/></style:style>'
        for name in names
    )
    return xml.replace("</office:automatic-styles>", f"{_BOX}{cells}</office:automatic-styles>", 1) if names else xml


def _title_colour(name: str, styles: str) -> str:
    title = rf'<style:style [^>]*style:name="Alert_20_{name}_20_Title"(?:(?!</style:style>).)*?fo:color="(#\w+)"'
    found = re.search(title, styles, re.DOTALL)
    return found[1] if found else "#000000"
