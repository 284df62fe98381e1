"""What pandoc leaves out of a Word document: that it is one of today's, which Word opens in no older way."""

from __future__ import annotations

import re

from fencepost.office.packed import with_parts

_TODAY = (
    '<w:compat><w:compatSetting w:name="compatibilityMode" w:uri="http://schemas.microsoft.com/office/word" '
    'w:val="15"/></w:compat>'
)


def mended(document: bytes) -> bytes:
    """Put it in."""
    return with_parts(document, {"word/settings.xml": _of_today})


def _of_today(settings: str) -> str:
    """Say so where Word wants it: before the numbers of revisions, and what is said of formulas."""
    return settings if "<w:compat>" in settings else re.sub("(?=<w:rsids|<m:mathPr)", _TODAY, settings, count=1)
