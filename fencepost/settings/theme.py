"""A file of tokens: read, laid over ours, and refused in words where it cannot be a theme."""

from __future__ import annotations

import json
import re
from collections.abc import Callable
from pathlib import Path
from typing import Any

from fencepost.diagnostics.model import Diagnostic, FencepostError
from fencepost.diagnostics.nearest import nearest
from fencepost.system.assets import data_dir

Theme = dict[str, Any]

_COLOUR = re.compile(r"#[0-9a-fA-F]{6}")
_UNITS = {
    # medium  the units of its lengths
    "web":   ("rem", "em", "px", "ch"),
    "print": ("pt", "mm", "cm", "in", "em"),
    "book":  ("em", "rem", "px"),
}  # fmt: skip
# of these, print has no `em`: it is measured against the paper, or others are measured against it
_ABSOLUTE = frozenset(["measure", "top", "bottom", "text", "code", "title-gap", "head-gap"])
# and of these nothing but `em`: the size of what they stand in is another in each place
_RELATIVE = frozenset(["caption", "inline-code", "code-title", "table-head", "alert-title"])
# type of no size at all would hide what it says
_SIZES = re.compile(
    r"text|text-narrow|title|title-narrow|h[1-6]|subtitle|lede|label|byline|small|notes|note-mark|caption|table|"
    r"(?:.+-)?(?:code|contents)|alert-title|table-head|measure|(?:.+-)?leading"
)
_OPEN = frozenset(["tints"])  # a theme may have more of these than ours


def _is_face(value: Any) -> bool:
    return isinstance(value, list) and bool(value) and all(isinstance(name, str) and _plain(name) for name in value)


def _plain(name: str) -> bool:
    """Say whether a face's name can stand in CSS and Typst as it is."""
    return bool(name.strip()) and not set(name) & set("\"'\\;{}<>\n")


def _is_pair(value: Any) -> bool:
    return (
        isinstance(value, list)
        and len(value) == 2
        and all(isinstance(colour, str) and _COLOUR.fullmatch(colour) for colour in value)
    )


def _is_weight(value: Any) -> bool:
    return isinstance(value, int) and not isinstance(value, bool) and 100 <= value <= 900


def _units(group: str, key: str) -> tuple[str, ...]:
    """List the units that a measure may have; an empty one stands for a plain number."""
    if key.endswith("tracking"):
        return ("em",)
    if group == "print":
        own = {"em"} if key in _RELATIVE else set(_UNITS[group]) - ({"em"} if key in _ABSOLUTE else set())
        return tuple(unit for unit in _UNITS[group] if unit in own)
    if key.endswith("leading"):
        return ("", *_UNITS[group])
    return (*_UNITS[group], "%") if (group, key) == ("book", "edge") else _UNITS[group]


def _wanted_measure(group: str, key: str) -> tuple[Callable[[Any], bool], str]:
    units = _units(group, key)
    sign = "-?" if key.endswith("tracking") else ""
    pattern = re.compile(rf"{sign}(\d*\.?\d+)({'|'.join(units)})")
    words = f"a length in {', '.join(filter(None, units[:-1]))} or {units[-1]}" if len(units) > 1 else "a length in em"
    words = f"a number, or {words}" if "" in units else words

    def test(value: Any) -> bool:
        found = pattern.fullmatch(value) if isinstance(value, str) else None
        return found is not None and (float(found[1]) > 0 or not _SIZES.fullmatch(key))

    return test, f"{words}, in quotes" + (", and more than nothing" if _SIZES.fullmatch(key) else "")


def _wanted(group: str, key: str) -> tuple[Callable[[Any], bool], str]:
    """Give what a token must be: a test, and the words for it."""
    if group == "faces":
        return _is_face, 'a list of names, `["Georgia", "serif"]`'
    if group == "weights":
        return _is_weight, "a whole number from 100 to 900"
    if group in _UNITS:
        return _wanted_measure(group, key)
    return _is_pair, 'two colours, light and dark, `["#1c1d21", "#e6e7ea"]`'


def load_theme(path: str = "") -> Theme:
    """Read a theme file; without a path, ours. What a file leaves out is as it is in ours.

    Raises:
        FencepostError: it cannot be read, is no JSON, or has a token that is none; the line is named.
    """
    ours: Theme = json.loads((data_dir() / "templates" / "theme.json").read_text(encoding="utf-8"))
    if not path:
        return ours
    text = _text(path)
    try:
        own = json.loads(text)
    except json.JSONDecodeError as error:
        said = Diagnostic(path, error.lineno, error.colno - 1, "error", "theme", f"this is no JSON: {error.msg}")
        raise FencepostError(said) from None
    if not isinstance(own, dict):
        raise FencepostError(Diagnostic(path, 1, 0, "error", "theme", "a theme is an object, `{ … }`"))
    for group, tokens in own.items():
        if group != "name":
            ours[group] = _group(ours, group, tokens, path, text)
    return ours | {"name": str(own.get("name", ""))}


def _text(path: str) -> str:
    try:
        return Path(path).read_text(encoding="utf-8")
    except (OSError, UnicodeDecodeError) as error:
        reason = getattr(error, "strerror", None) or "it is not UTF-8"
        said = Diagnostic(path, None, None, "error", "theme", f"cannot read this theme: {reason}")
        raise FencepostError(said) from None


def _group(ours: Theme, group: str, tokens: Any, path: str, text: str) -> dict[str, Any]:
    """Lay one group of tokens over ours."""

    def fail(problem: str, key: str, help: str = "") -> FencepostError:
        line, column = _place(text, group, key)
        return FencepostError(Diagnostic(path, line, column, "error", "theme", problem, help))

    def near(name: str, known: Any) -> str:
        return f"did you mean {found}?" if (found := nearest(name, known, 0.6)) else ", ".join(known)

    if group not in ours or group == "name":
        raise fail(f"a theme has no group `{group}`", "", near(group, [name for name in ours if name != "name"]))
    if not isinstance(tokens, dict):
        raise fail(f"`{group}` must be an object, `{{ … }}`", "")
    for key, value in tokens.items():
        if key not in ours[group] and not (group in _OPEN and re.fullmatch("[a-z]+", key)):
            raise fail(f"`{group}` has no token `{key}`", key, near(key, list(ours[group])))
        is_right, words = _wanted(group, key)
        if not is_right(value):
            raise fail(f"`{group}.{key}` must be {words}", key)
    merged: dict[str, Any] = ours[group] | tokens
    return merged


def _place(text: str, group: str, key: str) -> tuple[int | None, int | None]:
    """Find a key of a group in the file's text: line from 1, column from 0."""
    start = re.search(rf"{re.escape(json.dumps(group, ensure_ascii=False))}\s*:", text)
    if start is None:
        return None, None
    found = (
        re.compile(rf"{re.escape(json.dumps(key, ensure_ascii=False))}\s*:").search(text, start.end()) if key else None
    )
    at = (found or start).start()
    return text.count("\n", 0, at) + 1, at - (text.rfind("\n", 0, at) + 1)
