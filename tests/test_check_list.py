"""What `check` promises to find, clause by clause: the very place, the caret, a help, a row in the manual."""

from __future__ import annotations

import re
from pathlib import Path
from typing import NamedTuple

import pytest
from conftest import ROOT
from test_check import DRAWING, OTHER, marked

from fencepost.checks.run import check
from fencepost.settings.run import Settings

HEAD = "---\ntitle: T\n---\n\n"


class Clause(NamedTuple):
    """A post with one fault, marked by its code; how severe it is; what the message and the help say."""

    post: str
    severity: str
    message: str
    help: str


CLAUSES = {
    "a range past the end": Clause(
        HEAD + "```js {1}\na\n```\n\n-\t```js {1,‹fence-range›3-9}\n    a\n    b\n    ```\n",
        "warning", r"line 3 is past the end \(2 lines\)", "lines count from 1",
    ),
    "a word that never occurs": Clause(
        HEAD + "```js /b/\nb\n```\n\n> ```js /b/ ‹fence-word›/nope/\n> b\n> ```\n",
        "warning", "`nope` does not occur", "matched as it stands",
    ),
    "an unknown language": Clause(
        HEAD + "`pyhton`\n\n~~~‹fence-language›pyhton\npyhton\n~~~\n", "warning", "the language `pyhton`", "`python`",
    ),
    "an unknown key of fence meta": Clause(
        HEAD + '```js title="titel" ‹fence-option›titel=‹fence-word›"x"\na\n```\n',
        "warning", "`titel` is no option", "did you mean `title`",
    ),
    "meta of another dialect": Clause(
        "---\ntitle: T\ndialect: rehype-pretty-code\n---\n\n```js hl_lines=‹fence-word›\"1\"\na\n```\n",
        "warning", "`1` does not occur", "`hl_lines` is an option of hugo and pymdownx: set `dialect`",
    ),
    "marks glued to the language": Clause(
        HEAD + "```‹fence-dialect›js{2}\na\nb\n```\n", "warning", r"`js\{2\}` is no language", "dialect",
    ),
    "a footnote that nothing cites": Clause(
        HEAD + "`[^a]: x`\n\n‹footnote-unused›[^a]: Text.\n",
        "warning", r"nothing cites the footnote \[\^a\]", "cite it",
    ),
    "a footnote that there is not": Clause(
        HEAD + "`[^a]` ‹footnote-undefined›[^a].\n", "warning", r"there is no footnote \[\^a\]", "add a line",
    ),
    "a footnote defined twice": Clause(
        HEAD + "A[^a]\n\n[^a]: One.\n\n‹footnote-duplicate›[^a]: Two.\n",
        "warning", "on line 7 already", "another label",
    ),
    "a missing image": Clause(
        HEAD + "`no.png` ![no.png](‹image-missing›no.png)\n", "warning", "no.png", "post's folder",
    ),
    "an image without words": Clause(
        HEAD + "![a](p.svg) ‹image-alt›![](p.svg)\n", "warning", "no alternative text", "what it shows",
    ),
    "an HTML image without words": Clause(
        HEAD + '<img src="p.svg" alt=""> ‹image-alt›<img src="p.svg">\n', "warning", "<img> has no `alt`", "alt=",
    ),
    "a link to a missing anchor": Clause(
        HEAD + "`#hed` [#hed](‹link-anchor›#hed)\n\n## Head\n", "warning", "#hed", "did you mean `#head`",
    ),
    "a link to a missing anchor of a post": Clause(
        HEAD + "[a](‹link-anchor›other.md#is-heading)\n", "warning", "other.md has no heading", "#its-heading",
    ),
    "a link to a missing post": Clause(
        HEAD + "[othr.md](‹link-post›othr.md)\n", "warning", "no file othr.md", "`other.md`",
    ),
    "ids of headings twice": Clause(
        HEAD + "## A\n\n```md\n## A\n```\n\n‹heading-duplicate›## *A*\n", "note", "line 5 has the same words", "#a-1",
    ),
    "a skipped level": Clause(
        HEAD + "## A\n\n‹heading-skip›#### B\n", "warning", "from level 2 to 4", "`###`",
    ),
    "front matter that is missing": Clause(
        "‹front-matter-title›Words.\n", "note", "no title", "title: …",
    ),
    "front matter that is no YAML": Clause(
        "---\ntitle: ‹front-matter›*nobody\n---\n\nx\n", "error", "nobody", "quotes",
    ),
    "front matter with a mistyped date": Clause(
        "---\ntitle: T\ndate: ‹front-matter-date›soon\n---\n\nx\n", "error", "soon", "2025-05-22",
    ),
    "front matter with a mistyped option": Clause(
        "---\ntitle: T\ntoc-depth: ‹front-matter-option›deep\n---\n\nx\n",
        "warning", "`toc-depth` is ignored", "write `toc-depth: 2`",
    ),
    "front matter with a value of the wrong kind": Clause(
        "---\ntitle: ‹front-matter›{a: b}\n---\n\nx\n", "error", "a text was expected", "quotes",
    ),
    "an unknown key of front matter": Clause(
        "---\ntitle: titel\n‹front-matter-key›titel: T\n---\n\nx\n",
        "warning", "nothing here reads the key `titel`", "`title`",
    ),
    "an unknown type of alert": Clause(
        HEAD + "> ```\n> [!WARNIN]\n> ```\n\n> ‹alert-type›[!WARNIN]\n> x\n",
        "warning", "no type of alert", r"`\[!WARNING\]`",
    ),
    "a character that no font has": Clause(
        HEAD + "<!-- \U00016a50 -->\n\nA ‹glyph-missing›\U00016a50.\n", "warning", r"U\+16A50", "install a font",
    ),
    "code wider than the page": Clause(
        HEAD + "> ```js\n> short\n> ‹fence-width›" + "x" * 90 + "\n> ```\n", "note", "90 characters", "wider paper",
    ),
    "HTML that print cannot carry": Clause(
        HEAD + "`<canvas>`\n\n‹raw-html›<canvas>x</canvas>\n", "warning", "canvas", "Markdown",
    ),
    "text read in the wrong encoding": Clause(
        HEAD + "A dash ‹encoding-wrong›â€” here.\n", "warning", "â€” was —", "--fix",
    ),
    "text of which bytes are lost": Clause(
        HEAD + "A quote ‹encoding-lost›â€ here.\n", "warning", "bytes of it are lost", "write again",
    ),
}  # fmt: skip
MANUAL = (ROOT / "docs" / "diagnostics.md").read_text(encoding="utf-8")


@pytest.mark.parametrize("name", CLAUSES)
def test_each_clause(name: str, tmp_path: Path) -> None:
    clause = CLAUSES[name]
    (tmp_path / "other.md").write_text(OTHER, encoding="utf-8")
    (tmp_path / "p.svg").write_text(DRAWING, encoding="utf-8")
    text, wanted = marked(clause.post)
    post = tmp_path / "post.md"
    post.write_text(text, encoding="utf-8")
    checked = check(str(post), ["html", "pdf"], Settings())
    assert {(item.code, item.line, item.column) for item in checked.found} == wanted
    item = next(item for item in checked.found if re.search(clause.message, item.message))
    assert item.severity == clause.severity and re.search(clause.help, item.help)
    said = item.text(checked.source).split("\n")
    assert said[0].startswith(f"{post}:{item.line}:{item.column + 1}: {item.severity}[{item.code}]: ")
    pointed = text.split("\n")[item.line - 1].replace("\t", " ")[item.column :]
    assert set(said[2]) == {" ", "^"} and pointed.startswith(said[1][said[2].index("^") :])
    assert re.search(rf"^\| `{item.code}` \|", MANUAL, re.MULTILINE)


def test_the_manual_lists_each_clause() -> None:
    manual = (ROOT / "docs" / "check.md").read_text(encoding="utf-8")
    rows = dict(re.findall(r"^\| ([^|`]+?) \| `([a-z-]+)` \|", manual, re.MULTILINE))
    codes = {name: set(re.findall("‹([a-z-]+)›", clause.post)) for name, clause in CLAUSES.items()}
    assert rows.keys() == codes.keys()
    assert all(rows[name] in codes[name] for name in rows)
