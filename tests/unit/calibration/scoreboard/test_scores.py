"""Scores of forecasts, against closed forms and numbers worked out by hand."""

from __future__ import annotations

import math

import numpy as np
import pytest
from scipy.stats import norm

from calibration.scoreboard.scores import Forecast, brier, log_score


def normal_crps(mean: float, deviation: float, y: float) -> float:
    """Closed form for a normal: Gneiting and Raftery (2007), J. Am. Stat. Assoc. 102."""
    z = (y - mean) / deviation
    return float(deviation * (z * (2 * norm.cdf(z) - 1) + 2 * norm.pdf(z) - 1 / math.sqrt(math.pi)))


@pytest.mark.parametrize("y", [-3.0, 0.0, 1.7, 9.0])
def test_one_normal_has_the_crps_of_the_closed_form(y: float) -> None:
    """A single centre with a spread is a normal, far from its mean too."""
    assert Forecast(np.array([1.0]), 2.0).crps(y) == pytest.approx(normal_crps(1.0, 2.0, y), rel=1e-12)


def test_the_error_of_an_observation_adds_to_the_spread() -> None:
    """A forecast of spread 3 and an observation with error 4 are scored as a normal of spread 5."""
    forecast = Forecast(np.array([1.0]), 3.0).of_published(4.0)
    assert forecast.crps(2.0) == pytest.approx(normal_crps(1.0, 5.0, 2.0), rel=1e-12)


def test_two_members_without_error_are_scored_by_hand() -> None:
    """Members 0 and 2, observation 1: mean distance 1, less half of the mean distance of pairs, 1."""
    assert Forecast(np.array([0.0, 2.0])).crps(1.0) == pytest.approx(0.5)
    assert Forecast(np.array([0.0, 2.0])).crps(5.0) == pytest.approx(4.0 - 0.5)


def test_a_point_forecast_has_its_absolute_error() -> None:
    """One member without spread: the CRPS is the distance."""
    assert Forecast(np.array([3.0])).crps(1.0) == 2.0


def test_a_large_ensemble_of_a_normal_comes_near_its_closed_form() -> None:
    """1 200 equally likely quantiles of a standard normal, more than one block, at an observation of 0.8."""
    members = norm.ppf((np.arange(1200) + 0.5) / 1200)
    assert Forecast(members).crps(0.8) == pytest.approx(normal_crps(0.0, 1.0, 0.8), abs=1e-3)


def test_quantiles_of_a_normal_and_of_an_ensemble() -> None:
    """A spread gives those of the mixture, none gives order statistics."""
    assert Forecast(np.array([10.0]), 2.0).quantiles() == pytest.approx(norm.ppf([0.05, 0.25, 0.5, 0.75, 0.95], 10, 2))
    assert Forecast(np.array([0.0, 1.0, 2.0, 3.0, 4.0])).quantiles() == pytest.approx([0.2, 1.0, 2.0, 3.0, 3.8])


def test_quantiles_of_two_far_normals_lie_in_their_middles() -> None:
    """A quarter of an even mixture of two far normals is the median of the lower one."""
    cuts = Forecast(np.array([0.0, 100.0]), 1.0).quantiles()
    assert (cuts[1], cuts[3]) == pytest.approx((0.0, 100.0), abs=1e-9)


@pytest.mark.parametrize(("relation", "chance"), [(">", 0.5), (">=", 0.75), ("<", 0.25), ("<=", 0.5)])
def test_probability_of_an_inequality_counts_members(relation: str, chance: float) -> None:
    """Of members 1, 2, 3, 4 a bound of 2 holds for those on its side, equality as written."""
    assert Forecast(np.array([1.0, 2.0, 3.0, 4.0])).probability(relation, 2.0) == chance


def test_probability_of_an_inequality_with_an_error() -> None:
    """One standard error above the bound the chance is Phi(1), below it the rest."""
    forecast = Forecast(np.array([3.0]), 0.5)
    assert forecast.probability(">=", 2.5) == pytest.approx(norm.cdf(1.0))
    assert forecast.probability("<", 2.5) == pytest.approx(1 - norm.cdf(1.0))


def test_bands_hold_the_shares_that_they_name() -> None:
    """Of 2 000 published figures, truth and error drawn as forecast, half and nine tenths lie inside, to 2.5 points."""
    draws = np.random.default_rng(5)
    forecast = Forecast(draws.standard_normal(2000)).of_published(0.5)
    published = draws.standard_normal(2000) + 0.5 * draws.standard_normal(2000)
    low, quarter, _, three_quarters, high = forecast.quantiles()
    assert np.mean((published >= low) & (published <= high)) == pytest.approx(0.9, abs=0.025)
    assert np.mean((published >= quarter) & (published <= three_quarters)) == pytest.approx(0.5, abs=0.025)


def test_brier_and_log_score_of_what_happened() -> None:
    """A chance of 0.8 given to the truth: 0.04 and -ln 0.8; what was held impossible costs infinitely much."""
    assert brier(0.8) == pytest.approx(0.04)
    assert log_score(0.8) == pytest.approx(-math.log(0.8))
    assert log_score(0.0) == math.inf
