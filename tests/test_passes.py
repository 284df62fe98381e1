"""The list of passes: its order satisfies what each row says, and each row leads to a function."""

from __future__ import annotations

import json
import subprocess
import sys
from pathlib import Path
from typing import Any

import pytest

from fencepost.filters.context import FAMILIES, Context
from fencepost.filters.passes import BY_NAME, CONSTRUCTS, PASSES, PIPELINE, Pass, run


def test_names_are_unique_and_phases_follow_each_other() -> None:
    assert len(BY_NAME) == len(PASSES)
    assert [row.phase for row in PASSES] == sorted((row.phase for row in PASSES), reverse=True)
    assert {*PIPELINE, *CONSTRUCTS, "figures"} <= set(BY_NAME)


@pytest.mark.parametrize("row", PASSES, ids=lambda row: row.name)
def test_a_row_stands_behind_those_that_it_needs_and_says_why(row: Pass) -> None:
    before = [other.name for other in PASSES[: PASSES.index(row)]]
    assert set(row.after) <= set(before)
    assert bool(row.why) <= bool(row.after)
    assert set(row.families) <= set(FAMILIES.values())


@pytest.mark.parametrize("row", PASSES, ids=lambda row: row.name)
def test_a_row_leads_to_a_function_of_two_arguments(row: Pass) -> None:
    module = sys.modules.get(row.module) or __import__(row.module, fromlist=["x"])
    names = {"document": 2, "element": 2, "leaf": 4}
    assert row.function.__code__.co_argcount == names[row.kind]
    assert hasattr(module, {"leaf": "LEAVES", "element": "TYPES"}.get(row.kind, "__doc__"))


def test_the_order_of_a_walk_is_that_of_the_list() -> None:
    """Alerts and fences are done in one walk, and what is between others stays between them."""
    document: Any = {"pandoc-api-version": [1, 23, 1], "meta": {}, "blocks": [
        {"t": "BlockQuote", "c": [{"t": "Para", "c": [
            {"t": "Str", "c": "[!NOTE]"}, {"t": "SoftBreak"}, {"t": "Str", "c": "x"},
        ]}]},
        {"t": "CodeBlock", "c": [["", ["py"], [["meta", "{1}"]]], "a = 1"]},
    ]}  # fmt: skip
    run(document, Context("html"), "format", PIPELINE)
    text = json.dumps(document)
    assert "markdown-alert" in text or "alert" in text
    assert "data-line" in text


def test_what_has_nothing_to_do_is_not_imported(tmp_path: Path) -> None:
    (tmp_path / "a.md").write_text("# T\n\nwords\n", encoding="utf-8")
    code = (
        "import sys, fencepost.cli.main as m\n"
        "try: m.main(['convert', 'a.md', '-o', 'a.html'])\n"
        "except SystemExit as e: assert not e.code\n"
        "print([n for n in sys.modules if n.startswith('fencepost.filters.')])"
    )
    done = subprocess.run([sys.executable, "-c", code], cwd=tmp_path, capture_output=True, text=True, check=True)
    for name in ("tables", "formulas", "codenotes", "links", "boldheads", "raw_html", "sections", "wikilinks", "marks"):
        assert f"fencepost.filters.{name}" not in done.stdout


def test_leaves_of_metadata_are_done_once(tmp_path: Path) -> None:
    """Quotes in a title and a comment in the text: two passes of leaves, one walk over both."""
    import fencepost

    text = '---\ntitle: The "first" word\nextra: a "second" one\n---\n\n<!-- x -->\n\nA "third".\n'
    page = fencepost.convert(text, "html").bytes["html"].decode()
    assert "The “first” word</h1>" in page and "A “third”." in page and "<!-- x" not in page
