"""Diagrams: drawn by the site's command, once for the same code; else code, and one word about it."""

from __future__ import annotations

import sys
from pathlib import Path
from typing import Any

import pymupdf
import pytest
from pages import DRAWING

from fencepost.cli import main

POST = """---
title: Diagrams
---

Before.

```mermaid title="The flow"
graph TD; A-->B
```

Between.

```dot
digraph { a -> b }
```

```mermaid
graph TD; A-->B
```
"""
DRAW = """
import sys
from pathlib import Path
code = Path(sys.argv[1]).read_text() if len(sys.argv) > 1 else sys.stdin.read()
with open({log!r}, "a") as log:
    log.write(code)
if "fail" in code:
    sys.exit("a syntax error in line 1")
drawing = {drawing!r}
if len(sys.argv) > 2:
    Path(sys.argv[2]).write_text(drawing)
else:
    print(drawing)
"""


@pytest.fixture
def site(tmp_path: Path, monkeypatch: pytest.MonkeyPatch) -> Path:
    """A site whose configuration names a command for two languages, one by files and one by pipes."""
    monkeypatch.setenv("XDG_CACHE_HOME", str(tmp_path / "cache"))
    script = tmp_path / "draw me.py"
    script.write_text(DRAW.format(log=str(tmp_path / "log"), drawing=DRAWING), encoding="utf-8")
    run = f"{sys.executable} '{script}'"
    config = f'diagrams:\n  mermaid: "{run} {{in}} {{out}}.svg"\n  dot: "{run}"\n'
    (tmp_path / "fencepost.yaml").write_text(config, encoding="utf-8")
    return tmp_path


def convert(site: Path, post: str, capsys: pytest.CaptureFixture[str], target: str = "html") -> tuple[Any, str, Path]:
    source, out = site / "p.md", site / f"p.{target}"
    source.write_text(post, encoding="utf-8")
    with pytest.raises(SystemExit) as end:
        main(["convert", str(source), "-o", str(out)])
    return end.value.code, capsys.readouterr().err, out


def test_diagrams_are_drawn_once_for_the_same_code(site: Path, capsys: pytest.CaptureFixture[str]) -> None:
    code, said, out = convert(site, POST, capsys)
    page = out.read_text(encoding="utf-8")
    assert (code, said) == (0, "") and page.count('src="data:image/svg+xml') == 3 and "graph TD" not in page
    assert "<figcaption" in page and "The flow" in page and 'alt="mermaid diagram"' in page
    assert (site / "log").read_text() == "graph TD; A-->B\ndigraph { a -> b }\n"
    convert(site, POST.replace("Before", "After"), capsys)
    assert (site / "log").read_text().count("\n") == 2


def test_diagrams_are_drawn_in_print(site: Path, capsys: pytest.CaptureFixture[str]) -> None:
    code, said, out = convert(site, POST, capsys, "pdf")
    document = pymupdf.open(out)
    assert (code, said) == (0, "") and "graph TD" not in document[0].get_text()
    assert "The flow" in document[0].get_text() and "pdfuaid:part" in document.get_xml_metadata()


def test_without_a_command_they_are_code_and_that_is_said_once(
    tmp_path: Path, capsys: pytest.CaptureFixture[str]
) -> None:
    code, said, out = convert(tmp_path, POST, capsys)
    assert code == 0 and "graph TD" in out.read_text(encoding="utf-8")
    assert said.count("[diagram]") == 1 and "p.md:7:1: note[diagram]: mermaid is printed as code" in said
    assert "`diagrams: {mermaid: COMMAND}` in fencepost.yaml draws it" in said


def test_a_diagram_that_fails_stays_code_with_its_line(site: Path, capsys: pytest.CaptureFixture[str]) -> None:
    code, said, out = convert(site, POST.replace("digraph {", "fail {"), capsys)
    assert code == 0 and "<code" in out.read_text(encoding="utf-8")
    assert "p.md:14:1: warning[diagram]: dot is printed as code: the command ended with 1: a syntax error" in said


@pytest.mark.parametrize(
    ("command", "reason"),
    [
        ("no-such-command-here", "cannot be run"),
        (f"{sys.executable} -c 'print(1)'", "made no picture"),
        ("'", "cannot be run"),
    ],
)
def test_a_command_that_is_none(command: str, reason: str, site: Path, capsys: pytest.CaptureFixture[str]) -> None:
    (site / "fencepost.yaml").write_text(f'diagrams:\n  dot: "{command}"\n', encoding="utf-8")
    assert reason in convert(site, "```dot\na\n```\n", capsys)[1]


def test_a_command_that_takes_too_long(site: Path, capsys: pytest.CaptureFixture[str]) -> None:
    slow = f"diagram-timeout: 0.3\ndiagrams:\n  dot: \"{sys.executable} -c 'import time; time.sleep(20)'\"\n"
    (site / "fencepost.yaml").write_text(slow, encoding="utf-8")
    assert "longer than 0.3 seconds" in convert(site, "```dot\na\n```\n", capsys)[1]


def test_a_post_may_not_name_a_command(tmp_path: Path, capsys: pytest.CaptureFixture[str]) -> None:
    evil = tmp_path / "evil"
    post = f'---\ntitle: A\ndiagrams:\n  dot: "touch {evil}"\n---\n\n```dot\na\n```\n'
    code, said, out = convert(tmp_path, post, capsys)
    assert code == 0 and not evil.exists() and "<code" in out.read_text(encoding="utf-8")
    assert "p.md:3: warning[front-matter-option]: `diagrams` is ignored" in said
