"""Who could come: graduates, people from elsewhere, and residents who qualify.

Every possible arrival is a slot with an id made of cause, quarter, parent and position, so that the same person
comes in two scenarios unless policy changes the choice.
"""

from __future__ import annotations

from dataclasses import dataclass

import numpy as np
from numpy.typing import NDArray

from model.base import GRADUATE, LEADING, N_TIERS, SENIOR, Base
from model.streams import born_ids, key, uniform

FloatArray = NDArray[np.float64]
_SLOTS_PER_EXPECTED = 2.0
"""Slots kept open for each arrival expected in 2020: policy can at most double a flow; a cap is reported."""
GRADUATION_AGE_QUARTERS = 92
NEWCOMER_AGES = (88, 160)
"""Ages of newcomers from elsewhere, quarters: 22 to 40."""


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


def slots(cause: str, quarter: int, parent: int, expected: float) -> tuple[NDArray[np.uint64], float]:
    """Ids of the slots of one flow and the chance that a slot is used when nothing has changed."""
    n = int(np.ceil(_SLOTS_PER_EXPECTED * expected)) + 1
    return born_ids(cause, quarter, parent, np.arange(n)), expected / n


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
    weights, parts, cities = tier_weights(base.scale), [], []
    for city in range(base.n_cities):
        for tier in range(N_TIERS):
            expected = base.arrivals_elsewhere[city, tier] / 4.0 / weights[tier] / job_finding[city, tier]
            if expected <= 0.0:
                continue
            ids, chance = slots("newcomer", quarter, city * N_TIERS + tier, expected)
            comes = uniform(key(seed, "newcomer", quarter), ids) < chance * np.exp(pull[city, tier])
            parts.append(_newcomers(base, ids[comes], city, tier, quarter, seed))
            cities.append(np.full(int(comes.sum()), city, np.int8))
    return _join(parts), np.concatenate(cities) if cities else np.empty(0, np.int8)


def _newcomers(base: Base, ids: NDArray[np.uint64], city: int, tier: int, quarter: int, seed: int) -> Candidates:
    """Origin and age of the newcomers of one city and tier."""
    n = len(ids)
    near = uniform(key(seed, "newcomer origin"), ids) < (base.arrivals_rest_share if city == 0 else 0.0)
    age = NEWCOMER_AGES[0] + (NEWCOMER_AGES[1] - NEWCOMER_AGES[0]) * uniform(key(seed, "newcomer age"), ids) ** 2
    if tier == GRADUATE:
        age = np.full(n, GRADUATION_AGE_QUARTERS)
    return Candidates(
        talent_id=ids,
        origin=np.where(near, base.n_cities, base.n_cities + 1).astype(np.int8),
        tier=np.full(n, tier, np.int8),
        born=(quarter - age).astype(np.int16),
        weight=np.full(n, tier_weights(base.scale)[tier], np.int32),
    )


def graduates(base: Base, quarter: int, seed: int, job_finding: FloatArray) -> Candidates:
    """Graduates of the cities' universities who look for a first job; they choose a place afterwards.

    Those who would find no job in the city they choose are not in the base table, so more than its number try.
    """
    parts = []
    for city in range(base.n_cities):
        tried = base.graduates[city].copy()
        tried[: base.n_cities] /= job_finding[:, GRADUATE]
        expected = tried.sum() / 4.0 / base.scale
        ids = born_ids("graduate", quarter, city, np.arange(int(expected) + 1))
        # The fraction of an agent comes in some quarters and not in others.
        last = uniform(key(seed, "graduate fraction", quarter), ids[-1:]) < expected - int(expected)
        ids = ids if last[0] else ids[:-1]
        n = len(ids)
        parts.append(
            Candidates(
                talent_id=ids,
                origin=np.full(n, city, np.int8),
                tier=np.full(n, GRADUATE, np.int8),
                born=np.full(n, quarter - GRADUATION_AGE_QUARTERS, np.int16),
                weight=np.full(n, base.scale, np.int32),
            )
        )
    return _join(parts)


def qualified(base: Base, quarter: int, seed: int) -> Candidates:
    """Residents who become talents by qualification or title; ``origin`` is their own city, where they stay."""
    weights, parts = tier_weights(base.scale), []
    for city in range(base.n_cities):
        for tier in range(N_TIERS):
            expected = base.qualified[city, tier] / 4.0 / weights[tier]
            if expected <= 0.0:
                continue
            ids, chance = slots("qualified", quarter, city * N_TIERS + tier, expected)
            ids = ids[uniform(key(seed, "qualified", quarter), ids) < chance]
            age = 100.0 + 80.0 * uniform(key(seed, "qualified age"), ids)
            parts.append(
                Candidates(
                    talent_id=ids,
                    origin=np.full(len(ids), city, np.int8),
                    tier=np.full(len(ids), tier, np.int8),
                    born=(quarter - age).astype(np.int16),
                    weight=np.full(len(ids), weights[tier], np.int32),
                )
            )
    return _join(parts)


def _join(parts: list[Candidates]) -> Candidates:
    """Candidates of several flows in one."""
    if not parts:
        empty = np.empty(0)
        return Candidates(
            empty.astype(np.uint64),
            empty.astype(np.int8),
            empty.astype(np.int8),
            empty.astype(np.int16),
            empty.astype(np.int32),
        )
    return Candidates(
        talent_id=np.concatenate([part.talent_id for part in parts]),
        origin=np.concatenate([part.origin for part in parts]),
        tier=np.concatenate([part.tier for part in parts]),
        born=np.concatenate([part.born for part in parts]),
        weight=np.concatenate([part.weight for part in parts]),
    )
