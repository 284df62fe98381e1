"""Say what pandoc makes of fences: `{name: document}` on standard input, `{name: [facts]}` on output."""

from __future__ import annotations

import json
import re
import subprocess
import sys
from typing import Any

from fencepost.pandoc.run import binary

SHOWN = ("title", "filename", "caption", "startFrom")


def run(document: str, target: str) -> str:
    """Convert a document by pandoc."""
    command = [binary(), "+RTS", "-M512m", "-RTS", "-f", "markdown", "-t", target]
    return subprocess.run(command, input=document, capture_output=True, text=True, check=True, timeout=20).stdout


def read(block: dict[str, Any], page: str) -> dict[str, Any]:
    """Read the facts off a code block and the HTML that is made of it."""
    (identifier, classes, pairs), code = block["c"]
    shown = re.search(r'<code class="sourceCode ([^"]*)"(?: style="counter-reset: source-line (-?\d+);")?', page)
    numbered = "numberSource" in page
    known = dict(reversed(pairs))
    facts = {
        "line": 1, "id": identifier, "classes": classes, "code": code,
        "attributes": [pair for pair in pairs if pair[0] not in SHOWN],
        "title": known.get("title", known.get("filename")), "caption": known.get("caption"),
    }  # fmt: skip
    if shown:  # a language that it knows
        start = None if not numbered else {"start": int(shown[2] or 0) + 1}
        facts |= {"line_numbers": start}
    return facts


def main() -> None:
    """Answer."""
    answers: dict[str, Any] = {}
    for name, document in json.load(sys.stdin).items():
        blocks = json.loads(run(document, "json"))["blocks"]
        if len(blocks) == 1 and blocks[0]["t"] == "CodeBlock":
            answers[name] = [read(blocks[0], run(document, "html"))]
        else:
            answers[name] = "no fence"
    json.dump(answers, sys.stdout)


if __name__ == "__main__":
    main()
