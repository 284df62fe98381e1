"""A day in the words of a language."""

from __future__ import annotations

from datetime import date

LONG = {
    "en": "{d} {M} {y}",
    "en-us": "{M} {d}, {y}",
    "en-ca": "{M} {d}, {y}",
    "en-ph": "{M} {d}, {y}",
    "de": "{d}. {M} {y}",
    "fr": "{d} {M} {y}",
    "es": "{d} de {M} de {y}",
    "it": "{d} {M} {y}",
    "pt": "{d} de {M} de {y}",
    "nl": "{d} {M} {y}",
    "pl": "{d} {M} {y}",
    "sv": "{d} {M} {y}",
    "da": "{d}. {M} {y}",
    "nb": "{d}. {M} {y}",
    "nn": "{d}. {M} {y}",
    "no": "{d}. {M} {y}",
    "fi": "{d}. {M} {y}",
    "cs": "{d}. {M} {y}",
    "sk": "{d}. {M} {y}",
    "hu": "{y}. {M} {d}.",
    "ro": "{d} {M} {y}",
    "ca": "{d} {M} del {y}",
    "el": "{d} {M} {y}",
    "tr": "{d} {M} {y}",
    "ru": "{d} {M} {y}\u202fг.",
    "uk": "{d} {M} {y}\u202fр.",
    "bg": "{d} {M} {y}\u202fг.",
    "id": "{d} {M} {y}",
    "vi": "{d} {M}, {y}",
    "ja": "{y}年{m}月{d}日",
    "zh": "{y}年{m}月{d}日",
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
