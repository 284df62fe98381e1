"""The fence filter on panflute elements: what is ours, what is left alone, what the author is told and where."""

from __future__ import annotations

from types import SimpleNamespace
from typing import Any

import panflute as pf
import pytest

from fencepost.filters.actions import Document
from fencepost.filters.context import Context
from fencepost.filters.fences import MOST_FAULTS, action, lost_fence
from fencepost.options import Options


def run(context: Context, code: str, meta: str | None, *, lang: str = "python", line: int = 1) -> Any:
    attributes = {} if meta is None else {"meta": meta, "data-line": str(line)}
    block = pf.CodeBlock(code, classes=[lang] if lang else [], attributes=attributes)
    return action(block, Document(context))


def test_pandocs_own_attributes_count() -> None:
    attributes = {"startFrom": "7", "title": "a.py", "caption": "c"}
    block = pf.CodeBlock("x", classes=["python", "numberLines"], attributes=attributes)
    text = action(block, Document(Context(target="typst"))).text
    assert text.startswith('#fp-code(title: "a.py", caption: "c", lang: "python", start: 7,')
    found = action(block, Document(Context(target="markdown")))
    assert found.content[1].classes == ["python", "numberLines"]
    assert dict(found.content[1].attributes) == {"startFrom": "7"}


FAMILIES = [
    # target     raw format     how it begins
    ("html5",    "html",        '<figure class="code"'),
    ("epub3",    "html",        '<figure class="code"'),
    ("revealjs", "html",        '<figure class="code"'),
    ("typst",    "typst",       "#fp-code("),
    ("latex",    "latex",       "\\begin{fpcode}"),
    ("beamer",   "latex",       "\\begin{fpcode}"),
]  # fmt: skip


@pytest.mark.parametrize(("target", "raw", "begin"), FAMILIES)
def test_families(target: str, raw: str, begin: str) -> None:
    context = Context(target=target)
    found = run(context, "x", "{1}")
    assert isinstance(found, pf.RawBlock)
    assert (found.format, found.text.startswith(begin)) == (raw, True)
    assert context.used == {"code"}


@pytest.mark.parametrize("target", ["rtf", "gfm", "plain", "markdown", "json"])
def test_other_targets_keep_a_code_block(target: str) -> None:
    context = Context(target=target)
    assert isinstance(run(context, "x", 'title="t"'), pf.Div)
    assert isinstance(run(context, "x", "{1}"), pf.CodeBlock)
    assert context.used == set()


def test_left_alone() -> None:
    assert run(Context(), "x", "{1}", lang="math") is None
    assert run(Context(code_is_ours=False), "x", None) is None
    assert action(pf.Para(pf.Str("x")), Document(Context())) is None


def test_any_block_is_ours_when_one_is() -> None:
    assert run(Context(), "x", None).text.startswith("<figure")
    assert run(Context(code_is_ours=False), "x", "{1}").text.startswith("<figure")
    assert 'data-language="plaintext"' in run(Context(), "x", None, lang="").text


def test_a_filter_alone_makes_its_own_context() -> None:
    doc = SimpleNamespace(format="typst")
    assert action(pf.CodeBlock("x"), doc).format == "typst"


SOURCE = """text
> ```python title="a" {1, 3-11} /nope/ {x} /a/3 hl_lines="9"
"""

TOLD = [
    # meta                       code           place in the line, what is said
    ('title="a" {1, 3-11}',      "fence-range", 26, "line 3 is past the end (2 lines)"),
    ('title="a" {1, 3-11} /nope/ {x}', "fence-range", 40, "`x` names no line"),
    ('title="a" {1, 3-11} /nope/ {x}', "fence-word", 32, "`nope` does not occur"),
    ('title="a" {1, 3-11} /nope/ {x} /a/3', "fence-word", 43, "`a` has no occurrence 3 (2 occurrences)"),
    ('title="a" {1, 3-11} /nope/ {x} /a/3 hl_lines="9"', "fence-word", 57, "`9` does not occur"),
]  # fmt: skip


@pytest.mark.parametrize(("meta", "code", "column", "message"), TOLD)
def test_what_the_author_is_told(meta: str, code: str, column: int, message: str) -> None:
    context = Context(source=SOURCE, path="p.md")
    run(context, "a = 1\na = 2", meta, line=2)
    assert (2, column, code, message) in {
        (told.line, told.column, told.code, told.message) for told in context.diagnostics
    }
    assert all(told.help for told in context.diagnostics)
    assert SOURCE.split("\n")[1][column] in '3x/"'


MESSAGES = [
    # meta               code       message
    ("{9}",              "x",       "line 9 is past the end (1 line)"),
    ("{0}",              "x",       "there is no line 0"),
    ("{5-}",             "x",       "`5-` names no line"),
    ("/x/#a /x/#b",      "x",       "`x` is marked already, by an item before"),
    ("/x/0",             "x",       "`x` has no occurrence 0 (1 occurrence)"),
    ("/x/2-9",           "x x",     "`x` has no occurrence 9 (2 occurrences)"),
    (f"/{'y' * 90}/",    "x",       f"`{'y' * 39}…` does not occur"),
]  # fmt: skip


@pytest.mark.parametrize(("meta", "code", "message"), MESSAGES)
def test_messages(meta: str, code: str, message: str) -> None:
    context = Context()
    run(context, code, meta)
    assert [told.message for told in context.diagnostics] == [message]


@pytest.mark.parametrize("meta", ["{1}", "/x/", "/x/1", 'title="{9}"', "showLineNumbers {1}", "{1,}", "//", ""])
def test_nothing_to_tell(meta: str) -> None:
    context = Context()
    run(context, "x", meta)
    assert context.diagnostics == []


def test_an_option_of_another_tool_is_named() -> None:
    context = Context()
    run(context, "x", 'hl_lines="2 3" lines="4"')
    assert "`hl_lines` is an option of hugo and pymdownx" in context.diagnostics[0].help
    assert "`lines` is no option here" in context.diagnostics[1].help


def test_the_line_alone_where_the_meta_was_written_otherwise() -> None:
    context = Context(source="```js {9} \\&\n")
    run(context, "x", "{9} &")
    assert (context.diagnostics[0].line, context.diagnostics[0].column) == (1, None)


def test_carriage_returns_end_lines() -> None:
    context = Context(source="a\rb\r\n```python {9}\n")
    run(context, "x", "{9}", line=3)
    assert (context.diagnostics[0].line, context.diagnostics[0].column) == (3, 11)


def test_few_words_about_many_faults() -> None:
    context = Context()
    run(context, "x", "{9} " * 24_000)
    assert len(context.diagnostics) == 2  # the same words about the same place are said once
    context = Context(source="```python " + "{9} " * 24_000 + "\n")
    run(context, "x", ("{9} " * 24_000).rstrip())
    assert len(context.diagnostics) == MOST_FAULTS + 1


def test_tints() -> None:
    context = Context(options=Options(marks={"mine": "#00FF00", "also": "r", "bad": "puce"}))
    text = run(context, "a b c d e f g", "/a/#new /b/#v /c/#mine /d/#also /e/#bad /f/ /g/#other").text
    found = [part.split(">")[0].strip() for part in text.split("data-highlighted-chars=")[1:]]
    assert [part.split(" ", 1)[1] for part in found] == [
        'data-chars-id="new" class="tint-yb"',  # `v` and `r` are taken by name, `yb` is the next
        'data-chars-id="v" class="tint-v"',
        'data-chars-id="mine" style="--tint:#00ff00"',
        'data-chars-id="also" class="tint-r"',
        'data-chars-id="bad" class="tint-b"',
        'class="tint-default"',
        'data-chars-id="other" class="tint-g"',
    ]
    assert [told.code for told in context.diagnostics] == ["fence-tint"]
    again = run(context, "a", "{1}#new").text
    assert 'data-highlighted-line-id="new" class="tint-yb"' in again


LOST = [
    # what pandoc's `markdown` reader makes of a fence      language and meta, None for what was no fence
    ("python {1} import modal",                             ("python", "{1}")),
    ('python title="a b.py" {1,3-5} showLineNumbers x = 1', ("python", 'title="a b.py" {1,3-5} showLineNumbers')),
    ('bash title="Deploy" /my-app/#yb modal deploy',        ("bash", 'title="Deploy" /my-app/#yb')),
    ("js showLineNumbers{5} let x",                         ("js", "showLineNumbers{5}")),
    ("jsonc {2}#a { }",                                     ("jsonc", "{2}#a")),
    ("python {1}",                                          None),  # about the syntax
    ("python -m venv {1} x",                                None),
    ("python {x} y",                                        None),
    ("format {1} items",                                    None),
    ("bash /usr/ x",                                        None),
    ("let x = {1} y",                                       None),
    ("{1} x",                                               None),
    ("title=\"x\" y",                                       None),
    ("python",                                              None),
    ("python " + "/a/ " * 9000,                             None),
]  # fmt: skip


@pytest.mark.parametrize(("text", "wanted"), LOST)
def test_lost_fence(text: str, wanted: tuple[str, str] | None) -> None:
    assert lost_fence(text) == wanted
