"""Fences of other tools' dialects, written at random, and what the tools themselves make of them.

`python tests/dialect_cases.py` writes fences, asks each tool (`npm ci --prefix tests/tools/dialects`,
pymdown-extensions, hugo) and keeps its answers in `tests/oracle/asked`. With `--search SEED` it only compares and
shows what differs; `--keep DIALECT` keeps one.
"""

from __future__ import annotations

import html
import json
import random
import shutil
import subprocess
import sys
from collections.abc import Callable, Iterable
from pathlib import Path
from typing import Any

from dialect_parts import CODES, DIFF, LANGS, MAGIC, NAMES, ORDERS, PARTS, PATCH, RANGES

TOOLS = Path(__file__).parent / "tools" / "dialects"
ASKED = Path(__file__).parent / "oracle" / "asked"
KEYS = {
    "rehype-pretty-code": "title caption line_numbers highlighted_lines line_ids chars code",
    "expressive-code": "title line_numbers wrap highlighted_lines ins del labels marks collapse_ranges frame code",
    "docusaurus": "title line_numbers highlighted_lines code",
    "vitepress": "line_numbers highlighted_lines ins del focus error warning code",
    "pymdownx": "id classes title line_numbers highlighted_lines code",
    "hugo": "id classes attributes title caption line_numbers highlighted_lines code",
    "pandoc": "id classes attributes title caption line_numbers code",
}
EMPTY: tuple[Any, ...] = (None, [], {}, "", False)
Case = tuple[str, str]  # info string, code
COUNT = 120  # of fences that are kept for a dialect


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
    if dialect == "pandoc":
        return chance.choice(("", "", lang, lang + " ")) + f"{{{chance.choice(('', ' '))}{' '.join(parts)}}}"
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
    answers = answers_of(dialect, documents)
    return [answer if isinstance(answer := answers[name], str) else answer[0] for name in documents]


def answers_of(dialect: str, documents: dict[str, str]) -> dict[str, Any]:
    """Give the tool's own facts about the fences of each document, or what it said where it failed.

    Raises:
        FileNotFoundError: the tool is not here.
    """
    done = subprocess.run(
        command(dialect), input=json.dumps(documents), capture_output=True, text=True, cwd=TOOLS, timeout=500
    )
    if done.returncode:
        raise FileNotFoundError(done.stderr[-2000:])
    answers: dict[str, Any] = json.loads(done.stdout)
    return answers


def command(dialect: str) -> list[str]:
    """Say what asks the tool.

    Raises:
        FileNotFoundError: it is not here.
    """
    if dialect in ("pymdownx", "hugo", "pandoc"):
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
    elif dialect == "pandoc":  # and entities by both readers
        lang, meta = html.unescape(lang), html.unescape(meta)
    ours = fence_facts(lang or None, meta.strip(), case[1], 1, dialect)
    keys = KEYS[dialect].split()
    return {
        key: (answer[key], ours[key])
        for key in keys
        if key in answer and answer[key] != ours[key] and not (answer[key] in EMPTY and ours[key] in EMPTY)
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


def keep(dialect: str) -> None:
    """Keep the tool's answers; what it fails on is left out."""
    found = cases(dialect, "kept")
    keys = ["line", "lang", "meta", *KEYS[dialect].split()]
    rows = [
        {"info": case[0], "source": case[1], "facts": {key: answer[key] for key in keys if key in answer}}
        for case, answer in zip(found, ask(dialect, found), strict=True)
        if isinstance(answer, dict)
    ]
    keep_rows(ASKED / f"{dialect}.json", rows)


def keep_rows(file: Path, rows: list[dict[str, Any]]) -> None:
    """Write what is kept, a line a row."""
    file.parent.mkdir(parents=True, exist_ok=True)
    text = ",\n".join(json.dumps(row, ensure_ascii=False) for row in rows)
    file.write_text(f"[\n{text}\n]\n", encoding="utf-8")


def run(
    dialects: Iterable[str], keep: Callable[[str], None], search: Callable[[str, str, int], None], count: int
) -> None:
    """Keep new answers (`--keep DIALECT…` those of some), or with `--search SEED [COUNT]` look for differences."""
    words = sys.argv[1:]
    for dialect in words[1:] if words[:1] == ["--keep"] else dialects:
        try:
            if words[:1] == ["--search"]:
                search(dialect, words[1], int(words[2]) if len(words) > 2 else count)
            else:
                keep(dialect)
        except FileNotFoundError as error:
            print(f"{dialect} left out: {error}")


if __name__ == "__main__":
    run(KEYS, keep, search, 300)
