"""Front matter in TOML and JSON: found, read and faulted like YAML; what only looks like it stays text."""

from __future__ import annotations

import json
import subprocess
import sys
from pathlib import Path

import pytest
from hypothesis import given
from hypothesis import strategies as st

from fencepost.diagnostics.model import FencepostError
from fencepost.frontmatter.reading import kinds, read, split
from fencepost.frontmatter.yaml_tree import data
from fencepost.markdown.protect import carry

HUGO = '+++\ntitle = "A: B"\ndate = 2025-05-22T10:00:00+02:00\ntags = ["x", "y"]\n[params]\nauthor = "Ada"\n+++\nText\n'
FOUND = {
    # the post                                      kind    title   body
    HUGO:                                           ("toml", "A: B", "Text\n"),
    '+++\n# only this\ntitle = \'T\'\n+++\n\nText\n': ("toml", "T", "\nText\n"),
    "+++\n+++\nText\n":                             ("toml", "", "Text\n"),
    '{\n\t"title": "J/\\u00e9"\n}\nText\n':         ("json", "J/é", "Text\n"),
    '{"title": "J"}\r\nText\n':                     ("json", "J", "Text\n"),
    '{"a": {"b": "}\\n"},\n"title": "J"}\n\nText':  ("json", "J", "\nText"),
    "{}\nText\n":                                   ("json", "", "Text\n"),
    '"title": "H",\n"tags": ["a"]\n;;;\nText\n':    ("json", "H", "Text\n"),
    ';;;\n"title": "H"\n;;;\nText\n':               ("json", "H", "Text\n"),
    '\n{"title": "J"}\nText\n':                     ("json", "J", "Text\n"),
}  # fmt: skip
NONE = (
    "+++\nno closing\n",
    "+++\nnot toml\n+++\n",
    "{/* MDX */}\n\nText\n",
    '{"title": "J"} and more\n',
    "{braces} in text\n",
    '"A quotation": he said\n\nmore\n',
    '"Quoted" text\n;;;\n',
    ";;;\nText\n;;;\n",
)
FAULTS = {
    '+++\ntitle = "J\n+++\nText\n':                 (2, 10, "this is no TOML"),
    '+++\ntitle = "J"\ndate = "22.22.2025"\n+++\n': (3, 7, "is not a date"),
    '{\n  "title": "J",,\n}\nText\n':               (2, 15, "this is no JSON"),
    '{\n  "title": "J",\n  "date": "2025-13-45"\n}\n': (3, 10, "is not a date"),
    '"title": oops,\n;;;\nText\n':                  (1, 9, "this is no JSON"),
}  # fmt: skip


@pytest.mark.parametrize(("text", "wanted"), FOUND.items())
def test_front_matter_is_found_and_read(text: str, wanted: tuple[str, str, str]) -> None:
    found = split(text)
    assert found.front is not None
    meta = read(found.front, "post.md", found.front_line, found.kind)
    assert (found.kind, meta.title, found.body) == wanted
    assert text.count("\n", 0, len(text) - len(found.body)) + 1 == found.body_line


@pytest.mark.parametrize("text", NONE)
def test_what_only_looks_like_front_matter_is_text(text: str) -> None:
    assert split(text).front is None
    assert carry(text).text.startswith(text[:4])


@pytest.mark.parametrize(("text", "place"), FAULTS.items())
def test_faults_name_their_place(text: str, place: tuple[int, int, str]) -> None:
    found = split(text)
    with pytest.raises(FencepostError) as caught:
        read(found.front or "", "post.md", found.front_line, found.kind)
    said = caught.value.diagnostic
    assert (said.line, said.column) == place[:2]
    assert place[2] in said.message


def test_hugos_params_are_read_where_nothing_stronger_is_said() -> None:
    found = split(HUGO)
    meta = read(found.front or "", kind=found.kind)
    assert [author.name for author in meta.authors] == ["Ada"]
    assert read('title = "A"\n[params]\ntitle = "B"\n', kind="toml").title == "A"


def test_the_configurations_own_fields() -> None:
    meta = read("headline: H\nposted: 2025-05-22\ntitle: T\n", fields={"headline": "title", "posted": "date"})
    assert (meta.title, meta.date.iso if meta.date else "") == ("H", "2025-05-22")


PLAIN = st.recursive(
    st.booleans() | st.text(st.characters(blacklist_categories=("Cs", "Cc")), max_size=12),
    lambda inner: (
        st.lists(inner, max_size=3) | st.dictionaries(st.text("abcxyz_-", min_size=1, max_size=5), inner, max_size=3)
    ),
    max_leaves=8,
)


@given(
    st.dictionaries(st.text("abcxyz_-", min_size=1, max_size=5), PLAIN, min_size=1, max_size=4),
    st.sampled_from([None, 2, "\t"]),
)
def test_json_comes_back_as_what_it_says(written: dict[str, object], indent: int | str | None) -> None:
    block = kinds.find_block(json.dumps(written, indent=indent) + "\nText\n")
    assert block is not None
    root = kinds.parse(block.text, block.kind)
    assert root is not None
    assert data(root) == written


def test_a_toml_post_converts_and_prints_no_plus_signs(tmp_path: Path) -> None:
    (tmp_path / "post.md").write_text(HUGO, encoding="utf-8")
    command = [str(Path(sys.executable).parent / "fencepost"), "convert", "post.md", "-o", "post.html"]
    subprocess.run(command, cwd=tmp_path, check=True, timeout=60)
    page = (tmp_path / "post.html").read_text(encoding="utf-8")
    assert "<title>A: B</title>" in page and "+++" not in page and ">22 May 2025<" in page
