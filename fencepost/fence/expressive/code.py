"""What Expressive Code makes of the code below a fence: lines lost and marked, words found, a frame chosen.

Marks of lines are set on the lines as the author wrote them and keep to them when others go: blank
ones at either end, a comment that names the file, the `+` and `-` of a diff.
"""

from __future__ import annotations

import re
from collections.abc import Iterator
from dataclasses import dataclass, field

from fencepost.fence.cover import first_cover
from fencepost.fence.expressive.filename import SEARCHED, TERMINALS, WITH_FRONT_MATTER, file_name_in
from fencepost.fence.javascript import BLANKS, parse_int, read_number, trimmed, trimmed_end
from fencepost.fence.model import (
    DEL,
    EDITOR,
    INS,
    MARK,
    NONE,
    TERMINAL,
    Chars,
    Fault,
    Fence,
    LineItem,
    Marks,
    Span,
    WordMark,
)  # fmt: skip
from fencepost.fence.overlay import painted
from fencepost.fence.pattern_syntax import PatternError
from fencepost.fence.patterns import matches
from fencepost.fence.stepping import LateError, Steps

TAB = "  "  # rehype-expressive-code replaces every tab, wherever it stands
LAYERS = (MARK, DEL, INS)  # of words, the last on top
_REAL_DIFF = re.compile(r"[*+-]{3}\s|@@\s|[0-9,]+[acd][0-9,]+\s*\Z")
_DIFF_LINE = re.compile(rf"(([+-](?![+-]))?[{BLANKS}]*)(.*)", re.DOTALL)


@dataclass(slots=True)
class _Line:
    """One line on its way, and what has been said of it."""

    text: str
    kinds: set[str] = field(default_factory=set)
    label: str | None = None


def resolve(fence: Fence, code: str) -> Marks:
    """Find on the code what the fence asks for, and take out what is not shown."""
    lines = _lines(code)
    offered = len(lines)
    _mark_lines(fence, lines)
    sections = [(lines[first - 1 : last], (first, last)) for first, last in _sections(fence.collapse)]
    if fence.lang == "diff" or fence.reads_diff:
        _read_diff(lines)
    title = fence.title if fence.title is not None or fence.frame == NONE else _take_file_name(lines, fence.lang or "")
    steps = Steps(fence.steps)
    chars, counts, faults = _words(fence.words, [line.text for line in lines], steps)
    return Marks(
        line_count=max(len(lines), 1),
        highlighted_lines=tuple(number for number, line in enumerate(lines, 1) if MARK in line.kinds),
        chars=tuple(chars),
        counts=counts,
        code="\n".join(line.text for line in lines),
        lang=fence.lang,
        title=title or None,
        frame=_frame(fence, title, lines),
        kinds=tuple(
            (number, kind) for number, line in enumerate(lines, 1) for kind in (DEL, INS) if kind in line.kinds
        ),
        labels=tuple((number, line.label) for number, line in enumerate(lines, 1) if line.label),
        collapsed=tuple(_shown_sections(sections, lines)),
        asked=None if lines else fence._replace(start=None),  # where there is no line, there is no number
        offered=offered,
        faults=tuple(faults),
        steps=fence.steps - steps.left,
    )


def _lines(code: str) -> list[_Line]:
    """Split into lines without blanks at their ends; empty ones at either end of the block do not count."""
    texts = [trimmed_end(line) for line in re.split(r"\r?\n", code.replace("\t", TAB))]
    while texts and not texts[0]:
        texts.pop(0)
    while texts and not texts[-1]:
        texts.pop()
    return [_Line(text) for text in texts]


def _mark_lines(fence: Fence, lines: list[_Line]) -> None:
    for kind in LAYERS:
        items = [item for item in fence.lines if item.kind == kind and item.span]
        for number in first_cover((item.span for item in items if item.span), len(lines)):
            lines[number - 1].kinds.add(kind)
        _label_lines([(item, item.span) for item in items if item.span], fence.meta, lines)


def _label_lines(items: list[tuple[LineItem, Span]], meta: str, lines: list[_Line]) -> None:
    """Write a label beside the first line of each run in a group; of a range that goes down, each line is one."""
    before, place = None, 0
    for item, (first, last) in items:
        if "}" in meta[place : item.column]:
            before = None
        goes_down = read_number(re.match("-?[0-9]+", item.text)[0]) != first  # type: ignore[index]
        labelled = range(first, last + 1) if goes_down else range(first, first + (first - 1 != before))
        for number in labelled if item.label else ():
            if number > len(lines):
                break
            if number >= 1:
                lines[number - 1].label = item.label
        before, place = (first if goes_down else last), item.column


def _read_diff(lines: list[_Line]) -> None:
    """Make `+` and `-` at the beginning of lines marks, and take their column away; a real patch stays as it is."""
    if any(_REAL_DIFF.match(line.text) for line in lines[:4]):
        return
    parts = [found.groups("") for line in lines if (found := _DIFF_LINE.match(line.text))]
    indents = [len(indent) for indent, _, content in parts if trimmed(content)]
    common = min(indents, default=sum(len(line.text) for line in lines) + 1)
    for line, (_, sign, _) in zip(lines, parts, strict=True):
        line.text = line.text[common or (1 if sign else 0) :]
        if sign:
            line.kinds.add(INS if sign == "+" else DEL)


def _take_file_name(lines: list[_Line], lang: str) -> str | None:
    """Take out the comment that names the file, with front matter that is empty then, and a blank line after it."""
    names = (file_name_in(line.text, lang) for line in lines[:SEARCHED])
    at, name = next(((index, name) for index, name in enumerate(names) if name), (0, None))
    if name is None:
        return None
    del lines[at]
    if lang in WITH_FRONT_MATTER and 0 < at < len(lines):
        fences = trimmed(lines[at - 1].text), trimmed(lines[at].text)
        if fences[0] == fences[1] and fences[0] in ("---", "+++"):
            at -= 1
            del lines[at : at + 2]
    if at < len(lines) and not trimmed(lines[at].text):
        del lines[at]
    return name


def _frame(fence: Fence, title: str | None, lines: list[_Line]) -> str:
    """Choose the frame: shells are terminals, but a script is edited: its title is a file's name, or it begins so."""
    if fence.frame is not None:
        return fence.frame
    lang = fence.lang or ""
    if lang not in TERMINALS:
        return EDITOR
    is_file = title and file_name_in(f"// {title}", lang)
    is_script = any(re.match(rf"[{BLANKS}]*#!", line.text) for line in lines[:4])
    return EDITOR if is_file or is_script else TERMINAL


def _sections(asked: tuple[str, ...]) -> list[Span]:
    """Read `2-5,9-12`; a section that begins or ends inside an earlier one does not count."""
    found: list[Span] = []
    for piece in ",".join(asked).split(","):
        ends = [parse_int(part) for part in piece.split("-")]
        if len(ends) != 2 or ends[0] is None or ends[1] is None or ends[0] > ends[1]:
            continue
        first, last = ends[0], ends[1]
        if not any(start <= first <= end or start <= last <= end for start, end in found):
            found.append((first, last))
    return found


def _shown_sections(sections: list[tuple[list[_Line], Span]], lines: list[_Line]) -> Iterator[Span]:
    """Say where the lines of each section are now; one whose lines are all gone is none."""
    places = {id(line): number for number, line in enumerate(lines, 1)}
    for members, _ in sections:
        numbers = [places[id(line)] for line in members if id(line) in places]
        if numbers:
            yield min(numbers), max(numbers)


def _words(
    words: tuple[WordMark, ...], lines: list[str], steps: Steps
) -> tuple[list[Chars], tuple[int, ...], list[Fault]]:
    """Find every word and pattern in every line; later kinds cover earlier ones."""
    counts, faults = [0] * len(words), []
    found: dict[int, dict[str, list[Span]]] = {}
    for index, word in enumerate(words):
        try:
            for number, spans in matches(word.text, lines, steps) if word.is_pattern else _literal(word.text, lines):
                counts[index] += 1
                found.setdefault(number, {}).setdefault(word.kind, []).extend(spans)
        except PatternError as error:
            counts[index] = 1  # it has been told of
            faults.append(
                Fault("fence-pattern", f"`{word.text[:40]}` is no pattern: {error}", word.column, _PATTERN_HELP)
            )
        except LateError:
            counts[index] = 1
            message = f"`{word.text[:40]}` is too much work on this code"
            faults.append(Fault("fence-pattern", message, word.column, _LATE_HELP))
    chars = [
        Chars(number, start, end, lines[number - 1][start:end], None, kind)
        for number in sorted(found)
        for (start, end), kind in painted((kind, found[number].get(kind, [])) for kind in LAYERS)
        if end > start  # an empty match parts what is marked, and is not seen itself
    ]
    return chars, tuple(counts), faults


_PATTERN_HELP = "it is read as JavaScript reads regular expressions; to mark the text itself, put it in quotes"
_LATE_HELP = "it was given up, and marks only what was found until then; avoid nested repeats such as (a+)+"


def _literal(text: str, lines: list[str]) -> Iterator[tuple[int, list[Span]]]:
    for number, line in enumerate(lines, 1):
        place = line.find(text)
        while place >= 0:
            yield number, [(place, place + len(text))]
            place = line.find(text, place + len(text))
