"""One labour market: recognition, portability, shared lists."""

from __future__ import annotations

from dataclasses import replace

from model.policy import Cost, Lever, Policy


def apply(policy: Policy, intensity: float) -> Policy:
    """Turn the integration of the three cities' labour markets.

    Parameters
    ----------
    policy : the policy in force without this lever.
    intensity : index 0-1; 0 or above.

    Returns
    -------
    The same policy with ``hr_market_index`` = ``intensity``.
    """
    return replace(policy, hr_market_index=intensity)


LEVER = Lever(
    lever_id="hr_market_integration",
    family="talent",
    name_zh="统一开放人力资源市场/资质互认/社保医保互通",
    name_en="Integrated HR market, mutual recognition, social insurance portability",
    plan_section="三(五)1、3;四(五)社保",
    unit="index 0-1",
    unit_zh="指数（0至1）",
    baseline=0.2,
    plan=0.5,
    strong=0.8,
    bounds=(0.0, 1.0),
    lag_quarters=4,
    cost=Cost(
        unit_cost=10_000_000.0,
        low=3_333_333.3,
        high=33_333_333.3,
        basis="above_baseline",
        recipient="talents",
        paid_by={"district": 0.5, "city": 0.5},
        note=(
            "+0.3 index, year. Per year at index +0.3 (memory). 3 m yuan per +0.3 of the index a year is 10 m per +1. "
            "Split assumed: the source names the payers only."
        ),
    ),
    evidence="hukou restrictions matter most for vocational/junior-college graduates (found)",
    source="Sheng et al. via arbiter.ac. Intensities: index assumed. Found or from memory: memory; confidence: low",
    status="assumed",
    apply=apply,
)
