"""Closures of firms: the hazard, who closes, and what closings and births bring to expect."""

from __future__ import annotations

import math

import numba as nb
import numpy as np
from numpy.typing import NDArray

from model.columns import middle
from model.compiled import RULE
from model.firms.growth import size_per_firm
from model.parameters import Parameters

FloatArray = NDArray[np.float64]
IntArray = NDArray[np.int64]
_AGE_CLASS = np.repeat(np.arange(5), (4, 4, 4, 16, 1))
"""Class of each age in quarters: the first, second and third year, years four to seven, and from year eight on (one
quarter stands for all)."""
SIZES_THAT_COUNT = (0.2, 50.0)
"""Sizes over the median beyond which the hazard of closing does not change."""


def relative_size(
    demand: FloatArray, weight: NDArray[np.int32], alive: NDArray[np.bool_], above_scale: NDArray[np.bool_]
) -> FloatArray:
    """Size of a firm over the median of those on its side of the threshold, within SIZES_THAT_COUNT.

    Parameters
    ----------
    demand : (n,) of each agent, yuan in the quarter, for ``weight`` firms (n,).
    alive, above_scale : (n,) who counts for the medians, and on which side of the threshold.

    Returns
    -------
    (n,) of closed firms too.

    Raises
    ------
    ValueError : no firm lives on one of the sides.
    """
    return np.asarray(_relative_size(demand, weight, alive, above_scale))


@nb.njit(**RULE, error_model="numpy")
def _relative_size(demand, weight, alive, above_scale):  # type: ignore[no-untyped-def]  # noqa: ANN001, ANN202 - compiled
    """The compiled rule of `relative_size`."""
    size, below, above = size_per_firm(demand, weight), np.empty(demand.size + 1), np.empty(demand.size + 1)
    n_below = n_above = 0
    for i in range(demand.size):
        below[n_below] = above[n_above] = size[i]
        n_below += alive[i] and not above_scale[i]
        n_above += alive[i] and above_scale[i]
    if n_below == 0 or n_above == 0:
        raise ValueError("no firm lives on one side of the threshold")
    typical, typical_above = middle(below[:n_below], 0), middle(above[:n_above], 0)
    least, most = SIZES_THAT_COUNT
    for i in range(size.size):
        size[i] = min(max(size[i] / (typical_above if above_scale[i] else typical), least), most)
    return size


def closing_hazard(
    quarter: int,
    born: NDArray[np.integer],
    above_scale: NDArray[np.bool_],
    relative_size: FloatArray,
    weight: NDArray[np.int32],
    p: Parameters,
) -> FloatArray:
    """Hazard of closing in a quarter by age and size.

    Parameters
    ----------
    quarter : now.
    born : (n,) quarter of birth, below zero before 2020 Q4.
    relative_size : (n,) of `relative_size`; the hazard falls with it.
    weight : (n,) firms that each agent stands for.

    Returns
    -------
    (n,) 0 to 1, zero for agents of no firms. By age: SAIC 2013; above-scale firms have a hazard of their own; size by
    ``exit_size_elast``, without which the district would shrink by five per cent a year. Factors of size have the mean
    one on each side of the threshold: hazards are means of firms.
    """
    by_age = (p.exit_hazard_y1, p.exit_hazard_y2, p.exit_hazard_y3, p.exit_hazard_y4_7, p.exit_hazard_y8p)
    factor = relative_size**p.exit_size_elast
    return np.asarray(_hazard(quarter, born, above_scale, factor, weight, by_age, p.exit_hazard_above_scale))


@nb.njit(**RULE, error_model="numpy")
def _hazard(quarter, born, above_scale, factor, weight, by_age, of_above_scale):  # type: ignore[no-untyped-def]  # noqa: ANN001, ANN202, PLR0913, PLR0917 - compiled
    """The compiled loop of `closing_hazard`; its second half has no choices, so it runs on eight firms at a time."""
    hazard, by_quarter, oldest = over_mean(factor, above_scale, weight), np.empty(_AGE_CLASS.size), _AGE_CLASS.size - 1
    for age in range(by_quarter.size):
        by_quarter[age] = by_age[_AGE_CLASS[age]]
    for i in range(hazard.size):
        yearly = of_above_scale if above_scale[i] else by_quarter[min(quarter - born[i], oldest)]
        hazard[i] = min(yearly * hazard[i], 0.9) * (weight[i] > 0)
    for i in range(hazard.size):
        # The fourth root that turns a yearly hazard into that of a quarter, as two square roots.
        hazard[i] = 1.0 - math.sqrt(math.sqrt(1.0 - hazard[i]))
    return hazard


@nb.njit(**RULE, error_model="numpy")
def over_mean(factor, above_scale, weight):  # type: ignore[no-untyped-def]  # noqa: ANN001, ANN201 - compiled
    """Factors (n,) over their mean by side of the threshold, each agent counted with its firms."""
    firms = firms_above = sized = sized_above = 0.0
    for i in range(factor.size):
        below, above = (0, weight[i]) if above_scale[i] else (weight[i], 0)
        firms, firms_above = firms + below, firms_above + above
        sized, sized_above = sized + factor[i] * below, sized_above + factor[i] * above
    mean = sized / firms if firms > 0.0 else 1.0
    mean_above = sized_above / firms_above if firms_above > 0.0 else 1.0
    relative = np.empty(factor.size)
    for i in range(factor.size):
        relative[i] = factor[i] / (mean_above if above_scale[i] else mean)
    return relative


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


@nb.njit(**RULE)
def firms_closing(hazard, weight, alive, luck):  # type: ignore[no-untyped-def]  # noqa: ANN001, ANN201 - compiled
    """Whole firms that close, the expected number of each living agent made whole by ``luck``; all arrays (n,).

    Returns
    -------
    (k,) rows in which firms close, ascending, and (k,) how many, never more than ``weight``.
    """
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
def expectations(group, city, tech_sme, above_scale, weight, demand, value_added, rd_intensity, hazard, new, n_groups):  # type: ignore[no-untyped-def]  # noqa: ANN001, ANN201, PLR0913, PLR0917 - compiled
    """What closings take from each group less what births bring it next quarter, in expectation.

    Parameters
    ----------
    group, city, weight, demand, value_added, rd_intensity, hazard : (n,) of the firms; city below zero for those that
        closed.
    tech_sme, above_scale : (n,) newborn firms resemble technology firms below the threshold.
    new : (n_cities,) births of firms expected, times the size of an entrant over that of its template.

    Returns
    -------
    (n_groups,) twice: demand lost, and R&D gained. Demand that closings leave is spread over all of the group and
    brings R&D at the group's mean with it.
    """
    small, shares = np.empty(group.size, np.bool_), np.zeros(new.size)
    for i in range(group.size):
        small[i] = tech_sme[i] & (not above_scale[i])
    for at in range(new.size):
        templates = 0
        for i in range(group.size):
            templates += weight[i] * (small[i] & (city[i] == at))
        shares[at] = new[at] / templates if templates > 0 else 0.0
    # Demand lost, R&D lost, demand and R&D side by side, so that one instruction adds all four.
    sums = np.zeros((n_groups, 4))
    for i in range(group.size):
        rd, net, of_group = (
            rd_intensity[i] * value_added[i],
            hazard[i] - shares[max(city[i], 0)] * small[i],
            sums[group[i]],
        )
        of_group[0] += net * demand[i]
        of_group[1] += net * rd
        of_group[2] += demand[i]
        of_group[3] += rd
    lost, gained = np.zeros(n_groups), np.zeros(n_groups)
    for g in range(n_groups):
        mean_rd = sums[g, 3] / sums[g, 2] if sums[g, 2] > 0.0 else 0.0
        lost[g], gained[g] = sums[g, 0], sums[g, 0] * mean_rd - sums[g, 1]
    return lost, gained
