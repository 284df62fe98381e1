"""A day in the words of a language."""

from __future__ import annotations

from datetime import date

from fencepost.locales.words import base_of, locale

BUDDHIST = 543  # years that the Thai calendar is ahead


def months(lang: str) -> list[str]:
    """List the twelve months as they are written inside a date; empty where the language is not known."""
    found: list[str] = locale(base_of(lang)).get("months", [])
    return found


def display_date(day: date, lang: str) -> str:
    """Write a day as the language does; ISO 8601 where the language is not known.

    >>> display_date(date(2025, 5, 22), "en"), display_date(date(2025, 5, 22), "en-US")
    ('22 May 2025', 'May 22, 2025')
    """
    known = locale(base_of(lang))
    territory = lang.lower().replace("_", "-").partition("-")[2]
    pattern = known.get(f"date-{territory}") or known.get("date")
    if pattern is None:
        return day.isoformat()
    names = months(lang)
    month = names[day.month - 1] if names else ""
    return str(pattern.format(d=day.day, m=day.month, y=day.year, b=day.year + BUDDHIST, M=month))
