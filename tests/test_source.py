"""The source stage: what is carried comes back, and nothing else is touched; with the real pandoc, over corpora."""

from __future__ import annotations

import json
import os
import re
import unicodedata
from concurrent.futures import ThreadPoolExecutor
from functools import partial
from pathlib import Path
from typing import Any, NamedTuple

import pytest
from conftest import TESTS, need
from hypothesis import HealthCheck, assume, example, given, settings
from hypothesis import strategies as st
from trees import as_pandoc_repeats, joined, pandoc_json, read_each, restored, shown, without_meta

from fencepost.diagnostics.model import FencepostError
from fencepost.markdown import carriers as c
from fencepost.markdown.protect import Carried, carry, decode, normalise, split_head
from fencepost.markdown.unprotect import restore

READERS = ("gfm", "commonmark_x", "markdown")

# fmt: off
READS = [
    # reader         what the author wrote                        the tree; fences as <classes attributes @line>
    # --- fences
    ("gfm",          '```py title="a b" {1}\nx\n```',             '<py meta=title="a b" {1} @1>x</>'),
    ("gfm",          "~~~py  {1}\t/a/ \nx\n~~~",                  "<py meta= {1}\t/a/ @1>x</>"),
    ("gfm",          "```py\nx\n```",                             "<py>x</>"),
    ("gfm",          "```py \nx\n```",                            "<py>x</>"),
    ("gfm",          '``` py title="x"\nx\n```',                  '<py meta=title="x" @1>x</>'),
    ("gfm",          "```js{1,3} {2}\nx\n```",                    "<js{1,3} meta={2} @1>x</>"),
    ("gfm",          "```{1} {2}\nx\n```",                        "<{1} meta={2} @1>x</>"),
    ("gfm",          '```py t="\\"q\\" &amp; \\{"\nx\n```',       '<py meta=t=""q" & {" @1>x</>'),
    ("gfm",          "```math a b\nx\n```",                       "$x$"),
    ("gfm",          "- a\n  ```py {1}\n  x\n  ```",              "-{a ¶ <py meta={1} @2>x</>}"),
    ("gfm",          "> ```py {1}\n> x\n> ```",                   ">{<py meta={1} @1>x</>}"),
    ("gfm",          "1. > - ```py {1}\n     >   x",              "1{>{-{<py meta={1} @1>x</>}}}"),
    ("gfm",          "    ```py {1}\n    x\n    ```",             "<>```py {1}\nx\n```</>"),
    ("gfm",          "````md {1}\n```py {2}\nx\n```\n````",       "<md meta={1} @1>```py {2}\nx\n```</>"),
    ("gfm",          "<!--\n```py {1}\n-->",                      "<!--\n```py {1}\n-->"),
    ("gfm",          "a ```py {1}``` b",                          "a `py {1}` b"),
    ("gfm",          "```py `{1}`",                               "```py `{1}`"),
    ("gfm",          '```py title="Größe 🚀"\nx\n```',            '<py meta=title="Größe 🚀" @1>x</>'),
    ("gfm",          '```py t="a\u00a0b"\u2003{1}\nx\n```',       '<py meta=t="a\u00a0b"\u2003{1} @1>x</>'),
    ("gfm",          "```js\u00a0{1}\nx\n```",                    "<js\u00a0{1}>x</>"),
    ("gfm",          "```py {1}\n  x  \n\n\n```",                 "<py meta={1} @1>  x  \n\n</>"),
    ("gfm",          "a[^n]\n\n[^n]: ```py {1}\n    x\n    ```",  "a(^ <py meta={1} @3>x</>)"),
    ("gfm",          "---\nt: x\n---\n\n```py {1}\nx\n```",       "<py meta={1} @5>x</>"),
    ("commonmark_x", "```py {.x a=b}\nx\n```",                    "<x py a=b>x</>"),
    ("commonmark_x", '```py {1} t="{2}"\nx\n```',                 '<py meta={1} t="{2}" @1>x</>'),
    ("markdown",     '```py {1} t="{2}"\nx\n```',                 '<py meta={1} t="{2}" @1>x</>'),
    ("markdown",     '```py title="a b" {1}\nx\n```',             '<py meta=title="a b" {1} @1>x</>'),
    ("markdown",     '```py t="README Ä" {1}\nx\n```',           '<py meta=t="README Ä" {1} @1>x</>'),
    ("markdown",     "    ```py {1} A\n",                         "<>```py {1} A</>"),
    ("markdown",     "``` {.py .x}\nx\n```",                      "<py x>x</>"),
    ("markdown",     "```{=html}\n<b>\n```",                      "<b>"),
    # --- footnotes: numbers in the order of first use, the body's before the notes' own
    ("gfm",          "a[^n] b[^n] c[^m]\n\n[^n]: One[^m].\n[^m]: Two[^n].", "a(^ One(^2).) b(^1) c(^ Two(^1).)"),
    ("gfm",          "a[^a]\n\n[^a]: [^a]",                       "a(^ (^1))"),
    ("gfm",          "[^a]\n\n[^a]: [^b]\n[^b]: [^a]",            "(^ (^ (^1)))"),
    ("gfm",          "x[^N] y[^no]\n\n[^n]: One.\n\n[^u]: U.",    "x(^ One.) y[^no]"),
    ("gfm",          "a[^1](b) c[^1][r] d\n\n[^1]: N\n\n[r]: /u", "a[^1](b) c[^1](/u) d"),
    ("gfm",          "a[^1]: b\n\n[^1]: N",                       "a(^ N): b"),
    ("gfm",          "![a[^1]](i.png) b\n\n[^1]: N",              "![a](i.png)(~ (^ N)) b"),
    ("gfm",          "# Head[^1]\n\n[^1]: N",                     "# Head(^ N)"),
    ("gfm",          "`[^1]` \\[^1] <b t=\"[^1]\">\n\n[^1]: N",   '`[^1]` [^1] <b t="[^1]">'),
    ("gfm",          "[t[^1]](u)\n\n[^1]: N",                     "[t](u)(^ N)"),
    ("gfm",          "https://a.org/x[^1]\n\n[^1]: N",            "[https://a.org/x](https://a.org/x)(^ N)"),
    ("gfm",          "    [^1]: N\n\na[^1]",                      "<>[^1]: N</> ¶ a[^1]"),
    ("gfm",          "```\n[^1]: N\n```\n\na[^1]",                "<>[^1]: N</> ¶ a[^1]"),
    ("gfm",          "**bold.**[^1] *x*[^1]y\n\n[^1]: N",         "**bold.**(^ N) *x*(^1)y"),
    ("gfm",          "a[^ẞ]\n\n[^SS]: N",                         "a(^ N)"),
    ("gfm",          "a[^1]\n\n[^1]: N\n[^1]: M",                 "a(^ N)"),
    ("gfm",          "[^a b] [^] [^",                             "[^a b] [^] [^"),
    ("gfm",          "a[^b\\]c]\n\n[^b\\]c]: /u",                 "a[^b]c](/u)"),
    ("gfm",          "> a[^1]\n>\n> [^1]: N\n\n- [^2]: M\n- b[^2]", ">{a(^ N)} ¶ -{ | b(^ M)}"),
    ("gfm",          "a[^1]\n\n[^1]: N\n\n    more\n\n    - l",   "a(^ N ¶ more ¶ -{l})"),
    ("gfm",          "| a[^1] | b |\n|---|---|\n| c | d[^1] |\n\n[^1]: N", "table{a(^ N) | b | c | d(^1)}"),
    ("gfm",          "$a[^1]$\n\n[^1]: N",                        "$a[^1]$"),
    ("gfm",          "a[^1]\n\n~~~\nopen\n\n[^1]: N",             "a[^1] ¶ <>open\n\n[^1]: N\n</>"),
    ("commonmark_x", "a[^1] b[^1]\n\n[^1]: N[^2]\n\n[^2]: M",     "a(^ N(^ M)) b(^1)"),
    ("markdown",     "a[^1] b[^1]\n\n[^1]: N[^2]\n\n[^2]: M",     "a(^ N(^ M)) b(^1)"),
    ("markdown",     "a[^1] and ^[inline]\n\n[^1]: N",            "a(^ N) and (^ inline)"),
    # --- options keep their hyphens, dashes curl
    ("gfm",          "use --name",                                "use --name"),
    ("gfm+smart",    "use --name and (--x)",                      "use --name and (--x)"),
    ("gfm+smart",    "a -- b, a--b, c --- d",                     "a – b, a–b, c — d"),
    ("gfm+smart",    "\"--q\" don't '--a' \\--b",                 "“--q” don’t ‘--a’ --b"),
    ("gfm+smart",    "`a --b` <i t=\"--c\"> [--d](--e)",          '`a --b` <i t="--c"> [--d](--e)'),
    # --- alerts: a lazy first line is in the body
    ("gfm",          "> [!NOTE]\nlazy\n> more",                   ".note{.title{Note} ¶ lazy⏎more}"),
    ("gfm",          "> [!TIP]  \n  lazy",                        ".tip{.title{Tip} ¶ lazy}"),
    ("gfm",          "> > [!note]\nlazy",                         ">{.note{.title{Note} ¶ lazy}}"),
    ("gfm",          "- > [!NOTE]\n  lazy",                       "-{.note{.title{Note} ¶ lazy}}"),
    ("gfm",          "10. > [!NOTE]\nlazy",                       "1{.note{.title{Note} ¶ lazy}}"),
    ("gfm",          "> [!NOTE]\n```py {1}\nx\n```",              ".note{.title{Note}} ¶ <py meta={1} @2>x</>"),
    ("gfm",          "> [!NOTE]\n# H",                            ".note{.title{Note}} ¶ # H"),
    ("gfm",          "> [!NOTE]\n- l",                            ".note{.title{Note}} ¶ -{l}"),
    ("gfm",          "> [!NOTE]\n***",                            ".note{.title{Note}} ¶ ---"),
    ("gfm",          "> [!NOTE]\n\npara",                         ".note{.title{Note}} ¶ para"),
    ("gfm",          "```\n> [!NOTE]\n  lazy\n```",               "<>> [!NOTE]\n  lazy</>"),
    ("gfm",          "> \\[!NOTE]\n> b",                          ">{[!NOTE]⏎b}"),
    ("gfm",          "> [\\!NOTE]\n> b",                          ">{[!NOTE]⏎b}"),
    ("gfm",          "> [!NOTE] Title *x*\n> b",                  ">{[!NOTE] Title *x*⏎b}"),
    # --- bytes: line ends, byte order mark, NUL, a last line without an end
    ("gfm",          "\ufeffa",                                   "a"),
    ("gfm",          "\ufeff---\nt: x\n---\na",                   "a"),
    ("gfm",          "a\r\nb\r\n\r\n```py {1}\r\nx\r\n```\r\n",   "a⏎b ¶ <py meta={1} @4>x</>"),
    ("gfm",          "a\rb\r\rc",                                 "a⏎b ¶ c"),
    ("gfm",          "```py {1}\ra\rb\r```\r",                    "<py meta={1} @1>a\nb</>"),
    ("gfm",          "a\0b `c\0d`",                               "a\0b `c\0d`"),
    ("gfm",          "a",                                         "a"),
    # --- the author's own characters of ours
    ("gfm",          "\uf5e0 \uf5e1a\uf5c0 \u2045x\u2046 \u2e1a", "\uf5e0 \uf5e1a\uf5c0 \u2045x\u2046 \u2e1a"),
    ("gfm",          "\U000f0041 \U00100041",                     "\U000f0041 \U00100041"),
    ("gfm",          "\u2045\U000f0001a\u2046[^a]\n\n[^a]: \uf5e2",       "\u2045\U000f0001a\u2046(^ \uf5e2)"),
    ("gfm",          "```py \uf5e1\uf5c0 {1}\n\uf5e0\u2e1a\n```", "<py meta=\uf5e1\uf5c0 {1} @1>\uf5e0\u2e1a</>"),
    ("gfm",          "`\uf5e5` [\u2045](\u2046) <b t=\"\uf5e3\">", '`\uf5e5` [\u2045](\u2046) <b t="\uf5e3">'),
    ("gfm",          "\uf5e5 \uf5e0[^a]\n\n[^a]: N",              "\uf5e5 \uf5e0(^ N)"),
    ("gfm",          "> [!NOTE]\n\uf5e4 x",                       ".note{.title{Note} ¶ \uf5e4 x}"),
]
# fmt: on


@pytest.fixture(scope="module")
def scratch(tmp_path_factory: pytest.TempPathFactory) -> Path:
    return tmp_path_factory.mktemp("source")


@pytest.fixture(scope="module")
def trees(scratch: Path) -> dict[tuple[str, str], str]:
    """The tables' posts, each reader's by one pandoc."""
    found = {}
    for reader in dict.fromkeys(row[0] for row in READS):
        texts = [text for name, text, _ in READS if name == reader]
        read = read_each([carry(text, reader).text for text in texts], reader, scratch / "reads")
        found |= {(reader, text): shown(restored(tree)["blocks"]) for text, tree in zip(texts, read, strict=True)}
    return found


@pytest.mark.parametrize(("reader", "text", "tree"), READS)
def test_reads(trees: dict[tuple[str, str], str], reader: str, text: str, tree: str) -> None:
    assert trees[reader, text] == tree


HEADS = [
    # text                                       reader      the head                          lines added
    ("---\nt: x\n---\na[^1]\n\n[^1]: n",         "gfm",      "---\nt: x\n---\n",               2),
    ("\n\n---\nt: x\n---\na",                    "gfm",      "\n\n---\nt: x\n---\n",           -2),
    ("---\nt: x\n...\na",                        "gfm",      "---\nt: x\n...\n",               0),
    ("---\na\n",                                 "gfm",      "",                               0),
    ("---\n\n---\na",                            "gfm",      "",                               0),
    ("---\nt: x\na",                             "gfm",      "",                               0),
    ("a\n\n---\nt: x\n---\n",                    "gfm",      "",                               0),
    ("% T\n% A\n\na[^1]\n\n[^1]: n",             "markdown", "% T\n% A\n",                     2),
    ("% T\n% A\n\na",                            "gfm",      "",                               0),
    ("+++\nt = 'x'\na",                          "gfm",      "",                               0),
]  # fmt: skip


@pytest.mark.parametrize(("text", "reader", "head", "added"), HEADS)
def test_front_matter_stays_first(text: str, reader: str, head: str, added: int) -> None:
    carried = carry(text, reader)
    assert split_head(normalise(text), reader)[0] == head
    assert carried.text.startswith(head.lstrip("\n"))
    assert carried.added == added
    assert carried.head == head.lstrip("\n")


@pytest.mark.parametrize("head", ["+++\nt = 'x'\n+++\n", '{"t": "x"}\n', '"t": "x"\n;;;\n'])
def test_front_matter_that_pandoc_cannot_read_is_not_its_text(head: str) -> None:
    carried = carry(f"{head}a[^1]\n\n[^1]: n")
    assert split_head(carried.source) == (head, "a[^1]\n\n[^1]: n\n")
    assert (carried.head, carried.added) == ("", 2 - head.count("\n"))


@pytest.mark.parametrize("reader", READERS)
@pytest.mark.parametrize("text", ['---\nt: "[^a]"\n---\n[^a]\n\n[^a]: [^a]', "---\n'[^a]': 'x [^a]'\n---\n\n[^a]"])
def test_metadata_cannot_hang_the_reader(reader: str, text: str) -> None:
    document = pandoc_json(carry(text, reader).text, reader, seconds=10)
    assert document is not None
    restore(document)
    assert "[^a]" in json.dumps(document["meta"])


def test_places_and_labels() -> None:
    carried = carry("---\nt: x\n---\na[^1] [^no]\n\n> [^1]: n\n\n[^Größe]: m\n")
    assert carried.definitions == ((6, "1"), (8, "Größe"))
    document = pandoc_json(carried.text, "gfm")
    assert document
    found = restore(document)
    assert [(note.line, note.label, note.number) for note in found.definitions] == [(6, "1", 1), (8, "Größe", 0)]
    assert [note.label for note in found.unused] == ["Größe"]
    assert found.undefined == [(4, "no")]


BYTES = [
    # bytes                                  text, or (line, column, message)
    (b"a\r\n",                               "a\r\n"),
    (b"\xef\xbb\xbfa",                       "a"),
    ("ä\n".encode("utf-16"),                 "ä\n"),
    (b"ok\n\xc3\xa4 \xff",                   (2, 2, "byte 0xff is not UTF-8")),
    (b"caf\xe9\n",                           (1, 3, "byte 0xe9 is not UTF-8")),
    (b"\xff\xfea",                           (1, 0, "byte 0x61 is not UTF-16")),
]  # fmt: skip


@pytest.mark.parametrize(("data", "wanted"), BYTES)
def test_decode(data: bytes, wanted: Any) -> None:
    if isinstance(wanted, str):
        assert decode(data, "p.md") == wanted
        return
    with pytest.raises(FencepostError) as error:
        decode(data, "p.md")
    found = error.value.diagnostic
    assert (found.line, found.column, found.message) == wanted


# --- pandoc's own tree, apart from what was carried


class Difference(NamedTuple):
    """Where GitHub differs from pandoc and wins: why, in which text, what pandoc makes of it, what we do."""

    why: str
    is_in: Any  # says of a text and what was carried whether this is in it; None: the comparison knows it
    text: str
    pandoc: str | None  # None: it never returns
    ours: str
    reader: str = "gfm"  # another one: only where that one reads


def _has(pattern: str) -> Any:
    found = re.compile(pattern, re.MULTILINE | re.IGNORECASE)
    return lambda text, _carried: found.search(text)


def _has_nested(_text: str, carried: Carried) -> Any:
    """Say whether a reference stands behind a definition: perhaps in it."""
    body = carried.text.split("\n\n", 1)[-1] if carried.definitions else ""
    return re.search(rf"{c.DEFINITION}.*{c.OPEN}", body, re.DOTALL)


def _has_hidden_caret(_text: str, carried: Carried) -> Any:
    return re.search(rf"\[{c.LINES}", carried.text)


# fmt: off
EXCEPTIONS = [
    Difference("a lone CR ends a line", _has(r"\r(?!\n)"), "a\rb", "ab", "a⏎b"),
    Difference("a note cited again keeps its number", None, "a[^1] b[^1]\n\n[^1]: N", "a(^ N) b(^ N)", "a(^ N) b(^1)"),
    Difference("a note in a note", _has_nested, "a[^1]\n\n[^1]: N[^2]\n\n[^2]: M", "a(^ N)", "a(^ N(^ M))"),
    Difference("a note in itself", _has_nested, "[^a]\n\n[^a]: [^a]", None, "(^ (^1))"),
    Difference("[^1](b) is a link", _has(r"\[\^[^\]\s]+\][(\[]"), "a[^1](b)\n\n[^1]: N", "a(^ N)(b)", "a[^1](b)"),
    Difference("a note in an alt text", _has(r"!\[[^\n]*\[\^"), "![a[^1]](b) c\n\n[^1]: N",
               "![a(^ N)](b) c", "![a](b)(~ (^ N)) c"),
    Difference("an alert's lazy line", _has(r"\[!\w+\][ \t]*\n(?![ \t]*>)"), "> [!TIP]\na",
               ".tip{.title{Tip}} ¶ a", ".tip{.title{Tip} ¶ a}"),
    Difference("an escaped marker", _has(r">[ \t]*(\\\[|\[\\)"), "> [\\!TIP]\n> a", ">{[!TIP]⏎a}", ">{[!TIP]⏎a}"),
    Difference("only blanks and tabs end a word", _has(r"(```|~~~).*[\xa0\u1680\u2000-\u200a\u202f\u205f\u3000\v\f]"),
               "```a\u00a0b\nx\n```", "<a>x</>", "<a\u00a0b>x</>"),
    Difference("no bracket in a label", _has(r"\[\^[^\]\s]*\\\]"), "[^a\\]b]\n\n[^a\\]b]: /u", "(^ /u)", "[^a]b](/u)"),
    Difference("no superscript begins behind a bracket", _has_hidden_caret, "x[^2^]", "x[sup(2)]", "x[^2^]",
               "commonmark_x"),
    Difference("attributes take one character, our sign before it stays", _has(f"{c.OWN.pattern}" r"\{"), "\uf5e3{.a}",
               "span(\uf5e3)", "\uf5e0span()", "commonmark_x"),
    Difference("a tab behind one of our signs is a column off", _has(f"{c.OWN.pattern}" r".*\t"), "    \uf5e3\tx",
               "<>\uf5e3   x</>", "<>\uf5e3  x</>"),
]
# fmt: on


@pytest.mark.parametrize("row", EXCEPTIONS, ids=lambda row: row.why)
def test_exceptions_are_what_the_table_says(row: Difference) -> None:
    plain = pandoc_json(row.text, row.reader, seconds=5, megabytes=100)
    ours = pandoc_json(carry(row.text, row.reader).text, row.reader)
    assert ours
    assert (plain and shown(plain["blocks"])) == row.pandoc
    assert shown(restored(ours)["blocks"]) == row.ours
    assert row.is_in is None or row.is_in(row.text, carry(row.text))
    assert row.pandoc != row.ours or row.why == "an escaped marker"  # two words in the place of one


def is_exception(text: str, carried: Carried, reader: str) -> bool:
    rows = [row for row in EXCEPTIONS if row.is_in and (row.reader == "gfm" or not reader.startswith("gfm"))]
    return any(row.is_in(text, carried) for row in rows)


def cut_meta(text: str, carried: Carried) -> str:
    """Leave only the language of the fences that carry meta: what `markdown`, which knows none, can read."""
    lines = normalise(text).split("\n")
    for number, line in enumerate(carried.text.split("\n")):
        own = number - carried.added
        if c.MARK in line and 0 <= own < len(lines):
            lines[own] = c.restore_text(line.split(c.MARK)[0])
    return "\n".join(lines)


def comparable(document: dict[str, Any]) -> Any:
    return joined(as_pandoc_repeats(without_meta(document)))


def corpora(folder: Path | None) -> dict[str, str]:
    """Every document at hand, by name: the recorded cases, and the corpora where there are any."""
    texts: dict[str, str] = {}
    places = [TESTS / "oracle", *([folder / "oracle"] if folder else [])]
    for file in sorted(file for place in places for file in place.rglob("*.md") if file.name != "README.md"):
        texts[f"{file.parent.name}/{file.name}"] = file.read_bytes().decode("utf-8", "replace")
    for name in ("commonmark", "gfm"):
        rows = json.loads((folder / "corpus" / f"{name}.json").read_text()) if folder else []
        texts |= {f"{name}/{row['name']}": row["markdown"] for row in rows}
    return texts


# where `markdown`, another language than GitHub's, reads notes otherwise
IN_MARKDOWN = {
    "footnotes/case-sharp-s.md": "labels match whatever their case",
    "footnotes/unicode.md":      "labels match whatever their case",
    "footnotes/mix-04.md":       "labels match whatever their case",
    "footnotes/mix-09.md":       "labels match whatever their case",
    "footnotes/mix-13.md":       "labels match whatever their case",
    "footnotes/mix-08.md":       "a heading's id holds no label",
    "footnotes/mix-12.md":       "a heading's id holds no label",
    "footnotes/dup-def.md":      "the first definition wins",
}  # fmt: skip
# where `cut_meta` cannot say what pandoc should have read: no fence for it, or none but for the meta
NOT_COMPARED = frozenset([
    "rehype-pretty-code/block_in_html_comment.md", "rehype-pretty-code/combo_rmarkdown.md",
    "rehype-pretty-code/lines_nospace_python.md", "rehype-pretty-code/lines_range_first_then_lang.md",
    "vitepress/lines_before_title.md", "commonmark/cm0146.md", "gfm/gfm0116.md",
])  # fmt: skip


@pytest.mark.corpus
@pytest.mark.parametrize("reader", READERS)
def test_corpora_equal_pandoc(scratch: Path, reader: str) -> None:
    """Every document that the stage touches comes back as pandoc alone reads it, but for the table's exceptions."""
    touched, differing = differences(reader, scratch)
    if reader == "markdown":
        for name in IN_MARKDOWN:
            assert name not in touched or differing.pop(name)  # a row that no longer holds has to go
        differing = {name: trees for name, trees in differing.items() if name not in NOT_COMPARED}
    assert differing == {}


def differences(reader: str, scratch: Path) -> tuple[list[str], dict[str, tuple[str, str]]]:
    """Read the corpora with and without the stage: the documents that it touches, and those that come back changed."""
    named = os.environ.get("FENCEPOST_CORPUS")
    texts = corpora(Path(named) if named else None)
    need(len(texts) > 200, "the recorded cases")
    carried = {name: carry(text, reader) for name, text in texts.items()}
    touched = [
        name
        for name, text in texts.items()
        if carried[name].text != text and not is_exception(text, carried[name], reader)
    ]
    assert len(touched) > 150
    plain = [cut_meta(texts[name], carried[name]) if reader == "markdown" else texts[name] for name in touched]
    ours = [carried[name].text for name in touched]
    with ThreadPoolExecutor(2) as pool:
        both = list(
            pool.map(lambda job: read_each(job[0], reader, scratch / job[1]), [(plain, "plain"), (ours, "ours")])
        )
    return touched, {
        name: (shown(left["blocks"]), shown(right["blocks"]))
        for name, left, right in zip(touched, both[0], map(restored, both[1]), strict=True)
        if comparable(left) != comparable(right)
    }


# --- any text

# fmt: off
SIGNS = [
    "[^a]", "[^b]: ", "[^", "]", ":", "`", "```", "~~~", '```py {1} t="x"', ">", "> [!NOTE]", "\\", " ", "  ", "    ",
    "\t",
    "|", "-", "--x", "{", "}", "{.a b=c}", '"', "'", "(", "/", "*", "_", "#", "1. ", "- ", "<!--", "-->", "<b>", "\0",
    "\u00a0", "\u2003", "a", "B", "é", "e\u0301", "🚀", "\uf5e0", "\uf5e1", "\uf5c0", "\uf5e5", "\uf5e8", "\u2045",
    "\u2046", "\u2e1a", "\U000f0061", "\U00100061", "---", "\ufeff", "%", "$", "&amp;", "http://a.b/",
]
# fmt: on
TEXTS = st.lists(st.sampled_from([*SIGNS, *["\n"] * 12, *["\n\n"] * 6]), max_size=40).map("".join)
ANY_TEXT = st.one_of(TEXTS, st.text(st.characters(exclude_categories=["Cs"])))
READER = st.sampled_from([*READERS, "gfm+smart", "markdown+smart"])
often = partial(settings, deadline=None, suppress_health_check=list(HealthCheck))


@often(max_examples=600)
@given(ANY_TEXT, READER)
@example("> [!NOTE]\n  a\n\uf5e4", "gfm")
@example("\n\n---\nt: x\n---\n[^a]\n[^a]: b", "gfm")
def test_every_line_can_be_taken_back(text: str, reader: str) -> None:
    """What the stage wrote is undone character by character, in the place where it was."""
    carried = carry(text, reader)
    own = carried.source.split("\n")
    lines = carried.text.split("\n")
    blank = carried.head.count("\n") - carried.source.count(
        "\n", 0, len(split_head(carried.source, reader.split("+")[0])[0])
    )
    notes = carried.added - blank
    head = carried.head.count("\n")
    back = [c.restore_text(line) for line in lines[:head] + lines[head + notes :]]
    # a label is composed as pandoc composes all that it reads
    assert _composed("\n".join(back)) == _composed("\n".join(own[-blank:] if blank < 0 else own))


def _composed(text: str) -> str:
    return unicodedata.normalize("NFC", text)


@often(max_examples=600)
@given(ANY_TEXT, READER)
def test_only_our_own_notes_are_left(text: str, reader: str) -> None:
    """No cycle can form: `[^` stands only before a label that this stage made, and no such label is cited in a body."""
    carried = carry(text, reader)
    assert re.findall(rf"\[\^(?!{c.DEFINITION}{c.LINES}{{2}}{c.LABEL}+\])", carried.text) == []
    body = carried.text[len(carried.head) :]
    labels = re.findall(rf"\[\^{c.DEFINITION}([^\]]+)\](:?)", body)
    assert len(labels) == 2 * len(carried.definitions)
    assert len({label for label, _ in labels}) == len(carried.definitions)


@often(max_examples=600)
@given(ANY_TEXT)
def test_references_keep_their_length(text: str) -> None:
    """A line that holds references alone is as long as before: `markdown` counts the columns of tables."""
    carried = carry(text)
    own = carried.source.split("\n")
    changed = re.compile(f"[{c.ESCAPE}{c.MARK}{c.DEFINITION}{c.LAZY}{c.SPLIT}{c.NOTES}{c.UPPER}]|[\uf5c0-\uf5df]")
    for number, line in enumerate(carried.text.split("\n")[carried.added :] if carried.added >= 0 else []):
        if not changed.search(line):
            assert len(line) == len(own[number])


@often(max_examples=500)
@given(st.text())
def test_labels_come_back(label: str) -> None:
    assume(label and c.can_hide(label) and c.ESCAPE not in label)
    assert c.show(c.hide(label)) == _composed(label)
    assert len(c.hide(label)) == len(label)


@often(max_examples=500)
@given(st.binary())
def test_any_bytes_are_text_or_an_error_with_a_place(data: bytes) -> None:
    try:
        text = decode(data, "p.md")
    except FencepostError as error:
        found = error.diagnostic
        assert found.line is not None
        assert found.column is not None
        assert 1 <= found.line <= data.count(b"\n") + 1 or data[:2] in (b"\xff\xfe", b"\xfe\xff")
    else:
        assert text.encode("utf-8") == data.removeprefix(b"\xef\xbb\xbf") or data[:2] in (b"\xff\xfe", b"\xfe\xff")


@often(max_examples=60)
@given(TEXTS, st.sampled_from(["gfm", "commonmark_x", "gfm+smart"]))
@example("**a.**[^b]*c*\n\n[^b]: x", "gfm")
@example("[^a] `[^a]`\n\n[^a]: \uf5e0", "gfm")
def test_any_text_equals_pandoc(text: str, reader: str) -> None:
    carried = carry(text, reader)
    with ThreadPoolExecutor(2) as pool:
        jobs = [pool.submit(pandoc_json, each, reader, seconds=10, megabytes=300) for each in (text, carried.text)]
    plain, ours = (job.result() for job in jobs)
    assert ours is not None or plain is None  # what pandoc can read, it can read of us
    assume(plain is not None and ours is not None and not is_exception(text, carried, reader) and "--x" not in text)
    assume(not text.startswith("\ufeff\ufeff"))  # pandoc drops one byte order mark, we another
    assert plain
    assert ours
    assert comparable(restored(ours)) == comparable(plain)
