"""Loans against pledged patents."""

from __future__ import annotations

from dataclasses import replace

from model.policy import Cost, Lever, Policy

YUAN_PER_MILLION = 1e6


def apply(policy: Policy, intensity: float) -> Policy:
    """Turn the loans against pledged patents that banks are ready to hold.

    Parameters
    ----------
    policy : the policy in force without this lever.
    intensity : million yuan pledged loans outstanding; 0 or above.

    Returns
    -------
    The same policy with ``pledged_loans`` = ``intensity * YUAN_PER_MILLION``.
    """
    return replace(policy, pledged_loans=intensity * YUAN_PER_MILLION)


LEVER = Lever(
    lever_id="patent_pledge",
    family="finance",
    name_zh="专利质押融资",
    name_en="Patent pledge finance",
    plan_section="四(一)",
    unit="million yuan pledged loans outstanding",
    unit_zh="百万元质押贷款余额",
    baseline=500.0,
    plan=1500.0,
    strong=5000.0,
    bounds=(0.0, 7500.0),
    lag_quarters=4,
    cost=Cost(
        unit_cost=15000.0,
        low=5000.0,
        high=30000.0,
        basis="intensity",
        recipient="banks",
        paid_by={"district": 0.5, "city": 0.3, "bank": 0.2},
        note=(
            "1M yuan loan, year. Per 1M loan-year (memory, 0.5-3%). Split assumed: the source names the payers only."
        ),
    ),
    evidence=(
        "MIXED: pilot raised R&D and capital-allocation efficiency (Chen Z., found) / no change in R&D intensity, "
        "more strategic patents and misallocation (金融 2024 study, found) / more investment via lower debt cost "
        "(Liu&Zhu 2024, found)"
    ),
    source=(
        "UM FSS seminar 2025; napstic 010nfjj202412002; Pacific-Basin Fin J 2024. Intensities: all assumed. Found "
        "or from memory: found(effect)+memory(cost); confidence: medium-low"
    ),
    status="assumed",
    apply=apply,
)
