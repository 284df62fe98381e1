"""What a cell of the manual's table of engines says, asked of a PDF: a function a row, whose answer is the cell."""

from __future__ import annotations

import json
import re
from collections.abc import Callable
from dataclasses import dataclass, field
from functools import cached_property
from pathlib import Path
from typing import Any

import pymupdf

from fencepost.fonts.files import file_of

MM = 72 / 25.4
SIDE, TOP = 13 * MM, 15 * MM  # the margin of A5; above that stand running heads
SECTIONS = 30
SQUARES = {  # a picture a format, told apart by colour
    "png":  (255, 0, 0),
    "jpg":  (0, 255, 0),
    "gif":  (0, 0, 255),
    "webp": (255, 0, 255),
    "svg":  (0, 255, 255),
}  # fmt: skip
WARNING, KEYWORD, MARK = 0x9A6700, 0x8A2C6B, (1.0, 0.95, 0.77)  # colours of our theme
LATIN = ("xelatex", "lualatex")

CODE = "\n".join(f"value_{number} = {number}" for number in range(90))
WIDE = "| " + " | ".join(f"Congratulations{n}" for n in range(9)) + " |\n" + "|---" * 9 + "|\n"
WIDE += "| " + " | ".join(f"internationalization{n}" for n in range(9)) + " |\n"
POST = f"""---
title: A post for engines
author: Jane Doe
---

Text that cites a note[^a], and again[^a]. A rocket 🚀 here, and $\\frac{{x}}{{y}}$ there.

## The first section

> [!WARNING] Mind the step
> Take care of it.

```python title="app.py" {{2}} showLineNumbers
def greet(name):
    print(f"Hello {{name}}, this is a line that is longer than the measure of the page, and has to go on below itself")
```

```python title="long.py"
{CODE}
```

{WIDE}

""" + "".join(f"![square {kind}](square.{kind})\n\n" for kind in SQUARES) + "".join(
    f"## Heading number {number}\n\nbody{number} " + "text that fills some lines of the page. " * (3 + number * 7 % 11)
    + "\n\n" for number in range(SECTIONS)
) + "[^a]: The first note.\n"  # fmt: skip


@dataclass
class Set:
    """A post as an engine has set it, plainly and by another theme."""

    engine: str
    file: Path
    themed: Path
    said: str
    options_said: dict[str, bool] = field(default_factory=dict)  # an option of print → whether it does something

    @cached_property
    def paper(self) -> Any:
        return pymupdf.open(self.file)

    @cached_property
    def rows(self) -> list[dict[str, Any]]:
        return rows_of(self.paper)

    @cached_property
    def height(self) -> float:
        return float(self.paper[0].rect.height)

    @cached_property
    def right(self) -> float:
        """Where the measure ends."""
        return float(self.paper[0].rect.width) - SIDE + 1

    @cached_property
    def pages(self) -> list[str]:
        return [" ".join(page.get_text().split()) for page in self.paper]

    def row(self, words: str) -> dict[str, Any]:
        """Give the first line that holds some words."""
        return self.rows_of(words)[0]

    def rows_of(self, words: str) -> list[dict[str, Any]]:
        return [row for row in self.rows if words in row["text"]]


def rows_of(paper: Any) -> list[dict[str, Any]]:
    """List the lines of a PDF: what stands at one height, from left to right; size, face and colour of the first."""
    out = []
    for page in paper:
        spans = [
            span for block in page.get_text("dict")["blocks"] for line in block.get("lines", [])
            for span in line["spans"] if span["text"].strip()
        ]  # fmt: skip
        spans.sort(key=lambda span: (round(span["origin"][1]), span["bbox"][0]))
        rows: list[list[dict[str, Any]]] = []
        for span in spans:
            if rows and abs(rows[-1][-1]["origin"][1] - span["origin"][1]) < 2:
                rows[-1].append(span)
            else:
                rows.append([span])
        out += [_row(sorted(row, key=lambda span: float(span["bbox"][0])), page.number) for row in rows]
    return out


def _row(spans: list[dict[str, Any]], page: int) -> dict[str, Any]:
    text, end = "", 0.0
    for span in spans:  # Chromium sets words in pieces
        text += (" " if span["bbox"][0] - end > 0.12 * span["size"] else "") + span["text"]
        end = span["bbox"][2]
    text = re.sub(r"\s+", " ", text).strip()
    letters = [span for span in spans if re.search(r"[A-Za-z]", span["text"])] or spans
    box = pymupdf.Rect(letters[0]["bbox"])
    for span in letters:
        box |= pymupdf.Rect(span["bbox"])
    return {"text": text, "page": page, "bbox": tuple(box), "spans": spans, "y": letters[0]["origin"][1]} | {
        name: letters[0][name] for name in ("size", "font", "color")
    }


def _drawn(done: Set, number: int) -> list[tuple[Any, set[tuple[float, ...]]]]:
    """List what is drawn on a page: its box, its colours."""
    out = []
    for drawing in done.paper[number].get_drawings():
        colours = {tuple(round(part, 2) for part in drawing[way]) for way in ("fill", "color") if drawing.get(way)}
        out.append((drawing["rect"], colours))
    return out


def _rgb(colour: int) -> tuple[float, ...]:
    return tuple(round((colour >> shift & 255) / 255, 2) for shift in (16, 8, 0))


def code(done: Set) -> str:
    """Title, mark, colours, a number left of each line, and a long line that stays within the measure."""
    first, title = done.row("greet"), done.row("app.py")
    assert first["page"] == title["page"] and first["y"] > title["y"]
    assert first["color"] == KEYWORD, hex(first["color"])
    drawn = _drawn(done, first["page"])
    assert any(MARK in colours and box.width > 200 for box, colours in drawn), "the marked line"
    digits = [span["bbox"] for span in first["spans"] if span["text"].strip() == "1"]
    small = [tuple(box) for box, _ in drawn if box.width < 8 and 3 < box.height < 9]
    middle = (first["bbox"][1] + first["bbox"][3]) / 2
    beside = [box for box in (*digits, *small) if box[2] <= first["bbox"][0] + 1 and box[1] <= middle <= box[3]]
    assert beside, "the number of the line"
    below = [
        row for row in done.rows if row["page"] == first["page"] and re.search("Hello|measure|itself", row["text"])
    ]
    assert len(below) > 1 and max(row["bbox"][2] for row in below) <= done.right
    return "yes"


def title_again(done: Set) -> str:
    pages = {row["page"] for row in done.rows_of("value_")}
    assert len(pages) > 1
    return "yes" if {row["page"] for row in done.rows_of("long.py")} >= pages else "no"


def alert(done: Set) -> str:
    title = done.row("Mind the step")
    assert title["color"] == WARNING, hex(title["color"])
    drawn = [box for box, colours in _drawn(done, title["page"]) if _rgb(WARNING) in colours]
    assert any(box.width > 100 or box.height > 15 for box in drawn), "the bar or rule"
    return "yes"


def sign(done: Set) -> str:
    title = done.row("Mind the step")
    drawn = [box for box, colours in _drawn(done, title["page"]) if _rgb(WARNING) in colours]
    left, top, _, bottom = title["bbox"]
    is_beside = [box for box in drawn if 4 < box.width < 16 and 4 < box.height < 16 and left - 30 < box.x0 < left
                 and top - 4 < box.y0 < bottom]  # fmt: skip
    return "yes" if is_beside else "no"


def notes(done: Set) -> str:
    cited = done.row("cites a note")["page"]
    (noted,) = done.rows_of("The first note.")
    if noted["page"] == cited:
        assert noted["y"] > done.height * 0.75
        return "yes"
    assert noted["page"] == len(done.pages) - 1
    return "at the end"


def running_heads(done: Set) -> str:
    tops = [row for row in done.rows if row["y"] < TOP]
    heads = [" ".join(row["text"] for row in tops if row["page"] == page) for page in range(len(done.pages))]
    found = []
    if all("A post for engines" in head for head in heads[1:]):
        found.append("title")
    if all(re.search("The first section|Heading number", head) for head in heads[3:]):
        found.append("section")
    return ", ".join(found) or "no"


def page_numbers(done: Set) -> str:
    """The number of each page at its foot."""
    low = [(row["page"] + 1, row["text"]) for row in done.rows if row["y"] > done.height * 0.88]
    return "yes" if all((page, str(page)) in low for page in range(1, len(done.pages) + 1)) else "no"


def numbers_in_contents(done: Set) -> str:
    """An entry's row ends with the number of the page where its heading is."""
    title = f"Heading number {SECTIONS - 2}"
    found = [row for row in done.rows_of(title) if row["y"] > TOP]
    entry, heading = found[0], found[-1]
    assert entry["page"] < heading["page"]
    return "yes" if re.search(rf"\b{heading['page'] + 1}$", entry["text"]) else "no"


def paper(done: Set) -> str:
    size = done.paper[0].rect
    return "yes" if (round(size.width), round(size.height)) == (420, 595) else "no"


def theme(done: Set) -> str:
    """What changes with a theme whose keywords are red and whose second headings are large."""
    themed = rows_of(pymupdf.open(done.themed))
    found = []
    if next(row for row in themed if "greet" in row["text"])["color"] == 0xFF0000:
        found.append("colours")
    title = "Heading number 3"
    ours, theirs = (max(row["size"] for row in rows if title in row["text"]) for rows in (done.rows, themed))
    if theirs > ours + 5:
        found.append("sizes")
    return "yes" if len(found) == 2 else ", ".join(found)


def faces(done: Set) -> str:
    row = done.row("Text that cites")
    rockets = [span for span in row["spans"] if "🚀" in span["text"]]
    if rockets:
        wide = pymupdf.Font(fontfile=str(file_of("Source Serif 4", "normal"))).text_length("Text", row["size"])
        first = done.paper[row["page"]].search_for("Text that")[0].width / len("Text that") * len("Text")
        assert "SourceSerif" in re.sub("[ -]", "", row["font"]) or abs(first / wide - 1) < 0.1, (
            row["font"],
            first,
            wide,
        )
        assert _is_one_colour(done, rockets[0])
        return "the theme's"
    assert "LMRoman" in row["font"] and "🚀" in done.said
    return "Latin Modern; emoji are left out, with a warning"


def _is_one_colour(done: Set, span: dict[str, Any]) -> bool:
    """Say whether something is printed there, in greys alone."""
    left, top, right, bottom = span["bbox"]
    at = span["text"].index("🚀") / len(span["text"])
    box = pymupdf.Rect(left + (right - left) * at, top, right, bottom)
    pixels = done.paper[done.row("A rocket")["page"]].get_pixmap(clip=box, dpi=150)
    seen = [pixels.samples[place : place + 3] for place in range(0, len(pixels.samples), pixels.n)]
    return min(map(min, seen)) < 120 and all(max(one) - min(one) < 30 for one in seen)


def formulas(done: Set) -> str:
    """A fraction has its denominator under its numerator, or is its source."""
    text = " ".join(done.pages)
    if "\\frac" in text:
        return "their source"
    page = done.paper[done.row("A rocket")["page"]].get_text("rawdict")
    chars = [
        char
        for block in page["blocks"]
        for line in block.get("lines", [])
        for span in line["spans"]
        for char in span["chars"]
    ]
    top, low = ([char["origin"] for char in chars if char["c"] in signs] for signs in ("𝑥", "𝑦"))
    assert any(abs(x[0] - y[0]) < 3 and 2 < y[1] - x[1] < 20 for x in top for y in low), (top, low)
    return "yes"


def pictures(done: Set) -> str:
    shown = set()
    for page in done.paper:
        pixels = page.get_pixmap(dpi=30)
        seen = {tuple(pixels.samples[place : place + 3]) for place in range(0, len(pixels.samples), pixels.n)}
        shown |= {kind for kind, colour in SQUARES.items() if any(_near(colour, one) for one in seen)}
    assert shown == set(SQUARES), shown
    is_drawn = any((0.0, 1.0, 1.0) in colours for page in range(len(done.pages)) for _, colours in _drawn(done, page))
    return "all" if is_drawn else "all (SVG, WebP and GIF as PNG)"


def _near(one: tuple[int, ...], other: tuple[int, ...]) -> bool:
    return all(abs(a - b) < 12 for a, b in zip(one, other, strict=True))


def wide_tables(done: Set) -> str:
    words = [word for page in done.paper for word in page.get_text("words")]
    cells = [word for word in words if re.match("Congrat|internat", word[4])]
    if max(word[2] for word in cells) > done.right:
        return "may run into the margin"
    size = done.row("Congr")["size"]
    return "fitted" if size < 0.72 * done.row("Text that cites")["size"] else "wrapped"


def lonely_headings(done: Set) -> str:
    """Each heading has text of its section under it, on its page; and some of them are low on theirs."""
    low = 0
    for number in range(SECTIONS):
        body = done.row(f"body{number} ")
        above = [row for row in done.rows if re.search(rf"Heading number {number}\b", row["text"])
                 and row["page"] == body["page"] and TOP < row["y"] < body["y"]]  # fmt: skip
        if not above:
            return f"no: {number}"
        low += above[-1]["y"] > done.height * 0.7
    assert low > 2, "none is low on a page"
    return "yes"


def tags(done: Set) -> str:
    if "pdfuaid:part" in (done.paper.get_xml_metadata() or ""):
        return "PDF/UA-1"
    return "tags" if "StructTreeRoot" in done.paper.xref_object(done.paper.pdf_catalog()) else "no"


def options_of_print(done: Set) -> str:
    """Whether every option of the row does something, or none."""
    assert len({*done.options_said.values()}) == 1, json.dumps(done.options_said)
    return "yes" if all(done.options_said.values()) else "no"


# a row, by how it begins → the function that gives its cell
ROWS: dict[str, Callable[[Set], str]] = {
    "code: titles, marks, numbers, colours": code,
    "… the title again": title_again,
    "alerts: colour and title": alert,
    "… sign": sign,
    "notes at the foot": notes,
    "running heads": running_heads,
    "page numbers in the contents": numbers_in_contents,
    "page numbers": page_numbers,
    "`paper`": paper,
    "[theme]": theme,
    "faces, and emoji": faces,
    "formulas": formulas,
    "pictures": pictures,
    "tables wider": wide_tables,
    "no heading last": lonely_headings,
    "tagged": tags,
    "`pdf-standard`": options_of_print,
}
