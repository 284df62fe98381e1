"""A pipeline says that meta was lost where that can be seen, and where it cannot it says nothing."""

from __future__ import annotations

import subprocess

import pytest

from fencepost.markdown.protect import Dialects, carry
from fencepost.pandoc import run
from fencepost.pipeline.filter import filtered

LOST = ['{.js title="a"}', "js{1, 2}", "rust, ignore", 'js:title="my file.js"', "{1, 3}", "{.py #a}"]
KEPT = ["js", "", "js{1}", "{.js}", "c++", "f#", "objective-c", "js:a.js", "rust,ignore", "'", "[a.ts]"]


def codes(text: str, reader: str, *, has_stage: bool) -> list[str]:
    if has_stage:
        text = carry(text, reader, sign=True, dialects=Dialects()).text
    command = [run.binary(), "-f", reader, "-t", "json"]
    data = subprocess.run(command, input=text.encode(), capture_output=True, check=True, timeout=60).stdout
    return [said.code for said in filtered(data, "html")[1]]


@pytest.mark.parametrize("info", LOST)
def test_what_was_lost_is_told_of_once(info: str) -> None:
    text = f"```{info}\nx\n```\n\n```js\ny\n```\n\n```{info}\nz\n```\n"
    assert codes(text, "gfm", has_stage=False) == ["fence-meta-lost"]
    assert "fence-meta-lost" not in codes(text, "gfm", has_stage=True)


@pytest.mark.parametrize("info", KEPT)
@pytest.mark.parametrize("reader", ["gfm", "commonmark_x"])
@pytest.mark.parametrize("has_stage", [False, True])
def test_what_was_not_lost_is_not(info: str, reader: str, *, has_stage: bool) -> None:
    assert "fence-meta-lost" not in codes(f"```{info}\nx\n```\n", reader, has_stage=has_stage)


def test_attributes_that_pandoc_read_are_not_lost() -> None:
    assert codes('```{.js title="a b" #c}\nx\n```\n', "markdown", has_stage=False) == []
