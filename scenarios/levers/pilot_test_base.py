"""Pilot-test bases."""

from __future__ import annotations

from dataclasses import replace

from model.policy import Cost, Lever, Policy


def apply(policy: Policy, intensity: float) -> Policy:
    """Turn the pilot-test bases in operation.

    Parameters
    ----------
    policy : the policy in force without this lever.
    intensity : bases; 0 or above.

    Returns
    -------
    The same policy with ``pilot_bases`` = ``intensity``.
    """
    return replace(policy, pilot_bases=intensity)


LEVER = Lever(
    lever_id="pilot_test_base",
    family="institutes_and_carriers",
    name_zh="中试基地",
    name_en="Pilot-test bases",
    plan_section="三(二)2",
    unit="bases",
    unit_zh="个基地",
    baseline=1.0,
    plan=3.0,
    strong=8.0,
    bounds=(0.0, 12.0),
    lag_quarters=0,
    cost=Cost(
        unit_cost=8_000_000.0,
        low=3_000_000.0,
        high=25_000_000.0,
        basis="intensity",
        recipient="carriers",
        paid_by={"district": 0.4, "city": 0.3, "firm": 0.3},
        note=(
            "Base-year. Per base-year: capex 5-60M over 8 y + 4M operating (memory). No lag of its own: the rule waits "
            "for the gestation of R&D. Split assumed: the source names the payers only."
        ),
    ),
    evidence="no causal estimate found",
    source="own judgement. Intensities: all assumed (plan: 一批). Found or from memory: memory; confidence: low",
    status="assumed",
    apply=apply,
)
