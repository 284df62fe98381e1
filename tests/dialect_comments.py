"""One order in a comment, `x // [!code ++]`, in every language of Shiki's whose comments are told by such signs.

`python tests/dialect_comments.py` asks VitePress and keeps what it says in `tests/oracle/asked/comments.json`.
"""

from __future__ import annotations

import random
import subprocess
from collections.abc import Iterator
from typing import Any

from dialect_cases import ASKED, TOOLS, answers_of, differing, keep_rows

from fencepost.fence.comments import COMMENTS

KEPT = ASKED / "comments.json"
LINES = (("a @++", "b"), ("@--", "b"), ("x = 1 @++", "y"), ("f(x) @++", "y"))
KEYS = ("highlighted_lines", "ins", "del", "code")
_LISTING = "import('shiki/langs').then((all) => console.log(Object.keys({...all.bundledLanguages}).join(' ')))"


def languages() -> list[str]:
    """List the languages that VitePress's own Shiki knows."""
    folder = TOOLS / "node_modules" / "vitepress"
    done = subprocess.run(["node", "-e", _LISTING], capture_output=True, text=True, cwd=folder, check=True)
    return done.stdout.split()


def codes(begin: str, end: str) -> Iterator[str]:
    """Write two lines with a comment, one way after another."""
    for lines in LINES:
        yield "\n".join(
            line.replace("@++", f"{begin} [!code ++] {end}".rstrip()).replace(
                "@--", f"{begin} [!code --] {end}".rstrip()
            )
            for line in lines
        )


def ask(documents: dict[str, str]) -> dict[str, Any]:
    """Give VitePress's facts about documents of one fence each."""
    answers = answers_of("vitepress", documents)
    return {name: answer[0] for name, answer in answers.items() if isinstance(answer, list)}


def main() -> None:
    """Ask about all, tell what differs, and keep one way of writing for each language and sign."""
    pairs = {
        f"{lang}|{begin}|{way}": (lang, code)
        for lang in languages()
        for begin, (end, names) in COMMENTS.items()
        if lang in names.split()
        for way, code in enumerate(codes(begin, end))
    }
    answers = ask({name: f"~~~{lang}\n{code}\n~~~\n" for name, (lang, code) in pairs.items()})
    equal: dict[str, list[dict[str, Any]]] = {}
    for name, answer in answers.items():
        if gap := differing("vitepress", pairs[name], answer):
            print(name, repr(pairs[name][1]), gap)
            continue
        row = {"info": pairs[name][0], "source": pairs[name][1], "facts": {key: answer[key] for key in KEYS}}
        equal.setdefault(name.rpartition("|")[0], []).append(row)
    print(f"{sum(map(len, equal.values()))} of {len(answers)}")
    keep_rows(KEPT, [random.Random(name).choice(ways) for name, ways in sorted(equal.items())])


if __name__ == "__main__":
    main()
