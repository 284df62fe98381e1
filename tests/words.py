"""The words of a post, by pandoc alone, and the words of what was made of it: to find those that are lost on the way.

Words are compared as letters and digits without case, accents composed, ligatures undone: what the look of a format
does to a text (curled quotes, hyphens at line ends, capitals) is no loss.
"""

from __future__ import annotations

import contextlib
import copy
import html
import io
import json
import re
import subprocess
import unicodedata
import zipfile
from collections.abc import Iterable, Sequence
from pathlib import Path
from typing import Any
from unittest import mock

import pymupdf
from conftest import BIN

from fencepost.formats.convert import convert
from fencepost.pandoc import tree
from fencepost.pandoc.run import binary
from fencepost.post.settle import look
from fencepost.settings.run import Settings

BETWEEN = "qxboundaryqx"
CONVERTED = ("html", "pdf", "epub", "docx", "odt")
PIPED = ("latex", "plain")
_WORD = re.compile(r"[^\W_]+")
_ALT = re.compile(r"<img\b[^>]*?\balt=\"([^\"]*)\"[^>]*>", re.DOTALL)
_UNREAD = re.compile(r"<(style|script|title|head)\b.*?</\1>", re.DOTALL | re.IGNORECASE)
_MOVED = frozenset(["Note"])
Words = list[str]


def words_in(text: str) -> Words:
    """Split a text into what is compared.

    >>> words_in("It’s ﬁne: x²")
    ['it', 's', 'fine', 'x2']
    """
    return _WORD.findall(unicodedata.normalize("NFKC", text).casefold())


def stream(text: str) -> str:
    """Join the words of an output, for a line's end may stand within one."""
    return "".join(words_in(text))


def plain(documents: Sequence[list[Any]]) -> list[str]:
    """Let pandoc write the blocks of many documents as plain text; formulas are left out, for none says their words."""
    between = {"t": "Para", "c": [{"t": "Str", "c": BETWEEN}]}
    blocks = [block for document in documents for block in (*document, between)]
    data = json.dumps({"pandoc-api-version": [1, 23], "meta": {}, "blocks": blocks})
    run = subprocess.run(
        [binary(), "-f", "json", "-t", "plain", "--wrap=none"], input=data.encode(), capture_output=True
    )
    assert run.returncode == 0, run.stderr[:300]
    found = run.stdout.decode().split(BETWEEN)
    assert len(found) == len(documents) + 1
    return found[:-1]


def expected(documents: Iterable[dict[str, Any]], *, images: bool = True) -> list[list[Words]]:
    """Give the words of documents as pandoc read them: the body's first, then each note's.

    Without those of images, where an output shows them and says their descriptions elsewhere.
    """
    parts: list[list[Any]] = []
    counts = []
    for document in documents:
        found = _parted(copy.deepcopy(document["blocks"]), _MOVED | (frozenset() if images else {"Image"}))
        parts += found
        counts.append(len(found))
    texts = iter(map(words_in, plain(parts)))
    return [[next(texts) for _ in range(count)] for count in counts]


def _parted(blocks: list[Any], moved: frozenset[str]) -> list[list[Any]]:
    """Take the notes out of a body, and out of each other, and the formulas out of all."""
    parts = [blocks]
    for container, index in tree.find(blocks, frozenset(["OrderedList"])):  # its numbers are no words
        container[index] = {"t": "BulletList", "c": container[index]["c"][1]}
    for part in parts:
        for container, index in reversed(tree.find(part, moved | {"Math"}, closed=moved)):
            if container[index]["t"] == "Note":
                parts.append(container[index]["c"])
            container[index] = {"t": "Str", "c": ""}
    return parts


def lost(parts: list[Words], output: str) -> list[str]:
    """List the words that an output has not, or not in their order: the body's from its beginning, so each note's.

    >>> lost([["a", "b"], ["n"]], "xanb"), lost([["a", "b"]], "ba")
    ([], ['b'])
    """
    missing = []
    for words in parts:
        at = 0
        for word in words:
            found = output.find(word, at)
            if found < 0:
                missing.append(word)
            else:
                at = found + len(word)
    return missing


def text_of_html(page: str) -> str:
    """Give the words of a page; an image stands for its description."""
    page = _UNREAD.sub("", page)
    page = _ALT.sub(lambda match: match[1], page)
    return html.unescape(re.sub(r"<[^>]*>", "", re.sub(r"<!--.*?-->", "", page, flags=re.DOTALL)))


def words_inside(document: pymupdf.Document) -> str:
    """Give the text layer, page by page: the words that stand wholly inside of the page's box."""
    flags = pymupdf.TEXTFLAGS_WORDS & ~pymupdf.TEXT_MEDIABOX_CLIP
    found = []
    for page in document:
        box = page.rect + (-0.5, -0.5, 0.5, 0.5)
        every = page.get_text("words", flags=flags, clip=pymupdf.INFINITE_RECT())
        found += [word[4] for word in every if pymupdf.Rect(word[:4]) in box]
    return "\n".join(found)


def boxes_outside(document: pymupdf.Document) -> list[tuple[int, str, tuple[float, ...]]]:
    """List what is drawn outside of the page's box, wholly or in part: page, kind, place."""
    return [
        (page.number + 1, kind, box)
        for page in document
        for kind, box in page.get_bboxlog()
        if not kind.startswith("clip") and pymupdf.Rect(box) not in page.rect + (-1, -1, 1, 1)
    ]


def text_of_pdf(data: bytes) -> str:
    """Give the text layer, page by page, as far as it is on the paper."""
    return words_inside(pymupdf.open(stream=data, filetype="pdf"))


def descriptions_in_pdf(data: bytes) -> str:
    """Give the descriptions that a PDF says of its pictures."""
    pdf = pymupdf.open(stream=data, filetype="pdf")
    return "\n".join(pdf.xref_get_key(number, "Alt")[1] for number in range(1, pdf.xref_length()))


def text_of_epub(data: bytes) -> str:
    """Give the pages of a book in the order of its spine."""
    with zipfile.ZipFile(io.BytesIO(data)) as book:
        package = next(name for name in book.namelist() if name.endswith(".opf"))
        opf = book.read(package).decode()
        files = {}
        for item in re.findall(r"<item\b[^>]*>", opf):
            pairs = dict(re.findall(r'(\S+)="([^"]*)"', item))
            files[pairs["id"]] = pairs["href"]
        folder = package.rpartition("/")[0]
        names = [files[ref] for ref in re.findall(r'<itemref\b[^>]*idref="([^"]+)"', opf)]
        return "\n".join(text_of_html(book.read(f"{folder}/{name}".lstrip("/")).decode()) for name in names)


def text_of_office(data: bytes) -> str:
    """Give the text of a Word or OpenDocument file, notes behind, images as their descriptions."""
    with zipfile.ZipFile(io.BytesIO(data)) as archive:
        names = [
            name for name in ("word/document.xml", "word/footnotes.xml", "content.xml") if name in archive.namelist()
        ]
        xml = "\n".join(archive.read(name).decode() for name in names)
    xml = re.sub(r'<wp:docPr\b[^>]*?\bdescr="([^"]*)"[^>]*>', r"\1", xml)
    xml = re.sub(r"<office:styles>.*?</office:styles>|<office:automatic-styles>.*?</office:automatic-styles>", "", xml)
    return html.unescape(re.sub(r"<[^>]*>", "", xml))


def text_of_latex(data: bytes) -> str:
    """Give the body of LaTeX without the names of its commands."""
    text = re.split(r"\\(?:title|begin{document})", data.decode(), maxsplit=1)[-1].replace(r"\textquotesingle", "'")
    return re.sub(r"\\[A-Za-z]+(?:\{[\w!.-]*\}(?=\{))?", "", text)


TEXT_OF = {
    "html":  lambda data: text_of_html(data.decode()),
    "pdf":   text_of_pdf,
    "epub":  text_of_epub,
    "docx":  text_of_office,
    "odt":   text_of_office,
    "latex": text_of_latex,
    "tex":   text_of_latex,
    "plain": lambda data: data.decode(),
}  # fmt: skip


def made(text: str, kind: str, folder: Path, **options: object) -> str:
    """Make an output of a text, and give the letters and digits of its words; `tex` is what we give to LaTeX."""
    out = folder / f"post.{kind}"
    (folder / "post.md").write_text(text, encoding="utf-8", newline="")
    if kind in PIPED:
        source = subprocess.run([BIN / "fencepost", "source", "post.md"], cwd=folder, capture_output=True, check=True)
        command = [binary(), "-f", "gfm", "--filter", BIN / "fencepost", "-t", kind, "--wrap=none", "-o", out]
        subprocess.run(command, input=source.stdout, cwd=folder, capture_output=True, check=True)
        return stream(TEXT_OF[kind](out.read_bytes()))
    with (
        mock.patch("fencepost.formats.other_pdf.programs.latex", _not_set)
        if kind == "tex"
        else contextlib.nullcontext()
    ):
        settings = Settings({"offline": True, **options, **({"pdf_engine": "xelatex"} if kind == "tex" else {})})
        convert(look(str(folder / "post.md"), settings), {"pdf" if kind == "tex" else kind: out}, settings)
    data = out.read_bytes()
    return stream(TEXT_OF[kind](data) + (descriptions_in_pdf(data) if kind == "pdf" else ""))


def _not_set(_program: str, tex: str, folder: Path, **_: object) -> tuple[Path, list[str]]:
    """Stand in for LaTeX: what it would set is the output."""
    (folder / "post.tex").write_text(tex, encoding="utf-8")
    return folder / "post.tex", []
