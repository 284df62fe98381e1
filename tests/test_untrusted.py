"""The seven promises of `--untrusted` (`SECURITY.md`), each shown to hold, and where it can be, shown to be needed."""

from __future__ import annotations

import http.server
import io
import os
import re
import resource
import subprocess
import sys
import threading
import time
import zipfile
from collections.abc import Iterator
from html.parser import HTMLParser
from pathlib import Path

import pymupdf
import pytest
from conftest import BIN, Command
from hostile import CASES, cost_of
from hypothesis import given
from hypothesis import strategies as st

from fencepost.diagnostics.model import FencepostError
from fencepost.diagnostics.order import in_order
from fencepost.formats.convert import convert
from fencepost.options import Options, merge
from fencepost.pandoc.run import Run
from fencepost.post.settle import look
from fencepost.settings.run import Settings
from fencepost.untrusted.bounds import check_bounds
from fencepost.untrusted.html import clean
from fencepost.untrusted.post import is_safe
from fencepost.untrusted.supervised import supervised

FORMATS = ("html", "pdf", "epub")
CANARY = "CANARY4711"
DRAWING = f'<svg xmlns="http://www.w3.org/2000/svg" width="80" height="40"><text x="2" y="20">{CANARY}</text></svg>'
Done = subprocess.CompletedProcess[bytes]


@pytest.fixture
def blog(tmp_path: Path) -> Path:
    """A folder with a post's place in it, beside files that are none of the post's business."""
    home = tmp_path / "blog"
    home.mkdir()
    (home / "own.svg").write_text(DRAWING.replace(CANARY, "OWN"), encoding="utf-8")
    (tmp_path / "canary.svg").write_text(DRAWING, encoding="utf-8")
    (tmp_path / "canary.css").write_text(f"/* {CANARY} */", encoding="utf-8")
    (tmp_path / "public").mkdir()
    (tmp_path / "public" / "canary.svg").write_text(DRAWING, encoding="utf-8")
    (home / "linked.svg").symlink_to(tmp_path / "canary.svg")
    return home


@pytest.fixture
def server() -> Iterator[tuple[str, list[str]]]:
    """A server on this machine, and the paths that it was asked for."""
    asked: list[str] = []

    class Handler(http.server.BaseHTTPRequestHandler):
        def do_GET(self) -> None:
            asked.append(self.path)
            self.send_response(200)
            self.end_headers()
            self.wfile.write(DRAWING.encode())

        def log_message(self, *_: object) -> None:
            pass

    running = http.server.ThreadingHTTPServer(("127.0.0.1", 0), Handler)
    threading.Thread(target=running.serve_forever, daemon=True).start()
    yield f"http://127.0.0.1:{running.server_port}", asked
    running.shutdown()
    running.server_close()


def converted(run: Command, blog: Path, text: str, kind: str, *more: str) -> tuple[Done, str]:
    """Convert a stranger's post; gives all words of the output, also those inside a PDF or an EPUB."""
    (blog / "post.md").write_text(text, encoding="utf-8")
    out = blog / f"post.{kind}"
    out.unlink(missing_ok=True)
    done = run("fencepost", "convert", "post.md", "-o", out.name, *more, cwd=blog)
    return done, words_of(out.read_bytes(), kind) if out.is_file() else ""


def words_of(data: bytes, kind: str) -> str:
    if kind == "html":
        return data.decode()
    if kind == "pdf":
        pdf = pymupdf.open(stream=data, filetype="pdf")
        streams = (
            pdf.xref_stream(number) or b"" for number in range(1, pdf.xref_length()) if pdf.xref_is_stream(number)
        )
        return "".join(page.get_text() for page in pdf) + "".join(stream.decode("latin-1") for stream in streams)
    with zipfile.ZipFile(io.BytesIO(data)) as book:
        return "".join(f"{name}\n{book.read(name).decode('latin-1')}" for name in book.namelist())


DISCLOSING = """\
---
title: T
css: ../canary.css
stylesheet: ../canary.css
cover: ../canary.svg
epub-cover-image: ../canary.svg
header-includes: '<img src="../canary.svg">'
---

![a](../canary.svg) ![b](linked.svg) ![c](/canary.svg) ![d]({home}/canary.svg) ![e]({web}/e.svg) ![f](file://{home}/canary.svg)

<img src="../canary.svg"> <img src="{web}/g.svg" srcset="{web}/h.svg 2x"> <iframe src="{web}/i"></iframe>
<link rel="stylesheet" href="{web}/j.css"> <object data="../canary.svg"></object> <video src="../canary.svg" poster="{web}/k"></video>

<script src="{web}/l.js"></script>

<img src='../canary.svg'>

```{=typst}
#read("../canary.svg")
```

$\\input{{../canary.svg}}$ ![own](own.svg)
"""  # noqa: E501


def disclosing(blog: Path, web: str) -> str:
    return DISCLOSING.replace("{home}", str(blog.parent)).replace("{web}", web).replace("{{", "{").replace("}}", "}")


@pytest.mark.parametrize("kind", FORMATS)
@pytest.mark.parametrize("more", [(), ("--embed",)], ids=["", "embed"])
def test_1_no_file_is_read_and_no_address_contacted(
    blog: Path, run: Command, server: tuple[str, list[str]], kind: str, more: tuple[str, ...]
) -> None:
    web, asked = server
    done, words = converted(run, blog, disclosing(blog, web), kind, "--untrusted", *more)
    assert done.returncode == 0, done.stderr.decode()
    assert CANARY not in words
    assert asked == []
    assert b"image-missing" in done.stderr
    if kind == "epub":
        assert "OWN" in words  # what is the post's own is there


def test_1_is_needed(blog: Path, run: Command, server: tuple[str, list[str]]) -> None:
    """The same post, trusted, discloses and fetches: the test above can fail."""
    web, asked = server
    _, words = converted(run, blog, disclosing(blog, web), "epub")
    assert CANARY in words
    assert asked


TITLES = [
    "![x]({})",
    '<img src="{}" alt="x">',
    '<picture><source srcset="{}"><img src="{}"></picture>',
    "[*![x]({})*](y)",
]


@pytest.mark.parametrize("kind", [*FORMATS, "docx", "odt"])
@pytest.mark.parametrize(
    "form", ["---\ntitle: '{}'\nsubtitle: '{}'\n---\n\nText\n", "# {}\n\nText\n"], ids=["meta", "head"]
)
def test_1_a_title_shows_no_file(blog: Path, run: Command, server: tuple[str, list[str]], kind: str, form: str) -> None:
    """pandoc reads what an image in a title names, for it is put into the book's title page."""
    web, asked = server
    for title in TITLES:
        for source in ("../canary.svg", f"{blog.parent}/canary.svg", f"{web}/t.svg"):
            done, words = converted(run, blog, form.replace("{}", title.replace("{}", source)), kind, "--untrusted")
            assert done.returncode == 0, done.stderr.decode()
            assert CANARY not in words and asked == [], (title, source)


def test_1_a_configuration_beside_the_post_is_not_read(blog: Path, run: Command) -> None:
    (blog / "fencepost.yaml").write_text(
        "diagrams:\n  dot: touch ran\ncss: ../canary.css\nembed: true\n", encoding="utf-8"
    )
    done, words = converted(run, blog, "# T\n\n```dot\ndigraph {}\n```\n", "html", "--untrusted")
    assert done.returncode == 0
    assert not (blog / "ran").exists()
    assert CANARY not in words


KEYS = [
    # front matter                                     what is said                    what must not be in the page
    ("css: https://a.example/x.css",                   "`css` is ignored",             "a.example"),
    ("template: post.md",                              "`template` is ignored",        "TEMPLATE"),
    ("theme: post.md",                                 "`theme` is ignored",           "TEMPLATE"),
    ("header-includes: <script>bad()</script>",        "`header-includes` is ignored", "bad()"),
    ("include-before: <b>bad()</b>",                   "`include-before` is ignored",  "bad()"),
    ("cover: https://a.example/x.png",                 "`cover` is ignored",           "a.example"),
    ("canonical: javascript:bad()",                    "`canonical` is ignored",       "bad()"),
    ("author: {name: A, url: 'javascript:bad()'}",     "",                             "bad()"),
    ("embed: true\nsite-root: /",                      "`site-root` is ignored",       "TEMPLATE"),
    ("untrusted: false",                               "`untrusted` is ignored",       "TEMPLATE"),
    ("max-size: 1e9\npandoc-heap: 90000",              "`pandoc-heap` is ignored",     "TEMPLATE"),
    ("mine: <script>bad()</script>",                   "",                             "bad()"),
    ("lang: 'x\"><script>bad()</script>'",             "is no language code",          "bad()"),
]  # fmt: skip


@pytest.mark.parametrize(("head", "said", "kept_out"), KEYS)
def test_2_front_matter_is_an_allow_list(blog: Path, run: Command, head: str, said: str, kept_out: str) -> None:
    done, words = converted(run, blog, f"---\ntitle: T\n{head}\n---\n\nText\n", "html", "--untrusted")
    assert done.returncode == 0, done.stderr
    assert said in done.stderr.decode()
    assert kept_out not in words


def test_2_what_describes_a_post_stays(blog: Path, run: Command) -> None:
    head = "---\ntitle: A *title*\nauthor: Ada\ndate: 2025-05-22\ntags: [x, y]\ntoc: true\nlang: de\n---\n\n## H\n"
    done, words = converted(run, blog, head, "html", "--untrusted")
    assert (done.returncode, done.stderr) == (0, b"")
    for kept in ("A <em>title</em>", "Ada", "2025-05-22", 'lang="de"', 'href="#h"'):
        assert kept in words


class _Found(HTMLParser):
    """What acts in a page: elements, handlers, addresses."""

    def __init__(self, page: str) -> None:
        super().__init__()
        self.tags: list[str] = []
        self.bad: list[str] = []
        self.feed(page)

    def handle_starttag(self, tag: str, attrs: list[tuple[str, str | None]]) -> None:
        self.tags.append(tag)
        for name, value in attrs:
            is_address = name in ("href", "src", "action", "formaction", "data", "xlink:href", "srcdoc")
            if name.startswith("on") or is_address and not is_safe(value or ""):
                self.bad.append(f"{tag} {name}={value}")


ATTACKS = [
    "<script>bad()</script>",
    "a <script>bad()</script> b",
    "<img src=x onerror=bad()>",
    "<svg onload=bad()></svg>",
    "<svg><a xlink:href='javascript:bad()'><text>x</text></a></svg>",
    "<a href='java\tscript:bad()'>x</a>",
    "[x](javascript:bad())",
    "[x](JAVA&Tab;SCRIPT:bad())",
    "[x](data:text/html;base64,PHNjcmlwdD4=)",
    "[x](vbscript:bad())",
    "<javascript:bad()>",
    "![x](javascript:bad())",
    "![x](data:text/html,<script>bad()</script>)",
    "[x]\n\n[x]: javascript:bad()",
    "<iframe srcdoc='<script>bad()</script>'></iframe>",
    "<form action='javascript:bad()'><button formaction='javascript:bad()'>x</button></form>",
    "<div title='\n\n'><script>bad()</script>",
    "<math><mtext><table><mglyph><style><img src=x onerror=bad()></style></mglyph></table></mtext></math>",
    "<noscript><p title='</noscript><img src=x onerror=bad()>'></noscript>",
    "<details open ontoggle=bad()><summary>x</summary>\n\ny\n\n</details>",
    "<!--><img src=x onerror=bad()>-->",
    "<base href='javascript:bad()//'><meta http-equiv=refresh content='0;url=javascript:bad()'>",
    "# <img src=x onerror=bad()>",
    "> [!NOTE] <img src=x onerror=bad()>\n> x",
    "| a |\n|---|\n| <img src=x onerror=bad()> |",
    "x[^1]\n\n[^1]: <img src=x onerror=bad()>",
    "```js title=\"<script>bad()</script>\"\nx\n```",
    "```\"><script>bad()</script>\nx\n```",
    "$<script>bad()</script>$",
    ":::note[<img src=x onerror=bad()>]\nx\n:::",
    "\ue0f00\ue0f1 <b>x</b>",
    # a link inside an attribute, whose own quotes end it: by the sign that stood for it, by a block that opens one
    '<b title="&#xe0f0;4&#xe0f1;">z</b> [x](x/onmouseover=bad()/y)',
    "<div title='\n\n[x](x/onmouseover=bad()/y)\n\n<p '>",
]  # fmt: skip


@pytest.mark.parametrize("kind", ["html", "epub"])
def test_3_html_is_sanitised(blog: Path, run: Command, kind: str) -> None:
    """All attacks in one post, a word behind each that must be there; nothing acts that does not in an empty post."""
    body = "\n\n".join(f"{attack}\n\nword{number} kept\n" for number, attack in enumerate(ATTACKS))
    head = (
        "---\ntitle: 'T <script>bad()</script> <img src=x onerror=bad()>'\nsubtitle: '<script>bad()</script>'\n---\n\n"
    )
    _, plain = converted(run, blog, "---\ntitle: T\n---\n\nText\n", kind, "--untrusted")
    done, words = converted(run, blog, head + body, kind, "--untrusted")
    assert done.returncode == 0, done.stderr.decode()
    assert [number for number in range(len(ATTACKS)) if f"word{number} kept" not in words] == []
    found, usual = _Found(words), _Found(plain)
    assert found.bad == []
    for tag in ("script", "iframe", "object", "form", "base", "style"):
        assert found.tags.count(tag) == usual.tags.count(tag) or kind == "epub" and tag == "style", tag
    assert {"untrusted-html", "untrusted-link"} <= set(re.findall(r"\[([a-z-]+)\]:", done.stderr.decode()))


@pytest.mark.parametrize("attack", ATTACKS)
def test_3_each_attack_alone(tmp_path: Path, attack: str) -> None:
    (tmp_path / "post.md").write_text(attack, encoding="utf-8")
    settings = Settings({"untrusted": True})
    convert(look(str(tmp_path / "post.md"), settings), {"html": tmp_path / "post.html"}, settings)
    assert _Found((tmp_path / "post.html").read_text(encoding="utf-8")).bad == []


def test_3_the_seam_of_a_page_cannot_be_written(tmp_path: Path, monkeypatch: pytest.MonkeyPatch) -> None:
    """A long page is written in two halves. A post that could write what marks the seam would have its second half put
    into an attribute: the mark is another each time."""
    given: list[bytes] = []
    finish = Run.finish
    monkeypatch.setattr(Run, "finish", lambda run, data: given.append(data) or finish(run, data))
    (tmp_path / "post.md").write_text(("word " * 200 + "\n\n") * 60, encoding="utf-8")
    settings = Settings({"untrusted": True})
    for _ in range(2):
        convert(look(str(tmp_path / "post.md"), settings), {"html": tmp_path / "post.html"}, settings)
    marks = re.findall(rb'"RawBlock","c":\["html","([^"]+)"', b"".join(given))
    assert len(marks) == len(set(marks)) == 2
    assert not any(mark in (tmp_path / "post.html").read_bytes() for mark in marks)


def test_3_is_needed(blog: Path, run: Command) -> None:
    _, words = converted(run, blog, "\n\n".join(ATTACKS), "html")
    assert _Found(words).bad


def test_3_harmless_html_stays_where_it_is(blog: Path, run: Command) -> None:
    text = "a <kbd>K</kbd> b\n\n<details><summary>S</summary>\n\n**in**\n\n</details>\n\n"
    text += '<div align="center">\n\nmid\n\n</div>\n'
    done, words = converted(run, blog, text, "html", "--untrusted", "--fragment")
    assert (done.returncode, done.stderr) == (0, b"")
    flat = " ".join(words.split())
    assert "a <kbd>K</kbd> b" in flat
    assert re.search(r"<details> ?<summary>S</summary> ?<p><strong>in</strong></p> ?</details>", flat)
    assert re.search(r'<div align="center"> ?<p>mid</p> ?</div>', flat)


_PARTS = """
    < > <b> </b> <script> </script> <img src=x onerror=x() <a href= " ' javascript: x <!-- --> <svg> <style> </style>
    <math> / = <table> <td> <p> </p> &lt; &#106;avascript: <textarea> <title> <noscript> xlink:href= &#9; srcdoc=
"""


@given(st.lists(st.sampled_from([*_PARTS.split(), " ", "\0", "\n"]), max_size=24).map("".join))
def test_3_whatever_html_is_cleaned(html: str) -> None:
    found = _Found(clean(html))
    assert found.bad == []
    assert not {"script", "style", "svg", "iframe", "math"}.intersection(found.tags)


BOUNDS = [
    # text                                                  option                   the code that is said, and the line
    ("x" * 1_100_000,                                       {"max_size": 1.0},       ("limit-size", None)),
    ("a\n" + "> " * 51 + "x",                               {"max_nesting": 50},     ("limit-nesting", 2)),
    ("".join("  " * n + "- a\n" for n in range(60)),        {"max_nesting": 50},     ("limit-nesting", 51)),
    ("1. " * 51 + "x",                                      {"max_nesting": 50},     ("limit-nesting", 1)),
    ("> " * 50 + "x\n" + " " * 400 + "x\n" + "-" * 400,     {"max_nesting": 50},     None),
    ("[^a]: x\n" * 6,                                       {"max_notes": 5},        ("limit-notes", 6)),
    ("[^a]" * 21,                                           {"max_notes": 5},        ("limit-notes", 1)),
    ("[^a]" * 19 + "\n\n[^a]: x\n",                         {"max_notes": 5},        None),
]  # fmt: skip


@pytest.mark.parametrize(("text", "limits", "breach"), BOUNDS)
def test_4_size_nesting_and_notes_are_bounded(
    text: str, limits: dict[str, float], breach: tuple[str, int | None] | None
) -> None:
    begun = time.monotonic()
    try:
        check_bounds(text, "post.md", merge(limits))
        found = None
    except FencepostError as error:
        found = (error.diagnostic.code, error.diagnostic.line)
    assert found == breach
    assert time.monotonic() - begun < 0.5


def test_4_a_site_may_raise_the_limits_and_a_stranger_may_not(blog: Path, run: Command) -> None:
    deep = "> " * 120 + "x\n"
    (blog / "fencepost.yaml").write_text("max-nesting: 110\n", encoding="utf-8")
    assert converted(run, blog, deep, "html")[0].returncode == 1
    (blog / "fencepost.yaml").write_text("max-nesting: 130\n", encoding="utf-8")
    assert converted(run, blog, deep, "html")[0].returncode == 0
    assert converted(run, blog, deep, "html", "--untrusted")[0].returncode == 1
    assert converted(run, blog, deep, "html", "--untrusted", "--max-nesting", "130")[0].returncode == 0


def test_5_a_child_past_its_time_is_ended_with_its_children(tmp_path: Path) -> None:
    left = tmp_path / "pid"

    def work() -> bool:
        left.write_text(str(subprocess.Popen(["sleep", "60"]).pid), encoding="utf-8")
        (tmp_path / ".out.pdf.half").write_text("half", encoding="utf-8")
        while True:
            pass

    begun = time.monotonic()
    with pytest.raises(FencepostError) as refused:
        supervised(work, Options(max_seconds=1.0), "post.md", [tmp_path / "out.pdf"])
    assert refused.value.diagnostic.code == "limit-time"
    assert "1 seconds of a processor" in refused.value.diagnostic.message
    assert time.monotonic() - begun < 8
    assert not (tmp_path / ".out.pdf.half").exists()
    time.sleep(0.1)
    state = Path(f"/proc/{left.read_text(encoding='utf-8')}/stat")
    assert not state.exists() or state.read_text(encoding="utf-8").split()[2] == "Z"


def test_5_a_child_that_waits_is_ended_too(tmp_path: Path) -> None:
    with pytest.raises(FencepostError) as refused:
        supervised(lambda: bool(time.sleep(60)), Options(max_seconds=0.2), "post.md", [tmp_path / "out.pdf"])
    assert "within 1 seconds" in refused.value.diagnostic.message


BUSY = "import sys\nwhile True: pass"


@pytest.mark.skipif(sys.platform != "linux", reason="what others use is Linux's to say")
def test_5_time_and_memory_are_those_of_all_that_it_has_started(tmp_path: Path) -> None:
    def two_at_work() -> bool:
        started = [subprocess.Popen([sys.executable, "-c", BUSY]) for _ in range(2)]
        return bool([process.wait() for process in started])

    def two_that_hold() -> bool:
        hold = "import time; held = b'x' * 150_000_000; time.sleep(60)"
        started = [subprocess.Popen([sys.executable, "-c", hold]) for _ in range(2)]
        return bool([process.wait() for process in started])

    with pytest.raises(FencepostError) as refused:
        supervised(two_at_work, Options(max_seconds=1.0), "post.md", [tmp_path / "out.pdf"])
    assert "of a processor" in refused.value.diagnostic.message
    with pytest.raises(FencepostError) as refused:
        supervised(two_that_hold, Options(max_memory=250), "post.md", [tmp_path / "out.pdf"])
    assert refused.value.diagnostic.code == "limit-memory"


@pytest.mark.skipif(sys.platform != "linux", reason="what others use is Linux's to say")
def test_5_a_child_past_its_memory_is_refused(tmp_path: Path) -> None:
    with pytest.raises(FencepostError) as refused:
        supervised(lambda: bool(bytearray(400_000_000)), Options(max_memory=200), "post.md", [tmp_path / "out.pdf"])
    assert refused.value.diagnostic.code == "limit-memory"


def test_5_a_child_that_fails_says_so(tmp_path: Path) -> None:
    assert supervised(lambda: True, Options(), "post.md", [tmp_path / "x"]) is True
    assert supervised(lambda: False, Options(), "post.md", [tmp_path / "x"]) is False
    assert supervised(lambda: bool(1 / 0), Options(), "post.md", [tmp_path / "x"]) is True


# in a hurry: what is refused must be refused in time; `python tests/hostile.py` has the patience of the defaults
SECONDS, SLACK = 2.5, 1.0  # of a processor


@pytest.mark.skipif(not hasattr(os, "wait4"), reason="costs are measured by wait4")
@pytest.mark.parametrize("case", CASES)
def test_5_and_7_hard_posts_are_converted_or_refused_in_time(blog: Path, case: str) -> None:
    (blog / "post.md").write_text(CASES[case], encoding="utf-8")
    for kind in FORMATS:
        (blog / f"post.{kind}").write_text("old", encoding="utf-8")
    before = {file.name for file in blog.iterdir()} | {"said.txt"}
    command = [str(BIN / "fencepost"), "convert", "--untrusted", "--max-seconds", str(SECONDS), "post.md"]
    cost = cost_of(command, blog)
    assert cost.seconds < SECONDS + SLACK
    assert cost.megabytes < 1024
    assert cost.code in (0, 1), cost
    assert "Traceback" not in cost.said
    assert {file.name for file in blog.iterdir()} == before
    for kind in FORMATS:
        data = (blog / f"post.{kind}").read_bytes()
        whole = {"html": b"</html>", "pdf": b"%%EOF", "epub": b"PK\x05\x06"}[kind]
        assert whole in data[-1100:] or (cost.code == 1 and data == b"old")
    if cost.code:
        assert "error[" in cost.said, cost.said


@pytest.mark.skipif(not hasattr(os, "wait4"), reason="costs are measured by wait4")
def test_5_and_7_cases_of_others_too(blog: Path, corpus: Path) -> None:
    """The cases that lie beside the project, written by its own tool: each is converted or refused, with a reason."""
    cases = blog / "cases"
    subprocess.run([sys.executable, corpus / "tools" / "pathological.py", cases], check=True, timeout=60)
    posts = sorted(cases.glob("*.md"))
    assert len(posts) > 20
    for post in posts:
        command = [str(BIN / "fencepost"), "convert", "--untrusted", "--max-seconds", str(SECONDS), str(post)]
        cost = cost_of(command, blog)
        assert cost.seconds < SECONDS + SLACK, post.name
        assert cost.megabytes < 1024, post.name
        assert cost.code == 0 or cost.code == 1 and "error[" in cost.said, (post.name, cost)


MANY = {
    # what costs as much for each of many     a post of so many
    "one missing image":      lambda many: "![a](none.png)\n\n" * many,
    "missing images":         lambda many: "".join(f"![a](none{number}.png)\n\n" for number in range(many)),
    "by reference":           lambda many: "![a][r]\n\n" * many + "[r]: none.png\n",
    "in HTML":                lambda many: '<img src="none.png">\n\n' * many,
    "links to no heading":    lambda many: "".join(f"[a](#b{number})\n\n" for number in range(many)),
    "addresses left out":     lambda many: "".join(f"[a](x{number}:y)\n\n" for number in range(many)),
    "alerts":                 lambda many: "> [!NOTE]\n> x\n\n" * many,
    "headings":               lambda many: "# a\n\n" * many,
}  # fmt: skip


@pytest.mark.parametrize("case", MANY)
def test_what_is_said_often_costs_in_proportion(tmp_path: Path, case: str) -> None:
    """Four times as many take less than eight times as long, of our own time; what is square takes sixteen times.

    It does so every time; on a busy machine the other can too, now and then.
    """

    def seconds(many: int) -> float:
        post = tmp_path / "post.md"
        post.write_text(MANY[case](many), encoding="utf-8")
        settings = Settings({"untrusted": True, "pandoc_timeout": 100.0})
        begun = time.process_time()
        looked = look(str(post), settings)
        convert(looked, {"html": tmp_path / "post.html"}, settings)
        shown = [item.text(looked.carried.source) for item in in_order(looked.diagnostics)]
        assert len(shown) >= many or case in ("by reference", "in HTML", "alerts", "headings")
        return time.process_time() - begun

    seconds(20)  # imports
    tried = []
    while not tried or (len(tried) < 4 and tried[-1] >= 8):
        tried.append(seconds(2400) / seconds(600))
    assert tried[-1] < 8, tried


def test_a_stranger_does_not_switch_warnings_off(blog: Path, run: Command) -> None:
    text = "<!-- fencepost-ignore-file untrusted-html -->\n\n<script>bad()</script>\n"
    assert b"untrusted-html" in converted(run, blog, text, "html", "--untrusted")[0].stderr


def test_standard_input(blog: Path, run: Command) -> None:
    done = run("fencepost", "convert", "--untrusted", "-", "--to", "html", "-o", "-", input=b"# T\n\nwords\n", cwd=blog)
    assert (done.returncode, done.stderr) == (0, b"")
    assert b"words" in done.stdout


def test_the_next_post_has_its_turn(blog: Path, run: Command) -> None:
    (blog / "bad.md").write_text("> " * 200 + "x\n", encoding="utf-8")
    (blog / "good.md").write_text("# T\n", encoding="utf-8")
    done = run("fencepost", "convert", "--untrusted", "bad.md", "good.md", "--to", "html", cwd=blog)
    assert done.returncode == 1
    assert (blog / "good.html").is_file()
    assert not (blog / "bad.html").exists()


def test_check_tells_a_stranger_nothing_of_other_files(blog: Path, run: Command) -> None:
    (blog.parent / "secret.md").write_text("# Hidden\n", encoding="utf-8")
    text = "# T\n\n[a](../secret.md#gone) [b](../none.md) [c](none.md) <!-- fencepost-ignore-file link-post -->\n"
    (blog / "post.md").write_text(text, encoding="utf-8")
    said = run("fencepost", "check", "--untrusted", "post.md", cwd=blog).stdout.decode()
    assert "there is no file none.md" in said  # what a stranger switches off is said all the same
    assert "secret" not in said.replace(text.split("\n")[2], "") and "no file ../none.md" not in said
    known = run("fencepost", "check", "post.md", "--select", "link-anchor", cwd=blog).stdout.decode()
    assert "../secret.md has no heading" in known


@pytest.mark.parametrize(
    ("raised", "said"),
    [
        ([], rb"\Apost.md:1: error\[limit-signs\]: .*; 2000 are allowed"),
        (["--max-signs", "99999"], rb"error\[(limit|pandoc)-(time|memory)\]"),
    ],
)
def test_check_ends_at_its_limits(blog: Path, run: Command, raised: list[str], said: bytes) -> None:
    (blog / "post.md").write_text(CASES["mismatched emphasis"], encoding="utf-8")
    before = resource.getrusage(resource.RUSAGE_CHILDREN)
    done = run("fencepost", "check", "--untrusted", "--max-seconds", "2", *raised, "post.md", cwd=blog)
    assert done.returncode == 1
    after = resource.getrusage(resource.RUSAGE_CHILDREN)
    assert after.ru_utime + after.ru_stime - before.ru_utime - before.ru_stime < 2 + SLACK
    assert re.search(said, done.stdout + done.stderr)


@pytest.mark.parametrize("kind", FORMATS)
def test_a_book_of_strangers_keeps_the_promises(
    blog: Path, run: Command, server: tuple[str, list[str]], kind: str
) -> None:
    web, asked = server
    (blog / "fencepost.yaml").write_text("css: ../canary.css\nembed: true\n", encoding="utf-8")
    (blog / "one.md").write_text(disclosing(blog, web), encoding="utf-8")
    (blog / "two.md").write_text("# Two\n\n" + "\n\n".join(ATTACKS), encoding="utf-8")
    done = run("fencepost", "book", "--untrusted", "one.md", "two.md", "-o", f"book.{kind}", cwd=blog)
    assert done.returncode == 0, done.stderr.decode()
    words = words_of((blog / f"book.{kind}").read_bytes(), kind)
    assert CANARY not in words and asked == []
    assert kind == "pdf" or _Found(words).bad == [] and "<script>bad()" not in words
    assert re.search(rb"one\.md:\d+:\d+: warning\[untrusted-", done.stderr)
    assert re.search(rb"two\.md:\d+:\d+: warning\[untrusted-", done.stderr)


def test_a_book_of_strangers_ends_at_its_limits(blog: Path, run: Command) -> None:
    (blog / "one.md").write_text("# One\n", encoding="utf-8")
    (blog / "two.md").write_text("# Two\n\n" + "Words *and* more.\n\n" * 40_000, encoding="utf-8")
    (blog / "book.pdf").write_bytes(b"old")
    command = ("fencepost", "book", "--untrusted", "one.md", "two.md", "-o", "book.pdf")
    done = run(*command, "--max-seconds", "1", cwd=blog)
    assert done.returncode == 1
    assert re.search(rb"error\[(limit|pandoc)-(time|memory)\]", done.stderr)
    assert (blog / "book.pdf").read_bytes() == b"old" and not list(blog.glob(".book*"))
    (blog / "two.md").write_text(CASES["mismatched emphasis"], encoding="utf-8")
    done = run(*command, cwd=blog)
    assert done.returncode == 1 and b"two.md:1: error[limit-signs]" in done.stderr
    assert (blog / "book.pdf").read_bytes() == b"old" and not list(blog.glob(".book*"))


def test_a_strangers_vault_ends_at_the_folder(blog: Path, run: Command) -> None:
    """Else a post could ask which notes its reader has, and whether a file is on the disk."""
    (blog.parent / ".obsidian").mkdir()
    (blog.parent / "secret.md").write_text("x", encoding="utf-8")
    (blog / "mine.md").write_text("x", encoding="utf-8")
    text = "---\nalerts: obsidian\n---\n\n[[secret]] [[mine]] [[../secret]] [[/etc/passwd]]\n"
    done, page = converted(run, blog, text, "html", "--untrusted")
    assert done.stderr.count(b"warning[wikilink]") == 3
    assert 'href="mine' in page and 'href="../secret' not in page and 'href="/etc' not in page
    done, page = converted(run, blog, text, "html")
    assert done.stderr.count(b"warning[wikilink]") == 0


@pytest.mark.parametrize("command", ["inspect", "source", "read"])
def test_what_has_no_such_mode_says_so(blog: Path, run: Command, command: str) -> None:
    (blog / "post.md").write_text("# T\n", encoding="utf-8")
    done = run("fencepost", command, "--untrusted", "post.md", cwd=blog)
    assert done.returncode != 0
    assert b"--untrusted" in done.stderr
