"""What an image and a figure are in each kind of output, missing ones included."""

from __future__ import annotations

from typing import Any, NamedTuple

from fencepost.pandoc.tree import Node, plain
from fencepost.writers import escape

OF_PAPER = ("typst", "latex", "docx", "odt")


class Shown(NamedTuple):
    """An image on its way out. `source` is what the output refers to, None where the image is missing."""

    node: Node
    alt: str
    source: str | None
    written: str  # the target as the author wrote it
    missing: str  # the words for a missing image, in the post's language

    @property
    def attr(self) -> list[Any]:
        """Give pandoc's attributes: id, classes, pairs."""
        attr: list[Any] = self.node["c"][0]
        return attr


def placeholder(shown: Shown) -> Node:
    """Make what stands visibly where an image is missing: its alternative text."""
    words = shown.alt or shown.written.rsplit("/", 1)[-1][:80]
    title = shown.node["c"][2][1]
    attributes = [["role", "img"], ["aria-label", f"{shown.missing}: {words}"], *([["title", title]] if title else [])]
    return {"t": "Span", "c": [["", ["missing-image"], attributes], plain(words)]}


def anchored_image(shown: Shown, family: str) -> Node:
    """Make an image within a line; pandoc's writers for paper drop its id, and keep that of a Span around it."""
    node = typst_image(shown) if family == "typst" else image(shown)
    identifier = shown.attr[0]
    if not identifier or family not in OF_PAPER:
        return node
    if family == "typst":
        anchor = {"t": "RawInline", "c": ["typst", f"#metadata(none)#label({escape.typst(identifier)});"]}
        return {"t": "Span", "c": [["", [], []], [anchor, node]]}
    return {"t": "Span", "c": [[identifier, [], []], [without_id(node)]]}


def without_id(node: Node) -> Node:
    """Give an element without its id, which stands elsewhere."""
    (_, *attr), *rest = node["c"]
    return {"t": node["t"], "c": [["", *attr], *rest]}


def image(shown: Shown) -> Node:
    """Make the image for every family but Typst: pandoc's own, its target as the output needs it."""
    if shown.source is None:
        return placeholder(shown)
    alt = shown.node["c"][1]
    return {"t": "Image", "c": [shown.attr, alt, [shown.source, shown.node["c"][2][1]]]}


def figure(shown: Shown, caption: list[Node], family: str) -> list[Node]:
    """Make a figure for every family but Typst; without a caption LaTeX would give it a number and nothing else."""
    if not caption and family == "latex":
        from fencepost.writers.raw import aligned

        return aligned("center", [{"t": "Plain", "c": [anchored_image(shown, family)]}], family)
    identifier = shown.attr[0] if family in OF_PAPER else ""
    inside: list[Node] = [{"t": "Plain", "c": [without_id(image(shown)) if identifier else image(shown)]}]
    long = [{"t": "Plain", "c": caption}] if caption else []
    return [{"t": "Figure", "c": [[identifier, ["figure"], []], [None, long], inside]}]


def _typst_sizes(shown: Shown, names: tuple[str, ...]) -> str:
    sizes = {key: value for key, value in shown.attr[2] if key in names}
    return "".join(f", {key}: {escape.typst(value)}" for key, value in sizes.items())


def typst_image(shown: Shown) -> Node:
    """Make the call that sets an image within a line."""
    if shown.source is None:
        text = f"#fp-missing({escape.typst(shown.alt)}, {escape.typst(shown.written[:200])});"
    else:
        sizes = _typst_sizes(shown, ("width", "height"))
        text = f"#fp-image({escape.typst(shown.source)}, alt: {escape.typst(shown.alt)}{sizes});"
    return {"t": "RawInline", "c": ["typst", text]}


def typst_figure(shown: Shown, caption: list[Node]) -> list[Node]:
    """Make the call that sets a figure; the caption goes in as content."""
    path = "none" if shown.source is None else escape.typst(shown.source)
    source = f", source: {escape.typst(shown.written[:200])}" if shown.source is None else ""
    sizes = _typst_sizes(shown, ("width",))
    name = f", name: {escape.typst(shown.attr[0])}" if shown.attr[0] else ""
    start = f"#fp-figure({path}, alt: {escape.typst(shown.alt)}{source}{sizes}{name})["
    raw = [{"t": "RawInline", "c": ["typst", text]} for text in (start, "]")]
    return [{"t": "Para", "c": [raw[0], *caption, raw[1]]}]
