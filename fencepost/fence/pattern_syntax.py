"""JavaScript's regular expressions in the words of the `regex` package, a token at a time."""

from __future__ import annotations

import re
from collections.abc import Callable

from fencepost.fence.javascript import BLANKS, read_number

MOST_REPEATS = 10_000  # that one `{…}` may ask for

TOKEN = re.compile(
    r"(?P<group>\(\?(?::|=|!|<=|<!|<[A-Za-z_$][\w$]*>))|(?P<open>\((?!\?))"
    r"|(?P<class>\[\^?(?:\\.|[^\]\\])*\])"
    r"|(?P<escape>\\(?:x[0-9A-Fa-f]{2}|u[0-9A-Fa-f]{4}|c[A-Za-z]|k<[A-Za-z_$][\w$]*>|[1-9][0-9]*|0(?![0-9])|.))"
    r"|(?P<repeat>(?:[*+?]|\{[0-9]+(?:,[0-9]*)?\})\??)"
    r"|(?P<other>[^\\])",
    re.DOTALL,
)
_CLASS_ITEM = re.compile(r"\\(?:x[0-9A-Fa-f]{2}|u[0-9A-Fa-f]{4}|c[A-Za-z]|.)|.", re.DOTALL)
_SETS = {
    "d": "0-9",
    "w": "A-Za-z0-9_",
    "s": "".join(f"\\u{ord(char):04x}" if char != "-" else "-" for char in BLANKS),
}
_CONTROL = {"t": "\\t", "n": "\\n", "v": "\\v", "f": "\\f", "r": "\\r", "0": "\\x00"}
_DOT = r"[^\n\r\u2028\u2029]"
_WORD = f"[{_SETS['w']}]"
_BOUNDARY = f"(?:(?<={_WORD})(?!{_WORD})|(?<!{_WORD})(?={_WORD}))"
_NO_BOUNDARY = f"(?:(?<={_WORD})(?={_WORD})|(?<!{_WORD})(?!{_WORD}))"


class PatternError(ValueError):
    """A pattern that is none, or that may not run; the words say why."""


def translated(pattern: str) -> str:
    """Write a JavaScript pattern (no flag `u`) as one of the `regex` package.

    >>> translated("a{e<=1}\\\\h.")
    'a\\\\{e<=1\\\\}h[^\\\\n\\\\r\\\\u2028\\\\u2029]'

    Raises:
        PatternError: it is none.
    """
    groups = sum(1 for found in TOKEN.finditer(pattern) if found["open"] or (found["group"] or "").endswith(">"))
    out: list[str] = []
    place, can_repeat = 0, False
    for found in TOKEN.finditer(pattern):
        kind, text = str(found.lastgroup), found[0]
        if found.start() != place or (kind == "repeat" and not can_repeat) or (kind == "other" and text in "(["):
            raise PatternError("nothing to repeat" if kind == "repeat" else "it cannot be read")
        place = found.end()
        if kind == "repeat" and any(read_number(digits) > MOST_REPEATS for digits in re.findall("[0-9]+", text)):
            raise PatternError(f"it repeats more than {MOST_REPEATS} times")
        can_repeat = kind not in ("repeat", "group", "open") and text not in ("^", "|")
        out.append(WRITTEN[kind](text, groups))
    if place != len(pattern):
        raise PatternError("it cannot be read")
    return "".join(out)


def _escape(text: str, groups: int) -> str:
    sign = text[1]
    if sign in "1234567890" and text != "\\0":
        number = int(text[1:])
        return f"(?({number})\\{number}|)" if number <= groups else _octal(text[1:])
    if sign == "k" and len(text) > 2:
        return f"(?P={text[3:-1]})"
    if sign == "b":
        return _BOUNDARY
    if sign == "B":
        return _NO_BOUNDARY
    if sign.lower() in _SETS:
        return f"[{'^' if sign.isupper() else ''}{_SETS[sign.lower()]}]"
    return _character(text)


def _octal(digits: str) -> str:
    octal = re.match("[0-7]{1,3}", digits)
    return re.escape(chr(int(octal[0], 8)) + digits[octal.end() :]) if octal else re.escape(digits)


def _character(text: str) -> str:
    """Write what an escape stands for: a control character, a code, or the sign itself."""
    sign = text[1]
    if sign in _CONTROL:
        return _CONTROL[sign]
    if len(text) > 2:
        code = ord(text[2]) % 32 if sign == "c" else int(text[2:], 16)
        return f"\\u{code:04x}"
    return sign if sign.isalnum() or sign == "_" else "\\" + sign


def _class(text: str, _groups: int) -> str:
    """Write a set of characters; `[]` has none, `[^]` has all."""
    negated = text.startswith("[^")
    inside = text[2 if negated else 1 : -1]
    if not inside:
        return r"[\s\S]" if negated else r"(?!)"
    items = [_class_item(found[0]) for found in _CLASS_ITEM.finditer(inside)]
    for at in range(1, len(items) - 1):  # `[a-\d]` is no range
        if items[at] == "-" and (len(items[at - 1]) > 6 or len(items[at + 1]) > 6):
            items[at] = "\\-"
    return f"[{'^' if negated else ''}{''.join(items)}]"


def _class_item(text: str) -> str:
    if not text.startswith("\\"):
        return "\\" + text if text in "[&|~" else text
    if text[1:] == "b":
        return r"\x08"
    if text[1:] == "-":
        return r"\-"
    if text[1].lower() in _SETS:
        return _SETS[text[1]] if text[1].islower() else f"\\{text[1]}"
    return _character(text)


_PLAIN = {".": _DOT, "{": r"\{", "}": r"\}", "]": r"\]", "$": r"\Z", "^": r"\A"}
WRITTEN: dict[str, Callable[[str, int], str]] = {
    "group": lambda text, _groups: text.replace("(?<", "(?P<") if text.endswith(">") else text,
    "open": lambda text, _groups: text,
    "class": _class,
    "escape": _escape,
    "repeat": lambda text, _groups: text,
    "other": lambda text, _groups: _PLAIN.get(text, text if text in "()|" else re.escape(text)),
}
