"""Research institutes and branch campuses run with universities."""

from __future__ import annotations

from dataclasses import replace

from model.policy import Cost, Lever, Policy


def apply(policy: Policy, intensity: float) -> Policy:
    """Turn the number of university research institutes in operation.

    Parameters
    ----------
    policy : the policy of 2020.
    intensity : institutes in operation; 0 or above.

    Returns
    -------
    The same policy with ``institutes`` = ``intensity``.
    """
    return replace(policy, institutes=intensity)


LEVER = Lever(
    lever_id="univ_institutes",
    family="institutes_and_carriers",
    name_zh="高校创新研究院/名校分校",
    name_en="University research institutes",
    plan_section="二(三)引进5家以上高校创新研究院(或分校);三(五)1;三(二)2",
    unit="institutes in operation",
    unit_zh="家在运营研究院",
    baseline=3.0,
    plan=8.0,
    strong=12.0,
    bounds=(0.0, 18.0),
    lag_quarters=8,
    cost=Cost(
        unit_cost=30_000_000.0,
        low=10_000_000.0,
        high=100_000_000.0,
        basis="intensity",
        recipient="institutes",
        paid_by={"district": 0.5, "city": 0.3, "university": 0.2},
        note=(
            "Per institute-year. Per institute-year for 5 y (memory). Found: 宁波工业互联网研究院 park 1.1bn yuan; "
            "city 2025 offer >=10M (provincial) / >=100M (national) per centre. Split assumed: the source names "
            "the payers only."
        ),
    ),
    evidence=(
        "宁波工业互联网研究院: 200+ talents and 7 firms in ~2 y (found). Research-institute links help, university "
        "links not, for new-product sales (Hou et al. 2019, found)"
    ),
    source=(
        "xpykjsws.com; shukeb.com 2025; EJIM 2019. Intensities: plan +5 from the plan; baseline assumed (the plan "
        "names 3). Found or from memory: found(case)+memory(cost); confidence: medium-low"
    ),
    status="assumed",
    apply=apply,
)
