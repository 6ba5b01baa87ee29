"""Ex-post subsidy on the R&D that the tax office recognises."""

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
    The same policy with ``rd_subsidy_rate`` = ``intensity / 100.0``.
    """
    return replace(policy, rd_subsidy_rate=intensity / 100.0)


LEVER = Lever(
    lever_id="rd_toolbox_subsidy",
    family="firms_and_research",
    name_zh="自创区政策工具箱:研发投入后补助",
    name_en="R&D post-subsidy (toolbox of the demonstration zone)",
    plan_section="四(一)项目库+政策工具箱;三(二)3",
    unit="percent of eligible R&D",
    unit_zh="%（占可计研发支出）",
    baseline=3.0,
    plan=5.0,
    strong=8.0,
    bounds=(0.0, 12.0),
    # The lag of a year in the evidence is the partial adjustment of firms' R&D in the model: not twice.
    lag_quarters=0,
    cost=Cost(
        unit_cost=26_000_000.0,
        low=18_000_000.0,
        high=40_000_000.0,
        basis="intensity",
        recipient="firms",
        paid_by={"district": 0.8, "city": 0.2},
        note=(
            "Per +1 percentage point, year. Yuan per +1 percentage point per year, on ~5.2bn business R&D in 2020 "
            "x ~50% coverage after caps (inference). Rule found: 宁波高新区 2020: R&D>=2M and >3% of sales; "
            "growth>20% -> 6% cap 3M; <=20% -> 5% cap 2M; mild fall -> 3% cap 2M. Split assumed: the source says "
            "'district (+city)'. Charged for every percentage point in force, the base year's three included."
        ),
    ),
    evidence=(
        "user-cost elasticity ~1; direct grants: crowd-out 0.5 short run then neutral, none for high-tech firms "
        "(Boeing 2016); 42% of grantees / 53% of money misused 2001-11 (Boeing&Peters); InnoFund RD: no causal "
        "effect (Wang,Li&Furman 2017) (all found)"
    ),
    source=(
        "kuaisoft.com (甬高科党〔2020〕19号); Boeing 2016; ZEW 21-081; RP 2017. Intensities: baseline/strong span "
        "the 3-6% rule found for 高新区; plan assumed. Found or from memory: found; confidence: medium-high"
    ),
    status="borrowed",
    apply=apply,
)
