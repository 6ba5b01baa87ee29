"""Part of the price of research equipment, paid on top of the R&D subsidy: a lever made up to show where one goes."""

from __future__ import annotations

from dataclasses import replace

from model.policy import Cost, Lever, Policy


def apply(policy: Policy, intensity: float) -> Policy:
    """Turn the share of eligible R&D that is paid back.

    Parameters
    ----------
    policy : the policy of 2020.
    intensity : percent of eligible R&D; 0 or above.

    Returns
    -------
    The same policy with ``rd_subsidy_rate`` higher by ``intensity / 100.0``.
    """
    return replace(policy, rd_subsidy_rate=policy.rd_subsidy_rate + intensity / 100.0)


LEVER = Lever(
    lever_id="equipment_subsidy",
    family="firms_and_research",
    name_zh="科研设备补助",
    name_en="Equipment subsidy",
    plan_section="四(一)",
    unit="percent of eligible R&D",
    unit_zh="%（占可计研发支出）",
    baseline=0.0,
    plan=1.0,
    strong=4.0,
    bounds=(0.0, 6.0),
    lag_quarters=0,
    cost=Cost(
        unit_cost=20_000_000.0,
        low=10_000_000.0,
        high=30_000_000.0,
        basis="intensity",
        recipient="firms",
        paid_by={"district": 1.0},
        note="Made up.",
    ),
    evidence="none: made up",
    source="none: made up",
    status="assumed",
    apply=apply,
)
