"""What the page template of a PDF is told: the sheet, its sides, what the PDF carries."""

from __future__ import annotations

from pathlib import Path

from fencepost.diagnostics.model import Diagnostic, FencepostError
from fencepost.filters.context import Context
from fencepost.fonts.faces import Faces
from fencepost.formats.typst_pdf.standards import WITHOUT_FILES, formal_name
from fencepost.pandoc.metadata import meta_node
from fencepost.pandoc.tree import Node
from fencepost.post.model import Post
from fencepost.settings.paper import Paper, PaperError, parse_binding, parse_paper
from fencepost.writers.escape import typst as literal

Sheet = tuple[Paper, float]  # and the room for its binding, in millimetres


def sheet(post: Post) -> Sheet:
    """Read the size of the paper and the room for its binding.

    Raises:
        FencepostError: one of them cannot be.
    """
    options = post.options
    binding = options.binding or ("0" if options.for_ else "")  # a printing house asks by pages
    try:
        return parse_paper(options.paper), parse_binding(binding, options.sides)
    except PaperError as error:
        raise FencepostError(Diagnostic(post.path, None, None, "error", "paper", error.problem, error.help)) from None


def faces(post: Post, work: Path) -> Faces:
    """Find the faces that the post's options name, and warn of letters that they lack.

    Raises:
        FencepostError: one of them cannot be had.
    """
    found = chosen(post, work)
    if not found.chosen:
        return found
    from fencepost.fonts.faces import letters_left_out

    for family in dict.fromkeys(found.chosen.values()):
        lacking = letters_left_out(post.carried.source, family, work, system=found.system)
        if lacking:
            _warn_of_letters(post, family, lacking, [role for role, name in found.chosen.items() if name == family])
    return found


def _warn_of_letters(post: Post, family: str, lacking: str, roles: list[str]) -> None:
    """Warn of letters that a face lacks, at the first that would be printed in it: code in the face of code."""
    from fencepost.formats.typst_pdf.printed_places import printed_places

    code = None if len({role == "mono" for role in roles}) == 2 else "mono" in roles
    found = printed_places(post, lacking, code=code)
    if found:
        problem = f"{family} has no {', '.join(list(found)[:8])}{' …' if len(found) > 8 else ''}"
        line, column = next(iter(found.values()))
        help = "these print in another face"
        context = Context("typst", post.path, post.options, post.carried.source, post.diagnostics)
        context.report("warning", "font-coverage", problem, line=line, column=column, help=help)


def chosen(post: Post, work: Path) -> Faces:
    """Find the faces that the post's options name; their files are put into `work`.

    Raises:
        FencepostError: one of them cannot be had.
    """
    options = post.options
    if not (options.font_text or options.font_sans or options.font_mono):
        return Faces()
    from fencepost.fonts.faces import FaceError, choose_faces

    try:
        return choose_faces(options, post.folder, work)
    except FaceError as error:
        line = post.meta.lines.get(error.option) or post.meta.lines.get(error.option.replace("-", "_"))
        raise FencepostError(Diagnostic(post.path, line, None, "error", "font", error.problem, error.help)) from None


def variables(post: Post, sheet_of_post: Sheet) -> dict[str, Node]:
    """Give the template's variables for a post on a sheet."""
    paper, binding = sheet_of_post
    switches = {
        "two-sided": post.options.sides == "two",
        "cover-page": post.options.cover_page,
        "archive": post.options.pdf_standard.startswith("a-"),  # its date must be there
    }
    return {
        "page-width": meta_node(f"{paper.width:g}mm"),
        "page-height": meta_node(f"{paper.height:g}mm"),
        "binding": meta_node(f"{binding:g}mm"),
        **{name: meta_node(True) for name, is_on in switches.items() if is_on},
    }


def attachment(post: Post, folder: Path) -> str:
    """Put the post's source into a folder that Typst reads, and write the call that attaches it under its own name.

    Of a book, the source of every post, numbered.

    Raises:
        FencepostError: the standard allows no attached file.
    """
    standard = post.options.pdf_standard
    if standard in WITHOUT_FILES:
        problem = f"{formal_name(standard)} allows no attached file"
        help = "choose a-3b, or leave out `attach-source`"
        raise FencepostError(Diagnostic(post.path, None, None, "error", "pdf-standard", problem, help))
    return "".join(_attached(post, part, number, folder) for number, part in enumerate(post.parts or (post,), 1))


def _attached(whole: Post, post: Post, number: int, folder: Path) -> str:
    name = Path(post.path).name if post.path != "<stdin>" else "post.md"
    shown = f"{number:02}-{name}" if whole.parts else name
    (folder / f"source-{number}.md").write_text(post.carried.source, encoding="utf-8", newline="\n")
    return (
        f'#pdf.attach({literal(shown)}, read("source-{number}.md", encoding: none), relationship: "source", '
        'mime-type: "text/markdown", description: "Markdown source")\n'
    )
