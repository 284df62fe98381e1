"""Control characters that escapes make: `title: "Cleaning C:\\builds"` holds a backspace, which no output can hold.

In YAML between double quotes, in TOML and in JSON. Typed ones are replaced before (`begin`).
"""

from __future__ import annotations

import re

from fencepost.frontmatter.values import Reader
from fencepost.frontmatter.yaml_tree import Mapping, Node, Scalar, Sequence

CONTROLS = re.compile("[\0-\x08\x0e-\x1f\ufffe\uffff]")  # what XML cannot hold
_BLANKS = re.compile("[\x0b\x0c]")
_HELP = "a backslash begins an escape here: double it, or put the text in single quotes"


def without_controls(node: Node, reader: Reader) -> Node:
    """Replace control characters in every key and value by U+FFFD, with a warning at each."""
    done: dict[int, Node] = {}  # a value may stand in many places, by its anchor

    def clean(found: Node) -> Node:
        if id(found) not in done:
            done[id(found)] = made(found)
        return done[id(found)]

    def made(found: Node) -> Node:
        if isinstance(found, Scalar):
            return _printable(found, reader)
        if isinstance(found, Sequence):
            return found._replace(items=tuple(clean(item) for item in found.items))
        if isinstance(found, Mapping):
            return found._replace(pairs=tuple((clean(key), clean(value)) for key, value in found.pairs))
        return found

    return clean(node)


def _printable(found: Scalar, reader: Reader) -> Scalar:
    text = _BLANKS.sub(" ", found.text)
    if bad := CONTROLS.search(text):
        problem = f"an escape makes U+{ord(bad[0]):04X} here, a control character: U+FFFD is printed"
        reader.warn(problem, found, _HELP, "control-character")
    return found._replace(text=CONTROLS.sub("\ufffd", text))
