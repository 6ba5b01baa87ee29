"""Openings of transport links: when the outside world shortens the journey to Shanghai."""

from __future__ import annotations

from dataclasses import replace

from model.policy import Cost, Lever, Policy


def apply(policy: Policy, intensity: float) -> Policy:
    """Turn the schedule by which transport links open.

    Parameters
    ----------
    policy : the policy in force without this lever.
    intensity : 0 none opens, 1 the plan's dates, 2 an early Shanghai link; in between, hours lie on a straight line.

    Returns
    -------
    The same policy with ``transport_schedule`` = ``intensity``.
    """
    return replace(policy, transport_schedule=intensity)


# The list handed over has 0 as the baseline of 2020. Here it is 1: the links were being built or planned by state and
# province, so the plan's dates belong to the outside world of every scenario, and no lever is credited with them.
LEVER = Lever(
    lever_id="transport_opening",
    family="openness_and_services",
    name_zh="交通开通(表4-3及沪甬通道)",
    name_en="Transport openings",
    plan_section="三(一)1;四(四);表4-3",
    unit="schedule: 0 none, 1 plan's dates, 2 early Shanghai link",
    unit_zh="开通进度：0 均不开通，1 按规划日期，2 沪甬通道提前",
    baseline=1.0,
    plan=1.0,
    strong=2.0,
    bounds=(0.0, 2.0),
    # The schedule carries the dates and the inertia of talents the delay.
    lag_quarters=0,
    cost=Cost(
        unit_cost=0.0,
        low=0.0,
        high=0.0,
        basis="intensity",
        recipient="operators",
        paid_by={"city": 1.0},
        note=(
            "Per schedule. Borne by state, province and city, the district gives land only: kept out of all budgets "
            "here, so that the payer named pays nothing."
        ),
    ),
    evidence=(
        "High-speed rail: venture deals +11.63 %, +32.5 % inside the one-hour circle, pair investment +45 %; but one "
        "extra train raises venture outflow by 1.6 % and inflow by 1.0 %, and joint patents of manufacturers and small "
        "firms do not rise (all found)"
    ),
    source=(
        "Yao & Li 2022; Ma & Huang 2024; tdxb 2024; CUHK; 王雨飞等 2024; Duan et al. 2021. Found or from memory: "
        "found; confidence: high on dates, medium on effects, none on the early date"
    ),
    status="assumed",
    apply=apply,
)
