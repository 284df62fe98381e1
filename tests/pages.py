"""A page of every construct for the tests of the web and of the EPUB, made with the parts that make real ones."""

from __future__ import annotations

import io
import json
import re
import subprocess
import tempfile
from pathlib import Path
from typing import Any

import pytest
from PIL import Image

from fencepost.cli.main import main

POST = """---
title: Every construct
description: One of each.
date: 2025-05-22
tags: [a, b]
author: Jane Doe
---

Text with `inline_code_that_is_very_long_and_has_no_place_to_break_in_it_anywhere_at_all` and a note[^a], https://example.org/a/very/long/address/that/does/not/end/where/a/phone/does.

> [!WARNING]
> Take care[^b].

```python title="app.py" {2} /name/#v showLineNumbers
def greet(name):
    print(f"Hello {name}")

    return "a line that is rather long and runs over the right edge of a narrow page, on a telephone for one"
```

```
plain
```

## A heading with `code` & an emoji 🚀

| a | long column | another one | one more | five | six columns |
|---|---|---|---|---|---|
| 1 | two words | `some_long_code` | ✅ yes | e | f |

- [x] done
- [ ] open

![A drawing](drawing.svg)

![Not there](gone.png)

### Below

$x^2$

[^a]: The note.
[^b]: Another, which cites the first[^a].
"""
DRAWING = (
    '<svg xmlns="http://www.w3.org/2000/svg" width="80" height="40" viewBox="0 0 80 40"><path d="M2 2h76v36H2z"/></svg>'
)


def png(width: int, height: int, colour: str = "#c2410c") -> bytes:
    """Make a PNG of one colour."""
    out = io.BytesIO()
    Image.new("RGB", (width, height), colour).save(out, "PNG")
    return out.getvalue()


def build(folder: Path, target: str, post: str = POST, *options: str) -> Path:
    """Convert a post in a folder of its own; returns the output."""
    folder.mkdir(parents=True, exist_ok=True)
    (folder / "drawing.svg").write_text(DRAWING, encoding="utf-8")
    source = folder / "post.md"
    source.write_text(post, encoding="utf-8")
    out = folder / f"post.{target}"
    with pytest.raises(SystemExit) as end:
        main(["convert", str(source), "-o", str(out), "--quiet", "--offline", *options])
    assert not end.value.code
    return out


def ask(chromium: str, page: Path, script: str, *flags: str, width: int = 1000) -> Any:
    """Open a page in Chromium at a width, run the body of an async function there, and give what it returned.

    The page stands in a frame, because a window has a least width; `page` in the script is the frame's window.
    """
    holder = page.with_name("holder.html")
    holder.write_text(
        f'<!doctype html><iframe id="f" src="{page.name}" style="width:{width}px;height:900px;border:0"></iframe>'
        "<script>"
        'addEventListener("load", async () => {const page = document.getElementById("f").contentWindow; let said;'
        f"try {{ said = await (async () => {{ {script} }})() }} catch (error) {{ said = String(error) }}"
        'const out = document.createElement("pre"); out.id = "said"; out.textContent = JSON.stringify(said);'
        "document.body.append(out)})</script>",
        encoding="utf-8",
    )
    with tempfile.TemporaryDirectory(ignore_cleanup_errors=True) as profile:
        command = [
            chromium, "--headless", "--no-sandbox", "--disable-gpu", "--disable-quic", "--no-first-run",
            "--disable-background-networking", "--disable-component-update", "--disable-sync",
            "--allow-file-access-from-files", f"--user-data-dir={profile}", "--virtual-time-budget=5000", *flags,
            "--dump-dom", holder.as_uri(),
        ]  # fmt: skip
        dom = subprocess.run(command, capture_output=True, text=True, timeout=90, check=True).stdout
    found = re.search(r'<pre id="said">(.*?)</pre>', dom, re.DOTALL)
    assert found, dom[-2000:]
    return json.loads(found[1].replace("&lt;", "<").replace("&gt;", ">").replace("&amp;", "&"))


def violations(chromium: str, page: Path, axe: Path, state: str = "", *flags: str, width: int = 1000) -> list[Any]:
    """List what axe says of a page after the statements of `state`: rule and element, each once."""
    source = json.dumps(axe.read_text(encoding="utf-8")).replace("</", "<\\u002f").replace("<!--", "\\u003c!--")
    found = "return (await page.axe.run(page.document)).violations.map((v) => [v.id, v.nodes[0].html])"
    said: list[Any] = ask(chromium, page, f"page.eval({source}); {state} {found}", *flags, width=width)
    return said


def complaints(vnu: list[str], page: Path) -> list[Any]:
    """List the errors and warnings that the checker of HTML has for a page."""
    command = [*vnu, "--format", "json", "--exit-zero-always", str(page)]
    said = subprocess.run(command, capture_output=True, text=True, timeout=120, check=True).stderr
    return [message for message in json.loads(said)["messages"] if message["type"] != "info"]


def print_page(chromium: str, page: Path) -> Path:
    """Let the browser print a page; returns the PDF."""
    out = page.with_suffix(".pdf")
    command = [
        chromium, "--headless", "--no-sandbox", "--disable-gpu", "--no-pdf-header-footer",
        f"--user-data-dir={page.parent / 'profile'}", f"--print-to-pdf={out}", page.as_uri(),
    ]  # fmt: skip
    subprocess.run(command, capture_output=True, timeout=90, check=True)
    return out
