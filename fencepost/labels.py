"""The few words that a page adds to a post, in the language of the post."""

from __future__ import annotations

# fmt: off
NAMES = ("footnotes",     "contents",           "copy",      "copied",      "draft",       "updated",          "read",               "back",                      "missing",                    "continued",  "table")  # noqa: E501
WORDS = {
    "en": ("Footnotes",   "Contents",           "Copy",      "Copied",      "Draft",       "Updated",          "min read",           "Back to reference",         "Image not found",            "continued", "Table"),  # noqa: E501
    "de": ("Fußnoten",    "Inhalt",             "Kopieren",  "Kopiert",     "Entwurf",     "Aktualisiert am",  "Min. Lesezeit",      "Zurück zu Verweis",         "Bild nicht gefunden",        "Fortsetzung", "Tabelle"),  # noqa: E501
    "fr": ("Notes",       "Sommaire",           "Copier",    "Copié",       "Brouillon",   "Mis à jour le",    "min de lecture",     "Retour à l’appel de note",  "Image introuvable",          "suite", "Tableau"),  # noqa: E501
    "es": ("Notas",       "Índice",             "Copiar",    "Copiado",     "Borrador",    "Actualizado el",   "min de lectura",     "Volver a la referencia",    "Imagen no encontrada",       "continuación", "Tabla"),  # noqa: E501
    "it": ("Note",        "Indice",             "Copia",     "Copiato",     "Bozza",       "Aggiornato il",    "min di lettura",     "Torna al riferimento",      "Immagine non trovata",       "continua", "Tabella"),  # noqa: E501
    "pt": ("Notas",       "Índice",             "Copiar",    "Copiado",     "Rascunho",    "Atualizado em",    "min de leitura",     "Voltar à referência",       "Imagem não encontrada",      "continuação", "Tabela"),  # noqa: E501
    "nl": ("Voetnoten",   "Inhoud",             "Kopiëren",  "Gekopieerd",  "Concept",     "Bijgewerkt op",    "min leestijd",       "Terug naar verwijzing",     "Afbeelding niet gevonden",   "vervolg", "Tabel"),  # noqa: E501
    "pl": ("Przypisy",    "Spis treści",        "Kopiuj",    "Skopiowano",  "Szkic",       "Aktualizacja:",    "min czytania",       "Powrót do odnośnika",       "Nie znaleziono obrazu",      "ciąg dalszy", "Tabela"),  # noqa: E501
    "sv": ("Fotnoter",    "Innehåll",           "Kopiera",   "Kopierat",    "Utkast",      "Uppdaterad",       "min läsning",        "Tillbaka till hänvisning",  "Bilden hittades inte",       "fortsättning", "Tabell"),  # noqa: E501
    "da": ("Fodnoter",    "Indhold",            "Kopiér",    "Kopieret",    "Kladde",      "Opdateret",        "min. læsning",       "Tilbage til henvisning",    "Billedet blev ikke fundet",  "fortsat", "Tabel"),  # noqa: E501
    "nb": ("Fotnoter",    "Innhold",            "Kopier",    "Kopiert",     "Utkast",      "Oppdatert",        "min lesing",         "Tilbake til henvisning",    "Fant ikke bildet",           "fortsatt", "Tabell"),  # noqa: E501
    "fi": ("Alaviitteet", "Sisällys",           "Kopioi",    "Kopioitu",    "Luonnos",     "Päivitetty",       "min lukuaika",       "Takaisin viitteeseen",      "Kuvaa ei löytynyt",          "jatkuu", "Taulukko"),  # noqa: E501
    "cs": ("Poznámky",    "Obsah",              "Kopírovat", "Zkopírováno", "Koncept",     "Aktualizováno",    "min čtení",          "Zpět na odkaz",             "Obrázek nenalezen",          "pokračování", "Tabulka"),  # noqa: E501
    "ru": ("Примечания",  "Содержание",         "Копировать", "Скопировано", "Черновик",   "Обновлено",        "мин чтения",         "Назад к сноске",            "Изображение не найдено",     "продолжение", "Таблица"),  # noqa: E501
    "uk": ("Примітки",    "Зміст",              "Копіювати", "Скопійовано", "Чернетка",    "Оновлено",         "хв читання",         "Назад до виноски",          "Зображення не знайдено",     "продовження", "Таблиця"),  # noqa: E501
    "tr": ("Dipnotlar",   "İçindekiler",        "Kopyala",   "Kopyalandı",  "Taslak",      "Güncelleme:",      "dk okuma",           "Göndermeye dön",            "Görsel bulunamadı",          "devamı", "Tablo"),  # noqa: E501
    "ja": ("脚注",         "目次",                "コピー",     "コピーしました",  "下書き",        "更新日",             "分で読めます",          "参照に戻る",                  "画像が見つかりません",           "続き", "表"),  # noqa: E501
    "zh": ("脚注",         "目录",                "复制",       "已复制",        "草稿",          "更新于",             "分钟阅读",             "返回引用",                    "找不到图片",                   "续", "表"),  # noqa: E501
    "ko": ("각주",         "목차",                "복사",       "복사됨",        "초안",          "업데이트:",           "분 읽기",              "참조로 돌아가기",               "이미지를 찾을 수 없음",           "계속", "표"),  # noqa: E501
}
# fmt: on
LINES = {
    # what a fold in code says: of one line, of several
    "en": ("1 line", "{} lines"),
    "de": ("1 Zeile", "{} Zeilen"),
    "fr": ("1 ligne", "{} lignes"),
    "es": ("1 línea", "{} líneas"),
    "it": ("1 riga", "{} righe"),
    "pt": ("1 linha", "{} linhas"),
    "nl": ("1 regel", "{} regels"),
    "pl": ("1 wiersz", "wierszy: {}"),
    "sv": ("1 rad", "{} rader"),
    "da": ("1 linje", "{} linjer"),
    "nb": ("1 linje", "{} linjer"),
    "fi": ("1 rivi", "{} riviä"),
    "cs": ("1 řádek", "řádků: {}"),
    "ru": ("1 строка", "строк: {}"),
    "uk": ("1 рядок", "рядків: {}"),
    "tr": ("1 satır", "{} satır"),
    "ja": ("1 行", "{} 行"),
    "zh": ("1 行", "{} 行"),
    "ko": ("1줄", "{}줄"),
}  # fmt: skip
# Titles of alerts. Note to caution are those of Quarto's language files (quarto-dev/quarto-cli,
# src/resources/language), without marks of exclamation; the others are ours. Other languages have English ones.
# fmt: off
KINDS = (
    "note", "tip", "important", "warning", "caution", "info", "success", "danger", "failure", "bug", "question",
    "example", "abstract", "quote", "todo", "details",
)
ALERTS = {
    "en": ("Note",     "Tip",          "Important",  "Warning",       "Caution",        "Info",          "Success",   "Danger",    "Failure",    "Bug",    "Question",  "Example",   "Abstract",         "Quote",      "Todo",       "Details"),  # noqa: E501
    "de": ("Hinweis",  "Tipp",         "Wichtig",    "Warnhinweis",   "Vorsicht",       "Info",          "Erfolg",    "Gefahr",    "Fehlschlag", "Fehler", "Frage",     "Beispiel",  "Zusammenfassung",  "Zitat",      "Zu tun",     "Details"),  # noqa: E501
    "fr": ("Note",     "Astuce",       "Important",  "Avertissement", "Mise en garde",  "Info",          "Succès",    "Danger",    "Échec",      "Bogue",  "Question",  "Exemple",   "Résumé",           "Citation",   "À faire",    "Détails"),  # noqa: E501
    "es": ("Nota",     "Tip",          "Importante", "Advertencia",   "Precaución",     "Información",   "Éxito",     "Peligro",   "Fallo",      "Error",  "Pregunta",  "Ejemplo",   "Resumen",          "Cita",       "Pendiente",  "Detalles"),  # noqa: E501
    "it": ("Nota",     "Consiglio",    "Importante", "Avviso",        "Attenzione",     "Informazione",  "Riuscito",  "Pericolo",  "Errore",     "Bug",    "Domanda",   "Esempio",   "Sommario",         "Citazione",  "Da fare",    "Dettagli"),  # noqa: E501
    "pt": ("Nota",     "Dica",         "Importante", "Aviso",         "Cuidado",        "Informação",    "Sucesso",   "Perigo",    "Falha",      "Erro",   "Pergunta",  "Exemplo",   "Resumo",           "Citação",    "A fazer",    "Detalhes"),  # noqa: E501
    "nl": ("Opmerking", "Tip",         "Belangrijk", "Waarschuwing",  "Opgelet",        "Info",          "Gelukt",    "Gevaar",    "Mislukt",    "Fout",   "Vraag",     "Voorbeeld", "Samenvatting",     "Citaat",     "Te doen",    "Details"),  # noqa: E501
    "ja": ("ノート",      "ヒント",        "重要",        "警告",           "注意",             "情報",           "成功",       "危険",       "失敗",         "バグ",     "質問",        "例",         "要約",               "引用",         "やること",      "詳細"),  # noqa: E501
    "zh": ("注释",       "提示",          "重要",        "警告",           "注意",             "信息",           "成功",       "危险",       "失败",         "缺陷",     "问题",        "示例",       "摘要",               "引用",         "待办",         "详情"),  # noqa: E501
}
# fmt: on
# the heading of the list that `links: references` prints
LINKS = {
    "en": "Links",
    "de": "Links",
    "fr": "Liens",
    "es": "Enlaces",
    "it": "Collegamenti",
    "pt": "Ligações",
    "nl": "Links",
    "pl": "Odnośniki",
    "sv": "Länkar",
    "da": "Links",
    "nb": "Lenker",
    "fi": "Linkit",
    "cs": "Odkazy",
    "ru": "Ссылки",
    "uk": "Посилання",
    "tr": "Bağlantılar",
    "ja": "リンク",
    "zh": "链接",
    "ko": "링크",
}  # fmt: skip
# a numbered block of code
LISTING = {
    "en": "Listing", "de": "Listing", "fr": "Listing", "es": "Listado", "it": "Listato", "pt": "Listagem",
    "nl": "Listing", "pl": "Listing", "sv": "Listning", "da": "Listing", "nb": "Listing", "fi": "Listaus",
    "cs": "Výpis", "ru": "Листинг", "uk": "Лістинг", "tr": "Liste", "ja": "リスト", "zh": "代码", "ko": "목록",
}  # fmt: skip
# the number of a figure, as in babel and Quarto's language files
FIGURE = {
    "en": "Figure", "de": "Abbildung", "fr": "Figure", "es": "Figura", "it": "Figura", "pt": "Figura",
    "nl": "Figuur", "pl": "Rysunek", "sv": "Figur", "da": "Figur", "nb": "Figur", "fi": "Kuva",
    "cs": "Obrázek", "ru": "Рис.", "uk": "Рис.", "tr": "Şekil", "ja": "図", "zh": "图", "ko": "그림",
}  # fmt: skip
# the switch between light and dark: what it is called, and its three states
APPEARANCE = {
    "en": ("Colours", "as the system", "light", "dark"),
    "de": ("Farben", "wie im System", "hell", "dunkel"),
    "fr": ("Couleurs", "comme le système", "clair", "sombre"),
    "es": ("Colores", "como el sistema", "claro", "oscuro"),
    "it": ("Colori", "come il sistema", "chiaro", "scuro"),
    "pt": ("Cores", "como o sistema", "claro", "escuro"),
    "nl": ("Kleuren", "zoals het systeem", "licht", "donker"),
    "pl": ("Kolory", "jak w systemie", "jasne", "ciemne"),
    "sv": ("Färger", "som systemet", "ljust", "mörkt"),
    "da": ("Farver", "som systemet", "lyst", "mørkt"),
    "nb": ("Farger", "som systemet", "lyst", "mørkt"),
    "fi": ("Värit", "järjestelmän mukaan", "vaalea", "tumma"),
    "cs": ("Barvy", "podle systému", "světlé", "tmavé"),
    "ru": ("Цвета", "как в системе", "светлые", "тёмные"),
    "uk": ("Кольори", "як у системі", "світлі", "темні"),
    "tr": ("Renkler", "sistemdeki gibi", "açık", "koyu"),
    "ja": ("配色", "システムに合わせる", "ライト", "ダーク"),
    "zh": ("颜色", "跟随系统", "浅色", "深色"),
    "ko": ("색상", "시스템 설정", "밝게", "어둡게"),
}  # fmt: skip
SAME = {"no": "nb", "nn": "nb"}


def labels(lang: str) -> dict[str, str]:
    """Give the words for a language, English where we have none; alert titles by their type.

    >>> labels("de-AT")["contents"], labels("xx")["contents"], labels("de")["note"]
    ('Inhalt', 'Contents', 'Hinweis')
    """
    base = lang.lower().replace("_", "-").split("-")[0]
    base = SAME.get(base, base)
    words = dict(zip(NAMES, WORDS.get(base, WORDS["en"]), strict=True))
    words["links"] = LINKS.get(base, LINKS["en"])
    words |= zip(("colours", "auto", "light", "dark"), APPEARANCE.get(base, APPEARANCE["en"]), strict=True)
    words |= dict(zip(("line", "lines"), LINES.get(base, LINES["en"]), strict=True))
    words["listing"] = LISTING.get(base, LISTING["en"])
    words["figure"] = FIGURE.get(base, FIGURE["en"])
    kinds = dict(zip(KINDS, ALERTS.get(base, ALERTS["en"]), strict=True))
    return words | kinds | {"secondary": kinds["note"]}
