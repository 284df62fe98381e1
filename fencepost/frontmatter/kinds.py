"""The kinds of front matter: where a block at the top of a post begins and ends, and what language it is in.

---  YAML  --- or ...        most systems
+++  TOML  +++               Hugo, Zola
{    JSON  }                 Hugo
;;;  JSON  ;;;               Hexo, with or without the outer braces
"""

from __future__ import annotations

import json
import re
from collections.abc import Callable, Iterator
from typing import NamedTuple

from fencepost.frontmatter import yaml_tree
from fencepost.frontmatter.yaml_error import YamlError
from fencepost.frontmatter.yaml_tree import Mapping, Node


class Block(NamedTuple):
    """Front matter as it was found: its language, its text, and where the text and what follows begin.

    `line` and `body_line` count from 1; `body` is an offset into the post in code points.
    """

    kind: str
    text: str
    line: int
    body: int
    body_line: int


def _lines(text: str) -> Iterator[tuple[str, int]]:
    """Walk lines without their ends, each with where the next one begins. LF, CRLF and a lone CR end a line."""
    at = 0
    for end in re.finditer(r"\r\n|\r|\n", text):
        yield text[at : end.start()], end.end()
        at = end.end()
    if at < len(text):
        yield text[at:], len(text)


_KEY = re.compile(r"(?:[ \t]*(?:#.*)?\r?\n)*[A-Za-z_][\w-]*:(?=[ \t\r\n])")
_TOML = re.compile(
    r"(?:[ \t]*(?:#.*)?\r?\n)*[ \t]*(?:\[|(?:[\w-]+|\"[^\"\n]*\"|'[^'\n]*')(?:[ \t]*\.[ \t]*[\w-]+)*[ \t]*=)"
)
_JSON = re.compile(r"\{\s*(?:\"(?:[^\"\\]|\\.)*\"\s*:|\}[ \t]*(?:\r?\n|\Z))")
_MEMBER = re.compile(r"\s*\{?\s*\"")
_MEMBERS = re.compile(r"\"[\w-]+\"[ \t]*:")


def _is_yaml(text: str, strict: bool) -> bool:
    """Say whether text between two `---` is a map. `strict`: pandoc itself would not look here."""
    if not strict and _KEY.match(text):  # YAML is read later, while pandoc works
        return True
    try:
        root = yaml_tree.parse(text)
    except YamlError:  # broken front matter is front matter still; prose between two rules is not
        return not strict or not re.search(r"^[ \t]*$", text.rstrip("\r\n"), re.MULTILINE)
    return isinstance(root, Mapping) or (root is None and not strict)


_FENCES: dict[str, tuple[str, tuple[str, ...], Callable[[str, bool], bool]]] = {
    # opening  kind    what closes it   whether the text between is front matter
    "---":    ("yaml", ("---", "..."), _is_yaml),
    "+++":    ("toml", ("+++",),       lambda text, _: not text.strip() or _TOML.match(text) is not None),
    ";;;":    ("json", (";;;",),       lambda text, _: _MEMBER.match(text) is not None),
}  # fmt: skip


def find_block(text: str) -> Block | None:
    """Find the front matter of a post; None where it has none.

    A `---` that no line closes, or that a blank line follows, is a thematic break, as in pandoc. Blank lines may come
    first.
    """
    lines = enumerate(_lines(text), 1)
    opening = next(((number, line, end) for number, (line, end) in lines if line.strip()), None)
    if opening is None:
        return None
    number, line, start = opening
    at = start
    if line[0] == "{":
        return _braces(text, text.index("{"), number)
    fence = _FENCES.get(line.rstrip(" \t"))
    if fence is None and _MEMBERS.match(line):  # Hexo closes JSON, but need not open it
        fence, at, start, number = _FENCES[";;;"], start, text.index(line), number - 1
    if fence is None:
        return None
    kind, closing, is_front_matter = fence
    for count, (line, end) in lines:
        if count == number + 1 and not line.strip() and kind == "yaml":
            return None
        if line.rstrip(" \t") in closing:
            found = text[start:at]
            return Block(kind, found, number + 1, end, count + 1) if is_front_matter(found, number > 1) else None
        at = end
    return None


def _braces(text: str, start: int, number: int) -> Block | None:
    """Find JSON front matter: an object that ends at the end of a line. A broken one ends at its last brace alone."""
    if not _JSON.match(text, start):
        return None
    try:
        _, end = json.JSONDecoder().raw_decode(text, start)
    except (ValueError, RecursionError):
        closing = re.compile(r"^\}[ \t]*$", re.MULTILINE).search(text, start)
        if closing is None:
            return None
        end = closing.end()
    rest = re.compile(r"[ \t]*(?:\r\n|\r|\n|\Z)").match(text, end)
    if rest is None:
        return None
    return Block(
        "json", text[start:end], number, rest.end(), number + len(re.findall(r"\r\n|\r|\n", text[start : rest.end()]))
    )


def parse(text: str, kind: str) -> Node | None:
    """Read front matter of a kind into one tree; None where there is nothing.

    Raises:
        YamlError: it is not of that language; line and column count from 0.
    """
    if kind == "toml":
        from fencepost.frontmatter import toml_tree

        return toml_tree.parse(text)
    return _parse_json(text) if kind == "json" else yaml_tree.parse(text)


_LEADING_TABS = re.compile(r"^[ \t]+", re.MULTILINE)


def _parse_json(text: str) -> Node | None:
    """Read JSON by the YAML reader, which knows where things stand; JSON itself is asked first whether it is any."""
    inside = text if text.lstrip()[:1] == "{" else "{" + text.rstrip().rstrip(",") + "}"
    try:
        json.loads(inside)
    except json.JSONDecodeError as error:
        moved = len(inside) > len(text.rstrip()) and error.lineno == 1 and not text.lstrip().startswith("{")
        raise YamlError(
            f"this is no JSON: {error.msg[0].lower()}{error.msg[1:]}", error.lineno - 1, error.colno - 1 - moved
        ) from None
    except RecursionError:
        raise YamlError("lists or maps are nested too deeply", 0, 0) from None
    return yaml_tree.parse(_LEADING_TABS.sub(lambda found: " " * len(found[0]), inside))
