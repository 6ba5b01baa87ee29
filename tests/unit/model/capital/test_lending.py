"""Technology lending: loans, losses and room."""

import numpy as np
import pytest

from model.capital.lending import (
    TechnologyBank,
    borrowers,
    capacity,
    count_financed,
    end_loans,
    lend,
)
from model.streams import key, uniform
from tests.unit.model.fakes import owner


def test_a_bank_keeps_its_account() -> None:
    """Loans held are what was lent less what was repaid and lost; the pool bears its share of the loss."""
    bank = TechnologyBank(owner(), 2)
    bank.lend(100.0)
    bank.collect(30.0)
    bank.write_off(20.0, 0.4)
    assert (bank.city, bank.loans) == (2, 50.0)
    assert (bank.pool_losses, bank.own_losses) == (8.0, 12.0)


@pytest.mark.parametrize(
    ("index", "pool", "room"), [(1.0, 50.0, 1000.0), (1.1, 50.0, 1100.0), (1.0, 70.0, 1120.0), (0.1, 10.0, 0.0)]
)
def test_capacity_by_hand(index: float, pool: float, room: float) -> None:
    """Loans of 2020 grow with demand, each yuan of pool beyond the 50 of 2020 supports six, and none is negative."""
    assert capacity(1000.0, index, pool, 50.0, 6.0) == pytest.approx(room, rel=1e-12)


def test_loans_end_by_default_or_repayment() -> None:
    """Of those who owe, who defaults does so by one luck, and of the others those repay whom another luck favours."""
    debt, ids = np.where(np.arange(600) % 4 == 0, 0.0, 9.0), np.arange(600, dtype=np.uint64)
    one, other = key(1, "default"), key(1, "end")
    defaulting = (debt > 0.0) & (uniform(one, ids) < 0.1)
    ending = defaulting | ((debt > 0.0) & (uniform(other, ids) < 0.3))
    left, loans = np.where(ending, 0.0, debt), (debt, np.zeros(600, bool), np.ones(600, bool))
    sums = end_loans((one, other), (0.1, 0.3), ids, np.zeros(600, np.int8), loans, 1)
    assert debt.tolist() == left.tolist()
    assert loans[2].tolist() == (~ending).tolist()
    assert sums[:3, 0].tolist() == [9.0 * (ending & ~defaulting).sum(), 9.0 * defaulting.sum(), left.sum()]
    assert 0 < defaulting.sum() < ending.sum() < 300


def test_what_is_owed_by_city_by_hand() -> None:
    """Loans against patents are apart, and those that only more pool brought did not stand under the policy of 2020."""
    city, debt = np.array([0, 0, 1, 0, -1], np.int8), np.array([5.0, 3.0, 2.0, 7.0, 0.0])
    pledged, by_pool = np.array([False, False, False, True, False]), np.array([False, True, False, False, False])
    keys, ids = (key(1, "default"), key(1, "end")), np.arange(5, dtype=np.uint64)
    *ended, owed, usually = end_loans(keys, (0.0, 0.0), ids, city, (debt, pledged, by_pool), 3).tolist()
    assert (ended, owed, usually) == ([[0.0] * 3] * 2, [8.0, 2.0, 0.0], [5.0, 2.0, 0.0])


def test_repaid_and_lost_loans_are_told_by_city() -> None:
    """All repay at a chance of one, and all are lost where defaults are as sure."""
    for chances, told in (((0.0, 1.0), [[8.0, 2.0], [0.0, 0.0]]), ((1.0, 1.0), [[0.0, 0.0], [8.0, 2.0]])):
        loans = np.array([5.0, 3.0, 2.0]), np.ones(3, bool), np.zeros(3, bool)
        city, ids = np.array([0, 0, 1], np.int8), np.arange(3, dtype=np.uint64)
        sums = end_loans((key(1, "default"), key(1, "end")), chances, ids, city, loans, 2)
        assert sums[:2].tolist() == told
        assert not loans[0].any()
        assert not loans[1].any()


def test_loans_go_out_in_order_of_luck_and_the_pool_lends_on() -> None:
    """Of five firms of one city the two luckiest would be served anyway and the third by the pool; weights count."""
    ids, debt, by_pool, stream = np.arange(6, dtype=np.uint64), np.zeros(6), np.zeros(6, bool), key(1, "loan")
    city, weight = np.array([0, 0, 0, 0, 0, 1], np.int8), np.array([1, 1, 1, 1, 1, 3], np.int32)
    status = np.ones(6, bool), np.ones(6, bool), np.ones(6, bool), np.zeros(6, bool)
    room = np.array([[31.0, 30.0], [20.0, 30.0]])
    lent = lend(stream, room, 10.0, (ids, city, weight), status, (debt, by_pool))
    first, second, third, *_ = np.argsort(uniform(stream, ids[:5]))
    assert lent.tolist() == [30.0, 30.0]
    assert np.flatnonzero(debt).tolist() == sorted([first, second, third, 5])
    assert np.flatnonzero(by_pool).tolist() == [third]


def test_who_borrows() -> None:
    """Alive, limited by finance, a technology SME, below scale and without a loan: all five are needed."""
    columns = np.ones((3, 6), bool)
    columns[0, 1] = columns[1, 2] = columns[2, 3] = False
    above, debt = np.zeros(6, bool), np.zeros(6)
    above[4], debt[5] = True, 1.0
    assert borrowers(columns[0], columns[1], columns[2], above, debt).tolist() == [0]


def test_loans_against_patents_are_no_technology_loans() -> None:
    """Who owes is financed, but for pledges; who was and owes no more is not."""
    financed = np.array([False, False, True])
    count_financed(np.array([1.0, 1.0, 0.0]), np.array([False, True, False]), financed)
    assert financed.tolist() == [True, False, False]
