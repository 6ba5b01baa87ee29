"""5. Capital: funds screen and invest, banks lend, the risk pool bears its losses."""

from __future__ import annotations

import functools
from typing import TYPE_CHECKING

import numpy as np

from model.capital.funds import commit, guidance_multiple
from model.capital.lending import (
    PLEDGE_TO_KNOWLEDGE,
    borrowers,
    capacity,
    count_financed,
    end_loans,
    lend,
)
from model.capital.rounds import pay_rounds, sell_holdings, strike_rounds
from model.queues import served
from model.rates import quarterly
from model.transport import hours_in_force, venture_factor

if TYPE_CHECKING:
    from model.base import Base
    from model.economy import Economy


def funds_invest_and_banks_lend(economy: Economy) -> None:
    """Raise, invest and exit venture money; lend, collect and write off technology loans."""
    change = _guidance_money(economy)
    _invest(economy, change)
    _exit(economy)
    _lend(economy, owed=_repay(economy)[2:])


def open_lending(economy: Economy) -> None:
    """Opening loans to small firms: the share served in 2020, by luck; never more than all technology loans."""
    f, base = economy.firms, economy.base
    luck = economy.luck("loan", f.firm_id, lasting=True)
    size = economy.p.loan_size * f.weight.astype(float)
    wanting = np.zeros(f.n, bool)
    wanting[borrowers(*_status(economy), f.debt)] = True
    for city, bank in enumerate(economy.banks):
        wants = np.flatnonzero(wanting & (f.city == city))
        room = min(economy.p.credit_served_share * float(size[wants].sum()), float(base.technology_loans[city]))
        lucky = wants[np.sort(served(luck[wants], size[wants], room))]
        f.debt[lucky] = size[lucky]
        bank.lend(float(f.debt[lucky].sum()))
        bank.opening_loans = bank.loans
    f.finance_opening[:] = f.debt > 0.0
    f.financed[:] = f.debt > 0.0


def _status(economy: Economy) -> tuple[np.ndarray, ...]:
    """(n_firms,) each, what makes a firm want a loan when it has none: see `borrowers`."""
    f = economy.firms
    return f.alive, f.constrained, f.tech_sme, f.above_scale


def _guidance_money(economy: Economy) -> np.ndarray:
    """Commitments from outside keep funds at the pace of 2020; guidance money and its leverage come on top.

    Returns what policy makes of deals, by city of the fund and of the firm.
    """
    base, books = economy.base, economy.books
    economy.deal_multiple = guidance_multiple(economy.policy, _received_2020(base)[0], economy.p)
    change = _deals_by_policy(economy)
    raised = commit(base.fund_investment, change, books.account("raised"), books.flows["capital"][-1])
    for fund, amount in zip(economy.funds, raised.tolist(), strict=True):
        fund.raise_capital(amount)
    return change


@functools.lru_cache(maxsize=2)
def _received_2020(base: Base) -> list[float]:
    """Venture money that the firms of each city received in 2020, yuan."""
    received: list[float] = base.fund_investment[:, : base.n_cities].sum(axis=0).tolist()
    return received


def _invest(economy: Economy, by_policy: np.ndarray) -> None:
    """Each fund's deals in each city: expected number by base flow, distance and guidance money, whole by luck."""
    base, p, f, h = economy.base, economy.p, economy.firms, economy.holdings
    planned, in_force = _by_distance(economy)
    pace, terms = (base.fund_investment, planned, by_policy, in_force), (p.follow_on_share, p.vc_deal_size)
    keys = np.array([[economy.luck_key(stream) for stream in of_fund] for of_fund in _streams(base)], np.uint64)
    agents, status = (f.firm_id, f.city, f.weight), (f.tech_sme, f.above_scale, f.born, f.alive)
    holdings = h.fund, h.firm, h.amount
    rounds = strike_rounds(economy.quarter, keys, pace, terms, agents, status, holdings)
    struck, wanted, economy.boost_expected = rounds
    if struck.shape[1]:
        _pay_out(economy, struck, _call_capital(economy, wanted))


@functools.lru_cache(maxsize=2)
def _streams(base: Base) -> list[tuple[str, str]]:
    """Streams of luck of each city's fund: first rounds, later ones."""
    return [(f"venture {name}", f"follow-on {name}") for name in base.cities]


def _deals_by_policy(economy: Economy) -> np.ndarray:
    """(n_cities, n_cities) factor on expected deals by city of the fund and of the firm: 1 under the policy of 2020.

    Rivals that answer nothing change nothing.
    """
    base, p, usual = economy.base, economy.p, _received_2020(economy.base)
    factor = np.ones((base.n_cities, base.n_cities))
    factor[:, 0] = economy.deal_multiple * (1.0 + p.fin_inst_deal_effect * economy.head_offices)
    if "shanghai" in base.cities:
        known = max(economy.policy.roadshows, 1e-3) / economy.neutral.roadshows
        factor[base.cities.index("shanghai"), 0] *= known**p.roadshow_elasticity
    for rival in economy.rivals:
        if rival.answered:
            added = (economy.deal_multiple - 1.0) * usual[0]
            factor[rival.city, 0] *= rival.deals_elsewhere(economy.deal_multiple)
            factor[:, rival.city] *= rival.deals_at_home(added, usual[rival.city])
    return np.maximum(factor, 0.0, out=factor)


def _by_distance(economy: Economy) -> tuple[np.ndarray, np.ndarray]:
    """(n_cities, n_cities) twice: venture money over that of 2020 by the plan's dates, and by the schedule in force."""
    base, n, schedules, neutral = economy.base, economy.base.n_cities, economy.outside.travel_hours, economy.neutral
    hours_2020 = schedules[0, 0, :n, :n]
    in_force = venture_factor(economy.travel[:n, :n], hours_2020, base.fund_capital, economy.p)
    if economy.policy.transport_schedule == neutral.transport_schedule:
        return in_force, in_force
    slippage = economy.path.transport_slippage_quarters
    planned = hours_in_force(schedules, economy.quarter, neutral.transport_schedule, slippage)
    return venture_factor(planned[:n, :n], hours_2020, base.fund_capital, economy.p), in_force


def _pay_out(economy: Economy, struck: np.ndarray, share: np.ndarray) -> None:
    """Pay for rounds, (4, m) as in `model.capital.rounds.rounds_struck`, and hold what they buy."""
    f, books, size = economy.firms, economy.books, economy.p.vc_deal_size
    agents, accounts, key = (f.firm_id, f.city, f.weight), (f.cash, f.boost_left), economy.luck_key("holding")
    posted = books.account("invested"), books.account("received"), books.flows["capital"]
    ids, amount = pay_rounds(struck, share, size, key, agents, accounts, posted)
    fund, _, rows, _ = struck
    economy.holdings.append(holding_id=ids, fund=fund, firm=rows, amount=amount)


def _call_capital(economy: Economy, wanted: np.ndarray) -> np.ndarray:
    """(n_cities,) share of the money wanted for deals that funds have: one short of capital cuts all deals alike."""
    shares = []
    for fund, total in zip(economy.funds, wanted.tolist(), strict=True):
        shares.append(min(1.0, fund.uncalled / total) if total > 0.0 else 1.0)
        fund.invest(total * shares[-1])
    return np.array(shares)


def _exit(economy: Economy) -> None:
    """Funds sell holdings to buyers elsewhere and pay their investors, who are elsewhere too."""
    h, p, books = economy.holdings, economy.p, economy.books
    key, chance, elsewhere = economy.luck_key("exit"), quarterly(1.0 / p.exit_horizon), len(economy.base.places) - 1
    posted = books.account("sold"), books.account("distributed"), books.flows["capital"]
    sell_holdings(key, chance, p.exit_multiple, (h.fund, h.amount, h.holding_id), posted, elsewhere)


def _repay(economy: Economy) -> np.ndarray:
    """Loans end by repayment, or by default, of which the pool bears its share; returns `end_loans`."""
    f, p = economy.firms, economy.p
    chances = quarterly(p.loan_default_rate), quarterly(min(1.0 / p.loan_maturity, 0.99))
    keys, loans = (economy.luck_key("loan default"), economy.luck_key("loan end")), (f.debt, f.pledged, f.by_pool)
    sums = np.asarray(end_loans(keys, chances, f.firm_id, f.city, loans, economy.base.n_cities))
    for bank, repaid, lost in zip(economy.banks, *sums[:2].tolist(), strict=True):
        bank.collect(repaid)
        bank.write_off(lost, p.pool_loss_share)
    return sums


def _lend(economy: Economy, owed: np.ndarray) -> None:
    """New loans up to what banks are ready to hold; the risk pool and head offices of the district widen that.

    Firms are served in order of luck, so those whom the policy of 2020 would have served come first; the others owe
    their loan to the policy in force, and are remembered for it. ``owed`` (2, n_cities) is what banks hold already,
    and what they would hold under the policy of 2020.
    """
    f, p = economy.firms, economy.p
    room, firms = np.array(_ready_to_hold(economy)) - owed, (f.firm_id, f.city, f.weight)
    lent = lend(economy.luck_key("loan"), room, p.loan_size, firms, _status(economy), (f.debt, f.by_pool))
    for bank, amount in zip(economy.banks, lent.tolist(), strict=True):
        bank.lend(amount)
    _lend_against_patents(economy)
    count_financed(f.debt, f.pledged, f.financed)


def _ready_to_hold(economy: Economy) -> tuple[list[float], list[float]]:
    """By city twice, yuan of loans not against patents: under the policy in force, and under that of 2020."""
    p, pool_2020, multiple = economy.p, economy.neutral.risk_pool, economy.p.risk_pool_multiple
    ready, usual = [], []
    for bank, growth in zip(economy.banks, economy.growth_index.tolist(), strict=True):
        usual.append(capacity(bank.opening_loans, growth, pool_2020, pool_2020, multiple))
        pool = economy.policy.risk_pool if bank.city == 0 else pool_2020
        ready.append(capacity(bank.opening_loans, growth, pool, pool_2020, multiple))
    ready[0] *= 1.0 + p.fin_inst_credit_effect * economy.head_offices
    return ready, usual


def _lend_against_patents(economy: Economy) -> None:
    """Loans against pledged patents beyond those of 2020, to firms of the district with R&D whom finance limits."""
    f, p, bank = economy.firms, economy.p, economy.banks[0]
    added = economy.policy.pledged_loans - economy.neutral.pledged_loans
    room = added - float(f.debt[np.flatnonzero(f.pledged)].sum()) if added > 0.0 else 0.0
    if room <= 0.0:
        return
    wants = f.alive & (f.city == 0) & f.constrained & (f.debt <= 0.0) & (f.rd_intensity > 0.0) & (f.knowledge > 0.0)
    rows = np.flatnonzero(wants)
    # What a bank lends on is the knowledge that the patents protect.
    size = np.minimum(p.loan_size, PLEDGE_TO_KNOWLEDGE * f.knowledge[rows])
    queue = served(economy.luck("pledge", f.firm_id[rows], lasting=True), size, room)
    f.debt[rows[queue]] = size[queue]
    f.pledged[rows[queue]] = True
    bank.lend(float(size[queue].sum()))
