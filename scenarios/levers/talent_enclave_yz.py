"""A talent enclave in the district: Shanghai teams hosted at home."""

from __future__ import annotations

from dataclasses import replace

from model.policy import Cost, Lever, Policy


def apply(policy: Policy, intensity: float) -> Policy:
    """Turn the places for Shanghai teams hosted at home.

    Parameters
    ----------
    policy : the policy in force without this lever.
    intensity : teams hosted (stock); 0 or above.

    Returns
    -------
    The same policy with ``hosted_teams`` = ``intensity``.
    """
    return replace(policy, hosted_teams=intensity)


LEVER = Lever(
    lever_id="talent_enclave_yz",
    family="enclaves",
    name_zh="在鄞人才飞地",
    name_en="Talent enclave in Yinzhou (Shanghai teams hosted at home)",
    plan_section="表4-1#6;表4-4#1;四(五)",
    unit="teams hosted (stock)",
    unit_zh="个入驻团队（存量）",
    baseline=0.0,
    plan=60.0,
    strong=150.0,
    bounds=(0.0, 225.0),
    lag_quarters=6,
    cost=Cost(
        unit_cost=266666.67,
        low=100000.0,
        high=666666.67,
        basis="intensity",
        recipient="talents",
        paid_by={"district": 1.0},
        note=(
            "Team (spread over 3 years). Per team over 3 y: space 500 m2 x ~1.2 yuan/m2/day x3y = 0.66M + services "
            "(memory). 800 000 yuan a team over three years is a third of that a year."
        ),
    ),
    evidence="see talent_plan_teams (奉化 145 teams)",
    source=(
        "plan=the plan (鄞政办发〔2021〕79号). Intensities: all assumed (the plan gives no number). Found or from "
        "memory: memory; confidence: low"
    ),
    status="assumed",
    apply=apply,
)
