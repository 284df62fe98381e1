"""Every pass over a post's tree, once, in the order in which they run.

A pass is `function(document, context)`, in place. Its module is imported when it has something to do. Those of the
phase `shared` run once a post, those of the phase `format` once for each output. `leaf` and `element` passes are
functions of one node, and neighbours of a kind are done in one walk: `leaf` in pandocfilters' shape
(`action(key, value, format, meta)`), `element` as panflute actions (`action(elem, doc)`) with the types they take.
"""

from __future__ import annotations

from collections.abc import Callable, Iterable, Iterator
from importlib import import_module
from itertools import groupby
from typing import Any, NamedTuple

from fencepost.filters.context import Context
from fencepost.pandoc import tree
from fencepost.pandoc.tree import Document

Need = Callable[[Context], bool]


def always(_context: Context) -> bool:
    """Say that a pass has to look for itself."""
    return True


def nodes(*kinds: str) -> Need:
    """Need nodes of one of some kinds in the tree."""
    return lambda context: context.may_have(*kinds)


def construct(name: str) -> Need:
    """Need a construct that only some dialects have."""
    return lambda context: name in context.constructs


def words(*signs: str) -> Need:
    """Need one of some signs in the author's text, where that is known."""
    return lambda context: context.source is None or any(sign in context.source for sign in signs)


def option(asks: Callable[[Any], Any]) -> Need:
    """Need something of the options."""
    return lambda context: bool(asks(context.options))


def code_or_callouts(context: Context) -> bool:
    """Need code, or Quarto's callouts, which are numbered too."""
    return context.options.dialect == "quarto" or context.may_have("CodeBlock", *RAW)


def filters_at(place: str) -> Need:
    """Need a filter of the user's own at a place (`before` ours, `after` them)."""
    return lambda context: any(row.get("at", "before") == place for row in context.options.filters)


class Pass(NamedTuple):
    """A row of the list: what it is called, when and where it runs, and what it waits for."""

    name: str
    phase: str
    needs: Need = always
    families: tuple[str, ...] = ()  # of outputs that it is for; none: all
    after: tuple[str, ...] = ()  # passes that have to be done before, with the reason in `why`
    why: str = ""
    place: str = ""  # its module below this package, and its function where it is not `rewrite`
    kind: str = "document"

    @property
    def module(self) -> str:
        """Name the module that the pass lives in."""
        return "fencepost.filters." + (self.place or self.name.replace("-", "_")).partition(":")[0]

    @property
    def function(self) -> Callable[..., Any]:
        """Import the function of the pass."""
        name = self.place.partition(":")[2] or ("rewrite" if self.kind == "document" else "action")
        found: Callable[..., Any] = getattr(import_module(self.module), name)
        return found

    def concerns(self, context: Context) -> bool:
        """Say whether the pass has anything to do."""
        return (not self.families or context.family in self.families) and self.needs(context)


PAPER = ("typst", "docx", "odt", "latex")  # families that cannot carry HTML
BOOKS = ("epub", "typst")
RAW = ("RawBlock", "RawInline")
CODE = nodes("CodeBlock", *RAW)  # raw HTML may hold some
NUMBERED_LISTS = frozenset(["quarto", "pymdownx"])  # the dialects that number lines for a list below

# fmt: off
PASSES = (
    Pass("attributes",    "shared", construct("attributes")),
    Pass("scripts",       "shared", construct("sub-and-superscript")),
    Pass("wikilinks",     "shared", construct("wikilinks")),
    Pass("marks",         "shared", construct("marks")),
    Pass("abbreviations", "shared", lambda context: bool(context.abbreviations)),
    Pass("untrusted",     "shared", option(lambda options: options.untrusted),
         after=("wikilinks", "marks"), why="nothing that comes later may bring an address or HTML of the post"),
    Pass("quotes",        "shared", nodes("Quoted"), kind="leaf"),
    Pass("comments",      "shared", lambda context: not context.options.keep_comments and context.may_have(*RAW),
         kind="leaf"),
    Pass("heading-ids",   "shared", construct("heading-ids"), place="headings"),
    Pass("title",         "shared"),
    Pass("anchors",       "shared", option(lambda options: options.ids == "github"),
         after=("heading-ids", "title"), why="an id of the author's own counts, and the title has none"),
    Pass("reading-time",  "shared", after=("anchors",), why="what follows adds words of ours"),
    Pass("contents",      "shared", construct("contents"), after=("anchors",), why="it links to them"),
    Pass("sections",      "shared", option(lambda options: options.number_sections),
         after=("anchors", "contents"), why="anchors have no numbers"),

    Pass("users-before",  "format", filters_at("before"), place="users:before"),
    Pass("strokes",       "format", words("/>"), ("html",)),
    Pass("first-ids",     "format", families=BOOKS, place="anchors:keep_first"),
    Pass("raise",         "format", lambda context: not context.has_title, ("typst", "latex"),
         place="sections:raise_to_first"),
    Pass("close-gaps",    "format", families=("epub",), place="sections:close_gaps"),
    Pass("groups",        "format"),
    Pass("raw-html",      "format", nodes(*RAW), PAPER, ("groups",), "some groups are written in it",
         place="raw_html.rewrite"),
    Pass("fill-empty",    "format", families=("typst",), place="anchors:fill_empty", after=("raw-html",),
         why="it leaves empty links"),
    Pass("unlink",        "format", families=("typst",), place="anchors:unlink_unseen", after=("raw-html",),
         why="it leaves links that nobody sees"),
    Pass("links",         "format", option(lambda options: options.links != "inline"), ("typst",),
         ("raw-html",), "it finds links; before footnotes, for it makes notes"),
    Pass("kept-comments", "format", option(lambda options: options.keep_comments), ("epub", *PAPER), place="comments",
         kind="leaf"),
    Pass("diagrams",      "format", CODE),
    Pass("listings",      "format", code_or_callouts, after=("diagrams", "groups"), why="a picture has no number"),
    Pass("codenotes",     "format", lambda context: context.options.dialect in NUMBERED_LISTS, after=("listings",)),
    Pass("alerts",        "format", nodes("Div", "BlockQuote", *RAW), kind="element",
         after=("groups",), why="some groups stand in alerts"),
    Pass("fences",        "format", CODE, kind="element", after=("listings",),
         why="it writes their numbers"),
    Pass("inline",        "format", nodes("Code", *RAW)),
    Pass("footnotes",     "format", lambda context: context.options.links != "inline" or context.may_have("Note"),
         after=("alerts", "fences", "inline", "links"),
         why="it moves blocks away, and they must be finished"),
    Pass("link-targets",  "format", nodes("Link", *RAW), place="anchors:check_links",
         after=("fences", "alerts", "footnotes"),
         why="they write ids"),
    Pass("addresses",     "format", nodes("Link", *RAW), after=("link-targets",),
         why="a link to nowhere is no longer one"),
    Pass("figures",       "format", nodes("Image", "CodeBlock", *RAW)),
    Pass("kept-ids",      "format", nodes("Link", *RAW), PAPER, ("link-targets", "figures"),
         "they say what is linked to"),
    Pass("tables",        "format", nodes("Table"), ("html",), kind="element"),
    Pass("permalinks",    "format", lambda context: context.heading_links, ("html",), ("footnotes",),
         "a heading with a note links otherwise"),
    Pass("shorthands",    "format", families=("typst",), place="shorthands:keep_in_line"),
    Pass("words",         "format", families=("typst",), place="shorthands", kind="leaf", after=("shorthands",),
         why="what it writes is no word"),
    Pass("formulas",      "format", nodes("Math"), ("typst",), kind="leaf"),
    Pass("bold-heads",    "format", nodes("Strong"), ("typst",), place="boldheads"),
    Pass("users-after",   "format", filters_at("after"), place="users:after"),
)
# fmt: on
BY_NAME = {row.name: row for row in PASSES}
# what runs in other people's pipelines, where the rest is pandoc's; each of these runs alone too, and so does `figures`
PIPELINE = ("groups", "alerts", "listings", "fences", "inline", "footnotes")
CONSTRUCTS = ("attributes", "marks", "heading-ids", "abbreviations", "contents")  # that hang on no project and reader


def run(document: Document, context: Context, phase: str, only: Iterable[str] | None = None) -> None:
    """Do the passes of a phase, or those of them that are named, on a tree in its public form; in place."""
    chosen = [row for row in PASSES if row.phase == phase and (only is None or row.name in only)]
    for (kind, _), rows in groupby(enumerate(chosen), lambda item: (item[1].kind, _walk(item))):
        _KINDS[kind](document, context, (row for _, row in rows))


def _walk(item: tuple[int, Pass]) -> int:
    """Give each pass over the whole document a walk of its own, and neighbours of another kind one together."""
    return item[0] if item[1].kind == "document" else -1


def _documents(document: Document, context: Context, rows: Iterator[Pass]) -> None:
    for row in rows:
        if row.concerns(context):
            row.function(document, context)


def _elements(document: Document, context: Context, rows: Iterator[Pass]) -> None:
    actions: dict[str, list[tree.Rewrite]] = {}
    for row in rows:
        if row.concerns(context):
            from fencepost.filters.actions import as_rewrite

            rewrite = as_rewrite(row.function, context)
            for kind in import_module(row.module).TYPES:
                actions.setdefault(kind, []).append(rewrite)
    if actions:
        tree.rewrite(document["blocks"], actions)


def _leaves(document: Document, context: Context, rows: Iterator[Pass]) -> None:
    actions: dict[str, Any] = {}
    phase = ""
    for row in rows:
        phase = row.phase
        if row.concerns(context):
            actions |= dict.fromkeys(import_module(row.module).LEAVES, row.function)
    if actions:
        roots = [document["blocks"], *(document["meta"].values() if phase == "shared" else ())]  # each once
        tree.rewrite_leaves(roots, actions, context.target, {"lang": context.lang, "context": context})


_KINDS = {"document": _documents, "element": _elements, "leaf": _leaves}
