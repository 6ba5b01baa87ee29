"""Firms: numbers by rung of the ladder."""

from __future__ import annotations

from typing import TYPE_CHECKING, NamedTuple

import numba as nb
import numpy as np

from model.compiled import RULE
from model.indicators.declare import HIGH_TECH_ZONE, OWN_LEVEL, indicator, yearly_flow

if TYPE_CHECKING:
    from model.economy import Economy


class Rung(NamedTuple):
    """Numbers of living firms of the focal district."""

    certified: int
    certified_zone: int
    small_technology: int
    above_scale_industry: int
    """Of the own level, as the next."""
    above_scale_with_research: int


def firms_by_rung(economy: Economy) -> Rung:
    """Count all of them in one pass, once a quarter."""

    def read() -> Rung:
        f = economy.firms
        return Rung(
            *_count(
                f.city, f.site, f.kind, f.tech_sme, f.above_scale, f.certified_until, f.rd_intensity, economy.quarter
            )
        )

    return economy.record.once("firms by rung", read)


@nb.njit(**RULE)
def _count(city, site, kind, tech_sme, above_scale, certified_until, rd_intensity, quarter):  # type: ignore[no-untyped-def]  # noqa: ANN001, ANN202, PLR0913, PLR0917 - compiled
    """The compiled loop of `firms_by_rung`; the city of closed firms is below zero."""
    certified = certified_zone = small = industry = with_research = 0
    for i in range(city.size):
        valid = (city[i] == 0) & (certified_until[i] >= quarter)
        counted = (city[i] == 0) & (site[i] == 0) & above_scale[i] & (kind[i] >= 0.0)
        certified += valid
        certified_zone += valid & (site[i] == 1)
        small += (city[i] == 0) & tech_sme[i] & (not above_scale[i])
        industry += counted
        with_research += counted & (rd_intensity[i] > 0.0)
    return certified, certified_zone, small, industry, with_research


@indicator("high_tech_enterprises", "有效高新技术企业", "Valid high-tech enterprises", unit="firms", theme="firms")
def high_tech_enterprises(economy: Economy) -> float:
    """Firms of the whole district with a valid certificate."""
    return float(firms_by_rung(economy).certified)


@indicator(
    "high_tech_enterprises_zone",
    "有效高新技术企业(高新区)",
    "Valid high-tech enterprises, high-tech zone",
    unit="firms",
    theme="firms",
    scope=HIGH_TECH_ZONE,
)
def high_tech_enterprises_zone(economy: Economy) -> float:
    """Firms of the high-tech zone with a valid certificate: published apart from those of the own level."""
    return float(firms_by_rung(economy).certified_zone)


@indicator(
    "above_scale_firms",
    "规上工业企业数(区本级)",
    "Above-scale industrial firms, own level",
    unit="firms",
    theme="firms",
    scope=OWN_LEVEL,
)
def above_scale_firms(economy: Economy) -> float:
    """Above-scale industrial firms of the own level."""
    return float(firms_by_rung(economy).above_scale_industry)


@indicator("technology_smes", "科技型中小企业", "Technology SMEs", unit="firms", theme="firms")
def technology_smes(economy: Economy) -> float:
    """Technology SMEs of the whole district, certified ones included, above-scale ones not."""
    return float(firms_by_rung(economy).small_technology)


@indicator(
    "champion_firms",
    "单项冠军企业（市级及以上）",
    "Single champions, city level and up",
    unit="firms",
    theme="firms",
)
def champion_firms(economy: Economy) -> float:
    """Firms of the whole district that hold the title; before a title comes a certificate and the above-scale line."""
    f = economy.firms
    return float(np.count_nonzero(f.champion & (f.city == 0)))


@indicator(
    "microelectronics_firms",
    "微电子创新产业园引进企业（2021年起累计）",
    "Firms attracted to the microelectronics park since 2021",
    unit="firms",
    theme="firms",
)
def microelectronics_firms(economy: Economy) -> float:
    """Electronics firms born or landed for park space since the end of 2020: the model has no single parks."""
    return economy.record.events["park_firms_attracted"]


@indicator("carrier_tenants", "孵化载体在孵企业", "Tenants of the incubation chain", unit="firms", theme="firms")
def carrier_tenants(economy: Economy) -> float:
    """Tenants at the end of the quarter."""
    return economy.carriers["incubation"].tenants


@yearly_flow("carrier_graduates")
def carrier_graduates(economy: Economy) -> float:
    """Tenants who left the incubation chain in the quarter; before 2021 as many as came."""
    chain = economy.carriers["incubation"]
    return chain.graduated if economy.quarter else chain.admissions[0]


@indicator("carrier_graduates", "孵化载体毕业企业", "Tenants who graduate in a year", unit="firms/year", theme="firms")
def carrier_graduates_a_year(economy: Economy) -> float:
    """Over four quarters."""
    return economy.record.year("carrier_graduates")


@indicator(
    "enclave_start_ups",
    "在沪飞地入驻创业企业",
    "Start-ups in the Shanghai enclaves",
    unit="firms",
    theme="firms",
)
def enclave_start_ups(economy: Economy) -> float:
    """Tenants at the end of the quarter; R&D teams of home firms not counted."""
    return economy.carriers["enclave"].tenants
