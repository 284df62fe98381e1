"""Fences of other tools' dialects, written at random, and what the tools themselves make of them.

`python tests/dialect_cases.py` writes fences, asks each tool (`npm ci --prefix tests/tools/dialects`, pymdown-extensions,
hugo) and keeps its answers in `tests/oracle/asked`. With `--search SEED` it only compares and shows what differs.
"""

# ruff: noqa: E501 - tables
from __future__ import annotations

import json
import random
import shutil
import subprocess
import sys
from collections.abc import Callable
from pathlib import Path
from typing import Any

TOOLS = Path(__file__).parent / "tools" / "dialects"
ASKED = Path(__file__).parent / "oracle" / "asked"
KEYS = {
    "expressive-code": "title line_numbers wrap highlighted_lines ins del labels marks collapse_ranges frame code",
    "docusaurus": "title line_numbers highlighted_lines code",
    "vitepress": "line_numbers highlighted_lines ins del focus error warning code",
    "pymdownx": "title line_numbers highlighted_lines code",
    "hugo": "line_numbers highlighted_lines code",
}
EMPTY: tuple[Any, ...] = (None, [], {}, "", False)
Case = tuple[str, str]  # info string, code
COUNT = 120  # of fences that are kept for a dialect

JS = """const alpha = 1;
const beta = alpha + alpha;
function gamma(alpha) {
  return alpha * beta;
}
console.log("alpha", gamma(2));"""
PY = """import os
def load(path):
    with open(path) as fh:
        return fh.read()
# done"""
SH = '#!/bin/bash\nnpm install\necho "hi"'
DIFF = "+ const a = 1\n- const b = 2\n  const c = 3"
PATCH = "--- a/x\n+++ b/x\n@@ -1,2 +1,2 @@\n-a\n+b"
CODES = (JS, JS, PY, SH, "a\nb\nc", "x", "\n\na", "npm i\n\nnpm t")
RANGES = "1|2|3|4-5|1-3|3-1|6|9|1,3|1, 4-6|2-|a|1..3|2...4| 2 |1,,2"

PARTS = {  # kinds of words in an info string, one of which is drawn each time; `~` is a list of lines
    "expressive-code": [
        *["{~}", "mark={~}", "ins={~}", "del={~}", "add={~}", "rem={~}", "Mark={~}", "foo={~}", "ins = {~}"],
        *['{"A":~}', 'ins={"Lab el":~}', 'del={"1.":~}', "collapse={2-3}", "collapse={1-2,4-5}", "collapse={2-9}"],
        *['"alpha"', "'alpha'", 'ins="beta"', 'del="return"', 'mark="(2)"', '"path"', "ins='it\\'s'", '"a/b"', '" "'],
        *["/alpha/", "/al(pha)/", "ins=/(a)(l)/", "/a|b/", r"del=/\w+/", "/(alpha|beta)/", "/r.t/", "/(x)?a/", "/.*/"],
        *[r"/\(.*?\)/", "/ye[sp]/", "/$/", "/(?=a)/", "/alpha/g", "/(.*?)/", "wrap", "wrap=false", "preserveIndent"],
        *['title="a.js"', "title='b'", "title=c.js", 'title="x \\"y\\""', 'title = "d"', 'Title="e"', 'subtitle="z"'],
        *["showLineNumbers", "showLineNumbers=false", "startLineNumber=5", 'startLineNumber="7"', "showlinenumbers"],
        *['frame="none"', 'frame="terminal"', "frame=editor", "frame=auto", 'lang="js"', "useDiffSyntax", "foo=bar"],
        *["hangingIndent=2", "/w/#v", 'theme="x"', "{1}#a", "=", "{", '"', "showLineNumbers{5}"],
    ],
    "docusaurus": [
        *["{~}", "{~}", "{~}", "{1,4-6}", "{3-1}", "{-2}", "{1--3}", "{1-2-3}", "{01}", "{0}", "{-}", "{2-9}"],
        *['title="a.js"', "title='b'", "title=c", 'title="a\'b"', 'title="{2}"', 'subtitle="x"', 'title="x'],
        *["showLineNumbers", "showLineNumbers=5", "showLineNumbers{5}", "showLineNumbersX", "showLineNumbers=0"],
        *["showLineNumbers=5.7", "noshowLineNumbers", "showLineNumbers=-3", "live", "noInline", "/alpha/", '"x"'],
    ],
    "vitepress": [
        *["{~}", "{~}", "{1,4-6}", "{2 a}", "{.foo}", "{#id}", "{a=b}", "{0}", "{5-4}", "{1}", "[a.js]", "[a b]"],
        *["[a.js] active", "[]", "active", "[x{2}]", "[a][b]", ":line-numbers", ":line-numbers=5", ":no-line-numbers"],
        *[":line-numbers {2}", ":line-numbers=x", ":Line-numbers", "twoslash", "foo=2"],
    ],
    "pymdownx": [
        *['title="a.py"', "title='b'", 'title=""', 'title="a" title="b"', 'hl_lines="1 3"', 'hl_lines="2-4"'],
        *['hl_lines="1-2 5-6"', 'hl_lines="4-2"', 'hl_lines="9"', "hl_lines='2'", 'linenums="1"', 'linenums="10"'],
        *['linenums="10 2"', 'linenums="0"', 'title="<b>"', 'hl_lines="1  3"'],
    ],
    "hugo": [
        *["hl_lines=[1]", 'hl_lines=[1,"3-5"]', 'hl_lines="2-4"', "hl_lines=2", 'hl_lines="1 3-4"', 'hl_lines=["1","3"]'],
        *["linenos=table", "linenos=inline", "linenos=true", "linenos=false", "linenostart=199", 'linenostart="7"'],
        *['hl_lines=["2-"]', 'hl_lines="4-2"', 'hl_lines="1,3"', "hl_lines=[2-4]", 'linenos="table"'],
        *['title="x"', 'class="my"', "style=monokai", "tabWidth=2", "hl_lines=[0]"],
    ],
}  # fmt: skip
LANGS = {
    "expressive-code": "js js js js ts python sh bash diff diff css html yaml md json zsh powershell console JS nosuch",
    "docusaurus": "js js js jsx tsx ts html python bash css md tex matlab lua haskell sql wasm vb vbnet batch ocaml PHP",
    "vitepress": "js js ts py html JS js-vue vue-html sh md nosuch txt c++",
    "pymdownx": "py py python js c++ bash yaml text",
    "hugo": "go go go js python bash GO text",
}
NAMES = (
    "// src/app.js|// app.js\n|# main.py|/* style.css */|<!-- index.html -->|// File: a.ts|// https://x.org/a.js|# .env|"
    "// see the docs|// a.js: text|---\ntitle: x\n---|---\n# a.md\n---|//a.js|// ~/.bashrc|// a b.js|\n// c.ts|"
    '"use x"\n// b.ts|\n\n\n\n// d.ts|// Example file: x.tsx|/* a.ts|// package.json|// src/[id].astro|#!/usr/bin/env node'
)
MAGIC = (
    "// highlight-next-line|# highlight-next-line|/* highlight-next-line */|<!-- highlight-next-line -->|"
    "{/* highlight-next-line */}|-- highlight-next-line|% highlight-next-line|;; highlight-next-line|"
    "' highlight-next-line|REM highlight-next-line|! highlight-next-line|(* highlight-next-line *)|"
    "  // highlight-next-line|//highlight-next-line|// highlight-start|// highlight-end|# highlight-start|# highlight-end|"
    "/* highlight-start */|/* highlight-end */|{/* highlight-start */}|{/* highlight-end */}|let x // highlight-next-line"
)
ORDERS = "++|--|focus|hl|highlight|warning|error|word:x|hl:2|focus:3|++:2"


def one(chance: random.Random, table: str) -> str:
    """Draw one of the rows between the bars."""
    return chance.choice(table.split("|"))


def info_of(dialect: str, chance: random.Random) -> str:
    """Write an info string."""
    parts = [
        chance.choice(PARTS[dialect]).replace("~", one(chance, RANGES)) for _ in range(chance.choice((0, 1, 1, 2, 3)))
    ]
    lang = chance.choice(LANGS[dialect].split())
    if dialect == "hugo":
        return f"{lang} {{{chance.choice(', ').join(parts)}}}" if parts else lang
    if dialect == "pymdownx" and parts and chance.random() < 0.3:
        return f"{{ .{lang} {' '.join(parts)} }}"
    glue = ("", " ") if dialect == "vitepress" else (" ",)
    return lang + "".join(chance.choice(glue) + part for part in parts)


def code_of(dialect: str, chance: random.Random) -> str:
    """Write code, with what only this dialect reads in it."""
    code = chance.choice((*CODES, DIFF, PATCH) if dialect == "expressive-code" else CODES)
    lines = code.split("\n")
    if dialect == "expressive-code" and chance.random() < 0.3:
        lines.insert(0, one(chance, NAMES))
    if dialect == "docusaurus" and chance.random() < 0.6:
        for _ in range(chance.choice((1, 1, 2, 3))):
            lines.insert(chance.randrange(len(lines) + 1), one(chance, MAGIC))
    return "\n".join(lines)


def notation(chance: random.Random) -> Case:
    """Write lines of a real language, some with Shiki's orders in comments.

    Of languages that hold others, what is a comment hangs on what was loaded before; they have no rows in the table.
    """
    table = json.loads((TOOLS / "lines.json").read_text(encoding="utf-8"))
    lang = chance.choice(sorted(table))
    comment, lines = table[lang]
    out = []
    for line in chance.sample(lines, min(len(lines), chance.choice((1, 2, 3)))):
        order = comment.replace("{}", f"[!code {one(chance, ORDERS)}]")
        out += [order, line] if chance.random() < 0.15 else [f"{line} {order}" if chance.random() < 0.7 else line]
    return lang, "\n".join(out)


def cases(dialect: str, seed: str, count: int = COUNT) -> list[Case]:
    """Write fences of a dialect; the same seed gives the same."""
    chance = random.Random(f"{dialect} {seed}")
    out: list[Case] = []
    for _ in range(count):
        if dialect == "vitepress" and chance.random() < 0.7:
            out.append(notation(chance))
        else:
            out.append((info_of(dialect, chance), code_of(dialect, chance)))
    return out


def ask(dialect: str, found: list[Case]) -> list[dict[str, Any] | str]:
    """Give the tool's own facts about each fence, or what it said where it failed.

    Raises:
        FileNotFoundError: the tool is not here.
    """
    documents = {str(at): f"~~~~~{info}\n{code}\n~~~~~\n" for at, (info, code) in enumerate(found)}
    done = subprocess.run(
        command(dialect), input=json.dumps(documents), capture_output=True, text=True, cwd=TOOLS, timeout=300
    )
    if done.returncode:
        raise FileNotFoundError(done.stderr[-2000:])
    answers = json.loads(done.stdout)
    return [answer if isinstance(answer := answers[name], str) else answer[0] for name in documents]


def command(dialect: str) -> list[str]:
    """Say what asks the tool.

    Raises:
        FileNotFoundError: it is not here.
    """
    if dialect in ("pymdownx", "hugo"):
        if dialect == "hugo" and not shutil.which("hugo"):
            raise FileNotFoundError("hugo")
        return [sys.executable, f"ask_{dialect}.py"]
    node = shutil.which("node")
    if node is None or not (TOOLS / "node_modules").is_dir():
        raise FileNotFoundError("npm ci --prefix tests/tools/dialects --ignore-scripts")
    return [node, f"{dialect}.mjs"]


def differing(dialect: str, case: Case, answer: dict[str, Any]) -> dict[str, tuple[Any, Any]]:
    """Say in which facts the tool's answer and ours differ."""
    from fencepost.fence.facts import fence_facts

    lang, _, meta = case[0].partition(" ")
    if "meta" in answer:  # escapes are read before
        lang, meta = answer["lang"], answer["meta"]
    ours = fence_facts(lang or None, meta.strip(), case[1], 1, dialect)
    keys = KEYS[dialect].split()
    return {
        key: (answer.get(key), ours[key])
        for key in keys
        if answer.get(key) != ours[key] and not (answer.get(key) in EMPTY and ours[key] in EMPTY)
    }


def search(dialect: str, seed: str, count: int) -> None:
    """Show what differs in new fences."""
    found = cases(dialect, seed, count)
    pairs = [
        (case, answer) for case, answer in zip(found, ask(dialect, found), strict=True) if isinstance(answer, dict)
    ]
    bad = [(case, gap) for case, answer in pairs if (gap := differing(dialect, case, answer))]
    for case, gap in bad:
        print(*case, *gap.items(), "", sep="\n")
    print(f"{dialect}: {len(pairs) - len(bad)} of {len(pairs)} (of {count}; the tool fails on the others)")


def keep(dialect: str, seed: str) -> None:
    """Keep the tool's answers; what it fails on is left out."""
    found = cases(dialect, seed)
    keys = ["line", "lang", "meta", *KEYS[dialect].split()]
    rows = [
        {"info": case[0], "source": case[1], "facts": {key: answer[key] for key in keys if key in answer}}
        for case, answer in zip(found, ask(dialect, found), strict=True)
        if isinstance(answer, dict)
    ]
    ASKED.mkdir(exist_ok=True)
    text = ",\n".join(json.dumps(row, ensure_ascii=False) for row in rows)
    (ASKED / f"{dialect}.json").write_text(f"[\n{text}\n]\n", encoding="utf-8")


def main() -> None:
    """Keep new answers, or with `--search SEED [COUNT]` look for differences."""
    action: Callable[[str], None] = lambda dialect: keep(dialect, "kept")  # noqa: E731
    if sys.argv[1:2] == ["--search"]:
        count = int(sys.argv[3]) if len(sys.argv) > 3 else 300
        action = lambda dialect: search(dialect, sys.argv[2], count)  # noqa: E731
    for dialect in KEYS:
        try:
            action(dialect)
        except FileNotFoundError as error:
            print(f"{dialect} left out: {error}")


if __name__ == "__main__":
    main()
