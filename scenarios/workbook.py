"""Reading a filled workbook: its cells as the content of a scenario file, and every problem with sheet and cell."""

from __future__ import annotations

import warnings
import zipfile
from collections.abc import Iterator
from dataclasses import dataclass, field
from pathlib import Path
from typing import TYPE_CHECKING, Any

from model.errors import ScenarioError, near_match
from scenarios.files import shown
from scenarios.levers import BY_ID
from scenarios.reading import Loc, told, validate
from scenarios.schema import NAMED_LEVELS, PLAN_YEAR, Scenario
from scenarios.sheets import (
    FIELD_KEY,
    LEVER_KEY,
    LEVER_SHEET,
    NOTES,
    NOTHING,
    SCENARIO_SHEET,
    VALUE_KEY,
    YEARS,
    Field,
    choice_of,
    fields,
    lever_columns,
)

if TYPE_CHECKING:
    from openpyxl.cell import Cell as WrittenCell
    from openpyxl.cell import MergedCell
    from openpyxl.worksheet.worksheet import Worksheet

    Cell = WrittenCell | MergedCell

_FILLED_IN = tuple(column.key for column in lever_columns() if column.kind == "input")


@dataclass
class Filled:
    """What a workbook says, as far as it was read."""

    path: Path
    plain: dict[str, Any] = field(default_factory=dict)
    """As a scenario file would say it."""
    notes: str = ""
    problems: list[str] = field(default_factory=list)
    cells: dict[Loc, tuple[str, str]] = field(default_factory=dict)
    """Sheet and cell of each field."""

    def tell(self, sheet: str, cell: str, what: str) -> None:
        """Keep a problem."""
        self.problems.append(f"{shown(self.path)}, sheet {sheet}, cell {cell}: {what}")

    def place(self, loc: Loc) -> tuple[str, str]:
        """Sheet and cell of a field, or of the nearest part around it that has one."""
        around = [loc[:length] for length in range(len(loc), 0, -1)]
        inside = [known for known in self.cells if known[: len(loc)] == loc]
        return next((self.cells[step] for step in [*around, *inside] if step in self.cells), (SCENARIO_SHEET, "A1"))


def read_workbook(path: Path) -> tuple[Scenario, Filled]:
    """Read a filled workbook.

    Parameters
    ----------
    path : of an ``.xlsx`` file that `template` wrote and somebody filled in.

    Returns
    -------
    The scenario, and what stood where.

    Raises
    ------
    ScenarioError : every problem at once, each with file, sheet, cell, what is wrong and what to do.
    """
    filled = Filled(path)
    formulas = _open(path, formulas=True)
    values = _open(path, formulas=False) if any(any(_worked_out(sheet)) for sheet in formulas.values()) else formulas
    for name, read in ((SCENARIO_SHEET, _read_fields), (LEVER_SHEET, _read_levers)):
        if name in values:
            _tell_formulas(filled, values[name], formulas[name])
            read(filled, values[name])
        else:
            filled.tell(name, "A1", "there is no sheet of this name; take the workbook of `run.py template` as it is")
    content, faults = validate(filled.plain)
    for fault in faults:
        line = filled.place(fault.loc)
        # A cell that could not be read is told already, and what follows from it says nothing new.
        if not any(f"cell {line[1]}: " in problem and line[0] in problem for problem in filled.problems):
            filled.tell(*line, told(fault))
    if filled.problems or content is None:
        raise ScenarioError(list(dict.fromkeys(filled.problems)))
    return content, filled


def _open(path: Path, *, formulas: bool) -> dict[str, Worksheet]:
    """Open the sheets of a workbook, with values as they were stored or with formulas."""
    import openpyxl  # noqa: PLC0415 - only this verb needs it
    from openpyxl.utils.exceptions import InvalidFileException  # noqa: PLC0415

    name = shown(path)
    try:
        with warnings.catch_warnings():
            warnings.simplefilter("ignore", UserWarning)  # of parts of Excel that openpyxl leaves out, none of ours
            book = openpyxl.load_workbook(path, data_only=not formulas)
    except FileNotFoundError:
        raise ScenarioError(f"{name}: no such file") from None
    except OSError as error:
        raise ScenarioError(f"{name}: cannot be read ({error.strerror}); close it in Excel, or copy it") from error
    except (zipfile.BadZipFile, InvalidFileException, KeyError, ValueError, TypeError) as error:
        message = f"{name}: not a workbook that can be read; save it in Excel as .xlsx, without password"
        raise ScenarioError(message) from error
    return {sheet.title: sheet for sheet in book.worksheets}


def _worked_out(sheet: Worksheet) -> Iterator[Cell]:
    """Cells of a sheet that hold a formula."""
    return (cell for row in sheet.iter_rows() for cell in row if cell.data_type == "f")


def _tell_formulas(filled: Filled, values: Worksheet, formulas: Worksheet) -> None:
    """Say which formulas hold no value, as happens when a program wrote the file and Excel never saw it."""
    for cell in _worked_out(formulas):
        if values[cell.coordinate].value is None:
            filled.tell(values.title, cell.coordinate, "a formula without a value; open and save it in Excel")


def _read_fields(filled: Filled, sheet: Worksheet) -> None:
    """Read the first sheet."""
    top = _row_of(sheet, FIELD_KEY)
    if top is None or VALUE_KEY not in (names := _names(sheet, top)):
        filled.tell(sheet.title, "A1", f"the row '{FIELD_KEY} … {VALUE_KEY}' is gone; copy it from a fresh template")
        return
    known = {item.name: item for item in fields()}
    for row in sheet.iter_rows(min_row=top + 1):
        name, cell = row[0].value, row[names[VALUE_KEY]]
        if name is None and cell.value is None:
            continue
        item = known.pop(str(name), None)
        if item is None:
            what = "stands twice" if str(name) in {one.name for one in fields()} else "is unknown"
            filled.tell(sheet.title, row[0].coordinate, f"field '{name}' {what}; {near_match(str(name), known)}")
            continue
        filled.cells[item.loc] = (sheet.title, cell.coordinate)
        if not _is_empty(cell) or item.loc[0] == "label":
            _put_field(filled, item, cell)


def _put_field(filled: Filled, item: Field, cell: Cell) -> None:
    """Keep the value of one field, as a scenario file would say it."""
    value = _number(filled, cell) if item.kind in {"whole", "number"} else choice_of(str(cell.value))
    if value is None:
        return
    if item.name == NOTES:
        filled.notes = str(cell.value)
        return
    if item.kind == "text":
        value = str(cell.value or "").strip()
    elif item.kind == "choice" and item.name != "switch_off":
        choices = [choice_of(choice) for choice in item.choices]
        if value not in choices:
            filled.tell(cell.parent.title, cell.coordinate, f"'{value}' is unknown; {near_match(str(value), choices)}")
            return
    elif item.kind == "whole" and isinstance(value, float):
        if not value.is_integer():
            filled.tell(cell.parent.title, cell.coordinate, f"{value:g} must be a whole number; round it")
            return
        value = int(value)
    part = filled.plain
    for step in item.loc[:-1]:
        part = part.setdefault(step, {})
    part[item.loc[-1]] = _names_in(str(value)) if item.name == "switch_off" else value


def _names_in(text: str) -> list[str]:
    """Names between commas; none where the text says so."""
    return [] if text == NOTHING else [name.strip() for name in text.replace("，", ",").split(",") if name.strip()]


def _read_levers(filled: Filled, sheet: Worksheet) -> None:
    """Read the sheet of levers."""
    top = _row_of(sheet, LEVER_KEY)
    names = _names(sheet, top) if top else {}
    missing = [str(key) for key in (*_FILLED_IN, "unit") if key not in names]
    if top is None or missing:
        what = f"the row '{LEVER_KEY} …' lacks {', '.join(missing)}; copy it from a fresh template"
        filled.tell(sheet.title, "A1", what)
        return
    for row in sheet.iter_rows(min_row=top + 1):
        given = {key: row[names[key]] for key in _FILLED_IN if not _is_empty(row[names[key]])}
        if not given:
            continue
        lever_id, place = row[0].value, row[0].coordinate
        if lever_id not in BY_ID:
            what = f"unknown lever '{lever_id}'" if lever_id else "no id of a lever in this row, which is filled in"
            filled.tell(sheet.title, place, f"{what}; {near_match(str(lever_id), BY_ID)}")
        elif lever_id in filled.plain.get("levers", {}):
            filled.tell(sheet.title, place, f"lever '{lever_id}' is set in two rows; keep one")
        else:
            filled.cells["levers", lever_id] = (sheet.title, next(iter(given.values())).coordinate)
            filled.plain.setdefault("levers", {})[lever_id] = _setting(filled, str(lever_id), given, row[names["unit"]])


def _setting(filled: Filled, lever_id: str, given: dict[str | int, Cell], unit: Cell) -> dict[str, Any]:
    """One lever, as a scenario file would say it."""
    sheet, loc = unit.parent.title, ("levers", lever_id)
    years = {int(key): cell for key, cell in given.items() if key in YEARS}
    ways = [key for key in ("level_name", "level_2025") if key in given] + [str(year) for year in list(years)[:1]]
    if len(ways) != 1:
        what = f"{', '.join(ways)} are filled in; keep one of them" if ways else "start is given without a level"
        hint = "" if ways else f"; choose one, or give the number for {PLAN_YEAR}"
        filled.tell(sheet, next(iter(given.values())).coordinate, f"{lever_id}: {what}{hint}")
    setting: dict[str, Any] = {"unit": str(unit.value)}
    filled.cells[*loc, "unit"] = (sheet, unit.coordinate)
    for key in ("level_2025", "start"):
        if key in given and (number := _number(filled, given[key])) is not None:
            setting[key] = int(number) if key == "start" and number.is_integer() else number
            filled.cells[*loc, key] = (sheet, given[key].coordinate)
    if "level_name" in given:
        setting["level_2025"] = _level_name(filled, given["level_name"])
        filled.cells[*loc, "level_2025"] = (sheet, given["level_name"].coordinate)
    if years:
        setting["by_year"] = {}
        filled.cells[*loc, "by_year"] = (sheet, next(iter(years.values())).coordinate)
        for year, cell in years.items():
            filled.cells[*loc, "by_year", year] = (sheet, cell.coordinate)
            if (number := _number(filled, cell)) is not None:
                setting["by_year"][year] = number
    return setting


def _level_name(filled: Filled, cell: Cell) -> str | None:
    """Name of a level."""
    name = choice_of(str(cell.value)).lower()
    if name in NAMED_LEVELS:
        return name
    known = ", ".join(NAMED_LEVELS)
    filled.tell(cell.parent.title, cell.coordinate, f"'{cell.value}' is no level; choose {known}, or use the number")
    return None


def _number(filled: Filled, cell: Cell) -> float | None:
    """Read a number; text, dates, errors of Excel and percentages are told."""
    value, what = cell.value, ""
    if cell.data_type == "e":
        what = f"holds the error {value}; type the number"
    elif isinstance(value, bool) or not isinstance(value, int | float):
        what = f"'{value}' must be a number (no text, no date, no unit); type the number alone"
    elif "%" in str(cell.number_format):
        what = f"is a percentage ({value:.6g} to Excel); format it as a number, and for 5 % type 5"
    if not what:
        return float(value)  # type: ignore[arg-type] # a number, as found above
    filled.tell(cell.parent.title, cell.coordinate, what)
    return None


def _is_empty(cell: Cell) -> bool:
    """Whether nothing, or blanks alone, stand in a cell."""
    return cell.value is None or (isinstance(cell.value, str) and not cell.value.strip())


def _row_of(sheet: Worksheet, key: str) -> int | None:
    """Row, from 1, whose first cell holds a key."""
    return next((row[0].row for row in sheet.iter_rows(max_col=1) if row[0].value == key), None)


def _names(sheet: Worksheet, row: int) -> dict[str | int, int]:
    """Column, from 0, of each name in a row; years are whole numbers."""
    return dict(_cells(sheet, row))


def _cells(sheet: Worksheet, row: int) -> Iterator[tuple[str | int, int]]:
    """Names in a row with their columns."""
    for place, cell in enumerate(sheet[row]):
        value = cell.value
        if isinstance(value, int | float) and not isinstance(value, bool):
            yield int(value), place
        elif value is not None:
            yield str(value), place
