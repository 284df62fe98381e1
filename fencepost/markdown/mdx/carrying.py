"""Takes program out of MDX before pandoc reads, and marks the tags of components; lines keep their numbers."""

from __future__ import annotations

import re
from collections.abc import Callable, Iterator

from fencepost.markdown import carriers as c
from fencepost.markdown.mdx.components import HTML, TAG, read_tag, role_of
from fencepost.markdown.mdx.elements import as_html
from fencepost.markdown.mdx.indents import without_indents

_FENCE = re.compile(r"[ \t>]*(?:(?:[-+*]|\d{1,9}[.)])[ \t]+)*(?P<fence>`{3,}(?=[^`\n]*$)|~{3,})")
_MODULE = re.compile(
    r"(?:import[ \t]+(?:[\w${*]|[\"'])|import\{|export[ \t]+(?:const|let|var|function|default|class|async|\{|\*))"
)
_COMMENT = re.compile(r"\{[ \t]*/\*.*?\*/[ \t]*\}", re.DOTALL)
_SIGN = re.compile(r"<[/A-Z>]|=\{|mdx-code-block|\{[ \t]*/\*|^(?:import|export)\b", re.MULTILINE)
_SETUP = re.compile(r"^<script\b[^>]*\bsetup\b[^>]*>$.*?^</script>[ \t]*$", re.DOTALL | re.MULTILINE)
_COMPONENT = re.compile(r"</?[A-Z]")
_ELEMENT = re.compile(r"<(?:div|section|article|center|main)\b[^<>]*>")
_PREFIX = re.compile(r"[ \t>]*(?:(?:[-+*]|\d{1,9}[.)])[ \t]+[ \t>]*)*")
# Docusaurus: what other editors shall take for code is MDX
_WRAPPED = re.compile(
    r"^(?P<fence>[ \t]*`{3,})mdx-code-block[ \t]*\n(?P<inside>.*?)^(?P=fence)[ \t]*$", re.DOTALL | re.MULTILINE
)
_CODE = re.compile(rf"(?P<ticks>`+)(?!`).*?(?<!`)(?P=ticks)(?!`)|{TAG.pattern}", re.DOTALL)


def carry_mdx(body: str, first: int, own: dict[str, str]) -> str:
    """Make a text of MDX one that pandoc can read; `first` is the line of the post on which it begins.

    `own` are the components of the configuration. Fenced and inline code is left alone.
    """
    if not _SIGN.search(body):
        return body
    body = without_indents(_WRAPPED.sub(lambda found: "\n" + found["inside"], body))
    out = []
    for number, text, is_code in _pieces(body):
        out.append(text if is_code else _carried(text, first + number, own))
    return "".join(out)


def carry_components(body: str, first: int, own: dict[str, str]) -> str:
    """Mark the tags of components, Vue's, in Markdown; what sets them up (`<script setup>`) goes."""
    if "<script" in body:
        body = _SETUP.sub(lambda found: "\n" * found[0].count("\n"), body)
    if not _COMPONENT.search(body):
        return body
    pieces = _pieces(body)
    return "".join(text if is_code else _marked(text, first + number, own) for number, text, is_code in pieces)


def _pieces(body: str) -> Iterator[tuple[int, str, bool]]:
    """Cut a text into fenced code and the rest, each with the line (from 0) on which it begins."""
    lines = body.split("\n")
    fence, start = "", 0
    for number, line in enumerate(lines):
        match = _FENCE.match(line) if "```" in line or "~~~" in line else None
        if match is None:
            continue
        if not fence:
            yield start, "".join(line + "\n" for line in lines[start:number]), False
            fence, start = match["fence"], number
        elif match["fence"][0] == fence[0] and len(match["fence"]) >= len(fence) and not line[match.end() :].strip():
            yield start, "".join(line + "\n" for line in lines[start : number + 1]), True
            fence, start = "", number + 1
    yield start, "\n".join(lines[start:]), bool(fence)


def _carried(text: str, number: int, own: dict[str, str]) -> str:
    return _marked(_around(_without_modules(text), number), number, own, without=_plain)


def _around(text: str, number: int) -> str:
    """Mark an element right above a component: else all up to the next blank line would be raw HTML."""
    if "<div" not in text and "<section" not in text:
        return text
    lines = text.split("\n")
    below = ""
    for at in range(len(lines) - 1, -1, -1):
        bare = lines[at].strip()
        if _ELEMENT.fullmatch(bare) and _COMPONENT.match(below) and c.can_hide(bare):
            marker = f"<!--{c.COMPONENT}{c.line_signs(number + at)}{c.hide(f'{HTML} {bare}')}-->"
            lines[at] = lines[at].replace(bare, marker)
            bare = "<A>"  # and one above it
        below = bare
    return "\n".join(lines)


def _marked(text: str, number: int, own: dict[str, str], *, without: Callable[[str], str] = str) -> str:
    """Put markers in the place of tags, outside of code in the text."""
    out, at = [], 0
    for code in _CODE.finditer(text):
        if not code["ticks"]:  # a tag, which may hold ticks itself
            continue
        words, line = without(text[at : code.start()]), text[:at].count("\n") + number
        out += [_components(words, line, own), code[0]]
        at = code.end()
    return "".join([*out, _components(without(text[at:]), text[:at].count("\n") + number, own)])


def _without_modules(text: str) -> str:
    """Empty the lines of `import` and `export`, up to the next blank line: they begin a line and follow a blank one."""
    lines = text.split("\n")
    is_program, after_blank = False, True
    for number, line in enumerate(lines):
        if not line.strip():
            is_program, after_blank = False, True
            continue
        is_program = is_program or (after_blank and _MODULE.match(line) is not None)
        after_blank = False
        if is_program:
            lines[number] = ""
    return "\n".join(lines)


def _plain(text: str) -> str:
    """Leave out comments, and write HTML as HTML does."""
    return as_html(_COMMENT.sub(lambda found: "\n" * found[0].count("\n"), text))


def _components(text: str, number: int, own: dict[str, str]) -> str:
    """Put markers in the place of tags; a tag over several lines leaves their line ends behind it."""

    def marked(match: re.Match[str]) -> str:
        component = read_tag(match[0])
        role = role_of(component.name, own) if component else ""
        line = number + text.count("\n", 0, match.start())
        if component is None or not c.can_hide(match[0]):
            return match[0]
        hidden = c.hide(f"{role} {match[0]}")
        start = text.rfind("\n", 0, match.start()) + 1
        is_first = _PREFIX.fullmatch(text, start, match.start()) is not None
        end = text.find("\n", match.end())
        is_alone = is_first and not text[match.end() : end if end >= 0 else len(text)].strip()
        split = c.SPLIT if is_first and not is_alone else ""  # or the whole line would be raw
        return f"{split}<!--{c.COMPONENT}{c.line_signs(line)}{hidden}-->" + "\n" * match[0].count("\n")

    return TAG.sub(marked, text)
