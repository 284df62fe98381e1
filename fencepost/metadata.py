"""Plain values as pandoc's metadata, and metadata from several places as one."""

from __future__ import annotations

import dataclasses
from typing import Any

from fencepost.frontmatter.reading import Metadata, quoted
from fencepost.tree import Node


def meta_node(value: Any) -> Node:
    """Make pandoc's metadata of a plain value; text stays text and is escaped by the writer."""
    if isinstance(value, bool):
        return {"t": "MetaBool", "c": value}
    if isinstance(value, dict):
        return {"t": "MetaMap", "c": {str(key): meta_node(item) for key, item in value.items()}}
    if isinstance(value, (list, tuple)):
        return {"t": "MetaList", "c": [meta_node(item) for item in value]}
    return {"t": "MetaInlines", "c": [{"t": "Str", "c": str(value)}]}


def raw_meta(language: str, text: str) -> Node:
    """Make metadata that a template prints as it stands."""
    return {"t": "MetaInlines", "c": [{"t": "RawInline", "c": [language, text]}]}


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
            lines[quoted(name)] = f"{quoted(name)}: {quoted(value)}"
    return "---\n" + "\n".join(lines.values()) + "\n---\n" if lines else ""
