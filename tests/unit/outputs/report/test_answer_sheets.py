"""Sheets of what verbs have answered: numbers that can be reckoned with, as they stand in the report."""

from __future__ import annotations

import io
import re

import openpyxl
import pytest

from outputs.language import LANGUAGES, text
from outputs.report.answer_sheets import answer_sheets
from outputs.report.content import Label, Number, Origin, Report, Section, Table, phrase
from outputs.store import Study
from outputs.workbook.answers import Answer, Figure
from outputs.workbook.writing import render


def number(value: float, zh: str, en: str, unrounded: tuple[float, float] | None = None) -> Number:
    """A number as it would be written in both languages, in the unit of the model unless another is said."""
    origin = Origin("study", "made/table", (("row", f"{value}{en}"),), "column")
    return Number(value, "", (zh, en), unrounded or (value, value), origin)


def share(value: float, said: str) -> Number:
    """A share in per cent."""
    return number(value, said, said, (100.0 * value, 100.0 * value))


SHARE = phrase(
    "report_value_chance",
    value=share(0.4346, "43%"),
    chance=phrase("report_to", low=share(-0.0334, "−3%"), high=share(0.5066, "51%")),
)
MONEY = number(1_234_567_890.0, "12.35", "1,234.6", (12.3456789, 1234.56789))
BOUND = phrase("tabled_or_later", year=number(2024.0, "2024", "2024"))
ZERO = number(-0.0004, "−0.00", "−0.00")
ROWS = (
    ("飞地", SHARE, MONEY, BOUND, ZERO),
    ("–", "–", number(-2.5e9, "−25.00", "−2,500.0", (-25.0, -2500.0)), "–", number(1.25, "+1.3", "+1.3")),
)


@pytest.fixture(scope="module")
def made() -> Report:
    """A report with one table of a verb, and one that is no answer of a verb."""
    header = tuple(Label(f"列{k}", f"column {k}") for k in range(5))
    answer = Table("made", Label("题", "Caption"), header, ROWS, ("note",), (), Label("来源", "Source"))
    sections = (Section("deadline", "x", (answer,)), Section("targets", "y", (answer,)), Section("variance", "z", ()))
    return Report("study", "folder", "title", "subtitle", (), sections, "source")


@pytest.fixture(scope="module")
def answers(made: Report) -> dict[str, list[Answer]]:
    """Its sheets in English."""
    return answer_sheets(made, "en")


def test_verbs_with_a_table_have_a_sheet(answers: dict[str, list[Answer]]) -> None:
    """Sections of the study itself and verbs without a table have none; notes and source stand below a table."""
    assert list(answers) == ["deadline"]
    (one,) = answers["deadline"]
    assert (one.caption, one.notes) == ("Caption", ("note", "Source"))


def test_a_number_with_its_interval_is_three_cells(answers: dict[str, list[Answer]]) -> None:
    """Value, low and high stand side by side, shares as fractions that Excel shows as percentages; a dash stays one."""
    (one,) = answers["deadline"]
    assert one.header[1:4] == ("column 1", "column 1: low", "column 1: high")
    assert one.rows[0][1:4] == (Figure(0.4346, "#,##0%"), Figure(-0.0334, "#,##0%"), Figure(0.5066, "#,##0%"))
    assert one.rows[1][1:4] == ("–", "", "")


def test_cells_keep_all_digits_in_the_unit_that_is_written(made: Report) -> None:
    """1 234 567 890 yuan are 12.3456789 in 亿元 and 1 234.56789 in millions; a sign stands where it is written."""
    for language, expected in (("zh", (12.3456789, -25.0)), ("en", (1234.56789, -2500.0))):
        (one,) = answer_sheets(made, language)["deadline"]
        cells = [row[4] for row in one.rows]
        assert [cell.value for cell in cells if isinstance(cell, Figure)] == pytest.approx(list(expected), rel=1e-12)
    last = [row[6] for row in one.rows]
    assert last == [Figure(-0.0004, "#,##0.00"), Figure(1.25, "+#,##0.0;-#,##0.0;#,##0.0")]


def test_years_bear_no_sign_for_thousands() -> None:
    """A year is shown as it is written, while a thousand and more is parted as the report parts it."""
    rows = ((number(2022.0, "2022", "2022"), number(2022.0, "2,022", "2,022")),)
    table = Table("made", "x", ("year", "count"), rows)
    report = Report("s", "f", "t", "u", (), (Section("deadline", "x", (table,)),), "source")
    (one,) = answer_sheets(report, "en")["deadline"]
    assert one.rows[0][:2] == (Figure(2022.0, "0"), Figure(2022.0, "#,##0"))


def test_what_is_no_bare_number_stays_as_it_is_written(answers: dict[str, list[Answer]]) -> None:
    """A bound is no number to reckon with; ids of all numbers of a row stand in its last cell."""
    (one,) = answers["deadline"]
    assert one.rows[0][5] == "≥2024"
    ids = str(one.rows[0][-1]).split("; ")
    assert len(ids) == 6
    assert all(re.fullmatch(r"n[0-9a-f]{8}", one) for one in ids)


@pytest.mark.parametrize("language", LANGUAGES)
def test_the_workbook_holds_them_as_native_tables(made: Report, study: Study, language: str) -> None:
    """The sheet stands before those of the study, is listed on the first, and its cells are those of the answer."""
    found = answer_sheets(made, language)
    book = openpyxl.load_workbook(io.BytesIO(render(study, language, answers=found)))
    name = text("answers deadline", language)
    assert book.sheetnames[2] == name
    assert name in [row[0] for row in book.worksheets[0].iter_rows(values_only=True)]
    sheet = book[name]
    (table,) = sheet.tables.values()
    head, *rows = [[cell.value for cell in row] for row in sheet[table.ref]]
    (one,) = found["deadline"]
    assert tuple(head) == one.header
    for cells, row in zip(rows, one.rows, strict=True):
        for cell, expected in zip(cells, row, strict=True):
            if isinstance(expected, Figure):
                assert cell == pytest.approx(expected.value, rel=1e-15)
            else:
                assert (cell or "") == expected
