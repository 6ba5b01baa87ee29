"""1. Levers in force become handles; rivals and carriers follow."""

from __future__ import annotations

from dataclasses import fields, replace
from typing import TYPE_CHECKING

from model.parameters import Parameters
from model.policy import Lever, Policy
from model.priors import Triangular
from tests.reference import luck
from tests.reference.limits import at_least, at_most
from tests.reference.rates import quarterly

if TYPE_CHECKING:
    from tests.reference.region import Region


def levers_become_handles(region: Region) -> None:
    """Turn the handles; let rivals move, carriers fill and head offices come."""
    p, neutral = region.p, region.neutral
    region.policy = _policy_in_force(region)
    for rival in region.rivals:
        target = 0.0
        if region.path.rivals_respond:
            target = p.rival_answer_share
        rival.answered += quarterly(p.rival_answer_speed) * (target - rival.answered)
    for name, places in carrier_places(region.policy, p).items():
        region.carriers[name].fill(places)
    for name, places in carrier_places(neutral, p).items():
        region.carriers_2020[name].fill(places)
    region.head_offices += (region.policy.financial_head_offices - neutral.financial_head_offices) / 4.0
    region.institutes.fill(region.policy.institutes - neutral.institutes)
    enclave = region.enclave
    enclave.added_units = region.policy.enclave_units - neutral.enclave_units
    seats = region.policy.shanghai_seats - neutral.shanghai_seats
    enclave.seats_filled += region.job_finding * (seats - enclave.seats_filled)


def intensity(region: Region, row: int, quarter: int, ration: float) -> float:
    """Intensity of a lever in a quarter; a budget that does not reach pulls the district's levers back."""
    path = region.path
    last = path.intensity.shape[1] - 1
    opening, now = float(path.intensity[row, 0]), float(path.intensity[row, int(at_most("end of path", quarter, last))])
    if ration < 1.0 and "district" in path.levers[row].cost.paid_by:
        return opening + ration * (now - opening)
    return now


def _policy_in_force(region: Region) -> Policy:
    """Each lever alone moves handles away from 2020, after its lag; where several turn one, their moves add up."""
    neutral = region.neutral
    turned: dict[str, float] = {}
    for row, lever in enumerate(region.path.levers):
        then = int(at_least("lag", region.quarter - lever.lag_quarters, 0))
        now = intensity(region, row, then, region.government.ration)
        if now == lever.baseline:
            continue
        alone = lever.apply(neutral, now)
        for item in fields(Policy):
            before, after = getattr(neutral, item.name), getattr(alone, item.name)
            if after == before:
                continue
            if item.name in turned:
                turned[item.name] += after - before
            else:
                turned[item.name] = after
    return replace(neutral, **turned)


def carrier_places(policy: Policy, p: Parameters) -> dict[str, float]:
    """Places of each kind of carrier under a policy."""
    return {
        "incubation": policy.incubation_carriers * p.carrier_tenants,
        "enclave": policy.enclave_units * p.enclave_tenants_per_unit * (1.0 - p.enclave_home_places),
        "fly-in": policy.operator_space * p.fly_in_projects / p.carrier_turnover,
        "hosted teams": policy.hosted_teams,
    }


def draw_unit_costs(region: Region) -> list[float]:
    """Yuan a unit of each lever, keyed by its name."""
    return [_unit_cost(region, lever) for lever in region.path.levers]


def _unit_cost(region: Region, lever: Lever) -> float:
    """Central when parameters are not uncertain, else triangular between its bounds."""
    cost = lever.cost
    if "parameters" in region.path.switch_off:
        return cost.unit_cost
    u = luck.unit(luck.key(region.luck_seed, f"unit cost:{lever.lever_id}"), 0)
    return Triangular(cost.low, cost.unit_cost, cost.high).quantile(u)
