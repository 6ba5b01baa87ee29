"""Rounds of venture money: who is screened and held, deals, what is paid and what is sold."""

import math

import numpy as np

from model.capital.rounds import (
    deals_of_cities,
    deals_struck,
    deals_with_each,
    eligible,
    expected_with_each,
    firms_held,
    holdings_sold,
    number_of_deals,
    pay_rounds,
    rounds_struck,
    screened,
    sell_holdings,
    strike_rounds,
)
from model.streams import child_ids, key, uniform


def test_a_fund_holds_living_firms_that_it_has_not_sold() -> None:
    """A firm counts once however many rounds it had; sold holdings and closed firms do not count."""
    firm, amount = np.array([4, 4, 2, 1, 3, 0]), np.array([1.0, 2.0, 0.0, 5.0, 5.0, 1.0])
    fund = np.array([0, 0, 0, 0, 1, 0], np.int8)
    alive, city = np.array([True, False, True, True, True]), np.array([1, 0, 0, 2, 1], np.int8)
    rows, ends, number = firms_held(fund, firm, amount, alive, city, 3)
    assert (rows.tolist(), ends.tolist()) == ([0, 4, 3], [2, 3, 3])
    assert number.tolist() == [[0, 2, 0], [0, 0, 1], [0, 0, 0]]


def test_funds_screen_young_technology_firms() -> None:
    """Alive, a technology SME, below scale and younger than seven years: all four are needed."""
    alive, tech, above = (np.ones(5, bool), np.ones(5, bool), np.zeros(5, bool))
    alive[1], tech[2], above[3] = False, False, True
    born = np.array([-7, 20, 20, 20, -8], np.int16)
    assert eligible(tech, above, born, alive, 20).tolist() == [True, False, False, False, False]


def test_firms_screened_by_hand() -> None:
    """Of four agents three are looked at: one firm of the first city and five of the second, with deals by city."""
    city = np.array([0, 1, 1, -1], np.int8)
    rows, firms = screened(np.array([True, True, True, False]), city, np.array([1, 3, 2, 0], np.int32), 3)
    assert (rows.tolist(), firms.tolist()) == ([0, 1, 2], [1.0, 5.0, 0.0])
    each = np.array([[0.5, 0.125, 1.0], [0.0, 0.125, 0.0], [0.0, 0.0, 0.0]])
    assert expected_with_each(rows[1:], city, each).tolist() == [0.0, 0.25, 0.25, 0.0]


def test_deals_by_hand() -> None:
    """Four deals expected over weights 1, 1 and 2 are 1, 1 and 2 whatever luck; a fraction is decided by it."""
    for expected, luck, deals in (
        ((1.0, 1.0, 2.0), (0.01, 0.5, 0.99), [1, 1, 2]),
        ((0.25, 0.25, 0.5), (0.8, 0.7, 0.4), [1, 0, 0]),
    ):
        assert [number_of_deals(each, u) for each, u in zip(expected, luck, strict=True)] == deals


def test_deals_of_cities_by_hand() -> None:
    """24 m a year at 3 m a deal are two a quarter, one by the plan's journeys; early ones and policy make it three."""
    one = np.ones((1, 1))
    expected, change = deals_of_cities(24e6 * one, 0.5 * one, 2.0 * one, 0.75 * one, 3e6)
    assert (expected.item(), change.item()) == (1.0, 3.0)


def test_a_share_of_the_money_goes_to_firms_held_where_there_are_any() -> None:
    """Eight deals among four firms, half as many again by policy: without a firm held all are first rounds.

    With two firms held a quarter of the money is theirs; where nobody is screened there are later rounds alone, and
    where nobody is held either there is no deal.
    """
    expected, change = np.full((2, 2), 8.0), np.full((2, 2), 1.5)
    firms, held = np.array([4.0, 0.0]), np.array([[0, 2], [2, 0]])
    usual, first, later = deals_with_each(expected, change, firms, held, 0.25)
    assert usual.tolist() == [[2.0, 0.0], [2.0, 0.0]]
    assert first.tolist() == [[3.0, 0.0], [2.25, 0.0]]
    assert later.tolist() == [[0.0, 1.5], [1.5, 0.0]]


def test_deals_are_struck_with_some_of_the_firms_looked_at() -> None:
    """Each agent has the deals that its city, its weight and its own luck give; those without any are left out."""
    ids = np.arange(50, dtype=np.uint64)
    city, weight = (np.arange(50) % 2).astype(np.int8), np.arange(1, 51, dtype=np.int32)
    rows, each, stream = np.arange(5, 45), np.array([0.0, 0.02]), key(1, "deals")
    expected = np.floor(each[city] * weight + uniform(stream, ids))[rows].astype(int)
    struck, deals = deals_struck(stream, ids[rows], city[rows], weight[rows], each)
    assert struck.tolist() == np.flatnonzero(expected > 0).tolist()
    assert deals.tolist() == expected[expected > 0].tolist()
    assert 5 < len(struck) < 20


def test_deals_are_those_expected_and_more_expected_never_means_fewer() -> None:
    """Over 20 000 agents the sum of deals is what was expected, to four standard errors, and no agent loses by more."""
    ids, city, one = np.arange(20_000, dtype=np.uint64), np.zeros(20_000, np.int8), np.ones(20_000, np.int32)
    few, many = np.zeros(20_000), np.zeros(20_000)
    for each, deals in ((0.2, few), (1.25, many)):
        rows, number = deals_struck(key(1, "deals"), ids, city, one, np.array([each]))
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


def test_first_rounds_go_to_young_firms_and_later_ones_to_firms_held() -> None:
    """Fund after fund: with two deals expected of each firm of its city, agents of many count only in first rounds."""
    city, weight = np.array([0, 1, 1], np.int8), np.array([1, 5, 1], np.int32)
    agents = np.arange(3, dtype=np.uint64), city, weight
    first, later, keys = (
        np.array([[0.0, 0.0], [1.0, 2.0]]),
        np.array([[2.0, 2.0], [0.0, 0.0]]),
        np.full((2, 2), key(1, "x")),
    )
    struck = rounds_struck(keys, np.array([0, 1]), np.array([1, 2, 0]), np.array([2, 3]), first, later, agents)
    assert struck.T.tolist() == [[0, 1, 1, 2], [0, 1, 2, 2], [1, 0, 0, 1], [1, 0, 1, 10]]


def test_funds_strike_deals_with_whom_they_screen_and_hold() -> None:
    """Of 160 yuan a year at 5 a deal eight make a quarter: planned links double, policy and early ones halve it.

    Two firms share three quarters of the eight, and one is held, which gets two more.
    """
    agents = np.arange(2, dtype=np.uint64), np.zeros(2, np.int8), np.ones(2, np.int32)
    status = np.ones(2, bool), np.zeros(2, bool), np.array([0, 0], np.int16), np.ones(2, bool)
    holdings = np.zeros(1, np.int8), np.ones(1, np.int32), np.ones(1)
    keys, pace = np.full((1, 2), key(1, "x")), tuple(np.array([[one]]) for one in (160.0, 2.0, 0.25, 4.0))
    struck, wanted, each = strike_rounds(8, keys, pace, (0.25, 5.0), agents, status, holdings)
    assert struck.T.tolist() == [[0, 0, 0, 3], [0, 0, 1, 3], [0, 1, 1, 2]]
    assert (wanted.tolist(), each.tolist()) == ([40.0], [8.0, 8.0])


def test_what_a_fund_pays_is_what_a_firm_receives() -> None:
    """Half the money for three deals of 10 is there; a single firm grows on it, an agent of many does not."""
    struck = np.array([[0, 1], [0, 1], [1, 0], [1, 2]])
    agents = np.array([7, 8], np.uint64), np.array([1, 0], np.int8), np.array([1, 2], np.int32)
    cash, boost, posted = np.array([1.0, 2.0]), np.zeros(2, np.int16), (np.zeros(2), np.zeros(2), np.zeros((3, 3)))
    ids, amount = pay_rounds(struck, np.array([1.0, 0.5]), 10.0, key(1, "holding"), agents, (cash, boost), posted)
    assert (amount.tolist(), cash.tolist(), boost.tolist()) == ([10.0, 10.0], [11.0, 12.0], [12, 0])
    assert [matrix.tolist() for matrix in posted] == [
        [10.0, 10.0],
        [10.0, 10.0],
        [[10.0, 0.0, 0.0], [0.0, 10.0, 0.0], [0.0] * 3],
    ]
    assert ids.tolist() == child_ids(key(1, "holding"), agents[0][::-1].copy(), np.array([0, 3])).tolist()


def test_what_funds_sell_goes_to_investors_elsewhere() -> None:
    """At a chance of one all holdings are sold at twice their cost, which comes from elsewhere and goes there."""
    amount, posted = np.array([3.0, 0.0, 4.0]), (np.zeros(2), np.zeros(2), np.zeros((3, 3)))
    holdings = np.array([0, 1, 1], np.int8), amount, np.arange(3, dtype=np.uint64)
    sell_holdings(key(1, "exit"), 1.0, 2.0, holdings, posted, 2)
    assert amount.tolist() == [0.0, 0.0, 0.0]
    assert [matrix.tolist() for matrix in posted] == [
        [6.0, 8.0],
        [6.0, 8.0],
        [[0.0, 0.0, 6.0], [0.0, 0.0, 8.0], [6.0, 8.0, 0.0]],
    ]
