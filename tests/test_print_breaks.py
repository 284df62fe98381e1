"""Where pages end: blocks pushed past the page's end in small steps, and asked of the PDF each time."""

from __future__ import annotations

import re
from pathlib import Path
from typing import Any

import pymupdf
import pytest
from pages import build, png
from test_print import META, code_call, page_source, spans

from fencepost.formats.typst_pdf import compile
from fencepost.writers.escape import typst as literal

CAPTIONED = code_call([f"line {number}" for number in range(1, 21)], caption=literal("What it shows."))
ROWS = "".join(f"[r{number}],[b]," for number in range(5))
TABLE = (
    "#figure(align(center)[#table(columns: 2, table.header([H],[I]), table.hline(), " + ROWS + ")], kind: table)\n\n"
)
ALERT = '#fp-alert("warning", [Mindme])[' + "word text " * 90 + "]\n\n"
BODY = "note body words that go on for some time and fill more than one line at the foot of a printed page here. "
NOTED_TABLE = (
    "#figure(align(center)[#table(columns: 2, table.header([H#fp-noteref(1)],[I]), table.hline(), "
    f"[#fp-notebodies((1, [First {BODY}]), (2, [Second {BODY * 2}]), (3, [Third {BODY}]))r0],[b],"
    "[r1#fp-noteref(2)],[b],[r2],[b#fp-noteref(3)])], kind: table)\n\n"
)
NOTED_HEADING = f"#fp-noted(2, 2.6em, (1, [First {BODY * 2}]), [\n== Head#fp-noteref(1)\n])\n{'Para text. ' * 40}\n\n"
STEPS = range(330, 640, 24)  # points from the first page's top


def pages_of(block: str, gap: int, folder: Path) -> list[dict[str, Any]]:
    """Print a block so far down the page, and give its pieces of text."""
    source = page_source(f"#v({gap}pt)\n\n{block}", {**META, "toc": False}, folder)
    return list(spans(pymupdf.open(stream=compile.compile_pdf(source, root=folder, timestamp=0).data)))


def on_pages(found: list[dict[str, Any]], pattern: str) -> list[int]:
    return [span["page"] for span in found if re.fullmatch(pattern, span["text"].strip())]


@pytest.mark.parametrize("gap", STEPS)
def test_a_caption_stays_with_the_last_lines_of_its_code(gap: int, tmp_path: Path) -> None:
    found = pages_of(CAPTIONED, gap, tmp_path)
    last = on_pages(found, "line (18|19|20)")
    assert len(last) == 3
    assert {*last} == {*on_pages(found, r"What it shows\.")}


@pytest.mark.parametrize("gap", STEPS)
def test_a_small_table_stays_whole(gap: int, tmp_path: Path) -> None:
    assert len({*on_pages(pages_of(TABLE, gap, tmp_path), r"r\d|H")}) == 1


@pytest.mark.parametrize("gap", STEPS)
def test_a_figure_is_on_the_page_of_its_caption(gap: int, tmp_path: Path) -> None:
    (tmp_path / "picture.png").write_bytes(png(400, 200))
    figure = '#fp-figure("picture.png", alt: "A picture")[What the picture shows]\n\n'
    source = page_source(f"#v({gap}pt)\n\n{figure}", {**META, "toc": False}, tmp_path)
    with pymupdf.open(stream=compile.compile_pdf(source, root=tmp_path, timestamp=0).data) as document:
        (picture,) = [page.number for page in document if page.get_images()]
        (caption,) = [page.number for page in document if "What the picture shows" in page.get_text()]
    assert picture == caption


@pytest.mark.parametrize("gap", STEPS)
def test_code_of_twelve_lines_stays_whole(gap: int, tmp_path: Path) -> None:
    short = code_call([f"line {number}" for number in range(1, 13)], title=literal("short.py"))
    found = pages_of(short, gap, tmp_path)
    assert len({*on_pages(found, r"line \d+|short\.py")}) == 1 and len(on_pages(found, r"line \d+")) == 12


ITEMS = "\n".join(f"{{}} word item {number} of the list" for number in range(1, 19))
ALERTS = {
    "a paragraph": "word text " * 90,
    "a short paragraph first": "word one.\n\n" + "word text " * 80,
    "a short paragraph last": "word text " * 80 + "\n\nword end.",
    "marks and notes": "".join(
        f"word *bold* _text_ `code` text#fp-note({n})[Body.] text " + "more text " * 4 for n in range(1, 17)
    ),
    "a list": ITEMS.format(*"-" * 18),
    "numbers": "word text:\n\n" + ITEMS.format(*"+" * 18),
    "loose items": ITEMS.format(*"-" * 18).replace("\n", "\n\n"),
    "a long item last": "- word a\n- word b\n- " + "word text " * 100,
    "an alert in it": "word text " * 40 + '\n\n#fp-alert("tip", [Inner])[' + "word text " * 60 + "]",
    "code in it": "word text.\n\n" + code_call([f"word {number}" for number in range(9)]) + "word end.\n\n" * 3,
}


@pytest.mark.parametrize("body", ALERTS.values(), ids=ALERTS.keys())
def test_an_alert_breaks_with_three_lines_each_side_and_keeps_its_label(body: str, tmp_path: Path) -> None:
    parted = 0
    for gap in range(402, 640, 14):
        found = pages_of(f'#fp-alert("warning", [Mindme])[{body}]\n\n', gap, tmp_path)
        words = [span for span in found if re.search("word|text", span["text"]) and span["size"] > 7]
        pages = [page for page, _ in {(span["page"], round(span["origin"][1])) for span in words}]
        assert on_pages(found, "Mindme") == sorted({*pages})
        assert min(pages.count(page) for page in pages) >= 3
        parted += len({*pages}) > 1
    assert parted > 1


def test_an_alert_that_is_parted_says_all_in_order(tmp_path: Path) -> None:
    """The numbers of a list go on, no word is lost, and a line before the cut is as wide as its neighbours."""
    steps = "\n".join(f"+ step {number}x" for number in range(1, 25))
    body = f"{steps}\n\n" + " ".join(f"word{number}" for number in range(120))
    text = " ".join(span["text"].strip() for span in pages_of(f'#fp-alert("note", [T])[{body}]\n\n', 250, tmp_path))
    assert re.findall(r"(\d+)\.\s+step (\d+)x", text) == [(str(n), str(n)) for n in range(1, 25)]
    assert [int(number) for number in re.findall(r"word(\d+)", text)] == list(range(120))
    lines = pages_of(f'#fp-alert("note", [T])[{"word text " * 90}]\n\n', 520, tmp_path)
    rights = [span["bbox"][2] for span in lines if span["text"].startswith(("word", "text"))]
    assert len({span["page"] for span in lines}) > 1 and max(rights[:-1]) - min(rights[:-1]) < 1


LONG = code_call([f"line {number}" for number in range(1, 81)], title=literal("long.py"))


@pytest.mark.parametrize("gap", STEPS)
def test_a_title_goes_with_its_code_and_comes_again_on_each_page(gap: int, tmp_path: Path) -> None:
    found = pages_of(LONG, gap, tmp_path)
    lines = on_pages(found, r"line \d+")
    pages = sorted({*lines})
    assert len(lines) == 80 and min(lines.count(page) for page in pages) >= 3
    assert on_pages(found, "long.py") == pages
    assert on_pages(found, "… continued") == pages[1:]


@pytest.mark.parametrize("gap", STEPS)
def test_an_alert_that_goes_on_says_so_on_each_page(gap: int, tmp_path: Path) -> None:
    found = pages_of('#fp-alert("warning", [Mindme])[' + "word text " * 700 + "]\n\n", gap, tmp_path)
    pages = sorted({span["page"] for span in found if "word" in span["text"]})
    assert on_pages(found, "Mindme") == pages and on_pages(found, "… continued") == pages[1:]


def test_what_goes_on_says_so_in_the_language_of_the_post(tmp_path: Path) -> None:
    made = compile.compile_pdf(page_source(LONG, {**META, "lang": "de-AT"}, tmp_path), root=tmp_path, timestamp=0)
    assert "… Fortsetzung" in pymupdf.open(stream=made.data)[1].get_text()


@pytest.mark.parametrize("gap", STEPS)
def test_a_heading_keeps_with_what_follows(gap: int, tmp_path: Path) -> None:
    for block in (code_call(["a", "b", "c"]), TABLE, ALERT, "word text " * 60):
        found = pages_of(f"== Head here\n\n{block}", gap, tmp_path)
        place = next(span for span in found if span["text"].strip() == "Head here" and span["size"] > 12)
        below = [s for s in found if s["page"] == place["page"] and s["bbox"][1] > place["bbox"][3] and s["size"] > 6]
        assert len(below) > 1  # more than the page's number


def test_a_bold_paragraph_keeps_with_what_follows(tmp_path: Path) -> None:
    for lines in range(8, 24):
        filler = "\n\n".join(["Line."] * lines)
        post = f"---\ntitle: Post\n---\n\n{filler}\n\n**Head here**\n\n- one item\n- two items\n\n**Bold**, not all."
        pages = [page.get_text() for page in pymupdf.open(build(tmp_path, "pdf", post, "--paper", "a6"))]
        assert [page for page in pages if "Head here" in page] == [page for page in pages if "one item" in page]


@pytest.mark.parametrize("gap", STEPS)
def test_the_notes_of_a_small_table_are_on_its_page(gap: int, tmp_path: Path) -> None:
    found = pages_of(NOTED_TABLE, gap, tmp_path)
    assert len({*on_pages(found, r"r\d|H|(First|Second|Third) note body.*")}) == 1
    assert len(on_pages(found, r"(First|Second|Third) note body.*")) == 3


@pytest.mark.parametrize("gap", range(450, 640, 12))
def test_the_note_of_a_heading_is_on_its_page_and_so_is_text(gap: int, tmp_path: Path) -> None:
    found = pages_of(NOTED_HEADING, gap, tmp_path)
    heads = [span["page"] for span in found if span["text"].startswith("Head") and span["size"] > 12]
    assert {*heads} == {*on_pages(found, r"First note body.*")}
    assert min(on_pages(found, r"Para text\..*")) == heads[0]


def test_a_note_of_several_blocks_takes_no_lone_line_along(tmp_path: Path) -> None:
    """It is parted between them; a line goes alone only where not even the first of them has room (docs/limits.md)."""
    code = code_call([f"x{number}" for number in range(4)])
    note = f"#footnote[#fp-anchor(1);Body of it.\n\n{code}\n\nNotemid.\n\nNoteend.]"
    block = f"{'word text ' * 70}last#fp-citing(1)[{note}];\n\n"
    alone = []
    for gap in STEPS:
        found = pages_of(block, gap, tmp_path)
        assert on_pages(found, "last") == on_pages(found, "Body of it")
        tops = {(span["page"], round(span["bbox"][1])) for span in found if re.search("word|text|last", span["text"])}
        pages = [page for page, _ in tops]
        alone += [gap for page in set(pages) if pages.count(page) == 1]
    assert len(alone) <= 1
