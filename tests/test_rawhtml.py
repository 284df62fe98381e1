# ruff: noqa: E501 - rows of a table
"""HTML that an author wrote, carried into print: elements become pandoc's own, words are kept and stay apart."""

from __future__ import annotations

import subprocess
import sys
from pathlib import Path
from typing import Any

import pymupdf
import pytest
from hypothesis import given, settings
from hypothesis import strategies as st
from pages import build

from fencepost.filters.context import Context
from fencepost.filters.raw_html import rewrite
from fencepost.pandoc import run as pandoc
from fencepost.pandoc import tree
from fencepost.pandoc.html_tree import is_html
from fencepost.pandoc.tree import Document


def read(text: str) -> Document:
    command = [pandoc.binary(), "-f", "gfm", "-t", "json"]
    return tree.load(subprocess.run(command, input=text.encode(), capture_output=True, check=True, timeout=30).stdout)


def native(document: Document) -> str:
    """Write the blocks as pandoc's native text, which is short to compare."""
    command = [pandoc.binary(), "-f", "json", "-t", "native", "--wrap=none"]
    made = subprocess.run(command, input=tree.dump(document), capture_output=True, check=True, timeout=30).stdout
    return " ".join(made.decode().split())


def carried(text: str, target: str = "docx") -> tuple[Document, Context]:
    document, context = read(text), Context(target, "post.md", source=text)
    rewrite.rewrite(document, context)
    return document, context


# fmt: off
CARRIED = [
    # the author wrote                                     what it is
    ("H<sub>2</sub>O x<sup>2</sup>",                       '[ Para [ Str "H" , Subscript [ Str "2" ] , Str "O" , Space , Str "x" , Superscript [ Str "2" ] ] ]'),
    ("a<br>b<br/>c",                                       '[ Para [ Str "a" , LineBreak , Str "b" , LineBreak , Str "c" ] ]'),
    ("<u>a *b*</u>",                                       '[ Para [ Underline [ Str "a" , Space , Emph [ Str "b" ] ] ] ]'),
    ("<kbd>Esc</kbd>",                                     '[ Para [ Span ( "" , [ "kbd" ] , [] ) [ Str "Esc" ] ] ]'),
    ('<a href="https://x.org" title="T">a</a>',            '[ Para [ Link ( "" , [] , [] ) [ Str "a" ] ( "https://x.org" , "T" ) ] ]'),
    ('<a name="old"></a>x',                                '[ Para [ Span ( "old" , [] , [] ) [] , Str "x" ] ]'),
    ("<hr>",                                               "[ HorizontalRule ]"),
    ("<ul><li>a<li>b</ul>",                                '[ BulletList [ [ Plain [ Str "a" ] ] , [ Plain [ Str "b" ] ] ] ]'),
    ('<ol start="3" type="a"><li>a</ol>',                  '[ OrderedList ( 3 , LowerAlpha , Period ) [ [ Plain [ Str "a" ] ] ] ]'),
    ("<dl><dt>T<dd>M</dl>",                                '[ DefinitionList [ ( [ Str "T" ] , [ [ Plain [ Str "M" ] ] ] ) ] ]'),
    ("<h2 id=\"x\">A <b>b</b></h2>",                        '[ Header 2 ( "x" , [] , [] ) [ Str "A" , Space , Strong [ Str "b" ] ] ]'),
    ("<pre><code class=\"language-js\">a\n  b</code></pre>", '[ CodeBlock ( "" , [ "js" ] , [] ) "a\\n b" ]'),
    ("<p>a</p><p>b</p>",                                   '[ Para [ Str "a" ] , Para [ Str "b" ] ]'),
    ("<div>a</div>\nb",                                    '[ Para [ Str "a" ] , Para [ Str "b" ] ]'),
    ("<details>\n<summary>S</summary>\n\n- *m*\n\n</details>",
     '[ Div ( "" , [ "details" ] , [] ) [ Para [ Strong [ Str "S" ] ] , BulletList [ [ Plain [ Emph [ Str "m" ] ] ] ] ] ]'),
    ('<iframe src="https://x.org/v" title="T"></iframe>',  '[ Para [ Link ( "" , [] , [] ) [ Str "T" ] ( "https://x.org/v" , "T" ) ] ]'),
    ('<video poster="p.png"><source src="v.mp4"></video>',
     '[ Para [ Link ( "" , [] , [] ) [ Image ( "" , [] , [] ) [ Str "v.mp4" ] ( "p.png" , "" ) ] ( "v.mp4" , "" ) ] ]'),
    ('<picture><source media="(prefers-color-scheme: dark)" srcset="d.png"><img src="l.png" alt="A"></picture>',
     '[ Para [ Image ( "" , [] , [] ) [ Str "A" ] ( "l.png" , "" ) , Str "" ] ]'),
    ('<Video src="a.mp4" controls />\n\na <span /> b',
     '[ Para [ Link ( "" , [] , [] ) [ Str "a.mp4" ] ( "a.mp4" , "" ) ] , Para [ Str "a" , Space , Space , Str "b" ] ]'),
    ('<video src="a.mp4">\n\na',
     '[ Para [ Link ( "" , [] , [] ) [ Str "a.mp4" ] ( "a.mp4" , "" ) ] , Para [ Str "a" ] ]'),
    ("<div /><div><p/>a</div>",                            '[ Para [ Str "a" ] ]'),
    ("<picture><a href='x'><img src='l.png' alt='A'></a> b</picture>",
     '[ Para [ Link ( "" , [] , [] ) [ Image ( "" , [] , [] ) [ Str "A" ] ( "l.png" , "" ) ] ( "x" , "" ) , Space , Str "b" ] ]'),
    ("<ul>a<li>b<li>c</ul>",                               '[ Para [ Str "a" ] , BulletList [ [ Plain [ Str "b" ] ] , [ Plain [ Str "c" ] ] ] ]'),
    ("<dl><dd>M<div><dt>T<dd>N</div></dl>",
     '[ DefinitionList [ ( [] , [ [ Plain [ Str "M" ] ] ] ) , ( [ Str "T" ] , [ [ Plain [ Str "N" ] ] ] ) ] ]'),
    ("x <script>alert(1)</script> y",                      '[ Para [ Str "x" , Space , Space , Str "y" ] ]'),
    ("<x-y>a</x-y> b",                                     '[ Para [ Str "a" , Space , Str "b" ] ]'),
]
# fmt: on


@pytest.mark.parametrize(("text", "wanted"), CARRIED)
def test_an_element_becomes_what_pandoc_can_write(text: str, wanted: str) -> None:
    found = native(carried(text)[0])
    assert found == wanted


def test_a_table_keeps_its_head_its_spans_and_its_sides() -> None:
    text = '<table><tr><th>A<th align="right">B<tr><td rowspan=2>one<td>1<tr><td>2</table>'
    (table,) = carried(text)[0]["blocks"]
    head, (body,) = table["c"][3][1], table["c"][4]
    assert [tree.text_of(cell[-1]) for row in head for cell in row[1]] == ["A", "B"]
    assert [[(tree.text_of(cell[-1]), cell[2]) for cell in row[1]] for row in body[3]] == [
        [("one", 2), ("1", 1)],
        [("2", 1)],
    ]
    assert head[0][1][1][1] == {"t": "AlignRight"}
    native({**carried(text)[0]})  # pandoc takes it


def test_a_ragged_table_is_filled_up_and_keeps_what_stands_where_no_cell_is() -> None:
    text = "<table>a<tr><td rowspan=9>b<td>c<tr><td>d<td>e<tr>f<td>g</table>"
    before, table = carried(text)[0]["blocks"]
    assert tree.text_of([before]) == "af"
    rows = [[(tree.text_of(cell[-1]), cell[2]) for cell in row[1]] for row in table["c"][4][0][3]]
    assert rows == [[("b", 3), ("c", 1), ("", 1)], [("d", 1), ("e", 1)], [("g", 1), ("", 1)]]


@pytest.mark.parametrize("family", ["typst", "latex"])
def test_print_has_its_own_calls(family: str) -> None:
    document, _ = carried(
        '<kbd>K</kbd>\n\n<div align="center">c</div>\n\n<details><summary>S</summary>d</details>', family
    )
    raws = "".join(
        node["c"][1]
        for places in [tree.find([document["blocks"]], None)]
        for node in [c[i] for c, i in places]
        if node["t"].startswith("Raw")
    )
    assert ("#fp-key[" in raws and "#align(center)[" in raws) if family == "typst" else "\\fpkey{" in raws


def test_what_is_not_carried_is_said_once_with_its_place() -> None:
    _, context = carried("a <x-y>b</x-y>\n\n<x-y>c</x-y> <svg><path/></svg>\n")
    said = [(found.line, found.column, found.message) for found in context.diagnostics]
    assert said == [(1, 2, "print keeps only the words of <x-y>"), (3, 13, "print leaves out <svg>")]


TAGS = """
    b div p ul ol li table caption thead tbody tfoot tr td th details summary figure figcaption dl dt dd pre code h2
    blockquote kbd center q picture select option button textarea ruby rt x-y a abbr
"""
PIECES = st.lists(
    st.sampled_from([f"<{tag}>" for tag in TAGS.split()])
    | st.sampled_from([f"</{tag}>" for tag in TAGS.split()])
    | st.sampled_from(["<td rowspan=3>", "<th colspan=2>", "<br>", "\n\n", "\n", " ", "- ", "> "])
    | st.integers(0, 999).map(lambda number: f"w{number}w"),
    max_size=25,
)


def _words(node: Any) -> list[str]:
    import re

    return re.findall(r"w\d+w", tree.text_of(node))


@settings(max_examples=60, deadline=None)
@given(PIECES)
def test_no_word_is_lost_or_glued_to_another(pieces: list[str]) -> None:
    text = "".join(pieces)
    document = read(text)
    wanted = sorted(word for word in _all_words(document))
    rewrite.rewrite(document, Context("docx", source=text))
    assert sorted(_words(document["blocks"])) == wanted
    assert not any(is_html(c[i]) for c, i in tree.find([document["blocks"]], None))
    command = [pandoc.binary(), "-f", "json", "-t", "docx", "-o", "-"]  # the writer that stops at a table with holes
    subprocess.run(command, input=tree.dump(document), capture_output=True, check=True, timeout=30)


def _all_words(document: Document) -> list[str]:
    import re

    out = []
    for container, index in tree.find([document["blocks"]], None):
        node = container[index]
        if node["t"] in ("Str", "Code", "CodeBlock") or is_html(node):
            said = node["c"] if node["t"] == "Str" else node["c"][1]
            out += re.findall(r"w\d+w", re.sub(r"<[^>]*>", " ", said))
    return out


def test_deep_nesting_passes(tmp_path: Path) -> None:
    document, _ = carried("<div>" * 3000 + "word" + "</div>" * 3000)
    assert tree.text_of(document["blocks"]) == "word"


def test_html_prints(tmp_path: Path) -> None:
    text = (
        "Press <kbd>Ctrl</kbd>, <small>small</small>, <mark>marked</mark>.\n\n<details>\n<summary>Sum</summary>\n\nInside\n\n"
        '</details>\n\n<figure>\n\nBody of figure\n\n<figcaption>Cap</figcaption>\n</figure>\n\n<p align="right">side</p>\n'
    )
    (tmp_path / "post.md").write_text(text, encoding="utf-8")
    command = [str(Path(sys.executable).parent / "fencepost"), "convert", "post.md", "-o", "post.pdf", "--strict"]
    run = subprocess.run(command, cwd=tmp_path, capture_output=True, text=True, timeout=60)
    assert (run.returncode, run.stderr) == (0, "")
    page = pymupdf.open(tmp_path / "post.pdf")[0]
    words = {word[4].strip(".,"): word for word in page.get_text("words")}
    assert {"Ctrl", "small", "marked", "Sum", "Inside", "Body", "Cap", "side"} <= set(words)
    assert words["side"][2] > 495  # at the right edge of the measure


@pytest.mark.parametrize("kind", ["html", "pdf", "epub", "docx"])
def test_a_quote_of_nothing_that_is_shown(kind: str, tmp_path: Path) -> None:
    """What is left out can leave a paragraph of nothing, which is no alert."""
    made = build(tmp_path, kind, "> <template>x\n\n> [!NOTE]\n> Words.\n")
    assert made.stat().st_size > 500
