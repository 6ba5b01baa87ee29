"""Public co-investment behind angel funds that invest in Yinzhou firms."""

from __future__ import annotations

from dataclasses import replace

from model.policy import Cost, Lever, Policy

YUAN_PER_MILLION = 1e6


def apply(policy: Policy, intensity: float) -> Policy:
    """Turn the public money put behind angel funds a year.

    Parameters
    ----------
    policy : the policy of 2020.
    intensity : million yuan public money invested per year in Yinzhou firms; 0 or above.

    Returns
    -------
    The same policy with ``angel_investment`` = ``intensity * YUAN_PER_MILLION``.
    """
    return replace(policy, angel_investment=intensity * YUAN_PER_MILLION)


LEVER = Lever(
    lever_id="angel_fund",
    family="finance",
    name_zh="天使投资引导基金",
    name_en="Angel guidance fund",
    plan_section="四(一)",
    unit="million yuan public money invested per year in Yinzhou firms",
    unit_zh="百万元财政资金/年，投向鄞州企业",
    baseline=15.0,
    plan=60.0,
    strong=300.0,
    bounds=(0.0, 450.0),
    lag_quarters=6,
    cost=Cost(
        unit_cost=400_000.0,
        low=200_000.0,
        high=700_000.0,
        basis="intensity",
        recipient="firms",
        paid_by={"district": 0.5, "city": 0.5},
        note=(
            "Per 1M yuan invested (net fiscal cost). NET fiscal cost per 1M invested = expected loss + opportunity "
            "(memory). Found: phase 1 put in 200M over 5 y, 215 firms (0.93M each), 2.153bn private => leverage "
            "10.8; city fund enlarged to 5bn in 2023; reward 3-5M per 100M invested to equity funds. Split assumed "
            "equal: the source names the payers only."
        ),
    ),
    evidence=(
        "China: VC backing raises profitability and labour productivity, NOT sales growth or R&D after entry "
        "(found). Only 26% of guidance funds met target size by 2021 (found) -> haircut on announced sizes"
    ),
    source=(
        "cnnb 2018-11-22; cnnb 2013-02-17; 甬科资〔2023〕113号; Guo&Jiang 2013; Wei,Ang&Jia 2023. Intensities: all "
        "assumed (city fund size found). Found or from memory: found; confidence: medium-high"
    ),
    status="assumed",
    apply=apply,
)
