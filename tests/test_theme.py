"""A theme is one file: it changes page, print and book, and what is wrong with it is said at its place."""

from __future__ import annotations

import json
import re
import zipfile
from pathlib import Path
from typing import Any

import pytest
from conftest import ROOT
from pages import POST, ask, build

from fencepost.diagnostics.model import FencepostError
from fencepost.theme import GROUPS, css_properties, load_theme, typst_tokens
from fencepost.theme.web import contrast, epub_stylesheet

OWN = ROOT / "examples" / "themes" / "ledger.json"
PROSE = POST + "\n\n" + "Several words that fill the measure of the page, and then some more of them. " * 12


@pytest.fixture(scope="module")
def pdfs(tmp_path_factory: pytest.TempPathFactory) -> tuple[Path, Path]:
    """The same post printed by our theme and by the other."""
    folder = tmp_path_factory.mktemp("print")
    return build(folder / "ours", "pdf", PROSE), build(folder / "own", "pdf", PROSE, "--theme", str(OWN))


def _printed(pdf: Path) -> dict[str, Any]:
    """Measure a PDF: the body text's font, size and colour, its measure, the link's colour, the size of the title."""
    import pymupdf

    with pymupdf.open(pdf) as paper:
        blocks = [block for page in paper for block in page.get_text("dict")["blocks"]]
    lines = [line for block in blocks for line in block.get("lines", [])]
    spans = [span for line in lines for span in line["spans"]]
    body = next(span for span in spans if "words that fill" in span["text"])
    title = next(span for span in spans if "Every construct" in span["text"])
    code = next(span for span in spans if "greet" in span["text"])
    boxes = [line["bbox"] for line in lines if any("words that fill" in span["text"] for span in line["spans"])]
    wide = max(box[2] - box[0] for box in boxes)
    size = {"size": body, "title": title, "code": code}
    return {
        "face": body["font"].split("+")[-1].split("-")[0].removesuffix("Roman"),
        "ink": f"#{body['color']:06x}",
        "measure": round(wide * 25.4 / 72),
        **{name: round(span["size"], 1) for name, span in size.items()},
    }


def test_print_changes_with_the_theme(pdfs: tuple[Path, Path]) -> None:
    ours, own = map(_printed, pdfs)
    assert (ours.pop("measure"), own.pop("measure")) == (pytest.approx(144, abs=1), pytest.approx(130, abs=1))
    assert ours == {"face": "SourceSerif4", "size": 10.4, "ink": "#1c1d21", "title": 27.0, "code": 8.6}
    assert own == {"face": "NotoSerif", "size": 10.0, "ink": "#1f2a24", "title": 32.0, "code": 8.6}


def test_page_changes_with_the_theme(tmp_path: Path, chromium: str) -> None:
    script = """const style = (name) => page.getComputedStyle(page.document.querySelector(name));
        const wide = page.document.querySelector('article > p').getBoundingClientRect().width;
        return [style('body').backgroundColor, style('body').fontSize, style('body').fontFamily.split(',')[0],
            style('.post-title').fontSize, style('figure.code').borderRadius, wide]"""
    page = build(tmp_path, "html", POST, "--theme", str(OWN))
    own = ask(chromium, page, script, width=1500)
    assert own == ["rgb(251, 250, 243)", "17.6px", '"Noto Serif"', "54.4px", "0px", 36 * 16]


def test_book_changes_with_the_theme(tmp_path: Path) -> None:
    with zipfile.ZipFile(build(tmp_path, "epub", POST, "--theme", str(OWN))) as book:
        css = "".join(book.read(name).decode() for name in book.namelist() if name.endswith(".css"))
        cover = max((book.read(name) for name in book.namelist() if name.endswith(".png")), key=len)
    assert "line-height: 1.6;line-height: var(--fp-book-leading);" in css
    assert 'font-family: "Noto Serif",Georgia,serif;' in css
    assert "border-radius: 0px;" in css and "radius: 5px" not in css
    assert "#f3f3e8" in css and "#f7f7f5" not in css
    import pymupdf

    assert pymupdf.Pixmap(cover).pixel(800, 1200)[:3] == (0xF3, 0xF3, 0xE8)


def test_pipelines_get_the_theme(run: Any) -> None:
    for command, token in (("css", "#1f2a24"), ("typst", 'ink": rgb("#1f2a24")'), ("latex", "{fpink}{HTML}{1F2A24}")):
        said = run("fencepost", command, "--theme", OWN)
        assert token in said.stdout.decode(), said.stderr


def test_what_a_theme_leaves_out_is_ours(tmp_path: Path) -> None:
    theme = tmp_path / "theme.json"
    theme.write_text('{"colours": {"ink": ["#000000", "#ffffff"]}, "tints": {"hot": ["#ffd6d6", "#551111"]}}')
    found = load_theme(str(theme))
    assert found["colours"]["ink"] == ["#000000", "#ffffff"]
    assert found["colours"]["link"] == load_theme()["colours"]["link"]
    assert found["tints"]["hot"] and found["tints"]["default"]
    assert found["print"] == load_theme()["print"]


@pytest.mark.parametrize("side", [0, 1], ids=["light", "dark"])
@pytest.mark.parametrize("path", ["", str(OWN)], ids=["ours", "ledger"])
def test_text_is_legible(path: str, side: int) -> None:
    """WCAG AA for text, links, titles and all code on each ground that it may stand on."""
    theme = load_theme(path)
    colours = {name: pair[side] for name, pair in theme["colours"].items()}
    pairs = [(colours[name], colours["ground"]) for name in ("ink", "soft", "quiet", "link")]
    pairs += [(pair[side], colours["ground"]) for pair in theme["alerts"].values()]
    pairs += [(colours["soft"], colours["bar"]), (colours["quiet"], colours["code"])]
    grounds = [colours["code"], colours["mark"], *(pair[side] for pair in theme["tints"].values())]
    pairs += [(pair[side], ground) for pair in theme["code"].values() for ground in grounds]
    assert [pair for pair in pairs if contrast(*pair) < 4.5] == []


REFUSED = {
    "no JSON": ("{\n  'ink': 1\n}", 2, 2, "this is no JSON", ""),
    "no object": ("[]", 1, 0, "a theme is an object", ""),
    "a group that is none": ('{\n "colors": {}}', 2, 1, "a theme has no group `colors`", "did you mean colours?"),
    "no group": ('{"web": []}', 1, 1, "`web` must be an object", ""),
    "a token that is none": ('{"colours": {\n  "inc": ["#000000", "#ffffff"]}}', 2, 2, "`colours` has no token `inc`",
                             "did you mean ink?"),
    "one colour": ('{"alerts": {"note": "#0969da"}}', 1, 12, "`alerts.note` must be two colours", ""),
    "a colour by name": ('{"tints": {"v": ["red", "blue"]}}', 1, 11, "`tints.v` must be two colours", ""),
    "a length without unit": ('{"print": {"text": "11"}}', 1, 11, "`print.text` must be a length in pt, mm, cm", ""),
    "a number without quotes": ('{"web": {"leading": 1.5}}', 1, 9, "`web.leading` must be a number, or a length", ""),
    "a bare number": ('{"web": {"radius": "8"}}', 1, 9, "`web.radius` must be a length in rem, em, px or ch", ""),
    "type of no size": ('{"print": {"code": "0pt"}}', 1, 11, "`print.code` must be a length in pt, mm, cm or in, "
                        "in quotes, and more than nothing", ""),
    "print in em": ('{"print": {"text": "1em"}}', 1, 11, "`print.text` must be a length in pt, mm, cm or in", ""),
    "a proportion in points": ('{"print": {"caption": "9pt"}}', 1, 11, "`print.caption` must be a length in em", ""),
    "tracking in px": ('{"web": {"title-tracking": "-1px"}}', 1, 9, "`web.title-tracking` must be", ""),
    "a weight by name": ('{"weights": {"title": "bold"}}', 1, 13, "`weights.title` must be a whole number", ""),
    "a weight past all": ('{"weights": {"title": 1200}}', 1, 13, "`weights.title` must be a whole number", ""),
    "no face": ('{"faces": {"text": []}}', 1, 11, "`faces.text` must be a list of names", ""),
    "more than a face": ('{"faces": {"text": ["x;} body{display:none"]}}', 1, 11, "`faces.text` must be a list", ""),
    "a measure that runs on": ('{"web": {"radius": "1px}body{x:y"}}', 1, 9, "`web.radius` must be", ""),
}  # fmt: skip


@pytest.mark.parametrize("case", REFUSED)
def test_a_broken_theme_is_refused_at_its_place(case: str, tmp_path: Path) -> None:
    text, line, column, problem, help = REFUSED[case]
    theme = tmp_path / "theme.json"
    theme.write_text(text)
    with pytest.raises(FencepostError) as refused:
        load_theme(str(theme))
    said = refused.value.diagnostic
    assert (said.path, said.line, said.column, said.code) == (str(theme), line, column, "theme")
    assert said.message.startswith(problem)
    assert said.help.startswith(help)


@pytest.mark.parametrize("target", ["html", "pdf", "epub"])
@pytest.mark.parametrize("text", [None, "{", '{"web": {"measure": "wide"}}'])
def test_authors_see_no_traceback(text: str | None, target: str, tmp_path: Path, run: Any) -> None:
    (tmp_path / "post.md").write_text("---\ntitle: T\n---\n\nText.\n")
    if text is not None:
        (tmp_path / "own.json").write_text(text)
    said = run("fencepost", "convert", "post.md", "-o", f"post.{target}", "--theme", "own.json", cwd=tmp_path)
    assert said.returncode == 1
    words = said.stderr.decode()
    assert re.search(r"own\.json.*error.*theme|error\[theme\]|theme", words) and "Traceback" not in words
    assert not (tmp_path / f"post.{target}").exists()


def test_every_token_is_used() -> None:
    """A token that changes nothing would be a promise: each stands in a template."""
    templates = ROOT / "templates"
    css = "".join(sheet.read_text() for sheet in templates.glob("*.css"))
    typ = "".join((templates / name).read_text() for name in ("post.typ", "fencepost.typ", "book.typ"))
    theme = load_theme()
    unused = [f"{medium}.{name}" for medium in ("web", "book") for name in theme[medium]
              if f"var(--fp-{medium}-{name})" not in css]  # fmt: skip
    unused += [f"print.{name}" for name in theme["print"] if not re.search(rf"fp-print\.{name}(?![\w-])", typ)]
    unused += [f"weights.{name}" for name in theme["weights"] if f"var(--fp-weight-{name})" not in css]
    unused += [f"colours.{name}" for name in theme["colours"] if f"var(--fp-{name})" not in css]
    assert unused == []


def test_tokens_are_written_for_each_language() -> None:
    theme = load_theme(str(OWN))
    assert "--fp-web-measure:36rem;" in css_properties(theme)
    assert re.search(r"print: \(measure: 130mm, .*text: 10pt", typst_tokens(theme))
    assert "--fp-book-title:2.3em;" in epub_stylesheet(theme)
    assert set(GROUPS) < set(json.loads((ROOT / "templates" / "theme.json").read_text()))
