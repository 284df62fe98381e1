"""Code in HTML and EPUB: rehype-pretty-code's markup, so that an existing blog's style sheet fits; well-formed XML."""

from __future__ import annotations

import re
from collections.abc import Iterable, Iterator, Sequence
from itertools import groupby

from fencepost.fence.model import DEL, EDITOR, ERROR, FOCUS, INS, KINDS, MARK, WARNING, Wrap
from fencepost.highlight.tokens import Piece
from fencepost.writers import escape
from fencepost.writers.code.box import CodeBox, Note, Row

THEME = 'data-theme="fencepost"'
NO_LANGUAGE = "plaintext"
ATTRIBUTES = frozenset(["dir", "lang", "role", "style", "tabindex", "translate"])  # that any element may have
OURS = frozenset(["data-frame", "data-rehype-pretty-code-figure", "data-tab"])
_FROM_RIGHT = re.compile("[\u0590-\u08ff\ufb1d-\ufdff\ufe70-\ufefe\U00010800-\U00010fff\U0001e800-\U0001efff]")
_NO_NAME = re.compile(r"[^a-z0-9_.-]")  # in XML and in a data attribute

CLASSES = {
    # kind     what Shiki's transformers call such a line, whose style sheets blogs have
    INS:       "diff add",
    DEL:       "diff remove",
    FOCUS:     "focused",
    ERROR:     "highlighted error",
    WARNING:   "highlighted warning",
}  # fmt: skip
TAGS = {MARK: "mark", INS: "ins", DEL: "del"}


def html(box: CodeBox) -> str:
    """Write the figure: title, lines, caption. With a caption the title is no figcaption: a figure has one."""
    lang = f'data-language="{escape.html(box.lang or NO_LANGUAGE)}" {THEME}'
    tab = f' data-tab="{escape.html(box.tab)}"' if box.tab else ""
    frame = f' data-frame="{box.frame}"' if box.frame != EDITOR else ""
    return "".join(
        (
            f'<figure {about(box, "code")} data-rehype-pretty-code-figure=""{tab}{frame}>',
            _words(box.title, "title", "div" if box.caption else "figcaption", lang),
            *(_segment(box, lang, *segment) for segment in box.segments()),
            _words(box.caption, "caption", "figcaption", lang),
            "</figure>",
        )
    )


def about(box: CodeBox, classes: str) -> str:
    """Write the classes, the id and the author's own attributes of a box: `data-` before what HTML does not know."""
    identifier = f' id="{escape.html(box.identifier)}"' if box.identifier else ""
    pairs: dict[str, str] = {}
    for key, value in box.attributes:
        pairs.setdefault(_attribute(key), value)
    own = "".join(f' {key}="{escape.html(value)}"' for key, value in pairs.items() if key not in OURS)
    return f'class="{escape.html(" ".join((classes, *box.classes)))}"{identifier}{own}'


def _attribute(key: str) -> str:
    name = _NO_NAME.sub("-", key.lower())
    return name if name in ATTRIBUTES or name.startswith(("data-", "aria-")) else f"data-{name}"


def xhtml(box: CodeBox) -> str:
    """Write the figure for a book: no attribute is empty.

    pandoc 3.9 reads the raw HTML of an EPUB and writes `data-line=""` as `data-line`, which is no XML.
    """
    return html(box).replace('=""', '="true"')  # quotes in the author's text are escaped


def _segment(box: CodeBox, lang: str, is_folded: bool, first: int, rows: Sequence[Row]) -> str:
    """Write a run of lines; one that is folded stands behind a summary that says how many there are."""
    start = None if box.start is None else box.start + first
    state = "".join(f" {name}" for name, holds in (("has-focused", box.has_focus), ("wrap", box.wrap)) if holds)
    style = f' class="{state.strip()}"' if state else ""
    lines = "\n".join(_line(box, row) for row in rows)
    pre = f'<pre tabindex="0" {lang}{style}><code {lang} {_numbers(box, start)}>{lines}</code></pre>'
    if not is_folded:
        return pre
    state = ' open="open"' if box.fold_is_open else ""
    return f'<details class="folded"{state}><summary>{escape.html(box.summary_of(rows))}</summary>{pre}</details>'


def _words(text: str | None, part: str, tag: str, lang: str) -> str:
    return f'<{tag} data-rehype-pretty-code-{part}="" {lang}>{escape.html(text)}</{tag}>' if text else ""


def _numbers(box: CodeBox, start: int | None) -> str:
    if start is None:
        return 'style="display: grid;"'
    first = f"counter-set: line {start - 1};" if start != 1 else ""
    return f'style="{first}display: grid;" data-line-numbers="" data-line-numbers-max-digits="{box.digits}"'


def _line(box: CodeBox, row: Row) -> str:
    """Write one line; a blank one holds a space, because an empty grid row has no height."""
    marked = ""
    if row.marked:
        marked = ' data-highlighted-line=""'
        if row.id:
            marked += f' data-highlighted-line-id="{escape.html(row.id)}"'
    text = "".join(_pieces(box, row.pieces)) or " "
    return f'<span data-line=""{marked}{_look(box, row)}>{text}{label(row)}</span>'


def label(row: Row) -> str:
    """Write what stands beside a line; numbers lead to the list below that explains them."""
    inside = " ".join(map(_note, row.notes)) or escape.html(row.label or "")
    return f'<span class="line-label">{inside}</span>' if inside else ""


def _note(note: Note) -> str:
    name = f' id="{note.identifier}"' if note.identifier else ""
    if not note.target:
        return f'<span class="line-note"{name}>{note.number}</span>'
    return f'<a class="line-note" href="#{note.target}"{name} role="doc-noteref">{note.number}</a>'


def _look(box: CodeBox, row: Row) -> str:
    """Say the line's kinds and the look of its number as classes, its tint and how far it hangs."""
    looks = [CLASSES[kind] for kind in KINDS if kind in row.kinds] + [escape.html(name) for name in row.classes]
    classes = " ".join(looks + [f"number-{row.number}"] * bool(row.number))
    style = f"--hang:{_hang(row, box.wrap)}ch" if box.wrap else ""
    if row.marked and row.id:
        tint = box.tint(row.id)
        if tint.startswith("#"):
            style = f"--tint:{tint}{';' if style else ''}{style}"
        else:
            classes = f"{classes} tint-{escape.html(tint)}".strip()
    return (f' class="{classes}"' if classes else "") + (f' style="{style}"' if style else "")


def _hang(row: Row, wrap: Wrap) -> int:
    text = row.text
    return wrap.hanging + (len(text) - len(text.lstrip()) if wrap.preserve_indent else 0)


def _pieces(box: CodeBox, pieces: Iterable[Piece]) -> Iterator[str]:
    for mark, group in groupby(pieces, key=lambda piece: piece[2]):
        tokens = "".join(token(f"hl-{kind}" if kind else "", text) for kind, text, _ in group)
        if mark is None:
            yield tokens
            continue
        name = f' data-chars-id="{escape.html(mark.id)}"' if mark.id else ""
        tint = _tint(box.tint(mark.id, mark.kind))
        tag = TAGS[mark.kind]
        yield f'<{tag} data-highlighted-chars-mark="" data-highlighted-chars=""{name}{tint}>{tokens}</{tag}>'


def token(name: str, text: str) -> str:
    """Write a token of a class; one with letters that run from the right stands where the code has it.

    >>> token("hl-s", '"\u05d0"')
    '<span class="hl-s" dir="ltr">&quot;\u05d0&quot;</span>'
    """
    way = ' dir="ltr"' if _FROM_RIGHT.search(text) else ""
    known = f' class="{name}"' if name else ""
    return f"<span{known}{way}>{escape.html(text)}</span>" if known or way else escape.html(text)


def _tint(tint: str) -> str:
    return f' style="--tint:{tint}"' if tint.startswith("#") else f' class="tint-{escape.html(tint)}"'
