"""What a book is: `book.yaml`, or the command line's posts, read into a `Plan`; what it does not know is an error."""

from __future__ import annotations

from collections.abc import Iterator
from dataclasses import dataclass, replace
from pathlib import Path
from typing import NoReturn

from fencepost.diagnostics.model import Diagnostic, FencepostError
from fencepost.frontmatter import reading as frontmatter
from fencepost.frontmatter import yaml_tree
from fencepost.frontmatter.reading import Metadata
from fencepost.frontmatter.values import Reader, folded
from fencepost.frontmatter.yaml_error import YamlError
from fencepost.frontmatter.yaml_tree import Mapping, Node, Scalar, Sequence

ORDERS = ("given", "date", "series")
PARTS = ("none", "category")
INSIDE_PART = ("title", "chapters")
# the book's own keys beside those of front matter and the options, and what each may be
OWN = {
    "chapters":  "a list of posts (`posts/*.md` is one item)",
    "order":     "given, date or series",
    "parts":     "none, category, or a list of parts, each with `title` and `chapters`",
    "index":     "true or false",
    "licence":   "a text, or a map with `name` and `url`",
    "publisher": "a text",
    "rights":    "a text",
}  # fmt: skip
SPELT = {"license": "licence", "copyright": "rights"}  # other names of the same


@dataclass(frozen=True, slots=True)
class Item:
    """A post that becomes a chapter: its path, and where the book names it (line from 1, column from 0)."""

    path: str
    line: int | None = None
    column: int | None = None
    part: str = ""


@dataclass(frozen=True, slots=True)
class Plan:
    """A book as its author wants it. `path` is where that is written, for diagnostics."""

    path: str
    meta: Metadata
    items: tuple[Item, ...] = ()
    order: str = "given"
    parts: str = "none"  # of PARTS, or `given` where each item names its part
    index: bool = True
    licence: tuple[str, str] = ("", "")  # its name, its address
    publisher: str = ""
    rights: str = ""


def read_plan(text: str, path: str, folder: Path, plan: Plan | None = None) -> Plan:
    """Read a book's YAML; posts are looked for from `folder`. Lays it over `plan`, where one is given.

    Raises:
        FencepostError: it is no YAML, a key is unknown, a value is of the wrong kind, or a post is not there.
    """
    meta = frontmatter.read(text, path, 1)
    for warning in meta.warnings:
        raise FencepostError(warning._replace(severity="error"))
    reader = Reader(path, 1)
    try:
        root = yaml_tree.parse(text)
        pairs = list(yaml_tree.entries(root)) if isinstance(root, Mapping) else []
        own = _own_keys(reader, pairs, meta)
        return _filled(reader, own, folder, plan or Plan(path, meta), meta)
    except YamlError as error:  # pragma: no cover - `frontmatter.read` has read the same text
        raise reader.fail(error.problem, Scalar("", True, error.line, error.column), error.help) from None


def _own_keys(reader: Reader, pairs: list[tuple[Scalar, Node]], meta: Metadata) -> dict[str, Node]:
    found: dict[str, Node] = {}
    for key, value in pairs:
        if key.text not in meta.extra:
            continue
        name = SPELT.get(folded(key.text), folded(key.text))
        if name not in OWN:
            known = ", ".join(sorted([*OWN, *frontmatter.KEYS]))
            _fail(reader, f"a book has no `{key.text}`", key, f"known are the options and {known}")
        found[name] = value
    return found


def _filled(reader: Reader, own: dict[str, Node], folder: Path, plan: Plan, meta: Metadata) -> Plan:
    """Put what the YAML says over a plan."""
    said: dict[str, object] = {"meta": meta}
    if "chapters" in own:
        said["items"] = tuple(_items(reader, own["chapters"], folder))
    if "parts" in own and isinstance(own["parts"], Sequence):
        said["items"] = (*plan.items, *_parts(reader, own["parts"], folder))
        said["parts"] = "given"
        if "chapters" in own:
            _fail(reader, "`chapters` stands beside parts that have chapters", own["chapters"], "put them into a part")
    elif "parts" in own:
        said["parts"] = _choice(reader, "parts", own["parts"], PARTS)
    if "order" in own:
        said["order"] = _choice(reader, "order", own["order"], ORDERS)
    if "index" in own:
        yes = yaml_tree.truth(own["index"])
        said["index"] = yes if yes is not None else _wrong(reader, "index", own["index"])
    if "licence" in own:
        said["licence"] = _licence(reader, own["licence"])
    said |= {name: _text(reader, name, own[name]) for name in ("publisher", "rights") if name in own}
    return replace(plan, **said)  # type: ignore[arg-type]


def _fail(reader: Reader, problem: str, at: Node, help: str = "") -> NoReturn:
    raise reader.fail(problem, at, help, code="book")


def _wrong(reader: Reader, name: str, at: Node) -> NoReturn:
    _fail(reader, f"`{name}` must be {OWN[name]}", at)


def _text(reader: Reader, name: str, node: Node) -> str:
    return node.text.strip() if isinstance(node, Scalar) else _wrong(reader, name, node)


def _choice(reader: Reader, name: str, node: Node, choices: tuple[str, ...]) -> str:
    word = node.text.strip().lower() if isinstance(node, Scalar) else ""
    word = {"categories": "category"}.get(word, word)
    return word if word in choices else _wrong(reader, name, node)


def _licence(reader: Reader, node: Node) -> tuple[str, str]:
    if isinstance(node, Scalar):
        return node.text.strip(), ""
    if not isinstance(node, Mapping):
        _wrong(reader, "licence", node)
    parts = {key.text: value for key, value in yaml_tree.entries(node)}
    if "name" not in parts or not set(parts) <= {"name", "url"}:
        _wrong(reader, "licence", node)
    return _text(reader, "licence", parts["name"]), _text(reader, "licence", parts["url"]) if "url" in parts else ""


def _parts(reader: Reader, node: Sequence, folder: Path) -> Iterator[Item]:
    for part in node.items:
        if not isinstance(part, Mapping):
            _wrong(reader, "parts", part)
        inside = {key.text: (key, value) for key, value in yaml_tree.entries(part)}
        for name, (key, _) in inside.items():
            if name not in INSIDE_PART:
                _fail(reader, f"a part has no `{name}`", key, f"known are {', '.join(INSIDE_PART)}")
        for name in INSIDE_PART:
            if name not in inside:
                _fail(reader, f"a part without `{name}`", part)
        title = inside["title"][1]
        if not isinstance(title, Scalar) or title.empty:
            _fail(reader, "the title of a part must be a text", title)
        for item in _items(reader, inside["chapters"][1], folder):
            yield replace(item, part=title.text.strip())


def _items(reader: Reader, node: Node, folder: Path) -> Iterator[Item]:
    if not isinstance(node, Sequence) or not node.items:
        _wrong(reader, "chapters", node)
    for entry in node.items:
        if not isinstance(entry, Scalar) or entry.empty:
            _fail(reader, "a chapter must be the path of a post", entry)
        name = entry.text.strip()
        for path in _matches(folder, name) or _fail(
            reader, f"there is no post {name}", entry, f"paths start from {folder}"
        ):
            yield Item(str(path), reader.first_line + entry.line, entry.column)


def _matches(folder: Path, name: str) -> list[Path]:
    """Find the posts that an entry means: a file, a folder with an `index.md`, or a pattern, sorted by name."""
    path = folder / name
    if path.is_dir():
        path /= "index.md"
    if path.is_file():
        return [path]
    if not set(name) & set("*?[") or Path(name).is_absolute():
        return []
    return sorted(found for found in folder.glob(name) if found.is_file())


def given_posts(paths: list[str]) -> tuple[Item, ...]:
    """Make items of the posts that the command line names."""
    return tuple(Item(path) for path in paths)


def check_twice(plan: Plan) -> None:
    """Refuse a post that is two chapters.

    Raises:
        FencepostError: there is one, or there are no chapters at all.
    """
    seen: dict[Path, Item] = {}
    for item in plan.items:
        before = seen.setdefault(Path(item.path).resolve(), item)
        if before is not item:
            problem = f"{item.path} is a chapter already" + (f" (line {before.line})" if before.line else "")
            raise FencepostError(Diagnostic(plan.path, item.line, item.column, "error", "book", problem))
    if not plan.items:
        help = "name posts: chapters: [posts/*.md]"
        raise FencepostError(Diagnostic(plan.path, None, None, "error", "book", "the book has no chapters", help))
