"""Which pandocs we know: those that were tried, what older ones lack, and which trees are read at all."""

from __future__ import annotations

import subprocess
from collections.abc import Callable
from functools import cache
from pathlib import Path
from typing import Any

from fencepost.diagnostics.model import Diagnostic, FencepostError
from fencepost.pandoc import tree
from fencepost.pandoc.tree import Document, Node

Version = tuple[int, ...]
OLDEST, NEWEST = (2, 19), (3, 11)  # tried, by tests/test_pandocs.py; others are warned of, and used
TREES = ((1, 22), (1, 23))  # versions of pandoc's tree that we know; another may mean something else by the same names
# what pandoc has not always had, and since when
SINCE = {
    "Figure":        (3, 0),
    "wikilinks":     (3, 0),
    "wikilink":      (3, 7),   # the class of such links; before, they are titled so
    "typst":         (3, 1, 2),
    "typst-smart":   (3, 6),
    "--math-method": (3, 11),  # --mathml is said to be deprecated from then on
}  # fmt: skip


def parse_version(text: str) -> Version:
    """Read `3.1.11.1`; what is no number ends it.

    >>> parse_version("3.9"), parse_version("3.10-nightly"), parse_version("")
    ((3, 9), (3, 10), ())
    """
    numbers = []
    for part in text.replace("-", ".").split("."):
        if not part.isdigit():
            break
        numbers.append(int(part))
    return tuple(numbers)


@cache
def version() -> Version:
    """Say which pandoc is run. It is asked once, and its answer kept for as long as the program is the same file.

    Raises:
        FencepostError: there is no pandoc.
    """
    from fencepost.pandoc.run import binary
    from fencepost.system.cache import kept

    file = Path(binary()).resolve()
    found = file.stat()
    said = kept("pandoc", f"{file.name}-{found.st_size}-{found.st_mtime_ns}", lambda: _asked(binary()))
    return parse_version(said.decode("utf-8", "replace"))


def _asked(program: str) -> bytes:
    said = subprocess.run([program, "--version"], capture_output=True).stdout.split(b"\n", 1)[0].split()
    return said[-1] if said else b""


def has(feature: str) -> bool:
    """Say whether the pandoc that is run has what is named in `SINCE`; one that does not say its version has all."""
    return (version() or NEWEST) >= SINCE[feature]


def writer(name: str, extensions: str, path: str) -> str:
    """Name a writer with its extensions, without one that this pandoc has not yet.

    Raises:
        FencepostError: this pandoc has no such writer.
    """
    if name != "typst" or has("typst-smart"):
        return name + extensions
    if has("typst"):
        return name  # it writes quotes and dashes as they are, as we want it
    problem = f"pandoc {shown(version())} cannot write Typst, which sets the PDF"
    help = "install a newer one (`pip install -U pypandoc_binary`), or choose another `pdf-engine`"
    raise FencepostError(Diagnostic(path, None, None, "error", "pandoc-version", problem, help))


def flag(name: str) -> str:
    """Spell a flag as this pandoc wants it."""
    return "--math-method=mathml" if name == "--mathml" and has("--math-method") else name


def say_untested(say: Callable[[str], None]) -> None:
    """Warn once of the pandoc of a run, where it was not tried."""
    try:
        found = untested(version())
    except (FencepostError, OSError):  # there is none, which the run has said
        return
    if found:
        say(found.text())


def untested(found: Version) -> Diagnostic | None:
    """Warn of a pandoc outside the range that was tried."""
    if not found or OLDEST <= found[:2] <= NEWEST:
        return None
    tried = f"pandoc {shown(OLDEST)} to {shown(NEWEST)}"
    problem = f"pandoc {shown(found)} has not been tried with this Fencepost; {tried} have"
    help = "look at what comes out, or install one of these (`pip install pypandoc_binary`)"
    return Diagnostic("pandoc", None, None, "warning", "pandoc-version", problem, help)


def shown(numbers: Version) -> str:
    """Write a version.

    >>> shown((3, 11))
    '3.11'
    """
    return ".".join(map(str, numbers))


def check_tree(document: Document, path: str, program: str = "") -> None:
    """Refuse a tree of a version that is not known. `program` is the version of the pandoc that made it, if known.

    Raises:
        FencepostError: it is of another version; both are named.
    """
    found = tuple(document["pandoc-api-version"][:2])
    if found in TREES:
        return
    problem = (
        f"pandoc{' ' + program if program else ''} gives a tree of version {shown(found)}; "
        f"this Fencepost knows {' and '.join(map(shown, TREES))}"
    )
    help = f"update Fencepost, or use pandoc {shown(OLDEST)} to {shown(NEWEST)}"
    raise FencepostError(Diagnostic(path, None, None, "error", "filter-version", problem, help))


def for_its_pandoc(document: Document) -> None:
    """Write the figures of a tree as pandoc before 3.0 has them, if it is of such a one; in place."""
    if tuple(document["pandoc-api-version"][:2]) >= (1, 23):
        return
    for container, index in reversed(tree.find(document["blocks"], frozenset(["Figure"]))):
        container[index] = _without_figure(container[index])


def _without_figure(node: Node) -> Node:
    """Make a paragraph of one image whose caption is its description, as pandoc 2 does; else a division."""
    attr, (_, caption), body = node["c"]
    words = [inline for block in caption for inline in block["c"]] if all(map(_is_words, caption)) else None
    image: Any = body[0]["c"][0] if len(body) == 1 and _is_words(body[0]) and len(body[0]["c"]) == 1 else {"t": ""}
    if image["t"] == "Image" and image["c"][1] == words:
        address, title = image["c"][2]
        shown_image = {"t": "Image", "c": [image["c"][0], words, [address, "fig:" + title]]}
        return {"t": "Para", "c": [shown_image]}
    return {
        "t": "Div",
        "c": [attr, [*body, *({"t": "Div", "c": [["", ["caption"], []], caption]} for _ in caption[:1])]],
    }


def _is_words(block: Node) -> bool:
    return block["t"] in ("Plain", "Para")
