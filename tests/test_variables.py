"""What a post says about itself, in the words of each format."""

from __future__ import annotations

import json
import re
from html.parser import HTMLParser

from hypothesis import given
from hypothesis import strategies as st

from fencepost.formats.variables import epub_metadata, head_meta, identifier, variables
from fencepost.frontmatter.reading import Metadata, read
from fencepost.options import Options

FULL = read(
    """
title: Why & <how>
subtitle: A subtitle
description: Say "it"
slug: why
date: 2025-05-22T10:00:00+02:00
updated: 2025-06-01
tags: [a, b]
categories: [b, c]
authors: [{name: Jane, url: https://jane.org}, Bob]
lang: de-AT
cover: img/cover.png
cover_alt: A cover
canonical: https://example.org/posts/why/
"""
)


class _Head(HTMLParser):
    def __init__(self, text: str) -> None:
        super().__init__()
        self.meta: list[tuple[str, str]] = []
        self.links: dict[str, str] = {}
        self.scripts: list[str] = []
        self.tags: list[str] = []
        self.feed(text)
        self.close()

    def handle_starttag(self, tag: str, attrs: list[tuple[str, str | None]]) -> None:
        given = {name: value or "" for name, value in attrs}
        self.tags.append(tag)
        if tag == "meta":
            self.meta.append((given.get("name") or given.get("property", ""), given["content"]))
        elif tag == "link":
            self.links[given["rel"]] = given["href"]

    def handle_data(self, data: str) -> None:
        if self.tags and self.tags[-1] == "script" and data.strip():
            self.scripts.append(data)


def test_variables_of_a_full_post() -> None:
    found = variables(FULL, Options(toc=True), 3.0)
    names = ("date-text", "date-iso", "updated-text", "reading-time", "keywords", "author")
    assert {name: found[name] for name in names} == {
        "date-text": "22. Mai 2025", "date-iso": "2025-05-22", "updated-text": "1. Juni 2025", "reading-time": "3",
        "keywords": ["a", "b", "c"], "author": ["Jane", "Bob"],
    }  # fmt: skip
    assert found["labels"]["contents"] == "Inhalt"
    assert found["toc"] is True


def test_variables_leave_out_what_is_empty() -> None:
    found = variables(Metadata(title="T"), Options(reading_time=False), 3.0)
    assert set(found) == {"title", "pagetitle", "lang", "toc-depth", "paper", "labels"}
    assert variables(Metadata(lang="ar"), Options())["dir"] == "rtl"


def test_head_of_a_full_post() -> None:
    head = _Head(head_meta(FULL))
    meta = dict(head.meta)
    assert meta["og:title"] == "Why & <how>"
    assert meta["description"] == meta["og:description"] == 'Say "it"'
    assert meta["og:image"] == "https://example.org/posts/why/img/cover.png"
    assert meta["og:locale"] == "de_AT"
    assert meta["article:published_time"] == "2025-05-22T10:00:00+02:00"
    assert meta["article:modified_time"] == "2025-06-01"
    assert [value for name, value in head.meta if name == "article:tag"] == ["a", "b", "c"]
    assert head.links == {"canonical": "https://example.org/posts/why/"}
    facts = json.loads(head.scripts[0])
    assert facts["@type"] == "BlogPosting"
    assert facts["headline"] == "Why & <how>"
    assert facts["author"][0] == {"@type": "Person", "name": "Jane", "url": "https://jane.org"}
    assert (facts["datePublished"], facts["dateModified"]) == ("2025-05-22T10:00:00+02:00", "2025-06-01")


def test_head_of_a_bare_post() -> None:
    head = _Head(head_meta(Metadata(title="T")))
    assert not [name for name, value in head.meta if not value]
    assert "author" not in dict(head.meta)
    assert "robots" not in dict(head.meta)
    assert dict(_Head(head_meta(Metadata(title="T", draft=True))).meta)["robots"] == "noindex"


@given(st.one_of(st.text(), st.sampled_from(["</script><b>", "<!--<script>", "\u2028", "]]>", '"/><x', "\0"])))
def test_nothing_breaks_out_of_the_head(text: str) -> None:
    meta = Metadata(title=text, description=text, canonical=text, cover=text, tags=(text,))
    head = _Head(head_meta(meta))
    assert set(head.tags) <= {"meta", "link", "script"}
    assert head.tags.count("script") == 1
    if text:
        said = json.loads(head.scripts[0])["headline"]
        assert len(said) == len(text)


def test_epub_metadata() -> None:
    found = epub_metadata(FULL, described=False)
    assert found["creator"] == [{"role": "aut", "text": "Jane"}, {"role": "aut", "text": "Bob"}]
    assert (found["date"], found["lang"], found["subject"]) == ("2025-05-22", "de-AT", ["a", "b", "c"])
    assert found["source"] == "https://example.org/posts/why/"
    assert "alternativeText" not in found["accessibilityFeatures"]
    assert "alternativeText" in epub_metadata(FULL)["accessibilityFeatures"]
    assert "creator" not in epub_metadata(Metadata(title="T"))


def test_the_identifier_is_the_posts_own() -> None:
    assert re.fullmatch(r"urn:uuid:[0-9a-f-]{36}", identifier(FULL))
    assert identifier(FULL) == identifier(FULL)
    assert identifier(Metadata(title="A")) != identifier(Metadata(title="B"))
