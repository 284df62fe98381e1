"""JSON of any depth: what the standard library reads and writes, however deep."""

from __future__ import annotations

import json
from typing import Any

import pytest
from hypothesis import given, settings
from hypothesis import strategies as st

from fencepost.pandoc import deep_json, tree

VALUES = st.recursive(
    st.none() | st.booleans() | st.integers() | st.floats(allow_nan=False, allow_infinity=False) | st.text(),
    lambda inner: st.lists(inner, max_size=5) | st.dictionaries(st.text(max_size=5), inner, max_size=5),
    max_leaves=30,
)


@settings(max_examples=500, deadline=None)
@given(VALUES)
def test_reads_and_writes_what_json_does(value: Any) -> None:
    assert deep_json.loads(json.dumps(value)) == value
    assert deep_json.loads(json.dumps(value, indent=1, ensure_ascii=False)) == value
    assert json.loads(deep_json.dumps(value)) == value


@pytest.mark.parametrize("depth", [1, 253, 254, 255, 1023, 1024, 1025, 20_000])
def test_any_depth(depth: int) -> None:
    """On both sides of the limits of orjson: 254 levels in writing, 1,024 in reading."""
    text = "[" * depth + '{"a":"\\u00e9"}' + "]" * depth
    value = tree.load(text.encode())
    assert tree.dump(value) == text.replace("\\u00e9", "é").encode()


REFUSES = ["", "[", "]", "[1]]", "[[1]", '{"a"', '{"a":', "{1:2}", '"x', "nope", "[1] [2]"]


@pytest.mark.parametrize("text", REFUSES)
def test_refuses(text: str) -> None:
    with pytest.raises(ValueError):
        deep_json.loads(text)
    with pytest.raises(ValueError):
        tree.load(text.encode())
