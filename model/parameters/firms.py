"""Firms: growth, ladder, birth and closing."""

from __future__ import annotations

from dataclasses import dataclass

from model.parameters.declare import parameter
from model.priors import Beta, Triangular, TruncNormal, ZeroInflated


@dataclass(frozen=True)
class FirmsParameters:
    """Firms: growth, ladder, birth and closing."""

    entry_rate: float = parameter(
        0.12,
        "Yearly entry rate of firms.",
        symbol="h_{B}",
        unit="1/year",
        prior=Beta(14.0, 103.0),
        status="borrowed",
        source=("SAIC 2013: 49.4% of firms younger than 5 y at end-2012 (=> ~0.12-0.14); manufacturing lower ~0.07"),
    )

    exit_hazard_y1: float = parameter(
        0.016,
        "Exit hazard, year 1.",
        symbol="h_{1}",
        unit="1/year",
        prior=Beta(16.0, 984.0),
        status="borrowed",
        source="SAIC 2013 全国内资企业生存时间分析报告",
    )

    exit_hazard_y2: float = parameter(
        0.063,
        "Exit hazard, year 2.",
        symbol="h_{2}",
        unit="1/year",
        prior=Beta(25.0, 372.0),
        status="borrowed",
        source="same",
    )

    exit_hazard_y3: float = parameter(
        0.095,
        "Exit hazard, year 3 (peak).",
        symbol="h_{3}",
        unit="1/year",
        prior=Beta(38.0, 362.0),
        status="borrowed",
        source="same",
    )

    exit_hazard_y4_7: float = parameter(
        0.083,
        "Exit hazard, years 4-7.",
        symbol="h_{4}",
        unit="1/year",
        prior=Beta(33.0, 365.0),
        status="borrowed",
        source="same (stays above 8%)",
    )

    exit_hazard_y8p: float = parameter(
        0.06,
        "Exit hazard, year 8+.",
        symbol="h_{8}",
        unit="1/year",
        prior=Beta(12.0, 188.0),
        status="borrowed",
        source=(
            "same (below 8%, falling); all-firm 9.3% in 2008 -> 6.2% in 2012; SME median life 10.67 y "
            "(CER 2025) => 0.065; size lowers it; above-scale industrial firms ~0.03 + ~0.05 leaving "
            "the sample by size (memory)"
        ),
    )

    exit_size_elast: float = parameter(
        -0.5,
        "Elasticity of the exit hazard to size.",
        symbol=r"\varepsilon_{H}",
        unit="elasticity",
        prior=Triangular(-0.8, -0.5, -0.2),
        status="assumed",
        source="convention; exit by age alone would shrink the district by 5 % a year [memory]",
    )

    exit_hazard_above_scale: float = parameter(
        0.03,
        "Exit hazard of above-scale industrial firms.",
        symbol="h_{A}",
        unit="1/year",
        prior=Triangular(0.015, 0.03, 0.05),
        status="assumed",
        source="convention [memory]",
    )

    growth_scale_a: float = parameter(
        0.22,
        "Laplace scale of yearly log sales growth.",
        symbol="b",
        unit="log points",
        prior=TruncNormal(0.22, 0.06, 0.08, 0.4),
        status="assumed",
        source="typical CN industrial panel [memory]",
    )

    growth_size_sd_exponent: float = parameter(
        0.12,
        "sd(growth) ~ size^-beta.",
        symbol=r"\zeta",
        unit="exponent",
        prior=TruncNormal(0.12, 0.05, 0.0, 0.25),
        status="borrowed",
        source=(
            "Zou 2019 power law (found); Duschl & Peng 2015 ICC: variance-scaling deviates in China "
            "(found) [found(conflict)+memory(number)]"
        ),
    )

    gibrat_slope: float = parameter(
        -0.02,
        "Mean reversion of log size (0=Gibrat).",
        symbol=r"\rho",
        unit="1/year",
        prior=TruncNormal(-0.02, 0.015, -0.08, 0.01),
        status="assumed",
        source="convention [memory]",
    )

    upscale_hazard: float = parameter(
        0.035,
        "Yearly hazard small -> above-scale (20M yuan).",
        symbol=r"h_{\uparrow}",
        unit="1/year",
        prior=Beta(4.0, 110.0),
        status="assumed",
        source=(
            "convention for Zhejiang 小升规; above-scale industrial firms 区本级: 1,112 (2020-10) -> 1,180 "
            "(2021-03) (yinzhou_observed.csv): +6% net in one yearly update [memory]"
        ),
    )

    hnte_cert_hazard: float = parameter(
        0.1,
        "Yearly hazard tech-SME -> HNTE.",
        symbol="h_{C}",
        unit="1/year",
        prior=Beta(6.0, 54.0),
        status="borrowed",
        source=(
            "宁波高新区: +181 in 2021, 435 valid (found) => high end; Yinzhou 区本级 291 valid 2020 (zone "
            "323, total ~614), +190 tech-SME in batch 1 2020 (found); policy 双倍增 2021-25 aims to "
            "double the stock (=> +15%/y net)"
        ),
    )

    hnte_loss_hazard: float = parameter(
        0.08,
        "Yearly hazard of losing/not renewing HNTE.",
        symbol="h_{N}",
        unit="1/year",
        prior=Beta(6.0, 69.0),
        status="assumed",
        source=(
            "3-year certificate, 20-30% not renewed (memory); zone 323 (2020) -> 435 (2021) with 181 "
            "new implies <=69 lost = 21% at most (181 may include renewals); recertifications inside "
            "the 181 would lower the bound [memory(central)+found(upper bound)]"
        ),
    )

    downscale_hazard: float = parameter(
        0.05,
        ("Yearly hazard that an above-scale firm near the threshold falls out of the count by size."),
        symbol=r"h_{\downarrow}",
        unit="1/year",
        prior=Beta(5.0, 95.0),
        status="assumed",
        source="about 5 % a year leave the sample by size (parameters.csv, exit_hazard_y8p note)",
    )

    certification_size_gradient: float = parameter(
        1.2,
        "Fall of the log loss hazard of a certificate for each tenfold of revenue.",
        symbol=r"\gamma_{N}",
        unit="log/decade",
        prior=TruncNormal(1.2, 0.4, 0.0, 2.5),
        status="assumed",
        source="large certified firms hardly ever lose it; own judgement",
    )

    award_elast: float = parameter(
        0.2,
        "Elasticity of certification to the award, relative to 2020.",
        symbol=r"\varepsilon_{A}",
        unit="elasticity",
        prior=ZeroInflated(0.25, TruncNormal(0.25, 0.12, 0.0, 0.6)),
        status="assumed",
        source="no estimate found for the award alone; the tax rate is the larger motive",
    )

    relocation_hazard: float = parameter(
        0.002,
        "Yearly hazard that a small technology firm moves its seat to another city of the three.",
        symbol="h_{M}",
        unit="1/year",
        prior=Beta(2.0, 998.0),
        status="assumed",
        source="own judgement; seats hardly move",
    )

    entrant_size_share: float = parameter(
        0.3,
        "Value added of a new technology firm as a share of the median start-up's.",
        symbol=r"\omega_{B}",
        unit="share",
        prior=Beta(6.0, 14.0),
        status="assumed",
        source="own judgement",
    )
