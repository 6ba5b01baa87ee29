"""5. Capital: funds screen and invest, banks lend, the risk pool bears its losses."""

from __future__ import annotations

from typing import TYPE_CHECKING

import numpy as np

from model.capital.funds import BOOST_QUARTERS, eligible, guidance_multiple, number_of_deals
from model.capital.lending import capacity, grant
from model.rates import quarterly
from model.streams import child_ids
from model.transport import hours_in_force, venture_factor

if TYPE_CHECKING:
    from model.capital.funds import VentureFund
    from model.economy import Economy


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
    for city, fund in enumerate(economy.funds):
        pace = base.fund_investment[city].copy()
        pace[0] *= economy.deal_multiple
        amount = float(pace.sum()) / 4.0
        fund.raise_capital(amount)
        economy.books.post_flow("capital", elsewhere, city, amount)


def _invest(economy: Economy) -> None:
    """Each fund's deals in each city: expected number by base flow, distance and guidance money, whole by luck."""
    base, p, f = economy.base, economy.p, economy.firms
    n = base.n_cities
    planned, now = _by_distance(economy)
    rows = np.flatnonzero(eligible(f.tech_sme, f.above_scale, economy.age, f.alive))
    city = f.city[rows]
    screened = np.bincount(city, f.weight[rows], minlength=n)
    expected = base.fund_investment[:, :n] / 4.0 / p.vc_deal_size * planned
    each = np.divide(expected, screened, out=np.zeros_like(expected), where=screened > 0.0)
    economy.boost_expected = np.zeros(f.n)
    economy.boost_expected[rows] = each.sum(axis=0)[city]
    # What an early link adds is a lever's and is not offset elsewhere, as what the plan's dates bring is.
    each *= now / planned
    each[:, 0] *= economy.deal_multiple
    for fund in economy.funds:
        luck = economy.luck(f"venture {base.cities[fund.city]}", f.firm_id[rows])
        deals = number_of_deals(each[fund.city, city] * f.weight[rows], luck)
        _pay_out(economy, fund, rows[deals > 0], deals[deals > 0] * p.vc_deal_size)


def _by_distance(economy: Economy) -> tuple[np.ndarray, np.ndarray]:
    """(n_cities, n_cities) twice: venture money over that of 2020 by the plan's dates, and by the schedule in force."""
    base, n, schedules = economy.base, economy.base.n_cities, economy.outside.travel_hours
    slippage = economy.path.transport_slippage_quarters
    planned = hours_in_force(schedules, economy.quarter, economy.neutral.transport_schedule, slippage)
    hours = [travel[:n, :n] for travel in (planned, economy.travel, schedules[0, 0])]
    factors = [venture_factor(now, hours[2], base.fund_capital, economy.p) for now in hours[:2]]
    return factors[0], factors[1]


def _pay_out(economy: Economy, fund: VentureFund, rows: np.ndarray, amount: np.ndarray) -> None:
    """One fund's outflow is one firm's inflow; a fund short of capital cuts all its deals alike."""
    f, total = economy.firms, float(amount.sum())
    if total <= 0.0:
        return
    amount = amount * min(1.0, fund.uncalled / total)
    fund.invest(float(amount.sum()))
    f.cash[rows] += amount
    f.boost_left[rows[f.weight[rows] == 1]] = BOOST_QUARTERS
    origin = np.full(len(rows), fund.city)
    economy.holdings.append(
        holding_id=child_ids(economy.luck_key("holding"), f.firm_id[rows], origin),
        fund=origin,
        firm=rows,
        amount=amount,
    )
    economy.books.post_flow("capital", fund.city, f.city[rows], amount)


def _exit(economy: Economy) -> None:
    """Funds sell holdings to buyers elsewhere and pay their investors, who are elsewhere too."""
    h, p, elsewhere = economy.holdings, economy.p, len(economy.base.places) - 1
    leaves = (h.amount > 0.0) & (economy.luck("exit", h.holding_id) < quarterly(1.0 / p.exit_horizon))
    proceeds = h.amount[leaves] * p.exit_multiple
    economy.books.post_flow("capital", elsewhere, h.fund[leaves], proceeds)
    economy.books.post_flow("capital", h.fund[leaves], elsewhere, proceeds)
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


def _lend(economy: Economy) -> None:
    """New loans up to what banks are ready to hold; the risk pool of the district widens that."""
    f, p = economy.firms, economy.p
    luck, borrowers, size = economy.luck("loan", f.firm_id), _borrowers(economy), p.loan_size * f.weight.astype(float)
    for city, bank in enumerate(economy.banks):
        pool = economy.policy.risk_pool if city == 0 else economy.neutral.risk_pool
        ready = capacity(
            bank.opening_loans,
            float(economy.growth_index[city]),
            pool,
            economy.neutral.risk_pool,
            p.risk_pool_multiple,
        )
        served = grant(borrowers & (f.city == city), size, luck, ready - bank.loans)
        f.debt[served] = size[served]
        bank.lend(float(size[served].sum()))
    f.financed[:] = f.debt > 0.0
