"""Alerts of a site's own, by `alert-types`: in quotes, containers and components, in each format."""

from __future__ import annotations

import re
import zipfile
from pathlib import Path

import pytest
from test_docs import said_by_convert

from fencepost.markdown.containers.own import faults, kinds_of
from fencepost.theme import load_theme
from fencepost.theme.web import contrast, legible

TYPES = 'alert-types:\n  aside: {title: By the way, colour: "#7a3cc0", icon: tip}\n'
POST = """# Own

> [!aside]
> In a quote.

:::aside[Said]
In a container.
:::

!!! aside
    Indented.
"""


def test_each_format_has_the_colour_and_the_title(tmp_path: Path) -> None:
    (tmp_path / "fencepost.yaml").write_text(TYPES)
    post = tmp_path / "post.md"
    post.write_text(POST)
    assert said_by_convert(post, "--to", "html,epub,pdf") == ""
    page = (tmp_path / "post.html").read_text()
    assert len(re.findall(r'class="alert alert-tip alert-own aside" style="--own:#7a3cc0;', page)) == 3
    assert page.count("By the way</p>") == 2 and "Said</p>" in page
    with zipfile.ZipFile(tmp_path / "post.epub") as book:
        chapters = "".join(book.read(name).decode() for name in book.namelist() if name.endswith(".xhtml"))
    assert len(re.findall(r'alert-own aside" style="border-color:#[0-9a-f]{6}"', chapters)) == 3
    pymupdf = pytest.importorskip("pymupdf")
    drawn = [
        item["fill"] or item["color"] for page in pymupdf.open(tmp_path / "post.pdf") for item in page.get_drawings()
    ]
    assert sum([round(255 * part) for part in colour or ()] == [0x7A, 0x3C, 0xC0] for colour in drawn) >= 3


def test_without_the_types_the_words_stay(tmp_path: Path) -> None:
    post = tmp_path / "post.md"
    post.write_text(POST)
    said_by_convert(post, "--to", "html")
    page = (tmp_path / "post.html").read_text()
    assert "[!aside]" in page and ":::aside[Said]" in page and "alert-own aside" not in page


def test_components_may_mean_a_type_of_ones_own(tmp_path: Path) -> None:
    (tmp_path / "fencepost.yaml").write_text(TYPES)
    post = tmp_path / "post.mdx"
    post.write_text('# Own\n\n<Callout type="aside">\nOne.\n</Callout>\n\n<Aside>\nTwo.\n</Aside>\n')
    assert said_by_convert(post, "--to", "html") == ""
    assert (tmp_path / "post.html").read_text().count("alert-own aside") == 2


def test_what_is_wrong_is_said(tmp_path: Path) -> None:
    types = {"two words": {}, "a": {"colour": "red"}, "b": {"icon": "star"}, "c": {"size": "1"}}
    assert [fault.split("`")[1] for fault in faults(types)] == ["two words", "red", "star", "size"]
    post = tmp_path / "post.md"
    post.write_text("---\nalert-types: {a: {colour: red}}\n---\n\n> [!a]\n> x\n")
    said = said_by_convert(post, "--to", "html")
    assert "post.md:2: warning[alert-type]: `red` in `alert-types: a` is no colour" in said


@pytest.mark.parametrize("colour", ["#7a3cc0", "#ffff00", "#000000", "#ffffff", "#808080"])
def test_colours_are_legible_on_either_ground(colour: str) -> None:
    for ground in load_theme()["colours"]["ground"]:
        assert contrast(legible(colour, ground), ground) >= 4.5


def test_a_type_has_a_title_even_where_none_is_said() -> None:
    assert kinds_of({"Deep-Dive": {}})["deep-dive"].title == "Deep dive"


@pytest.mark.parametrize("line", ["template: splash", "theme: gaia", "reference-doc: x.docx"])
def test_keys_that_other_systems_have_do_not_stop_a_post(line: str, tmp_path: Path) -> None:
    post = tmp_path / "post.md"
    post.write_text(f"---\n{line}\n---\n\n# Hi\n")
    assert f"`{line.split(':')[0]}` is ignored: there is no file" in said_by_convert(post, "--to", "html")


def test_a_wrong_value_in_the_configuration_is_an_error(tmp_path: Path) -> None:
    (tmp_path / "fencepost.yaml").write_text("toc: maybe\n")
    post = tmp_path / "post.md"
    post.write_text("# Hi\n")
    with pytest.raises(AssertionError, match="error.front-matter-option.: `toc` is ignored"):
        said_by_convert(post, "--to", "html")


def test_any_word_may_be_a_site_s_own() -> None:
    from fencepost.markdown.containers.own import vocabulary
    from fencepost.options import Options

    words = vocabulary(Options(alert_types={"question": {"title": "Mine"}, "Aside": {}})).words
    assert words["question"] == "question" and words["aside"] == "aside" and words["note"] == "note"
