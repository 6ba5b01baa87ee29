"""5. Capital: funds screen and invest, banks lend, the risk pool bears its losses."""

from __future__ import annotations

from collections.abc import Sequence
from typing import TYPE_CHECKING

import numpy as np

from model.capital.funds import BOOST_QUARTERS, eligible, firms_held, guidance_multiple, number_of_deals
from model.capital.lending import PLEDGE_TO_KNOWLEDGE, capacity, grant, n_served
from model.rates import quarterly
from model.streams import child_ids
from model.transport import hours_in_force, venture_factor

if TYPE_CHECKING:
    from model.economy import Economy


FIRST_ROUND, LATER_ROUND = range(2)


def funds_invest_and_banks_lend(economy: Economy) -> None:
    """Raise, invest and exit venture money; lend, collect and write off technology loans."""
    _guidance_money(economy)
    _invest(economy)
    _exit(economy)
    _repay(economy)
    _lend(economy)


def open_lending(economy: Economy) -> None:
    """Opening loans to small firms: the share served in 2020, by luck; never more than all technology loans."""
    f, base = economy.firms, economy.base
    luck = economy.luck("loan", f.firm_id, lasting=True)
    borrowers, size = _borrowers(economy), economy.p.loan_size * f.weight.astype(float)
    for city, bank in enumerate(economy.banks):
        wants = borrowers & (f.city == city)
        room = min(economy.p.credit_served_share * float(size[wants].sum()), float(base.technology_loans[city]))
        served = grant(wants, size, luck, room)
        f.debt[served] = size[served]
        bank.lend(float(f.debt[served].sum()))
        bank.opening_loans = bank.loans
    f.finance_opening[:] = f.debt > 0.0
    f.financed[:] = f.debt > 0.0


def _borrowers(economy: Economy) -> np.ndarray:
    """(n_firms,) technology firms whose R&D finance limits, without a loan."""
    f = economy.firms
    return np.asarray(f.alive & f.constrained & f.tech_sme & ~f.above_scale & (f.debt <= 0.0))


def _guidance_money(economy: Economy) -> None:
    """Commitments from outside keep funds at the pace of 2020; guidance money and its leverage come on top."""
    base, elsewhere = economy.base, len(economy.base.places) - 1
    economy.deal_multiple = guidance_multiple(economy.policy, float(base.fund_investment[:, 0].sum()), economy.p)
    change = _deals_by_policy(economy)
    for city, fund in enumerate(economy.funds):
        pace = base.fund_investment[city] * change[city]
        amount = float(pace.sum()) / 4.0
        fund.raise_capital(amount)
        economy.books.post_capital("raised", city, amount)
        economy.books.post_flow("capital", elsewhere, city, amount)


def _invest(economy: Economy) -> None:
    """Each fund's deals in each city: expected number by base flow, distance and guidance money, whole by luck."""
    base, p, f = economy.base, economy.p, economy.firms
    n = base.n_cities
    planned, now = _by_distance(economy)
    rows = np.flatnonzero(eligible(f.tech_sme, f.above_scale, economy.age, f.alive))
    city, weight, ids = f.city[rows], f.weight[rows], f.firm_id[rows]
    screened = np.bincount(city, weight, minlength=n)
    expected = base.fund_investment[:, :n] / 4.0 / p.vc_deal_size * planned
    each = np.divide(expected, screened, out=np.zeros_like(expected), where=screened > 0.0)
    economy.boost_expected = np.zeros(f.n)
    economy.boost_expected[rows] = each.sum(axis=0)[city]
    held = firms_held(economy.holdings, f.alive, len(economy.funds))
    # What an early link adds is a lever's and is not offset elsewhere, as what the plan's dates bring is.
    change = _deals_by_policy(economy) * now / planned
    paid = []
    for fund in economy.funds:
        # Staged finance: part of a city's money goes to firms there that the fund already holds, if there are any.
        in_book = np.bincount(f.city[held[fund.city]], minlength=n) > 0
        first = each[fund.city] * change[fund.city] * np.where(in_book, 1.0 - p.follow_on_share, 1.0)
        deals = number_of_deals(first[city] * weight, economy.luck(f"venture {base.cities[fund.city]}", ids))
        later = _follow_on(economy, fund.city, held[fund.city], expected[fund.city] * change[fund.city])
        new, again = np.flatnonzero(deals), np.flatnonzero(later)
        amounts = [deals[new] * p.vc_deal_size, later[again] * p.vc_deal_size]
        # A fund short of capital cuts all its deals alike.
        total = float(amounts[0].sum() + amounts[1].sum())
        cut = min(1.0, fund.uncalled / total) if total > 0.0 else 1.0
        fund.invest(total * cut)
        paid.append((fund.city, FIRST_ROUND, rows[new], amounts[0] * cut))
        paid.append((fund.city, LATER_ROUND, held[fund.city][again], amounts[1] * cut))
    _pay_out(economy, paid)


def _follow_on(economy: Economy, fund_city: int, held: np.ndarray, expected: np.ndarray) -> np.ndarray:
    """(n_held,) later rounds: a city's share of the fund's deals, spread evenly over the firms that it holds there."""
    city = economy.firms.city[held]
    firms = np.bincount(city, minlength=len(expected))
    each = np.divide(economy.p.follow_on_share * expected, firms, out=np.zeros_like(expected), where=firms > 0)
    luck = economy.luck(f"follow-on {economy.base.cities[fund_city]}", economy.firms.firm_id[held])
    return number_of_deals(each[city], luck)


def _deals_by_policy(economy: Economy) -> np.ndarray:
    """(n_cities, n_cities) factor on expected deals by city of the fund and of the firm: 1 under the policy of 2020."""
    base, p, policy = economy.base, economy.p, economy.policy
    factor = np.ones((base.n_cities, base.n_cities))
    factor[:, 0] = economy.deal_multiple * (1.0 + p.fin_inst_deal_effect * economy.head_offices)
    if "shanghai" in base.cities:
        known = max(policy.roadshows, 1e-3) / economy.neutral.roadshows
        factor[base.cities.index("shanghai"), 0] *= known**p.roadshow_elasticity
    usual = base.fund_investment[:, : base.n_cities].sum(axis=0)
    added = (economy.deal_multiple - 1.0) * float(usual[0])
    for rival in economy.rivals:
        factor[rival.city, 0] *= rival.deals_elsewhere(economy.deal_multiple)
        factor[:, rival.city] *= rival.deals_at_home(added, float(usual[rival.city]))
    return factor.clip(min=0.0)


def _by_distance(economy: Economy) -> tuple[np.ndarray, np.ndarray]:
    """(n_cities, n_cities) twice: venture money over that of 2020 by the plan's dates, and by the schedule in force."""
    base, n, schedules = economy.base, economy.base.n_cities, economy.outside.travel_hours
    slippage = economy.path.transport_slippage_quarters
    planned = hours_in_force(schedules, economy.quarter, economy.neutral.transport_schedule, slippage)
    hours = [travel[:n, :n] for travel in (planned, economy.travel, schedules[0, 0])]
    factors = [venture_factor(now, hours[2], base.fund_capital, economy.p) for now in hours[:2]]
    return factors[0], factors[1]


def _pay_out(economy: Economy, paid: Sequence[tuple[int, int, np.ndarray, np.ndarray]]) -> None:
    """One fund's outflow is one firm's inflow: city of the fund, round, rows of the firms, yuan."""
    f, books = economy.firms, economy.books
    rows, amount = (np.concatenate(parts) for parts in list(zip(*paid, strict=True))[2:])
    if not len(rows):
        return
    sizes = [len(deal[2]) for deal in paid]
    fund, stage = (np.repeat([deal[at] for deal in paid], sizes) for at in (0, 1))
    # A firm may close a first and a later round in one quarter.
    np.add.at(f.cash, rows, amount)
    books.post_capital("invested", fund, amount)
    books.post_capital("received", f.city[rows], amount)
    books.post_flow("capital", fund, f.city[rows], amount)
    # A firm that is already growing on venture money starts its three years anew; the effect does not add up.
    f.boost_left[rows[f.weight[rows] == 1]] = BOOST_QUARTERS
    slot = fund + stage * economy.base.n_cities
    economy.holdings.append(
        holding_id=child_ids(economy.luck_key("holding"), f.firm_id[rows], slot),
        fund=fund,
        firm=rows,
        amount=amount,
    )


def _exit(economy: Economy) -> None:
    """Funds sell holdings to buyers elsewhere and pay their investors, who are elsewhere too."""
    h, p, elsewhere = economy.holdings, economy.p, len(economy.base.places) - 1
    held = np.flatnonzero(h.amount)
    leaves = held[economy.luck("exit", h.holding_id[held]) < quarterly(1.0 / p.exit_horizon)]
    fund, proceeds = h.fund[leaves], h.amount[leaves] * p.exit_multiple
    economy.books.post_capital("sold", fund, proceeds)
    economy.books.post_capital("distributed", fund, proceeds)
    economy.books.post_flow("capital", elsewhere, fund, proceeds)
    economy.books.post_flow("capital", fund, elsewhere, proceeds)
    h.amount[leaves] = 0.0


def _repay(economy: Economy) -> None:
    """Loans end by repayment, or by default, of which the pool bears its share."""
    f, p = economy.firms, economy.p
    owes = np.flatnonzero(f.debt)
    defaults = economy.luck("loan default", f.firm_id[owes]) < quarterly(p.loan_default_rate)
    repays = ~defaults & (economy.luck("loan end", f.firm_id[owes]) < quarterly(min(1.0 / p.loan_maturity, 0.99)))
    city_of, debt = f.city[owes], f.debt[owes]
    for city, bank in enumerate(economy.banks):
        here = city_of == city
        bank.collect(float(debt[repays & here].sum()))
        bank.write_off(float(debt[defaults & here].sum()), p.pool_loss_share)
    f.debt[owes[repays | defaults]] = 0.0
    f.pledged[owes[repays | defaults]] = False
    f.by_pool[owes[repays | defaults]] = False


def _lend(economy: Economy) -> None:
    """New loans up to what banks are ready to hold; the risk pool and head offices of the district widen that.

    Firms are served in order of luck, so those whom the policy of 2020 would have served come first; the others owe
    their loan to the policy in force, and are remembered for it.
    """
    f, p = economy.firms, economy.p
    borrowers, size = np.flatnonzero(_borrowers(economy)), p.loan_size * f.weight.astype(float)
    luck, city_of = economy.luck("loan", f.firm_id[borrowers]), f.city[borrowers]
    owing, n = np.flatnonzero((f.debt > 0.0) & ~f.pledged), economy.base.n_cities
    owed = np.bincount(f.city[owing], f.debt[owing], minlength=n)
    owed_usually = np.bincount(f.city[owing], f.debt[owing] * ~f.by_pool[owing], minlength=n)
    for city, bank in enumerate(economy.banks):
        wants, growth = np.flatnonzero(city_of == city), float(economy.growth_index[city])
        pool_2020 = economy.neutral.risk_pool
        usual = capacity(bank.opening_loans, growth, pool_2020, pool_2020, p.risk_pool_multiple)
        pool = economy.policy.risk_pool if city == 0 else pool_2020
        ready = capacity(bank.opening_loans, growth, pool, pool_2020, p.risk_pool_multiple)
        ready *= 1.0 + (p.fin_inst_credit_effect * economy.head_offices if city == 0 else 0.0)
        queue = borrowers[wants[np.argsort(luck[wants], kind="stable")]]
        served = queue[: n_served(size[queue], ready - float(owed[city]))]
        f.debt[served] = size[served]
        f.by_pool[served[n_served(size[queue], usual - float(owed_usually[city])) :]] = True
        bank.lend(float(size[served].sum()))
    _lend_against_patents(economy)
    f.financed[:] = (f.debt > 0.0) & ~f.pledged


def _lend_against_patents(economy: Economy) -> None:
    """Loans against pledged patents beyond those of 2020, to firms of the district with R&D whom finance limits."""
    f, p, bank = economy.firms, economy.p, economy.banks[0]
    room = economy.policy.pledged_loans - economy.neutral.pledged_loans - float(f.debt[f.pledged].sum())
    if room <= 0.0:
        return
    wants = f.alive & (f.city == 0) & f.constrained & (f.debt <= 0.0) & (f.rd_intensity > 0.0) & (f.knowledge > 0.0)
    # What a bank lends on is the knowledge that the patents protect.
    size = np.minimum(p.loan_size, PLEDGE_TO_KNOWLEDGE * f.knowledge)
    served = grant(wants, size, economy.luck("pledge", f.firm_id, lasting=True), room)
    f.debt[served] = size[served]
    f.pledged[served] = True
    bank.lend(float(size[served].sum()))
