"""Candidates: people who look for a job from outside, or who qualify as talents where they live."""

from __future__ import annotations

from bisect import bisect_left
from typing import NamedTuple

import numba as nb
import numpy as np
from numpy.typing import NDArray

from model.base import N_TIERS, SENIOR
from model.columns import of_rows
from model.compiled import RULE

RESIDENT, NEWCOMER, POSTDOC, TEAM_MEMBER, FRESH_GRADUATE = range(5)
"""Why somebody is looking for a job, in the order in which they are listed."""


class Candidates(NamedTuple):
    """People who may become talents of a city this quarter; all arrays (n,)."""

    talent_id: NDArray[np.uint64]
    place: NDArray[np.int8]
    """City that each wants, or lives in; of graduates, who choose later, that of their university."""
    tier: NDArray[np.int8]
    weight: NDArray[np.int32]
    origin: NDArray[np.int8]
    """Place from which each comes."""
    born: NDArray[np.int16]
    kind: NDArray[np.int8]

    def part(self, some: slice) -> Candidates:
        """Some of them, one after another."""
        return Candidates._make([column[some] for column in self])

    def of(self, positions: NDArray[np.int64]) -> Candidates:
        """Those of some positions (k,)."""
        return Candidates._make(_taken(positions, tuple(self)))

    @property
    def first_graduate(self) -> int:
        """Position of the first graduate; they are listed last."""
        return bisect_left(self.kind, FRESH_GRADUATE)

    def settled(self) -> tuple[list[int], int, int]:
        """Of those who come to the focal district: persons by tier, leading and senior newcomers, and post-docs."""
        persons, n_upper, n_postdocs = _settled(self.place, self.tier, self.weight, self.kind)
        return persons.tolist(), n_upper, n_postdocs


@nb.njit(**RULE)
def _taken(positions, columns):  # type: ignore[no-untyped-def]  # noqa: ANN001, ANN202 - compiled
    """The compiled loop of `Candidates.of`."""
    ids, place, tier, weight, origin, born, kind = columns
    return (
        of_rows(ids, positions),
        of_rows(place, positions),
        of_rows(tier, positions),
        of_rows(weight, positions),
        of_rows(origin, positions),
        of_rows(born, positions),
        of_rows(kind, positions),
    )


@nb.njit(**RULE)
def _settled(place, tier, weight, kind):  # type: ignore[no-untyped-def]  # noqa: ANN001, ANN202 - compiled
    """The compiled loop of `Candidates.settled`."""
    persons, n_upper, n_postdocs = np.zeros(N_TIERS, np.int64), 0, 0
    for i in range(place.size):
        here = place[i] == 0
        persons[tier[i]] += weight[i] * here
        n_upper += here & (kind[i] == NEWCOMER) & (tier[i] <= SENIOR)
        n_postdocs += here & (kind[i] == POSTDOC)
    return persons, n_upper, n_postdocs
