"""Options that a Python program gives: their names and the types of their values."""

from __future__ import annotations

import os
from dataclasses import fields
from typing import Any

from fencepost.diagnostics.model import Diagnostic, OptionError
from fencepost.options import Options, spelled

MOST = 10**9  # that a number may be
FIELDS = {option.name: option for option in fields(Options)}


def checked_options(given: dict[str, Any]) -> dict[str, Any]:
    """Give options by the names of their fields, with values of their types; a path may be a `Path`.

    Raises:
        OptionError: a name is unknown, or a value is not of the option's type or among its choices.
    """
    found = {}
    for name, value in given.items():
        field = FIELDS.get("for_" if name == "for" else name)
        if field is None:
            raise _unknown(name)
        found[field.name] = _value(field.name, value)
    return found


def _unknown(name: str) -> OptionError:
    from fencepost.diagnostics.nearest import nearest

    near = nearest(name, sorted(FIELDS), 0.6)
    help = f"did you mean `{near}`?" if near else "docs/options.md lists them"
    return OptionError(Diagnostic(name, None, None, "error", "option", f"there is no option {name}", help))


def _value(name: str, value: Any) -> Any:
    field = FIELDS[name]
    plain = field.default_factory() if callable(field.default_factory) else field.default
    if isinstance(value, os.PathLike):
        value = os.fspath(value)
    if isinstance(plain, list) and isinstance(value, (list, tuple)):
        value = [item if isinstance(item, dict) else os.fspath(item) for item in value]
        if name == "filters":
            value = [item if isinstance(item, dict) else {"path": item} for item in value]
    if isinstance(plain, float) and isinstance(value, int) and not isinstance(value, bool):
        value = float(value)
    choices = field.metadata["choices"]
    is_number = isinstance(value, (int, float)) and not isinstance(value, bool)
    is_outside = is_number and not 0 <= value <= MOST  # endless, not a number, or negative
    if type(value) is not type(plain) or is_outside or choices and value not in choices:
        wanted = " or ".join(choices) if choices else f"a value of the type {type(plain).__name__}"
        problem = f"`{spelled(name)}` cannot be {value!r}: {wanted} was expected"
        raise OptionError(Diagnostic(spelled(name), None, None, "error", "option", problem))
    return value
