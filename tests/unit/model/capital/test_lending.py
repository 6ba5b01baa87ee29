"""Technology lending: loans, losses, room and who is served."""

import numpy as np
import pytest

from model.capital.lending import (
    TechnologyBank,
    borrowers,
    capacity,
    first_in_line,
    grant,
    loans_that_end,
    n_served,
    owed_by_city,
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


def test_loans_go_in_order_of_luck() -> None:
    """Room for 7 serves the luckiest with 4 and the next with 3; who does not want a loan gets none."""
    wants = np.array([True, True, False, True])
    size, luck = np.array([3.0, 2.0, 1.0, 4.0]), np.array([0.3, 0.4, 0.1, 0.2])
    assert grant(wants, size, luck, 7.0).tolist() == [True, False, False, True]


def test_more_room_serves_the_same_firms_and_more() -> None:
    """Whoever is served stays served as room grows, and sizes never add up to more than the room."""
    draws = np.random.default_rng(8)
    wants, size = draws.random(300) < 0.6, draws.lognormal(0.0, 1.0, 300)
    luck = draws.random(300)
    served = np.zeros(300, bool)
    for room in np.linspace(0.0, float(size[wants].sum()) + 1.0, 40).tolist():
        now = grant(wants, size, luck, room)
        assert now[served].all()
        assert size[now].sum() <= room
        assert not now[~wants].any()
        served = now
    assert served.tolist() == wants.tolist()


def test_without_room_or_wishes_nobody_is_served() -> None:
    """No room and no wishes are both no loans."""
    assert not grant(np.ones(3, bool), np.ones(3), np.array([0.1, 0.2, 0.3]), 0.0).any()
    assert not grant(np.zeros(3, bool), np.ones(3), np.array([0.1, 0.2, 0.3]), 9.0).any()


@pytest.mark.parametrize("room", [0.0, 0.5, 40.0, 300.0, 1e6])
def test_the_line_is_as_long_as_the_room_serves(room: float) -> None:
    """First in line stand, in order of luck, at least those whom the room serves; for no room nobody does."""
    draws = np.random.default_rng(9)
    luck, size = draws.random(2000), draws.lognormal(0.0, 1.0, 2000)
    everybody, line = np.argsort(luck), first_in_line(luck, size, room)
    assert line.tolist() == everybody[: len(line)].tolist()
    served = n_served(size[everybody], room)
    assert served <= len(line) <= served + 30
    assert n_served(size[line], room) == served


def test_loans_end_by_default_or_repayment() -> None:
    """Of those who owe, who defaults does so by one luck, and of the others those repay whom another luck favours."""
    debt, ids = np.where(np.arange(600) % 4 == 0, 0.0, 9.0), np.arange(600, dtype=np.uint64)
    one, other = key(1, "default"), key(1, "end")
    defaulting = (debt > 0.0) & (uniform(one, ids) < 0.1)
    ending = defaulting | ((debt > 0.0) & (uniform(other, ids) < 0.3))
    rows, defaults = loans_that_end(debt, ids, one, other, 0.1, 0.3)
    assert rows.tolist() == np.flatnonzero(ending).tolist()
    assert defaults.tolist() == defaulting[ending].tolist()
    assert 0 < defaults.sum() < len(rows) < 300


def test_what_is_owed_by_city_by_hand() -> None:
    """Loans against patents are apart, and those that only more pool brought did not stand under the policy of 2020."""
    city, debt = np.array([0, 0, 1, 0, -1], np.int8), np.array([5.0, 3.0, 2.0, 7.0, 0.0])
    pledged, by_pool = np.array([False, False, False, True, False]), np.array([False, True, False, False, False])
    owed, usually = owed_by_city(city, debt, pledged, by_pool, 3)
    assert (owed.tolist(), usually.tolist()) == ([8.0, 2.0, 0.0], [5.0, 2.0, 0.0])


def test_who_borrows() -> None:
    """Alive, limited by finance, a technology SME, below scale and without a loan: all five are needed."""
    columns = np.ones((3, 6), bool)
    columns[0, 1] = columns[1, 2] = columns[2, 3] = False
    above, debt = np.zeros(6, bool), np.zeros(6)
    above[4], debt[5] = True, 1.0
    assert borrowers(columns[0], columns[1], columns[2], above, debt).tolist() == [0]
