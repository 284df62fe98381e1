"""Front matter on its way to somebody's own pandoc: what pandoc misreads is said in its words, all else stays."""

from __future__ import annotations

import subprocess

import pytest

from fencepost.pandoc import run
from fencepost.pipeline.head import pipeline_head

KEPT = (
    "title: A\nauthor: Ada\ndate: 22 May 2025\ngeometry: margin=2cm\n",
    "title: A\nauthor: [Ada, Bob]  # both\nlang: de\n",
    "# only a comment\ntitle: |\n  A\n  B\n",
    "theme: x\nnested: {a: [1, 2]}\n",
)
MENDED = {
    # the author wrote                                      # and pandoc reads
    "author: {name: Ada, url: x}\n":                         'author: ["Ada"]\n',
    "authors:\n- name: A\n- B\n":                  'authors:\n- name: A\n- B\nauthor: ["A", "B"]\n',
    "author:\n  name: Ada\n  # her\nx: 1\n":                 'x: 1\nauthor: ["Ada"]\n',
    "date: 2025-05-22T10:00:00+02:00\n":                     'date: "2025-05-22"\n',
    "pubDate: 22 May 2025\n":                                'pubDate: 22 May 2025\ndate: "2025-05-22"\n',
    "published: 2025-05-22\n":                               'published: 2025-05-22\ndate: "2025-05-22"\n',
    "tags: a\ncategory: b\n":                                'tags: a\ncategory: b\nkeywords: ["a", "b"]\nsubject: ["a", "b"]\n',  # noqa: E501
    "summary: \"a: b\"\n":                                   'summary: "a: b"\ndescription: "a: b"\n',
    "language: de\n":                                        'language: de\nlang: "de"\n',
    "{title: A, author: {name: Ada}}\n":                     '"title": "A"\nauthor: ["Ada"]\n',
}  # fmt: skip


@pytest.mark.parametrize("yaml", KEPT)
def test_what_pandoc_reads_well_stays_to_the_byte(yaml: str) -> None:
    assert pipeline_head(f"---\n{yaml}---\nText\n") == f"---\n{yaml}---\n"


@pytest.mark.parametrize(("yaml", "head"), MENDED.items())
def test_what_pandoc_misreads_is_said_in_its_words(yaml: str, head: str) -> None:
    assert pipeline_head(f"---\n{yaml}---\nText\n") == f"---\n{head}---\n"


def test_a_post_without_front_matter_gets_none() -> None:
    assert pipeline_head("Text\n\n---\n\na: b\n") is None


@pytest.mark.parametrize(
    ("text", "place"),
    [("---\nx: 1\ntitle: A: B\n---\n", "post.md:3:9"), ("---\ntitle: T\ndate: \\today\n---\n", "post.md:3:7")],
)
def test_what_we_cannot_read_goes_on_with_a_warning(text: str, place: str, capsys: pytest.CaptureFixture[str]) -> None:
    assert pipeline_head(text, "post.md") == text
    said = capsys.readouterr().err
    assert said.startswith(f"{place}: warning[")


def test_pandoc_prints_the_names_and_the_day() -> None:
    head = pipeline_head("---\ntitle: A\nauthor: {name: Ada}\ndate: 2025-05-22T10:00:00+02:00\ntags: [a]\n---\n")
    command = [run.binary(), "-f", "gfm", "-s", "-t", "html"]
    page = subprocess.run(command, input=head, capture_output=True, text=True, check=True, timeout=30).stdout
    assert '<meta name="author" content="Ada"' in page
    assert '<p class="date">2025-05-22</p>' in page
    assert '<meta name="keywords" content="a"' in page
