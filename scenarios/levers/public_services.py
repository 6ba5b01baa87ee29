"""Branch hospitals and schools run jointly with Shanghai."""

from __future__ import annotations

from dataclasses import replace

from model.policy import Cost, Lever, Policy


def apply(policy: Policy, intensity: float) -> Policy:
    """Turn the number of hospitals and schools run jointly with Shanghai.

    Parameters
    ----------
    policy : the policy of 2020.
    intensity : joint institutions; 0 or above.

    Returns
    -------
    The same policy with ``joint_institutions`` = ``intensity``.
    """
    return replace(policy, joint_institutions=intensity)


LEVER = Lever(
    lever_id="public_services",
    family="openness_and_services",
    name_zh="沪甬医疗教育共享",
    name_en="Shared health and education",
    plan_section="二(三)引进5家以上高端医疗机构;三(五)1、2;表4-4#4、#6",
    unit="joint institutions",
    unit_zh="家合办机构",
    baseline=2.0,
    plan=7.0,
    strong=12.0,
    bounds=(0.0, 18.0),
    lag_quarters=10,
    cost=Cost(
        unit_cost=30_000_000.0,
        low=10_000_000.0,
        high=80_000_000.0,
        basis="intensity",
        recipient="operators",
        paid_by={"district": 0.5, "city": 0.5},
        note=(
            "Per institution-year. Per institution-year net (memory). Split assumed equal: the source names the "
            "payers only."
        ),
    ),
    evidence=(
        "College workers value amenity index 1.0 vs 0.27 for others (Diamond 2016, found); Chinese graduates: jobs "
        "AND amenities drive flows (Cui et al. 2022, found)"
    ),
    source=(
        "Diamond 2016; Cui et al. 2022. Intensities: plan >=5 medical from the plan; rest assumed. Found or from "
        "memory: found(effect)+memory(cost); confidence: low"
    ),
    status="assumed",
    apply=apply,
)
