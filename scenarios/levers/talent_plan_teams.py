"""Grants to founder teams."""

from __future__ import annotations

from dataclasses import replace

from model.policy import Cost, Lever, Policy


def apply(policy: Policy, intensity: float) -> Policy:
    """Turn the founder teams that the talent plan can fund in a year.

    Parameters
    ----------
    policy : the policy in force without this lever.
    intensity : new teams per year; 0 or above.

    Returns
    -------
    The same policy with ``talent_teams`` = ``intensity``.
    """
    return replace(policy, talent_teams=intensity)


LEVER = Lever(
    lever_id="talent_plan_teams",
    family="talent",
    name_zh="升级人才政策:创业鄞州·精英引领计划",
    name_en="Talent-entrepreneur team plan (upgrade of talent policy system)",
    plan_section="表4-1#7;二(三)省级以上领军型人才达到120人",
    unit="new teams per year",
    unit_zh="个新入选团队/年",
    baseline=20.0,
    plan=30.0,
    strong=60.0,
    bounds=(0.0, 90.0),
    lag_quarters=4,
    cost=Cost(
        unit_cost=2_500_000.0,
        low=2_000_000.0,
        high=7_500_000.0,
        basis="event:teams_founded",
        recipient="firms",
        paid_by={"district": 0.6, "city": 0.4},
        note=(
            "New team (one-off, staged over ~3 years). District part per team: A 6.0M / B 3.0M / C 2.0M grant; rent "
            "relief 0.20/0.15/0.10M per y x3; interest relief <=1.0/0.75/0.5M per y; startup loan <=6M (found). City "
            "3315 adds 20/10/5M (A/B/C teams) or 30% of private money up to 20M (found). Paid in stages; ~60% paid "
            "(memory). Charged whole when a team is founded: that it is paid in stages, and about 60 % of it, is left "
            "out, so the cost is an upper one. Split assumed: the source names the payers only."
        ),
    ),
    evidence=(
        "奉化凤麓英才 8 y: 145 teams -> 1.2bn yuan output, 500 PhD/MSc, 1.0bn private capital, i.e. per team 8.3M "
        "output, 3.4 PhD/MSc, 6.9M private (found). 3315 to 2017: 446 people, 138 teams city-wide (found). "
        "Job-posting data: talent policies raise postings mainly through NEW firms, posted wages unchanged (HKUST "
        "seminar 2024, found)"
    ),
    source=(
        "giginno.com/detail?id=405 (tiers, undated); egdlx.com 2018 (3315); y.tt 2018 (以投带引); daheige.xyz 2021 "
        "(奉化). Intensities: all assumed. Found or from memory: found(cost); confidence: medium-high"
    ),
    status="assumed",
    apply=apply,
)
