"""Naive forecasts, worked out by hand, and the published past that they rest on."""

from __future__ import annotations

import math

import numpy as np
import pytest

from calibration.scoreboard import naive
from calibration.scoreboard.naive import Past, ar1, drift, historical_mean, last_value, past_of
from calibration.scoreboard.observations import Observation
from calibration.scoreboard.periods import parse_period
from model.indicators import all_indicators

THREE = Past(np.array([2019.0, 2020.0, 2021.0]), np.array([10.0, 12.0, 11.0]))


def observation(indicator: str, definition: str, period: str, measure: str = "level") -> Observation:
    """An observation of which only what is asked matters."""
    info = next(i for i in all_indicators() if (i.indicator, i.definition) == (indicator, definition))
    when = parse_period(period)
    assert when is not None
    return Observation(2, info, when, measure, "=", 1.0, 0.0, "test")


def test_the_last_value_spreads_with_the_root_of_time() -> None:
    """Changes +2 and -1 give a variance of 2.5 a year; two years ahead the deviation is sqrt 5."""
    assert last_value(THREE, 2023.0) == pytest.approx((11.0, math.sqrt(5.0)))


def test_changes_over_several_years_count_by_their_years() -> None:
    """A change of 6 over 4 years has a variance of 9 a year."""
    past = Past(np.array([2017.0, 2021.0]), np.array([4.0, 10.0]))
    assert last_value(past, 2022.0) == pytest.approx((10.0, 3.0))


def test_the_drift_goes_on_from_first_to_last() -> None:
    """Half a unit a year; squares (1.5 and -1.5) over one degree of freedom, 4.5, times 2 (1 + 2 / 2)."""
    assert drift(THREE, 2023.0) == pytest.approx((12.0, math.sqrt(4.5 * 2.0 * 2.0)))


def test_a_drift_of_two_points_is_a_point_forecast() -> None:
    """A line through two points leaves nothing to tell a spread from."""
    assert drift(Past(THREE.times[:2], THREE.values[:2]), 2021.0) == (14.0, 0.0)


def test_the_historical_mean_has_the_spread_of_its_past() -> None:
    """Mean 11, variance 1 times 1 + 1/3, at any distance."""
    assert historical_mean(THREE, 2030.0) == pytest.approx((11.0, math.sqrt(4.0 / 3.0)))


def test_an_autoregression_is_fitted_and_iterated() -> None:
    """A past that halves its distance to 10 exactly is continued so, without spread."""
    values = np.array([74.0, 42.0, 26.0, 18.0, 14.0, 12.0, 11.0, 10.5])
    past = Past(np.linspace(2014.0, 2021.0, 8), values)
    centre, spread = ar1(past, 2023.0)
    assert centre == pytest.approx(10.0 + 0.5 * 0.25, rel=1e-9)
    assert spread == pytest.approx(0.0, abs=1e-6)


def test_the_spread_of_an_autoregression_grows_as_its_slope_says() -> None:
    """Two years ahead the variance is that of one year times 1 + b2."""
    values = np.array([1.0, 3.0, 2.0, 4.0, 3.0, 2.5, 4.5, 3.5, 3.0])
    past = Past(np.linspace(2013.0, 2021.0, 9), values)
    slope = float(np.polyfit(values[:-1], values[1:], 1)[0])
    one, two = ar1(past, 2022.0)[1], ar1(past, 2023.0)[1]
    assert two == pytest.approx(one * math.sqrt(1.0 + slope**2))
    left = values[1:] - np.polyval(np.polyfit(values[:-1], values[1:], 1), values[:-1])
    assert one == pytest.approx(math.sqrt(float(left @ left) / 6))


def test_the_past_of_the_talents_is_what_was_published() -> None:
    """323 300 at the end of 2016 and 448 000 at the end of 2020."""
    past = past_of("talent_total", "residents", "level")
    assert past.times.tolist() == [2017.0, 2021.0]
    assert past.values.tolist() == [323_300.0, 448_000.0]


def test_no_past_means_no_naive_forecast() -> None:
    """R&D over GDP of the district was never published: every method says that it is impossible."""
    found = naive.naive_forecasts(observation("rd_intensity", "first_published", "2022"))
    assert all(row.forecast is None and "no published past" in row.note for row in found)


def test_too_short_a_past_is_told_method_by_method() -> None:
    """Two points: a walk with spread, a drift without, a mean, and AR(1) refused with the numbers."""
    found = {row.method: row for row in naive.naive_forecasts(observation("talent_total", "residents", "2022"))}
    walk, line, refused = found["last_value"], found["drift"], found["ar1"]
    assert walk.forecast is not None
    assert walk.forecast.spread == pytest.approx(124_700 / 2 * math.sqrt(2.0))
    assert line.forecast is not None
    assert line.forecast.values.tolist() == pytest.approx([448_000 + 124_700 / 2])
    assert (line.forecast.spread, line.note) == (0.0, "too few past points for a spread: a point forecast")
    assert refused.forecast is None
    assert refused.note == "refused: AR(1) needs 8 past points, there are 2"


def test_an_observation_is_not_part_of_its_own_past() -> None:
    """The residents of 2021 are forecast from the census of 2020 alone."""
    found = naive.naive_forecasts(observation("residents", "", "2021"))
    assert {row.points for row in found} == {1}


def test_eight_points_with_a_gap_are_refused(monkeypatch: pytest.MonkeyPatch) -> None:
    """AR(1) wants every year."""
    times = np.array([2010.0, 2012, 2013, 2014, 2015, 2016, 2017, 2018, 2019])
    monkeypatch.setattr(naive, "past_of", lambda *_: Past(times, times - 2000.0))
    refused = naive.naive_forecasts(observation("residents", "", "2022"))[3]
    assert refused.note == "refused: AR(1) needs a value of every year, and years are missing"


def test_eight_points_are_enough(monkeypatch: pytest.MonkeyPatch) -> None:
    """Eight consecutive years give an AR(1) forecast."""
    values = np.array([1.0, 3.0, 2.0, 4.0, 3.0, 2.5, 4.5, 3.5])
    monkeypatch.setattr(naive, "past_of", lambda *_: Past(np.linspace(2014.0, 2021.0, 8), values))
    given = naive.naive_forecasts(observation("residents", "", "2022"))[3]
    assert given.forecast is not None
    assert given.forecast.spread > 0


def test_part_of_a_flow_has_no_yearly_past() -> None:
    """The level of half a year is not forecast from yearly values."""
    found = naive.naive_forecasts(observation("hightech_value_added", "", "2022H1"))
    assert all(row.forecast is None and "by year" in row.note for row in found)
