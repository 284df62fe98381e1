"""Finds where `import` and `export` end in MDX: at the first blank line behind which the program may be over."""

from __future__ import annotations

import re

from fencepost.markdown.blocks import Scanner

_MODULE = re.compile(
    r"(?:import[ \t]+(?:[\w${*]|[\"'])|import\{|export[ \t]+(?:const|let|var|function|default|class|async|\{|\*))"
)
_TOKEN = re.compile(
    r"//[^\n]*|/\*(?:[^*]|\*(?!/))*(?:\*/)?|'(?:[^'\\\n]|\\.)*'?|\"(?:[^\"\\\n]|\\.)*\"?|[`{}()\[\]]|\n[ \t]*(?=\n)",
    re.DOTALL,
)
_TEMPLATE = re.compile(r"\\.|\$\{|`", re.DOTALL)
_CLOSES = {"}": "{", ")": "(", "]": "["}
_GOES_ON = re.compile(r"(?:[=+*/&|?:(,.-]|=>)\Z")  # no statement ends behind these


def without_modules(lines: list[str]) -> list[str]:
    """Empty the lines of `import` and `export`, which begin a line behind a blank one, outside of code.

    A statement goes over blank lines where JavaScript's brackets, texts and comments do; one that never ends
    goes to the next blank line.
    """
    if not any(line.startswith(("import", "export")) for line in lines):
        return lines
    out = list(lines)
    scanner, after_blank, may_be_long, number = Scanner(mdx=True), True, True, 0
    while number < len(lines):
        line = lines[number]
        if after_blank and not scanner.is_in_block and _MODULE.match(line):
            last = program_end(lines, number) if may_be_long else None
            may_be_long = may_be_long and last is not None  # else each would look through all that follows
            end = last if last is not None else _next_blank(lines, number)
            out[number:end] = [""] * (end - number)
            number = end
            continue
        scanner.line(line)
        after_blank = not line.strip()
        number += 1
    return out


def _next_blank(lines: list[str], number: int) -> int:
    return next((at for at in range(number, len(lines)) if not lines[at].strip()), len(lines))


def program_end(lines: list[str], first: int) -> int | None:
    """Give the line behind a program that begins on a line: a blank one, or the end. None where it does not end.

    >>> program_end(["export const a = `", "", "`", "", "Text."], 0)
    3
    """
    text, open_brackets, at, line = "\n".join(lines[first:]) + "\n\n", list[str](), 0, first
    seen = 0
    while True:
        in_template = open_brackets[-1:] == ["`"]
        found = (_TEMPLATE if in_template else _TOKEN).search(text, at)
        if found is None:
            return None
        token, at = found[0], found.end()
        if in_template:
            if token == "`":
                open_brackets.pop()
            elif token == "${":
                open_brackets.append("{")
        elif token in ("`", "{", "(", "["):
            open_brackets.append(token)
        elif token in _CLOSES:
            if open_brackets[-1:] != [_CLOSES[token]]:
                return None
            open_brackets.pop()
        elif token[0] == "\n" and not open_brackets:
            line, seen = line + text.count("\n", seen, at), at
            before = text[max(0, found.start() - 40) : found.start()].rstrip()
            if not _GOES_ON.search(before) or line >= len(lines):
                return min(line, len(lines))
