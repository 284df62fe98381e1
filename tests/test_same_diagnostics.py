"""The same is said of a post by `check`, by `convert` and by `book`: a corpus of faulty posts through all three."""

from __future__ import annotations

import contextlib
import re
from pathlib import Path

import pytest
from conftest import ROOT
from test_check import DRAWING, FAULTS, OTHER, marked
from test_check_list import CLAUSES

from fencepost.checks.run import check
from fencepost.cli.main import main
from fencepost.settings.run import Settings

CORPUS = FAULTS | {name: clause.post for name, clause in CLAUSES.items()}
FORMATS = ["html", "pdf", "epub"]
Said = set[tuple[int, int, str]]
_LINE = re.compile(r"^post\.md(?::(\d+)(?::(\d+))?)?: (?:error|warning|note)\[([a-z-]+)\]", re.MULTILINE)


def check_alone() -> frozenset[str]:
    """List the codes that the manual says are those of `check` alone."""
    manual = (ROOT / "docs" / "diagnostics.md").read_text(encoding="utf-8")
    part = manual[manual.index("## Headings, alerts") : manual.index("## Footnotes, links")]
    codes = set(re.findall(r"^\| `([a-z-]+)` \| [a-z, ]+ \| \(check\)", manual, re.MULTILINE))
    return frozenset(codes | set(re.findall(r"^\| `([a-z-]+)` \|", part, re.MULTILINE)))


def places(said: str) -> Said:
    return {(int(line or 0), int(column or 0), code) for line, column, code in _LINE.findall(said)}


def run(capsys: pytest.CaptureFixture[str], *words: str) -> Said:
    capsys.readouterr()
    with contextlib.suppress(SystemExit):
        main([*words, "post.md", "--to", ",".join(FORMATS)])
    return places(capsys.readouterr().err)


# code            only said by        why
DIFFERENCES = {
    "link-anchor":   ("check",         "of another post's headings: convert reads no post but its own"),
    "pdf-standard":  ("convert book",  "only the printed page knows its standard; check has the reason itself"),
    "book-link":     ("book",          "only a book has chapters"),
    "font-coverage": ("check convert", "the faces are the book's, whatever its chapters say"),
}  # fmt: skip
REASONS = frozenset(["heading-skip", "image-alt", "glyph-missing"])  # why a page misses its standard, in check's codes


@pytest.mark.parametrize("name", CORPUS)
def test_the_same_is_said(
    name: str, tmp_path: Path, monkeypatch: pytest.MonkeyPatch, capsys: pytest.CaptureFixture[str]
) -> None:
    monkeypatch.chdir(tmp_path)
    Path("other.md").write_text(OTHER, encoding="utf-8")
    Path("p.svg").write_text(DRAWING, encoding="utf-8")
    Path("post.md").write_text(marked(CORPUS[name])[0], encoding="utf-8")
    found = check("post.md", FORMATS, Settings()).found
    all_by_check = {((item.line or 0), 0 if item.column is None else item.column + 1, item.code) for item in found}
    by_check = {item for item in all_by_check if item[2] not in check_alone()}
    by_convert, by_book = run(capsys, "convert"), run(capsys, "book")
    differing = {item for item in by_check | by_convert | by_book if item not in by_check & by_convert & by_book}
    for item in differing:
        sayers = {"check": by_check, "convert": by_convert, "book": by_book}
        assert item[2] in DIFFERENCES, item
        who = " ".join(sayer for sayer, said in sayers.items() if item in said)
        assert who == DIFFERENCES[item[2]][0], (item, who)
    reasons = {item[:2] for item in all_by_check if item[2] in REASONS}
    lines = Path("post.md").read_text(encoding="utf-8").split("\n")
    for line, column, code in differing:
        is_ornament = lines[line - 1].startswith(
            '<img src="p.svg" alt="">', column - 1
        )  # wanted so; the standard minds
        assert code != "pdf-standard" or (line, column) in reasons or is_ornament


def test_each_difference_is_seen() -> None:
    """A row of the table that no post of the corpus needs would hide a fault."""
    marks = "".join(CORPUS.values())
    assert all(code in marks for code in ("link-anchor", "font-coverage")) and "other.md#" in marks
