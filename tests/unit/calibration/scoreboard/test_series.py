"""Published values of what the model computes."""

from __future__ import annotations

import pytest

from calibration.scoreboard.naive import LAST_PAST_YEAR
from calibration.scoreboard.series import observed_points, published, series, time_of
from model.errors import DataError
from model.indicators import all_indicators


def test_every_row_of_the_series_finds_its_values() -> None:
    """No row names a value that the observed tables do not hold, and none is later than 2021."""
    for row in series():
        points = observed_points(row)
        assert points
        assert max(point.time for point in points) <= LAST_PAST_YEAR + 1.0


def test_published_levels_are_those_of_indicators_and_name_their_source() -> None:
    """Each stands for a column that the model computes, each has a source, and growth rates are none of them."""
    known = {(info.indicator, info.definition) for info in all_indicators()}
    found = published()
    assert {(point.indicator, point.definition) for point in found} <= known
    assert all(point.source for point in found)
    talents = [(p.period, p.time, p.value) for p in found if p.indicator == "talent_total"]
    assert talents == [("2016", 2017.0, 323_300.0), ("2020", 2021.0, 448_000.0)]
    assert [p.value for p in found if p.indicator == "gdp"] == [2266.1e8]


def test_a_period_that_is_not_in_the_table_is_an_error() -> None:
    """The message names the row and the period."""
    row = next(row for row in series() if row["indicator"] == "talent_total")
    with pytest.raises(DataError, match=r"talent_total of .*\['1999'\]"):
        observed_points(row | {"periods": "1999"})


def test_a_month_stands_at_its_end() -> None:
    """March 2021 is a quarter of the year after the end of 2020."""
    assert time_of("2021-03") - time_of("2020") == pytest.approx(0.25)
