"""How long a text takes to read."""

from __future__ import annotations

import re

WORDS = 220  # a minute, of a language that puts spaces between words
# characters a minute, of a script that does not; the first is what web readers of Chinese and Japanese assume
SCRIPTS = {
    500: re.compile("[\u3040-\u30ff\u3400-\u4dbf\u4e00-\u9fff\uf900-\ufaff\U00020000-\U0003ffff]"),  # Han, kana
    1000: re.compile("[\u0e00-\u0e7f\u0e80-\u0eff\u1000-\u109f\u1780-\u17ff]"),  # Thai, Lao, Burmese, Khmer
}


def reading_minutes(text: str) -> float:
    """Give the minutes that a text takes, unrounded.

    >>> reading_minutes("word " * 660), reading_minutes("字" * 3400), reading_minutes("")
    (3.0, 6.8, 0.0)
    """
    minutes = 0.0
    for pace, script in SCRIPTS.items() if not text.isascii() else ():
        text, count = script.subn("", text)
        minutes += count / pace
    return minutes + len(text.split()) / WORDS
