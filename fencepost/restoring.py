"""From pandoc's answer to a tree that every format can start from."""

from __future__ import annotations

import re
from collections.abc import Iterable

from fencepost import restore, tree, versions
from fencepost.constructs import constructs_of
from fencepost.containers.own import Vocabulary, faults, vocabulary
from fencepost.context import Context
from fencepost.convert import Parsed, Post
from fencepost.filters import (
    abbreviations,
    alerts,
    anchors,
    attributes,
    breaks,
    comments,
    contents,
    headings,
    marks,
    quotes,
    scripts,
    sections,
    title,
    wikilinks,
)
from fencepost.places import CODE, VERBATIM
from fencepost.source import fold
from fencepost.tree import Document, Node
from fencepost.untrusted.bounds import check_tree

_RULE = re.compile(r"^ {0,3}([-*_])(?:[ \t]*\1){2,}[ \t]*$", re.MULTILINE)


def warm_up(source: str, dialect: str = "auto") -> None:
    """Import what the filters and the highlighting of a post need; called while pandoc is reading."""
    from fencepost.fence import find_dialect
    from fencepost.filters import (  # noqa: F401  # noqa: F401
        addresses,
        diagrams,
        fences,
        figures,
        footnotes,
        groups,
        inline,
        listings,
        permalinks,
        tables,
    )
    from fencepost.languages import preload
    from fencepost.theme import web  # noqa: F401
    from fencepost.writers.code import html  # noqa: F401

    find_dialect(dialect)
    preload(source)


def restored(post: Post, data: bytes, warnings: list[str]) -> Parsed:
    """Take the carriers out of pandoc's tree and make the changes that all formats share."""
    document = tree.load(data)
    check_tree(data, document, post.carried.source, post.path, post.options)
    versions.check_tree(document, post.path)
    context = Context("json", post.path, post.options, post.carried.source, post.diagnostics, places=post.places)
    for warning in warnings:
        context.report("warning", "pandoc", warning)
    is_carrying = restore.is_carrying(data)
    spoken = vocabulary(post.options)
    for problem in faults(post.options.alert_types):
        context.report("warning", "alert-type", problem, line=post.meta.lines.get("alert-types"))
    found = restore.restore_words(document, spoken.kinds) if is_carrying else restore.Restored()
    _find_alerts(document, found, spoken)
    constructs = constructs_of(post.options)
    known = abbreviations.take(document["blocks"]) if "abbreviations" in constructs else {}
    _join(document, found, post)
    if is_carrying:
        restore.restore_elements(document, found)
    restore.end_last_fence(document["blocks"], post.carried.source)
    _read(constructs, document, context, post)
    if known:
        abbreviations.rewrite(document, known)
    report_notes(found, context)
    _drop_last_rule(document, found, post)
    _keep_only_unknown(document, post)
    if post.options.untrusted:
        from fencepost.untrusted import post as untrusted

        untrusted.rewrite(document, context)
    lang = {"lang": post.meta.lang}
    roots = [document["blocks"], list(document["meta"].values())]
    silenced = {} if post.options.keep_comments else dict.fromkeys(comments.TYPES, comments.action)
    tree.rewrite_leaves(roots, {"Quoted": quotes.action, **silenced}, "json", lang)
    given = headings.rewrite(document) if "heading-ids" in constructs else frozenset()
    taken = title.take_title(document)
    said = _inlines(document["meta"].pop("title", None))
    inlines = title.without_pictures(said or taken or [], context)
    inlines = title.in_words(inlines) if said else inlines
    renamed = anchors.give_ids(document, given) if post.options.ids == "github" else {}
    words = len(tree.text_of(document["blocks"]).split())
    if "contents" in constructs:
        contents.rewrite(document, post.options.toc_depth)
    if post.options.number_sections:
        sections.rewrite(document)  # behind the anchors, which have no number
    return Parsed(post, tree.dump(document), inlines, words, renamed)


def _inlines(value: Node | None) -> list[Node] | None:
    """Take the words of metadata; a title over several lines (`title: |`) is a paragraph to pandoc."""
    if value and value["t"] == "MetaBlocks" and len(value["c"]) == 1 and value["c"][0]["t"] in ("Para", "Plain"):
        value = {**value["c"][0], "t": "MetaInlines"}
    return value["c"] if value and value["t"] == "MetaInlines" else None


def _read(constructs: frozenset[str], document: Document, context: Context, post: Post) -> None:
    """Read what only some dialects have, after the words of a line are joined and carriers are gone."""
    if "attributes" in constructs:
        attributes.rewrite(document, untrusted=post.options.untrusted)
    if "sub-and-superscript" in constructs:
        scripts.rewrite(document)
    if "wikilinks" in constructs:
        from fencepost.project import Vault

        wikilinks.rewrite(document, context, Vault(post.folder, is_closed=post.options.untrusted).find)
    if "marks" in constructs:
        marks.rewrite(document)


def _find_alerts(document: Document, found: restore.Restored, spoken: Vocabulary) -> None:
    """Give alerts that are quotes still the form of the others, before their lines are joined."""
    notes = [definition.blocks for definition in found.definitions]
    places = tree.find([document["blocks"], notes], frozenset(["BlockQuote"]))
    for container, index in reversed(places):  # inner ones first: an outer one is copied
        container[index] = alerts.as_division(container[index], spoken) or container[index]


def _join(document: Document, found: restore.Restored, post: Post) -> None:
    """Join the words of a line, or keep the lines where asked: early, for every later walk is shorter then."""
    for root in [document["blocks"], *(definition.blocks for definition in found.definitions)]:
        if post.options.breaks == "hard":
            tree.rewrite_leaves(root, {"SoftBreak": breaks.action}, "json", {})
        tree.join_words(root)


def _keep_only_unknown(document: Document, post: Post) -> None:
    """Leave pandoc's metadata what is not ours: our own goes to the templates under its one name."""
    known = {"title", *post.meta.extra}
    document["meta"] = {key: value for key, value in document["meta"].items() if key in known}


def report_notes(found: restore.Restored, context: Context) -> None:
    """Warn of definitions that nothing cites, of references to none, of components that nobody knows; once each."""
    _report_definitions(found, context)
    for label, number in _first_of_each(found.undefined):
        line, column = _place(context, number, f"[^{label}]")
        context.report(
            "warning", "footnote-undefined", f"there is no footnote [^{label}]", line=line, column=column,
            help=f"add a line `[^{label}]: …`, or write `\\[^{label}]` if it is no footnote",
        )  # fmt: skip
    unprinted = {name: lost for _, name, lost in reversed(found.components)}
    for name, number in _first_of_each([(line, name) for line, name, _ in found.components]):
        line, column = _place(context, number, f"<{name}", CODE)
        lost = f"; {unprinted[name]} is not printed" if unprinted[name] else ""
        problem = f"nobody knows the component <{name}>: its children and its words stay{lost}"
        context.report(
            "warning", "mdx-component", problem, line=line, column=column,
            help=f"say what it means in fencepost.yaml: `components: {{{name}: alert}}`",
        )  # fmt: skip


def _report_definitions(found: restore.Restored, context: Context) -> None:
    """Warn of definitions that are not printed: nothing cites them, or another of their name counts."""
    first: dict[str, int] = {}
    for definition in found.definitions:
        label, before = definition.label, first.setdefault(fold(definition.label), definition.line)
        if definition.number:
            continue
        line, column = _place(context, definition.line, f"[^{label}]:")
        if before == definition.line:
            problem, help = (
                f"nothing cites the footnote [^{label}]",
                "cite it, or remove the definition: it is not printed",
            )
            context.report("warning", "footnote-unused", problem, line=line, column=column, help=help)
        else:
            problem = f"the footnote [^{label}] is defined on line {before} already, and that one counts"
            help = "give it another label"
            context.report("warning", "footnote-duplicate", problem, line=line, column=column, help=help)


def _first_of_each(found: list[tuple[int, str]]) -> Iterable[tuple[str, int]]:
    """List each name once, with the line on which it comes first."""
    lines: dict[str, int] = {}
    for line, name in found:
        lines.setdefault(name, line)
    return lines.items()


def _place(context: Context, line: int, text: str, kinds: tuple[str, ...] = VERBATIM) -> tuple[int, int | None]:
    return line, context.places.on_line(line, text, kinds) if context.places else None


def _drop_last_rule(document: Document, found: restore.Restored, post: Post) -> None:
    """Print no rule that only note definitions followed: its text has gone to the notes."""
    blocks = document["blocks"]
    if not found.definitions or not blocks or blocks[-1]["t"] != "HorizontalRule":
        return
    rules = [match.start() for match in _RULE.finditer(post.carried.source)]
    if rules and max(d.line for d in found.definitions) > post.carried.source.count("\n", 0, rules[-1]):
        blocks.pop()
