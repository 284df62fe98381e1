"""The theme's faces inside an EPUB: each file cut down to the characters of the book."""

from __future__ import annotations

import io
import re
from html import unescape
from pathlib import Path
from typing import Any

from fencepost.fonts.files import faces
from fencepost.theme import Theme

WEIGHTS = (400, 700)  # the range that the style sheet asks for
AXES = {"opsz": 14}  # axes that are fixed: reading systems size text themselves
SHEET = "EPUB/styles/stylesheet1.css"
ALWAYS = {*map(chr, range(0x20, 0x7F)), *"↩–—…“”‘’•0123456789"}  # what style sheet and reading system may add


def subset(file: Path, characters: set[str]) -> bytes:
    """Cut a font down to some characters and the weights that a book uses; the same input gives the same WOFF2."""
    from fontTools import subset as cutter
    from fontTools.ttLib import TTFont
    from fontTools.varLib import instancer

    font: Any = TTFont(file, recalcTimestamp=False)
    options = cutter.Options(layout_features=["kern", "liga", "mark", "mkmk", "ccmp", "locl"], notdef_outline=True)
    cut = cutter.Subsetter(options)
    cut.populate(text="".join(sorted(characters)))
    cut.subset(font)
    if "fvar" in font:
        axes = {axis.axisTag: axis for axis in font["fvar"].axes}
        limits: dict[str, Any] = {tag: value for tag, value in AXES.items() if tag in axes}
        if "wght" in axes:
            limits["wght"] = (max(WEIGHTS[0], axes["wght"].minValue), min(WEIGHTS[1], axes["wght"].maxValue))
        font = instancer.instantiateVariableFont(font, limits)
    font.flavor = "woff2"
    out = io.BytesIO()
    font.save(out)
    return out.getvalue()


def embed(parts: dict[str, bytes], theme: Theme, files: dict[str, Path], opf: str) -> None:
    """Put the theme's faces into an EPUB's parts, the style sheet and the manifest included; in place."""
    pages = "".join(data.decode("utf-8") for name, data in parts.items() if name.endswith(".xhtml"))
    characters = set(unescape(re.sub(r"<[^>]*>", "", pages))) | ALWAYS
    rules, items = [], []
    for number, (family, style, file) in enumerate(faces(theme, files), 1):
        stem = re.sub(r"[^a-z0-9]+", "-", family.lower()) or "face"
        name = f"{stem}{'-italic' if style == 'italic' else ''}.woff2"
        parts[f"EPUB/fonts/{name}"] = subset(file, characters)
        weights = " ".join(map(str, WEIGHTS))
        rules.append(
            f'@font-face{{font-family:"{family}";font-style:{style};font-weight:{weights};src:url(../fonts/{name})}}\n'
        )
        items.append(f'<item id="fencepost-font-{number}" href="fonts/{name}" media-type="font/woff2" />\n    ')
    parts[SHEET] = "".join(rules).encode() + parts[SHEET]
    parts[opf] = parts[opf].replace(b"</manifest>", "".join(items).encode() + b"</manifest>", 1)
