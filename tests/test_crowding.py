"""What one paragraph may hold that a reader has to pair; how a text is taken apart to count it."""

from __future__ import annotations

import time
from pathlib import Path

import pytest
from conftest import Command

from fencepost.diagnostics.model import FencepostError
from fencepost.options import Options, merge
from fencepost.untrusted.bounds import check_bounds
from fencepost.untrusted.crowding import blocks, find_crowd

MANY = 2_100
CROWDS = [
    # text                                        line  what is too many
    ("*a_ " * MANY,                               1,    "runs of"),
    ("a**b" + "c* " * MANY,                       1,    "runs of"),
    ("_a" * MANY,                                 1,    "runs of"),
    ("#~" * MANY,                                 1,    "runs of"),
    ("words\n\n" + "*a\n" * MANY,                 3,    "runs of"),
    ("> " + "*a " * MANY,                         1,    "runs of"),
    ("- x\n- " + "*a " * MANY,                    2,    "runs of"),
    ("a\n    - *b\n" + "    - *b\n" * MANY,       1,    "runs of"),  # no list: code's indent behind a paragraph
    ("|*a_ *a_\n" * MANY,                         1,    "runs of"),  # no table without its second row
    ("a\n|-|-|\n" + "|*a|\n" * MANY,              1,    "runs of"),  # nor with one of another width
    ("``` a`b\n" + "*a " * MANY,                  1,    "runs of"),  # no fence: its info holds a backtick
    ("> ```\n" + "*a " * MANY,                    2,    "runs of"),  # the quote ends, and the fence with it
    ("- ```\n" + "*a " * MANY,                    2,    "runs of"),
    ("![[]()" * MANY,                             1,    "`[`"),
    ("[a](<b" * MANY,                             1,    "`[`"),
    ("[a]: x y [b]\n" * MANY,                     1,    "`[`"),  # no definition: words follow its address
    ("'<" * 2 * MANY,                             1,    "straight quotes"),
    ("</" + "<!--" * 600,                         1,    "`<!--`"),
    ("a\n\n&" + "<!--" * 600,                     3,    "`<!--`"),
]  # fmt: skip
ALLOWED = [
    "*a_ " * 900,
    "*a_ *b_\n\n" * MANY,
    "- *a* and *b*\n" * MANY,
    "# *a*\n" * MANY,
    "***\n" * MANY,
    "|a|b|\n|-|-|\n" + "|*a*|[b](c)|\n" * MANY,
    "a | b\n--- | ---\n" + "*a* | [b](c)\n" * MANY,
    "```\n" + "*a_[ " * MANY + "\n```\n",
    "~~~\n" + "*a_[\n" * MANY,
    "> - ```\n" + ">   *a_[\n" * MANY,
    '=== "Tab"\n\n    ```\n' + "    *a_[\n\n" * MANY + "    ```\n",
    "".join(f"[a{number}]: https://example.org/{number}\n" for number in range(MANY)),
    '<svg viewBox="0 0 1 1">' + '<path class="a_b" d="M 1 1"/>' * MANY + "</svg>",
    "<!-- a -->\n" * MANY,
    "<!-- " * 400,
    "it's " * MANY,
]


@pytest.mark.parametrize(("text", "line", "name"), CROWDS)
def test_a_paragraph_with_too_many_signs_is_found_at_its_line(text: str, line: int, name: str) -> None:
    found = find_crowd(text, 2000)
    assert found is not None
    assert (found.line, name in found.name) == (line, True)
    assert found.number > found.most


@pytest.mark.parametrize("text", ALLOWED)
def test_what_people_write_is_no_crowd(text: str) -> None:
    assert find_crowd(text, 2000) is None


def test_blocks_are_paragraphs_items_and_rows() -> None:
    text = "a\nb\n\n# c\nd\n- e\n  f\n  1. g\n> h\n> i\n\n|a|\n|-|\n|j|\n|k|\n\n```\nl\n```\nm\n"
    assert [block for _, block in blocks(text)] == [
        "a\nb", "# c", "d", "- e\n  f", "  1. g", "> h\n> i", "|a|", "|-|", "|j|", "|k|", "m",
    ]  # fmt: skip


def test_a_site_may_raise_the_limit() -> None:
    text = "*a_ " * 1_500
    with pytest.raises(FencepostError) as caught:
        check_bounds(text, "post.md", Options())
    found = caught.value.diagnostic
    assert (found.code, found.line) == ("limit-signs", 1)
    assert "3000 runs" in found.message and "2000 are allowed" in found.message
    check_bounds(text, "post.md", merge({"max_signs": 3_000}))


@pytest.mark.parametrize(
    "unit", ["- " * 40 + "\n", "> ", "[a\n", "<a b='", "<a ", "|-", "1. x\n    ", "~~~\n", '[a]: "']
)
def test_looking_takes_time_in_proportion(unit: str) -> None:
    def cost(size: int) -> float:
        text = (unit * (size // len(unit)) + "*_[~'\"" * 500).replace("\n\n", "\n")
        begun = time.process_time()
        find_crowd(text, 10)
        return time.process_time() - begun

    small, large = min(cost(50_000) for _ in range(3)), min(cost(400_000) for _ in range(3))
    assert large < 30 * small + 0.05  # eight times the text; the square would be 64


@pytest.mark.parametrize("kind", ["html", "pdf", "epub"])
@pytest.mark.parametrize("unit", [("*a **b ", "** c*"), ("[a ![b ", "](c) d](e)"), ("<b>*a <i>_b ", "_</i> c*</b>")])
def test_what_stands_too_deep_is_refused_with_its_line(
    tmp_path: Path, run: Command, kind: str, unit: tuple[str, str]
) -> None:
    begin, end = unit
    (tmp_path / "a.md").write_text(f"# T\n\nwords\n\n{begin * 350}x{end * 350}\n", encoding="utf-8")
    done = run("fencepost", "convert", "a.md", "-o", f"a.{kind}", cwd=tmp_path)
    assert b"Traceback" not in done.stderr
    assert (done.returncode == 0) == (tmp_path / f"a.{kind}").exists()
    if done.returncode:
        assert b"a.md:5: error[limit-depth]" in done.stderr


@pytest.mark.parametrize(("unit", "line"), [("# a\n\n", 20_001), ("a\n-\n\n", None)])
def test_more_headings_than_writers_go_through_are_refused(
    tmp_path: Path, run: Command, unit: str, line: int | None
) -> None:
    (tmp_path / "a.md").write_text(unit * 10_002, encoding="utf-8")
    done = run("fencepost", "convert", "a.md", "-o", "a.html", cwd=tmp_path)
    assert done.returncode == 1
    place = f"a.md:{line}" if line else "a.md"
    assert f"{place}: error[limit-headings]: the post has 10002 headings".encode() in done.stderr


def test_a_post_that_makes_pandoc_crawl_is_ended_by_its_own_time(tmp_path: Path, run: Command) -> None:
    (tmp_path / "a.md").write_text("*a_ " * 8_000, encoding="utf-8")
    words = ("fencepost", "convert", "a.md", "-o", "a.html", "--max-signs", "99999")
    done = run(*words, "--pandoc-timeout", "1", cwd=tmp_path)
    assert b"error[pandoc-time]: pandoc needs more than 1 seconds for this post" in done.stderr
    assert b"raise `pandoc-timeout`" in done.stderr


PRINTED = [
    # text                                                     line  what is said
    ("# T\n\n```python\n" + "x" * 60_000 + "\n```\n",          4,    "a line of code has 60000 characters"),
    ("# T\n\nwords\n\n" + "a" * 60_000 + "\n",                 5,    "a word has 60000 characters"),
    ("# T\n\n" + "".join("e" + "`" * i for i in range(1, 360)) + "\n", 3, "a word has 64979 characters"),
]  # fmt: skip


@pytest.mark.parametrize(("text", "line", "said"), PRINTED)
def test_a_word_that_is_too_long_for_print_is_named(
    tmp_path: Path, run: Command, text: str, line: int, said: str
) -> None:
    (tmp_path / "a.md").write_text(text, encoding="utf-8")
    done = run("fencepost", "convert", "a.md", "-o", "a.pdf", cwd=tmp_path)
    assert done.returncode == 1 and not (tmp_path / "a.pdf").exists()
    assert f"a.md:{line}: error[limit-word]: {said}: print takes 50000".encode() in done.stderr
    assert run("fencepost", "convert", "a.md", "-o", "a.html", cwd=tmp_path).returncode == 0


def test_words_of_usual_length_on_a_long_line_are_printed(tmp_path: Path, run: Command) -> None:
    (tmp_path / "a.md").write_text("# T\n\n" + "word " * 12_000 + "\n", encoding="utf-8")
    assert run("fencepost", "convert", "a.md", "-o", "a.pdf", cwd=tmp_path).returncode == 0


@pytest.mark.parametrize(
    ("text", "found"),
    [
        ("a\n\n|" + "a|" * 400 + "\n|" + "-|" * 400 + "\n" + "|b|\n" * 400, ("limit-cells", 3)),
        ("|" + "a|" * 60 + "\n|" + "-|" * 60 + "\n" + "|b|\n" * 400, None),
        ("> [!NOTE]\n> x\n\n" * 5_001, ("limit-alerts", 15_001)),
        ("> [!NOTE]\n> x\n\n" * 5_000, None),
    ],
)
def test_empty_cells_and_alerts_are_counted(text: str, found: tuple[str, int] | None) -> None:
    try:
        check_bounds(text, "post.md", Options())
        said = None
    except FencepostError as error:
        said = (error.diagnostic.code, error.diagnostic.line)
    assert said == found
