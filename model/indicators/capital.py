"""Capital: venture money and technology loans."""

from __future__ import annotations

from typing import TYPE_CHECKING

from model.indicators.declare import indicator, yearly_flow

if TYPE_CHECKING:
    from model.economy import Economy


@yearly_flow("venture_in")
def venture_in(economy: Economy) -> float:
    """Venture money invested in the focal district's firms in the quarter; 2020 at its base flow."""
    if economy.quarter == 0:
        return float(economy.base.fund_investment[:, 0].sum()) / 4.0
    return float(economy.books.account("received")[0])


@indicator(
    "venture_investment",
    "创投投资额(流入鄞州企业)",
    "Venture money into Yinzhou firms",
    unit="yuan/year",
    theme="capital",
)
def venture_investment(economy: Economy) -> float:
    """Over four quarters."""
    return economy.record.year("venture_in")


@indicator(
    "technology_loans",
    "受融资约束小企业科技贷款余额",
    "Technology loans to finance-constrained small firms",
    unit="yuan",
    theme="capital",
)
def technology_loans(economy: Economy) -> float:
    """Loans that the focal district's banks hold."""
    return economy.banks[0].loans
