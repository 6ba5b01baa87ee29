"""9. Demography: firms are born, land from enclaves, move between cities, and close."""

from __future__ import annotations

from itertools import pairwise
from typing import TYPE_CHECKING

import numba as nb
import numpy as np

from model.compiled import RULE
from model.firms.demography import closing_hazard, expected_by_group, relative_size
from model.quarter.births import firms_are_born, open_births
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


def _templates(economy: Economy) -> list[np.ndarray]:
    """Rows of small technology firms by city: newborn firms resemble one of them."""
    f = economy.firms
    rows, ends = _small_technology_firms(f.city, f.tech_sme, f.above_scale, economy.base.n_cities)
    return [rows[first:last] for first, last in pairwise([0, *ends.tolist()])]


@nb.njit(**RULE)
def _small_technology_firms(city, tech_sme, above_scale, n_cities):  # type: ignore[no-untyped-def]  # noqa: ANN001, ANN202 - compiled
    """Rows of small technology firms by city, and where those of each city end; closed ones have no city."""
    rows, ends, n = np.empty(city.size + 1, np.int64), np.empty(n_cities, np.int64), 0
    here = np.empty(city.size, np.bool_)
    for at in range(n_cities):
        for i in range(city.size):
            here[i] = tech_sme[i] & (not above_scale[i]) & (city[i] == at)
        # Every row is written and those found are counted, as a branch would be guessed wrong.
        for i in range(city.size):
            rows[n] = i
            n += here[i]
        ends[at] = n
    return rows, ends


def _expect(economy: Economy) -> None:
    """What closings take and births bring next quarter in expectation, by group, under the policy of 2020."""
    f, p, n_groups = economy.firms, economy.p, economy.n_groups
    relative = relative_size(f.demand, f.weight, f.alive, f.above_scale)
    economy.closing_hazard = closing_hazard(economy.quarter - f.born, f.above_scale, relative, f.weight, p)
    born = economy.births_expected * economy.firms_an_agent * p.entrant_size_share
    small, hazard = f.tech_sme & ~f.above_scale, economy.closing_hazard
    economy.value_expected_lost, rd_gained = expected_by_group(
        f.group, f.city, small, f.weight, f.demand, f.rd(), hazard, born, n_groups
    )
    economy.rd_expected_elsewhere = rd_gained + economy.rd_expected_certified
