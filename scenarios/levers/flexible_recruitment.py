"""Experts engaged part-time, without moving."""

from __future__ import annotations

from dataclasses import replace

from model.policy import Cost, Lever, Policy


def apply(policy: Policy, intensity: float) -> Policy:
    """Turn the expert teams engaged part-time.

    Parameters
    ----------
    policy : the policy in force without this lever.
    intensity : expert teams engaged (stock; 21 academician stations in 2020); 0 or above.

    Returns
    -------
    The same policy with ``expert_teams`` = ``intensity``.
    """
    return replace(policy, expert_teams=intensity)


LEVER = Lever(
    lever_id="flexible_recruitment",
    family="talent",
    name_zh="柔性引才(周末工程师/院士团队)",
    name_en="Flexible (part-time, no relocation) recruitment",
    plan_section="二(三)柔性引进院士创新团队30个以上;三(二)4;三(五)1",
    unit="expert teams engaged (stock; 21 academician stations in 2020)",
    unit_zh="个柔性引进专家团队（存量；2020年21家院士工作站）",
    baseline=21.0,
    plan=51.0,
    strong=81.0,
    bounds=(0.0, 120.0),
    lag_quarters=0,
    cost=Cost(
        unit_cost=1_000_000.0,
        low=500000.0,
        high=3_000_000.0,
        basis="intensity",
        recipient="talents",
        paid_by={"firm": 0.5, "district": 0.5},
        note=(
            "Team-year. Per team-year, station aid + remuneration share (memory); 0.1-0.2 FTE per expert (assumption). "
            "No lag of its own: the rule waits for the gestation of R&D. Split assumed: the source names the payers "
            "only."
        ),
    ),
    evidence=(
        "Post-doc stations raise firm scientific output (stacked DID, found, no size); nothing numeric for "
        "academician stations"
    ),
    source=(
        "plan=the plan (鄞政办发〔2021〕79号); 郑世林 seminar 2023. Intensities: baseline 21 and plan +30 from the "
        "plan; strong assumed. Found or from memory: memory; confidence: low"
    ),
    status="assumed",
    apply=apply,
)
