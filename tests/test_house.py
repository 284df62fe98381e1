"""The shape of the package: few modules at its root, and imports in one direction, lazy ones too."""

from __future__ import annotations

import ast
import re
from collections.abc import Iterable
from functools import cache
from pathlib import Path

from conftest import ROOT

PACKAGE = ROOT / "fencepost"
MOST_AT_THE_ROOT = 6
LONGEST = 300  # lines of a module; about 100 is usual
# argued for: one scanner each, whose parts have no meaning of their own
LONGER = {"fencepost.markdown.protect": 380, "fencepost.markdown.blocks": 380, "fencepost.markdown.mdx.wrapping": 420}


def name_of(file: Path) -> str:
    parts = file.relative_to(ROOT).with_suffix("").parts
    return ".".join(parts[:-1] if parts[-1] == "__init__" else parts)


MODULES = {name_of(file): file for file in sorted(PACKAGE.rglob("*.py"))}


def room_of(module: str) -> str:
    """The package below the root that a module lies in, or the module itself."""
    return ".".join(module.split(".")[:2])


def imports_of(file: Path) -> Iterable[str]:
    """The modules of ours that a module imports, wherever it does; what only types need is left out."""
    tree = ast.parse(file.read_text(encoding="utf-8"))
    typing = {
        id(inner)
        for node in ast.walk(tree)
        if isinstance(node, ast.If) and isinstance(node.test, ast.Name) and node.test.id == "TYPE_CHECKING"
        for inner in ast.walk(node)
    }
    for node in ast.walk(tree):
        if isinstance(node, ast.ImportFrom) and id(node) not in typing and (node.module or "").startswith("fencepost"):
            names = (f"{node.module}.{alias.name}" for alias in node.names)
            yield from (name if name in MODULES else str(node.module) for name in names)
        elif isinstance(node, ast.Import) and id(node) not in typing:
            yield from (alias.name for alias in node.names if alias.name in MODULES)


@cache
def arrows() -> dict[str, set[str]]:
    return {name: set(imports_of(file)) - {name} for name, file in MODULES.items()}


def circle(graph: dict[str, set[str]]) -> list[str]:
    """A way round from a node to itself, or nothing."""
    done: set[str] = set()
    for start in graph:
        way, left = [start], [iter(sorted(graph[start]))]
        while way and start not in done:
            following = next(left[-1], None)
            if following is None:
                done.add(way.pop())
                left.pop()
            elif following in way:
                return [*way[way.index(following) :], following]
            elif following not in done:
                way.append(following)
                left.append(iter(sorted(graph.get(following, ()))))
    return []


def test_a_circle_is_found() -> None:
    assert circle({"a": {"b"}, "b": {"c"}, "c": {"a"}}) == ["a", "b", "c", "a"]
    assert circle({"a": {"b", "c"}, "b": {"c"}, "c": set()}) == []


def test_few_modules_at_the_root() -> None:
    assert len(list(PACKAGE.glob("*.py"))) <= MOST_AT_THE_ROOT


def test_modules_import_in_one_direction() -> None:
    assert circle(arrows()) == []


def test_rooms_import_in_one_direction() -> None:
    rooms: dict[str, set[str]] = {room_of(name): set() for name in MODULES}
    for name, others in arrows().items():
        rooms[room_of(name)] |= {room_of(other) for other in others} - {room_of(name), "fencepost"}
    assert circle(rooms) == []


def test_filters_never_import_each_other() -> None:
    """But for what they share: the packages below, and what no pass is named after."""
    from fencepost.filters import passes

    names = {row.module for row in passes.PASSES}
    for name in names:
        assert not arrows()[name] & names - {name}, name


def test_modules_are_short() -> None:
    lengths = {name: file.read_text("utf-8").count("\n") for name, file in MODULES.items()}
    assert {name: length for name, length in lengths.items() if length > LONGER.get(name, LONGEST)} == {}


def test_packages_say_what_they_hold() -> None:
    for name, file in MODULES.items():
        assert ast.get_docstring(ast.parse(file.read_text(encoding="utf-8"))), name


def test_nothing_is_left_of_old_names() -> None:
    """Modules that documents and docstrings name exist."""
    documents = [ROOT / "CONTRIBUTING.md", ROOT / "SECURITY.md", *(ROOT / "docs").glob("*.md"), *MODULES.values()]
    files = {file.name for folder in (PACKAGE, ROOT / "tests", ROOT / "filters") for file in folder.rglob("*.py")} | {
        "kbd.py",
        "a.py",
    }
    for document in documents:
        for word in re.findall(r"`([a-z_/]+\.py)`", document.read_text(encoding="utf-8")):
            assert word.rpartition("/")[2] in files, (document.name, word)
