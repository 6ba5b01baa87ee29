"""Living and housing money for graduates who settle."""

from __future__ import annotations

from dataclasses import replace

from model.policy import Cost, Lever, Policy

GRADUATE_SETTLEMENT_2020 = Policy.neutral().graduate_settlement
"""Yuan a head at multiplier 1."""


def apply(policy: Policy, intensity: float) -> Policy:
    """Turn the settlement money of a graduate.

    Parameters
    ----------
    policy : the policy of 2020.
    intensity : multiplier on 2020 schedule; 0 or above.

    Returns
    -------
    The same policy with ``graduate_settlement`` = ``GRADUATE_SETTLEMENT_2020 * intensity``.
    """
    return replace(policy, graduate_settlement=GRADUATE_SETTLEMENT_2020 * intensity)


LEVER = Lever(
    lever_id="talent_subsidy_grad",
    family="talent",
    name_zh="大学生/基础人才安居与购房补贴",
    name_en="Graduate living and housing subsidy",
    plan_section="表4-1#7;三(五)1",
    unit="multiplier on 2020 schedule",
    unit_zh="倍（2020年补助标准为1）",
    baseline=1.0,
    plan=1.3,
    strong=2.0,
    bounds=(0.0, 3.0),
    lag_quarters=2,
    cost=Cost(
        unit_cost=GRADUATE_SETTLEMENT_2020,
        low=10_000.0,
        high=60_000.0,
        basis="event:graduates_settled",
        recipient="talents",
        paid_by={"district": 0.5, "city": 0.5},
        multiplier=True,
        note=(
            "Per graduate at multiplier 1.0 (one-off). Per graduate settled (memory): bachelor ~10k, master ~30k, "
            "home-purchase up to ~80k x take-up 15%. Split assumed equal: the source names the payers only."
        ),
    ),
    evidence=(
        "House price +1,000 yuan/m2 -> +3.14pp probability that graduates leave (found) gives the exchange rate of "
        "a housing subsidy; DID: settlement subsidies raise intention, strongest for housing and start-up aid and "
        "in second-tier cities (found, no size)"
    ),
    source=(
        "宋弘&吴茂华 金融研究 2020; 陈淑云&李琪 江汉论坛 2022. Intensities: normalised; 1.3/2.0 assumed. Found or "
        "from memory: memory(cost)+found(effect); confidence: low"
    ),
    status="assumed",
    apply=apply,
)
