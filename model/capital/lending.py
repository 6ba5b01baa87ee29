"""Banks' technology lending: who gets a loan, who repays, and who bears the losses."""

from __future__ import annotations

from typing import TYPE_CHECKING

import mesa
import numba as nb
import numpy as np

from model.columns import of_rows, rows_where, summed, sums_by_label
from model.compiled import RULE
from model.queues import served_in
from model.streams import units

if TYPE_CHECKING:
    from model.economy import Economy

PLEDGE_TO_KNOWLEDGE = 0.3
"""Loan over the knowledge stock whose patents are pledged: banks lend on 20 to 40 % of a valuation (own judgement)."""


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


@nb.njit(**RULE)
def end_loans(keys, chances, firm_id, city, loans, n_cities):  # type: ignore[no-untyped-def]  # noqa: ANN001, ANN201 - compiled
    """Loans default, each with the same chance, or are repaid when they do not, in place.

    Parameters
    ----------
    keys, chances : of the streams of luck, and of each loan: default, repayment.
    firm_id, city : (n,) of the firms.
    loans : (n,) each: debt, whether against patents, whether only more risk pool brought it.

    Returns
    -------
    (4, n_cities) yuan: repaid, lost, still owed but not against patents, and what of that would be owed under the
    policy of 2020.
    """
    debt, pledged, by_pool = loans
    owing = np.empty(debt.size, np.bool_)
    for i in range(debt.size):
        owing[i] = debt[i] != 0.0
    rows = rows_where(owing)
    ids, default_luck, end_luck = of_rows(firm_id, rows), np.empty(rows.size), np.empty(rows.size)
    units(keys[0], ids, default_luck)
    units(keys[1], ids, end_luck)
    ended, way, n, sums = np.empty(rows.size), np.empty(rows.size, np.int64), 0, np.zeros((4, n_cities))
    for k, row in enumerate(rows):
        at, fails = city[row], default_luck[k] < chances[0]
        if fails | (end_luck[k] < chances[1]):
            ended[n], way[n], n = debt[row], 2 * at + fails, n + 1
            debt[row], pledged[row], by_pool[row] = 0.0, False, False
        else:
            owed = debt[row] * (not pledged[row])
            sums[2, at] += owed
            sums[3, at] += owed * (not by_pool[row])
    by_way = sums_by_label(ended[:n], way[:n], 2 * n_cities)
    for at in range(n_cities):
        sums[0, at], sums[1, at] = by_way[2 * at], by_way[2 * at + 1]
    return sums


@nb.njit(**RULE)
def borrowers(alive, constrained, tech_sme, above_scale, debt):  # type: ignore[no-untyped-def]  # noqa: ANN001, ANN201 - compiled
    """(k,) rows of technology firms whose R&D finance limits, without a loan; all arrays (n,) of the firms."""
    wants = np.empty(alive.size, np.bool_)
    for i in range(alive.size):
        wants[i] = alive[i] & constrained[i] & tech_sme[i] & (not above_scale[i]) & (debt[i] <= 0.0)
    return rows_where(wants)


@nb.njit(**RULE)
def lend(luck_key, room, loan_size, firms, status, loans):  # type: ignore[no-untyped-def]  # noqa: ANN001, ANN201 - compiled
    """Lend to firms in order of luck, in place; whom less room would not have served owes it to the policy in force.

    Parameters
    ----------
    luck_key : of the order; ``loan_size`` : yuan, of one of the firms that an agent stands for.
    room : (2, n_cities) yuan, under the policy in force and under that of 2020.
    firms, loans : (n,) each: id, city, weight; debt, whether only more risk pool brought it.
    status : what `borrowers` asks, without debt.

    Returns
    -------
    (n_cities,) yuan lent.
    """
    (firm_id, city, weight), (debt, by_pool) = firms, loans
    wanting = borrowers(*status, debt)
    luck, lent = np.empty(wanting.size), np.zeros(room.shape[1])
    units(luck_key, of_rows(firm_id, wanting), luck)
    city_of, size = of_rows(city, wanting), np.empty(wanting.size)
    for k, row in enumerate(wanting):
        size[k] = loan_size * weight[row]
    for at in range(lent.size):
        queue, taken = served_in(city_of, at, luck, size, room[0, at]), 0.0
        for k in queue:
            taken += size[k]
            debt[wanting[k]] = size[k]
            # Who is served when there is less room stands at the head of the same queue.
            by_pool[wanting[k]] |= (room[1, at] < room[0, at]) & (taken > room[1, at])
        lent[at] = summed(of_rows(size, queue))
    return lent


@nb.njit(**RULE)
def count_financed(debt, pledged, financed):  # type: ignore[no-untyped-def]  # noqa: ANN001, ANN201 - compiled
    """Say in place who has a technology loan now, but not against patents; all arrays (n,) of the firms."""
    for i in range(debt.size):
        financed[i] = (debt[i] > 0.0) & (not pledged[i])
