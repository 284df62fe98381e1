"""The manual's table of engines: every cell says what is found in a PDF of that engine."""

from __future__ import annotations

import re
from pathlib import Path
from typing import Any

import pytest
from conftest import ROOT
from engine_cells import LATIN, POST, ROWS, SQUARES, Set
from test_engines import need_engine

MANUAL = (ROOT / "docs" / "engines.md").read_text(encoding="utf-8")
ENGINES = ("typst", "weasyprint", "chromium", *LATIN)
# what the last row of the table names, each as an author would ask for it
ASKED = {
    "pdf-standard": "a-2b", "attach-source": "true", "links": "footnotes", "grayscale": "true", "cover-page": "true",
    "sides": "two", "binding": "12mm", "font-text": "Noto Sans", "font-sans": "Noto Sans", "font-mono": "Noto Sans",
    "emoji": "system",
}  # fmt: skip


def table() -> list[list[str]]:
    """Read the rows of the table: what, then a cell an engine."""
    start = MANUAL.index("| | typst | weasyprint | chromium | xelatex, lualatex |")
    lines = MANUAL[start:].split("\n\n")[0].split("\n")
    return [[cell.strip() for cell in line.strip("|").split("|")] for line in lines[2:]]


CELLS = [(row[0], engine, row[1:][min(index, 3)]) for row in table() for index, engine in enumerate(ENGINES)]


def _squares(folder: Path) -> None:
    from PIL import Image

    for kind, colour in SQUARES.items():
        if kind == "svg":
            drawing = '<path fill="#0ff" d="M0 0h90v60H0z"/>'
            head = '<svg xmlns="http://www.w3.org/2000/svg" width="90" height="60">'
            (folder / "square.svg").write_text(f"{head}{drawing}</svg>")
        else:
            options = {"lossless": True} if kind == "webp" else {}
            Image.new("RGB", (90, 60), colour).save(folder / f"square.{kind}", **options)


@pytest.fixture(scope="module")
def sets(run: Any, tmp_path_factory: pytest.TempPathFactory) -> Any:
    """Set the post by an engine when it is first asked for."""
    done: dict[str, Set] = {}

    def of(engine: str) -> Set:
        need_engine(engine)
        if engine not in done:
            done[engine] = _set(engine, run, tmp_path_factory.mktemp(engine))
        return done[engine]

    return of


def _set(engine: str, run: Any, folder: Path) -> Set:
    _squares(folder)
    (folder / "post.md").write_text(POST, encoding="utf-8")
    (folder / "red.json").write_text('{"print": {"h2": "24pt"}, "code": {"k": ["#ff0000", "#ff0000"]}}')
    common = ("fencepost", "convert", folder / "post.md", "--pdf-engine", engine, "--paper", "a5", "--toc")
    said = run(*common, "-o", folder / "plain.pdf")
    assert said.returncode == 0, said.stderr.decode()
    assert run(*common, "-o", folder / "themed.pdf", "--theme", folder / "red.json").returncode == 0
    made = Set(engine, folder / "plain.pdf", folder / "themed.pdf", said.stderr.decode())
    made.options_said = _options_said(engine, run, folder)
    return made


def _options_said(engine: str, run: Any, folder: Path) -> dict[str, bool]:
    """Ask for every option of print at once: which does something, by what is said of it?"""
    asked = "".join(f"{name}: {value}\n" for name, value in ASKED.items())
    (folder / "asked.md").write_text(f"---\ntitle: T\npdf-engine: {engine}\n{asked}---\n\nText.\n", encoding="utf-8")
    said = run("fencepost", "convert", folder / "asked.md", "-o", folder / "asked.pdf").stderr.decode()
    house = run("fencepost", "convert", folder / "asked.md", "-o", folder / "asked.pdf", "--for", "kdp")
    found = {name: f"`{name}` does nothing with {engine}" not in said for name in ASKED}
    return found | {"for": f"{engine} does not print for a house" not in house.stderr.decode()}


def test_the_table_has_a_question_for_each_row() -> None:
    assert [row[0] for row in table() if not _question(row[0])] == [] and len(table()) == len(ROWS)
    named = re.findall(r"`([a-z-]+…?)`", table()[-1][0])
    assert {name.rstrip("…") for name in named} <= {*ASKED, "font-", "for"} and len(named) == len(ASKED) - 3 + 2


def _question(row: str) -> Any:
    return next((ask for start, ask in ROWS.items() if row.startswith(start)), None)


@pytest.mark.parametrize(("row", "engine", "cell"), CELLS, ids=[f"{row[:28]}-{engine}" for row, engine, _ in CELLS])
def test_a_cell_is_what_the_pdf_says(row: str, engine: str, cell: str, sets: Any) -> None:
    assert _question(row)(sets(engine)) == cell
