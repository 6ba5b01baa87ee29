"""The district's government: pays what levers cost, and rations them openly when the budget does not reach."""

from __future__ import annotations

import functools
from collections.abc import Callable, Mapping, Sequence
from dataclasses import dataclass
from typing import TYPE_CHECKING

import mesa
import numba as nb
import numpy as np
from numpy.typing import NDArray

from model.columns import summed
from model.compiled import RULE
from model.policy import PAYERS, Lever, PolicyPath
from model.streams import key, unit

if TYPE_CHECKING:
    from model.economy import Economy

FloatArray = NDArray[np.float64]
EVENTS = (
    "graduates_settled",
    "seniors_settled",
    "firms_certified",
    "teams_founded",
    "referrals_paid",
    "postdocs_arrived",
)
"""The closed list of events that a lever's cost can follow."""


@dataclass(frozen=True)
class Prices:
    """What the levers of a path cost, as columns of one entry a lever."""

    standing: FloatArray
    """Yuan a quarter for a unit of intensity above ``free``."""
    free: FloatArray
    """Intensity that costs nothing."""
    rise: FloatArray
    """Yuan, once, for a unit of intensity that was never reached before."""
    event: tuple[str, ...]
    """What is counted, one of `EVENTS`; empty for nothing."""
    each: FloatArray
    """Yuan for each of them."""
    multiplied: NDArray[np.bool_]
    """Whether the intensity multiplies that."""

    @classmethod
    def of(cls, levers: Sequence[Lever], unit_costs: FloatArray) -> Prices:
        """Read off what each lever's cost follows (`model.policy.Cost`); ``unit_costs`` (n_levers,) yuan."""
        basis = [lever.cost.basis for lever in levers]
        above, once, stock = (
            np.array([name == kind for name in basis], bool)
            for kind in ("above_baseline", "intensity_change", "intensity")
        )
        event = tuple(name.removeprefix("event:") if name.startswith("event:") else "" for name in basis)
        return cls(
            standing=np.where(stock | above, unit_costs / 4.0, 0.0),
            free=np.where(above, [lever.baseline for lever in levers], 0.0),
            rise=np.where(once, unit_costs, 0.0),
            event=event,
            each=np.where([bool(name) for name in event], unit_costs, 0.0),
            multiplied=np.array([lever.cost.multiplier for lever in levers], bool),
        )

    def heads(self, events: Mapping[str, float]) -> FloatArray:
        """(n_levers,) how many there were of what each lever's cost follows, none where it follows no event."""
        heads = np.zeros(len(self.event))
        for row, name in self._followed:
            heads[row] = events[name]
        return heads

    @functools.cached_property
    def _followed(self) -> list[tuple[int, str]]:
        """Rows of the levers whose cost follows an event, and which."""
        return [(row, name) for row, name in enumerate(self.event) if name]

    def costs(self, intensity: FloatArray, reached: FloatArray, heads: FloatArray) -> FloatArray:
        """Cost of each lever in a quarter.

        Parameters
        ----------
        intensity, reached : (n_levers,) of this quarter, and the highest of all quarters before.
        heads : (n_levers,) of `heads`.

        Returns
        -------
        (n_levers,) yuan.
        """
        paid = self.standing, self.free, self.rise, self.each, self.multiplied
        return np.asarray(_costs(intensity, reached, heads, *paid))

    def kinks(self, opening: FloatArray, planned: FloatArray, reached: FloatArray) -> list[float]:
        """Shares of the way from one intensity to another at which a lever that costs by its rise begins to cost."""
        rising = (self.rise > 0.0) & (opening < reached) & (reached < planned)
        return [float(share) for share in (reached - opening)[rising] / (planned - opening)[rising]]


@nb.njit(**RULE)
def _costs(intensity, reached, heads, standing, free, rise, each, multiplied):  # type: ignore[no-untyped-def]  # noqa: ANN001, ANN202, PLR0913, PLR0917 - compiled
    """The compiled loop of `Prices.costs`: what is there, what is new, what follows ``heads``, (n_levers,) counted."""
    cost = np.empty(intensity.size)
    for i in range(intensity.size):
        there = standing[i] * (intensity[i] - free[i])
        new = rise[i] * max(intensity[i] - reached[i], 0.0)
        cost[i] = there + new + each[i] * heads[i] * (intensity[i] if multiplied[i] else 1.0)
    return cost


class Government(mesa.Agent):
    """Spends what its levers cost; cannot overspend silently."""

    def __init__(self, economy: Economy, yearly_budget: float, path: PolicyPath) -> None:
        """Start without spending, at the intensities of 2020; the budget is for the levers only, yuan a year."""
        super().__init__(economy)
        self.quarterly_budget = yearly_budget / 4.0
        self.ration = 1.0
        self.shortfall = 0.0
        self._path = path
        self._yuan = np.zeros(len(path.recipients))
        self.received: dict[str, float] = {}
        """Yuan by kind of recipient, so far."""
        self.spent = 0.0
        self.of_district = path.payer_shares[:, PAYERS.index("district")]
        """(n_levers,) share of each lever's cost that the district bears."""
        self.reached = path.intensity[:, 0].copy()
        """(n_levers,) highest intensity so far: what was built is not built again after a cut."""

    def pay(self, costs: FloatArray) -> FloatArray:
        """Spend on levers; what is spent is what their recipients receive.

        Parameters
        ----------
        costs : (n_levers,) yuan.

        Returns
        -------
        (n_levers, n_payers) yuan that each payer bears.
        """
        amounts, spent = _spend(costs, self._path.payer_shares, self._path.recipient, self._yuan)
        self.received = dict(zip(self._path.recipients, self._yuan.tolist(), strict=True))
        self.spent += spent
        return np.asarray(amounts)

    def close_quarter(self, district_cost: float, growth: float) -> None:
        """Compare the district's own cost with its budget, which then grows with the district."""
        self.shortfall = max(district_cost - self.quarterly_budget, 0.0)
        self.quarterly_budget *= float(np.exp(growth))


@nb.njit(**RULE)
def _spend(costs, shares, recipient, received):  # type: ignore[no-untyped-def]  # noqa: ANN001, ANN202 - compiled
    """Split the cost of each lever among its payers, add it to what its recipient received, and sum it up."""
    amounts = np.empty(shares.shape)
    for i in range(costs.size):
        for payer in range(shares.shape[1]):
            amounts[i, payer] = costs[i] * shares[i, payer]
        received[recipient[i]] += summed(amounts[i])
    return amounts, summed(amounts.ravel())


def affordable_share(
    district_cost: Callable[[float], float], budget: float, kinks: Callable[[], Sequence[float]] = tuple
) -> float:
    """Share of the planned change since 2020 that a budget can pay.

    Parameters
    ----------
    district_cost : yuan that the coming quarter would cost the district at a share; 0 is the policy of 2020.
    budget : yuan for the quarter.
    kinks : shares between 0 and 1 where the cost, a straight line elsewhere, may turn; asked only where they matter.

    Returns
    -------
    The largest share, 0 to 1. The policy of 2020 itself is never cut.
    """
    dearer, cost = 1.0, district_cost(1.0)
    if cost <= budget:
        return dearer
    room = max(budget, district_cost(0.0))
    for share in sorted({0.0, *kinks()}, reverse=True):
        if cost <= room:
            break
        cheaper = district_cost(share)
        if cheaper <= room:
            return share + (dearer - share) * (room - cheaper) / (cost - cheaper)
        dearer, cost = share, cheaper
    return dearer


def draw_unit_costs(path: PolicyPath, seed: int, *, central: bool) -> FloatArray:
    """(n_levers,) yuan a unit, triangular between the bounds of each lever, keyed by the lever's name."""
    if central:
        return np.array([lever.cost.unit_cost for lever in path.levers])
    luck = _first_units(np.array([key(seed, f"unit cost:{lever.lever_id}") for lever in path.levers], np.uint64))
    return np.array([prior.quantile(u) for prior, u in zip(path.cost_priors, luck.tolist(), strict=True)])


@nb.njit(**RULE)
def _first_units(keys):  # type: ignore[no-untyped-def]  # noqa: ANN001, ANN202 - compiled
    """(n,) the uniform number of agent 0 of each stream."""
    luck = np.empty(keys.size)
    for i in range(keys.size):
        luck[i] = unit(keys[i], np.uint64(0))
    return luck
