"""Front matter: what each system writes is read, what is wrong is shown where it is, nothing ends in a traceback."""

from __future__ import annotations

import re
import time
from datetime import date, datetime, timedelta, timezone
from typing import Any

import pytest
from hypothesis import given, settings
from hypothesis import strategies as st

from fencepost.diagnostics.model import FencepostError
from fencepost.frontmatter.controls import CONTROLS
from fencepost.frontmatter.dates import parse_date
from fencepost.frontmatter.reading import Metadata, read, split, yaml_tree
from fencepost.frontmatter.values import Author
from fencepost.locales.dates import display_date
from fencepost.locales.words import FOLDER

DAY = date(2025, 5, 22)

# fmt: off
READS: list[tuple[str, dict[str, Any]]] = [
    # what the author wrote                                  what it says
    ("title: Plain",                                         {"title": "Plain"}),
    ("title: 'A: B'",                                        {"title": "A: B"}),
    ("title: 12:30",                                         {"title": "12:30"}),
    ("title: 010",                                           {"title": "010"}),
    ('title: "\\ud83d\\ude80"',                             {"title": "🚀"}),
    ("title: yes",                                           {"title": "yes"}),
    ("title: |\n  Two\n  lines",                             {"title": "Two\nlines"}),
    ("title:",                                               {"title": ""}),
    ("title: ~",                                             {"title": ""}),
    ("title: !!python/object:os.system x",                   {"title": "x"}),
    ("Title: Case",                                          {"title": "Case"}),
    ("subtitle: S\ndescription: D\nslug: s",                 {"subtitle": "S", "description": "D", "slug": "s"}),
    ("excerpt: E",                                           {"description": "E"}),
    ("custom_excerpt: E",                                    {"description": "E"}),
    ("description: D\nexcerpt: E",                           {"description": "D"}),
    ("excerpt: E\ndescription: D",                           {"description": "D"}),
    ("lang: de",                                             {"lang": "de"}),
    ("lang: pt_BR.UTF-8",                                    {"lang": "pt-BR"}),
    ("language: fr",                                         {"lang": "fr"}),
    ("draft: true",                                          {"draft": True}),
    ("draft: 'true'",                                        {"draft": True}),
    ("published: false",                                     {"draft": True}),
    ("published: true",                                      {"draft": False}),
    ("published: true\ndraft: true",                         {"draft": True}),
    ("tags: a, b",                                           {"tags": ("a", "b")}),
    ("tags: [a, b, a]",                                      {"tags": ("a", "b")}),
    ("tags:\n- machine learning\n- 'x, y'",                  {"tags": ("machine learning", "x, y")}),
    ("tags: [a, {label: b, permalink: /b}]",                 {"tags": ("a", "b")}),
    ("categories: [[a, b], c]",                              {"categories": ("a", "b", "c")}),
    ("category: Cloud",                                      {"categories": ("Cloud",)}),
    ("keywords: [k]",                                        {"keywords": ("k",)}),
    ("author: Jane",                                         {"authors": (Author("Jane"),)}),
    ("authors: [Jane, Bob]",                                 {"authors": (Author("Jane"), Author("Bob"))}),
    ("author: {name: Jane, url: https://j.org}",             {"authors": (Author("Jane", "https://j.org"),)}),
    ("authors:\n- name: J\n  title: Dev\n  image_url: i.png", {"authors": (Author("J", image="i.png", title="Dev"),)}),
    ("author: {given: Jane, family: Doe}",                   {"authors": (Author("Jane Doe"),)}),
    ("author:",                                              {"authors": ()}),
    ("cover: a.png",                                         {"cover": "a.png"}),
    ("image: a.png",                                         {"cover": "a.png"}),
    ("heroImage: a.png",                                     {"cover": "a.png"}),
    ("cover_image: a.png",                                   {"cover": "a.png"}),
    ("feature_image: a.png\nfeature_image_alt: A",           {"cover": "a.png", "cover_alt": "A"}),
    ("banner: {content: New, alt: A}",                       {"cover": "", "cover_alt": "A"}),
    ("image: {src: a.png, alt: A}",                          {"cover": "a.png", "cover_alt": "A"}),
    ("image: [a.png, b.png]",                                {"cover": "a.png"}),
    ("canonical_url: https://x.org",                         {"canonical": "https://x.org"}),
    ("canonicalURL: https://x.org",                          {"canonical": "https://x.org"}),
    ("toc: true\npaper: us-letter",                          {"options": {"toc": True, "paper": "us-letter"}}),
    ("toc-depth: 2\ntimeout_fetch: 1.5",                     {"options": {"toc_depth": 2, "timeout_fetch": 1.5}}),
    ("css: a.css",                                           {"options": {"css": ["a.css"]}}),
    ("marks: {v: r}",                                        {"options": {"marks": {"v": "r"}}}),
    ("geometry: [a=1, {b: yes}]",                            {"extra": {"geometry": ["a=1", {"b": True}]}}),
    ("bibliography: x.bib",                                  {"passthrough": '"bibliography": "x.bib"\n'}),
    ("x: 010\ny: true\nz:",                                  {"passthrough": '"x": "010"\n"y": true\n"z": null\n'}),
    ("base: &b {title: T}\n<<: *b",                          {"title": "T"}),
    ("<<: {title: T}\ntitle: Mine",                          {"title": "Mine"}),
    ("# only a comment",                                     {"title": ""}),
    ("",                                                     {"lang": "en"}),
]

DATES = [
    # what the author wrote                day, time
    ("2025-05-22",                         None),
    ("2025-5-22",                          None),
    ("2025/05/22",                         None),
    ("2025-05-22T10:00:00+02:00",          datetime(2025, 5, 22, 10, tzinfo=timezone(timedelta(hours=2)))),
    ("2025-05-22T10:00:00.123Z",           datetime(2025, 5, 22, 10, tzinfo=timezone.utc)),
    ("2025-05-22 10:00",                   datetime(2025, 5, 22, 10)),
    ("2025-05-22 10:00:00 -0530",          datetime(2025, 5, 22, 10, tzinfo=timezone(-timedelta(hours=5, minutes=30)))),
    ("Thu, 22 May 2025 10:00:00 GMT",      datetime(2025, 5, 22, 10, tzinfo=timezone.utc)),
    ("May 22, 2025",                       None),
    ("May 22 2025",                        None),
    ("22nd May 2025",                      None),
    ("22. Mai 2025",                       None),
    ("2025年5月22日",                       None),
]
NO_DATES = ["2025-13-45", "2025-02-30", "12:30", "soon", "2025", "22.05.2025", "2025-05-22T25:00", "0000-01-01", "{a}"]

REFUSES = [
    # what the author wrote         line, column, what is said
    ("title: A: B",                 2,  8, "a colon and a blank inside a value"),
    ("title: [a",                   2,  7, "never closed"),
    ("title: 'a",                   2,  7, "never closed"),
    ("a: b\n\tc: d",                3,  0, "tab"),
    ("a: b\n c: d",                 3,  2, "belongs to no map"),
    ("a: b\nfoo\n",                 3,  0, "no `key: value`"),
    ("x: @you",                     2,  3, "cannot begin"),
    ("x: `code`",                   2,  3, "cannot begin"),
    ('x: "a" b',                    2,  7, "does not fit"),
    ('x: "\\q"',                    2,  5, "backslash"),
    ('x: "\\UFFFFFFFF"',            2,  0, "escape"),
    ("x: *there",                   2,  3, "*there refers to a value that is not there"),
    ("a: &a [*a]",                  2,  7, "not there"),
    ("x: \x01",                     2,  3, "U+0001"),
    ("a: 1\n? [b]\n: c",            3,  2, "a key must be text"),
    ("[a, b]",                      2,  0, "must be lines of `key: value`"),
    ("title: {a: b}",               2,  7, "`title` is a map"),
    ("title: [a]",                  2,  7, "`title` is a list"),
    ("tags: {a: b}",                2,  6, "`tags` holds a map"),
    ("author: {url: u}",            2,  8, "an author without a name"),
    ("draft: maybe",                2,  7, "`draft` is neither"),
    ("a: b\ndate: 2025-13-45",      3,  6, "`date: 2025-13-45` is not a date"),
    ("updated: soon",               2,  9, "`updated: soon` is not a date"),
    ("last_update: {date: soon}",   2, 20, "is not a date"),
    ("[" * 5000,                    2, 64, "deeper than 64"),
]

SPLITS = [
    # text                                          yaml            body, and its line
    ("---\ntitle: A\n---\nText\n",                  "title: A\n",   "Text\n", 4),
    ("---\ntitle: A\n...\nText",                    "title: A\n",   "Text", 4),
    ("---  \ntitle: A\n---\t\nText",                "title: A\n",   "Text", 4),
    ("---\ntitle: A\n---",                          "title: A\n",   "", 4),
    ("---\r\ntitle: A\r\n---\r\nText",              "title: A\r\n", "Text", 4),
    ("---\rtitle: A\r---\rText",                    "title: A\r",   "Text", 4),
    ("\ufeff---\ntitle: A\n---\nText",              "title: A\n",   "Text", 4),
    ("\n \n---\ntitle: A\n---\nText",               "title: A\n",   "Text", 6),
    ("---\n---\nText",                              "",             "Text", 3),
    ("---\nt: |\n  ---\n  x\n---\nText",            "t: |\n  ---\n  x\n", "Text", 6),
    ("---\ntitle: A\n\ntags: b\n---\nText",         "title: A\n\ntags: b\n", "Text", 6),
    # thematic breaks, as pandoc reads them
    ("---\n\ntitle: A\n---\nText",                  None,           "---\n\ntitle: A\n---\nText", 1),
    ("---\ntitle: A\n",                             None,           "---\ntitle: A\n", 1),
    ("---\njust text\n---\n",                       None,           "---\njust text\n---\n", 1),
    ("---\n- a\n- b\n---\n",                        None,           "---\n- a\n- b\n---\n", 1),
    ("----\ntitle: A\n---\n",                       None,           "----\ntitle: A\n---\n", 1),
    (" ---\ntitle: A\n---\n",                       None,           " ---\ntitle: A\n---\n", 1),
    ("\n---\n---\nText",                            None,           "\n---\n---\nText", 1),
    ("\n---\nA: para: x\n\nmore\n---\n",            None,           "\n---\nA: para: x\n\nmore\n---\n", 1),
    ("Text\n---\ntitle: A\n---\n",                  None,           "Text\n---\ntitle: A\n---\n", 1),
    ("",                                            None,           "", 1),
]
# fmt: on


@pytest.mark.parametrize(("yaml", "expected"), READS)
def test_reads(yaml: str, expected: dict[str, Any]) -> None:
    meta = read(yaml, "post.md")
    assert {name: getattr(meta, name) for name in expected} == expected
    assert not meta.warnings


@pytest.mark.parametrize(("yaml", "line", "column", "said"), REFUSES)
def test_refuses(yaml: str, line: int, column: int, said: str) -> None:
    with pytest.raises(FencepostError) as caught:
        read(yaml, "post.md", 2)
    found = caught.value.diagnostic
    assert said in found.message
    assert (found.path, found.line, found.column, found.severity) == ("post.md", line, column, "error")


def test_help_shows_the_line_as_it_should_be() -> None:
    with pytest.raises(FencepostError) as caught:
        read("title: Pandoc: a tour")
    assert caught.value.diagnostic.help == 'put the value in quotes: title: "Pandoc: a tour"'


@pytest.mark.parametrize(("text", "yaml", "body", "line"), SPLITS)
def test_splits(text: str, yaml: str | None, body: str, line: int) -> None:
    found = split(text)
    assert (found.front, found.body, found.body_line) == (yaml, body, line)


@pytest.mark.parametrize(("text", "moment"), DATES)
def test_dates(text: str, moment: datetime | None) -> None:
    found = parse_date(text, "de")
    assert found is not None
    assert (found.day, found.moment, found.text) == (DAY, moment, text)


@pytest.mark.parametrize("text", NO_DATES)
def test_no_dates(text: str) -> None:
    assert parse_date(text) is None
    with pytest.raises(FencepostError) as caught:
        read(f"title: A\ndate: '{text}'")
    assert (caught.value.diagnostic.code, caught.value.diagnostic.line) == ("front-matter-date", 3)


@pytest.mark.parametrize(
    "key", ["date", "pubDate", "publishDate", "pubdate", "published", "publishedAt", "published_at"]
)
def test_names_of_the_date(key: str) -> None:
    found = read(f"{key}: 2025-05-22").date
    assert found is not None and found.day == DAY


@pytest.mark.parametrize("key", ["updated", "updatedDate", "lastmod", "last_update", "modified", "updated_at"])
def test_names_of_the_update(key: str) -> None:
    found = read(f"{key}: 2025-05-22").updated
    assert found is not None and found.day == DAY


def test_warnings() -> None:
    meta = read("title: A\nlang: englisch!\ntoc: perhaps\nemoji: 🚀\ntitle: B\n", "post.md", 2)
    assert (meta.title, meta.lang, meta.options) == ("B", "en", {})
    assert {(found.line, found.code) for found in meta.warnings} == {
        (6, "front-matter"), (3, "front-matter-lang"), (4, "front-matter-option"), (5, "front-matter-option")
    }  # fmt: skip


def test_dates_in_words() -> None:
    said = {
        lang: display_date(DAY, lang) for lang in ("en", "en-US", "en-GB", "de-AT", "fr", "es", "ru", "ja", "ko", "eo")
    }
    assert said == {
        "en": "22 May 2025", "en-US": "May 22, 2025", "en-GB": "22 May 2025", "de-AT": "22. Mai 2025",
        "fr": "22 mai 2025", "es": "22 de mayo de 2025", "ru": "22 мая 2025\u202fг.", "ja": "2025年5月22日",
        "ko": "2025년 5월 22일", "eo": "2025-05-22",
    }  # fmt: skip


LANGS = {file.stem for file in FOLDER.glob("*.json")}
# written with words that no author puts into front matter, or in another era
NOT_READ = {"hu", "vi", "ca", "ru", "uk", "bg", "he", "th"}


@pytest.mark.parametrize("lang", sorted(LANGS - NOT_READ))
def test_a_date_in_words_is_read_again(lang: str) -> None:
    for month in range(1, 13):
        day = date(2025, month, 3)
        if lang != "ko":
            found = parse_date(display_date(day, lang), lang)
            assert found is not None and found.day == day


NINE = "a: &a [x, x, x, x, x, x, x, x, x]\n"
LAUGHS = NINE + "".join(
    f"{name}: &{name} [{', '.join(['*' + before] * 9)}]\n" for before, name in zip("abcdefgh", "bcdefghi", strict=True)
)


@pytest.mark.parametrize(
    "yaml",
    [
        LAUGHS,
        "[" * 100_000,
        "- " * 50_000,
        "{a: " * 50_000,
        "a: [" + "x, " * 100_000 + "]",
    ],
    ids=["laughs", "brackets", "lists", "maps", "long"],
)  # fmt: skip
def test_nothing_blows_up(yaml: str) -> None:
    start = time.monotonic()
    with pytest.raises(FencepostError):
        read(yaml)
    assert time.monotonic() - start < 10


# fmt: off
PIECES = st.sampled_from([
    "title", "date", "tags", "author", "draft", ": ", ":", "- ", "\n", "  ", "[", "]", "{", "}", "'", '"', "#", "&a ",
    "*a", "|", ">", "!!int ", "?", "%", "@", "`", "\\", "<<", "~", "true", "2025-05-22", "\t", "\r", "\0", "é", "🚀",
    "---",
])
# fmt: on


@settings(max_examples=400, deadline=None)
@given(st.one_of(st.text(max_size=60), st.lists(PIECES, max_size=20).map("".join)))
def test_never_a_traceback(text: str) -> None:
    try:
        assert isinstance(read(text, "post.md"), Metadata)
    except FencepostError as error:
        assert error.diagnostic.line is not None and error.diagnostic.line >= 2
    found = split(f"---\n{text}\n---\nbody\n")
    assert found.body.endswith("body\n")


@settings(max_examples=200, deadline=None)
@given(st.dictionaries(st.from_regex(r"x[a-z]{1,8}", fullmatch=True), st.text(max_size=20), max_size=4))
def test_what_passes_through_says_the_same(extra: dict[str, str]) -> None:
    """What is given on to pandoc is YAML and holds what the author wrote."""
    import json

    yaml = "".join(f"{key}: {json.dumps(value)}\n" for key, value in extra.items())
    try:
        meta = read(yaml)
    except FencepostError:  # a character that YAML has no place for
        return
    root = yaml_tree.parse(meta.passthrough)
    kept = {key: CONTROLS.sub("\ufffd", re.sub("[\v\f]", " ", value)) for key, value in extra.items()}
    assert meta.extra == kept
    assert (yaml_tree.data(root) if root else {}) == kept
