"""Rival cities: what they answer when the district raises its talent and capital policy."""

from __future__ import annotations

from typing import TYPE_CHECKING

import mesa
import numpy as np

from model.policy import Policy
from model.rates import quarterly
from model.talent.location import FloatArray, settlement_utility

if TYPE_CHECKING:
    from model.base import Base
    from model.economy import Economy
    from model.parameters import Parameters


class RivalCity(mesa.Agent):
    """The government of another city; passive unless the scenario lets rivals respond."""

    def __init__(self, economy: Economy, city: int) -> None:
        """Start with the policy of 2020: no answer."""
        super().__init__(economy)
        self.city = city
        self.answered = 0.0
        """Share of what the district added that this city matches now."""

    def decide(self, p: Parameters, *, responds: bool) -> None:
        """Move towards the share that this city answers with."""
        target = p.rival_answer_share if responds else 0.0
        self.answered += quarterly(p.rival_answer_speed) * (target - self.answered)

    def settlement(self, policy: Policy, base: Base, p: Parameters) -> FloatArray:
        """(n_tiers,) utility of the settlement money that this city added, for those who come to it.

        A rival answers added money; it does not cut its own when the district does.
        """
        neutral = Policy.neutral()
        graduate = max(policy.graduate_settlement - neutral.graduate_settlement, 0.0)
        senior = max(policy.senior_settlement - neutral.senior_settlement, 0.0)
        own = (
            neutral.graduate_settlement + self.answered * graduate,
            neutral.senior_settlement + self.answered * senior,
        )
        return settlement_utility(*own, base, p, self.city)

    def deals_elsewhere(self, deal_multiple: float) -> float:
        """Factor on this city's funds' deals in the district: its answer takes back a share of what guidance drew."""
        drawn = max(deal_multiple - 1.0, 0.0)
        return (1.0 + (1.0 - self.answered) * drawn) / (1.0 + drawn)

    def deals_at_home(self, added: float, usual: float) -> float:
        """Factor on all funds' deals in this city: a share of what was added in the district is added here.

        ``added`` to the district's deals by guidance money, ``usual`` deals here under the policy of 2020: yuan a year.
        """
        return 1.0 + self.answered * max(added, 0.0) / usual if usual > 0.0 else 1.0


def answers(rivals: list[RivalCity], policy: Policy, base: Base, p: Parameters) -> FloatArray:
    """(n_cities, n_tiers) utility of what the rivals added; zero for the focal district."""
    gain = np.zeros(base.wage.shape)
    for rival in rivals:
        if rival.answered > 0.0:
            gain[rival.city] = rival.settlement(policy, base, p)
    return gain
