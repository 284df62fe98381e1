"""The sheet of a document for a word processor: its size, its margins, and in Word the number at the foot of a page.

pandoc's reference documents are on Letter, and the one for Word has no foot.
"""

from __future__ import annotations

import re

from fencepost.settings.paper import Paper

INCH = 25.4
FOOT = (
    b'<?xml version="1.0" encoding="UTF-8"?>'
    b'<w:ftr xmlns:w="http://schemas.openxmlformats.org/wordprocessingml/2006/main"><w:p><w:pPr><w:pStyle '
    b'w:val="PageNumber"/></w:pPr><w:r><w:fldChar w:fldCharType="begin"/></w:r><w:r><w:instrText>PAGE</w:instrText>'
    b'</w:r><w:r><w:fldChar w:fldCharType="end"/></w:r></w:p></w:ftr>'
)
_KIND = "http://schemas.openxmlformats.org/officeDocument/2006/relationships"
# how Word finds the foot
ADDED = {
    "word/_rels/document.xml.rels": (
        "</Relationships>",
        f'<Relationship Id="rIdFoot" Type="{_KIND}/footer" Target="footer1.xml"/>',
    ),
    "[Content_Types].xml": (
        "</Types>",
        '<Override PartName="/word/footer1.xml" ContentType="application/vnd.openxmlformats-officedocument.'
        'wordprocessingml.footer+xml"/>',
    ),
}


def margin(paper: Paper) -> float:
    """Say how wide the margins are, in millimetres: an inch, less on small paper."""
    return min(INCH, paper.width * 0.12)


def text_width(paper: Paper) -> float:
    """Say how wide the text is, in inches."""
    return (paper.width - 2 * margin(paper)) / INCH


def on_sheet(name: str, text: str, paper: Paper) -> str:
    """Put the part of a reference document that says so on a sheet; other parts come back as they are."""
    if name in ADDED:
        end, more = ADDED[name]
        return text.replace(end, more + end, 1)
    if name == "word/document.xml":
        return _section(text, paper)
    return _layout(text, paper) if name == "styles.xml" else text


def _section(text: str, paper: Paper) -> str:
    width, height, edge = (round(length / INCH * 1440) for length in (paper.width, paper.height, margin(paper)))
    sides = "".join(f' w:{side}="{edge}"' for side in ("top", "right", "bottom", "left"))
    page = f'<w:pgSz w:w="{width}" w:h="{height}"/><w:pgMar{sides} w:header="720" w:footer="{edge // 2}" w:gutter="0"/>'
    foot = f'<w:footerReference xmlns:r="{_KIND}" w:type="default" r:id="rIdFoot"/>'
    return re.sub(r"<w:sectPr\b[^>]*>(.*?)</w:sectPr>", rf"<w:sectPr>{foot}\1{page}</w:sectPr>", text, flags=re.DOTALL)


def _layout(text: str, paper: Paper) -> str:
    lengths = {"page-width": paper.width, "page-height": paper.height}
    lengths |= {f"margin-{side}": margin(paper) for side in ("top", "bottom", "left", "right")}

    def sized(layout: re.Match[str]) -> str:
        out = layout[0]
        for name, length in lengths.items():
            out = re.sub(rf'fo:{name}="[^"]*"', f'fo:{name}="{length:.1f}mm"', out)
        return out

    return re.sub(r"<style:page-layout-properties\b[^>]*>", sized, text)
