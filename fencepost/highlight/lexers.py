"""Which of Pygments' lexers reads a language, found without importing the others or asking for plug-ins."""

from __future__ import annotations

import re
from collections.abc import Iterable
from functools import cache
from importlib import import_module
from typing import Any

# names that blogs use and Pygments does not know; a language stands for one that it is written in or extends
ALIASES = {
    "astro": "html",
    "bash-session": "console",
    "cjs": "javascript",
    "cmd": "bat",
    "conf": "ini",
    "cshtml": "html",
    "cts": "typescript",
    "django-html": "html+django",
    "dotenv": "bash",
    "ejs": "html",
    "el": "elisp",
    "env": "bash",
    "gql": "graphql",
    "gradle": "groovy",
    "hbs": "handlebars",
    "htm": "html",
    "html5": "html",
    "ipython": "python",
    "javascriptreact": "jsx",
    "jinja2": "jinja",
    "jsonc": "json",
    "jsonl": "json",
    "just": "make",
    "justfile": "make",
    "kt": "kotlin",
    "kts": "kotlin",
    "mdc": "markdown",
    "mdx": "markdown",
    "mjs": "javascript",
    "mts": "typescript",
    "ndjson": "json",
    "njk": "html+jinja",
    "node": "javascript",
    "patch": "diff",
    "plist": "xml",
    "postcss": "css",
    "pyrepl": "pycon",
    "razor": "html",
    "shellsession": "console",
    "svelte": "html",
    "svg": "xml",
    "terminal": "console",
    "typ": "typst",
    "typescriptreact": "tsx",
    "vb": "vbnet",
    "viml": "vim",
    "wasm": "wast",
    "xsl": "xslt",
    "zshrc": "zsh",
}
PLAIN = frozenset({"", "ansi", "csv", "log", "none", "output", "plain", "plaintext", "text", "tree", "tsv", "txt"})
_FENCED = re.compile(r"^[ \t>]*(?:```+|~~~+)[ \t]*(\w[\w+#-]*)", re.MULTILINE)
_MOST = 8  # lexers to make in advance


@cache
def _lexers() -> dict[str, tuple[str, str]]:
    from pygments.lexers._mapping import LEXERS

    return {alias: (row[0], name) for name, row in LEXERS.items() for alias in row[2]}


def known_languages() -> Iterable[str]:
    """List the names of all languages that can be highlighted, beside those of `ALIASES` and `PLAIN`."""
    return _lexers()


def is_language(word: str) -> bool:
    """Say whether a word names a language that can be highlighted, or one for plain text."""
    name = word.lower()
    return name != "" and (name in PLAIN or ALIASES.get(name, name) in _lexers())


@cache
def find_lexer(lang: str) -> Any | None:
    """Make the lexer of a language; None for plain text and for what nobody knows."""
    name = lang.lower()
    name = ALIASES.get(name, name)
    if name in PLAIN or name not in _lexers():
        return None
    module, lexer = _lexers()[name]
    return getattr(import_module(module), lexer)()


def preload(source: str) -> None:
    """Make the lexers of a post's languages: 30 ms that pass unseen while pandoc is reading."""
    for lang in list(dict.fromkeys(_FENCED.findall(source)))[:_MOST]:
        find_lexer(lang)
