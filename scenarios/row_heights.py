"""How high a row of a workbook must be: a writer of files cannot leave that to the program that opens them."""

from __future__ import annotations

import math
import unicodedata
from collections.abc import Iterable

LINE = 16.0
"""Points of one line at 10 points; Chinese fonts are taller than Latin ones."""
_SPARE = 1.12
"""Programs break lines before a word, and their fonts differ."""


def row_height(cells: Iterable[tuple[str, float]]) -> float:
    """Height at which every wrapped cell of a row shows all its lines.

    Parameters
    ----------
    cells : text, and width of its column in characters.

    Returns
    -------
    Points, one line at least.
    """
    return LINE * max((_lines(text, width) for text, width in cells), default=1)


def _lines(text: str, width: float) -> int:
    return sum(max(math.ceil(_SPARE * _columns(line) / width), 1) for line in text.split("\n"))


def _columns(line: str) -> int:
    """Columns that a line takes; a Chinese character takes two."""
    return sum(2 if unicodedata.east_asian_width(letter) in "WF" else 1 for letter in line)


__all__ = ["LINE", "row_height"]
