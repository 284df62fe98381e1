"""Puts markers in the place of a container's first and last line, before pandoc reads.

A marker is an HTML comment: it may interrupt a paragraph, ends with its line and is kept by every reader. It holds the
author's own line, so that it can be taken back. A title is Markdown and goes into a paragraph of its own, in front.
"""

from __future__ import annotations

import re

from fencepost.markdown import carriers as c
from fencepost.markdown.containers.lines import PREFIX, TAB, Container, dedented, find_containers
from fencepost.markdown.containers.types import ANY_WORD, WORDS

_ENDS = re.compile(f"(?:<!--{c.CONTAINER_END}{c.LINES}{{2}}-->)*\\Z")
_BLOCK = re.compile(
    r" {0,3}</?(?:"
    r"address|article|aside|base|basefont|blockquote|body|caption|center|col|colgroup|dd|details|dialog|"
    r"dir|div|dl|dt|fieldset|figcaption|figure|footer|form|frame|frameset|h[1-6]|head|header|hr|html|"
    r"iframe|legend|li|link|main|menu|menuitem|nav|noframes|ol|optgroup|option|p|param|search|section|"
    r"summary|table|tbody|td|tfoot|th|thead|title|tr|track|ul"
    r")(?:[\s>]|/>|\Z)",
    re.IGNORECASE,
)
_ALONE = re.compile(r" {0,3}</?[A-Za-z][\w-]*(?:\s[^<>]*)?>[ \t]*(?:<!--.*)?\Z")
_SIGN = re.compile(r":::|///|!!!|\?\?\?|===[+!]?[ \t]")


def carry_containers(body: str, first: int, dialect: str, types: tuple[str, ...] = ()) -> tuple[str, str]:
    """Mark the containers of a dialect; gives the paragraphs of their titles, and the text with the markers.

    `first` is the line of the post on which `body` begins; `types` are a site's own words, read wherever the dialect
    has words at all.
    """
    if dialect not in WORDS or not _SIGN.search(body):
        return "", body
    _, colons, bangs, slashes = WORDS[dialect]
    any_word = dialect in ANY_WORD
    known = [frozenset([*words, *types]) if words else frozenset() for words in (colons, bangs, slashes)]
    kinds = (known[0], None if any_word else known[1], known[2])
    lines = body.split("\n")
    titles = []
    for item in find_containers(lines, kinds, innermost=dialect == "quarto"):
        if _mark(item, lines, first + item.first) and item.title and item.word != TAB:
            titles.append(f"{c.TITLE}{c.line_signs(first + item.first)} {_inert(item.title)}\n\n")
    return "".join(titles), "\n".join(lines)


def _inert(title: str) -> str:
    """Keep footnotes out of a title: they are counted where they stand."""
    return title.replace("[^", "[" + c.line_sign(0))


def _mark(item: Container, lines: list[str], number: int) -> bool:
    """Put markers in the place of two lines; False where the author's words cannot be carried."""
    before = PREFIX.match(lines[item.first])[0]  # type: ignore[index]  # an outer container may have moved the line
    prefix = re.sub(r"[^ \t>]", " ", before)
    start = lines[item.first][len(before) :]
    has_end = not item.indent and item.last < len(lines)
    end = lines[item.last][len(_prefix_of(lines[item.last])) :] if has_end else ""
    if not (c.can_hide(start) and c.can_hide(end)):
        return False
    lines[item.first] = before + _marker(c.CONTAINER, number, start)
    if item.indent:
        for at in range(item.first + 1, min(item.last, len(lines))):
            lines[at] = dedented(lines[at], len(before))
        closing = prefix.rstrip(" ") + (" " if ">" in prefix else prefix[len(prefix.rstrip(" ")) :])
    else:
        closing = _prefix_of(lines[item.last])
    if item.indent and _ends_in_html(lines, item, len(before)):
        lines[item.last - 1] = _ENDS.sub(
            lambda found: _marker(c.CONTAINER_END, number, "") + found[0], lines[item.last - 1], 1
        )
        return True
    if item.last == len(lines):
        lines.append("")
    outer = lines[item.last].lstrip(" \t>") if item.indent else ""  # ends on the same blank line
    closing = _prefix_of(lines[item.last]) if outer else closing
    lines[item.last] = closing + _marker(c.CONTAINER_END, number, end) + outer
    return True


def _ends_in_html(lines: list[str], item: Container, at: int) -> bool:
    """Say whether the last lines of what is indented are an HTML block, which only a blank line ends.

    CommonMark 4.6: one of these tags begins one anywhere, any other where it is alone on the first line.
    """
    for number in range(item.last - 1, item.first, -1):
        line = lines[number][at:]
        if not line.strip(" \t>"):
            return False
        is_first = number - 1 == item.first or not lines[number - 1][at:].strip(" \t>")
        if _BLOCK.match(line) or is_first and _ALONE.match(line):
            return True
    return False


def _marker(sign: str, number: int, text: str) -> str:
    return f"<!--{sign}{c.line_signs(number)}{c.hide(text)}-->"


def _prefix_of(line: str) -> str:
    return re.match(r"[ \t>]*", line)[0]  # type: ignore[index]
