"""All printed words: every language has every one, and dates and reading times follow the language."""

from __future__ import annotations

import json
import re
from datetime import date
from pathlib import Path
from typing import Any

import pytest

from fencepost.locales.dates import display_date
from fencepost.locales.reading_time import reading_minutes
from fencepost.locales.words import FOLDER, labels, languages, locale
from fencepost.markdown.containers.types import KINDS

FILES = sorted(file.stem for file in FOLDER.glob("*.json"))
ENGLISH = locale("en")
WANTED = "ar cs da de el en es fa fi fr he hi it ja ko nb nl pl pt ru sv th tr uk vi zh"


def test_the_languages_are_those_that_the_manual_names() -> None:
    assert " ".join(languages()) == WANTED


@pytest.mark.parametrize("lang", FILES)
def test_a_language_has_every_word_or_none(lang: str) -> None:
    known = locale(lang)
    assert set(known) <= {
        "language",
        "words",
        "alerts",
        "months",
        "date",
        *(key for key in known if key[:5] == "date-"),
    }
    if "words" in known:
        assert list(known["words"]) == list(ENGLISH["words"])
        assert list(known["alerts"]) == list(ENGLISH["alerts"])
        assert {*known["alerts"], "secondary"} == set(KINDS)
    for name in ("words", "alerts"):
        for key, word in known.get(name, {}).items():
            assert word.strip() == word != "", key
            assert word.count("{}") == ENGLISH[name][key].count("{}"), key
    assert len(known.get("months", [""] * 12)) == 12
    assert known["date"] and (re.search(r"\{m\}", known["date"]) or "months" in known)


def test_files_are_written_alike() -> None:
    for lang in FILES:
        text = (FOLDER / f"{lang}.json").read_text(encoding="utf-8")
        assert text == json.dumps(json.loads(text), ensure_ascii=False, indent=2) + "\n"


def test_words_of_other_languages_are_english_and_variants_have_those_of_the_language() -> None:
    assert labels("nn")["copy"] == labels("nb")["copy"] != labels("tlh")["copy"] == "Copy"
    assert labels("pt-BR")["figure"] == "Figura"
    assert labels("sk")["note"] == "Note"  # dates alone are known
    assert labels("../en")["note"] == "Note"


DATES = [
    ("ar", "18 يناير 2026"), ("fa", "18 ژانویهٔ 2026"), ("he", "18 בינואר 2026"), ("hi", "18 जनवरी 2026"),
    ("vi", "18 tháng 1, 2026"), ("th", "18 มกราคม 2569"), ("el", "18 Ιανουαρίου 2026"), ("zh-Hant", "2026年1月18日"),
    ("en-PH", "January 18, 2026"), ("xx", "2026-01-18"),
]  # fmt: skip


@pytest.mark.parametrize(("lang", "written"), DATES)
def test_dates(lang: str, written: str) -> None:
    assert display_date(date(2026, 1, 18), lang) == written


PACES = [("word " * 2200, 10), ("字" * 5000, 10), ("かな、" * 2500, 10), ("ภาษา" * 2500, 10), ("한국어 " * 2200, 10)]


@pytest.mark.parametrize(("text", "minutes"), PACES)
def test_reading_time_counts_words_or_characters(text: str, minutes: float) -> None:
    assert round(reading_minutes(text)) == minutes


def test_a_chinese_post_says_how_long_it_takes_and_german_figures_have_a_german_name(
    tmp_path: Path, capsys: Any
) -> None:
    from fencepost.cli.main import main

    (tmp_path / "zh.md").write_text("---\ntitle: T\nlang: zh\n---\n\n" + "这是一个很长的段落。" * 400, encoding="utf-8")
    (tmp_path / "a.svg").write_text('<svg xmlns="http://www.w3.org/2000/svg" width="9" height="9"/>')
    figure = "---\ntitle: T\nlang: de\nnumber-figures: true\n---\n\n![Ein Bild](a.svg)\n"
    (tmp_path / "de.md").write_text(figure, encoding="utf-8")
    with pytest.raises(SystemExit):
        main(["convert", str(tmp_path / "zh.md"), str(tmp_path / "de.md"), "--to", "html"])
    assert "7 分钟阅读" in (tmp_path / "zh.html").read_text(encoding="utf-8")
    assert "Abbildung 1: Ein Bild" in (tmp_path / "de.html").read_text(encoding="utf-8")
