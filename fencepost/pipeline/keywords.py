"""Keywords of a PDF in a pipeline: pandoc's template for Typst has written them in three ways that bear no other."""

from __future__ import annotations

from fencepost.pandoc.metadata import meta_text, raw_meta
from fencepost.pandoc.tree import Node
from fencepost.pandoc.versions import Version
from fencepost.writers import escape

TAGS = frozenset(["tags", "tag", "categories", "category"])


def write_keywords(meta: dict[str, Node], program: Version) -> None:
    """Write the keywords that `pipeline_head` made of tags as the template of a pandoc wants them, in place.

    Before 3.9 it prints, for each, what is under `keyword`: so there is one, and under that are all. Then it prints
    them bare, since 3.11 in quotes (jgm/pandoc#11317, #11730); 3.10 may do either, and gets none. Without a
    version it is taken for 3.9, which comes with the installation.
    """
    keywords = meta.get("keywords", {"t": "MetaString", "c": ""})
    if keywords["t"] != "MetaList" or not keywords["c"] or TAGS.isdisjoint(name.lower() for name in meta):
        return
    written = [escape.typst(meta_text(item)) for item in keywords["c"]]
    program = program or (3, 9)
    if program < (3, 9):
        meta["keywords"], meta["keyword"] = raw_meta("typst", written[0]), raw_meta("typst", ", ".join(written))
    elif program[:2] == (3, 10):
        del meta["keywords"]
    else:
        written = [word[1:-1] for word in written] if program >= (3, 11) else written
        meta["keywords"] = {"t": "MetaList", "c": [raw_meta("typst", word) for word in written]}
