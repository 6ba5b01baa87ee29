"""Venture funds: their capital and their holdings; deals are in `model.capital.rounds`."""

from __future__ import annotations

from typing import TYPE_CHECKING, ClassVar

import mesa
import numba as nb
import numpy as np
from numpy.typing import NDArray

from model.compiled import RULE
from model.parameters import Parameters
from model.policy import Policy
from model.table import Table

if TYPE_CHECKING:
    from model.economy import Economy

YOUNG_QUARTERS = 28
BOOST_QUARTERS = 12
"""Venture-backed firms grow faster for three years."""


class HoldingTable(Table):
    """One row an investment: which fund holds how much of which firm, at cost."""

    COLUMNS: ClassVar[dict[str, type]] = {
        "holding_id": np.uint64,
        "fund": np.int8,
        "firm": np.int32,
        "amount": np.float64,
    }
    holding_id: NDArray[np.uint64]
    fund: NDArray[np.int8]
    firm: NDArray[np.int32]
    amount: NDArray[np.float64]


class VentureFund(mesa.Agent):
    """The venture funds of one city: uncalled capital, raised from outside the three cities and invested by city."""

    def __init__(self, economy: Economy, city: int, uncalled: float) -> None:
        """Start with the uncalled capital of the base year."""
        super().__init__(economy)
        self.city = city
        self.uncalled = uncalled
        self.raised = 0.0
        self.invested = 0.0

    def raise_capital(self, amount: float) -> None:
        """Take in commitments."""
        self.uncalled += amount
        self.raised += amount

    def invest(self, amount: float) -> None:
        """Call capital for deals.

        Raises
        ------
        ValueError : more than is left.
        """
        if amount > self.uncalled * (1.0 + 1e-9):
            raise ValueError(f"fund of city {self.city} calls {amount:g} of {self.uncalled:g} yuan")
        self.uncalled -= amount
        self.invested += amount


@nb.njit(**RULE)
def commit(invested, change, raised, flows):  # type: ignore[no-untyped-def]  # noqa: ANN001, ANN201 - compiled
    """(n_cities,) yuan that investors elsewhere commit to the funds of each city in a quarter, also posted in place.

    Parameters
    ----------
    invested, change : (n_cities, n_cities) yuan that funds invested in 2020, by city of the fund and of the firm, and
        what becomes of it.
    raised, flows : (n_cities,) yuan raised, and (n_places,) that flow from elsewhere.
    """
    amounts = np.empty(raised.size)
    for fund in range(raised.size):
        total = 0.0
        for city in range(raised.size):
            total += invested[fund, city] * change[fund, city]
        amounts[fund] = total / 4.0
        raised[fund] += amounts[fund]
        flows[fund] += amounts[fund]
    return amounts


def guidance_multiple(policy: Policy, base_investment: float, p: Parameters) -> float:
    """Venture money for the focal district's firms over that of 2020 when guidance money changes.

    Announced money times the share that is really raised, times one plus private leverage.
    """
    extra = (policy.angel_investment - Policy.neutral().angel_investment) * p.guidance_fund_realisation
    return max(1.0 + extra * (1.0 + p.angel_private_leverage) / base_investment, 0.0) if base_investment > 0 else 1.0


def boost_per_quarter(p: Parameters) -> float:
    """Log growth a quarter of a venture-backed firm: productivity, and a sales effect found at zero in China."""
    return (p.vc_productivity_effect + BOOST_QUARTERS / 4.0 * p.vc_growth_effect) / BOOST_QUARTERS
