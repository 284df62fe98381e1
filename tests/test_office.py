"""Word and OpenDocument, asked of their own XML: every style that is used is defined, and code is the code."""

from __future__ import annotations

import io
import re
import zipfile
from pathlib import Path
from xml.etree import ElementTree

import pytest
from conftest import Command
from pages import build

from fencepost.formats.office.reference import STYLES, reference
from fencepost.theme import load_theme

CODE = "def f(x):\n\treturn  {'a':   x}  # two  blanks\n\n    end"
POST = f"""---
title: A post
author: Jane Doe
date: 2026-03-14
---

Text[^a] and again[^a].

> [!WARNING] Mind **this**
> Take care.

```python title="app.py" {{2}} /x/#v showLineNumbers{{7}} caption="What it shows"
{CODE}
```

```text
plain
```

![A drawing](drawing.svg)

[^a]: The note.
"""
W = "{http://schemas.openxmlformats.org/wordprocessingml/2006/main}"
T = "{urn:oasis:names:tc:opendocument:xmlns:text:1.0}"
BUILT_IN = {"Title", "Subtitle"}  # word processors have these of their own


def part(file: Path, name: str) -> ElementTree.Element:
    with zipfile.ZipFile(file) as packed:
        return ElementTree.fromstring(packed.read(name))


def paragraphs(file: Path) -> list[tuple[str, str]]:
    """List the paragraphs of a document: style, text."""
    if file.suffix == ".docx":
        found = []
        for paragraph in part(file, "word/document.xml").iter(f"{W}p"):
            style = paragraph.find(f"{W}pPr/{W}pStyle")
            found.append(
                (
                    style.get(f"{W}val", "") if style is not None else "",
                    "".join(t.text or "" for t in paragraph.iter(f"{W}t")),
                )
            )
        return found
    return [
        (p.get(f"{T}style-name", "").replace("_20_", ""), _odt_text(p)) for p in part(file, "content.xml").iter(f"{T}p")
    ]


def _odt_text(node: ElementTree.Element) -> str:
    own = " " * int(node.get(f"{T}c", "1")) if node.tag == f"{T}s" else node.text or ""
    return own + "".join(_odt_text(child) + (child.tail or "") for child in node)


@pytest.fixture(scope="module", params=["docx", "odt"])
def made(request: pytest.FixtureRequest, tmp_path_factory: pytest.TempPathFactory) -> Path:
    return build(tmp_path_factory.mktemp(request.param), request.param, POST)


def test_alerts_and_code_are_styles(made: Path) -> None:
    found = paragraphs(made)
    assert ("AlertWarningTitle", "Mind this") in found
    assert ("AlertWarning", "Take care.") in found
    assert ("CodeTitle", "app.py") in found and ("CodeCaption", "What it shows") in found


def test_code_is_the_code(made: Path) -> None:
    lines = [(style, text) for style, text in paragraphs(made) if style.startswith("CodeLine")]
    styles = ["CodeLine", "CodeLineMarked", "CodeLine", "CodeLineLast", "CodeLineOnly"]
    assert [style for style, _ in lines] == styles
    numbered = [text for _, text in lines[:4]]
    assert [text[:4] for text in numbered] == ["  7 ", "  8 ", "  9 ", " 10 "]
    code = CODE.replace("\t", "    ").split("\n")
    assert [text[4:].rstrip("\u00a0") for text in numbered] == code


BOXES = """```js
one
two
three
```

```js {1,3} title="t"
one
two
three
```

```diff
- a
```

> [!NOTE]
> - item
>   - inner
> 1. first
>
>    second
>
> ```js
> code
> ```
"""


@pytest.mark.parametrize("kind", ["docx", "odt"])
def test_lines_know_their_place_in_the_box_and_items_their_alert(kind: str, tmp_path: Path) -> None:
    """A title is the box's first line, else the first line of code; in a box, items are items like others."""
    found = [(style, text.strip()) for style, text in paragraphs(build(tmp_path, kind, BOXES))]
    styles = [style.removeprefix("CodeLine") for style, _ in found if style.startswith("Code")]
    assert styles == ["First", "", "Last", "CodeTitle", "Marked", "", "MarkedLast", "Only", "Only"]
    of = {text: style for style, text in found}
    assert of["Note"] == "AlertNoteTitleBoxed" and of["code"] == "CodeLineOnly"
    assert not any(of[item].startswith("AlertNoteItem") for item in ("item", "inner", "first", "second"))


ALERTS = """> [!NOTE]
> Paragraphs

> [!WARNING]
> Before
>
> ```
> code
> ```
>
> > [!TIP]
> > | a |
> > |---|
> > | b |

- item

  > [!CAUTION]
  > In a list
  >
  > - one
"""


@pytest.mark.parametrize("kind", ["docx", "odt"])
def test_an_alert_of_more_than_paragraphs_stands_in_a_box(kind: str, tmp_path: Path) -> None:
    """Its bar is the box's, and runs beside whatever it holds; a list has no place for a box."""
    file = build(tmp_path, kind, ALERTS)
    root = part(file, "word/document.xml" if kind == "docx" else "content.xml")
    styles = {text: style for style, text in paragraphs(file)}
    assert styles["Paragraphs"] == "AlertNote"
    assert styles["In a list"] == ("AlertCaution" if kind == "docx" else "AlertCautionBoxed")
    assert styles["Before"] == "AlertWarningBoxed"
    if kind == "docx":
        boxes = [box for box in root.iter(f"{W}tbl") if "Alert" in box.find(f"{W}tblPr/{W}tblStyle").attrib[f"{W}val"]]  # type: ignore[union-attr]
        assert all(cell[-1].tag == f"{W}p" for cell in root.iter(f"{W}tc"))
        assert b"AlertWarningBox" in zipfile.ZipFile(file).read("word/styles.xml")
        assert b"compatibilityMode" in zipfile.ZipFile(file).read("word/settings.xml")
    else:
        boxes = [box for box in root.iter(f"{TABLE_NS}table") if "AlertBox" in box.get(f"{TABLE_NS}style-name", "")]
        text = zipfile.ZipFile(file).read("content.xml").decode("utf-8")
        colour = load_theme()["alerts"]["warning"][0].upper()
        cell = re.search(r'<style:style [^>]*"AlertWarning"[^>]*>\s*<style:table-cell-properties ([^>]*)', text)
        assert cell and f"2.25pt solid {colour}" in cell[1]
    assert ["".join("".join(box.itertext()).split()) for box in boxes][:2] == ["WarningBeforecodeTipab", "Tipab"]


def test_a_table_in_a_list_of_an_open_document_is_not_lost(tmp_path: Path) -> None:
    """No item may hold one: the lists end before it, and go on with their count after it."""
    text = "1. one\n   - inner\n\n     | a |\n     |---|\n     | b |\n\n     after\n2. two\n"
    root = part(build(tmp_path, "odt", text), "content.xml")
    assert not [table for item in root.iter(f"{T}list-item") for table in item.iter(f"{TABLE_NS}table")]
    body = [node for node in root.iter() if node.tag in (f"{TABLE_NS}table", f"{T}list")]
    assert [node.tag.split("}")[1] for node in body] == ["list", "list", "table", "list", "list"]
    again = body[3]
    assert again.get(f"{T}continue-numbering") == "true"
    assert [child.tag for child in again] == [f"{T}list-header", f"{T}list-item"]
    assert "".join(again.itertext()).split() == ["after", "two"]


@pytest.mark.parametrize("kind", ["docx", "odt"])
def test_pictures_in_lists_end_where_lines_do(kind: str, tmp_path: Path) -> None:
    from PIL import Image

    Image.new("RGB", (3000, 300), "red").save(tmp_path / "wide.png")
    file = build(tmp_path, kind, "- a\n  - ![Wide](wide.png)\n")
    with zipfile.ZipFile(file) as packed:
        text = packed.read("word/document.xml" if kind == "docx" else "content.xml").decode("utf-8")
    size = re.search(r'<wp:extent[^>]*cx="(\d+)"|svg:width="([\d.]+)in"', text)
    assert size and 4.5 < (int(size[1]) / 914400 if size[1] else float(size[2])) < 5.4


RTL = "---\ntitle: \u0645\nlang: ar\n---\n\n\u0645\n\n> q\n\n```js\nlet a\n```\n\n| a |\n|---|\n| b |\n"


@pytest.mark.parametrize("kind", ["docx", "odt"])
def test_what_is_written_from_the_right(kind: str, tmp_path: Path) -> None:
    """Title, tables and bars begin at the right, code at the left; other letters are as large as Latin ones."""
    with zipfile.ZipFile(build(tmp_path, kind, RTL)) as packed:
        text = packed.read("word/document.xml" if kind == "docx" else "content.xml").decode("utf-8")
        styles = packed.read(STYLES[kind]).decode("utf-8")
        assert all(ElementTree.fromstring(packed.read(name)) is not None for name in packed.namelist() if "xml" in name)
    if kind == "docx":
        assert re.search(r'"Title" ?/><w:bidi/>', text) and "<w:bidiVisual/>" in text
        assert not re.search(r'"CodeLineOnly" ?/>\s*<w:bidi ?/>', text)
        assert re.search(r'"BlockText".*?<w:pBdr>\s*<w:right ', styles, re.DOTALL) and "<w:bCs" in styles
    else:
        assert re.search(r'<style:default-style [^>]*"paragraph">\s*<[^>]*"rl-tb"', styles)
        code = re.search(r'<style:style [^>]*"Code_20_Line".*?</style:style>', styles, re.DOTALL)
        assert code and 'style:writing-mode="lr-tb"' in code[0]
        title = re.search(r'<style:style [^>]*style:name="Title".*?</style:style>', styles, re.DOTALL)
        assert title and 'style:font-size-complex="26pt"' in title[0] and 'font-weight-asian="bold"' in title[0]
        assert 'fo:border-right="1pt solid' in styles


TABLE_NS = "{urn:oasis:names:tc:opendocument:xmlns:table:1.0}"


@pytest.mark.parametrize("kind", ["docx", "odt"])
def test_properties_are_the_posts(kind: str, tmp_path: Path) -> None:
    """What templates ask for is no property of the document; no style is defined twice."""
    file = build(tmp_path, kind, POST)
    with zipfile.ZipFile(file) as packed:
        name = "docProps/custom.xml" if kind == "docx" else "meta.xml"
        properties = re.findall(r' (?:meta:)?name="([^"]+)"', packed.read(name).decode("utf-8"))
        key = "w:styleId" if kind == "docx" else r'style:family="paragraph"[^>]*style:name'
        ids = re.findall(rf'{key}="([^"]+)"', packed.read(STYLES[kind]).decode("utf-8"))
    assert set(properties) <= {"date", "subtitle", "canonical"}
    assert len(ids) == len(set(ids))


KINDS = """```js
a // [!code ++]
b // [!code --]
c // [!code error]
d // [!code warning]
e // [!code highlight]
```

```js title="t"
a
b // [!code focus]
```

```js {1}#v {2}#b {3} /const/ /let/#g
const
let
var
```

```js title="long"
LONG
```
""".replace("LONG", "\n".join("x" * 40))


@pytest.mark.parametrize("kind", ["docx", "odt"])
def test_marks_are_told_apart_without_colour(kind: str, tmp_path: Path) -> None:
    """Each kind of mark, and each tint, is a style; no two have the same bar, no two words the same line."""
    file = build(tmp_path, kind, KINDS, "--dialect", "auto")
    looks = [style.removeprefix("CodeLine") for style, _ in paragraphs(file) if style.startswith("CodeLine")]
    kinds = ["InsertedFirst", "Deleted", "Error", "Warning", "MarkedLast", "", "FocusedLast"]
    assert looks[:10] == [*kinds, "MarkedVFirst", "MarkedB", "MarkedLast"]
    assert looks[10:] == ["", *["Flowing"] * 37, "", "Last"]
    with zipfile.ZipFile(file) as packed:
        content = packed.read("word/document.xml" if kind == "docx" else "content.xml").decode("utf-8")
    used = set(re.findall(r"Code\w+", content.replace("_20_", "")))
    assert {"CodeMark", "CodeMarkG", "CodeFaint", "CodeSign"} <= used
    with zipfile.ZipFile(io.BytesIO(reference(kind, load_theme()))) as packed:
        text = packed.read(STYLES[kind]).decode("utf-8")
    styles = re.findall(r"<w:style .*?</w:style>|<style:style .*?</style:style>", text, re.DOTALL)
    named = {match[1].replace("_20_", ""): style for style in styles if (match := re.search(NAME, style))}
    tints = ["", *(name.capitalize() for name in load_theme()["tints"] if name != "default")]
    for lines in ([f"Marked{tint}" for tint in tints], ["Inserted", "Deleted", "Error", "Warning"]):
        bars = [match.groups() for name in lines if (match := re.search(BAR, named[f"CodeLine{name}"]))]
        assert len(set(bars)) == len(lines)
    for words in (tints, ["Inserted", "Deleted", "Error", "Warning"]):
        strokes = [match[0] if (match := re.search(UNDER, named[f"CodeMark{name}"])) else "" for name in words]
        assert len(set(strokes)) == len(words)
    assert "strike" in named["CodeMarkDeleted"] or "line-through" in named["CodeMarkDeleted"]


NAME = r'(?:w:styleId|style:name)="([^"]+)"'
BAR = r'(?:<w:left w:val="(\w+)" w:sz="(\d+)"|border-left="([\d.]+)pt (\w+))'
UNDER = r'<w:u w:val="\w+"|text-underline-style="[\w-]+"(?: style:text-underline-type="double")?'


TABLE = """| Name | What |
|:--|--:|
| `retries` | How often a task is tried again before it fails for good, and what is said of that then |
| b | **c** |

| A | B |
|---|---|
| 1 | 2 |
"""


@pytest.mark.parametrize("kind", ["docx", "odt"])
def test_columns_are_as_wide_as_their_words_ask_for(kind: str, tmp_path: Path) -> None:
    file = build(tmp_path, kind, TABLE, "--paper", "a5")
    with zipfile.ZipFile(file) as packed:
        text = packed.read("word/document.xml" if kind == "docx" else "content.xml").decode("utf-8")
        parts = b"".join(packed.read(name) for name in packed.namelist() if name.endswith(".xml")).decode("utf-8")
    if kind == "docx":
        widths = [int(width) for width in re.findall(r'<w:gridCol w:w="(\d+)"', text)]
        whole = [int(width) / 5000 for width in re.findall(r'<w:tblW w:type="pct" w:w="(\d+)"', text)]
        assert 'w:h="11906" w:w="8391"' in text and "PAGE</w:instrText>" in parts
    else:
        widths = [int(width) for width in re.findall(r'style:rel-column-width="(\d+)\*"', text)]
        whole = [int(width) / 100 for width in re.findall(r'style:rel-width="(\d+)%"', text)]
        assert 'fo:page-width="148.0mm"' in parts and text.count('table:align="left"') == 2
    assert len(widths) == 4 and widths[1] > 5 * widths[0] and widths[2] == widths[3]
    assert whole[0] == 1 and whole[1] < 0.2


def test_every_style_is_defined(made: Path) -> None:
    with zipfile.ZipFile(made) as packed:
        if made.suffix == ".docx":
            used = re.findall(r'w:(?:pStyle|rStyle) w:val="([^"]+)"', packed.read("word/document.xml").decode())
            known = re.findall(r'w:styleId="([^"]+)"', packed.read("word/styles.xml").decode())
        else:
            content = packed.read("content.xml").decode()
            used = re.findall(r'text:style-name="([^"]+)"', content)
            known = re.findall(r'style:name="([^"]+)"', content + packed.read("styles.xml").decode())
    assert set(used) - set(known) - BUILT_IN == set()
    assert any(name.replace("_20_", "") == "CodeMarkV" for name in used)
    assert any(name.replace("_20_", "") == "CodeKeyword" for name in used)


def test_a_note_cited_twice_has_one_number(made: Path) -> None:
    text = next(text for _, text in paragraphs(made) if text.startswith("Text"))
    assert text.endswith("and again1.")


def test_drawings_are_pictures(made: Path) -> None:
    with zipfile.ZipFile(made) as packed:
        pictures = [name for name in packed.namelist() if re.search(r"(media|Pictures)/.*\.png$", name)]
    assert len(pictures) == 1


@pytest.mark.parametrize("kind", list(STYLES))
def test_a_reference_document_of_ones_own(kind: str, tmp_path: Path, run: Command) -> None:
    """The command writes ours; restyled and named, its look is what the document has."""
    mine = tmp_path / f"mine.{kind}"
    assert run("fencepost", "reference", str(mine)).returncode == 0
    assert mine.read_bytes() == reference(kind, load_theme())
    with zipfile.ZipFile(mine) as packed:
        parts = {name: packed.read(name) for name in packed.namelist()}
    parts[STYLES[kind]] = parts[STYLES[kind]].replace(b"9A6700", b"123456").replace(b"9a6700", b"123456")
    with zipfile.ZipFile(mine, "w") as packed:
        for name, data in parts.items():
            packed.writestr(name, data)
    out = build(tmp_path / "post", kind, POST, "--reference-doc", str(mine))
    with zipfile.ZipFile(out) as packed:
        assert b"123456" in packed.read(STYLES[kind])


def test_a_reference_document_that_is_not_there(tmp_path: Path, run: Command) -> None:
    (tmp_path / "p.md").write_text("x", encoding="utf-8")
    done = run("fencepost", "convert", "p.md", "-o", "p.docx", "--reference-doc", "none.docx", cwd=tmp_path)
    assert done.returncode == 1 and b"none.docx: error[template]" in done.stderr
    assert not (tmp_path / "p.docx").exists()


@pytest.mark.parametrize("kind", list(STYLES))
def test_in_a_pipeline(kind: str, tmp_path: Path, run: Command) -> None:
    (tmp_path / "p.md").write_text(POST, encoding="utf-8")
    carried = run("fencepost", "source", "p.md", cwd=tmp_path).stdout
    out = tmp_path / f"p.{kind}"
    done = run("pandoc", "-f", "gfm", "--filter", "fencepost", "-s", "-o", str(out), input=carried, cwd=tmp_path)
    assert done.returncode == 0, done.stderr
    assert ("AlertWarningTitle", "Mind this") in paragraphs(out)


def test_images_of_an_open_document_are_described(tmp_path: Path) -> None:
    """In the order of the text, through notes, and none for an image without words."""
    pixel = "data:image/png;base64," + PIXEL
    text = f'a ![one & 2 < 3]({pixel}) b[^n] ![]({pixel}) $x$\n\n![three]({pixel} "T")\n\n[^n]: c ![four]({pixel})\n'
    out = build(tmp_path / "post", "odt", text)
    with zipfile.ZipFile(out) as packed:
        root = ElementTree.fromstring(packed.read("content.xml"))
        assert packed.namelist()[0] == "mimetype"
        assert packed.infolist()[0].compress_type == zipfile.ZIP_STORED
    names = {"draw": "urn:oasis:names:tc:opendocument:xmlns:drawing:1.0",
             "svg": "urn:oasis:names:tc:opendocument:xmlns:svg-compatible:1.0"}  # fmt: skip
    frames = [frame for frame in root.iter(f"{{{names['draw']}}}frame") if frame.find("draw:image", names) is not None]
    assert [frame.findtext("svg:desc", "", names) for frame in frames] == ["one & 2 < 3", "four", "", "three"]


PIXEL = "iVBORw0KGgoAAAANSUhEUgAAAAEAAAABCAYAAAAfFcSJAAAADUlEQVR42mNk+M9QDwADhgGAWjR9awAAAABJRU5ErkJggg=="


def test_headings_and_captions_are_in_the_themes_look() -> None:
    """What pandoc's own document makes blue and slanted; and a restyled part is still what a word processor reads."""
    theme = load_theme()
    sans, ink = theme["faces"]["sans"][0], theme["colours"]["ink"][0].lstrip("#").upper()
    for kind, names in {"docx": ("Title", "Heading2"), "odt": ("Title", "Heading_20_2")}.items():
        with zipfile.ZipFile(io.BytesIO(reference(kind, theme))) as packed:
            text = packed.read(STYLES[kind]).decode("utf-8")
        ElementTree.fromstring(text)
        for name in names:
            style = re.search(rf'"{name}".*?</(?:w|style):style>', text, re.DOTALL)
            assert style and sans in style[0] and ink in style[0] and "0F4761" not in style[0], (kind, name)
        assert "4F81BD" not in text and 'style:font-name="Times New Roman"' not in text


WIDE = "---\ntitle: T\ndescription: What it is.\n---\n\n![Wide](wide.png)\n\n![Drawn](drawing.svg)\n\n"
WIDE += "| a |\n|---|\n| b |\n"


@pytest.mark.parametrize("kind", ["docx", "odt"])
def test_pictures_are_no_wider_than_the_text(kind: str, tmp_path: Path) -> None:
    """A drawing has its own size, which Typst draws twice as fine as a screen; a photograph is as wide as the text."""
    from PIL import Image

    Image.new("RGB", (3000, 300), "red").save(tmp_path / "wide.png")
    file = build(tmp_path, kind, WIDE)
    with zipfile.ZipFile(file) as packed:
        text = packed.read("word/document.xml" if kind == "docx" else "content.xml").decode("utf-8")
    if kind == "docx":
        sizes = [int(size) / 914400 for size in re.findall(r'<wp:extent[^>]*cx="(\d+)"', text)]
        first = paragraphs(file)[1]
    else:
        sizes = [float(size) for size in re.findall(r'svg:width="([\d.]+)in"', text)]
        first = paragraphs(file)[1]
        assert text.count("fo:border-bottom=") == 2
    assert 5 < sizes[0] <= 6.5 and round(sizes[1], 2) == 0.83
    assert first == ("Description", "What it is.")
