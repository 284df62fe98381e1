"""What pandoc leaves out of an OpenDocument text: descriptions of images, rules of tables, bars of boxes."""

from __future__ import annotations

import re

from fencepost.formats.office.lists import tables_out_of_lists
from fencepost.formats.office.packed import part_of, with_parts
from fencepost.formats.office.styles import ALERT_INDENT, ALERT_ROOM, BAR
from fencepost.writers import escape

# the style of a table's cells, which pandoc writes into the text itself → the line under them
RULES = {"TableHeaderRowCell": "0.75pt solid #000000", "TableRowCell": "0.5pt solid #cccccc"}
# inches from the margin to the text of an item, how much more in a list within; hundredths of a line in an inch
FIRST_INDENT, MORE_INDENT, LINE = 0.5, 0.25, 16
_FRAME = re.compile(r'<draw:frame draw:name="img\d+".*?(?=</draw:frame>)', re.DOTALL)


def mended(document: bytes, described: tuple[str, ...], *, rtl: bool = False) -> bytes:
    """Put them in; `described` are the images' descriptions, in the order of its frames."""
    styles = part_of(document, "styles.xml")

    def content(xml: str) -> str:
        xml, depths = tables_out_of_lists(_described(xml, described))
        return _indented(_barred(_ruled(xml), styles, rtl=rtl), depths)

    return with_parts(document, {"content.xml": content, "styles.xml": _from_the_right if rtl else str})


_DIRECTED = re.compile(
    r"<style:page-layout-properties[^>]*|"
    r'<style:default-style style:family="paragraph">\s*<style:paragraph-properties[^>]*'
)


def _from_the_right(styles: str) -> str:
    """Let pages and paragraphs be written from the right; where lines `start`, LibreOffice takes for the left."""

    def turned(found: re.Match[str]) -> str:
        tag = re.sub(r' (?:style:writing-mode|fo:text-align)="[^"]*"', "", found[0])
        align = ' fo:text-align="right"' * ("paragraph" in tag)
        return tag.replace("-properties", f'-properties style:writing-mode="rl-tb"{align}', 1)

    return _DIRECTED.sub(turned, styles).replace('fo:text-align="start"', 'fo:text-align="right"')


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
    '<style:style style:name="{0}" style:family="table"><style:table-properties table:align="left" '
    f'fo:margin-left="{ALERT_INDENT - ALERT_ROOM - BAR:g}pt" fo:margin-top="9pt" fo:margin-bottom="9pt" '
    'style:rel-width="100%"/></style:style>'
    '<style:style style:name="{0}.A" style:family="table-column">'
    '<style:table-column-properties style:rel-column-width="1*"/></style:style>'
)


def _barred(xml: str, styles: str, *, rtl: bool) -> str:
    """Say what boxes of alerts look like: word processors read that from the text itself, not from named styles.

    The bar has the colour of the alert's title in the reference document.
    """
    names = sorted(set(re.findall(r'<table:table-cell table:style-name="Alert(\w+)"', xml)))
    sides = ("left", "right") if rtl else ("left",)
    room = " ".join(f'fo:padding-{side}="{ALERT_ROOM}pt"' for side in sides)
    cells = "".join(
        f'<style:style style:name="Alert{name}" style:family="table-cell"><style:table-cell-properties '
        f'fo:border="none" fo:border-left="{BAR:g}pt solid {_title_colour(name, styles)}" '
        f'fo:padding="0pt" {room}/></style:style>'
        for name in names
    )
    boxes = "".join(_BOX.format(name) for name in re.findall(r'table:style-name="(AlertBox\d+)"', xml))
    return xml.replace("</office:automatic-styles>", f"{boxes}{cells}</office:automatic-styles>", 1)


def _title_colour(name: str, styles: str) -> str:
    title = rf'<style:style [^>]*style:name="Alert_20_{name}_20_Title"(?:(?!</style:style>).)*?fo:color="(#\w+)"'
    found = re.search(title, styles, re.DOTALL)
    return found[1] if found else "#000000"


_TABLE = re.compile(
    r'(<style:style style:name="([^"]+)" style:family="table">\s*<style:table-properties)([^>]*?style:rel-width=")(\d+)'
)


def _indented(xml: str, depths: dict[str, int]) -> str:
    """Let tables begin where the text of the list's item around them does, and end where lines end."""

    def moved(found: re.Match[str]) -> str:
        depth = depths.get(found[2], 0)
        if not depth:
            return found[0]
        indent = FIRST_INDENT + (depth - 1) * MORE_INDENT
        rest = re.sub(r'fo:margin-left="[^"]*" ?', "", found[3])
        return f'{found[1]} fo:margin-left="{indent:g}in"{rest}{min(int(found[4]), round(100 - indent * LINE))}'

    return _TABLE.sub(moved, xml)
