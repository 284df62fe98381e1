"""Posts in the dialect for Hypothesis: every construct, nested, and no word twice."""

from __future__ import annotations

from collections.abc import Callable
from dataclasses import dataclass, field
from typing import Any

from hypothesis import strategies as st

Lines = list[str]
TALL = frozenset(["table with tall cells"])
HTML = TALL | {"kbd", "HTML", "tag", "HTML table", "list of HTML", "unclosed", "details", "division"}
DOT = "data:image/gif;base64,R0lGODlhAQABAIAAAAAAAP///yH5BAEAAAAALAAAAAABAAEAAAIBRAA7"


@dataclass
class Written:
    """A post and its words: parts that are read in their order, and descriptions of images, which stand anywhere.

    The names of tabs are a part of their own, for on a page they stand in one line.
    """

    without: frozenset[str] = frozenset()  # constructs that it may not have
    text: str = ""
    head: list[str] = field(default_factory=list)
    words: list[str] = field(default_factory=list)  # of the body
    notes: list[list[str]] = field(default_factory=list)
    tabs: list[list[str]] = field(default_factory=list)
    descriptions: list[str] = field(default_factory=list)
    behind: Lines = field(default_factory=list)  # what is written at the end: notes, addresses
    faults: list[tuple[str, str]] | None = None  # what must be said, where faults may be: code, text that it points at
    count: int = 0

    @property
    def parts(self) -> list[list[str]]:
        """List what is read in order."""
        return [self.head, self.words, *self.notes, *self.tabs]

    def new(self, place: list[str]) -> str:
        self.count += 1
        place.append(f"w{self.count}q")
        return place[-1]

    def word(self) -> str:
        return self.new(self.words)

    def fault(self, code: str, text: str) -> str:
        """Note a fault, numbered so that no other text is the same."""
        assert self.faults is not None
        self.count += 1
        self.faults.append((code, text.replace("%", str(self.count))))
        return self.faults[-1][1]

    def described(self) -> str:
        return self.new(self.descriptions)


def _note(draw: Any, post: Written) -> str:
    """Cite a new note; what it says is written at the end, blocks and all."""
    outer, post.words = post.words, []
    label = f"n{len(post.notes)}"
    post.notes.append(post.words)
    lines = [f"{post.word()} *{post.word()}*", *(["", *_block(draw, post, 2)] if draw(st.booleans()) else [])]
    post.behind += [*_inside(lines, f"[^{label}]: ", "    "), ""]
    post.words = outer
    return f"[^{label}]"


def _reference(post: Written) -> str:
    label = f"r{post.count}"
    post.behind += [f'[{label}]: https://example.org/{label} "no word"', ""]
    return f"[{post.word()}][{label}]"


def _inline(draw: Any, post: Written) -> str:
    word = post.word
    ways: dict[str, Callable[[], str]] = {
        "word": word,
        "emph": lambda: f"*{word()}*",
        "strong": lambda: f"**{word()} {word()}**",
        "both": lambda: f"***{word()}** {word()}*",
        "code": lambda: f"`{word()}`",
        "code, coloured": lambda: f"`{word()} = 1{{:js}}`",
        "link": lambda: f"[{word()} *{word()}*](https://example.org/{draw(st.integers(0, 9))})",
        "link, by reference": lambda: _reference(post),
        "link, to nothing": lambda: f"[{word()}](#none)",
        "image": lambda: f"![{post.described()}](none.png)",
        "image, here": lambda: f"![{post.described()}]({DOT})",
        "note": lambda: word() + _note(draw, post),
        "kbd": lambda: f"<kbd>{word()}</kbd>",
        "HTML": lambda: f'<span class="x">{word()} <b>{word()}</b></span> {word()}<br>{word()}',
        "tag": lambda: f"{word()} <b>{word()} <nobody>{word()}</nobody>",
        "strike": lambda: f"~~{word()}~~",
        "escape": lambda: draw(st.sampled_from([r"\*", r"\[^x]", "&lt;", "&amp;", "\\`", "<", "[", "$", "#"])) + word(),
        "auto": lambda: f"<https://example.org/{word()}>",
        "bare": lambda: f"https://example.org/{word()}",
        "break": lambda: f"{word()}  \n{word()}",
        "backslash": lambda: f"{word()}\\\n{word()}",
        "line": lambda: f"{word()}\n{word()}",
        "quote": lambda: f"\"{word()}\" '{word()}'",
        "formula": lambda: f"$x$ {word()}",
        "option": lambda: f"--{word()}",
        "braces": lambda: f"{{{{ {word()} }}}} {{{word()}}}",
        "comment": lambda: f"<!-- nobody's --> {word()}",
        "mark": lambda: f"=={word()}== [[{word()}]] [@{word()}] :{word()}:",
        "emoji": lambda: f"🚀 {word()} é日本 {word()}",
    }
    faulty: dict[str, Callable[[], str]] = {
        "anchor": lambda: f"[{word()}]({post.fault('link-anchor', '#gone%')})",
        "file": lambda: f"*[{word()}]({post.fault('link-post', 'gone%.md')} 'no word')*",
        "picture": lambda: f"![{post.described()}]({post.fault('image-missing', 'gone%.png')})",
        "no note": lambda: word() + post.fault("footnote-undefined", "[^u%]"),
    }
    ways |= faulty if post.faults is not None else {}
    names = [name for name in ways if name not in post.without]
    return ways[draw(st.sampled_from(["word", *names]))]()


def _line(draw: Any, post: Written) -> str:
    return " ".join([post.word(), *(_inline(draw, post) for _ in range(draw(st.integers(0, 4))))])


def _one_line(draw: Any, post: Written) -> str:
    return _line(draw, post).replace("  \n", " ").replace("\\\n", " ").replace("\n", " ")


def _fence(draw: Any, post: Written) -> Lines:
    lang = draw(st.sampled_from(["", "python", "js", "text", "nonsense", "diff", "mermaid"]))
    metas = ["title", "lines", "word", "numbers", "caption"]
    chosen = draw(st.lists(st.sampled_from(metas), unique=True, max_size=3)) if lang else []
    title = f'title="{post.word()}"' if "title" in chosen else ""
    code = [post.word() for _ in range(draw(st.integers(1, 3)))]
    said = {
        "title": title,
        "lines": "{1}",
        "word": f"/{code[0]}/",
        "numbers": "showLineNumbers{3}",
        "caption": f'caption="{post.word()}"' if "caption" in chosen else "",
    }
    wrong = post.fault("fence-word", "/x%/") if lang and post.faults is not None and draw(st.booleans()) else ""
    mark = draw(st.sampled_from(["```", "~~~~"]))
    return [" ".join([mark + lang, *(said[name] for name in chosen), wrong]).rstrip(), *code, mark]


def _long_fence(draw: Any, post: Written) -> Lines:
    title = f' title="{post.word()}"' if draw(st.booleans()) else ""
    return [f"```python{title}", *(post.word() for _ in range(draw(st.integers(36, 75)))), "```"]


def _markup_fence(draw: Any, post: Written) -> Lines:
    word = post.word
    kinds: dict[str, Callable[[], Lines]] = {
        "vue": lambda: ["<script setup>", f"import {word()} from '{word()}'", "</script>", f"<{word()} v-if='x' />"],
        "jsx": lambda: [f'<Tabs name="{word()}">', f"  {{{word()}}} {{/* {word()} */}}", "</Tabs>"],
        "html": lambda: [f"<!-- {word()} -->", f"<style>{word()}</style>", f"<div>{word()}<br>{word()}</div>"],
    }
    kind = draw(st.sampled_from([*kinds]))
    return [f"```{kind}", *kinds[kind](), "```"]


def _cell(draw: Any, post: Written) -> str:
    return _one_line(draw, post).replace("|", "")


def _table(draw: Any, post: Written) -> Lines:
    rows = draw(st.integers(0, 3))
    return [
        f"| {post.word()} | {_cell(draw, post)} |",
        draw(st.sampled_from(["|---|:-:|", "|:--|--:|"])),
        *(f"| {_cell(draw, post)} | **{post.word()}** |" for _ in range(rows)),
    ]


def _html_table(post: Written, tall: str = "") -> Lines:
    word = post.word
    return [
        "<table>", f"<caption>{word()}</caption>", f"<tr><th>{word()}</th><th colspan=2>{word()}</th></tr>",
        f"<tr><td{tall}>{word()}</td><td>{word()}<td>{word()}</tr>", f"<tr><td>{word()}</td></tr>", "</table>",
    ]  # fmt: skip


def _figure(draw: Any, post: Written) -> Lines:
    return [f"![{post.word()}]({draw(_PLACES)})"]


def _figure_with_title(draw: Any, post: Written) -> Lines:
    # the words behind keep a list loose: in a tight one an image is no figure, and its title is nowhere but on a page
    return [f'![{post.described()}]({draw(_PLACES)} "{post.word()}")', "", post.word()]


def _tabs(draw: Any, post: Written) -> Lines:
    names: list[str] = []
    post.tabs.append(names)

    def tab() -> Lines:
        return [f"```sh [{post.new(names)}]", post.word(), "```"]

    return ["::: code-group", "", *tab(), "", *tab(), "", ":::"]


def _inside(lines: Lines, first: str, rest: str) -> Lines:
    return [(first if not number else rest) + line if line or ">" in rest else "" for number, line in enumerate(lines)]


_PLACES = st.sampled_from(["none.png", DOT])
_ALERT = st.sampled_from(["NOTE", "TIP", "IMPORTANT", "WARNING", "CAUTION"])
_LEAVES: dict[str, Callable[[Any, Written], Lines]] = {
    "para": lambda draw, post: _line(draw, post).split("\n"),
    "heading": lambda draw, post: [f"{'#' * draw(st.integers(1, 6))} {_one_line(draw, post)}"],
    "underlined": lambda draw, post: [_one_line(draw, post), draw(st.sampled_from(["===", "---"]))],
    "fence": _fence,
    "long fence": _long_fence,
    "markup fence": _markup_fence,
    "indented code": lambda draw, post: [f"    {post.word()}", "", f"    {post.word()}"],
    "table": _table,
    "HTML table": lambda draw, post: _html_table(post),
    "table with tall cells": lambda draw, post: _html_table(post, " rowspan=2"),
    "figure": _figure,
    "figure with a title": _figure_with_title,
    "tabs": _tabs,
    "rule": lambda draw, post: ["***"],
    "formula": lambda draw, post: ["$$x$$"],
    "comment": lambda draw, post: ["<!-- nobody's -->"],
    "list of HTML": lambda draw, post: [f"<ul><li>{post.word()}<li>{post.word()}</ul>"],
    "unclosed": lambda draw, post: [f"<section>{post.word()}"],
    "tasks": lambda draw, post: [f"- [x] {_one_line(draw, post)}", f"- [ ] {post.word()}"],
}


def _title(draw: Any, post: Written) -> str:
    return f"{post.word()} *{post.word()}*" if draw(st.booleans()) else ""


def _alone(post: Written) -> str:
    """Name a tab, which may come to stand in one line with its neighbours."""
    post.tabs.append([])
    return post.new(post.tabs[-1])


def _nested(draw: Any, post: Written, depth: int) -> dict[str, Callable[[], Lines]]:
    def blocks() -> Lines:
        return _blocks(draw, post, depth + 1)

    kind = draw(_ALERT)
    small = kind.lower()
    return {
        "quote": lambda: _inside(blocks(), "> ", "> "),
        "alert": lambda: _inside([f"[!{kind}] {_title(draw, post)}".rstrip(), "", *blocks()], "> ", "> "),
        "bullets": lambda: _inside(blocks(), "- ", "  "),
        "numbers": lambda: _inside(blocks(), "1. ", "   "),
        "container": lambda: [f":::{small}", "", *blocks(), "", ":::"],
        "container, titled": lambda: [f":::{small}[{post.word()} *{post.word()}*]", "", *blocks(), "", ":::"],
        "VitePress": lambda: [f"::: {small} {post.word()}", "", *blocks(), "", ":::"],
        "callout": lambda: [f'::: {{.callout-{small} title="{post.word()}"}}', "", *blocks(), "", ":::"],
        "admonition": lambda: [f'!!! {small} "{post.word()}"', *_inside(["", *blocks()], "    ", "    ")],
        "tab": lambda: [f'=== "{_alone(post)}"', *_inside(["", *blocks()], "    ", "    ")],
        "pymdownx": lambda: [f"/// {small} | {post.word()}", "", *blocks(), "", "///"],
        "details": lambda: [
            f"<details><summary>{post.word()} <b>{post.word()}</b></summary>", "", *blocks(), "", "</details>",
        ],
        "division": lambda: ['<div align="center">', "", *blocks(), "", "</div>"],
    }  # fmt: skip


def _block(draw: Any, post: Written, depth: int) -> Lines:
    nested = _nested(draw, post, depth) if depth < 3 else {}
    names = [name for name in (*_LEAVES, *nested) if name not in post.without]
    kind = draw(st.sampled_from(["para", "para", *names]))
    return nested[kind]() if kind in nested else _LEAVES[kind](draw, post)


def _blocks(draw: Any, post: Written, depth: int) -> Lines:
    out: Lines = []
    for _ in range(draw(st.integers(1, 3 if depth else 6))):
        out += [*_block(draw, post, depth), ""]
    return out[:-1]


@st.composite
def posts(draw: Any, without: frozenset[str] = frozenset(), *, faulty: bool = False) -> Written:
    """Write a post, without some constructs, with faults where asked."""
    post = Written(without, faults=[] if faulty else None)
    head = f"---\ntitle: {post.new(post.head)} *{post.new(post.head)}*\nsubtitle: {post.new(post.head)}\n---\n\n"
    body = "\n".join(_blocks(draw, post, 0))
    post.text = head + body + "\n\n" + "\n".join(post.behind)
    return post


COMPONENTS = {
    # component        attributes that are printed, in the order in which they are
    "Card": ("title", "description"),
    "Callout": ("title",),
    "Admonition": ("title",),
    "Accordion": ("title", "description"),
    "Feature": ("heading", "text"),  # one that nobody knows
}


def _component(draw: Any, post: Written, depth: int) -> Lines:
    """Write a component with words in its attributes, around blocks or alone."""
    name = draw(st.sampled_from([*COMPONENTS]))
    words = " ".join(f'{attribute}="{post.word()}"' for attribute in COMPONENTS[name])
    return [f"<{name} {words}>", "", *_component_blocks(draw, post, depth + 1), "", f"</{name}>"]


def _tab_components(draw: Any, post: Written, depth: int) -> Lines:
    lines = ["<Tabs>"]
    for _ in range(draw(st.integers(1, 3))):
        label = _alone(post)
        lines += [f'<TabItem value="x{label}" label="{label}">', "", post.word(), "", "</TabItem>"]
    return [*lines, "</Tabs>", "", post.word()]


def _component_blocks(draw: Any, post: Written, depth: int) -> Lines:
    out: Lines = []
    kinds = [lambda: [post.word()], lambda: _fence(draw, post)]
    kinds += [lambda: _component(draw, post, depth), lambda: _tab_components(draw, post, depth)] if depth < 3 else []
    for _ in range(draw(st.integers(1, 3))):
        out += [*draw(st.sampled_from(kinds))(), ""]
    return out[:-1]


@st.composite
def component_posts(draw: Any) -> Written:
    """Write a post of MDX: components with words in their attributes, one in another, around code."""
    post = Written(frozenset())
    post.text = f"---\ntitle: {post.new(post.head)}\n---\n\n" + "\n".join(_component_blocks(draw, post, 0)) + "\n"
    return post


def many_figures(count: int) -> Written:
    """Write a post of figures by the hundred, each with a caption and a paragraph."""
    post = Written(frozenset())
    rows = [f'![{post.described()}]({DOT} "{post.word()}")\n\n{post.word()}\n' for _ in range(count)]
    post.text = f"---\ntitle: {post.new(post.head)}\n---\n\n" + "\n".join(rows)
    return post
