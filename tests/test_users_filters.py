"""Filters of a user's own: `filters:` in the configuration, and `-- --filter` on the command line, in every format."""

from __future__ import annotations

import shutil
import sys
from pathlib import Path

import pytest
from conftest import ROOT, Command
from words import TEXT_OF

import fencepost
from fencepost.pandoc import tree
from fencepost.pandoc.versions import version

EXAMPLE = ROOT / "examples" / "filters"
POST = (
    "---\ntitle: A *T*\nauthor: Jo\ndate: 2026-01-18\n---\n\n> [!NOTE]\n> one[^1]\n\n"
    '```py title="a.py"\nx = 1\n```\n\n[^1]: n\n'
)


def words_of(format: str, data: bytes) -> str:
    return " ".join(TEXT_OF[format](data).split())


@pytest.mark.parametrize("format", ["html", "pdf", "epub", "docx", "odt"])
def test_the_example(format: str) -> None:
    made = fencepost.convert(EXAMPLE / "index.md", format)
    assert made.diagnostics == ()
    words = words_of(format, made.bytes[format])
    assert "kbd:Esc" not in words and "Esc" in words
    assert "@VERSION@" not in words
    assert words.count("2.4") >= 2
    assert "install.sh" in words


UPPER = """
import panflute as pf
def action(elem, doc):
    if isinstance(elem, pf.CodeBlock):
        assert elem.attributes.get("meta") == 'title="a.py"'
        assert pf.stringify(doc.metadata["title"]) == "A *T*", doc.metadata["title"]
        assert pf.stringify(doc.metadata["author"][0]) == "Jo"
        elem.text = elem.text.upper() + " # " + doc.format
        return elem
pf.run_filter(action)
"""


def test_a_filter_sees_the_public_form_and_the_metadata(tmp_path: Path, run: Command) -> None:
    (tmp_path / "post.md").write_text(POST, encoding="utf-8")
    (tmp_path / "upper.py").write_text(UPPER, encoding="utf-8")
    for format, writer in (("html", "html5"), ("pdf", "typst"), ("docx", "docx")):
        done = run(
            "fencepost", "convert", "post.md", "-o", f"post.{format}", "--", "--filter", "upper.py", cwd=tmp_path
        )
        assert (done.returncode, done.stderr) == (0, b"")
        words = words_of(format, (tmp_path / f"post.{format}").read_bytes())
        assert "X" in words and writer in words and "a.py" in words


def test_a_lua_filter_knows_the_writer(tmp_path: Path) -> None:
    if version() < (3, 2, 1):
        pytest.skip("pandoc before 3.2.1 tells a Lua filter that the output is json")
    (tmp_path / "f.lua").write_text('function Str(s) if s.text == "W" then return pandoc.Str(FORMAT) end end')
    made = fencepost.convert("# T\n\na W b\n", "pdf", filters=[str(tmp_path / "f.lua")])
    assert "a typst b" in words_of("pdf", made.bytes["pdf"])


def test_a_filter_behind_ours_sees_what_they_wrote(tmp_path: Path) -> None:
    """In HTML a code block is HTML by then."""
    (tmp_path / "f.lua").write_text('function CodeBlock() error("a code block") end')
    row = {"path": str(tmp_path / "f.lua")}
    assert b"a.py" in fencepost.convert(POST, "html", filters=[{**row, "at": "after"}]).bytes["html"]
    with pytest.raises(fencepost.FencepostError, match="a code block"):
        fencepost.convert(POST, "html", filters=[{**row, "at": "before"}])


@pytest.mark.parametrize(
    ("name", "text", "said"),
    [
        ("none.py", None, "there is no such file"),
        ("bad.py", "import sys; sys.exit('no luck')", "no luck"),
        ("empty.py", "", "not a document"),
        ("bad.lua", "error('oh')", "oh"),
    ],
)
def test_a_filter_that_fails_is_an_error_and_no_traceback(
    name: str, text: str | None, said: str, tmp_path: Path
) -> None:
    if text is not None:
        (tmp_path / name).write_text(text, encoding="utf-8")
    with pytest.raises(fencepost.FencepostError) as raised:
        fencepost.convert(POST, "html", filters=[str(tmp_path / name)])
    assert said in str(raised.value)
    assert "Traceback" not in str(raised.value)


def test_an_installed_filter_runs_by_its_name(tmp_path: Path, monkeypatch: pytest.MonkeyPatch) -> None:
    shutil.copy(EXAMPLE / "kbd.py", tmp_path / "example_kbd.py")
    info = tmp_path / "example_kbd-1.dist-info"
    info.mkdir()
    (info / "METADATA").write_text("Metadata-Version: 2.1\nName: example-kbd\nVersion: 1\n")
    (info / "entry_points.txt").write_text("[fencepost.filters]\nkbd = example_kbd:action\n")
    monkeypatch.setattr(sys, "path", [str(tmp_path), *sys.path])
    page = fencepost.convert("# T\n\n`kbd:Esc`\n", "html", filters=["kbd"]).bytes["html"]
    assert b"<kbd>Esc</kbd>" in page


def test_a_post_may_name_no_filter_and_a_stranger_has_none(tmp_path: Path) -> None:
    (tmp_path / "f.py").write_text("raise SystemExit('run')")
    text = f"---\nfilters: [{tmp_path}/f.py]\n---\n\nwords\n"
    (warning,) = fencepost.convert(text, "html").warnings
    assert warning.code == "front-matter-option"
    assert fencepost.convert("# T\n", "html", untrusted=True, filters=[str(tmp_path / "f.py")]).bytes["html"]


def test_words_are_parted_and_joined_again() -> None:
    blocks = [{"t": "Para", "c": [{"t": "Str", "c": "a b "}, {"t": "Emph", "c": [{"t": "Str", "c": "c d"}]}]}]
    tree.part_words(blocks)
    kinds = [node["t"] for node in blocks[0]["c"]]  # type: ignore[index]
    assert kinds == ["Str", "Space", "Str", "Space", "Emph"]
    tree.join_words(blocks)
    assert [node.get("c") for node in blocks[0]["c"]][0] == "a b "  # type: ignore[index]
