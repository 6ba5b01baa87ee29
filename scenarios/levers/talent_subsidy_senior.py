"""Settlement and housing money for senior and leading talents."""

from __future__ import annotations

from dataclasses import replace

from model.policy import Cost, Lever, Policy

SENIOR_SETTLEMENT_2020 = Policy.neutral().senior_settlement
"""Yuan a head at multiplier 1."""


def apply(policy: Policy, intensity: float) -> Policy:
    """Turn the settlement money of a senior or leading talent.

    Parameters
    ----------
    policy : the policy of 2020.
    intensity : multiplier on 2020 schedule; 0 or above.

    Returns
    -------
    The same policy with ``senior_settlement`` = ``SENIOR_SETTLEMENT_2020 * intensity``.
    """
    return replace(policy, senior_settlement=SENIOR_SETTLEMENT_2020 * intensity)


LEVER = Lever(
    lever_id="talent_subsidy_senior",
    family="talent",
    name_zh="高层次人才安家/购房补贴",
    name_en="Settlement and housing subsidy for senior tiers",
    plan_section="表4-1#7",
    unit="multiplier on 2020 schedule",
    unit_zh="倍（2020年补助标准为1）",
    baseline=1.0,
    plan=1.3,
    strong=2.0,
    bounds=(0.0, 3.0),
    lag_quarters=4,
    cost=Cost(
        unit_cost=SENIOR_SETTLEMENT_2020,
        low=150_000.0,
        high=1_000_000.0,
        basis="event:seniors_settled",
        recipient="talents",
        paid_by={"district": 0.5, "city": 0.5},
        multiplier=True,
        note=(
            "Per head at multiplier 1.0 (one-off). Average per head. Schedule in yuan (memory): 顶尖 up to 8M; 特优"
            " ~1M; 领军 ~0.8M; 拔尖 ~0.5M; 高级 ~0.15-0.2M. Neighbour cap: 北仑 up to 3M per person over 3 y to "
            "hiring firm (found). Ningbo 2025: top-talent project up to 100M (found). Split assumed equal: the "
            "source names the payers only."
        ),
    ),
    evidence=(
        "US star scientists: long-run mobility elasticity 1.8 to net-of-tax income, small in the short run "
        "(found). Elite graduates: second-tier talent policies show NO positive effect (found)"
    ),
    source=(
        "科技日报 2021-05-14 (北仑); shukeb.com 2025 (city); Moretti&Wilson 2017; Cui et al. 2022. Intensities: "
        "normalised; 1.3/2.0 assumed. Found or from memory: memory(schedule)+found(caps); confidence: low"
    ),
    status="assumed",
    apply=apply,
)
