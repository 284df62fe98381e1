"""Anchors: headings get the ids that GitHub gives them, and links to them arrive or are said to be broken."""

from __future__ import annotations

import re
import urllib.parse

from fencepost.diagnostics.nearest import LONGEST, MOST_ASKED, MOST_KNOWN, nearest
from fencepost.filters.context import Context
from fencepost.markdown.slugs import Slugger
from fencepost.pandoc import tree
from fencepost.pandoc.tree import Document, Node

_RAW_ID = re.compile(r"""\b(?:id|name)\s*=\s*(?:"([^"]+)"|'([^']+)'|([^\s"'>]+))""")
_TAG = re.compile(r"<[A-Za-z](?:[^<>\"']|\"[^\"]*\"|'[^']*')*>")
_ATTRIBUTE = re.compile(r"""(?<!\s)(\s+)([^\s"'<>/=]+)(?:\s*=\s*("[^"]*"|'[^']*'|[^\s"'=<>`]+))?""")
LONGEST_ADDRESS = 8000  # bytes; what Typst says of one more is "URL is too long"
NOWHERE_HARMS = frozenset(["epub", "typst", "latex", "docx", "odt"])  # families in which a link to nowhere is a fault
_WITH_ID = frozenset(["Header", "Div", "Span", "Figure", "Table", "CodeBlock", "Code", "Link", "Image"])


def rewrite(document: Document, context: Context) -> None:
    """Replace the ids of headings by GitHub's, but for those of the author's own; the new one of each is known."""
    slugger, renamed = Slugger(), context.renamed
    for container, index in tree.find(document["blocks"], frozenset(["Header"])):
        attr = container[index]["c"][1]
        if id(container[index]) in context.given_ids:
            slugger.reserve(attr[0])
            continue
        made = slugger.unique(tree.text_of(container[index]["c"][2]))
        if attr[0]:
            renamed[attr[0]] = made
        attr[0] = made


def known_ids(document: Document) -> set[str]:
    """Collect every id that a link can lead to, those in raw HTML too."""
    return _ids(_with_ids(document))


def _with_ids(document: Document) -> list[tree.Place]:
    return tree.find(document["blocks"], _WITH_ID | {"RawBlock", "RawInline"})


def _ids(places: list[tree.Place]) -> set[str]:
    found: set[str] = set()
    for container, index in places:
        node = container[index]
        if node["t"] in ("RawBlock", "RawInline"):
            found.update(value for match in _RAW_ID.finditer(node["c"][1]) for value in match.groups() if value)
        else:
            found.add(_attr(node)[0])
    return found - {""}


def keep_first(document: Document, _context: Context) -> None:
    """Take from every element an id that one before it has, in place: Typst and EPUBs know none twice."""
    seen: set[str] = set()
    for container, index in _with_ids(document):
        node = container[index]
        if node["t"] in ("RawBlock", "RawInline"):
            node["c"][1] = _TAG.sub(lambda tag: _with_new_names(tag[0], seen), node["c"][1])
            continue
        attr = _attr(node)
        attr[0] = "" if attr[0] in seen else attr[0]
        seen.add(attr[0])


def _with_new_names(tag: str, seen: set[str]) -> str:
    """Write a tag with its id if none before it has it; `<a name>` is an id, for books know no other anchors."""
    is_anchor = tag[:2].lower() == "<a" and not tag[2].isalnum()

    def kept(match: re.Match[str]) -> str:
        if match[2].lower() not in (("id", "name") if is_anchor else ("id",)) or not match[3]:
            return match[0]
        name = match[3].strip("\"'")
        is_new = name not in seen
        seen.add(name)
        return f"{match[1]}id={match[3]}" if is_new else ""

    return _ATTRIBUTE.sub(kept, tag)


def fill_empty(document: Document, _context: Context) -> None:
    """Give Typst something to label where an anchor is empty, in place: else its label is the heading's before it."""
    for container, index in tree.find(document["blocks"], frozenset(["Span"])):
        attr, content = container[index]["c"]
        if attr[0] and not content:
            content.append({"t": "RawInline", "c": ["typst", "#metadata(none)"]})


def unlink_unseen(document: Document, _context: Context) -> None:
    """Keep the words alone of a link of soft hyphens, in place: Typst 0.15 stops at a link that shows nothing."""
    for container, index in tree.find(document["blocks"], frozenset(["Link"])):
        words = container[index]["c"][1]
        if words and all(word["t"] == "Str" and not word["c"].strip("\u00ad") for word in words):
            container[index] = {"t": "Span", "c": [["", [], []], words]}


def _attr(node: Node) -> list[str]:
    attr: list[str] = node["c"][1 if node["t"] == "Header" else 0]
    return attr


def check_links(document: Document, context: Context) -> None:
    """Point `#links` at the ids that exist; warn of the others, and keep only their text where they would do harm.

    A link to nowhere stops Typst, and is an error in an EPUB; a web page just does not move. `#`, and `#top` where
    nothing is called so, are the top of a web page (HTML 7.4.6.4), and words elsewhere. An address that is too long
    for Typst is words there.
    """
    places = _with_ids(document)
    known = (_ids(places) | context.written_ids) - context.lost_ids
    for container, index in places:
        node = container[index]
        target = node["c"][2][0] if node["t"] == "Link" else ""
        if not target.startswith("#"):
            if context.family == "typst" and _is_too_long(target, context):
                container[index] = _words_of(node)
            continue
        name = urllib.parse.unquote(target[1:])
        found = next(
            (known_id for known_id in (name, context.renamed.get(name, ""), name.lower()) if known_id in known), None
        )
        if found is not None:
            node["c"][2][0] = "#" + found
            continue
        is_top = name.lower() in ("", "top")
        if not is_top:
            _report(context, target, known)
        if context.family in NOWHERE_HARMS or is_top and context.family != "html":
            container[index] = _words_of(node)


def _words_of(link: Node) -> Node:
    return {"t": "Span", "c": [["", [], []], link["c"][1]]}


def _is_too_long(target: str, context: Context) -> bool:
    size = len(target.encode())
    if size > LONGEST_ADDRESS:
        problem = f"an address of {size} bytes is too long for print, which takes {LONGEST_ADDRESS}: its words stay"
        context.report_at("Link", target, "warning", "link-long", problem, help="link to a shorter one")
    return size > LONGEST_ADDRESS


def _nearest(name: str, known: set[str], context: Context) -> str:
    """Give the anchor that is most like a name: for so many names among so many anchors as a person makes mistakes."""
    if context.number("anchor asked") > MOST_ASKED or len(known) > MOST_KNOWN or len(name) > LONGEST:
        return ""
    return nearest(name, sorted(known), 0.7)


def _report(context: Context, target: str, known: set[str]) -> None:
    problem, name = f"no heading here has the anchor {target[:80]}", urllib.parse.unquote(target[1:])
    near = _nearest(name, known, context)
    help = f"did you mean `#{near}`?" if near else "anchors are GitHub's: the heading in lower case, hyphens for blanks"
    context.report_at("Link", target, "warning", "link-anchor", problem, help=help)
