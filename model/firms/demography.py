"""Closures of firms: the hazard, who closes, and what closings and births bring to expect."""

from __future__ import annotations

import math

import numba as nb
import numpy as np
from numpy.typing import NDArray

from model.columns import median
from model.compiled import RULE
from model.firms.growth import size_per_firm
from model.parameters import Parameters

FloatArray = NDArray[np.float64]
IntArray = NDArray[np.int64]
_AGE_CLASS = np.repeat(np.arange(5), (4, 4, 4, 16, 1))
"""Class of each age in quarters: the first, second and third year, years four to seven, and from year eight on (one
quarter stands for all)."""


def relative_size(
    demand: FloatArray, weight: NDArray[np.int32], alive: NDArray[np.bool_], above_scale: NDArray[np.bool_]
) -> FloatArray:
    """(n,) size of a firm over the median of those on its side of the threshold; ``demand`` is that of its agent."""
    size, below, above = _sizes(demand, weight, alive, above_scale)
    return np.asarray(_over_that_of_its_side(size, above_scale, median(below), median(above)))


@nb.njit(**RULE, error_model="numpy")
def _sizes(demand, weight, alive, above_scale):  # type: ignore[no-untyped-def]  # noqa: ANN001, ANN202 - compiled
    """Size of a firm of each agent, and those of living ones below and above the threshold."""
    size, below, above = size_per_firm(demand, weight), np.empty(demand.size), np.empty(demand.size)
    n_below = n_above = 0
    for i in range(demand.size):
        below[n_below] = above[n_above] = size[i]
        n_below += alive[i] and not above_scale[i]
        n_above += alive[i] and above_scale[i]
    return size, below[:n_below], above[:n_above]


@nb.njit(**RULE, error_model="numpy")
def _over_that_of_its_side(size, above_scale, below, above):  # type: ignore[no-untyped-def]  # noqa: ANN001, ANN202 - compiled
    """Each number over the one of its side of the threshold."""
    relative = np.empty(size.size)
    for i in range(size.size):
        relative[i] = size[i] / (above if above_scale[i] else below)
    return relative


def closing_hazard(
    age_quarters: NDArray[np.integer],
    above_scale: NDArray[np.bool_],
    relative_size: FloatArray,
    weight: NDArray[np.int32],
    p: Parameters,
) -> FloatArray:
    """Hazard of closing in a quarter by age and size.

    Parameters
    ----------
    age_quarters : (n,) since birth.
    relative_size : (n,) of `relative_size`: demand of a firm over the median of the living ones on its side of the
        above-scale threshold; the hazard falls with it.
    weight : (n,) firms that each agent stands for.

    Returns
    -------
    (n,) 0 to 1, zero for agents of no firms. By age: SAIC 2013; above-scale firms have a hazard of their own; size by
    ``exit_size_elast``, without which the district would shrink by five per cent a year.
    """
    by_class = (p.exit_hazard_y1, p.exit_hazard_y2, p.exit_hazard_y3, p.exit_hazard_y4_7, p.exit_hazard_y8p)
    by_quarter = np.array(by_class)[_AGE_CLASS]
    factor = size_factor(relative_size, above_scale, weight, p.exit_size_elast)
    return np.asarray(_hazard(age_quarters, above_scale, factor, weight, by_quarter, p.exit_hazard_above_scale))


@nb.njit(**RULE, error_model="numpy")
def _hazard(age_quarters, above_scale, factor, weight, by_quarter, of_above_scale):  # type: ignore[no-untyped-def]  # noqa: ANN001, ANN202 - compiled
    """The compiled loop of `closing_hazard`; its second half has no choices, so it runs on eight firms at a time."""
    hazard, oldest = np.empty(factor.size), by_quarter.size - 1
    for i in range(factor.size):
        yearly = of_above_scale if above_scale[i] else by_quarter[min(age_quarters[i], oldest)]
        hazard[i] = min(yearly * factor[i], 0.9) * (weight[i] > 0)
    for i in range(factor.size):
        # The fourth root that turns a yearly hazard into that of a quarter, as two square roots.
        hazard[i] = 1.0 - math.sqrt(math.sqrt(1.0 - hazard[i]))
    return hazard


@nb.njit(**RULE)
def hazard_in_force(hazard, incubated, survival, eased, easier):  # type: ignore[no-untyped-def]  # noqa: ANN001, ANN201 - compiled
    """Hazard under the policy in force: carriers may change lives, and an easier start makes closing easier too.

    Parameters
    ----------
    hazard : (n,) by age and size.
    incubated : (n,) 1 for firms in carriers beyond those of 2020, -1 for those put out of closed ones, 0 for others.
    survival : relative change of the hazard while incubated.
    eased : (n,) firms that an easier business environment reaches, and ``easier``, by how much it raises the hazard.

    Returns
    -------
    (n,) hazard of closing this quarter.
    """
    changed = np.empty(hazard.size)
    for i in range(hazard.size):
        changed[i] = hazard[i] * (1.0 + survival * incubated[i]) * (1.0 + easier * eased[i])
    return changed


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


@nb.njit(**RULE)
def _closing(hazard, weight, alive, luck):  # type: ignore[no-untyped-def]  # noqa: ANN001, ANN202 - compiled
    """The compiled loop of `firms_closing`."""
    number, rows, n = np.empty(hazard.size), np.empty(hazard.size + 1, np.int64), 0
    for i in range(hazard.size):
        number[i] = min(hazard[i] * weight[i] + luck[i], 1.0 * weight[i]) * alive[i]
    for i in range(hazard.size):
        rows[n] = i
        n += number[i] >= 1.0
    closing = np.empty(n, np.int64)
    for k in range(n):
        closing[k] = int(number[rows[k]])
    return rows[:n], closing


@nb.njit(**RULE, error_model="numpy")
def expected_by_group(group, city, small, weight, demand, rd, hazard, born, n_groups):  # type: ignore[no-untyped-def]  # noqa: ANN001, ANN201, PLR0913, PLR0917 - compiled
    """What closings take from each group less what births bring it next quarter, in expectation.

    Parameters
    ----------
    group, city, weight, demand, rd, hazard : (n,) of the firms; city below zero for those that closed.
    small : (n,) technology firms below the threshold, whom the newborn resemble.
    born : (n_cities,) births of firms expected, times the size of an entrant over that of its template.

    Returns
    -------
    (n_groups,) twice: demand lost, and R&D gained. Demand that closings leave is spread over all of the group and
    brings R&D at the group's mean with it.
    """
    # Firms that closed count before the first city, and have nothing that would count below.
    templates = np.zeros(born.size + 1, np.int64)
    for i in range(group.size):
        templates[city[i] + 1] += weight[i] * small[i]
    shares = np.zeros(born.size)
    for at in range(born.size):
        shares[at] = born[at] / templates[at + 1] if templates[at + 1] > 0 else 0.0
    # Demand lost, R&D lost, demand and R&D side by side, so that one instruction adds all four.
    sums = np.zeros((n_groups, 4))
    for i in range(group.size):
        net, of_group = hazard[i] - shares[max(city[i], 0)] * small[i], sums[group[i]]
        of_group[0] += net * demand[i]
        of_group[1] += net * rd[i]
        of_group[2] += demand[i]
        of_group[3] += rd[i]
    lost, gained = np.zeros(n_groups), np.zeros(n_groups)
    for g in range(n_groups):
        mean_rd = sums[g, 3] / sums[g, 2] if sums[g, 2] > 0.0 else 0.0
        lost[g], gained[g] = sums[g, 0], sums[g, 0] * mean_rd - sums[g, 1]
    return lost, gained


def size_factor(
    relative_size: FloatArray, above_scale: NDArray[np.bool_], weight: NDArray[np.int32], elasticity: float
) -> FloatArray:
    """(n,) ``size ** elasticity``, mean one over above-scale firms and over the others: hazards are means of firms."""
    factor = relative_size.clip(0.2, 50.0)
    factor **= elasticity
    return np.asarray(_over_mean(factor, above_scale, weight))


@nb.njit(**RULE, error_model="numpy")
def _over_mean(factor, above_scale, weight):  # type: ignore[no-untyped-def]  # noqa: ANN001, ANN202 - compiled
    """Factors over their mean by side of the threshold, each agent counted with its firms."""
    firms = firms_above = sized = sized_above = 0.0
    for i in range(factor.size):
        below, above = (0, weight[i]) if above_scale[i] else (weight[i], 0)
        firms, firms_above = firms + below, firms_above + above
        sized, sized_above = sized + factor[i] * below, sized_above + factor[i] * above
    mean = sized / firms if firms > 0.0 else 1.0
    mean_above = sized_above / firms_above if firms_above > 0.0 else 1.0
    return _over_that_of_its_side(factor, above_scale, mean, mean_above)
