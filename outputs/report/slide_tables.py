"""Native tables on slides: how large their words can be, where they are broken, and how they are written."""

from __future__ import annotations

from dataclasses import dataclass
from typing import Any

from pptx.enum.text import PP_ALIGN
from pptx.util import Cm

from outputs.report.content import Table, Text, plain
from outputs.report.counting import is_numeric
from outputs.report.fitting import height
from outputs.report.slides_look import (
    BODY_CM,
    CELL_X,
    CELL_Y,
    INK,
    MARGIN_CM,
    WHITE,
    even_lines,
    finish_cell,
    plain_table,
)

SIZES = (13.0, 12.0, 11.0, 10.0, 9.0)
"""Sizes that a table is tried at, from the largest; one that fits at none is broken at the last but one."""
Row = tuple[Text, ...]


@dataclass(frozen=True)
class Fit:
    """How a table fits: size of its words, its pages of rows, and the height of each row in cm, the head's first."""

    size: float
    rows: tuple[tuple[Row, ...], ...]
    tall: dict[int, float]
    widths: tuple[float, ...]

    @property
    def pages(self) -> int:
        """Slides that it takes."""
        return len(self.rows)


def fitted(table: Table, language: str, room: float) -> Fit:
    """Choose the largest size at which a table fits into a height; break it where it fits at none."""
    share = table.widths or (1 / len(table.header),) * len(table.header)
    widths = tuple(BODY_CM * one for one in share)
    for size in SIZES:
        tall = _heights(table, language, widths, size)
        if sum(tall.values()) <= room:
            return Fit(size, (table.rows,), tall, widths)
    tall = _heights(table, language, widths, SIZES[-2])
    pages, used = [list[Row]()], tall[-1]
    for index, row in enumerate(table.rows):
        if pages[-1] and used + tall[index] > room:
            pages.append([])
            used = tall[-1]
        pages[-1].append(row)
        used += tall[index]
    return Fit(SIZES[-2], tuple(tuple(page) for page in pages), tall, widths)


def write_table(writer: Any, table: Table, fit: Fit, rows: tuple[Row, ...], top: float) -> float:  # noqa: ANN401
    """Write rows below the head of a table, and say where they end; names that hold for several rows are merged."""
    first = table.rows.index(rows[0])
    tall = [fit.tall[-1], *(fit.tall[first + index] for index in range(len(rows)))]
    frame = writer.slide.shapes.add_table(
        len(tall), len(fit.widths), Cm(MARGIN_CM), Cm(top), Cm(BODY_CM), Cm(sum(tall))
    )
    frame._element.nvGraphicFramePr.cNvPr.set("descr", plain(table.caption, writer.language))  # noqa: SLF001
    native = frame.table
    plain_table(native)
    for column, width in zip(native.columns, fit.widths, strict=True):
        column.width = Cm(width)
    right = [is_numeric(table, column) for column in range(len(fit.widths))]
    for index, words in enumerate((table.header, *rows)):
        native.rows[index].height = Cm(tall[index])
        for column, one in enumerate(words):
            cell = native.cell(index, column)
            paragraph = cell.text_frame.paragraphs[0]
            paragraph.alignment = PP_ALIGN.RIGHT if right[column] else PP_ALIGN.LEFT
            colour = WHITE if index == 0 else INK
            writer.write(paragraph, one, fit.size, colour=colour, bold=index == 0)
            even_lines(paragraph, fit.size)
            finish_cell(cell, head=index == 0, last=index == len(rows))
    for begin, end in _runs(rows):
        native.cell(begin + 1, 0).merge(native.cell(end, 0))
    return top + sum(tall)


def _heights(table: Table, language: str, widths: tuple[float, ...], size: float) -> dict[int, float]:
    """Height of each row by its place, of the head under -1; a name merged over several rows does not stretch one."""
    merged = {begin for begin, end in _runs(table.rows) if end - begin > 1}
    found = {-1: _row_height(table.header, language, widths, size)}
    for index, row in enumerate(table.rows):
        cells = ("", *row[1:]) if index in merged else row
        found[index] = _row_height(cells, language, widths, size)
    return found


def _row_height(row: Row, language: str, widths: tuple[float, ...], size: float) -> float:
    pairs = zip(row, widths, strict=True)
    return max(height(plain(cell, language), width - 2 * CELL_X, size) for cell, width in pairs) + 2 * CELL_Y


def _runs(rows: tuple[Row, ...]) -> list[tuple[int, int]]:
    """Begin and end of each run of rows of which only the first is named."""
    starts = [index for index, row in enumerate(rows) if index == 0 or row[0] != ""]
    return [(begin, end) for begin, end in zip(starts, [*starts[1:], len(rows)], strict=True) if end - begin > 1]
