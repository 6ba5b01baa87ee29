"""Sheets of what verbs have answered beyond a study: native tables, one below the other, each with its source."""

from __future__ import annotations

import math
from collections.abc import Callable, Sequence
from dataclasses import dataclass
from typing import TYPE_CHECKING

from rich.cells import cell_len

if TYPE_CHECKING:
    from xlsxwriter.format import Format
    from xlsxwriter.worksheet import Worksheet

    Look = Callable[..., Format]

NARROWEST, WIDEST, FIRST = 8, 40, 26
"""Widths of columns in characters; the first holds names."""
STYLE = "Table Style Light 9"


@dataclass(frozen=True)
class Figure:
    """A number for a cell, in the unit that readers see, and how Excel shows it."""

    value: float
    shown_as: str
    """Number format."""


@dataclass(frozen=True)
class Answer:
    """A table of a sheet."""

    caption: str
    header: tuple[str, ...]
    """No two alike, as Excel demands."""
    rows: tuple[tuple[Figure | str, ...], ...]
    """The last cell of each holds ids, and is not wrapped."""
    notes: tuple[str, ...]
    """What stands below it, its source last."""


def fill_answers(sheet: Worksheet, looks: Look, sheet_id: str, answers: Sequence[Answer]) -> None:
    """Write tables below one another, as wide as their longest cells, which are wrapped beyond a width."""
    widths = _widths(answers)
    for column, width in enumerate(widths):
        sheet.set_column(column, column, width)
    sheet.write_string(0, 0, sheet.get_name(), looks(bold=True, font_size=14))
    row = 2
    for place, one in enumerate(answers):
        sheet.write_string(row, 0, one.caption, looks(bold=True, font_color="#0B4F80"))
        row = _fill_one(sheet, looks, (f"{sheet_id}_{place}", row + 1), one, widths)
        for note in one.notes:
            sheet.write_string(row, 0, note, looks(font_color="#666666"))
            row += 1
        row += 1
    # Ids are for the screen: on paper they would make all else small.
    sheet.print_area(0, 0, row, len(widths) - 1)


def _fill_one(sheet: Worksheet, looks: Look, at: tuple[str, int], one: Answer, widths: Sequence[float]) -> int:
    """Write one table at a row, and say which row is free below it."""
    name, top = at
    head = looks(bold=True, text_wrap=True, bg_color="#1F3B57", font_color="#FFFFFF", valign="top")
    columns = [{"header": words, "header_format": head} for words in one.header]
    last = top + len(one.rows)
    sheet.add_table(top, 0, last, len(columns) - 1, {"name": name, "style": STYLE, "columns": columns})
    sheet.set_row(top, _height(one.header, widths))
    for below, cells in enumerate(one.rows, start=top + 1):
        for column, cell in enumerate(cells):
            if isinstance(cell, Figure):
                sheet.write_number(below, column, cell.value, looks(num_format=cell.shown_as, valign="top"))
            else:
                wrapped, side = column < len(cells) - 1, "right" if cell == "–" else "left"
                sheet.write_string(below, column, cell, looks(text_wrap=wrapped, valign="top", align=side))
        sheet.set_row(below, _height(cells[:-1], widths))
    return last + 1


def _widths(answers: Sequence[Answer]) -> list[float]:
    """Width of each column: of its longest cell in any table, and half of its longest name; ids run over it."""
    found: list[float] = []
    for one in answers:
        for column, head in enumerate(one.header[:-1]):
            texts = [cell for cell in (row[column] for row in one.rows) if isinstance(cell, str)]
            longest = max((cell_len(text) for text in texts), default=0)
            width = min(max(longest + 2, cell_len(head) / 2 + 4, NARROWEST), WIDEST)
            found += [0.0] if column == len(found) else []
            found[column] = max(found[column], width)
    return [max(width, FIRST) if column == 0 else width for column, width in enumerate(found)]


def _height(cells: Sequence[Figure | str], widths: Sequence[float]) -> float:
    """Height in points of a row whose words are wrapped in columns of these widths."""
    pairs = zip(cells, widths, strict=False)
    lines = [math.ceil(1.15 * cell_len(one) / width) for one, width in pairs if isinstance(one, str)]
    return 15.0 * max([1, *lines])
