"""The printed page, asked of the PDF itself: where things stand, in which font, and what is copied from it."""

from __future__ import annotations

import json
import os
import re
import subprocess
import sys
from pathlib import Path
from typing import Any

import pymupdf
import pytest
from pages import build, png

from fencepost.diagnostics.model import FencepostError
from fencepost.formats.typst_pdf import compile
from fencepost.options import Options
from fencepost.pandoc import run as pandoc
from fencepost.system.assets import data_dir
from fencepost.theme import load_theme
from fencepost.theme.definitions import typst_definitions
from fencepost.writers.escape import typst as literal

MM = 72 / 25.4
LEFT, RIGHT = 33 * MM, (210 - 33) * MM  # the measure on A4
SLACK = 0.6

CODE = [
    "def f(x):",
    '    return {"a": x}  # -> => !=',
    "",
    "\u00a0".replace("\u00a0", " ") * 4,
    "    end",
    "x" * 300,
    "# " + "word " * 40,
]
URL = "https://example.com/a/very/long/path/that/never/ends/and-goes/on_with/underscores?query=yes&more=x#fragment"
CLUSTERS = ["⚠️", "👩\u200d💻", "👍🏽", "1️⃣", "🇫🇷", "❤️\u200d🔥", "🚀"]


def code_call(lines: list[str], **options: str) -> str:
    """Write a call as the code writer does, one segment to a line."""
    rows = "".join(f"({literal(line)}, ), " if line else "(), " for line in lines)
    given = {"title": "none", "caption": "none", "lang": '"python"', "start": "none", **options}
    return f"#fp-code({''.join(f'{name}: {value}, ' for name, value in given.items())}lines: ({rows}))\n\n"


BODY = (
    "#fp-noted(2, 2.6em, (1, [Body of the heading note.]), [\n== First section#fp-noteref(1)\n])\n\n"
    + code_call(CODE, title=literal("a --title.py"), start="9", caption=literal("What it shows."))
    + "Text with a note!#fp-note(2)[Second body.]#fp-note(3)[Third body.] Again#fp-noteref(2). "
    + f"See {URL} "
    + f"and #raw({literal('inline_code.' + 'very_long_name' * 9)}) and #strong[#raw({literal('b' * 120)})].\n\n"
    + f'#fp-alert("warning", [Mind #emph[this]])[Body with #raw({literal("y" * 150)}).]\n\n'
    + "".join(f"#text({literal(cluster)}) " for cluster in CLUSTERS)
    + "\n\n"
    + "#figure(align(center)[#table(columns: 6, "
    + "table.header([A#fp-noteref(4)], [B], [C], [D], [E], [F]), table.hline(), "
    + f"[#raw({literal('scaledown_window_' * 4)})], [Internationalization], [{URL}], [long words], [x], [y], "
    + "".join(f"[r{row}], [b], [c], [d], [e], [f], " for row in range(50))
    + ")], kind: table)\n\n#fp-notebodies((4, [Note of the table.]))\n\n"
    + "- ☐ to do\n- ☒ done\n\n"
    + "== Second section\n\n"
    + code_call([f"line {n}" for n in range(1, 100)])
    + '#fp-figure(none, alt: "No picture", source: "gone.png")[Its caption]\n\n'
)
META = {
    "title": "A post about *fences*", "pagetitle": "A post about fences", "author": ["Ada O'Neil"],
    "keywords": ["a", "b"], "date-iso": "2025-05-22", "date-text": "22 May 2025", "categories": ["one"],
    "lang": "en", "toc": True,
}  # fmt: skip


def page_source(body: str, meta: dict[str, Any], folder: Path) -> str:
    """Put Typst markup through the template."""
    (folder / "meta.json").write_text(json.dumps(meta, ensure_ascii=False), encoding="utf-8")
    (folder / "body.md").write_text(f"```````{{=typst}}\n{body}\n```````\n", encoding="utf-8")
    command = [
        pandoc.binary(), "-f", "markdown", "-t", "typst", "--wrap", "none", str(folder / "body.md"),
        "--metadata-file", str(folder / "meta.json"), "--template", str(data_dir() / "templates" / "post.typ"),
        "-V", "fencepost-typst=" + typst_definitions(Options()),
    ]  # fmt: skip
    return subprocess.run(command, check=True, capture_output=True, timeout=60).stdout.decode()


@pytest.fixture(scope="module")
def printed(tmp_path_factory: pytest.TempPathFactory) -> Any:
    folder = tmp_path_factory.mktemp("print")
    out = folder / "post.pdf"
    made = compile.compile_pdf(page_source(BODY, META, folder), root=folder, timestamp=0)
    assert made == compile.Printed(made.data, [])
    out.write_bytes(made.data)
    return pymupdf.open(out)


def spans(document: Any) -> list[dict[str, Any]]:
    """Give every run of text with its font, size and place."""
    return [
        {**span, "page": page.number + 1}
        for page in document
        for block in page.get_text("dict")["blocks"]
        for line in block.get("lines", [])
        for span in line["spans"]
    ]


def text_of(document: Any) -> str:
    return "".join(page.get_text() for page in document)


def test_nothing_leaves_the_measure(printed: Any) -> None:
    words = [(page.number + 1, word) for page in printed for word in page.get_text("words")]
    assert [found for found in words if found[1][0] < LEFT - SLACK or found[1][2] > RIGHT + SLACK] == []


def test_copied_code_is_the_source(printed: Any) -> None:
    lines = text_of(printed).split("\n")
    start = lines.index(CODE[0])
    copied = lines[start : start + 30]
    assert copied[1] == CODE[1]
    assert copied[2].strip() == "" and copied[3] == CODE[3] and copied[4] == CODE[4]
    joined = "".join(copied[5:]).split("What it shows.")[0]
    assert joined == "".join(CODE[5:])  # wrapped, with nothing added and nothing lost


def test_line_numbers_are_drawn_not_written(printed: Any) -> None:
    code = {span["text"].strip() for span in spans(printed) if "JetBrainsMono" in span["font"]}
    assert not code & {str(number) for number in range(9, 16)}


def test_urls_and_inline_code_break_without_a_trace(printed: Any) -> None:
    text = re.sub(r"\n", "", text_of(printed))
    for whole in (URL, "inline_code." + "very_long_name" * 9, "b" * 120, "y" * 150):
        assert whole in text
    assert not set(text) & set("\u200b\u2060\ufeff\ufffd")


def test_no_ligatures_in_code(printed: Any) -> None:
    shapes: dict[tuple[str, int], set[int]] = {}
    for page in printed:
        for trace in page.get_texttrace():
            if "JetBrainsMono" in trace["font"]:
                for code, glyph, *_ in trace["chars"]:
                    shapes.setdefault((trace["font"], code), set()).add(glyph)
    assert any(code == ord(">") for _, code in shapes)
    assert all(len(glyphs) == 1 for glyphs in shapes.values())


def test_emoji_are_whole_clusters_from_one_font(printed: Any) -> None:
    found = [span for span in spans(printed) if "NotoEmoji" in span["font"]]
    text = "".join(span["text"] for span in found)
    for cluster in CLUSTERS:
        assert cluster.replace("\ufe0f", "") in text.replace("\ufe0f", "")


def test_notes_stand_at_the_foot_of_their_page(printed: Any) -> None:
    for page, body in ((1, "Body of the heading note."), (1, "Second body."), (1, "Third body.")):
        place = next((s for s in spans(printed) if body in s["text"]), None)
        assert place is not None and place["page"] >= page
        below = [s for s in spans(printed) if s["page"] == place["page"] and s["bbox"][1] > place["bbox"][3] + 1]
        assert all(s["size"] < 9 for s in below)  # other notes and the page number, nothing else


def test_adjacent_markers_are_apart_and_never_lead_a_line(printed: Any) -> None:
    chars = [
        char
        for page in printed
        for block in page.get_text("rawdict")["blocks"]
        for line in block.get("lines", [])
        for span in line["spans"]
        for char in span["chars"]
    ]
    at = "".join(char["c"] for char in chars).index("note!23") + len("note!")
    bang, two, three = (chars[n]["bbox"] for n in (at - 1, at, at + 1))
    assert 0 <= two[0] - bang[2] < 1 < three[0] - two[2] < 3


def test_a_repeated_marker_leads_to_its_note(printed: Any) -> None:
    inner = [
        link for page in printed for link in page.get_links() if link["kind"] in (pymupdf.LINK_GOTO, pymupdf.LINK_NAMED)
    ]
    assert len(inner) >= 5


def test_notes_stay_out_of_the_outline(printed: Any) -> None:
    titles = [title for _, title, _ in printed.get_toc()]
    assert titles == ["First section", "Second section"]


@pytest.mark.parametrize("options", [(), ("--toc",)])
def test_what_stands_above_a_post_without_title_is_apart_from_it(options: tuple[str, ...], tmp_path: Path) -> None:
    page = pymupdf.open(build(tmp_path, "pdf", "Some text begins.\n\n## One\n\nText\n", *options))[0]
    lines = sorted(line["bbox"] for block in page.get_text("dict")["blocks"] for line in block["lines"])
    (_, _, _, facts), (_, below, _, _) = sorted(lines, key=lambda box: box[1])[:2]
    assert "min read" in page.get_text() and below - facts > 8


def test_running_head_from_the_second_page(printed: Any) -> None:
    head = [s for s in spans(printed) if s["bbox"][3] < 25 * MM]
    assert not [s for s in head if s["page"] == 1]
    second = "".join(s["text"] for s in head if s["page"] == 2)
    assert second.startswith("A post about fences") and second.endswith("First section")
    last = "".join(s["text"] for s in head if s["page"] == len(printed))
    assert last.endswith("Second section")


def test_a_long_block_leaves_three_lines_on_either_side(printed: Any) -> None:
    pages: dict[int, int] = {}
    for span in spans(printed):
        if re.fullmatch(r"line \d+", span["text"].strip()):
            pages[span["page"]] = pages.get(span["page"], 0) + 1
    assert sum(pages.values()) == 99 and len(pages) > 1 and min(pages.values()) >= 3


def test_a_long_table_repeats_its_header(printed: Any) -> None:
    heads = {s["page"] for s in spans(printed) if s["text"].strip() == "F" and "Inter" in s["font"]}
    rows = {s["page"] for s in spans(printed) if re.fullmatch(r"r\d+", s["text"].strip())}
    assert len(rows) > 1 and rows <= heads


def test_metadata(printed: Any) -> None:
    found = printed.metadata
    assert found["title"] == "A post about fences" and found["author"] == "Ada O\u2019Neil".replace("\u2019", "'")
    assert found["keywords"] == "a, b" and found["creationDate"].startswith("D:20250522")


def test_a_post_with_a_title_is_pdf_ua_where_it_can_be(tmp_path: Path) -> None:
    for body, is_one in (("== One\n\nText.\n\n=== Two", True), ("== One\n\nText.\n\n===== Five", False)):
        made = compile.compile_pdf(page_source(body, META, tmp_path), root=tmp_path, timestamp=0)
        assert ("pdfuaid:part" in pymupdf.open(stream=made.data).get_xml_metadata()) == is_one


def test_the_same_post_gives_the_same_bytes() -> None:
    source = typst_definitions(Options()) + code_call(["a"]) + '#fp-alert("tip", [Tip])[b]'
    assert compile.compile_pdf(source, timestamp=0) == compile.compile_pdf(source, timestamp=0)


def test_marked_lines_touch() -> None:
    rows = "".join('(mark: "default", segs: ("x = 1", )), ' for _ in range(4))
    made = compile.compile_pdf(typst_definitions(Options()) + f"#fp-code(lines: ({rows}))", timestamp=0)
    page = pymupdf.open(stream=made.data)[0]
    mark = tuple(int(load_theme()["colours"]["mark"][0][n : n + 2], 16) / 255 for n in (1, 3, 5))
    filled = [d["rect"] for d in page.get_drawings() if d.get("fill") == pytest.approx(mark, abs=0.01)]
    filled.sort(key=lambda rect: float(rect.y0))
    assert len(filled) == 4
    assert all(after.y0 <= before.y1 for before, after in zip(filled, filled[1:], strict=False))


@pytest.mark.parametrize(
    ("source", "message"),
    [
        ('#image("none.png")', "not there"),
        ("#let f(x) = f(x)\n#unknown", "Typst cannot set this post: unknown variable"),
        ("#quote[" * 300 + "]" * 300, "nested too deeply"),
    ],
)
def test_failures_are_said_in_words(source: str, message: str, tmp_path: Path) -> None:
    with pytest.raises(FencepostError) as caught:
        compile.compile_pdf(source, root=tmp_path, source="post.md")
    assert message in caught.value.diagnostic.message and caught.value.diagnostic.path == "post.md"


def test_a_time_limit_holds() -> None:
    endless = "#for a in range(40000) { for b in range(40000) { let c = a + b } }"
    script = (
        "import sys\nfrom fencepost.formats.typst_pdf import compile as compiling\n"
        "from fencepost.diagnostics.model import FencepostError\n"
        f"try: compiling.compile_pdf({endless!r}, timeout=0.3)\n"
        "except FencepostError as error: sys.exit(error.diagnostic.code)\n"
    )
    run = subprocess.run([sys.executable, "-c", script], capture_output=True, text=True, timeout=30)
    assert run.stderr.strip() == "pdf-timeout"


def test_the_cover_has_the_size_that_shops_ask_for() -> None:
    drawn = pymupdf.Pixmap(compile.render_cover(load_theme(), title="A 🚀 title", author="Ada", categories=["x"]))
    assert (drawn.width, drawn.height) == (1600, 2560)


def test_pandoc_takes_our_typst(tmp_path: Path) -> None:
    engine = data_dir() / "bin" / "typst"
    command = [pandoc.binary(), "-f", "markdown", "--pdf-engine", str(engine), "-o", str(tmp_path / "a.pdf")]
    environment = {**os.environ, "PATH": f"{Path(sys.executable).parent}{os.pathsep}{os.environ['PATH']}"}
    subprocess.run(command, input=b"# Hello\n\nWorld.", check=True, timeout=60, cwd=tmp_path, env=environment)
    assert "World." in text_of(pymupdf.open(tmp_path / "a.pdf"))


@pytest.mark.parametrize(
    ("written", "height"),
    [("![k](k.png)", 15), ('<img src="k.png" alt="k" height="40">', 30), ("![k](k.svg)", 15)],
)
def test_a_small_image_in_a_line_has_its_size_on_the_web(written: str, height: float, tmp_path: Path) -> None:
    drawing = '<svg xmlns="http://www.w3.org/2000/svg" width="30" height="20"><path d="M0 0h30v20H0z"/></svg>'
    (tmp_path / "k.svg").write_text(drawing, encoding="utf-8")
    (tmp_path / "k.png").write_bytes(png(30, 20))
    page = pymupdf.open(build(tmp_path, "pdf", f"# T\n\nPress {written} now.\n"))[0]
    pictures = [pymupdf.Rect(image["bbox"]) for image in page.get_image_info()]
    drawn = pictures or [path["rect"] for path in page.get_drawings() if path["rect"].width > 20]
    assert [round(box.height, 1) for box in drawn[:1]] == [height]  # in points: 20 px are 15 pt


def test_a_large_image_in_a_line_is_whole(tmp_path: Path) -> None:
    tmp_path.joinpath("large.png").write_bytes(png(1440, 675))
    page = pymupdf.open(build(tmp_path, "pdf", "# Post\n\nSee ![a slide](large.png) here.\n"))[0]
    box = page.get_image_info()[0]["bbox"]
    shown = pymupdf.Rect(box) & page.rect
    assert abs(shown.width - (RIGHT - LEFT)) < 1 and abs(shown.width / shown.height - 1440 / 675) < 0.02


def test_a_list_stands_as_near_to_what_announces_it_in_a_quote(tmp_path: Path) -> None:
    post = "# Post\n\nReasons are so:\n\n- one\n- two\n\n> Quoted are so:\n>\n> - three\n> - four\n"
    found = {span["text"].strip(): span["bbox"][1] for span in spans(pymupdf.open(build(tmp_path, "pdf", post)))}
    assert abs((found["one"] - found["Reasons are so:"]) - (found["three"] - found["Quoted are so:"])) < 1
