"""What Typst refuses is left out, said, and the rest printed: any number of formulas and images, in any post."""

from __future__ import annotations

from pathlib import Path

import pymupdf
import pypdf
import pytest

from fencepost.cli.main import main
from fencepost.filters.figures import help_for
from fencepost.fonts import TABS, load_fonts
from fencepost.formats.convert import convert
from fencepost.formats.typst_pdf.many_emoji import part
from fencepost.post.settle import look
from fencepost.settings.run import Settings

PNG = b"\x89PNG\r\n\x1a\n\x00\x00\x00\rIHDR\x00\x00\x00\x02\x00\x00\x00\x02\x08\x02\x00\x00\x00"
DAMAGED = {"a.png": PNG + b"damaged", "b.gif": b"GIF89a\x02\x00\x02\x00damaged", "c.svg": b"<svg xmlns='x'><path</svg>"}
LONG = "\n\n".join(
    f"Words of paragraph {number}, *some of them* with `code` and more to be long." for number in range(240)
)
REFUSED = (r"$\sqrt{}$", r"$\sqrt[3]{}$", r"$\overline{\sqrt{}}$")
ASKED = {
    # what is wrong      formulas     images         long
    "formula, long":    (REFUSED[:1], [],            True),
    "image, long":      ((),          ["a.png"],     True),
    "both":             (REFUSED[:1], ["a.png"],     False),
    "both, long":       (REFUSED[:1], ["a.png"],     True),
    "many, long":       (REFUSED,     [*DAMAGED],    True),
    "many":             (REFUSED,     [*DAMAGED],    False),
}  # fmt: skip


def made(text: str, folder: Path) -> tuple[str, list[tuple[str, int | None]]]:
    """Print a post: its text, and the codes and lines of what was said."""
    for name, data in DAMAGED.items():
        (folder / name).write_bytes(data)
    (folder / "post.md").write_text(text, encoding="utf-8")
    settings = Settings({"offline": True})
    post = look(str(folder / "post.md"), settings)
    convert(post, {"pdf": folder / "post.pdf"}, settings)
    said = sorted(
        {(found.code, found.line) for found in post.diagnostics if found.code in ("formula", "image-missing")}
    )
    return "\n".join(page.get_text() for page in pymupdf.open(folder / "post.pdf")), said


@pytest.mark.parametrize("wrong", ASKED)
def test_a_post_is_printed_without_what_typst_refuses(wrong: str, tmp_path: Path) -> None:
    formulas, images, is_long = ASKED[wrong]
    parts = ["# T", *[f"A formula: {formula}." for formula in formulas], *[f"![Picture]({name})" for name in images]]
    text, said = made("\n\n".join([*parts, *([LONG] if is_long else []), "The end."]), tmp_path)
    assert "The end." in text
    lines = [1 + 2 * at for at in range(1, len(parts))]
    assert said == sorted(
        [
            *(("formula", line) for line in lines[: len(formulas)]),
            *(("image-missing", line) for line in lines[len(formulas) :]),
        ]
    )
    for formula in formulas:
        assert formula.strip("$") in text


def test_a_book_is_printed_without_what_typst_refuses(tmp_path: Path) -> None:
    from fencepost.cli.main import main

    (tmp_path / "a.png").write_bytes(DAMAGED["a.png"])
    (tmp_path / "one.md").write_text(f"# One\n\nA formula: {REFUSED[0]}.\n\n{LONG}\n", encoding="utf-8")
    (tmp_path / "two.md").write_text("# Two\n\n![Picture](a.png)\n\nThe end.\n", encoding="utf-8")
    (tmp_path / "book.yaml").write_text("title: B\nchapters: [one.md, two.md]\n", encoding="utf-8")
    with pytest.raises(SystemExit) as end:
        main(["book", str(tmp_path / "book.yaml"), "--to", "pdf", "-o", str(tmp_path / "b.pdf")])
    assert end.value.code == 0
    text = "\n".join(page.get_text() for page in pymupdf.open(tmp_path / "b.pdf"))
    assert r"\sqrt{}" in text and "The end." in text


def test_a_post_of_hundreds_of_figures_is_printed(tmp_path: Path) -> None:
    """Some are damaged, some are missing."""
    names = ["a.png", "none.png", "good.gif"]
    (tmp_path / "good.gif").write_bytes(
        b"GIF89a\x01\x00\x01\x00\x80\x00\x00\x00\x00\x00\xff\xff\xff!\xf9\x04\x01\x00\x00\x00\x00,\x00\x00\x00\x00\x01"
        b"\x00\x01\x00\x00\x02\x02D\x01\x00;"
    )
    parts = [f"![Figure w{number}q]({names[number % 3]})" for number in range(240)]
    text, said = made("\n\n".join(["# T", *parts]), tmp_path)
    assert [number for number in range(240) if f"w{number}q" not in text] == []
    assert len(said) == 160


@pytest.mark.parametrize(
    "text",
    ["😀 word " * 800, "😀" * 1500, "**😀 word** " * 600, "👩‍👩‍👧🇩🇪1️⃣ " * 500, "- 😀 " + "👍🏽 a " * 700],
    ids=["words", "one word", "strong", "joined", "list"],
)
def test_hundreds_of_emoji_in_one_paragraph(text: str, tmp_path: Path) -> None:
    """Typst's own depth would end at some hundreds; flags and joined signs stay whole."""
    post = tmp_path / "post.md"
    post.write_text(f"# T\n\n{text}\n", encoding="utf-8")
    with pytest.raises(SystemExit, match="^0$"):
        main(["convert", "--offline", str(post), "-o", str(tmp_path / "post.pdf")])
    printed = "".join(page.extract_text() for page in pypdf.PdfReader(tmp_path / "post.pdf").pages)
    assert printed.count("word") == text.count("word")


def test_words_with_emoji_are_parted_between_signs_alone() -> None:
    text = "👩‍👩‍👧🇩🇪👍🏽😀" * 200
    inlines = [{"t": "Str", "c": text}]
    part([{"t": "Para", "c": inlines}])
    pieces = [node["c"] for node in inlines if node["t"] == "Str"]
    assert "".join(pieces) == text
    assert len(pieces) > 2
    assert all(piece[0] in "👩🇩👍😀" and piece[-1] != "\u200d" for piece in pieces)


@pytest.mark.parametrize(
    ("problem", "words"),
    [
        ("no file b.png", "paths start"),
        ("b.png is damaged", "save it again"),
        ("b.png claims 9 (`image-megapixels`)", "raise"),
    ],
)
def test_the_help_fits_what_is_wrong(problem: str, words: str) -> None:
    assert words in help_for(problem)
    assert ("paths start" in help_for(problem)) == problem.startswith("no file")


def test_posts_of_one_run_share_their_fonts(tmp_path: Path) -> None:
    """A copy for each post's folder would stay in memory until the run ends."""
    folders = [tmp_path / str(number) for number in range(20)]
    for folder in folders:
        folder.mkdir()
    assert len({id(load_fonts((folder,))) for folder in folders}) == 1
    (folders[0] / "face-1").mkdir()
    (folders[0] / "face-1" / "own.ttf").write_bytes(TABS.read_bytes())
    assert load_fonts((folders[0],)) is not load_fonts((folders[1],))
