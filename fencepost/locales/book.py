"""The words that a book adds to its posts, in the language of the book."""

from __future__ import annotations

from fencepost.locales.labels import SAME

# fmt: off
NAMES = ("see",                 "chapter",  "index",           "imprint",         "other",       "licence",    "published",            "first",                        "cover")  # noqa: E501
WORDS = {
    "en": ("see p. {}",         "Chapter",  "Index of tags",   "Imprint",         "Other posts", "Licence",    "Published",            "First published as",           "Cover"),  # noqa: E501
    "de": ("siehe S. {}",       "Kapitel",  "Schlagwörter",    "Impressum",       "Weitere",     "Lizenz",     "Erschienen",           "Zuerst erschienen als",        "Umschlag"),  # noqa: E501
    "fr": ("voir p. {}",        "Chapitre", "Index des mots-clés", "Mentions légales", "Autres",  "Licence",    "Publié le",            "Première publication",         "Couverture"),  # noqa: E501
    "es": ("véase p. {}",       "Capítulo", "Índice de etiquetas", "Créditos",    "Otros",       "Licencia",   "Publicado el",         "Publicado por primera vez como", "Cubierta"),  # noqa: E501
    "it": ("vedi p. {}",        "Capitolo", "Indice dei tag",  "Colophon",        "Altri",       "Licenza",    "Pubblicato il",        "Prima pubblicazione",          "Copertina"),  # noqa: E501
    "pt": ("ver p. {}",         "Capítulo", "Índice de etiquetas", "Ficha técnica", "Outros",    "Licença",    "Publicado em",         "Publicado primeiro como",      "Capa"),  # noqa: E501
    "nl": ("zie p. {}",         "Hoofdstuk", "Trefwoorden",    "Colofon",         "Overige",     "Licentie",   "Verschenen op",        "Eerst verschenen als",         "Omslag"),  # noqa: E501
    "pl": ("zob. s. {}",        "Rozdział", "Indeks tagów",    "Stopka redakcyjna", "Inne",      "Licencja",   "Opublikowano",         "Pierwsza publikacja",          "Okładka"),  # noqa: E501
    "sv": ("se s. {}",          "Kapitel",  "Ämnesord",        "Kolofon",         "Övrigt",      "Licens",     "Publicerad",           "Först publicerad som",         "Omslag"),  # noqa: E501
    "da": ("se s. {}",          "Kapitel",  "Emneord",         "Kolofon",         "Andet",       "Licens",     "Udgivet",              "Først udgivet som",            "Omslag"),  # noqa: E501
    "nb": ("se s. {}",          "Kapittel", "Emneord",         "Kolofon",         "Annet",       "Lisens",     "Utgitt",               "Først utgitt som",             "Omslag"),  # noqa: E501
    "fi": ("ks. s. {}",         "Luku",     "Asiasanat",       "Julkaisutiedot",  "Muut",        "Lisenssi",   "Julkaistu",            "Julkaistu ensin nimellä",      "Kansi"),  # noqa: E501
    "cs": ("viz s. {}",         "Kapitola", "Rejstřík štítků", "Tiráž",           "Ostatní",     "Licence",    "Vydáno",               "Poprvé vydáno jako",           "Obálka"),  # noqa: E501
    "ru": ("см. с. {}",         "Глава",    "Указатель тегов", "Выходные данные", "Другое",      "Лицензия",   "Опубликовано",         "Впервые опубликовано",         "Обложка"),  # noqa: E501
    "uk": ("див. с. {}",        "Розділ",   "Покажчик тегів",  "Вихідні дані",    "Інше",        "Ліцензія",   "Опубліковано",         "Уперше опубліковано",          "Обкладинка"),  # noqa: E501
    "tr": ("bkz. s. {}",        "Bölüm",    "Etiket dizini",   "Künye",           "Diğer",       "Lisans",     "Yayımlanma",           "İlk yayım",                    "Kapak"),  # noqa: E501
    "ja": ("{}ページ参照",        "章",       "索引",             "奥付",             "その他",       "ライセンス",   "発行日",                "初出",                          "表紙"),  # noqa: E501
    "zh": ("见第 {} 页",          "章",       "标签索引",          "版权页",            "其他",        "许可证",      "出版日期",               "首次发表于",                     "封面"),  # noqa: E501
    "ko": ("{}쪽 참조",           "장",       "태그 색인",         "판권",             "기타",        "라이선스",     "발행일",                "처음 발표",                      "표지"),  # noqa: E501
}
# fmt: on


def words(lang: str) -> dict[str, str]:
    """Give the book's words for a language, English where we have none.

    >>> words("de-AT")["see"], words("xx")["see"]
    ('siehe S. {}', 'see p. {}')
    """
    base = lang.lower().replace("_", "-").split("-")[0]
    return dict(zip(NAMES, WORDS.get(SAME.get(base, base), WORDS["en"]), strict=True))
