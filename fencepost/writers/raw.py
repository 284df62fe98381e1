"""What an author's own HTML is in print and in word processors, where no pandoc element says it."""

from __future__ import annotations

from collections.abc import Callable

from fencepost.pandoc.tree import Node
from fencepost.writers import escape


def _around(language: str, start: str, end: str) -> Callable[[list[Node]], list[Node]]:
    def write(inlines: list[Node]) -> list[Node]:
        return [{"t": "RawInline", "c": [language, start]}, *inlines, {"t": "RawInline", "c": [language, end]}]

    return write


def _span(name: str) -> Callable[[list[Node]], list[Node]]:
    return lambda inlines: [{"t": "Span", "c": [["", [name], []], inlines]}]


Inlines = Callable[[list[Node]], list[Node]]
INLINES: dict[str, dict[str, Inlines]] = {
    # family      a key                               small print                        marked by the author
    "typst": {"kbd": _around("typst", "#fp-key[", "];"), "small": _around("typst", "#fp-smaller[", "];"),
              "mark": _around("typst", "#fp-marker[", "];")},
    "latex": {"kbd": _around("latex", "\\fpkey{", "}"), "small": _around("latex", "{\\small ", "}"),
              "mark": _around("latex", "\\fpmarker{", "}")},
    "plain": {"kbd": _span("kbd"), "small": _span("small"), "mark": _span("mark")},
}  # fmt: skip


def details(summary: list[Node], body: list[Node], family: str) -> list[Node]:
    """Write what folds on a page: on paper it is open, its summary above it."""
    head: Node = {"t": "Para", "c": [{"t": "Strong", "c": summary}]}
    if family != "typst":
        return [{"t": "Div", "c": [["", ["details"], []], [head, *body]]}]
    start = [{"t": "RawInline", "c": ["typst", "#fp-details(["]}, *summary, {"t": "RawInline", "c": ["typst", "])["]}]
    return [{"t": "Plain", "c": start}, *body, {"t": "RawBlock", "c": ["typst", "]"]}]


def aligned(side: str, body: list[Node], family: str) -> list[Node]:
    """Write blocks that stand to a side: `left`, `center` or `right`."""
    if family == "typst":
        return [
            {"t": "RawBlock", "c": ["typst", f"#align({side})["]}, *body, {"t": "RawBlock", "c": ["typst", "]"]}
        ]  # fmt: skip
    if family == "latex":
        name = {"left": "flushleft", "center": "center", "right": "flushright"}[side]
        return [
            {"t": "RawBlock", "c": ["latex", f"\\begin{{{name}}}"]}, *body,
            {"t": "RawBlock", "c": ["latex", f"\\end{{{name}}}"]},
        ]  # fmt: skip
    return [{"t": "Div", "c": [["", [], [["align", side]]], body]}]


def figure(body: list[Node], caption: list[Node], identifier: str, family: str) -> list[Node]:
    """Write a figure of any blocks; its caption stands below and is not numbered."""
    if family != "typst":
        shown = [_plain(block) for block in body]
        content = [[identifier, ["figure"], []], [None, [_plain(block) for block in caption]], shown]
        return [{"t": "Figure", "c": content}]
    label = f", name: {escape.typst(identifier)}" if identifier else ""
    start, middle, end = ({"t": "RawBlock", "c": ["typst", code]} for code in ("#fp-figure-of([", f"]{label})[", "]"))
    return [start, *caption, middle, *body, end]


def _plain(block: Node) -> Node:
    return {"t": "Plain", "c": block["c"]} if block["t"] == "Para" else block
