"""Keys of other systems in front matter: none replaces the post, prints, or stops an output."""

from __future__ import annotations

import re
import subprocess
from pathlib import Path

import pytest
from conftest import ROOT, Command
from test_untrusted import words_of

from fencepost.frontmatter.authors_keys import INCLUDES, OURS
from fencepost.frontmatter.reading import KEYS
from fencepost.frontmatter.values import OPTIONS, folded

_VARIABLE = re.compile(r"\$(?:(?:if|for|elseif)\()?([A-Za-z][\w-]*)[^$\n]*\$")
_TAKEN = {folded(name) for names in KEYS.values() for name in names} | set(OPTIONS)
VALUES = {
    "true": "true",
    "text": "guides/zzqx",
    "list": "[zzqx, zzqy]",
    "map": "{zzqx: zzqy, margin: {x: 1pt}, name: zzqn}",
    "number": "17",
    "nothing": "",
    "Typst": "'`#panic(\"zzqx\")`{=typst} #panic(1) $x ]) \\end{document}'",
    "HTML": "'</style></head><!-- <script>zzqx'",
    "file": "zzqx.css",
}
FORMATS = ("html", "pdf", "epub", "docx", "odt")
BODY = "It says wordone *wordtwo* `wordthree` and $x^2$ here.\n\n## Headingword\n\n> [!NOTE]\n> wordfour\n"


def names_of(text: str) -> set[str]:
    keywords = {"if", "for", "else", "elseif", "endif", "endfor", "sep", "it"}
    return {name for name in _VARIABLE.findall(text) if name not in keywords}


def our_names() -> set[str]:
    templates = [ROOT / "templates" / name for name in ("post.html", "post.epub.html", "post.typ", "book.typ")]
    return set().union(*(names_of(file.read_text(encoding="utf-8")) for file in templates))


@pytest.fixture(scope="module")
def names(pandoc: str) -> list[str]:
    """Every variable of our templates and of pandoc's, but for what is a key or an option of ours."""
    writers = ("html5", "epub3", "latex", "typst", "opendocument", "openxml")
    said = [subprocess.run([pandoc, "-D", name], capture_output=True, timeout=60).stdout.decode() for name in writers]
    found = our_names().union(
        *map(names_of, said), OURS, ["epub-fonts", "stylesheet", "identifier", "creator", "rights"]
    )
    return sorted(name for name in found - INCLUDES if folded(name) not in _TAKEN)


def test_our_templates_read_nothing_that_a_post_may_set() -> None:
    assert our_names() - INCLUDES - OURS == set()


@pytest.mark.parametrize("kind", FORMATS)
@pytest.mark.parametrize("value", VALUES)
def test_words_stay_and_outputs_are_made(tmp_path: Path, run: Command, names: list[str], kind: str, value: str) -> None:
    assert len(names) > 80
    head = "".join(f"{name}: {VALUES[value]}\n" for name in names)
    (tmp_path / "a.md").write_text(f"---\ntitle: Titleword\n{head}---\n\n{BODY}", encoding="utf-8")
    (tmp_path / "b.md").write_text(f"---\ntitle: Titleword\n---\n\n{BODY}", encoding="utf-8")
    for post in "ab":
        done = run("fencepost", "convert", f"{post}.md", "-o", f"{post}.{kind}", "--offline", cwd=tmp_path)
        assert (done.returncode, done.stderr) == (0, b""), done.stderr.decode()
    if kind in ("html", "pdf"):
        assert (tmp_path / f"a.{kind}").read_bytes().replace(b"a.md", b"b.md") == (tmp_path / f"b.{kind}").read_bytes()
        return
    words = words_of((tmp_path / f"a.{kind}").read_bytes(), "epub")
    assert all(word in words for word in ("wordone", "wordtwo", "wordthree", "wordfour", "Headingword", "Titleword"))
    if kind != "epub":  # whose `publisher` and `rights` a post may say
        assert "zzq" not in words


@pytest.mark.parametrize("value", ["true", "map", "list", "text"])
@pytest.mark.parametrize("key", ["header-includes", "include-before", "include-after", "publisher", "group-position"])
def test_what_a_post_may_say_is_text(tmp_path: Path, run: Command, key: str, value: str) -> None:
    (tmp_path / "a.md").write_text(f"---\ntitle: T\n{key}: {VALUES[value]}\n---\n\n{BODY}", encoding="utf-8")
    done = run("fencepost", "convert", "a.md", "--to", "html,pdf,epub,docx", cwd=tmp_path)
    assert (done.returncode, done.stderr) == (0, b"")
    page = (tmp_path / "a.html").read_text(encoding="utf-8")
    assert ("zzqx" in page) == (key in INCLUDES and value in ("list", "text"))
    assert ">true<" not in page and "wordone" in page


def test_a_template_of_ones_own_has_the_names_of_the_docs_and_the_authors_keys(tmp_path: Path, run: Command) -> None:
    page = (ROOT / "docs" / "theme.md").read_text(encoding="utf-8")
    table = re.search(r"\| variable \|.*?\n\n", page, re.DOTALL)
    assert table
    documented = set(re.findall(r"`([\w-]+)`", "\n".join(row.split("|")[1] for row in table[0].split("\n")[2:-2])))
    assert our_names() - documented <= {
        *INCLUDES, "body", "math", "table-of-contents", "body-type", "coverpage", "titlepage", "cover-image-width",
        "cover-image-height", "smart",
    }  # fmt: skip
    own = "title=$title$ day=$date-iso$ dir=$dir$ theirs=$series$ layout=$layout$ math=$if(math)$yes$endif$ $body$"
    (tmp_path / "own.html").write_text(own, encoding="utf-8")
    head = "title: T\ndate: 2025-05-22\nseries: S\nlayout: post\nmath: true\nbody: gone\ndir: x/y\n"
    (tmp_path / "a.md").write_text(f"---\n{head}---\n\n{BODY}", encoding="utf-8")
    done = run("fencepost", "convert", "a.md", "-o", "a.html", "--template", "own.html", cwd=tmp_path)
    assert done.returncode == 0, done.stderr
    made = (tmp_path / "a.html").read_text(encoding="utf-8")
    assert made.startswith("title=T day=2025-05-22 dir= theirs=S layout=post math= ")
    assert "wordone" in made and "gone" not in made
