"""Posts written at random through all commands: faults are found at the very character, `--fix` is done in one go, what
`source` writes can be taken back, and whatever bytes a file holds, no command ends in a traceback.
"""

from __future__ import annotations

import os
import re
import tempfile
from pathlib import Path
from typing import Any

import pytest
from dialect_posts import HTML, Written, posts
from hypothesis import HealthCheck, given, settings
from hypothesis import strategies as st
from test_source import comparable, is_exception
from trees import pandoc_json, restored

from fencepost.checks.fixing import edited
from fencepost.checks.inspection import inspect_json
from fencepost.checks.run import check
from fencepost.diagnostics.model import FencepostError
from fencepost.formats.convert import convert
from fencepost.markdown.protect import carry, normalise
from fencepost.post.settle import look
from fencepost.settings.run import Settings

LONG = int(os.environ.get("FENCEPOST_FUZZ", "0"))
often = settings(max_examples=LONG or 25, deadline=None, suppress_health_check=list(HealthCheck))
FORMATS = ["html", "pdf", "epub"]
# what faults of encoding, alerts and anchors look like, and what no text should hold
DAMAGE = [
    "â€”", "Ã©", "ðŸš", "\ufffd", "[!NOTES]", "> [!tipp]\n> x\n", "[a](#My-Head)\n\n# My head\n", "\0", "\x1b",
    "\r\n", "\r", "```", ":::", "<!--", "-->", "---\n", "$$", "[^", "]:", "|", "    ", "\t", "<div ", "'", '"',
    "\\", "{", "}", "<!-- fencepost-ignore-file link -->", "+++\n", ";;;", "\ue0f0", "\uf5e0", "\U0010ffff", "***",
    "&#0;", "#" * 7, "\ufeff", "\u2028",
]  # fmt: skip


@st.composite
def damaged(draw: Any) -> str:
    """Write a post, then cut, repeat and insert at random."""
    text = draw(posts()).text
    for _ in range(draw(st.integers(1, 6))):
        start = draw(st.integers(0, len(text)))
        end = min(len(text), start + draw(st.integers(0, 30)))
        text = text[:start] + draw(st.sampled_from([*DAMAGE, "", text[start:end] * 2])) + text[end:]
    return text


def post_in(folder: str, text: str | bytes) -> Path:
    file = Path(folder) / "post.md"
    file.write_bytes(text if isinstance(text, bytes) else text.encode("utf-8", "surrogatepass"))
    return file


@often
@given(posts(HTML, faulty=True))
def test_each_fault_is_found_where_it_stands(post: Written) -> None:
    with tempfile.TemporaryDirectory() as folder:
        checked = check(str(post_in(folder, post.text)), FORMATS, Settings({"offline": True}))
    lines = post.text.split("\n")
    codes = {code for code, _ in post.faults or ()}
    found = [
        (item.code, lines[item.line - 1][item.column :])
        for item in checked.found
        if item.line and item.column is not None and item.code in codes
    ]
    for code, text in post.faults or ():
        hits = [rest for name, rest in found if name == code and rest.startswith(text)]
        assert len(hits) == 1, (code, text, found, post.text)


@often
@given(damaged())
def test_check_says_places_that_are_and_fixes_in_one_go(text: str) -> None:
    with tempfile.TemporaryDirectory() as folder:
        file = post_in(folder, text)
        checked = check(str(file), FORMATS, Settings({"offline": True}))
        lines = checked.source.split("\n")
        for item in checked.found:
            assert item.line is None or 1 <= item.line <= len(lines), item
            assert item.column is None or item.line and 0 <= item.column <= len(lines[item.line - 1]), item
        after = edited(checked.source, list(checked.edits.values()))
        again = check(str(post_in(folder, after)), FORMATS, Settings({"offline": True}))
        assert again.edits == {} or edited(again.source, list(again.edits.values())) == again.source, text
        assert re.findall(r"w\d+q", after) == re.findall(r"w\d+q", text)


@often
@given(damaged(), st.sampled_from(["gfm", "commonmark_x"]))
def test_what_source_writes_can_be_taken_back(text: str, reader: str) -> None:
    text = normalise(text).replace("--", "-")
    carried = carry(text, reader)
    plain = pandoc_json(text, reader)
    ours = pandoc_json(carried.text, reader)
    assert ours is not None or plain is None
    if plain is not None and ours is not None and not is_exception(text, carried, reader):
        assert comparable(restored(ours)) == comparable(plain)


@often
@given(damaged())
def test_inspect_answers(text: str) -> None:
    with tempfile.TemporaryDirectory() as folder:
        line, _ = inspect_json(str(post_in(folder, text)), Settings())
    assert line.startswith("{") and "\n" not in line


BYTES = st.binary(max_size=400) | st.builds(
    lambda text, codec, cut: text.encode(codec, "replace")[: -cut or None],
    st.text(max_size=200) | damaged(),
    st.sampled_from(["utf-8", "utf-16", "utf-16-be", "utf-32", "latin-1", "cp1252", "utf-8-sig", "shift_jis"]),
    st.integers(0, 3),
)


@pytest.mark.parametrize("untrusted", [False, True], ids=["", "untrusted"])
def test_any_bytes_are_converted_or_refused(untrusted: bool) -> None:
    chosen = Settings({"untrusted": True} if untrusted else {"offline": True})

    @often
    @given(BYTES)
    def bytes_of(data: bytes) -> None:
        with tempfile.TemporaryDirectory() as folder:
            file = post_in(folder, data)
            outputs = {kind: Path(folder) / f"post.{kind}" for kind in ("html", "epub", "docx")}
            try:
                convert(look(str(file), chosen), outputs, chosen)
            except FencepostError as error:
                assert error.diagnostic.code not in ("untrusted-failure",)
                assert not any(out.exists() for out in outputs.values()) or error.diagnostic.code
            else:
                assert all(out.stat().st_size for out in outputs.values())
            check(str(file), FORMATS, chosen)

    bytes_of()
