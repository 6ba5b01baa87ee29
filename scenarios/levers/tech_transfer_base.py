"""A subsidy on technology contracts."""

from __future__ import annotations

from dataclasses import replace

from model.policy import Cost, Lever, Policy

SHARE_PER_PERCENT = 0.01


def apply(policy: Policy, intensity: float) -> Policy:
    """Turn the subsidy on technology contracts.

    Parameters
    ----------
    policy : the policy in force without this lever.
    intensity : percent of contract value; 0 or above.

    Returns
    -------
    The same policy with ``contract_subsidy_rate`` = ``intensity * SHARE_PER_PERCENT``.
    """
    return replace(policy, contract_subsidy_rate=intensity * SHARE_PER_PERCENT)


LEVER = Lever(
    lever_id="tech_transfer_base",
    family="firms_and_research",
    name_zh="科技成果转移转化/技术市场",
    name_en="Technology-transfer base and contract market",
    plan_section="三(二)3、4;四(二)",
    unit="percent of contract value",
    unit_zh="%（占合同额）",
    baseline=0.0,
    plan=1.0,
    strong=3.0,
    bounds=(0.0, 10.0),
    lag_quarters=0,
    cost=Cost(
        unit_cost=50_000_000.0,
        low=25_000_000.0,
        high=80_000_000.0,
        basis="intensity",
        recipient="firms",
        paid_by={"district": 0.6, "city": 0.4},
        note=(
            "+1 percentage point, year. Yuan per +1pp a year at about 5bn of contracts in 2020-21 (assumed). No lag of "
            "its own: the rule waits for the gestation of R&D. Split assumed: the source names the payers only."
        ),
    ),
    evidence="vouchers evidence as proxy",
    source=(
        "own judgement. Intensities: all assumed. Found or from memory: found(base)+memory(rate); confidence: "
        "medium-low"
    ),
    status="assumed",
    apply=apply,
)
