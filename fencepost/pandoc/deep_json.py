"""JSON of any depth: the libraries recurse, and give up at some hundred or thousand levels.

Only for documents that they refuse; in Python, so some twenty times slower than orjson.
"""

from __future__ import annotations

import json
import re
from typing import Any

_TOKEN = re.compile(r'\s*(?:([{}\[\],:])|("(?:[^"\\]|\\.)*")|([^\s{}\[\],:"]+))')


def loads(text: str) -> Any:
    """Read JSON without recursion.

    >>> loads('{"a": [1, {"b": null}]}')
    {'a': [1, {'b': None}]}

    Raises:
        ValueError: it is not JSON.
    """
    root: list[Any] = []
    stack: list[Any] = [root]
    keys: list[str | None] = [None]
    for match in _TOKEN.finditer(text):
        sign, string, word = match.groups()
        if sign in ("{", "["):
            made: Any = {} if sign == "{" else []
            _put(stack[-1], keys, made)
            stack.append(made)
            keys.append(None)
        elif sign in ("}", "]"):
            stack.pop()
            keys.pop()
        elif string and isinstance(stack[-1], dict) and keys[-1] is None:
            keys[-1] = json.loads(string)
        elif not sign:
            _put(stack[-1], keys, json.loads(string or word))
        if not stack:
            raise ValueError("a bracket too many")
    if len(stack) != 1 or len(root) != 1:
        raise ValueError("the document is not whole")
    return root[0]


def _put(container: Any, keys: list[str | None], value: Any) -> None:
    if isinstance(container, list):
        container.append(value)
        return
    if keys[-1] is None:
        raise ValueError("a value without a key")
    container[keys[-1]] = value
    keys[-1] = None


def dumps(value: Any) -> str:
    """Write JSON without recursion.

    >>> dumps({"a": [1, "x", None]})
    '{"a":[1,"x",null]}'
    """
    out: list[str] = []
    stack: list[Any] = [value]
    while stack:
        item = stack.pop()
        if isinstance(item, _Raw):
            out.append(item)
        elif isinstance(item, dict):
            parts: list[Any] = [_Raw("{")]
            for index, (key, inner) in enumerate(item.items()):
                parts += [_Raw("," * (index > 0) + json.dumps(key, ensure_ascii=False) + ":"), inner]
            stack += reversed([*parts, _Raw("}")])
        elif isinstance(item, (list, tuple)):
            parts = [_Raw("[")]
            for index, inner in enumerate(item):
                parts += [_Raw(","), inner] if index else [inner]
            stack += reversed([*parts, _Raw("]")])
        else:
            out.append(json.dumps(item, ensure_ascii=False))
    return "".join(out)


class _Raw(str):
    """A piece of JSON that is written already."""

    __slots__ = ()
