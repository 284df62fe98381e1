"""The tree: as deep as pandoc goes, only what matches becomes an object, and nothing else changes."""

from __future__ import annotations

import io
import json
import subprocess
from pathlib import Path
from typing import Any

import panflute as pf
import pytest
from conftest import Command
from hypothesis import given, settings
from hypothesis import strategies as st
from test_source import corpora
from trees import read_each

from fencepost.filters import actions, alerts, fences, passes
from fencepost.filters.context import Context
from fencepost.pandoc import panflute_objects, tree
from fencepost.pipeline import filter

DEEP = 5000
API = [1, 23, 1]


def quotes(depth: int, inner: Any) -> dict[str, Any]:
    """Nest something in quotes, without recursion."""
    block = inner
    for _ in range(depth):
        block = {"t": "BlockQuote", "c": [block]}
    return {"pandoc-api-version": API, "meta": {}, "blocks": [block]}


CODE = {"t": "CodeBlock", "c": [["", ["py"], [["meta", "{1}"], ["data-line", "1"]]], "x"]}


def test_deep_quotes_there_and_back() -> None:
    document = quotes(DEEP, CODE)
    data = tree.dump(document)
    again = tree.load(data)
    assert tree.dump(again) == data
    assert len(tree.find(again["blocks"], None)) == DEEP + 1
    tree.rewrite(again["blocks"], {"CodeBlock": [lambda node: {"t": "Para", "c": [{"t": "Str", "c": "found"}]}]})
    assert tree.text_of(again["blocks"]) == "found"


@pytest.mark.parametrize("names", [passes.PIPELINE, *[(name,) for name in filter.ALONE]])
def test_deep_quotes_through_a_filter(names: tuple[str, ...]) -> None:
    data = tree.dump(quotes(DEEP, CODE))
    out, _ = filter.filtered(data, "html", names)
    assert out.count(b"BlockQuote") == DEEP
    assert (b"data-rehype-pretty-code-figure" in out) == ("fences" in names)


def test_deep_quotes_through_pandoc(run: Command) -> None:
    text = ">" * DEEP + " [!NOTE]\n" + ">" * DEEP + " deep\n"
    done = run(
        "pandoc", "+RTS", "-M2g", "-RTS", "-f", "gfm", "-t", "html", "--filter", "fencepost", input=text.encode()
    )
    assert (done.returncode, done.stderr) == (0, b"")
    assert done.stdout.count(b"<blockquote>") == DEEP - 1
    assert done.stdout.count(b'role="note"') == 1
    assert b"<p>deep</p>" in done.stdout


ATTRIBUTES = ["", ["x"], [["a", "1"], ["a", "2"], ["b", "3"]]]  # a key twice: panflute's dictionary would lose it
WIDTHS = [[{"t": "AlignDefault"}, {"t": "ColWidth", "c": 0.12345678901234566}]]
EMPTY_TABLE = {"t": "Table", "c": [ATTRIBUTES, [None, []], [], [["", [], []], []], [], [["", [], []], []]]}
TABLE = {"t": "Table", "c": [ATTRIBUTES, [None, []], WIDTHS, [["", [], []], []], [], [["", [], []], []]]}
UNTOUCHED = [
    {"t": "Div", "c": [ATTRIBUTES, []]},
    EMPTY_TABLE,
    TABLE,
    {"t": "RawBlock", "c": ["typst", "#pagebreak()"]},
    {"t": "RawBlock", "c": ["no-such-format", "x"]},
    {"t": "Para", "c": [{"t": "Span", "c": [ATTRIBUTES, [{"t": "RawInline", "c": ["ms", "x"]}]]}]},
    {"t": "OrderedList", "c": [[7, {"t": "LowerRoman"}, {"t": "TwoParens"}], [[TABLE]]]},
]


def alert(*body: Any) -> dict[str, Any]:
    title = {"t": "Div", "c": [["", ["title"], []], [{"t": "Para", "c": [{"t": "Str", "c": "Note"}]}]]}
    return {"t": "Div", "c": [["", ["note"], []], [title, *body]]}


def document_of(*blocks: Any) -> dict[str, Any]:
    return {"pandoc-api-version": API, "meta": {}, "blocks": list(blocks)}


@pytest.mark.parametrize("block", UNTOUCHED, ids=lambda block: block["t"])
@pytest.mark.parametrize("target", ["html", "epub3", "typst", "latex", "docx"])
def test_children_of_an_alert_leave_as_they_came(block: Any, target: str) -> None:
    before = json.dumps(block)
    document = document_of(alert(block), {"t": "BlockQuote", "c": [alert(block)]})
    out, _ = filter.filtered(tree.dump(document), target)
    assert out != tree.dump(document), "the alert was not touched"
    found = [container[index] for container, index in tree.find(tree.load(out)["blocks"], frozenset([block["t"]]))]
    assert [json.dumps(node) for node in found].count(before) == 2


@pytest.mark.parametrize("block", UNTOUCHED, ids=lambda block: block["t"])
def test_what_is_not_ours_is_echoed(block: Any) -> None:
    data = json.dumps(document_of(block)).encode()  # with blanks that no writer of ours makes
    assert filter.filtered(data, "html")[0] == data


def test_lifted_and_lowered_is_the_same() -> None:
    block = alert(*UNTOUCHED)
    assert json.dumps(panflute_objects.lower(panflute_objects.lift(block))) == json.dumps(block)


def test_an_action_runs_in_panflute_too() -> None:
    """The same `action`, run by panflute's own walk, gives what our tree gives."""
    document = document_of(alert({"t": "Para", "c": [{"t": "Str", "c": "x"}]}))
    ours, _ = filter.filtered(tree.dump(document), "html", ("alerts",))
    doc = pf.load(io.StringIO(json.dumps(document)))
    doc.format = "html"
    pf.run_filter(alerts.action, doc=doc)
    theirs = io.StringIO()
    pf.dump(doc, theirs)
    assert json.loads(theirs.getvalue())["blocks"] == tree.load(ours)["blocks"]


def test_order_of_rewriting() -> None:
    """Children come before their parents; siblings in the order of the text; a list may take the place of one."""
    seen = []

    def look(node: tree.Node) -> Any:
        seen.append(tree.text_of([node]))
        return [node, {"t": "HorizontalRule"}] if tree.text_of([node]) == "a" else None

    def para(text: str) -> dict[str, Any]:
        return {"t": "Para", "c": [{"t": "Str", "c": text}]}

    blocks = [para("a"), {"t": "BlockQuote", "c": [para("b"), para("c")]}, para("d")]
    tree.rewrite(blocks, {"Para": [look], "BlockQuote": [look]})
    assert seen == ["a", "b", "c", "bc", "d"]
    assert [block["t"] for block in blocks] == ["Para", "HorizontalRule", "BlockQuote", "Para"]


NAMES = [passes.PIPELINE, ("alerts",), ("fences",), ("footnotes",), ("figures",)]


def test_documents_without_anything_of_ours_are_echoed(tmp_path: Path, corpus: Path) -> None:
    """All of the corpora, each filter alone and all together: what holds none of ours leaves byte for byte."""
    texts = list(corpora(corpus).values())
    texts = [
        text for text in texts if not any(sign in text for sign in ("!NOTE", "[!", "[^", "![", "code-group", "{:"))
    ]
    echoed = 0
    for document in read_each(texts, "gfm", tmp_path):
        data = tree.dump(document)
        for names in NAMES:
            if "figures" not in names or not tree.find(document["blocks"], frozenset(["Image"])):
                assert filter.filtered(data, "html", names)[0] == data
                echoed += 1
    assert echoed > 5000


JSON_VALUES = st.recursive(
    st.none() | st.booleans() | st.integers(-(2**60), 2**60) | st.text(), lambda inner: st.lists(inner), max_leaves=20
)


@settings(max_examples=200, deadline=None)
@given(st.lists(JSON_VALUES))
def test_find_gives_every_element_once(values: Any) -> None:
    nodes = [
        {"t": "Div", "c": [["", [], []], [{"t": "Para", "c": [{"t": "Str", "c": str(value)}]}]]} for value in values
    ]
    assert len(tree.find(nodes, frozenset(["Str"]))) == len(values)
    assert [container[index]["t"] for container, index in tree.find(nodes, None)] == ["Div", "Para", "Str"] * len(
        values
    )


@pytest.mark.parametrize("action", [alerts.action, fences.action])
def test_an_action_leaves_what_it_does_not_name(action: Any) -> None:
    rewrite = actions.as_rewrite(action, Context("html"))
    assert rewrite({"t": "BlockQuote", "c": [{"t": "Para", "c": [{"t": "Str", "c": "x"}]}]}) is None
    assert rewrite({"t": "Div", "c": [ATTRIBUTES, []]}) is None


def test_pandoc_agrees_on_metadata_called_t(pandoc: str) -> None:
    """A key `t` or `c` in front matter is no element."""
    text = b"---\nt: x\nc: [a]\n---\n\n> [!NOTE]\n> b[^1]\n\n[^1]: n\n"
    data = subprocess.run([pandoc, "-f", "gfm", "-t", "json"], input=text, capture_output=True, check=True).stdout
    out, _ = filter.filtered(data, "html")
    assert set(tree.load(out)["meta"]) >= {"t", "c"}
