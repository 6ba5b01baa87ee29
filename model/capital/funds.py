"""Venture funds: who is funded, from which city, and what comes back."""

from __future__ import annotations

import math
from itertools import pairwise
from typing import TYPE_CHECKING, ClassVar

import mesa
import numba as nb
import numpy as np
from numpy.typing import NDArray

from model.columns import of_rows
from model.compiled import RULE
from model.parameters import Parameters
from model.policy import Policy
from model.streams import unit, units
from model.table import Table

if TYPE_CHECKING:
    from model.economy import Economy

FloatArray = NDArray[np.float64]
BoolArray = NDArray[np.bool_]
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
def eligible(tech_sme, above_scale, age_quarters, alive):  # type: ignore[no-untyped-def]  # noqa: ANN001, ANN201 - compiled
    """(n,) young technology firms below the above-scale threshold: those whom funds screen; all arrays (n,)."""
    screens = np.empty(alive.size, np.bool_)
    for i in range(alive.size):
        screens[i] = alive[i] & tech_sme[i] & (not above_scale[i]) & (age_quarters[i] < YOUNG_QUARTERS)
    return screens


@nb.njit(**RULE)
def screened(among, city, weight, n_cities):  # type: ignore[no-untyped-def]  # noqa: ANN001, ANN201 - compiled
    """(k,) rows of those ``among`` all whom funds screen, and (n_cities,) firms that they are; all arrays (n,)."""
    rows, firms, n = np.empty(city.size + 1, np.int64), np.zeros(n_cities), 0
    for i in range(city.size):
        rows[n] = i
        n += among[i]
    for row in rows[:n]:
        firms[city[row]] += weight[row]
    return rows[:n], firms


@nb.njit(**RULE)
def expected_with_each(rows, city, each):  # type: ignore[no-untyped-def]  # noqa: ANN001, ANN201 - compiled
    """(n,) deals of all funds expected with one firm of each row, by ``each`` (n_cities,); zero for rows not named."""
    expected = np.zeros(city.size)
    for row in rows:
        expected[row] = each[city[row]]
    return expected


def firms_held(
    holdings: HoldingTable, alive: BoolArray, city: NDArray[np.int8], n_cities: int
) -> tuple[list[NDArray[np.int64]], NDArray[np.int64]]:
    """Living firms in which the fund of each city holds shares.

    Parameters
    ----------
    alive, city : (n_firms,).

    Returns
    -------
    By city of the fund, (k,) rows of firms; and (n_cities, n_cities) how many there are, by city of fund and of firm.
    """
    rows, ends, number = _held(holdings.fund, holdings.firm, holdings.amount, alive, city, n_cities)
    return [rows[first:last] for first, last in pairwise([0, *ends.tolist()])], number


@nb.njit(**RULE)
def _held(fund, firm, amount, alive, city, n_cities):  # type: ignore[no-untyped-def]  # noqa: ANN001, ANN202 - compiled
    """The compiled loop of `firms_held`: a bit of each firm for each fund, so that it counts once for all rounds."""
    held, number = np.zeros(alive.size, np.int64), np.zeros((n_cities, n_cities), np.int64)
    for i in range(amount.size):
        held[firm[i]] |= np.int64(amount[i] != 0.0) << fund[i]
    by_any, some, n = np.empty(alive.size, np.bool_), np.empty(alive.size + 1, np.int64), 0
    for row in range(alive.size):
        by_any[row] = alive[row] & (held[row] != 0)
    for row in range(alive.size):
        some[n] = row
        n += by_any[row]
    rows, ends, found = np.empty(n_cities * n + 1, np.int64), np.zeros(n_cities, np.int64), 0
    for at in range(n_cities):
        for row in some[:n]:
            by_this = held[row] >> at & 1
            rows[found] = row
            found += by_this
            number[at, city[row]] += by_this
        ends[at] = found
    return rows[:found], ends, number


@nb.njit(**RULE)
def deals_with_each(expected, change, firms, held, follow_on):  # type: ignore[no-untyped-def]  # noqa: ANN001, ANN201 - compiled
    """Deals expected with one firm, all arrays by city of the fund and of the firm.

    Staged finance: part of a city's money goes to firms there that the fund already holds, if there are any; it is
    spread evenly over them.

    Parameters
    ----------
    expected : (n_cities, n_cities) deals under the policy of 2020.
    change : (n_cities, n_cities) what policy and early links make of them.
    firms : (n_cities,) that funds screen.
    held : (n_cities, n_cities) firms that the fund holds.
    follow_on : share of the money for firms held.

    Returns
    -------
    (n_cities, n_cities) three times: under the policy of 2020; first rounds and later ones under that in force.
    """
    usual, first, later = np.zeros(expected.shape), np.zeros(expected.shape), np.zeros(expected.shape)
    for at in range(expected.shape[0]):
        for city in range(expected.shape[1]):
            if firms[city] > 0.0:
                usual[at, city] = expected[at, city] / firms[city]
            kept = 1.0 - follow_on if held[at, city] > 0 else 1.0
            first[at, city] = usual[at, city] * change[at, city] * kept
            if held[at, city] > 0:
                later[at, city] = follow_on * (expected[at, city] * change[at, city]) / held[at, city]
    return usual, first, later


@nb.njit(**RULE)
def number_of_deals(expected, luck):  # type: ignore[no-untyped-def]  # noqa: ANN001, ANN201 - compiled
    """Deals of one eligible agent: its expected number made whole by luck; more expected never means fewer."""
    return np.int64(math.floor(expected + luck))


@nb.njit(**RULE)
def deals_struck(rows, city, weight, firm_id, luck_key, each):  # type: ignore[no-untyped-def]  # noqa: ANN001, ANN201 - compiled
    """Deals that a fund strikes with some firms.

    Parameters
    ----------
    rows : (k,) of the firms that it looks at.
    city, weight, firm_id : (n,) of all firms.
    luck_key : of the stream that makes expected numbers whole.
    each : (n_cities,) deals expected with one firm of each city.

    Returns
    -------
    (j,) rows of those with whom it strikes any, ascending, and (j,) how many.
    """
    luck = np.empty(rows.size)
    units(luck_key, of_rows(firm_id, rows), luck)
    struck, deals, n = np.empty(rows.size + 1, np.int64), np.empty(rows.size + 1, np.int64), 0
    for i in range(rows.size):
        row = rows[i]
        struck[n], deals[n] = row, number_of_deals(each[city[row]] * weight[row], luck[i])
        n += deals[n] > 0
    return struck[:n], deals[:n]


@nb.njit(**RULE)
def rounds_struck(keys, young, held, first, later, city, weight, firm_id):  # type: ignore[no-untyped-def]  # noqa: ANN001, ANN201, PLR0913, PLR0917 - compiled
    """Deals of all funds, of one after another: its first rounds, and then its later ones.

    Parameters
    ----------
    keys : (n_cities, 2) of the streams of luck of each fund, for first rounds and for later ones.
    young : (k,) rows of the firms that funds screen.
    held : of each fund (j,) rows of the firms that it holds.
    first, later : (n_cities, n_cities) deals expected with one firm, by city of the fund and of the firm.
    city, weight, firm_id : (n,) of all firms.

    Returns
    -------
    (m,) four times: city of the fund, 0 for a first round and 1 for a later one, row of the firm, deals with it.
    """
    # A fund holds one firm of an agent that stands for many.
    n, room, one = 0, keys.shape[0] * young.size, np.ones(weight.size, np.int32)
    for rows in held:
        room += rows.size
    struck = np.empty((4, room), np.int64)
    for at in range(keys.shape[0]):
        for stage in range(2):
            among, firms, each = (young, weight, first) if stage == 0 else (held[at], one, later)
            rows, deals = deals_struck(among, city, firms, firm_id, keys[at, stage], each[at])
            for k in range(rows.size):
                struck[0, n], struck[1, n], struck[2, n], struck[3, n] = at, stage, rows[k], deals[k]
                n += 1
    return struck[0, :n], struck[1, :n], struck[2, :n], struck[3, :n]


@nb.njit(**RULE)
def holdings_sold(amount, holding_id, luck_key, chance):  # type: ignore[no-untyped-def]  # noqa: ANN001, ANN201 - compiled
    """Rows of open holdings that funds sell this quarter, each with the same chance; ``amount`` (n,) of closed is 0."""
    leaves, sold, n = np.empty(amount.size, np.bool_), np.empty(amount.size + 1, np.int64), 0
    for i in range(amount.size):
        leaves[i] = (unit(luck_key, holding_id[i]) < chance) & (amount[i] != 0.0)
    for i in range(amount.size):
        sold[n] = i
        n += leaves[i]
    return sold[:n]


def guidance_multiple(policy: Policy, base_investment: float, p: Parameters) -> float:
    """Venture money for the focal district's firms over that of 2020 when guidance money changes.

    Announced money times the share that is really raised, times one plus private leverage.
    """
    extra = (policy.angel_investment - Policy.neutral().angel_investment) * p.guidance_fund_realisation
    return max(1.0 + extra * (1.0 + p.angel_private_leverage) / base_investment, 0.0) if base_investment > 0 else 1.0


def boost_per_quarter(p: Parameters) -> float:
    """Log growth a quarter of a venture-backed firm: productivity, and a sales effect found at zero in China."""
    return (p.vc_productivity_effect + BOOST_QUARTERS / 4.0 * p.vc_growth_effect) / BOOST_QUARTERS
