"""Every container with every content that may be higher than a page: a document for each content, no word twice."""

from __future__ import annotations

from collections.abc import Callable
from dataclasses import dataclass, field

Lines = list[str]
Words = Callable[[float], list[str]]  # so many times the lines of a page

LINES = {"a4": 72, "a5": 50, "6x9in": 50}  # more than a page has
TALL = (
    "data:image/svg+xml,%3Csvg xmlns='http://www.w3.org/2000/svg' width='90' height='4000'%3E%3Crect width='90' "
    "height='4000' fill='teal'/%3E%3C/svg%3E"
).replace(" ", "%20")


@dataclass
class Pairs:
    """A document and, by container, the words that it must print."""

    text: str = ""
    words: dict[str, list[str]] = field(default_factory=dict)


def _code(meta: str) -> Callable[[Words], Lines]:
    return lambda words: [f"```{meta}", *words(1), "```"]


def _long_line(words: Words) -> Lines:
    return ["```text", " ".join(words(9)), *words(0.1), "```"]


def _twelve_long_lines(words: Words) -> Lines:
    return ['```js title="long.js"', *(" ".join(words(0.6)) for _ in range(11)), "```"]


def _nested_list(words: Words) -> Lines:
    return [f"{'  ' * (at % 4)}- {word}" for at, word in enumerate(words(1))]


def _table(words: Words) -> Lines:
    rows = [f"| {one} | {two} |" for one, two in zip(words(1), words(1), strict=True)]
    return [rows[0], "|---|---|", *rows[1:]]


def _formula(words: Words) -> Lines:
    rows = [rf"\text{{{word}}} &= x \\" for word in words(1)]
    return ["$$", r"\begin{aligned}", *rows, r"\end{aligned}", "$$"]


def _matrix(words: Words) -> Lines:
    rows = [rf"\text{{{word}}} \\" for word in words(1)]
    return ["$$", r"\begin{pmatrix}", *rows, r"\end{pmatrix}", "$$"]


CONTENTS: dict[str, Callable[[Words], Lines]] = {
    "code":            _code("python"),
    "titled code":     _code('python title="a.py"'),
    "numbered code":   _code('python title="a.py" showLineNumbers'),
    "code, captioned": _code('python caption="Words"'),
    "terminal":        _code("sh frame=terminal"),
    "long line":       _long_line,
    "long lines":      _twelve_long_lines,
    "table":           _table,
    "paragraph":       lambda words: [" ".join(words(13))],
    "bold paragraph":  lambda words: [f"**{' '.join(words(10))}**"],
    "short items":     lambda words: [f"- {word}" for word in words(1)],
    "nested lists":    _nested_list,
    "breaks":          lambda words: [f"{word}\\" for word in words(1)] + words(0.02),
    "tall image":      lambda words: [f"![{words(0.02)[0]}]({TALL})"],
    "formula":         _formula,
    "matrix":          _matrix,
    "wide formula":    lambda words: ["$$", " + ".join(rf"\text{{{word}}}" for word in words(0.4)), "$$"],
    "heading":         lambda words: [f"## {' '.join(words(8))}"],
    "long title":      lambda words: [f'```js title="{" ".join(words(7))}"', *words(1), "```"],
    "no image":        lambda words: [f"![{' '.join(words(10))}](none.png)"],
}  # fmt: skip


def _inside(first: str, rest: str) -> Callable[[Lines], Lines]:
    def inside(lines: Lines) -> Lines:
        return [((rest if at else first) + line).rstrip() for at, line in enumerate(lines)]

    return inside


def _between(*start: str, end: Lines) -> Callable[[Lines], Lines]:
    return lambda lines: [*start, "", *lines, "", *end]


def _led(head: str, first: str, rest: str) -> Callable[[Lines], Lines]:
    return lambda lines: [head, *_inside(first, rest)(["", *lines])]


CONTAINERS: dict[str, Callable[[Lines], Lines]] = {
    "nothing":       list,
    "alert":         _led("> [!NOTE]", "> ", "> "),
    "alert, worded": lambda lines: ["> [!TIP]", "> Words.", *_inside("> ", "> ")(["", *lines, "", "Then."])],
    "nested alert":  lambda lines: ["> [!NOTE]", "> Words.", ">", "> > [!TIP]", *_inside("> > ", "> > ")(["", *lines])],
    "docusaurus":    _between(":::tip[Title *one*]", end=[":::"]),
    "vitepress":     _between("::: warning Title", end=[":::"]),
    "quarto":        _between('::: {.callout-note title="Title"}', end=[":::"]),
    "mkdocs":        _led('!!! note "Title"', "    ", "    "),
    "mkdocs, folds": _led('??? note "Title"', "    ", "    "),
    "pymdownx":      _between("/// note | Title", end=["///"]),
    "bullets":       _inside("- ", "  "),
    "numbers":       _inside("1. ", "   "),
    "deep list":     lambda lines: ["- One", "", *_inside("  1. ", "     ")(_inside("- ", "  ")(lines))],
    "alert in list": lambda lines: ["1. Words", "", *_inside("   > ", "   > ")(["[!NOTE]", "", *lines])],
    "quote":         _inside("> ", "> "),
    "deep quote":    _inside("> > > ", "> > > "),
    "tab":           _led('=== "Tab"', "    ", "    "),
    "details":       _between("<details><summary>Sum</summary>", end=["</details>"]),
    "division":      _between('<div align="center">', end=["</div>"]),
    "figure":        _between("<figure>", end=["<figcaption>Caption</figcaption>", "</figure>"]),
    "cell":          _between("<table><tr><td>Side</td><td>", end=["</td></tr></table>"]),
}  # fmt: skip
FOOTNOTE = "footnote"


def pairs(content: str, paper: str) -> Pairs:
    """Write the document of a content in every container, for a paper."""
    made, behind = Pairs(), []
    parts = [f"---\ntitle: Pairs\npaper: {paper}\n---\n"]
    for number, container in enumerate([*CONTAINERS, FOOTNOTE]):
        said: list[str] = []

        def words(pages: float, number: int = number, said: list[str] = said) -> list[str]:
            count = max(1, round(pages * LINES[paper]))
            new = [f"w{number}x{len(said) + at}q" for at in range(count)]
            said.extend(new)
            return new

        lines = CONTENTS[content](words)
        if container == FOOTNOTE:
            parts.append("Note.[^n]\n")
            behind += ["[^n]: Words.", "", *_inside("    ", "    ")(lines), ""]
        else:
            parts.append("\n".join([f"Before {number}.", "", *CONTAINERS[container](lines), ""]))
        made.words[container] = said
    made.text = "\n".join([*parts, *behind, ""])
    return made
