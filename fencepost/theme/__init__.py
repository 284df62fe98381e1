"""The theme: faces, measures and colours from one file of tokens, written out for each format.

`templates/theme.json` holds them; `theme:` names a copy that a user has changed (`settings/theme.py` reads it).
"""

from __future__ import annotations

import re
from typing import Any

from fencepost.settings.theme import Theme, load_theme
from fencepost.writers.escape import css, typst

__all__ = [
    "GROUPS", "Theme", "css_faces", "css_measures", "css_properties", "css_weights", "grey_of", "latex_tokens",
    "load_theme",
]  # fmt: skip

GROUPS = {
    # colours     what their CSS properties are called
    "colours": "--fp-",
    "alerts":  "--fp-alert-",
    "code":    "--fp-hl-",
    "tints":   "--fp-tint-",
}  # fmt: skip


def _properties(theme: Theme, side: int) -> str:
    return "".join(
        f"{prefix}{name}:{pair[side]};" for group, prefix in GROUPS.items() for name, pair in theme[group].items()
    )


def css_faces(theme: Theme) -> dict[str, str]:
    """Give the faces as CSS properties and their values."""
    return {
        f"--fp-{use}": ",".join(css(name) if " " in name else name for name in names)
        for use, names in theme["faces"].items()
    }


def css_weights(theme: Theme) -> dict[str, str]:
    """Give the weights of type as CSS properties and their values."""
    return {f"--fp-weight-{name}": str(value) for name, value in theme["weights"].items()}


# what print counts in ems of the text, wherever it stands
_OF_TEXT = re.compile(r"h\d(-above|-below)?|title|subtitle|lede|label|byline|contents|table|small|notes")


def css_measures(theme: Theme, medium: str) -> dict[str, str]:
    """Give the measures of a medium (`web`, `print`, `book`) as CSS properties and their values."""
    return {f"--fp-{medium}-{name}": _measure(theme, medium, name) for name in theme[medium]}


def _measure(theme: Theme, medium: str, name: str) -> str:
    value = str(theme[medium][name])
    if medium != "print" or not value.endswith("em") or not _OF_TEXT.fullmatch(name):
        return value
    text = re.fullmatch(r"([\d.]+)(\w+)", theme["print"]["text"])
    assert text is not None  # settings/theme.py sees to it
    return f"{float(value[:-2]) * float(text[1]):.4g}{text[2]}"


def css_properties(theme: Theme, *, page: bool = True) -> str:
    """Write the tokens as CSS custom properties: light, dark by the reader's choice, either by `data-theme`.

    Without `page`, for somebody else's page, they are dark by `data-theme` alone, and the page keeps its own scheme.
    """
    tokens = css_faces(theme) | css_weights(theme) | css_measures(theme, "web")
    paper = css_measures(theme, "print")  # of which a page that a browser prints needs three
    tokens |= {name: paper[name] for name in ("--fp-print-text", "--fp-print-title", "--fp-print-code")}
    fixed = "".join(f"{name}:{value};" for name, value in tokens.items())
    light, dark = _properties(theme, 0), _properties(theme, 1)
    if not page:
        return f":root{{{fixed}{light}}}\n@media screen{{:root[data-theme=dark]{{{dark}}}}}\n"
    return (
        f":root{{color-scheme:light dark;{fixed}{light}}}\n"
        f"@media screen and (prefers-color-scheme:dark){{:root:not([data-theme=light]){{{dark}}}}}\n"
        f"@media screen{{:root[data-theme=dark]{{color-scheme:dark;{dark}}}"
        ":root[data-theme=light]{color-scheme:light}}\n"
    )


def _typst_value(value: Any) -> str:
    if isinstance(value, dict):
        return "(" + "".join(f"{typst(key)}: {_typst_value(item)}, " for key, item in value.items()) + ")"
    if isinstance(value, list):  # a pair of colours prints its light side; faces are listed whole
        return "(" + "".join(f"{typst(item)}, " for item in value) + ")"
    return typst(value) if isinstance(value, str) else str(value)


def grey_of(colour: str) -> int:
    """Give the grey, 0 to 255, that is as light as a colour `#rrggbb` (WCAG 2's relative luminance).

    >>> grey_of("#ffffff"), grey_of("#0969da"), grey_of("#000000")
    (255, 109, 0)
    """
    parts = [int(colour[at : at + 2], 16) / 255 for at in (1, 3, 5)]
    linear = [part / 12.92 if part <= 0.04045 else ((part + 0.055) / 1.055) ** 2.4 for part in parts]
    light = sum(share * part for share, part in zip((0.2126, 0.7152, 0.0722), linear, strict=True))
    return round(255 * (12.92 * light if light <= 0.0031308 else 1.055 * light ** (1 / 2.4) - 0.055))


def typst_tokens(theme: Theme, *, grey: bool = False) -> str:
    """Write the tokens as a Typst dictionary `fp-theme`, colours by their light side, as `rgb` or in greys alone."""

    def colour(value: str) -> str:
        return f"luma({grey_of(value)})" if grey else f'rgb("{value}")'

    colours = ", ".join(
        f"{group}: (" + ", ".join(f'"{name}": {colour(pair[0])}' for name, pair in theme[group].items()) + ")"
        for group in GROUPS
    )
    measures = ", ".join(f"{name}: {value}" for name, value in theme["print"].items())  # lengths are Typst's own
    faces, weights = _typst_value(theme["faces"]), ", ".join(f"{name}: {it}" for name, it in theme["weights"].items())
    groups = f"faces: {faces}, weights: ({weights}), print: ({measures}), {colours}"
    return f"#let fp-theme = ({groups})\n#let fp-grey = {str(grey).lower()}\n"


def latex_tokens(theme: Theme) -> str:
    """Write the light side of the tokens as named colours of LaTeX: `fpink`, `fpalertnote`, `fphlk`, `fptintv`."""
    return "".join(
        f"\\definecolor{{{prefix.replace('-', '')}{name}}}{{HTML}}{{{pair[0][1:].upper()}}}\n"
        for group, prefix in GROUPS.items()
        for name, pair in theme[group].items()
    )
