"""Comments: what an author wrote for nobody reaches nobody. A leaf filter in pandocfilters' shape."""

from __future__ import annotations

import re
from typing import Any

from fencepost.pandoc.tree import Node

LEAVES = ("RawBlock", "RawInline")
COMMENT = re.compile(r"<!--(?:>|->|.*?(?:-->|\Z))", re.DOTALL)


def action(key: str, value: Any, _format: str, _meta: dict[str, Any]) -> list[Node] | None:
    """Cut HTML comments out of raw HTML; what held nothing else goes."""
    if key not in LEAVES or value[0] != "html" or "<!--" not in value[1]:
        return None
    rest = COMMENT.sub("", value[1])
    return [{"t": key, "c": ["html", rest]}] if rest.strip() else []
