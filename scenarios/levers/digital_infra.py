"""Digital infrastructure that firms can adopt."""

from __future__ import annotations

from dataclasses import replace

from model.policy import Cost, Lever, Policy


def apply(policy: Policy, intensity: float) -> Policy:
    """Turn the 5G base stations that stand.

    Parameters
    ----------
    policy : the policy in force without this lever.
    intensity : 5G base stations (cumulative); 0 or above.

    Returns
    -------
    The same policy with ``base_stations`` = ``intensity``.
    """
    return replace(policy, base_stations=intensity)


LEVER = Lever(
    lever_id="digital_infra",
    family="openness_and_services",
    name_zh="数字经济新基建/工业互联网",
    name_en="Digital-economy infrastructure",
    plan_section="三(一)2、3;四(三);二(三)",
    unit="5G base stations (cumulative)",
    unit_zh="座5G基站（累计）",
    baseline=1300.0,
    plan=2658.0,
    strong=4000.0,
    bounds=(0.0, 6000.0),
    lag_quarters=4,
    cost=Cost(
        unit_cost=20000.0,
        low=5000.0,
        high=50000.0,
        basis="intensity_change",
        recipient="operators",
        paid_by={"district": 1.0},
        note=(
            "New station (fiscal part). Fiscal part per station; full capex ~0.3M paid by operators (memory). The "
            "fiscal part only, once for a new station; operators pay the rest."
        ),
    ),
    evidence=(
        "Broadband China: revenue per employee +4.1% (not robust to CSDID; weaker in manufacturing) (found); urban "
        "innovation up incl. neighbours (found)"
    ),
    source=(
        "citedrive 2026; SCED 2024. Intensities: plan 2,658 from the plan; baseline assumed. Found or from memory: "
        "found(effect)+memory(cost); confidence: medium"
    ),
    status="assumed",
    apply=apply,
)
