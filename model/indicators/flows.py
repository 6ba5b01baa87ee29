"""Net gains: what the district gains beside what the three cities gain together."""

from __future__ import annotations

from typing import TYPE_CHECKING

import numpy as np
from numpy.typing import NDArray

from model.indicators.declare import THREE_CITIES, indicator, yearly_flow
from model.indicators.programmes import programme_research

if TYPE_CHECKING:
    from model.economy import Economy

_ON_ONE_CORE = 10_000
"""Length up to which OpenBLAS works a product out on one core."""


@yearly_flow("rd_three_cities", "rd")
def rd_three_cities(economy: Economy) -> float:
    """Intramural R&D of the firms of all cities, yuan in the quarter; enclaves included where they stand."""
    f = economy.firms
    programmes = programme_research(economy)
    return research_of(f.rd(), f.alive) + programmes.enclave - programmes.displaced


def research_of(rd: NDArray[np.float64], counted: NDArray[np.bool_]) -> float:
    """R&D of the firms counted, both (n,), to the same bit on any number of processor cores.

    The library shares longer products among cores, and every split rounds otherwise.
    """
    parts = (slice(first, first + _ON_ONE_CORE) for first in range(0, len(rd), _ON_ONE_CORE))
    return sum(float(rd[part] @ counted[part]) for part in parts)


@yearly_flow("venture_three_cities")
def venture_three_cities(economy: Economy) -> float:
    """Venture money invested in the firms of all cities; 2020 at its base flow."""
    if economy.quarter == 0:
        return float(economy.base.fund_investment.sum()) / 4.0
    return float(economy.books.account("received").sum())


@indicator(
    "talents_three_cities",
    "三市人才总量(鄞州、上海、杭州)",
    "Talents of the three cities together",
    unit="persons",
    theme="flows",
    scope=THREE_CITIES,
)
def talents_three_cities(economy: Economy) -> float:
    """Talents of all cities: a talent whom one city takes from another is no gain here."""
    return float(economy.record.talent_stock.sum())


@indicator(
    "firm_rd_three_cities",
    "三市企业研发支出",
    "R&D of the modelled firms of the three cities",
    unit="yuan/year",
    theme="flows",
    scope=THREE_CITIES,
)
def firm_rd_three_cities(economy: Economy) -> float:
    """Over four quarters; firms of Shanghai and Hangzhou are those modelled, small technology firms above all."""
    return economy.record.year("rd_three_cities")


@indicator(
    "venture_investment_three_cities",
    "三市创投投资额",
    "Venture money into firms of the three cities",
    unit="yuan/year",
    theme="flows",
    scope=THREE_CITIES,
)
def venture_investment_three_cities(economy: Economy) -> float:
    """Over four quarters."""
    return economy.record.year("venture_three_cities")
