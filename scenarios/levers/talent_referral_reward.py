"""Rewards for referring senior talents."""

from __future__ import annotations

from dataclasses import replace

from model.policy import Cost, Lever, Policy


def apply(policy: Policy, intensity: float) -> Policy:
    """Turn the referrals that are rewarded in a year, at most.

    Parameters
    ----------
    policy : the policy in force without this lever.
    intensity : successful referrals per year; 0 or above.

    Returns
    -------
    The same policy with ``referrals`` = ``intensity``.
    """
    return replace(policy, referrals=intensity)


LEVER = Lever(
    lever_id="talent_referral_reward",
    family="talent",
    name_zh="企业/机构引才奖励",
    name_en="Referral reward for firms, agencies, talent ambassadors",
    plan_section="表4-1#7",
    unit="successful referrals per year",
    unit_zh="人次成功引荐/年",
    baseline=20.0,
    plan=60.0,
    strong=150.0,
    bounds=(0.0, 225.0),
    lag_quarters=2,
    cost=Cost(
        unit_cost=150000.0,
        low=50000.0,
        high=300000.0,
        basis="event:referrals_paid",
        recipient="talents",
        paid_by={"district": 1.0},
        note="Successful referral. 50k-300k yuan per success (found).",
    ),
    evidence="no causal estimate found",
    source=(
        "giginno.com/detail?id=405. Intensities: all assumed. Found or from memory: found(cost); confidence: medium"
    ),
    status="assumed",
    apply=apply,
)
