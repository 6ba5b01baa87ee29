"""10. Accounts: levers are paid and rationed, and what is there is what was there and what was posted."""

from __future__ import annotations

import math
from collections import defaultdict
from typing import TYPE_CHECKING

from model.policy import PAYERS, Lever
from tests.reference.agents import TIERS
from tests.reference.labour_2020 import count_staff, count_stock
from tests.reference.limits import at_least
from tests.reference.policy import intensity

if TYPE_CHECKING:
    from tests.reference.region import Region

HALVINGS = 40
TALENT_SIGNS = {
    "arrivals": 1,
    "graduates": 1,
    "qualified": 1,
    "upgraded_in": 1,
    "upgraded_out": -1,
    "moves_in": 1,
    "moves_out": -1,
    "departures": -1,
    "retirements": -1,
}
FIRM_SIGNS = {
    "births": 1,
    "landings": 1,
    "moves_in": 1,
    "moves_out": -1,
    "closures": -1,
    "climbs_in": 1,
    "climbs_out": -1,
}
CAPITAL_ACCOUNTS = ("raised", "invested", "received", "private", "sold", "cash_in", "cash_out", "cash_lost")
PATENT_SIGNS = {"grants": 1.0, "moves_in": 1.0, "lapses": -1.0, "closures": -1.0, "moves_out": -1.0}


def accounts_close(region: Region) -> None:
    """Pay, ration, count."""
    _pay(region)
    _count_talents(region)
    _count_firms(region)
    _count_money(region)
    _count_patents(region)


def _pay(region: Region) -> None:
    """Each lever's cost reaches its payers; a budget that the next quarter would break rations it."""
    government, region.cost = region.government, []
    region.ration_used = government.ration
    for lever, yuan in zip(region.path.levers, _costs(region, region.quarter, government.ration), strict=True):
        payers: dict[str, float] = {payer: yuan * lever.cost.paid_by.get(payer, 0.0) for payer in PAYERS}
        region.cost.append(payers)
        paid = sum(payers.values())
        government.spent += paid
        government.received[lever.cost.recipient] = government.received.get(lever.cost.recipient, 0.0) + paid
    for row in range(len(region.path.levers)):
        now = intensity(region, row, region.quarter, government.ration)
        government.reached[row] = at_least("highest so far", now, government.reached[row])
    district = sum(payers["district"] for payers in region.cost)
    government.shortfall = 0.0
    if district > government.quarterly_budget:
        government.shortfall = district - government.quarterly_budget
    government.quarterly_budget *= math.exp(region.growth[0])
    government.ration = _share_that_the_budget_pays(region)


def _costs(region: Region, quarter: int, ration: float) -> list[float]:
    """Cost of each lever in a quarter at a ration, if as many come for money as in this one."""
    found = []
    for row, lever in enumerate(region.path.levers):
        now = intensity(region, row, quarter, ration)
        found.append(_cost(lever, region.unit_costs[row], now, region.government.reached[row], region.books.events))
    return found


def _cost(lever: Lever, unit_cost: float, now: float, reached: float, events: dict[str, float]) -> float:
    """Cost of a lever in a quarter by what its cost follows."""
    basis = lever.cost.basis
    if basis == "intensity":
        return unit_cost * now / 4.0
    if basis == "above_baseline":
        return unit_cost * (now - lever.baseline) / 4.0
    if basis == "intensity_change":
        if now > reached:
            return unit_cost * (now - reached)
        return 0.0
    yuan = unit_cost * events[basis.removeprefix("event:")]
    if lever.cost.multiplier:
        return yuan * now
    return yuan


def _share_that_the_budget_pays(region: Region) -> float:
    """The largest share of the planned change that the next quarter can pay; 2020's policy is never cut."""

    def district(ration: float) -> float:
        costs = _costs(region, region.quarter + 1, ration)
        return sum(
            yuan * lever.cost.paid_by.get("district", 0.0)
            for lever, yuan in zip(region.path.levers, costs, strict=True)
        )

    room = at_least("budget for 2020's policy", region.government.quarterly_budget, district(0.0))
    if district(1.0) <= room:
        return 1.0
    low, high = 0.0, 1.0
    for _ in range(HALVINGS):
        middle = (low + high) / 2.0
        if district(middle) <= room:
            low = middle
        else:
            high = middle
    return low


def _count_talents(region: Region) -> None:
    """Persons by city and tier, exactly."""
    stock, posted = count_stock(region), region.books.talents
    region.staff = [[float(persons) for persons in tiers] for tiers in count_staff(region)]
    for city in range(region.n_cities):
        for tier in TIERS:
            change = sum(sign * posted[account, city, tier] for account, sign in TALENT_SIGNS.items())
            assert stock[city][tier] == region.talent_stock[city][tier] + change
    region.talent_stock = stock


def firm_stock(region: Region) -> dict[tuple[int, int], int]:
    """Firms by city and rung."""
    stock: defaultdict[tuple[int, int], int] = defaultdict(int)
    for firm in region.firms:
        stock[firm.city, firm.class_before] += firm.weight
    return stock


def _count_firms(region: Region) -> None:
    """Firms by city and rung, exactly."""
    stock = firm_stock(region)
    for city in range(region.n_cities):
        for rung in range(5):
            change = sum(sign * region.books.firms[account, city, rung] for account, sign in FIRM_SIGNS.items())
            assert stock[city, rung] == region.firm_stock[city, rung] + change
    region.firm_stock = stock


def money(region: Region) -> list[tuple[float, float, float]]:
    """By city: uncalled capital, cash of firms, their debt."""
    cash, debt = [0.0] * region.n_cities, [0.0] * region.n_cities
    for firm in region.firms:
        cash[firm.city] += firm.cash
        debt[firm.city] += firm.debt
    return [(fund.uncalled, cash[fund.city], debt[fund.city]) for fund in region.funds]


def _count_money(region: Region) -> None:
    """Funds, firms and banks: every book changes by what was posted, and flows are what books say."""
    posted, flows, now = region.books.capital, region.books.flows["capital"], money(region)
    for city in range(region.n_cities):
        account = {name: posted[name, city] for name in CAPITAL_ACCOUNTS}
        _close(now[city][0], region.money[city][0] + account["raised"] - account["invested"], now[city][0])
        gained = account["received"] + account["private"] + account["cash_in"]
        gained -= account["cash_out"] + account["cash_lost"]
        _close(now[city][1], region.money[city][1] + gained, now[city][1])
        _close(region.banks[city].loans, now[city][2], now[city][2])
        came = sum(flows[origin, city] for origin in range(region.n_places))
        posted_in = sum(account[name] for name in ("raised", "received", "private", "sold", "cash_in"))
        _close(came, posted_in, came)
    _close(region.government.spent, sum(region.government.received.values()), region.government.spent)
    region.money = now


def patent_stock(region: Region) -> list[float]:
    """Valid patents by city."""
    stock = [0.0] * region.n_cities
    stock[0] = region.public_patents
    for firm in region.firms:
        stock[firm.city] += firm.patents
    return stock


def _count_patents(region: Region) -> None:
    """Patents change by grants, lapses, closures and moves alone."""
    stock = patent_stock(region)
    for city in range(region.n_cities):
        change = sum(sign * region.books.patents[account, city] for account, sign in PATENT_SIGNS.items())
        _close(stock[city], region.patent_stock[city] + change, stock[city])
    region.patent_stock = stock


def _close(left: float, right: float, scale: float) -> None:
    """Two sums of money agree."""
    assert math.isclose(left, right, rel_tol=1e-8, abs_tol=1e-8 * max(scale, 1e6))
