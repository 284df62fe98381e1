"""Fence meta in rehype-pretty-code's dialect: two tables, what the tool itself recorded, and any text at all."""

from __future__ import annotations

import json
import time
import unicodedata
from pathlib import Path
from typing import Any

import pytest
from hypothesis import example, given
from hypothesis import strategies as st

from fencepost.fence import read_fence, resolve_fence
from fencepost.fence.facts import fence_facts

CODE = "const alpha = 1;\nconst beta = alpha + alpha;\n\nlog(beta);"

READS: list[tuple[str, dict[str, Any]]] = [
    # meta                            what is not empty; chars as (line, start, id)
    ('title="a.js"',                  {"title": "a.js"}),
    ('subtitle="x"',                  {"title": "x"}),
    ('title="a" title="beta"',        {"title": "a", "chars": [(2, 6, None), (4, 4, None)]}),
    ('title="" caption=""',           {}),
    ('caption="c" title="{1-3}"',     {"title": "{1-3}", "caption": "c"}),
    ('title="caption=" x" {1}',       {"title": "caption=", "lines": [1]}),
    ("{1,3-4}",                       {"lines": [1, 3, 4]}),
    ("{1} {2}",                       {"lines": [1, 2]}),
    ("{1}{3}",                        {"lines": [1, 3]}),
    ("{4-3, 1..2}",                   {"lines": [1, 2, 3, 4]}),
    ("{1...3}",                       {"lines": [1, 2]}),
    ("{4…2}",                         {"lines": [3, 4]}),
    ("{2‥3}",                         {"lines": [2, 3]}),
    ("{-1-2}",                        {"lines": [1, 2]}),
    ("{0,1,99}",                      {"lines": [1]}),
    ("lines={2} ({3}) -{4}",          {"lines": [2, 3, 4]}),
    ("{1}#a {2-3}#b {3}#c",           {"lines": [1, 2, 3], "ids": {"1": "a", "2": "b", "3": "b"}}),
    ("{1}#a{2}#b",                    {"lines": [1], "ids": {"1": "a"}}),
    ("{1}#my-id",                     {"lines": [1], "ids": {"1": "my"}}),
    ("{2} x{2}#late",                 {"lines": [2], "ids": {"2": "late"}}),
    ('title="t"{2}',                  {"title": "t", "lines": [2]}),
    ("/alpha/",                       {"chars": [(1, 6, None), (2, 13, None), (2, 21, None)]}),
    ('"alpha"2#v',                    {"chars": [(2, 13, "v")]}),
    ("/alpha/2-3",                    {"chars": [(2, 13, None), (2, 21, None)]}),
    ("/alpha/,1",                     {"chars": [(1, 6, None)]}),
    ("/alpha/beta",                   {"chars": [(1, 6, None), (2, 13, None), (2, 21, None)]}),
    ("/alpha/3- /log/#my-id",         {"chars": [(1, 6, None), (2, 13, None), (2, 21, None), (4, 0, "my-id")]}),
    ("/log/ #v",                      {"chars": [(4, 0, None)]}),
    ("/log/#v#w",                     {"chars": [(4, 0, "v")]}),
    ("/alpha/1#a /alpha/2#b",         {"chars": [(1, 6, "b")]}),
    ("/al/1 /alpha/",                 {"chars": [(1, 6, None)]}),
    ("/{2}/",                         {"lines": [2]}),
    ('frame="beta"',                  {"chars": [(2, 6, None), (4, 4, None)]}),
    ("showLineNumbers",               {"line_numbers": {"start": 1, "max_digits": 1}}),
    ("showLineNumbers{97}",           {"line_numbers": {"start": 97, "max_digits": 3}}),
    ("showLineNumbers{0}",            {"line_numbers": {"start": 0, "max_digits": 1}}),
    ("showLineNumbers {3}",           {"line_numbers": {"start": 1, "max_digits": 1}, "lines": [3]}),
    ('x showLineNumbers\tshowLineNumbers{3}', {"line_numbers": {"start": 1, "max_digits": 1}}),
    ('title="a"showLineNumbers',      {"title": "a", "line_numbers": {"start": 1, "max_digits": 1}}),
]  # fmt: skip

REFUSES = [
    # meta                       asks for nothing at all
    "",
    "title = \"x\"",
    "title='x'",
    "x{1}",
    "{1}x",
    "_{2}",
    "{5-}",
    "{-3}",
    "{a}",
    "{1.5}",
    "{1 - 3}",
    "{1-3-5}",
    "{1;3}",
    "{{2}}",
    "{2...2}",
    "{1\n}",
    "/Alpha/",
    "/alpha/0",
    "/alpha/99",
    "/log",
    "//",
    "/a\nb/",
    "/1;\nconst/",
    "showLineNumbers=true",
    "showLineNumbers=5",
    "showLineNumbers{5}#a",
    "showLineNumbers{2-4}",
    "showLineNumbers{ 5 }",
    "showLineNumbersX",
    "showlinenumbers",
    '"showLineNumbers"',
    "/ showLineNumbers /",
]  # fmt: skip


def _short(meta: str, code: str = CODE) -> dict[str, Any]:
    facts = fence_facts("js", meta, code, 1)
    facts["chars"] = [(mark["line"], mark["start"], mark["id"]) for mark in facts["chars"]]
    facts["lines"], facts["ids"] = facts.pop("highlighted_lines"), facts.pop("line_ids")
    same_for_all = {"line", "lang", "meta", "code", "frame", "preserve_indent", "marks"}
    return {key: value for key, value in facts.items() if value and key not in same_for_all}


@pytest.mark.parametrize(("meta", "wanted"), READS)
def test_reads(meta: str, wanted: dict[str, Any]) -> None:
    assert _short(meta) == wanted


@pytest.mark.parametrize("meta", REFUSES)
def test_refuses(meta: str) -> None:
    assert _short(meta) == {}


ORACLE = Path(__file__).parent / "oracle" / "fences" / "rehype-pretty-code"
KEYS = ("title", "caption", "line_numbers", "highlighted_lines", "line_ids", "chars")


def _recorded() -> list[Any]:
    found = []
    for file in sorted(ORACLE.glob("*.json")):
        for block in json.loads(file.read_bytes()).get("blocks", []):
            composed = unicodedata.normalize("NFC", block["code"]) == block["code"]
            if block["fenced"] and block["handled"] and composed:
                found.append(pytest.param(block, id=f"{file.stem}:{block['line']}"))
    return found


@pytest.mark.parametrize("block", _recorded())
def test_recorded(block: dict[str, Any]) -> None:
    facts = fence_facts(
        block["lang"], block["meta"] or "", block["code"].replace("\r\n", "\n"), block["line"], "rehype-pretty-code"
    )
    assert {key: facts[key] or None for key in KEYS} == {key: block[key] or None for key in KEYS}


TRICKY = st.text(st.sampled_from('{}/"#,.-_0123 \n\u2026\u2028\ufeffaxtitle=shower'), max_size=40) | st.lists(
    st.sampled_from(["title=", '"a"', "showLineNumbers", "{5}", "{1,3-9}", "/a/", "1-2", "#v", " ", "\n", "}", "/"])
).map("".join)


@example('{1title="",9}', "x")  # a title inside a group
@given(TRICKY | st.text(), TRICKY | st.text())
def test_any_text(meta: str, code: str) -> None:
    fence = read_fence("js", meta)
    marks = resolve_fence(fence, code)
    lines = code.split("\n")
    for mark in marks.chars:
        assert lines[mark.line - 1][mark.start : mark.end] == mark.text != ""
    places = [(mark.line, mark.start, mark.end) for mark in marks.chars]
    assert all(before[0] < after[0] or before[2] <= after[1] for before, after in zip(places, places[1:], strict=False))
    assert all(1 <= line <= len(lines) for line in marks.highlighted_lines)
    assert {line for line, _ in marks.line_ids} <= set(marks.highlighted_lines)
    for item in fence.lines:
        assert meta[item.column :].startswith(item.text[:1])
    for word in fence.words:
        assert meta[word.column] in '"/'


HOSTILE = {
    "groups": ("{1,3-7} " * 24_000, "x"),
    "long groups with ids": ("{1-9000}#a " * 17_000, "x\n" * 9_000),
    "long range": ("{1-999999999999}", "x"),
    "long number": ("{" + "1" * 100_000 + "} showLineNumbers{" + "9" * 50_000 + "}", "x"),
    "same word": ("/x/ " * 3_000, "x " * 3_000),
    "long line": ("/x/", "x" * 190_000),
    "nested words": (" ".join(f"/{'a' * size}/" for size in range(400, 1, -1)), "a" * 100_000),
    "open braces": ("{" * 190_000, "x"),
    "braces before words": ("{1}x" * 48_000, "x"),
    "ids without groups": ("{" * 90_000 + "}#a" * 30_000, "x"),
    "open quotes": ('"' * 190_001, "x"),
    "open titles": ('title="' * 27_000, "x"),
    "commas": ("{" + "," * 100_000 + " " * 90_000 + "}", "x"),
    "long tail": ("/x/" + "1-9," * 40_000, "x" * 90_000),
    "numbers in words": ("/showLineNumbers /" * 10_000, "x"),
}  # fmt: skip


@pytest.mark.parametrize("name", HOSTILE)
def test_hostile_is_quick(name: str) -> None:
    meta, code = HOSTILE[name]
    start = time.process_time()
    resolve_fence(read_fence("js", meta), code)
    assert time.process_time() - start < 1.5
