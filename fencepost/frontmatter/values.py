"""Values of front matter: each kind of field read from a YAML node, in the shapes that blog systems use.

What cannot be read names its place; what can be read another way is left to the reader with a warning.
"""

from __future__ import annotations

import re
from collections.abc import Callable
from dataclasses import dataclass, fields
from typing import Any

from fencepost.diagnostics.model import Diagnostic, FencepostError
from fencepost.frontmatter import yaml_tree
from fencepost.frontmatter.dates import Stamp, parse_date
from fencepost.frontmatter.yaml_tree import Mapping, Node, Scalar, Sequence
from fencepost.options import Options, spelled

# a map in place of a text: which of its keys holds the text
INSIDE = {
    "updated": ("date",),  # Docusaurus: last_update: {date: …, author: …}
    "cover":   ("src", "url", "image", "path", "relative"),
    "term":    ("label", "name", "title"),  # Docusaurus: tags as objects
}  # fmt: skip
AUTHOR = {
    "name":  ("name", "literal"),
    "url":   ("url", "link", "website", "homepage"),
    "email": ("email",),
    "image": ("image_url", "image", "avatar", "picture"),
    "title": ("title", "bio", "role"),
}  # fmt: skip
LANG = re.compile(r"[A-Za-z]{2,3}(-[A-Za-z0-9]{2,8})*")


@dataclass(frozen=True, slots=True)
class Author:
    """One author."""

    name: str
    url: str = ""
    email: str = ""
    image: str = ""
    title: str = ""


def folded(key: str) -> str:
    return key.lower().replace("-", "").replace("_", "")


OPTIONS = {folded(option.name): option for option in fields(Options)}


class Reader:
    """Reads one map, remembering the file it came from and what to warn about."""

    def __init__(self, path: str, first_line: int) -> None:
        self.path, self.first_line = path, first_line
        self.warnings: list[Diagnostic] = []

    def say(self, severity: str, code: str, message: str, at: Node, help: str = "") -> Diagnostic:
        return Diagnostic(self.path, self.first_line + at.line, at.column, severity, code, message, help)

    def fail(self, message: str, at: Node, help: str = "", code: str = "front-matter") -> FencepostError:
        return FencepostError(self.say("error", code, message, at, help))

    def warn(self, message: str, at: Node, help: str = "", code: str = "front-matter") -> None:
        self.warnings.append(self.say("warning", code, message, at, help))

    def inside(self, node: Node, names: tuple[str, ...]) -> Node | None:
        """Take the first of some keys out of a map."""
        if not isinstance(node, Mapping):
            return None
        found = {folded(key.text): value for key, value in yaml_tree.entries(node)}
        return next((found[folded(name)] for name in names if folded(name) in found), None)

    def text(self, key: str, node: Node) -> str:
        if key == "cover" and isinstance(node, Mapping) and self.inside(node, INSIDE[key]) is None:
            return ""  # a map without a picture: Starlight's `banner: {content: …}` is a line of text
        inner = self.inside(node, INSIDE[key]) if key in INSIDE else None
        node = inner if inner is not None else node
        if isinstance(node, Sequence) and key == "cover":  # some systems list several
            node = node.items[0] if node.items else Scalar("", True, node.line, node.column)
        if not isinstance(node, Scalar):
            kind = "list" if isinstance(node, Sequence) else "map"
            raise self.fail(
                f"`{key}` is a {kind}; a text was expected", node, "put quotes around the text if it begins with [ or {"
            )
        return "" if node.empty else node.text.strip()

    def terms(self, key: str, node: Node) -> tuple[str, ...]:
        """Read `a, b`, a list of texts, or of objects with a label; lists inside lists are opened."""
        if isinstance(node, Scalar):
            return tuple(term for part in ("" if node.empty else node.text).split(",") if (term := part.strip()))
        if isinstance(node, Mapping):
            inner = self.inside(node, INSIDE["term"])
            if not isinstance(inner, Scalar):
                raise self.fail(f"`{key}` holds a map; a list of texts was expected", node)
            return () if inner.empty else (inner.text.strip(),)
        found = (self.terms(key, item) if not isinstance(item, Scalar) else self.term(item) for item in node.items)
        return tuple(dict.fromkeys(term for terms in found for term in terms))

    def term(self, node: Scalar) -> tuple[str, ...]:
        return () if node.empty else (node.text.strip(),)

    def authors(self, node: Node) -> tuple[Author, ...]:
        if isinstance(node, Sequence):
            return tuple(author for item in node.items for author in self.authors(item))
        if isinstance(node, Scalar):
            return () if node.empty else (Author(node.text.strip()),)
        parts = {name: self.inside(node, names) for name, names in AUTHOR.items()}
        words = {name: self.text(f"author.{name}", part) for name, part in parts.items() if part is not None}
        if not words.get("name"):
            names = [self.inside(node, (part,)) for part in ("given", "family")]
            words["name"] = " ".join(self.text("author.name", part) for part in names if part is not None)
        if not words["name"]:
            raise self.fail("an author without a name", node, "write `author: Name` or `author: {name: Name, url: …}`")
        return (Author(**words),)

    def stamp(self, key: str, node: Node, lang: str) -> Stamp | None:
        text = self.text(key, node)
        if not text:
            return None
        found = parse_date(text, lang)
        if found is None:
            inner = self.inside(node, INSIDE.get(key, ()))
            raise self.fail(
                f"`{key}: {text}` is not a date", inner or node, "write it as 2025-05-22", code="front-matter-date"
            )
        return found

    def lang(self, node: Node) -> str:
        code = self.text("lang", node).split(".")[0].replace("_", "-")
        if code and not LANG.fullmatch(code):
            self.warn(
                f"`{code}` is no language code; en is used",
                node,
                "write `lang: de` or `lang: pt-BR`",
                "front-matter-lang",
            )
            return ""
        return code

    def option(self, key: str, node: Node) -> Any:
        """Read an option's value as the type of its field; None and a warning where it is none of that."""
        spec = OPTIONS[folded(key)]
        plain = spec.default if not callable(spec.default_factory) else spec.default_factory()
        read = _READ.get(str(spec.type))
        value = read(node) if read else _as_type(node, plain)
        choices = spec.metadata["choices"]
        is_number = isinstance(value, (int, float)) and not isinstance(value, bool)
        if is_number and not 0 <= value <= MOST:  # `1e999` is endless, `.nan` is not a number, and none is negative
            value = None
        if value is None or (choices and value not in choices):
            wanted = " or ".join(choices) if choices else WANTED[type(plain)]
            example = _nearest(node, choices) if choices else EXAMPLE[type(plain)]
            problem, help = f"`{spelled(key)}` is ignored: {wanted} was expected", f"write `{spelled(key)}: {example}`"
            self.warn(problem, node, help, "front-matter-option")
            return None
        return value


def _nearest(node: Node, choices: tuple[str, ...]) -> str:
    from fencepost.diagnostics.nearest import nearest

    text = node.text.strip() if isinstance(node, Scalar) else ""
    return nearest(text, choices, 0.6) or choices[0]


MOST = 1e9  # of an option: seconds that a system can wait
EXAMPLE = {bool: "true", int: "2", float: "1.5", str: "words", list: "[one, another]", dict: "{key: value}"}
WANTED = {bool: "true or false", int: "a whole number", float: "a number", str: "a text", list: "a list", dict: "a map"}


def _maps(node: Node) -> dict[str, dict[str, str]] | None:
    """Read a map of maps of texts; a text in place of a map is the title."""
    value = yaml_tree.data(node)
    if not isinstance(value, dict):
        return None
    value = {key: {"title": item} if isinstance(item, str) else item for key, item in value.items()}
    if not all(isinstance(item, dict) for item in value.values()):
        return None
    texts = (text for item in value.values() for text in item.values())
    return value if all(isinstance(text, str) for text in texts) else None


def _filters(node: Node) -> list[dict[str, str]] | None:
    """Read a list of filters: a path, or a map of `path` and `at`."""
    value = yaml_tree.data(node)
    rows = [
        {"path": item} if isinstance(item, str) else item for item in (value if isinstance(value, list) else [value])
    ]
    fits = (
        isinstance(row, dict)
        and row.keys() <= {"path", "at"}
        and isinstance(row.get("path"), str)
        and row.get("at", "before") in ("before", "after")
        for row in rows
    )
    return rows if all(fits) else None


# the type of an option, where it is not plain: what reads it
_READ: dict[str, Callable[[Node], Any]] = {"dict[str, dict[str, str]]": _maps, "list[dict[str, str]]": _filters}


def _as_type(node: Node, plain: Any) -> Any:
    if isinstance(plain, bool):
        return yaml_tree.truth(node)
    value = yaml_tree.data(node)
    if isinstance(plain, list):
        return [value] if isinstance(value, str) else value if isinstance(value, list) else None
    if isinstance(plain, dict):
        texts = isinstance(value, dict) and all(isinstance(item, str) for item in value.values())
        return value if texts else None
    if not isinstance(node, Scalar):
        return None
    try:
        return type(plain)(node.text.strip())
    except ValueError:
        return None
