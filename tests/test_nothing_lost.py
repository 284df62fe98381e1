"""Nothing is lost: each word of a post is in its output, in the order of the text. `make fuzz` looks for long.

The title, the body and each note are read in their order, wherever the format sets them; what describes an image is
there, wherever a format says it.
"""

from __future__ import annotations

import os
import tempfile
from pathlib import Path

import pytest
import words
from dialect_posts import HTML, TALL, Written, component_posts, many_figures, posts
from hypothesis import HealthCheck, Phase, given, settings
from words import made

LONG = int(os.environ.get("FENCEPOST_FUZZ", "0"))
USUAL = 40
_patient = settings(suppress_health_check=list(HealthCheck), deadline=None)
WAYS = {
    # what is made      the format, options                        posts for a web page to one of these
    "html":           ("html",  {},                                 1),
    "a stranger's":   ("html",  {"untrusted": True},                1),
    "plain":          ("plain", {},                                 4),
    "docx":           ("docx",  {},                                 4),
    "odt":            ("odt",   {},                                 4),
    "epub":           ("epub",  {},                                 4),
    "pdf":            ("pdf",   {},                                 4),
    "LaTeX":          ("tex",   {},                                 4),
    "xelatex":        ("pdf",   {"pdf_engine": "xelatex"},         20),
    "weasyprint":     ("pdf",   {"pdf_engine": "weasyprint"},      20),
    "chromium":       ("pdf",   {"pdf_engine": "chromium"},        20),
}  # fmt: skip
WITHOUT = {
    "plain": HTML | {"figure with a title"},  # what pandoc's own writer leaves out
    "xelatex": {"figure", "figure with a title"},  # LaTeX lets them float
    "pdf":   TALL,  # Typst draws cells that reach over rows behind their neighbours; its tags have them in their order
}  # fmt: skip


def lost(post: Written, output: str, kind: str) -> list[str]:
    """List the words that an output has not, or not in their order.

    In a pipeline the title is a template's; LaTeX's PDFs say no descriptions.
    """
    parts = post.parts[1:] if kind == "plain" else post.parts
    described = [] if kind == "xelatex" else post.descriptions
    return words.lost(parts, output) + [word for word in described if word not in output]


def test_a_lost_word_is_found() -> None:
    post = Written(head=["w0q"], words=["w1q", "w2q", "w3q"], notes=[["w5q", "w6q"]], descriptions=["w4q"])
    assert lost(post, "w0qw4qw1qw2qw3qw5qw6q", "html") == []
    assert lost(post, "w0qw1qw3qw5qw6q", "html") == ["w2q", "w4q"]
    assert lost(post, "w0qw2qw1qw3qw4qw6qw5q", "html") == ["w2q", "w6q"]


@pytest.mark.parametrize("way", WAYS)
def test_nothing_is_lost(way: str) -> None:
    kind, options, part = WAYS[way]

    # to make a failing post smaller takes minutes where a format takes seconds
    phases = (Phase.explicit, Phase.reuse, Phase.generate, *([Phase.shrink] if LONG or part < 20 else []))

    @settings(_patient, max_examples=max((LONG or USUAL) // part, 2), phases=phases)
    @given(posts(WITHOUT.get(way, frozenset())))
    def look(post: Written) -> None:
        with tempfile.TemporaryDirectory() as name:
            assert lost(post, made(post.text, kind, Path(name), **options), way) == [], post.text

    look()


@pytest.mark.parametrize(("kind", "most"), [("html", 30), ("pdf", 6), ("epub", 6), ("docx", 6), ("odt", 6)])
def test_words_in_attributes_of_components_are_not_lost(kind: str, most: int) -> None:
    @settings(_patient, max_examples=LONG or most)
    @given(component_posts())
    def look(post: Written) -> None:
        with tempfile.TemporaryDirectory() as name:
            assert lost(post, made(post.text, kind, Path(name), mdx="yes"), kind) == [], post.text

    look()


@pytest.mark.parametrize("kind", ["html", "pdf", "epub", "docx", "odt"])
def test_figures_by_the_hundred_are_not_lost(kind: str, tmp_path: Path) -> None:
    post = many_figures(300)
    assert lost(post, made(post.text, kind, tmp_path), kind) == []
