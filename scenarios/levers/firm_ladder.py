"""Awards for certification along the cultivation ladder of firms."""

from __future__ import annotations

from dataclasses import replace

from model.policy import Cost, Lever, Policy

CERTIFICATION_AWARD_2020 = Policy.neutral().certification_award
"""Yuan a firm at multiplier 1."""


def apply(policy: Policy, intensity: float) -> Policy:
    """Turn the award for a first high-tech certificate.

    Parameters
    ----------
    policy : the policy of 2020.
    intensity : multiplier on award schedule; 0 or above.

    Returns
    -------
    The same policy with ``certification_award`` = ``CERTIFICATION_AWARD_2020 * intensity``.
    """
    return replace(policy, certification_award=CERTIFICATION_AWARD_2020 * intensity)


LEVER = Lever(
    lever_id="firm_ladder",
    family="firms_and_research",
    name_zh="微成长-小升高-高壮大梯次培育",
    name_en="Firm cultivation ladder",
    plan_section="四(一)",
    unit="multiplier on award schedule",
    unit_zh="倍（2020年奖励标准为1）",
    baseline=1.0,
    plan=1.5,
    strong=2.5,
    bounds=(0.0, 4.0),
    # The lag of a year in the evidence is in the yearly hazards of certification in the model: not twice.
    lag_quarters=0,
    cost=Cost(
        unit_cost=CERTIFICATION_AWARD_2020,
        low=100_000.0,
        high=500_000.0,
        basis="event:firms_certified",
        recipient="firms",
        paid_by={"district": 0.5, "city": 0.5},
        multiplier=True,
        note=(
            "Per newly certified firm at multiplier 1.0. First-time HNTE 0.2M (memory); small->above-scale "
            "0.1-0.2M (memory); district centre 0.05M+0.05M voucher, city 0.10M, provincial 0.50M, national 2.0M "
            "R&D centre (found, 前湾 2022); 余姚 0.05-0.5M for specialised titles (found). Split assumed equal: "
            "the source names the payers only."
        ),
    ),
    evidence=(
        "InnoCom notch: reported R&D up 18.8% (ITT, WP), 24.2% of reported R&D is relabelled, doubling R&D => +9% "
        "productivity (published) (found)"
    ),
    source=(
        "Chen,Liu,Suarez Serrato&Xu 2021; zcy T243343; zcy T221883. Intensities: normalised; assumed. Found or "
        "from memory: found(effect,centre awards)+memory(HNTE award); confidence: medium-high"
    ),
    status="assumed",
    apply=apply,
)
