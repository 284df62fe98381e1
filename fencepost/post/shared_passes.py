"""From pandoc's answer to a tree that every format can start from."""

from __future__ import annotations

import re

from fencepost.filters import (
    alerts,
    breaks,
    passes,
)
from fencepost.filters.context import Context
from fencepost.markdown import unprotect
from fencepost.markdown.containers.own import Vocabulary, faults, vocabulary
from fencepost.pandoc import tree, versions
from fencepost.pandoc.tree import Document
from fencepost.post.controls import replace_controls
from fencepost.post.model import Parsed, Post
from fencepost.post.note_reports import report_notes
from fencepost.untrusted.bounds import check_tree

_RULE = re.compile(r"^ {0,3}([-*_])(?:[ \t]*\1){2,}[ \t]*$", re.MULTILINE)


def warm_up(source: str, dialect: str = "auto") -> None:
    """Import what the filters and the highlighting of a post need; called while pandoc is reading."""
    from fencepost.fence import find_dialect
    from fencepost.filters import actions, addresses, alerts, fences, figures, footnotes, groups  # noqa: F401
    from fencepost.highlight.lexers import preload
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
    replace_controls(data, document, context)
    context.lang, context.folder = post.meta.lang, post.folder
    for warning in warnings:
        context.report("warning", "pandoc", warning)
    is_carrying = unprotect.is_carrying(data)
    spoken = vocabulary(post.options)
    for problem in faults(post.options.alert_types):
        context.report("warning", "alert-type", problem, line=post.meta.lines.get("alert-types"))
    found = unprotect.restore_words(document, spoken.kinds) if is_carrying else unprotect.Restored()
    _find_alerts(document, found, spoken)
    if "abbreviations" in context.constructs:
        from fencepost.filters import abbreviations

        context.abbreviations = abbreviations.take(document["blocks"])
    _join(document, found, post)
    if is_carrying:
        unprotect.restore_elements(document, found)
    unprotect.end_last_fence(document["blocks"], post.carried.source)
    report_notes(found, context)
    _drop_last_rule(document, found, post)
    _keep_only_unknown(document, post)
    context.data = data
    passes.run(document, context, "shared")
    return Parsed(post, tree.dump(document), context.title, context.minutes, context.renamed)


def _find_alerts(document: Document, found: unprotect.Restored, spoken: Vocabulary) -> None:
    """Give alerts that are quotes still the form of the others, before their lines are joined."""
    notes = [definition.blocks for definition in found.definitions]
    places = tree.find([document["blocks"], notes], frozenset(["BlockQuote"]))
    for container, index in reversed(places):  # inner ones first: an outer one is copied
        container[index] = alerts.as_division(container[index], spoken) or container[index]


def _join(document: Document, found: unprotect.Restored, post: Post) -> None:
    """Join the words of a line, or keep the lines where asked: early, for every later walk is shorter then."""
    for root in [document["blocks"], *(definition.blocks for definition in found.definitions)]:
        if post.options.breaks == "hard":
            tree.rewrite_leaves(root, {"SoftBreak": breaks.action}, "json", {})
        tree.join_words(root)


def _keep_only_unknown(document: Document, post: Post) -> None:
    """Leave pandoc's metadata what is not ours: our own goes to the templates under its one name."""
    known = {"title", *post.meta.extra}
    document["meta"] = {key: value for key, value in document["meta"].items() if key in known}


def _drop_last_rule(document: Document, found: unprotect.Restored, post: Post) -> None:
    """Print no rule that only note definitions followed: its text has gone to the notes."""
    blocks = document["blocks"]
    if not found.definitions or not blocks or blocks[-1]["t"] != "HorizontalRule":
        return
    rules = [match.start() for match in _RULE.finditer(post.carried.source)]
    if rules and max(d.line for d in found.definitions) > post.carried.source.count("\n", 0, rules[-1]):
        blocks.pop()
