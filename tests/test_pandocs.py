"""Every pandoc that our users have: the source stage, the filters and `convert` with each that is installed.

`make pandocs` installs them, by `tests/tools/pandocs.py`; one that this machine cannot run is left out there.
"""

from __future__ import annotations

import base64
import os
import re
import subprocess
from pathlib import Path

import pymupdf
import pytest
import trees
from conftest import BIN, ROOT, need
from test_source import differences
from tools.pandocs import PANDOCS
from words import TEXT_OF

from fencepost.diagnostics.model import FencepostError
from fencepost.pandoc import versions
from fencepost.pandoc.run import binary
from fencepost.pandoc.versions import NEWEST, OLDEST, parse_version, untested

POST = """\
---
title: w1q *w2q*
author: {name: w3q}
---

w4q --w5q [^a] **w6q** `w7q` [w8q](https://example.org) ~~w9q~~ <kbd>w10q</kbd>

## w11q[^b]

> [!NOTE]
> w12q
>
> > [!WARNING] w13q
> > w14q

> w15q

```python title="w16q" caption="w17q" {1} /w18q/
w18q = "w19q"
```

```js
w20q()
```

| w21q | w22q |
|------|-----:|
| w23q | **w24q**[^a] |

![w25q](own.png "w26q")

![w27q](own.png)

- w28q

  ![w29q](own.png) w30q
- [x] w31q

:::tip[w32q]
w33q
:::

$x$ w34q

1. w35q
   ```text
   w36q
   ```

***

w37q

[^a]: w38q *w39q*

    w40q[^b]

[^b]: w41q
"""
PIXEL = base64.b64decode(
    "iVBORw0KGgoAAAANSUhEUgAAAAEAAAABCAYAAAAfFcSJAAAADUlEQVR42mNk+M9QDwADhgGAWjR9awAAAABJRU5ErkJggg=="
)
HEAD = {"w1q", "w2q", "w3q"}
ELSEWHERE = HEAD | {"w17q", "w38q", "w39q", "w40q", "w41q"}  # a caption stands below its code, notes behind
PIPED = ("html", "latex", "plain", "docx", "odt", "epub", "commonmark", "rst", "asciidoc", "man")
# what a writer of pandoc's own leaves out: a figure's other text, and notes of several paragraphs
LEAVES_OUT = {"plain": {"w26q"}, "asciidoc": {"w38q", "w39q", "w40q", "w41q"}, "man": {"w25q", "w27q"}}
FOLDER = Path(os.environ.get("FENCEPOST_PANDOCS", ROOT / ".pandocs"))
ALT = {"w25q", "w29q"}  # descriptions of images, which stand beside the text or nowhere
SAYS_ALT = {"latex": (3, 8), "docx": (3,), "man": (3,), "odt": (99,)}  # pandoc's writers, since when
Done = subprocess.CompletedProcess[bytes]


class Pandoc:
    """One pandoc, and a blog to run it in."""

    def __init__(self, program: Path, blog: Path, environment: dict[str, str]) -> None:
        (blog / "bin").mkdir()
        (blog / "bin" / "pandoc").symlink_to(program)
        (blog / "own.png").write_bytes(PIXEL)
        (blog / "post.md").write_text(POST, encoding="utf-8")
        path = os.pathsep.join([str(BIN), str(blog / "bin"), environment["PATH"]])
        self.program, self.blog = program, blog
        self.environment = {**environment, "PYPANDOC_PANDOC": str(program), "PATH": path}
        self.version = parse_version(self.run("pandoc", "--version").stdout.decode().split()[1])

    def run(self, *words: str, input: bytes = b"") -> Done:
        """Run a command as this pandoc's user would."""
        return subprocess.run(words, input=input, capture_output=True, env=self.environment, cwd=self.blog, timeout=120)

    def words(self, file: str) -> list[str]:
        """Give the words of what was made, in order."""
        kind = file.rpartition(".")[2]
        data = (self.blog / file).read_bytes()
        return re.findall(r"w\d+q", TEXT_OF.get(kind, lambda data: data.decode())(data))


@pytest.fixture(params=PANDOCS)
def each(request: pytest.FixtureRequest, tmp_path: Path, environment: dict[str, str]) -> Pandoc:
    program = FOLDER / f"pandoc-{request.param}"
    need(program.exists(), f"pandoc {request.param} (make pandocs)")
    return Pandoc(program.resolve(), tmp_path, environment)


ATTRIBUTES = {"w16q", "w17q", "w26q"}  # titles and captions, which pandoc alone leaves in attributes
KEEPS = {"fences": {"w16q", "w17q"}, "figures": {"w26q"}}
ALL = [f"w{number}q" for number in range(1, 42)]


def missing(found: list[str], left_out: set[str]) -> list[str]:
    """List the words that are not there, and the body's that are out of order."""
    wanted = [word for word in ALL if word not in left_out]
    body = [word for word in wanted if word not in ELSEWHERE]
    at, early = 0, []
    for word in body:
        if word in found[at:]:
            at = found.index(word, at)
        else:
            early.append(word)
    return [word for word in wanted if word not in found] + early


def test_what_is_missing_is_found() -> None:
    assert missing(ALL, set()) == []
    assert missing([*ALL[:20], *ALL[21:]], set()) == ["w21q", "w21q"]
    assert missing([*ALL[:20], ALL[21], ALL[20], *ALL[22:]], set()) == ["w22q"]


def test_through_filters_nothing_is_lost(each: Pandoc) -> None:
    source = each.run("fencepost", "source", "post.md").stdout
    writers = [*PIPED, *(["typst"] if each.version >= versions.SINCE["typst"] else [])]
    for target in writers:
        command = ["pandoc", "-f", "gfm", "--filter", "fencepost", "--filter", "fencepost-figures", "-s"]
        done = each.run(*command, "-t", target, "-o", f"x.{target}", input=source)
        assert (done.returncode, done.stderr) == (0, b""), target
        found = each.words(f"x.{target}")
        head = HEAD if target not in ("html", "latex", "typst") else set()  # a template's business
        alt = ALT if each.version < SAYS_ALT.get(target, ()) else set()
        assert missing(found, LEAVES_OUT.get(target, set()) | head | alt) == [], target


def test_alerts_code_and_notes_are_ours(each: Pandoc) -> None:
    source = each.run("fencepost", "source", "post.md").stdout
    html = each.run("pandoc", "-f", "gfm", "--filter", "fencepost", "-t", "html", input=source).stdout.decode()
    assert len(re.findall(r'class="alert alert-(?:note|warning|tip) ', html)) == 3
    assert html.count('data-rehype-pretty-code-figure=""') >= 3
    assert "data-highlighted-line" in html
    assert "data-highlighted-chars" in html
    assert len(re.findall(r'<li id="fn-\d+"', html)) == 2


def test_each_filter_alone(each: Pandoc) -> None:
    source = each.run("fencepost", "source", "post.md").stdout
    for name in ("alerts", "fences", "footnotes", "groups", "listings", "inline", "figures"):
        done = each.run("pandoc", "-f", "gfm", "--filter", f"fencepost-{name}", "-o", "x.html", input=source)
        assert done.returncode == 0, (name, done.stderr)
        assert missing(each.words("x.html"), HEAD | (ATTRIBUTES - KEEPS.get(name, set()))) == [], name


def test_the_reader_and_the_defaults(each: Pandoc) -> None:
    data = each.run("fencepost", "datadir").stdout.decode().strip()
    kinds = ["html", "epub", *(["pdf"] if each.version >= versions.SINCE["typst"] else [])]
    for kind in kinds:
        reader = ["-f", f"{data}/custom/fencepost.lua", "--filter", "fencepost"]
        way = ["--data-dir", data, "-d", kind] if each.version >= (3,) else [*reader, "-s"]
        done = each.run("pandoc", *way, "post.md", "-o", f"x.{kind}")
        assert done.returncode == 0, (kind, done.stderr)
        pictures = {"w25q", "w26q", "w27q", "w29q"}  # without our filter for figures, pandoc's business
        assert missing(each.words(f"x.{kind}"), HEAD | pictures) == [], kind


def test_convert(each: Pandoc) -> None:
    can_print = each.version >= versions.SINCE["typst"]
    for kind in ("html", "epub", "docx", "odt", *(["pdf"] if can_print else [])):
        done = each.run("fencepost", "convert", "post.md", "-o", f"x.{kind}")
        codes = set(re.findall(r"(?:warning|error|note)\[([a-z-]+)\]", done.stderr.decode()))
        assert (done.returncode, codes - {"pdf-standard"}) == (0, set()), done.stderr.decode()
        unseen = {"w26q"} if kind in ("docx", "odt") else set()
        unseen |= ALT if kind == "pdf" or (kind == "docx" and each.version < (3,)) else set()
        assert missing(each.words(f"x.{kind}"), unseen) == [], kind
    if not can_print:
        done = each.run("fencepost", "convert", "post.md", "-o", "x.pdf")
        assert done.returncode == 1
        assert b"error[pandoc-version]: pandoc 2.19.2 cannot write Typst" in done.stderr
        assert not (each.blog / "x.pdf").exists()


def test_tags_are_the_keywords_of_a_pdf(each: Pandoc) -> None:
    """pandoc's template for Typst has written them in three ways, each of which another breaks."""
    if each.version < versions.SINCE["typst"]:
        return  # it writes no Typst, as `test_convert` asserts
    data = each.run("fencepost", "datadir").stdout.decode().strip()
    post = '---\ntitle: T\ntags: [a b, "C#", "say \\"x\\""]\n---\n\nWords.\n'
    (each.blog / "tags.md").write_text(post, encoding="utf-8")
    done = each.run("pandoc", "--data-dir", data, "-d", "pdf", "tags.md", "-o", "tags.pdf")
    assert done.returncode == 0, done.stderr
    assert pymupdf.open(each.blog / "tags.pdf").metadata["keywords"] == 'a b, C#, say "x"'


def test_wikilinks_are_links(each: Pandoc) -> None:
    (each.blog / "Other.md").write_text("# Other\n", encoding="utf-8")
    (each.blog / "wiki.md").write_text('See [[Other|that]] and [words](a.md "wikilink").\n', encoding="utf-8")
    done = each.run("fencepost", "convert", "--alerts", "obsidian", "--fragment", "wiki.md", "-o", "wiki.html")
    html = (each.blog / "wiki.html").read_text(encoding="utf-8")
    assert done.returncode == 0
    if each.version < versions.SINCE["wikilinks"]:
        assert b"wiki.md:1:5: warning[pandoc-version]: pandoc 2.19.2 reads no wikilinks" in done.stderr
        assert "See [[Other|that]] and" in html
    else:
        assert b"pandoc-version" not in done.stderr
        assert 'See <a href="Other.html">that</a> and' in html or 'See <a href="Other.md">that</a> and' in html


@pytest.mark.parametrize("reader", ["gfm", "commonmark_x"])
def test_the_source_stage(each: Pandoc, reader: str, monkeypatch: pytest.MonkeyPatch) -> None:
    """Over the corpora: what the stage touches comes back as this pandoc alone reads it."""
    monkeypatch.setattr(trees, "binary", lambda: str(each.program))
    touched, differing = differences(reader, each.blog)
    assert len(touched) > 150
    if each.version < (3,):
        differing.pop("footnotes/label-empty.md", None)  # `[^]` is a note there, and nowhere else
    assert differing == {}


def test_the_newest_is_in_the_range_that_is_said(each: Pandoc) -> None:
    assert untested(each.version) is None


VERSIONS = [
    ("2.18",     "pandoc 2.18 has not been tried with this Fencepost; pandoc 2.19 to 3.11 have"),
    ("2.19",     None),
    ("3.11.0.9", None),
    ("3.12",     "pandoc 3.12 has not been tried"),
    ("4.0",      "pandoc 4.0 has not been tried"),
    ("",         None),
]  # fmt: skip


@pytest.mark.parametrize(("text", "said"), VERSIONS)
def test_an_untested_version_is_warned_of(text: str, said: str | None) -> None:
    found = untested(parse_version(text))
    assert (found and found.severity, found and found.code) == ((said and "warning"), (said and "pandoc-version"))
    assert said is None or (found and said in found.message)


FAKE = """\
#!/bin/sh
[ "$1" = --version ] && echo "pandoc 3.99" && exit
for word; do
  [ "$word" = --math-method=mathml ] && word=--mathml
  set -- "$@" "$word"; shift
done
exec "PANDOC" "$@"
"""


def test_a_newer_pandoc_is_warned_of_once_and_works(tmp_path: Path, environment: dict[str, str]) -> None:
    """A stand-in that says that it is 3.99: two posts, three formats, two filters, a warning each run."""
    fake = tmp_path / "bin" / "pandoc"
    fake.parent.mkdir()
    fake.write_text(FAKE.replace("PANDOC", binary()), encoding="utf-8")
    fake.chmod(0o755)
    env = {**environment, "PYPANDOC_PANDOC": str(fake)}
    for name in ("a", "b"):
        (tmp_path / f"{name}.md").write_text("# T\n\n> [!NOTE]\n> x\n", encoding="utf-8")
    command = [BIN / "fencepost", "convert", "a.md", "b.md"]
    done = subprocess.run(command, cwd=tmp_path, env=env, capture_output=True, timeout=120)
    assert done.returncode == 0, done.stderr
    assert done.stderr.count(b"warning[pandoc-version]: pandoc 3.99 has not been tried") == 1
    assert all((tmp_path / f"{name}.{kind}").is_file() for name in "ab" for kind in ("html", "pdf", "epub"))
    done = subprocess.run([*command, "--quiet"], cwd=tmp_path, env=env, capture_output=True, timeout=120)
    assert (done.returncode, done.stderr) == (0, b"")


DOCUMENT = b'{"pandoc-api-version":[1,23,1],"meta":{},"blocks":[{"t":"Para","c":[{"t":"Str","c":"x"}]}]}'


def test_of_two_filters_the_first_warns(environment: dict[str, str]) -> None:
    env = {**environment, "PANDOC_VERSION": "3.99"}
    one = subprocess.run([BIN / "fencepost-alerts", "html"], input=DOCUMENT, env=env, capture_output=True, timeout=60)
    assert one.returncode == 0
    assert b"warning[pandoc-version]: pandoc 3.99" in one.stderr
    two = subprocess.run([BIN / "fencepost-fences", "html"], input=one.stdout, env=env, capture_output=True, timeout=60)
    assert (two.returncode, two.stderr) == (0, b"")
    known = {**environment, "PANDOC_VERSION": ".".join(map(str, NEWEST))}
    same = subprocess.run(
        [BIN / "fencepost-alerts", "html"], input=DOCUMENT, env=known, capture_output=True, timeout=60
    )
    assert (same.stdout, same.stderr) == (DOCUMENT, b"")


def test_another_tree_is_refused_and_both_versions_are_named(environment: dict[str, str]) -> None:
    env = {**environment, "PANDOC_VERSION": "3.99"}
    other = DOCUMENT.replace(b"[1,23,1]", b"[1,24]")
    done = subprocess.run([BIN / "fencepost", "html"], input=other, capture_output=True, timeout=60,
                          env={**env, "PANDOC_READER_OPTIONS": "{}"})  # fmt: skip
    assert done.returncode == 1
    assert done.stdout == b""
    assert b"pandoc 3.99 gives a tree of version 1.24; this Fencepost knows 1.22 and 1.23" in done.stderr
    with pytest.raises(FencepostError):
        versions.check_tree({"pandoc-api-version": [2, 0]}, "post.md")


def test_the_manual_states_the_range() -> None:
    said = f"pandoc {versions.shown(OLDEST)} to {versions.shown(NEWEST)}"
    for page in ("README.md", "docs/pipelines.md"):
        assert said in (ROOT / page).read_text(encoding="utf-8"), page
