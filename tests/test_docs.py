"""The manual says what the code does: options, diagnostics, commands, examples and links are checked against it.

`FENCEPOST_ACCEPT=1` rewrites `docs/options.md`, which is made from `fencepost/options.py`.
"""

from __future__ import annotations

import os
import re
import subprocess
from dataclasses import MISSING, fields
from pathlib import Path
from typing import Any

import pytest
from conftest import BIN, ROOT

from fencepost.cli import arguments
from fencepost.filters.passes import PIPELINE
from fencepost.frontmatter.reading import KEYS
from fencepost.markdown.containers.types import KINDS, MKDOCS
from fencepost.options import Options, spelled
from fencepost.pipeline.filter import ALONE

DOCS = ROOT / "docs"
PAGES = [*sorted(DOCS.glob("*.md")), ROOT / "README.md", ROOT / "CONTRIBUTING.md", ROOT / "CHANGELOG.md"]

HEAD = """# Options

Made from `fencepost/options.py` (`FENCEPOST_ACCEPT=1` with `tests/test_docs.py` makes it anew).

An option has one name everywhere, with `-` or `_`: on the command line of `fencepost convert` (`--toc`, `--no-smart`,
`--paper us-letter`), in a post's front matter (`toc: true`), and in `fencepost.yaml`, which is found in the post's
folder or the nearest one above. The command line wins over the front matter, the front matter over the file. Paths in
the file start from its folder, those on the command line from where it runs. In a [pipeline](pipelines.md) an option is
metadata: `-M fencepost.theme=theme.json`.

```yaml
# fencepost.yaml
paper: us-letter
toc: true
site-root: public
marks:
  hot: "#ffd6d6"
```

| option | values | default | meaning |
|---|---|---|---|
"""


def _values(option: Any) -> str:
    if choices := option.metadata["choices"]:
        return ", ".join(f"`{choice}`" for choice in choices)
    kinds = {"bool": "true, false", "int": "a number", "float": "a number", "str": "text"}
    return kinds.get(str(option.type), "a list" if str(option.type).startswith("list") else "a map")


def _default(option: Any) -> str:
    if option.default is MISSING or option.default == "":
        return "–"
    return f"`{str(option.default).lower() if isinstance(option.default, bool) else format(option.default)}`"


def options_page() -> str:
    rows = [
        f"| `{spelled(option.name)}` | {_values(option)} | {_default(option)} | {option.metadata['meaning']}"
        f"{' (not on the command line)' if option.name in arguments.NOT_ON_THE_COMMAND_LINE else ''} |\n"
        for option in fields(Options)
    ]
    return HEAD + "".join(rows)


def test_options() -> None:
    page = DOCS / "options.md"
    if os.environ.get("FENCEPOST_ACCEPT"):
        page.write_text(options_page(), encoding="utf-8")
    assert page.read_text(encoding="utf-8") == options_page()


_CODES = (
    r'"(?:error|warning|note)",\s*"([a-z][a-z-]+)"',
    r'\bFault\(\s*"([a-z-]+)"',
    r'\bcode(?:: str)? ?= ?"([a-z-]+)"',
    r'_error\(\s*[^,]+,\s*"([a-z-]+)"',
    r'_failure\(\s*"([a-z-]+)"',
    r'^\s*"(front-matter-[a-z]+)",?$',
)


def emitted_codes() -> set[str]:
    """Find every code that a diagnostic can have, in the source."""
    files = (ROOT / "fencepost").rglob("*.py")
    text = "\n".join(re.sub(r"(?m)#.*$", "", file.read_text(encoding="utf-8")) for file in files)
    kinds = {*KINDS, *MKDOCS}  # of alerts: `"note", "tip"` is a row of a table, no severity and code
    return {found[1] for pattern in _CODES for found in re.finditer(pattern, text, re.MULTILINE)} - kinds


def test_diagnostics() -> None:
    documented = set(re.findall(r"^\| `([a-z-]+)` \|", (DOCS / "diagnostics.md").read_text(encoding="utf-8"), re.M))
    assert documented == emitted_codes()


def test_commands() -> None:
    text = (DOCS / "commands.md").read_text(encoding="utf-8")
    named = {word for line in re.findall(r"^## (.+)$", text, re.M) for word in re.split(r",\s*", line)}
    assert named == set(arguments.COMMANDS) | {"make"}
    convert_help = next(
        action.choices["convert"].format_help()
        for action in arguments.build_parser()._actions  # noqa: SLF001 - argparse gives no other way
        if hasattr(action, "choices") and isinstance(action.choices, dict)
    )
    flags = re.findall(r"^\| (`-[^|]*) \|", text, re.M)
    for flag in (name for cell in flags for name in re.findall(r"--?[a-z][a-z-]*|-[A-Z]", cell)):
        assert flag in convert_help, flag


def test_front_matter_fields() -> None:
    text = (DOCS / "dialect.md").read_text(encoding="utf-8")
    rows = "\n".join(re.findall(r"^\| `.*$", text.split("## Fences")[0], re.M))
    missing = [ours for ours, names in KEYS.items() if f"`{ours}`" not in rows and f"`{names[-1]}`" not in rows]
    assert missing == ["cover_alt"]


def test_filters() -> None:
    text = (DOCS / "pipelines.md").read_text(encoding="utf-8")
    for name in {*PIPELINE, *ALONE}:
        assert f"fencepost-{name}" in text


EXAMPLES = re.findall(r"^(`{4,})markdown\n(.*?)^\1$", (DOCS / "dialect.md").read_text(encoding="utf-8"), re.M | re.S)


def said_by_convert(post: Path, *arguments: str) -> str:
    """Convert a post in its folder; give what the command said."""
    command = [str(BIN / "fencepost"), "convert", post.name, *arguments]
    done = subprocess.run(command, cwd=post.parent, capture_output=True, text=True, encoding="utf-8", timeout=120)
    assert done.returncode == 0, done.stderr
    return done.stderr.rstrip("\n")


@pytest.mark.parametrize("text", [text for _, text in EXAMPLES])
def test_examples_convert(text: str, tmp_path: Path) -> None:
    post = tmp_path / "example.md"
    post.write_text(text, encoding="utf-8")
    assert said_by_convert(post) == ""
    assert all((tmp_path / f"example.{name}").stat().st_size for name in ("html", "pdf", "epub"))


def test_showcase_has_no_fault(tmp_path: Path) -> None:
    post = ROOT / "examples" / "showcase" / "index.md"
    assert said_by_convert(post, "--out-dir", str(tmp_path)) == ""


@pytest.mark.parametrize("page", PAGES, ids=lambda page: page.name)
def test_links(page: Path) -> None:
    text = re.sub(r"(?ms)^(`{3,})[^`\n]*\n.*?^\1$", "", page.read_text(encoding="utf-8"))
    text = re.sub(r"`[^`\n]+`", "", text)
    for target in re.findall(r"\]\(([^)\s]+)\)", text):
        if not re.match(r"[a-z]+:|#", target):
            assert (page.parent / target.split("#")[0]).exists(), target


FAULTY = """\
---
title: Retries that end
date: 2026-03-14
---

The client gives up after three tries.[^why]

```python title="retry.py" {2,7} /attempt/#v
for attempt in range(3):
    if send(attempt):
        break
```
"""


def test_readme_fault_is_real(tmp_path: Path) -> None:
    """The terminal in the README shows what the command says today."""
    readme = (ROOT / "README.md").read_text(encoding="utf-8")
    shown = re.search(r"\$ fencepost convert retries\.md\n(.*?)^```$", readme, re.M | re.S)
    post = tmp_path / "retries.md"
    post.write_text(FAULTY, encoding="utf-8")
    assert shown is not None and shown[1].rstrip("\n") == said_by_convert(post)
