"""What a post costs grows no faster than the post: seconds of a processor, ours and pandoc's, when it is doubled.

Each text has many of one thing that has to be found, cited, reported or paired. Sizes are small, the bound has a
margin, and what costs next to nothing is not judged.
"""

from __future__ import annotations

import resource
import time
from collections.abc import Callable
from pathlib import Path

import pytest

from fencepost.cli.main import main
from fencepost.filters.context import Context
from fencepost.markdown.locate import Places
from fencepost.markdown.sought import Sought

PNG = (
    "data:image/png;base64,iVBORw0KGgoAAAANSUhEUgAAAAEAAAABCAYAAAAfFcSJAAAADUlEQVR4nGNgAAIAAAUAAXpeqz8AAAAASUVORK5CYII="
)
PART = 20  # things of a paragraph: more signs in one than `max-signs` are refused


def parts(one: Callable[[int], str], count: int) -> str:
    """Write so many things, some a paragraph."""
    return "".join(one(number) + "\n\n" * (number % PART == PART - 1) for number in range(count))


def notes_citing_all(count: int) -> str:
    """Write about so many references, in notes that cite all notes."""
    side = int(count**0.5)
    cited = "".join(f"[^{number}]" for number in range(side))
    return "".join(f"[^{number}]: {cited}\n\n" for number in range(side)) + "[^0]\n"


def figure(number: int) -> str:
    return f"![c {number}]({PNG})\n\n"


def fence(number: int) -> str:
    return f"```q{number}x\na\n```\n\n"


CASES: dict[str, tuple[str, str, int, Callable[[int], str]]] = {
    # name                       file        form     how many  text of as many
    "undefined notes":          ("a.md",     "check",  1000, lambda n: parts(lambda i: f"a[^x{i}] ", n)),
    "notes citing all":         ("a.md",     "html",   2000, notes_citing_all),
    "distinct raw tags":        ("a.md",     "docx",   1000, lambda n: parts(lambda i: f"<t{i}>x</t{i}> ", n)),
    "raw tags, untrusted":      ("a.md",     "safe",   400, lambda n: parts(lambda i: f"<t{i}>x</t{i}> ", n)),
    "missing images":           ("a.md",     "check",  500,  lambda n: parts(lambda i: f"![a](n{i}.png) ", n)),
    "links to missing posts":   ("a.md",     "check",  800,  lambda n: parts(lambda i: f"[a](n{i}.md) ", n)),
    "missing anchors":          ("a.md",     "check",  800,  lambda n: parts(lambda i: f"[a](#n{i}) ", n)),
    "distinct characters":      ("a.md",     "html",   4000, lambda n: " ".join(chr(0x4E00 + i) for i in range(n))),
    "figures":                  ("a.md",     "html",   150,  lambda n: "".join(map(figure, range(n)))),
    "link definitions":         ("a.md",     "check",  1000, lambda n: parts(lambda i: f"[a{i}] ", n) + "\n\n"
                                                             + "".join(f"[a{i}]: u{i}\n" for i in range(n))),
    "unknown languages":        ("a.md",     "check",  60,   lambda n: "".join(map(fence, range(n)))),
    "spaces behind a marker":   ("a.md",     "html",   8000, lambda n: "1. " + " " * n + "x\n"),
    "unclosed tags of MDX":     ("a.mdx",    "html",   2000, lambda n: "<A>\n" * n),
    "comments of MDX":          ("a.mdx",    "html",   2000, lambda n: "{/*" * n),
    "components on a line":     ("a.mdx",    "check",  500,  lambda n: "".join(f"<A{i}>x</A{i}> " for i in range(n))),
    "headings":                 ("a.md",     "html",   1000, lambda n: "".join(f"## a\n\nx{i}\n\n" for i in range(n))),
}  # fmt: skip
WORDS = {"check": ["check"], "safe": ["check", "--untrusted", "--max-seconds", "60"]}
ENOUGH = 0.8  # seconds: what four times as much costs no more than is not judged
MOST = 3.0  # times the cost for twice the text: the square would be four


def seconds() -> float:
    """Say what this process and its children have had of a processor."""
    children = resource.getrusage(resource.RUSAGE_CHILDREN)
    return time.process_time() + children.ru_utime + children.ru_stime


def cost(folder: Path, case: str, size: int) -> float:
    name, form, _, text = CASES[case]
    post = folder / name
    post.write_text(f"---\ntitle: T\n---\n\n{text(size)}\n", encoding="utf-8")
    words = WORDS.get(form) or ["convert", "--offline", "--quiet", "-o", str(folder / f"o.{form}")]
    begun = seconds()
    with pytest.raises(SystemExit):
        main([*words, str(post)])
    return seconds() - begun


def grows(folder: Path, case: str) -> tuple[float, float] | None:
    """Give what twice and four times as much cost where that grows faster than the text, else nothing."""
    least = CASES[case][2]
    base = cost(folder, case, 1)
    twice, four = cost(folder, case, 2 * least) - base, cost(folder, case, 4 * least) - base
    return (twice, four) if four > ENOUGH and four > MOST * twice else None


@pytest.mark.parametrize("case", CASES)
def test_twice_the_text_costs_no_more_than_twice(tmp_path: Path, case: str) -> None:
    found = grows(tmp_path, case)
    if found:  # a busy machine may disturb one measurement, not two in a row
        found = grows(tmp_path, case)
    assert found is None


def test_words_are_found_at_their_bounds_first() -> None:
    text = "xab ab\nab [^1] [^12]\n[^1]"
    sought = Sought(text)
    assert [sought.first(word) for word in ("ab", "xa", "b [", "[^12]", "none", "", "\n", "b")] == [
        4, 0, 8, 15, None, None, 6, 2,
    ]  # fmt: skip
    assert list(sought.all("[^1]", 7, len(text))) == [10, 21]
    assert list(sought.all("[^1]", 7, 13)) == []
    assert sought.place(10) == (2, 3)


def test_thousands_of_names_are_found_in_a_long_text() -> None:
    def cost_of(count: int) -> float:
        text = " ".join(f"<t{number}>" for number in range(count))
        context = Context(source=text)
        places = Places(text)
        begun = time.process_time()
        for number in range(count):
            assert context.place_of(f"<t{number}>") == (1, places.on_line(1, f"<t{number}>"))
            context.place_of(f"none{number}")
        return time.process_time() - begun

    small, large = min(cost_of(5_000) for _ in range(2)), min(cost_of(40_000) for _ in range(2))
    assert large < 24 * small + 0.1  # eight times the text; the square would be 64
