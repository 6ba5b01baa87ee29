"""9. Demography, moves: firms land from the enclaves, and seats move between the cities."""

from __future__ import annotations

from collections.abc import Iterator
from typing import TYPE_CHECKING

import numba as nb
import numpy as np

from model.columns import sums_by
from model.compiled import RULE
from model.firms.births import BirthSlots, Cause
from model.firms.table import Move
from model.quarter.births import BY_PROGRAMME, Templates, append_resembling, picked_in_city
from model.quarter.closing import shrink
from model.rates import quarterly

if TYPE_CHECKING:
    from model.economy import Economy

_LANDING_ROOM = 16.0
"""Slots for landings for each expected in 2020: the plan multiplies enclaves by six, the strong level by ten."""
_PROJECTS_A_UNIT = 5.0
"""Projects and teams admitted in a quarter for which one unit of slots is kept."""
_RAIL_ROOM = 2.0
"""Slots for moves that a railway adds, for each expected in 2020: at 0.8, the prior's end, time may fall to a third."""
_LANDINGS = ("landing", "fly-in", "hosted teams")
"""Tenants of the district's enclave in Shanghai, fly-in projects and hosted teams that become its firms."""


def open_moves(economy: Economy) -> None:
    """Slots of each cause, with the city that it leads from and the one that it leads to."""
    landings = list(_landing_ways(economy))
    ways = [*landings, *_relocation_ways(economy)]
    economy.move_lands = np.arange(len(ways)) < len(landings)
    economy.move_slots = BirthSlots([cause for cause, _, _ in ways])
    economy.move_origin, economy.move_destination = (np.array([way[at] for way in ways]) for at in (1, 2))


def _landing_ways(economy: Economy) -> Iterator[tuple[Cause, int, int]]:
    """Firms of Shanghai that become firms of the district: tenants of its enclave, fly-in projects, hosted teams."""
    base, p = economy.base, economy.p
    if "shanghai" not in base.cities:
        return
    start_ups = economy.carriers["enclave"].admissions[0] * p.enclave_landing_rate
    projects = p.project_additional_share * _PROJECTS_A_UNIT
    for name, expected in zip(_LANDINGS, (start_ups, projects, projects), strict=True):
        yield Cause(name, 0, expected, _LANDING_ROOM), base.cities.index("shanghai"), 0


def _relocation_ways(economy: Economy) -> Iterator[tuple[Cause, int, int]]:
    """Seats move both ways between the focal district and the other cities, in equal expected numbers.

    Moves that shorter journeys add have slots of their own, so that nobody else's luck changes.
    """
    others = economy.base.cities[1:]
    expected = float(quarterly(economy.p.relocation_hazard) * economy.small_firms_2020[0]) / len(others)
    for words, room in (("relocation", 1.0), ("relocation by rail", _RAIL_ROOM)):
        for city, name in enumerate(others, start=1):
            yield Cause(f"{words} from {name}", city, expected, room), city, 0
            yield Cause(f"{words} to {name}", city, expected, room), 0, city


def firms_land_and_move(economy: Economy, candidates: Templates) -> None:
    """Move one firm for each id from an agent of one city, a small technology firm, to a new agent of another.

    A donor gives one firm a quarter: the second who draws the same one stays.
    """
    scales = [*_landing_scales(economy), *_relocation_scales(economy)]
    ids, cause = economy.move_slots.bear(economy.seed, economy.quarter, scales)
    drawn = picked_in_city(economy, "donor", ids, economy.move_origin[cause], candidates)
    first = np.asarray(_first_who_drew(drawn, np.argsort(drawn, kind="stable")))
    if len(first):
        donors = drawn[first]
        _move(economy, ids[first], donors, cause[first])
        shrink(economy, donors, np.ones(len(first), np.int64))


def _landing_scales(economy: Economy) -> list[float]:
    """Landings over those of 2020: start-ups of a while ago, by roadshows; projects and teams by those admitted."""
    p, carriers = economy.p, economy.carriers
    if "shanghai" not in economy.base.cities:
        return []
    start_ups, usual = carriers["enclave"], carriers["enclave"].admissions[0]
    known = max(economy.policy.roadshows, 1e-3) / economy.neutral.roadshows
    landing = start_ups.admitted(round(4.0 * p.landing_delay)) / usual * known**p.roadshow_elasticity
    return [landing, *(carriers[name].admitted() / _PROJECTS_A_UNIT for name in _LANDINGS[1:])]


def _relocation_scales(economy: Economy) -> list[float]:
    """Moves over those of 2020: seats move as they did, and by rail as many more as shorter journeys bring."""
    rise = economy.relocation_rise
    both_ways = [way for city in range(1, len(rise)) for way in (rise[city][0], rise[0][city])]
    return [1.0] * len(both_ways) + both_ways


@nb.njit(**RULE)
def _first_who_drew(drawn, ascending):  # type: ignore[no-untyped-def]  # noqa: ANN001, ANN202 - compiled
    """(k,) positions of those who drew a row first, in the order of rows; below zero is no row.

    ``ascending`` are the positions by what they drew, in their order where it is the same.
    """
    first, n, last = np.empty(drawn.size + 1, np.int64), 0, -1
    for position in ascending:
        first[n] = position
        n += drawn[position] > last
        last = drawn[position]
    return first[:n]


def _move(economy: Economy, ids: np.ndarray, donors: np.ndarray, cause: np.ndarray) -> None:
    """New rows for firms that move; each takes along its share of all that the agent it leaves has and did.

    Its age and its certificate too: a certificate stays valid when the whole firm moves (rules of 2016 on the
    certification of high-tech enterprises, article 18).
    """
    f, origin, destination = economy.firms, economy.firms.city[donors], economy.move_destination[cause]
    share, cash, debt = _take_along(donors, f.weight, f.cash, f.debt)
    own = {"firm_id": ids, "weight": 1, "cash": cash, "debt": debt}
    added = append_resembling(economy, donors, destination, 1.0, own, BY_PROGRAMME)
    # Who moves has the class of the agent that it leaves.
    classes, lands = economy.class_before[donors], economy.move_lands[cause]
    economy.books.post_moves(origin, destination, classes, lands, f.patents[added], cash)
    leaving, arriving = (sums_by(debt, at, economy.base.n_cities).tolist() for at in (origin, destination))
    for bank, repaid, lent in zip(economy.banks, leaving, arriving, strict=True):
        bank.collect(repaid)
        bank.lend(lent)
    movers = np.arange(added.start, added.stop)
    economy.moves.append(Move(economy.quarter, donors, movers, share))
    _hand_over(economy.holdings.firm, donors, movers, share, f.n)


@nb.njit(**RULE)
def _take_along(donors, weight, cash, debt):  # type: ignore[no-untyped-def]  # noqa: ANN001, ANN202 - compiled
    """Take one firm's cash and debt out of agents, (k,) ``donors``; its share of them, its cash and its debt."""
    share, taken, owed = np.empty(donors.size), np.empty(donors.size), np.empty(donors.size)
    for k, donor in enumerate(donors):
        share[k] = 1.0 / weight[donor]
        taken[k], owed[k] = cash[donor] * share[k], debt[donor] * share[k]
        cash[donor] *= 1.0 - share[k]
        debt[donor] *= 1.0 - share[k]
    return share, taken, owed


@nb.njit(**RULE)
def _hand_over(firm, donors, movers, share, n_firms):  # type: ignore[no-untyped-def]  # noqa: ANN001, ANN202 - compiled
    """Who holds shares of a firm holds them after its move: name the new rows of movers where their old ones stand.

    An agent of many firms sends one that no fund holds.
    """
    now, whole = np.arange(n_firms), 0
    for k in range(donors.size):
        if share[k] == 1.0:
            now[donors[k]] = movers[k]
            whole += 1
    if whole:
        for i in range(firm.size):
            firm[i] = now[firm[i]]
