#!/usr/bin/env python3
"""Keys: `kbd:Esc` in backticks becomes a key. An ordinary panflute filter; pandoc can run it too."""

import panflute as pf


def action(elem: pf.Element, doc: pf.Doc) -> pf.Element | None:
    """Make a span of the class `kbd` of inline code that begins with `kbd:`."""
    if isinstance(elem, pf.Code) and elem.text.startswith("kbd:"):
        return pf.Span(pf.Str(elem.text.removeprefix("kbd:")), classes=["kbd"])
    return None


def main(doc: pf.Doc | None = None) -> pf.Doc | None:
    """Run as a filter of pandoc, or of fencepost."""
    return pf.run_filter(action, doc=doc)


if __name__ == "__main__":
    main()
