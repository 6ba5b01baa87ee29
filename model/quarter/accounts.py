"""10. Accounts: levers are paid, every identity is checked."""

from __future__ import annotations

from typing import TYPE_CHECKING

import numpy as np

from model.accounts import FIRM_SIGNS, PATENT_SIGNS, TALENT_SIGNS
from model.government import affordable_share
from model.identities import (
    CAPITAL_IDENTITIES,
    capital_balances,
    check_balances,
    check_money,
    check_not_negative,
    check_posted,
    check_stock,
    persons_posted,
)
from model.talent.matching import share_staff
from model.talent.table import staff_and_stock

if TYPE_CHECKING:
    from model.economy import Economy


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
    economy.cost = government.pay(costs)
    government.reached = np.maximum(government.reached, intensity)
    economy.ration_used = government.ration
    government.close_quarter(float(costs @ government.of_district), float(economy.growth[0]))

    def district_cost(share: float) -> float:
        """What the next quarter costs the district if as many come for money as in this one."""
        planned = path.intensity_at(q + 1, share)
        return float(economy.prices.costs(planned, government.reached, heads) @ government.of_district)

    def kinks() -> list[float]:
        """Return where a lever that costs by its rise begins to cost."""
        return economy.prices.kinks(path.intensity[:, 0], path.intensity_at(q + 1), government.reached)

    government.ration = affordable_share(district_cost, government.quarterly_budget, kinks)


def _check_sums(economy: Economy) -> None:
    """Talents, firms, capital, patents, government."""
    base, q, books, record = economy.base, economy.quarter, economy.books, economy.record
    staff, stock = staff_and_stock(economy.talents, len(economy.labour.staff), base.n_cities)
    economy.staff = staff.astype(float)
    check_posted(
        "talents: stock = stock before + posted flows", q, record.talent_stock, stock, TALENT_SIGNS, books.talents
    )
    moved_in, moved_out, posted_in, arrived = persons_posted(books.talents, books.flows["talents"], base.n_cities)
    check_money("talents: moves in = moves out over the cities", q, moved_in, moved_out, 1.0)
    check_money("talents: flow matrix = arrivals, graduates and moves in", q, arrived, posted_in)
    firms = record.firm_stock_now(economy)
    check_posted("firms: stock = stock before + posted flows", q, record.firm_stock, firms, FIRM_SIGNS, books.firms)
    cash, debt, patents = economy.held()
    _check_capital(economy, cash, debt)
    spent, received = economy.government.spent, sum(economy.government.received.values())
    check_money("government: spending = what recipients received", q, spent, received)
    check_posted(
        "patents: stock = stock before + posted flows", q, record.patent_stock, patents, PATENT_SIGNS, books.patents
    )
    record.talent_stock, record.firm_stock, record.patent_stock = stock, firms, patents


def _check_capital(economy: Economy, cash: np.ndarray, debt: np.ndarray) -> None:
    """The flow matrix sums to the changes of every book: of the funds, and of the firms that they and others pay."""
    record, q, books = economy.record, economy.quarter, economy.books
    for fund, opening in zip(economy.funds, economy.base.fund_capital.tolist(), strict=True):
        # Of what passed through it: a fund that has called all its capital holds but a rounding error.
        called = opening + fund.raised
        check_money("capital: fund = raised - invested", q, fund.uncalled, called - fund.invested, called)
    for bank, owed in zip(economy.banks, debt.tolist(), strict=True):
        check_money("capital: debt issued = loans held", q, owed, bank.loans, max(bank.loans, 1e6))
    uncalled = np.array([fund.uncalled for fund in economy.funds])
    balances = capital_balances(books.capital, books.flows["capital"], record.uncalled, uncalled, record.cash, cash)
    check_balances(CAPITAL_IDENTITIES, q, balances)
    record.uncalled, record.cash = uncalled, cash


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
