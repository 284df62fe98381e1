"""How wide the columns of a table are, from what stands in them: word processors open a document with what it says."""

from __future__ import annotations

from collections.abc import Iterator

from fencepost.pandoc import tree
from fencepost.pandoc.tree import Node

LETTERS = 92  # of a line of a table, as wide as the text
GAP = 4  # letters' room beside what stands in a cell
WORD, CELL = 24, 120  # letters of a word that are kept together, and of a cell that ask for room


def set_widths(table: Node) -> None:
    """Give the columns of a table that says nothing of them a share each of the line; in place."""
    columns = table["c"][2]
    if any(width["t"] != "ColWidthDefault" for _, width in columns):
        return
    longest, words = [1] * len(columns), [1] * len(columns)
    for column, text in _cells(table):
        longest[column] = max(longest[column], min(len(text), CELL))
        words[column] = max(words[column], max((min(len(word), WORD) for word in text.split()), default=0))
    for column, share in zip(columns, shares(longest, words), strict=True):
        column[1] = {"t": "ColWidth", "c": round(share, 4)}


def shares(longest: list[int], words: list[int]) -> list[float]:
    """Share a line among columns, by the letters of the longest cell and of the longest word of each.

    Where there is room, each has what it needs; else its longest word, and of what is left by how much there is.

    >>> [round(share, 2) for share in shares([7, 3], [7, 3])]
    [0.12, 0.08]
    >>> [round(share, 2) for share in shares([20, 120], [20, 10])]
    [0.26, 0.74]
    """
    wanted = [length + GAP for length in longest]
    if sum(wanted) <= LETTERS:
        return [length / LETTERS for length in wanted]
    least = [length + GAP for length in words]
    rest, more = LETTERS - sum(least), [length - word for length, word in zip(longest, words, strict=True)]
    if rest <= 0 or not sum(more):
        return [length / sum(least) for length in least]
    return [(length + rest * own / sum(more)) / LETTERS for length, own in zip(least, more, strict=True)]


def _cells(table: Node) -> Iterator[tuple[int, str]]:
    """List the cells of one column's width: the column, the words."""
    _, _, _, head, bodies, foot = table["c"]
    rows = [*head[1], *(row for body in bodies for part in body[2:] for row in part), *foot[1]]
    for _, cells in rows:
        column = 0
        for _, _, _, span, blocks in cells:
            if span == 1 and column < len(table["c"][2]):
                yield column, tree.text_of(blocks)
            column += span
