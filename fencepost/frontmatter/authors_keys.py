"""Keys of front matter that are not ours: which of them reach pandoc, and with it a template.

Blog systems have keys by the names of variables: `math: true`, `body: x`, `dir: guides/x`. In our templates only we
set variables. Keys of other systems are for a template of the user's own, and for what he passes to pandoc.
"""

from __future__ import annotations

from collections.abc import Mapping

from fencepost.pandoc.tree import Node

# what our templates read and no post may set, whichever the template: a copy of ours is common
OURS = frozenset([
    "archive", "attachment", "author", "binding", "body", "body-type", "book", "categories", "cover-image",
    "cover-image-height", "cover-image-width", "cover-page", "coverpage", "css", "date-iso", "date-text",
    "description", "dir", "draft", "fencepost-css", "fencepost-js", "fencepost-typst", "head-meta", "keywords",
    "labels", "lang", "math", "page-height", "page-width", "pagetitle", "reading-time", "smart", "subtitle",
    "table-of-contents", "title", "titlepage", "toc", "toc-depth", "two-sided", "updated-iso", "updated-text",
    "epub-cover-image", "highlighting-css", "highlighting-definitions", "highlighting-macros", "it", "stylesheet",
    "template",
])  # fmt: skip
# what a post may say in the words of pandoc's manual, for every format, as a text or a list of texts
INCLUDES = frozenset(["header-includes", "include-before", "include-after"])
# and for a format
OF_FORMATS = {"epub": frozenset(["publisher", "contributor", "belongs-to-collection", "group-position"])}
_TEXTS = frozenset(["MetaInlines", "MetaString", "MetaBlocks"])


def kept(meta: Mapping[str, Node], target: str, *, is_ours: bool) -> dict[str, Node]:
    """Give those of the author's own keys that pandoc is told. `is_ours` says that no other than us reads them."""
    wanted = INCLUDES | OF_FORMATS.get(target, frozenset())
    return {
        key: value
        for key, value in meta.items()
        if (key in wanted and _is_text(value)) or not (is_ours or key in OURS or key in wanted)
    }


def _is_text(value: Node) -> bool:
    if value["t"] == "MetaList":
        return all(item["t"] in _TEXTS for item in value["c"])
    return value["t"] in _TEXTS
