"""What a code block is in each family: the markup to the letter, and any text read back from it."""

from __future__ import annotations

import json
from typing import Any
from xml.etree import ElementTree

import panflute as pf
import typst as typst_compiler
from hypothesis import given, settings
from hypothesis import strategies as st

from fencepost.fence import read_fence, resolve_fence
from fencepost.highlight.tokens import cut, highlight
from fencepost.writers.code import CodeBox, Row
from fencepost.writers.code.html import html
from fencepost.writers.code.latex import latex
from fencepost.writers.code.plain import plain
from fencepost.writers.code.typst import typst
from fencepost.writers.escape import printable

TINTS = {"v": "v", "q": "#12ABcd", "a": "g"}


def box(lang: str | None, meta: str, code: str, **more: Any) -> CodeBox:
    fence = read_fence(lang, meta)
    marks = resolve_fence(fence, code)
    marked, ids = set(marks.highlighted_lines), dict(marks.line_ids)
    lines = enumerate(cut(highlight(code, lang), marks.chars), 1)
    rows = [Row(pieces, number in marked, ids.get(number)) for number, pieces in lines]
    words = {"title": fence.title, "caption": fence.caption, "start": fence.start}
    return CodeBox(rows, lang, **words, tints=TINTS, **more)


def test_html_markup() -> None:
    code = 'def f():\n\n    return "<a>"'
    assert html(box("python", 'title="a.py" {3} /def/#v showLineNumbers', code)) == (
        '<figure class="code" data-rehype-pretty-code-figure="">'
        '<figcaption data-rehype-pretty-code-title="" data-language="python" data-theme="fencepost">a.py</figcaption>'
        '<pre tabindex="0" data-language="python" data-theme="fencepost">'
        '<code data-language="python" data-theme="fencepost" style="display: grid;" data-line-numbers=""'
        ' data-line-numbers-max-digits="1">'
        '<span data-line=""><mark data-highlighted-chars-mark="" data-highlighted-chars="" data-chars-id="v"'
        ' class="tint-v"><span class="hl-k">def</span></mark> <span class="hl-f">f</span>():</span>\n'
        '<span data-line=""> </span>\n'
        '<span data-line="" data-highlighted-line="">    <span class="hl-k">return</span> '
        '<span class="hl-s">&quot;&lt;a&gt;&quot;</span></span>'
        "</code></pre></figure>"
    )


def test_html_title_is_a_division_when_there_is_a_caption() -> None:
    found = ElementTree.fromstring(html(box("js", 'title="t" caption="c & d"', "x", identifier="one")))
    assert [child.tag for child in found] == ["div", "pre", "figcaption"]
    assert found.get("id") == "one"
    assert found[2].text == "c & d"
    assert "data-rehype-pretty-code-caption" in found[2].attrib


def test_html_first_number_and_digits() -> None:
    code = ElementTree.fromstring(html(box("js", "showLineNumbers{98}", "a\nb\nc"))).find("pre/code")
    assert code is not None
    assert code.get("style") == "counter-set: line 97;display: grid;"
    assert code.get("data-line-numbers-max-digits") == "3"


def test_html_tints() -> None:
    found = ElementTree.fromstring(html(box(None, "{1} {2}#a {3}#q /x/#q /y/", "x y\n\n\n")))
    lines = found.findall("pre/code/span")
    assert [line.get("data-highlighted-line-id") for line in lines] == [None, "a", "q", None]
    assert [(line.get("class"), line.get("style")) for line in lines[:3]] == [
        (None, None),
        ("tint-g", None),
        (None, "--tint:#12ABcd"),
    ]
    marks = [(mark.text, mark.get("class"), mark.get("style")) for mark in lines[0].findall("mark")]
    assert marks == [("x", None, "--tint:#12ABcd"), ("y", "tint-default", None)]
    assert found.find("pre").get("data-language") == "plaintext"  # type: ignore[union-attr]


def test_typst_call() -> None:
    code = 'def f():\n\n"a"  '
    assert typst(box("python", 'title="a \\ b" {3} {2}#a /def/#v showLineNumbers{7}', code)) == (
        '#fp-code(title: "a \\\\ b", caption: none, lang: "python", start: 7, lines: (\n'
        '(("k", "def", "v"), " ", ("f", "f"), "():",),\n'
        '(mark: "g", segs: ()),\n'
        '(mark: "default", segs: (("s", "\\"a\\""), "  ",)),\n'
        "))"
    )


def test_latex_call() -> None:
    assert latex(box("python", 'title="50%" caption="c" {2} /f x/#q showLineNumbers{9}', "def f x\n\tx")) == (
        "\\begin{fpcode}{2}%\n"
        "\\fptitle{50\\%}%\n"
        "\\fpkeep\\fpline{9}{\\fptoken{k}{def}\\ \\definecolor{fpcustom}{HTML}{12ABCD}"
        "\\fpword{fpcustom}{\\fptoken{f}{f}}\\definecolor{fpcustom}{HTML}{12ABCD}\\fpword{fpcustom}{\\ }"
        "\\fpword{fpcustom}{x}}%\n"
        "\\fpkeep\\fpmarkedline{fpmark}{fpmarkbar}{10}{\\fphang{4}\\ \\ \\ \\ x}%\n"
        "\\end{fpcode}\n\\fpcaption{c}"
    )


def test_plain_keeps_all() -> None:
    block = pf.CodeBlock("x", identifier="one", classes=["js"], attributes={"meta": "…", "data-line": "3", "k": "v"})
    fence = read_fence("js", 'title="a b" caption="c" showLineNumbers{4}')
    found = plain(fence, block, ("meta", "data-line"))
    assert [type(child) for child in found.content] == [pf.Para, pf.CodeBlock, pf.Para]
    assert pf.stringify(found.content[0]).strip() == "a b"
    assert isinstance(found.content[0].content[0], pf.Strong)
    code = found.content[1]
    assert (code.text, code.identifier, code.classes) == ("x", "one", ["js", "numberLines"])
    assert dict(code.attributes) == {"k": "v", "startFrom": "4"}


def test_plain_without_words_is_the_block() -> None:
    found = plain(read_fence("js", "{1}"), pf.CodeBlock("x", classes=["js"], attributes={"meta": "{1}"}), ("meta",))
    assert isinstance(found, pf.CodeBlock)
    assert not found.attributes


TEXT = st.text(st.sampled_from("ab \t\n\"'<>&\\$#{}[]()`*_-%~^,|\0\x85\u2028é日🚀"), max_size=30)
METAS = st.sampled_from(
    ["", "{1-2}#a", "/a/#v /b/", 'title="a<b" caption="$&\\"', "showLineNumbers{0} {1}", '/ / "\\"#q']
)


@given(TEXT, METAS, st.sampled_from([None, "python", "html", "bash"]))
def test_html_reads_back(code: str, meta: str, lang: str | None) -> None:
    whole = box(lang, meta, code)
    found = ElementTree.fromstring(html(whole))
    lines = ["".join(line.itertext()) for line in found.findall("pre/code/span")]
    assert lines == [printable(line) or " " for line in code.split("\n")]


@settings(max_examples=15, deadline=None)
@given(st.lists(st.tuples(TEXT, METAS), min_size=1, max_size=20))
def test_typst_reads_back(blocks: list[tuple[str, str]]) -> None:
    calls = "\n\n".join(typst(box("python", meta, code)) for code, meta in blocks)
    source = f"#let fp-code(..given) = [#metadata(given.named()) <call>]\n{calls}\n"
    found = json.loads(typst_compiler.query(source.encode(), "<call>", field="value", ignore_system_fonts=True))
    for (code, meta), call in zip(blocks, found, strict=True):
        rows = [line["segs"] if isinstance(line, dict) else line for line in call["lines"]]
        texts = ["".join(seg if isinstance(seg, str) else seg[1] for seg in row) for row in rows]
        assert texts == [printable(line) for line in code.split("\n")]
        assert call["title"] == read_fence("python", meta).title
