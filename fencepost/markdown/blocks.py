"""What opens and closes blocks of code in Markdown: the one place that knows fences; pure.

`scan` walks the lines of a text as CommonMark does (quotes, lists, notes, admonitions that are indented), and says for
each whether it is text, or belongs to a fence, to indented code, to a block of formulas or to HTML that is kept as it
stands. A fence that is never closed ends with its quote or its list item. `CodeSpans` finds inline code.
"""

from __future__ import annotations

import re
from collections.abc import Iterator
from copy import copy
from typing import NamedTuple

MARKER = r"(?:[-+*]|\d{1,9}[.)])"
# what may stand before the text of a line; each blank belongs to one part, so that no pattern can try them in turn
PREFIX = rf"[ \t>]*(?:{MARKER}[ \t][ \t>]*)*"
TICKS = r"(?:`{3,}(?=[^`\n]*$)|~{3,})"  # CommonMark 4.5: no backtick in the info string of a fence of backticks

TEXT, OPENS, CODE, ENDS, INDENTED, MATH = "text", "opens", "code", "ends", "indented", "math"
RAW_OPENS, RAW = "raw opens", "raw"  # HTML that ends where its own end is: comments, scripts, `<pre>`
FENCED = frozenset([OPENS, CODE, ENDS])
VERBATIM = FENCED | {INDENTED, MATH, RAW_OPENS, RAW}

_FENCE = re.compile(r"(?P<fence>`{3,}(?=[^`]*$)|~{3,})")
_ITEM = re.compile(rf"(?P<marker>{MARKER})(?=[ \t]|$)")
_RULE = re.compile(r"(?P<sign>[-*_])(?:[ \t]*(?P=sign)){2,}[ \t]*$")
_HEADING = re.compile(r"#{1,6}(?=[ \t]|$)")
_NOTE = re.compile(r"\[\^[^\]\s]+\]:")
_INDENTING = re.compile(r"(?:!!!|\?\?\?\+?)[ \t]+[\w\"-]|===[+!]?[ \t]+[\"“]")  # MkDocs: its body is indented by four
_MATH = re.compile(r"(?P<dollars>\${2,})(?P<rest>[^$]*)$")
_OWN_END = "script|pre|style|textarea"
# CommonMark 4.6, kinds 1 to 5: (how the block of HTML begins, what ends it)
_HTML = (
    (re.compile(rf"<(?:{_OWN_END})(?:[\s>]|$)", re.I), re.compile(rf"</(?:{_OWN_END})>", re.I)),
    (re.compile(r"<!--"), re.compile(r"-->")),
    (re.compile(r"<\?"), re.compile(r"\?>")),
    (re.compile(r"<![A-Za-z]"), re.compile(r">")),
    (re.compile(r"<!\[CDATA\["), re.compile(r"\]\]>")),
)  # fmt: skip
_TICKS = re.compile(r"`+")
_BLANK_LINE = re.compile(r"\n[ \t>]*(?=\n)")
_CODE_INDENT = 4
_NOTE_INDENT = 4
_MOST_DOLLARS = 8


class Line(NamedTuple):
    """What a line is (a constant above), and where its own text begins, behind quotes, markers and indents."""

    kind: str
    start: int


class Fence(NamedTuple):
    """A fence that is open: its characters, and how far it is indented (columns)."""

    mark: str
    indent: int = 0

    def is_closed_by(self, text: str) -> bool:
        """Say whether a line's own text closes the fence: as many characters at least, and nothing behind them.

        >>> Fence("```").is_closed_by("````  "), Fence("```").is_closed_by("``` js"), Fence("~~~").is_closed_by("```")
        (True, False, False)
        """
        bare = text.strip(" \t")
        return len(bare) >= len(self.mark) and not bare.strip(self.mark[0])


def opened_fence(text: str) -> str:
    """Give the backticks or tildes with which a line's own text opens a fence; empty where it opens none.

    >>> opened_fence("```js"), opened_fence("``` a`b"), opened_fence("~~~ `"), opened_fence("text")
    ('```', '', '~~~', '')
    """
    found = _FENCE.match(text)
    return found["fence"] if found else ""


def scan(lines: list[str], *, mdx: bool = False) -> list[Line]:
    """Say for each line of a text what it is. With `mdx`, indents make no code, and fences may be indented freely."""
    scanner, out, opened = Scanner(mdx), list[Line](), (0, Scanner(mdx))
    words: set[int] = set()  # lines with dollars that no line closes: words, then
    while len(out) < len(lines) or scanner.dollars:
        number = len(out)
        was_open = scanner.dollars
        if not was_open and number < len(lines) and "$$" in lines[number]:
            opened = number, scanner.copy()
            scanner.has_math = number not in words
        found = scanner.line(lines[number]) if number < len(lines) else Line(TEXT, 0)
        if was_open and found.kind != MATH:
            words.add(opened[0])
            del out[opened[0] :]
            scanner = opened[1].copy()
            continue
        scanner.has_math = True
        out.append(found)
    return out


def outside_code(lines: list[str], *, mdx: bool = False) -> Iterator[tuple[int, str]]:
    """Walk the lines that are no code: their numbers (from 0) and their texts."""
    if not any("```" in line or "~~~" in line or "$$" in line or line[:1] in " \t" for line in lines):
        yield from enumerate(lines)
        return
    for number, found in enumerate(scan(lines, mdx=mdx)):
        if found.kind not in VERBATIM:
            yield number, lines[number]


def block_end(found: list[Line], first: int) -> int:
    """Give the last line (from 0) of the fence that a line opens; the line itself where it opens none."""
    if found[first].kind != OPENS:
        return first
    last = first
    while last + 1 < len(found) and found[last + 1].kind in (CODE, ENDS):
        last += 1
        if found[last].kind == ENDS:
            break
    return last


class CodeSpans:
    """The inline code of a text (CommonMark 6.1), by the place of its first backtick; none goes over a blank line."""

    def __init__(self, text: str) -> None:
        self._ends: dict[int, int] = {}
        start = 0
        for blank in [*_BLANK_LINE.finditer(text), None] if "`" in text else ():
            self._read(text, start, blank.start() if blank else len(text))
            start = blank.end() if blank else 0

    def _read(self, text: str, start: int, end: int) -> None:
        """Read one paragraph from its end: a span ends at the next run of as many backticks."""
        nearest: dict[int, int] = {}
        for run in reversed(list(_TICKS.finditer(text, start, end))):
            length = run.end() - run.start()
            for skipped in (0, 1):  # the first of them may be escaped
                if ending := nearest.get(length - skipped):
                    self._ends[run.start() + skipped] = ending
            nearest[length] = run.end()

    def end(self, start: int) -> int:
        """Say behind which place the code ends that begins at one; 0 where none does."""
        return self._ends.get(start, 0)


_ESCAPED_OR_TICKS = re.compile(r"\\.|`+", re.DOTALL)


def code_spans(text: str) -> Iterator[tuple[int, int]]:
    """Find inline code: from its first backtick to behind its last.

    >>> text = "a `b` ``c ` d`` `e"
    >>> [text[start:end] for start, end in code_spans(text)]
    ['`b`', '``c ` d``']
    """
    if "`" not in text:
        return
    spans, at = CodeSpans(text), 0
    while found := _ESCAPED_OR_TICKS.search(text, at):
        end = spans.end(found.start()) if found[0][0] == "`" else 0
        if end:
            yield found.start(), end
        at = end or found.end()


def _skip(line: str, at: int, column: int) -> tuple[int, int]:
    """Go over spaces and tabs: the place and the column of what follows."""
    while at < len(line) and line[at] in " \t":
        column += 1 if line[at] == " " else 4 - column % 4
        at += 1
    return at, column


def _columns(line: str, at: int, column: int, width: int) -> tuple[int, int]:
    """Go over so many columns of spaces and tabs; a tab may be gone over in part."""
    wanted = column + width
    while column < wanted and at < len(line) and line[at] in " \t":
        after = column + 1 if line[at] == " " else column + 4 - column % 4
        if after > wanted:
            return at, wanted
        at, column = at + 1, after
    return at, column


_QUOTE = 0  # among the boxes: every other number is how far an item's text is indented


class Scanner:
    """Where the walk is: the quotes and list items that are open, and the block of text or code inside of them."""

    def __init__(self, mdx: bool = False) -> None:
        self.mdx = mdx
        self.has_math = True
        self.boxes: list[int] = []
        self.fence: Fence | None = None
        self.html: re.Pattern[str] | None = None
        self.dollars = 0
        self.is_paragraph = False
        self.is_indented = False

    def copy(self) -> Scanner:
        """Give a scanner that goes on from here."""
        other = copy(self)
        other.boxes = self.boxes.copy()
        return other

    @property
    def is_in_block(self) -> bool:
        """Say whether code, formulas or HTML are open, or a quote or an item."""
        return bool(self.fence or self.dollars or self.html or self.boxes)

    def line(self, line: str) -> Line:
        """Read one line."""
        at, column, matched = self._inside(line)
        if matched < len(self.boxes) and not self._is_blank(line, at):
            return self._outside(line, at, column, matched)
        if matched < len(self.boxes):  # a blank line ends a quote
            self._leave(matched)
        return self._leaf(line, at, column) or self._begin(line, at, column)

    def _inside(self, line: str) -> tuple[int, int, int]:
        """Go over what the open quotes and items ask for; gives how many of them the line is in."""
        at = column = 0
        for number, box in enumerate(self.boxes):
            text, reached = _skip(line, at, column)
            if box == _QUOTE:
                if reached - column > 3 or line[text : text + 1] != ">":
                    return at, column, number
                at, column = _columns(line, text + 1, reached + 1, 1)
            elif text == len(line):
                first_quote = self.boxes.index(_QUOTE, number) if _QUOTE in self.boxes[number:] else len(self.boxes)
                return at, column, first_quote
            elif reached - column >= box:
                at, column = _columns(line, at, column, box)
            else:
                return at, column, number
        return at, column, len(self.boxes)

    @staticmethod
    def _is_blank(line: str, at: int) -> bool:
        return not line[at:].strip(" \t")

    def _leave(self, depth: int) -> None:
        del self.boxes[depth:]
        self.fence, self.html, self.dollars = None, None, 0
        self.is_paragraph = self.is_indented = False

    def _outside(self, line: str, at: int, column: int, matched: int) -> Line:
        """Read a line that is not in all open boxes: it may still go on with their paragraph (lazily)."""
        text, reached = _skip(line, at, column)
        is_lazy = self.is_paragraph and (reached - column >= _CODE_INDENT or not self._starts_block(line[text:]))
        if is_lazy:
            return Line(TEXT, text)
        self._leave(matched)
        return self._begin(line, at, column)

    def _starts_block(self, text: str) -> bool:
        """Say whether a text begins something that ends a paragraph."""
        return (
            text[:1] == ">"
            or opened_fence(text) != ""
            or any(pattern.match(text) for pattern in (_HEADING, _RULE, _ITEM, _NOTE, _INDENTING))
            or any(start.match(text) for start, _ in _HTML)
        )

    def _leaf(self, line: str, at: int, column: int) -> Line | None:
        """Go on with the code, the formulas or the HTML that are open."""
        text, reached = _skip(line, at, column)
        if self.fence:
            if (self.mdx or reached - column < _CODE_INDENT) and self.fence.is_closed_by(line[text:]):
                self.fence = None
                return Line(ENDS, text)
            return Line(CODE, _columns(line, at, column, self.fence.indent)[0])
        if self.dollars:
            if line[text:].rstrip(" \t") and set(line[text:].rstrip(" \t")) == {"$"}:
                self.dollars = 0 if len(line[text:].rstrip(" \t")) >= self.dollars else self.dollars
            return Line(MATH, text)
        if self.html:
            self.html = None if self.html.search(line, at) else self.html
            return Line(RAW, text)
        return None

    def _begin(self, line: str, at: int, column: int) -> Line:
        """Read a line's own text, and the quotes and items that it begins."""
        while True:
            text, reached = _skip(line, at, column)
            bare = line[text:]
            if not bare:
                self.is_paragraph = False
                return Line(INDENTED if self.is_indented else TEXT, text)
            if reached - column >= _CODE_INDENT and not self.mdx:
                self.is_indented = not self.is_paragraph
                return Line(INDENTED if self.is_indented else TEXT, text)
            self.is_indented = False
            inner = self._box(line, text, column, reached)
            if inner is None:
                return self._own(bare, text, reached - column)
            at, column = inner
            self.is_paragraph = False

    def _box(self, line: str, text: int, column: int, reached: int) -> tuple[int, int] | None:
        """Begin a quote, an item, a note or an indented admonition; None where the line begins none."""
        if line[text] == ">":
            self.boxes.append(_QUOTE)
            return _columns(line, text + 1, reached + 1, 1)
        if _RULE.match(line, text):
            return None
        if (found := _ITEM.match(line, text)) and self._may_begin(found, line):
            end, behind = found.end(), reached + len(found["marker"])
            inner, inner_column = _skip(line, end, behind)
            gap = inner_column - behind
            gap = 1 if inner == len(line) or gap > _CODE_INDENT else gap
            self.boxes.append(behind + gap - column)
            return _columns(line, end, behind, gap)
        if found := _NOTE.match(line, text):
            self.boxes.append(_NOTE_INDENT)
            return found.end(), reached + len(found[0])
        if _INDENTING.match(line, text):
            self.boxes.append(reached - column + _NOTE_INDENT)
            return len(line), reached
        return None

    def _may_begin(self, item: re.Match[str], line: str) -> bool:
        """Say whether an item may begin here: in a paragraph only one with text, and the number 1."""
        if not self.is_paragraph:
            return True
        return bool(line[item.end() :].strip(" \t")) and item["marker"][:-1] in ("", "1")

    def _own(self, bare: str, text: int, indent: int) -> Line:
        """Read what is neither quote nor item: a fence, formulas, HTML, a heading or words."""
        if mark := opened_fence(bare):
            self.fence, self.is_paragraph = Fence(mark, indent), False
            return Line(OPENS, text)
        if (found := _MATH.match(bare)) and self.has_math and not found["rest"].strip():
            self.dollars, self.is_paragraph = min(len(found["dollars"]), _MOST_DOLLARS), True
            return Line(MATH, text)
        for start, end in _HTML[1:2] if self.mdx else _HTML:
            if start.match(bare):
                self.html = None if end.search(bare, 2) else end
                self.is_paragraph = False
                return Line(RAW_OPENS, text)
        self.is_paragraph = not (_HEADING.match(bare) or _RULE.match(bare))
        return Line(TEXT, text)
