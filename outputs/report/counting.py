"""The numbers that captions bear: tables and figures are counted in the order of reading."""

from __future__ import annotations

from pathlib import Path

from PIL import Image

from outputs.report.content import Figure, Number, Phrase, Report, Table, Text, plain, spans


def captions(report: Report) -> dict[str, int]:
    """Number of each table (``table-<id>``) and figure (``figure-<id>``), from 1 each."""
    found: dict[str, int] = {}
    counted = {"table": 0, "figure": 0}
    for section in report.sections:
        for block in section.blocks:
            if isinstance(block, Table | Figure):
                kind = "table" if isinstance(block, Table) else "figure"
                counted[kind] += 1
                found[block_key(block)] = counted[kind]
    return found


def block_key(block: Table | Figure) -> str:
    """Name of a table or figure within its report."""
    return f"table-{block.table_id}" if isinstance(block, Table) else f"figure-{block.figure_id}"


def picture_cm(path: Path) -> tuple[float, float]:
    """Width and height of a PNG as it was drawn, in cm."""
    with Image.open(path) as picture:
        across, down = picture.info["dpi"]
        return picture.width / float(across) * 2.54, picture.height / float(down) * 2.54


def is_numeric(table: Table, column: int) -> bool:
    """Whether a column holds numbers, or dashes alone in their place, and so is set to the right."""
    cells = [row[column] for row in table.rows if row[column] not in ("", "–")]
    if not cells:
        return any(row[column] == "–" for row in table.rows)
    return all(_is_number(cell) for cell in cells)


def _is_number(cell: Text) -> bool:
    """A number, an interval, or a number with its chance; words with a number in them are words."""
    if isinstance(cell, Number):
        return True
    if not isinstance(cell, Phrase):
        return False
    found = list(spans(cell, "en"))
    return any(isinstance(span, Number) for span in found) and len(plain(cell, "en")) <= 27
