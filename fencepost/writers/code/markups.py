"""A code block in HTML that the style sheets of other tools address, chosen by the option `markup`.

Colours of tokens come from those sheets where they name tokens (Pygments, pandoc), else from ours.
"""

from __future__ import annotations

from collections.abc import Callable, Iterable, Iterator, Sequence
from itertools import groupby

from fencepost.fence.model import DEL, ERROR, FOCUS, INS, MARK, NONE, SPECIAL, TERMINAL, WARNING
from fencepost.highlight.tokens import Piece
from fencepost.writers import escape
from fencepost.writers.code.box import CodeBox, Row
from fencepost.writers.code.html import TAGS, about, label, token

# a kind of token, as Pygments and as skylighting (pandoc) call it
TOKENS = {
    "k": ("k", "kw"), "s": ("s", "st"), "c": ("c", "co"), "f": ("nf", "fu"), "d": ("nd", "at"), "n": ("m", "dv"),
    "t": ("nc", "dt"), "v": ("nv", "va"), "o": ("o", "op"), "e": ("err", "er"), "i": ("gi", "in"), "x": ("gd", "wa"),
    "h": ("gh", "co"),
}  # fmt: skip
EXPRESSIVE = {MARK: "mark", INS: "ins", DEL: "del", ERROR: "del", WARNING: "mark"}


def _tokens(pieces: Iterable[Piece], name: Callable[[str], str]) -> Iterator[str]:
    for mark, group in groupby(pieces, key=lambda piece: piece[2]):
        inside = "".join(token(name(kind) if kind else "", text) for kind, text, _ in group)
        yield inside if mark is None else f"<{TAGS[mark.kind]}>{inside}</{TAGS[mark.kind]}>"


def _around(box: CodeBox, tag: str, classes: str, inside: str) -> str:
    """Put the caption below; with one, the whole is a figure."""
    whole = f"<{tag} {about(box, classes)}>{inside}</{tag}>"
    return f"<figure>{whole}<figcaption>{escape.html(box.caption)}</figcaption></figure>" if box.caption else whole


def expressive(box: CodeBox) -> str:
    """Write Expressive Code's markup: `.expressive-code .frame`, `.ec-line.highlight.ins`."""
    is_terminal = box.frame == TERMINAL
    has_title = bool(box.title) and box.frame != NONE
    classes = "frame" + " is-terminal" * is_terminal + " has-title" * has_title
    title = f'<span class="title">{escape.html(box.title or "")}</span>' if has_title or is_terminal else ""
    lang = escape.html(box.lang or "plaintext")
    longest = max((len(row.text) for row in box.rows), default=0)
    wrap = f' class="wrap" style="--ecMaxLine:{longest}ch"' if box.wrap else ""
    lines = "".join(_expressive_part(box, *segment) for segment in box.segments())
    pre = f'<pre data-language="{lang}"{wrap}><code>{lines}</code></pre>'
    figure = f'<figure class="{classes}"><figcaption class="header">{title}</figcaption>{pre}</figure>'
    return _around(box, "div", "expressive-code", figure)


def _expressive_part(box: CodeBox, is_folded: bool, first: int, rows: Sequence[Row]) -> str:
    lines = "".join(_expressive_line(box, index, row) for index, row in enumerate(rows, first))
    if not is_folded:
        return lines
    text = f'<span class="expand"></span><span class="text">{escape.html(box.summary_of(rows))}</span>'
    summary = f'<div class="ec-line"><div class="code">{text}</div></div>'
    return f'<details class="ec-section github"><summary>{summary}</summary>{lines}</details>'


def _expressive_line(box: CodeBox, index: int, row: Row) -> str:
    words = "'" + (row.label or "").replace("\\", "\\\\").replace("'", "\\'") + "'"
    is_labelled = bool(row.label) and not row.notes
    style = f"--tmLabel:{words}" if is_labelled else ""
    if box.wrap:
        indent = len(row.text) - len(row.text.lstrip()) if box.wrap.preserve_indent else 0
        style += (";" if style else "") + f"--ecIndent:{indent + box.wrap.hanging}ch"
    kind = EXPRESSIVE[row.kind] if row.kind else ""
    classes = "ec-line" + (f" highlight {kind}" if kind else "") + " tm-label" * is_labelled
    number = "" if box.start is None else f'<div class="ln" aria-hidden="true">{box.number(index)}</div>'
    gutter = f'<div class="gutter">{number}</div>' if number else ""
    text = "".join(_tokens(row.pieces, "hl-{}".format)) or "\n"
    text += label(row) if row.notes else ""
    shown = f' style="{escape.html(style)}"' if style else ""
    return f'<div class="{classes}"{shown}>{gutter}<div class="code">{text}</div></div>'


def pygments(box: CodeBox) -> str:
    """Write Pygments' markup, as MkDocs and Hugo have it: `.highlight`, `.hll`, `.linenos`."""
    title = f'<span class="filename">{escape.html(box.title)}</span>' if box.title else ""
    lines = "".join(_pygments_line(box, index, row) for index, row in enumerate(box.rows))
    lang = escape.html(box.lang or "text")
    return _around(box, "div", f"language-{lang} highlight", f"{title}<pre><span></span><code>{lines}</code></pre>")


def _pygments_line(box: CodeBox, index: int, row: Row) -> str:
    width = box.digits
    special = " special" if row.number == SPECIAL else ""
    number = "" if box.start is None else f'<span class="linenos{special}">{box.number(index):>{width}} </span>'
    text = "".join(_tokens(row.pieces, lambda kind: TOKENS[kind][0])) + label(row) + "\n"
    names = {INS: "gi", DEL: "gd", ERROR: "err"}  # lines of a patch, and of what went wrong
    classes = [names[kind] for kind in names if kind in row.kinds]
    if classes:
        text = f'<span class="{" ".join(classes)}">{text}</span>'
    is_marked = row.marked or row.kind == WARNING or FOCUS in row.kinds
    return f'{number}<span class="hll">{text}</span>' if is_marked else number + text


def pandoc(box: CodeBox) -> str:
    """Write the markup of pandoc's own highlighting: `.sourceCode`, a span and an anchor a line."""
    numbered = box.start is not None
    lang = escape.html(box.lang or "default")
    first = f' style="counter-reset: source-line {box.start - 1};"' if box.start not in (None, 1) else ""
    lines = "\n".join(_pandoc_line(row) for row in box.rows)
    pre = (
        f'<pre class="sourceCode{" numberSource" * numbered} {lang}{" numberLines" * numbered}">'
        f'<code class="sourceCode {lang}"{first}>{lines}</code></pre>'
    )
    title = f'<p class="title"><strong>{escape.html(box.title)}</strong></p>' if box.title else ""
    return _around(box, "div", "sourceCode", title + pre)


def _pandoc_line(row: Row) -> str:
    kinds = [kind for kind in (INS, DEL, FOCUS, ERROR, WARNING) if kind in row.kinds]
    classes = " ".join((["highlight"] if row.marked else []) + kinds)
    text = "".join(_tokens(row.pieces, lambda kind: TOKENS[kind][1])) + label(row)
    attribute = f' class="{classes}"' if classes else ""
    return f'<span{attribute}><a aria-hidden="true" tabindex="-1"></a>{text}</span>'
