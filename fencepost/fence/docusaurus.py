"""The dialect of Docusaurus: `title="x.js" {1,3-5} showLineNumbers=5`, and comments in the code that mark lines.

A comment alone on its line, `// highlight-next-line` or a pair `highlight-start` and `highlight-end`, is read where
the fence names no lines, and taken out of the code. A site may have other words for them (`magic-comments`).
"""

from __future__ import annotations

import re
from collections.abc import Mapping, Sequence

from fencepost.fence.cover import first_cover
from fencepost.fence.javascript import BLANKS, LINE_ENDS, parse_int
from fencepost.fence.model import DEL, ERROR, FOCUS, INS, MARK, WARNING, Fault, Fence, Marks, Order, Span
from fencepost.fence.notation import Line
from fencepost.fence.numbers import read_items, read_span

_TITLE = re.compile(rf"title=([\"'])([^{LINE_ENDS}]*?)\1")
_LINES = re.compile(r"\{([0-9,-]+)\}")
_NUMBERS = "showLineNumbers"

COMMENTS = {
    # style   begins, ends
    "js":      (r"//", ""),
    "jsBlock": (r"/\*", r"\*/"),
    "jsx":     (r"\{\s*/\*", r"\*/\s*\}"),
    "bash":    (r"#", ""),
    "html":    (r"<!--", r"-->"),
    "lua":     (r"--", ""),
    "wasm":    (r";;", ""),
    "tex":     (r"%", ""),
    "vb":      (r"['‘’]", ""),
    "vbnet":   (r"(?:_\s*)?['‘’]", ""),
    "rem":     (r"[Rr][Ee][Mm]\b", ""),
    "f90":     (r"!", ""),
    "ml":      (r"\(\*", r"\*\)"),
    "cobol":   (r"\*>", ""),
}  # fmt: skip
POPULAR = "js jsBlock jsx bash html"
STYLES = {
    # languages                               the comments that are read in them
    "js javascript ts typescript":            "js jsBlock",
    "jsx tsx":                                "js jsBlock jsx",
    "html":                                   "js jsBlock html",
    "python py bash":                         "bash",
    "markdown md":                            "html jsx bash",
    "tex latex matlab":                       "tex",
    "lua haskell":                            "lua",
    "sql":                                    "lua jsBlock",
    "wasm":                                   "wasm",
    "vb vba visual-basic":                    "vb rem",
    "vbnet":                                  "vbnet rem",
    "batch":                                  "rem",
    "basic":                                  "rem f90",
    "fsharp":                                 "js ml",
    "ocaml sml":                              "ml",
    "fortran":                                "f90",
    "cobol":                                  "cobol",
}  # fmt: skip
_STYLES_OF = {lang: styles for langs, styles in STYLES.items() for lang in langs.split()}
NEXT, START, END = "line", "start", "end"
HIGHLIGHT = "theme-code-block-highlighted-line"
ORDERS = (
    Order("highlight-next-line", NEXT, HIGHLIGHT),
    Order("highlight-start", START, HIGHLIGHT),
    Order("highlight-end", END, HIGHLIGHT),
)
KINDS = {
    # kind     what the name of a site's class says
    ERROR:   r"error|fail|danger",
    WARNING: r"warn",
    INS:     r"\b(?:ins|add)|insert|plus|success",
    DEL:     r"\b(?:del|rem)|minus",
    FOCUS:   r"focus",
}  # fmt: skip


def parse(lang: str | None, meta: str) -> Fence:
    """Read the meta text of one fence.

    >>> fence = parse("js", "title='a.js' {2,4} showLineNumbers=7")
    >>> fence.title, [item.span for item in fence.lines], fence.start
    ('a.js', [(2, 2), (4, 4)], 7)
    """
    title, lines = _TITLE.search(meta), _LINES.search(meta)
    start, start_text, faults = _start(meta)
    return Fence(
        lang=lang,
        meta=meta,
        title=title[2] or None if title else None,
        start=start,
        start_text=start_text,
        lines=tuple(read_items(lines[1], lines.start(1))) if lines else (),
        faults=faults,
    )


def _start(meta: str) -> tuple[int | None, str, tuple[Fault, ...]]:
    """Read the first number; where there is none to read, count from 1, and not at all for `false`."""
    word = next((word for word in meta.split(" ") if word.startswith(_NUMBERS)), None)
    if word is None or not word.startswith(f"{_NUMBERS}="):
        return (None if word is None else 1), "", ()
    text = word.replace(f"{_NUMBERS}=", "", 1)
    number = parse_int(text)
    if number is not None:
        return number, "", ()
    column = meta.index(word) + len(_NUMBERS) + 1
    help = f"write {_NUMBERS} or {_NUMBERS}=5; without the word there are no numbers"
    return None if text == "false" else 1, text or "=", (
        Fault("fence-number", f"`{text[:40]}` is no number to begin with", column, help),
    )  # fmt: skip


def resolve(fence: Fence, code: str) -> Marks:
    """Find on the code what the fence asks for, else what comments in it do."""
    lines = [Line(text, set()) for text in re.split(r"\r?\n", code)]
    spans: list[Span] = [item.span for item in fence.lines if item.span]
    for number in first_cover(spans, len(lines)):
        lines[number - 1].kinds.add(MARK)
    orders = fence.orders or ORDERS
    names_lines = _LINES.search(fence.meta)
    shown = lines if names_lines else take_comments(lines, (fence.lang or "text").lower(), orders)
    if not shown:  # what marked nothing marks the blank line that is left
        shown = [Line("", set().union(*(line.kinds for line in lines)), set().union(*(line.names for line in lines)))]
    return Marks(
        line_count=len(shown),
        highlighted_lines=tuple(number for number, line in enumerate(shown, 1) if MARK in line.kinds),
        code="\n".join(line.text for line in shown),
        lang=fence.lang,
        title=fence.title,
        kinds=tuple((at, kind) for at, line in enumerate(shown, 1) for kind in sorted(line.kinds - {MARK})),
        classes=tuple((at, name) for at, line in enumerate(shown, 1) for name in sorted(line.names - {HIGHLIGHT})),
        offered=len(lines),
    )


def orders_of(table: Mapping[str, Mapping[str, str]]) -> tuple[Order, ...]:
    """Read `magic-comments`: a class to the words for the next line and for start and end.

    >>> orders_of({"code-block-error-line": {"line": "This will error"}})
    (Order(words='This will error', role='line', name='code-block-error-line', kind='error'),)
    """
    return tuple(
        Order(said[role].strip(), role, name, _kind(name))
        for name, said in table.items()
        for role in (NEXT, START, END)
        if said.get(role, "").strip()
    )


def _kind(name: str) -> str:
    return next((kind for kind, words in KINDS.items() if re.search(words, name, re.IGNORECASE)), MARK)


def take_comments(lines: list[Line], lang: str, orders: Sequence[Order] = ORDERS) -> list[Line]:
    """Take the comments that mark lines out; a pair that encloses nothing marks its neighbours, as the tool does."""
    comment, known = _comment(lang, orders), {order.words: order for order in orders}
    spans: dict[Order, list[Span]] = {}
    shown: list[Line] = []
    begun: dict[str, int] = {}
    for line in lines:
        found = comment.match(line.text)
        order = found and known[next(words for words in found.groups() if words)]
        if not order:
            shown.append(line)
        elif order.role == NEXT:
            spans.setdefault(order, []).append((len(shown) + 1, len(shown) + 1))
        elif order.role == START:
            begun[order.name] = len(shown)
        elif span := read_span(f"{begun.get(order.name, 0)}-{len(shown) - 1}"):
            spans.setdefault(order, []).append((span[0] + 1, span[1] + 1))
    for order, covered in spans.items():
        for number in first_cover(covered, max(len(shown), 1)):
            line = (shown or lines)[number - 1]
            line.kinds.add(order.kind)
            line.names.add(order.name)
    return shown


def _comment(lang: str, orders: Sequence[Order]) -> re.Pattern[str]:
    words = "|".join(sorted((re.escape(order.words) for order in orders), key=len, reverse=True))
    styles = (COMMENTS[style] for style in _STYLES_OF.get(lang, POPULAR).split())
    kinds = "|".join(rf"(?:{begin}\s*({words})\s*{end})" for begin, end in styles)
    blank = f"[{BLANKS}]*"
    return re.compile(rf"\s*(?:{kinds})\s*\Z".replace(r"\s*", blank))
