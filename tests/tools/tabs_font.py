"""Make the font that prints tabs: `python tests/tools/tabs_font.py fencepost/fonts/tabs.ttf`.

A tab is four cells of 0.6 em wide; `ss01` to `ss03` make the first tab behind words one to three cells wide, `ss11` to
`ss13` the first of a run. The glyphs show nothing, but are not empty, for PDFium copies no tab that is: each is a
rectangle drawn once around and once back.
"""

from __future__ import annotations

import sys
from pathlib import Path

from fontTools.feaLib.builder import addOpenTypeFeaturesFromString
from fontTools.fontBuilder import FontBuilder
from fontTools.pens.ttGlyphPen import TTGlyphPen

CELL, TOP, BOTTOM = 600, 800, -200  # of 1000
CELLS = {".notdef": 1, "tab": 4, "tab1": 1, "tab2": 2, "tab3": 3}
NARROW = """
feature ss0{n} {{ sub .notdef tab' by tab{n}; }} ss0{n};
feature ss1{n} {{ ignore sub [.notdef tab tab1 tab2 tab3] tab'; sub tab' by tab{n}; }} ss1{n};
"""


def outline(width: int) -> object:
    """Draw a rectangle that takes room and shows nothing."""
    pen = TTGlyphPen(None)
    corners = [(0, BOTTOM), (width, BOTTOM), (width, TOP), (0, TOP)]
    for first, *others in (corners, corners[::-1]):
        pen.moveTo(first)
        for corner in others:
            pen.lineTo(corner)
        pen.closePath()
    return pen.glyph()


def make(file: Path) -> None:
    """Write the font, the same bytes each time."""
    made = FontBuilder(1000, isTTF=True)
    made.updateHead(created=0, modified=0)
    made.font.recalcTimestamp = False
    made.setupGlyphOrder(list(CELLS))
    made.setupCharacterMap({ord("\t"): "tab"})
    made.setupGlyf({name: outline(CELL * cells) for name, cells in CELLS.items()})
    made.setupHorizontalMetrics({name: (CELL * cells, 0) for name, cells in CELLS.items()})
    made.setupHorizontalHeader(ascent=TOP, descent=BOTTOM)
    names = {"familyName": "Fencepost Tabs", "styleName": "Regular", "fullName": "Fencepost Tabs"}
    made.setupNameTable({**names, "psName": "FencepostTabs", "uniqueFontIdentifier": "FencepostTabs"})
    made.setupOS2(sTypoAscender=TOP, sTypoDescender=BOTTOM, usWinAscent=TOP, usWinDescent=-BOTTOM)
    made.setupPost()
    addOpenTypeFeaturesFromString(made.font, "".join(NARROW.format(n=n) for n in (1, 2, 3)))
    made.save(file)


if __name__ == "__main__":
    make(Path(sys.argv[1]))
