"""The characters that carry what pandoc's readers lose, and how they are taken out again.

The source stage writes them, `restore` reads them; nothing else may know them. All but three come
from the private use areas. The three stand where a bracket or a hyphen stood and must be punctuation:
CommonMark decides by that whether `**bold.**[^1]` closes. An author's own such character is written
with `ESCAPE` before it, so that it survives.

    what the author wrote            what pandoc reads
    ```py title="x" {1}              ```py MARK line BLANK title="x" BLANK {1}      (one word)
    a[^note]                         a OPEN line label… CLOSE                       (same length)
    [^note]: text                    [^ DEFINITION line label… ]: text              (unique label)
    [^any other                      [ line any other                               (same length)
    --name                           HYPHEN HYPHEN name                             (same length)
    > [!NOTE] ⏎ lazy                 > [!NOTE] ⏎ > LAZY lazy                        (GitHub's reading)
    > \\[!NOTE]                       > \\[ SPLIT !NOTE]                              (stays a quote)
    <Callout type="tip">            <!-- COMPONENT line line role and tag… -->
    :::note[Title]                  <!-- CONTAINER line line… -->, and the title in front
"""

from __future__ import annotations

import re
import unicodedata

ESCAPE, MARK, DEFINITION, NOTES, LAZY, SPLIT = (chr(0xF5E0 + number) for number in range(6))
LEFT_BRACE, RIGHT_BRACE = "\uf5e6", "\uf5e7"
CONTAINER, CONTAINER_END = "\uf5e9", "\uf5ea"  # in a comment, before the line and the author's own words
TITLE = "\uf5eb"  # begins the paragraph that holds the title of a container
COMPONENT = "\uf5ec"  # in a comment, before the line, what a component means and the author's own tag
UPPER = "\uf5e8"  # stands before a capital: `markdown` writes languages in small letters
OPEN, CLOSE, HYPHEN = "\u2045", "\u2046", "\u2e1a"
# what Haskell's `words` splits at: pandoc cuts an info string there
BLANKS = " \t\v\f\xa0\u1680\u2000\u2001\u2002\u2003\u2004\u2005\u2006\u2007\u2008\u2009\u200a\u202f\u205f\u3000"
_FIRST_BLANK = 0xF5C0
_PLANE_15, _PLANE_16 = 0xF0000, 0x100000
_PER_PLANE = 0xFFFE  # the last two code points of a plane are no characters

LINES = "[\U000f0000-\U000ffffd]"
LABEL = "[\U000f0000-\U0010fffd]"
_BLANK = f"[{chr(_FIRST_BLANK)}-{chr(_FIRST_BLANK + len(BLANKS) - 1)}]"
OWN = re.compile(f"[\uf5c0-\uf5ff{OPEN}{CLOSE}{HYPHEN}\U000f0000-\U0010fffd]")  # escaped where an author uses one

REFERENCE = re.compile(f"{OPEN}({LINES})({LABEL}+){CLOSE}")
TOKEN = re.compile(
    f"<!--[{CONTAINER}{CONTAINER_END}]{LINES}{{2}}(?P<container>{LABEL}*)-->"
    f"|<!--{COMPONENT}{LINES}{{2}}(?P<component>{LABEL}*)-->"
    f"|{ESCAPE}(?P<own>.)"
    f"|{OPEN}(?P<reference>{LINES}{LABEL}+){CLOSE}"
    f"|{DEFINITION}(?P<definition>{LINES}{{3}}{LABEL}+)"
    f"|{MARK}(?P<mark>{LINES}{{2}})"
    f"|(?P<blank>{_BLANK})|(?P<brace>[{LEFT_BRACE}{RIGHT_BRACE}])|(?P<hyphen>{HYPHEN})"
    f"|{UPPER}(?P<upper>.)"
    f"|(?P<lazy>[ \\t>]*{LAZY})|(?P<drop>[{SPLIT}{NOTES}])"
    f"|(?P<caret>{LINES})",
    re.DOTALL,
)
ANY = re.compile(f"[\uf5c0-\uf5ff{OPEN}{CLOSE}{HYPHEN}\U000f0000-\U0010fffd]")


_ESCAPED = re.compile(f"{ESCAPE}(.)")


def line_sign(line: int) -> str:
    """Write a line number as one character; it comes back modulo 65,534."""
    return chr(_PLANE_15 + line % _PER_PLANE)


def line_signs(line: int, width: int = 2) -> str:
    """Write a line number in so many characters, exactly.

    A definition takes three: with its own sign it grows by four, and tabs behind it keep their stops.
    """
    signs = line_sign(line)
    while len(signs) < width:
        line //= _PER_PLANE
        signs = line_sign(line) + signs
    return signs


def read_line(signs: str) -> int:
    """Read one or two line characters back."""
    number = 0
    for sign in signs:
        number = number * _PER_PLANE + ord(sign) - _PLANE_15
    return number


def can_hide(label: str) -> bool:
    """Say whether every character of a label has a stand-in: planes 0 and 1 do."""
    return all(ord(char) < 0x1FFFE and ord(char) & 0xFFFF < _PER_PLANE for char in label)


def hide(label: str) -> str:
    """Write a label in private use characters, one for one, so that it can mean nothing to a reader."""
    return "".join(chr(ord(char) + (_PLANE_15 if ord(char) < 0x10000 else _PLANE_16 - 0x10000)) for char in label)


def show(hidden: str) -> str:
    """Undo `hide`, and the escapes before it; composed as pandoc would have composed it.

    >>> show(hide("Größe-🚀"))
    'Größe-🚀'
    """
    shown = (chr(ord(char) - (_PLANE_15 if ord(char) < _PLANE_16 else _PLANE_16 - 0x10000)) for char in hidden)
    return unicodedata.normalize("NFC", _ESCAPED.sub(r"\1", "".join(shown)))


def hide_blanks(text: str) -> str:
    """Replace every blank of an info string."""
    return "".join(chr(_FIRST_BLANK + BLANKS.index(char)) if char in BLANKS else char for char in text)


def hide_capitals(text: str) -> str:
    """Put a sign before every capital that a reader could make small.

    >>> restore_text(hide_capitals("title=README.md").lower())
    'title=README.md'
    """
    return "".join(UPPER + char if char.lower() != char == char.lower().upper() else char for char in text)


def _restored(match: re.Match[str]) -> str:
    kind, text = match.lastgroup, match.group(match.lastgroup or 0)
    if kind == "own":
        return text
    if kind == "reference":
        return f"[^{show(text[1:])}]"
    if kind == "container":
        return show(text)
    if kind == "component":
        return show(text).partition(" ")[2]
    if kind == "definition":
        return show(text[3:])
    if kind == "blank":
        return BLANKS[ord(text) - _FIRST_BLANK]
    if kind == "upper":
        return text.upper()
    return {"brace": "{" if text == LEFT_BRACE else "}", "hyphen": "-", "caret": "^"}.get(kind or "", "")


def restore_text(text: str) -> str:
    """Give back what the author wrote where a carrier ended in code, a URL or other plain text."""
    return TOKEN.sub(_restored, text)
