"""Financial head offices from Shanghai."""

from __future__ import annotations

from dataclasses import replace

from model.policy import Cost, Lever, Policy


def apply(policy: Policy, intensity: float) -> Policy:
    """Turn the financial head offices attracted in a year.

    Parameters
    ----------
    policy : the policy in force without this lever.
    intensity : HQ-type institutions per year; 0 or above.

    Returns
    -------
    The same policy with ``financial_head_offices`` = ``intensity``.
    """
    return replace(policy, financial_head_offices=intensity)


LEVER = Lever(
    lever_id="sh_fin_inst",
    family="finance",
    name_zh="引进上海金融机构",
    name_en="Shanghai financial institutions",
    plan_section="四(二)",
    unit="HQ-type institutions per year",
    unit_zh="家总部型机构/年",
    baseline=1.0,
    plan=3.0,
    strong=6.0,
    bounds=(0.0, 9.0),
    lag_quarters=8,
    cost=Cost(
        unit_cost=5_000_000.0,
        low=1_000_000.0,
        high=20_000_000.0,
        basis="intensity",
        recipient="firms",
        paid_by={"district": 1.0},
        note="Institution (one-off). Per institution (memory).",
    ),
    evidence=(
        "Direct HSR link raises city-pair investment 45%; 1-hour circle of VC centres +32.5% VC events (found) -> "
        "proximity matters"
    ),
    source=(
        "CUHK seminar; tdxb 2024. Intensities: plan 3/y from the plan; rest assumed. Found or from memory: "
        "memory(cost); confidence: low"
    ),
    status="assumed",
    apply=apply,
)
