"""Docusaurus' magic comments of a site's own: from the configuration, or read off its docusaurus.config, never run."""

from __future__ import annotations

import json
import os
import random
import subprocess
from pathlib import Path

import pytest
from dialect_cases import TOOLS, command
from pages import build

from fencepost.checks.inspection import inspect_json
from fencepost.fence import read_fence, resolve_fence
from fencepost.settings.project import magic_comments
from fencepost.settings.run import Settings

CONFIG = """
import {x} from 'y';
export default {
  themeConfig: {
    prism: {
      magicComments: [
        // Remember to extend the default highlight class name as well!
        {
          className: 'theme-code-block-highlighted-line',
          line: 'highlight-next-line',
          block: {start: 'highlight-start', end: "highlight-end"},
        },
        {className: `code-block-error-line`, line: 'This will error'},
        {className: 'code-block-added', block: {start: 'added-start', end: 'added-end'}},
      ],
    },
  },
};
"""
OURS = {
    "theme-code-block-highlighted-line": {
        "line": "highlight-next-line", "start": "highlight-start", "end": "highlight-end",
    },
    "code-block-error-line": {"line": "This will error"},
    "code-block-added": {"start": "added-start", "end": "added-end"},
}  # fmt: skip
FENCE = """```js
// highlight-next-line
a
// This will error
b
/* added-start */
c
// highlight-start
d
// added-end
e
// highlight-end
f
```
"""
WANTED = {"highlighted_lines": [1, 4, 5], "error": [2], "ins": [3, 4], "code": "a\nb\nc\nd\ne\nf"}


def facts(post: Path, **options: object) -> dict[str, object]:
    block = json.loads(inspect_json(str(post), Settings(options=options))[0])["blocks"][0]
    return {key: block[key] for key in WANTED}


@pytest.mark.parametrize("name", ["docusaurus.config.js", "docusaurus.config.ts"])
def test_of_the_project(name: str, tmp_path: Path) -> None:
    (tmp_path / name).write_text(CONFIG, encoding="utf-8")
    (tmp_path / "post.md").write_text(FENCE, encoding="utf-8")
    assert magic_comments(tmp_path / name) == OURS
    assert facts(tmp_path / "post.md") == WANTED


def test_of_the_configuration(tmp_path: Path) -> None:
    (tmp_path / "post.md").write_text(FENCE, encoding="utf-8")
    (tmp_path / "fencepost.yaml").write_text(
        "dialect: docusaurus\nmagic-comments:\n  code-block-error-line: {line: This will error}\n", encoding="utf-8"
    )
    page = build(tmp_path, "html", FENCE, "--config", str(tmp_path / "fencepost.yaml")).read_text(encoding="utf-8")
    assert '<span data-line="" class="highlighted error code-block-error-line">' in page
    assert "This will error" not in page
    assert "highlight-next-line" in page  # the site's words take the place of Docusaurus' own


@pytest.mark.parametrize(
    "config",
    [
        "",
        "magicComments: [",
        "magicComments: words,",
        "magicComments: [{className: name, line: 'x'}]",
        "magicComments: []",
    ],
)
def test_what_is_no_plain_text_is_left_out(config: str, tmp_path: Path) -> None:
    file = tmp_path / "docusaurus.config.js"
    file.write_text(config, encoding="utf-8")
    assert magic_comments(file) == {}


def test_in_every_format(tmp_path: Path) -> None:
    (tmp_path / "docusaurus.config.js").write_text(CONFIG, encoding="utf-8")
    for target in ("pdf", "epub", "docx"):
        build(tmp_path, target, FENCE, "--strict")


@pytest.mark.skipif(not os.environ.get("FENCEPOST_ASK_TOOLS"), reason="set FENCEPOST_ASK_TOOLS to ask the tools again")
def test_as_the_tool_reads_them() -> None:
    chance = random.Random("magic")
    words = ["a", "b", "// highlight-next-line", "// highlight-start", "// highlight-end", "// This will error"]
    words += ["/* added-start */", "// added-end", "# This will error", "// this will error"]
    codes = ["\n".join(chance.choices(words, k=chance.randrange(1, 12))) for _ in range(80)]
    magic = [
        {
            "className": name,
            "line": said.get("line"),
            "block": {key: said[key] for key in ("start", "end") if key in said},
        }
        for name, said in OURS.items()
    ]
    documents = {str(at): f"```js\n{code}\n```\n" for at, code in enumerate(codes)}
    done = subprocess.run(
        [*command("docusaurus"), json.dumps(magic)], input=json.dumps(documents), capture_output=True, text=True,
        cwd=TOOLS, timeout=120, check=True,
    )  # fmt: skip
    for name, answer in json.loads(done.stdout).items():
        marks = resolve_fence(read_fence("js", "", "docusaurus", OURS), codes[int(name)], "docusaurus")
        ours = [list(marks.highlighted_lines), marks.of_kind("error"), marks.of_kind("ins")]
        assert ours == list(answer[0]["classes"].values()), codes[int(name)]
        assert marks.code == answer[0]["code"]
