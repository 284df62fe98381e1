"""Read a post into pandoc's JSON, carriers restored: what `custom/fencepost.lua` hands to pandoc."""

from __future__ import annotations

from fencepost.markdown import unprotect
from fencepost.markdown.input import read_bytes
from fencepost.markdown.protect import Dialects, carry, decode
from fencepost.pandoc import tree, versions
from fencepost.pandoc.metadata import meta_node
from fencepost.pandoc.run import Limits, Run
from fencepost.pipeline.filter import KEPT
from fencepost.pipeline.head import pipeline_head


def read_tree(path: str, reader: str = "gfm", *, mark: bool = False, alerts: str = "auto") -> bytes:
    """Read a post with one of pandoc's readers and give the tree in its public form, as JSON.

    `mark` leaves a word in the metadata that tells later filters of ours that the source stage has run.

    Raises:
        FencepostError: the post cannot be read, or pandoc failed.
    """
    shown = "<stdin>" if path == "-" else path
    text = decode(read_bytes(path), shown)
    carried = carry(
        text, reader, head=pipeline_head(text, shown), dialects=Dialects(alerts, mdx=shown.endswith(".mdx"))
    )
    data, _ = Run(["-f", reader, "-t", "json"], Limits(), path=shown).finish(carried.text.encode("utf-8", "replace"))
    if not unprotect.is_carrying(data) and not mark:
        return data
    document = tree.load(data)
    versions.check_tree(document, shown)
    unprotect.restore(document)
    if mark:
        document["meta"][KEPT] = meta_node(True)
    return tree.dump(document)
