"""Quarto, by the words of its documentation: callouts, divisions, references; code is in tests/cases."""

from __future__ import annotations

import re
from pathlib import Path

import pytest
from pages import build

HEAD = "---\ntitle: T\ndialect: quarto\n---\n\n"
CALLOUTS = {
    # what is written                                                        title and body, and whether it has a sign
    "::: callout-tip\n## A *title*\n\nText.\n:::":                            ("A <em>title</em>", True),
    "::: {.callout-tip}\nText.\n:::":                                         ("Tip", True),
    '::: {.callout-tip title="Said"}\n## Not the title\n\nText.\n:::':        ("Said", True),
    '::: {.callout-tip appearance="simple"}\n### Deep\n\nText.\n:::':         ("Deep", True),
    '::: {.callout-tip appearance="minimal"}\nText.\n:::':                    ("Tip", False),
    "::: {.callout-tip icon=false}\n## T\n\nText.\n:::":                      ("T", False),
    "::: {.callout-tip}\n::: {#inner}\nText.\n:::\n:::":                      ("Tip", True),
    "::: {#tip-x .callout-tip}\n## T\n\nText.\n:::\n\n@tip-x":                ("Tip 1: T", True),
    "::: {#tip-x .callout-tip}\nText.\n:::\n\n@tip-x":                        ("Tip 1", True),
}  # fmt: skip
_TITLE = re.compile(
    r'<div id="[^"]*" class="title alert-title">\s*<p>(<svg.*?</svg>)?(.*?)</p>\s*</div>(.*)', re.DOTALL
)


@pytest.mark.parametrize("text", CALLOUTS)
def test_callouts(text: str, tmp_path: Path) -> None:
    page = build(tmp_path, "html", HEAD + text + "\n").read_text(encoding="utf-8")
    found = _TITLE.search(page)
    assert found
    assert (found[2], bool(found[1])) == CALLOUTS[text]
    assert "<p>Text.</p>" in found[3]
    assert ":::" not in page
    if "@tip-x" in text:
        assert '<a href="#tip-x">Tip\u00a01</a>' in page


@pytest.mark.parametrize("collapse", ["true", "false"])
def test_callouts_that_fold(collapse: str, tmp_path: Path) -> None:
    text = f'::: {{.callout-tip collapse="{collapse}"}}\n## Said\n\nText.\n:::\n'
    page = build(tmp_path, "html", HEAD + text).read_text(encoding="utf-8")
    found = re.search(r"<details class=\"alert[^>]*>.*?Said</summary>", page, re.DOTALL)
    assert found
    assert ("open" in found[0].partition(">")[0]) == (collapse == "false")


def test_divisions_keep_their_classes_and_tabs_need_no_script(tmp_path: Path) -> None:
    text = "::: {.border .p-3}\nText.\n:::\n\n::: {.panel-tabset}\n## One\n\na\n\n## Two\n\nb\n:::\n"
    page = build(tmp_path, "html", HEAD + text).read_text(encoding="utf-8")
    assert '<div class="border p-3">' in page
    assert page.count('type="radio"') == 2
    assert 'id="one"' not in page


@pytest.mark.parametrize("target", ["pdf", "epub"])
def test_references_lead_somewhere_in_every_format(target: str, tmp_path: Path) -> None:
    text = '@tip-x, @lst-x\n\n::: {#tip-x .callout-tip}\nText.\n:::\n\n```{#lst-x .js lst-cap="C"}\na\n```\n'
    build(tmp_path, target, HEAD + text, "--strict")
