"""What a page does beyond being read: contents beside it, links to headings, notes, light and dark."""

from __future__ import annotations

import re
from collections.abc import Callable
from functools import partial
from pathlib import Path
from typing import Any

import pytest
from pages import POST, ask, build, complaints, print_page, violations

DARK = "--blink-settings=preferredColorScheme=0"
LONG = POST.replace("### Below", "### Below, with a note[^a]\n\n" + "Some words of text. " * 400 + "\n\n## Last")
WORDS = "const all = (name) => [...page.document.querySelectorAll(name)];"


@pytest.fixture(scope="module")
def page(tmp_path_factory: pytest.TempPathFactory) -> Path:
    return build(tmp_path_factory.mktemp("page"), "html", LONG, "--toc", "--code-overflow", "wrap")


@pytest.fixture(scope="module")
def look(chromium: str, page: Path) -> Callable[..., Any]:
    return partial(ask, chromium, page)


def test_contents_stay_beside_the_text_on_a_wide_screen(look: Callable[..., Any]) -> None:
    found = look(
        """const contents = page.document.querySelector('.toc'), box = () => contents.getBoundingClientRect();
        const text = page.document.querySelector('article > p').getBoundingClientRect();
        const whole = page.document.querySelector('article').getBoundingClientRect();
        page.document.documentElement.style.scrollBehavior = 'auto';
        page.scrollTo(0, 1500); await new Promise((done) => setTimeout(done, 100));
        return {beside: box().right < text.left, inside: box().left > 0, full: text.width > whole.width - 2,
            seen: box().top > 0 && box().top < 100,
            sideways: page.document.documentElement.scrollWidth > page.innerWidth}""",
        width=1440,
    )
    assert found == {"beside": True, "inside": True, "full": True, "seen": True, "sideways": False}


@pytest.mark.parametrize("width", [360, 1000])
def test_contents_stand_above_the_text_on_others(look: Callable[..., Any], width: int) -> None:
    found = look(
        """const box = (name) => page.document.querySelector(name).getBoundingClientRect();
        return [box('.toc').bottom <= box('article > p').top, box('.toc').left === box('article > p').left]""",
        width=width,
    )
    assert found == [True, True]


def test_contents_mark_what_is_being_read(look: Callable[..., Any]) -> None:
    found = look(
        f"""{WORDS} const current = () => all('.toc [aria-current=location]').map((a) => a.textContent);
        const before = current();
        page.document.documentElement.style.scrollBehavior = 'auto';
        page.document.getElementById('last').scrollIntoView();
        page.dispatchEvent(new Event('scroll')); // which a headless browser leaves out
        return [before, current()]""",
        width=1440,
    )
    assert found == [[], ["Last"]]


def test_headings_link_to_themselves(look: Callable[..., Any], page: Path) -> None:
    """By keyboard too; the sign is no text, and where a heading holds a link, the second one has the heading's name."""
    found = look(
        f"""{WORDS} return all('article h2[id] > .heading-link, article h3[id] > .heading-link').map((a) => {{
            a.focus({{focusVisible: true}});
            const sign = page.getComputedStyle(a, '::after');
            return [a.hash === '#' + encodeURIComponent(a.parentElement.id), page.document.activeElement === a,
                sign.opacity, a.textContent || a.ariaLabel] }})""",
    )
    assert [row[:3] for row in found] == [[True, True, "1"]] * 3
    assert [row[3] for row in found] == ["A heading with code & an emoji 🚀", "Below, with a note", "Last"]
    assert "#" not in "".join(row[3] for row in found)
    assert "heading-link" not in re.findall(r'<nav class="toc".*?</nav>', page.read_text("utf-8"), re.DOTALL)[0]


def test_a_note_shows_in_its_place_without_a_script(look: Callable[..., Any]) -> None:
    """The item of the list itself opens beside its number: one note, one id; Escape and a click elsewhere close it."""
    found = look(
        f"""{WORDS} const item = page.document.getElementById('fn-1'), button = all('.footnote-ref button')[0];
        const style = () => page.getComputedStyle(item);
        const before = [style().position, style().display, item.matches(':popover-open')];
        button.scrollIntoView({{behavior: 'instant', block: 'center'}});
        button.click(); await new Promise((done) => setTimeout(done, 100));
        const note = item.getBoundingClientRect(), number = button.getBoundingClientRect();
        const near = Math.min(Math.abs(note.top - number.bottom), Math.abs(note.bottom - number.top));
        const open = [item.matches(':popover-open'), style().position, near < 24,
            note.left >= 0 && note.right <= page.innerWidth];
        item.hidePopover();
        return {{before, open, after: style().position, kind: item.popover,
            ids: all('[id]').length === new Set(all('[id]').map((e) => e.id)).size,
            quiet: button.tabIndex === -1 && button.ariaHidden === 'true'}}""",
        width=360,
    )
    assert found == {
        "before": ["static", "list-item", False], "open": [True, "fixed", True, True], "after": "static",
        "kind": "auto", "ids": True, "quiet": True,
    }  # fmt: skip


def test_no_script_is_what_opens_notes(page: Path, chromium: str) -> None:
    """Without ours, a note opens at the foot of the window."""
    text = page.read_text(encoding="utf-8")
    bare = page.with_name("bare.html")
    bare.write_text(re.sub(r"<script>.*?</script>", "", text, flags=re.DOTALL), encoding="utf-8")
    script = """page.document.querySelector('.footnote-ref button').click();
        const note = page.document.getElementById('fn-1'), box = note.getBoundingClientRect();
        return [note.matches(':popover-open'), Math.round(page.innerHeight - box.bottom)]"""
    assert ask(chromium, bare, script) == [True, 16]
    assert re.findall(r'<li id="(fn-\d)" popover>', text) == ["fn-1", "fn-2"]
    assert set(re.findall(r'popovertarget="(fn-\d)"', text)) == {"fn-1", "fn-2"}


@pytest.mark.parametrize("option", ["--no-note-previews", "--fragment", "--template"])
def test_no_popover_where_our_style_sheet_may_not_be(tmp_path: Path, option: str) -> None:
    """A browser hides a popover that no style sheet shows: only our own page has them."""
    (tmp_path / "own.html").write_text("$body$", encoding="utf-8")
    more = (str(tmp_path / "own.html"),) if option == "--template" else ()
    text = build(tmp_path, "html", POST, option, *more).read_text(encoding="utf-8")
    assert "popovertarget" not in text
    assert not re.search(r"<[^>]*\bpopover\b", text.split("</head>")[-1])
    assert ("heading-link" in text.split("</head>")[-1]) == (option == "--no-note-previews")


def test_the_page_says_how_long_it_takes_to_read(tmp_path: Path) -> None:
    post = "---\ntitle: T\n---\n\n" + "word " * 660
    assert "3 min read</" in build(tmp_path / "with", "html", post).read_text(encoding="utf-8")
    assert "min read" not in build(tmp_path / "without", "html", post, "--no-reading-time").read_text(encoding="utf-8")


def test_headings_without_links(tmp_path: Path) -> None:
    text = build(tmp_path, "html", POST, "--no-heading-links").read_text(encoding="utf-8")
    assert "heading-link" not in text.split("</head>")[1]


STORE = """const root = page.document.documentElement, button = page.document.querySelector('.fp-colours');
    const seen = () => [root.dataset.theme || 'auto', button.getAttribute('aria-label'),
        page.localStorage.getItem('fencepost-colours'), page.getComputedStyle(page.document.body).backgroundColor];
    const out = [seen()];"""


def test_colours_switch_and_are_remembered(look: Callable[..., Any]) -> None:
    found = look(
        f"""page.localStorage.clear(); {STORE}
        for (let turn = 0; turn < 3; turn++) {{ button.click(); out.push(seen()) }}
        button.click(); button.click();
        const again = new Promise((done) => page.frameElement.addEventListener('load', done, {{once: true}}));
        page.location.reload(); await again;
        const later = page.frameElement.contentWindow.document;
        out.push([later.documentElement.dataset.theme, later.querySelector('.fp-colours').title]);
        page.localStorage.clear();
        return out""",
    )
    light, dark = "rgb(255, 255, 255)", "rgb(21, 22, 26)"
    assert found == [
        ["auto", "Colours: as the system", None, light],
        ["light", "Colours: light", "light", light],
        ["dark", "Colours: dark", "dark", dark],
        ["auto", "Colours: as the system", None, light],
        ["dark", "Colours: dark"],
    ]


def test_a_choice_holds_before_the_page_is_drawn(page: Path) -> None:
    head = page.read_text(encoding="utf-8").split("</head>")[0]
    assert 'localStorage.getItem("fencepost-colours")' in head


def test_without_a_script_the_system_chooses_and_there_is_no_switch(page: Path, chromium: str) -> None:
    bare = page.with_name("bare.html")
    bare.write_text(re.sub(r"<script>.*?</script>", "", page.read_text("utf-8"), flags=re.DOTALL), encoding="utf-8")
    script = (
        "return [page.getComputedStyle(page.document.body).backgroundColor, page.document.querySelector('.fp-colours')]"
    )
    assert ask(chromium, bare, script, DARK) == ["rgb(21, 22, 26)", None]
    assert ask(chromium, bare, script) == ["rgb(255, 255, 255)", None]


@pytest.mark.parametrize("width", [320, 1000])
def test_code_wraps_by_choice(look: Callable[..., Any], width: int) -> None:
    """No line of code is wider than its box, and what goes on below stands further in than its beginning."""
    found = look(
        f"""{WORDS} const ranges = (line) => {{
            const range = page.document.createRange(); range.selectNodeContents(line);
            return [...range.getClientRects()] }};
        return {{scrolls: all('pre').filter((e) => e.scrollWidth > e.clientWidth).length,
            out: all('[data-line]').filter((line) => {{ const edge = line.getBoundingClientRect().right;
                return ranges(line).some((rect) => rect.right > edge) }}).length,
            inset: all('[data-line]').map((line) => {{ const rects = ranges(line), first = rects[0];
                const below = rects.filter((rect) => rect.top > first.bottom - 2).map((rect) => rect.left);
                return below.length ? Math.min(...below) > first.left + 20 : null }}).filter((e) => e !== null)}}""",
        width=width,
    )
    assert found["scrolls"] == found["out"] == 0
    assert found["inset"] and all(found["inset"])


STATES = {
    "as it comes": "",
    "dark by choice": "page.document.documentElement.dataset.theme = 'dark';"
    "await new Promise((done) => setTimeout(done, 300));",
    "a note open": "page.document.querySelector('.footnote-ref button').click();",
    "a link in focus": "page.document.querySelector('.heading-link').focus({focusVisible: true});",
    "a section marked": "page.document.getElementById('last').scrollIntoView({behavior: 'instant'});"
    "page.dispatchEvent(new Event('scroll'));",
}


@pytest.mark.parametrize("width", [360, 1440])
@pytest.mark.parametrize("state", STATES)
def test_axe(page: Path, chromium: str, axe: Path, state: str, width: int) -> None:
    assert violations(chromium, page, axe, STATES[state], width=width) == []


def test_vnu(page: Path, vnu: list[str]) -> None:
    assert complaints(vnu, page) == []


def test_on_paper_nothing_of_the_screen_is_left(page: Path, chromium: str) -> None:
    import pymupdf

    with pymupdf.open(print_page(chromium, page)) as paper:
        text = " ".join(" ".join(sheet.get_text().split()) for sheet in paper)
    assert "emoji 🚀 #" not in text and "Last #" not in text
    assert "The note." in text


def test_previews_and_links_in_a_book(run: Any, tmp_path: Path) -> None:
    """Every button opens a note of its own chapter, every heading's link leads to the heading."""
    for name in ("one", "two"):
        (tmp_path / f"{name}.md").write_text(
            f"---\ntitle: {name}\n---\n\nText.[^a]\n\n## Part\n\n[^a]: Note of {name}.\n"
        )
    out = tmp_path / "book.html"
    assert run("fencepost", "book", tmp_path / "one.md", tmp_path / "two.md", "-o", out, "--title", "B").returncode == 0
    text = out.read_text(encoding="utf-8")
    opened = re.findall(r'popovertarget="([^"]+)"', text)
    assert len(opened) == 2 and sorted(opened) == sorted(re.findall(r'<li id="([^"]+)" popover>', text))
    links = re.findall(r'<h\d id="([^"]+)"[^>]*><a href="#([^"]+)" class="heading-link"', text)
    assert {"one.part", "two.part"} <= {name for name, _ in links}
    assert all(name == target for name, target in links)


def test_code_in_a_line_from_the_right_keeps_its_signs_in_place(chromium: str, tmp_path: Path) -> None:
    page = build(tmp_path, "html", "---\ntitle: م\nlang: ar\n---\n\nنص `f()` وكلمات.\n")
    script = """const text = page.document.querySelector("p > code").firstChild;
    const at = [0, 1, 2].map((n) => {const r = page.document.createRange(); r.setStart(text, n); r.setEnd(text, n + 1);
      return r.getBoundingClientRect().left});
    return at[0] < at[1] && at[1] < at[2]"""
    assert ask(chromium, page, script) is True


def test_a_note_keeps_its_distance_from_both_edges(chromium: str, tmp_path: Path) -> None:
    """Beside a scroll bar too, which is part of the window's width."""
    page = build(tmp_path, "html", "# A\n\nText[^a].\n\n" + "More.\n\n" * 60 + f"[^a]: {'Words of a note. ' * 20}\n")
    script = """const button = page.document.querySelector("button[popovertarget]"); button.click();
    await new Promise((after) => page.requestAnimationFrame(() => after()));
    const box = page.document.getElementById("fn-1").getBoundingClientRect();
    return [box.left, page.document.documentElement.clientWidth - box.right]"""
    assert min(ask(chromium, page, script, width=360)) >= 15
