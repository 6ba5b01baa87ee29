"""The outside world: yearly sums grow as drawn, law and openings come on their dates."""

from __future__ import annotations

import math
from functools import partial

import numpy as np
import pytest

from calibration.base_2020 import build_base, draw_uncertain
from calibration.outside import OutsideDraws, outside_worlds
from calibration.tables import Tables
from model.base import FloatArray, OutsideWorld
from model.strata import independent

HOURS = np.full((5, 5), 3.0)


def worlds(
    tables: Tables, member: int = 0, n_quarters: int = 40, hours: FloatArray = HOURS, *, central: bool = False
) -> dict[str, OutsideWorld]:
    """Both versions of one member."""
    draws = OutsideDraws(tables, partial(independent, 7, member), central=central)
    return outside_worlds(draws, n_quarters, hours)


def yearly_growth(world: OutsideWorld, city: int = 0) -> FloatArray:
    """Growth of sums of four quarters, the first that of 2021 over 2020."""
    logs = np.concatenate([np.full(3, world.gdp_growth_2020), world.gdp_growth[city, 1:]])
    levels = np.exp(np.concatenate([[0.0], np.cumsum(logs)]))
    sums = levels.reshape(-1, 4).sum(axis=1)
    growth: FloatArray = sums[1:] / sums[:-1] - 1.0
    return growth


def test_yearly_sums_grow_as_the_central_view_says(tables: Tables) -> None:
    """At the centre real GDP grows by 8 % in 2021 and 5.5 % in each later year to 2025, as sums of quarters."""
    growth = yearly_growth(worlds(tables, central=True)["known_2021"])
    assert growth[0] == pytest.approx(0.08, rel=1e-9)
    assert growth[1:5] == pytest.approx(0.055, rel=1e-6)


def test_growth_slows_down_after_2025(tables: Tables) -> None:
    """Each year from 2026 loses 0.2 points more at the centre, some 1.8 of 5.5 % by 2035, and wages lose as much."""
    world = worlds(tables, n_quarters=60, central=True)["known_2021"]
    growth = yearly_growth(world)
    assert np.diff(growth[5:]) == pytest.approx(-0.0021, abs=0.0002)
    assert growth[14] == pytest.approx(0.055 - 0.002 * 9.6, abs=0.001)
    assert world.wage_growth[0, 57:61].sum() == pytest.approx(math.log(1.045) - 0.002 * 9.625, rel=1e-9)


def test_the_slowdown_leaves_the_years_to_2025_as_they_were(tables: Tables, monkeypatch: pytest.MonkeyPatch) -> None:
    """Without slowdown the quarters to 2025 Q4 are the same to the last bit, and the later ones are higher."""
    slow = worlds(tables, 2, 60)["known_2021"]
    monkeypatch.setattr("calibration.outside.slowdown", lambda _points, n: np.zeros(n + 1))
    steady = worlds(tables, 2, 60)["known_2021"]
    assert np.array_equal(slow.gdp_growth[:, :21], steady.gdp_growth[:, :21])
    assert np.array_equal(slow.wage_growth[:, :21], steady.wage_growth[:, :21])
    assert (slow.gdp_growth[:, 21:] < steady.gdp_growth[:, 21:]).all()


def test_growth_is_common_to_the_delta_in_the_known_world(tables: Tables) -> None:
    """Cities share one path, so that the outside world moves nobody between them; draws differ between members."""
    one, other = worlds(tables, 1)["known_2021"], worlds(tables, 2)["known_2021"]
    assert (one.gdp_growth == one.gdp_growth[0]).all()
    assert one.gdp_growth[0, 1] != other.gdp_growth[0, 1]


def test_the_spread_of_growth_is_the_declared_one(tables: Tables) -> None:
    """Over members growth spreads by 1 point in 2021 and 2 points later, with a persistence near 0.3."""
    draws = np.array([yearly_growth(worlds(tables, member)["known_2021"]) for member in range(150)])
    assert draws[:, 0].std() == pytest.approx(0.01, rel=0.2)
    assert draws[:, 3:].std() == pytest.approx(0.02, rel=0.15)
    deviation = draws[:, 3:] - draws[:, 3:].mean()
    lagged = (deviation[:, 1:] * deviation[:, :-1]).mean() / deviation.var()
    assert lagged == pytest.approx(0.3, abs=0.12)


def test_measured_growth_of_other_places_replaces_the_draw(tables: Tables) -> None:
    """As it happened Hangzhou grew 8.5, 5.6 and 4.7 % in 2021, 2023 and 2024; 2022 stays drawn."""
    drawn = worlds(tables, 3)
    happened, known = yearly_growth(drawn["as_happened"], 2), yearly_growth(drawn["known_2021"], 2)
    assert happened[[0, 2, 3]] == pytest.approx([0.085, 0.056, 0.047], rel=1e-6)
    assert happened[1] == pytest.approx(known[1], rel=1e-6)
    assert known[0] != pytest.approx(0.085, rel=1e-3)


@pytest.mark.parametrize("n_quarters", [0, 5, 20])
def test_a_longer_horizon_changes_no_earlier_quarter(tables: Tables, n_quarters: int) -> None:
    """The first quarters of a run to 2030 are those of a shorter run."""
    short, long = worlds(tables, 4, n_quarters)["as_happened"], worlds(tables, 4, 40)["as_happened"]
    for name in ("gdp_growth", "wage_growth", "rent_growth", "super_deduction"):
        assert np.array_equal(getattr(short, name), getattr(long, name)[:, : n_quarters + 1])
    assert np.array_equal(short.travel_hours, long.travel_hours[:, : n_quarters + 1])
    assert short.gdp_growth_2020 == long.gdp_growth_2020


def test_a_horizon_beyond_the_draws_is_refused(tables: Tables) -> None:
    """More than 15 years cannot be asked for."""
    with pytest.raises(ValueError, match="between 0 and 60"):
        worlds(tables, 0, 61)


def test_wages_and_rents_grow_by_year(tables: Tables) -> None:
    """At the centre real wages grow 6 % in 2021, then 4.5 %; rents of other cities gain a point a year."""
    world = worlds(tables, central=True)["known_2021"]
    assert world.wage_growth[:, 0] == pytest.approx(0.0)
    assert world.wage_growth[0, 1:5].sum() == pytest.approx(math.log(1.06))
    assert world.wage_growth[0, 5:9].sum() == pytest.approx(math.log(1.045))
    assert world.rent_growth[1, 1:5].sum() == pytest.approx(math.log(1.01))
    assert world.rent_growth[0, 1:] == pytest.approx(0.0)


def test_the_law_of_the_end_of_2021(tables: Tables) -> None:
    """Industry deducts 75 % in 2020, then 100 %; services 75 %, and 100 % from 2022 Q4 as it happened."""
    drawn = worlds(tables)
    assert drawn["known_2021"].super_deduction[0].tolist() == [0.75] + [1.0] * 40
    assert (drawn["known_2021"].super_deduction[1] == 0.75).all()
    assert drawn["as_happened"].super_deduction[1].tolist() == [0.75] * 8 + [1.0] * 33


def test_the_three_schedules_of_the_shanghai_link(tables: Tables) -> None:
    """Shanghai to Ningbo falls to an hour never, at 2027 Q4, and at 2025 Q1; no other pair of cities changes."""
    base = build_base(tables, draw_uncertain(tables, 0, 0, central=True), 1000)
    hours = worlds(tables, hours=base.travel_hours, central=True)["known_2021"].travel_hours
    assert hours.shape == (3, 41, 5, 5)
    for schedule, opens in ((0, 41), (1, 28), (2, 17)):
        assert (hours[schedule, :opens] == base.travel_hours).all()
        assert (hours[schedule, opens:, [0, 1], [1, 0]] == 1.0).all()
        assert (hours[schedule, opens:, [3, 1], [1, 3]] == 1.25).all()
    assert (hours[:, :, 2] == base.travel_hours[2]).all()


def test_hours_after_an_opening_are_drawn_and_never_longer_than_before(tables: Tables) -> None:
    """Members differ in the hours after the opening, 0.9 to 1.3; a link slower than today's changes nothing."""
    fast = [worlds(tables, member)["known_2021"].travel_hours[1, 40, 0, 1] for member in range(20)]
    assert len(set(fast)) == 20
    assert all(0.9 <= hours <= 1.3 for hours in fast)
    slow = worlds(tables, hours=np.full((5, 5), 0.5))["known_2021"].travel_hours
    assert (slow == 0.5).all()
