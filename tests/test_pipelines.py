"""Inside other people's pipelines: definitions once wherever headers go, filters alone, a reader, defaults files."""

from __future__ import annotations

import re
import subprocess
import sys
import zipfile
from pathlib import Path

import pytest
from conftest import ROOT, Command

POST = """---
title: T
---

# One --two

> [!WARNING] Take *care*
> body[^n]

```python title="app.py" {1} showLineNumbers caption="What it shows"
def f(): pass
```

again[^n]

[^n]: The note.
"""
READER = str(ROOT / "custom" / "fencepost.lua")
SIGNS = {"typst": "#let fp-theme", "latex": "\\definecolor{fpink}"}
WAYS = [
    # how pandoc is called                                what makes a filter's own header-includes vanish
    [],
    ["-s"],
    ["-s", "-H", "head.txt"],
    ["-s", "-V", "header-includes=% own"],
    ["-s", "--template", "bare.txt"],
]


@pytest.fixture
def blog(tmp_path: Path) -> Path:
    (tmp_path / "post.md").write_text(POST, encoding="utf-8")
    (tmp_path / "head.txt").write_text("% head", encoding="utf-8")
    (tmp_path / "bare.txt").write_text("$body$", encoding="utf-8")
    (tmp_path / "own.css").write_text("p { color: red }", encoding="utf-8")
    return tmp_path


def out(run: Command, folder: Path, *words: str | Path, input: bytes = b"") -> str:
    done = run(*words, cwd=folder, input=input)
    assert done.returncode == 0, done.stderr.decode()
    assert b"Traceback" not in done.stderr
    return done.stdout.decode()


def piped(run: Command, folder: Path, *words: str) -> str:
    return out(run, folder, "pandoc", "-f", READER, "post.md", "--filter", "fencepost", *words)


@pytest.mark.parametrize("target", SIGNS)
@pytest.mark.parametrize("way", WAYS, ids=" ".join)
def test_definitions_stand_once_before_their_use(run: Command, blog: Path, target: str, way: list[str]) -> None:
    text = piped(run, blog, "-t", target, *way)
    assert text.count(SIGNS[target]) == 1
    first_use = re.search(r"^#fp-alert\(|^\\begin\{fpalert\}", text, re.MULTILINE)
    assert first_use
    assert text.index(SIGNS[target]) < first_use.start()


def test_filters_one_after_another_define_once(run: Command, blog: Path) -> None:
    filters = [
        word
        for name in ("alerts", "fences", "footnotes")
        for word in ("--filter", str(ROOT / "filters" / f"{name}.py"))
    ]
    text = out(run, blog, "pandoc", "-f", READER, "post.md", "-t", "typst", *filters)
    assert text.count(SIGNS["typst"]) == 1
    assert '#fp-alert("warning"' in text
    assert '"app.py"' in text


@pytest.mark.parametrize("way", WAYS[:4], ids=" ".join)
def test_typst_of_pandocs_own_template_compiles(run: Command, blog: Path, way: list[str]) -> None:
    import typst

    from fencepost.fonts import load_fonts

    (blog / "head.txt").write_text("// head", encoding="utf-8")
    way = [word.replace("% own", "// own") for word in way]
    (blog / "out.typ").write_text(piped(run, blog, "-t", "typst", *way), encoding="utf-8")
    pdf = typst.compile(str(blog / "out.typ"), font_paths=load_fonts((), False))
    assert pdf.startswith(b"%PDF")


def test_epub_style_merges_with_the_users(run: Command, blog: Path) -> None:
    piped(run, blog, "-t", "epub3", "--css", "own.css", "-o", "x.epub")
    with zipfile.ZipFile(blog / "x.epub") as book:
        styles = [book.read(name).decode() for name in book.namelist() if name.endswith(".css")]
        chapters = "".join(book.read(name).decode() for name in book.namelist() if "/text/ch" in name)
    assert any("color: red" in style for style in styles)
    assert any(".alert" in style for style in styles)
    assert chapters.count('rel="stylesheet"') >= 2


def test_html_style_is_in_the_head(run: Command, blog: Path) -> None:
    page = piped(run, blog, "-t", "html", "-s")
    assert page.index(".alert") < page.index("</head>")
    assert "<style" not in piped(run, blog, "-t", "html")


def test_a_reader_with_another_base_and_extensions(run: Command, blog: Path, environment: dict[str, str]) -> None:
    (blog / "post.md").write_text('"q" it\'s --o\n\n```py {1}\nx\n```\n\nx^2^\n', encoding="utf-8")
    smart = out(run, blog, "pandoc", "-f", f"{READER}+smart", "-t", "html", "post.md")
    assert "“q” it’s --o" in smart
    assert "x^2^" in smart
    words = ["pandoc", "-f", READER, "-t", "native", "post.md"]
    given = {**environment, "FENCEPOST_FROM": "commonmark_x"}
    based = subprocess.run(words, cwd=blog, env=given, capture_output=True, check=True).stdout.decode()
    assert "Superscript" in based
    assert '( "meta" , "{1}" )' in based


def test_no_carrier_meets_another_filter(run: Command, blog: Path) -> None:
    native = out(run, blog, "pandoc", "-f", READER, "-t", "native", "post.md")
    assert not re.search("[\uf5c0-\uf5ff\U000f0000-\U0010fffd\u2045\u2046\u2e1a]|\\\\6[0-9]{4}", native)
    assert '( "meta"' in native


@pytest.mark.parametrize("target", ["html", "pdf", "epub"])
def test_defaults_files(run: Command, blog: Path, target: str) -> None:
    post = (blog / "post.md").read_text(encoding="utf-8")
    head = '---\ntitle: T\ntags: [print, "ink \\"&\\" paper"]\ncategories: [typst]\n---\n\n'
    (blog / "post.md").write_text(head + post, encoding="utf-8")
    out(run, blog, "pandoc", "--data-dir", ROOT, "-d", target, "post.md", "-o", f"x.{target}")
    data = (blog / f"x.{target}").read_bytes()
    assert data.startswith({"html": b"<!DOCTYPE", "pdf": b"%PDF", "epub": b"PK"}[target])
    if target == "html":
        assert b'role="doc-notice"' in data or b'role="note"' in data


@pytest.mark.parametrize("name", ["alerts", "fences", "footnotes", "figures"])
def test_each_filter_runs_three_ways(run: Command, blog: Path, name: str) -> None:
    ways = [
        ["--filter", str(ROOT / "filters" / f"{name}.py")],
        ["--data-dir", str(ROOT), "--filter", f"{name}.py"],
        ["--filter", f"fencepost-{name}"],
    ]
    pages = {out(run, blog, "pandoc", "-f", READER, "-t", "html", "post.md", *way) for way in ways}
    assert len(pages) == 1


@pytest.mark.parametrize("name", ["alerts", "fences", "footnotes", "figures"])
def test_a_python_without_our_needs_says_so(name: str, tmp_path: Path) -> None:
    script = ROOT / "filters" / f"{name}.py"
    bare = {"PATH": str(tmp_path), "HOME": str(tmp_path)}
    command = [sys.executable, "-S", str(script), "html"]
    done = subprocess.run(command, input=b"{}", capture_output=True, env=bare)
    said = done.stderr.decode()
    assert done.returncode not in (0, None)
    assert "pip install fencepost" in said
    assert "Traceback" not in said
    assert len(said.strip().splitlines()) == 1


def test_meta_lost_in_reading_is_said_once(run: Command, blog: Path) -> None:
    text = b'```js{1, 2}\nx\n```\n\n```{.py title="a"}\ny\n```\n'  # of ```js {1} the tree would show nothing
    done = run("pandoc", "-f", "gfm", "-t", "html", "--filter", "fencepost", input=text)
    assert done.returncode == 0
    assert done.stderr.count(b"fencepost source POST.md | pandoc -f gfm") == 1
    done = run(
        "pandoc",
        "-f",
        "markdown",
        "-t",
        "html",
        "--filter",
        "fencepost",
        input=b"```python {1}\nx = 1\n```\n",
        cwd=blog,
    )
    assert done.stderr.count(b"warning[fence-lost]") == 1
    assert b"```python {1}" in done.stderr


def test_source_in_a_pipe_keeps_all(run: Command, blog: Path) -> None:
    carried = run("fencepost", "source", "post.md", cwd=blog).stdout
    page = out(run, blog, "pandoc", "-f", "gfm", "-t", "html", "--filter", "fencepost", input=carried)
    assert page == piped(run, blog, "-t", "html")


OTHERS = ["plain", "gfm", "rst", "org", "man", "docbook5", "jira", "asciidoc", "mediawiki", "commonmark", "markdown"]


@pytest.mark.parametrize("target", OTHERS)
def test_other_targets_lose_nothing(run: Command, blog: Path, target: str) -> None:
    text = piped(run, blog, "-t", target, "--wrap=none")
    for word in ("Take", "care", "body", "app.py", "What it shows", "The note.", "pass"):
        assert word in text, (target, word)


@pytest.mark.parametrize(("target", "part"), [("docx", "word/document.xml"), ("odt", "content.xml")])
def test_word_processors_lose_nothing(run: Command, blog: Path, target: str, part: str) -> None:
    piped(run, blog, "-t", target, "-o", f"x.{target}")
    with zipfile.ZipFile(blog / f"x.{target}") as archive:
        text = re.sub(r"<[^>]+>", "", re.sub(r"</w:p>|</text:p>", "\n", archive.read(part).decode()))
        names = archive.namelist()
        notes = archive.read("word/footnotes.xml").decode() if "word/footnotes.xml" in names else text
    for word in ("Take care", "body", "app.py", "What it shows"):
        assert word in text, word
    assert "The note." in re.sub(r"<[^>]+>", "", notes)


def test_a_broken_input_is_our_diagnostic(run: Command) -> None:
    done = run("fencepost-alerts", "html", input=b"not json")
    assert done.returncode == 1
    assert done.stderr.startswith(b"<stdin>: error[filter-input]")
    done = run("fencepost-alerts", "html", input=b'{"pandoc-api-version":[2,0],"meta":{},"blocks":[]}')
    assert b"error[filter-version]" in done.stderr
