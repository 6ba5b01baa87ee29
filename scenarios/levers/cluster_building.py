"""Specialised parks for the plan's industrial clusters."""

from __future__ import annotations

from dataclasses import replace

from model.policy import Cost, Lever, Policy

M2_PER_MILLION = 1e6


def apply(policy: Policy, intensity: float) -> Policy:
    """Turn the industrial park space added in a year.

    Parameters
    ----------
    policy : the policy in force without this lever.
    intensity : million m2 park space added per year; 0 or above.

    Returns
    -------
    The same policy with ``park_space`` = ``intensity * M2_PER_MILLION``.
    """
    return replace(policy, park_space=intensity * M2_PER_MILLION)


LEVER = Lever(
    lever_id="cluster_building",
    family="firms_and_research",
    name_zh="154产业集群/微电子园/软件园",
    name_en="Industrial cluster building",
    plan_section="三(二)3;四(二);表4-2#1、#3、#6",
    unit="million m2 park space added per year",
    unit_zh="百万平方米新增园区空间/年",
    baseline=0.2,
    plan=0.5,
    strong=1.0,
    bounds=(0.0, 1.5),
    lag_quarters=8,
    cost=Cost(
        unit_cost=300_000_000.0,
        low=100_000_000.0,
        high=800_000_000.0,
        basis="intensity",
        recipient="firms",
        paid_by={"district": 1.0},
        note=(
            "Million m2 (fiscal part). Fiscal support per million m2 (memory; capex ~3,500 yuan/m2 mostly market "
            "money). The fiscal part only; what the market builds is not in it."
        ),
    ),
    evidence=(
        "SEZ programme: capital, employment, output, wages, firm count up; net entry dominates over incumbents; "
        "gains larger in capital-intensive industries (found)"
    ),
    source=(
        "Lu,Wang&Zhu 2019 AEJ:EP. Intensities: areas assumed; cluster targets from the plan. Found or from memory: "
        "found(sign)+memory(cost); confidence: medium-low"
    ),
    status="assumed",
    apply=apply,
)
