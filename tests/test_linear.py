"""No pattern of ours blows up: strings of two and three pieces, repeated, cost no more than they are long.

The pieces are those that the patterns of the stages before pandoc, and of containers and MDX, look for. Each text is
tried short first: one that grows at most with its length costs nothing there; what grows faster shows when doubled.
"""

from __future__ import annotations

import json
import random
import re
import subprocess
import time
from collections.abc import Callable
from itertools import pairwise
from pathlib import Path

import pytest
from slow_patterns import BOUNDED, Used, is_slow, patterns, search
from slow_patterns import texts as slow_texts

from fencepost.images.svgprint import printable
from fencepost.markdown.blocks import CodeSpans, scan
from fencepost.markdown.containers.lines import find_containers
from fencepost.markdown.mdx.carrying import carry_components, carry_mdx
from fencepost.markdown.mdx.components import read_tag
from fencepost.markdown.mdx.elements import as_html, css
from fencepost.markdown.mdx.indents import without_indents
from fencepost.markdown.mdx.program import without_modules
from fencepost.markdown.protect import carry, has_attributes
from fencepost.markdown.suppress import ignored
from fencepost.markdown.unprotect import restore_words
from fencepost.pandoc import tree

PIECES = [
    " ", "\t", "\n", "> ", "- ", "1. ", "    ", "```", "~~~", "`", "{", "}", "[", "]", "(", ")", "<", ">", "/>", "<A",
    "</A>", "<A>", "<a ", "</", "a", "=", '"', "'", "\\", "{/*", "*/", "*/}", "*", "/", ":::", ":::note\n", ":::\n",
    "///", "!!! a\n", "??? ", '=== "', ".a", "#b", "a=b", "-", "[^", "[^a]", "[^a]: ", "^", "$$", "$$\n", "|", "<!--",
    "-->", "import ", "export const a = ", "${", "style={{", "b={", ",", "1", ";", "<div>\n", "</div>\n",
    "<script setup>\n", "fencepost-ignore ", "a, ", "mdx-code-block\n", "--a", "[a]: ", "> [!note]\n", "@", "{.",
    "{...",
]  # fmt: skip
KINDS = (None, None, None)


def containers(text: str) -> None:
    find_containers(text.split("\n"), KINDS)


STAGES: dict[str, Callable[[str], object]] = {
    "scan": lambda text: scan(text.split("\n")),
    "scan of MDX": lambda text: scan(text.split("\n"), mdx=True),
    "inline code": CodeSpans,
    "containers": containers,
    "ignored": lambda text: ignored("fencepost-ignore a\n" + text),
    "tags of MDX": lambda text: carry_mdx(text, 1, {}),
    "tags of Vue": lambda text: carry_components(text, 1, {}),
    "one tag": read_tag,
    "HTML of JSX": lambda text: as_html("className " + text),
    "styles": css,
    "indents": without_indents,
    "program": lambda text: without_modules(text.split("\n")),
    "attributes": has_attributes,
    "source, gfm": lambda text: carry(text, "gfm+smart"),
    "source, markdown": lambda text: carry(text, "markdown"),
    "a fence": lambda text: carry("```js {" + text, "commonmark_x"),
}
DRAWN = [
    "<switch>", "</switch>", "<foreignObject>", "<foreignObject ", "<foreignObject/>", "</foreignObject>", "<text>",
    "<text ", "</text>", "a", " ", "...", "<br", "<p>", "</p>", ">", "<", "Text is not SVG", "font-family:",
    "sans-serif", ",", '"', "width: 1", "px", "font-size:", "</a>",
]  # fmt: skip
LENGTHS = (1_500, 3_000, 6_000, 12_000)
ENOUGH = 0.12  # seconds: what is done in less is not judged, for a machine may be busy


def texts(seed: int) -> list[str]:
    """Write what is repeated, and what stands before and behind it."""
    chosen = random.Random(seed)
    return ["".join(chosen.choices(PIECES, k=chosen.choice([1, 2, 2, 3]))) for _ in range(30)]


def seconds(stage: Callable[[str], object], text: str) -> float:
    begun = time.process_time()
    stage(text)
    return time.process_time() - begun


def grows(stage: Callable[[str], object], piece: str, before: str, behind: str) -> bool:
    """Say whether a text costs more than three times as much when doubled, and again."""
    costs: list[float] = []
    for length in LENGTHS:
        text = before + piece * (length // len(piece)) + behind
        costs.append(seconds(stage, text))
        if costs[-1] > 2:
            return True
        if length > LENGTHS[0] and costs[-1] < 0.001:  # four times as long, it costs too little to be judged
            return False
    slow = costs[-1] > ENOUGH
    return slow and all(later > 2.8 * max(earlier, 0.001) for earlier, later in pairwise(costs[1:]))


@pytest.mark.parametrize("stage", STAGES.values(), ids=STAGES)
@pytest.mark.parametrize("seed", range(2))
def test_no_text_blows_a_stage_up(stage: Callable[[str], object], seed: int) -> None:
    chosen = random.Random(seed)
    found = []
    for piece in texts(seed):
        before, behind = chosen.choice(["", *PIECES]), chosen.choice(["", *PIECES])
        if grows(stage, piece, before, behind) and grows(stage, piece, before, behind):
            found.append((before, piece, behind))
    assert found == []


KNOWN = [
    # what blew up before: (stage, before, repeated, behind)
    ("source, gfm", "- ", " ", "x"),
    ("source, gfm", "1. ", " \t", "```"),
    ("source, markdown", "```{", ".a", " b\nx\n```"),
    ("source, markdown", "```js a", " ", "b"),
    ("containers", "::: a", " ", "b"),
    ("containers", "/// a |", " ", "b"),
    ("containers", "", "::: a\n", ":::\n"),
    ("tags of MDX", "", "{/*", ""),
    ("tags of MDX", "", "<A>\n", ""),
    ("tags of MDX", "", "<A>", ""),
    ("tags of Vue", "", "<A>\n", ""),
    ("tags of MDX", "", "export const a = {\n\n", ""),
    ("styles", "a", " ", "b"),
    ("ignored", "", "fencepost-ignore a\n", ""),
]  # fmt: skip


@pytest.mark.parametrize(("stage", "before", "piece", "behind"), KNOWN)
def test_what_blew_up_is_linear(stage: str, before: str, piece: str, behind: str) -> None:
    assert not (grows(STAGES[stage], piece, before, behind) and grows(STAGES[stage], piece, before, behind))


def test_unclosed_containers_cost_no_search() -> None:
    text = "::::: a\n" * 20_000 + ":::\n" * 20_000
    assert seconds(containers, text) < 5


def test_words_of_many_undefined_notes_are_read_in_their_order() -> None:
    carried = carry("".join(f"[^{number}] " for number in range(3)) + "\n\n[^a]: b\n").text
    words = [{"t": "Str", "c": word} for word in carried.split("\n\n")[1].split()]
    document = {"pandoc-api-version": [1, 23], "meta": {}, "blocks": [{"t": "Para", "c": words}]}
    assert [name for _, name in restore_words(document).undefined] == ["0", "1", "2"]


@pytest.mark.parametrize("seed", range(4))
def test_labels_of_drawings_are_read_in_time(seed: int, tmp_path: Path) -> None:
    chosen = random.Random(seed)
    for _ in range(40):
        piece = "".join(chosen.choices(DRAWN, k=chosen.choice([1, 2, 3])))
        times = [seconds(lambda text: printable(text.encode(), tmp_path), "<svg><foreignObject " + piece * n)
                 for n in (1000, 4000)]  # fmt: skip
        assert times[1] < max(ENOUGH, 8 * times[0]), piece


def test_a_paragraph_is_cut_into_short_pieces() -> None:
    """And the words are the same: joined again, the author's."""
    words = [{"t": "Str", "c": f"w{at}"} for at in range(1000)]
    para = [node for word in words for node in (word, {"t": "Space"})][:-1]
    wanted = tree.text_of(para)
    blocks = [{"t": "Para", "c": para}]
    tree.join_words(blocks)
    lengths = [len(node["c"].split()) for node in blocks[0]["c"] if node["t"] == "Str"]
    assert max(lengths) <= 61
    assert len(lengths) <= 18
    assert tree.text_of(blocks) == wanted


@pytest.mark.parametrize("target", ["typst", "html", "latex"])
def test_pieces_print_as_one_would(target: str, pandoc: str) -> None:
    """Where a piece begins with a sign that Typst reads at the beginning of a line, too."""
    words = (["a"] * 59 + ["-", "=", "1.", "/", "+", "b"]) * 5
    text = json.dumps(
        {
            "pandoc-api-version": [1, 23, 1],
            "meta": {},
            "blocks": [{"t": "Para", "c": [{"t": "Str", "c": " ".join(words)}]}],
        }
    )
    document = json.loads(text)
    tree.part_words(document["blocks"])
    tree.join_words(document["blocks"])
    assert len(document["blocks"][0]["c"]) > 5
    made = [
        subprocess.run(
            [pandoc, "--from", "json", "--to", target, "--wrap=none"], input=given, capture_output=True, check=True
        ).stdout
        for given in (text.encode(), json.dumps(document).encode())
    ]
    assert made[0] == made[1]


def test_no_pattern_of_the_package_blows_up() -> None:
    assert search(seed=0, number=40) == {}


def test_every_pattern_that_is_left_out_is_there() -> None:
    names = [used.name for used in patterns()]
    assert len(names) > 400
    assert [name for name in BOUNDED if not any(used.startswith(name) for used in names)] == []


SLOW = [r"(a+)+b", r"[ \t]+$", r"(\w+)=", r"a.*?b.*?c"]


@pytest.mark.parametrize("pattern", SLOW)
def test_the_search_finds_what_is_slow(pattern: str) -> None:
    used = Used("test", re.compile(pattern), False)
    chosen = random.Random(0)
    assert any(is_slow(used, *text) for text in slow_texts(used, chosen, 100))
