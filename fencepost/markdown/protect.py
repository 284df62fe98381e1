"""The source stage: Markdown in, Markdown out that pandoc's readers lose nothing of.

A line scanner, on purpose: it need not know where code or comments are, because all it writes
can be taken back (see `carrier`). The only thing that GitHub reads and pandoc does not, and that
has no carrier, is an alert's lazy first line; even that is undone inside code.
"""

from __future__ import annotations

import re
from typing import NamedTuple

from fencepost.diagnostics.model import Diagnostic, FencepostError
from fencepost.markdown import blocks
from fencepost.markdown import carriers as c

_PREFIX = rf"[ \t>]*(?:(?:{blocks.MARKER}|\[\^[^\]\s]+\]:)[ \t][ \t>]*)*"
_FENCE = re.compile(rf"^(?P<open>{_PREFIX}{blocks.TICKS}[ \t]*)(?P<info>\S.*)$", re.M)
_CANDIDATE = re.compile(r"^[^\n`~]*(?:```|~~~).*$", re.M)
_BEFORE_ATTRIBUTES = re.compile(r"[^\s{]*[ \t]*\{")
_ATTRIBUTE = re.compile(  # pandoc's own grammar: one after the other, spaces between them or not
    r"\s*(?:[.#](?:\w|[-:])[\w:.-]*|=[^\s{}=]+|[^\s{}=.#\"']+=(?:\"(?:[^\"\\]|\\.)*\"|'(?:[^'\\]|\\.)*'|[^\s{}\"']*)|-)",
    re.DOTALL,
)
_DEFINITION = re.compile(r"\[\^([^\]\[ \t\r\n\0]+)\]:")
_CARET = re.compile(r"(?<!\\)(\\*)\[\^(?:([^\]\[ \t\r\n\0]+)\])?")
_LINK_AFTER = re.compile(  # what makes a link of the brackets before it: CommonMark 0.31, inline and reference links
    r"\([ \t]*(?:<[^<>\n]*>|[^\s()<>]*(?:\([^\s()]*\)[^\s()]*)*)(?:[ \t]+(?:\"[^\"]*\"|'[^']*'|\([^()]*\)))?[ \t]*\)"
    r"|\[([^\]]+)\]"
)
_LINK_DEFINITION = re.compile(r"^[ \t>]*\[((?:[^\[\]\\]|\\.)+)\]:", re.M)
_OPTION = re.compile(r"(?<![^\s(\"'\[*_`/|>=,])--(?=[A-Za-z])")
_LAZY = re.compile(
    rf"^(?P<quote>{blocks.PREFIX}>[ \t]*)"
    r"\[!(?:note|tip|important|warning|caution)\][ \t]*\n"
    r"(?P<indent>[ ]{0,3})(?=(?![ >#<|`~=]|[-+*][ \t\n]|\d{1,9}[.)][ \t\n]|(?:[-*_][ \t]*){3,}$|\[\^|---)\S)",
    re.M | re.I,
)
_CONTAINER = re.compile(r":::|///[ \w]|!!!|\?\?\?|===[+!]?[ \t]")
_NO_ALERT = re.compile(r"(>[ \t]*)(\\\[|\[(?=\\))(?=\\?!)")
_PLAIN_HEAD = re.compile(
    r"---[ \t]*\n(?:[ \t]*#.*\n)*[A-Za-z_][\w-]*:(?=[ \t\n])(?:(?!(?:---|\.\.\.)[ \t]*$).*\n)*(?:---|\.\.\.)[ \t]*\n",
    re.M,
)
_TITLE_BLOCK = re.compile(r"(?:%[^\n]*\n(?:[ \t]+[^\n]*\n)*){1,3}")

FOREIGN = ("+++", ";;;", "{", '"')  # how front matter begins that pandoc cannot read


class Dialects(NamedTuple):
    """How a text is read: the dialects of alerts and of fences, as the options name them; `mdx` and its components.

    `types` are words that open an alert beside the dialect's own.
    """

    alerts: str = "auto"
    fences: str = "auto"
    mdx: bool = False
    components: tuple[tuple[str, str], ...] = ()
    types: tuple[str, ...] = ()

    @property
    def has_components(self) -> bool:
        """Say whether tags of components are read: JSX's in MDX, Vue's in VitePress."""
        return self.mdx or self.fences == "vitepress"


READERS_WITH_DIVISIONS = ("commonmark_x", "markdown")
READERS_WITH_ATTRIBUTES = ("commonmark_x", "markdown")


class Carried(NamedTuple):
    """A post ready for pandoc.

    `text` is what pandoc reads, `source` the author's text with normalised line ends. `head` is the front
    matter in `text`, `added` the number of lines that pandoc counts more than the author (it may be negative).
    `definitions` are the footnote definitions as the scanner saw them: (line, label).
    """

    text: str
    source: str
    head: str = ""
    added: int = 0
    definitions: tuple[tuple[int, str], ...] = ()

    @property
    def is_carrying(self) -> bool:
        """Say whether anything in the text has to be restored after the parse."""
        return c.ANY.search(self.text) is not None


def decode(data: bytes, path: str) -> str:
    """Read a post's bytes as text: UTF-8 with or without a BOM, UTF-16 with one.

    Raises:
        FencepostError: the bytes are no text; the diagnostic names the line and the column.
    """
    encoding = "utf-16" if data[:2] in (b"\xff\xfe", b"\xfe\xff") else "utf-8-sig"
    try:
        return data.decode(encoding)
    except UnicodeDecodeError as error:
        before = data[: error.start].decode(encoding, "replace").split("\n")
        problem = f"byte 0x{data[error.start]:02x} is not {'UTF-8' if encoding != 'utf-16' else 'UTF-16'}"
        raise FencepostError(
            Diagnostic(path, len(before), len(before[-1]), "error", "encoding", problem, "save the post as UTF-8")
        ) from None


def normalise(text: str) -> str:
    """Make every line end a line feed (a lone CR ends a line in CommonMark), end the last line, drop a BOM."""
    text = text.removeprefix("\ufeff").replace("\r\n", "\n").replace("\r", "\n")
    return text if text.endswith("\n") or not text else text + "\n"


def split_head(text: str, reader: str = "gfm") -> tuple[str, str]:
    """Cut a post into what must stay first (front matter, pandoc's title block) and the rest."""
    if plain := _PLAIN_HEAD.match(text):
        return text[: plain.end()], text[plain.end() :]
    at = 0
    if text.lstrip("\n").startswith(("---", *FOREIGN)):  # front matter of an unusual kind, or a rule
        from fencepost.frontmatter.kinds import find_block

        found = find_block(text)
        at = found.body if found else 0
    elif reader == "markdown" and (block := _TITLE_BLOCK.match(text)):
        at = block.end()
    return text[:at], text[at:]


def base_reader(reader: str) -> str:
    """Cut the extensions off: `gfm+smart-raw_html` is `gfm`."""
    return re.split(r"[+-]", reader, maxsplit=1)[0]


def carry(
    text: str, reader: str = "gfm", *, head: str | None = None, sign: bool = False, dialects: Dialects | None = None
) -> Carried:
    """Make a post safe to read with one of pandoc's readers (`gfm+smart`, `commonmark_x`, `markdown`…).

    `head` stands in the place of the author's front matter where it is given. `sign` leaves word that the stage
    has run even where it had nothing to carry but code, so that a filter need not warn of what was lost. `dialects`
    are those of alerts and of fences; without them containers are the words that they are to GitHub.
    """
    base = base_reader(reader)
    source = normalise(text)
    written, body = split_head(source, base)
    if head is None:  # pandoc would print what is no YAML as text
        head = "" if written.lstrip("\n").startswith(FOREIGN) else written.lstrip("\n")
    carried_head = _hide_carets_in_head(_escape_own(head))
    body = _escape_own(body)
    first = written.count("\n") + 1
    if dialects is not None and dialects.mdx:
        from fencepost.markdown.mdx.carrying import carry_mdx

        body = carry_mdx(body, first, dict(dialects.components))
    elif dialects is not None and dialects.has_components:
        from fencepost.markdown.mdx.carrying import carry_components

        body = carry_components(body, first, dict(dialects.components))
    titles, body = _carry_containers(body, first, _without_divisions(dialects, reader))
    body = _carry_math(body) if "$$" in body and base != "markdown" and "-tex_math_dollars" not in reader else body
    body = _carry_fences(body, first, base)
    body = _NO_ALERT.sub(rf"\1\2{c.SPLIT}", body)
    body = _OPTION.sub(c.HYPHEN * 2, body) if "+smart" in reader else body
    body, definitions = _carry_notes(body, first)
    body = _LAZY.sub(_unlazy, body)
    notes = _notes_paragraph(definitions) or (f"{c.NOTES}\n\n" if sign and _CANDIDATE.search(body) else "")
    signs = ("" if titles is None else c.CONTAINER) + (c.COMPONENT if c.COMPONENT in body else "")
    if signs:  # what there is to wrap, and the titles
        notes = f"{c.NOTES}{signs}{notes.removeprefix(c.NOTES) or chr(10) * 2}{titles or ''}"
    added = notes.count("\n") + head.count("\n") - written.count("\n")
    return Carried(carried_head + notes + body, source, head, added, tuple(definitions))


def _without_divisions(dialects: Dialects | None, reader: str) -> Dialects | None:
    """Leave `:::` to a reader of pandoc's that knows it as a division, where nobody has chosen another dialect."""
    has_divisions = base_reader(reader) in READERS_WITH_DIVISIONS and "-fenced_divs" not in reader
    is_chosen = dialects is not None and (dialects.alerts, dialects.fences) != ("auto", "auto")
    return dialects._replace(alerts="divisions") if dialects and has_divisions and not is_chosen else dialects


def has_containers(text: str) -> bool:
    """Say whether a text may hold containers."""
    return _CONTAINER.search(text) is not None


def _carry_containers(body: str, first: int, dialects: Dialects | None) -> tuple[str | None, str]:
    """Mark containers; the paragraphs of their titles are None where there is no container."""
    if dialects is None or not has_containers(body):
        return None, body
    from fencepost.markdown.containers.carrying import carry_containers
    from fencepost.settings.dialect import dialect_of

    titles, marked = carry_containers(body, first, dialect_of(dialects.alerts, dialects.fences), dialects.types)
    return (titles, marked) if marked != body else (None, body)


def _escape_own(text: str) -> str:
    return c.OWN.sub(lambda match: c.ESCAPE + match[0], text) if c.OWN.search(text) else text


def _hide_carets_in_head(head: str) -> str:
    """Metadata is Markdown too: a note that cites itself there would hang the reader just as well."""
    return head.replace("[^", "[" + c.line_sign(0))


def _unlazy(match: re.Match[str]) -> str:
    """Put a lazy first line into its quote: GitHub has it in the alert's body, pandoc ends the alert before it."""
    quote = re.sub(r"[^ \t>]", " ", match["quote"])  # a list's marker stands on its first line only
    indent = c.hide_blanks(match["indent"])  # pandoc would keep them behind the sign
    return match[0].removesuffix(match["indent"]) + quote.rstrip(" \t") + " " + c.LAZY + indent


_TORN = re.compile(r"[-+*>#=|:<`~!?/\[\d]|\Z")  # how a line begins that could begin a block, or end a paragraph


def _carry_math(body: str) -> str:
    """Put a sign before lines of formulas that would begin a list, a quote or a heading, as remark-math reads them."""
    lines = body.split("\n")
    prefix = ""
    for number, found in enumerate(blocks.scan(lines)):
        if found.kind != blocks.MATH:
            prefix = ""
            continue
        line = lines[number]
        before = line[: found.start]
        prefix = prefix or re.sub(r"[^ \t>]", " ", before)
        if _TORN.match(line, found.start):
            before = before if before.strip(" \t") else prefix
            lines[number] = before + c.SPLIT + line[found.start :]
    return "\n".join(lines)


def _carry_fences(body: str, first: int, base: str) -> str:
    if "```" not in body and "~~~" not in body:
        return body
    counted, at, out, last = first, 0, [], 0
    for match in _CANDIDATE.finditer(body):
        fence = _FENCE.match(match[0])
        written = fence["info"].rstrip(" \t") if fence else ""
        if not fence or _goes_on(body, match.start() + fence.start("info"), base):
            continue
        if not (info := _carry_info(written, base)):
            continue
        counted, at = counted + body.count("\n", at, match.start()), match.start()
        language, meta = info
        out += [body[last : match.start()], fence["open"], language]
        out += [c.MARK, c.line_signs(counted), meta] if meta else []
        out.append(fence["info"][len(written) :])
        last = match.end()
    return "".join([*out, body[last:]])


_LONGEST_ATTRIBUTES = 10_000  # characters of attributes over several lines


def has_attributes(info: str, *, over_lines: bool = False) -> bool:
    """Say whether an info string is pandoc's attributes, with a language before them or not: `{.py #id key="value"}`.

    With `over_lines`, a text that begins with one is asked about, and whether they go over its first line's end.

    >>> has_attributes('python {.a.b #c d="e f"}'), has_attributes("{1,3}"), has_attributes("{.a b")
    (True, False, False)
    """
    before = _BEFORE_ATTRIBUTES.match(info)
    if before is None:
        return False
    at, count = before.end(), 0
    while found := _ATTRIBUTE.match(info, at):
        at, count = found.end(), count + 1
    end = len(info) - len(info[at:].lstrip(" \t\n"))
    if not count or info[end : end + 1] != "}":
        return False
    return (
        "\n" in info[:end] and info[end + 1 :].partition("\n")[0].strip() == "" if over_lines else end + 1 == len(info)
    )


def _goes_on(body: str, start: int, base: str) -> bool:
    """Say whether a fence's attributes go on in the next lines, as pandoc's `markdown` allows."""
    if not base.startswith("markdown"):
        return False
    end = body.find("\n", start)
    if "{" not in body[start:end] or "}" in body[start:end]:
        return False
    return has_attributes(body[start : start + _LONGEST_ATTRIBUTES], over_lines=True)


def _carry_info(info: str, base: str) -> tuple[str, str] | None:
    """Make an info string one word: the language, and the meta with the blank before it. None where it is one already.

    CommonMark's blanks are the space and the tab; pandoc cuts at any blank of Unicode's, so those are carried too.
    """
    if not any(char in c.BLANKS for char in info) or re.match(r"math[ \t]", info):
        return None
    if base.startswith("markdown") or base in READERS_WITH_ATTRIBUTES:
        if has_attributes(info):
            return None
        info = info.replace("{", c.LEFT_BRACE).replace("}", c.RIGHT_BRACE)
    cut = next((at for at, char in enumerate(info) if char in " \t"), len(info))
    language, meta = c.hide_blanks(info[:cut]), c.hide_blanks(info[cut:])
    return language, c.hide_capitals(meta) if base.startswith("markdown") else meta


def _carry_notes(body: str, first: int) -> tuple[str, list[tuple[int, str]]]:
    """Replace footnote references and definitions, and the `^` of every other `[^`."""
    if "[^" not in body:
        return body, []
    definitions = _scan_definitions(body, first)
    labels = {fold(label) for _, label in definitions}
    links = {fold(match[1]) for match in _LINK_DEFINITION.finditer(body) if match[1][0] != "^"}
    lines = []
    starts = dict(definitions)
    for number, line in enumerate(body.split("\n"), first):
        lines.append(_carry_line(line, number, starts.get(number), labels, links) if "[^" in line else line)
    return "\n".join(lines), definitions


def _scan_definitions(body: str, first: int) -> list[tuple[int, str]]:
    found = []
    for number, line in enumerate(body.split("\n"), first):
        if "]:" in line and (match := _definition_at(line)) and c.can_hide(match[1]):
            found.append((number, match[1]))
    return found


_BEFORE_DEFINITION = re.compile(blocks.PREFIX)


def _definition_at(line: str) -> re.Match[str] | None:
    before = _BEFORE_DEFINITION.match(line)
    return _DEFINITION.match(line, before.end() if before else 0)


def _carry_line(line: str, number: int, label: str | None, labels: set[str], links: set[str]) -> str:
    sign = c.line_sign(number)
    start, head = 0, ""
    if label is not None and (match := _definition_at(line)):
        head = f"{line[: match.start()]}[^{c.DEFINITION}{c.line_signs(number, 3)}{c.hide(label)}]:"
        start = match.end()

    def replace(match: re.Match[str]) -> str:
        slashes, name = match[1], match[2]
        if not name or name[-1] == "\\":  # may be a link's label, here and elsewhere: the same sign on every line
            return match[0].replace("[^", "[" + c.line_sign(0), 1)
        if len(slashes) % 2 or fold(name) not in labels or not c.can_hide(name):
            return match[0].replace("[^", "[" + sign, 1)
        after = _LINK_AFTER.match(line, match.end())
        if after and (after[1] is None or fold(after[1]) in links):
            return match[0].replace("[^", "[" + sign, 1)
        return f"{slashes}{c.OPEN}{sign}{c.hide(name)}{c.CLOSE}"

    return head + _CARET.sub(replace, line[start:])


def fold(label: str) -> str:
    """Make labels comparable as CommonMark does: case folded, blanks collapsed (`ẞ` equals `SS`)."""
    return " ".join(label.casefold().split())


def _notes_paragraph(definitions: list[tuple[int, str]]) -> str:
    """Cite every definition once, in a paragraph of its own, so that pandoc parses each exactly once.

    Behind each citation stands its label as plain text: pandoc's tree does not hold the labels of notes.
    """
    if not definitions:
        return ""
    names = (f"{c.DEFINITION}{c.line_signs(line, 3)}{c.hide(label)}" for line, label in definitions)
    return f"{c.NOTES} " + " ".join(f"[^{name}]{name}" for name in names) + "\n\n"
