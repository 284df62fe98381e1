"""Plain values as pandoc's metadata, and metadata from several places as one."""

from __future__ import annotations

import dataclasses
import re

from fencepost.frontmatter.reading import Metadata, quoted

_BEGINS_BLOCK = re.compile(  # CommonMark 0.31.2: list, heading, quote, fence, HTML, rule, definition of a link
    r"(\d{1,9}(?=[.)](?:\s|\Z))|)(?=[.)]|[-+*](?:\s|\Z)|#{1,6}(?:\s|\Z)|>|`{3}|~{3}|<[/!?A-Za-z]|"
    r"([-*_])[ \t]*(?:\2[ \t]*){2,}\Z|\[[^\]]+\]:)"
)


def layered(*layers: Metadata) -> Metadata:
    """Lay metadata over metadata: what a later one says wins, what it does not mention stays."""
    empty, found = Metadata(), layers[0]
    for layer in layers[1:]:
        said = {
            item.name: getattr(layer, item.name)
            for item in dataclasses.fields(Metadata)
            if getattr(layer, item.name) != getattr(empty, item.name)
        }
        if "draft" in layer.lines or "published" in layer.lines:
            said["draft"] = layer.draft
        if "lang" in layer.lines:
            said["lang"] = layer.lang
        for name in ("options", "extra", "lines"):
            said[name] = {**getattr(found, name), **getattr(layer, name)}
        said["passthrough"] = found.passthrough + layer.passthrough
        said["warnings"] = found.warnings + layer.warnings
        found = dataclasses.replace(found, **said)
    return found


def head_for_pandoc(meta: Metadata) -> str:
    """Write the front matter that pandoc reads: what it formats (titles) and what is not ours."""
    lines = {line.split(":", 1)[0]: line for line in meta.passthrough.splitlines()}  # the last of a name wins
    for name in ("title", "subtitle"):
        if value := getattr(meta, name):
            lines[quoted(name)] = f"{quoted(name)}: {quoted(in_a_line(value))}"
    return "---\n" + "\n".join(lines.values()) + "\n---\n" if lines else ""


def in_a_line(title: str) -> str:
    r"""Escape what would make pandoc read a title as a list, a heading or another block.

    >>> in_a_line("1. First"), in_a_line("<Suspense> in React"), in_a_line("2 * 3")
    ('1\\. First', '\\<Suspense> in React', '2 * 3')
    """
    begins = _BEGINS_BLOCK.match(title)
    return f"{title[: begins.end()]}\\{title[begins.end() :]}" if begins else title
