"""Documents of fences in other tools' dialects, written at random: in lists, quotes, notes, with tabs, CRLF, escapes.

`python tests/dialect_documents.py` asks the tools and keeps their answers in `tests/oracle/asked/documents`; with
`--search SEED` it only shows where `inspect` differs.
"""

from __future__ import annotations

import json
import random
import re
import unicodedata
from collections.abc import Iterator
from pathlib import Path
from tempfile import TemporaryDirectory
from typing import Any

from dialect_cases import ASKED, EMPTY, KEYS, answers_of, keep_rows, notation, one, run
from dialect_parts import (
    CODES,
    CONTEXTS,
    LANGS,
    MAGIC,
    MORE,
    MORE_CODES,
    MORE_LANGS,
    MORE_MAGIC,
    MORE_RANGES,
    NAMES,
    PARTS,
)

from fencepost.checks.inspection import inspect_json
from fencepost.settings.run import Settings

DOCUMENTS = ASKED / "documents"
COUNT = 25  # of documents that are kept for a dialect
FENCES = 6  # in one document
# the tool's answers come in another order than the text's, or it is no Markdown of GitHub's
NOT_IN = {"expressive-code": ("note",), "vitepress": ("note", "alert", "task")}


def info_of(dialect: str, chance: random.Random) -> str:
    """Write an info string, with blanks of many kinds."""
    kinds = PARTS[dialect] + MORE[dialect]
    parts = [chance.choice(kinds).replace("~", one(chance, MORE_RANGES)) for _ in range(chance.randrange(5))]
    glues = ("", " ") if dialect == "vitepress" else (" ",)
    if chance.random() < 0.15:
        glues = (" ", "  ", "\t", "") if dialect == "vitepress" else (" ", "  ", "\t", " \u00a0", "")
    lang = chance.choice(f"{LANGS[dialect]} {MORE_LANGS[dialect]}".split())
    return lang + "".join(chance.choice(glues) + part for part in parts)


def code_of(dialect: str, chance: random.Random) -> list[str]:
    """Write lines of code."""
    lines = chance.choice((*CODES, *MORE_CODES)).split("\n")
    if dialect == "expressive-code" and chance.random() < 0.3:
        lines.insert(chance.randrange(min(len(lines), 5)), one(chance, NAMES))
    if dialect == "docusaurus" and chance.random() < 0.6:
        for _ in range(chance.choice((1, 1, 2, 3))):
            lines.insert(chance.randrange(len(lines) + 1), one(chance, MAGIC + MORE_MAGIC))
    return "\n".join(lines).split("\n")


def fence(dialect: str, chance: random.Random) -> list[str]:
    """Write a fence, longer than what looks like one inside."""
    info, lines = info_of(dialect, chance), code_of(dialect, chance)
    if dialect == "vitepress" and chance.random() < 0.4:
        lang, code = notation(chance)
        info, lines = lang, code.split("\n")
    sign = "~" if "`" in info or chance.random() < 0.3 else "`"
    length = chance.choice((3, 3, 3, 4, 6))
    while any(re.match(rf" {{0,3}}{sign}{{{length},}}\s*\Z", line) for line in lines):
        length += 1
    blanks = chance.choice(("", "", "", " ", "\t"))
    tail = "" if dialect == "vitepress" else chance.choice(("", "", "", "  "))
    return [f"{sign * length}{blanks}{info}{tail}", *lines, sign * length]


def document(dialect: str, seed: str) -> str:
    """Write a document; the same seed gives the same."""
    chance, out = random.Random(f"document {dialect} {seed}"), []
    names = [name for name in CONTEXTS if name not in NOT_IN.get(dialect, ())]
    for number in range(FENCES):
        before, first, rest = CONTEXTS[chance.choice(names)]
        lines = fence(dialect, chance)
        out += [line.replace("@", str(number)) for line in before]
        out += [first + lines[0], *(rest + line if line or ">" in rest else "" for line in lines[1:])]
        out += ["", f"word {number}", ""]
    ending = chance.choice(("\n", "\n", "\n", "\r\n"))
    return ending.join(out[:-4] if chance.random() < 0.2 else out)  # or the last fence is not closed


def differing(dialect: str, text: str, answer: list[dict[str, Any]], folder: Path) -> Iterator[tuple[int, str, Any]]:
    """Say where the tool's facts and ours differ: the line of the fence, the fact, both values."""
    path = folder / "post.md"
    path.write_bytes(text.encode())
    found = json.loads(inspect_json(str(path), Settings(options={"dialect": dialect}))[0])
    ours = {block["line"]: block for block in found.get("blocks", [])}
    for block in answer:
        if block.get("handled") is False or not unicodedata.is_normalized("NFC", block["code"]):
            continue  # the reader composes characters, so that columns differ
        own = ours.get(block["line"])
        if own is None:
            yield block["line"], "line", (block["line"], sorted(map(str, ours)))
            continue
        for key in KEYS[dialect].split():
            want, have = _comparable(key, block.get(key)), _comparable(key, own[key])
            if want != have and not (want in EMPTY and have in EMPTY):
                yield block["line"], key, (want, have)


def _comparable(key: str, value: Any) -> Any:
    if key == "code" and isinstance(value, str):
        return value.replace("\r\n", "\n").replace("\0", "\ufffd").rstrip("\n")
    return value


def _is_sound(answer: list[dict[str, Any]]) -> bool:
    """Say whether the tool has cut no character in two, as Expressive Code does to those beyond U+FFFF."""
    return not any("\ud800" <= char <= "\udfff" for char in json.dumps(answer, ensure_ascii=False))


def search(dialect: str, seed: str, count: int) -> None:
    """Show what differs in new documents."""
    documents = {str(at): document(dialect, f"{seed} {at}") for at in range(count)}
    fences = bad = 0
    answers = {name: answer for name, answer in answers_of(dialect, documents).items() if isinstance(answer, list)}
    with TemporaryDirectory() as folder:
        for name, answer in answers.items():
            gaps = list(differing(dialect, documents[name], answer, Path(folder))) if _is_sound(answer) else []
            lines = documents[name].replace("\r\n", "\n").split("\n")
            for line, key, values in gaps:
                print("", *lines[line - 1 : line + 9], f"{name}:{line} {key}", *values, sep="\n")
            fences += len(answer)
            bad += len({line for line, _, _ in gaps})
    print(
        f"{dialect}: {fences - bad} of {fences} fences; the tool fails on {count - len(answers)} of {count} documents"
    )


def keep(dialect: str) -> None:
    """Keep the tool's answers about some documents."""
    documents = {str(at): document(dialect, f"kept {at}") for at in range(COUNT)}
    keys = ("line", "handled", *KEYS[dialect].split())
    rows = [
        {"text": documents[name], "facts": [{key: block[key] for key in keys if key in block} for block in answer]}
        for name, answer in answers_of(dialect, documents).items()
        if isinstance(answer, list) and _is_sound(answer)
    ]
    keep_rows(DOCUMENTS / f"{dialect}.json", rows)


if __name__ == "__main__":
    run(MORE, keep, search, 50)
