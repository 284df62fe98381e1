"""Words and lines of code that are too long for print: Typst has to find where each may end, by the square of it."""

from __future__ import annotations

from fencepost.diagnostics.model import Diagnostic, FencepostError
from fencepost.filters.context import Context
from fencepost.pandoc import tree
from fencepost.pandoc.tree import Document

_HELP = "break it, leave the format out, or raise `max-word`"


def check_words(document: Document, context: Context, most: int) -> None:
    """Refuse to print a word, or a line of code, of more characters than allowed.

    Raises:
        FencepostError: there is one; with its line.
    """
    if not any(len(line) > most for line in (context.source or "").split("\n")):
        return
    for container, index in tree.find([document["blocks"]], frozenset(["Str", "Code", "CodeBlock", "Math"])):
        node = container[index]
        is_word = node["t"] == "Str"
        if is_word and index and container[index - 1]["t"] == "Str":
            continue  # seen from the first of them
        text = _word_at(container, index) if is_word else node["c"][1]
        longest = max(text.split() if is_word else text.split("\n"), key=len, default="")
        if len(longest) > most:
            what = "a word" if is_word else "a line of code"
            problem = f"{what} has {len(longest)} characters: print takes {most}"
            line = _line_of(longest, context, most)
            raise FencepostError(Diagnostic(context.path, line, None, "error", "limit-word", problem, _HELP))


def _word_at(container: list[tree.Node], index: int) -> str:
    """Join the strings that follow each other without a space."""
    parts = []
    while index < len(container) and container[index]["t"] == "Str":
        parts.append(container[index]["c"])
        index += 1
    return "".join(parts)


def _line_of(longest: str, context: Context, most: int) -> int:
    """Give the line on which it is written: the first long one that has its beginning, else the first long one."""
    long = [number for number, line in enumerate(context.lines, 1) if len(line) > most]
    return next((number for number in long if longest[:40] in context.lines[number - 1]), long[0])
