"""What no font has is known beforehand, and nothing else is."""

from __future__ import annotations

import pytest

from fencepost.fonts import glyphs


def test_the_shipped_table_is_what_the_fonts_hold() -> None:
    assert glyphs.COVERAGE.read_text(encoding="ascii") == glyphs.bundled_ranges()


@pytest.mark.parametrize(
    "text",
    [
        "plain ASCII",
        "Ça va? Ελληνικά, Русский, עברית, العربية, हिन्दी, ไทย",
        "→ ✓ ☐ ☒ ⌘ ½ € — … “quotes” fi ﬁ",
        "🚀 ⚠️ 👩\u200d💻 👍🏽 1️⃣ 🇫🇷 ❤️\u200d🔥 🏴\U000e0067\U000e0062\U000e0065\U000e006e\U000e0067\U000e007f",
        "zero\u200bwidth\u2060joiner\ufeff soft\xadhyphen no\u202fbreak\u00a0space\ttab\r\n",
    ],
)
def test_what_prints_is_not_doubted(text: str) -> None:
    assert glyphs.missing_glyphs(text) == ""


def test_what_no_font_has_is_named_once_in_order() -> None:
    assert glyphs.missing_glyphs('a 𓀀 "b" 𒀀 𓀀 \\ c') == "𓀀𒀀"


def test_typst_has_the_last_word() -> None:
    """A font built into Typst may hold what the bundled files lack."""
    assert set(glyphs.missing_glyphs("漢⣿𓀀")) <= set(glyphs.doubtful("漢⣿𓀀"))


def test_many_doubtful_characters_do_not_take_long() -> None:
    text = "".join(map(chr, range(0x13000, 0x13400)))
    assert glyphs.missing_glyphs(text) == text
