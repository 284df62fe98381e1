"""Where links lead, on paper: each address once, with a mark that is no note's, asked of the PDF."""

from __future__ import annotations

import re
from pathlib import Path

import pymupdf
import pytest
from pages import build
from test_print import spans
from words import TEXT_OF

from fencepost.cli.main import main

POST = """---
title: Links
canonical: https://me.example/posts/x
---

See [the docs](https://docs.example/a) and [more](https://docs.example/a)[^1], <https://bare.example/x>,
[bare.example/x](https://bare.example/x), [below](#a-heading-link), write [me](mailto:a@b.example).

## A [heading](https://h.example) link

| A [t](https://t.example) | B |
|---|---|
| [x](/rel/path) | [again](https://docs.example/a)[^2] |

> [!NOTE]
> In an [alert](https://alert.example/{long}).

[^1]: A note with a [link inside](https://inside.example) and [again](https://docs.example/a).
[^2]: Two.
"""
POST = POST.format(long="on/and/" * 20)
ADDRESSES = [
    "https://docs.example/a", "https://inside.example", "a@b.example", "https://h.example", "https://t.example",
    "https://me.example/rel/path", "https://alert.example/" + "on/and/" * 20,
]  # fmt: skip


def text_of(file: Path) -> str:
    return re.sub(r"\n(?=\S)", "\n", "".join(page.get_text() for page in pymupdf.open(file)))


def test_addresses_stand_at_the_foot_once_each_with_a_letter(tmp_path: Path) -> None:
    out = build(tmp_path, "pdf", POST, "--links", "footnotes", "--strict")
    joined = text_of(out).replace("\n", "")
    for letter, address in zip("abcdefg", ADDRESSES, strict=True):
        assert joined.count(address) == 1
        assert f"{letter}{address}" in joined
    assert joined.count("https://bare.example/x") == 1 and "1A note with a link inside" in joined
    feet = [span for span in spans(pymupdf.open(out)) if span["text"].startswith("https://docs")]
    assert [span["size"] < 9 for span in feet] == [True]


def test_marks_follow_their_words_and_repeat(tmp_path: Path) -> None:
    joined = text_of(build(tmp_path, "pdf", POST, "--links", "footnotes")).replace("\n", "")
    for words in ("the docsa and morea", "link insideb and againa", "mec", "headingd link", "xf", "alertg."):
        assert words in joined


def test_addresses_stand_in_a_list_at_the_end(tmp_path: Path) -> None:
    out = build(tmp_path, "pdf", POST.replace("title:", "lang: de\ntitle:"), "--links", "references", "--strict")
    document = pymupdf.open(out)
    joined = text_of(out).replace("\n", "")
    for number, address in enumerate(ADDRESSES, 1):
        assert joined.count(address) == 1 and f"[{number}]{address}" in joined
    assert "the docs[1] and more[1]" in joined
    assert [title for _, title, _ in document.get_toc()] == ["A heading link", "Links"]
    assert "pdfuaid:part" in document.get_xml_metadata()


def test_without_the_option_nothing_is_added(tmp_path: Path) -> None:
    joined = text_of(build(tmp_path, "pdf", POST))
    assert "https://docs.example" not in joined and "https://h.example" not in joined


def test_a_post_without_links_has_no_list(tmp_path: Path) -> None:
    assert pymupdf.open(build(tmp_path, "pdf", "# A\n\nWords.\n", "--links", "references")).get_toc() == []


def test_the_web_page_stays_as_it_is(tmp_path: Path) -> None:
    plain, noted = (
        build(tmp_path / str(n), "html", POST, *more).read_text("utf-8")
        for n, more in enumerate(((), ("--links", "footnotes")))
    )
    assert plain == noted


def test_only_three_ways(tmp_path: Path, capsys: pytest.CaptureFixture[str]) -> None:
    post = tmp_path / "p.md"
    post.write_text("---\nlinks: endnotes\n---\n\nA", encoding="utf-8")
    with pytest.raises(SystemExit):
        main(["convert", str(post), "--to", "html"])
    assert "`links` is ignored: inline or footnotes or references was expected" in capsys.readouterr().err


def test_addresses_of_the_site_start_from_its_own(tmp_path: Path) -> None:
    post = "# A\n\nSee [about](/about) and [near](near/).\n"
    out = build(tmp_path, "pdf", post, "--links", "footnotes", "--base-url", "https://site.example/blog/")
    assert "https://site.example/about" in text_of(out) and "https://site.example/blog/near/" in text_of(out)


@pytest.mark.parametrize("kind", ["html", "pdf", "epub", "docx", "odt"])
def test_links_to_the_top_are_words_where_there_is_none(
    kind: str, tmp_path: Path, capsys: pytest.CaptureFixture[str]
) -> None:
    """`[x](#)` is what many write for now; Typst refuses a link to nothing."""
    made = build(tmp_path, kind, 'A [first](#), <a href="#">second</a> and [third](#Top).\n\n## Head\n')
    assert capsys.readouterr().err == ""
    if kind == "html":
        page = made.read_text(encoding="utf-8")
        assert '<a href="#">first</a>' in page and '<a href="#Top">third</a>' in page
    else:
        words = " ".join(TEXT_OF[kind](made.read_bytes()).split())
        assert "A first, second and third." in words
    if kind == "pdf":
        assert [link for link in pymupdf.open(made)[0].get_links() if link["kind"] != pymupdf.LINK_NONE] == []


def test_an_anchor_called_top_is_found(tmp_path: Path) -> None:
    made = build(tmp_path, "html", "[up](#top) and [down](#down)\n\n## Top\n\n## Down\n")
    assert '<a href="#top">up</a>' in made.read_text(encoding="utf-8")


def test_a_link_too_long_for_typst_is_words_and_said_with_its_line(
    tmp_path: Path, capsys: pytest.CaptureFixture[str]
) -> None:
    post = tmp_path / "post.md"
    fits, long = (f"https://example.org/?sql={'é' * ((size - 25) // 2)}" for size in (8000, 8002))
    post.write_text(f"# Post\n\n[fits]({fits})\n\nSee [the query]({long}) in full.\n", encoding="utf-8")
    with pytest.raises(SystemExit) as end:
        main(["convert", str(post), "-o", str(tmp_path / "post.pdf")])
    assert not end.value.code
    said = capsys.readouterr().err
    assert ":5:17: warning[link-long]: an address of 8001 bytes" in said and said.count("warning") == 1
    page = pymupdf.open(tmp_path / "post.pdf")[0]
    assert "See the query in full." in page.get_text()
    assert len(page.get_links()) == 1


def test_a_link_of_soft_hyphens_is_no_link(tmp_path: Path) -> None:
    made = build(tmp_path, "pdf", "A [\u00ad](https://x.example/) B, [c\u00ad](https://y.example/).\n")
    assert [link["uri"] for link in pymupdf.open(made)[0].get_links()] == ["https://y.example/"]
