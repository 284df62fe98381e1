"""Dates: what authors write becomes a day, and a day becomes words in the language of the post."""

from __future__ import annotations

import re
from dataclasses import dataclass
from datetime import date, datetime, timedelta, timezone

# The long date pattern and the months inside a date, from Unicode CLDR as Babel 2.18 gives it.
# Plain `en` follows the day-first order of most of the world's English; `en-US` its own.
# fmt: off
LONG = {
    "en": "{d} {M} {y}", "en-us": "{M} {d}, {y}", "en-ca": "{M} {d}, {y}", "en-ph": "{M} {d}, {y}",
    "de": "{d}. {M} {y}", "fr": "{d} {M} {y}", "es": "{d} de {M} de {y}", "it": "{d} {M} {y}",
    "pt": "{d} de {M} de {y}", "nl": "{d} {M} {y}", "pl": "{d} {M} {y}", "sv": "{d} {M} {y}", "da": "{d}. {M} {y}",
    "nb": "{d}. {M} {y}", "nn": "{d}. {M} {y}", "no": "{d}. {M} {y}", "fi": "{d}. {M} {y}", "cs": "{d}. {M} {y}",
    "sk": "{d}. {M} {y}", "hu": "{y}. {M} {d}.", "ro": "{d} {M} {y}", "ca": "{d} {M} del {y}", "el": "{d} {M} {y}",
    "tr": "{d} {M} {y}", "ru": "{d} {M} {y}\u202fг.", "uk": "{d} {M} {y}\u202fр.", "bg": "{d} {M} {y}\u202fг.",
    "id": "{d} {M} {y}", "vi": "{d} {M}, {y}", "ja": "{y}年{m}月{d}日", "zh": "{y}年{m}月{d}日",
    "ko": "{y}년 {m}월 {d}일",
}
MONTHS = {
    "en": "January February March April May June July August September October November December",
    "de": "Januar Februar März April Mai Juni Juli August September Oktober November Dezember",
    "fr": "janvier février mars avril mai juin juillet août septembre octobre novembre décembre",
    "es": "enero febrero marzo abril mayo junio julio agosto septiembre octubre noviembre diciembre",
    "it": "gennaio febbraio marzo aprile maggio giugno luglio agosto settembre ottobre novembre dicembre",
    "pt": "janeiro fevereiro março abril maio junho julho agosto setembro outubro novembro dezembro",
    "nl": "januari februari maart april mei juni juli augustus september oktober november december",
    "pl": "stycznia lutego marca kwietnia maja czerwca lipca sierpnia września października listopada grudnia",
    "sv": "januari februari mars april maj juni juli augusti september oktober november december",
    "da": "januar februar marts april maj juni juli august september oktober november december",
    "nb": "januar februar mars april mai juni juli august september oktober november desember",
    "fi": "tammikuuta helmikuuta maaliskuuta huhtikuuta toukokuuta kesäkuuta heinäkuuta elokuuta syyskuuta lokakuuta"
          " marraskuuta joulukuuta",
    "cs": "ledna února března dubna května června července srpna září října listopadu prosince",
    "sk": "januára februára marca apríla mája júna júla augusta septembra októbra novembra decembra",
    "hu": "január február március április május június július augusztus szeptember október november december",
    "ro": "ianuarie februarie martie aprilie mai iunie iulie august septembrie octombrie noiembrie decembrie",
    "ca": "de\xa0gener de\xa0febrer de\xa0març d’abril de\xa0maig de\xa0juny de\xa0juliol d’agost de\xa0setembre"
          " d’octubre de\xa0novembre de\xa0desembre",
    "el": "Ιανουαρίου Φεβρουαρίου Μαρτίου Απριλίου Μαΐου Ιουνίου Ιουλίου Αυγούστου Σεπτεμβρίου Οκτωβρίου Νοεμβρίου"
          " Δεκεμβρίου",
    "tr": "Ocak Şubat Mart Nisan Mayıs Haziran Temmuz Ağustos Eylül Ekim Kasım Aralık",
    "ru": "января февраля марта апреля мая июня июля августа сентября октября ноября декабря",
    "uk": "січня лютого березня квітня травня червня липня серпня вересня жовтня листопада грудня",
    "bg": "януари февруари март април май юни юли август септември октомври ноември декември",
    "id": "Januari Februari Maret April Mei Juni Juli Agustus September Oktober November Desember",
    "vi": "tháng\xa01 tháng\xa02 tháng\xa03 tháng\xa04 tháng\xa05 tháng\xa06 tháng\xa07 tháng\xa08 tháng\xa09"
          " tháng\xa010 tháng\xa011 tháng\xa012",
}
MONTHS["no"] = MONTHS["nn"] = MONTHS["nb"]
# fmt: on
ENGLISH = MONTHS["en"].lower().split(" ")

ZONE = r"(?P<zone>Z|UTC|GMT|[+-]\d\d:?\d\d|[+-]\d\d)?"
CLOCK = r"(?:[T\s]\s*(?P<h>\d{1,2}):(?P<mi>\d\d)(?::(?P<s>\d\d)(?:[.,]\d+)?)?\s*" + ZONE + ")?"
WEEKDAY = r"(?:\w{3,9},?\s+)?"
NAME = r"(?P<name>[^\W\d]{3,})\.?"
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
    own = MONTHS.get(lang.lower().split("-")[0], "").lower().split(" ")
    if name in own:
        return own.index(name) + 1
    short = "sep" if name == "sept" else name
    return next((number for number, full in enumerate(ENGLISH, 1) if short in (full, full[:3])), 0)


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


def display_date(day: date, lang: str) -> str:
    """Write a day as the language does; ISO where the language is not in the table.

    >>> display_date(date(2025, 5, 22), "en"), display_date(date(2025, 5, 22), "en-US")
    ('22 May 2025', 'May 22, 2025')
    """
    code = lang.lower().replace("_", "-")
    base = code.split("-")[0]
    pattern = LONG.get(code) or LONG.get(base)
    if pattern is None:
        return day.isoformat()
    months = MONTHS.get(base, "").split(" ")
    month = months[day.month - 1].replace("\xa0", " ") if len(months) == 12 else ""
    return pattern.format(d=day.day, m=day.month, y=day.year, M=month)
