"""What a printing service asks of a PDF: room at the spine by the number of pages, fonts inside, pictures sharp enough.

The margins are Amazon KDP's for paperbacks; other services ask for no more.
"""

from __future__ import annotations

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


def inside_margin(pages: int) -> float:
    """Say how much room the spine of a book needs, in millimetres.

    >>> inside_margin(24), inside_margin(151)
    (9.525, 12.7)
    """
    inches = next((inches for most, inches in INSIDE if pages <= most), INSIDE[-1][1])
    return round(inches * INCH, 3)


def page_count(pdf: bytes) -> int:
    """Count the pages of a PDF."""
    import io

    from pypdf import PdfReader

    return len(PdfReader(io.BytesIO(pdf)).pages)


SIMPLE = frozenset(["/Type1", "/TrueType", "/MMType1"])  # kinds of fonts that may have no descriptor


def fonts_left_out(pdf: bytes) -> list[str]:
    """Name the fonts that a PDF refers to and does not hold."""
    import io

    from pypdf import PdfReader
    from pypdf.generic import DictionaryObject

    reader = PdfReader(io.BytesIO(pdf))
    out = []
    for number in range(1, int(str(reader.trailer["/Size"]))):
        found = reader.get_object(number)
        if not isinstance(found, DictionaryObject):
            continue
        is_empty = found.get("/Type") == "/FontDescriptor" and not any(
            str(key).startswith("/FontFile") for key in found
        )
        is_bare = found.get("/Type") == "/Font" and found.get("/Subtype") in SIMPLE and "/FontDescriptor" not in found
        name = found.get("/FontName") or found.get("/BaseFont")
        if (is_empty or is_bare) and name:
            out.append(str(name).removeprefix("/"))
    return list(dict.fromkeys(out))


def dots_an_inch(pixels: int, width: float) -> int:
    """Say how sharp an image is printed: `pixels` across, `width` in points.

    >>> dots_an_inch(600, 144)
    300
    """
    return round(pixels * 72 / max(width, 0.1))
