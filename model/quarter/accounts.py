"""10. Accounts: levers are paid, every identity is checked."""

from __future__ import annotations

from typing import TYPE_CHECKING

import numpy as np

from model.accounts import (
    CAPITAL_ACCOUNTS,
    FIRM_SIGNS,
    PATENT_SIGNS,
    TALENT_ACCOUNTS,
    TALENT_SIGNS,
    check_balances,
    check_money,
    check_not_negative,
    check_stock,
)
from model.government import affordable_share
from model.policy import PAYERS
from model.talent.matching import share_staff
from model.talent.table import staff_and_stock

if TYPE_CHECKING:
    from model.economy import Economy


_MOVES = [TALENT_ACCOUNTS.index(name) for name in ("moves_in", "moves_out")]
_INTO_CITIES = [TALENT_ACCOUNTS.index(name) for name in ("arrivals", "graduates", "moves_in")]


def accounts_close(economy: Economy) -> None:
    """Pay for the levers and check the sums; agent by agent too when asked for."""
    _pay(economy)
    _check_sums(economy)
    if economy.check_agents:
        _check_agents(economy)


def _pay(economy: Economy) -> None:
    """Each lever's cost reaches its payers; what is spent is what recipients receive."""
    path, q, government = economy.path, economy.quarter, economy.government
    heads = economy.prices.heads(economy.books.events)
    intensity = path.intensity_at(q, government.ration)
    costs = economy.prices.costs(intensity, government.reached, heads)
    economy.cost = costs[:, None] * economy.payer_shares
    government.pay(path.levers, economy.cost)
    government.reached = np.maximum(government.reached, intensity)
    economy.ration_used = government.ration
    district = economy.payer_shares[:, PAYERS.index("district")]
    government.close_quarter(float(costs @ district), float(economy.growth[0]))

    def district_cost(share: float) -> float:
        """What the next quarter costs the district if as many come for money as in this one."""
        planned = path.intensity_at(q + 1, share)
        return float(economy.prices.costs(planned, government.reached, heads) @ district)

    kinks = economy.prices.kinks(path.intensity[:, 0], path.intensity_at(q + 1), government.reached)
    government.ration = affordable_share(district_cost, government.quarterly_budget, kinks)


def _check_sums(economy: Economy) -> None:
    """Talents, firms, capital, government."""
    base, q, books, record = economy.base, economy.quarter, economy.books, economy.record
    staff, stock = staff_and_stock(economy.talents, len(economy.labour.staff), base.n_cities)
    economy.staff = staff.astype(float)
    change = _net(TALENT_SIGNS, books.talents)
    check_stock("talents: stock = stock before + posted flows", q, record.talent_stock, stock, change)
    between = books.talents[_MOVES].sum(axis=(1, 2))
    check_stock("talents: moves in = moves out over the cities", q, between[1:], between[:1], np.zeros(1, np.int64))
    arrived = float(books.flows["talents"][:, : base.n_cities].sum())
    check_money("talents: flow matrix = arrivals, graduates and moves in", q, arrived, _posted_in(economy))
    firms = record.firm_stock_now(economy)
    change = _net(FIRM_SIGNS, books.firms)
    check_stock("firms: stock = stock before + posted flows", q, record.firm_stock, firms, change)
    for fund in economy.funds:
        check_money(
            "capital: fund = raised - invested",
            q,
            fund.uncalled,
            float(base.fund_capital[fund.city]) + fund.raised - fund.invested,
            # Of what passed through it: a fund that has called all its capital holds but a rounding error.
            float(base.fund_capital[fund.city]) + fund.raised,
        )
    cash, debt, patents = economy.held()
    _check_capital(economy, cash)
    for bank in economy.banks:
        check_money("capital: debt issued = loans held", q, float(debt[bank.city]), bank.loans, max(bank.loans, 1e6))
    check_money(
        "government: spending = what recipients received",
        q,
        economy.government.spent,
        sum(economy.government.received.values()),
    )
    _check_patents(economy, patents)
    record.talent_stock, record.firm_stock = stock, firms


def _net(signs: np.ndarray, posted: np.ndarray) -> np.ndarray:
    """What the accounts together add to a stock, by city and class."""
    return np.asarray((signs @ posted.reshape(len(signs), -1)).reshape(posted.shape[1:]))


def _check_capital(economy: Economy, cash: np.ndarray) -> None:
    """The flow matrix sums to the changes of every book: of the funds, and of the firms that they and others pay."""
    record, q, n = economy.record, economy.quarter, economy.base.n_cities
    post, matrix = dict(zip(CAPITAL_ACCOUNTS, economy.books.capital, strict=True)), economy.books.flows["capital"]
    came = post["raised"] + post["received"] + post["private"] + post["sold"] + post["cash_in"]
    check_balances(
        "capital: flows into a city = raised, received, private, sold, moved in", q, matrix[:, :n].sum(axis=0), came
    )
    left = post["invested"] + post["distributed"] + post["cash_out"]
    check_balances("capital: flows out of a city = invested, distributed, moved out", q, matrix[:n].sum(axis=1), left)
    paid, received = (np.array([post[name].sum()]) for name in ("invested", "received"))
    check_balances("capital: what funds invest is what firms receive", q, paid, received)
    uncalled = np.array([fund.uncalled for fund in economy.funds])
    held = record.uncalled + post["raised"]
    check_balances("capital: uncalled = before + raised - invested", q, uncalled, held - post["invested"], held)
    held = record.cash + post["received"] + post["private"] + post["cash_in"]
    gone = post["cash_out"] + post["cash_lost"]
    check_balances("capital: cash of firms = before + received - gone", q, cash, held - gone, held)
    record.uncalled, record.cash = uncalled, cash


def _check_patents(economy: Economy, stock: np.ndarray) -> None:
    """Valid patents of each city change by grants, lapses, closures and moves alone."""
    record = economy.record
    expected = record.patent_stock + PATENT_SIGNS @ economy.books.patents
    for now, then in zip(stock.tolist(), expected.tolist(), strict=True):
        check_money("patents: stock = stock before + posted flows", economy.quarter, now, then)
    record.patent_stock = stock


def _posted_in(economy: Economy) -> float:
    """Persons posted into cities from any place: newcomers, graduates, moves between cities."""
    return float(economy.books.talents[_INTO_CITIES].sum())


def _check_agents(economy: Economy) -> None:
    """No agent holds negative amounts, and closed firms nothing; staff of all employers = employed talents."""
    f, t, q = economy.firms, economy.talents, economy.quarter
    for name in ("demand", "value_added", "rd_intensity", "knowledge", "cash", "debt", "patents"):
        check_not_negative(f"firms: {name}", q, getattr(f, name))
    for name in ("weight", "demand", "value_added", "cash", "debt", "patents"):
        left = float(getattr(f, name)[~f.alive].sum())
        check_money(f"firms: closed ones hold no {name.replace('_', ' ')}", q, left, 0.0, 0.0)
    n = len(economy.labour.staff)
    staff = t.staff(n)
    at_work = int(staff.sum())
    employed = int(t.weight[(t.city >= 0) & (t.employer >= 0)].sum())
    check_stock(
        "talents: staff of all employers = employed talents",
        q,
        np.array([at_work]),
        np.array([employed]),
        np.zeros(1, np.int64),
    )
    home = np.repeat(economy.base.site_city, economy.base.n_employers_per_site)
    working = t.employer >= 0
    misplaced = int((home[t.employer[working]] != t.city[working])[t.city[working] >= 0].sum())
    check_stock(
        "talents: everybody works in the city of residence",
        q,
        np.array([misplaced]),
        np.zeros(1, np.int64),
        np.zeros(1, np.int64),
    )
    _check_firm_staff(economy, staff)


def _check_firm_staff(economy: Economy, staff: np.ndarray) -> None:
    """Talents of each cluster's firms, shared over the firms to whole persons, add up to the cluster's employees."""
    f, q, k = economy.firms, economy.quarter, economy.base.n_employers_per_site
    rows = np.flatnonzero(f.alive)
    group = f.site[rows].astype(np.int64) * k + f.cluster[rows]
    order = np.argsort(group, kind="stable")
    rows, group = rows[order], group[order]
    for tier in range(staff.shape[1]):
        shared = share_staff(staff[:, tier], group, f.value_added[rows])
        total = np.bincount(group, shared, minlength=len(staff)).astype(np.int64)
        present = np.unique(group)
        check_stock(
            "talents: staff of firms = employees of their cluster",
            q,
            total[present],
            staff[present, tier],
            np.zeros(len(present), np.int64),
        )
