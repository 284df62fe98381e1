"""Where links of a post lead from each output."""

from __future__ import annotations

import re
import subprocess
import sys
import zipfile
from pathlib import Path

import pytest

from fencepost.filters.addresses import Place

SITE = "https://a.org"
OWN = "https://a.org/blog/post/"
ROWS = [
    # link                 site  own   html                        pdf                         epub
    ("https://x.org/a",    "",   "",   "https://x.org/a",          "https://x.org/a",          "https://x.org/a"),
    ("mailto:a@b.c",       "",   "",   "mailto:a@b.c",             "mailto:a@b.c",             "mailto:a@b.c"),
    ("//x.org/a",          SITE, "",   "//x.org/a",                "//x.org/a",                "//x.org/a"),
    ("#part",              SITE, OWN,  "#part",                    "#part",                    "#part"),
    ("/blog/b?x=1#y",      "",   "",   "/blog/b?x=1#y",            "/blog/b?x=1#y",            None),
    ("/blog/b?x=1#y",      SITE, "",   SITE + "/blog/b?x=1#y",     SITE + "/blog/b?x=1#y",     SITE + "/blog/b?x=1#y"),
    ("/blog/b",            "",   OWN,  SITE + "/blog/b",           SITE + "/blog/b",           SITE + "/blog/b"),
    ("other.md#a",         "",   "",   "other.html#a",             "other.pdf#a",              None),
    ("./other.md",         SITE, OWN,  "other.html",               "other.pdf",                OWN + "other"),
    ("sub/index.md",       SITE, OWN,  "sub.html",                 "sub.pdf",                  OWN + "sub/"),
    ("a%20b.zip",          "",   "",   "../posts/a%20b.zip",       "../posts/a%20b.zip",       None),
    ("gone.md",            "",   "",   "gone.md",                  "gone.md",                  None),
    ("../c/",              "",   OWN,  "../c/",                    SITE + "/blog/c/",          SITE + "/blog/c/"),
]  # fmt: skip


@pytest.fixture(scope="module")
def posts(tmp_path_factory: pytest.TempPathFactory) -> Path:
    folder = tmp_path_factory.mktemp("site") / "posts"
    (folder / "sub").mkdir(parents=True)
    for name in ("other.md", "sub/index.md", "a b.zip"):
        (folder / name).write_text("# There\n", encoding="utf-8")
    return folder


@pytest.mark.parametrize("target", ["html", "pdf", "epub"])
@pytest.mark.parametrize("row", ROWS, ids=lambda row: f"{row[0]}-{bool(row[1])}-{bool(row[2])}")
def test_a_link_leads_there_from_each_output(row: tuple[str, ...], target: str, posts: Path) -> None:
    link, site, own, *wanted = row
    place = Place(posts, posts.parent / "build" / f"post.{target}", target, site, own)
    assert place.leads_to(link) == wanted[("html", "pdf", "epub").index(target)]


def test_outputs_beside_their_posts_lead_into_each_others_folders(posts: Path) -> None:
    assert Place(posts, posts / "post.html", "html").leads_to("sub/index.md#x") == "sub/sub.html#x"


def test_a_book_keeps_the_words_of_a_link_that_it_cannot_hold(posts: Path) -> None:
    text = 'A [link](other.md), <a href="/x?a=1&amp;b=2">raw</a> and [none](http://[).\n'
    (posts / "post.md").write_text(text, encoding="utf-8")
    command = [str(Path(sys.executable).parent / "fencepost"), "convert", "post.md", "-o", "post.epub"]
    run = subprocess.run(command, cwd=posts, capture_output=True, text=True, check=True, timeout=60)
    places = re.findall(r"post\.md:1:(\d+): warning\[link-relative\]", run.stderr)
    assert [text[int(place) - 1 :][:8] for place in places] == ["other.md", "/x?a=1&a", "http://["]
    with zipfile.ZipFile(posts / "post.epub") as book:
        page = next(book.read(name).decode() for name in book.namelist() if name.endswith("ch001.xhtml"))
    assert "href" not in page.split("<body")[1]
    assert re.search(r"A .*link.*, .*raw.* and .*none.*\.", page)
