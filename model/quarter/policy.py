"""1. Levers in force become handles."""

from __future__ import annotations

from typing import TYPE_CHECKING

from model.carriers import carrier_places

if TYPE_CHECKING:
    from model.economy import Economy


def open_handles(economy: Economy) -> None:
    """What stays as it was in 2020: places of carriers under that policy, and how fast seats in Shanghai fill."""
    base, found = economy.base, economy.labour.job_finding
    economy.places_2020 = carrier_places(economy.neutral, economy.p)
    economy.seat_hiring_rate = float(found[base.cities.index("shanghai") if "shanghai" in base.cities else 0].mean())


def levers_become_handles(economy: Economy) -> None:
    """Read the scenario's path, rationed when last quarter's cost went over the budget; rivals and carriers follow."""
    policy = economy.policy = economy.path.policy_at(economy.quarter, economy.government.ration)
    for rival in economy.rivals:
        rival.decide(economy.p, responds=economy.path.rivals_respond)
    places = carrier_places(policy, economy.p)
    for carriers, offered in ((economy.carriers, places), (economy.carriers_2020, economy.places_2020)):
        for name, carrier in carriers.items():
            carrier.fill(offered[name])
    economy.institutes.fill(policy.institutes - economy.neutral.institutes)
    economy.head_offices += (policy.financial_head_offices - economy.neutral.financial_head_offices) / 4.0
    economy.enclave.fill(policy, economy.seat_hiring_rate)
