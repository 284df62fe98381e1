"""Characters that no font has: found before they print as silent boxes.

`coverage.txt` lists what the bundled fonts hold, so that an ordinary post is cleared in a millisecond.
Only what is not listed there is put to Typst itself, which knows its own fonts and this machine's.
"""

from __future__ import annotations

import re
from bisect import bisect_right
from collections.abc import Iterable
from functools import cache
from pathlib import Path
from typing import Any

from fencepost.fonts import font_dirs, load_fonts
from fencepost.writers.escape import printable, typst

COVERAGE = Path(__file__).parent / "coverage.txt"
# Never drawn: controls, joiners, direction marks, variation selectors, tags.
INVISIBLE = re.compile(
    "[\x00-\x20\x7f-\xa0\xad\u034f\u061c\u115f-\u1160\u17b4-\u17b5\u180b-\u180f\u2000-\u200f\u2028-\u202f\u205f-\u206f"
    "\u3000\u3164\ufe00-\ufe0f\ufeff\uffa0\ufff0-\ufffb\U000e0000-\U000e0fff]"
)
_REFUSED = re.compile(r'the text `"(.*?)"` could not be displayed', re.DOTALL)
_MOST = 2000  # distinct doubtful characters put to Typst at once


@cache
def _edges() -> list[int]:
    """Read `coverage.txt`: where covered ranges begin and where they end, alternating."""
    edges: list[int] = []
    for item in COVERAGE.read_text(encoding="ascii").split():
        first, _, last = item.partition("-")
        edges += (int(first, 16), int(last or first, 16) + 1)
    return edges


def is_bundled(character: str) -> bool:
    """Say whether one of the bundled fonts has a character, or it is never drawn.

    >>> is_bundled("é"), is_bundled("🚀"), is_bundled("漢")
    (True, True, False)
    """
    return bisect_right(_edges(), ord(character)) % 2 == 1 or INVISIBLE.match(character) is not None


def doubtful(text: str) -> str:
    """Give the distinct characters of a text that the bundled fonts lack, in order of first use."""
    return "" if text.isascii() else "".join(char for char in dict.fromkeys(text) if not is_bundled(char))


def missing_glyphs(text: str, *, system_fonts: bool = False, extra: tuple[Path, ...] = ()) -> str:
    """Give the distinct characters that would print as empty boxes, in order of first use.

    With `system_fonts` those of this machine count too: a post in Chinese prints where it is at home. `extra` are
    folders of other fonts.
    """
    asked = doubtful(text)[:_MOST]
    if not asked:
        return ""
    refused = set(_refused(asked, load_fonts(extra, system_fonts)))
    return "".join(char for char in asked if char in refused)


def letters_lacking(text: str, family: str, fonts: Any) -> str:
    """Give the distinct letters of a text that one family lacks, in order of first use."""
    asked = "".join(dict.fromkeys(char for char in text if char.isalpha()))[:_MOST]
    refused = set(_refused(asked, fonts, f"#set text(font: {typst(family)}, fallback: false)\n"))
    return "".join(char for char in asked if char in refused)


def _refused(characters: str, fonts: Any, head: str = "") -> Iterable[str]:
    """Let Typst set the characters under PDF/A, which makes an error of each that no font has."""
    import typst as engine

    lines = "".join(f"#{typst(char)}\n\n" for char in printable(characters))
    try:
        engine.compile((head + lines).encode(), font_paths=fonts, pdf_standards="a-2b", timestamp=0)
    except engine.TypstError as error:
        return [char for found in _REFUSED.findall(error.diagnostic) for char in found]
    return []


def bundled_ranges() -> str:
    """Write what the bundled fonts hold, as `coverage.txt` does; a test compares the two."""
    from fontTools.ttLib import TTFont

    held: set[int] = set()
    for folder in font_dirs()[:2]:
        for file in sorted(folder.rglob("*.ttf")):
            with TTFont(file, lazy=True) as font:
                held |= set(font.getBestCmap())
    ranges: list[list[int]] = []
    for code in sorted(held):
        if ranges and ranges[-1][1] == code - 1:
            ranges[-1][1] = code
        else:
            ranges.append([code, code])
    return "\n".join(f"{a:x}" if a == b else f"{a:x}-{b:x}" for a, b in ranges) + "\n"
