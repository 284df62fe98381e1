"""WeasyPrint, in a process of its own that can be ended at a limit: a page comes in, a PDF goes out.

`python -m fencepost.formats.other_pdf.weasyprinter` imports WeasyPrint, which takes a second, then reads a request
of JSON: `page`, `out`, the `folder` where relative addresses begin, the `colours` of alerts. What is wrong is a line
of standard error.
"""

from __future__ import annotations

import json
import logging
import re
import sys
from pathlib import Path
from typing import Any


def main() -> int:
    """Set one page; say whether it failed."""
    logging.getLogger("weasyprint").setLevel(logging.ERROR)  # it warns of every property that only screens know
    try:
        import weasyprint

        request = json.load(sys.stdin)
        set_page(weasyprint, **request)
    except Exception as error:  # noqa: BLE001 - whatever it raises, the author is told in a line
        print(f"{type(error).__name__}: {error}".replace("\n", " "), file=sys.stderr)
        return 1
    return 0


def set_page(program: Any, page: str, folder: str, out: str, colours: dict[str, str]) -> None:
    """Set a web page, its notes at the foot of the page that cites them."""
    html: Any = program.HTML(string=page, base_url=Path(folder).as_uri() + "/", url_fetcher=_closed_fetcher(program))
    html.etree_element.set("class", "fp-weasyprint")
    colour_signs(html.etree_element, colours)
    notes_to_foot(html.etree_element)
    html.write_pdf(out, pdf_tags=True)


def _closed_fetcher(program: Any) -> Any:
    """Let WeasyPrint load what is in the page and the bundled fonts, and nothing that a post names in raw HTML."""
    from fencepost.fonts import font_dirs

    allowed = ("data:", *(f"{place.as_uri()}/" for place in font_dirs()))
    ordinary: Any = program.urls.URLFetcher

    class Closed(ordinary):  # type: ignore[misc]
        def fetch(self, url: str, headers: Any = None) -> Any:
            if not url.startswith(allowed):
                raise ValueError(f"not loaded: {url[:80]}")
            return super().fetch(url, headers)

    return Closed()


def colour_signs(root: Any, colours: dict[str, str]) -> None:
    """Give the sign of each alert the colour of its kind, or the alert's own: no style sheet reaches into a drawing."""
    for alert in root.iter():
        classes = (alert.get("class") or "").split()
        own = re.search(r"--own:(#[0-9a-fA-F]{6})", alert.get("style") or "")
        colour = own[1] if own else next((colours[name[6:]] for name in classes if name[6:] in colours), "")
        for sign in alert.iter():
            if colour and sign.get("class") == "alert-icon":
                sign.set("fill", colour)
                break  # those of alerts in it come later


def notes_to_foot(root: Any) -> None:
    """Put each note of the list at the end behind the number that cites it first, for CSS to float; in place."""
    parents = {child: parent for parent in root.iter() for child in parent}
    for section in [part for part in root.iter("section") if part.get("role") == "doc-endnotes"]:
        for number, item in enumerate(list(section.iter("li")), 1):
            item.set("style", f"counter-set: list-item {number}")  # one whose number shows nowhere stays in the list
            _float(item, root, parents)
        if not list(section.iter("li")):
            parents[section].remove(section)


def _number(note: Any, number: str) -> None:
    """Write a note's number before its first words."""
    first = next((child for child in note if child.tag == "p"), None)
    first = note if first is None else first
    shown = first.makeelement("span", {"class": "fp-foot-number"})
    shown.text, shown.tail, first.text = number, first.text, None
    first.insert(0, shown)


def _float(item: Any, root: Any, parents: dict[Any, Any]) -> None:
    name = item.get("id") or ""
    calls = (link for link in root.iter("a") if link.get("role") == "doc-noteref" and link.get("href") == f"#{name}")
    call = next(calls, None)
    while call is not None and call.get("class") != "footnote-ref":
        call = parents.get(call)
    if call is None:
        return
    home = parents[call]
    parents[item].remove(item)
    item.tag, item.tail = "span", call.tail
    call.tail = None
    item.set("class", "fp-foot")
    _number(item, name.rpartition("-")[2])
    home.insert(list(home).index(call) + 1, item)
    parents[item] = home


if __name__ == "__main__":
    sys.exit(main())
