"""Code to tokens: the author's text to the character, in every language, and marks cut where they begin and end."""

from __future__ import annotations

import itertools
import subprocess
import sys
import time
from pathlib import Path

import pytest
from hypothesis import given
from hypothesis import strategies as st

from fencepost.cli.main import main
from fencepost.fence import read_fence, resolve_fence
from fencepost.highlight.lexers import ALIASES, PLAIN, find_lexer, is_language, preload
from fencepost.highlight.tokens import LONGEST_LINE, Token, _coloured, cut, highlight, plain_from

TOKENS: list[tuple[str, str, list[list[Token]]]] = [
    # language, code, its lines
    ("python", "def f(x):", [[("k", "def"), ("", " "), ("f", "f"), ("", "(x):")]]),
    ("python", "import modal", [[("k", "import"), ("", " modal")]]),
    ("python", "a.b(c)", [[("", "a."), ("f", "b"), ("", "(c)")]]),  # one that is called is a function
    ("python", "@app.go()", [[("d", "@app"), ("", "."), ("f", "go"), ("", "()")]]),
    ("python", "class A: 1", [[("k", "class"), ("", " "), ("t", "A"), ("", ": "), ("n", "1")]]),
    ("python", "# c  ", [[("c", "# c  ")]]),
    ("PYTHON", "None", [[("k", "None")]]),
    ("bash", 'echo "$X"', [[("f", "echo"), ("", " "), ("s", '"'), ("v", "$X"), ("s", '"')]]),
    ("shell-session", "$ ls", [[("o", "$ "), ("", "ls")]]),
    ("jsonc", "[1] // c", [[("", "["), ("n", "1"), ("", "] "), ("c", "// c")]]),
    ("html", "<b>", [[("", "<"), ("t", "b"), ("", ">")]]),
    ("diff", "-a\n+b\n c", [[("x", "-a")], [("i", "+b")], [("", " c")]]),
    ("text", "def f", [[("", "def f")]]),
    ("js{1}", "let x", [[("", "let x")]]),
    ("", "a\n\n b \n", [[("", "a")], [], [("", " b ")], []]),
    ("python", "", [[]]),
    ("python", "\n\n", [[], [], []]),
    ("python", "\tx \n  ", [[("", "\tx ")], [("", "  ")]]),
]  # fmt: skip


@pytest.mark.parametrize(("lang", "code", "lines"), TOKENS)
def test_tokens(lang: str, code: str, lines: list[list[Token]]) -> None:
    assert [list(line) for line in highlight(code, lang)] == lines


def test_no_language_is_plain() -> None:
    assert highlight("def f", None) == ((("", "def f"),),)


@pytest.mark.parametrize("name", [*ALIASES, "vue", "svelte", "console", "ts", "sh", "yml", "Dockerfile", "c++", "f#"])
def test_names_that_blogs_use(name: str) -> None:
    assert is_language(name)
    assert find_lexer(name) is not None


@pytest.mark.parametrize("name", [*sorted(PLAIN), "js{1}", "{1,3}", ".js", "no-such-language", "js\u00a0{1}"])
def test_plain_names(name: str) -> None:
    assert find_lexer(name) is None


SOME = [
    "python",
    "bash",
    "console",
    "javascript",
    "html",
    "json",
    "yaml",
    "diff",
    "markdown",
    "rust",
    "css",
    "make",
    "typst",
]


@given(
    st.sampled_from(SOME),
    st.text(st.sampled_from("ab1 \t\n\"'`{}()<>/*#$\\=-:;.@é\ufeff\u2028\r\x0b日🚀"), max_size=60),
)
def test_nothing_is_lost(lang: str, code: str) -> None:
    assert "\n".join("".join(text for _, text in line) for line in highlight(code, lang)) == code


@given(st.text("ab \n", max_size=30), st.lists(st.sampled_from(["/a/", "/ab/", "/b a/", "/a/2#v", "/bb/"]), max_size=4))
def test_marks_are_cut_out(code: str, words: list[str]) -> None:
    marks = resolve_fence(read_fence("python", " ".join(words)), code)
    rows = cut(highlight(code, "python"), marks.chars)
    assert "\n".join("".join(text for _, text, _ in row) for row in rows) == code
    for mark in marks.chars:
        assert "".join(text for _, text, found in rows[mark.line - 1] if found is mark) == mark.text
    assert all(text for row in rows for _, text, _ in row)


HOSTILE = {
    "long line": ("python", "x" * 190_000),
    "longest line": ("python", "(" * LONGEST_LINE),
    "blank lines": ("matlab", "    \n" * 20_000),
    "open comments": ("javascript", "/*\n" * 20_000),
    "large block": ("python", "x = 1\n" * 100_000),
}  # fmt: skip


@pytest.mark.parametrize("name", HOSTILE)
def test_hostile_code_ends(name: str, monkeypatch: pytest.MonkeyPatch) -> None:
    monkeypatch.setattr("fencepost.highlight.tokens.process_time", lambda: 0.0)  # without the last resort
    lang, code = HOSTILE[name]
    start = time.monotonic()
    lines = highlight(code, lang)
    assert time.monotonic() - start < 10
    assert "\n".join("".join(text for _, text in line) for line in lines) == code
    assert (plain_from(code, lang) is None) == (name == "longest line")


def test_a_slow_clock_changes_nothing(monkeypatch: pytest.MonkeyPatch) -> None:
    """On a machine whose processor does half as much in the same time, ordinary code has all its colours."""
    slow = itertools.count()
    code = "".join(f"x{number} = [1, 'a', f(2)]\n" for number in range(4000))
    wanted = highlight(code, "python")
    _coloured.cache_clear()
    monkeypatch.setattr("fencepost.highlight.tokens.process_time", lambda: next(slow) * 0.00001)
    assert highlight(code, "python") == wanted
    assert plain_from(code, "python") is None


def test_what_takes_too_long_is_said_once(
    tmp_path: Path, monkeypatch: pytest.MonkeyPatch, capsys: pytest.CaptureFixture[str]
) -> None:
    slow = itertools.count()
    monkeypatch.setattr("fencepost.highlight.tokens.process_time", lambda: next(slow) * 1.0)
    post = tmp_path / "post.md"
    code = "a = 1\n" * 500
    post.write_text(f"---\ntitle: T\n---\n\n```python\n{code}```\n\n```python\nb\n{'(' * 5001}\n```\n")
    with pytest.raises(SystemExit, match="^0$"):
        main(["convert", "--to", "html,epub", "--offline", str(post)])
    told = [line for line in capsys.readouterr().err.splitlines() if "code-colours" in line]
    assert [line.split("post.md:")[1].split(":")[0] for line in told] == ["5", "508"]
    assert "from line 1 of" in told[0] or "from line 2 of" in told[0] or "in this code" in told[0]
    assert "line 2 has more than 5000 characters" in told[1]


def test_preload() -> None:
    find_lexer.cache_clear()
    preload("```python {1}\nx\n```\n\n> ~~~ no-such-language\n\n- ```` js\n")
    assert find_lexer.cache_info().currsize == 2


def test_importing_is_cheap() -> None:
    """Pygments comes in when the first block does, and without the lexers of other languages."""
    program = (
        "import sys, fencepost.highlight.tokens as h; assert not any('pygments' in name for name in sys.modules); "
        "h.highlight('x', 'python'); names = [name for name in sys.modules if name.startswith('pygments.lexers.')]; "
        "assert len(names) < 6, names; assert 'importlib.metadata' not in sys.modules"
    )
    subprocess.run([sys.executable, "-c", program], check=True)
