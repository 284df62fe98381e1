"""Fonts inside an SVG: Typst ignores `@font-face`, so each becomes a file, and the SVG asks for it by name.

Every Excalidraw export carries a subset of its hand-drawn face. Two drawings carry two subsets under
one name, so the names are made unique: `Excalifont` becomes `Excalifont f3f2a9c01`, in the font and in the SVG
(with a letter before the digits: CSS knows no name that begins with one).
"""

from __future__ import annotations

import base64
import binascii
import hashlib
import io
import re
from collections.abc import Iterator
from dataclasses import dataclass
from pathlib import Path

from fencepost.system.cache import kept

LARGEST = 40_000_000  # bytes of one decoded font: no drawing needs more, a hostile one may claim it
_FACE = re.compile(r"@font-face\s*\{([^{}]*)\}")
_FAMILY = re.compile(r"""font-family\s*:\s*(?:"([^"]*)"|'([^']*)'|([^;"']+))""")
_STYLE = re.compile(r"font-(?:weight|style)\s*:\s*[^;]+")
_DATA = re.compile(r"""url\(\s*["']?data:[^,;]*(?:;[^,;]*)*;base64,([^"')]*)""")
_USE = re.compile(r"""(font(?:-family)?\s*=\s*)("[^"]*"|'[^']*')|(font(?:-family)?\s*:)((?:"[^"=<>;{}]*"|[^;}"<])*)""")
_HINT = b"@font-face"


@dataclass(frozen=True, slots=True)
class Embedded:
    """One `@font-face` of a drawing: the family it is called by, its weight and style as written, its bytes."""

    family: str
    look: str
    data: bytes

    def key(self) -> str:
        """Name the font by what is in it."""
        return hashlib.sha256(self.data).hexdigest()[:16]


def embedded_fonts(svg: str) -> Iterator[Embedded]:
    """Read the fonts that an SVG carries as base64."""
    for face in _FACE.finditer(svg):
        family, data = _FAMILY.search(face[1]), _DATA.search(face[1])
        if not family or not data:
            continue
        try:
            raw = base64.b64decode(re.sub(r"\s+", "", data[1]), validate=True)
        except binascii.Error:
            continue
        yield Embedded(next(filter(None, family.groups())).strip(), " ".join(_STYLE.findall(face[1])), raw)


def unpack_svg(svg: bytes, folder: Path) -> bytes:
    """Put the fonts of an SVG into `folder` (for `font_paths`) and give the SVG that asks for them.

    What carries no font comes back as it is; so does what cannot be decoded.
    """
    if _HINT not in svg:
        return svg
    text = svg.decode("utf-8", "replace")
    names: dict[str, list[str]] = {}
    looks: set[tuple[str, str]] = set()
    for font in embedded_fonts(text):
        known = names.setdefault(font.family, [])
        # weights of one family share a name; a second subset of the same weight needs another
        name = known[-1] if known and (font.family, font.look) not in looks else f"{font.family} f{font.key()[:8]}"
        looks.add((font.family, font.look))
        if _write_font(font, name, folder) and name not in known:
            known.append(name)
    names = {family: made for family, made in names.items() if made}
    return _rename(text, names).encode() if names else svg


def _rename(svg: str, names: dict[str, list[str]]) -> str:
    """Let every use of an embedded family name ours, and drop the faces, which nothing reads."""
    any_name = re.compile("|".join(rf"(?<![\w-]){re.escape(name)}(?![\w-])" for name in names))

    def renamed(use: re.Match[str]) -> str:
        return any_name.sub(lambda found: ", ".join(names[found[0]]), use[0])

    return _USE.sub(renamed, _FACE.sub("", svg))


def _write_font(font: Embedded, name: str, folder: Path) -> bool:
    """Write one font under its new name, decoded now or by an earlier run (decoding costs some 60 ms)."""
    file = f"{font.key()}-{hashlib.sha256(name.encode()).hexdigest()[:8]}.ttf"
    decoded = kept("fonts", file, lambda: decode_font(font.data, name) or b"")
    if not decoded:
        return False
    folder.mkdir(parents=True, exist_ok=True)
    (folder / file).write_bytes(decoded)
    return True


def decode_font(data: bytes, name: str) -> bytes | None:
    """Decode WOFF2, WOFF, TrueType or OpenType and call the result `name`; None for what is no font.

    Names 1, 4 and 6 are what Typst looks at; 16, 17, 21 and 22 would win over them.
    """
    if len(data) < 20 or int.from_bytes(data[16:20], "big") > LARGEST and data[:3] == b"wOF":
        return None
    from fontTools.ttLib import TTFont

    try:
        font = TTFont(io.BytesIO(data), recalcTimestamp=False)
        table = font["name"]
        for number in (16, 17, 21, 22):
            table.removeNames(nameID=number)
        for number, value in ((1, name), (4, name), (6, name.replace(" ", "-"))):
            table.setName(value, number, 3, 1, 0x409)
        font.flavor = None
        out = io.BytesIO()
        font.save(out)
    except Exception:  # fontTools raises whatever it meets; a broken font must not break the post
        return None
    return out.getvalue()
