"""Births: the slots that each cause keeps, which of them bear a firm, and whom a newborn firm resembles."""

from __future__ import annotations

from collections.abc import Sequence
from dataclasses import dataclass
from functools import lru_cache

import numba as nb
import numpy as np
from numpy.typing import NDArray

from model.columns import of_rows
from model.compiled import RULE
from model.streams import IdArray, child, key_of_quarter, unit, units

FloatArray = NDArray[np.float64]
IntArray = NDArray[np.int64]


@dataclass(frozen=True)
class Cause:
    """One reason why firms are born or come."""

    name: str
    """Of its stream of luck."""
    parent: int
    """City that makes its ids its own."""
    expected: float
    """Births a quarter under the policy of 2020; they fix the slots."""
    room: float
    """Slots for each birth expected, the most that policy can multiply births by."""


class BirthSlots:
    """Several causes and their slots, the same in every quarter and scenario."""

    def __init__(self, causes: Sequence[Cause]) -> None:
        """Fix how many slots each cause keeps: its room for the births expected, rounded up, and one."""
        self._names = tuple(cause.name for cause in causes)
        self._parents = np.array([cause.parent for cause in causes], np.uint64)
        self._expected = np.array([cause.expected for cause in causes])
        self._n = np.array([int(np.ceil(cause.room * cause.expected)) + 1 for cause in causes])

    def bear(self, seed: int, quarter: int, chance_scales: Sequence[float]) -> tuple[IdArray, IntArray]:
        """Firms born in a quarter.

        Parameters
        ----------
        chance_scales : of each cause, births under the policy in force over those expected.

        Returns
        -------
        (k,) ids, cause by cause, and (k,) the cause of each. A slot that bears a firm in one scenario bears the same
        firm in every scenario with at least its chance.
        """
        born, luck = _keys(0, "born", self._names, quarter), _keys(seed, "birth", self._names, quarter)
        ids, cause = _slots_that_bear(born, luck, self._parents, self._n, self._expected, np.array(chance_scales))
        return ids, cause


@lru_cache(maxsize=1024)
def _keys(seed: int, what: str, names: tuple[str, ...], quarter: int) -> IdArray:
    """(n_causes,) keys of a quarter, kept for the next scenario of the same member."""
    return np.array([key_of_quarter(seed, f"{what}:{name}", quarter) for name in names])


@nb.njit(**RULE)
def _slots_that_bear(born, luck, parents, n, expected, scales):  # type: ignore[no-untyped-def]  # noqa: ANN001, ANN202 - compiled
    """The compiled loop of `BirthSlots.bear`."""
    slots = 0
    for cause in range(n.size):
        slots += n[cause]
    ids, causes, found = np.empty(slots, np.uint64), np.empty(slots, np.int64), 0
    for cause in range(n.size):
        chance = scales[cause] * expected[cause] / n[cause]
        for position in range(n[cause]):
            slot = child(born[cause], parents[cause], position)
            if unit(luck[cause], slot) < chance:
                ids[found], causes[found] = slot, cause
                found += 1
    return ids[:found], causes[:found]


@nb.njit(**RULE)
def pick(draws, positions):  # type: ignore[no-untyped-def]  # noqa: ANN001, ANN201 - compiled
    """Who of several candidates each draw falls on, such that one candidate more changes hardly any pick.

    Parameters
    ----------
    draws : (n,) uniform luck of those who pick.
    positions : (k,) uniform luck of the candidates, at least one of them.

    Returns
    -------
    (n,) index of the first candidate at or above the draw, the lowest one above the last (consistent hashing). Over
    the luck of the candidates each is as likely as any other.
    """
    # Candidates lie in as many boxes as there are of them, so a pick looks at a few. Each box is a chain: its first
    # candidate, and after each candidate the next.
    k = positions.size
    first, after = np.empty(k, np.int32), np.empty(k, np.int32)
    for box in range(k):
        first[box] = -1
    for i in range(k - 1, -1, -1):
        box = int(positions[i] * k)
        first[box], after[i] = i, first[box]
    picked = np.empty(draws.size, np.int64)
    for j in range(draws.size):
        box, low, found = int(draws[j] * k), draws[j], -1
        while found < 0:
            i = first[box]
            while i >= 0:
                if positions[i] >= low and (found < 0 or positions[i] < positions[found]):
                    found = i
                i = after[i]
            box += 1
            if box == k:
                box, low = 0, 0.0
        picked[j] = found
    return picked


@nb.njit(**RULE)
def pick_rows(draw_key, ids, position_key, firm_id, rows):  # type: ignore[no-untyped-def]  # noqa: ANN001, ANN201 - compiled
    """One of some rows of firms for each id, by `pick`; ``firm_id`` of all rows gives candidates their position.

    Parameters
    ----------
    draw_key, position_key : of the streams of luck of those who pick and of the candidates.
    ids : (n,) of those who pick.
    rows : (k,) of the candidates, at least one.

    Returns
    -------
    (n,) rows.
    """
    draws, positions = np.empty(ids.size), np.empty(rows.size)
    units(draw_key, ids, draws)
    for i in range(rows.size):
        positions[i] = unit(position_key, firm_id[rows[i]])
    return of_rows(rows, pick(draws, positions))


@nb.njit(**RULE)
def pick_in_city(draw_key, ids, city, position_key, firm_id, rows, n_rows):  # type: ignore[no-untyped-def]  # noqa: ANN001, ANN201, PLR0913, PLR0917 - compiled
    """`pick_rows` for each id from those of its city.

    Parameters
    ----------
    ids, city : (n,) of those who pick.
    rows, n_rows : (n_cities, k) of the candidates, and how many of each line there are.

    Returns
    -------
    (n,) rows, below zero where there is no candidate in the city.
    """
    picked, mine = np.empty(ids.size, np.int64), np.empty(ids.size + 1, np.int64)
    for i in range(ids.size):
        picked[i] = -1
    for at in range(n_rows.size):
        n = 0
        for i in range(ids.size):
            mine[n] = i
            n += city[i] == at
        if n and n_rows[at]:
            found = pick_rows(draw_key, of_rows(ids, mine[:n]), position_key, firm_id, rows[at][: n_rows[at]])
            for k in range(n):
                picked[mine[k]] = found[k]
    return picked
