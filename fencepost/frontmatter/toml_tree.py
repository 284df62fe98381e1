"""TOML as the same tree of texts that know their places as YAML: dates, numbers and booleans as their text.

The standard library's reader (`tomli` before Python 3.11) says what is TOML; where a key stands is looked up in the
text, for it keeps no places.
"""

from __future__ import annotations

import re
import sys
from datetime import date, datetime, time
from typing import Any

from fencepost.frontmatter.yaml_error import YamlError
from fencepost.frontmatter.yaml_tree import DEPTH, Mapping, Node, Scalar, Sequence

_PLACE = re.compile(
    r"^(?P<problem>.*?) \(at (?:line (?P<line>\d+), column (?P<column>\d+)|end of document)\)$", re.DOTALL
)


def parse(text: str) -> Node | None:
    """Read TOML into a tree; None where there is nothing but comments.

    >>> node = parse('title = "A"\\ndate = 2025-05-22')
    >>> [(key.text, value.text, key.line) for key, value in node.pairs]
    [('title', 'A', 0), ('date', '2025-05-22', 1)]

    Raises:
        YamlError: it is not TOML, or too deep.
    """
    if sys.version_info >= (3, 11):
        import tomllib
    else:
        import tomli as tomllib
    try:
        found = tomllib.loads(text.replace("\r\n", "\n").replace("\r", "\n"))
    except tomllib.TOMLDecodeError as error:
        raise _explained(str(error), text) from None
    except RecursionError:
        raise YamlError("lists or tables are nested too deeply", 0, 0) from None
    return _Places(text).mapping(found, 0, 0, 0) if found else None


def _explained(said: str, text: str) -> YamlError:
    found = _PLACE.match(said)
    problem = found["problem"] if found else said
    lines = text.splitlines() or [""]
    line = int(found["line"]) - 1 if found and found["line"] else len(lines) - 1
    column = int(found["column"]) - 1 if found and found["column"] else len(lines[-1])
    return YamlError(f"this is no TOML: {problem[:1].lower()}{problem[1:]}", line, column, 'write `key = "value"`')


class _Places:
    """Turns plain data into nodes, each at the place where its key first stands as one."""

    def __init__(self, text: str) -> None:
        self.keys: dict[str, tuple[int, int, int]] = {}
        for number, line in enumerate(text.splitlines()):
            if found := _KEY_LINE.match(line):
                name = found["name"] or found["table"]
                self.keys.setdefault(
                    name.strip("\"'"), (number, found.start("name" if found["name"] else "table"), found.end())
                )

    def mapping(self, data: dict[str, Any], line: int, column: int, depth: int) -> Mapping:
        if depth > DEPTH:
            raise YamlError("lists or tables are nested too deeply", line, column)
        pairs: list[tuple[Node, Node]] = []
        for name, value in data.items():
            at, start, end = self.keys.get(name, (line, column, column))
            pairs.append((Scalar(name, False, at, start), self.node(value, at, end, depth + 1)))
        return Mapping(tuple(pairs), line, column, 1 + len(pairs))

    def node(self, value: Any, line: int, column: int, depth: int) -> Node:
        if isinstance(value, dict):
            return self.mapping(value, line, column, depth)
        if isinstance(value, list):
            if depth > DEPTH:
                raise YamlError("lists or tables are nested too deeply", line, column)
            return Sequence(
                tuple(self.node(item, line, column, depth + 1) for item in value), line, column, 1 + len(value)
            )
        if isinstance(value, bool):
            return Scalar("true" if value else "false", True, line, column)
        if isinstance(value, (datetime, date, time)):
            return Scalar(value.isoformat(), False, line, column)
        return Scalar(str(value), not isinstance(value, str), line, column)


_KEY_LINE = re.compile(
    r"[ \t]*(?:(?P<name>[\w-]+|\"[^\"]*\"|'[^']*')[ \t]*=[ \t]*|\[\[?[ \t]*(?:[\w-]+[ \t]*\.[ \t]*)*(?P<table>[\w-]+))"
)
