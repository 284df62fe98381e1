"""Every hard case in one printed post, and none of the faults that a printer's reader marks, asked of the PDF."""

from __future__ import annotations

import re
from contextlib import closing
from pathlib import Path
from typing import Any

import pymupdf
import pytest
from conftest import ROOT
from print_counts import MM, counts, lines_of
from test_print import spans

from fencepost.cli.main import main
from fencepost.formats.typst_pdf import compile

POST = ROOT / "tests" / "print" / "hard-cases.md"
EDGES = {"a4": 33.0, "us-letter": 35.95, "a5": 16.88, "6x9": 18.02}  # millimetres at left and right
SOURCE = POST.read_text(encoding="utf-8")
CODE = re.search(r"```python title=.*?\n(.*?)\n```", SOURCE, re.DOTALL)


def convert(post: Path, folder: Path, *options: str) -> Path:
    out = folder / "post.pdf"
    with pytest.raises(SystemExit) as end:
        main(["convert", str(post), "-o", str(out), "--quiet", *options])
    assert not end.value.code
    return out


@pytest.fixture(scope="module")
def printed(tmp_path_factory: pytest.TempPathFactory) -> Any:
    return pymupdf.open(convert(POST, tmp_path_factory.mktemp("hard")))


@pytest.mark.parametrize("paper", EDGES)
def test_no_fault_on_any_paper(paper: str, tmp_path: Path) -> None:
    out = convert(POST, tmp_path, "--paper", paper)
    edge = EDGES[paper] * MM
    found = counts(out, POST, edge, pymupdf.open(out)[0].rect.width - edge)
    assert {fault: places for fault, places in found.items() if places} == {}


def test_what_is_no_part_of_the_text_says_nothing_of_its_own(tmp_path: Path) -> None:
    """Running heads, heads that a table repeats, titles that go on: artifacts, which a checker may take for prose."""
    from outloud.model import Document

    tagged, aside = [], []
    with closing(Document(str(convert(POST, tmp_path)))) as document:
        for page in document.pages:
            for line in document.content(page.index).lines:
                (aside if line.artifact_share >= 0.8 else tagged).append(line.text.replace("\u00ad", ""))
    text = re.sub(r"\s", "", "".join(tagged))
    words = {word for line in aside for word in line.replace("… continued", "").split() if not word.isdecimal()}
    assert {"Hard", "four_hundred.py", "Requests"} <= words
    assert [word for word in words if word not in text] == []


@pytest.mark.parametrize("paper", EDGES)
def test_no_fault_on_the_sample(paper: str, sample: Path, tmp_path: Path) -> None:
    out = convert(sample, tmp_path, "--paper", paper)
    edge = EDGES[paper] * MM
    found = counts(out, sample, edge, pymupdf.open(out)[0].rect.width - edge)
    assert {fault: places for fault, places in found.items() if places} == {}


def code_lines(document: Any, title: str) -> list[str]:
    """Give the lines of code as a reader copies them: what stands between a title, repeated or not, and the caption."""
    text = "\n".join(page.get_text() for page in document)
    start = text.index(f"{title}\n") + len(title) + 1
    return text[start : text.index("Four hundred lines, one of them long", start)].split("\n")


@pytest.mark.parametrize("paper", EDGES)
def test_copied_code_is_the_source(paper: str, tmp_path: Path) -> None:
    assert CODE is not None
    document = pymupdf.open(convert(POST, tmp_path, "--paper", paper))
    copied = [line for line in code_lines(document, "four_hundred.py") if line.strip()]
    furniture = re.compile(
        r"four_hundred\.py(?: … continued)?|… continued|Hard cases of print|Four hundred lines|\d{1,3}"
    )
    own = "".join(line for line in copied if not furniture.fullmatch(line.strip()))
    assert own == CODE[1].replace("\n", "")


def test_tokens_that_nothing_breaks_are_whole_and_wrap(printed: Any) -> None:
    token = "".join(f"Segment{number}" for number in range(24))
    first, second = printed[0].get_text() + printed[1].get_text(), printed[2].get_text()
    joined = re.sub(r"\n|\u00ad", "", first + second)
    assert joined.count(token) >= 5 and joined.count(token.lower()) == 1
    assert joined.count("?query=yes&more=" + "x" * 60 + "#end") == 2
    assert "=" * 400 in joined


def test_twelve_columns_stay_apart_and_their_head_comes_again(printed: Any) -> None:
    heads = {s["page"] for s in spans(printed) if s["text"].strip() == "Cold start"}
    rows = {s["page"] for s in spans(printed) if re.fullmatch(r"row\d+", s["text"].strip())}
    assert len(rows) > 1 and rows == heads
    for page in printed:
        words = [w for w in page.get_text("words") if any(w[4].startswith(k) for k in ("row", "A100", "eu-"))]
        for one in words:
            over = [w for w in page.get_text("words") if w is not one and w[:4] != one[:4] and overlap(one, w)]
            assert over == []


def overlap(one: Any, other: Any) -> bool:
    wide = min(one[2], other[2]) - max(one[0], other[0])
    high = min(one[3], other[3]) - max(one[1], other[1])
    return wide > 0.5 and high > 3


def test_four_hundred_lines_have_their_title_on_each_page(printed: Any) -> None:
    pages = sorted({s["page"] for s in spans(printed) if re.match(r"line_\d{3}", s["text"].strip())})
    titles = [s["page"] for s in spans(printed) if s["text"].strip() == "four_hundred.py"]
    assert len(pages) > 4 and titles == pages
    assert [s["page"] for s in spans(printed) if s["text"].strip() == "… continued"][: len(pages) - 1] == pages[1:]


def test_thirty_notes_stand_on_the_page_that_cites_them_in_order(printed: Any) -> None:
    notes = [s for s in spans(printed) if re.match(r"Note number \d+ says", s["text"])]
    assert [int(s["text"].split()[2]) for s in notes] == list(range(1, 31))
    assert {s["page"] for s in notes} == {1} and all(s["size"] < 9 for s in notes)
    bottom = max(s["bbox"][3] for s in notes)
    assert bottom < printed[0].rect.height - 25 * MM


def test_scripts_print_in_their_own_faces(printed: Any) -> None:
    wanted = {"שלום": "", "مرحبا": "", "हिन्दी": "NotoSans", "ไทย": "Thai", "👩\u200d💻": "NotoEmoji"}
    found = spans(printed)
    for text, face in wanted.items():
        fonts = {s["font"] for s in found if s["text"] and any(char in s["text"] for char in text if char > "\u0590")}
        assert fonts and any(face in font for font in fonts), text
    text = "".join(page.get_text() for page in printed)
    assert "\ufffd" not in text and "Ελληνικά" in text and "Русский" in text


def test_a_sign_that_no_font_has_is_said_with_its_line(tmp_path: Path, capsys: pytest.CaptureFixture[str]) -> None:
    with pytest.raises(SystemExit):
        main(["convert", str(POST), "-o", str(tmp_path / "p.pdf")])
    line = SOURCE[: SOURCE.index("𓅓")].count("\n") + 1
    assert f":{line}:18: warning[glyph-missing]: no font here has 𓅓 (U+13153)" in capsys.readouterr().err


def test_nested_alerts_keep_both_bars_over_the_page(printed: Any) -> None:
    body = [
        line
        for line in lines_of(printed)
        if line.text.startswith("An alert that goes on") or "keeps its bar" in line.text
    ]
    pages = sorted({line.page for line in body})
    assert len(pages) > 1
    for page in pages[1:]:
        heads = [s["text"].strip() for s in spans(printed) if s["page"] == page + 1]
        assert "… continued" in heads and any(text.startswith("The outer alert") for text in heads)
        bars = [d["rect"] for d in printed[page].get_drawings() if d["rect"].width < 3 and d["rect"].height > 20]
        depths = {round(line.left) for line in body if line.page == page}  # the outer alert ends alone
        assert len({round(bar.x0) for bar in bars}) == len(depths)
    assert any(len({round(line.left) for line in body if line.page == page}) > 1 for page in pages[1:])


def test_the_counts_find_what_they_count(tmp_path: Path) -> None:
    """A post full of faults: each count finds its own."""
    words = " ".join(f"word{number}" for number in range(60))
    url = "https://example.com/abcdefgh/end"
    page = (
        '#set page(paper: "a4", margin: 33mm)\n#set text(11pt, costs: (widow: 0%, orphan: 0%), hyphenate: false)\n'
        f"#v(226mm)\n{words}\n#pagebreak()\n"
        f"#v(206mm)\n{words.replace('word', 'other')}\n#pagebreak()\n"
        f"{url[:24]}\\ {url[24:]}\n\n#link(<end>)[#super[1]] A mark.\n\n#place(dx: -20mm)[far]\n\n"
        'hy-\\ phe-\\ na-\\ ted\n\n#v(1fr)#text(14pt, font: "Inter")[Lonely]#pagebreak()\nEnd.#metadata(0)<end>'
    )
    out, post = tmp_path / "x.pdf", tmp_path / "x.md"
    out.write_bytes(compile.compile_pdf(page, standard="none", timestamp=0).data)
    post.write_text(f"{words}\n\n{words.replace('word', 'other')}\n\n<{url}>\n", encoding="utf-8")
    found = counts(out, post, 33 * MM, (210 - 33) * MM)
    assert {fault: len(places) for fault, places in found.items()} == dict.fromkeys(found, 1)
