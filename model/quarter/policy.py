"""1. Levers in force become handles."""

from __future__ import annotations

from typing import TYPE_CHECKING

from model.carriers import carrier_places

if TYPE_CHECKING:
    from model.economy import Economy


def levers_become_handles(economy: Economy) -> None:
    """Read the scenario's path, rationed when last quarter's cost went over the budget; rivals and carriers follow."""
    economy.policy = economy.path.policy_at(economy.quarter, economy.government.ration)
    for rival in economy.rivals:
        rival.decide(economy.p, responds=economy.path.rivals_respond)
    for carriers, policy in ((economy.carriers, economy.policy), (economy.carriers_2020, economy.neutral)):
        for name, places in carrier_places(policy, economy.p).items():
            carriers[name].fill(places)
    economy.institutes.fill(economy.policy.institutes - economy.neutral.institutes)
    economy.head_offices += (economy.policy.financial_head_offices - economy.neutral.financial_head_offices) / 4.0
    shanghai = economy.base.cities.index("shanghai") if "shanghai" in economy.base.cities else 0
    economy.enclave.fill(economy.policy, float(economy.labour.job_finding[shanghai].mean()))
