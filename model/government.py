"""The district's government: pays what levers cost, and rations them openly when the budget does not reach."""

from __future__ import annotations

from collections.abc import Sequence
from typing import TYPE_CHECKING

import mesa
import numpy as np
from numpy.typing import NDArray

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


class Government(mesa.Agent):
    """Spends what its levers cost; cannot overspend silently."""

    def __init__(self, economy: Economy, yearly_budget: float) -> None:
        """Start without spending; the budget is for the levers only, yuan a year."""
        super().__init__(economy)
        self.quarterly_budget = yearly_budget / 4.0
        self.ration = 1.0
        self.shortfall = 0.0
        self.received: dict[str, float] = {}
        self.spent = 0.0
        self._first_cost: float | None = None

    def pay(self, levers: Sequence[Lever], amounts: FloatArray) -> None:
        """Spend on levers; what is spent is what their recipients receive.

        ``amounts`` is (n_levers, n_payers) yuan.
        """
        self.spent += float(amounts.sum())
        for lever, amount in zip(levers, amounts.sum(axis=1).tolist(), strict=True):
            recipient = lever.cost.recipient
            self.received[recipient] = self.received.get(recipient, 0.0) + amount

    def close_quarter(self, district_cost: float, growth: float) -> None:
        """Compare the district's own cost with its budget and set the ration of the next quarter.

        The cost of the first quarter is that of 2020's policy, which is not rationed.
        """
        if self._first_cost is None:
            self._first_cost = district_cost
        self.shortfall = max(district_cost - self.quarterly_budget, 0.0)
        self.quarterly_budget *= float(np.exp(growth))
        planned = (district_cost - self._first_cost) / self.ration
        room = self.quarterly_budget - self._first_cost
        self.ration = 1.0 if planned <= room or planned <= 0.0 else max(room / planned, 0.01)


def draw_unit_costs(path: PolicyPath, seed: int, *, central: bool) -> FloatArray:
    """(n_levers,) yuan a unit, triangular between the bounds of each lever, keyed by the lever's name."""
    from model.priors import Triangular  # noqa: PLC0415 - only where costs are drawn

    costs = []
    for lever in path.levers:
        cost = lever.cost
        u = unit(key(seed, f"unit cost:{lever.lever_id}"), np.uint64(0))
        costs.append(cost.unit_cost if central else Triangular(cost.low, cost.unit_cost, cost.high).quantile(u))
    return np.array(costs)


def cost_of(lever: Lever, unit_cost: float, intensity: float, before: float, events: dict[str, float]) -> float:
    """Cost of one lever in a quarter, yuan."""
    basis = lever.cost.basis
    if basis == "intensity":
        return unit_cost * intensity / 4.0
    if basis == "above_baseline":
        return unit_cost * (intensity - lever.baseline) / 4.0
    if basis == "intensity_change":
        return unit_cost * max(intensity - before, 0.0)
    heads = events[basis.removeprefix("event:")]
    return unit_cost * heads * (intensity if lever.cost.multiplier else 1.0)


def payer_shares(levers: Sequence[Lever]) -> FloatArray:
    """(n_levers, n_payers) share of each lever's cost that each payer bears."""
    shares = [[lever.cost.paid_by.get(payer, 0.0) for payer in PAYERS] for lever in levers]
    return np.array(shares, np.float64).reshape(-1, len(PAYERS))
