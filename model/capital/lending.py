"""Banks' technology lending: who gets a loan, who repays, and who bears the losses."""

from __future__ import annotations

from typing import TYPE_CHECKING

import mesa
import numba as nb
import numpy as np

from model.columns import of_rows
from model.compiled import RULE
from model.streams import unit

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
