"""R&D: user cost, adjustment, knowledge, certification."""

from __future__ import annotations

from dataclasses import dataclass

from model.parameters.declare import parameter
from model.priors import Beta, Discrete, Fixed, LogNormal, Triangular, TruncNormal


@dataclass(frozen=True)
class ResearchParameters:
    """R&D: user cost, adjustment, knowledge, certification."""

    rd_user_cost_elast_small: float = parameter(
        1.5,
        "Same, small / financially constrained firms.",
        symbol=r"\varepsilon_{S}",
        unit="abs elasticity",
        prior=TruncNormal(1.5, 0.4, 0.8, 2.8),
        status="borrowed",
        source=(
            "Agrawal,Rosell & Simcoe 2014 NBER w20615 (-1.5; AEJ:EP 2020 +17% R&D); Dechezlepretre et "
            "al. 2023 AEJ:EP 15(4):486 (patent elasticity <2 ruled out; 2022 WP rules out R&D "
            "elasticity <1.1; 2016 WP 2.6); Qian,Zhan & Pan 2022 (China SMEs 1.71, all 1.58, 2016 "
            "reform 2.05); apply below ~300 staff or when the credit constraint binds; China figures "
            "are REPORTED R&D -> deflate by relabel share"
        ),
    )

    rd_user_cost_elast_large: float = parameter(
        0.6,
        "Same, large unconstrained firms.",
        symbol=r"\varepsilon_{L}",
        unit="abs elasticity",
        prior=TruncNormal(0.6, 0.25, 0.05, 1.3),
        status="assumed",
        source=(
            "inference from meta-analysis and small-firm split; needed because ~half of R&D sits in "
            "large firms [memory]"
        ),
    )

    rd_adjust_speed: float = parameter(
        0.35,
        "Share of the gap to desired R&D closed per year.",
        symbol=r"\eta",
        unit="1/year",
        prior=Beta(4.0, 7.4),
        status="assumed",
        source=(
            "Bloom,Griffith & Van Reenen 2002 (SR 0.1-0.2 vs LR ~1); Agrawal et al. adjustment costs "
            "(found qualitatively); R&D AR(1) ~0.8-0.9; sets how much of any lever shows by 2025 "
            "[memory]"
        ),
    )

    rd_trend_half_life: float = parameter(
        5.0,
        "Years after 2025 in which the common trend of R&D intensity loses half its pace.",
        symbol="T_{1/2}",
        unit="years",
        prior=LogNormal(5.0, 0.5),
        status="assumed",
        source=(
            "no data; carried on to 2035 at full pace the trend passes every city observed to 2021 (Shanghai 4.17 % in "
            "2020); own judgement"
        ),
    )

    rd_relabel_share: float = parameter(
        0.24,
        "Share of reported policy-induced R&D that is relabelled admin cost.",
        symbol=r"\mu",
        unit="share",
        prior=Beta(6.0, 16.0),
        status="borrowed",
        source=(
            "Chen,Liu,Suarez Serrato & Xu 2021 AER 111(7):2065 (24.2% published; 30% NBER w24749; 45% "
            "another WP version); relabelled R&D raises R&D/GDP but not productivity"
        ),
    )

    rd_to_productivity_elast: float = parameter(
        0.09,
        "Productivity gain from doubling (real) R&D.",
        symbol=r"\theta",
        unit="share",
        prior=TruncNormal(0.09, 0.025, 0.0, 0.2),
        status="borrowed",
        source=(
            "Chen et al. 2021 AER (9%); NBER w24749 (9.8%); reduced form +1.6% for targeted firms; as "
            "elasticity per log point: 0.09/ln2 = 0.13 or 0.09-0.10 structural; use 0.09"
        ),
    )

    knowledge_depr: float = parameter(
        0.2,
        "Depreciation of knowledge stock, average.",
        symbol=r"\delta",
        unit="1/year",
        prior=TruncNormal(0.2, 0.05, 0.08, 0.4),
        status="borrowed",
        source="Li & Hall 2020 RIW 66:161 (higher than 15%, varies); Mamuneas (18-29%)",
    )

    knowledge_depr_auto: float = parameter(
        0.21,
        "Knowledge depreciation, sector auto.",
        symbol=r"\delta_{A}",
        unit="1/year",
        prior=TruncNormal(0.21, 0.037, 0.15, 0.3),
        status="borrowed",
        source="Mamuneas transport equipment 21%; US estimates; map to 154 clusters",
    )

    knowledge_depr_machinery: float = parameter(
        0.26,
        "Knowledge depreciation, sector machinery.",
        symbol=r"\delta_{M}",
        unit="1/year",
        prior=TruncNormal(0.26, 0.035, 0.18, 0.32),
        status="borrowed",
        source="Mamuneas non-electrical machinery 26%; US estimates; map to 154 clusters",
    )

    knowledge_depr_electrical_electronics: float = parameter(
        0.29,
        "Knowledge depreciation, sector electrical_electronics.",
        symbol=r"\delta_{E}",
        unit="1/year",
        prior=TruncNormal(0.29, 0.05, 0.2, 0.4),
        status="borrowed",
        source="Mamuneas electrical 29%; Li IT hardware 37.6%; US estimates; map to 154 clusters",
    )

    knowledge_depr_new_materials_chem: float = parameter(
        0.18,
        "Knowledge depreciation, sector new_materials_chem.",
        symbol=r"\delta_{C}",
        unit="1/year",
        prior=TruncNormal(0.18, 0.033, 0.12, 0.25),
        status="borrowed",
        source="Mamuneas chemicals 18%; US estimates; map to 154 clusters",
    )

    knowledge_depr_pharma_bio: float = parameter(
        0.12,
        "Knowledge depreciation, sector pharma_bio.",
        symbol=r"\delta_{P}",
        unit="1/year",
        prior=TruncNormal(0.12, 0.015, 0.1, 0.16),
        status="borrowed",
        source="Li 11.8%; US estimates; map to 154 clusters",
    )

    knowledge_depr_software: float = parameter(
        0.3,
        "Knowledge depreciation, sector software.",
        symbol=r"\delta_{S}",
        unit="1/year",
        prior=TruncNormal(0.3, 0.033, 0.25, 0.38),
        status="borrowed",
        source="Li 30.2%; US estimates; map to 154 clusters",
    )

    rd_gestation_lag: float = parameter(
        2.0,
        "Lag from R&D spending to productivity.",
        symbol="L_{R}",
        unit="years",
        prior=Discrete((1.0, 2.0, 3.0, 4.0), (0.2, 0.4, 0.3, 0.1)),
        status="assumed",
        source="literature convention; kills most 2024-25 effects on value added by 2025 [memory]",
    )

    grant_misuse_share: float = parameter(
        0.25,
        "Share of R&D grant money not spent on R&D.",
        symbol=r"\chi",
        unit="share",
        prior=Beta(3.0, 8.0),
        status="borrowed",
        source=(
            "Boeing & Peters ZEW 21-081: 42% of grantees, 53% of money, 2001-2011; ex-post subsidies "
            "on tax-recognised R&D should be lower than 2001-11 grants"
        ),
    )

    super_deduction_takeup: float = parameter(
        0.75,
        "Share of R&D-performing manufacturing firms that claim.",
        symbol=r"\upsilon",
        unit="share",
        prior=Beta(9.0, 3.0),
        status="assumed",
        source="convention; globethesis abstract notes incomplete enjoyment; small firms lower [memory]",
    )

    hnte_cit_rate: float = parameter(
        0.15,
        "CIT rate for certified HNTE vs 25%.",
        symbol=r"\tau_{N}",
        unit="share",
        prior=Fixed(0.15),
        status="assumed",
        source=(
            "CIT law; Chen et al.; R&D/sales notch: 5% (sales<50M), 4% (50-200M), 3% (>200M yuan), "
            "3-year certificate [memory]"
        ),
    )

    voucher_additionality: float = parameter(
        0.8,
        "Share of voucher spending on projects that would not exist.",
        symbol=r"\omega_{W}",
        unit="share",
        prior=Beta(16.0, 4.0),
        status="borrowed",
        source=(
            "Cornet,Vroomen & van der Steeg 2006 CPB DP58 (8 of 10, lottery); follow-on: once-only; "
            "no productivity effect long run"
        ),
    )

    rd_start_hazard: float = parameter(
        0.083,
        "Yearly hazard that an above-scale firm without R&D starts some.",
        symbol="h_{R}",
        unit="1/year",
        prior=Beta(8.3, 91.7),
        status="borrowed",
        source=(
            "Own level: share of above-scale firms with research cost +3.5 points in the year to 2021 "
            "Q1, over the 42 % without (gkzhan.com 2021-05-20)"
        ),
    )

    rd_start_intensity: float = parameter(
        0.4,
        ("R&D intensity of a firm that starts, as a share of the mean of its industry's performers."),
        symbol=r"\omega_{S}",
        unit="share",
        prior=Beta(4.0, 6.0),
        status="assumed",
        source="entrants start small; own judgement",
    )

    rd_subsidy_coverage: float = parameter(
        0.5,
        "Share of R&D that an ex-post subsidy reaches after thresholds and caps.",
        symbol=r"\psi",
        unit="share",
        prior=Beta(10.0, 10.0),
        status="assumed",
        source=("rule of the high-tech zone 2020, caps of 2 to 3 m yuan a firm (levers.csv: about half after caps)"),
    )

    loss_share: float = parameter(
        0.25,
        ("Share of R&D firms without taxable profit in a year, who carry the deduction forward at half its value."),
        symbol=r"\nu",
        unit="share",
        prior=Beta(5.0, 15.0),
        status="assumed",
        source="own judgement; the deduction's effect is about half for loss-makers (parameters.csv)",
    )

    voucher_intramural_share: float = parameter(
        0.5,
        "Own R&D that goes with a yuan of additional voucher research.",
        symbol=r"\omega_{I}",
        unit="yuan/yuan",
        prior=Beta(5.0, 5.0),
        status="assumed",
        source="bought research is not intramural R&D; a firm's own part goes with it; own judgement",
    )

    patents_per_rd: float = parameter(
        0.31,
        "Invention patents granted for a million yuan of real R&D (at prices of 2020).",
        symbol=r"\pi",
        unit="patents/m yuan",
        prior=TruncNormal(0.31, 0.06, 0.15, 0.5),
        status="borrowed",
        source=(
            "Hangzhou 10 267 grants in 2018 over R&D of 2015-16 (32 bn): 0.32; Ningbo 5 669 in 2016 over R&D of 2014 "
            "(2.35 % of GDP): 0.31; high-tech zone 2020-21, 3 500 to 4 162 valid: about 0.5; less at prices of 2020; "
            "in proportion to R&D, while the literature finds returns that fall, so the upper end is generous"
        ),
    )

    patent_grant_lag: float = parameter(
        2.5,
        "Lag from R&D spending to the grant of an invention patent.",
        symbol="L_{P}",
        unit="years",
        prior=Triangular(1.5, 2.5, 4.0),
        status="assumed",
        source="application within a year, examination of one to two years and more; own judgement",
    )

    patent_lapse_rate: float = parameter(
        0.05,
        "Share of valid invention patents of living holders that lapse or expire in a year.",
        symbol=r"\delta_{G}",
        unit="1/year",
        prior=Triangular(0.02, 0.05, 0.1),
        status="assumed",
        source="own judgement; patents of firms that close are lost beside it, so that together about 8 % go",
    )
