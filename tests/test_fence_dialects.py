"""Fence meta in the other dialects: what the tools themselves recorded, tables of our own, and hostile input."""

from __future__ import annotations

import json
import time
import unicodedata
from pathlib import Path
from typing import Any

import pytest
from hypothesis import assume, given, settings
from hypothesis import strategies as st

from fencepost.cli.main import main
from fencepost.fence import DIALECTS, read_fence, resolve_fence
from fencepost.fence.facts import fence_facts
from fencepost.fence.faults import faults
from fencepost.fence.model import MOST_STEPS
from fencepost.fence.pattern_syntax import PatternError, translated
from fencepost.fence.patterns import compiled, matches, stepped
from fencepost.fence.stepping import LateError, Steps, found_in

ORACLE = Path(__file__).parent / "oracle" / "fences"
KEYS = {
    "expressive-code": "title line_numbers wrap highlighted_lines ins del labels marks collapse_ranges frame code",
    "docusaurus": "title line_numbers highlighted_lines code",
    "vitepress": "line_numbers highlighted_lines ins del focus error warning code",
}
EMPTY: tuple[Any, ...] = (None, [], {}, "", False)


def _recorded() -> list[Any]:
    found = []
    for dialect in KEYS:
        for file in sorted((ORACLE / dialect).glob("*.json")):
            code = _codes(file.with_suffix(".md").read_text(encoding="utf-8"))
            blocks = json.loads(file.read_bytes()).get("blocks", [])
            for block in blocks:
                if unicodedata.normalize("NFC", block["code"]) == block["code"]:
                    found.append(
                        pytest.param(dialect, block, *code[block["line"]], id=f"{dialect}:{file.stem}:{block['line']}")
                    )
    return found


def _codes(text: str) -> dict[int, tuple[str, str]]:
    """Read info string and code of every fence of an oracle's document, by the line of the fence."""
    found, begun, fence, indent = {}, 0, "", 0
    lines = text.split("\n")
    for number, line in enumerate(lines, 1):
        bare = line.lstrip(" >-")
        if not begun and bare.startswith(("```", "~~~")):
            fence = bare[: len(bare) - len(bare.lstrip(bare[0]))]
            begun, indent = number, len(line) - len(bare)
        elif begun and bare.rstrip() == fence:
            code = "\n".join(row[indent:] for row in lines[begun : number - 1])
            found[begun] = lines[begun - 1][indent + len(fence) :].strip(), code
            begun = 0
    return found


def _facts(dialect: str, block: dict[str, Any], info: str, code: str) -> dict[str, Any]:
    lang, meta = block.get("lang"), block.get("meta") or ""
    if "info" in block:  # VitePress records what is left of the info string
        lang, _, meta = info.partition(" ")
    return fence_facts(lang or None, meta.strip(), code, block["line"], dialect)


@pytest.mark.parametrize(("dialect", "block", "info", "code"), _recorded())
def test_recorded(dialect: str, block: dict[str, Any], info: str, code: str) -> None:
    facts = _facts(dialect, block, info, code)
    for key in KEYS[dialect].split():
        if not (block[key] in EMPTY and facts[key] in EMPTY):
            assert facts[key] == block[key], key


TRANSLATES = [
    # JavaScript              what the engine runs
    ("a.b",                   r"a[^\n\r\u2028\u2029]b"),
    (r"\h\_",                "h_"),
    ("a{e<=1}",               r"a\{e<=1\}"),
    ("x{2,}?",                "x{2,}?"),
    ("(a)|\\1",               r"(a)|(?(1)\1|)"),
    (r"\7",                   "\x07"),
    ("[^]",                   r"[\s\S]"),
    ("[]",                    "(?!)"),
    ("[a&&[b]",               r"[a\&\&\[b]"),
    ("(?<n>a)",               "(?P<n>a)"),
]  # fmt: skip


@pytest.mark.parametrize(("pattern", "wanted"), TRANSLATES)
def test_translates(pattern: str, wanted: str) -> None:
    assert translated(pattern) == wanted


@pytest.mark.parametrize("pattern", ["(", "a**", "a++", "(?>a)", "(?i)a", "(?#a)", "*", "[a", "a{99999}", "x" * 2000])
def test_refuses(pattern: str) -> None:
    with pytest.raises(PatternError):
        list(matches(pattern, ["a"]))


@pytest.mark.parametrize("pattern", ["(a+)+$", "(a|a)*b", "(?:a?){30}a{30}b", r"(\w+\s?)*!", "(?=(a+)+$)", r"(a*)*\1b"])
def test_a_slow_pattern_takes_few_steps(pattern: str) -> None:
    code = "\n".join(["a" * 40 + "c"] * 40)
    fence = read_fence("js", f"/{pattern}/", "expressive-code")
    marks = resolve_fence(fence, code, "expressive-code")
    assert 0 < marks.steps <= MOST_STEPS
    assert [fault.code for fault in marks.faults] == (["fence-pattern"] if "\\1" in pattern else [])


STEPPED = [
    # pattern                text          matches, and what its groups hold, as JavaScript finds them
    ("(a|aa)+$",             "caaa",       [(1, 4, (3, 4))]),
    ("(a+)+b",               "aab ab",     [(0, 3, (0, 2)), (4, 6, (4, 5))]),
    ("(a+?)(a*)",            "aaa",        [(0, 3, (0, 1, 1, 3))]),
    ("(?:(a)|b)*",           "ab",         [(0, 2, (0, 1)), (2, 2, (-1, -1))]),
    ("(.)\\1",               "abba",       [(1, 3, (1, 2))]),
    ("(?<n>.)\\k<n>",        "aa",         [(0, 2, (0, 1))]),
    ("(?:ab?){2,3}?",        "abaab",      [(0, 3, ())]),
    ("\\bx(?=y)",            "xy xyx",     [(0, 1, ()), (3, 4, ())]),
    ("(?<!ab?)c",            "ac abc bc",  [(8, 9, ())]),
    ("(?<=(a+))b",           "aab",        [(2, 3, (1, 2))]),
    ("^.|[^\\W\\d]$|\\Ba",     "1aab",       [(0, 1, ()), (1, 2, ()), (2, 3, ()), (3, 4, ())]),
    ("(a*)*",                "b",          [(0, 0, (-1, -1)), (1, 1, (-1, -1))]),
    ("\\7|\\x41|\\18",       "A\x018",     [(0, 1, ()), (1, 3, ())]),
]  # fmt: skip


@pytest.mark.parametrize(("pattern", "text", "wanted"), STEPPED)
def test_counted_steps_find_what_javascript_finds(pattern: str, text: str, wanted: list[Any]) -> None:
    assert list(found_in(stepped(pattern), text, Steps(MOST_STEPS))) == wanted


ATOMS = ["a", "b", "(a)", "(a|b)", "[ab]", r"\w", ".", "(?:ab|a)", r"\b", "^", "$", "(?=a)", "(?!b)", "(a|aa)", r"\1"]
REPEATS = ["", "", "+", "*", "+?", "{2}", "{1,2}", "{2,}"]


@given(st.lists(st.tuples(st.sampled_from(ATOMS), st.sampled_from(REPEATS)), min_size=1, max_size=5), st.text("abc "))
def test_both_ways_find_the_same(parts: list[tuple[str, str]], text: str) -> None:
    """The package and counted steps agree on the first match of every pattern that is not empty there."""
    pattern = "".join(atom + repeat for atom, repeat in parts)
    try:
        found = compiled(pattern).search(text, timeout=5)
    except PatternError:
        assume(False)
    if found is not None and found.end() > found.start():
        ours = next(match for match in found_in(stepped(pattern), text, Steps(10**6)))
        assert ours[:2] == found.span()


PIECES = [*ATOMS, "(a+)+", "(a*b?)*", "(?:a?){9}", "(?<=a*)", "{2,}", "|", "?", "*"]


@settings(max_examples=60)
@given(st.lists(st.sampled_from(PIECES), min_size=2, max_size=3), st.sampled_from(["a", "ab", "a "]))
def test_no_pattern_takes_more_than_its_steps(pieces: list[str], text: str) -> None:
    """Repeated pieces, doubled: work grows as the text does, or is ended by the count."""
    pattern = "".join(pieces) * 2
    for size in (50, 100, 200):
        steps = Steps(MOST_STEPS)
        try:
            list(matches(pattern, [text * size + "!"], steps))
        except (PatternError, LateError):
            continue
        assert steps.left >= 0


def test_a_slow_post_takes_nothing_from_the_next(tmp_path: Path) -> None:
    """Six posts whose patterns use up all their steps, then one that needs a few."""
    head = "---\ntitle: T\ndialect: expressive-code\n---\n\n"
    slow = "".join(f"```js /(a*)*\\1x{at}/\n{'a' * 60}b\n```\n\n" for at in range(30))
    posts = [tmp_path / f"{name}.md" for name in ("a", "b")]
    posts[0].write_text(head + slow)
    posts[1].write_text(head + "```js /(a|aa)+$/\n" + "aaaaaaaaab\n" * 20 + "aaaa\n```\n")
    with pytest.raises(SystemExit, match="^0$"):
        main(["convert", "--to", "html", "--offline", *map(str, posts)])
    together = posts[1].with_suffix(".html").read_text()
    assert together.count("<mark") == 1
    with pytest.raises(SystemExit, match="^0$"):
        main(["convert", "--to", "html", "--offline", str(posts[1])])
    assert posts[1].with_suffix(".html").read_text() == together


def test_behind_an_empty_match_javascript_goes_on() -> None:
    assert list(matches("(.*?)", ["ab"])) == [(1, [(0, 0)]), (1, [(1, 1)]), (1, [(2, 2)])]
    marks = resolve_fence(read_fence("js", "/$/ showLineNumbers", "expressive-code"), "ab", "expressive-code")
    assert marks.chars == ()


def test_a_bad_pattern_and_a_bad_frame_are_faults() -> None:
    fence = read_fence("js", 'frame="window" /(a/ collapse={2-}', "expressive-code")
    found = [*fence.faults, *resolve_fence(fence, "x", "expressive-code").faults]
    assert [(fault.code, fault.column) for fault in found] == [
        ("fence-frame", 7), ("fence-range", 30), ("fence-pattern", 16),
    ]  # fmt: skip


AUTO = [
    # meta             code                                          what is shown, and how its lines are marked
    ("{1} ins={2}",    "a\nb",                                       ("a\nb", [1, 2], [(2, "ins")])),
    ("rem={1-2}",      "a\nb",                                       ("a\nb", [1, 2], [(1, "del"), (2, "del")])),
    ("whoops={1}",     "a",                                          ("a", [1], [])),
    ("{2}",            "// highlight-next-line\na\nb",               ("a\nb", [1], [])),
    ("{3}",            "// highlight-next-line\na\nb",               ("a\nb", [1, 2], [])),
    ("",               "a // [!code ++]\n// [!code focus]\nb",       ("a \nb", [], [(1, "ins"), (2, "focus")])),
    ("/b/",            "// [!code error]\nb",                        ("b", [], [(1, "error")])),
    ('title="[!code"', "let highlight-x = 1",                        ("let highlight-x = 1", [], [])),
]  # fmt: skip


@pytest.mark.parametrize(("meta", "code", "wanted"), AUTO)
def test_auto(meta: str, code: str, wanted: tuple[Any, ...]) -> None:
    marks = resolve_fence(read_fence("js", meta), code)
    assert (marks.code, list(marks.highlighted_lines), list(marks.kinds)) == wanted


def test_auto_warns_of_what_another_dialect_means() -> None:
    assert [fault.code for fault in read_fence("js{1,3}", "").faults] == ["fence-dialect"]
    assert [fault.code for fault in read_fence("js:line-numbers=5", "").faults] == ["fence-dialect"]
    assert read_fence("c++", "").faults == read_fence("js", "{1}").faults == ()
    fence = read_fence("js", 'hl_lines="2 3"')
    found = [fault.help for fault in faults(fence, resolve_fence(fence, "x"), "x")]
    assert found == [
        "`hl_lines` is an option of hugo and pymdownx: set `dialect`; here what follows it is a text to mark"
    ]


HOSTILE = {
    "quotes": ('"' * 100_000, "x"),
    "spaced quotes": (' "' * 60_000, "x"),
    "backslashes": ('"' + "\\" * 100_000 + '"', "x"),
    "keys": ("a=" * 60_000, "x"),
    "blanks": ("a" + " " * 100_000 + "b", "x"),
    "long range": ('{"A":1-999999999999} collapse={1-999999999999}', "x\n" * 500),
    "braces": ("{" * 100_000, "x"),
    "lists": ("{1,3-7} " * 12_000, "x\n" * 50),
    "words": ('"x" ' * 300, "x " * 3_000),
    "many marks": ('/./ ins="x"', "x" * 20_000),
    "orders": ("", "a // [!code ++]\n" * 4_000),
    "file name": ("", "//" + " " * 4_000 + "a:" * 4_000 + "x y"),
    "comments": ("", "// highlight-next-line\n" * 8_000),
}  # fmt: skip


@pytest.mark.parametrize("dialect", DIALECTS)
@pytest.mark.parametrize("name", HOSTILE)
def test_hostile_is_quick(name: str, dialect: str) -> None:
    meta, code = HOSTILE[name]
    start = time.process_time()
    resolve_fence(read_fence("js", meta, dialect), code, dialect)
    assert time.process_time() - start < 2


TRICKY = st.lists(
    st.sampled_from(
        ["title=", '"a"', "'", "showLineNumbers", "=5", "{5}", "{1,3-9}", "/a/", "ins", "=", " ", "}", "/", "[x]", "\\"]
        + [":line-numbers", "collapse", "frame", "wrap", "{hl_lines=[1]}", "#", ".x", "mark", '"L":2', "active"]
    )
).map("".join)
CODE = st.lists(
    st.sampled_from(
        ["// a.js", "# b.py", "+ x", "- y", "", "a // [!code ++]", "// highlight-start", "// highlight-end", "é🚀 a"]
        + [
            "/* [!code focus:2] */",
            "<!-- [!code hl] -->",
            "// highlight-next-line",
            "---",
            "\t1",
            "#| x: y",
            "f() # <1>",
        ]
    )
).map("\n".join)


@pytest.mark.parametrize("dialect", DIALECTS)
@settings(max_examples=40, deadline=None)
@given(
    meta=TRICKY | st.text(), code=CODE | st.text(), lang=st.sampled_from(["js", "diff", "yaml", "jsx", None, "js{1}"])
)
def test_any_text(dialect: str, meta: str, code: str, lang: str | None) -> None:
    fence = read_fence(lang, meta, dialect)
    marks = resolve_fence(fence, code, dialect)
    lines = marks.code.split("\n")
    assert marks.line_count == len(lines)
    for mark in marks.chars:
        assert lines[mark.line - 1][mark.start : mark.end] == mark.text
    places = [(mark.line, mark.start, mark.end) for mark in marks.chars]
    assert all(before[0] < after[0] or before[2] <= after[1] for before, after in zip(places, places[1:], strict=False))
    for line in (*marks.highlighted_lines, *(line for line, _ in (*marks.kinds, *marks.labels))):
        assert 1 <= line <= len(lines)


@pytest.mark.parametrize("target", ["html", "pdf", "epub"])
def test_a_pattern_that_would_stall_is_told_of_and_ends(
    target: str, tmp_path: Path, capsys: pytest.CaptureFixture[str]
) -> None:
    post, out = tmp_path / "post.md", tmp_path / f"post.{target}"
    post.write_text("---\ndialect: expressive-code\n---\n\n```js /(a*)*\\1$/\n" + "a" * 5_000 + "!\nlast\n```\n")
    start = time.monotonic()
    with pytest.raises(SystemExit) as end:
        main(["convert", str(post), "-o", str(out)])
    assert time.monotonic() - start < 20  # the pattern has half a second; the rest is the format's
    assert not end.value.code
    assert out.stat().st_size > 1_000
    assert "post.md:5:8: warning[fence-pattern]: `(a*)*\\1$` is too much work" in capsys.readouterr().err
