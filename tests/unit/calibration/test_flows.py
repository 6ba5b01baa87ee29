"""Base flows: numbers by hand, cities that grow as drawn, and a plausible net change of the district."""

from __future__ import annotations

import numpy as np
import pytest

from calibration.base_2020 import build_base, draw_uncertain
from calibration.flows import net_change, talent_flows
from calibration.tables import Tables
from model.base import Base
from model.errors import CalibrationError


@pytest.fixture(scope="module")
def central(tables: Tables) -> Base:
    """The base at central values."""
    return build_base(tables, draw_uncertain(tables, 0, 0, central=True), 1000)


def test_graduates_by_hand(central: Base) -> None:
    """45 000 x 0.68 take jobs, 42 % of them in Ningbo, of whom 17.3 % in the district; 6 % come from Hangzhou."""
    assert central.graduates[0, 0] == pytest.approx(45_000 * 0.68 * 0.42 * 0.173)
    assert central.graduates[0, 0] + central.graduates[0, 3] == pytest.approx(45_000 * 0.68 * 0.42)
    assert central.graduates[2, 0] + central.graduates[2, 3] == pytest.approx(130_000 * 0.66 * 0.06)
    assert central.graduates.sum(axis=1) == pytest.approx([45_000 * 0.68, 150_000 * 0.66, 130_000 * 0.66])


def test_moves_by_hand(tables: Tables, central: Base) -> None:
    """1.2 % of 448 000 leave across the city's border, a mobility share of them for Shanghai; the diagonal is zero."""
    share = tables.move_shares["ningbo", "shanghai"]
    assert central.talent_moves[0, 1] == pytest.approx(448_000 * 0.012 * share)
    crossing = central.talent_moves[0].sum() - central.talent_moves[0, 3]
    assert crossing == pytest.approx(448_000 * 0.012)
    back = central.talent_moves[1, 0] / (central.talent_moves[1, 0] + central.talent_moves[1, 3])
    assert back == pytest.approx(0.173)
    assert np.diagonal(central.talent_moves).sum() == 0.0


@pytest.mark.parametrize("member", range(4))
def test_other_cities_grow_as_drawn(tables: Tables, member: int) -> None:
    """Arrivals, graduates, qualification and moves, less departures and retirement, are the drawn growth."""
    drawn = draw_uncertain(tables, 31, member)
    base = build_base(tables, drawn, 1000)
    stock = np.bincount(base.talents.city, base.talents.weight)
    gains = base.arrivals_elsewhere.sum(axis=1) + base.qualified.sum(axis=1) + base.graduates[:, :3].sum(axis=0)
    net = (
        gains
        + base.talent_moves[:, :3].sum(axis=0)
        - base.talent_moves.sum(axis=1)
        - drawn["talent_retirement"] * stock
    )
    for city, name in ((1, "shanghai"), (2, "hangzhou")):
        assert net[city] / stock[city] == pytest.approx(drawn[f"{name}.talent_growth"], rel=1e-9)
    assert net[0] == pytest.approx(net_change(tables, drawn), rel=1e-9)


def test_the_net_change_of_the_district_is_plausible(tables: Tables) -> None:
    """Most draws gain 6 000 to 32 000 talents in the base year, with a centre near 17 000; all flows are positive."""
    changes = np.array([net_change(tables, draw_uncertain(tables, 41, member)) for member in range(120)])
    assert ((changes > 6_000) & (changes < 32_000)).mean() > 0.95
    assert np.median(changes) == pytest.approx(17_000, abs=2_000)


def test_impossible_shares_are_refused_for_every_city_at_once(tables: Tables) -> None:
    """Graduate shares above one in two cities are two lines."""
    drawn = draw_uncertain(tables, 0, 0, central=True)
    drawn |= {"graduate_share:shanghai>shanghai": 1.1, "graduate_share:hangzhou>hangzhou": 1.1}
    with pytest.raises(CalibrationError) as caught:
        talent_flows(tables, drawn, np.array([448_000.0, 5.5e6, 2.8e6]))
    assert [line.split(":")[0] for line in caught.value.lines()] == ["base 2020, shanghai", "base 2020, hangzhou"]


def test_money_prices_and_times_by_hand(central: Base) -> None:
    """Venture money by firm city adds up to the drawn amounts; wages keep the posted gap; travel is symmetric."""
    assert central.fund_investment.sum(axis=0) == pytest.approx([0.8e9, 65e9, 22e9])
    assert central.fund_capital == pytest.approx(3.0 * central.fund_investment.sum(axis=1))
    assert central.wage[1, 3] / central.wage[0, 3] == pytest.approx(1.28)
    assert central.rent[0] == pytest.approx(36.23 * 1.1)
    assert np.array_equal(central.travel_hours, central.travel_hours.T)
    assert central.travel_hours[0, 1] == 1.75
    off_diagonal = central.travel_hours + np.eye(5)
    assert (off_diagonal > 0).all()
