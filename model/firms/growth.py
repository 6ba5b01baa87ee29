"""Growth of value added: demand from outside, Laplace luck of mean one, and reallocation that nets out.

Uncorrected shocks add three per cent a year and uncorrected exits take four: what chance, mean reversion, closing and
entry move between firms is therefore returned to or taken from the group in expectation, so that in the neutral
baseline each site and industry group follows outside demand.
"""

from __future__ import annotations

import math

import numba as nb
import numpy as np
from numpy.typing import NDArray

from model.carriers import reform_share
from model.parameters import Parameters
from model.policy import Policy
from model.streams import IdArray, unit

FloatArray = NDArray[np.float64]
IntArray = NDArray[np.int64]
FULL_STATIONS = 2658.0
"""5G base stations at which the district counts as covered: the plan's number."""
_MAX_SCALE = 0.5
"""Largest Laplace scale a quarter: the mean of exp(shock) exists below one only."""


def shock_scale(yearly_scale: float, size: FloatArray, median_size: float, exponent: float) -> FloatArray:
    """(n,) Laplace scale of a quarter: half the yearly one, falling with size as ``size ** -exponent`` (Zou 2019)."""
    relative = np.maximum(size, 1.0) / max(median_size, 1.0)
    return np.minimum(0.5 * yearly_scale * relative**-exponent, _MAX_SCALE)


def mean_one_luck(luck: np.uint64, firms: IdArray, scale: FloatArray, weight: NDArray[np.int32]) -> FloatArray:
    """(n,) Laplace shocks whose exponential has mean one, of agents that stand for ``weight`` firms of a ``scale``.

    Such an agent is the mean of its firms, whose luck is smaller by the root of their number. Less ``-log(1 - b^2)``,
    the log of the uncorrected mean. ``luck`` is the key of the stream.
    """
    side, inside = _laplace(luck, firms, scale, weight)
    logs = np.log1p(inside)
    return np.asarray(side * logs[0] + logs[1])


@nb.njit(cache=True)
def _laplace(luck, firms, scale, weight):  # type: ignore[no-untyped-def]  # noqa: ANN001, ANN202 - compiled
    """Signed scales, and what `mean_one_luck` takes the logarithm of: of the draw, and of the correction."""
    side, inside = np.empty(firms.size), np.empty((2, firms.size))
    for i in range(firms.size):
        u = unit(luck, firms[i]) - 0.5
        own = scale[i] / math.sqrt(max(weight[i], 1))
        side[i] = -own if u > 0.0 else own
        inside[0, i], inside[1, i] = -2.0 * abs(u), -(own * own)
    return side, inside


def reform_level(policy: Policy, p: Parameters) -> float:
    """Log level of value added that digital infrastructure and lighter approvals beyond those of 2020 give."""
    neutral = Policy.neutral()
    stations = min(policy.base_stations, FULL_STATIONS) - neutral.base_stations
    return p.digital_effect * stations / FULL_STATIONS + p.approval_reform_growth * reform_share(policy)


@nb.njit(cache=True)
def group_mean(values, weights, group, n_groups):  # type: ignore[no-untyped-def]  # noqa: ANN001, ANN201 - compiled
    """(n_groups,) weighted means of columns (n,); zero for empty groups."""
    total, mean = np.zeros(n_groups), np.zeros(n_groups)
    for i in range(group.size):
        total[group[i]] += weights[i]
        mean[group[i]] += weights[i] * values[i]
    for g in range(n_groups):
        mean[g] = mean[g] / total[g] if total[g] > 0.0 else 0.0
    return mean


def reversion(
    log_size: FloatArray, value_added: FloatArray, group: IntArray, slope: float, n_groups: int
) -> FloatArray:
    """(n,) mean reversion of log size a quarter, whose weighted mean in each group is zero.

    ``slope`` is yearly (0 is Gibrat's law). ``value_added`` are the weights of that mean: the model gives the demand of
    living agents, so that to first order the demand of a group does not move; ``log_size`` is that of a single firm.
    """
    pull = slope / 4.0 * log_size
    return np.asarray(pull - group_mean(pull, value_added, group, n_groups)[group])


@nb.njit(cache=True)
def size_per_firm(demand, weight):  # type: ignore[no-untyped-def]  # noqa: ANN001, ANN201 - compiled
    """(n,) demand a quarter for one of the firms that an agent stands for, at least one yuan."""
    size = np.empty(demand.size)
    for i in range(demand.size):
        size[i] = max(demand[i] / max(weight[i], 1), 1.0)
    return size


@nb.njit(cache=True)
def sums_by_group(weights, boosts, boost, weight, group, n_groups):  # type: ignore[no-untyped-def]  # noqa: ANN001, ANN201 - compiled
    """(n_groups,) twice: the sum of ``weights`` (n,), and that of single firms times ``boosts`` expected of them."""
    total, boosted = np.zeros(n_groups), np.zeros(n_groups)
    for i in range(group.size):
        total[group[i]] += weights[i]
        if weight[i] == 1 and boosts[i] > 0.0:
            boosted[group[i]] += weights[i] * boosts[i] * boost
    return total, boosted


def demand_growth(growth: FloatArray, catalogue: FloatArray, gap: float, share: FloatArray) -> FloatArray:
    """Split the growth of industry between catalogue clusters and the rest.

    Parameters
    ----------
    growth : (n,) log growth of the quarter of the firm's city.
    catalogue : (n,) 1 for catalogue industry, 0 for other industry, -1 for services, whom the gap does not touch.
    gap : log growth a year of catalogue over other industry.
    share : (n,) share of catalogue clusters in the industry of the firm's site.

    Returns
    -------
    (n,) log growth such that the industry of a site grows at ``growth`` in the first order.
    """
    tilt = np.where(catalogue > 0.0, 1.0 - share, np.where(catalogue < 0.0, 0.0, -share))
    return np.asarray(growth + gap / 4.0 * tilt)
