"""Carriers: incubators, institutes, enclaves."""

from __future__ import annotations

from dataclasses import dataclass

from model.parameters.declare import parameter
from model.priors import Beta, Gamma, LogNormal, Normal, Triangular, TruncNormal, ZeroInflated


@dataclass(frozen=True)
class CarriersParameters:
    """Carriers: incubators, institutes, enclaves."""

    incub_growth_effect: float = parameter(
        0.03,
        "Extra yearly employment/sales growth while incubated.",
        symbol="g_{I}",
        unit="1/year",
        prior=TruncNormal(0.03, 0.015, 0.0, 0.08),
        status="borrowed",
        source=(
            "Amezcua (grow faster; number from memory); inverted-U in subsidy for China [found(sign)+memory(size)]"
        ),
    )

    incub_survival_effect: float = parameter(
        0.0,
        "Change in yearly exit hazard of incubated vs matched firms.",
        symbol=r"\beta_{I}",
        unit="relative",
        prior=Normal(0.0, 0.08),
        status="borrowed",
        source=(
            "Schwartz 2013 JTT (371 pairs, 5 German incubators: none higher, 3 lower); Amezcua "
            "(lifespan hurt); do not code incubators as survival insurance"
        ),
    )

    enclave_landing_rate: float = parameter(
        0.25,
        "Share of enclave-incubated projects landing production at home.",
        symbol=r"\lambda_{E}",
        unit="share",
        prior=Beta(2.5, 7.5),
        status="borrowed",
        source=(
            "桐乡崇福 6 of 7 in 16 months (promotional, found); 南浔(松江) 3 of 32 tenants in ~3 y ; landing "
            "takes 1-3 y"
        ),
    )

    enclave_tenants_per_unit: float = parameter(
        25.0,
        "Tenants per 5,000 m2 enclave.",
        symbol="n_{E}",
        unit="firms",
        prior=Triangular(10.0, 25.0, 45.0),
        status="borrowed",
        source=(
            "崇福 two enclaves 30+ teams; Fudan park 20,000 m2 120+ projects (found); => ~30 per 5,000 "
            "m2; turnover ~30%/y"
        ),
    )

    institute_rd_per_year: float = parameter(
        50000000.0,
        "R&D of one university research institute in full operation.",
        symbol="R_{U}",
        unit="yuan/year",
        prior=Triangular(20000000.0, 50000000.0, 100000000.0),
        status="assumed",
        source=(
            "operating grant 10 to 100 m yuan a year (levers.csv); own judgement; half of the plan "
            "effect can hang on it [memory]"
        ),
    )

    institute_spinoffs_per_year: float = parameter(
        1.5,
        "Spin-offs per institute per year.",
        symbol="n_{U}",
        unit="firms",
        prior=Gamma(2.0, 0.75),
        status="borrowed",
        source="same, 7 in ~2 y (flagship)",
    )

    institute_talent_per_year: float = parameter(
        60.0,
        "Talents gathered per large institute per year.",
        symbol="H_{U}",
        unit="heads",
        prior=Triangular(20.0, 60.0, 100.0),
        status="borrowed",
        source="宁波工业互联网研究院 200+ in ~2 y (flagship, found); typical institute lower",
    )

    institute_hiring_years: float = parameter(
        5.0,
        "Years from its opening in which an institute gathers talents; then its posts are full.",
        symbol="T_{U}",
        unit="years",
        prior=Triangular(3.0, 5.0, 8.0),
        status="assumed",
        source="operating grants are fixed for five years (levers.csv); own judgement",
    )

    institute_growth: float = parameter(
        0.0,
        "Yearly growth of an institute's R&D after its opening.",
        symbol="g_{U}",
        unit="1/year",
        prior=Triangular(-0.02, 0.0, 0.05),
        status="assumed",
        source="operating grants are fixed for five years; own judgement",
    )

    carrier_tenants: float = parameter(
        25.0,
        "Tenant firms of one incubation carrier.",
        symbol="n_{K}",
        unit="firms",
        prior=Triangular(10.0, 25.0, 45.0),
        status="borrowed",
        source="tenants of enclaves of 5 000 m2, parameters.csv",
    )

    carrier_turnover: float = parameter(
        0.3,
        "Share of tenants who leave a carrier in a year.",
        symbol=r"\tau_{K}",
        unit="1/year",
        prior=Beta(9.0, 21.0),
        status="borrowed",
        source="about 30 % a year (parameters.csv)",
    )

    carrier_entry_share: float = parameter(
        0.25,
        "Share of a carrier's new tenants who would not have been founded without it.",
        symbol=r"\omega_{K}",
        unit="share",
        prior=ZeroInflated(0.25, Beta(3.0, 9.0)),
        status="assumed",
        source="no causal estimate for China; own judgement",
    )

    landing_delay: float = parameter(
        2.0,
        "Years between admission to an enclave and landing at home.",
        symbol="T_{E}",
        unit="years",
        prior=TruncNormal(2.0, 0.5, 1.0, 3.5),
        status="borrowed",
        source="landing takes 1 to 3 years (parameters.csv)",
    )

    enclave_team_rd: float = parameter(
        3000000.0,
        "R&D a year that home firms carry out in one place of an enclave, yuan.",
        symbol="R_{E}",
        unit="yuan/year",
        prior=LogNormal(3e6, 0.5),
        status="assumed",
        source="a team of six to ten at Shanghai wages; own judgement",
    )

    enclave_home_places: float = parameter(
        0.3,
        "Share of an enclave's places used by R&D teams of home firms.",
        symbol=r"\omega_{E}",
        unit="share",
        prior=Beta(6.0, 14.0),
        status="assumed",
        source="own judgement",
    )

    enclave_relocated_share: float = parameter(
        0.5,
        "Share of a home firm's enclave R&D that it would have done at home.",
        symbol=r"\omega_{R}",
        unit="share",
        prior=Beta(5.0, 5.0),
        status="assumed",
        source="decides whether enclaves lower measured R&D; own judgement, wide",
    )

    seat_rd: float = parameter(
        350000.0,
        "R&D a year that goes with one R&D seat in Shanghai, yuan.",
        symbol="R_{S}",
        unit="yuan/year",
        prior=LogNormal(350000.0, 0.3),
        status="assumed",
        source="wage, materials and equipment of one researcher; own judgement",
    )
