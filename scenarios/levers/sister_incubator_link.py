"""Roadshows and agreements with sister incubators in Shanghai."""

from __future__ import annotations

from dataclasses import replace

from model.policy import Cost, Lever, Policy


def apply(policy: Policy, intensity: float) -> Policy:
    """Turn the roadshows with Shanghai incubators a year.

    Parameters
    ----------
    policy : the policy in force without this lever.
    intensity : roadshows per year; 0 or above.

    Returns
    -------
    The same policy with ``roadshows`` = ``intensity``.
    """
    return replace(policy, roadshows=intensity)


LEVER = Lever(
    lever_id="sister_incubator_link",
    family="enclaves",
    name_zh="友好城区孵化器对接/路演",
    name_en="Sister-incubator link and roadshows",
    plan_section="表4-4#3;三(二)2",
    unit="roadshows per year",
    unit_zh="场路演/年",
    baseline=3.0,
    plan=10.0,
    strong=30.0,
    bounds=(0.0, 45.0),
    lag_quarters=2,
    cost=Cost(
        unit_cost=150000.0,
        low=50000.0,
        high=400000.0,
        basis="intensity",
        recipient="carriers",
        paid_by={"district": 1.0},
        note="Roadshow. Per roadshow (memory).",
    ),
    evidence="no estimate found",
    source="plan. Intensities: plan 10/y from the plan; rest assumed. Found or from memory: memory; confidence: low",
    status="assumed",
    apply=apply,
)
