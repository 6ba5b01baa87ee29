"""Births, closures and moves of firms."""

from __future__ import annotations

import math

import numba as nb
import numpy as np
from numpy.typing import NDArray

from model.parameters import Parameters
from model.streams import child, key, unit

FloatArray = NDArray[np.float64]
IntArray = NDArray[np.int64]
_QUARTERS_IN_AGE_CLASS = (4, 4, 4, 16, 1)
"""Quarters of age in the first, second and third year, in years four to seven, and from year eight on (one stands for
all)."""


def closing_hazard(
    age_quarters: IntArray,
    above_scale: NDArray[np.bool_],
    relative_size: FloatArray,
    weight: NDArray[np.int32],
    p: Parameters,
) -> FloatArray:
    """Hazard of closing in a quarter by age and size.

    Parameters
    ----------
    age_quarters : (n,) since birth.
    relative_size : (n,) value added of a firm over the median of its group; the hazard falls with it.
    weight : (n,) firms that each agent stands for.

    Returns
    -------
    (n,) 0 to 1, zero for agents of no firms. By age: SAIC 2013; above-scale firms have a hazard of their own; size by
    ``exit_size_elast``, without which the district would shrink by five per cent a year.
    """
    by_class = (p.exit_hazard_y1, p.exit_hazard_y2, p.exit_hazard_y3, p.exit_hazard_y4_7, p.exit_hazard_y8p)
    by_quarter = np.repeat(by_class, _QUARTERS_IN_AGE_CLASS)
    factor = size_factor(relative_size, above_scale, weight, p.exit_size_elast)
    return np.asarray(_hazard(age_quarters, above_scale, factor, weight, by_quarter, p.exit_hazard_above_scale))


@nb.njit(cache=True)
def _hazard(age_quarters, above_scale, factor, weight, by_quarter, of_above_scale):  # type: ignore[no-untyped-def]  # noqa: ANN001, ANN202 - compiled
    """The compiled loop of `closing_hazard`."""
    hazard, oldest = np.zeros(factor.size), by_quarter.size - 1
    for i in range(factor.size):
        if weight[i] == 0:
            continue
        yearly = of_above_scale if above_scale[i] else by_quarter[min(age_quarters[i], oldest)]
        # The fourth root that turns a yearly hazard into that of a quarter, as two square roots.
        hazard[i] = 1.0 - math.sqrt(math.sqrt(1.0 - min(yearly * factor[i], 0.9)))
    return hazard


def firms_closing(
    hazard: FloatArray, weight: NDArray[np.int32], alive: NDArray[np.bool_], luck: FloatArray
) -> tuple[IntArray, IntArray]:
    """Whole firms that close, the expected number of each living agent made whole by ``luck``; all arrays (n,).

    Returns
    -------
    (k,) rows in which firms close, ascending, and (k,) how many, never more than ``weight``.
    """
    rows, closing = _closing(hazard, weight, alive, luck)
    return rows, closing


@nb.njit(cache=True)
def _closing(hazard, weight, alive, luck):  # type: ignore[no-untyped-def]  # noqa: ANN001, ANN202 - compiled
    """The compiled loop of `firms_closing`."""
    rows, closing, n = np.empty(hazard.size, np.int64), np.empty(hazard.size, np.int64), 0
    for i in range(hazard.size):
        if alive[i]:
            rows[n], closing[n] = i, min(np.int64(math.floor(hazard[i] * weight[i] + luck[i])), np.int64(weight[i]))
            n += closing[n] > 0
    return rows[:n], closing[:n]


@nb.njit(cache=True)
def expected_by_group(group, city, small, weight, demand, rd, hazard, born, n_groups):  # type: ignore[no-untyped-def]  # noqa: ANN001, ANN201, PLR0913, PLR0917 - compiled
    """What closings take from each group less what births bring it, in expectation.

    Parameters
    ----------
    group, city, weight, demand, rd, hazard : (n,) of the firms; city below zero for those that closed.
    small : (n,) technology firms below the threshold, whom the newborn resemble.
    born : (n_cities,) births of firms expected, times the size of an entrant over that of its template.

    Returns
    -------
    (n_groups,) four times: demand lost, R&D lost, demand, R&D.
    """
    templates = np.zeros(born.size)
    for i in range(group.size):
        if city[i] >= 0 and small[i]:
            templates[city[i]] += weight[i]
    lost, rd_lost = np.zeros(n_groups), np.zeros(n_groups)
    total, rd_total = np.zeros(n_groups), np.zeros(n_groups)
    for i in range(group.size):
        if city[i] >= 0:
            share = born[city[i]] / templates[city[i]] if small[i] else 0.0
            lost[group[i]] += (hazard[i] - share) * demand[i]
            rd_lost[group[i]] += (hazard[i] - share) * rd[i]
            total[group[i]] += demand[i]
            rd_total[group[i]] += rd[i]
    return lost, rd_lost, total, rd_total


def size_factor(
    relative_size: FloatArray, above_scale: NDArray[np.bool_], weight: NDArray[np.int32], elasticity: float
) -> FloatArray:
    """(n,) ``size ** elasticity``, mean one over above-scale firms and over the others: hazards are means of firms."""
    factor = np.clip(relative_size, 0.2, 50.0) ** elasticity
    part = above_scale.astype(np.int64)
    firms, sized = np.bincount(part, weight, minlength=2), np.bincount(part, factor * weight, minlength=2)
    return np.asarray(factor / np.divide(sized, firms, out=np.ones(2), where=firms > 0)[part])


def pick(draws: FloatArray, positions: FloatArray) -> IntArray:
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
    return np.asarray(_next_on_the_circle(draws, positions))


@nb.njit(cache=True)
def _next_on_the_circle(draws, positions):  # type: ignore[no-untyped-def]  # noqa: ANN001, ANN202 - compiled
    """The compiled loop of `pick`: candidates lie in as many boxes as there are of them, so a pick looks at a few."""
    k = positions.size
    start = np.zeros(k + 1, np.int64)
    for position in positions:
        start[int(position * k) + 1] += 1
    start = np.cumsum(start)
    members, filled = np.empty(k, np.int64), start[:-1].copy()
    for i in range(k):
        box = int(positions[i] * k)
        members[filled[box]] = i
        filled[box] += 1
    picked = np.empty(draws.size, np.int64)
    for j in range(draws.size):
        box, low, found = int(draws[j] * k), draws[j], -1
        while found < 0:
            for at in range(start[box], start[box + 1]):
                i = members[at]
                if positions[i] >= low and (found < 0 or positions[i] < positions[found]):
                    found = i
            box += 1
            if box == k:
                box, low = 0, 0.0
        picked[j] = found
    return picked


def birth_slots(  # noqa: PLR0913, PLR0917 - one number each
    seed: int, cause: str, quarter: int, parent: int, expected: float, room: float, chance_scale: float = 1.0
) -> NDArray[np.uint64]:
    """Ids of the firms born of one cause this quarter.

    Parameters
    ----------
    expected : births expected under the policy of 2020; it fixes the slots.
    room : slots for each birth expected, the most that policy can multiply births by.
    chance_scale : births under the policy in force over those expected.

    Returns
    -------
    (k,) ids. A slot that bears a firm in one scenario bears the same firm in every scenario with at least its chance.
    """
    n = int(np.ceil(room * expected)) + 1
    born, luck = key(0, f"born:{cause}", quarter), key(seed, f"birth:{cause}", quarter)
    return np.asarray(_slots_that_bear(born, luck, np.uint64(parent), n, chance_scale * expected / n))


@nb.njit(cache=True)
def _slots_that_bear(born, luck, parent, n, chance):  # type: ignore[no-untyped-def]  # noqa: ANN001, ANN202 - compiled
    """The compiled loop of `birth_slots`."""
    ids, found = np.empty(n, np.uint64), 0
    for position in range(n):
        slot = child(born, parent, position)
        if unit(luck, slot) < chance:
            ids[found] = slot
            found += 1
    return ids[:found]
