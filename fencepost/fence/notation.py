"""Shiki's notation: comments such as `// [!code ++]` mark their line, or the next where they stand alone.

The comment is taken out of the code. A text in no language is one piece, and a comment only where it begins as one.
"""

from __future__ import annotations

import re
from dataclasses import dataclass, field

from fencepost.fence.comments import STARTS, STRICT, langs_of, place_of_comment
from fencepost.fence.javascript import BLANKS, read_number, trimmed_end
from fencepost.fence.model import DEL, ERROR, FOCUS, INS, MARK, WARNING

STEPS = (
    # one after the other; each reads the first of its orders in a comment
    {"++": INS, "--": DEL},
    {"focus": FOCUS},
    {"highlight": MARK, "hl": MARK},
    {"error": ERROR, "warning": WARNING},
)
_PATTERNS = tuple(
    (re.compile(rf"[{BLANKS}]*\[!code ({'|'.join(map(re.escape, step))})(?::([0-9]+))?\]"), step) for step in STEPS
)


@dataclass(slots=True)
class Line:
    """One line of code, the kinds of its marks and a site's own names for them."""

    text: str
    kinds: set[str]
    names: set[str] = field(default_factory=set)


@dataclass(slots=True)
class _Comment:
    """A comment at the end of a line: what stands before it, its begin, words and end."""

    line: Line
    before: str
    begin: str
    words: str
    end: str
    stands_alone: bool
    after: str = ""


def read(lines: list[Line], lang: str) -> list[Line]:
    """Do what the comments order and give the lines that are left.

    >>> [(line.text, line.kinds) for line in read([Line("a() // [!code ++]", set())], "js")]
    [('a() ', {'ins'})]
    """
    langs = langs_of([line.text for line in lines], lang)
    found_in = zip(lines, langs, strict=True)
    comments = [comment for line, own in found_in if "[!code" in line.text and (comment := _comment(line, own))]
    left = list(lines)
    for pattern, step in _PATTERNS:
        gone = set()
        for comment in comments:
            found = pattern.search(comment.words)
            if not found:
                continue
            at = next(index for index, line in enumerate(left) if line is comment.line) + comment.stands_alone
            for line in left[at : at + (read_number(found[2]) if found[2] else 1)]:
                line.kinds.add(step[found[1]])
            comment.words = comment.words[: found.start()] + comment.words[found.end() :]
            if _rewritten(comment):
                gone.add(id(comment.line))
        left = [line for line in left if id(line) not in gone]
    return left


def _rewritten(comment: _Comment) -> bool:
    """Write the line without the order; says whether the line goes with it."""
    if comment.words.strip():
        comment.line.text = comment.before + comment.begin + comment.words + comment.end + comment.after
        return False
    comment.words = ""
    comment.line.text = comment.before
    return comment.stands_alone


def _comment(line: Line, lang: str) -> _Comment | None:
    """Find the comment that a line ends in."""
    text = line.text
    place, after = place_of_comment(text, lang)
    if place is None:
        return None
    comment = text[place : len(text) - len(after)]
    begin = STARTS.match(comment.lstrip(" \t"))
    if not begin or (begin[0] == "<!--" and lang in STRICT and "[!code --" in comment):
        return None
    slashes = [match.start() for match in re.finditer(rf"[{BLANKS}]+//", comment) if match.start()]
    if slashes:  # Shiki parts a comment before each `//`
        place, comment = place + slashes[-1], comment[slashes[-1] :]
    return _parted(line, place, comment, after)


def _parted(line: Line, place: int, comment: str, after: str) -> _Comment | None:
    words = comment.lstrip(" \t")
    blanks = comment[: len(comment) - len(words)]
    begin = STARTS.match(words)
    if not begin:
        return None
    inner = trimmed_end(words)[begin.end() :]
    end = next((sign for sign in ("-->", "*/") if inner.endswith(sign) and begin[0] in ("<!--", "/*")), "")
    before = line.text[:place]
    if after:  # `{/* … */}`: the braces go with it
        return _Comment(
            line,
            before[:-1],
            "{" + blanks + begin[0],
            inner[: len(inner) - len(end)],
            end,
            not before[:-1].strip(),
            after,
        )
    if before and not before.strip():
        before, blanks = "", before + blanks
    return _Comment(line, before, blanks + begin[0], inner[: len(inner) - len(end)], end, not before)
