"""Scenarios in Excel: a workbook and its file say the same, and bad cells are told by file, sheet and cell."""

from __future__ import annotations

import datetime as dt
import io
from functools import cache
from pathlib import Path
from typing import Any

import numpy as np
import openpyxl
import pytest
from openpyxl.worksheet.worksheet import Worksheet

from model.errors import ScenarioError
from scenarios.levers import LEVERS
from scenarios.reading import ScenarioFile, parse
from scenarios.scenario import load
from scenarios.schema import Scenario
from scenarios.sheets import GUIDE_SHEET, LEVER_SHEET, SCENARIO_SHEET, fields
from scenarios.shelf import LIBRARY, library_files
from scenarios.template import workbook_bytes
from scenarios.workbook import Filled, read_workbook
from scenarios.writing import notes_of, scenario_text

EVERYTHING = """# 第一行
# second line
label: {zh: "名称：甲", en: "A 'quoted' \\"name\\""}
base: plan
delay_quarters: 3
rivals: respond
ladder: hold
outside: {world: as_happened, growth_shift: -0.35, transport_slippage_quarters: 4}
definitions: {rd_intensity: revised_gdp, talent_total: residents}
switch_off: [parameters, base]
levers:
  firm_ladder: strong
  innovation_voucher: 40
  digital_infra: {level_2025: plan, start: 2024}
  univ_institutes: {level_2025: 7.125, start: 2023}
  rd_toolbox_subsidy: {unit: percent of eligible R&D, by_year: {2023: 4, 2024: 6.1, 2025: 8, 2026: 9}}
"""


def read_file(path: Path) -> ScenarioFile:
    """Read a scenario file that is known to be sound."""
    file, problems = parse(path)
    assert problems == []
    assert file is not None
    return file


def through_excel(file: ScenarioFile, folder: Path) -> tuple[Scenario, Filled]:
    """Write a scenario into a workbook and read it back."""
    path = folder / "filled.xlsx"
    path.write_bytes(workbook_bytes(file.content, notes_of(file)))
    return read_workbook(path)


def bare(content: Scenario) -> dict[str, Any]:
    """What a scenario says, without the units of its levers, which convert nothing."""
    said = content.model_dump()
    for setting in said["levers"].values():
        setting.pop("unit")
    return said


@cache
def empty() -> bytes:
    """A template, made once for all tests."""
    return workbook_bytes()


def filled(folder: Path, cells: dict[tuple[str, str], object]) -> Path:
    """Fill in a fresh workbook: value by name of the row and of the column."""
    book = openpyxl.load_workbook(io.BytesIO(empty()))
    put(book[SCENARIO_SHEET], {("label.zh", "value"): "甲", ("label.en", "value"): "A"})
    for (row, column), value in cells.items():
        put(book[SCENARIO_SHEET if column == "value" else LEVER_SHEET], {(row, column): value})
    path = folder / "mine.xlsx"
    book.save(path)
    return path


def put(sheet: Worksheet, cells: dict[tuple[str, str], object]) -> None:
    """Fill in cells of a sheet."""
    (top,) = [row for row in sheet.iter_rows() if row[0].value in {"field", "lever_id"}]
    columns = {str(cell.value): place for place, cell in enumerate(top, 1)}
    rows = {str(row[0].value): row[0].row for row in sheet.iter_rows()}
    for (row, column), value in cells.items():
        sheet.cell(int(rows[row] or 0), columns[column]).value = value  # type: ignore[assignment] # bad values too


def problems_of(path: Path) -> list[str]:
    """What is wrong with a workbook."""
    with pytest.raises(ScenarioError) as caught:
        read_workbook(path)
    return [problem.removeprefix(f"{path}, ") for problem in caught.value.problems]


@pytest.mark.parametrize("name", list(library_files()))
def test_a_scenario_of_the_library_goes_to_excel_and_back(name: str, tmp_path: Path) -> None:
    """File, workbook and the file made from it say the same, notes included, and give the same path to the bit."""
    file = read_file(library_files()[name])
    content, found = through_excel(file, tmp_path)
    assert bare(content) == bare(file.content)
    assert found.notes == notes_of(file) != ""
    again = tmp_path / "again.yaml"
    again.write_text(scenario_text(content, found.notes), encoding="utf-8")
    assert bare(read_file(again).content) == bare(file.content)
    before, after = load([name, str(again)], 20)
    assert np.array_equal(before.intensity, after.intensity)
    assert before.beside_levers == after.beside_levers


def test_every_field_goes_to_excel_and_back(tmp_path: Path) -> None:
    """A file that uses every field and every way of giving a lever survives, quotes and many-line notes included."""
    path = tmp_path / "everything.yaml"
    path.write_text(EVERYTHING, encoding="utf-8")
    file = read_file(path)
    content, found = through_excel(file, tmp_path)
    assert bare(content) == bare(file.content)
    assert found.notes == "第一行\nsecond line"
    path.write_text(scenario_text(content, found.notes), encoding="utf-8")
    again = read_file(path)
    assert bare(again.content) == bare(file.content)
    assert notes_of(again) == found.notes


def test_a_list_that_is_empty_on_purpose_stays_empty(tmp_path: Path) -> None:
    """`switch_off: []` overrides the base, so it does not become the empty cell that inherits."""
    path = tmp_path / "none.yaml"
    path.write_text("label: {zh: 甲, en: A}\nswitch_off: []\n", encoding="utf-8")
    content, _ = through_excel(read_file(path), tmp_path)
    assert content.switch_off == []


def test_a_workbook_is_byte_stable_and_names_every_lever_in_both_languages() -> None:
    """Twice the same bytes; each lever has its row with names, units, bounds, source; the guide is in two languages."""
    assert workbook_bytes() == workbook_bytes()
    book = openpyxl.load_workbook(io.BytesIO(workbook_bytes()))
    rows = {row[0]: row for row in book[LEVER_SHEET].iter_rows(values_only=True)}
    for lever in LEVERS:
        row = rows[lever.lever_id]
        assert row[1:5] == (lever.name_zh, lever.name_en, lever.unit_zh, lever.unit)
        assert row[5:10] == (lever.baseline, lever.plan, lever.strong, *lever.bounds)
        assert row[-1] == lever.source
    assert {item.name for item in fields()} <= {row[0].value for row in book[SCENARIO_SHEET].iter_rows()}
    assert all(zh and en for zh, en in book[GUIDE_SHEET].iter_rows(values_only=True))


def test_excel_refuses_numbers_beyond_the_bounds() -> None:
    """Each cell for a number of a lever carries a validation with the bounds of its lever."""
    sheet = openpyxl.load_workbook(io.BytesIO(workbook_bytes()))[LEVER_SHEET]
    limits = {
        (float(rule.formula1), float(rule.formula2))
        for rule in sheet.data_validations.dataValidation
        if rule.type == "decimal"
    }
    assert limits == {lever.bounds for lever in LEVERS}


BAD_CELLS: dict[str, tuple[dict[tuple[str, str], object], str]] = {
    "above the bounds": (
        {("innovation_voucher", "level_2025"): 400},
        (
            f"sheet {LEVER_SHEET}, cell L28: innovation_voucher: 400 is out of range; it must be 0 to 90 "
            "(million yuan redeemed per year)"
        ),
    ),
    "one year out of bounds": (
        {("univ_institutes", "2024"): 4, ("univ_institutes", "2025"): 40},
        (
            f"sheet {LEVER_SHEET}, cell R34: univ_institutes: 40 is out of range; it must be 0 to 18 "
            "(institutes in operation)"
        ),
    ),
    "text for a number": (
        {("univ_institutes", "level_2025"): "8 家"},
        f"sheet {LEVER_SHEET}, cell L34: '8 家' must be a number (no text, no date, no unit); type the number alone",
    ),
    "a date": (
        {("univ_institutes", "level_2025"): dt.date(2025, 1, 8)},
        (
            f"sheet {LEVER_SHEET}, cell L34: '2025-01-08 00:00:00' must be a number (no text, no date, no unit); "
            "type the number alone"
        ),
    ),
    "two ways": (
        {("univ_institutes", "level_name"): "plan", ("univ_institutes", "2025"): 8},
        f"sheet {LEVER_SHEET}, cell K34: univ_institutes: level_name, 2025 are filled in; keep one of them",
    ),
    "a start alone": (
        {("univ_institutes", "start"): 2024},
        (
            f"sheet {LEVER_SHEET}, cell M34: univ_institutes: start is given without a level; choose one, or give the "
            "number for 2025"
        ),
    ),
    "a gap between years": (
        {("univ_institutes", "2022"): 4, ("univ_institutes", "2025"): 8},
        (
            f"sheet {LEVER_SHEET}, cell O34: levers.univ_institutes.by_year: without 2023, 2024; by_year needs every "
            "year from its first to its last and must reach 2025 (or give level_2025 for a straight ramp)"
        ),
    ),
    "another unit": (
        {("univ_institutes", "level_2025"): 8, ("univ_institutes", "unit"): "heads"},
        f"sheet {LEVER_SHEET}, cell E34: unit 'heads' is wrong: univ_institutes is in 'institutes in operation'",
    ),
    "a level that is none": (
        {("univ_institutes", "level_name"): "strongest"},
        f"sheet {LEVER_SHEET}, cell K34: 'strongest' is no level; choose baseline, plan, strong, or use the number",
    ),
    "a formula that was never worked out": (
        {("univ_institutes", "level_2025"): "=4+4"},
        f"sheet {LEVER_SHEET}, cell L34: a formula without a value; open and save it in Excel",
    ),
    "an error of Excel": (
        {("univ_institutes", "level_2025"): "#DIV/0!"},
        f"sheet {LEVER_SHEET}, cell L34: holds the error #DIV/0!; type the number",
    ),
    "an empty name": (
        {("label.en", "value"): None},
        f"sheet {SCENARIO_SHEET}, cell D7: label.en: '' must not be empty",
    ),
    "an unknown choice": (
        {("rivals", "value"): "respnd"},
        f"sheet {SCENARIO_SHEET}, cell D11: 'respnd' is unknown; did you mean 'respond'?",
    ),
    "an unknown kind of uncertainty": (
        {("switch_off", "value"): "base, chanc"},
        f"sheet {SCENARIO_SHEET}, cell D16: switch_off.1: unknown kind of uncertainty 'chanc'; did you mean 'chance'?",
    ),
    "half a quarter": (
        {("delay_quarters", "value"): 2.5},
        f"sheet {SCENARIO_SHEET}, cell D10: 2.5 must be a whole number; round it",
    ),
    "growth beyond its limits": (
        {("outside.growth_shift", "value"): -40},
        f"sheet {SCENARIO_SHEET}, cell D14: outside.growth_shift: -40.0 must be -10 or above",
    ),
}


@pytest.mark.parametrize("fault", list(BAD_CELLS))
def test_a_bad_cell_is_told_by_sheet_and_cell(fault: str, tmp_path: Path) -> None:
    """One wrong cell gives one line: file, sheet, cell, what is wrong, what to do."""
    cells, said = BAD_CELLS[fault]
    assert problems_of(filled(tmp_path, cells)) == [said]


def test_a_percentage_is_refused(tmp_path: Path) -> None:
    """Five per cent is 0.05 to Excel and 5 to the model, so a cell with that format is told and not guessed at."""
    path = filled(tmp_path, {("rd_toolbox_subsidy", "level_2025"): 0.05})
    book = openpyxl.load_workbook(path)
    book[LEVER_SHEET]["L29"].number_format = "0.0%"
    book.save(path)
    (said,) = problems_of(path)
    assert said == (
        f"sheet {LEVER_SHEET}, cell L29: is a percentage (0.05 to Excel); format it as a number, and for 5 % type 5"
    )


def test_rows_that_were_changed_are_told_and_all_problems_come_at_once(tmp_path: Path) -> None:
    """An unknown lever, a row twice, a lost id and a wrong number elsewhere are four lines of one answer."""
    path = filled(tmp_path, {("firm_ladder", "level_2025"): 2, ("delay_quarters", "value"): "late"})
    book = openpyxl.load_workbook(path)
    sheet = book[LEVER_SHEET]
    sheet.append(["firm_lader", *[None] * 10, 2])
    sheet.append(["firm_ladder", *[None] * 10, 2])
    sheet.append([None, *[None] * 10, 2])
    book.save(path)
    said = problems_of(path)
    assert [line.split(", ")[1].partition(":")[0] for line in said] == ["cell D10", "cell A40", "cell A41", "cell A42"]
    assert "did you mean 'firm_ladder'?" in said[1]
    assert "is set in two rows; keep one" in said[2]
    assert "no id of a lever in this row" in said[3]


def test_a_file_that_is_no_workbook_is_told(tmp_path: Path) -> None:
    """Text under the name of a workbook, and a workbook without our sheets, are refused with what to do."""
    path = tmp_path / "mine.xlsx"
    path.write_text("zh,en", encoding="utf-8")
    with pytest.raises(ScenarioError, match=r"mine\.xlsx: not a workbook that can be read; save it in Excel as \.xlsx"):
        read_workbook(path)
    openpyxl.Workbook().save(path)
    assert len(problems_of(path)) == 2
    assert "there is no sheet of this name" in problems_of(path)[0]


def test_a_workbook_of_another_name_may_hold_the_library() -> None:
    """The choices of bases are the scenarios of the library."""
    (base,) = [item for item in fields() if item.name == "base"]
    assert set(base.choices) == {path.stem for path in LIBRARY.glob("*.yaml")}
