"""Nothing is lost: each word of a post is in its output, the body's in their order. `make fuzz` looks for long."""

from __future__ import annotations

import os
import re
import tempfile
from pathlib import Path

import pytest
from dialect_posts import Written, posts
from hypothesis import HealthCheck, given, settings
from test_untrusted import words_of

from fencepost.begin import Settings
from fencepost.convert import convert, look

LONG = int(os.environ.get("FENCEPOST_FUZZ", "0"))
_patient = settings(suppress_health_check=list(HealthCheck), deadline=None)


def _outputs(post: Written, formats: tuple[str, ...], *, untrusted: bool) -> dict[str, str]:
    with tempfile.TemporaryDirectory() as name:
        file = Path(name) / "post.md"
        file.write_text(post.text, encoding="utf-8")
        chosen = Settings({"untrusted": True} if untrusted else {})
        outputs = {kind: Path(name) / f"post.{kind}" for kind in formats}
        convert(look(str(file), chosen), outputs, chosen)
        return {kind: words_of(out.read_bytes(), kind) for kind, out in outputs.items()}


def lost(post: Written, page: str) -> list[str]:
    """List the words that a page has not, and those of the body that come before one that was written earlier."""
    found = set(re.findall(r"w\d+q", page))
    body = re.findall(r"w\d+q", page[page.find("<main") :])
    order = {word: at for at, word in reversed(list(enumerate(body)))}  # where each stands first
    places = [(order[word], word) for word in post.words if word in order]
    early = [word for (before, _), (at, word) in zip(places, places[1:], strict=False) if at < before]
    return [word for word in (*post.words, *post.elsewhere) if word not in found] + early


def test_a_lost_word_is_found() -> None:
    post = Written(words=["w1q", "w2q", "w3q"], elsewhere=["w4q"])
    assert lost(post, "<main>w1q w2q w3q w4q") == []
    assert lost(post, "<main>w1q w3q") == ["w2q", "w4q"]
    assert lost(post, "<main>w2q w1q w3q w4q") == ["w2q"]


@settings(_patient, max_examples=LONG or 40)
@given(posts())
@pytest.mark.parametrize("untrusted", [False, True], ids=["trusted", "untrusted"])
def test_html(untrusted: bool, post: Written) -> None:
    assert lost(post, _outputs(post, ("html",), untrusted=untrusted)["html"]) == [], post.text


@settings(_patient, max_examples=LONG // 4 or 8)
@given(posts())
def test_pdf_and_epub(post: Written) -> None:
    for kind, words in _outputs(post, ("pdf", "epub"), untrusted=False).items():
        missing = [word for word in (*post.words, *post.elsewhere) if word not in words]
        assert missing == [], (kind, post.text)
