"""Makerspaces, incubators and accelerators as one chain."""

from __future__ import annotations

from dataclasses import replace

from model.policy import Cost, Lever, Policy


def apply(policy: Policy, intensity: float) -> Policy:
    """Turn the number of incubation carriers in operation.

    Parameters
    ----------
    policy : the policy of 2020.
    intensity : carriers in operation; 0 or above.

    Returns
    -------
    The same policy with ``incubation_carriers`` = ``intensity``.
    """
    return replace(policy, incubation_carriers=intensity)


LEVER = Lever(
    lever_id="incubator_chain",
    family="institutes_and_carriers",
    name_zh="众创空间-孵化器-加速器全链条",
    name_en="Incubation chain",
    plan_section="四(一);二(三)全链条孵化载体超过60个",
    unit="carriers in operation",
    unit_zh="家在运营载体",
    baseline=43.0,
    plan=61.0,
    strong=90.0,
    bounds=(0.0, 135.0),
    lag_quarters=6,
    cost=Cost(
        unit_cost=1_500_000.0,
        low=500_000.0,
        high=4_000_000.0,
        basis="intensity",
        recipient="carriers",
        paid_by={"district": 0.7, "city": 0.3},
        note=(
            "Per carrier-year. Per carrier-year (memory; national-level one-off ~2M). City rule 甬科高〔2021〕76号 "
            "exists (found, amounts not shown). Split assumed: the source names the payers only."
        ),
    ),
    evidence=(
        "Survival effect zero or negative (Schwartz 2013; Amezcua: lifespan shorter), growth faster (Amezcua) "
        "(found); subsidy-service relation inverted U in China (found)"
    ),
    source=(
        "Schwartz 2013; Amezcua; Sustainability 2022,14(21):14387. Intensities: baseline 43, plan 60 from the "
        "plan; strong assumed. Found or from memory: found(effect)+memory(cost); confidence: medium"
    ),
    status="assumed",
    apply=apply,
)
