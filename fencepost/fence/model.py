"""What a fence asks for, and what that comes to on its code: two frozen pictures, any dialect.

`Fence` is the meta text understood; it knows nothing of the code below it. `Marks` is a fence
resolved on its code. Lines count from 1, columns from 0 in code points, ends are exclusive in
columns and inclusive in lines. A range of lines is never spelled out before the code is known.
"""

from __future__ import annotations

from typing import NamedTuple

Span = tuple[int, int]  # first and last, both included, first <= last

MARK, INS, DEL = "mark", "ins", "del"
FOCUS = "focus"
ERROR = "error"
WARNING = "warning"
KINDS = (MARK, DEL, INS, FOCUS, ERROR, WARNING)  # of marks; where two meet, the later one decides the look
NUMBERED = frozenset({"number", "numberLines", "number-lines"})  # classes that pandoc numbers lines for
HIDDEN, SPECIAL = "hidden", "special"  # numbers of lines that are left out, and that stand out
MOST_STEPS = 300_000  # that the patterns of one block may take, some tenths of a second
EDITOR, TERMINAL, NONE = "code", "terminal", "none"  # frames, by Expressive Code's names


class Fault(NamedTuple):
    """One thing to tell the author; `column` is the place in the meta text."""

    code: str
    message: str
    column: int
    help: str


class LineItem(NamedTuple):
    """One item of a list of lines, `3-7`; `span` is None where it cannot be read, or names no line.

    `label` is what is written beside the first of them.
    """

    text: str
    column: int
    span: Span | None
    kind: str = MARK
    label: str | None = None


class LineGroup(NamedTuple):
    """A group of lines that carries an id: `{1,3-5}#a`."""

    spans: tuple[Span, ...]
    id: str


class WordMark(NamedTuple):
    """A text to mark wherever it occurs: `/alpha/2-3#v`. `occurrences` None means all, counted over the block.

    With `is_pattern`, the text is a regular expression of JavaScript's, matched line by line.
    """

    text: str
    column: int
    id: str | None = None
    occurrences: tuple[Span, ...] | None = None
    kind: str = MARK
    is_pattern: bool = False


class Wrap(NamedTuple):
    """How long lines go on: below their own indent where it is preserved, `hanging` columns further in."""

    preserve_indent: bool = True
    hanging: int = 0


class Order(NamedTuple):
    """Words that a comment gives an order with: for the next line, or where marked lines start and end.

    `name` is the class that the site's style sheet knows, `kind` what that comes to here.
    """

    words: str
    role: str
    name: str
    kind: str = MARK


class Fence(NamedTuple):
    """What an info string asks for. `start` is the first printed line number, None for no numbers.

    Numbers that are no multiple of `step` are left out, those of `special` stand out (0: none does). `start_text`
    is what stands where a number should. `collapse` holds lists of ranges as they are written. `frame` is what the
    author chose, `reads_diff` that `+` and `-` at the beginning of lines are marks of code in the language `lang`;
    `fold` that the whole block is folded, `closed` or `open`, behind the words `summary`; `hidden` that readers are
    not to see it; `shown_as` the info string with which the whole fence is the code. `orders` are words of comments
    that a site has chosen. `steps` is the work that its patterns may take. `classes` and `attributes` are the author's
    own, for his own style sheets; where the language is one of the classes, it need not be the first: the first that
    names a language counts.
    """

    lang: str | None
    meta: str = ""
    title: str | None = None
    caption: str | None = None
    start: int | None = None
    lines: tuple[LineItem, ...] = ()
    groups: tuple[LineGroup, ...] = ()
    words: tuple[WordMark, ...] = ()
    step: int = 1
    special: int = 0
    start_text: str = ""
    wrap: Wrap | None = None
    collapse: tuple[str, ...] = ()
    frame: str | None = None
    reads_diff: bool = False
    identifier: str = ""
    classes: tuple[str, ...] = ()
    attributes: tuple[tuple[str, str], ...] = ()
    fold: str = ""
    summary: str = ""
    hidden: bool = False
    shown_as: str = ""
    orders: tuple[Order, ...] = ()
    faults: tuple[Fault, ...] = ()
    steps: int = MOST_STEPS

    def number_look(self, line: int) -> str:
        """Say whether the number of a line is `hidden`, `special` or as all others."""
        number = (self.start or 0) + line - 1
        if number % self.step:
            return HIDDEN
        return SPECIAL if self.special and number % self.special == 0 else ""


class Chars(NamedTuple):
    """A marked stretch of one line."""

    line: int
    start: int
    end: int
    text: str
    id: str | None
    kind: str = MARK


class Marks(NamedTuple):
    """A fence resolved on its code.

    `code`, `lang`, `title` and `frame` are what is shown: comments that only gave orders are gone, and
    a title may come from the code. `asked` is the fence, where the code asks for more than the meta.
    `counts` says for each of the fence's words how often it was found, whatever its occurrences leave
    out; a word that an earlier item has already taken everywhere is found 0 times. `kinds` are marks of
    lines other than `highlighted_lines`, `collapsed` the lines that are folded away on a screen. Lines
    are those of `code`; `offered` counts those that the author's numbers could name. `classes` are a site's own names
    for marked lines. `steps` is the work that patterns took.
    """

    line_count: int
    highlighted_lines: tuple[int, ...] = ()
    line_ids: tuple[tuple[int, str], ...] = ()
    chars: tuple[Chars, ...] = ()
    counts: tuple[int, ...] = ()
    code: str = ""
    lang: str | None = None
    title: str | None = None
    frame: str = EDITOR
    kinds: tuple[tuple[int, str], ...] = ()
    labels: tuple[tuple[int, str], ...] = ()
    collapsed: tuple[Span, ...] = ()
    asked: Fence | None = None
    offered: int = 0
    faults: tuple[Fault, ...] = ()
    classes: tuple[tuple[int, str], ...] = ()
    steps: int = 0

    def of_kind(self, kind: str) -> list[int]:
        """List the lines that are marked so."""
        if kind == MARK:
            return list(self.highlighted_lines)
        return [line for line, other in self.kinds if other == kind]
