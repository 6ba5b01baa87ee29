"""Synthesis of opening talents: tier, home, age and employer of every agent, heads exact at every scale."""

from __future__ import annotations

from collections.abc import Mapping
from functools import lru_cache
from typing import Any, NamedTuple

import numpy as np
from numpy.typing import NDArray

from calibration.population import Sites
from calibration.spreading import agent_weights, by_share, even_points, room, triangular, whole_parts
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
from model.streams import born_ids

FloatArray = NDArray[np.float64]
IntArray = NDArray[np.int64]

QUARTERS_PER_YEAR = 4
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
    parts = []
    for city in range(len(tables.cities)):
        shares = employer_shares(tables, drawn, sites, firms, city)
        homes = home_shares(tables, drawn, city)
        for tier, heads in enumerate(tier_heads(tables, drawn, city)):
            parts.append(_cell(tables, (city, tier), int(heads), scale if tier > SENIOR else 1, homes, shares))
    joined = {name: np.concatenate([part[name] for part in parts]) for name in parts[0]}
    return TalentColumns(**joined)


def home_shares(tables: Tables, drawn: Mapping[str, float], city: int) -> FloatArray:
    """Shares of a city's talents by home, shape (n_places,), adding up to 1."""
    places = [*(item.name for item in tables.cities), *BOUNDARIES]
    shares = np.array([drawn.get(f"home_share:{tables.cities[city].name}>{place}", 0.0) for place in places])
    normalised: FloatArray = shares / shares.sum()
    return normalised


def _cell(
    tables: Tables, cell: tuple[int, int], heads: int, scale: int, homes: FloatArray, shares: FloatArray
) -> dict[str, NDArray[Any]]:
    """Agents of one city and tier; slot i has the same home and age in every draw."""
    city, tier = cell
    weight = agent_weights(heads, scale)
    n = len(weight)
    points = even_points(n)
    ages = tuple(tables.tiers[TIERS[tier], name] for name in ("age_low", "age_mode", "age_high"))
    make, size = (_slots, n) if n > _MANY else (_kept_slots, room(n))
    slots = make(f"base-talent-{tables.cities[city].name}-{TIERS[tier]}", ages, size)
    employer = by_share(points[:, 0], shares)
    employer[employer == len(shares) - 1] = UNEMPLOYED
    oldest = slots.oldest[slots.oldest < n]
    return {
        "talent_id": slots.talent_id[oldest],
        "city": np.full(n, city, dtype=np.int8),
        "home": by_share(points[:, 1], homes).astype(np.int8)[oldest],
        "tier": np.full(n, tier, dtype=np.int8),
        "born": slots.born[oldest],
        "employer": employer.astype(np.int16)[oldest],
        "weight": weight[oldest],
    }


class _Slots(NamedTuple):
    """Places for the agents of a city and tier, of which a draw fills the first; arrays (n,)."""

    talent_id: NDArray[np.uint64]
    born: NDArray[np.int16]
    oldest: IntArray
    """Slots from the oldest on: the model then passes over whole blocks of talents who are too young to retire."""


def _slots(cause: str, ages: tuple[float, ...], n: int) -> _Slots:
    """What is the same in every draw; ages in years: the lowest, the most frequent, the highest."""
    born = -np.floor(triangular(even_points(n)[:, 2], *ages) * QUARTERS_PER_YEAR).astype(np.int16)
    return _Slots(born_ids(cause, 0, 0, np.arange(n)), born, np.argsort(born, kind="stable"))


_kept_slots = lru_cache(maxsize=32)(_slots)
