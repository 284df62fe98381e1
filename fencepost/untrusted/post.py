"""A stranger's post: what its front matter may say, where links may lead, what of raw text stays.

The promises are in `SECURITY.md`; `sanitise` has those about HTML, `bounds` and `supervised` those about limits.
"""

from __future__ import annotations

import re
from dataclasses import replace

from fencepost.diagnostics.model import Diagnostic
from fencepost.frontmatter.reading import KEYS, Metadata
from fencepost.options import spelled
from fencepost.untrusted.html import SCHEMES

# the options that front matter may set: how the text is read, nothing that names a file, an address or a limit
OPTIONS = frozenset([
    "dialect", "alerts", "smart", "breaks", "ids", "preserve_tabs", "toc", "toc_depth", "number_figures",
    "number_sections", "reading_time",
])  # fmt: skip
# keys of pandoc's that would put files or markup into the output: their loss is said, other keys go in silence
ACTIVE = frozenset([
    "css", "header-includes", "include-before", "include-after", "template", "stylesheet", "epub-cover-image",
])  # fmt: skip
_SCHEME = re.compile(r"([A-Za-z][A-Za-z0-9+.-]*):")
_IGNORED = re.compile("[\x00-\x20\x7f-\xa0\xad\u200b-\u200f\u2028-\u202f\ufeff]")  # what browsers pass over in a URL


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
