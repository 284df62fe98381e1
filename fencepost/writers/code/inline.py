"""Code in running text whose tokens are known: a function a family, picked from a dict."""

from __future__ import annotations

from collections.abc import Callable, Sequence

from fencepost.highlight.tokens import Token
from fencepost.writers import escape
from fencepost.writers.code.html import token
from fencepost.writers.escape import latex_code


def _html(tokens: Sequence[Token], lang: str) -> str:
    inside = "".join(token(f"hl-{kind}" if kind else "", text) for kind, text in tokens)
    return f'<code data-language="{escape.html(lang)}" data-theme="fencepost">{inside}</code>'


def _typst(tokens: Sequence[Token], _lang: str) -> str:
    segments = "".join(f"({escape.typst(kind)}, {escape.typst(text)}), " for kind, text in tokens)
    return f"#fp-inline({segments.rstrip(', ')});"


def _latex(tokens: Sequence[Token], _lang: str) -> str:
    inside = "".join(
        f"\\fptoken{{{kind}}}{{{latex_code(text)}}}" if kind else latex_code(text) for kind, text in tokens
    )
    return "\\texttt{" + inside + "}"


INLINE_WRITERS: dict[str, Callable[[Sequence[Token], str], str]] = {
    "html": _html, "epub": _html, "typst": _typst, "latex": _latex,
}  # fmt: skip
