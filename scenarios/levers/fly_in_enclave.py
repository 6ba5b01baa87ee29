"""Space at home run by Shanghai operators."""

from __future__ import annotations

from dataclasses import replace

from model.policy import Cost, Lever, Policy


def apply(policy: Policy, intensity: float) -> Policy:
    """Turn the space at home that Shanghai operators run.

    Parameters
    ----------
    policy : the policy in force without this lever.
    intensity : 10,000 m2 of operator-run space; 0 or above.

    Returns
    -------
    The same policy with ``operator_space`` = ``intensity``.
    """
    return replace(policy, operator_space=intensity)


LEVER = Lever(
    lever_id="fly_in_enclave",
    family="enclaves",
    name_zh="飞入型科创飞地(大嵩、东外滩)",
    name_en="Fly-in enclaves run by Shanghai operators",
    plan_section="表4-2#4、#5",
    unit="10,000 m2 of operator-run space",
    unit_zh="万平方米沪方运营空间",
    baseline=0.0,
    plan=4.0,
    strong=10.0,
    bounds=(0.0, 15.0),
    lag_quarters=8,
    cost=Cost(
        unit_cost=6_000_000.0,
        low=3_000_000.0,
        high=10_000_000.0,
        basis="intensity",
        recipient="operators",
        paid_by={"district": 1.0},
        note=(
            "Unit-year. Per 10,000 m2-year: capex 4,776 yuan/m2 (found, 衢州) over 20 y = 2.4M + operator fee/rent gap "
            "3-4M (memory). 开发区 (development zones) are the district's; they pay as the district."
        ),
    ),
    evidence=(
        "复旦杭州湾科创园 (Fudan-run, 20,000 m2, opened 2017): 120+ projects, 100+ high-level talents, +42 tech "
        "firms in 2020, occupancy 95% (found); 复旦科技园浙江创新中心(奉化) plan: 300 firms in 5 y of which 15 "
        "above-scale, 30 VC-funded (found, target not result)"
    ),
    source=(
        "人民网/宁波日报 2021-01-10; 中新网 2019-06-08; plan=the plan (鄞政办发〔2021〕79号). Intensities: plan = "
        "2 sites from the plan, area assumed; strong assumed. Found or from memory: found(analogue)+memory; "
        "confidence: medium"
    ),
    status="assumed",
    apply=apply,
)
