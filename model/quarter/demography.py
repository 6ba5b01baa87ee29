"""9. Demography: firms are born, land from enclaves, move between cities, and close."""

from __future__ import annotations

from typing import TYPE_CHECKING

import numba as nb
import numpy as np

from model.compiled import RULE
from model.firms.demography import closing_hazard, expectations, relative_size
from model.quarter.births import Templates, firms_are_born, open_births
from model.quarter.closing import firms_close
from model.quarter.moves import firms_land_and_move, open_moves
from model.rates import quarterly

if TYPE_CHECKING:
    from model.economy import Economy


def open_demography(economy: Economy) -> None:
    """Numbers of small technology firms in 2020, to which entry rates apply; expectations for the first quarter."""
    f, n = economy.firms, economy.base.n_cities
    small = f.tech_sme & ~f.above_scale
    economy.small_firms_2020 = np.bincount(f.city[small], f.weight[small], minlength=n).astype(float)
    # An agent of the district is one firm, one elsewhere stands for as many as the scale says.
    economy.firms_an_agent = np.where(np.arange(n) == 0, 1.0, economy.base.scale)
    economy.births_expected = quarterly(economy.p.entry_rate) * economy.small_firms_2020 / economy.firms_an_agent
    economy.size_expected = economy.births_expected * economy.firms_an_agent * economy.p.entrant_size_share
    open_births(economy)
    open_moves(economy)
    _expect(economy)


def firms_are_born_land_move_and_close(economy: Economy) -> None:
    """Close, bear, land and move firms; then say what the next quarter may expect of all this."""
    firms_close(economy)
    economy.record.mark(economy, "exit")
    templates = _templates(economy)
    firms_are_born(economy, templates)
    economy.record.mark(economy, "entry")
    # Who was born this quarter does not move yet.
    firms_land_and_move(economy, templates)
    economy.class_before = economy.firm_class()
    economy.record.mark(economy, "moves")
    _expect(economy)


def _templates(economy: Economy) -> Templates:
    """Small technology firms, of which newborn firms resemble one."""
    f = economy.firms
    return Templates(*_small_technology_firms(f.city, f.tech_sme, f.above_scale, economy.base.n_cities))


@nb.njit(**RULE)
def _small_technology_firms(city, tech_sme, above_scale, n_cities):  # type: ignore[no-untyped-def]  # noqa: ANN001, ANN202 - compiled
    """Rows of small technology firms, a line of each city, and how many there are; closed ones have no city."""
    small, rows, ends = (
        np.empty(city.size, np.bool_),
        np.empty((n_cities, city.size + 1), np.int64),
        np.zeros(n_cities, np.int64),
    )
    for i in range(city.size):
        small[i] = tech_sme[i] & (not above_scale[i]) & (city[i] >= 0)
    # Neighbours mostly are of one city. Every row is written and those found are counted, as a branch would be
    # guessed wrong.
    here, n = 0, 0
    for i in range(city.size):
        at = max(city[i], 0)
        if at != here:
            ends[here] = n
            here, n = at, ends[at]
        rows[here, n] = i
        n += small[i]
    ends[here] = n
    return rows, ends


def _expect(economy: Economy) -> None:
    """What closings take and births bring next quarter in expectation, by group, under the policy of 2020."""
    f, p = economy.firms, economy.p
    relative = relative_size(f.demand, f.weight, f.alive, f.above_scale)
    economy.closing_hazard = closing_hazard(economy.quarter, f.born, f.above_scale, relative, f.weight, p)
    economy.value_expected_lost, rd_gained = expectations(
        f.group,
        f.city,
        f.tech_sme,
        f.above_scale,
        f.weight,
        f.demand,
        f.value_added,
        f.rd_intensity,
        economy.closing_hazard,
        economy.size_expected,
        economy.n_groups,
    )
    economy.rd_expected_elsewhere = rd_gained + economy.rd_expected_certified
