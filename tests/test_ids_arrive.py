"""A link to an id arrives in every format that can hold it; elsewhere its words stay, are told of, and stop nothing."""

from __future__ import annotations

import re
import zipfile
from pathlib import Path

import pytest
from pages import png

from fencepost.cli.main import main
from fencepost.fence import read_fence
from fencepost.markdown.protect import Dialects, carry
from fencepost.pandoc import run
from fencepost.pipeline.filter import filtered

CODE = """[a](#loop) [b](#b2) [c](#c3) [d](#d4) [e](#e5)

```{.python #loop caption="A loop"}
for x in y: pass
```

```python {#b2} title="x" {1}
x
```

```python title="a #no" #c3 /#no/
#no
```

```python {#d4 .numberLines}
x
```

- ```js {1}#v /x/#y #e5
  x
  ```
"""
ALL = """---
dialect: pandoc
---

[a](#loop) [b](#a_b.c:d) [c](#fig) [d](#im) [e](#al) [f](#h-x) [g](#cd) [h](#raw) [i](#über) [j](#bare) [k](#ln)

```{.python #loop caption="A loop"}
x
```

```{.python #a_b.c:d title="x"}
x
```

```{.python #über}
x
```

![A figure](a.png){#fig}

![](a.png){#bare}

An ![image](a.png){#im}, `code`{#cd}, [link](https://e.example){#ln}.

::: {.note #al}
text
:::

# H {#h-x}

<a id="raw"></a>raw
"""
NOWHERE = """See [line 2](#code-1-L2), [tab](#code-group-1-1), [alert](#alert-1), [drawn](#drawn), [none](#%22b%22).

```python title="a.py" linkable {2}
a = 1
b = 2
```

> [!NOTE]
> a

<svg width="9" height="9"><g id="drawn"></g></svg>
"""


def made(folder: Path, post: str, kind: str, *options: str) -> Path:
    (folder / "a.png").write_bytes(png(4, 4))
    (folder / "p.md").write_text(post, encoding="utf-8")
    with pytest.raises(SystemExit) as ended:
        main(["convert", str(folder / "p.md"), "-o", str(folder / f"p.{kind}"), *options])
    assert ended.value.code == 0
    return folder / f"p.{kind}"


def links_and_ids(file: Path) -> tuple[set[str], set[str]]:
    """Give what a document's links lead to within it, and what they can lead to."""
    if file.suffix == ".html":
        page = file.read_text(encoding="utf-8")
        return set(re.findall(r'href="#([^"]+)"', page)), set(re.findall(r'\bid="([^"]+)"', page))
    part = {".docx": "word/document.xml", ".odt": "content.xml"}[file.suffix]
    page = zipfile.ZipFile(file).read(part).decode()
    links = re.findall(r'(?:w:anchor="|xlink:href="#)([^"]+)"', page)
    return set(links), set(re.findall(r'bookmark(?:Start|-start|) [^>]*name="([^"]+)"', page))


@pytest.mark.parametrize(("post", "count"), [(CODE, 5), (ALL, 11)])
@pytest.mark.parametrize("kind", ["html", "docx", "odt"])
def test_links_to_ids_arrive(
    tmp_path: Path, capsys: pytest.CaptureFixture[str], kind: str, post: str, count: int
) -> None:
    links, ids = links_and_ids(made(tmp_path, post, kind))
    assert "link-anchor" not in capsys.readouterr().err
    assert len(links) == count and links <= ids


@pytest.mark.parametrize(("post", "count"), [(CODE, 5), (ALL, 11)])
def test_links_to_ids_arrive_in_print(
    tmp_path: Path, capsys: pytest.CaptureFixture[str], post: str, count: int
) -> None:
    import pymupdf

    with pymupdf.open(made(tmp_path, post, "pdf")) as document:
        inner = [link for page in document for link in page.get_links() if link["kind"] != pymupdf.LINK_URI]
    assert "link-anchor" not in capsys.readouterr().err and len(inner) == count


@pytest.mark.parametrize("kind", ["pdf", "epub", "docx", "odt"])
def test_ids_that_are_in_no_book_stop_nothing(tmp_path: Path, capsys: pytest.CaptureFixture[str], kind: str) -> None:
    made(tmp_path, NOWHERE, kind)
    said = capsys.readouterr().err
    assert "p.md:1:14: warning[link-anchor]: no heading here has the anchor #code-1-L2" in said
    assert said.count("warning[link-anchor]") >= 3


def test_a_label_that_typst_lacks_leaves_the_words(tmp_path: Path, monkeypatch: pytest.MonkeyPatch) -> None:
    from fencepost.filters import anchors

    monkeypatch.setattr(anchors, "known_ids", lambda _document: {"gone", "two"})
    monkeypatch.setattr(anchors, "_ids", lambda _places: {"gone", "two"})
    assert made(tmp_path, "[a](#gone) [b](#two) word\n", "pdf").stat().st_size > 1000


@pytest.mark.parametrize("writer", ["latex", "beamer"])
def test_labels_of_latex_are_those_of_its_links(writer: str) -> None:
    from subprocess import run as call

    text = carry(ALL, "markdown", sign=True, dialects=Dialects()).text.encode()
    command = [run.binary(), "-f", "markdown", "-t", "json"]
    data = call(command, input=text, capture_output=True, check=True, timeout=60).stdout
    out = filtered(data.replace(b'"dialect"', b'"x"'), writer)[0]
    command = [run.binary(), "-f", "json", "-t", writer]
    page = call(command, input=out, capture_output=True, check=True, timeout=60).stdout.decode()
    labels = set(re.findall(r"(?:\\label|\\fpanchor|\\hypertarget)\{([^}#]+)\}", page))
    assert {"loop", "a_b.c:d", "uxfcber", "al", "h-x"} <= labels


READS = {
    # language       meta                         id
    ("{.python",     "#loop caption=\"x\"}"):       "loop",
    ("python",       "{#loop}"):                  "loop",
    ("python",       "title=\"#a\" {#loop .b} {1}"): "loop",
    ("python",       "#loop"):                    "loop",
    ("python",       "{1}#loop"):                 "",
    ("python",       "/x/#loop"):                 "",
    ("python",       "/ #loop /"):                "",
    ("python",       "title=\" #loop \""):          "",
    ("python",       "{1} # 2"):                  "",
}  # fmt: skip


@pytest.mark.parametrize(("written", "identifier"), READS.items())
def test_ids_of_fences_are_read_whatever_the_dialect(written: tuple[str, str], identifier: str) -> None:
    assert read_fence(*written).identifier == identifier


def test_pandoc_s_attributes_are_read_whatever_the_dialect() -> None:
    assert read_fence("{.rust}", "").lang == "rust"
    fence = read_fence("{.python", '#a title="t" .numberLines}')
    assert (fence.lang, fence.title, fence.start) == ("python", "t", 1)
    assert read_fence("js", "{1,3}").lang == "js"
