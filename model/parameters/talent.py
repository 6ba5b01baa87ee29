"""Talents: location, search, matching."""

from __future__ import annotations

from dataclasses import dataclass

from model.parameters.declare import parameter
from model.priors import Beta, Normal, Triangular, TruncNormal, ZeroInflated


@dataclass(frozen=True)
class TalentParameters:
    """Talents: location, search, matching."""

    loc_wage_elast_college: float = parameter(
        2.1,
        "Coefficient on log wage in location utility, college workers.",
        symbol=r"\beta_{W}",
        unit="logit coeff",
        prior=TruncNormal(2.1, 0.9, 0.3, 4.5),
        status="borrowed",
        source=(
            "Diamond 2016 AER 106:479 full model 2.116 (se 1.146), from Gaubert lecture slides; "
            "decade-long adjustment; yearly model must use an inertia term"
        ),
    )

    loc_rent_elast_college: float = parameter(
        -1.3,
        "Coefficient on log rent, college workers.",
        symbol=r"\beta_{R}",
        unit="logit coeff",
        prior=TruncNormal(-1.3, 0.6, -2.7, 0.0),
        status="borrowed",
        source="Diamond 2016: -1.312 (0.711); = -0.62 x wage coefficient",
    )

    loc_amenity_coef_college: float = parameter(
        1.0,
        "Coefficient on amenity index, college workers.",
        symbol=r"\beta_{Q}",
        unit="logit coeff",
        prior=Normal(1.012, 0.115),
        status="borrowed",
        source=("Diamond 2016: 1.012 (0.115); non-college 0.274; index normalisation is Diamond's; rescale"),
    )

    home_premium_logwage: float = parameter(
        0.35,
        "Wage-equivalent premium for home region/family.",
        symbol=r"\beta_{H}",
        unit="log points",
        prior=TruncNormal(0.35, 0.15, 0.0, 0.9),
        status="borrowed",
        source=(
            "Dahl & Sorenson 2010 (technical workers weigh family and friends above wages; found "
            "qualitatively); drives 天南海北鄞州人 channel [found(sign)+memory(number)]"
        ),
    )

    talent_policy_inflow_effect: float = parameter(
        0.06,
        "Rise in graduate/migrant inflow from a typical talent-policy package.",
        symbol=r"\beta_{S}",
        unit="log points",
        prior=ZeroInflated(0.25, TruncNormal(0.08, 0.04, 0.0, 0.2)),
        status="borrowed",
        source=(
            "DID: positive on settlement, strongest for housing+start-up aid and second-tier (陈淑云&李琪 "
            "2022); Cui et al. 2022: NO positive effect for elite graduates; Land 2022 11:1485; all "
            "rivals upgrade too: use RELATIVE generosity; siphon on neighbours (Land 2022) "
            "[found(sign)+memory(size)]"
        ),
    )

    talent_subsidy_elast_top: float = parameter(
        1.8,
        "Elasticity of top-talent location to net income, long run.",
        symbol=r"\varepsilon_{T}",
        unit="elasticity",
        prior=TruncNormal(1.8, 0.4, 0.5, 3.0),
        status="borrowed",
        source=("Moretti & Wilson 2017 AER 107:1858; small in the short run, grows over time: within 5 y use ~half"),
    )

    j2j_rate_skilled: float = parameter(
        0.1,
        "Yearly job-to-job move rate, skilled.",
        symbol="h_{J}",
        unit="1/year",
        prior=Beta(10.0, 90.0),
        status="borrowed",
        source=(
            "China mobility lower than US (CFPS vs PSID, found); job quit => +0.2 log wage among "
            "youth (IZA DP7104, found) [found(sign)+memory(number)]"
        ),
    )

    match_elast_vacancy: float = parameter(
        0.45,
        "Cobb-Douglas matching elasticity of vacancies (CRS).",
        symbol=r"\alpha",
        unit="elasticity",
        prior=Beta(18.0, 22.0),
        status="borrowed",
        source=(
            "Petrongolo & Pissarides 2001 JEL (CRS Cobb-Douglas performs well, found; 0.3-0.5 on "
            "vacancies, memory) [found(form)+memory(number)]"
        ),
    )

    match_efficiency_china: float = parameter(
        0.55,
        "Matching efficiency scale.",
        symbol="A",
        unit="index",
        prior=Normal(0.55, 0.05),
        status="borrowed",
        source=(
            "Han & Liang ERJ WP763: average 0.558 1996-2012, ~0.5 since 2000; Liu 2013 decline "
            "1996-2008; definition specific"
        ),
    )

    gravity_dist_elast_talent: float = parameter(
        -0.9,
        "Distance elasticity of graduate/talent flows.",
        symbol=r"\beta_{T}",
        unit="elasticity",
        prior=Normal(-0.9, 0.25),
        status="assumed",
        source=(
            "gravity convention; Miguelez & Moreno 2014 JRS (physical proximity matters; number not "
            "shown); Wang,Cui & Lao 2023 Acta Geogr Sin [memory(number)+found(sign)]"
        ),
    )

    location_inertia: float = parameter(
        0.4,
        "Share of the decade response of location that shows in the short run.",
        symbol=r"\iota",
        unit="share",
        prior=Beta(12.0, 18.0),
        status="borrowed",
        source="Diamond's coefficients are decade responses; 30 to 50 % in the short run",
    )

    tightness_2020: float = parameter(
        1.3,
        "Vacancies per job-seeker at the end of 2020.",
        symbol=r"\Theta_{0}",
        unit="ratio",
        prior=TruncNormal(1.3, 0.15, 0.9, 1.8),
        status="assumed",
        source="ratio of jobs to applicants in delta cities; own judgement",
    )

    talent_productivity_growth: float = parameter(
        0.02,
        "Yearly growth of output per talent at unchanged technology.",
        symbol="g_{T}",
        unit="1/year",
        prior=TruncNormal(0.02, 0.01, -0.01, 0.05),
        status="assumed",
        source="2016-2020 talents grew faster than output, before that slower; own judgement",
    )

    wage_tightness_elast: float = parameter(
        0.05,
        "Response of log wages in a year to log tightness.",
        symbol=r"\varepsilon_{W}",
        unit="elasticity",
        prior=TruncNormal(0.05, 0.03, 0.0, 0.15),
        status="assumed",
        source="wage curves find about 0.1 on unemployment; own judgement",
    )

    rent_population_elast: float = parameter(
        0.3,
        "Response of log rents to log talents of the city beyond the growth that its flows of 2020 imply.",
        symbol=r"\varepsilon_{P}",
        unit="elasticity",
        prior=TruncNormal(0.3, 0.15, 0.0, 0.8),
        status="assumed",
        source="own judgement",
    )

    campaign_reach_elast: float = parameter(
        0.15,
        ("Elasticity of the share of Shanghai seekers who consider Yinzhou to recruiting campaigns."),
        symbol=r"\varepsilon_{K}",
        unit="elasticity",
        prior=ZeroInflated(0.25, TruncNormal(0.2, 0.1, 0.0, 0.5)),
        status="assumed",
        source="no estimate found; most Shanghai graduates stay in Shanghai, network ties dominate",
    )

    upgrade_rate: float = parameter(
        0.01,
        ("Yearly rate at which graduates become professionals and professionals senior, as a share of the lower tier."),
        symbol="h_{U}",
        unit="1/year",
        prior=Triangular(0.003, 0.01, 0.02),
        status="assumed",
        source="own judgement; professional titles are conferred after some five years",
    )

    amenity_per_institution: float = parameter(
        0.01,
        "Rise of the amenity index for one more joint hospital or school.",
        symbol="q_{J}",
        unit="index",
        prior=ZeroInflated(0.25, TruncNormal(0.012, 0.008, 0.0, 0.04)),
        status="assumed",
        source=("no estimate per institution; the index is normalised to one standard deviation across cities"),
    )
