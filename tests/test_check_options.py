"""What `check` says of front matter is what `convert` says, whatever an option is set to; neither ever crashes."""

from __future__ import annotations

import re
from dataclasses import fields
from pathlib import Path

import pytest
from conftest import Command

from fencepost.options import Options, spelled

# what an option may wrongly say: no unit, another type, another system's word, a number that is none
WRONG = [
    "legal",
    "true",
    "-1",
    "1e999",
    "nan",
    "[a, b]",
    "{a: b}",
    "''",
    "12mm",
    "../x",
    "99999999999999999999",
    "ü{}\\",
]
_SAID = re.compile(r"^(\S+?:.*?(?:warning|error)\[.*)$", re.MULTILINE)
# what only makes sense on the command line, or would run a program that may not be here
_LEFT_OUT = {"untrusted", "diagrams", "pdf_engine"}
_OF_PRINT = {
    "for_", "font_text", "font_sans", "font_mono", "paper", "sides", "binding", "cover_page", "links", "pdf_standard",
    "attach_source", "grayscale", "typst_timeout", "emoji",
}  # fmt: skip
BODY = '\n# T\n\n```js title="a" {1}\nx\n```\n\n> [!NOTE]\n> n\n\n[^1] word\n\n[^1]: note\n'


def said(text: str) -> set[str]:
    return set(_SAID.findall(text))


@pytest.mark.parametrize("name", [option.name for option in fields(Options) if option.name not in _LEFT_OUT])
def test_check_and_convert_say_the_same_of_a_wrong_value(tmp_path: Path, run: Command, name: str) -> None:
    posts = []
    for number, value in enumerate(WRONG):
        post = tmp_path / f"p{number}.md"
        post.write_text(f"---\n{spelled(name)}: {value}\n---\n{BODY}", encoding="utf-8")
        posts.append(post.name)
    to = "pdf" if name in _OF_PRINT else "html"
    checked = run("fencepost", "check", *posts, "--to", to, cwd=tmp_path)
    converted = run("fencepost", "convert", *posts, "--to", to, cwd=tmp_path)
    assert b"Traceback" not in checked.stderr + checked.stdout + converted.stderr
    by_convert, by_check = said(converted.stderr.decode()), said((checked.stdout + checked.stderr).decode())
    assert by_convert - by_check == set()
    assert bool(by_check) <= (checked.returncode == 1)


HEADS = {
    # what only shows when the format is made      the code that both say
    "So $\\notacmd{x}$ and $\\sqrt{}$.":           "formula",
    "![a picture](broken.png)":                    "image-missing",
    "---\npaper: legal\n---\n\n```js\nx\n```":     "paper",
    "---\npaper: a55\n---\n\nHi":                  "paper",
    "---\nbinding: 3 cubits\n---\n\n```js\nx\n```": "paper",
}  # fmt: skip


@pytest.mark.parametrize("text", HEADS)
def test_what_shows_in_the_making_is_said_by_check_too(tmp_path: Path, run: Command, text: str) -> None:
    (tmp_path / "broken.png").write_bytes(b"\x89PNG\r\n\x1a\n damaged")
    (tmp_path / "p.md").write_text(text + "\n", encoding="utf-8")
    checked = run("fencepost", "check", "p.md", "--to", "html,pdf,epub", cwd=tmp_path)
    converted = run("fencepost", "convert", "p.md", "--to", "html,pdf,epub", cwd=tmp_path)
    assert f"[{HEADS[text]}]" in converted.stderr.decode()
    assert said(converted.stderr.decode()) - said(checked.stdout.decode()) == set()
    assert checked.returncode == 1
    made = {file.name for file in tmp_path.iterdir()}
    assert run("fencepost", "check", "p.md", cwd=tmp_path).returncode == 1
    assert {file.name for file in tmp_path.iterdir()} == made  # nothing is written
