"""Wikilinks: Obsidian's `[[note#part|words]]` is a link, `![[image.png|300]]` an image of that width.

pandoc's reader has made links of class `wikilink` (before 3.7 of that title); what is left is to find the files that
they name.
"""

from __future__ import annotations

import re
import urllib.parse
from collections.abc import Callable
from typing import Any

from fencepost.filters.context import Context
from fencepost.markdown.slugs import slug
from fencepost.pandoc import tree
from fencepost.pandoc.tree import Document, Node
from fencepost.pandoc.versions import has, shown, version
from fencepost.settings.vault import Vault

_SIZE = re.compile(r"(?P<width>\d+)(?:x(?P<height>\d+))?\Z")
_IMAGE = re.compile(r"\.(?:png|jpe?g|gif|svg|webp|avif|bmp)\Z", re.IGNORECASE)
Find = Callable[[str], str | None]  # the name of a note or file: its path from the post's folder


def rewrite(document: Document, context: Context) -> None:
    """Give wikilinks their targets; a note that is not there leaves its words and a warning, all do with pandoc 2."""
    if not has("wikilinks"):
        _warn_of_pandoc(context)
        return
    find, is_titled = Vault(context.folder, is_closed=context.options.untrusted).find, not has("wikilink")

    def is_wikilink(link: Node) -> bool:
        return link["c"][2][1] == "wikilink" if is_titled else "wikilink" in link["c"][0][1]

    lists: dict[int, list[Any]] = {}
    for container, index in tree.find(document["blocks"], frozenset(["Link"])):
        if is_wikilink(container[index]):
            lists[id(container)] = container
    for members in lists.values():
        for index in range(len(members) - 1, -1, -1):
            node = members[index]
            if node.get("t") == "Link" and is_wikilink(node):
                embeds = _takes_sign(members, index)
                made = [_image(node, find)] if embeds and _is_image(node) else _link(node, context, find)
                members[index : index + 1] = made
        members[:] = [node for node in members if node != {"t": "Str", "c": ""}]


def _warn_of_pandoc(context: Context) -> None:
    """Warn where a post has wikilinks, which this pandoc does not read."""
    line, column = context.place_of("[[")
    if line is not None:
        problem = f"pandoc {shown(version())} reads no wikilinks: they stay as they are written"
        help = "install a newer one (`pip install -U pypandoc_binary`)"
        context.report("warning", "pandoc-version", problem, line=line, column=column, help=help)


def _takes_sign(members: list[Node], index: int) -> bool:
    """Take the `!` away that stands before an embed."""
    before = members[index - 1] if index else None
    if before is None or before["t"] != "Str" or not before["c"].endswith("!"):
        return False
    before["c"] = before["c"][:-1]
    return True


def _is_image(link: Node) -> bool:
    return _IMAGE.search(_target(link).partition("#")[0]) is not None


def _target(link: Node) -> str:
    return urllib.parse.unquote(link["c"][2][0])


def _image(link: Node, find: Find) -> Node:
    """Make the image; what stands behind the pipe is its size, else its description."""
    name, words = _target(link), tree.text_of(link["c"][1])
    size = _SIZE.match(words)
    pairs = [[key, value] for key, value in (size.groupdict() if size else {}).items() if value]
    said = words if not size and words != name else name.rpartition("/")[2].rpartition(".")[0]
    return {"t": "Image", "c": [["", [], pairs], tree.plain(said), [urllib.parse.quote(find(name) or name), ""]]}


def _link(link: Node, context: Context, find: Find) -> list[Node]:
    name, _, part = _target(link).partition("#")
    words = link["c"][1] if tree.text_of(link["c"][1]) != _target(link) else tree.plain(_shown(name, part))
    anchor = f"#{slug(part.rpartition('#')[2])}" if part and part[0] != "^" else ""
    path = find(name) if name else ""
    if path is None:
        help = "its words stay; notes are sought in the folder of the post and in the whole vault"
        context.report_at("Wikilink", _target(link), "warning", "wikilink", f"there is no note {name}", help=help)
        return list(words)
    return [{"t": "Link", "c": [["", [], []], words, [urllib.parse.quote(path) + anchor, ""]]}]


def _shown(name: str, part: str) -> str:
    """Write a target without words of its own as Obsidian shows it: `note > part`."""
    return " > ".join(piece for piece in (name, *part.lstrip("^").split("#")) if piece)
