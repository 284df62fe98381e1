"""One run of `fencepost check`: every post through the pipeline and the rules, put right where asked, and said."""

from __future__ import annotations

import argparse
import sys
from collections.abc import Callable
from dataclasses import dataclass, field
from pathlib import Path

from fencepost.checks import fixing, report
from fencepost.checks.converted import look_closely
from fencepost.checks.model import Edit, Finding, Subject
from fencepost.checks.rules import RULES
from fencepost.diagnostics.model import Diagnostic, FencepostError
from fencepost.diagnostics.order import in_order
from fencepost.markdown.input import check_bytes, read_bytes
from fencepost.markdown.locate import Places
from fencepost.markdown.protect import decode, normalise
from fencepost.markdown.suppress import heeded
from fencepost.options import merge
from fencepost.pandoc.run import Limits
from fencepost.pandoc.versions import say_untested
from fencepost.settings.command_line import formats_of, settings_of
from fencepost.settings.run import Settings

Say = Callable[[str], None]


@dataclass(slots=True)
class Checked:
    """What was found in one post: its text, what to say in the order of the text, and an edit for some of it."""

    path: str
    source: str = ""
    found: list[Diagnostic] = field(default_factory=list)
    edits: dict[Diagnostic, Edit] = field(default_factory=dict)


def check_posts(options: argparse.Namespace, say: Say) -> int:
    """Check every post that the command line names; gives the exit code: 1 for a warning or an error, else 0.

    Posts that are not trusted are checked in a process of its own, which ends at its limits.

    Raises:
        FencepostError: a format is unknown, a post cannot be written back, or a limit was met.
    """
    if not options.untrusted:
        return _check_all(options, say)
    from fencepost.untrusted.supervised import supervised

    limits = merge(settings_of(options, []).options)
    return int(supervised(lambda: bool(_check_all(options, say)), limits, options.posts[0], []))


def _check_all(options: argparse.Namespace, say: Say) -> int:
    formats, settings = formats_of(options), settings_of(options, [])
    checked = [check(path, formats, settings) for path in options.posts]
    say_untested(say)
    for post in checked:
        _choose(post, options.select, options.ignore)
    if options.diff:
        print("".join(_difference(post) for post in checked), end="")
    elif options.fix:
        checked = [_fixed(post, formats, settings, options, say) for post in checked]
    found = [(item, item in post.edits) for post in checked for item in post.found]
    if not options.diff and (found or options.format == "json"):
        print(
            report.FORMATS[options.format](found, {post.found[0].path: post.source for post in checked if post.found})
        )
    return int(any(item.severity != "note" for item, _ in found))


def check(
    path: str, formats: list[str], settings: Settings, *, data: bytes | None = None, folder: Path | None = None
) -> Checked:
    """Find all there is to say of a post; one that cannot be read says why, and its text is looked at all the same.

    `data` and `folder` are those of a post that is in no file.
    """
    shown = "<stdin>" if path == "-" else path
    checked = Checked(path)
    try:
        checked.source = normalise(decode(read_bytes(path) if data is None else check_bytes(data, shown), shown))
        post = look_closely(path, formats, settings, data=data, folder=folder)
        subject = Subject(shown, post.folder, checked.source, post.places, post.meta, post.options)
        if any(map(is_limit, post.diagnostics)):  # what pandoc cannot read in time it cannot read for us once more
            checked.found = in_order(post.diagnostics)
            return checked
        said = post.diagnostics
    except FencepostError as error:
        said = [error.diagnostic]
        if not checked.source or is_limit(error.diagnostic):
            checked.found = said
            return checked
        places = Places(checked.source, Limits(), shown, shown.endswith(".mdx"))
        subject = Subject(shown, folder or Path(path).parent, checked.source, places)
    for found in (finding for rule in RULES for finding in rule(subject)):
        _add(checked, said, subject, found)
    found_in_order = in_order(_without_twins(said))
    # a stranger does not say what is not said
    checked.found = found_in_order if settings.options.get("untrusted") else heeded(found_in_order, checked.source)
    return checked


def is_limit(found: Diagnostic) -> bool:
    """Say whether a post was refused for what it costs: then pandoc does not read it for the rules either."""
    return found.code.startswith("limit-") or found.code in ("pandoc-time", "pandoc-memory")


def _add(checked: Checked, said: list[Diagnostic], subject: Subject, found: Finding) -> None:
    item = subject.diagnostic(found)
    said.append(item)
    if found.edit:
        checked.edits[item] = found.edit


# what is said better: its code, and the code of the other word at the same place
TWINS = {"link-spelling": "link-anchor"}
# and of a word that the standard of the PDF has on the same line
OF_STANDARDS = frozenset(["heading-skip", "image-alt", "glyph-missing"])


def _without_twins(said: list[Diagnostic]) -> list[Diagnostic]:
    better = {(item.line, item.column, TWINS[item.code]) for item in said if item.code in TWINS}
    lines = {item.line for item in said if item.code in OF_STANDARDS}
    return [
        item
        for item in said
        if (item.line, item.column, item.code) not in better
        and not (item.code == "pdf-standard" and item.severity == "warning" and item.line in lines)
    ]


def _choose(post: Checked, select: str, ignore: str) -> None:
    """Keep the codes that are selected, not those that are ignored; a group (`fence`) stands for its codes."""
    wanted, unwanted = _names(select), _names(ignore)
    post.found = [
        item
        for item in post.found
        if (not wanted or _is_named(item.code, wanted)) and not _is_named(item.code, unwanted)
    ]


def _names(text: str) -> list[str]:
    return [name.strip() for name in text.split(",") if name.strip()]


def _is_named(code: str, names: list[str]) -> bool:
    return any(code == name or code.startswith(name + "-") for name in names)


def _edits(post: Checked) -> list[Edit]:
    return [post.edits[item] for item in post.found if item in post.edits]


def _difference(post: Checked) -> str:
    return fixing.diff(post.path, post.source, fixing.edited(post.source, _edits(post)))


def _fixed(post: Checked, formats: list[str], settings: Settings, options: argparse.Namespace, say: Say) -> Checked:
    """Write a post back as it should be, and check what that leaves."""
    edits = _edits(post)
    if not edits:
        return post
    after = fixing.edited(post.source, edits)
    if post.path == "-":
        sys.stdout.write(after)
        return post
    fixing.write_back(Path(post.path), after)
    say(f"{post.path}: put right in {len(edits)} place{'s' * (len(edits) > 1)}")
    again = check(post.path, formats, settings)
    _choose(again, options.select, options.ignore)
    return again
