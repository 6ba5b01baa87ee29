"""5. Capital: funds screen and invest, banks lend, the risk pool bears its losses."""

from __future__ import annotations

from typing import TYPE_CHECKING

import numba as nb
import numpy as np

from model.capital.funds import (
    BOOST_QUARTERS,
    deals_with_each,
    eligible,
    expected_with_each,
    firms_held,
    guidance_multiple,
    holdings_sold,
    rounds_struck,
    screened,
)
from model.capital.lending import (
    PLEDGE_TO_KNOWLEDGE,
    borrowers,
    capacity,
    loans_that_end,
    owed_by_city,
)
from model.columns import sums_by
from model.compiled import RULE
from model.queues import served, served_in
from model.rates import quarterly
from model.streams import child_ids
from model.transport import hours_in_force, venture_factor

if TYPE_CHECKING:
    from model.economy import Economy


def funds_invest_and_banks_lend(economy: Economy) -> None:
    """Raise, invest and exit venture money; lend, collect and write off technology loans."""
    change = _guidance_money(economy)
    _invest(economy, change)
    _exit(economy)
    _repay(economy)
    _lend(economy)


def open_lending(economy: Economy) -> None:
    """Opening loans to small firms: the share served in 2020, by luck; never more than all technology loans."""
    f, base = economy.firms, economy.base
    luck = economy.luck("loan", f.firm_id, lasting=True)
    size = economy.p.loan_size * f.weight.astype(float)
    wanting = np.zeros(f.n, bool)
    wanting[_borrowers(economy)] = True
    for city, bank in enumerate(economy.banks):
        wants = np.flatnonzero(wanting & (f.city == city))
        room = min(economy.p.credit_served_share * float(size[wants].sum()), float(base.technology_loans[city]))
        lucky = wants[np.sort(served(luck[wants], size[wants], room))]
        f.debt[lucky] = size[lucky]
        bank.lend(float(f.debt[lucky].sum()))
        bank.opening_loans = bank.loans
    f.finance_opening[:] = f.debt > 0.0
    f.financed[:] = f.debt > 0.0


def _borrowers(economy: Economy) -> np.ndarray:
    """(k,) rows of technology firms whose R&D finance limits, without a loan."""
    f = economy.firms
    return np.asarray(borrowers(f.alive, f.constrained, f.tech_sme, f.above_scale, f.debt))


def _guidance_money(economy: Economy) -> np.ndarray:
    """Commitments from outside keep funds at the pace of 2020; guidance money and its leverage come on top.

    Returns what policy makes of deals, by city of the fund and of the firm.
    """
    base, elsewhere = economy.base, len(economy.base.places) - 1
    economy.deal_multiple = guidance_multiple(economy.policy, float(base.fund_investment[:, 0].sum()), economy.p)
    change = _deals_by_policy(economy)
    for city, fund in enumerate(economy.funds):
        pace = base.fund_investment[city] * change[city]
        amount = float(pace.sum()) / 4.0
        fund.raise_capital(amount)
        economy.books.post_capital("raised", city, amount)
        economy.books.post_flow("capital", elsewhere, city, amount)
    return change


def _invest(economy: Economy, by_policy: np.ndarray) -> None:
    """Each fund's deals in each city: expected number by base flow, distance and guidance money, whole by luck."""
    base, p, f = economy.base, economy.p, economy.firms
    n = base.n_cities
    planned, now = _by_distance(economy)
    young = eligible(f.tech_sme, f.above_scale, economy.quarter - f.born, f.alive)
    rows, firms = screened(young, f.city, f.weight, n)
    held, n_held = firms_held(economy.holdings, f.alive, f.city, n)
    expected = base.fund_investment[:, :n] / 4.0 / p.vc_deal_size * planned
    # What an early link adds is a lever's and is not offset elsewhere, as what the plan's dates bring is.
    each, first, later = deals_with_each(expected, by_policy * now / planned, firms, n_held, p.follow_on_share)
    economy.boost_expected = expected_with_each(rows, f.city, each.sum(axis=0))
    streams = [[f"venture {name}", f"follow-on {name}"] for name in base.cities]
    keys = np.array([[economy.luck_key(stream) for stream in of_fund] for of_fund in streams])
    _pay_out(economy, *rounds_struck(keys, rows, tuple(held), first, later, f.city, f.weight, f.firm_id))


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
    base, n, schedules, neutral = economy.base, economy.base.n_cities, economy.outside.travel_hours, economy.neutral
    hours_2020 = schedules[0, 0, :n, :n].copy()
    in_force = venture_factor(economy.travel[:n, :n], hours_2020, base.fund_capital, economy.p)
    if economy.policy.transport_schedule == neutral.transport_schedule:
        return in_force, in_force
    slippage = economy.path.transport_slippage_quarters
    planned = hours_in_force(schedules, economy.quarter, neutral.transport_schedule, slippage)
    return venture_factor(planned[:n, :n], hours_2020, base.fund_capital, economy.p), in_force


def _pay_out(economy: Economy, fund: np.ndarray, stage: np.ndarray, rows: np.ndarray, deals: np.ndarray) -> None:
    """One fund's outflow is one firm's inflow: city of the fund, first or later round, row of the firm, deals."""
    f, books, n = economy.firms, economy.books, economy.base.n_cities
    if not len(rows):
        return
    amount = deals * economy.p.vc_deal_size
    wanted = sums_by(amount, 2 * fund + stage, 2 * n)
    amount *= _call_capital(economy, wanted[::2] + wanted[1::2])[fund]
    city = f.city[rows]
    _take_in(rows, amount, f.weight, f.cash, f.boost_left)
    books.post_capital("invested", fund, amount)
    books.post_capital("received", city, amount)
    books.post_flow("capital", fund, city, amount)
    holding_id = child_ids(economy.luck_key("holding"), f.firm_id[rows], fund + stage * n)
    economy.holdings.append(holding_id=holding_id, fund=fund, firm=rows, amount=amount)


def _call_capital(economy: Economy, wanted: np.ndarray) -> np.ndarray:
    """(n_cities,) share of the money wanted for deals that funds have: one short of capital cuts all deals alike."""
    shares = []
    for fund, total in zip(economy.funds, wanted.tolist(), strict=True):
        shares.append(min(1.0, fund.uncalled / total) if total > 0.0 else 1.0)
        fund.invest(total * shares[-1])
    return np.array(shares)


@nb.njit(**RULE)
def _take_in(rows, amount, weight, cash, boost_left):  # type: ignore[no-untyped-def]  # noqa: ANN001, ANN202 - compiled
    """Pay (k,) yuan to firms, which may close a first and a later round in one quarter.

    A single firm grows on it; if it already did, its three years start anew, and the effect does not add up.
    """
    for row, yuan in zip(rows, amount):  # noqa: B905 - compiled
        cash[row] += yuan
        if weight[row] == 1:
            boost_left[row] = BOOST_QUARTERS


def _exit(economy: Economy) -> None:
    """Funds sell holdings to buyers elsewhere and pay their investors, who are elsewhere too."""
    h, p, elsewhere = economy.holdings, economy.p, len(economy.base.places) - 1
    leaves = holdings_sold(h.amount, h.holding_id, economy.luck_key("exit"), quarterly(1.0 / p.exit_horizon))
    fund, proceeds = h.fund[leaves], h.amount[leaves] * p.exit_multiple
    economy.books.post_capital("sold", fund, proceeds)
    economy.books.post_capital("distributed", fund, proceeds)
    economy.books.post_flow("capital", elsewhere, fund, proceeds)
    economy.books.post_flow("capital", fund, elsewhere, proceeds)
    h.amount[leaves] = 0.0


def _repay(economy: Economy) -> None:
    """Loans end by repayment, or by default, of which the pool bears its share."""
    f, p = economy.firms, economy.p
    chances = quarterly(p.loan_default_rate), quarterly(min(1.0 / p.loan_maturity, 0.99))
    keys = economy.luck_key("loan default"), economy.luck_key("loan end")
    ends, defaults = loans_that_end(f.debt, f.firm_id, *keys, *chances)
    debt, n = f.debt[ends], economy.base.n_cities
    # Repaid loans of a city first, then its defaults.
    sums = sums_by(debt, 2 * f.city[ends] + defaults, 2 * n).tolist()
    for city, bank in enumerate(economy.banks):
        bank.collect(sums[2 * city])
        bank.write_off(sums[2 * city + 1], p.pool_loss_share)
    f.debt[ends] = 0.0
    f.pledged[ends] = False
    f.by_pool[ends] = False


def _lend(economy: Economy) -> None:
    """New loans up to what banks are ready to hold; the risk pool and head offices of the district widen that.

    Firms are served in order of luck, so those whom the policy of 2020 would have served come first; the others owe
    their loan to the policy in force, and are remembered for it.
    """
    f, p = economy.firms, economy.p
    wanting = _borrowers(economy)
    luck, city_of, size = economy.luck("loan", f.firm_id[wanting]), f.city[wanting], p.loan_size * f.weight[wanting]
    owed, owed_usually = (
        by_city.tolist() for by_city in owed_by_city(f.city, f.debt, f.pledged, f.by_pool, economy.base.n_cities)
    )
    pool_2020, growth = economy.neutral.risk_pool, economy.growth_index.tolist()
    for city, bank in enumerate(economy.banks):
        usual = capacity(bank.opening_loans, growth[city], pool_2020, pool_2020, p.risk_pool_multiple)
        pool = economy.policy.risk_pool if city == 0 else pool_2020
        ready = capacity(bank.opening_loans, growth[city], pool, pool_2020, p.risk_pool_multiple)
        ready *= 1.0 + (p.fin_inst_credit_effect * economy.head_offices if city == 0 else 0.0)
        room, room_usually = ready - owed[city], usual - owed_usually[city]
        queue = served_in(city_of, city, luck, size, room)
        rows, loans = wanting[queue], size[queue]
        f.debt[rows] = loans
        if room_usually < room:
            # Who is served when there is less room stands at the head of the same queue.
            f.by_pool[rows[loans.cumsum() > room_usually]] = True
        bank.lend(float(loans.sum()))
    _lend_against_patents(economy)
    np.greater(f.debt, 0.0, out=f.financed)
    f.financed &= ~f.pledged


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
