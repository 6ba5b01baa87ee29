"""The verb `template`: a workbook in which a scenario is filled in, empty or with a scenario that there is."""

from __future__ import annotations

import io
from argparse import Namespace
from collections.abc import Mapping, Sequence
from datetime import UTC, datetime
from itertools import groupby
from typing import TYPE_CHECKING, Any

from model.errors import ScenarioError
from model.policy import FAMILY_NAMES, Lever
from model.wiring import Wiring
from scenarios.files import shown, write_new
from scenarios.guide import GUIDE, TITLE
from scenarios.levers import LEVERS
from scenarios.row_heights import LINE, row_height
from scenarios.schema import FIRST_YEAR, NAMED_LEVELS, PLAN_YEAR, LeverSetting, Scenario
from scenarios.sheets import (
    CHOICE_SHEET,
    FIELD_KEY,
    GUIDE_SHEET,
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
from scenarios.shelf import Shelf
from scenarios.writing import notes_of

if TYPE_CHECKING:
    from xlsxwriter import Workbook
    from xlsxwriter.format import Format
    from xlsxwriter.worksheet import Worksheet

    Looks = Mapping[str, Format]

_MADE = datetime(2021, 10, 1, tzinfo=UTC).replace(tzinfo=None)
"""A fixed time in the properties, so that the same scenario gives the same bytes."""
_FIRST_FIELD, _FIRST_LEVER = 5, 4
"""Rows, from 0, below the names of the columns."""
_FIELD_WIDTHS = (30, 30, 32, 44, 44, 60)
_GUIDE_WIDTHS = (70, 80)
"""Of columns, in characters."""
_TITLE_HEIGHT = 24.0
Value = str | float


def template(args: Namespace, wiring: Wiring) -> int:
    """Write the workbook; an existing one stays unless ``--overwrite`` is said."""
    content, notes = _scenario(args.scenario) if args.scenario else (None, "")
    write_new(args.workbook, workbook_bytes(content, notes), overwrite=args.overwrite)
    wiring.show(f"written: {shown(args.workbook)}")
    wiring.say(f"fill in the yellow cells, save, then: python3 run.py import {shown(args.workbook)}")
    return 0


def workbook_bytes(content: Scenario | None = None, notes: str = "") -> bytes:
    """Make the workbook.

    Parameters
    ----------
    content : a scenario of known levers to fill in; None leaves every cell to fill in empty.
    notes : of its file.

    Returns
    -------
    The bytes of an ``.xlsx`` file, the same for the same scenario.
    """
    import xlsxwriter  # noqa: PLC0415 - only this verb needs it

    memory = io.BytesIO()
    book = xlsxwriter.Workbook(memory, {"in_memory": True, "strings_to_formulas": False, "strings_to_urls": False})
    book.set_properties({"title": " ".join(TITLE), "created": _MADE})
    looks = _formats(book)
    names = (GUIDE_SHEET, SCENARIO_SHEET, LEVER_SHEET, CHOICE_SHEET)
    guide, first, levers, choices = (book.add_worksheet(name) for name in names)
    _fill_guide(guide, looks)
    _fill_fields(first, choices, looks, _field_values(content, notes))
    _fill_levers(levers, looks, content.levers if content else {})
    choices.hide()
    book.close()
    return memory.getvalue()


def _scenario(name: str) -> tuple[Scenario, str]:
    """Read the scenario to fill in: what its own file says, without what it inherits."""
    shelf = Shelf()
    chain = shelf.chain(name)
    if shelf.problems:
        raise ScenarioError(shelf.problems)
    return chain[-1].content, notes_of(chain[-1])


def _formats(book: Workbook) -> dict[str, Format]:
    """Looks of the cells."""
    base: dict[str, Any] = {"font_name": "Microsoft YaHei", "font_size": 10, "valign": "top"}
    edge: dict[str, Any] = {"border": 1, "border_color": "#9A9A9A"}
    looks: dict[str, dict[str, Any]] = {
        "title": {"bold": True, "font_size": 14},
        "note": {"font_color": "#404040"},
        "head": {"bold": True, "bg_color": "#1F3B57", "font_color": "#FFFFFF", "text_wrap": True, **edge},
        "key": {"font_color": "#7A7A7A", "font_size": 8, "italic": True},
        "family": {"bold": True, "bg_color": "#DCE6F0"},
        "fixed": {"text_wrap": True, **edge},
        "figure": edge,
        "input": {"bg_color": "#FFF7D6", "locked": False, "text_wrap": True, **edge},
        "input_figure": {"bg_color": "#FFF7D6", "locked": False, **edge},
    }
    return {name: book.add_format(base | look) for name, look in looks.items()}


def _field_values(content: Scenario | None, notes: str) -> dict[str, Value]:
    """Values of the first sheet, by the name of their row."""
    if content is None:
        return {}
    said: dict[str, Any] = content.model_dump(exclude_none=True, exclude={"levers", "switch_off"})
    if content.switch_off is not None:
        said["switch_off"] = ", ".join(content.switch_off) or NOTHING
    found: dict[str, Value] = {NOTES: notes} if notes else {}
    for field in fields():
        value: Any = said
        for step in field.loc:
            value = value.get(step) if isinstance(value, dict) else None
        if value is not None:
            found[field.name] = next((text for text in field.choices if choice_of(text) == value), value)
    return found


def _fill_fields(sheet: Worksheet, choices: Worksheet, looks: Looks, values: Mapping[str, Value]) -> None:
    """Write the first sheet: one field a row."""
    _head(sheet, looks, (FIELD_KEY, "项目", "Item", VALUE_KEY, "可填内容", "What may stand there"), _FIRST_FIELD - 1)
    for column, width in enumerate(_FIELD_WIDTHS):
        sheet.set_column(column, column, width)
    for place, field in enumerate(fields()):
        row, value = _FIRST_FIELD + place, values.get(field.name)
        texts = (field.name, field.zh, field.en, str(value or ""), field.hint_zh, field.hint_en)
        height = row_height(zip(texts, _FIELD_WIDTHS, strict=True))
        sheet.set_row(row, max(height, 3 * LINE if field.name == NOTES else 2 * LINE))
        sheet.write_string(row, 0, field.name, looks["key"])
        for column in (1, 2, 4, 5):
            sheet.write_string(row, column, texts[column], looks["fixed"])
        _write(sheet, row, 3, value, looks)
        rule = _field_rule(field, choices, place)
        if rule:
            sheet.data_validation(row, 3, row, 3, rule)
    sheet.freeze_panes(_FIRST_FIELD, 1)
    _finish(sheet)


def _field_rule(field: Field, choices: Worksheet, column: int) -> dict[str, Any]:
    """What Excel lets stand in the cell of a field; its choices are put on the hidden sheet."""
    if field.choices:
        for row, text in enumerate(field.choices):
            choices.write_string(row, column, text)
        source = f"={CHOICE_SHEET}!{_letters(column, len(field.choices))}"
        error = "information" if field.kind == "hint" else "stop"
        return {"validate": "list", "source": source, "error_type": error, **_told(field.hint_zh, field.hint_en)}
    if field.limits:
        low, high = field.limits
        kind = "integer" if field.kind == "whole" else "decimal"
        limits = {"minimum": low, "maximum": high}
        return {"validate": kind, "criteria": "between", **limits, **_told(field.hint_zh, field.hint_en)}
    return {}


def _letters(column: int, rows: int) -> str:
    """Name the cells of a column of the hidden sheet."""
    from xlsxwriter.utility import xl_range_abs  # noqa: PLC0415

    return str(xl_range_abs(0, column, rows - 1, column))


def _told(zh: str, en: str) -> dict[str, str]:
    """Message of Excel for a value that it refuses."""
    return {"error_title": "请检查 Please check", "error_message": f"{zh}\n{en}"[:255]}


def _fill_levers(sheet: Worksheet, looks: Looks, settings: Mapping[str, LeverSetting]) -> None:
    """Write the sheet of levers, family by family."""
    columns = lever_columns()
    _head(sheet, looks, [column.zh + "\n" + column.en for column in columns], _FIRST_LEVER - 2)
    for place, column in enumerate(columns):
        hidden = {"level": 1, "hidden": True} if column.key in YEARS and int(column.key) > PLAN_YEAR else {}
        sheet.set_column(place, place, column.width, None, hidden)
        sheet.write(_FIRST_LEVER - 1, place, column.key, looks["key"])
    sheet.set_row(_FIRST_LEVER - 2, row_height((f"{column.zh}\n{column.en}", column.width) for column in columns))
    row = _FIRST_LEVER
    for family, levers in groupby(LEVERS, key=lambda lever: lever.family):
        for place in range(len(columns)):
            sheet.write_blank(row, place, None, looks["family"])
        sheet.write_string(row, 1, FAMILY_NAMES[family][0], looks["family"])
        sheet.write_string(row, 2, FAMILY_NAMES[family][1], looks["family"])
        sheet.set_row(row, LINE)
        row += 1
        for lever in levers:
            sheet.set_row(row, row_height((str(vars(lever).get(str(each.key), "")), each.width) for each in columns))
            _fill_lever(sheet, row, lever, settings.get(lever.lever_id), looks)
            row += 1
    sheet.freeze_panes(_FIRST_LEVER, 2)
    on_paper = [place for place, column in enumerate(columns) if column.key not in ("status", "source")]
    sheet.print_area(0, 0, row - 1, on_paper[-1])
    sheet.repeat_rows(_FIRST_LEVER - 2)
    _finish(sheet)


def _fill_lever(sheet: Worksheet, row: int, lever: Lever, setting: LeverSetting | None, looks: Looks) -> None:
    """Write one lever: what is known of it, and the cells to fill in with their limits."""
    known = vars(lever) | {"minimum": lever.bounds[0], "maximum": lever.bounds[1]}
    given = _lever_values(setting)
    for place, column in enumerate(lever_columns()):
        if column.kind == "input":
            _write(sheet, row, place, given.get(column.key), looks)
            sheet.data_validation(row, place, row, place, _lever_rule(column.key, lever))
        elif column.key == "lever_id":
            sheet.write_string(row, place, lever.lever_id, looks["key"])
        else:
            value = known[str(column.key)]
            sheet.write(row, place, value, looks["fixed" if isinstance(value, str) else "figure"])


def _lever_values(setting: LeverSetting | None) -> dict[str | int, Value | None]:
    """What a scenario says of a lever, by column."""
    if setting is None:
        return {}
    level = setting.level_2025
    key = "level_name" if isinstance(level, str) else "level_2025"
    found: dict[str | int, Value | None] = {key: level, "start": setting.start}
    return found | dict((setting.by_year or {}).items())


def _lever_rule(key: str | int, lever: Lever) -> dict[str, Any]:
    """What Excel lets stand in a cell of a lever."""
    low, high = lever.bounds
    if key == "level_name":
        return {"validate": "list", "source": list(NAMED_LEVELS), **_told("从列表中选择", "choose from the list")}
    if key == "start":
        told = _told(f"整数，{FIRST_YEAR} 至 {PLAN_YEAR}", f"a year, {FIRST_YEAR} to {PLAN_YEAR}")
        return {"validate": "integer", "criteria": "between", "minimum": FIRST_YEAR, "maximum": PLAN_YEAR, **told}
    told = _told(f"{low:g} 至 {high:g}（{lever.unit_zh}）", f"{low:g} to {high:g} ({lever.unit})")
    return {"validate": "decimal", "criteria": "between", "minimum": low, "maximum": high, **told}


def _fill_guide(sheet: Worksheet, looks: Looks) -> None:
    """Write how to fill in, in both languages."""
    for row, (zh, en) in enumerate([TITLE, *GUIDE]):
        sheet.set_row(row, row_height([(zh, _GUIDE_WIDTHS[0]), (en, _GUIDE_WIDTHS[1])]) if row else _TITLE_HEIGHT)
        sheet.write_string(row, 0, zh, looks["title" if row == 0 else "fixed"])
        sheet.write_string(row, 1, en, looks["title" if row == 0 else "fixed"])
    for column, width in enumerate(_GUIDE_WIDTHS):
        sheet.set_column(column, column, width)
    _finish(sheet)


def _head(sheet: Worksheet, looks: Looks, names: Sequence[str], row: int) -> None:
    """Write the title, what to do, and the names of the columns."""
    sheet.set_row(0, _TITLE_HEIGHT)
    sheet.set_row(1, LINE)
    sheet.write_string(0, 0, " ".join(TITLE), looks["title"])
    sheet.write_string(1, 0, " · ".join(GUIDE[0]), looks["note"])
    for column, name in enumerate(names):
        sheet.write_string(row, column, name, looks["head"])


def _write(sheet: Worksheet, row: int, column: int, value: Value | None, looks: Looks) -> None:
    """Write a cell to fill in."""
    if value is None:
        sheet.write_blank(row, column, None, looks["input"])
    elif isinstance(value, str):
        sheet.write_string(row, column, value, looks["input"])
    else:
        sheet.write_number(row, column, value, looks["input_figure"])


def _finish(sheet: Worksheet) -> None:
    """Let only the cells to fill in be changed (there is no password), and print on one page across."""
    sheet.protect("", {"format_columns": True, "format_rows": True})
    sheet.set_landscape()
    sheet.set_paper(8)
    sheet.fit_to_pages(1, 0)
