"""Fences: a code block gets its title, marks, numbers and colours, the same in every format.

The author wrote ```` ```python title="app.py" {2} /word/#v ````. The source stage carried what stands behind the
language through pandoc's reader; here it is the block's attribute `meta`.
"""

from __future__ import annotations

import re
from collections.abc import Iterator, Sequence
from typing import Any

import panflute as pf

from fencepost.fence import LEFT_ALONE, Fence, Marks, read_fence, resolve_fence
from fencepost.fence.faults import faults
from fencepost.fence.model import DEL, INS, NONE, NUMBERED, Fault
from fencepost.filters.context import Context, context_of
from fencepost.filters.tints import choose_tints
from fencepost.highlight.lexers import is_language
from fencepost.highlight.tokens import cut, highlight, plain_from
from fencepost.writers.code import RAW, WRITERS, CodeBox, Row, writer_of
from fencepost.writers.code.box import Note, cited_at, listed_at

TYPES = ("CodeBlock",)
SHOWN = frozenset(
    {"meta", "data-line", "title", "caption", "tab", "listing", "annotated"}
)  # attributes that the reader sees otherwise
SIGN_OF = {DEL: "-", INS: "+"}  # in formats that know neither colour nor frame
MOST_FAULTS = 5  # that one block is told of

HIDDEN_CELL = Fault(
    "cell-hidden",
    "this cell is hidden, and nothing stands in its place: cells are not run",
    -1,
    "put what it makes into the post, or take `echo: false` out to show the code",
)
_INTEGER = re.compile(r"-?[0-9]{1,15}\Z")
_ITEM = r"(?:\{[\d\s,.\u2026-]+\}(?:#\w+)?|(?:title|caption)=\"[^\"]*\"|showLineNumbers(?:\{\d+\})?)"
_LOST = re.compile(rf"([A-Za-z][\w+#.-]{{0,30}}) ((?:/[^/\s]+/\S* )*{_ITEM}(?: (?:{_ITEM}|/[^/\s]+/\S*))*) +\S")


def lost_fence(text: str) -> tuple[str, str] | None:
    """Say language and meta where inline code was a fence that pandoc's `markdown` reader took for inline code.

    >>> lost_fence("python {1} import modal print(modal)")
    ('python', '{1}')
    >>> lost_fence("python -m venv {1} x") is None
    True
    """
    found = _LOST.match(text[:2000])
    return (found[1], found[2]) if found and is_language(found[1]) else None


def action(elem: pf.Element, doc: pf.Doc) -> Any:
    """Make a code block what its output needs; `math`, and blocks that are pandoc's own business, stay."""
    context = context_of(doc)
    if not isinstance(elem, pf.CodeBlock) or not _is_ours(elem, context):
        return None
    fence = _fence(elem, context)
    marks = resolve_fence(fence, elem.text, context.options.dialect)
    context.steps -= marks.steps
    _report_colours(context, elem, marks)
    _report(context, elem, fence, faults(fence, marks, elem.text))
    fence = (marks.asked or fence)._replace(lang=marks.lang, title=_title(elem, marks, context))
    if fence.hidden:
        _report(context, elem, fence, iter([HIDDEN_CELL]))
        return []
    if fence.caption and (number := elem.attributes.get("listing")):
        fence = fence._replace(caption=f"{number}: {fence.caption}")
    if context.family not in WRITERS:
        from fencepost.writers.code.plain import plain

        return plain(fence, _shown(elem, fence, marks), SHOWN)
    context.used.add("code")
    written = writer_of(context.family, context.options.markup)(_box(context, elem, fence, marks))
    return pf.RawBlock(written, format=RAW[context.family]) if context.family in RAW else written


def _title(block: pf.CodeBlock, marks: Marks, context: Context) -> str | None:
    """Choose the title: none without a frame; in a group the tab says it, or it says the tab, before one of its own."""
    tab = block.attributes.get("tab")
    own = marks.title if marks.frame != NONE and marks.title != tab else None
    if not tab or context.family == "html":
        return own
    return f"{tab}: {own}" if own else tab


def _is_ours(block: pf.CodeBlock, context: Context) -> bool:
    if block.classes and block.classes[0] in LEFT_ALONE:
        return False
    return "meta" in block.attributes or "tab" in block.attributes or context.code_is_ours


def _fence(block: pf.CodeBlock, context: Context) -> Fence:
    """Read the meta; what pandoc's attributes say (`{.python .numberLines title="a.py"}`) counts where it is silent."""
    attributes, numbered = block.attributes, NUMBERED.intersection(block.classes)
    lang = _language(block.classes)
    options = context.options
    fence = read_fence(lang, attributes.get("meta", ""), options.dialect, options.magic_comments)
    first = attributes.get("startFrom", "")
    start = (int(first) if _INTEGER.match(first) else 1) if numbered else None
    own = [(key, value) for key, value in attributes.items() if key not in SHOWN and key != "startFrom"]
    return fence._replace(
        lang=_language(fence.classes) if fence.lang in fence.classes else fence.lang,
        classes=(*fence.classes, *(name for name in block.classes if name != lang)),
        attributes=(*fence.attributes, *own),
        title=fence.title or attributes.get("title"),
        caption=fence.caption or attributes.get("caption"),
        start=start if fence.start is None else fence.start,
        steps=min(fence.steps, context.steps),
    )


def _language(classes: Sequence[str]) -> str | None:
    """Choose among classes as pandoc does: the first that names a language; where none does, the first."""
    names = [name for name in classes if name not in NUMBERED]
    if len(names) < 2:
        return names[0] if names else None
    return next(filter(is_language, names), names[0])


def _shown(block: pf.CodeBlock, fence: Fence, marks: Marks) -> pf.CodeBlock:
    """Give the block the code that is shown, with a sign before lines that come or go, and labels behind."""
    block.text = marks.code
    block.identifier = block.identifier or fence.identifier
    if block.classes and fence.lang:
        numbered = NUMBERED.intersection(block.classes)
        block.classes = list(dict.fromkeys((fence.lang, *_own_classes(fence.classes, fence.lang), *numbered)))
    block.attributes = {**block.attributes, **dict(fence.attributes)}
    signs, labels = {line: SIGN_OF[kind] for kind in SIGN_OF for line in marks.of_kind(kind)}, dict(marks.labels)
    if signs or labels:
        before = "{} ".format if signs else lambda _: ""
        lines = [before(signs.get(number, " ")) + line for number, line in enumerate(marks.code.split("\n"), 1)]
        after = [f"  ({labels[number]})" if number in labels else "" for number in range(1, len(lines) + 1)]
        block.text = "\n".join((line + label).rstrip() for line, label in zip(lines, after, strict=True))
    return block


def _box(context: Context, block: pf.CodeBlock, fence: Fence, marks: Marks) -> CodeBox:
    identifier = block.identifier or fence.identifier
    if identifier:
        context.written_ids.add(identifier)
    ids = [*(name for _, name in marks.line_ids), *(mark.id for mark in marks.chars if mark.id)]
    return CodeBox(
        rows=list(_rows(fence, marks, block.attributes.get("annotated", ""))),
        lang=marks.lang,
        title=fence.title,
        tab=block.attributes.get("tab") if context.family == "html" else None,
        caption=fence.caption,
        start=fence.start,
        identifier=identifier,
        classes=_own_classes(fence.classes, marks.lang),
        attributes=_own_attributes(fence.attributes, context),
        tints=choose_tints(context, ids),
        frame=marks.frame,
        wrap=fence.wrap,
        folded=marks.collapsed,
        fold_is_open=fence.fold == "open",
        summary=fence.summary,
        words=context.words if marks.collapsed else {},
    )


def _own_classes(classes: Sequence[str], lang: str | None) -> list[str]:
    """List the classes that neither ask for numbers nor name the language."""
    return [name for name in classes if name not in NUMBERED and not (name == lang and is_language(name))]


def _own_attributes(attributes: Sequence[tuple[str, str]], context: Context) -> list[tuple[str, str]]:
    if not attributes or not context.options.untrusted:
        return list(attributes)
    from fencepost.untrusted.post import is_harmless

    return [pair for pair in attributes if is_harmless(pair[0])]


def _rows(fence: Fence, marks: Marks, annotated: str = "") -> Iterator[Row]:
    notes = dict(_notes(marks, annotated)) if annotated else {}
    marked, ids, labels = frozenset(marks.highlighted_lines), dict(marks.line_ids), dict(marks.labels)
    kinds: dict[int, set[str]] = {}
    for line, kind in marks.kinds:
        kinds.setdefault(line, set()).add(kind)
    for number, pieces in enumerate(cut(highlight(marks.code, marks.lang), marks.chars), 1):
        own = frozenset(kinds.get(number, ()))
        look = fence.number_look(number)
        names = tuple(name for line, name in marks.classes if line == number) if marks.classes else ()
        noted = notes.get(number, ())
        yield Row(pieces, number in marked, ids.get(number), own, labels.get(number), look, noted, names)


def _notes(marks: Marks, annotated: str) -> Iterator[tuple[int, list[Note]]]:
    """Give the numbers beside each line; `annotated` names the list below and the numbers in it."""
    group, _, listed = annotated.partition(":")
    known, said = listed.split(","), set[str]()
    for line, label in marks.labels:
        notes = []
        for number in label.split(", "):
            target = listed_at(group, number) if number in known else ""
            notes.append(Note(number, target, cited_at(group, number) if number not in said else ""))
            said.add(number)
        yield line, notes


def _report(context: Context, block: pf.CodeBlock, fence: Fence, found: Iterator[Fault]) -> None:
    place = None
    for number, fault in enumerate(found):
        if fault.column < 0:
            _report_language(context, block, fault)
            continue
        place = place or _place(context, block, fence)
        line, column = place
        column = None if column is None else column + fault.column
        if number == MOST_FAULTS:
            context.report("warning", fault.code, "and more like this in the same block", line=line, column=column)
            return
        context.report("warning", fault.code, fault.message, line=line, column=column, help=fault.help)


def _report_language(context: Context, block: pf.CodeBlock, fault: Fault) -> None:
    """Say what is wrong with the word behind a fence, at every block of this code that has the word, once."""
    lines, word = context.lines, str(block.classes[0])
    if not context.is_first("language", word, block.text):
        return
    for line, column in context.places_of("CodeBlock", block.text):
        if line is None or lines[line - 1].startswith(word, column or 0):
            context.report("warning", fault.code, fault.message, line=line, column=column, help=fault.help)


def _report_colours(context: Context, block: pf.CodeBlock, marks: Marks) -> None:
    """Say where colours end before the code does."""
    plain = plain_from(marks.code, marks.lang) if context.family in WRITERS else None
    if plain is None:
        return
    written = block.attributes.get("data-line", "")
    line = int(written) if written.isdecimal() else context.places_of("CodeBlock", block.text)[0][0]
    message = f"no colours {'in this code' if plain.line == 1 else f'from line {plain.line} of this code on'}: "
    context.report("warning", "code-colours", message + plain.reason, line=line, help=plain.help)


def _place(context: Context, block: pf.CodeBlock, fence: Fence) -> tuple[int | None, int | None]:
    """Find the meta in the author's text: line, and column where it was written as it was read."""
    written = block.attributes.get("data-line", "")
    line = int(written) if written.isascii() and written.isdigit() else None
    lines = context.lines
    if line is None or not 0 < line <= len(lines):
        return line, None
    after = max(0, lines[line - 1].find(fence.lang or "")) + len(fence.lang or "")
    column = lines[line - 1].find(fence.meta.rstrip(), after)
    return line, column if column >= 0 else None
