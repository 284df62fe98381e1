"""What is code and what is text, for every pass that runs over the text before pandoc."""

from __future__ import annotations

import random

import pytest

from fencepost.markdown.blocks import TEXT, VERBATIM, code_spans, scan

READS = [
    # text, the kinds of its lines by their first letters (t text, o opens, c code, e ends, i indented, m math, r raw)
    ("```\na\n```\nb", "ocet"),
    ("````\n```\n````\nb", "ocet"),
    ("~~~\n```\n~~~\nb", "ocet"),
    ("```\n``` js\n```", "oce"),
    ("``` a`b\nc", "tt"),
    ("   ```\n   a\n  ```\nb", "ocet"),
    ("    ```\na", "it"),
    ("a\n    ```\nb", "ttt"),
    ("> ```\n> a\n> ```\nb", "ocet"),
    ("> ```\n> a\nb", "oct"),
    ("- ```\n  a\n  ```\nb", "ocet"),
    ("- a\n\n  ```js\n  b\n\n:::note", "ttocct"),
    ("- > ```\n  > a\n  > ```\nb", "ocet"),
    ("1. > ~~~md\n   > :::note\n   > ~~~\nb", "ocet"),
    ("1. - ```\n     a\n     ```\n   - b", "ocet"),
    ("- ```\n  a\n- b", "oct"),
    ("> - ```\n>   a\n> - b", "oct"),
    ("- a\n\n      b", "tti"),
    ("-\ta\n\n\t```\n\tb\n\t```\nc", "ttocet"),
    ("[^1]: a\n\n    ```\n    b\n    ```\nc", "ttocet"),
    ("!!! note\n\n    ```\n    b\n    ```\nc", "ttocet"),
    ("<!--\n```\n-->\nb", "rrrt"),
    ("<pre>\n```\n</pre>\nb", "rrrt"),
    ("$$\n- a\n\n```\n$$\nb", "mmmmmt"),
    ("$$\n- a\n\nb", "tttt"),
    ("- $$\n  > a\n  $$\n- b", "mmmt"),
    ("> $$\n> # a\n\nb", "tttt"),
    ("$$\na\n```\nb\n```\n", "ttocet"),
    ("* * *\n```\na", "toc"),
    ("a\n2. b\n\n```\nc\n```", "tttoce"),
]  # fmt: skip


@pytest.mark.parametrize(("text", "kinds"), READS)
def test_lines_are_text_or_code(text: str, kinds: str) -> None:
    assert "".join(line.kind[0] for line in scan(text.split("\n"))) == kinds


def test_fences_in_indented_tags_are_fences_in_mdx() -> None:
    text = "<A>\n        ```\n        a\n        ```\n</A>"
    assert "".join(line.kind[0] for line in scan(text.split("\n"), mdx=True)) == "tocet"


@pytest.mark.parametrize(
    ("text", "spans"),
    [
        ("a `b` c", ["`b`"]),
        ("``a ` b`` c`", ["``a ` b``"]),
        ("`a\nb`", ["`a\nb`"]),
        ("`a\n\nb`", []),
        ("\\`a `b`", ["`b`"]),
        ("`a\\` b`", ["`a\\`"]),
        ("```a`` b```", ["```a`` b```"]),
    ],
)
def test_inline_code(text: str, spans: list[str]) -> None:
    assert [text[start:end] for start, end in code_spans(text)] == spans


def _lines(seed: int) -> list[str]:
    """Write lines at random of what opens and closes blocks."""
    chosen = random.Random(seed)
    pieces = [
        "> ",
        "- ",
        "1. ",
        "  ",
        "    ",
        "\t",
        "```",
        "~~~",
        "````",
        "$$",
        "<!--",
        "-->",
        "a",
        "[^1]: ",
        "# ",
        "",
        "",
    ]
    return ["".join(chosen.choices(pieces, k=chosen.randrange(5))) for _ in range(40)]


@pytest.mark.parametrize("seed", range(200))
def test_any_lines_can_be_read(seed: int) -> None:
    lines = _lines(seed)
    found = scan(lines)
    assert len(found) == len(lines)
    assert {line.kind for line in found} <= VERBATIM | {TEXT}
    assert all(0 <= line.start <= len(text) for line, text in zip(found, lines, strict=True))
