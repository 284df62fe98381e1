"""The word that was meant: the known one that is most like what the author wrote."""

from __future__ import annotations

from collections.abc import Iterable

MOST_ASKED, MOST_KNOWN, LONGEST = 50, 500, 80  # comparing is slow, and help for people


def nearest(word: str, known: Iterable[str], least: float = 0.75) -> str:
    """Give the known word that is most like another, by difflib's ratio (0 to 1); empty where none reaches `least`.

    >>> nearest("pyhton", ["python", "perl"]), nearest("zzz", ["python"])
    ('python', '')
    """
    import difflib  # when there is something to say

    return next(iter(difflib.get_close_matches(word, known, 1, least)), "")
