"""`inspect` against what real implementations recorded, and the shape of what it prints."""

from __future__ import annotations

import json
import os
import unicodedata
from concurrent.futures import ThreadPoolExecutor
from functools import partial
from pathlib import Path
from typing import Any

import pytest
from conftest import TESTS, Command

from fencepost.checks.inspection import inspect_json
from fencepost.settings.run import Settings

# five JavaScript plugins against GitHub, pandoc and comrak: not the facts that are wanted
NOT_GITHUB = frozenset(["lazy", "escaped", "two-spaces", "three-spaces", "title-only", "hardbreak-backslash"])
FENCE_KEYS = ("title", "caption", "line_numbers", "highlighted_lines", "line_ids", "chars", "code")
EMPTY: tuple[Any, ...] = (None, [], {}, "", False)


def files(*parts: str) -> list[Path]:
    """The recorded facts of a kind, ours and those beside the corpora."""
    named = os.environ.get("FENCEPOST_CORPUS")
    places = [TESTS / "oracle", *([Path(named) / "oracle"] if named else [])]
    found = [file for place in places for file in sorted(place.joinpath(*parts).glob("*.json"))]
    return list({(file.name, file.read_bytes()): file for file in found}.values())


def inspected(paths: list[Path], **options: str) -> list[dict[str, Any]]:
    """Inspect posts, two at a time: pandoc is another process."""
    with ThreadPoolExecutor(2) as pool:
        lines = pool.map(
            partial(inspect_json, settings=Settings(options)), [str(file.with_suffix(".md")) for file in paths]
        )
        return [json.loads(line) for line, _ in lines]


def flat(text: Any) -> str:
    return " ".join(str(text).split()).lower()


def titles(rows: Any) -> list[tuple[str, str]]:
    """Every alert's type and title, outermost first, wherever it stands."""
    found = []
    for row in rows or []:
        if row.get("kind", "alert") == "alert":
            found.append((row["type"], flat(row["title"])))
        found += [pair for key in ("body", "children") if isinstance(row.get(key), list) for pair in titles(row[key])]
    return found


@pytest.mark.corpus
def test_alerts() -> None:
    facts = {file: json.loads(file.read_text()) for file in files("alerts")}
    wanted = {
        file: fact["expected_with_custom_titles"] or fact["expected"]
        for file, fact in facts.items()
        if fact["case"] not in NOT_GITHUB and not fact["case"].startswith(("empty", "fold"))
    }
    wanted = {file: rows for file, rows in wanted.items() if rows is not None}
    assert len(wanted) > 20
    have = {file.stem: titles(facts["alerts"]) for file, facts in zip(wanted, inspected(list(wanted)), strict=True)}
    assert have == {file.stem: titles(rows) for file, rows in wanted.items()}


def notes_of(found: dict[str, Any]) -> Any:
    notes = [(int(note["number"]), flat(note["text"]), note["backrefs"]) for note in found["notes"]]
    return [str(ref["number"]) for ref in found["refs"]], notes


@pytest.mark.corpus
def test_footnotes() -> None:
    facts = {file: json.loads(file.read_text()) for file in files("footnotes")}
    wanted = {file: fact["expected"] for file, fact in facts.items() if not fact["contested"] and fact["expected"]}
    assert len(wanted) > 25
    have = {
        file.stem: notes_of(facts["footnotes"]) for file, facts in zip(wanted, inspected(list(wanted)), strict=True)
    }
    assert have == {file.stem: notes_of(rows) for file, rows in wanted.items()}


def same(key: str, want: Any, have: Any) -> bool:
    if want in EMPTY and have in EMPTY:
        return True
    if key == "chars":
        return _marks(want) == _marks(have)
    if key == "code":
        return _lines(want) == _lines(have)
    if key == "line_ids":
        return {str(line): name for line, name in want.items()} == {str(line): name for line, name in have.items()}
    return bool(want == have)


def _marks(rows: Any) -> list[Any]:
    return sorted((row["line"], row["start"], row["end"], str(row.get("id"))) for row in rows)


def _lines(text: str) -> str:
    return text.replace("\r\n", "\n").replace("\0", "\ufffd").rstrip("\n")


@pytest.mark.corpus
def test_fences() -> None:
    """Through the real pipeline: source stage, pandoc, restoring, meta."""
    facts = {file: json.loads(file.read_text()) for file in files("fences", "rehype-pretty-code")}
    facts = {file: fact for file, fact in facts.items() if "error" not in fact}
    compared, differing = 0, []
    for (file, fact), have in zip(facts.items(), inspected(list(facts), dialect="rehype-pretty-code"), strict=True):
        by_line = {block["line"]: block for block in have["blocks"]}
        for block in fact["blocks"]:
            if not block["fenced"] or not block["handled"] or not unicodedata.is_normalized("NFC", block["code"]):
                continue  # pandoc composes characters as it reads
            compared += 1
            mine = by_line.get(block["line"], {})
            bad = [key for key in FENCE_KEYS if key in block and not same(key, block[key], mine.get(key))]
            differing += [(file.stem, block["line"], key, block[key], mine.get(key)) for key in bad]
    assert compared >= (270 if os.environ.get("FENCEPOST_CORPUS") else 250)  # the corpora bring some facts more
    assert differing == []


POST = """---
title: A *post*
date: 2025-05-22
---

- in a list

  > [!TIP] Own **title**
  > body[^n]
  >
  > > [!NOTE]
  > > inner

![alt text](x.png "said")

```py title="a.py" {1}
x
```

again[^n] and [^no]

[^n]: The note.
[^u]: Unused.
"""


@pytest.fixture
def found(tmp_path: Path) -> dict[str, Any]:
    post = tmp_path / "post.md"
    post.write_text(POST, encoding="utf-8")
    line, is_whole = inspect_json(str(post), Settings())
    assert is_whole
    assert "\n" not in line
    facts: dict[str, Any] = json.loads(line)
    return facts


def test_shape(found: dict[str, Any]) -> None:
    assert {"path", "metadata", "blocks", "alerts", "footnotes", "images", "diagnostics"} <= set(found)
    assert (found["metadata"]["title"], found["metadata"]["date"]) == ("A *post*", "2025-05-22")
    assert [(block["line"], block["title"], block["highlighted_lines"]) for block in found["blocks"]] == [
        (16, "a.py", [1])
    ]
    (tip,) = found["alerts"]
    assert (tip["line"], tip["type"], tip["title"]) == (8, "tip", "Own **title**")
    assert [(row["kind"], row.get("type"), row.get("line")) for row in tip["body"]] == [
        ("p", None, None),
        ("alert", "note", 11),
    ]
    notes = found["footnotes"]
    assert [(note["number"], note["label"], note["line"], note["backrefs"]) for note in notes["notes"]] == [
        (1, "n", 22, 2)
    ]
    assert notes["unreferenced"] == [{"label": "u", "line": 23}]
    assert notes["undefined"] == [{"label": "no", "line": 20}]
    assert found["images"] == [{"line": 14, "target": "x.png", "alt": "alt text", "title": "said"}]
    assert [(said["code"], said["line"], said["column"]) for said in found["diagnostics"]] == [
        ("footnote-unused", 23, 0), ("footnote-undefined", 20, 14)
    ]  # fmt: skip


def test_a_line_a_post_and_errors_among_them(run: Command, tmp_path: Path) -> None:
    (tmp_path / "a.md").write_text("# A\n", encoding="utf-8")
    (tmp_path / "b.md").write_bytes(b"caf\xe9\n")
    done = run("fencepost", "inspect", "a.md", "b.md", "none.md", cwd=tmp_path)
    rows = [json.loads(line) for line in done.stdout.decode().split("\n")[:-1]]
    assert done.returncode == 1
    assert [row["path"] for row in rows] == ["a.md", "b.md", "none.md"]
    assert [[said["code"] for said in row["diagnostics"]] for row in rows] == [[], ["encoding"], ["input"]]
    assert b"Traceback" not in done.stderr


@pytest.mark.parametrize(
    "text", ["```js {2}\na", "# x\n\n```js {2}\na\n", "- x\n\n  ```js {2}\n  a", "> ```js {2}\n> a"]
)
def test_a_fence_that_is_not_ended_has_no_line_more(text: str, tmp_path: Path) -> None:
    post = tmp_path / "post.md"
    post.write_text(text, encoding="utf-8")
    block = json.loads(inspect_json(str(post), Settings())[0])["blocks"][0]
    assert (block["code"], block["highlighted_lines"]) == ("a", [])
