"""Front matter for somebody's own pandoc: the author's YAML, and in pandoc's words what pandoc would misread.

    the author wrote                       pandoc 3.9 alone                 what it is given
    author: {name: Ada}, authors: […]      prints `true`, or nothing        author, names alone
    date: 2025-05-22T10:00:00+02:00        an empty dc:date                 date: 2025-05-22
    pubDate, published: 2025-05-22         nothing                          date
    tags, categories                       nothing                          keywords; subject for EPUB
    summary, excerpt                       nothing                          description
    language, locale                       nothing                          lang

All other lines stay as they are, to the byte; so does front matter that pandoc reads well. TOML and JSON become YAML.
"""

from __future__ import annotations

import sys
from collections.abc import Iterator
from typing import Any

from fencepost.diagnostics.model import FencepostError
from fencepost.frontmatter import kinds, yaml_tree
from fencepost.frontmatter import reading as frontmatter
from fencepost.frontmatter.reading import Metadata, quoted
from fencepost.frontmatter.yaml_tree import Mapping, Node, Scalar


def pipeline_head(text: str, path: str = "<stdin>") -> str | None:
    """Give the front matter of a post, `---` lines included, as pandoc should read it; None where there is none.

    What we cannot use may mean something to pandoc: the author's own goes on as it is, with a warning.
    """
    try:
        return _head(text, path)
    except FencepostError as error:
        problem = error.diagnostic._replace(severity="warning", help="it is passed to pandoc as it is")
        print(problem.text(), file=sys.stderr)
    found = frontmatter.split(text)
    return f"---\n{found.front}---\n" if found.kind == "yaml" else None


def _head(text: str, path: str) -> str | None:
    """Give the front matter as pandoc should read it.

    Raises:
        FencepostError: it is no YAML, or a date is none; the diagnostic names line and column.
    """
    found = frontmatter.split(text)
    if found.front is None:
        return None
    meta = frontmatter.read(found.front, path, found.front_line, found.kind)
    root = kinds.parse(found.front, found.kind)
    written = {key.text: value for key, value in yaml_tree.entries(root)} if isinstance(root, Mapping) else {}
    said = dict(_mended(meta, written))
    is_block = found.kind == "yaml" and found.front.lstrip()[:1] != "{"
    if is_block:
        kept = _without(found.front, root, said) if said else found.front
    else:  # written anew as YAML, a line a key
        kept = "".join(
            f"{quoted(name)}: {frontmatter.as_yaml(node)}\n" for name, node in written.items() if name not in said
        )
    return "---\n" + kept + "".join(f"{name}: {_value(value)}\n" for name, value in said.items()) + "---\n"


def _mended(meta: Metadata, written: dict[str, Node]) -> Iterator[tuple[str, Any]]:
    """Say which of pandoc's keys need another value than the author's."""
    if meta.authors and not _is_text(written.get("author")):
        yield "author", [author.name for author in meta.authors]
    if meta.date and not _is_day(written.get("date")):
        yield "date", meta.date.day.isoformat()
    if meta.tags or meta.categories:
        yield "keywords", list(meta.subjects)
        if "subject" not in written:
            yield "subject", list(meta.subjects)
    for name in ("description", "lang"):
        if getattr(meta, name) and name not in written and (name != "lang" or _says_language(written)):
            yield name, getattr(meta, name)


def _is_text(node: Node | None) -> bool:
    """Say whether pandoc's templates print a value as it is: a text, or a list of texts."""
    if isinstance(node, yaml_tree.Sequence):
        return all(isinstance(item, Scalar) for item in node.items)
    return isinstance(node, Scalar)


def _is_day(node: Node | None) -> bool:
    return isinstance(node, Scalar) and ":" not in node.text


def _says_language(written: dict[str, Node]) -> bool:
    return any(name.lower() in ("language", "locale") for name in written)


def _value(value: Any) -> str:
    return "[" + ", ".join(map(quoted, value)) + "]" if isinstance(value, list) else quoted(value)


def _without(yaml: str, root: Node | None, names: dict[str, Any]) -> str:
    """Cut the lines of some keys out of YAML: pandoc would take the last of two, other readers refuse them."""
    if not isinstance(root, Mapping):
        return yaml
    lines = yaml.splitlines(keepends=True)
    starts = [key.line for key, _ in root.pairs]
    for (key, _), end in reversed([*zip(root.pairs, [*starts[1:], len(lines)], strict=True)]):
        if isinstance(key, Scalar) and key.text in names:
            del lines[key.line : end]
    return "".join(lines)
