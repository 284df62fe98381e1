"""Print in greys alone: no colour is left in the PDF, and every mark is still another to the eye."""

from __future__ import annotations

from itertools import combinations
from pathlib import Path
from typing import Any

import pymupdf
import pytest
from pages import build
from test_print import spans

IDS = "abcdefg"
LINES = "".join(f"value = {number}\n" for number in range(1, 9))
WORDS = "".join(f"x = name{number} + 1\n" for number in range(1, 9))
POST = f"""---
title: Greys 🚀
draft: true
marks:
  a: "#ff0000"
---

[A link](https://x.example) and a note[^1].

```python title="marks.py" {" ".join(f"{{{n}}}#{name}" for n, name in enumerate(IDS, 1))} {{8}} showLineNumbers
{LINES}```

```python {" ".join(f"/name{n}/#{name}" for n, name in enumerate(IDS, 1))} /name8/
{WORDS}```

```diff
+ added
- removed
```

> [!NOTE]
> One

> [!TIP]
> One

> [!CAUTION]
> One

| a | b |
|---|---|
| 1 | 2 |

[^1]: Note.
"""


@pytest.fixture(scope="module")
def grey(tmp_path_factory: pytest.TempPathFactory) -> Any:
    return pymupdf.open(build(tmp_path_factory.mktemp("grey"), "pdf", POST, "--grayscale", "--emoji", "color"))


def is_grey(colour: Any) -> bool:
    return colour is None or max(colour) - min(colour) < 0.004


def test_every_drawing_and_every_letter_is_grey(grey: Any) -> None:
    drawings = [drawing for page in grey for drawing in page.get_drawings()]
    assert len(drawings) > 20
    assert [d for d in drawings if not is_grey(d.get("fill")) or not is_grey(d.get("color"))] == []
    inks = {tuple(span["color"] >> shift & 255 for shift in (16, 8, 0)) for span in spans(grey)}
    assert len(inks) > 3 and all(len({*ink}) == 1 for ink in inks)


def test_no_pixel_is_coloured(grey: Any) -> None:
    for page in grey:
        samples = page.get_pixmap(dpi=60).samples
        assert max(map(abs, (a - b for a, b in zip(samples[::3], samples[2::3], strict=True)))) <= 2


def test_in_colour_there_are_colours(tmp_path: Path) -> None:
    document = pymupdf.open(build(tmp_path, "pdf", POST))
    assert any(not is_grey(drawing.get("fill")) for page in document for drawing in page.get_drawings())


def seen(page: Any, text: str, left: float, right: float) -> Any:
    """Give the pixels beside and under a place of text: what a mark adds to it."""
    (place,) = page.search_for(text)
    clip = pymupdf.Rect(place.x0 - left, place.y0 - 1, place.x0 + right, place.y1 + 1)
    pixmap = page.get_pixmap(clip=clip, dpi=220, colorspace=pymupdf.csGRAY)
    return pixmap.width, pixmap.samples


def differ(one: Any, other: Any) -> int:
    width, rows = min(one[0], other[0]), min(len(one[1]) // one[0], len(other[1]) // other[0])
    pairs = ((one[1][y * one[0] + x], other[1][y * other[0] + x]) for y in range(rows) for x in range(width))
    return sum(abs(a - b) > 40 for a, b in pairs)


def test_marked_words_differ_by_their_strokes(grey: Any) -> None:
    shown = [seen(grey[0], f"name{number}", 1, 17) for number in range(1, 9)]  # `name` and not the number behind it
    assert min(differ(one, other) for one, other in combinations(shown, 2)) > 25


def test_marked_lines_differ_by_their_bars(grey: Any) -> None:
    page = grey[0]
    edge = min(drawing["rect"].x0 for drawing in page.get_drawings() if drawing["rect"].width > 300)
    places = [page.search_for(f"value = {number}")[0] for number in range(1, 9)]
    shown = []
    for place in places:
        clip = pymupdf.Rect(edge, place.y0, edge + 6, place.y1)
        pixmap = page.get_pixmap(clip=clip, dpi=220, colorspace=pymupdf.csGRAY)
        shown.append((pixmap.width, pixmap.samples))
    assert min(differ(one, other) for one, other in combinations(shown, 2)) > 25
