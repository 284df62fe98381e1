"""The meta dialect of rehype-pretty-code: `title="x.py" {1,3-5}#a /word/2#v showLineNumbers{7}`.

Title and caption are taken out of the text first; what is left is read three times, for lines,
for words and for the line numbers, and the readings do not know of each other: `/{2}/` marks
the text `{2}` and line 2. Nothing can fail: what cannot be read is no mark.
"""

from __future__ import annotations

import re
from collections.abc import Iterator
from dataclasses import dataclass

from fencepost.fence.cover import first_cover
from fencepost.fence.javascript import BLANKS, read_number
from fencepost.fence.model import Chars, Fence, LineGroup, LineItem, Marks, Span, WordMark
from fencepost.fence.numbers import read_items, read_spans

_TITLE = re.compile(r'title="([^"]*)"')
_CAPTION = re.compile(r'caption="([^"]*)"')
# A group opens after, and closes before, anything but a word character; a line end breaks it off.
_OPEN = re.compile(r"(?<![A-Za-z0-9_])\{")
_CLOSE = re.compile(r"\}(?![A-Za-z0-9_])|[\n\r\u2028\u2029]")
_ID = re.compile(r"\}#([A-Za-z0-9]+)")
_WORD = re.compile(rf'(?:"([^"\n\r\u2028\u2029]*)"|/([^/\n\r\u2028\u2029]*)/)([^{BLANKS}]*)')
_NUMBERS = re.compile(rf"(?<![^{BLANKS}])showLineNumbers(?:\{{([0-9]+)\}})?(?![^{BLANKS}])")


@dataclass(slots=True)
class _Rest:
    """Meta text with pieces taken out, that still knows where each place of it was."""

    text: str
    cuts: list[Span]  # (place in the text, length of what was taken out there), in order of cutting

    def take(self, pattern: re.Pattern[str]) -> str | None:
        """Take the first match out and return its group; an empty one is as good as none."""
        found = pattern.search(self.text)
        if not found:
            return None
        self.text = self.text[: found.start()] + self.text[found.end() :]
        self.cuts.append((found.start(), found.end() - found.start()))
        return found[1] or None

    def column(self, place: int) -> int:
        """Say where a place of the text was before anything was taken out."""
        for start, length in reversed(self.cuts):
            place += length if place >= start else 0
        return place


def parse(lang: str | None, meta: str) -> Fence:
    """Read the meta text of one fence.

    >>> parse("js", 'title="a.js" {2} /x/#v').title
    'a.js'
    """
    rest = _Rest(meta, [])
    title, caption = rest.take(_TITLE), rest.take(_CAPTION)
    found = list(_WORD.finditer(rest.text))
    return Fence(
        lang=lang,
        meta=meta,
        title=title,
        caption=caption,
        start=_start(rest.text, found),
        lines=tuple(_lines(rest)),
        groups=tuple(_groups(rest.text)),
        words=tuple(_word(match, rest.column(match.start())) for match in found if match[1] or match[2]),
    )


def _start(text: str, words: list[re.Match[str]]) -> int | None:
    """Find the first `showLineNumbers` that stands alone and in no word mark."""
    ends = iter(words)
    word = next(ends, None)
    for found in _NUMBERS.finditer(text):
        while word and word.end() <= found.start():
            word = next(ends, None)
        if word is None or found.end() <= word.start():
            return read_number(found[1]) if found[1] else 1
    return None


def _lines(rest: _Rest) -> Iterator[LineItem]:
    place, text = 0, rest.text
    while opened := _OPEN.search(text, place):
        closed = _CLOSE.search(text, opened.end())
        if not closed:
            return
        if closed[0] == "}":
            inside = text[opened.end() : closed.start()]
            for item in read_items(inside, opened.end()):
                yield LineItem(item.text, rest.column(item.column), item.span)
        place = closed.end()


def _groups(text: str) -> Iterator[LineGroup]:
    """Find `{…}#id`, whatever stands before it: a line that is marked elsewhere may get its id here."""
    place = 0
    for closed in _ID.finditer(text):
        place = max(place, text.rfind("}", place, closed.start()) + 1)
        opened = text.find("{", place, closed.start() - 1)
        place = closed.start() if opened < 0 else closed.end()
        inside = text[opened + 1 : closed.start()]
        if opened >= 0 and "#" not in inside and not _breaks(inside):
            yield LineGroup(read_spans(inside), closed[1])


def _breaks(text: str) -> bool:
    return any(end in text for end in "\n\r\u2028\u2029")


def _word(match: re.Match[str], column: int) -> WordMark:
    numbers, _, name = match[3].partition("#")
    return WordMark(
        text=match[1] or match[2],
        column=column,
        id=name.partition("#")[0] or None,
        occurrences=read_spans(numbers) or None,
    )


def resolve(fence: Fence, code: str) -> Marks:
    """Find on the code what the fence asks for. `code` has no final line end; an empty block has one line."""
    count = code.count("\n") + 1
    lines = sorted(first_cover((item.span for item in fence.lines if item.span), count))
    owners = [(span, group.id) for group in fence.groups for span in group.spans]
    owned = first_cover((span for span, _ in owners), count)
    chars, counts = _mark_words(fence.words, code)
    return Marks(
        line_count=count,
        highlighted_lines=tuple(lines),
        line_ids=tuple((line, owners[owned[line]][1]) for line in lines if line in owned),
        chars=tuple(_place(chars, code)),
        counts=tuple(counts),
        code=code,
        lang=fence.lang,
        title=fence.title,
        offered=count,
    )


def _mark_words(words: tuple[WordMark, ...], code: str) -> tuple[list[tuple[int, int, str | None]], list[int]]:
    """Let each word take its occurrences, in the order of the words; ids are kept by text, the last one wins."""
    ids = {word.text: word.id for word in words if word.id}
    taken, seen = bytearray(len(code)), set[str]()
    marks: list[tuple[int, int, str | None]] = []
    counts = []
    for word in words:
        places = [] if word.text in seen else list(_take(word.text, code, taken))
        seen.add(word.text)
        counts.append(len(places))
        shown = first_cover(word.occurrences, len(places)) if word.occurrences else None
        marks += [
            (place, place + len(word.text), ids.get(word.text))
            for number, place in enumerate(places, 1)
            if shown is None or number in shown
        ]
    return sorted(marks), counts


def _take(text: str, code: str, taken: bytearray) -> Iterator[int]:
    """Claim every free occurrence, also those that a range leaves out later. Linear: no place is looked at twice."""
    place = code.find(text)
    while place >= 0:
        end = place + len(text)
        last = taken.rfind(1, place, end)
        if last < 0:
            taken[place:end] = b"\1" * len(text)
            yield place
            last = end - 1
        place = code.find(text, last + 1)


def _place(marks: list[tuple[int, int, str | None]], code: str) -> Iterator[Chars]:
    """Turn offsets in the code into lines and columns."""
    line, begin, seen = 1, 0, 0
    for start, end, name in marks:
        line += code.count("\n", seen, start)
        begin = max(begin, code.rfind("\n", seen, start) + 1)
        seen = start
        yield Chars(line, start - begin, end - begin, code[start:end], name)
