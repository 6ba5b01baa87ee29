"""Recruiting stations and campus fairs at Shanghai universities."""

from __future__ import annotations

from dataclasses import replace

from model.policy import Cost, Lever, Policy


def apply(policy: Policy, intensity: float) -> Policy:
    """Turn the number of recruiting campaigns at Shanghai universities.

    Parameters
    ----------
    policy : the policy of 2020.
    intensity : campaigns per year; 0 or above.

    Returns
    -------
    The same policy with ``campus_campaigns`` = ``intensity``.
    """
    return replace(policy, campus_campaigns=intensity)


LEVER = Lever(
    lever_id="sh_talent_express",
    family="talent",
    name_zh="上海人才直通车/引才工作站/百校行",
    name_en="Shanghai talent express: stations and campus fairs",
    plan_section="表4-4#2;表4-1#8;三(五)1",
    unit="campaigns per year",
    unit_zh="场引才活动/年",
    baseline=4.0,
    plan=12.0,
    strong=30.0,
    bounds=(0.0, 45.0),
    lag_quarters=2,
    cost=Cost(
        unit_cost=250_000.0,
        low=100_000.0,
        high=600_000.0,
        basis="intensity",
        recipient="operators",
        paid_by={"district": 1.0},
        note=(
            "Per campaign. Per campaign; station ~1M/y extra (memory). The source names the district as the only "
            "payer; the permanent station (about 1M yuan a year) is not in the unit cost."
        ),
    ),
    evidence=(
        "SJTU 2020 graduates: 71.9% stay in Shanghai; 2021: 66.8% Shanghai, 23.9% other east (found) -> small "
        "addressable pool. Network/kin ties dominate wages (Dahl&Sorenson, found)"
    ),
    source=(
        "SJTU employment reports via m.6898555.com and hahafu.net.cn. Intensities: all assumed. Found or from "
        "memory: memory(cost)+found(pool); confidence: low"
    ),
    status="assumed",
    apply=apply,
)
