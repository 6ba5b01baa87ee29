"""9. Demography, closing: firms close by age and size, and what they had goes with them."""

from __future__ import annotations

from typing import TYPE_CHECKING

import numba as nb
import numpy as np

from model.carriers import reform_share
from model.columns import sums_by
from model.compiled import RULE
from model.firms.demography import firms_closing, hazard_in_force

if TYPE_CHECKING:
    from model.economy import Economy


def firms_close(economy: Economy) -> None:
    """Firms close by age and size; agents that stand for many shrink by the firms that close."""
    f, p, books = economy.firms, economy.p, economy.books
    # What carriers beyond those of 2020 do to lives nobody finds much of, so the prior is around zero; what makes
    # starting easier in the district makes closing easier too.
    hazard = hazard_in_force(
        economy.closing_hazard,
        economy.incubated,
        p.incub_survival_effect,
        (f.city == 0) & ~f.above_scale,
        p.exit_reform_effect * reform_share(economy.policy),
    )
    rows, closing = firms_closing(hazard, f.weight, f.alive, economy.luck("closing", f.firm_id))
    books.post_firms("closures", f.city[rows], economy.class_before[rows], closing)
    books.post_patents("closures", f.city[rows], _taken_along(rows, closing, f.weight, f.patents))
    shrink(economy, rows, closing)
    _void(economy.holdings.amount, economy.holdings.firm, f.alive)


def shrink(economy: Economy, rows: np.ndarray, leaving: np.ndarray) -> None:
    """Take firms out of agents with their share of value added; agents without firms close, their debt is lost."""
    f = economy.firms
    keep, gone = _leave(rows, leaving, f.weight)
    scale_agents(rows, keep, f.demand, f.value_added, f.knowledge, f.knowledge_reference, f.patents)
    if not len(gone):
        return
    city, debt = f.city[gone], f.debt[gone]
    for bank, lost in zip(economy.banks, sums_by(debt, city, economy.base.n_cities).tolist(), strict=True):
        bank.write_off(lost, economy.p.pool_loss_share)
    f.debt[gone] = 0.0
    economy.books.post_capital("cash_lost", city, f.cash[gone])
    f.cash[gone] = 0.0
    f.close(gone)


@nb.njit(**RULE, error_model="numpy")
def _taken_along(rows, leaving, weight, patents):  # type: ignore[no-untyped-def]  # noqa: ANN001, ANN202 - compiled
    """(k,) patents of the firms that leave agents, (k,) ``rows``: their share of what each agent holds."""
    taken = np.empty(rows.size)
    for i in range(rows.size):
        taken[i] = patents[rows[i]] * leaving[i] / weight[rows[i]]
    return taken


@nb.njit(**RULE)
def _leave(rows, leaving, weight):  # type: ignore[no-untyped-def]  # noqa: ANN001, ANN202 - compiled
    """Count firms out of agents, (k,) ``rows``: (k,) share of each that stays, and the rows in which none does."""
    keep, gone, n = np.empty(rows.size), np.empty(rows.size + 1, np.int64), 0
    for i in range(rows.size):
        row = rows[i]
        keep[i] = 1.0 - leaving[i] / max(weight[row], 1)
        weight[row] -= leaving[i]
        gone[n] = row
        n += weight[row] <= 0
    return keep, gone[:n]


@nb.njit(**RULE)
def scale_agents(rows, share, demand, value_added, knowledge, knowledge_reference, patents):  # type: ignore[no-untyped-def]  # noqa: ANN001, ANN201, PLR0913, PLR0917 - compiled
    """Leave agents, (k,) ``rows``, with a share (k,) of what they have: output, knowledge and patents."""
    for row, part in zip(rows, share):  # noqa: B905 - compiled
        for column in (demand, value_added, knowledge, knowledge_reference, patents):
            column[row] *= part


@nb.njit(**RULE)
def _void(amount, firm, alive):  # type: ignore[no-untyped-def]  # noqa: ANN001, ANN202 - compiled
    """Shares of firms that closed are worth nothing."""
    for i in range(amount.size):
        if not alive[firm[i]]:
            amount[i] = 0.0
