"""Births, closures and moves of firms."""

from __future__ import annotations

import numba as nb
import numpy as np
from numpy.typing import NDArray

from model.parameters import Parameters
from model.rates import quarterly
from model.streams import child_ids, key, uniform

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
    (n,) 0 to 1. By age: SAIC 2013; above-scale firms have a hazard of their own; size by ``exit_size_elast``,
    without which the district would shrink by five per cent a year.
    """
    by_class = (p.exit_hazard_y1, p.exit_hazard_y2, p.exit_hazard_y3, p.exit_hazard_y4_7, p.exit_hazard_y8p)
    by_quarter = np.repeat(by_class, _QUARTERS_IN_AGE_CLASS)
    factor = size_factor(relative_size, above_scale, weight, p.exit_size_elast)
    yearly = _yearly_hazard(age_quarters, above_scale, factor, by_quarter, p.exit_hazard_above_scale)
    return quarterly(np.asarray(yearly))


@nb.njit(cache=True)
def _yearly_hazard(age_quarters, above_scale, factor, by_quarter, of_above_scale):  # type: ignore[no-untyped-def]  # noqa: ANN001, ANN202 - compiled
    """The compiled loop of `closing_hazard`."""
    hazard, oldest = np.empty(factor.size), by_quarter.size - 1
    for i in range(factor.size):
        yearly = of_above_scale if above_scale[i] else by_quarter[min(age_quarters[i], oldest)]
        hazard[i] = min(yearly * factor[i], 0.9)
    return hazard


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
    order = np.argsort(positions, kind="stable")
    return order[np.searchsorted(positions[order], draws) % len(order)]


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
    ids = child_ids(key(0, f"born:{cause}", quarter), parent, np.arange(n))
    return ids[uniform(key(seed, f"birth:{cause}", quarter), ids) < chance_scale * expected / n]
