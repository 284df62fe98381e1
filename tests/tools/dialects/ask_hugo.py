"""Say what Hugo makes of fences: `{name: document}` on standard input, `{name: [facts]}` on output."""

from __future__ import annotations

import html
import json
import re
import subprocess
import sys
import tempfile
from pathlib import Path
from typing import Any

CONFIG = """baseURL = "https://example.org/"
disableKinds = ["taxonomy", "term", "RSS", "sitemap", "robotsTXT", "404", "section"]
[markup.highlight]
noClasses = false
"""


def read(page: str) -> list[dict[str, Any]]:
    """Read the facts off a page."""
    table, cell, body = page.partition("</td>") if "lntable" in page else ("", "", page)
    code = body[body.index("<code") : body.rindex("</code>")].split(">", 1)[1]
    numbers = re.findall(r'<span class="lnt?"[^>]*>(?:<a[^>]*>)?\s*(-?\d+)', table or code)
    code = re.sub(r'<span class="ln"[^>]*>.*?</span>', "", code)
    box = re.match(r'<div class="highlight([^"]*)"((?: [\w:.-]+="[^"]*")*)>', page)
    pairs = [[key, html.unescape(value)] for key, value in re.findall(r' ([\w:.-]+)="([^"]*)"', box[2])] if box else []
    known = dict(reversed(pairs))
    own = {
        "id": known.get("id"), "classes": box[1].split(), "title": known.get("title"), "caption": known.get("caption"),
        "attributes": [pair for pair in pairs if pair[0] not in ("id", "title", "caption")],
    } if box else {}  # fmt: skip
    rows = [row for row in re.split(r'(?=<span class="line)', code) if row.startswith('<span class="line')]
    return [
        {
            "line": 1,
            "line_numbers": {"start": int(numbers[0])} if numbers else None,
            "highlighted_lines": [at for at, row in enumerate(rows, 1) if row.startswith('<span class="line hl"')],
            "code": html.unescape(re.sub("<[^>]*>", "", code)).rstrip("\n"),
            **own,
        }
    ]


def main() -> None:
    """Build a site of all documents, and answer."""
    documents = json.load(sys.stdin)
    with tempfile.TemporaryDirectory() as folder:
        site = Path(folder)
        for name, text in {
            "hugo.toml": CONFIG,
            "layouts/single.html": "{{ .Content }}",
            "layouts/home.html": "x",
        }.items():
            (site / name).parent.mkdir(exist_ok=True)
            (site / name).write_text(text, encoding="utf-8")
        (site / "content").mkdir()
        for name, text in documents.items():
            (site / "content" / f"c{name}.md").write_text(f"---\ntitle: x\n---\n\n{text}", encoding="utf-8")
        subprocess.run(["hugo", "--logLevel", "error"], cwd=site, capture_output=True, timeout=120)
        pages = {name: site / "public" / f"c{name}" / "index.html" for name in documents}
        answers = {
            name: read(page.read_text(encoding="utf-8")) if page.exists() else "no page" for name, page in pages.items()
        }
    json.dump(answers, sys.stdout)


if __name__ == "__main__":
    main()
