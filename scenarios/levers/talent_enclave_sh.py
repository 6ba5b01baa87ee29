"""R&D seats in Shanghai for staff whom Yinzhou firms employ there."""

from __future__ import annotations

from dataclasses import replace

from model.policy import Cost, Lever, Policy


def apply(policy: Policy, intensity: float) -> Policy:
    """Turn the number of R&D seats in Shanghai open to staff of Yinzhou firms.

    Parameters
    ----------
    policy : the policy of 2020.
    intensity : R&D seats filled (heads); 0 or above.

    Returns
    -------
    The same policy with ``shanghai_seats`` = ``intensity``.
    """
    return replace(policy, shanghai_seats=intensity)


LEVER = Lever(
    lever_id="talent_enclave_sh",
    family="enclaves",
    name_zh="在沪人才飞地",
    name_en="Talent enclave in Shanghai (staff employed by Yinzhou firms, located in Shanghai)",
    plan_section="三(二)4;四(五)双向人才飞地",
    unit="R&D seats filled (heads)",
    unit_zh="个在岗研发席位（人）",
    baseline=50.0,
    plan=400.0,
    strong=1_000.0,
    bounds=(0.0, 1_500.0),
    lag_quarters=4,
    cost=Cost(
        unit_cost=45_000.0,
        low=20_000.0,
        high=80_000.0,
        basis="intensity",
        recipient="operators",
        paid_by={"district": 0.6, "firm": 0.4},
        note=(
            "Per seat-year. Per seat-year: 15 m2 x 5 yuan x365 = 27k rent + 10-25k talent top-up (memory). Split "
            "assumed: the district pays the rent (27 of 45 thousand yuan a seat), the firm the top-up."
        ),
    ),
    evidence="No causal estimate found for talent enclaves separately",
    source=(
        "四(五) plan; 温岭驻沪飞地 page wl-sh.com (qualitative). Intensities: all assumed. Found or from memory: "
        "memory; confidence: low"
    ),
    status="assumed",
    apply=apply,
)
