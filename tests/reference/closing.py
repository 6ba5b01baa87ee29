"""Firms that leave an agent: closed, or moved to another city."""

from __future__ import annotations

from typing import TYPE_CHECKING

from tests.reference.agents import Firm

if TYPE_CHECKING:
    from tests.reference.region import Region


def shrink(region: Region, firm: Firm, leaving: int) -> None:
    """Take firms out of an agent with their share of it; an agent without firms closes, and its debt is lost."""
    keep = 1.0 - leaving / firm.weight
    firm.demand *= keep
    firm.value_added *= keep
    firm.knowledge *= keep
    firm.knowledge_reference *= keep
    firm.patents *= keep
    firm.weight -= leaving
    if firm.weight > 0:
        return
    region.banks[firm.city].write_off(firm.debt, region.p.pool_loss_share)
    region.books.capital["cash_lost", firm.city] += firm.cash
    for fund in region.funds:
        fund.holdings = [holding for holding in fund.holdings if holding.firm is not firm]
    region.closed.append(firm)
    firm.remove()
