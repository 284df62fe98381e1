"""What our elements need to be defined in the target's own language: for our templates, and for anybody's."""

from __future__ import annotations

import json

from fencepost.locales.words import labels, languages
from fencepost.options import Options
from fencepost.system.assets import data_dir
from fencepost.theme import load_theme, typst_tokens
from fencepost.writers.escape import typst as literal


def typst_definitions(options: Options, lang: str = "en", faces: dict[str, str] | None = None) -> str:
    """Write the Typst definitions: tokens of the theme, drawings, functions. Stands for itself in any document.

    `faces` are families chosen beside the theme's, by use.
    """
    from fencepost.fonts import print_faces
    from fencepost.locales.direction import direction

    theme = load_theme(options.theme)
    drawings = ", ".join(f"{literal(kind)}: {literal(path)}" for kind, path in _icons().items())
    emoji = "mono" if options.grayscale else options.emoji
    tokens = typst_tokens({**theme, "faces": print_faces(theme, emoji, lang, faces)}, grey=options.grayscale)
    words = ", ".join(f"{lang}: {literal(labels(lang)['continued'])}" for lang in languages())
    side = "right" if direction(lang) else "left"
    tokens += f'#let fp-side = "{side}" // where lines begin\n'
    return f"{tokens}#let fp-icons = ({drawings})\n#let fp-continued = ({words})\n{_template('fencepost.typ')}"


def latex_definitions(options: Options) -> str:
    """Write the LaTeX definitions."""
    from fencepost.theme import latex_tokens

    return latex_tokens(load_theme(options.theme)) + _template("fencepost.tex")


def css_definitions(options: Options) -> str:
    """Write the style sheet of our elements, without the look of a page."""
    from fencepost.theme.web import stylesheet

    return stylesheet(load_theme(options.theme), page=False)


def _icons() -> dict[str, str]:
    found: dict[str, str] = json.loads(_template("icons.json"))
    return found


def _template(name: str) -> str:
    return (data_dir() / "templates" / name).read_text(encoding="utf-8")
