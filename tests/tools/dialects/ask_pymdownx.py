"""Say what pymdown-extensions make of fences: `{name: document}` on standard input, `{name: [facts]}` on output."""

from __future__ import annotations

import html
import json
import re
import sys
from typing import Any

import markdown

HIGHLIGHT = {"linenums_style": "pymdownx-inline", "auto_title": False, "pygments_lang_class": True}
PIECE = re.compile(r"<span[^>]*>|</span>|\n|[^<\n]+|<[^>]*>")


def read(page: str) -> list[dict[str, Any]] | str:
    """Read the facts off the page; what it refuses as a fence has none."""
    if "<code>" not in page or not re.search(r'class="[^"]*highlight"', page):
        return "no fence"
    title = re.search(r'<span class="filename">(.*?)</span>', page, re.DOTALL)
    body = page[page.index("<code>") + 6 : page.rindex("</code>")]
    first = re.search(r'data-linenos="([^"]*)"', body)
    step = re.findall(r'data-linenos="\s*(\d*)\s*"', body)
    marked, code, opened = [], [""], []
    for found in PIECE.finditer(body):
        piece = found[0]
        if piece == "\n":
            code.append("")
        elif piece == "</span>":
            opened.pop()
        elif piece.startswith("<span"):
            opened.append(piece)
            if "hll" in piece and len(code) not in marked:
                marked.append(len(code))
        elif not piece.startswith("<"):
            code[-1] += html.unescape(piece)
    numbers = {at: int(number) for at, number in enumerate(step) if number}
    special = [at for at, look in enumerate(re.findall(r'class="linenos( special)?"', body), 1) if look]
    hidden = [at for at, number in enumerate(step, 1) if not number]
    start = next((number - at for at, number in numbers.items()), None) if first else None
    looks = {"start": start} | ({"hidden": hidden} if hidden else {}) | ({"special": special} if special else {})
    box = re.search(r'<div(?: id="([^"]*)")? class="([^"]*)"', page)
    return [
        {
            "line": 1,
            "title": html.unescape(title[1]) if title else None,
            "line_numbers": None if start is None else looks,
            "id": box[1] if box else None,
            "classes": [name for name in box[2].split() if not name.startswith(("language-", "highlight"))]
            if box
            else [],
            "highlighted_lines": marked,
            "code": "\n".join(code).rstrip("\n"),
        }
    ]


def main() -> None:
    """Answer."""
    extensions = ["pymdownx.superfences", "pymdownx.highlight", "attr_list", "md_in_html"]
    answers = {}
    for name, document in json.load(sys.stdin).items():
        reader = markdown.Markdown(extensions=extensions, extension_configs={"pymdownx.highlight": HIGHLIGHT})
        answers[name] = read(reader.convert(document))
    json.dump(answers, sys.stdout)


if __name__ == "__main__":
    main()
