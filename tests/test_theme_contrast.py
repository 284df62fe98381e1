"""Code is legible wherever it stands: on its ground, on a marked line, on every tint, by day and by night."""

from __future__ import annotations

import pytest

from fencepost.theme import latex_tokens, load_theme

THEME = load_theme()
GROUNDS = {
    "code": THEME["colours"]["code"],
    "mark": THEME["colours"]["mark"],
    **{f"tint {name}": pair for name, pair in THEME["tints"].items()},
}
AA = 4.5  # WCAG 2.2, success criterion 1.4.3


def _luminance(colour: str) -> float:
    shares = [int(colour[place : place + 2], 16) / 255 for place in (1, 3, 5)]
    red, green, blue = (share / 12.92 if share <= 0.04045 else ((share + 0.055) / 1.055) ** 2.4 for share in shares)
    return 0.2126 * red + 0.7152 * green + 0.0722 * blue


def contrast(one: str, other: str) -> float:
    """Compute WCAG's contrast ratio of two colours.

    >>> contrast("#ffffff", "#000000")
    21.0
    """
    dark, light = sorted((_luminance(one), _luminance(other)))
    return (light + 0.05) / (dark + 0.05)


@pytest.mark.parametrize("side", [0, 1], ids=["light", "dark"])
@pytest.mark.parametrize("ground", GROUNDS)
def test_code_colours_are_legible(ground: str, side: int) -> None:
    poor = {
        kind: round(contrast(pair[side], GROUNDS[ground][side]), 2)
        for kind, pair in THEME["code"].items()
        if contrast(pair[side], GROUNDS[ground][side]) < AA
    }
    assert poor == {}


@pytest.mark.parametrize("side", [0, 1], ids=["light", "dark"])
def test_titles_are_legible_on_their_bar(side: int) -> None:
    assert contrast(THEME["colours"]["soft"][side], THEME["colours"]["bar"][side]) >= AA


def test_latex_colours_have_names_of_letters() -> None:
    lines = latex_tokens(THEME).splitlines()
    assert r"\definecolor{fphlk}{HTML}{8A2C6B}" in lines
    assert all(line.split("}")[0].removeprefix(r"\definecolor{").isalpha() for line in lines)
