"""5. Capital: funds raise, invest and exit; banks lend, collect and write off."""

from __future__ import annotations

import math
from typing import TYPE_CHECKING

from tests.reference import luck
from tests.reference.agents import Firm, Fund, Holding
from tests.reference.lending import lend, repay
from tests.reference.limits import at_least
from tests.reference.outside import halvings, hours_in_force
from tests.reference.rates import quarterly

if TYPE_CHECKING:
    from tests.reference.region import Region

YOUNG_QUARTERS = 28
BOOST_QUARTERS = 12
ONE_HOUR = 1.1
FIRST_ROUND, LATER_ROUND = range(2)


def funds_invest_and_banks_lend(region: Region) -> None:
    """Raise, invest and exit; repay and lend."""
    region.deal_multiple = _guidance_multiple(region)
    for fund in region.funds:
        _raise(region, fund)
    _expect_boosts(region)
    deals = [(fund, *_deals(region, fund)) for fund in region.funds]
    for fund, first, later in deals:
        _pay_out(region, fund, first, later)
    for fund in region.funds:
        _exit(region, fund)
    repay(region)
    lend(region)


def _guidance_multiple(region: Region) -> float:
    """Venture money for the district over that of 2020: money really raised, with its private leverage."""
    p, base_flow = region.p, sum(region.base.fund_investment[:, 0].tolist())
    if base_flow <= 0.0:
        return 1.0
    extra = (region.policy.angel_investment - region.neutral.angel_investment) * p.guidance_fund_realisation
    return at_least("guidance money", 1.0 + extra * (1.0 + p.angel_private_leverage) / base_flow, 0.0)


def _deals_by_policy(region: Region, fund: int, city: int) -> float:
    """Factor on a fund's deals in a city: guidance money, head offices, roadshows, and what rivals answer."""
    p, factor = region.p, 1.0
    if city == 0:
        factor = region.deal_multiple * (1.0 + p.fin_inst_deal_effect * region.head_offices)
        if region.base.cities[fund] == "shanghai":
            known = max(region.policy.roadshows, 1e-3) / region.neutral.roadshows
            factor *= known**p.roadshow_elasticity
    lured = 0.0
    if region.deal_multiple > 1.0:
        lured = region.deal_multiple - 1.0
    flow = region.base.fund_investment
    for rival in region.rivals:
        if rival.city == fund and city == 0:
            factor *= (1.0 + lured - rival.answered * lured) / (1.0 + lured)
        usual = sum(flow[:, city].tolist())
        if rival.city == city and usual > 0.0:
            factor *= 1.0 + rival.answered * lured * sum(flow[:, 0].tolist()) / usual
    return at_least("deals by policy", factor, 0.0)


def _by_distance(region: Region, hours: list[list[float]], fund: int, city: int) -> float:
    """Venture money over that of 2020 because a journey is shorter; more of it goes to the larger centre."""
    p, capital = region.p, region.base.fund_capital
    then = float(region.outside.travel_hours[0, 0, fund, city])
    rise = p.hsr_vc_events
    if hours[fund][city] <= ONE_HOUR < then:
        rise = p.hsr_vc_one_hour
    tilt, weight = (p.hsr_vc_outflow_ratio - 1.0) / (p.hsr_vc_outflow_ratio + 1.0), 1.0
    if capital[city] > capital[fund]:
        weight += tilt
    elif capital[city] < capital[fund]:
        weight -= tilt
    return float((1.0 + rise) ** (halvings(hours[fund][city], then) * weight))


def _raise(region: Region, fund: Fund) -> None:
    """Commitments from outside keep a fund at the pace of 2020, changed by policy."""
    pace = region.base.fund_investment[fund.city].tolist()
    yearly = sum(pace[city] * _deals_by_policy(region, fund.city, city) for city in range(region.n_cities))
    fund.uncalled += yearly / 4.0
    fund.raised += yearly / 4.0
    region.books.capital["raised", fund.city] += yearly / 4.0
    region.books.pay(region.elsewhere, fund.city, yearly / 4.0)


def screened(firm: Firm) -> bool:
    """Young technology firms below the threshold, whom funds look at."""
    return firm.small_technology and firm.age < YOUNG_QUARTERS


def _expect_boosts(region: Region) -> None:
    """Deals a firm may expect under the policy of 2020 and the plan's dates of openings."""
    planned = hours_in_force(region, region.neutral.transport_schedule)
    region.planned_hours = planned
    region.screened = [0] * region.n_cities
    for firm in region.firms:
        firm.boost_expected = 0.0
        if screened(firm):
            region.screened[firm.city] += firm.weight
    funds = range(region.n_cities)
    expected = [sum(_expected(region, fund, city) for fund in funds) for city in range(region.n_cities)]
    for firm in region.firms:
        if screened(firm):
            firm.boost_expected = expected[firm.city] / region.screened[firm.city]


def _expected(region: Region, fund: int, city: int) -> float:
    """Deals of a fund in a city in a quarter under the policy of 2020."""
    flow = float(region.base.fund_investment[fund, city])
    return flow / 4.0 / region.p.vc_deal_size * _by_distance(region, region.planned_hours, fund, city)


def _deals(region: Region, fund: Fund) -> tuple[list[tuple[Firm, float]], list[tuple[Firm, float]]]:
    """First and later rounds in whole deals by luck; a fund short of capital cuts all of them alike."""
    p, name = region.p, region.base.cities[fund.city]
    in_book = [firm.city for firm in fund.holds()]
    now = []
    for city in range(region.n_cities):
        lever = _by_distance(region, region.travel, fund.city, city)
        lever /= _by_distance(region, region.planned_hours, fund.city, city)
        now.append(_expected(region, fund.city, city) * _deals_by_policy(region, fund.city, city) * lever)
    first = []
    for firm in region.firms:
        if screened(firm):
            each = now[firm.city] / region.screened[firm.city]
            if firm.city in in_book:
                each *= 1.0 - p.follow_on_share
            whole = math.floor(each * firm.weight + region.draw(f"venture {name}", firm.firm_id))
            if whole > 0:
                first.append((firm, whole * p.vc_deal_size))
    later = []
    for firm in fund.holds():
        each = p.follow_on_share * now[firm.city] / in_book.count(firm.city)
        whole = math.floor(each + region.draw(f"follow-on {name}", firm.firm_id))
        if whole > 0:
            later.append((firm, whole * p.vc_deal_size))
    total = sum(yuan for _, yuan in (*first, *later))
    if total > fund.uncalled:
        cut = fund.uncalled / total
        first = [(firm, yuan * cut) for firm, yuan in first]
        later = [(firm, yuan * cut) for firm, yuan in later]
    return first, later


def _pay_out(region: Region, fund: Fund, first: list[tuple[Firm, float]], later: list[tuple[Firm, float]]) -> None:
    """One fund's outflow is one firm's inflow; single firms grow on it for three years."""
    for stage, deals in ((FIRST_ROUND, first), (LATER_ROUND, later)):
        for firm, yuan in deals:
            fund.uncalled -= yuan
            fund.invested += yuan
            firm.cash += yuan
            region.books.capital["invested", fund.city] += yuan
            region.books.capital["received", firm.city] += yuan
            region.books.pay(fund.city, firm.city, yuan)
            if firm.weight == 1:
                firm.boost_left = BOOST_QUARTERS
            slot = fund.city + stage * region.n_cities
            holding_id = luck.child(region.key("holding"), firm.firm_id, slot)
            fund.holdings.append(Holding(holding_id, firm, yuan))


def _exit(region: Region, fund: Fund) -> None:
    """Some holdings are sold to buyers elsewhere, and the money goes to investors elsewhere."""
    p, kept = region.p, []
    for holding in fund.holdings:
        if region.draw("exit", holding.holding_id) >= quarterly(1.0 / p.exit_horizon):
            kept.append(holding)
            continue
        proceeds = holding.amount * p.exit_multiple
        region.books.capital["sold", fund.city] += proceeds
        region.books.capital["distributed", fund.city] += proceeds
        region.books.pay(region.elsewhere, fund.city, proceeds)
        region.books.pay(fund.city, region.elsewhere, proceeds)
    fund.holdings = kept
