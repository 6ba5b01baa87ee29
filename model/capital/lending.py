"""Banks' technology lending: who gets a loan, who repays, and who bears the losses."""

from __future__ import annotations

from typing import TYPE_CHECKING

import mesa
import numba as nb
import numpy as np
from numpy.typing import NDArray

from model.columns import of_rows
from model.compiled import RULE
from model.streams import unit

if TYPE_CHECKING:
    from model.economy import Economy

PLEDGE_TO_KNOWLEDGE = 0.3
"""Loan over the knowledge stock whose patents are pledged: banks lend on 20 to 40 % of a valuation (own judgement)."""
FloatArray = NDArray[np.float64]
BoolArray = NDArray[np.bool_]
IntArray = NDArray[np.int64]
_BOXES = 256
"""Of luck, in which loans are summed: more make the line shorter, and each a sum longer."""


class TechnologyBank(mesa.Agent):
    """A city's technology loans to small firms whom finance limits; lending to others is the background sector's."""

    def __init__(self, economy: Economy, city: int) -> None:
        """Start without loans; the opening ones are issued to firms at t = 0."""
        super().__init__(economy)
        self.city = city
        self.loans = 0.0
        self.opening_loans = 0.0
        self.own_losses = 0.0
        self.pool_losses = 0.0

    def lend(self, amount: float) -> None:
        """Issue loans."""
        self.loans += amount

    def collect(self, amount: float) -> None:
        """Take repayments."""
        self.loans -= amount

    def write_off(self, amount: float, pool_share: float) -> None:
        """Lose loans; the pool bears its share."""
        self.loans -= amount
        self.pool_losses += pool_share * amount
        self.own_losses += (1.0 - pool_share) * amount


def capacity(loans_2020: float, growth_index: float, pool: float, pool_2020: float, multiple: float) -> float:
    """Loans that banks are ready to hold, yuan: those of 2020 grown with demand, plus what more risk pool supports."""
    return max(loans_2020 * growth_index + (pool - pool_2020) * multiple, 0.0)


def served(luck: FloatArray, size: FloatArray, room: float) -> IntArray:
    """Who gets a loan when there is room for some: in order of luck, so more room serves the same firms first.

    Parameters
    ----------
    luck, size : (n,) of those who want a loan; yuan.
    room : yuan; nobody is served without any.

    Returns
    -------
    (k,) positions of those served, in order of luck; their sizes add up to at most ``room``.
    """
    return np.asarray(_served(luck, size, room))


@nb.njit(**RULE)
def served_in(city, at, luck, size, room):  # type: ignore[no-untyped-def]  # noqa: ANN001, ANN201 - compiled
    """As `served`, by the bank of one city, ``at``, among those (n,) of every ``city`` who want a loan."""
    wants, n = np.empty(city.size + 1, np.int64), 0
    for i in range(city.size):
        wants[n] = i
        n += city[i] == at
    wants = wants[:n]
    return of_rows(wants, _served(of_rows(luck, wants), of_rows(size, wants), room))


@nb.njit(**RULE)
def _served(luck, size, room):  # type: ignore[no-untyped-def]  # noqa: ANN001, ANN202 - compiled
    """The compiled loop of `served`: only those are sorted whom the room can serve."""
    enough = _luck_that_uses_up(luck, size, room)
    ahead, n = np.empty(luck.size + 1, np.int64), 0
    for i in range(luck.size):
        ahead[n] = i
        n += luck[i] < enough
    queue, lent, n_served = _in_order(ahead[:n], luck, enough), 0.0, 0
    for position in queue:
        lent += size[position]
        if lent > room:
            break
        n_served += 1
    return queue[:n_served]


@nb.njit(**RULE)
def _in_order(positions, luck, most):  # type: ignore[no-untyped-def]  # noqa: ANN001, ANN202 - compiled
    """Positions (k,) in order of their luck, which is even from 0 to ``most``; of equal luck in their order.

    As many boxes as there are of them are in order, and hardly any holds more than a few, which are put in order one
    by one. Numpy's `argsort` is slower, and takes a second and a half to compile.
    """
    n = positions.size
    ends, queue = np.zeros(n + 2, np.int64), np.empty(n, np.int64)
    for position in positions:
        ends[min(int(luck[position] / most * n), n) + 1] += 1
    for box in range(n):
        ends[box + 1] += ends[box]
    for position in positions:
        box = min(int(luck[position] / most * n), n)
        queue[ends[box]] = position
        ends[box] += 1
    for k in range(1, n):
        position, at = queue[k], k
        while at > 0 and luck[queue[at - 1]] > luck[position]:
            queue[at] = queue[at - 1]
            at -= 1
        queue[at] = position
    return queue


@nb.njit(**RULE)
def _luck_that_uses_up(luck, size, room):  # type: ignore[no-untyped-def]  # noqa: ANN001, ANN202 - compiled
    """Luck below which loans exceed the room: sums by boxes of luck spare the sorting of all who want one."""
    if room <= 0.0:
        return 0.0
    boxes, total = np.zeros(_BOXES), 0.0
    for i in range(luck.size):
        boxes[int(luck[i] * _BOXES)] += size[i]
    for box in range(_BOXES):
        total += boxes[box]
        # Another order of the sum may round otherwise.
        if total > room * (1.0 + 1e-9):
            return (box + 1.0) / _BOXES
    return 1.0


@nb.njit(**RULE)
def loans_that_end(debt, firm_id, default_key, end_key, default_chance, end_chance):  # type: ignore[no-untyped-def]  # noqa: ANN001, ANN201 - compiled
    """Loans that default, each with the same chance, or are repaid when they do not; all arrays (n,) of the firms.

    Returns
    -------
    (k,) rows whose loans end, ascending, and (k,) whether by default.
    """
    fails, ends, n = np.empty(debt.size, np.bool_), np.empty(debt.size, np.bool_), 0
    for i in range(debt.size):
        fails[i] = unit(default_key, firm_id[i]) < default_chance
        ends[i] = (debt[i] != 0.0) & (fails[i] | (unit(end_key, firm_id[i]) < end_chance))
    rows = np.empty(debt.size + 1, np.int64)
    for i in range(debt.size):
        rows[n] = i
        n += ends[i]
    return rows[:n], of_rows(fails, rows[:n])


@nb.njit(**RULE)
def owed_by_city(city, debt, pledged, by_pool, n_cities):  # type: ignore[no-untyped-def]  # noqa: ANN001, ANN201 - compiled
    """(n_cities,) twice: loans not against patents, and those of them that stood under the policy of 2020."""
    rows, n = np.empty(debt.size + 1, np.int64), 0
    for i in range(debt.size):
        rows[n] = i
        n += debt[i] > 0.0
    owed, usually = np.zeros(n_cities), np.zeros(n_cities)
    for row in rows[:n]:
        lent = debt[row] * (not pledged[row])
        owed[city[row]] += lent
        usually[city[row]] += lent * (not by_pool[row])
    return owed, usually


@nb.njit(**RULE)
def borrowers(alive, constrained, tech_sme, above_scale, debt):  # type: ignore[no-untyped-def]  # noqa: ANN001, ANN201 - compiled
    """(k,) rows of technology firms whose R&D finance limits, without a loan; all arrays (n,) of the firms."""
    wants, rows, n = np.empty(alive.size, np.bool_), np.empty(alive.size + 1, np.int64), 0
    for i in range(alive.size):
        wants[i] = alive[i] & constrained[i] & tech_sme[i] & (not above_scale[i]) & (debt[i] <= 0.0)
    for i in range(alive.size):
        rows[n] = i
        n += wants[i]
    return rows[:n]
