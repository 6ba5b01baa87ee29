"""Files of observations: what is read, what is refused and why, and units."""

from __future__ import annotations

from pathlib import Path

import pytest

from calibration.scoreboard import observations
from calibration.scoreboard.observations import Reading, read_observations
from calibration.scoreboard.periods import parse_period
from calibration.scoreboard.units import factor_to
from model.errors import DataError
from model.indicators import all_indicators

HEADER = "indicator,definition,scope,period,relation,value,standard_error,source,measure,unit,prices"
FOLDER = Path(observations.__file__).parent


def read(path: Path, *rows: str, n_quarters: int = 20) -> Reading:
    """Read a file of these rows."""
    path.write_text("\n".join([HEADER, *rows]) + "\n", encoding="utf-8")
    return read_observations(path, all_indicators(), n_quarters)


def refusal(path: Path, row: str, n_quarters: int = 20) -> str:
    """Why the only row of a file is refused."""
    (reason,) = read(path, row, n_quarters=n_quarters).refused
    return reason.partition("refused: ")[2]


@pytest.mark.parametrize(
    ("text", "first", "last", "end"),
    [
        ("2021", 1, 4, 2022.0),
        ("2022", 5, 8, 2023.0),
        ("2022Q2", 6, 6, 2022.5),
        ("2022Q1-Q3", 5, 7, 2022.75),
        ("2022H1", 5, 6, 2022.5),
        ("2022H2", 7, 8, 2023.0),
        ("2020", -3, 0, 2021.0),
    ],
)
def test_a_period_is_read_as_quarters(text: str, first: int, last: int, end: float) -> None:
    """Quarter 1 is 2021 Q1."""
    period = parse_period(text)
    assert period is not None
    assert (period.first, period.last, period.end) == (first, last, end)


@pytest.mark.parametrize("text", ["2022Q5", "2022Q3-Q1", "22", "2022H3", "2022-06", ""])
def test_what_is_no_period_is_not_read(text: str) -> None:
    """Months, backward spans and unknown parts are none."""
    assert parse_period(text) is None


def test_values_and_errors_come_in_the_unit_of_the_model(tmp_path: Path) -> None:
    """46 wan of persons are 460 000, 2 yi of yuan 2e8, and the errors with them."""
    reading = read(
        tmp_path / "o.csv",
        "talent_total,residents,whole_district,2022,>=,46,0.5,a,level,万人,",
        "hightech_value_added,,own_level,2022,=,220,2,a,level,亿元,2020",
    )
    assert [(o.value, o.standard_error) for o in reading.observations] == [(460_000, 5_000), (220e8, 2e8)]


def test_growth_and_an_empty_error_are_read(tmp_path: Path) -> None:
    """Growth is in percent whatever the indicator's unit, and no error is an error of zero."""
    (one,) = read(tmp_path / "o.csv", "gdp,,whole_district,2022Q1-Q3,=,6,,a,growth,%,2020").observations
    assert (one.unit, one.value, one.standard_error, one.is_part_level) == ("percent", 6.0, 0.0, False)


@pytest.mark.parametrize(
    ("row", "reason"),
    [
        ("talents,,whole_district,2022,=,1,,a", "indicator 'talents' is not simulated"),
        (
            "talent_total,,whole_district,2022,=,1,,a",
            "definition '' of talent_total is not simulated; definitions: res",
        ),
        ("residents,all,whole_district,2022,=,1,,a", "definitions: none: leave the cell empty"),
        ("talent_total,residents,high_tech_zone,2022,=,1,,a", "scope 'high_tech_zone' does not match: this definition"),
        ("talent_total,residents,whole_district,2020,=,1,,a", "2020 is the base year"),
        ("talent_total,residents,whole_district,2026,=,1,,a", "the study ends in 2025"),
        ("rd_intensity,first_published,whole_district,2022H1,=,3,,a", "over four quarters; give a year"),
        ("rd_expenditure,,whole_district,2022,=,1,,a,level,,current", "prices 'current': the model counts yuan at"),
        ("talent_total,residents,whole_district,2022,=,1,,a,level,亿元,", "unit '亿元' is not one of persons"),
        ("budget_shortfall,,whole_district,2022,=,1,,a,level,,2020", "a value of one quarter of the model"),
    ],
)
def test_a_row_without_a_counterpart_is_refused_with_the_reason(tmp_path: Path, row: str, reason: str) -> None:
    """Indicator, definition, scope, period, prices and unit must be the model's."""
    assert reason in refusal(tmp_path / "o.csv", row)


def test_zone_figures_of_2021_are_refused_for_their_scope(tmp_path: Path) -> None:
    """The zone's R&D of 2021, 2.8 bn, is no figure of the whole district."""
    told = refusal(tmp_path / "o.csv", "rd_expenditure,,high_tech_zone,2021,=,28,,observed_focal,level,亿元,2020")
    assert told.startswith("scope 'high_tech_zone' does not match: this definition covers whole_district")


def test_all_problems_of_a_file_come_at_once(tmp_path: Path) -> None:
    """Broken cells, a row given twice and a refusal are told together, each with its line."""
    with pytest.raises(DataError) as caught:
        read(
            tmp_path / "o.csv",
            "residents,,whole_district,2022,~,x,-1,",
            "residents,,whole_district,2022-06,=,1,,a",
            "residents,,whole_district,2022,=,1,,a",
            "residents,,whole_district,2022,=,2,,another",
            "talents,,whole_district,2022,=,1,,a",
        )
    told = "\n".join(caught.value.lines())
    for words in (
        "o.csv:2: source: is empty",
        "o.csv:2: relation: '~' is none of",
        "o.csv:2: value: 'x' is not a number",
        "o.csv:2: standard_error: -1 is below zero",
        "o.csv:3: period: '2022-06' is no period",
        "o.csv:5: the same quantity stands in line 4",
        "o.csv:6: refused: indicator 'talents' is not simulated",
    ):
        assert words in told


def test_missing_and_unknown_columns_are_named(tmp_path: Path) -> None:
    """A header without a needed column, or with one that nobody knows, ends the reading."""
    path = tmp_path / "o.csv"
    path.write_text("indicator,definitoin,scope,period,relation,value,standard_error,source\n", encoding="utf-8")
    with pytest.raises(DataError, match="column 'definition' is missing") as caught:
        read_observations(path, all_indicators(), 20)
    assert "did you mean 'definition'?" in caught.value.lines()[1]


def test_a_file_without_rows_points_to_the_template(tmp_path: Path) -> None:
    """The template itself holds no observation, and has the columns that are asked for."""
    with pytest.raises(DataError, match=r"no observation in the file; see calibration/scoreboard/template\.csv"):
        read_observations(FOLDER / "template.csv", all_indicators(), 20)
    assert (FOLDER / "template.csv").is_file()
    assert not list(tmp_path.iterdir())


def test_the_example_holds_no_bulletin_after_2021() -> None:
    """Each row of a later year says that it is invented; the others stand in the tables of observations."""
    reading = read_observations(FOLDER / "example.csv", all_indicators(), 8)
    assert not reading.refused
    for row in reading.observations:
        assert row.source.startswith("SYNTHETIC") if row.period.last > 4 else "observed_focal.csv" in row.source


@pytest.mark.parametrize(
    ("unit", "given", "factor"),
    [
        ("percent", "%", 1.0),
        ("persons", "万人", 1e4),
        ("yuan/year", "亿元", 1e8),
        ("yuan/year", "yuan/year", 1.0),
        ("bn yuan revenue", "亿元", 0.1),
        ("firms", "家", 1.0),
        ("persons", "亿元", None),
        ("persons", "dozens", None),
    ],
)
def test_units_of_bulletins(unit: str, given: str, factor: float | None) -> None:
    """A unit of the tables is turned into the indicator's; what measures something else is not."""
    assert factor_to(unit, given) == (None if factor is None else pytest.approx(factor))
