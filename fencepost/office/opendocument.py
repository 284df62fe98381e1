"""What pandoc leaves out of an OpenDocument text: descriptions of images, rules of tables."""

from __future__ import annotations

import io
import re
import zipfile

from fencepost.writers import escape

# the style of a table's cells, which pandoc writes into the text itself → the line under them
RULES = {"TableHeaderRowCell": "0.75pt solid #000000", "TableRowCell": "0.5pt solid #cccccc"}
_FRAME = re.compile(r'<draw:frame draw:name="img\d+".*?(?=</draw:frame>)', re.DOTALL)


def mended(document: bytes, described: tuple[str, ...]) -> bytes:
    """Put them in; `described` are the images' descriptions, in the order of its frames."""
    out = io.BytesIO()
    with zipfile.ZipFile(io.BytesIO(document)) as old, zipfile.ZipFile(out, "w") as new:
        for part in old.infolist():
            data = old.read(part)
            if part.filename == "content.xml":
                data = _ruled(_described(data.decode("utf-8"), described)).encode("utf-8")
            new.writestr(part, data)
    return out.getvalue()


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
