"""A pool that bears part of banks' losses on loans to small technology firms."""

from __future__ import annotations

from dataclasses import replace

from model.policy import Cost, Lever, Policy

YUAN_PER_MILLION = 1e6


def apply(policy: Policy, intensity: float) -> Policy:
    """Turn the balance of the risk pool.

    Parameters
    ----------
    policy : the policy of 2020.
    intensity : million yuan pool balance; 0 or above.

    Returns
    -------
    The same policy with ``risk_pool`` = ``intensity * YUAN_PER_MILLION``.
    """
    return replace(policy, risk_pool=intensity * YUAN_PER_MILLION)


LEVER = Lever(
    lever_id="risk_pool_loan",
    family="finance",
    name_zh="风险池基金贷款",
    name_en="Risk-pool loans for tech SMEs",
    plan_section="四(一)",
    unit="million yuan pool balance",
    unit_zh="百万元资金池余额",
    baseline=50.0,
    plan=100.0,
    strong=300.0,
    bounds=(0.0, 450.0),
    lag_quarters=2,
    cost=Cost(
        unit_cost=150_000.0,
        low=80_000.0,
        high=300_000.0,
        basis="intensity",
        recipient="banks",
        paid_by={"district": 0.8, "bank": 0.2},
        note=(
            "Per 1M yuan pool, year. Per 1M pool-year: 5-8M loans x 2-3% loss x 40% + interest relief (memory). "
            "Found: 镇海 pool 150M, >800M lent since 2012 (5.3x), borrower cost -30% (promotional). Split assumed: "
            "the source names the payers only."
        ),
    ),
    evidence="large R&D responses come from financially constrained firms (Dechezlepretre et al., found)",
    source=(
        "zhejiang.010b.com/159664 2025. Intensities: all assumed (neighbour 150M found). Found or from memory: "
        "found(analogue); confidence: medium"
    ),
    status="assumed",
    apply=apply,
)
