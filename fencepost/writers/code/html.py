"""Code in HTML and EPUB: rehype-pretty-code's markup, so that an existing blog's style sheet fits.

Always well-formed XML: the same text goes into an EPUB.
"""

from __future__ import annotations

from collections.abc import Iterable, Iterator
from itertools import groupby

from fencepost.highlight import Piece
from fencepost.writers import escape
from fencepost.writers.code.box import CodeBox, Row

THEME = 'data-theme="fencepost"'
NO_LANGUAGE = "plaintext"


def html(box: CodeBox) -> str:
    """Write the figure: title, lines, caption. With a caption the title is no figcaption: a figure has one."""
    lang = f'data-language="{escape.html(box.lang or NO_LANGUAGE)}" {THEME}'
    name = f' id="{escape.html(box.identifier)}"' if box.identifier else ""
    return "".join(
        (
            f'<figure class="code"{name} data-rehype-pretty-code-figure="">',
            _words(box.title, "title", "div" if box.caption else "figcaption", lang),
            f'<pre tabindex="0" {lang}><code {lang} {_numbers(box)}>',
            "\n".join(_line(box, row) for row in box.rows),
            "</code></pre>",
            _words(box.caption, "caption", "figcaption", lang),
            "</figure>",
        )
    )


def _words(text: str | None, part: str, tag: str, lang: str) -> str:
    return f'<{tag} data-rehype-pretty-code-{part}="" {lang}>{escape.html(text)}</{tag}>' if text else ""


def _numbers(box: CodeBox) -> str:
    if box.start is None:
        return 'style="display: grid;"'
    first = f"counter-set: line {box.start - 1};" if box.start != 1 else ""
    return f'style="{first}display: grid;" data-line-numbers="" data-line-numbers-max-digits="{box.digits}"'


def _line(box: CodeBox, row: Row) -> str:
    """Write one line; a blank one holds a space, because an empty grid row has no height."""
    marked = ""
    if row.marked:
        marked = ' data-highlighted-line=""'
        if row.id:
            marked += f' data-highlighted-line-id="{escape.html(row.id)}"{_tint(box.tint(row.id))}'
    return f'<span data-line=""{marked}>{"".join(_pieces(box, row.pieces)) or " "}</span>'


def _pieces(box: CodeBox, pieces: Iterable[Piece]) -> Iterator[str]:
    for mark, group in groupby(pieces, key=lambda piece: piece[2]):
        tokens = "".join(
            f'<span class="hl-{kind}">{escape.html(text)}</span>' if kind else escape.html(text)
            for kind, text, _ in group
        )
        if mark is None:
            yield tokens
            continue
        name = f' data-chars-id="{escape.html(mark.id)}"' if mark.id else ""
        tint = _tint(box.tint(mark.id))
        yield f'<mark data-highlighted-chars-mark="" data-highlighted-chars=""{name}{tint}>{tokens}</mark>'


def _tint(tint: str) -> str:
    return f' style="--tint:{tint}"' if tint.startswith("#") else f' class="tint-{escape.html(tint)}"'
