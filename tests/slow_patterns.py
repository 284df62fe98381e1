"""Looks for texts that make a regular expression of the package slow: repeated pieces of what it matches.

Patterns are found where they are: attributes of modules, also inside of their tables, and literals in calls of `re`.
"""

from __future__ import annotations

import ast
import importlib
import pkgutil
import random
import re
import sys
import time
from collections.abc import Callable, Iterator
from itertools import chain
from pathlib import Path
from types import ModuleType
from typing import Any, NamedTuple

import fencepost

if sys.version_info >= (3, 11):
    from re import _parser as parser  # type: ignore[attr-defined]
else:
    import sre_parse as parser

ROOT = Path(fencepost.__file__).parent
COMMON = (" ", "\t", "\n", "a", "1", "-", "x=", '"', "<", "`", "\\", "(", "[")
ANCHORED = frozenset(["match", "fullmatch", "pattern"])
BOUNDED = {
    # pattern, or its module                why it may be tried on no long text
    "fencepost.fence.annotated.":           "a line of 2,000 characters at most",
    "fencepost.fence.faults._KEY":          "the last 60 characters before a word",
    "fencepost.fence.pattern_syntax.TOKEN": "a pattern of 1,000 characters at most",
    "fencepost.markdown.blocks._RULE":      "tried at one place of a line alone, in a loop over patterns",
    "fencepost.pandoc.deep_json._TOKEN":    "JSON of pandoc's, in which every string ends",
    "formats/office/restyled.py:":          "a document of pandoc's or the user's own",
    "frontmatter/kinds.py:":                "tried at one place alone",
    "theme/web.py:":                        "our own style sheets",
}  # fmt: skip
LENGTHS = (8, 12, 16, 20, 24, 28, 32, 40, 48, 64, 96, 128, 256, 512, 1024, 2048)
STEEP = 0.02  # seconds for 2,048 characters or fewer: what is linear takes a hundredth of it


_IMPORT = re.compile(r"^(?:from [\w.]+ )?import (?:\([^()]*\)|[^\n]*)", re.MULTILINE)


class Used(NamedTuple):
    """A pattern, where it is, and whether it is tried at one place of a text alone."""

    name: str
    pattern: re.Pattern[str]
    is_anchored: bool


def modules() -> Iterator[ModuleType]:
    """Import every module of the package."""
    for found in pkgutil.walk_packages(fencepost.__path__, "fencepost."):
        if not found.name.endswith("__main__"):
            yield importlib.import_module(found.name)


def _inside(value: Any) -> Iterator[re.Pattern[str]]:
    if isinstance(value, re.Pattern):
        if isinstance(value.pattern, str):
            yield value
    elif isinstance(value, dict):
        yield from chain.from_iterable(map(_inside, chain(value.keys(), value.values())))
    elif isinstance(value, (list, tuple, frozenset, set)):
        yield from chain.from_iterable(map(_inside, value))


def patterns() -> list[Used]:
    """List every pattern of the package once."""
    sources = {file: file.read_text(encoding="utf-8") for file in ROOT.rglob("*.py")}
    found: dict[str, Used] = {}
    for module in modules():
        own = Path(str(module.__file__))
        for name, value in vars(module).items():
            for pattern in _inside(value):
                is_anchored = isinstance(value, re.Pattern) and _ways(name, _users(name, own, sources)) <= ANCHORED
                found.setdefault(pattern.pattern, Used(f"{module.__name__}.{name}", pattern, is_anchored))
    for file, text in sources.items():
        for name, pattern, is_anchored in _written(ast.parse(text)):
            found.setdefault(pattern.pattern, Used(f"{file.relative_to(ROOT)}:{name}", pattern, is_anchored))
    return sorted(found.values(), key=lambda used: (used.name, used.pattern.pattern))


def _users(name: str, own: Path, sources: dict[Path, str]) -> str:
    """Give the text of the modules that know a name: its own, and those that import it from there."""
    wanted = rf"from [\w.]*\b{own.stem} import (?:\([^()]*|[^\n]*)\b{name}\b"
    known = [text for file, text in sources.items() if file == own or name[0] != "_" and re.search(wanted, text)]
    return _IMPORT.sub("", "\n".join(known))


def _ways(name: str, text: str) -> set[str]:
    """Name the methods that are called of a pattern; an empty one where it is handed on."""
    return set(re.findall(rf"\b{name}\b(?! *(?::[^=\n]*)?= )(?:\.([a-z]+)\b)?", text))


def _written(tree: ast.AST) -> Iterator[tuple[str, re.Pattern[str], bool]]:
    """List the patterns that calls of `re` have as literals; flags do not change what they cost."""
    for node in ast.walk(tree):
        if not (isinstance(node, ast.Call) and isinstance(node.func, ast.Attribute) and node.args):
            continue
        is_re = isinstance(node.func.value, ast.Name) and node.func.value.id == "re"
        if is_re and isinstance(node.args[0], ast.Constant) and isinstance(node.args[0].value, str):
            yield str(node.lineno), re.compile(node.args[0].value), node.func.attr in ANCHORED


def pieces(pattern: re.Pattern[str]) -> list[str]:
    """Write what the parts of a pattern match: its literals, and members of its classes."""
    found: list[str] = []
    _collect(parser.parse(pattern.pattern, pattern.flags & ~re.UNICODE), found)
    return [*dict.fromkeys(piece for piece in found if piece)] or ["a"]


CATEGORIES = {"CATEGORY_DIGIT": "1", "CATEGORY_SPACE": " ", "CATEGORY_WORD": "a", "CATEGORY_NOT_SPACE": "x"}


def _collect(items: Any, found: list[str]) -> None:
    literal = ""
    for code, value in items:
        name = str(code)
        if name == "LITERAL":
            literal += chr(value)
            continue
        found.append(literal)
        literal = ""
        if name == "IN":
            found += _members(value)
        elif isinstance(value, (list, tuple)):
            for part in value:
                for inner in part if isinstance(part, list) else [part]:
                    if isinstance(inner, parser.SubPattern):
                        _collect(inner, found)
    found.append(literal)


def _members(value: Any) -> Iterator[str]:
    if value and str(value[0][0]) == "NEGATE":
        yield "a"
        return
    for code, what in value:
        name = str(code)
        if name == "LITERAL":
            yield chr(what)
        elif name == "RANGE":
            yield chr(what[0])
        elif name == "CATEGORY":
            yield CATEGORIES.get(str(what), "a")


def texts(used: Used, chosen: random.Random, number: int) -> Iterator[tuple[str, str, str]]:
    """Write what stands before, what is repeated, and what stands behind."""
    own = pieces(used.pattern)
    known = [*own, *chosen.sample(COMMON, 3)]
    for _ in range(number):
        repeated = "".join(chosen.choices(known, k=chosen.choice([1, 1, 2, 2, 3])))
        before = "".join(own[: chosen.randint(0, len(own))]) if chosen.random() < 0.7 else ""
        yield before, repeated, chosen.choice(["", "\n", "\0", *known])


def way_of(used: Used) -> Callable[[str], object]:
    """Say how a pattern is tried on a text."""
    return used.pattern.match if used.is_anchored else lambda text: sum(1 for _ in used.pattern.finditer(text))


def seconds(way: Callable[[str], object], text: str) -> float:
    begun = time.process_time()
    way(text)
    return time.process_time() - begun


def is_slow(used: Used, before: str, repeated: str, behind: str) -> bool:
    """Say whether a text of 2,048 characters or fewer costs what one of hundreds of thousands should."""
    way = way_of(used)
    for length in LENGTHS:
        text = before + repeated * (length // len(repeated)) + behind
        if seconds(way, text) > STEEP and min(seconds(way, text) for _ in range(2)) > STEEP:
            return True
    return False


def search(seed: int, number: int) -> dict[str, tuple[str, str, str]]:
    """Try so many texts on every pattern; gives the first that is slow for each."""
    found: dict[str, tuple[str, str, str]] = {}
    for used in patterns():
        if used.name.startswith(tuple(BOUNDED)):
            continue
        chosen = random.Random(f"{seed} {used.pattern.pattern!a}")
        for text in texts(used, chosen, number):
            if is_slow(used, *text):
                found[f"{used.name} {used.pattern.pattern}"] = text
                break
    return found
