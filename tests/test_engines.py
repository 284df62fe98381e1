"""Other engines than Typst: what each gives is looked up in its PDF; one that is not there is one clear error."""

from __future__ import annotations

import re
import shutil
from importlib.util import find_spec
from pathlib import Path
from typing import Any

import pytest
from conftest import need
from pages import DRAWING

ENGINES = ("weasyprint", "chromium", "xelatex", "lualatex")
POST = """---
title: A post for engines
description: What each of them sets.
author: Jane Doe
date: 2025-05-22
---

Text that cites a note[^a], and again[^a]; a link to [a place](https://example.org/place) and “quotes”.

## The first section

> [!WARNING] Mind the step
> Take care of it.

```python title="app.py" {2} /name/ showLineNumbers
def greet(name):
    print(f"Hello {name}, this is a line that is longer than the measure of the page, and has to go on below itself")
```

### Heading with a note[^b]

| a | b |
|---|---|
| 1 | 2 |

- [x] done

![A drawing](drawing.svg)

![Not there](gone.png)

Formula $x^2$ and ~~struck~~ words, <kbd>Esc</kbd>.

[^a]: The first note.
[^b]: The second note.
"""


def need_engine(engine: str) -> None:
    if engine == "weasyprint":
        need(find_spec("weasyprint"), "WeasyPrint (the extra fencepost[weasyprint])")
    elif engine == "chromium":
        need(next(filter(None, map(shutil.which, ("chromium", "google-chrome"))), None), "Chromium")
    elif engine != "typst":
        need(shutil.which(engine), f"{engine} (TeX Live)")


@pytest.fixture(scope="module", params=ENGINES)
def printed(request: Any, run: Any, tmp_path_factory: pytest.TempPathFactory) -> tuple[str, Path, str]:
    """Set the post by an engine; give engine, PDF, and what was said."""
    need_engine(request.param)
    folder = tmp_path_factory.mktemp(request.param)
    (folder / "post.md").write_text(POST, encoding="utf-8")
    (folder / "drawing.svg").write_text(DRAWING, encoding="utf-8")
    out = folder / "post.pdf"
    said = run("fencepost", "convert", folder / "post.md", "-o", out, "--pdf-engine", request.param, "--paper", "a5")
    assert said.returncode == 0, said.stderr.decode()
    return request.param, out, said.stderr.decode()


def _pages(pdf: Path) -> list[str]:
    import pymupdf

    with pymupdf.open(pdf) as paper:
        return [" ".join(page.get_text().split()) for page in paper]


def test_text_is_whole(printed: tuple[str, Path, str]) -> None:
    _, pdf, said = printed
    text = " ".join(_pages(pdf))
    for words in ("A post for engines", "Mind the step", "app.py", "The first section", "drawing", "done"):
        assert words.lower() in text.lower(), words
    assert text.count("The first note.") == text.count("The second note.") == 1
    assert re.findall(r"\[([a-z-]+)\]", said) == ["image-missing"]


def test_paper_and_measure(printed: tuple[str, Path, str]) -> None:
    """The sheet has the size asked for, and nothing runs out of it."""
    import pymupdf

    _, pdf, _ = printed
    with pymupdf.open(pdf) as paper:
        assert (round(paper[0].rect.width), round(paper[0].rect.height)) == (420, 595)
        words = [word for page in paper for word in page.get_text("words")]
    assert all(word[0] >= 0 and word[2] <= 420 for word in words)


def test_notes(printed: tuple[str, Path, str]) -> None:
    """At the foot of the page that cites them; by Chromium, which has no such thing, at the end."""
    engine, pdf, _ = printed
    pages = _pages(pdf)
    cited = next(index for index, page in enumerate(pages) if "cites a note" in page)
    noted = next(index for index, page in enumerate(pages) if "The first note." in page)
    assert noted == (len(pages) - 1 if engine == "chromium" else cited)


def test_links_and_marks(printed: tuple[str, Path, str]) -> None:
    import pymupdf

    _, pdf, _ = printed
    with pymupdf.open(pdf) as paper:
        links = {link.get("uri") for page in paper for link in page.get_links()}
        fills = {tuple(round(part, 2) for part in drawing["fill"]) for page in paper
                 for drawing in page.get_drawings() if drawing.get("fill")}  # fmt: skip
    assert "https://example.org/place" in links
    assert (1.0, 0.95, 0.77) in fills, "the marked line"


def test_furniture(printed: tuple[str, Path, str]) -> None:
    """Page numbers by all; running heads by those that print the page of the web; sections by WeasyPrint."""
    engine, pdf, _ = printed
    pages = _pages(pdf)
    assert len(pages) > 1
    assert all(re.search(rf"(?:^|\s){number}(?:\s|$)", page) for number, page in enumerate(pages, 1))
    has_heads = all("A post for engines" in page for page in pages[1:])
    assert has_heads == (engine in ("weasyprint", "chromium"))
    assert ("The first section" in pages[-1]) == (engine == "weasyprint")


def test_tags_and_title(printed: tuple[str, Path, str]) -> None:
    """The two that set HTML tag it; LaTeX does not."""
    import pymupdf

    engine, pdf, _ = printed
    with pymupdf.open(pdf) as paper:
        catalog = paper.xref_object(paper.pdf_catalog())
        assert paper.metadata["title"] == "A post for engines"
    assert ("StructTreeRoot" in catalog) == (engine in ("weasyprint", "chromium"))


@pytest.mark.parametrize("engine", ENGINES)
def test_a_missing_engine_is_one_error(engine: str, tmp_path: Path, monkeypatch: Any, capsys: Any) -> None:
    from fencepost.cli.main import main
    from fencepost.formats.other_pdf import programs

    monkeypatch.setattr(programs.shutil, "which", lambda _: None)
    monkeypatch.setattr(programs, "find_spec", lambda _: None)
    monkeypatch.delenv("FENCEPOST_CHROMIUM", raising=False)
    post = tmp_path / "post.md"
    post.write_text("# T\n\nText.\n")
    with pytest.raises(SystemExit) as end:
        main(["convert", str(post), "-o", str(tmp_path / "post.pdf"), "--pdf-engine", engine])
    said = capsys.readouterr().err
    assert end.value.code == 1
    assert f"error[engine]: {engine} is not installed here" in said and "help:" in said
    assert said.count("error") == 1 and "Traceback" not in said
    assert not (tmp_path / "post.pdf").exists()


@pytest.mark.parametrize("engine", ENGINES)
def test_an_engine_that_takes_too_long_is_ended(engine: str, tmp_path: Path, monkeypatch: Any, capsys: Any) -> None:
    """With all that it started, which holds its pipes: the limit is kept, not what the program would like."""
    import time

    from fencepost.cli.main import main
    from fencepost.formats.other_pdf import programs

    slow = tmp_path / engine
    slow.write_text("#!/bin/sh\n(echo $$ > started; sleep 30) &\nsleep 30\n")
    slow.chmod(0o755)
    monkeypatch.setattr(programs, "find_engine", lambda *_: str(slow))
    monkeypatch.setattr(programs.sys, "executable", str(slow))
    (tmp_path / "post.md").write_text("# T\n\nText.\n")
    start = time.monotonic()
    with pytest.raises(SystemExit) as end:
        main(["convert", str(tmp_path / "post.md"), "-o", str(tmp_path / "post.pdf"), "--pdf-engine", engine,
              "--typst-timeout", "1"])  # fmt: skip
    said = capsys.readouterr().err
    assert end.value.code == 1 and time.monotonic() - start < 15
    assert f"error[pdf-timeout]: {engine} took longer than 1 seconds" in said and "raise `typst-timeout`" in said
    assert not (tmp_path / "post.pdf").exists()


NOSY = """# Title

<iframe src="secret.html"></iframe> <object data="secret.html"></object>

<p id="place"></p><script>document.getElementById("place").textContent = "a script ran"</script>

<img src="secret.svg" alt="a picture in raw HTML">

Text.
"""


@pytest.mark.parametrize("engine", ["weasyprint", "chromium"])
def test_a_post_loads_and_runs_nothing(engine: str, run: Any, tmp_path: Path) -> None:
    need_engine(engine)
    (tmp_path / "secret.html").write_text("<p>the secret</p>")
    secret = (tmp_path / "secret.html").as_uri()
    (tmp_path / "post.md").write_text(NOSY.replace("secret.html", secret))
    said = run("fencepost", "convert", tmp_path / "post.md", "-o", tmp_path / "post.pdf", "--pdf-engine", engine)
    assert said.returncode == 0, said.stderr.decode()
    text = " ".join(_pages(tmp_path / "post.pdf"))
    assert "Text." in text and "secret" not in text and "script ran" not in text


def test_style_sheets_of_ones_own(run: Any, tmp_path: Path) -> None:
    import pymupdf

    need_engine("weasyprint")
    (tmp_path / "own.css").write_text("body { color: #ff0000 }")
    (tmp_path / "post.md").write_text("---\ntitle: T\n---\n\nSome text.\n")
    command = ("fencepost", "convert", tmp_path / "post.md", "-o", tmp_path / "post.pdf", "--pdf-engine", "weasyprint")
    assert run(*command, "--css", tmp_path / "own.css").returncode == 0
    with pymupdf.open(tmp_path / "post.pdf") as paper:
        spans = [span for block in paper[0].get_text("dict")["blocks"] for line in block.get("lines", [])
                 for span in line["spans"]]  # fmt: skip
    assert next(span["color"] for span in spans if "Some text" in span["text"]) == 0xFF0000


def test_what_an_engine_does_not_know_is_said(run: Any, tmp_path: Path) -> None:
    need_engine("chromium")
    (tmp_path / "post.md").write_text("---\ntitle: T\npdf-engine: chromium\nlinks: footnotes\n---\n\nText.\n")
    said = run("fencepost", "convert", tmp_path / "post.md", "-o", tmp_path / "post.pdf").stderr.decode()
    assert "post.md:4" in said and "warning[engine-option]: `links` does nothing with chromium" in said
    said = run("fencepost", "convert", tmp_path / "post.md", "-o", tmp_path / "post.pdf", "--for", "kdp")
    assert said.returncode == 1 and b"chromium does not print for a house" in said.stderr
