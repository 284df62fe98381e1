"""Front matter: what stands at the top of a post becomes `Metadata`, whatever system it was written for.

`split` finds the block as pandoc does, and where pandoc would lose it (after blank lines, TOML, JSON);
`read` gives every known key its one name and keeps the rest. What is wrong names its line and column.
"""

from __future__ import annotations

import json
import re
from dataclasses import dataclass, field
from typing import Any, NamedTuple

from fencepost.diagnostics.model import Diagnostic
from fencepost.frontmatter import kinds, yaml_tree
from fencepost.frontmatter.dates import Stamp
from fencepost.frontmatter.kinds import find_block
from fencepost.frontmatter.values import OPTIONS, Author, Reader, folded
from fencepost.frontmatter.yaml_error import YamlError
from fencepost.frontmatter.yaml_tree import Mapping, Node, Scalar, Sequence

# our field        the names it goes by; case, "-" and "_" do not count; the first one present wins
KEYS = {
    "title":       ("title",),
    "subtitle":    ("subtitle",),
    "description": ("description", "summary", "excerpt", "custom_excerpt"),
    "slug":        ("slug",),
    "date":        ("date", "pubDate", "publishDate", "publishedAt", "datePublished", "publishedDate"),
    "updated":     ("updated", "updatedDate", "lastmod", "last_update", "modified", "updatedAt", "dateModified",
                    "lastModified", "last_modified_at"),
    "draft":       ("draft", "published"),  # `published: false` is a draft, `published: 2025-05-22` is the date
    "categories":  ("categories", "category"),
    "tags":        ("tags", "tag"),
    "keywords":    ("keywords", "keyword"),
    "authors":     ("authors", "author"),
    "lang":        ("lang", "language", "locale"),
    "cover":       ("cover", "image", "heroImage", "cover_image", "feature_image", "featured_image", "og_image",
                    "thumbnail", "banner", "images"),
    "cover_alt":   ("cover_alt", "imageAlt", "heroImageAlt", "heroAlt", "cover_image_alt", "feature_image_alt"),
    "canonical":   ("canonical", "canonical_url"),
}  # fmt: skip


@dataclass(frozen=True, slots=True)
class Metadata:
    """What a post says about itself. Texts are the author's own, empty where nothing was said."""

    title: str = ""
    subtitle: str = ""
    description: str = ""
    slug: str = ""
    date: Stamp | None = None
    updated: Stamp | None = None
    draft: bool = False
    categories: tuple[str, ...] = ()
    tags: tuple[str, ...] = ()
    keywords: tuple[str, ...] = ()
    authors: tuple[Author, ...] = ()
    lang: str = "en"
    cover: str = ""
    cover_alt: str = ""
    canonical: str = ""
    options: dict[str, Any] = field(default_factory=dict)  # what names a field of fencepost.options.Options
    extra: dict[str, Any] = field(default_factory=dict)  # keys that are not ours
    passthrough: str = ""  # the same keys as YAML, a line each, for pandoc
    lines: dict[str, int] = field(default_factory=dict)  # the author's key → its line in the file
    warnings: tuple[Diagnostic, ...] = ()

    @property
    def subjects(self) -> tuple[str, ...]:
        """List tags, categories and keywords, each once."""
        return tuple(dict.fromkeys(self.tags + self.categories + self.keywords))


class Post(NamedTuple):
    """A post cut in two: the front matter (None without any) and the body, with the lines they begin on.

    `kind` is the language of the front matter: yaml, toml or json.
    """

    front: str | None
    front_line: int
    body: str
    body_line: int
    kind: str = "yaml"


def split(text: str) -> Post:
    r"""Find the front matter at the top of a post (see `front_kinds`); a byte order mark may come first.

    >>> split("---\ntitle: A\n---\nText\n")
    Post(front='title: A\n', front_line=2, body='Text\n', body_line=4, kind='yaml')
    """
    text = text.removeprefix("\ufeff")
    found = find_block(text)
    if found is None:
        return Post(None, 1, text, 1)
    return Post(found.text, found.line, text[found.body :], found.body_line, found.kind)


_FIELDS = {folded(name): (ours, rank) for ours, names in KEYS.items() for rank, name in enumerate(names)}


def as_yaml(node: Node) -> str:
    """Write a value on one line so that pandoc reads what it would have read: JSON, true and null unquoted."""
    if isinstance(node, Mapping):
        return "{" + ", ".join(f"{quoted(key.text)}: {as_yaml(value)}" for key, value in yaml_tree.entries(node)) + "}"
    if isinstance(node, Sequence):
        return "[" + ", ".join(as_yaml(item) for item in node.items) + "]"
    bare = node.plain and (node.empty or yaml_tree.truth(node) is not None)
    return (node.text or "null") if bare else quoted(node.text)


_UNSAFE = re.compile("[\x7f-\x9f\u2028\u2029\ufeff\ufffe\uffff]")  # YAML breaks lines at some of these, refuses others


def quoted(text: str) -> str:
    """Write a text so that YAML reads back exactly it: JSON, but never as halves of a surrogate pair."""
    return _UNSAFE.sub(lambda found: f"\\u{ord(found[0]):04x}", json.dumps(text, ensure_ascii=False))


def _unique(reader: Reader, root: Mapping) -> dict[str, tuple[Scalar, Node]]:
    """Give each key once, the last one winning, with a warning for those that the author wrote twice."""
    found: dict[str, tuple[Scalar, Node]] = {}
    written = {id(key) for key, _ in root.pairs}
    for key, value in yaml_tree.entries(root):
        before = found.pop(key.text, None)
        if before and id(before[0]) in written:
            line = reader.first_line + before[0].line
            reader.warn(f"`{key.text}` stands twice; this one counts, line {line} does not", key)
        found[key.text] = (key, value)
    return found


def _sort(
    found: dict[str, tuple[Scalar, Node]], fields: dict[str, str]
) -> tuple[dict[str, Node], dict[str, Node], dict[str, Node]]:
    """Sort keys into ours (by our name), options (by field) and the rest (by the author's name).

    `fields` is what the configuration says of keys that only its own blog has.
    """
    own = {folded(name): (ours, -1) for name, ours in fields.items()}
    ours: dict[str, tuple[int, Node]] = {}
    options: dict[str, Node] = {}
    rest: dict[str, Node] = {}
    for name, (_, value) in found.items():
        key = folded(name)
        if key == "published" and not (
            isinstance(value, Scalar) and (value.empty or yaml_tree.truth(value) is not None)
        ):
            field_name, rank = "date", len(KEYS["date"])  # `published: 2025-05-22`
        else:
            field_name, rank = own.get(key) or _FIELDS.get(key, ("", 0))
        if field_name and (field_name not in ours or rank < ours[field_name][0]):
            ours[field_name] = (rank, value)
        elif not field_name:
            (options if key in OPTIONS else rest)[OPTIONS[key].name if key in OPTIONS else name] = value
    if isinstance(params := rest.get("params"), Mapping):  # Hugo: what is not Hugo's own key
        for key_node, value in yaml_tree.entries(params):
            field_name, _ = _FIELDS.get(folded(key_node.text), ("", 0))
            if field_name:
                ours.setdefault(field_name, (len(KEYS), value))
    return {name: value for name, (_, value) in ours.items()}, options, rest


def _draft(reader: Reader, found: dict[str, tuple[Scalar, Node]]) -> bool:
    says = {folded(name): value for name, (_, value) in found.items()}
    for name, draft in (("draft", True), ("published", False)):
        value = says.get(name)
        if value is None or (isinstance(value, Scalar) and value.empty):
            continue
        yes = yaml_tree.truth(value)
        if yes is None and name == "draft":
            raise reader.fail("`draft` is neither true nor false", value)
        if yes is draft:
            return True
    return False


def _normalised(reader: Reader, ours: dict[str, Node]) -> dict[str, Any]:
    """Read our fields, each in its own way."""
    lang = reader.lang(ours["lang"]) if "lang" in ours else ""
    ways: dict[str, Any] = {
        "date": lambda key, node: reader.stamp(key, node, lang),
        "updated": lambda key, node: reader.stamp(key, node, lang),
        "authors": lambda key, node: reader.authors(node),
        **dict.fromkeys(("categories", "tags", "keywords"), reader.terms),
    }
    values = {key: ways.get(key, reader.text)(key, node) for key, node in ours.items() if key not in ("lang", "draft")}
    cover = ours.get("cover")
    alt = reader.inside(cover, ("alt",)) if cover is not None else None
    if alt is not None:
        values.setdefault("cover_alt", reader.text("cover_alt", alt))
    return {**values, "lang": lang or "en"}


def read(
    text: str, path: str = "<stdin>", first_line: int = 2, kind: str = "yaml", *, fields: dict[str, str] | None = None
) -> Metadata:
    """Read the front matter of a post into `Metadata`; `first_line` is the line of the file it begins on.

    `fields` gives keys of one's own a meaning: a key of the front matter, and the field of `KEYS` that it means.

    Raises:
        FencepostError: it is not of its `kind` (yaml, toml, json), a date is none, or a value is of the wrong kind.
    """
    reader = Reader(path, first_line)
    try:
        root = kinds.parse(text, kind)
        if root is None:
            return Metadata()
        if "\\" in text:
            from fencepost.frontmatter.controls import without_controls

            root = without_controls(root, reader)
        if not isinstance(root, Mapping):
            raise reader.fail("front matter must be lines of `key: value`", root)
        return _metadata(reader, root, fields or {})
    except YamlError as error:
        place = Scalar("", True, error.line, error.column)
        raise reader.fail(error.problem, place, error.help) from None


def _metadata(reader: Reader, root: Mapping, fields: dict[str, str]) -> Metadata:
    found = _unique(reader, root)
    ours, options, rest = _sort(found, fields)
    values = _normalised(reader, ours)
    chosen = {name: value for name, node in options.items() if (value := reader.option(name, node)) is not None}
    lines = {name: reader.first_line + key.line for name, (key, _) in found.items()}
    return Metadata(
        **values,
        draft=_draft(reader, found),
        options=chosen,
        extra={name: yaml_tree.data(node) for name, node in rest.items()},
        passthrough="".join(f"{quoted(name)}: {as_yaml(node)}\n" for name, node in rest.items()),
        lines=lines,
        warnings=tuple(reader.warnings),
    )
