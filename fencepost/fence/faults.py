"""What in a fence asks for something that its code does not have: lines past the end, words that never occur."""

from __future__ import annotations

import re
from collections.abc import Iterator

from fencepost.fence.model import Fault, Fence, LineItem, Marks, WordMark

OPTIONS_OF = {
    # an option       the dialects that know it
    "hl_lines":          "hugo and pymdownx",
    "linenos":           "hugo",
    "linenums":          "pymdownx",
    "frame":             "expressive-code",
    "ins":               "expressive-code",
    "del":               "expressive-code",
    "mark":              "expressive-code",
    "filename":          "quarto",
    "lst-cap":           "quarto",
    "code-line-numbers": "quarto",
    "startfrom":         "pandoc",
}  # fmt: skip
_KEY = re.compile(r"([A-Za-z_][\w-]*)=\Z")
_LONGEST_KEY = 40


def faults(fence: Fence, marks: Marks, code: str) -> Iterator[Fault]:
    """Find what was asked for in vain, in the order of lines, then words."""
    yield from (*fence.faults, *marks.faults)
    for item in fence.lines:
        if message := _missing_line(item, marks.offered):
            yield Fault("fence-range", message, item.column, _LINES_HELP)
    for word, count in zip(fence.words, marks.counts, strict=True):
        if message := _missing_word(word, count, code):
            yield Fault("fence-word", message, word.column, _word_help(fence, word))


_LINES_HELP = "lines count from 1, whatever number is printed beside them: write {3}, {1,3-5} or {2..4}"
_WORDS_HELP = (
    "a text is matched as it stands, upper and lower case apart; occurrences count over the whole block, from 1"
)


def _missing_line(item: LineItem, count: int) -> str:
    if item.span is None:
        return f"`{_shortened(item.text)}` names no line"
    first, last = item.span
    if first < 1:
        return f"there is no line {first}"
    if last > count:
        past = first if first > count else last
        return f"line {past} is past the end ({_counted(count, 'line')})"
    return ""


def _missing_word(word: WordMark, count: int, code: str) -> str:
    text = _shortened(word.text)
    if not count:
        return f"`{text}` is marked already, by an item before" if word.text in code else f"`{text}` does not occur"
    for first, last in word.occurrences or ():
        if first < 1 or last > count:
            beyond = first if first < 1 or first > count else last
            return f"`{text}` has no occurrence {beyond} ({_counted(count, 'occurrence')})"
    return ""


def _word_help(fence: Fence, word: WordMark) -> str:
    """Explain a mark that was meant as an option of another tool: `hl_lines="2 3"`."""
    key = _KEY.search(fence.meta[max(0, word.column - _LONGEST_KEY) : word.column])
    if key and (dialects := OPTIONS_OF.get(key[1].lower())):
        return f"`{key[1]}` is an option of {dialects}: set `dialect`; here what follows it is a text to mark"
    if key:
        return f"`{key[1]}` is no option here, so what follows it in quotes or slashes is a text to mark"
    return _WORDS_HELP


def _counted(count: int, noun: str) -> str:
    return f"{count} {noun}" if count == 1 else f"{count} {noun}s"


def _shortened(text: str, most: int = 40) -> str:
    return text if len(text) <= most else text[: most - 1] + "…"
