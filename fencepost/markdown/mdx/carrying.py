"""Takes program out of MDX before pandoc reads, and marks the tags of components; lines keep their numbers."""

from __future__ import annotations

import re
from collections.abc import Iterator

from fencepost.markdown import blocks
from fencepost.markdown import carriers as c
from fencepost.markdown.mdx.components import HTML, TAG, read_tag, role_of
from fencepost.markdown.mdx.elements import MARKED, as_html, marked_elements
from fencepost.markdown.mdx.indents import without_indents
from fencepost.markdown.mdx.program import without_modules

_SIGN = re.compile(
    r"<[/A-Z>]|=\{|mdx-code-block|\{[ \t]*(?:/\*|[\"'`])|^(?:import|export)\b|^[ \t>]*<[a-z]", re.MULTILINE
)
_SETUP = re.compile(r"<script\b[^>]*\bsetup\b[^>]*>[ \t]*$")
_COMPONENT = re.compile(r"</?[A-Z]")
_PREFIX = re.compile(blocks.PREFIX)
_WRAPPED = re.compile(r"`{3,}mdx-code-block[ \t]*$")  # Docusaurus: what other editors shall take for code is MDX
_CODE = blocks.VERBATIM - {blocks.INDENTED}
_COMMENT_END = re.compile(r"\*/[ \t]*\}")
_CONSTANT = r"\{[ \t]*(?:'(?P<single>[^'\\\n{}]*)'|\"(?P<double>[^\"\\\n{}]*)\"|`(?P<template>[^`\\\n${}]*)`)[ \t]*\}"
_VUE = re.compile(rf"(?P<ticks>`+)|(?P<tag>{TAG.pattern})", re.DOTALL)
_JSX = re.compile(
    rf"\\.|(?P<comment>\{{[ \t]*/\*)|(?P<constant>{_CONSTANT})|(?P<ticks>`+)"
    rf"|(?P<tag>{TAG.pattern})|(?P<element>{MARKED.pattern})",
    re.DOTALL,
)
_REST = re.compile(r"[ \t]*(?:\n|\Z)")
_PUNCTUATION = re.compile(r"([!-/:-@\[-`{-~])")


def carry_mdx(body: str, first: int, own: dict[str, str]) -> str:
    """Make a text of MDX one that pandoc can read; `first` is the line of the post on which it begins.

    `own` are the components of the configuration. Fenced and inline code is left alone.
    """
    if not _SIGN.search(body):
        return body
    body = without_indents("\n".join(_unwrapped(without_modules(body.split("\n")))))
    pieces = _pieces(body, mdx=True)
    return "".join(
        text if is_code else _Tags(_JSX, text, first + number, own).marked() for number, text, is_code in pieces
    )


def carry_components(body: str, first: int, own: dict[str, str]) -> str:
    """Mark the tags of components, Vue's, in Markdown; what sets them up (`<script setup>`) goes."""
    if "<script" in body:
        body = "\n".join(_without_setup(body.split("\n")))
    if not _COMPONENT.search(body):
        return body
    pieces = _pieces(body)
    return "".join(
        text if is_code else _Tags(_VUE, text, first + number, own).marked() for number, text, is_code in pieces
    )


def _without_setup(lines: list[str]) -> list[str]:
    """Empty the lines of `<script setup>`, but not in code."""
    found = blocks.scan(lines)
    out, number = list(lines), 0
    while number < len(lines):
        if found[number].kind == blocks.RAW_OPENS and lines[number].startswith("<script"):
            end = next((at for at in range(number, len(lines)) if lines[at].rstrip(" \t") == "</script>"), None)
            if end is None:
                break
            if _SETUP.match(_opening(lines[number : end + 1])):
                out[number : end + 1] = [""] * (end + 1 - number)
            number = end
        number += 1
    return out


def _opening(lines: list[str]) -> str:
    """Give the first tag of some lines, which may go over several of them."""
    last = next((at for at, line in enumerate(lines) if ">" in line), 0)
    return " ".join(lines[: last + 1])


def _unwrapped(lines: list[str]) -> list[str]:
    """Empty the first and the last line of fences of `mdx-code-block`."""
    if not any("mdx-code-block" in line for line in lines):
        return lines
    found = blocks.scan(lines, mdx=True)
    out = list(lines)
    for number, line in enumerate(lines):
        if found[number].kind == blocks.OPENS and _WRAPPED.match(line, found[number].start):
            last = blocks.block_end(found, number)
            ends = [number, last] if found[last].kind == blocks.ENDS else [number]
            for at in ends:
                out[at] = lines[at][: found[at].start].rstrip(" \t")
    return out


def _pieces(body: str, *, mdx: bool = False) -> Iterator[tuple[int, str, bool]]:
    """Cut a text into code that stands in lines of its own and the rest, each with its first line (from 0)."""
    lines = body.split("\n")
    kinds = [line.kind in _CODE for line in blocks.scan(lines, mdx=mdx)]
    start = 0
    for number in range(1, len(lines) + 1):
        if number == len(lines) or kinds[number] != kinds[start]:
            end = "" if number == len(lines) else "\n"
            yield start, "\n".join(lines[start:number]) + end, kinds[start]
            start = number


class _Tags:
    """Puts markers in the place of tags in a text without fences; `pattern` finds what may be one, and inline code."""

    def __init__(self, pattern: re.Pattern[str], text: str, number: int, own: dict[str, str]) -> None:
        self.pattern, self.text, self.own = pattern, text, own
        self.line, self.counted, self.line_start = number, 0, 0
        self.spans = blocks.CodeSpans(text)
        self.elements = marked_elements(text) if pattern is _JSX else frozenset[int]()
        self.comments_end = True

    def marked(self) -> str:
        """Give the text with markers; comments go, and constants are their words."""
        out, at = [], 0
        while found := self.pattern.search(self.text, at):
            out.append(self.text[at : found.start()])
            end = self._end_of_code(found)
            out.append(self.text[found.start() : end] if end else self._written(found))
            at = end or self._end(found)
        return "".join([*out, self.text[at:]])

    def _end_of_code(self, found: re.Match[str]) -> int:
        return self.spans.end(found.start()) if found["ticks"] else 0

    def _end(self, found: re.Match[str]) -> int:
        """Say where to go on: behind a comment, else behind what was found."""
        if self.pattern is not _JSX or not found["comment"]:
            return found.end()
        closing = _COMMENT_END.search(self.text, found.end()) if self.comments_end else None
        self.comments_end = closing is not None  # or each would look for an end that is not there
        return closing.end() if closing else found.end()

    def _written(self, found: re.Match[str]) -> str:
        """Write what stands in the place of something that was found."""
        if found["tag"]:
            return self._component(found[0], found.start(), found.end())
        if self.pattern is _VUE or found["ticks"]:
            return found[0]
        if found["comment"]:
            end = self._end(found)
            return "\n" * self.text.count("\n", found.start(), end) if end != found.end() else found[0]
        if found["constant"]:
            said = next((found[name] for name in ("single", "double", "template") if found[name] is not None), "")
            return _PUNCTUATION.sub(r"\\\1", said)
        if found["element"]:
            return self._element(found)
        return found[0]

    def _element(self, found: re.Match[str]) -> str:
        """Write an element of HTML: as HTML does, and marked where Markdown stands between its tags."""
        written = as_html(found[0])
        if found.start() not in self.elements or not c.can_hide(written):
            return written
        return self._marker(f"{HTML} {written.strip()}", found.start(), found.end())

    def _component(self, tag: str, start: int, end: int) -> str:
        component = read_tag(tag)
        if component is None or not c.can_hide(tag):
            return tag
        return self._marker(f"{role_of(component.name, self.own)} {tag}", start, end)

    def _marker(self, words: str, start: int, end: int) -> str:
        """Write a marker; a tag over several lines leaves their line ends behind it."""
        line_start = self.text.rfind("\n", self.counted, start) + 1
        is_next = bool(line_start) or not self.counted  # the first on its line, or no tag came before
        self.line_start = line_start or self.line_start
        self.line, self.counted = self.line + self.text.count("\n", self.counted, start), start + 1
        is_first = is_next and _PREFIX.fullmatch(self.text, self.line_start, start) is not None
        split = c.SPLIT if is_first and not _REST.match(self.text, end) else ""  # or the whole line would be raw
        lines = "\n" * self.text.count("\n", start, end)
        return f"{split}<!--{c.COMPONENT}{c.line_signs(self.line)}{c.hide(words)}-->{lines}"
