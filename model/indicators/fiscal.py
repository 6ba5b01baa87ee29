"""Fiscal cost of the levers."""

from __future__ import annotations

from typing import TYPE_CHECKING

from model.indicators.declare import indicator, yearly_flow
from model.policy import PAYERS

if TYPE_CHECKING:
    from model.economy import Economy

_DISTRICT = PAYERS.index("district")


@yearly_flow("cost_district")
def cost_district(economy: Economy) -> float:
    """What levers cost the district in the quarter; zero before 2021, when it is not counted."""
    return float(economy.cost[:, _DISTRICT].sum())


@yearly_flow("cost_all")
def cost_all(economy: Economy) -> float:
    """What levers cost all payers in the quarter."""
    return float(economy.cost.sum())


@indicator(
    "lever_cost_district",
    "政策支出(区级承担)",
    "Cost of levers, district's part",
    unit="yuan/year",
    theme="fiscal",
)
def lever_cost_district(economy: Economy) -> float:
    """Over four quarters."""
    return economy.record.year("cost_district")


@indicator("lever_cost", "政策支出(各方合计)", "Cost of levers, all payers", unit="yuan/year", theme="fiscal")
def lever_cost(economy: Economy) -> float:
    """Over four quarters."""
    return economy.record.year("cost_all")


@indicator("budget_shortfall", "预算缺口", "Cost above the budget in the quarter", unit="yuan", theme="fiscal")
def budget_shortfall(economy: Economy) -> float:
    """What levers cost the district above its budget; they are rationed in the next quarter."""
    return economy.government.shortfall
