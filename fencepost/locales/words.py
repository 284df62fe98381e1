"""All printed words, a file a language: `de.json` beside this module has those of German.

A file holds `words`, `alerts` (titles by type), `months` and `date` (the pattern of a long date, `date-us` that of
a territory), or the last two alone. What it lacks comes from `en.json`. Titles of alerts from note to caution are
those of Quarto's language files (quarto-dev/quarto-cli, src/resources/language), without exclamation marks, where
it has the language; months and patterns are those of Unicode CLDR as Babel 2.18 gives them.
"""

from __future__ import annotations

import json
from functools import cache
from pathlib import Path
from typing import Any

FOLDER = Path(__file__).parent
SAME = {"no": "nb", "nn": "nb", "iw": "he", "in": "id"}  # other codes of a language


def base_of(lang: str) -> str:
    """Cut the territory off a language tag: the name of the language's file.

    >>> base_of("de-AT"), base_of("nn_NO")
    ('de', 'nb')
    """
    base = lang.lower().replace("_", "-").split("-")[0]
    return SAME.get(base, base)


@cache
def languages() -> tuple[str, ...]:
    """List the languages that have words, by code."""
    return tuple(sorted(file.stem for file in FOLDER.glob("*.json") if "words" in locale(file.stem)))


@cache
def locale(base: str) -> dict[str, Any]:
    """Read the file of a language; an empty one where there is none."""
    file = FOLDER / f"{base}.json"
    if not base.isalpha() or not file.is_file():
        return {}
    found: dict[str, Any] = json.loads(file.read_text(encoding="utf-8"))
    return found


@cache
def _all(base: str) -> dict[str, str]:
    english, own = locale("en"), locale(base)
    words = {**english["words"], **own.get("words", {}), **english["alerts"], **own.get("alerts", {})}
    return words | {"secondary": words["note"]}


def labels(lang: str) -> dict[str, str]:
    """Give the printed words of a language by name, English where it has none; titles of alerts by their type.

    >>> labels("de-AT")["contents"], labels("xx")["contents"], labels("de")["note"]
    ('Inhalt', 'Contents', 'Hinweis')
    """
    return dict(_all(base_of(lang)))
