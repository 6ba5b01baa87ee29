"""Venture funds: capital, who is screened, deals, distance and what money brings."""

import math
from dataclasses import replace

import numpy as np
import pytest

from model.capital.funds import (
    HoldingTable,
    VentureFund,
    boost_per_quarter,
    deals_struck,
    eligible,
    expected_with_each,
    firms_held,
    guidance_multiple,
    holdings_sold,
    number_of_deals,
    screened,
)
from model.parameters import Parameters
from model.policy import Policy
from model.streams import key, uniform
from tests.unit.model.fakes import owner

P = replace(
    Parameters.central(),
    guidance_fund_realisation=0.5,
    angel_private_leverage=3.0,
    vc_productivity_effect=0.12,
    vc_growth_effect=0.02,
)


def test_a_fund_keeps_its_account() -> None:
    """Uncalled capital is opening capital plus what was raised less what was invested."""
    fund = VentureFund(owner(), 1, 100.0)
    fund.raise_capital(40.0)
    fund.invest(90.0)
    assert (fund.city, fund.uncalled, fund.raised, fund.invested) == (1, 50.0, 40.0, 90.0)


def test_a_fund_holds_living_firms_that_it_has_not_sold() -> None:
    """A firm counts once however many rounds it had; sold holdings and closed firms do not count."""
    firm, amount = np.array([4, 4, 2, 1, 3, 0]), np.array([1.0, 2.0, 0.0, 5.0, 5.0, 1.0])
    fund, ids = np.array([0, 0, 0, 0, 1, 0]), np.arange(6)
    holdings = HoldingTable(holding_id=ids, fund=fund, firm=firm, amount=amount)
    alive, city = np.array([True, False, True, True, True]), np.array([1, 0, 0, 2, 1], np.int8)
    held, number = firms_held(holdings, alive, city, 3)
    assert [rows.tolist() for rows in held] == [[0, 4], [3], []]
    assert number.tolist() == [[0, 2, 0], [0, 0, 1], [0, 0, 0]]


def test_a_fund_cannot_invest_more_than_it_has() -> None:
    """A call beyond what is left is refused and leaves the account as it was; the last yuan may be called."""
    fund = VentureFund(owner(), 1, 100.0)
    with pytest.raises(ValueError, match="fund of city 1 calls 101 of 100 yuan"):
        fund.invest(101.0)
    assert (fund.uncalled, fund.invested) == (100.0, 0.0)
    fund.invest(100.0)
    assert fund.uncalled == 0.0


def test_funds_screen_young_technology_firms() -> None:
    """Alive, a technology SME, below scale and younger than seven years: all four are needed."""
    alive, tech, above = (np.ones(5, bool), np.ones(5, bool), np.zeros(5, bool))
    alive[1], tech[2], above[3] = False, False, True
    age = np.array([27, 0, 0, 0, 28])
    assert eligible(tech, above, age, alive).tolist() == [True, False, False, False, False]


def test_guidance_multiple_by_hand() -> None:
    """Ten million more, half of it raised and three private yuan for each, add 20 to the 40 m of 2020."""
    assert guidance_multiple(Policy(angel_investment=25e6), 40e6, P) == pytest.approx(1.5, rel=1e-12)


@pytest.mark.parametrize(
    ("policy", "base_investment", "multiple"),
    [
        (Policy.neutral(), 40e6, 1.0),
        (Policy(angel_investment=0.0), 20e6, 0.0),
        (Policy(angel_investment=25e6), 0.0, 1.0),
    ],
)
def test_guidance_multiple_at_its_ends(policy: Policy, base_investment: float, multiple: float) -> None:
    """The policy of 2020 changes nothing, investment never turns negative, and none to start from stays as it is."""
    assert guidance_multiple(policy, base_investment, P) == multiple


def test_firms_screened_by_hand() -> None:
    """Of four agents three are looked at: one firm of the first city and five of the second, with deals by city."""
    city = np.array([0, 1, 1, -1], np.int8)
    rows, firms = screened(np.array([True, True, True, False]), city, np.array([1, 3, 2, 0], np.int32), 3)
    assert (rows.tolist(), firms.tolist()) == ([0, 1, 2], [1.0, 5.0, 0.0])
    assert expected_with_each(rows[1:], city, np.array([0.5, 0.25, 1.0])).tolist() == [0.0, 0.25, 0.25, 0.0]


def test_deals_by_hand() -> None:
    """Four deals expected over weights 1, 1 and 2 are 1, 1 and 2 whatever luck; a fraction is decided by it."""
    for expected, luck, deals in (
        ((1.0, 1.0, 2.0), (0.01, 0.5, 0.99), [1, 1, 2]),
        ((0.25, 0.25, 0.5), (0.8, 0.7, 0.4), [1, 0, 0]),
    ):
        assert [number_of_deals(each, u) for each, u in zip(expected, luck, strict=True)] == deals


def test_deals_are_struck_with_some_of_the_firms_looked_at() -> None:
    """Each agent has the deals that its city, its weight and its own luck give; those without any are left out."""
    ids = np.arange(50, dtype=np.uint64)
    city, weight = (np.arange(50) % 2).astype(np.int8), np.arange(1, 51, dtype=np.int32)
    rows, each, stream = np.arange(5, 45), np.array([0.0, 0.02]), key(1, "deals")
    expected = np.floor(each[city] * weight + uniform(stream, ids))[rows].astype(int)
    struck, deals = deals_struck(rows, city, weight, ids, stream, each)
    assert struck.tolist() == rows[expected > 0].tolist()
    assert deals.tolist() == expected[expected > 0].tolist()
    assert 5 < len(struck) < 20


def test_deals_are_those_expected_and_more_expected_never_means_fewer() -> None:
    """Over 20 000 agents the sum of deals is what was expected, to four standard errors, and no agent loses by more."""
    ids, city, one = np.arange(20_000, dtype=np.uint64), np.zeros(20_000, np.int8), np.ones(20_000, np.int32)
    few, many = np.zeros(20_000), np.zeros(20_000)
    for each, deals in ((0.2, few), (1.25, many)):
        rows, number = deals_struck(np.arange(20_000), city, one, ids, key(1, "deals"), np.array([each]))
        deals[rows] = number
    assert abs(few.sum() - 4000.0) < 4 * math.sqrt(20_000 * 0.2 * 0.8)
    assert abs(many.sum() - 25_000.0) < 4 * math.sqrt(20_000 * 0.25 * 0.75)
    assert (many >= few).all()


def test_open_holdings_are_sold_by_luck() -> None:
    """Holdings of nothing are never sold, others when their luck falls below the chance."""
    ids, stream = np.arange(400, dtype=np.uint64), key(1, "exit")
    amount = np.where(np.arange(400) % 3 == 0, 0.0, 5.0)
    expected = np.flatnonzero((amount > 0.0) & (uniform(stream, ids) < 0.1))
    assert holdings_sold(amount, ids, stream, 0.1).tolist() == expected.tolist()
    assert 10 < len(expected) < 50


def test_a_boost_adds_up_over_three_years() -> None:
    """Twelve quarters bring the productivity effect once and the sales effect for three years."""
    assert 12 * boost_per_quarter(P) == pytest.approx(0.12 + 3 * 0.02, rel=1e-12)
