"""Rules of encoding: text that was read as something else than it was written in, and bytes that this has lost.

ftfy knows how such text came about and undoes it; where bytes are gone, nobody can, and the place is shown.
"""

from __future__ import annotations

import re
from collections.abc import Iterator

from fencepost.checks.model import Edit, Finding, Subject

_RUN = re.compile("[\x80-\uffff]{2,}")
# the first byte of UTF-8 as Windows-1252 shows it, and one that may follow
_SUSPECT = re.compile(
    "[\xc2\xc3\xc5\xce-\xd1\xe2\xef\xf0][\x80-\xbf\u0152-\u0178\u017d\u017e\u0192\u02c6\u02dc\u2013-\u203a\u20ac\u2122]"
)
# what no language writes, so that it is sure even where what followed is lost: `â€`, `ðŸ`
_SURE = re.compile("\xe2[\u20ac\u0153\u0161\u02dc\u0152\u201e\u2020\xb0]|\xf0\u0178|\xef\xb8|\xc3[\xa0-\xbf]")
_SEQUENCE = re.compile(rb"[\xc2-\xdf][\x80-\xbf]|[\xe0-\xef][\x80-\xbf]{2}|[\xf0-\xf4][\x80-\xbf]{3}|.", re.DOTALL)


def wrong_encoding(subject: Subject) -> Iterator[Finding]:
    """Find `â€”` where `—` was written. In code alone it may be what the post is about, and is left."""
    found = list(_garbled(subject.source))
    if all(subject.is_verbatim(at) for at, _, _ in found):
        return
    for at, written, meant in found:
        if meant:
            message, help = f"{written} was {meant}, read in the wrong encoding", "`--fix` puts it right"
            yield Finding("warning", "encoding-wrong", at, message, help, Edit(at, at + len(written), meant))
        else:
            message = f"{written} was read in the wrong encoding, and bytes of it are lost"
            yield Finding("warning", "encoding-lost", at, message, "write again what stood here")


def _garbled(source: str) -> Iterator[tuple[int, str, str]]:
    """Walk the garbled runs: offset, what is written, what it was (empty where that cannot be told)."""
    if not _SUSPECT.search(source):
        return
    import ftfy

    for match in _RUN.finditer(source):
        if not _SUSPECT.search(match[0]):
            continue
        meant = ftfy.fix_encoding(match[0])
        if meant != match[0] and "\ufffd" not in meant and not _SUSPECT.search(meant):
            yield match.start(), match[0], meant
        elif _SURE.search(match[0]):
            pieces = list(_pieces(match.start(), match[0]))
            after = "".join(known or written for _, written, known in pieces)
            # what is put right beside what is lost may look wrong again: then all of it is lost
            is_done = after == match[0] or not any(known for _, _, known in _garbled(after))
            yield from pieces if is_done else [(match.start(), match[0], "")]


def _pieces(start: int, written: str) -> Iterator[tuple[int, str, str]]:
    """Take a run apart that is not whole: characters that can be read again, and the rest."""
    try:
        data = written.encode("sloppy-windows-1252")  # ftfy's, which knows what browsers do with unused bytes
    except UnicodeEncodeError:
        yield start, written, ""
        return
    lost = 0
    for match in [*_SEQUENCE.finditer(data), None]:
        at = match.start() if match else len(data)
        if match and len(match[0]) == 1:
            continue
        if at > lost:
            yield start + lost, written[lost:at], ""
        if match:
            lost = match.end()
            yield start + at, written[at:lost], match[0].decode("utf-8", "replace")


def lost_characters(subject: Subject) -> Iterator[Finding]:
    """Find U+FFFD, which a program writes for bytes that it could not read."""
    for match in re.finditer("\ufffd+", subject.source):
        if not subject.is_verbatim(match.start()):
            message = (
                f"{len(match[0])} character{'s' * (len(match[0]) > 1)} could not be read by some program before us"
            )
            yield Finding("warning", "encoding-lost", match.start(), message, "write again what stood here")
