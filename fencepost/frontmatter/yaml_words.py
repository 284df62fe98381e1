"""What PyYAML's messages mean, in an author's words, and where the fault is rather than where the parser gave up."""

from __future__ import annotations

import re
from typing import Any

from fencepost.frontmatter.yaml_error import YamlError

QUOTE = "quote"  # shown with the author's own line
SINGLE = "use single quotes, or write the backslash twice"
CLOSE = "close it; inside single quotes write an apostrophe twice"
INDENT = "write `key: value`, or indent the line to make it part of the value above"
ALIGN = "begin keys of one level in the same column; put quotes around a whole value, not a part of it"
WORDS = (
    # in PyYAML's problem               what is wrong                                        what to do
    ("mapping values are not allowed",  "a colon and a blank inside a value without quotes", QUOTE),
    ("found character '\\t'",           "a tab where YAML wants blanks",                     "indent with blanks"),
    ("that cannot start any token",     "a value cannot begin with this character",          QUOTE),
    ("found unexpected end of stream",  "a quotation mark that is never closed",             CLOSE),
    ("found unexpected document",       "a quotation mark that is never closed",             CLOSE),
    ("unknown escape character",        "a backslash in double quotes that means nothing",   SINGLE),
    ("escape sequence of",              "an escape in double quotes that is not complete",   SINGLE),
    ("could not find expected ':'",     "a line that is no `key: value`",                    INDENT),
    ("expected <block end>",            "a line that does not fit the ones above",           ALIGN),
    ("expected ',' or",                 "a bracket or brace that is never closed",           "close it"),
    ("expected the node content",       "a value is missing here",                           QUOTE),
    ("expected alphabetic or numeric",  "`*` or `&` begins a value that has no quotes",      QUOTE),
    ("undefined tag handle",            "`!` begins a value that has no quotes",             QUOTE),
    ("expected '<document start>'",     "this is more than lines of `key: value`",           "remove it"),
)  # fmt: skip
AT_CONTEXT = ("never closed", "no `key: value`")  # the fault lies where the thing began
VALUE = re.compile(r"^(\s*(?:- )?[^:#\s][^:]*:\s+)(.*?)\s*$")


def quoted(line: str) -> str:
    """Show how a line is written with its value in quotes: `title: "A: B"`.

    >>> quoted("title: A: B")
    'title: "A: B"'
    """
    found = VALUE.match(line)
    if not found or not found[2]:
        return ""
    value = found[2].strip("\"'")
    return f"{found[1].lstrip()}'{value}'" if '"' in value or "\\" in value else f'{found[1].lstrip()}"{value}"'


def _unprintable(error: Any, text: str) -> YamlError:
    before = re.split(r"\r\n|\r|\n", text[: error.position])
    code = error.character if isinstance(error.character, int) else ord(error.character)
    return YamlError(f"the character U+{code:04X} cannot stand in YAML", len(before) - 1, len(before[-1]), "remove it")


def explain(error: Any, text: str) -> YamlError:
    """Turn a PyYAML error into ours."""
    if hasattr(error, "position"):
        return _unprintable(error, text)
    problem = getattr(error, "problem", None) or str(error)
    message, advice = next(((said, way) for part, said, way in WORDS if part in problem), (problem, ""))
    mark = error.problem_mark or error.context_mark
    if error.context_mark and message.endswith(AT_CONTEXT):
        mark = error.context_mark
    line, column = (mark.line, mark.column) if mark else (0, 0)
    if advice == QUOTE:
        lines = re.split(r"\r\n|\r|\n", text)
        return _quote(message, line, column, lines[line] if line < len(lines) else "")
    return YamlError(message, line, column, advice)


def _quote(message: str, line: int, column: int, source: str) -> YamlError:
    """Advise quotes, showing the line as it should be; where it is the key's own colon, the line above is at fault."""
    if message.startswith("a colon") and ":" not in source[:column]:
        return YamlError("this key belongs to no map: the line above is no `key:`", line, column, INDENT)
    written = quoted(source)
    return YamlError(
        message, line, column, f"put the value in quotes: {written}" if written else "put the value in quotes"
    )
