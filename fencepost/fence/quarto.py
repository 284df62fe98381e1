"""The dialect of Quarto: attributes of a fence, `#|` options at the top of a cell, and numbers for the list below.

```{.python filename="run.py" code-line-numbers="2-3" lst-cap="A loop" #lst-loop}
```{python}
#| code-fold: true
f(x)  # <1>
"""

from __future__ import annotations

import re

from fencepost.fence import annotated, rehype
from fencepost.fence.attributes import Attributes, read_attributes
from fencepost.fence.model import Fence, Marks, Wrap
from fencepost.fence.numbers import read_items
from fencepost.fence.pandoc import first_number

OPTIONS = frozenset([
    "code-line-numbers", "filename", "title", "lst-cap", "caption", "code-overflow", "lst-label", "label", "code-fold",
    "code-summary", "startfrom",
])  # fmt: skip
_CELL_OPTION = re.compile(r"[ \t]*(?:#|//|--|%%|%|\*)\|[ \t]*([\w-]+)[ \t]*:[ \t]*(.*?)[ \t]*\Z")
_CELL_LINE = re.compile(r"[ \t]*(?:#|//|--|%%|%|\*)\|")
_YES, _NO = ("true", "yes", "on"), ("false", "no", "off")
_FOLDS = {**dict.fromkeys(_YES, "closed"), "show": "open"}


def parse(lang: str | None, meta: str) -> Fence:
    """Read the meta text of one fence.

    >>> fence = parse("{.python", 'filename="run.py" code-line-numbers="2-3" #lst-run lst-cap="A loop"}')
    >>> fence.title, [item.span for item in fence.lines], fence.caption, fence.identifier
    ('run.py', [(2, 3)], 'A loop', 'lst-run')
    """
    if lang and lang.startswith("{{"):  # a cell that is shown and not run
        return Fence(lang=lang.strip("{}"), meta=meta, shown_as=f"{lang} {meta}".strip()[1:-1])
    found = read_attributes(lang, meta)
    is_cell = bool(lang and re.match(r"\{\s*\w", lang))  # its options are no attributes of the block
    fence = _fence(found, meta)
    return fence._replace(classes=(), attributes=()) if is_cell else fence


def _fence(found: Attributes, meta: str) -> Fence:
    numbers = found.get("code-line-numbers")
    start = first_number(found)
    lists = numbers if numbers and numbers not in (*_YES, *_NO) else ""
    return Fence(
        lang=found.lang,
        meta=meta,
        title=found.get("filename", "title"),
        caption=found.get("lst-cap", "caption"),
        start=None if numbers in _NO else 1 if start is None and numbers in _YES else start,
        lines=tuple(read_items(lists.replace("|", ","), found.column("code-line-numbers"))),
        wrap=Wrap() if found.get("code-overflow") == "wrap" or "code-overflow-wrap" in found.classes else None,
        identifier=found.identifier or found.get("lst-label", "label") or "",
        classes=(*([found.lang] if found.lang else []), *found.classes),
        attributes=found.others(OPTIONS),
        fold=_FOLDS.get((found.get("code-fold") or "").lower(), ""),
        summary=found.get("code-summary") or "",
        hidden=any((found.get(key) or "").lower() in _NO for key in ("echo", "include")),
    )


def resolve(fence: Fence, code: str) -> Marks:
    """Find on the code what the fence and the cell's options ask for; options and numbers are taken out."""
    if fence.shown_as:
        return rehype.resolve(fence, f"```{fence.shown_as}\n{code}\n```")
    lines = code.split("\n")
    count = next((at for at, line in enumerate(lines) if not _CELL_LINE.match(line)), len(lines))
    asked = _with_cell(fence, lines[:count])
    while 0 < count < len(lines) and not lines[count].strip():
        count += 1  # blank lines below the options are no code
    shown, labels = annotated.take("\n".join(lines[count:]), annotated.QUARTO)
    marks = rehype.resolve(asked, shown)
    return marks._replace(
        labels=labels,
        asked=asked,
        collapsed=((1, marks.line_count),) if asked.fold else (),
    )


def _with_cell(fence: Fence, options: list[str]) -> Fence:
    """Let options of the cell count where the fence is silent."""
    found = Attributes(fence.lang)
    for match in filter(None, map(_CELL_OPTION.match, options)):
        found.pairs[match[1].lower()] = (match[2].strip("\"'"), 0)
    cell = _fence(found, fence.meta)
    return fence._replace(
        title=fence.title or cell.title,
        caption=fence.caption or cell.caption,
        start=fence.start if fence.start is not None else cell.start,
        lines=fence.lines or cell.lines,
        identifier=fence.identifier or cell.identifier,
        wrap=fence.wrap or cell.wrap,
        fold=fence.fold or cell.fold,
        summary=fence.summary or cell.summary,
        hidden=fence.hidden or cell.hidden,
    )
