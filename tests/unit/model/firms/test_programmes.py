"""Programmes: whom they reach, in which order, and what they bring or take away."""

import numpy as np
import pytest

from model.firms.programmes import buy_knowledge, fill_enclave, first_in_line, give_vouchers, grown_at_home, serve
from model.streams import key, uniform

IDS = np.arange(6, dtype=np.uint64)
STREAM = key(1, "programme")
LUCKIEST = np.argsort(uniform(STREAM, IDS)).tolist()


def test_firms_stand_in_the_order_of_their_luck() -> None:
    """For two and a half places three of the four rows are called, the luckiest first."""
    rows = np.array([0, 2, 3, 5])
    order = [row for row in LUCKIEST if row in rows]
    assert first_in_line(STREAM, IDS, rows, 2.5).tolist() == order[:3]


def test_vouchers_reach_small_firms_with_research() -> None:
    """A voucher and a half of 80 yuan, half additional and a quarter of that at home, go to small performers here."""
    city, above = np.array([0, 0, 0, 0, 1, -1], np.int8), np.array([0, 0, 1, 0, 0, 0], bool)
    intensity, column = np.array([0.1, 0.1, 0.1, 0.0, 0.1, 0.1]), np.zeros(6)
    give_vouchers(STREAM, 1.5, 80.0, (0.5, 0.25), (IDS, city, above, intensity), column)
    first, second = (row for row in LUCKIEST if row in (0, 1))
    assert (column[first], column[second], column.sum()) == (10.0, 5.0, 15.0)


def test_teams_and_seats_fill_the_enclave() -> None:
    """Firms of the district with 10 yuan of R&D or more take places; half of that leaves, at most half of it all."""
    city, value_added = np.array([0, 0, 0, 1, 0, 0], np.int8), np.array([100.0, 200.0, 99.0, 900.0, 50.0, 50.0])
    inside, away = np.zeros(6), np.zeros(6)
    firms = IDS, city, np.full(6, 0.1), value_added
    fill_enclave(STREAM, 10.0, ((1.0, 30.0), (2.0, 4.0)), 0.5, firms, inside, away)
    first, second = (row for row in LUCKIEST if row in (0, 1))
    assert (inside[first], inside[second], inside.sum()) == (34.0, 4.0, 38.0)
    assert (away[first], away[second], away.sum()) == (value_added[first] * 0.05, 2.0, away[first] + 2.0)


@pytest.mark.parametrize(("added", "displaced"), [(40.0, [5.0, 15.0]), (80.0, [10.0, 30.0]), (-40.0, [-5.0, -15.0])])
def test_contracts_buy_knowledge_and_replace_research(added: float, displaced: list[float]) -> None:
    """Firms of the district buy by their R&D of 10 and 30; half of each replaces own R&D, up to half of that."""
    city, intensity, value_added = np.array([0, 0, 1], np.int8), np.array([0.1, 0.3, 0.3]), np.full(3, 100.0)
    bought, away = np.zeros(3), np.ones(3)
    buy_knowledge(added, (0.25, 0.5), city, intensity, value_added, bought, away)
    assert bought == pytest.approx([added / 16.0, added * 3.0 / 16.0, 0.0], rel=1e-12)
    assert away == pytest.approx(
        [1.0 + min(own, most) for own, most in zip(displaced, (5.0, 15.0), strict=True)] + [1.0]
    )


def test_without_research_nobody_buys() -> None:
    """Contracts go nowhere where nobody in the district does R&D."""
    bought, away = np.zeros(1), np.zeros(1)
    buy_knowledge(9.0, (0.5, 0.5), np.ones(1, np.int8), np.ones(1), np.ones(1), bought, away)
    assert bought.tolist() == away.tolist() == [0.0]


def test_whom_programmes_can_serve() -> None:
    """Firms of the district with R&D, above scale or certified."""
    city, certified_until = np.array([0, 0, 0, 0, 1, -1], np.int8), np.array([4, 5, 4, 5, 5, 5], np.int16)
    above_scale, rd_intensity = np.array([1, 0, 0, 1, 1, 1], bool), np.array([0.1, 0.1, 0.1, 0.0, 0.1, 0.1])
    assert grown_at_home(city, rd_intensity, above_scale, certified_until, 5).tolist() == [0, 1]


def test_each_programme_serves_in_an_order_of_its_own() -> None:
    """One programme serves a firm and a half by 0.2, the other one firm by 0.5; without places nobody is served."""
    rows, other = np.array([1, 2, 4]), key(1, "other")
    first, second = [row for row in LUCKIEST if row in rows][:2]
    third = next(row for row in np.argsort(uniform(other, IDS)).tolist() if row in rows)
    gain = dict(zip(rows.tolist(), serve((STREAM, other), (1.5, 1.0), (0.2, 0.5), IDS, rows).tolist(), strict=True))
    expected = dict.fromkeys(rows.tolist(), 0.0)
    for row, effect in ((first, 0.2), (second, 0.1), (third, 0.5)):
        expected[row] += effect
    assert gain == pytest.approx(expected)
    assert not serve((STREAM, other), (0.0, 9.0), (0.2, 0.0), IDS, rows).any()
