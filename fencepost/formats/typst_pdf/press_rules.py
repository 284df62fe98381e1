"""What a printing house asks of a PDF: room at the spine by the number of pages, fonts inside, pictures sharp enough.

The margins are Amazon KDP's for paperbacks; other houses ask for no more.
"""

from __future__ import annotations

import re

INCH = 25.4
OUTSIDE = 0.25 * INCH  # what KDP asks for at the other edges
DOTS = 300  # an inch, for a photograph
# fmt: off
INSIDE = (
    # pages, up to    inches at the spine
    (150,             0.375),
    (300,             0.5),
    (500,             0.625),
    (700,             0.75),
    (828,             0.875),
)
# fmt: on
FEWEST, MOST = 24, INSIDE[-1][0]  # pages of a KDP paperback

_PAGES = re.compile(rb"/Type\s*/Pages\b[^>]*?/Count\s+(\d+)|/Count\s+(\d+)[^>]*?/Type\s*/Pages\b")
_OBJECT = re.compile(rb"\bobj\s*(<<.*?)(?:\bendobj|\bstream\b)", re.DOTALL)
_NAME = re.compile(rb"/(?:FontName|BaseFont)\s*/([^\s/<>\[\]()]+)")
_DESCRIPTOR = re.compile(rb"/Type\s*/FontDescriptor\b")
_FONT = re.compile(rb"/Type\s*/Font\b")
_SIMPLE = re.compile(rb"/Subtype\s*/(?:Type1|TrueType|MMType1)\b")


def inside_margin(pages: int) -> float:
    """Say how much room the spine of a book needs, in millimetres.

    >>> inside_margin(24), inside_margin(151)
    (9.525, 12.7)
    """
    inches = next((inches for most, inches in INSIDE if pages <= most), INSIDE[-1][1])
    return round(inches * INCH, 3)


def page_count(pdf: bytes) -> int:
    """Count the pages of a PDF that Typst wrote (its objects stand there in plain sight)."""
    return max((int(first or second) for first, second in _PAGES.findall(pdf)), default=0)


def fonts_left_out(pdf: bytes) -> list[str]:
    """Name the fonts that a PDF refers to and does not hold."""
    out = []
    for found in _OBJECT.findall(pdf):
        is_empty = _DESCRIPTOR.search(found) and b"/FontFile" not in found
        is_bare = _FONT.search(found) and _SIMPLE.search(found) and b"/FontDescriptor" not in found
        name = _NAME.search(found)
        if (is_empty or is_bare) and name:
            out.append(name[1].decode("latin-1"))
    return list(dict.fromkeys(out))


def dots_an_inch(pixels: int, width: float) -> int:
    """Say how sharp an image is printed: `pixels` across, `width` in points.

    >>> dots_an_inch(600, 144)
    300
    """
    return round(pixels * 72 / max(width, 0.1))
