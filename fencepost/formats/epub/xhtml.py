"""HTML as people write it, made the XHTML that an EPUB must be: well-formed, no obsolete attributes, nothing remote.

Runs only on a chapter that needs it: pandoc's own markup is well-formed, an author's raw HTML may not be.
"""

from __future__ import annotations

import re
from collections.abc import Callable
from html.parser import HTMLParser
from xml.etree import ElementTree

from fencepost.writers.escape import html

# fmt: off
VOID = frozenset(["area", "base", "br", "col", "embed", "hr", "img", "input", "link", "meta", "source", "track", "wbr"])
# what an EPUB knows; another name is the author's words in pointed brackets: `Vec<T>`
KNOWN = VOID | frozenset([
    "html", "head", "title", "body", "a", "abbr", "address", "article", "aside", "b", "bdi", "bdo", "blockquote",
    "canvas", "caption", "cite", "code", "colgroup", "data", "datalist", "dd", "del", "details", "dfn", "div", "dl",
    "dt", "em", "fieldset", "figcaption", "figure", "footer", "h1", "h2", "h3", "h4", "h5", "h6", "header",
    "hgroup", "i", "ins", "kbd", "label", "legend", "li", "main", "map", "mark", "menu", "meter", "nav", "ol",
    "optgroup", "option", "output", "p", "picture", "pre", "progress", "q", "rp", "rt", "ruby", "s", "samp",
    "search", "section", "small", "span", "strong", "sub", "summary", "sup", "svg", "math", "table", "tbody", "td",
    "tfoot", "th", "thead", "time", "tr", "u", "ul", "var",
])
FOREIGN = frozenset(["svg", "math"])  # what stands inside these has names of its own
# gone with all they hold
REMOVED = frozenset(["script", "style", "noscript", "object", "applet", "embed", "template", "form", "button", "select",
                     "textarea", "base"])
# what others become: the tag, a style
OBSOLETE = {
    "center": ("div", "text-align:center"), "font": ("span", ""), "big": ("span", "font-size:larger"),
    "tt": ("code", ""), "strike": ("s", ""), "acronym": ("abbr", ""), "marquee": ("span", ""), "nobr": ("span", ""),
}
# remote and live things become a link to where they are
LIVE = frozenset(["iframe", "video", "audio"])
# an obsolete attribute and the style that says the same
STYLED = {
    "align": "text-align:{}", "valign": "vertical-align:{}", "bgcolor": "background:{}", "width": "width:{}",
    "height": "height:{}", "color": "color:{}",
}
STYLABLE = frozenset(["img", "table", "tr", "td", "th", "col", "div", "p", "hr", "font", "h1", "h2", "h3", "h4", "pre",
                      "ul", "body", "caption", "tbody", "thead", "iframe", "li"])
# attributes that no book needs or may have
GONE = frozenset(["border", "cellpadding", "cellspacing", "nowrap", "srcset", "loading", "decoding", "clear", "target",
                  "face", "size"])
# attributes that XHTML knows, those of RDFa among them; of others (`markdown`, `v-if`) nothing is left
ATTRIBUTES = frozenset([
    "abbr", "about", "accesskey", "alt", "autocapitalize", "charset", "checked", "cite", "class", "colspan", "content",
    "contenteditable", "coords", "crossorigin", "datatype", "datetime", "dir", "disabled", "download", "draggable",
    "enterkeyhint", "for", "headers", "height", "hidden", "high", "href", "hreflang", "http-equiv", "id", "inert",
    "inlist", "inputmode", "ismap", "itemid", "itemprop", "itemref", "itemscope", "itemtype", "label", "lang", "low",
    "max", "media", "min", "name", "open", "optimum", "ping", "prefix", "property", "referrerpolicy", "rel", "resource",
    "rev", "reversed", "role", "rowspan", "scope", "shape", "sizes", "span", "spellcheck", "src", "start", "style",
    "tabindex", "title", "translate", "type", "typeof", "usemap", "value", "vocab", "width",
])
# what an opening tag ends, where the author has not
CLOSES = {
    "li": {"li"}, "td": {"td", "th"}, "th": {"td", "th"}, "tr": {"tr", "td", "th"},
    "dt": {"dt", "dd"}, "dd": {"dt", "dd"},
}
BLOCKS = frozenset(["address", "article", "aside", "blockquote", "div", "dl", "figure", "footer", "h1", "h2", "h3",
                    "h4", "h5", "h6", "header", "hr", "main", "nav", "ol", "p", "pre", "section", "table", "ul",
                    "details"])
# names that XML spells with capitals and html.parser lowers
_CAMEL = ("viewBox", "preserveAspectRatio", "linearGradient", "radialGradient", "clipPath")
CAMEL = {name.lower(): name for name in _CAMEL}
# fmt: on
NAME = re.compile(r"[A-Za-z_][\w.-]*(:[A-Za-z_][\w.-]*)?\Z", re.ASCII)
# prefixes of attributes, and what they stand for
PREFIXES = {"epub": "http://www.idpf.org/2007/ops", "xlink": "http://www.w3.org/1999/xlink", "xml": ""}
NAMESPACES = frozenset(
    [
        "http://www.w3.org/1999/xhtml",
        "http://www.w3.org/2000/svg",
        "http://www.w3.org/1998/Math/MathML",
        *PREFIXES.values(),
    ]
)

_STYLE = re.compile(r"[^{}]*")  # an attribute with braces is a program's: `style={{ color: it }}`
_SUSPICIOUS = re.compile(
    r"<(?:script|style|iframe|video|audio|object|embed|form|center|font|big|tt|strike|marquee|base|nobr)\b"
    r"|<input(?! type=\"checkbox\")"
    r"|<[a-z][^<>]*\s(?:on[a-z]+|align|valign|bgcolor|border|cellpadding|cellspacing|nowrap|srcset|loading|clear|target)="
    r"|<(?:img|table|td|th|col|div|p|hr)\b[^<>]*\s(?:width|height)="
    r"|<p\b[^<>]*>\s*<(?:p|div|ul|ol|dl|table|pre|blockquote|figure|section|h[1-6])\b"
    r"|href=\"(?:javascript|vbscript|data|file):|\sstyle=\"[^\"]*[{}]"
    r"|=\"[^\"<>]*<",  # the other patterns stop there
    re.IGNORECASE,
)


def tree(text: str) -> ElementTree.Element | None:
    """Read a page as a reader does that is strict about XML; None where it is not well-formed."""
    try:
        return ElementTree.fromstring(text)
    except ElementTree.ParseError:
        return None


# what pandoc and we write inside math and drawings
_USUAL = KNOWN | frozenset([
    "path", "g", "image", "semantics", "annotation", "mi", "mn", "mo", "mrow", "msub", "msup", "msubsup", "mfrac",
    "msqrt", "mroot", "mtext", "mspace", "mover", "munder", "munderover", "mtable", "mtr", "mtd", "mstyle",
    "mpadded", "menclose",
])  # fmt: skip

_PICTURE = re.compile(r"<picture\b[^>]*>((?:(?!</?picture\b).)*)</picture>", re.DOTALL)
_SOURCE = re.compile(r"<source\b[^>]*>")
# the attributes of both
_DRAWN = frozenset([
    "version", "d", "viewBox", "fill", "stroke", "encoding", "display", "stretchy", "form", "mathvariant", "accent",
    "columnalign", "columnspacing", "rowspacing", "fence", "separator", "scriptlevel", "displaystyle", "linethickness",
    "lspace", "rspace", "minsize", "maxsize", "notation", "voffset", "depth", "symmetric", "largeop", "movablelimits",
])  # fmt: skip


def is_suspicious(text: str) -> bool:
    """Say whether a chapter may hold what is well-formed and yet no part of an EPUB."""
    if _SUSPICIOUS.search(text) or not set(re.findall(r"<([A-Za-z][^\s/>]*)", text)) <= _USUAL:
        return True
    if "<a<a" in "".join(re.findall(r"<a(?=[\s>])|</a(?=>)", text)):
        return True
    return any(not _is_known_attribute(name) for name in set(re.findall(r"\s([A-Za-z_][\w.:-]*)=\"", text)) - _DRAWN)


def _is_known_attribute(name: str) -> bool:
    return name in ATTRIBUTES or name.startswith(("aria-", "data-", "xmlns")) or name.split(":")[0] in PREFIXES


def sources(text: str) -> list[str]:
    """List what the images of a chapter refer to."""
    return re.findall(r'<(?:img|source)\b[^>]*?\ssrc="([^"]*)"', text)


def _as_style(tag: str, name: str, value: str) -> str:
    """Say an obsolete attribute as CSS, nothing where it is none."""
    size = name in ("width", "height")
    if name not in STYLED or tag not in STYLABLE or not re.fullmatch(r"[\w#.%-]+", value):
        return ""
    if size and value.isdecimal():
        return "" if tag == "img" else STYLED[name].format(value + "px")
    return STYLED[name].format(value)


class _Builder(HTMLParser):
    def __init__(self, known: Callable[[str], bool]) -> None:
        super().__init__(convert_charrefs=True)
        self.known = known
        self.out: list[str] = []
        self.open: list[tuple[str, str]] = []  # as the author wrote it, as we write it (empty: not at all)
        self.skipping, self.is_wanting = 0, False  # how many of these are not written; whether a film has no source yet
        self.ids: set[str] = set()

    def handle_decl(self, decl: str) -> None:
        self.out.append(f"<!{decl}>")

    def handle_pi(self, data: str) -> None:
        if data.startswith("xml ") and not self.out:
            self.out.append(f"<?{data.rstrip('?')}?>")

    def handle_data(self, data: str) -> None:
        if not self.skipping:
            self.out.append(html(data).replace("&quot;", '"'))

    def _is_known(self, tag: str) -> bool:
        inside = any(written in FOREIGN for written, _ in self.open)
        known = tag in KNOWN or tag in OBSOLETE or tag in LIVE or inside
        return known and NAME.match(tag) is not None and ":" not in tag

    def handle_startendtag(self, tag: str, attrs: list[tuple[str, str | None]]) -> None:
        if tag in REMOVED:
            return
        self.handle_starttag(tag, attrs)
        if tag not in VOID and self.open and self.open[-1][0] == tag:
            self.handle_endtag(tag)

    def handle_starttag(self, tag: str, attrs: list[tuple[str, str | None]]) -> None:
        if tag == "source" and self.is_wanting:  # of a film or a sound that has none itself
            self._lead_to({name: value or "" for name, value in attrs})
            self.is_wanting = False
        if self.skipping or tag in REMOVED:
            self._skip(tag)
            return
        if not self._is_known(tag):
            if "-" not in tag and ":" not in tag:
                self.handle_data(self.get_starttag_text() or "")
            return
        given = {name: value if value is not None else "" for name, value in reversed(attrs)}
        if tag == "img" and not self.known(given.get("src", "")):
            words = html(given.get("alt") or given.get("src", "").rsplit("/", 1)[-1][:80] or "…")
            self.out.append(f'<span class="missing-image" role="img" aria-label="{words}">{words}</span>')
            return
        if tag in LIVE:
            self._live(tag, given)
            return
        self._imply_end(tag)
        name, style = OBSOLETE.get(tag, (CAMEL.get(tag, tag), ""))
        self.out.append(f"<{name}{self._attributes(tag, given, style)}{' /' if name in VOID else ''}>")
        if name not in VOID:
            self.open.append((tag, name))

    def _live(self, tag: str, given: dict[str, str]) -> None:
        self._lead_to(given)
        self.is_wanting = not given.get("src")
        self._skip(tag)

    def _skip(self, tag: str) -> None:
        """Write nothing until an element ends: itself, or where it has no end the one around it."""
        if tag not in VOID:
            self.open.append((tag, ""))
            self.skipping += 1

    def _lead_to(self, given: dict[str, str]) -> None:
        """Write a link to what is on the web, the name of what is not: a book holds neither films nor sounds."""
        source = given.get("src", "")
        words = html(given.get("title") or source)
        if re.match(r"https?://", source):
            self.out.append(f'<a href="{html(source)}">{words}</a>')
        elif words:
            self.out.append(f'<span class="missing-image">{words}</span>')

    def _imply_end(self, tag: str) -> None:
        if not self.open:
            return
        if tag == "a" and any(written == "a" for written, _ in self.open):  # a link ends the one it stands in
            self.handle_endtag("a")
        closed = CLOSES.get(tag, {"p"} if tag in BLOCKS else set())
        while self.open and self.open[-1][0] in closed:
            self.out.append(f"</{self.open.pop()[1]}>")

    def _attributes(self, tag: str, given: dict[str, str], style: str) -> str:
        styles = [style] if style else []
        kept: dict[str, str] = {}
        for name, value in reversed(given.items()):
            if said := _as_style(tag, name, value):
                styles.append(said)
                continue
            if self._allowed(tag, name, value):
                kept[name] = value
        if styles:
            kept["style"] = ";".join([*styles, *([kept["style"]] if kept.get("style") else [])])
        if tag == "img":
            kept.setdefault("alt", "")
        if any(name.startswith("xlink:") for name in kept):  # pandoc declares only epub
            kept["xmlns:xlink"] = PREFIXES["xlink"]
        return "".join(f' {CAMEL.get(name, name)}="{html(value)}"' for name, value in kept.items())

    def _allowed(self, tag: str, name: str, value: str) -> bool:
        if name.startswith("xmlns"):
            return value in NAMESPACES and (name == "xmlns" or PREFIXES.get(name[6:]) == value)
        if not NAME.match(name) or (":" in name and name.split(":")[0] not in PREFIXES):
            return False
        if name == "id":
            fresh = value not in self.ids and bool(value) and not re.search(r"\s", value)
            self.ids.add(value)
            return fresh
        address = name in ("href", "src", "xlink:href")
        if address and re.match(r"\s*(?:javascript|vbscript|data|file):", value, re.IGNORECASE):
            return value.startswith("data:image/")
        if name == "style" and not _STYLE.fullmatch(value):
            return False
        is_drawn = tag in FOREIGN or any(written in FOREIGN for written, _ in self.open)
        return not name.startswith("on") and name not in GONE and (is_drawn or _is_known_attribute(name))

    def handle_endtag(self, tag: str) -> None:
        if tag in VOID or tag not in [written for written, _ in self.open]:
            if tag not in REMOVED and not self._is_known(tag) and "-" not in tag and ":" not in tag:
                self.handle_data(f"</{tag}>")
            return
        while self.open:
            written, name = self.open.pop()
            if name:
                self.out.append(f"</{name}>")
            else:
                self.skipping -= 1
            if written == tag:
                return

    def result(self) -> str:
        self.close()
        self.out += [f"</{name}>" for _, name in reversed(self.open) if name]
        return "".join(self.out)


def rebuild(text: str, known: Callable[[str], bool] = lambda _: True) -> str:
    """Write a chapter anew as well-formed XHTML. `known` says whether an image's source is in the book."""
    builder = _Builder(known)
    builder.feed(text)
    # other sources of a picture are no part of a book: what is left is its image, or the words in the image's place
    return _PICTURE.sub(lambda picture: _SOURCE.sub("", picture[1]), builder.result())
