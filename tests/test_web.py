"""The page in a browser: light, dark, narrow, its copy button and its notes; and the checkers' verdict."""

from __future__ import annotations

import re
from collections.abc import Callable
from functools import partial
from pathlib import Path
from typing import Any

import pytest
from pages import ask, build, complaints, print_page, violations

from fencepost.locales.words import labels
from fencepost.theme import load_theme
from fencepost.theme.web import contrast, epub_stylesheet, midtone, script, stylesheet

DARK = "--blink-settings=preferredColorScheme=0"
STYLE = "const style = (name) => page.getComputedStyle(page.document.querySelector(name));"


@pytest.fixture(scope="module")
def page(tmp_path_factory: pytest.TempPathFactory) -> Path:
    return build(tmp_path_factory.mktemp("web"), "html")


@pytest.fixture(scope="module")
def look(chromium: str, page: Path) -> Callable[..., Any]:
    """Run a script in the page, in Chromium."""
    return partial(ask, chromium, page)


def test_no_external_request(page: Path) -> None:
    text = page.read_text(encoding="utf-8")
    loaded = re.findall(r'<(?:link rel="stylesheet"|script|img|source|iframe)[^>]*?\b(?:src|href)="([^"]*)"', text)
    assert loaded == ["drawing.svg"]
    assert "@import" not in text
    assert "url(" not in text


def test_light_and_dark(look: Callable[..., Any]) -> None:
    colours = f"{STYLE} return [style('body').backgroundColor, style('body').color, style('.hl-k').color]"
    light, dark = look(colours), look(colours, DARK)
    theme = load_theme()
    assert [_hex(colour) for colour in light] == [
        theme["colours"]["ground"][0], theme["colours"]["ink"][0], theme["code"]["k"][0]
    ]  # fmt: skip
    assert [_hex(colour) for colour in dark] == [
        theme["colours"]["ground"][1], theme["colours"]["ink"][1], theme["code"]["k"][1]
    ]  # fmt: skip
    chosen = "page.document.documentElement.dataset.theme = 'light';" + colours
    assert look(chosen, DARK) == light
    chosen = "page.document.documentElement.dataset.theme = 'dark';" + colours
    assert look(chosen) == dark


def test_what_follows_a_film_closed_by_a_stroke_is_seen(chromium: str, tmp_path: Path) -> None:
    post = (
        '# T\n\n<iframe title="F" srcdoc="x" />\n\nafter <span /> it\n\n<svg viewBox="0 0 1 1"><path d="M0 0"/></svg>\n'
    )
    page = build(tmp_path, "html", post)
    assert "after it" in re.sub(r"\s+", " ", ask(chromium, page, "return page.document.body.innerText"))
    assert '<path d="M0 0"/>' in page.read_text(encoding="utf-8")


def _hex(colour: str) -> str:
    return "#" + "".join(f"{int(part):02x}" for part in re.findall(r"\d+", colour)[:3])


@pytest.mark.parametrize("width", [320, 360, 768])
def test_narrow(look: Callable[..., Any], width: int) -> None:
    """The page does not scroll sideways; what is wide scrolls by itself and can have the focus."""
    found = look(
        """const root = page.document.documentElement;
        const wide = [...page.document.querySelectorAll('body *')].filter((e) => e.scrollWidth > e.clientWidth + 1
            && ['auto', 'scroll'].includes(page.getComputedStyle(e).overflowX));
        return {page: root.scrollWidth, inner: page.innerWidth, unreachable: wide.filter((e) => e.tabIndex < 0).length,
            scrolling: wide.length}""",
        width=width,
    )
    assert found["page"] <= found["inner"] == width
    assert found["unreachable"] == 0
    assert found["scrolling"] == 2 if width < 400 else found["scrolling"] <= 2


def test_copy_button(look: Callable[..., Any]) -> None:
    """It copies the code and nothing else, says so, and can be reached by keyboard."""
    found = look(
        """const copied = [];
        Object.defineProperty(page.navigator, 'clipboard', {value: {writeText: async (text) => { copied.push(text) }}});
        const buttons = [...page.document.querySelectorAll('figure button')];
        const before = buttons.map((b) => b.textContent);
        for (const button of buttons) { button.focus(); button.click(); await null; await null }
        await new Promise((done) => setTimeout(done, 50));
        const said = page.document.querySelector('[role=status]').textContent;
        return {copied, before, after: buttons[0].textContent, said,
            focus: page.document.activeElement === buttons[1], name: buttons[0].getAttribute('aria-label')}""",
    )
    assert found["copied"] == [
        'def greet(name):\n    print(f"Hello {name}")\n\n    return "a line that is rather long and runs over '
        'the right edge of a narrow page, on a telephone for one"',
        "plain",
    ]
    assert found["before"] == ["Copy", "Copy"]
    assert found["after"] == found["said"] == "Copied"
    assert found["focus"]
    assert found["name"] == "Copy: app.py"


def test_task_lists_are_check_boxes(page: Path) -> None:
    text = page.read_text(encoding="utf-8")
    assert re.findall(r'<input type="checkbox"( checked="")? />(\w+)', text) == [(' checked=""', "done"), ("", "open")]


def test_line_numbers_are_no_text(look: Callable[..., Any]) -> None:
    found = look(
        """const line = page.document.querySelector('[data-line]');
        return [line.textContent, page.getComputedStyle(line, '::before').content]""",
    )
    assert found == ["def greet(name):", "counter(line)"]


def test_a_marked_line_reaches_both_edges(look: Callable[..., Any]) -> None:
    found = look(
        """const line = page.document.querySelector('[data-highlighted-line]').getBoundingClientRect();
        const box = page.document.querySelector('[data-highlighted-line]').closest('figure').getBoundingClientRect();
        return [line.left - box.left, box.right - line.right]""",
    )
    assert found[0] <= 1.5
    assert found[1] <= 1.5


def test_notes_lead_there_and_back(look: Callable[..., Any]) -> None:
    found = look(
        """const all = (name) => [...page.document.querySelectorAll(name)];
        const leads = (a) => page.document.querySelector(a.getAttribute('href')) !== null;
        const there = all('[role=doc-noteref]').map(leads), back = all('[role=doc-backlink]').map(leads);
        const names = all('[role=doc-backlink]').map((a) => a.ariaLabel);
        return {there, back, names, notes: all('[role=doc-endnotes] li').length}""",
    )
    assert found["there"] == [True, True, True]
    assert found["back"] == [True, True, True]
    assert found["notes"] == 2
    assert len(set(found["names"])) == 3


MENDED = """---
title: Mended
date: 2026-03-14
updated: 2026-05-02
author: [The Fencepost authors, A reader with a pencil]
---

```js {1}#v /a/#v
const a = 1 + a;
```

```js {1} /a/
const a = 1 + a;
```

- item

  ```sh
  pip install something-that-is-rather-long && python -m something_else --and another=option --and more
  ```

```go showLineNumbers{98} /err/
err
\terr
```

$$x^2$$

> [!NOTE] Print **one** page
> Body.

- [ ] outer
  - [ ] inner

| Stage | Tool | What it keeps | What it drops alone | Check | Six |
|---|---|---|---|---|---|
| Read | `pandoc -f gfm` | Structure: lists, quotes, tables | Fence meta, notes | `fencepost inspect` | yes |
"""


@pytest.fixture(scope="module")
def mended(chromium: str, tmp_path_factory: pytest.TempPathFactory) -> Callable[..., Any]:
    return partial(ask, chromium, build(tmp_path_factory.mktemp("mended"), "html", MENDED))


@pytest.mark.parametrize("flags", [(), (DARK,)], ids=["light", "dark"])
def test_word_marks_show_on_marked_lines(mended: Callable[..., Any], flags: tuple[str, ...]) -> None:
    """Their edge stands out from the line's ground: 3:1, as WCAG asks of what is not text."""
    pairs = mended(
        """const canvas = document.createElement('canvas').getContext('2d', {willReadFrequently: true});
        const paint = (colour) => { canvas.fillStyle = colour; canvas.fillRect(0, 0, 1, 1);
            return 'rgb(' + [...canvas.getImageData(0, 0, 1, 1).data].slice(0, 3).join() + ')' };
        return [...page.document.querySelectorAll('[data-highlighted-line] mark')].map((mark) => {
            const edge = page.getComputedStyle(mark).outlineColor;
            return [edge, page.getComputedStyle(mark.closest('[data-line]')).backgroundColor].map(paint) })""",
        *flags,
    )
    assert len(pairs) == 4
    assert all(contrast(_hex(edge), _hex(ground)) >= 3 for edge, ground in pairs), pairs


@pytest.mark.parametrize("width", [320, 360, 1000])
def test_the_copy_button_covers_no_code(mended: Callable[..., Any], width: int) -> None:
    found = mended(
        """return [...page.document.querySelectorAll('figure.code')].map((figure) => {
            const button = figure.querySelector('button');
            const code = figure.querySelector("pre").getBoundingClientRect();
            const covered = button.getBoundingClientRect().bottom > code.top;
            const before = button.getBoundingClientRect().top;
            const text = figure.previousElementSibling;
            const above = text !== null && text.getBoundingClientRect().bottom > before;
            button.focus();
            return [covered, above, page.getComputedStyle(figure).overflow] })""",
        width=width,
    )
    assert found == [[False, False, "visible"]] * 4


def test_tabs_stop_at_the_same_columns_beside_numbers(mended: Callable[..., Any]) -> None:
    """A tab is four columns wide, and a word mark moves nothing."""
    first, second, ch = mended(
        """const marks = [...page.document.querySelectorAll('code[data-line-numbers] mark')];
        const rects = marks.map((mark) => { const range = page.document.createRange();
            range.selectNodeContents(mark); return range.getBoundingClientRect() });
        return [rects[0].left, rects[1].left, rects[0].width / 3]"""
    )
    assert second - first == pytest.approx(4 * ch, abs=0.5)


def test_small_things_in_their_place(mended: Callable[..., Any]) -> None:
    found = mended(
        f"""{STYLE} const box = (name) => page.document.querySelector(name).getBoundingClientRect();
        const label = page.document.createRange(); label.selectNodeContents(page.document.querySelector('math'));
        const text = label.getBoundingClientRect(), all = box('article');
        return {{title: [style('.alert-title p').fontWeight, style('.alert-title strong').fontWeight].map(Number),
            indent: box('.task-list .task-list input').left - box('.task-list input').left,
            size: parseFloat(style('li').fontSize),
            dates: [...page.document.querySelectorAll('time')].map((time) => time.getClientRects().length),
            offset: text.left + text.width / 2 - all.left - all.width / 2}}""",
        width=360,
    )
    assert found["title"][1] - found["title"][0] >= 200
    assert found["indent"] >= 1.5 * found["size"]
    assert found["dates"] == [1, 1]
    assert abs(found["offset"]) <= 1


@pytest.mark.parametrize(("width", "scrolls"), [(1000, False), (360, True)])
def test_a_wide_table_fits_or_says_that_it_scrolls(mended: Callable[..., Any], width: int, scrolls: bool) -> None:
    found = mended(
        f"""{STYLE} const wrapper = page.document.querySelector('.table-wrapper');
        return [wrapper.scrollWidth > wrapper.clientWidth, style('.table-wrapper').backgroundAttachment,
            page.document.documentElement.scrollWidth <= page.innerWidth]""",
        width=width,
    )
    assert found == [scrolls, "local, local, scroll, scroll", True]


def test_axe(page: Path, chromium: str, axe: Path) -> None:
    """No violation, light and dark, wide and narrow."""
    for flags, width in (((), 1000), ((DARK,), 1000), ((), 360), ((DARK,), 360)):
        assert violations(chromium, page, axe, "", *flags, width=width) == []


def test_vnu(page: Path, vnu: list[str]) -> None:
    assert complaints(vnu, page) == []


def test_on_paper(page: Path, chromium: str) -> None:
    """Printed by a browser, code wraps inside the page and the button is gone."""
    import pymupdf

    with pymupdf.open(print_page(chromium, page)) as paper:
        words = " ".join(sheet.get_text() for sheet in paper)
        assert all(word[2] <= sheet.rect.width for sheet in paper for word in sheet.get_text("words"))
    assert "telephone for one" in " ".join(words.split())
    assert "Copy" not in words


def test_script_holds_any_words() -> None:
    words = labels("en") | {"copy": "</script>", "copied": "<!--"}
    assert "<" not in re.search(r"const words = (.*);", script(words))[1]  # type: ignore[index]


def test_stylesheets_name_only_known_properties() -> None:
    for sheet in (stylesheet(load_theme(), page=True), epub_stylesheet(load_theme())):
        defined = set(re.findall(r"(--[\w-]+):", sheet)) | {
            "--own",
            "--own-dark",
        }  # of an alert of one's own, beside it
        assert set(re.findall(r"var\((--[\w-]+)", sheet)) <= defined
        assert sheet.count("{") == sheet.count("}")


def test_an_epubs_bare_colours_are_legible_on_any_page() -> None:
    theme = load_theme()
    for colour in [pair[0] for pair in theme["alerts"].values()] + [theme["colours"]["link"][0]]:
        assert min(contrast(midtone(colour), ground) for ground in ("#ffffff", "#000000")) >= 4.5


def test_epub_colours_are_written_out_before_their_property() -> None:
    sheet = epub_stylesheet(load_theme())
    rules = sheet.split("}", 1)[1]
    for found in re.finditer(r"([\w-]+):([^;{}]*var\(--fp-[^;{}]*);", rules):
        before = rules[: found.start()].rsplit(";", 2)[-2]
        assert before.split("{")[-1].strip().startswith(found[1] + ":"), found[0]
    assert "body { color" not in sheet
