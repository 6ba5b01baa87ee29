"""Who could come: graduates, people from elsewhere, and residents who qualify.

Every possible arrival is a slot with an id made of cause, quarter, parent and position, so that the same person
comes in two scenarios unless policy changes the choice.
"""

from __future__ import annotations

from dataclasses import dataclass

import numba as nb
import numpy as np
from numpy.typing import NDArray

from model.base import GRADUATE, LEADING, N_TIERS, SENIOR, Base
from model.streams import child, child_ids, key, uniform, unit

FloatArray = NDArray[np.float64]
IntArray = NDArray[np.int64]
_SLOTS_PER_EXPECTED = 2.0
"""Slots kept open for each arrival expected in 2020: policy can at most double a flow; a cap is reported."""
GRADUATION_AGE_QUARTERS = 92
NEWCOMER_AGES = (88, 160)
"""Ages of newcomers from elsewhere, quarters: 22 to 40."""
QUALIFYING_AGES = (100, 180)
"""Ages at which residents qualify, quarters: 25 to 45."""


@dataclass(frozen=True)
class Candidates:
    """People who may become talents of a city this quarter; all arrays (n,)."""

    talent_id: NDArray[np.uint64]
    origin: NDArray[np.int8]
    tier: NDArray[np.int8]
    born: NDArray[np.int16]
    weight: NDArray[np.int32]


def tier_weights(scale: int) -> NDArray[np.int32]:
    """(n_tiers,) persons an agent: leading and senior talents are always one to one."""
    weights = np.full(N_TIERS, scale, np.int32)
    weights[[LEADING, SENIOR]] = 1
    return weights


def slots_used(
    cause: str, quarter: int, seed: int, expected: FloatArray, change: FloatArray | float = 1.0
) -> tuple[NDArray[np.uint64], IntArray]:
    """Those slots of flows of many cells (city and tier) in which somebody arrives this quarter.

    Parameters
    ----------
    expected : (n_cells,) agents a quarter when nothing has changed since 2020; it fixes the slots.
    change : of the flow since 2020, a factor; a cell's flow stops growing when all its slots are used.

    Returns
    -------
    (n,) ids and (n,) their cell. Who arrives at some factor arrives at every larger one.
    """
    n = np.where(expected > 0.0, np.ceil(_SLOTS_PER_EXPECTED * expected) + 1, 0).astype(np.int64)
    chance = np.divide(expected, n, out=np.zeros_like(expected), where=n > 0) * change
    ids, cell = _fill_slots(key(0, f"born:{cause}", quarter), key(seed, cause, quarter), n, chance)
    return ids, cell


@nb.njit(cache=True)
def _fill_slots(born, luck, n, chance):  # type: ignore[no-untyped-def]  # noqa: ANN001, ANN202 - compiled
    """The compiled loop of `slots_used`."""
    ids, cells, used = np.empty(n.sum(), np.uint64), np.empty(n.sum(), np.int64), 0
    for cell in range(n.size):
        for position in range(n[cell]):
            slot = child(born, np.uint64(cell), position)
            if unit(luck, slot) < chance[cell]:
                ids[used], cells[used] = slot, cell
                used += 1
    return ids[:used], cells[:used]


def newcomers(
    base: Base, quarter: int, seed: int, pull: FloatArray, job_finding: FloatArray
) -> tuple[Candidates, NDArray[np.int8]]:
    """People from the two boundaries who look for work in a city.

    Parameters
    ----------
    pull : (n_cities, n_tiers) log change of the flow since 2020, from `location.place_utility`.
    job_finding : (n_cities, n_tiers) chance of a job in 2020: base flows are arrivals, so more than these try.

    Returns
    -------
    The candidates and (n,) the city that each wants.
    """
    weights = tier_weights(base.scale)
    expected = (base.arrivals_elsewhere / 4.0 / weights / job_finding).ravel()
    ids, cell = slots_used("newcomer", quarter, seed, expected, np.exp(pull.ravel()))
    city, tier = cell // N_TIERS, cell % N_TIERS
    near = uniform(key(seed, "newcomer origin"), ids) < np.where(city == 0, base.arrivals_rest_share, 0.0)
    youngest, oldest = NEWCOMER_AGES
    age = youngest + (oldest - youngest) * uniform(key(seed, "newcomer age"), ids) ** 2
    age = np.where(tier == GRADUATE, GRADUATION_AGE_QUARTERS, age)
    origin = np.where(near, base.n_cities, base.n_cities + 1)
    return _candidates(ids, origin, tier, quarter - age, weights[tier]), city.astype(np.int8)


def graduates(base: Base, quarter: int, seed: int, job_finding: FloatArray) -> Candidates:
    """Graduates of the cities' universities who look for a first job; they choose a place afterwards.

    Those who would find no job in the city they choose are not in the base table, so more than its number try.
    """
    tried = base.graduates.copy()
    tried[:, : base.n_cities] /= job_finding[:, GRADUATE]
    expected = tried.sum(axis=1) / 4.0 / base.scale
    n = expected.astype(np.int64) + 1
    city = np.repeat(np.arange(base.n_cities), n)
    position = np.arange(n.sum()) - np.repeat(np.cumsum(n) - n, n)
    ids = child_ids(key(0, "born:graduate", quarter), city.astype(np.uint64), position)
    # The fraction of an agent comes in some quarters and not in others.
    last = position == n[city] - 1
    comes = ~last | (uniform(key(seed, "graduate fraction", quarter), ids) < (expected - n + 1)[city])
    ids, city = ids[comes], city[comes]
    everyone = np.ones(len(ids))
    born = (quarter - GRADUATION_AGE_QUARTERS) * everyone
    return _candidates(ids, city, np.full(len(ids), GRADUATE), born, np.full(len(ids), base.scale, np.int32))


def qualified(base: Base, quarter: int, seed: int) -> Candidates:
    """Residents who become talents by qualification or title; ``origin`` is their own city, where they stay."""
    weights = tier_weights(base.scale)
    ids, cell = slots_used("qualified", quarter, seed, (base.qualified / 4.0 / weights).ravel())
    city, tier = cell // N_TIERS, cell % N_TIERS
    youngest, oldest = QUALIFYING_AGES
    age = youngest + (oldest - youngest) * uniform(key(seed, "qualified age"), ids)
    return _candidates(ids, city, tier, quarter - age, weights[tier])


def _candidates(
    ids: NDArray[np.uint64], origin: IntArray, tier: IntArray, born: FloatArray, weight: NDArray[np.int32]
) -> Candidates:
    """Columns in the types of the table."""
    return Candidates(ids, origin.astype(np.int8), tier.astype(np.int8), born.astype(np.int16), weight.astype(np.int32))
