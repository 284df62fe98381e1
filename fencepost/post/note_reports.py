"""What is said of footnotes and components that lead nowhere."""

from __future__ import annotations

from collections.abc import Iterable

from fencepost.filters.context import Context
from fencepost.markdown import unprotect
from fencepost.markdown.locate import CODE, VERBATIM
from fencepost.markdown.protect import fold


def report_notes(found: unprotect.Restored, context: Context) -> None:
    """Warn of definitions that nothing cites, of references to none, of components that nobody knows; once each."""
    _report_definitions(found, context)
    for label, number in _first_of_each(found.undefined):
        line, column = _place(context, number, f"[^{label}]")
        context.report(
            "warning", "footnote-undefined", f"there is no footnote [^{label}]", line=line, column=column,
            help=f"add a line `[^{label}]: …`, or write `\\[^{label}]` if it is no footnote",
        )  # fmt: skip
    unprinted = {name: lost for _, name, lost in reversed(found.components)}
    for name, number in _first_of_each([(line, name) for line, name, _ in found.components]):
        line, column = _place(context, number, f"<{name}", CODE)
        lost = f"; {unprinted[name]} is not printed" if unprinted[name] else ""
        problem = f"nobody knows the component <{name}>: its children and its words stay{lost}"
        context.report(
            "warning", "mdx-component", problem, line=line, column=column,
            help=f"say what it means in fencepost.yaml: `components: {{{name}: alert}}`",
        )  # fmt: skip


def _report_definitions(found: unprotect.Restored, context: Context) -> None:
    """Warn of definitions that are not printed: nothing cites them, or another of their name counts."""
    first: dict[str, int] = {}
    for definition in found.definitions:
        label, before = definition.label, first.setdefault(fold(definition.label), definition.line)
        if definition.number:
            continue
        line, column = _place(context, definition.line, f"[^{label}]:")
        if before == definition.line:
            problem, help = (
                f"nothing cites the footnote [^{label}]",
                "cite it, or remove the definition: it is not printed",
            )
            context.report("warning", "footnote-unused", problem, line=line, column=column, help=help)
        else:
            problem = f"the footnote [^{label}] is defined on line {before} already, and that one counts"
            help = "give it another label"
            context.report("warning", "footnote-duplicate", problem, line=line, column=column, help=help)


def _first_of_each(found: list[tuple[int, str]]) -> Iterable[tuple[str, int]]:
    """List each name once, with the line on which it comes first."""
    lines: dict[str, int] = {}
    for line, name in found:
        lines.setdefault(name, line)
    return lines.items()


def _place(context: Context, line: int, text: str, kinds: tuple[str, ...] = VERBATIM) -> tuple[int, int | None]:
    return line, context.places.on_line(line, text, kinds) if context.places else None
