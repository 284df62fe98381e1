"""The dialect that nobody chose: rehype-pretty-code's, and what other dialects say that means nothing in it.

Its reading always wins: `ins={2}` marks line 2, as there, and says moreover that the line is new. Comments that
give orders (`// [!code ++]`, `// highlight-next-line`) mean one thing everywhere they are known; they are taken out
of the code. What would mean another thing in each dialect is left to a choice, and told of.
"""

from __future__ import annotations

import re
from collections.abc import Iterator

from fencepost.fence import rehype
from fencepost.fence.cover import first_cover
from fencepost.fence.model import DEL, INS, MARK, Fault, Fence, LineItem, Marks

KINDS = {"ins": INS, "add": INS, "del": DEL, "rem": DEL}
_KEY = re.compile(r"(?<![^\s])([a-z]+)=\{\Z")
_ATTRIBUTES = re.compile(r"[^\s{]*[ \t]*\{[ \t]*[.#]")  # how pandoc's own begin, which nothing else does
_ID = re.compile(r"(?<!\S)(?:\{[ \t]*#(?P<braced>[\w:.-]+)[^{}\n]*\}|(?<!/ )#(?P<bare>[^\W\d][\w:.-]*))(?!\S)")
_QUOTED = re.compile(r"\"[^\"\n]*\"|(?<!\S)/[^/\n]*/")
_NAME = re.compile(r"file(?:name)?=|^[ \t]*[\w@.(\[]")
_GLUED = re.compile(r"[\w+#-]+(?:\{[0-9,-]+\}|:(?:no-)?line-numbers(?:=[0-9]*)?)+\Z")


def parse(lang: str | None, meta: str) -> Fence:
    """Read the meta text of one fence.

    >>> [item.kind for item in parse("js", "{1} ins={2} del={3}").lines]
    ['mark', 'ins', 'del']
    """
    info = f"{lang or ''} {meta}".strip()
    if "{" in info and _ATTRIBUTES.match(info):
        from fencepost.fence import pandoc  # few posts have such attributes

        if pandoc.is_attributes(info):
            return pandoc.parse(lang, meta)
    written = meta
    if lang and not lang.isalnum() or meta and _NAME.search(meta):
        from fencepost.fence.named import read_name

        lang, meta, title = read_name(lang, meta)
    else:
        title = None
    fence = rehype.parse(lang, meta)
    fence = fence._replace(meta=written, title=fence.title or title)
    named = _find_id(meta)
    lines = tuple(item for item in _kinds(fence) if not named or not named.start() < item.column < named.end())
    identifier = (named["braced"] or named["bare"]) if named else ""
    return fence._replace(lines=lines, faults=tuple(_faults(lang)), identifier=identifier)


def _find_id(meta: str) -> re.Match[str] | None:
    """Find an id among other things, `{#id} title="x"` or `#id`: in rehype-pretty-code neither means anything."""
    return _ID.search(_QUOTED.sub(lambda quoted: quoted[0][0] * len(quoted[0]), meta)) if "#" in meta else None


def _kinds(fence: Fence) -> Iterator[LineItem]:
    """Give each item the kind that the key before its group names."""
    for item in fence.lines:
        key = _KEY.search(fence.meta[: fence.meta.rfind("{", 0, item.column) + 1][-40:])
        yield item._replace(kind=KINDS.get(key[1], MARK)) if key else item


def _faults(lang: str | None) -> Iterator[Fault]:
    if lang and _GLUED.match(lang):
        help = "lines and numbers glued to the language are VitePress's: set `dialect: vitepress`"
        yield Fault("fence-dialect", f"`{lang[:40]}` is no language", -len(lang), help)


def resolve(fence: Fence, code: str) -> Marks:
    """Find on the code what the fence asks for, and what comments in it do."""
    marks = rehype.resolve(fence, code)
    if "[!code" in code or "highlight-" in code:
        return _with_comments(fence, code, marks)
    return marks._replace(kinds=tuple(_of_kinds(fence, marks.line_count)))


def _of_kinds(fence: Fence, count: int) -> Iterator[tuple[int, str]]:
    for kind in (INS, DEL):
        spans = [item.span for item in fence.lines if item.span and item.kind == kind]
        for line in sorted(first_cover(spans, count)):
            yield line, kind


def _with_comments(fence: Fence, code: str, marks: Marks) -> Marks:
    """Take out the comments; marks stay with the lines that they were made for."""
    from fencepost.fence import docusaurus, notation  # few posts have such comments

    lang = (fence.lang or "").lower()
    lines = [notation.Line(text, set()) for text in code.split("\n")]
    for number in marks.highlighted_lines:
        lines[number - 1].kinds.add(MARK)
    for number, kind in _of_kinds(fence, len(lines)):
        lines[number - 1].kinds.add(kind)
    own = {id(lines[number - 1]): name for number, name in marks.line_ids}
    shown = docusaurus.take_comments(notation.read(lines, lang), lang) or [notation.Line("", set())]
    text = "\n".join(line.text for line in shown)
    again = rehype.resolve(fence, text)
    return again._replace(
        highlighted_lines=tuple(at for at, line in enumerate(shown, 1) if MARK in line.kinds),
        line_ids=tuple((at, own[id(line)]) for at, line in enumerate(shown, 1) if id(line) in own),
        kinds=tuple((at, kind) for at, line in enumerate(shown, 1) for kind in sorted(line.kinds - {MARK})),
        offered=marks.offered,
    )
