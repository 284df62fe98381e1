"""Dates: what authors write becomes a day, and a day becomes words in the language of the post."""

from __future__ import annotations

import re
from dataclasses import dataclass
from datetime import date, datetime, timedelta, timezone

from fencepost.locales.dates import months

ZONE = r"(?P<zone>Z|UTC|GMT|[+-]\d\d:?\d\d|[+-]\d\d)?"
CLOCK = r"(?:[T\s]\s*(?P<h>\d{1,2}):(?P<mi>\d\d)(?::(?P<s>\d\d)(?:[.,]\d+)?)?\s*" + ZONE + ")?"
WEEKDAY = r"(?:\w{3,9},?\s+)?"
NAME = r"(?P<name>[^\s\d.,:;/+-]{2,})\.?"
FORMS = (  # compiled when needed: most dates are of the first form
    r"(?P<y>\d{4})(?P<sep>[-/.])(?P<m>\d{1,2})(?P=sep)(?P<d>\d{1,2})" + CLOCK,  # 2025-05-22T10:00:00+02:00
    WEEKDAY + r"(?P<d>\d{1,2})(?:st|nd|rd|th|\.)?\s+(?:de\s+)?" + NAME + r",?\s+(?:de\s+)?(?P<y>\d{4})" + CLOCK,
    WEEKDAY + NAME + r"\s+(?P<d>\d{1,2})(?:st|nd|rd|th)?,?\s+(?P<y>\d{4})" + CLOCK,  # Jul 08 2022
    r"(?P<y>\d{4})\s*[年년]\s*(?P<m>\d{1,2})\s*[月월]\s*(?P<d>\d{1,2})\s*[日일]",
)


@dataclass(frozen=True, slots=True)
class Stamp:
    """A date as the author wrote it, the day it names, and the moment where a time was given."""

    text: str
    day: date
    moment: datetime | None = None

    @property
    def iso(self) -> str:
        """Write the moment if there is one, else the day, as ISO 8601."""
        return self.moment.isoformat() if self.moment else self.day.isoformat()


def _month(name: str, lang: str) -> int:
    """Find a month by its name in the post's language, or in English, where three letters will do."""
    name = name.lower()
    own = [month.lower() for month in months(lang)]
    if name in own:
        return own.index(name) + 1
    short = "sep" if name == "sept" else name
    return next((number for number, full in enumerate(map(str.lower, months("en")), 1) if short in (full, full[:3])), 0)


def _zone(text: str | None) -> timezone | None:
    if not text:
        return None
    if text.upper() in ("Z", "UTC", "GMT"):
        return timezone.utc
    digits = text[1:].replace(":", "").ljust(4, "0")
    minutes = int(digits[:2]) * 60 + int(digits[2:])
    return timezone(timedelta(minutes=-minutes if text[0] == "-" else minutes))


def parse_date(text: str, lang: str = "en") -> Stamp | None:
    """Read a date in the forms that blogs use; None where the text is none.

    >>> parse_date("2025-05-22T10:00:00+02:00").day
    datetime.date(2025, 5, 22)
    >>> parse_date("Jul 08 2022").day
    datetime.date(2022, 7, 8)
    >>> parse_date("2025-13-45")
    """
    found = next((match for form in FORMS if (match := re.fullmatch(form, text.strip(), re.IGNORECASE))), None)
    if not found:
        return None
    part = found.groupdict()
    try:
        month = int(part["m"]) if part.get("m") else _month(part["name"], lang)
        day = date(int(part["y"]), month, int(part["d"]))
        if not part.get("h"):
            return Stamp(text.strip(), day)
        clock = (int(part["h"]), int(part["mi"]), int(part["s"] or 0))
        return Stamp(text.strip(), day, datetime(day.year, day.month, day.day, *clock, tzinfo=_zone(part["zone"])))
    except ValueError:
        return None
