"""A stranger's post: what its front matter may say, where links may lead, what of raw text stays.

The promises are in `SECURITY.md`; `sanitise` has those about HTML, `bounds` and `supervised` those about limits.
"""

from __future__ import annotations

import re
from collections.abc import Iterator
from dataclasses import replace
from typing import Any

from fencepost.diagnostics.model import Diagnostic
from fencepost.filters.context import Context
from fencepost.filters.sanitise import RAW, SCHEMES
from fencepost.frontmatter.reading import KEYS, Metadata
from fencepost.options import spelled
from fencepost.pandoc import tree
from fencepost.pandoc.html_tree import is_html
from fencepost.pandoc.tree import Document, Node

# the options that front matter may set: how the text is read, nothing that names a file, an address or a limit
OPTIONS = frozenset([
    "dialect", "alerts", "smart", "breaks", "ids", "preserve_tabs", "toc", "toc_depth", "number_figures",
    "number_sections", "reading_time",
])  # fmt: skip
# keys of pandoc's that would put files or markup into the output: their loss is said, other keys go in silence
ACTIVE = frozenset([
    "css", "header-includes", "include-before", "include-after", "template", "stylesheet", "epub-cover-image",
])  # fmt: skip
IMAGES = re.compile(r"data:image/(?:png|jpeg|gif|webp)[;,]", re.IGNORECASE)
_SCHEME = re.compile(r"([A-Za-z][A-Za-z0-9+.-]*):")
_IGNORED = re.compile("[\x00-\x20\x7f-\xa0\xad\u200b-\u200f\u2028-\u202f\ufeff]")  # what browsers pass over in a URL
_ATTRIBUTED = frozenset(["Header", "Div", "Span", "Link", "Image", "Code", "CodeBlock", "Table", "Figure"])


def tamed(meta: Metadata, path: str) -> Metadata:
    """Keep of a post's own metadata what describes it; what would act is dropped, and said."""
    dropped = [spelled(name) for name in meta.options if name not in OPTIONS]
    dropped += [key for key in meta.extra if spelled(key) in ACTIVE]
    canonical = meta.canonical if is_safe(meta.canonical) else ""
    dropped += [key for key in KEYS["canonical"] if meta.canonical and not canonical and key in meta.lines]
    dropped += [key for key in KEYS["cover"] if meta.cover and key in meta.lines]
    authors = (replace(author, image="", url=author.url * is_safe(author.url)) for author in meta.authors)
    said = tuple(_dropped(key, meta, path) for key in dropped)
    return replace(
        meta, cover="", cover_alt="", canonical=canonical, extra={}, passthrough="", warnings=(*meta.warnings, *said),
        authors=tuple(authors),
        options={name: value for name, value in meta.options.items() if name in OPTIONS},
    )  # fmt: skip


def _dropped(key: str, meta: Metadata, path: str) -> Diagnostic:
    line = next((number for name, number in meta.lines.items() if spelled(name) == key), meta.lines.get(key))
    problem = f"`{key}` is ignored in a post that is not trusted"
    return Diagnostic(path, line, 0 if line else None, "warning", "untrusted-key", problem)


def is_safe(address: str) -> bool:
    """Say whether an address has no scheme, or one that only leads somewhere.

    >>> [is_safe(text) for text in ("https://a.org", "../a", "#b", "java\\tscript:x", "data:text/html,x")]
    [True, True, True, False, False]
    """
    found = _SCHEME.match(_IGNORED.sub("", address))
    return found is None or found[1].lower() in SCHEMES


def is_harmless(key: str) -> bool:
    """Say whether an attribute of this name neither acts, nor loads, nor looks."""
    return not key.lower().startswith(("on", "style", "src", "href"))


def rewrite(document: Document, context: Context) -> None:
    """Make a document that is not trusted safe to write in any format; in place."""
    from fencepost.filters import sanitise

    sanitise.rewrite(document, context)
    roots = [document["blocks"], list(document["meta"].values())]
    for container, index in reversed(tree.find(roots, _ATTRIBUTED | RAW)):
        node = container[index]
        if node["t"] in RAW:
            if not is_html(node):
                _report_raw(node, context)
                tree.replace(container, index, [])
            continue
        attr = node["c"][1 if node["t"] == "Header" else 0]
        attr[2] = [pair for pair in attr[2] if is_harmless(pair[0])]
        if node["t"] in ("Link", "Image"):
            tree.replace(container, index, _led(node, context))


def _led(node: Node, context: Context) -> list[Node] | Node:
    """Keep a link or an image that leads somewhere; of another, its words."""
    target = node["c"][2][0]
    if is_safe(target) or node["t"] == "Image" and IMAGES.match(target):
        return node
    problem = f"the address {target[:60]} is left out of a post that is not trusted"
    help = "addresses may begin with " + ", ".join(f"{scheme}:" for scheme in sorted(SCHEMES))
    context.report_at(node["t"], target, "warning", "untrusted-link", problem, help=help)
    words: list[Any] = node["c"][1]
    return {"t": "Span", "c": [["", [], []], words]}


def _report_raw(node: Node, context: Context) -> None:
    language, text = node["c"]
    first: Iterator[str] = (line.strip() for line in text.split("\n") if line.strip())
    line, column = context.place_in(re.compile(re.escape(next(first, ""))), *RAW)
    problem = f"raw {language} is left out of a post that is not trusted"
    context.report("warning", "untrusted-raw", problem, line=line, column=column)
