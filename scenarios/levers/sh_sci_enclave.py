"""Science-innovation enclaves that the district rents and operates in Shanghai."""

from __future__ import annotations

from dataclasses import replace

from model.policy import Cost, Lever, Policy


def apply(policy: Policy, intensity: float) -> Policy:
    """Turn the number of Shanghai enclaves in operation.

    Parameters
    ----------
    policy : the policy of 2020.
    intensity : enclave-equivalents of 5,000 m2 in operation; 0 or above.

    Returns
    -------
    The same policy with ``enclave_units`` = ``intensity``.
    """
    return replace(policy, enclave_units=intensity)


LEVER = Lever(
    lever_id="sh_sci_enclave",
    family="enclaves",
    name_zh="在沪科创飞地/域外孵化器",
    name_en="Science-innovation enclave in Shanghai (Yangpu/Huangpu)",
    plan_section="二(三)目标;三(二)2、4;四(二);表4-2#2",
    unit="enclave-equivalents of 5,000 m2 in operation",
    unit_zh="个在运营飞地（每个折合5000平方米）",
    baseline=1.0,
    plan=6.0,
    strong=10.0,
    bounds=(0.0, 15.0),
    lag_quarters=6,
    cost=Cost(
        unit_cost=12_000_000.0,
        low=5_000_000.0,
        high=25_000_000.0,
        basis="intensity",
        recipient="operators",
        paid_by={"district": 1.0},
        note=(
            "Per enclave-year. Per enclave-year: rent 5,000 m2 x 4-6 yuan/m2/day x365 = 7.3-11.0M (Shanghai "
            "decentralised office rent, memory) + operator 2-4M (memory). Purchase/build cross-check: 衢州海创园 "
            "320M yuan / 67,000 m2 = 4,776 yuan/m2 (found, cyol 2017); 嘉善国际创新中心(上海) 17,000 m2 (found). "
            "The source names the district as the only payer."
        ),
    ),
    evidence=(
        "Multi-period DID, Jiangsu+Zhejiang counties 2001-2022: enclaves raise county innovation, more enclaves "
        "more effect, stronger in top-100 counties (found; coefficient not visible). Case: 崇福融杭 7 incubated, 6 "
        "landed in 16 months, 200M yuan (found, promotional)"
    ),
    source=(
        "热带地理 2025,45(9):1510-1524; csjcs.com/人民日报 2024-02; feidionline.com; cyol.com 2017-09-18; plan=the "
        "plan (鄞政办发〔2021〕79号). Intensities: plan +5 from the plan; baseline 1 = 上海创新中心 named in plan "
        "(count assumed); strong assumed. Found or from memory: found(evidence)+memory(rent); confidence: "
        "medium-low"
    ),
    status="assumed",
    apply=apply,
)
