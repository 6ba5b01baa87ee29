"""Post-doc workstations."""

from __future__ import annotations

from dataclasses import replace

from model.policy import Cost, Lever, Policy


def apply(policy: Policy, intensity: float) -> Policy:
    """Turn the places for new post-docs a year.

    Parameters
    ----------
    policy : the policy in force without this lever.
    intensity : new post-docs per year; 0 or above.

    Returns
    -------
    The same policy with ``new_postdocs`` = ``intensity``.
    """
    return replace(policy, new_postdocs=intensity)


LEVER = Lever(
    lever_id="postdoc_support",
    family="talent",
    name_zh="博士后引育",
    name_en="Post-doc workstations",
    plan_section="二(三)新增博士后人才60人",
    unit="new post-docs per year",
    unit_zh="名新进站博士后/年",
    baseline=6.0,
    plan=12.0,
    strong=30.0,
    bounds=(0.0, 45.0),
    lag_quarters=4,
    cost=Cost(
        unit_cost=400000.0,
        low=200000.0,
        high=800000.0,
        basis="event:postdocs_arrived",
        recipient="talents",
        paid_by={"city": 0.3, "district": 0.4, "firm": 0.3},
        note="Post-doc (2 years). Per post-doc over 2 y (memory). Split assumed: the source names the payers only.",
    ),
    evidence="Stations raise firm papers/citations (found, no size)",
    source=(
        "lchlcl.com 郑世林. Intensities: plan 60 over 5 y from the plan; rest assumed. Found or from memory: "
        "memory; confidence: low"
    ),
    status="assumed",
    apply=apply,
)
