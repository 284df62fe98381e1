"""What a post says about itself, in the words of each format: template variables, HTML's head, EPUB's metadata."""

from __future__ import annotations

import json
from typing import Any

from fencepost.frontmatter.reading import Metadata
from fencepost.locales.dates import display_date
from fencepost.locales.direction import direction
from fencepost.locales.words import labels
from fencepost.options import Options
from fencepost.system.urls import joined
from fencepost.version import __version__
from fencepost.writers.escape import html, printable

# Open Graph wants a territory: the one a bare language code is usually meant for
TERRITORY = {
    "en": "en_US", "de": "de_DE", "fr": "fr_FR", "es": "es_ES", "it": "it_IT", "pt": "pt_BR", "nl": "nl_NL",
    "pl": "pl_PL", "sv": "sv_SE", "da": "da_DK", "nb": "nb_NO", "fi": "fi_FI", "cs": "cs_CZ", "ru": "ru_RU",
    "uk": "uk_UA",
    "tr": "tr_TR", "ja": "ja_JP", "zh": "zh_CN", "ko": "ko_KR",
}  # fmt: skip


def variables(meta: Metadata, options: Options, minutes: float = 0) -> dict[str, Any]:
    """Collect the variables of our templates; what is empty is left out, so that `$if(…)$` works.

    `minutes` is the time that the post takes to read. Texts are plain: pandoc escapes them.
    """
    found: dict[str, Any] = {
        "title": meta.title,
        "pagetitle": meta.title,
        "subtitle": meta.subtitle,
        "description": meta.description,
        "author": [author.name for author in meta.authors],
        "categories": list(meta.categories),
        "tags": list(meta.tags),
        "keywords": list(meta.subjects),
        "lang": meta.lang,
        "dir": direction(meta.lang),
        "draft": meta.draft,
        "canonical": meta.canonical,
        "cover": meta.cover,
        "toc": options.toc,
        "toc-depth": str(options.toc_depth),
        "paper": options.paper,
        "labels": labels(meta.lang),
        "reading-time": str(max(1, round(minutes))) if minutes and options.reading_time else "",
    }
    for name, stamp in (("date", meta.date), ("updated", meta.updated)):
        if stamp:
            found |= {f"{name}-text": display_date(stamp.day, meta.lang), f"{name}-iso": stamp.day.isoformat()}
    return {name: value for name, value in found.items() if value}


def _absolute(meta: Metadata, address: str) -> str:
    return joined(meta.canonical, address) if meta.canonical and address else address


def _json_ld(meta: Metadata, kind: str) -> str:
    people = [{"@type": "Person", "name": author.name, "url": author.url} for author in meta.authors]
    facts: dict[str, Any] = {
        "@context": "https://schema.org",
        "@type": kind,
        "headline": meta.title,
        "alternativeHeadline": meta.subtitle,
        "description": meta.description,
        "datePublished": meta.date.iso if meta.date else "",
        "dateModified": meta.updated.iso if meta.updated else "",
        "author": [{key: value for key, value in person.items() if value} for person in people],
        "keywords": list(meta.subjects),
        "inLanguage": meta.lang,
        "image": "" if meta.cover.startswith("data:") else _absolute(meta, meta.cover),
        "url": meta.canonical,
    }
    text = json.dumps({key: value for key, value in facts.items() if value}, ensure_ascii=False)
    # nothing in a title may end the script, nor open a comment in it
    for character in "<>&\u2028\u2029":
        text = text.replace(character, f"\\u{ord(character):04x}")
    return f'<script type="application/ld+json">{printable(text)}</script>'


def _locale(lang: str) -> str:
    parts = lang.split("-")
    territory = next((part for part in parts[1:] if len(part) == 2), "")
    return f"{parts[0].lower()}_{territory.upper()}" if territory else TERRITORY.get(parts[0].lower(), "")


def _tags(meta: Metadata, kind: str) -> list[tuple[str, str, str]]:
    """List what goes into meta elements: attribute, name, content."""
    cover = "" if meta.cover.startswith("data:") else _absolute(meta, meta.cover)
    return [
        ("name", "generator", f"Fencepost {__version__}"),
        ("name", "description", meta.description),
        ("name", "keywords", ", ".join(meta.subjects)),
        *(("name", "author", author.name) for author in meta.authors),
        ("name", "robots", "noindex" if meta.draft else ""),
        ("property", "og:type", "book" if kind == "Book" else "article"),
        ("property", "og:title", meta.title),
        ("property", "og:description", meta.description or meta.subtitle),
        ("property", "og:url", meta.canonical),
        ("property", "og:locale", _locale(meta.lang)),
        ("property", "og:image", cover),
        ("property", "og:image:alt", meta.cover_alt if cover else ""),
        ("property", "article:published_time", meta.date.iso if meta.date else ""),
        ("property", "article:modified_time", meta.updated.iso if meta.updated else ""),
        *(("property", "article:author", author.name) for author in meta.authors),
        *(("property", "article:tag", subject) for subject in meta.subjects),
        ("name", "twitter:card", "summary_large_image" if cover else "summary"),
    ]


def head_meta(meta: Metadata, kind: str = "BlogPosting") -> str:
    """Write the part of an HTML head that says what the post is: meta, Open Graph, JSON-LD, the canonical address.

    `kind` is schema.org's word for it.
    """
    lines = [f'<meta {kind}="{name}" content="{html(value)}">' for kind, name, value in _tags(meta, kind) if value]
    if meta.canonical:
        lines.append(f'<link rel="canonical" href="{html(meta.canonical)}">')
    return "\n".join([*lines, _json_ld(meta, kind)])


def identifier(meta: Metadata) -> str:
    """Name the book for good: the same post gets the same identifier on every machine and every day."""
    import uuid  # for a book alone: 4 ms

    name = meta.canonical or "\n".join((meta.slug, meta.title, meta.date.iso if meta.date else ""))
    return f"urn:uuid:{uuid.uuid5(uuid.NAMESPACE_URL, name)}"


def epub_metadata(meta: Metadata, *, described: bool = True) -> dict[str, Any]:
    """Collect pandoc's metadata for an EPUB. `described` says whether every image has an alternative text."""
    features = ["structuralNavigation", "tableOfContents", "readingOrder", "displayTransformability"]
    found: dict[str, Any] = {
        "title": meta.title,
        "identifier": identifier(meta),
        "creator": [{"role": "aut", "text": author.name} for author in meta.authors],
        "date": meta.date.day.isoformat() if meta.date else "",
        "lang": meta.lang,
        "page-progression-direction": direction(meta.lang),
        "subject": list(meta.subjects),
        "description": meta.description or meta.subtitle,
        "source": meta.canonical,
        "rights": next((said for key in ("rights", "copyright") if isinstance(said := meta.extra.get(key), str)), ""),
        "accessModes": ["textual", "visual"],
        "accessModeSufficient": ["textual"] if described else [],
        "accessibilityFeatures": features + (["alternativeText"] if described else []),
        "accessibilityHazards": ["none"],
        "accessibilitySummary": SUMMARY[described],
    }
    return {name: value for name, value in found.items() if value}


SUMMARY = {
    True: "Text with headings, a table of contents and linked notes; every image has an alternative text.",
    False: "Text with headings, a table of contents and linked notes; some images lack an alternative text.",
}
