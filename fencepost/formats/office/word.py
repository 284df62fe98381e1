"""What pandoc leaves out of a Word document: that it is one of today's, which Word opens in no older way."""

from __future__ import annotations

import re
from functools import partial

from fencepost.formats.office.packed import with_parts

_TODAY = (
    '<w:compat><w:compatSetting w:name="compatibilityMode" w:uri="http://schemas.microsoft.com/office/word" '
    'w:val="15"/></w:compat>'
)


def mended(document: bytes, *, rtl: bool) -> bytes:
    """Put it in; with `rtl`, let tables and what stands under the title be written from the right as well."""

    def text(xml: str) -> str:
        without = _PLACE.sub(r"\1", xml)
        return _from_the_right(without) if rtl else without

    notes = dict.fromkeys(["word/footnotes.xml"], partial(_PLACE.sub, r"\1"))
    return with_parts(document, {"word/settings.xml": _of_today, "word/document.xml": text, **notes})


_PLACE = re.compile(r'(<pic:cNvPr\b[^<>]*?) descr="[^"]*"')  # pandoc writes from where it took a picture


# what pandoc leaves as it is where a text is written from the right
_LEFT = re.compile(r'<w:pStyle w:val="(?:Title|Subtitle|Author|Date)" ?/>(?!\s*<w:bidi)')
_TABLE = re.compile(r"<w:tblPr>\s*<w:tblStyle [^>]*/>")


def _from_the_right(text: str) -> str:
    text = _LEFT.sub(r"\g<0><w:bidi/>", text)
    return _TABLE.sub(r"\g<0><w:bidiVisual/>", text).replace("</w:sectPr>", "<w:bidi/></w:sectPr>", 1)


def _of_today(settings: str) -> str:
    """Say so where Word wants it: before the numbers of revisions, and what is said of formulas."""
    return settings if "<w:compat>" in settings else re.sub("(?=<w:rsids|<m:mathPr)", _TODAY, settings, count=1)
