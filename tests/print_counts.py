"""What a printer's reader would mark on a page, counted from the PDF: lines out of measure, widows, bad breaks."""

from __future__ import annotations

import re
from collections import Counter
from collections.abc import Iterator
from dataclasses import dataclass
from pathlib import Path
from typing import Any

import pymupdf

from fencepost.pandoc import tree
from fencepost.post.parse import parse
from fencepost.post.settle import look
from fencepost.settings.run import Settings

MM = 72 / 25.4
NOT_LETTERS = re.compile(r"[\W_]+")


@dataclass(frozen=True)
class Line:
    """A line of the text area: its page, place and size; `begins_with_mark` where a note's number is first."""

    page: int
    left: float
    right: float
    bottom: float
    size: float
    font: str
    text: str
    begins_with_mark: bool

    @property
    def letters(self) -> str:
        return NOT_LETTERS.sub("", self.text)


def _pieces(page: Any) -> Iterator[dict[str, Any]]:
    for block in page.get_text("dict", flags=pymupdf.TEXTFLAGS_DICT & ~pymupdf.TEXT_PRESERVE_IMAGES)["blocks"]:
        for line in block.get("lines", []):
            yield from (span for span in line["spans"] if span["text"].strip())


def lines_of(document: Any, *, top: float = 25, bottom: float = 27) -> list[Line]:
    """List the lines between running head and page number, in reading order; both margins in millimetres."""
    out: list[Line] = []
    for page in document:
        rows: list[list[dict[str, Any]]] = []
        inside = (s for s in _pieces(page) if top * MM < s["origin"][1] < page.rect.height - bottom * MM)
        for span in sorted(inside, key=lambda span: (round(span["origin"][1], 1), span["bbox"][0])):
            if rows and abs(rows[-1][0]["origin"][1] - span["origin"][1]) < 0.8 * max(span["size"], 4) * 0.6:
                rows[-1].append(span)
            else:
                rows.append([span])
        marks = [link["from"] for link in page.get_links() if link["kind"] in (pymupdf.LINK_GOTO, pymupdf.LINK_NAMED)]
        out += [_line(page.number, sorted(row, key=lambda span: float(span["bbox"][0])), marks) for row in rows]
    return out


def _line(page: int, row: list[dict[str, Any]], marks: list[Any]) -> Line:
    size = max(span["size"] for span in row)
    plain = [span for span in row if span["size"] > 0.75 * size]
    font = Counter(span["font"] for span in plain for _ in span["text"]).most_common(1)[0][0]
    left, bottom = row[0]["bbox"][0], max(span["origin"][1] for span in plain)
    first = [
        mark for mark in marks if abs(mark.x0 - left) < 2 and mark.width < 20 and bottom - size < mark.y1 < bottom + 4
    ]
    text = "".join(span["text"] for span in plain)
    return Line(page, left, max(span["bbox"][2] for span in row), bottom, size, font, text, bool(first))


def paragraphs_of(post: Path) -> list[str]:
    """Give the letters of each paragraph of a post, without its notes."""
    parsed = parse(look(str(post), Settings(), read=True))
    document = tree.load(parsed.data)
    found = tree.find(
        document["blocks"], frozenset(["Para", "Plain", "Note", "Table"]), closed=frozenset(["Note", "Table"])
    )
    blocks = [container[index] for container, index in found if container[index]["t"] in ("Para", "Plain")]
    for container, index in tree.find(blocks, frozenset(["Note"])):
        container[index] = {"t": "Str", "c": ""}
    return [NOT_LETTERS.sub("", tree.text_of(block)) for block in blocks]


def parted(lines: list[Line], paragraphs: list[str]) -> list[list[list[Line]]]:
    """Give for each paragraph that runs over pages its lines, by page."""
    text = "".join(line.letters for line in lines)
    ends: list[int] = []
    for line in lines:
        ends.append((ends[-1] if ends else 0) + len(line.letters))
    out, at = [], 0
    for paragraph in paragraphs:
        start = text.find(paragraph, at) if len(paragraph) > 40 else -1
        if start < 0:
            continue
        at = start + len(paragraph)
        own = [line for line, end in zip(lines, ends, strict=True) if end > start and end - len(line.letters) < at]
        pages = sorted({line.page for line in own})
        if len(pages) > 1:
            out.append([[line for line in own if line.page == page] for page in pages])
    return out


def counts(pdf: Path, post: Path, left: float, right: float) -> dict[str, list[str]]:
    """Find what there should be none of; the measure in points."""
    lines = lines_of(pymupdf.open(pdf))
    text = [line for line in lines if line.size > 9]
    over = parted(text, paragraphs_of(post))
    hyphens = [
        "-" if re.search(r"[^\W\d_][-\u2010\u00ad]$", line.text.rstrip()) and "Mono" not in line.font else " "
        for line in text
    ]
    return {
        "past the measure": past_measure(pdf, left, right),
        "widows": [part[-1][0].text for part in over if len(part[-1]) < 2],
        "orphans": [part[0][0].text for part in over if len(part[0]) < 2],
        "a note's number first in a line": [line.text for line in lines if line.begins_with_mark and line.size > 9],
        "a heading last on a page": lonely_headings(lines),
        "over two hyphens in a row": re.findall("---+", "".join(hyphens)),
        "a URL in bad pieces": bad_pieces(lines, post.read_text(encoding="utf-8")),
    }


def lonely_headings(lines: list[Line]) -> list[str]:
    """Find headings under which nothing follows before the notes: no line within an inch."""
    out = []
    for one, after in zip(lines, [*lines[1:], None], strict=True):
        is_heading = "Inter" in one.font and one.size > 10
        if is_heading and (after is None or after.page != one.page or after.bottom - one.bottom > 72):
            out.append(one.text)
    return out


def past_measure(pdf: Path, left: float, right: float) -> list[str]:
    """Find the words that stand out of the measure, wherever on the page."""
    words = (word for page in pymupdf.open(pdf) for word in page.get_text("words"))
    return [word[4] for word in words if word[0] < left - 0.7 or word[2] > right + 0.7]


def bad_pieces(lines: list[Line], source: str) -> list[str]:
    """Find line ends within a short word of an address: it may part at signs, and within words that fill a line."""
    addresses = re.findall(r"https?://[^\s<>()\[\]\"'`]+", source)
    out = []
    for one, after in zip(lines, lines[1:], strict=False):
        end, start = re.search(r"\S+$", one.text.rstrip()), re.match(r"\S+", after.text)
        if not end or not start or "Mono" in one.font or not re.search(r"[:/]", end[0]):
            continue
        head, rest = end[0], start[0]
        for address in addresses:
            at = address.find(head + rest[:6])
            if at < 0 or len(head) < 4 and not address.startswith(head):
                continue
            place = at + len(head)
            word = re.search(r"[A-Za-z0-9]*$", address[:place])[0] + re.match(r"[A-Za-z0-9]*", address[place:])[0]  # type: ignore[index]
            inside = address[place - 1].isalnum() and address[place : place + 1].isalnum()
            if inside and len(word) <= 16:
                out.append(f"{head} | {rest}")
    return out
