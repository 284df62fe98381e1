"""Fencepost inside other people's pipelines: `pandoc --filter fencepost`, and each filter alone.

JSON comes in on standard input and goes out on standard output; what there is to say goes to
standard error. A document with nothing of ours in it leaves byte for byte as it came.
"""

from __future__ import annotations

import os
import re
import sys
from typing import Any

from fencepost.diagnostics.model import Diagnostic, FencepostError
from fencepost.filters import passes
from fencepost.filters.context import Context
from fencepost.markdown import unprotect
from fencepost.markdown.containers.own import kinds_of
from fencepost.options import NAMES, Options, merge
from fencepost.pandoc import tree, versions
from fencepost.pandoc.metadata import meta_node, meta_text
from fencepost.pandoc.tree import Document, Node
from fencepost.pipeline import scopes
from fencepost.pipeline.definitions import define
from fencepost.pipeline.keywords import write_keywords
from fencepost.system.exit import leave

ALONE = (
    "alerts",
    "fences",
    "groups",
    "listings",
    "inline",
    "footnotes",
    "figures",
)  # filters that also run by themselves
IN_PIECES = frozenset(["revealjs", "slidy", "slideous", "s5", "dzslides", "chunkedhtml"])  # pandoc places their notes
KEPT = "fencepost-source"  # metadata that tells later filters that the source stage has run
WARNED = "fencepost-warned"  # metadata that tells later filters that this pandoc was warned of
HINT = (
    "code fences lose their titles and marks when pandoc reads them; to keep them: "
    "fencepost source POST.md | pandoc -f gfm --filter fencepost …"
)


def main(names: tuple[str, ...] = passes.PIPELINE, arguments: list[str] | None = None) -> int:
    """Run as a JSON filter of pandoc; returns the exit code."""
    arguments = sys.argv[1:] if arguments is None else arguments
    target = (arguments[0] if arguments else "html").split("+")[0].split("-")[0]
    data = sys.stdin.buffer.read()
    try:
        out, said = filtered(data, target, names)
    except FencepostError as error:
        print(error.diagnostic.text(), file=sys.stderr)
        return 1
    for diagnostic in said:
        print(diagnostic.text(), file=sys.stderr)
    sys.stdout.buffer.write(out)
    sys.stdout.buffer.flush()
    return 0


def filtered(data: bytes, target: str, names: tuple[str, ...] = passes.PIPELINE) -> tuple[bytes, list[Diagnostic]]:
    """Rewrite pandoc's JSON for a target (`html`, `docx`…) with some filters; what there is to say comes along.

    Raises:
        FencepostError: the input is no document of pandoc's, or of a version that is not known.
    """
    document = _load(data)
    context = Context(target, "<stdin>", options_of(document["meta"]))
    is_marked = _warn_of_version(document, context)
    was_read = document["meta"].pop(KEPT, None) is not None
    is_carried = unprotect.is_carrying(data) or was_read
    if was_read:
        _count_citations(document)
    if unprotect.is_carrying(data):
        _report(scopes.restore(document, kinds_of(context.options.alert_types)), context)
    blocks = _code_blocks(document)
    if not is_carried and "fences" in names:
        _warn_of_loss(document, blocks, context)
    is_chosen = context.options.dialect != "auto"  # then code has a meaning even without meta
    context.code_is_ours = is_chosen or any(key == "meta" for block in blocks for key, _ in block["c"][0][2])
    context.lang = meta_text(document["meta"].get("lang")) or "en"
    has_constructs = names == passes.PIPELINE and bool(context.constructs)
    if has_constructs:
        _read_constructs(document, context)
    context.data = data
    needed = _needed(document, context, names)
    passes.run(document, context, "format", (*needed, "codenotes") if "fences" in needed else needed)
    define(document, context)
    if is_carried and context.family == "typst":
        write_keywords(document["meta"], versions.parse_version(_program()))
    if not (is_carried or has_constructs or context.used or is_marked):
        return data, context.diagnostics
    versions.for_its_pandoc(document)
    return tree.dump(document), context.diagnostics


def _count_citations(document: Document) -> None:
    """Count the notes anew that citeproc has made since the post was read; in place."""
    from fencepost.filters.footnotes.citations import inside, nodes, notes_in_order, repeated

    cited = inside(document["blocks"], frozenset(["Cite"]))
    own = [
        number
        for number, (members, at, _, _) in enumerate(notes_in_order(document["blocks"]), 1)
        if id(members[at]) not in cited
    ]
    for span in nodes(document["blocks"], frozenset(["Span"])) if cited else ():
        if 0 < (number := repeated(span)) <= len(own):
            span["c"] = unprotect.repeat_of(own[number - 1])["c"]


def _warn_of_order(document: Document, context: Context) -> None:
    """Warn where citeproc will make notes after ours have their numbers."""
    if not {"csl", "citation-style"} & document["meta"].keys():
        return
    from fencepost.filters.footnotes.citations import nodes

    cites = nodes(document["blocks"], frozenset(["Cite"]))
    divisions = nodes(document["blocks"], frozenset(["Div"])) if cites else []
    if cites and not any(div["c"][0][0] == "refs" for div in divisions):
        problem = "citations are not resolved yet: if their style makes notes, the numbers of repeated notes are wrong"
        context.report("warning", "citeproc-order", problem, help="put `--citeproc` before `--filter fencepost`")


def _needed(document: Document, context: Context, names: tuple[str, ...]) -> tuple[str, ...]:
    """Leave notes to pandoc where none is cited again, and in outputs that are cut into pages or slides."""
    if "footnotes" not in names:
        return names
    from fencepost.filters import footnotes

    if context.options.merge_notes:
        footnotes.merge_equal(document["blocks"])
    if footnotes.are_ordinary(document["blocks"]):
        return tuple(name for name in names if name != "footnotes")
    _warn_of_order(document, context)
    if context.target in IN_PIECES:
        context.notes_are_pandocs = True
    return names


def _read_constructs(document: Document, context: Context) -> None:
    """Read what only the chosen dialect has, as far as it hangs on no project and on no reader."""
    if "abbreviations" in context.constructs:
        from fencepost.filters import abbreviations

        context.abbreviations = abbreviations.take(document["blocks"])
    passes.run(document, context, "shared", passes.CONSTRUCTS)


def _load(data: bytes) -> Document:
    try:
        document = tree.load(data)
        document["pandoc-api-version"][1]
    except (ValueError, KeyError, TypeError, IndexError):
        problem, help = "the input is no document of pandoc's", "run it as `pandoc --filter fencepost`"
        raise FencepostError(Diagnostic("<stdin>", None, None, "error", "filter-input", problem, help)) from None
    versions.check_tree(document, "<stdin>", _program())
    return document


def _program() -> str:
    """Name the version of the pandoc that runs us, which it tells its filters."""
    return os.environ.get("PANDOC_VERSION", "")


def _warn_of_version(document: Document, context: Context) -> bool:
    """Warn of a pandoc that was not tried, in the first filter of ours alone; says whether the tree carries that."""
    found = versions.untested(versions.parse_version(_program()))
    if found and WARNED not in document["meta"]:
        context.diagnostics.append(found)
        document["meta"][WARNED] = meta_node(True)
        return True
    return False


def options_of(meta: dict[str, Any]) -> Options:
    """Read the options in a pipeline's metadata: `-M fencepost.merge-notes=true`, or a map `fencepost:`."""
    given = meta.get("fencepost", {"t": "MetaMap", "c": {}})
    pairs = given["c"] if given["t"] == "MetaMap" else {}
    dotted = {key.removeprefix("fencepost."): value for key, value in meta.items() if key.startswith("fencepost.")}
    named = {key.replace("-", "_"): _plain(value) for key, value in {**pairs, **dotted}.items()}
    return merge({name: value for name, value in named.items() if name in NAMES})


def _plain(node: Node) -> Any:
    if node["t"] == "MetaBool":
        return node["c"]
    if node["t"] == "MetaMap":
        return {key: _plain(value) for key, value in node["c"].items()}
    if node["t"] == "MetaList":
        return [_plain(item) for item in node["c"]]
    text = meta_text(node)
    return {"true": True, "false": False}.get(text, text)


def _report(found: unprotect.Restored, context: Context) -> None:
    from fencepost.post.note_reports import report_notes

    report_notes(found, context)


def _code_blocks(document: Document) -> list[Node]:
    return [container[index] for container, index in tree.find(document["blocks"], frozenset(["CodeBlock"]))]


def _warn_of_loss(document: Document, blocks: list[Node], context: Context) -> None:
    """Say once that meta was lost in reading where a sign of it is left, and name inline code that was a fence.

    A tree says nothing of what stood behind `js `: of what it does not show, nothing is said.
    """
    from fencepost.filters.fences import lost_fence

    for container, index in tree.find(document["blocks"], frozenset(["Code"])):
        if lost := lost_fence(container[index]["c"][1]):
            message = f"inline code was a fence: ```{lost[0]} {lost[1]}"
            context.report(
                "warning", "fence-lost", message, help="pandoc's markdown reader knows no fence meta; " + HINT
            )
    is_kept = any(key == "meta" for block in blocks for key, _ in block["c"][0][2])
    words = (block["c"][0][1][0] for block in blocks if block["c"][0][1] and not is_kept)
    if cut := next(filter(is_cut, words), None):
        context.report("note", "fence-meta-lost", f"what stood behind ```{cut[:40]} is lost: {HINT}")


_CUT = re.compile(r"[{\[(][^{}\[\]()]*\Z|=[\"'][^\"'=]*\Z|[,:=]\Z")


def is_cut(word: str) -> bool:
    """Say whether the first word of an info string goes on in the next: pandoc's gfm reader drops that.

    >>> [is_cut(word) for word in ("{.js", "js{1,", "rust,", "{.js}", "js{1}", "c++", "js:a.js")]
    [True, True, True, False, False, False, False]
    """
    return _CUT.search(word) is not None


def run_alone(name: str) -> int:
    """Run one filter, as its console script and its file in `filters/` do."""
    return main((name,))


def alerts() -> None:
    """Run the alerts filter (console script `fencepost-alerts`)."""
    leave(run_alone("alerts"))


def fences() -> None:
    """Run the fences filter (console script `fencepost-fences`)."""
    leave(run_alone("fences"))


def groups() -> None:
    """Run the filter of code groups (console script `fencepost-groups`)."""
    leave(run_alone("groups"))


def listings() -> None:
    """Run the filter of numbered listings (console script `fencepost-listings`)."""
    leave(run_alone("listings"))


def inline() -> None:
    """Run the filter of inline code (console script `fencepost-inline`)."""
    leave(run_alone("inline"))


def footnotes() -> None:
    """Run the footnotes filter (console script `fencepost-footnotes`)."""
    leave(run_alone("footnotes"))


def figures() -> None:
    """Run the figures filter (console script `fencepost-figures`)."""
    leave(run_alone("figures"))
