"""Code in the markup of other tools: their own style sheets, loaded in Chromium, colour it."""

from __future__ import annotations

import os
import shutil
import subprocess
from pathlib import Path
from xml.etree import ElementTree

import pytest
from conftest import NODE_MODULES, need
from hypothesis import given, settings
from hypothesis import strategies as st
from pages import ask, build
from pygments.formatters import HtmlFormatter

from fencepost.fence import read_fence, resolve_fence
from fencepost.filters.fences import _rows
from fencepost.writers.code import MARKUPS, CodeBox, writer_of

POST = """---
dialect: expressive-code
---

```python title="app.py" {1} ins={2} del={3} "name" showLineNumbers
name = 1
new = 2
old = 3
plain = 4
```
"""


def styled(folder: Path, chromium: str, markup: str, sheet: str, script: str) -> object:
    """Convert to a fragment, which brings no style of ours, put a style sheet before it, and ask the page."""
    page = build(folder, "html", POST, "--markup", markup, "--fragment")
    page.write_text(f"<!doctype html><style>{sheet}</style>{page.read_text(encoding='utf-8')}", encoding="utf-8")
    return ask(chromium, page, script)


def package(name: str) -> Path:
    """Find a package; all are fetched where tools are required and it is not there yet."""
    npm, tools = shutil.which("npm"), NODE_MODULES.parent
    need(npm, "Node")
    if os.environ.get("FENCEPOST_REQUIRE_TOOLS") and not (NODE_MODULES / name).is_dir():
        fetch = [str(npm), "ci", "--prefix", str(tools), "--silent", "--no-audit", "--no-fund", "--ignore-scripts"]
        subprocess.run(fetch, check=True, timeout=180, cwd=tools)
    need((NODE_MODULES / name).is_dir(), f"{name} (npm ci --prefix tests/tools)")
    return NODE_MODULES / name


@pytest.fixture(scope="session")
def expressive_code_sheet() -> str:
    """Give Expressive Code's style sheet."""
    script = package("expressive-code").parent.parent / "expressive-code.mjs"
    return subprocess.run(["node", script], capture_output=True, text=True, check=True, timeout=60).stdout


@pytest.fixture(scope="session")
def nextra_sheet() -> str:
    """Give the style sheet of Nextra's blog theme, whose code is rehype-pretty-code's, and the colour of its head."""
    head = ":root { --nextra-primary-hue: 212deg; --nextra-primary-saturation: 100%; --nextra-primary-lightness: 45% }"
    return head + (package("nextra-theme-blog") / "dist" / "style.css").read_text(encoding="utf-8")


GROUNDS = """return ['%s', '%s', '%s', '%s'].map((way) => {
    const line = page.document.querySelector(way); return line && page.getComputedStyle(line)['%s'] });"""


def test_expressive_code(tmp_path: Path, chromium: str, expressive_code_sheet: str) -> None:
    ways = (".ec-line.mark", ".ec-line.ins", ".ec-line.del", ".ec-line:not(.highlight)", "backgroundColor")
    marked, come, gone, plain = styled(tmp_path, chromium, "expressive-code", expressive_code_sheet, GROUNDS % ways)
    assert len({marked, come, gone, plain}) == 4
    assert plain == "rgba(0, 0, 0, 0)"
    signs = styled(
        tmp_path, chromium, "expressive-code", expressive_code_sheet,
        "return ['ins', 'del'].map((kind) => page.getComputedStyle("
        "page.document.querySelector(`.ec-line.${kind} .code`), '::before').content)",
    )  # fmt: skip
    assert signs == ['"+"', '"-"']
    title = styled(
        tmp_path, chromium, "expressive-code", expressive_code_sheet,
        "const bar = page.document.querySelector('.frame.has-title .header');"
        "return [page.getComputedStyle(bar).display, bar.textContent]",
    )  # fmt: skip
    assert title == ["flex", "app.py"]


def test_rehype_pretty_code(tmp_path: Path, chromium: str, nextra_sheet: str) -> None:
    lines = ["[data-highlighted-line]", "[data-line]:not([data-highlighted-line])"]
    look = """page.document.querySelectorAll('code').forEach(code => code.classList.add('nextra-code'));  // as it does
        const look = (way, part) => page.getComputedStyle(page.document.querySelector(way), part);
        return ["""
    looks = ", ".join(f"look('code > {line}').backgroundColor" for line in lines)
    looks += ", look('[data-highlighted-chars]').backgroundColor, look('[data-line]', '::before').content"
    marked, plain, word, number = styled(tmp_path, chromium, "rehype-pretty-code", nextra_sheet, f"{look}{looks}]")
    clear = "rgba(0, 0, 0, 0)"
    assert plain == clear
    assert clear not in (marked, word)
    assert number == "counter(line)"


def test_pygments(tmp_path: Path, chromium: str) -> None:
    sheet = HtmlFormatter(style="default").get_style_defs(".highlight")
    ways = (".highlight .hll", ".highlight pre", ".highlight .gi", ".highlight .gd", "backgroundColor")
    marked, ground, *_ = styled(tmp_path, chromium, "pygments", sheet, GROUNDS % ways)
    assert (marked, ground) == ("rgb(255, 255, 204)", "rgba(0, 0, 0, 0)")
    ways = (".highlight .m", ".highlight .gi", ".highlight .gd", ".highlight pre", "color")
    number, come, gone, plain = styled(tmp_path, chromium, "pygments", sheet, GROUNDS % ways)
    assert len({number, come, gone, plain}) == 4


def test_pandoc(tmp_path: Path, chromium: str, pandoc: str) -> None:
    sample = "```python\nx = 1\n```\n"
    command = [pandoc, "-s", "-M", "title=x"]
    whole = subprocess.run(command, input=sample, capture_output=True, text=True, check=True).stdout
    sheet = whole[whole.index("<style>") + 7 : whole.index("</style>")]
    assert "code span.dv" in sheet
    ways = ("code span.dv", "pre.numberSource code > span", "pre.sourceCode", "code.sourceCode > span", "color")
    number, _, plain, _ = styled(tmp_path, chromium, "pandoc", sheet, GROUNDS % ways)
    assert number != plain
    numbers = styled(
        tmp_path, chromium, "pandoc", sheet,
        "return page.getComputedStyle(page.document.querySelector('.numberSource a'), '::before').content",
    )  # fmt: skip
    assert numbers == "counter(source-line)"


TABS = """---
dialect: pymdownx
---

=== "One"

    Words, and

    === "Inner"

        ``` py
        x
        ```

    !!! note
        Nested.

=== "Two"

    ``` py
    y
    ```

=== "Three"

    - a list
"""


@pytest.mark.parametrize("markup", MARKUPS)
def test_tabs_need_no_script_in_any_markup(tmp_path: Path, chromium: str, markup: str) -> None:
    page = build(tmp_path, "html", TABS, "--markup", markup)
    shown = ask(
        chromium, page,
        "const group = page.document.querySelector('.code-group');"
        "const panels = [...group.querySelector(':scope > div').children];"
        "const seen = () => panels.map((panel) => page.getComputedStyle(panel).display !== 'none');"
        "const names = [...group.querySelectorAll(':scope > label')].map((label) => label.textContent);"
        "const first = seen(); group.querySelectorAll(':scope > input')[1].click();"
        "return [names, first, seen(), page.document.querySelectorAll('.alert-note').length]",
    )  # fmt: skip
    assert shown == [["One", "Two", "Three"], [True, False, False], [False, True, False], 1]


METAS = ["", '{"A<":1} ins={2} "a"', 'title="a<b" wrap collapse={1-2} showLineNumbers', 'del={1} frame="none"']


@pytest.mark.parametrize("markup", MARKUPS)
@settings(max_examples=40, deadline=None)
@given(
    code=st.text(st.sampled_from("ab \n<&'\"+-#/:\U0001f680"), max_size=40),
    meta=st.sampled_from(METAS),
    lang=st.sampled_from(["python", "sh", None]),
)
def test_well_formed(markup: str, code: str, meta: str, lang: str | None) -> None:
    fence = read_fence(lang, meta, "expressive-code")
    marks = resolve_fence(fence, code, "expressive-code")
    box = CodeBox(
        list(_rows(fence, marks)), marks.lang, marks.title, start=fence.start, frame=marks.frame, wrap=fence.wrap,
        folded=marks.collapsed, words={"line": "1 line", "lines": "{} lines"},
    )  # fmt: skip
    ElementTree.fromstring(writer_of("html", markup)(box))
