"""Names that other tools give a file of code, read in the dialect that nobody chose.

filename="a.js", file="a.js"    Nextra, Fumadocs, Quarto
[a.js]                          Nuxt Content, VitePress
js:title=a.js, js:src/a.js      Gatsby, Qiita, Zenn
js src/a.js                     react.dev
rust,ignore                     rustdoc: what stands behind the comma is for it alone
"""

from __future__ import annotations

import re
from typing import NamedTuple

_LANG = re.compile(
    r"(?P<diff>diff-)?(?P<lang>[A-Za-z][\w+#-]*)(?:,\S*|:(?:title=)?(?P<title>[^\s{}:,]*[./][^\s{}:]*))?\Z"
)
_KEY = re.compile(r"(?<!\S)file(?:name)?=(?:\"(?P<double>[^\"\n]+)\"|'(?P<single>[^'\n]+)')")
_FIRST = re.compile(
    r"\A[ \t]*(?:\[(?P<bracket>[^\[\]\n]+(?:\[[^\[\]\n]*\][^\[\]\n]*)*)\]"
    r"|(?P<path>[\w@.()\[\]-][\w@.()\[\]/-]*\.[A-Za-z]\w{0,9}))(?!\S)"
)


class Named(NamedTuple):
    """Language and meta without the name, and the name; what was taken out of the meta are spaces now."""

    lang: str | None
    meta: str
    title: str | None


def read_name(lang: str | None, meta: str) -> Named:
    """Take the name of a file out of an info string.

    >>> read_name("js:src/a.js", "{1}")
    Named(lang='js', meta='{1}', title='src/a.js')
    >>> read_name("ts", '{1} file="a/b.ts"').title, read_name("rust,ignore", "").lang
    ('a/b.ts', 'rust')
    """
    title = None
    if lang and (found := _LANG.match(lang)):
        lang, title = (
            "diff" if found["diff"] and found["title"] else f"{found['diff'] or ''}{found['lang']}",
            found["title"],
        )
    for pattern in (_KEY, _FIRST):
        at = pattern.search(meta) if pattern is _KEY else pattern.match(meta)
        if at:
            title = title or next(filter(None, at.groups()))
            meta = meta[: at.start()] + " " * (at.end() - at.start()) + meta[at.end() :]
    return Named(lang, meta, title)
