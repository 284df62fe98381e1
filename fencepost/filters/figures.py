"""Figures and images: a lone image becomes a figure with a caption; every image is found, or said to be missing."""

from __future__ import annotations

import re
from functools import cache

from fencepost.filters.context import Context
from fencepost.images import ImageError
from fencepost.pandoc import tree
from fencepost.pandoc.tree import Document, Node
from fencepost.writers import figure as write
from fencepost.writers.figure import Shown

_ABBREVIATED = ("fig", "abb", "рис", "рисунок", "obr", "rys", "图表")


@cache
def numbered() -> re.Pattern[str]:
    """Make the pattern of a caption that has a number of its author's, in any language."""
    from fencepost.locales.words import labels, languages

    words = [*(labels(lang)["figure"].rstrip(".") for lang in languages()), *_ABBREVIATED]
    return re.compile(rf"(?:{'|'.join(map(re.escape, words))})\.?\s*\d+", re.IGNORECASE)


def rewrite(document: Document, context: Context) -> None:
    """Give every image its place in the output and, where asked, lone ones a caption; in place."""
    places = tree.find(document["blocks"], frozenset(["Image", "Para"]))
    lone = _lone_images(places)
    captions = {key: caption_of(image, context) for key, image in lone.items() if key == id(image)}
    for container, index in reversed(places):
        node = container[index]
        if node["t"] == "Image" and id(node) not in lone:
            shown = _shown(node, context)
            container[index] = write.anchored_image(shown, context.family)
        elif node["t"] == "Para" and (image := lone.get(id(node["c"]))):
            made = _figure(_shown(image, context), captions[id(image)], context)
            tree.replace(container, index, [*made, *_behind(node)])
    if lone:
        context.used.add("figure")


def _lone_images(places: list[tree.Place]) -> dict[int, Node]:
    """Find the paragraphs that are one image: its node under its own id, and under the id of the paragraph's list."""
    found: dict[int, Node] = {}
    for container, index in places:
        inlines = container[index]["c"]
        if (
            container[index]["t"] == "Para"
            and inlines
            and inlines[0]["t"] == "Image"
            and all(_is_silent(item) for item in inlines[1:])
            and inlines[0]["c"][1]
        ):
            found |= {id(inlines): inlines[0], id(inlines[0]): inlines[0]}
    return found


def _is_silent(node: Node) -> bool:
    return node["t"] == "Span" and "footnote-silent" in node["c"][0][1]


def _behind(para: Node) -> list[Node]:
    return [{"t": "Plain", "c": para["c"][1:]}] if len(para["c"]) > 1 else []


def caption_of(image: Node, context: Context) -> list[Node]:
    """Give a figure's caption: the image's title, else its alternative text; numbered only where asked, never twice.

    A diagram without a title has none: its alternative text is ours.
    """
    title = image["c"][2][1]
    if not title and "diagram" in image["c"][0][1]:
        return []
    caption: list[Node] = tree.plain(title) if title else image["c"][1]
    if not context.options.number_figures or numbered().match(tree.text_of(caption)):
        return caption
    return [*tree.plain(f"{context.words['figure']} {context.number('figure')}:"), {"t": "Space"}, *caption]


def _figure(shown: Shown, caption: list[Node], context: Context) -> list[Node]:
    if context.family == "typst":
        return write.typst_figure(shown, caption)
    return write.figure(shown, caption, context.family)


def _shown(node: Node, context: Context) -> Shown:
    target = node["c"][2][0]
    alt = tree.text_of(node["c"][1])
    words = context.words["missing"]
    try:
        placed = context.place_image(target)
        _report_left_out(target, context)
        return Shown(node, alt, placed, target, words)
    except ImageError as problem:
        context.report_at("Image", target, "warning", "image-missing", str(problem), help=help_for(str(problem)))
        return Shown(node, alt, None, target, words)


def _report_left_out(target: str, context: Context) -> None:
    """Say which pictures of a drawing are not shown: nothing is read or fetched for one."""
    if elsewhere := context.left_out(target):
        shown = ", ".join(elsewhere[:3]) + (" …" if len(elsewhere) > 3 else "")
        problem = f"the drawing shows a picture that it does not hold, and it is left out: {shown[:200]}"
        context.report_at("Image", target, "warning", "image-reference", problem, help="embed the picture in the SVG")


HELP = (
    # what is wrong with an image        what helps
    ("image-megapixels",                 "save it smaller, or raise `image-megapixels`"),
    ("damaged",                          "open it in a program for images, and save it again"),
    ("is empty",                         "save it again"),
    ("--offline",                        "save it beside the post, or run without --offline"),
    ("could not be fetched",             "save it beside the post, or raise `timeout-fetch`"),
    ("is larger than",                   "save it smaller"),
    ("images cannot be printed",         "save it as PNG, JPEG, GIF, WebP or SVG"),
    ("word processors show no",          "save it as PNG or JPEG"),
    ("no file",                          "paths start from the post's folder; /paths from --site-root"),
)  # fmt: skip


def help_for(problem: str) -> str:
    """Say what helps where an image cannot be had.

    >>> help_for("a.png is damaged")
    'open it in a program for images, and save it again'
    """
    return next((helps for said, helps in HELP if said in problem), "")
