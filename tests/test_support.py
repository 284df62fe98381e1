"""docs/support.md: what of each dialect reaches each format. Every cell is computed from an output, none is claimed.

A cell *works* where the first pattern is found in what the format holds, *degrades* where the second is (the reader gets
the words and their meaning, by other means), and is *not* where only the words are left. `make accept` writes the page.
"""

# ruff: noqa: E501 - a table
from __future__ import annotations

import html
import os
import re
import subprocess
import zipfile
from dataclasses import dataclass
from pathlib import Path

import pytest
from conftest import BIN, ROOT

PAGE = ROOT / "docs" / "support.md"
GIF = "data:image/gif;base64,R0lGODlhAQABAIAAAAAAAP///yH5BAEAAAAALAAAAAABAAEAAAIBRAA7"


@dataclass(frozen=True)
class Sample:
    """A row: a construct of a dialect; what shows that it works and that it degrades, on a page, in print, in a book.

    `words` are what may never be lost.
    """

    feature: str
    dialect: str
    text: str
    page: tuple[str, ...]
    print: tuple[str, ...]
    book: tuple[str, ...] = ()
    words: str = "alpha"


def fence(info: str, code: str = "alpha = 1\nbeta = 2") -> str:
    return f"```{info}\n{code}\n```\n"


TITLE = (r"<figcaption[^>]*title[^>]*>\s*a\.js",), (r"\ba\.js\b",)
MARKED = (r"data-highlighted-line",), (r"fill:#(?:fff3c4|ffe3a3)",)
NUMBERS = (r"data-line-numbers",), (r"(?:fill:#8e9299.*){2}",)  # in print they are drawn, so that no reader copies them
CAPTION = (r"caption[^>]*>Said",), (r"\bSaid\b",)
NOTED = (
    (r'<a class="line-note" href="#annotation-1-1".*<a href="#annotated-1-1" id="annotation-1-1"',),
    (r"1 1.* Said.*link:.*link:",),
    (r'<a class="line-note" href="#annotation-1-1".*<a href="[^"]*#annotated-1-1"[^>]* id="annotation-1-1"',),
)
SIGNED = (r"diff add",), (r"fill:#dcf3e2",)
ADDED = "alpha = 1\nbeta = 2 // [!code ++]"
ALERT = r'class="alert alert-[a-z]+ [^"]*"[^>]*>\s*<div[^>]*>\s*<p>.{0,900}Said'
NAMED = (ALERT,), (r"Said alpha",)
FOLDED = (r"<details class=\"alert",), (r"(?!)", r"Said alpha"), (r"<details class=\"alert",)
TABS = (r'class="code-group"',), (r"(?!)", r"npm.{0,20}alpha.*yarn.{0,20}beta"), (r"(?!)", r"npm</.*yarn</")
ID = (r'<h2[^>]* id="own"',), (r"Alpha x .*link:",), (r'id="own"',)

SAMPLES = [
    # construct                          dialect                what the author writes                     shows that it works
    Sample("title of code",             "rehype-pretty-code",  fence('js title="a.js"'),                  *TITLE),
    Sample("title of code",             "expressive-code",     fence('js title="a.js"'),                  *TITLE),
    Sample("title of code",             "docusaurus",          fence('js title="a.js"'),                  *TITLE),
    Sample("title of code",             "vitepress",           fence("js [a.js]"),                        *TITLE),
    Sample("title of code",             "hugo",                fence('js {title="a.js"}'),                *TITLE),
    Sample("title of code",             "pymdownx",            fence('js title="a.js"'),                  *TITLE),
    Sample("title of code",             "quarto",              fence('{.js filename="a.js"}'),            *TITLE),
    Sample("title of code",             "pandoc",              fence('{.js title="a.js"}'),               *TITLE),
    Sample("marked lines",              "rehype-pretty-code",  fence("js {1}"),                           *MARKED),
    Sample("marked lines",              "expressive-code",     fence("js {1}"),                           *MARKED),
    Sample("marked lines",              "docusaurus",          fence("js {1}"),                           *MARKED),
    Sample("marked lines",              "vitepress",           fence("js{1}"),                            *MARKED),
    Sample("marked lines",              "hugo",                fence("js {hl_lines=[1]}"),                *MARKED),
    Sample("marked lines",              "pymdownx",            fence('js hl_lines="1"'),                  *MARKED),
    Sample("marked lines",              "quarto",              fence('{.js code-line-numbers="1"}'),      *MARKED),
    Sample("marking comments",          "docusaurus",          fence("js", "// highlight-next-line\nalpha"), *MARKED),
    Sample("marking comments",          "vitepress",           fence("js", "alpha // [!code hl]"),        *MARKED),
    Sample("marked words",              "rehype-pretty-code",  fence("js /alpha/"), (r"<mark[^>]*>alpha",), MARKED[1]),
    Sample("marked words",              "expressive-code",     fence('js "alpha"'), (r"<mark[^>]*>alpha",), MARKED[1]),
    Sample("line numbers",              "rehype-pretty-code",  fence("js showLineNumbers{7}"),             *NUMBERS),
    Sample("line numbers",              "expressive-code",     fence("js showLineNumbers startLineNumber=7"), *NUMBERS),
    Sample("line numbers",              "docusaurus",          fence("js showLineNumbers=7"),             *NUMBERS),
    Sample("line numbers",              "vitepress",           fence("js:line-numbers=7"),                *NUMBERS),
    Sample("line numbers",              "hugo",                fence("js {linenos=table,linenostart=7}"), *NUMBERS),
    Sample("line numbers",              "pymdownx",            fence('js linenums="7"'),                  *NUMBERS),
    Sample("line numbers",              "quarto",              fence('{.js .numberLines startFrom="7"}'), *NUMBERS),
    Sample("line numbers",              "pandoc",              fence('{.js .numberLines startFrom="7"}'), *NUMBERS),
    Sample("lines that come and go",    "expressive-code",     fence("js ins={2}"),                       *SIGNED),
    Sample("lines that come and go",    "vitepress",           fence("js", ADDED),                        *SIGNED),
    Sample("labels beside lines",       "expressive-code",     fence('js {"Why":1}'), (r"line-label[^>]*>Why",), (r"\bWhy\b",)),
    Sample("lines in focus",            "vitepress",           fence("js", "alpha // [!code focus]\nbeta"), (r"class=\"[^\"]*focus",), (r"ink:#616264",)),
    Sample("errors and warnings",       "vitepress",           fence("js", "alpha // [!code error]"), (r"class=\"[^\"]*error",), (r"fill:#ffe9e7",)),
    Sample("folded lines",              "expressive-code",     fence("js collapse={1-2}", "alpha\nbeta\ngamma\ndelta"), (r'<details class="folded"',), (r"(?!)", r"alpha.*beta")),
    Sample("terminals",                 "expressive-code",     fence("sh", "alpha"), (r'data-frame="terminal"',), (r"(?:fill:#999ca3.*){3}",)),
    Sample("code groups",               "vitepress",           "::: code-group\n\n" + fence("sh [npm]", "alpha") + "\n" + fence("sh [yarn]", "beta") + "\n:::\n", *TABS),
    Sample("code groups",               "pymdownx",            '=== "npm"\n\n    ```sh\n    alpha\n    ```\n\n=== "yarn"\n\n    ```sh\n    beta\n    ```\n', *TABS),
    Sample("code groups",               "docusaurus",          '<Tabs>\n<TabItem value="npm">\n\n' + fence("sh", "alpha") + '\n</TabItem>\n<TabItem value="yarn">\n\n' + fence("sh", "beta") + "\n</TabItem>\n</Tabs>\n", *TABS),
    Sample("warnings on lines",         "vitepress",           fence("js", "alpha // [!code warning]"), (r"class=\"[^\"]*warning",), (r"fill:#ffe3a3",)),
    Sample("differences in a language", "expressive-code",     fence('diff lang="js"', "+alpha\n-beta"),  *SIGNED),
    Sample("patterns with groups",      "expressive-code",     fence("js /al(pha)/"), (r"al<mark[^>]*>pha",), (r"fill:#ffe3a3",)),
    Sample("wrapped lines that hang",   "expressive-code",     fence("js wrap hangingIndent=2", "alpha " * 60), (r'class="wrap".*--hang:2ch',), (r"alpha ?\n?(?:alpha ?)+",)),
    Sample("frames",                    "expressive-code",     fence('js title="a.js" frame="none"', "alpha"), (r'data-frame="none"',), (r"^(?!.*a\.js)",)),
    Sample("captions of code",          "rehype-pretty-code",  fence('js caption="Said"'), *CAPTION),
    Sample("captions of code",          "hugo",                fence('js {caption="Said"}'), *CAPTION),
    Sample("captions of code",          "quarto",              fence('{.js lst-cap="Said"}'), *CAPTION),
    Sample("captions of code",          "pandoc",              fence('{.js caption="Said"}'), *CAPTION),
    Sample("numbered listings",         "quarto",              "See @lst-x.\n\n" + fence('{#lst-x .js lst-cap="Said"}'), (r'<a href="#lst-x">Listing.1</a>.*Listing 1: Said',), (r"See Listing 1\..*Listing 1: Said.*link:",), (r'<a href="[^"]*#lst-x"[^>]*>Listing.1</a>.*Listing 1: Said',)),
    Sample("numbers for a list below",  "quarto",              fence("js", "alpha // <1>") + "\n1. Said", *NOTED),
    Sample("numbers for a list below",  "pymdownx",            fence("js", "alpha // (1)!") + "\n1. Said", *NOTED),
    Sample("folded code",               "quarto",              fence("{js}", "//| code-fold: true\nalpha"), (r'<details class="folded"',), (r"(?!)", r"alpha")),
    Sample("numbers in steps",          "pymdownx",            fence('js linenums="7 2"'), (r"number-hidden",), (r"(?:fill:#8e9299.*){1}",)),
    Sample("classes and pairs of one's own", "pandoc",         fence("{.js .mine key=val}"), (r'class="code mine"[^>]* data-key="val"',), (r"(?!)", r"alpha")),
    Sample("classes and pairs of one's own", "hugo",           fence('js {class="mine" key="val"}'), (r'class="code mine"[^>]* data-key="val"',), (r"(?!)", r"alpha")),
    Sample("code in the text",          "rehype-pretty-code",  "Say `let alpha = 1{:js}` now.", (r"hl-k[^>]*>let",), (r"let alpha = 1 now",)),
    Sample("code in the text",          "pymdownx",            "Say `#!js let alpha = 1` now.", (r"hl-k[^>]*>let",), (r"Say let alpha = 1 now",)),
    Sample("alerts in quotes",          "github",              "> [!TIP] Said\n> alpha",                  *NAMED),
    Sample("alerts in quotes",          "obsidian",            "> [!faq] Said\n> alpha",                  *NAMED),
    Sample("containers",                "vitepress",           "::: info Said\nalpha\n:::",               *NAMED),
    Sample("containers",                "docusaurus",          ":::danger[Said]\nalpha\n:::",             *NAMED),
    Sample("containers",                "starlight",           ":::caution[Said]\nalpha\n:::",            *NAMED),
    Sample("containers",                "quarto",              '::: {.callout-tip title="Said"}\nalpha\n:::', *NAMED),
    Sample("containers",                "mkdocs",              '!!! question "Said"\n    alpha\n',        *NAMED),
    Sample("blocks",                    "mkdocs",              "/// tip | Said\nalpha\n///",              *NAMED),
    Sample("folding alerts",            "obsidian",            "> [!tip]- Said\n> alpha",                 *FOLDED),
    Sample("folding alerts",            "vitepress",           "::: details Said\nalpha\n:::",            *FOLDED),
    Sample("folding alerts",            "quarto",              '::: {.callout-tip title="Said" collapse="true"}\nalpha\n:::', *FOLDED),
    Sample("folding alerts",            "mkdocs",              '??? tip "Said"\n    alpha\n',             *FOLDED),
    Sample("ids of headings",           "docusaurus",          "## Alpha {#own}\n\n[x](#own)",            *ID, words="Alpha"),
    Sample("ids of headings",           "vitepress",           "## Alpha {#own}\n\n[x](#own)",            *ID, words="Alpha"),
    Sample("ids of headings",           "quarto",              "## Alpha {#own}\n\n[x](#own)",            *ID, words="Alpha"),
    Sample("ids of headings",           "pymdownx",            "## Alpha {: #own }\n\n[x](#own)",         *ID, words="Alpha"),
    Sample("contents",                  "vitepress",           "[[toc]]\n\n## alpha",  (r'<li>\s*(?:<p>)?<a href="#alpha"',), (r"link:",), (r'<a href="[^"]*#alpha"',)),
    Sample("contents",                  "pymdownx",            "[TOC]\n\n## alpha",    (r'<li>\s*(?:<p>)?<a href="#alpha"',), (r"link:",), (r'<a href="[^"]*#alpha"',)),
    Sample("wikilinks",                 "obsidian",            "[[#alpha|there]]\n\n## alpha", (r'<a href="#alpha">there',), (r"link:",), (r'<a href="[^"]*#alpha"[^>]*>there',)),
    Sample("marked text",               "obsidian",            "One ==alpha== two",   (r"<mark>alpha</mark>",), (r"fill:#ffe3a3",)),
    Sample("marked text",               "pymdownx",            "One ==alpha== two",   (r"<mark>alpha</mark>",), (r"fill:#ffe3a3",)),
    Sample("sub- and superscripts",     "pymdownx",            "alpha~2~ x^2^",       (r"alpha<sub>2</sub> x<sup>2",), (r"alpha ?2 ?x ?2",)),
    Sample("sub- and superscripts",     "quarto",              "alpha~2~ x^2^",       (r"alpha<sub>2</sub> x<sup>2",), (r"alpha ?2 ?x ?2",)),
    Sample("definition lists",          "pymdownx",            "alpha\n:   beta",     (r"<dt>alpha</dt>",), (r"(?<!:) alpha beta",)),
    Sample("definition lists",          "quarto",              "alpha\n:   beta",     (r"<dt>alpha</dt>",), (r"(?<!:) alpha beta",)),
    Sample("abbreviations",             "pymdownx",            "alpha\n\n*[alpha]: beta", (r'<abbr title="beta">alpha',), (r"(?!)", r"alpha \(beta\)")),
    Sample("details in HTML",           "any",                 "<details><summary>Said</summary>\n\nalpha\n\n</details>", (r"<details>",), (r"(?!)", r"Said alpha")),
    Sample("keys in HTML",              "any",                 "Press <kbd>alpha</kbd>",  (r"<kbd>alpha</kbd>",), (r"Press alpha",)),
    Sample("films in HTML",             "any",                 '<video src="alpha.mp4" controls></video>', (r"<video[^>]*alpha\.mp4",), (r"(?!)", r"alpha\.mp4"), (r"<video[^>]*alpha", r"alpha\.mp4"), words="alpha"),
    Sample("pictures for dark pages",   "any",                 f'<picture><source srcset="x.png" media="(prefers-color-scheme: dark)"><img src="{GIF}" alt="alpha"></picture>', (r"<picture>",), (r"(?!)", r"image:"), (r"<picture>", r"<img"), words=""),
    Sample("content tabs",              "pymdownx",            '=== "npm"\n\n    Words.\n\n    alpha\n\n=== "yarn"\n\n    beta', (r'class="code-group".*tab-panel',), (r"(?!)", r"npm Words\. alpha yarn beta"), (r"(?!)", r"<strong>npm.*<strong>yarn")),
    Sample("content tabs",              "docusaurus",          '<Tabs>\n<TabItem label="npm">\n\nWords.\n\nalpha\n\n</TabItem>\n<TabItem label="yarn">\n\nbeta\n\n</TabItem>\n</Tabs>', (r'class="code-group".*tab-panel',), (r"(?!)", r"npm Words\. alpha yarn beta"), (r"(?!)", r"<strong>npm.*<strong>yarn")),
    Sample("sub- and superscripts in HTML", "any",             "alpha<sub>2</sub> x<sup>2</sup>", (r"alpha<sub>2</sub> x<sup>2",), (r"alpha ?2 ?x ?2",)),
    Sample("marked and small words in HTML", "any",            "<mark>alpha</mark> <small>b</small> <u>c</u>", (r"<mark>alpha</mark> <small>b</small> <u>c</u>",), (r"alpha b c.*fill:#ffe3a3",)),
    Sample("line breaks in HTML",       "any",                 "alpha<br>beta",           (r"alpha<br ?/?>\s*beta",), (r"alpha beta",)),
    Sample("rules in HTML",             "any",                 "alpha\n\n<hr>\n\nbeta",  (r"<hr ?/?>",), (r"alpha.*beta.*rule:",)),
    Sample("links in HTML",             "any",                 'To <a href="https://example.org/">alpha</a>', (r'<a href="https://example.org/"[^>]*>alpha',), (r"link:",)),
    Sample("images in HTML",            "any",                 f'<img src="{GIF}" alt="alpha" width="40" align="right">', (r"<img[^>]*alpha[^>]*40",), (r"image:",), (r"<img[^>]*alpha[^>]*40",), words=""),
    Sample("figures in HTML",           "any",                 f'<figure><img src="{GIF}" alt="x"><figcaption>alpha</figcaption></figure>', (r"<figcaption[^>]*>alpha",), (r"alpha.*image:",)),
    Sample("tables in HTML",            "any",                 "<table><tr><th>alpha</th><td rowspan='2'>b</td></tr><tr><td>c</td></tr></table>", (r"<table.*<th>alpha</th>.*rowspan",), (r"alpha b c",)),
    Sample("frames in HTML",            "any",                 '<iframe src="https://example.org/alpha" title="alpha"></iframe>', (r"<iframe[^>]*alpha",), (r"(?!)", r"alpha.*link:"), (r"<iframe", r"<a [^>]*alpha")),
    Sample("divisions with align in HTML", "any",              '<div align="center">\n\nalpha\n\n</div>', (r'<div (?:align="center"|style="text-align: ?center)',), (r"centred:alpha",)),
    Sample("components (MDX)",          "docusaurus",          'import X from "x"\n\n<Callout type="tip" title="Said">\nalpha\n</Callout>', *NAMED),
    Sample("unknown components (MDX)",  "docusaurus",          "<Mine>\nalpha\n</Mine>", (r"(?!)", r"<p>alpha"), (r"(?!)", r"alpha")),
]  # fmt: skip

ALERTS = frozenset(["github", "obsidian", "starlight", "mkdocs"])  # named by `alerts`, the others by `dialect`
HEAD = """# What works where

What of each dialect reaches each format, found by converting a sample of each and looking at what came out (`make accept`
writes this page). *Works*: as in the system it comes from. *Degrades*: the reader gets words and meaning by other means, such
as alternatives one after another instead of tabs. *Not*: only the words are left.

| construct | dialect | web page | print | book |
|---|---|---|---|---|
"""


def held_by(folder: Path, stem: str) -> tuple[str, str, str]:
    """Give what the three outputs hold: bodies as markup; print as words, then fills, inks, links and images."""
    body = (folder / f"{stem}.html").read_text(encoding="utf-8").partition("<body")[2]
    pymupdf = pytest.importorskip("pymupdf")
    with pymupdf.open(folder / f"{stem}.pdf") as printed:
        parts = [" ".join(" ".join(sheet.get_text() for sheet in printed).split()).replace("\xa0", " ")]
        for sheet in printed:
            fills = [item["fill"] for item in sheet.get_drawings() if item["fill"]]
            parts += ["fill:#" + "".join(f"{round(255 * part):02x}" for part in fill) for fill in fills]
            spans = [
                span
                for block in sheet.get_text("dict")["blocks"]
                for line in block.get("lines", [])
                for span in line["spans"]
            ]
            middle = sheet.rect.width / 2
            parts += [f"centred:{span['text']}" for span in spans if abs(sum(span["bbox"][::2]) / 2 - middle) < 3]
            parts += ["rule:" for item in sheet.get_drawings() if item["rect"].height < 2 and item["rect"].width > 60]
            parts += [f"ink:#{span['color']:06x}" for span in spans]
            parts += ["link:" for _ in sheet.get_links()] + ["image:" for _ in sheet.get_images()]
    with zipfile.ZipFile(folder / f"{stem}.epub") as book:
        chapters = [book.read(name).decode() for name in book.namelist() if re.search(r"text/ch\d+\.xhtml", name)]
    return body, "\n".join(parts), "".join(chapters)


def verdict(patterns: tuple[str, ...], text: str, words: str) -> str:
    found = next((at for at, pattern in enumerate(patterns) if re.search(pattern, text, re.DOTALL)), None)
    assert found is not None or words in html.unescape(re.sub(r"<[^>]*>", "", text)), f"{words} is lost"
    return "**not**" if found is None else ("works", "degrades")[found]


FRONTS = {
    # front matter        of                     what is written                                          its title and its author
    "YAML":             ("Jekyll, Astro, dev.to", "---\ntitle: Said\nauthor: Ann\n---\n"),
    "TOML":             ("Hugo, Zola",            '+++\ntitle = "Said"\nauthor = "Ann"\n+++\n'),
    "JSON":             ("Hugo",                  '{\n  "title": "Said",\n  "author": "Ann"\n}\n'),
    "JSON with marks":  ("Hexo",                  '"title": "Said",\n"author": "Ann"\n;;;\n'),
    "authors as objects": ("Docusaurus",          "---\ntitle: Said\nauthors:\n  - name: Ann\n    url: https://example.org\n---\n"),
}  # fmt: skip


def converted(folder: Path, stem: str, text: str) -> tuple[str, str, str]:
    """Convert one post to the three formats and give what they hold."""
    (folder / f"{stem}.md").write_text(text, encoding="utf-8")
    command = [str(BIN / "fencepost"), "convert", "--offline", f"{stem}.md"]
    subprocess.run(command, cwd=folder, check=True, capture_output=True, timeout=60)
    return held_by(folder, stem)


def _front_rows(folder: Path) -> list[str]:
    """Title and author of each kind of front matter, on the page, on paper, and in the book's own metadata."""
    rows = []
    for number, (kind, (system, text)) in enumerate(FRONTS.items()):
        page, paper, _ = converted(folder, f"front{number}", f"{text}\nalpha\n")
        with zipfile.ZipFile(folder / f"front{number}.epub") as book:
            package = next(book.read(name).decode() for name in book.namelist() if name.endswith(".opf"))
        looked = ((page, r"<h1[^>]*>Said</h1>.*Ann"), (paper, r"Said.*Ann"), (package, r"<dc:title[^>]*>Said.*>Ann<"))
        cells = [verdict((pattern,), text, "Said") for text, pattern in looked]
        rows.append(f"| front matter: {kind} | {system} | {' | '.join(cells)} |\n")
    return rows


def _own_rows(folder: Path) -> list[str]:
    """An alert of a site's own type: its title and its colour."""
    (folder / "own").mkdir()
    (folder / "own" / "fencepost.yaml").write_text(
        'alert-types:\n  aside: {title: Said, colour: "#7a3cc0"}\n', encoding="utf-8"
    )
    rows = []
    for dialect, text in {
        "obsidian": "> [!aside]\n> alpha",
        "docusaurus": ":::aside\nalpha\n:::",
        "mkdocs": "!!! aside\n    alpha\n",
    }.items():
        shown = converted(folder / "own", dialect, f"---\ntitle: x\nalerts: {dialect}\n---\n\n{text}\n")
        cells = [
            verdict(patterns, words, "alpha")
            for patterns, words in zip((NAMED[0], NAMED[1], NAMED[0]), shown, strict=True)
        ]
        rows.append(f"| types of your own | {dialect} | {' | '.join(cells)} |\n")
    return rows


def test_support(tmp_path: Path) -> None:
    """Convert every sample to every format, and compare what they hold with the manual."""
    for number, sample in enumerate(SAMPLES):
        head = (
            ""
            if sample.dialect == "any"
            else f"{'alerts' if sample.dialect in ALERTS else 'dialect'}: {sample.dialect}\n"
        )
        (tmp_path / f"s{number}.md").write_text(f"---\ntitle: Sample\n{head}---\n\n{sample.text}\n", encoding="utf-8")
    posts = [f"s{number}.md" for number in range(len(SAMPLES))]
    done = subprocess.run(
        [str(BIN / "fencepost"), "convert", "--offline", *posts],
        cwd=tmp_path,
        capture_output=True,
        text=True,
        timeout=570,
    )
    assert done.returncode == 0, done.stderr
    rows = _front_rows(tmp_path) + _own_rows(tmp_path)
    for number, sample in enumerate(SAMPLES):
        shown = held_by(tmp_path, f"s{number}")
        wanted = (sample.page, sample.print, sample.book or sample.page)
        cells = [verdict(patterns, text, sample.words) for patterns, text in zip(wanted, shown, strict=True)]
        rows.append(f"| {sample.feature} | {sample.dialect} | {' | '.join(cells)} |\n")
    text = HEAD + "".join(rows)
    if os.environ.get("FENCEPOST_ACCEPT"):
        PAGE.write_text(text, encoding="utf-8")
    assert PAGE.read_text(encoding="utf-8") == text
