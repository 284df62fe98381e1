"""`fencepost check`: what it finds, that it points at the very character, what it puts right, how it is told."""

from __future__ import annotations

import json
import re
import subprocess
from pathlib import Path

import pytest
from conftest import ROOT, Command

from fencepost.checks.fixing import edited
from fencepost.checks.run import Checked, check
from fencepost.markdown.suppress import ignored
from fencepost.settings.paper import code_columns
from fencepost.settings.run import Settings

# `‹code›` stands right before what the diagnostic of this code must point at; nothing else may be found
FAULTS = {
    "front matter keys": """\
---
title: T
‹front-matter-key›tittle: U
layout: post
‹front-matter-key›mood: happy
---
""",
    "no title": "‹front-matter-title›## A post\n",
    "front matter that is none": "---\ntitle: ‹front-matter›*nobody\n---\n\n‹image-alt›![](p.png)\n",
    "links in code and out of it": """\
---
title: T
---

`[a](#gone)` and [a](‹link-anchor›#gone), and again [b [c](‹link-anchor›#gone)

```md
[a](#gone) ![x](no.png)
```

> - [deep](‹link-anchor›#gone "#gone") ![x](‹image-missing›no.png)
> - a\ttab [t](‹link-anchor›#gone)

| a |
|---|
| [é🚀](‹link-anchor›#gone) |

![y][ref] and [text][there]

[ref]: ‹image-missing›no.png
[there]: ‹link-anchor›#gone
""",
    "notes": """\
---
title: T
---

One[^a] ‹footnote-undefined›[^b] two `[^c]` [x](‹link-anchor›#no).

[^a]: Text with [a link](‹link-anchor›#gone).

    More with ![‹›y](‹image-missing›no.png)

‹footnote-duplicate›[^a]: Again.

‹footnote-unused›[^d]: Nobody asks.
""",
    "links beside the post": """\
---
title: T
---

[there](other.md#its-heading) [web](https://example.org/x.md) [site](/x.md) [page](other)
[gone](‹link-post›othr.md) [heading](‹link-anchor›other.md#nothing) ‹link-empty›[x]()
[file](<‹link-post›a b.zip>)
""",
    "anchors that are nearly right": "---\ntitle: T\n---\n\n[a](‹link-spelling›#My-Head) [b](#my-head)\n\n## My head\n",
    "headings": """\
---
title: T
---

## A

‹heading-skip›#### Deep

##### Deeper

## B

‹heading-duplicate›## A

‹›Setext
------

> ‹heading-skip›#### In a quote

<a id="‹heading-duplicate›b"></a> <a id="new"></a> <a id="‹heading-duplicate›new"></a>
""",
    "fences": """\
---
title: T
---

```‹fence-language›pyhton ‹fence-option›titel=‹fence-word›"x"
pass
```

```python ‹fence-option›titel="x" ‹fence-option›showlinenumbers {‹fence-range›9} ‹fence-word›/x/
x = "titel="
```

- ~~~‹fence-language›klingon
  Qapla'
  ~~~

```text
‹fence-width›123456789012345678901234567890123456789012345678901234567890123456789012345678
```

```js title="a.js" {1} /x/#v caption="c"
x
```

‹fence-end›```text
never
""",
    "alerts": """\
---
title: T
---

> ‹alert-type›[!NOTES]
> x

> [!TIP]
> > ‹alert-type›[!SPOILER]
> > x

    > [!CODE]
""",
    "containers": """\
---
title: T
---

:::note
x
:::

‹container-end›::: tip
‹›x

:::‹container-kind›warnign
x
:::

```text
::: nothing
```
""",
    "containers without a beginning": "---\ntitle: T\n---\n\n:::note\nx\n:::\n\n‹container-end›:::\n",
    "images": """\
---
title: T
---

‹image-alt›![](p.svg) ![words](p.svg) and `![](q)` ‹image-alt›<img src="p.svg"> <img src="p.svg" alt="">
""",
    "encoding": """\
---
title: T
---

A dash ‹encoding-wrong›â€” and
‹encoding-wrong›Ã©t‹encoding-wrong›Ã©, a quote that lost a byte ‹encoding-lost›â€ here, ‹encoding-lost›\ufffd.
L’été à São Paulo, það“ ÇÃO.

```text
‹encoding-wrong›â€”
```
""",
    "raw html": """\
---
title: T
---

`<marquee>` <kbd>K</kbd> then ‹raw-html›<marquee>goes</marquee>

```html
<canvas></canvas>
```

‹raw-html›<canvas></canvas>
""",
    "diagrams": """\
---
title: T
---

`digraph {}` and

```‹diagram›dot
digraph { a }
```

> - ```mermaid
>   graph TD
>   ```
""",
    "the same target by several ways": """\
---
title: T
---

`no.png` [a][1] [b][2] [2] <a href="‹link-anchor›#gone">c</a> ![x][3] <img alt="y" src="‹image-missing›no.png">

[1]: ‹link-anchor›#gone
[2]: ‹link-anchor›#gone
[3]: ‹image-missing›no.png
""",
    "glyphs": """\
---
mood: \U00016a50
# \U00016a51
title: A ‹glyph-missing›\U00016a51
# fencepost-ignore-file front-matter-key
---

See <!-- \U00016a50 --> [word](https://example.org/\U00016a50) <b title="\U00016a50">b</b> then
`‹glyph-missing›\U00016a50` here, and \U00016a50 again, and as ‹glyph-missing›&#x16a52;.
""",
    "letters that a face lacks": """\
---
title: T
font-text: Noto Serif
font-mono: DejaVu Sans Mono
---

See <!-- ש --> `‹font-coverage›ש` and [a](https://example.org/ל) then ‹font-coverage›של.
""",
    "wikilinks": """\
---
title: T
alerts: obsidian
---

`[[gone]]` then ‹wikilink›[[gone]] and ‹wikilink›[[gone|again]].

    [[gone#part]]

> - and <!-- [[gone#part]] --> ‹wikilink›[[gone#part|é]] [[other]] ‹wikilink›[[lost *note*]]
""",
    "words of notes in code before them": """\
---
title: T
---

`[^b]` ‹footnote-undefined›[^b] $[^c]$ <!-- [^c] --> ‹footnote-undefined›[^c]
""",
}  # fmt: skip
_MARK = re.compile("‹([a-z-]*)›")
OTHER = "# Other\n\n## Its *heading*\n"
DRAWING = '<svg xmlns="http://www.w3.org/2000/svg" width="80" height="40"><path d="M2 2h76v36H2z"/></svg>'


def marked(text: str) -> tuple[str, set[tuple[str, int, int]]]:
    """Take the marks out of a case; says where they stood."""
    plain, found, at = "", set(), 0
    for match in _MARK.finditer(text):
        plain += text[at : match.start()]
        at = match.end()
        if match[1]:
            found.add((match[1], plain.count("\n") + 1, len(plain) - plain.rfind("\n") - 1))
    return plain + text[at:], found


@pytest.fixture
def blog(tmp_path: Path) -> Path:
    (tmp_path / "other.md").write_text(OTHER, encoding="utf-8")
    (tmp_path / "p.svg").write_text(DRAWING, encoding="utf-8")
    return tmp_path


def checked(blog: Path, text: str) -> Checked:
    post = blog / "post.md"
    post.write_text(text, encoding="utf-8", newline="")
    return check(str(post), ["html", "pdf"], Settings())


@pytest.mark.parametrize("name", FAULTS)
def test_every_diagnostic_points_at_what_it_names(blog: Path, name: str) -> None:
    text, wanted = marked(FAULTS[name])
    found = checked(blog, text).found
    assert {(item.code, item.line, item.column) for item in found} == wanted
    assert all(item.message and item.code for item in found)


FIXED = [
    # before                                      after
    ("Dash â€” here Ã©tÃ© ðŸš€",                    "Dash — here été 🚀"),
    ("[a](#My-Head)\n\n## My head",               "[a](#my-head)\n\n## My head"),
    ("> [!NOTES]\n> x",                           "> [!NOTE]\n> x"),
    ("> [!note]\n> x",                            "> [!note]\n> x"),
]  # fmt: skip


@pytest.mark.parametrize("end", ["\n", "\r\n"])
@pytest.mark.parametrize(("before", "after"), FIXED)
def test_fix(blog: Path, run: Command, before: str, after: str, end: str) -> None:
    post, head = blog / "post.md", "---\ntitle: T\n---\n\n"
    mark = b"\xef\xbb\xbf"
    post.write_bytes(mark + (head + before + "\n").replace("\n", end).encode())
    run("fencepost", "check", "--diff", post)
    assert post.read_bytes() == mark + (head + before + "\n").replace("\n", end).encode()
    done = run("fencepost", "check", "--fix", post)
    assert (done.returncode, done.stdout) == (0, b"")
    assert post.read_bytes() == mark + (head + after + "\n").replace("\n", end).encode()


def test_fix_of_the_damaged_sample(corpus: Path, blog: Path) -> None:
    """The sample post came damaged; what can be told again is as in the whole one, what cannot is shown."""
    text = (corpus / "posts" / "why-i-love-modal.mojibake.md").read_text(encoding="utf-8")
    found = checked(blog, text)
    fixed = edited(found.source, list(found.edits.values()))
    assert {item.code for item in found.found} >= {"encoding-wrong", "encoding-lost"}
    assert fixed.count("—") == (corpus / "posts" / "why-i-love-modal.md").read_text(encoding="utf-8").count("—")
    again = checked(blog, fixed)
    assert not [item for item in again.found if item.code == "encoding-wrong"]
    assert len([item for item in again.found if item.code == "encoding-lost"]) == len(
        [item for item in found.found if item.code == "encoding-lost"]
    )


def test_a_diff_shows_what_fix_would_do(blog: Path, run: Command) -> None:
    (blog / "post.md").write_text("---\ntitle: T\n---\n\nA â€” b\n", encoding="utf-8")
    shown = run("fencepost", "check", "--diff", "post.md", cwd=blog).stdout.decode()
    assert "--- a/post.md\n+++ b/post.md\n" in shown
    assert "\n-A â€” b\n+A — b\n" in shown


def test_code_about_encodings_is_left(blog: Path) -> None:
    assert not checked(blog, "---\ntitle: T\n---\n\n`â€”` is what Windows shows.\n").found


def said(done: subprocess.CompletedProcess[bytes]) -> list[str]:
    return re.findall(r"(?:warning|note|error)\[([a-z-]+)\]", done.stdout.decode())


IGNORED = [
    # what stands in the post                                                                  what is still said
    ("<!-- fencepost-ignore link-anchor -->\n[a](#x)\n\n[b](#y)\n",                            ["link-anchor"]),
    ("<!-- fencepost-ignore link-anchor, image-alt -->\n\n![](p.svg) [a](#x)\n",               []),
    ("[a](#x) <!-- fencepost-ignore link-anchor -->\n",                                        []),
    ("[a](#x)\n\n<!-- fencepost-ignore-file link-anchor -->\n\n[b](#y)\n",                     []),
    ("<!-- fencepost-ignore fence-range -->\n```text {9}\nx\n```\n\n```text {9}\nx\n```\n",    ["fence-range"]),
    ("`fencepost-ignore link-anchor`\n[a](#x)\n",                                              ["link-anchor"]),
]  # fmt: skip


@pytest.mark.parametrize(("body", "left"), IGNORED)
def test_comments_switch_off(blog: Path, run: Command, body: str, left: list[str]) -> None:
    (blog / "post.md").write_text("---\ntitle: T\n---\n\n" + body, encoding="utf-8")
    assert said(run("fencepost", "check", "post.md", cwd=blog)) == left
    done = run("fencepost", "convert", "post.md", "--to", "html", cwd=blog)
    assert [code for code in re.findall(r"warning\[([a-z-]+)\]", done.stderr.decode()) if code != "image-alt"] == left


def test_comments_in_front_matter() -> None:
    text = "---\n# fencepost-ignore front-matter-key\nmood: x\n---\n"
    assert [(code, 3 in lines, 5 in lines) for code, lines in ignored(text)] == [("front-matter-key", True, False)]


def test_select_and_ignore(blog: Path, run: Command) -> None:
    (blog / "post.md").write_text("---\ntitle: T\n---\n\n[a](#x) [](q.md) ![](p.svg)\n", encoding="utf-8")
    ways: dict[tuple[str, ...], list[str]] = {
        (): ["link-anchor", "link-post", "image-alt"],
        ("--select", "link"): ["link-anchor", "link-post"],
        ("--select", "image-alt,link-anchor"): ["link-anchor", "image-alt"],
        ("--ignore", "link"): ["image-alt"],
        ("--select", "link", "--ignore", "link-post"): ["link-anchor"],
    }
    for way, wanted in ways.items():
        assert said(run("fencepost", "check", *way, "post.md", cwd=blog)) == wanted


def test_formats(blog: Path, run: Command) -> None:
    (blog / "post.md").write_text("---\ntitle: T\n---\n\n> [!NOTES]\n> 100%\n", encoding="utf-8")
    told = run("fencepost", "check", "post.md", cwd=blog)
    assert told.returncode == 1
    assert told.stdout.decode().startswith("post.md:5:3: warning[alert-type]: [!NOTES] is no type of alert; ")
    listed = json.loads(run("fencepost", "check", "--format", "json", "post.md", cwd=blog).stdout)
    assert [(item["line"], item["column"], item["code"], item["fixable"]) for item in listed] == [
        (5, 2, "alert-type", True)
    ]
    command = run("fencepost", "check", "--format", "github", "post.md", cwd=blog).stdout.decode()
    assert command.startswith("::warning file=post.md,line=5,col=3,title=alert-type::[!NOTES] is no type of alert")
    assert "%0Adid you mean `[!NOTE]`?" in command
    assert json.loads(run("fencepost", "check", "--format", "json", "other.md", cwd=blog).stdout) == []


def test_exit_codes(blog: Path, run: Command) -> None:
    (blog / "note.md").write_text("---\ntitle: T\nmood: x\n---\n\nText\n", encoding="utf-8")
    assert run("fencepost", "check", "note.md", cwd=blog).returncode == 0  # notes alone
    assert run("fencepost", "check", "note.md", "none.md", cwd=blog).returncode == 1
    assert run("fencepost", "check", "--format", "xml", "note.md", cwd=blog).returncode == 2
    piped = run("fencepost", "check", "-", input=b"[a](#x)\n", cwd=blog)
    assert piped.returncode == 1
    assert b"<stdin>:1:5: warning[link-anchor]" in piped.stdout
    assert {file.name for file in blog.iterdir()} == {"note.md", "other.md", "p.svg"}  # nothing is written


@pytest.mark.parametrize("paper", ["a4", "a5", "6x9"])
def test_width_of_code_is_that_of_print(blog: Path, run: Command, paper: str) -> None:
    import pymupdf

    (blog / "post.md").write_text("# T\n\n```text\n" + "x" * 200 + "\n```\n", encoding="utf-8")
    assert not run("fencepost", "convert", "post.md", "-o", "p.pdf", "--paper", paper, cwd=blog).returncode
    lines = [line for line in pymupdf.open(blog / "p.pdf")[0].get_text().split() if set(line) == {"x"}]
    assert len(lines[0]) == code_columns(paper)


def test_pre_commit_hook_runs_a_command_that_there_is() -> None:
    import yaml

    hooks = yaml.safe_load((ROOT / ".pre-commit-hooks.yaml").read_text(encoding="utf-8"))
    assert [(hook["id"], hook["entry"], hook["types"]) for hook in hooks] == [
        ("fencepost-check", "fencepost check", ["markdown"]),
        ("fencepost-fix", "fencepost check --fix", ["markdown"]),
    ]
