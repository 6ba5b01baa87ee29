"""Synthesis of opening talents: tier, home, age and employer of every agent, heads exact at every scale."""

from __future__ import annotations

from collections.abc import Mapping
from functools import lru_cache
from typing import NamedTuple

import numba as nb
import numpy as np
from numpy.typing import NDArray

from calibration.population import Sites
from calibration.spreading import categories, even_points, room, triangular, whole_parts
from calibration.tables import Tables
from model.base import (
    BACKGROUND,
    BOUNDARIES,
    LEADING,
    N_OTHER_EMPLOYERS,
    N_TIERS,
    PUBLIC,
    SELF_EMPLOYED,
    SENIOR,
    TIERS,
    UNEMPLOYED,
    FirmColumns,
    TalentColumns,
)
from model.columns import place_among
from model.compiled import RULE
from model.memory import BLOCK
from model.streams import born_ids
from model.talent.table import TalentTable

FloatArray = NDArray[np.float64]
IntArray = NDArray[np.int64]

QUARTERS_PER_YEAR = 4
_COLUMNS = {name: dtype for name, dtype in TalentTable.COLUMNS.items() if name != "arrived"}
"""Of the table into which they go, in the order in which `_fill` takes them."""
_MANY = 1 << 18
"""Slots above which each draw works them out anew: kept for all draws, those of one to one took half a gigabyte."""


def tier_heads(tables: Tables, drawn: Mapping[str, float], city: int) -> IntArray:
    """Heads of a city by tier, shape (n_tiers,), whole persons that add up to the city's stock exactly."""
    name = tables.cities[city].name
    if city == 0:
        stock = round(tables.focal.values["talent_stock", ""])
        leading, senior = round(drawn["leading_talents"]), round(drawn["senior_talents"])
    else:
        stock = round(drawn[f"{name}.talent_stock"])
        leading, senior = round(stock * drawn[f"{name}.leading_share"]), round(stock * drawn[f"{name}.senior_share"])
    heads = np.zeros(N_TIERS, dtype=np.int64)
    heads[LEADING], heads[SENIOR] = leading, senior
    rest = [tier for tier in range(N_TIERS) if tier not in (LEADING, SENIOR)]
    heads[rest] = whole_parts(stock - leading - senior, np.array([tables.tiers[TIERS[t], "rest_share"] for t in rest]))
    return heads


def employer_shares(
    tables: Tables, drawn: Mapping[str, float], sites: Sites, firms: FirmColumns, city: int
) -> FloatArray:
    """Share of a city's talents at each employer, shape (n_sites * n_employers + 1,); the last is out of work.

    Public employers and the self-employed take their drawn share, by GDP of the sites; the rest goes to clusters and
    background in proportion to value added times talents per value added.
    """
    n_clusters = len(tables.clusters)
    table = np.zeros((len(sites.names), n_clusters + N_OTHER_EMPLOYERS))
    made = np.bincount(
        firms.site.astype(np.int64) * n_clusters + firms.cluster,
        weights=firms.value_added,
        minlength=len(sites.names) * n_clusters,
    ).reshape(len(sites.names), n_clusters)
    mine = sites.city == city
    table[:, :n_clusters] = made * tables.talent_intensity
    table[:, n_clusters + BACKGROUND] = sites.gdp - made.sum(axis=1)
    table[~mine] = 0.0
    at_work = 1.0 - tables.assumptions["unemployed_share"]
    apart, public = drawn["talent_public_share"], tables.assumptions["public_within_public_self"]
    table *= at_work * (1.0 - apart) / table.sum()
    by_gdp = np.where(mine, sites.gdp, 0.0) / sites.gdp[mine].sum()
    table[:, n_clusters + PUBLIC] = at_work * apart * public * by_gdp
    table[:, n_clusters + SELF_EMPLOYED] = at_work * apart * (1.0 - public) * by_gdp
    return np.append(table.ravel(), 1.0 - at_work)


def build_talents(
    tables: Tables, drawn: Mapping[str, float], sites: Sites, firms: FirmColumns, scale: int
) -> TalentColumns:
    """All talents of all cities.

    Parameters
    ----------
    scale : persons per agent of the tiers below senior; leading and senior talents are always one agent each.

    Returns
    -------
    Opening talents; heads by city and tier are exact, employers and homes follow their shares.
    """
    heads = np.array([tier_heads(tables, drawn, city) for city in range(len(tables.cities))])
    scales = np.where(np.arange(N_TIERS) > SENIOR, scale, 1)
    n_agents = -(-heads // scales)
    columns = [np.empty(n_agents.sum(), dtype) for dtype in _COLUMNS.values()]
    first = 0
    for city, item in enumerate(tables.cities):
        shares = employer_shares(tables, drawn, sites, firms, city)
        work, out_of_work = categories(shares), len(shares) - 1
        home = categories(home_shares(tables, drawn, city))
        for tier, n in enumerate(n_agents[city].tolist()):
            ages = tuple(tables.tiers[TIERS[tier], name] for name in ("age_low", "age_mode", "age_high"))
            make, size = (_slots, n) if n > _MANY else (_kept_slots, room(n))
            slots = make(f"base-talent-{item.name}-{TIERS[tier]}", ages, size)
            own = slice(first, first + n)
            cell = city, tier, int(heads[city, tier]), int(scales[tier]), out_of_work
            _fill(cell, slots, work, home, *(column[own] for column in columns))
            first += n
    return TalentColumns(**dict(zip(_COLUMNS, columns, strict=True)))


@nb.njit(**RULE)
def _fill(cell, slots, work, home, talent_id, city, home_of, tier, born, employer, weight):  # type: ignore[no-untyped-def]  # noqa: ANN001, ANN202, PLR0913, PLR0917 - compiled, one pass
    """Write down the agents of a city and tier, from the oldest on, into their rows of the columns (n,)."""
    heads, scale, out_of_work = cell[2:]
    n, row = talent_id.size, 0
    city[:], tier[:] = cell[0], cell[1]
    used, points, place = np.empty(BLOCK + 1, np.int64), np.empty(BLOCK), np.empty(BLOCK, np.int64)
    for first in range(0, slots.number.size, BLOCK):
        n_used = 0
        for k in range(first, min(first + BLOCK, slots.number.size)):
            # A slot is noted before it is known to be used, as a branch would often be guessed wrong.
            used[n_used] = k
            n_used += slots.number[k] < n
        for i in range(n_used):
            k = used[i]
            talent_id[row + i], born[row + i], points[i] = slots.talent_id[k], slots.born[k], slots.work[k]
            # The last agent stands for the remainder.
            weight[row + i] = scale if slots.number[k] < n - 1 else heads - (n - 1) * scale
        place_among(points[:n_used], work.ends, place)
        for i in range(n_used):
            group = work.share[place[i]]
            employer[row + i] = UNEMPLOYED if group == out_of_work else group
            points[i] = slots.home[used[i]]
        place_among(points[:n_used], home.ends, place)
        for i in range(n_used):
            home_of[row + i] = home.share[place[i]]
        row += n_used


def home_shares(tables: Tables, drawn: Mapping[str, float], city: int) -> FloatArray:
    """Shares of a city's talents by home, shape (n_places,), adding up to 1."""
    places = [*(item.name for item in tables.cities), *BOUNDARIES]
    shares = np.array([drawn.get(f"home_share:{tables.cities[city].name}>{place}", 0.0) for place in places])
    normalised: FloatArray = shares / shares.sum()
    return normalised


class _Slots(NamedTuple):
    """Places for the agents of a city and tier, of which a draw fills those of the first numbers; arrays (n,).

    From the oldest on: the model then passes over whole blocks of talents who are too young to retire.
    """

    number: NDArray[np.int32]
    talent_id: NDArray[np.uint64]
    born: NDArray[np.int16]
    work: FloatArray
    """Point of the unit interval by which the employer is found."""
    home: FloatArray


def _slots(cause: str, ages: tuple[float, ...], n: int) -> _Slots:
    """What is the same in every draw; ages in years: the lowest, the most frequent, the highest."""
    points = even_points(n)
    born = -np.floor(triangular(points[:, 2], *ages) * QUARTERS_PER_YEAR).astype(np.int16)
    oldest = np.argsort(born, kind="stable")
    talent_id = born_ids(cause, 0, 0, np.arange(n))
    return _Slots(
        oldest.astype(np.int32), talent_id[oldest], born[oldest], points[oldest, 0].copy(), points[oldest, 1].copy()
    )


_kept_slots = lru_cache(maxsize=32)(_slots)
