"""To 2035 nothing goes below zero or above the whole, and no rate leaves what regions have shown."""

import csv
from collections import defaultdict
from functools import lru_cache
from itertools import pairwise

import numpy as np
import pytest

from calibration.members import MemberSource
from calibration.tables import DATA_DIR
from model.indicators.declare import REGISTRY
from model.results import RunResult
from model.simulate import simulate
from scenarios.scenario import load

QUARTERS = 60
MEMBERS = 8
SCENARIOS = ("baseline", "strong")
each_scenario = pytest.mark.parametrize("scenario", SCENARIOS)


@lru_cache(maxsize=MEMBERS * len(SCENARIOS))
def run(index: int, scenario: str) -> RunResult:
    """Run one member to the end of 2035, with the accounts of every agent checked."""
    member = MemberSource(scale=1000, seed=7, n_quarters=QUARTERS)(index)
    return simulate(member, load([scenario], QUARTERS)[0], QUARTERS, check_agents=True)


def yearly(result: RunResult, indicator: str, definition: str = "") -> np.ndarray:
    """(16,) values at the ends of 2020 to 2035."""
    return result.values[::4, result.columns.index((indicator, definition))]


def ensemble(scenario: str, indicator: str, definition: str = "") -> np.ndarray:
    """(n_members, 16) values at the ends of years."""
    return np.array([yearly(run(index, scenario), indicator, definition) for index in range(MEMBERS)])


def five_years(values: np.ndarray) -> np.ndarray:
    """(n_members, 3) mean growth a year over 2020 to 2025, 2025 to 2030 and 2030 to 2035, percent."""
    return np.asarray(100.0 * ((values[:, 5::5] / values[:, :-5:5]) ** 0.2 - 1.0))


@lru_cache(maxsize=8)
def observed(indicator: str, table: str = "observed_outside.csv") -> dict[tuple[str, int], float]:
    """What a table of the data says of an indicator by region and year; nothing later than 2021."""
    with (DATA_DIR / table).open(encoding="utf-8", newline="") as file:
        rows = [row for row in csv.DictReader(file) if row["indicator"] == indicator and row["period"].isdigit()]
    return {(row["region"], int(row["period"])): float(row["value"]) for row in rows}


def yearly_steps(indicator: str) -> list[tuple[float, float]]:
    """Pairs of values of one region in two years that follow each other."""
    series: dict[str, dict[int, float]] = defaultdict(dict)
    for (region, year), value in observed(indicator).items():
        series[region][year] = value
    return [
        (years[first], years[second])
        for years in series.values()
        for first, second in pairwise(sorted(years))
        if second == first + 1
    ]


DIFFERENCES = (("leading_talent", "net_since_2020"), ("lever_productivity", ""))
"""Indicators that are changes, which may go either way."""


@each_scenario
def test_no_stock_is_negative_and_no_share_above_the_whole(scenario: str) -> None:
    """In 60 quarters every indicator, flow and cost is zero or above, every percentage and ration at most the whole."""
    shares = [at for at, (info, _) in enumerate(REGISTRY) if info.unit.startswith("percent")]
    for index in range(MEMBERS):
        result = run(index, scenario)
        assert np.isfinite(result.values).all()
        lowest, highest = np.min(result.values, axis=0), np.max(result.values[:, shares])
        below = [result.columns[at] for at in np.flatnonzero(lowest < -1e-9)]
        assert [column for column in below if column not in DIFFERENCES] == []
        assert highest <= 100.0
        assert min(flows.min() for flows in result.flows.values()) >= 0.0
        assert result.costs.min() >= 0.0
        assert 0.0 <= result.ration.min() <= result.ration.max() <= 1.0


@each_scenario
def test_gdp_grows_at_rates_that_cities_have_shown(scenario: str) -> None:
    """Over each five years GDP grows at rates between the slowest and the fastest year of a city in the data."""
    shown = list(observed("gdp_growth").values())
    growth = five_years(ensemble(scenario, "gdp"))
    assert min(shown) < growth.min()
    assert growth.max() < max(shown)


def test_gdp_grows_less_in_the_thirties_than_to_2025() -> None:
    """Over members GDP grows by at least half a point a year less in 2030 to 2035 than in 2020 to 2025."""
    growth = five_years(ensemble("baseline", "gdp")).mean(axis=0)
    assert growth[2] < growth[0] - 0.5


@each_scenario
def test_talents_grow_no_faster_than_the_district_s_did(scenario: str) -> None:
    """Over each five years talents grow by less than the district's 8.5 % a year of 2016 to 2020, and hardly fall."""
    counted = observed("talent_total", "observed_focal.csv")
    district = "宁波市鄞州区"
    fastest = 100.0 * ((counted[district, 2020] / counted[district, 2016]) ** 0.25 - 1.0)
    growth = five_years(ensemble(scenario, "talent_total", "residents"))
    assert growth.max() < fastest
    # No place in the data lost talents over years; a point a year is what the width of drawn flows allows.
    assert growth.min() > -1.0


@each_scenario
def test_research_intensity_moves_as_cities_have_shown(scenario: str) -> None:
    """In no year does R&D over GDP rise or fall by more of itself than in a city's year in the data."""
    shown = [after / before - 1.0 for before, after in yearly_steps("rd_intensity")]
    values = ensemble(scenario, "rd_intensity", "first_published")
    moves = values[:, 1:] / values[:, :-1] - 1.0
    assert min(shown) < moves.min()
    assert moves.max() < max(shown)


@each_scenario
def test_research_intensity_does_not_pass_what_places_have_shown(scenario: str) -> None:
    """No member passes the district's own high-tech zone; without new policy the median passes no city of the data."""
    values = ensemble(scenario, "rd_intensity", "first_published")
    assert values.max() < max(observed("rd_gdp_ratio", "observed_focal.csv").values())
    if scenario == "baseline":
        highest_city = max(*observed("rd_intensity").values(), *observed("rd_intensity_derived").values())
        assert np.median(values, axis=0).max() < highest_city


@each_scenario
def test_the_high_tech_share_moves_as_cities_have_shown(scenario: str) -> None:
    """In no year does the high-tech share move by more points than in a city's year in the data."""
    shown = max(abs(after - before) for before, after in yearly_steps("hightech_industry_share"))
    values = ensemble(scenario, "hightech_share", "own_level")
    assert np.abs(np.diff(values, axis=1)).max() < shown
