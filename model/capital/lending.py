"""Banks' technology lending: who gets a loan, who repays, and who bears the losses."""

from __future__ import annotations

from typing import TYPE_CHECKING

import mesa
import numpy as np
from numpy.typing import NDArray

if TYPE_CHECKING:
    from model.economy import Economy

PLEDGE_TO_KNOWLEDGE = 0.3
"""Loan over the knowledge stock whose patents are pledged: banks lend on 20 to 40 % of a valuation (own judgement)."""
FloatArray = NDArray[np.float64]
BoolArray = NDArray[np.bool_]


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


def grant(wants: BoolArray, size: FloatArray, luck: FloatArray, room: float) -> BoolArray:
    """Which firms get a loan when there is room for some: in order of luck, so more room serves the same firms first.

    Parameters
    ----------
    wants, size, luck : (n,).
    room : yuan.

    Returns
    -------
    (n,) True for those served; their sizes add up to at most ``room``.
    """
    served = np.zeros(len(wants), bool)
    rows = np.flatnonzero(wants)
    queue = rows[np.argsort(luck[rows], kind="stable")]
    served[queue[: n_served(size[queue], room)]] = True
    return served


def n_served(sizes: FloatArray, room: float) -> int:
    """How many of a queue are served before the room is used up; ``sizes`` of the loans, first come first."""
    return int(np.searchsorted(np.cumsum(sizes), room, side="right")) if room > 0.0 else 0
