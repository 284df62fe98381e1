"""Several posts in one run of pandoc, `pandoc --file-scope a.md b.md`: the notes of each are its own.

Each came through the source stage, so each begins with a paragraph of its definitions.
"""

from __future__ import annotations

from fencepost.markdown import carriers as c
from fencepost.markdown import unprotect
from fencepost.markdown.containers.types import Kind
from fencepost.pandoc.tree import Document, Node


def restore(document: Document, kinds: dict[str, Kind]) -> unprotect.Restored:
    """Replace every carrier in a document of one post or several; in place."""
    starts = [index for index, block in enumerate(document["blocks"]) if _begins(block)]
    if starts and starts[0] < 3:  # behind a title block, say
        del starts[0]
    if not starts:
        return unprotect.restore(document, kinds)
    from fencepost.filters.footnotes.citations import nodes, notes_in_order, repeated

    found = unprotect.Restored()
    joined: list[Node] = []
    repeats: list[tuple[Node, int]] = []  # with the place of the note that it repeats
    for start, end in zip([0, *starts], [*starts, len(document["blocks"])], strict=True):
        part: Document = {
            **document,
            "meta": {} if start else document["meta"],
            "blocks": document["blocks"][start:end],
        }
        own = unprotect.restore(part, kinds)
        if not start:
            document["meta"] = part["meta"]
        found.definitions += own.definitions
        found.undefined += own.undefined
        found.components += own.components
        order = [id(body) for _, _, body, _ in notes_in_order(part["blocks"])]
        spans = nodes(part["blocks"], frozenset(["Span"]))
        repeats += [(span, order[number - 1]) for span in spans if 0 < (number := repeated(span)) <= len(order)]
        joined += part["blocks"]
    document["blocks"] = joined
    numbers = {id(body): number for number, (_, _, body, _) in enumerate(notes_in_order(joined), 1)}
    for span, body in repeats:
        span["c"] = unprotect.repeat_of(numbers[body])["c"]
    return found


def _begins(block: Node) -> bool:
    return block["t"] == "Para" and bool(block["c"]) and str(block["c"][0].get("c", ""))[:1] == c.NOTES
