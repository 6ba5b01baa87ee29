"""R&D: spending and intensity, under every rule of booking."""

from __future__ import annotations

import functools
from typing import TYPE_CHECKING, NamedTuple

import numba as nb
import numpy as np
from numpy.typing import NDArray

from model.columns import summed, summed_where
from model.compiled import RULE
from model.indicators.declare import HIGH_TECH_ZONE, OWN_LEVEL, defined_indicator, indicator, yearly_flow
from model.indicators.firms import firms_by_rung
from model.indicators.programmes import programme_research

if TYPE_CHECKING:
    from model.base import Base
    from model.economy import Economy


class _Sums(NamedTuple):
    """Of firms of the focal district, yuan in the quarter; R&D at home, and that of the high-tech zone alone."""

    value_added: float
    rd: float
    rd_zone: float


def _of_firms(economy: Economy) -> _Sums:
    """Read all of them in one pass, once a quarter."""

    def read() -> _Sums:
        f = economy.firms
        return _Sums(*_focal(f.city, f.site, f.value_added, f.rd_intensity))

    return economy.record.once("sums of firms", read)


@nb.njit(**RULE)
def _focal(city, site, value_added, rd_intensity):  # type: ignore[no-untyped-def]  # noqa: ANN001, ANN202 - compiled
    """The compiled loop of `_of_firms`; all arrays (n,). Firms elsewhere are added as nothing."""
    own = np.empty(city.size)
    for i in range(city.size):
        own[i] = value_added[i] if city[i] == 0 else 0.0
    output = summed(own)
    for i in range(city.size):
        own[i] *= rd_intensity[i]
    research = summed(own)
    for i in range(city.size):
        own[i] = own[i] if site[i] == 1 else 0.0
    return output, research, summed(own)


@yearly_flow("gdp")
def gdp(economy: Economy) -> float:
    """Value added of the focal district's firms and background sector, yuan in the quarter."""
    background = economy.background[_nonbusiness_2020(economy.base)[0]]
    return _of_firms(economy).value_added + float(background.sum())


@yearly_flow("gdp_revised", "gdp")
def gdp_revised(economy: Economy) -> float:
    """The same as revised after the next economic census."""
    return gdp(economy) * float(np.exp(economy.base.gdp_revision))


@yearly_flow("rd_home", "rd")
def rd_home(economy: Economy) -> float:
    """Intramural R&D that firms do at home before the enclave takes any, yuan in the quarter."""
    return _of_firms(economy).rd


@yearly_flow("rd_zone_firms", "rd")
def rd_zone_firms(economy: Economy) -> float:
    """Intramural R&D that firms of the high-tech zone do at home, yuan in the quarter."""
    return _of_firms(economy).rd_zone


@yearly_flow("rd_nonbusiness", "rd")
def rd_nonbusiness(economy: Economy) -> float:
    """R&D of universities, public bodies and the institutes of 2020, yuan in the quarter."""
    focal, in_2020, institutes = _nonbusiness_2020(economy.base)
    total = economy.nonbusiness_rd[focal].sum()
    pace = total / in_2020 if in_2020 > 0.0 else 0.0
    return float(total + institutes * pace)


@functools.lru_cache(maxsize=2)
def _nonbusiness_2020(base: Base) -> tuple[NDArray[np.int64], float, float]:
    """Sites of the focal district, and R&D of 2020 outside firms there: without the institutes, and of these."""
    focal = np.flatnonzero(base.site_city == 0)
    return focal, base.nonbusiness_rd[focal].sum(), base.institute_rd[focal].sum()


@yearly_flow("rd_institutes")
def rd_institutes(economy: Economy) -> float:
    """R&D of institutes opened since, yuan in the quarter."""
    return economy.institute_rd_added


@yearly_flow("rd_vouchers")
def rd_vouchers(economy: Economy) -> float:
    """Own R&D that goes with additional vouchers, yuan in the quarter."""
    return programme_research(economy).vouchers


@yearly_flow("rd_displaced")
def rd_displaced(economy: Economy) -> float:
    """R&D that left home for the enclave, yuan in the quarter."""
    return programme_research(economy).displaced


@yearly_flow("rd_enclave")
def rd_enclave(economy: Economy) -> float:
    """R&D in the Shanghai enclaves beyond that of 2020, yuan in the quarter."""
    return programme_research(economy).enclave


@yearly_flow("rd_enclave_booked")
def rd_enclave_booked(economy: Economy) -> float:
    """The part of it that the district's statistics book at home."""
    return economy.base.enclave_rd_book_share * rd_enclave(economy)


@yearly_flow("rd_booked", "rd")
def rd_booked(economy: Economy) -> float:
    """R&D as the district's statistics book it, yuan in the quarter."""
    own = rd_home(economy) + rd_nonbusiness(economy) + rd_institutes(economy) + rd_vouchers(economy)
    return own - rd_displaced(economy) + rd_enclave_booked(economy)


defined_indicator("rd_intensity", "R&D经费支出占GDP比重", "R&D expenditure over GDP", unit="percent", theme="research")


@indicator("gdp", "地区生产总值", "GDP", unit="yuan/year", theme="economy")
def yearly_gdp(economy: Economy) -> float:
    """GDP of four quarters at prices of 2020."""
    return economy.record.year("gdp")


@indicator("rd_expenditure", "R&D经费支出", "R&D expenditure", unit="yuan/year", theme="research")
def rd_expenditure(economy: Economy) -> float:
    """R&D of four quarters as booked."""
    return economy.record.year("rd_booked")


@indicator(
    "firm_rd_zone",
    "高新区企业研发支出",
    "R&D of firms, high-tech zone",
    unit="yuan/year",
    theme="research",
    scope=HIGH_TECH_ZONE,
)
def firm_rd_zone(economy: Economy) -> float:
    """R&D at home of the zone's firms over four quarters."""
    return economy.record.year("rd_zone_firms")


@indicator(
    "rd_enclave",
    "飞地研发支出(两本账之和)",
    "R&D in enclaves, both books",
    unit="yuan/year",
    theme="research",
)
def yearly_rd_enclave(economy: Economy) -> float:
    """R&D in enclaves of four quarters beyond 2020."""
    return economy.record.year("rd_enclave")


@indicator(
    "rd_performing_share",
    "有研发活动的规上工业企业占比(区本级)",
    "Above-scale industrial firms with R&D, own level",
    unit="percent",
    theme="research",
    scope=OWN_LEVEL,
)
def rd_performing_share(economy: Economy) -> float:
    """Share of own-level above-scale industrial firms that do R&D."""
    firms = firms_by_rung(economy)
    return 100.0 * firms.above_scale_with_research / max(firms.above_scale_industry, 1)


@indicator(
    "lever_productivity",
    "政策研发带来的增加值",
    "Value added from lever-made knowledge",
    unit="percent",
    theme="economy",
)
def lever_productivity(economy: Economy) -> float:
    """Value added of firms over what demand alone would give, percent."""
    f = economy.firms
    value_added, demand = _at_home(f.city, f.value_added, f.demand)
    return 100.0 * float(value_added / demand - 1.0)


@nb.njit(**RULE)
def _at_home(city, value_added, demand):  # type: ignore[no-untyped-def]  # noqa: ANN001, ANN202 - compiled
    """Value added and demand of the firms of the focal district, yuan in the quarter; all arrays (n,)."""
    here = np.empty(city.size, np.bool_)
    for i in range(city.size):
        here[i] = city[i] == 0
    return summed_where(value_added, here), summed_where(demand, here)
