"""9. Demography, closing: firms close by age and size, and what they had goes with them."""

from __future__ import annotations

from typing import TYPE_CHECKING

import numba as nb
import numpy as np

from model.carriers import reform_share
from model.columns import sums_by
from model.compiled import RULE
from model.firms.demography import firms_closing, hazard_in_force
from model.streams import units

if TYPE_CHECKING:
    from model.economy import Economy


def firms_close(economy: Economy) -> None:
    """Firms close by age and size; agents that stand for many shrink by the firms that close."""
    f, p = economy.firms, economy.p
    rows, closing = _closing(
        economy.closing_hazard,
        economy.incubated,
        f.city,
        f.above_scale,
        f.weight,
        f.alive,
        f.firm_id,
        economy.luck_key("closing"),
        p.incub_survival_effect,
        p.exit_reform_effect * reform_share(economy.policy),
    )
    economy.books.post_closures(rows, closing, f, economy.class_before)
    shrink(economy, rows, closing)
    _void(economy.holdings.amount, economy.holdings.firm, f.alive)


@nb.njit(**RULE)
def _closing(hazard, incubated, city, above_scale, weight, alive, firm_id, luck, survival, easier):  # type: ignore[no-untyped-def]  # noqa: ANN001, ANN202, PLR0913, PLR0917 - compiled
    """Rows in which firms close, and how many, by the hazards in force and luck by its key.

    What carriers beyond those of 2020 do to lives nobody finds much of, so the prior is around zero; what makes
    starting easier in the district makes closing easier too.
    """
    eased, draws = np.empty(city.size, np.bool_), np.empty(city.size)
    for i in range(city.size):
        eased[i] = (city[i] == 0) & (not above_scale[i])
    units(luck, firm_id, draws)
    return firms_closing(hazard_in_force(hazard, incubated, survival, eased, easier), weight, alive, draws)


def shrink(economy: Economy, rows: np.ndarray, leaving: np.ndarray) -> None:
    """Take firms out of agents with their share of value added; agents without firms close, their debt is lost."""
    f = economy.firms
    gone = _leave(rows, leaving, f.weight, f.demand, f.value_added, f.knowledge, f.knowledge_reference, f.patents)
    if not len(gone):
        return
    city, cash, debt = f.close(gone)
    for bank, lost in zip(economy.banks, sums_by(debt, city, economy.base.n_cities).tolist(), strict=True):
        bank.write_off(lost, economy.p.pool_loss_share)
    economy.books.post_capital("cash_lost", city, cash)


@nb.njit(**RULE)
def _leave(rows, leaving, weight, demand, value_added, knowledge, knowledge_reference, patents):  # type: ignore[no-untyped-def]  # noqa: ANN001, ANN202, PLR0913, PLR0917 - compiled
    """Take firms (k,) out of agents, (k,) ``rows``, and their share of output, knowledge and patents.

    Returns the rows in which none stays.
    """
    gone, n = np.empty(rows.size + 1, np.int64), 0
    for row, firms in zip(rows, leaving):  # noqa: B905 - compiled
        keep = 1.0 - firms / max(weight[row], 1)
        weight[row] -= firms
        for column in (demand, value_added, knowledge, knowledge_reference, patents):
            column[row] *= keep
        gone[n] = row
        n += weight[row] <= 0
    return gone[:n]


@nb.njit(**RULE)
def _void(amount, firm, alive):  # type: ignore[no-untyped-def]  # noqa: ANN001, ANN202 - compiled
    """Shares of firms that closed are worth nothing."""
    for i in range(amount.size):
        if not alive[firm[i]]:
            amount[i] = 0.0
