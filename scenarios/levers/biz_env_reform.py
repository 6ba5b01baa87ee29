"""Reform of the business environment."""

from __future__ import annotations

from dataclasses import replace

from model.policy import Cost, Lever, Policy


def apply(policy: Policy, intensity: float) -> Policy:
    """Turn the business-environment index.

    Parameters
    ----------
    policy : the policy in force without this lever.
    intensity : index 0-1; 0 or above.

    Returns
    -------
    The same policy with ``business_environment`` = ``intensity``.
    """
    return replace(policy, business_environment=intensity)


LEVER = Lever(
    lever_id="biz_env_reform",
    family="openness_and_services",
    name_zh="营商环境/最多跑一次/长三角一件事",
    name_en="Business-environment reform",
    plan_section="三(四)3;四(六)",
    unit="index 0-1",
    unit_zh="指数（0至1）",
    baseline=0.5,
    plan=0.8,
    strong=1.0,
    bounds=(0.0, 1.0),
    lag_quarters=2,
    cost=Cost(
        unit_cost=100_000_000.0,
        low=30_000_000.0,
        high=300_000_000.0,
        basis="above_baseline",
        recipient="firms",
        paid_by={"district": 1.0},
        note=(
            "+0.1 index above 2020, year. Per +0.1 index-year (memory). 10 m yuan per +0.1 of the index a year is 100 "
            "m per +1."
        ),
    ),
    evidence=(
        "2012-14 Guangdong registration reform: entry +25%, exit +8.7%, entrant productivity +1.1% (found). "
        "Removal of entry approvals: incumbent growth -8%; operation approvals: +3% (found). Yinzhou already >98% "
        "online in 2020 -> little room"
    ),
    source=(
        "Barwick et al. CEPR DP19439; 财经研究. Intensities: index assumed. Found or from memory: found(effect); "
        "confidence: medium"
    ),
    status="assumed",
    apply=apply,
)
