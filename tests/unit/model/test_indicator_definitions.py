"""Definitions of indicators: rows of data over measures that the themes declare."""

from __future__ import annotations

from pathlib import Path
from types import SimpleNamespace
from typing import Any, cast

import pytest

from model.errors import DataError
from model.indicators import all_indicators, declare
from model.indicators.definitions import (
    DEFINITIONS_FILE,
    definitions_of,
    indicators_with_definitions,
    load_definitions,
    terms,
    unknown_names,
)

HEADER, FIRST, *_ = DEFINITIONS_FILE.read_text("utf-8").splitlines()
YEARS = {
    "gdp": 200.0,
    "gdp_revised": 250.0,
    "rd_booked": 6.0,
    "rd_enclave": 1.0,
    "rd_enclave_booked": 0.4,
}


def value(indicator: str, definition: str) -> float:
    """One indicator of an economy of which the sums of the year are `YEARS`."""
    economy = SimpleNamespace(record=SimpleNamespace(year=YEARS.__getitem__, once=lambda _, read: read()))
    readings = {(info.indicator, info.definition): reading for info, reading in declare.REGISTRY}
    return readings[indicator, definition](cast("Any", economy))


def problems(path: Path, *rows: str) -> list[str]:
    """What loading a file of these lines complains of."""
    path.write_text("\n".join(rows) + "\n", encoding="utf-8")
    with pytest.raises(DataError) as caught:
        load_definitions(path)
    return [line.partition(", ")[2] for line in caught.value.lines()]


@pytest.mark.parametrize(
    ("definition", "percent"),
    [
        ("first_published", 3.0),
        ("revised_gdp", 2.4),
        ("enclave_at_home", 3.3),
        ("enclave_in_shanghai", 2.8),
    ],
)
def test_rd_intensity_is_counted_as_its_row_says(definition: str, percent: float) -> None:
    """6 of R&D, 0.4 of it from enclaves of 1.0, over GDP of 200 or 250: 3.0, 2.4, 6.6 / 200 and 5.6 / 200 percent."""
    assert value("rd_intensity", definition) == pytest.approx(percent, rel=1e-12)


def test_a_definition_without_denominator_is_a_sum(monkeypatch: pytest.MonkeyPatch) -> None:
    """448 talents at home and 2 in enclaves are 450 with all enclave staff."""
    monkeypatch.setattr(declare, "STOCKS", {"talents": lambda _: 448.0, "enclave_staff": lambda _: 2.0})
    assert value("talent_total", "with_all_flexible_staff") == 450.0


def test_every_row_is_a_column_of_the_results_in_both_languages() -> None:
    """Each row of the file is an indicator that runs compute, with its words; the headline indicators come first."""
    columns = {(info.indicator, info.definition): info for info in all_indicators() if info.definition}
    rows = load_definitions()
    assert list(columns) != []
    assert set(columns) == {(row.indicator, row.definition) for row in rows}
    assert all(columns[row.indicator, row.definition].definition_zh == row.name_zh for row in rows)
    assert indicators_with_definitions()[:3] == ("rd_intensity", "hightech_share", "talent_total")
    assert definitions_of("hightech_share")[0] == "own_level"


@pytest.mark.parametrize(
    ("text", "read"),
    [
        ("a", ((1.0, "a"),)),
        ("a + b - c", ((1.0, "a"), (1.0, "b"), (-1.0, "c"))),
        ("", ()),
        ("a b", ()),
        ("a +", ()),
        ("a * b", ()),
        ("a + 2b", ()),
    ],
)
def test_a_sum_is_measures_with_signs_between_them(text: str, read: tuple[tuple[float, str], ...]) -> None:
    """A sum is names with + or - between them; anything else is no sum."""
    assert terms(text) == read


def test_every_problem_of_the_file_is_told_at_once(tmp_path: Path) -> None:
    """A repeated row, an empty cell and a sum that cannot be read are three lines with row and field."""
    broken = FIRST.replace("first_published", "other").replace("GDP as first published", "", 1).replace("booked,", "*,")
    assert problems(tmp_path / "d.csv", HEADER, FIRST, FIRST, broken) == [
        "row 3, field definition: first_published of rd_intensity stands twice; keep one row",
        "row 4, field name_en: is empty",
        "row 4, field numerator: 'rd_*' is no sum; write measures with + or - between them, such as a + b - c",
    ]


@pytest.mark.parametrize("header", ["", "indicator,definition", HEADER.replace("numerator", "top")])
def test_the_columns_of_the_file_are_checked(tmp_path: Path, header: str) -> None:
    """A file without the columns, or with another one, says which it must have."""
    assert problems(tmp_path / "d.csv", header, FIRST)[0].startswith("row 1: the columns must be indicator, definition")


def test_a_name_that_no_theme_declares_is_told_with_its_near_match() -> None:
    """An unknown indicator and an unknown measure of a row are two lines."""
    told = unknown_names(load_definitions()[:1], {"rd_book", "gdp"}, {"rd_intensities"})
    assert [line.partition(": ")[2] for line in told] == [
        "no theme declares rd_intensity as counted in several ways; did you mean 'rd_intensities'?",
        "'rd_booked' is no measure; did you mean 'rd_book'?",
    ]
