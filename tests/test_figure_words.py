"""The number of a figure is in the language of the post, in every format."""

from __future__ import annotations

import pytest

from fencepost.filters.context import Context
from fencepost.filters.figures import caption_of
from fencepost.options import Options
from fencepost.pandoc.tree import Node, plain, text_of


def caption(lang: str, words: str) -> str:
    context = Context("html", "post.md", Options(number_figures=True), lang=lang)
    image: Node = {"t": "Image", "c": [["", [], []], plain(words), ["a.png", ""]]}
    return text_of(caption_of(image, context))


@pytest.mark.parametrize(
    ("lang", "wanted"),
    [
        ("de", "Abbildung 1: A"),
        ("en", "Figure 1: A"),
        ("fr-CA", "Figure 1: A"),
        ("ja", "図 1: A"),
        ("xx", "Figure 1: A"),
    ],
)
def test_figures_are_numbered_in_the_post_s_language(lang: str, wanted: str) -> None:
    assert caption(lang, "A") == wanted


@pytest.mark.parametrize("words", ["Abbildung 3: A", "Abb. 3: A", "Obrázek 3 A", "Fig. 3", "图3 A"])
def test_no_figure_has_two_numbers(words: str) -> None:
    assert caption("de", words) == words
