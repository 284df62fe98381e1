"""Fences at random in seven dialects: our facts are those that the tools gave, and the tools still give them."""

from __future__ import annotations

import json
import os
from pathlib import Path
from typing import Any

import dialect_comments
import dialect_documents
import pytest
from dialect_cases import ASKED, KEYS, ask, differing


def kept(dialect: str) -> list[dict[str, Any]]:
    found: list[dict[str, Any]] = json.loads((ASKED / f"{dialect}.json").read_text(encoding="utf-8"))
    return found


@pytest.mark.parametrize("dialect", KEYS)
def test_facts_are_the_tools(dialect: str) -> None:
    rows = kept(dialect)
    gaps = [(row["info"], row["source"], gap) for row in rows if (gap := differing(dialect, *_pair(row)))]
    assert len(rows) > 100
    assert gaps == []


@pytest.mark.parametrize("dialect", dialect_documents.MORE)
def test_documents_are_read_as_the_tools_do(dialect: str, tmp_path: Path) -> None:
    kept = json.loads((dialect_documents.DOCUMENTS / f"{dialect}.json").read_text(encoding="utf-8"))
    gaps = [gap for row in kept for gap in dialect_documents.differing(dialect, row["text"], row["facts"], tmp_path)]
    assert sum(len(row["facts"]) for row in kept) > 100
    assert gaps == []


def test_one_comment_in_every_language() -> None:
    rows = json.loads(dialect_comments.KEPT.read_text(encoding="utf-8"))
    gaps = [(row["info"], row["source"], gap) for row in rows if (gap := differing("vitepress", *_pair(row)))]
    assert len({row["info"] for row in rows}) > 200
    assert gaps == []


def _pair(row: dict[str, Any]) -> tuple[tuple[str, str], dict[str, Any]]:
    return (row["info"], row["source"]), row["facts"]


@pytest.mark.skipif(not os.environ.get("FENCEPOST_ASK_TOOLS"), reason="set FENCEPOST_ASK_TOOLS to ask the tools again")
@pytest.mark.parametrize("dialect", KEYS)
def test_the_tools_still_say_so(dialect: str) -> None:
    rows = kept(dialect)
    try:
        answers = ask(dialect, [(row["info"], row["source"]) for row in rows])
    except FileNotFoundError as error:
        pytest.skip(f"needs {error}")
    for row, answer in zip(rows, answers, strict=True):
        assert isinstance(answer, dict), answer
        assert {key: answer[key] for key in row["facts"]} == row["facts"]
