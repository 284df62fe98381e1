"""An SVG as a printed page or a book can hold it: its fonts as files, labels of HTML as text, faces that are there.

Neither Typst nor an EPUB takes the HTML in which Mermaid writes labels of flow charts: their words would be lost.
draw.io has text of its own beside the HTML, but cuts it: `Interrupt H...`.
"""

from __future__ import annotations

import re
from pathlib import Path

from fencepost.images.svgfonts import unpack_svg

# what a drawing falls back to → the bundled face of that kind; without it Typst takes that of the text
GENERIC = {"sans-serif": "Inter", "monospace": "JetBrains Mono"}
SIZE, LEADING = 16.0, 1.5  # of Mermaid's labels, in pixels and of the size
LETTER = 0.55  # a letter's width, roughly, of the size
# in a `switch` a drawing has text of its own for those who draw no HTML
# what is never closed goes to the end: each place is looked at once
_LABEL = re.compile(
    r"<switch\b.*?(?:</switch>|\Z)|<foreignObject\b([^<>]*?)(?:/>|>(.*?)(?:</foreignObject>|\Z))", re.DOTALL
)
_OWN = re.compile(
    r"<foreignObject\b[^<>]*>((?:(?!</?foreignObject\b).)*)</foreignObject>\s*(<text\b[^<>]*>)([^<]*)</text>", re.DOTALL
)
_WIDTH = re.compile(r"\bwidth:\s*([\d.]+)px")
# what draw.io shows to those who draw no HTML: the rest is for them now
_COMPLAINT = re.compile(r"(?:Viewer does not support full SVG|Text is not SVG)[^<]{0,200}</text>\s*</a>\s*</switch>$")
_BREAK = re.compile(r"<br\b[^<>]*>|</(?:p|div|li|pre|tr|h[1-6])>")
_TAG = re.compile(r"<[^<>]*>")
_FONT_SIZE = re.compile(r"font-size:\s*([\d.]+)px")
_FALLBACK = re.compile(r"(font-family\s{0,20}[:=][^;{}<>]{0,500}?[\s,:\"'])(sans-serif|monospace)\b")


def printable(svg: bytes, folder: Path) -> bytes:
    """Give an SVG that Typst can set whole; fonts that it carries go into `folder`."""
    svg = labels_as_text(unpack_svg(svg, folder))
    if not any(face.encode() in svg for face in GENERIC):
        return svg
    text = svg.decode("utf-8", "replace")
    return _FALLBACK.sub(lambda found: f"{found[1]}{GENERIC[found[2]]}, {found[2]}", text).encode()


def labels_as_text(svg: bytes) -> bytes:
    """Write labels of HTML as SVG's own text."""
    return _LABEL.sub(_as_text, svg.decode("utf-8", "replace")).encode() if b"<foreignObject" in svg else svg


def _number(attributes: str, name: str) -> float:
    found = re.search(rf'\b{name}="(-?[\d.]+)', attributes)
    return float(found[1]) if found else 0.0


def _as_text(label: re.Match[str]) -> str:
    """Write the words of a label as SVG's own text, in the middle of the label's box."""
    attributes, inside = label[1], label[2] or ""
    if not label[0].endswith(("</switch>", "/>", "</foreignObject>")):
        return label[0]
    if attributes is None:
        return _of_a_choice(label[0])
    given = _FONT_SIZE.search(inside)
    size = float(given[1]) if given else SIZE
    width, height = _number(attributes, "width"), _number(attributes, "height")
    rows = max(1, round(height / (size * LEADING)))
    lines = _wrapped(_lines(inside), rows, int(width / (size * LETTER)))
    x, y = _number(attributes, "x") + width / 2, _number(attributes, "y") + height / 2
    y -= (len(lines) - 1) * size * LEADING / 2 - size * 0.35  # the first base line
    spans = (f'<tspan x="{x:g}" y="{y + at * size * LEADING:g}">{line}</tspan>' for at, line in enumerate(lines))
    # the label of an arrow stands on the arrow
    ground = ' stroke="#fff" stroke-width="4" paint-order="stroke"' if "edgeLabel" in inside else ""
    look = f' font-size="{size:g}px"' if given else ""
    return f'<text text-anchor="middle"{look}{ground}>{"".join(spans)}</text>' if lines else ""


def _lines(html: str) -> list[str]:
    lines = (" ".join(_TAG.sub("", part).split()) for part in _BREAK.split(html))
    return [line for line in lines if line]


def _of_a_choice(switch: str) -> str:
    """Give the text that a drawing has of its own beside its HTML; where it was cut, with the words of the HTML."""
    if _COMPLAINT.search(switch):
        return ""
    found = _OWN.search(switch)
    if not found:
        return switch
    html, start, own = found.groups()
    if not own.strip().endswith("..."):
        return f"{start}{own}</text>"
    size = _number(start, "font-size") or SIZE
    room = _WIDTH.search(html)
    letters = int(float(room[1]) / (size * LETTER)) if room else 0
    lines = _wrapped(_lines(html), 99 if letters else 1, letters)  # 1px: a line that does not wrap
    x, y = _number(start, "x"), _number(start, "y") - (len(lines) - 1) * size * LEADING / 2
    spans = (f'<tspan x="{x:g}" y="{y + at * size * LEADING:g}">{line}</tspan>' for at, line in enumerate(lines))
    return f"{start}{''.join(spans)}</text>"


def _wrapped(lines: list[str], rows: int, letters: int) -> list[str]:
    """Break lines into so many rows where there are fewer, at blanks, of so many letters where there is a choice."""
    if len(lines) >= rows or not lines:
        return lines
    out: list[str] = []
    for line in lines:
        row = ""
        for word in line.split():
            if row and len(row) + 1 + len(word) > max(letters, 8):
                out.append(row)
                row = word
            else:
                row = f"{row} {word}".strip()
        out.append(row)
    return out
