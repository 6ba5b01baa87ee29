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

from model.capital.funds import YOUNG_QUARTERS
from model.carriers import reform_share
from model.compiled import RULE
from model.firms.table import N_KINDS, rows_where
from model.parameters import Parameters
from model.policy import Policy
from model.streams import IdArray, unit

FloatArray = NDArray[np.float64]
FULL_STATIONS = 2658.0
"""5G base stations at which the district counts as covered: the plan's number."""
MAX_RETURNED = 0.2
"""Largest share of a group's demand that reallocation returns to it or takes from it in a quarter."""
_MAX_SCALE = 0.5
"""Largest Laplace scale a quarter: the mean of exp(shock) exists below one only."""


def shock_scale(yearly_scale: float, size: FloatArray, median_size: float, exponent: float) -> FloatArray:
    """(n,) Laplace scale of a quarter: half the yearly one, falling with size as ``size ** -exponent`` (Zou 2019)."""
    scale = np.maximum(size, 1.0)
    scale /= max(median_size, 1.0)
    scale **= -exponent
    scale *= 0.5 * yearly_scale
    return np.asarray(np.minimum(scale, _MAX_SCALE, out=scale))


def mean_one_luck(luck: np.uint64, firms: IdArray, scale: FloatArray, weight: NDArray[np.int32]) -> FloatArray:
    """(n,) Laplace shocks whose exponential has mean one, of agents that stand for ``weight`` firms of a ``scale``.

    Such an agent is the mean of its firms, whose luck is smaller by the root of their number. Less ``-log(1 - b^2)``,
    the log of the uncorrected mean. ``luck`` is the key of the stream.
    """
    side, inside = _laplace(luck, firms, scale, weight)
    shock, correction = np.log1p(inside, out=inside)
    shock *= side
    shock += correction
    return np.asarray(shock)


@nb.njit(**RULE)
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


@nb.njit(**RULE)
def reversion(pull, pulled, total, group):  # type: ignore[no-untyped-def]  # noqa: ANN001, ANN201 - compiled
    """(n,) mean reversion of log size a quarter, whose weighted mean in each group is zero.

    ``pull`` (n,) is that of each firm by itself, a quarter of the yearly slope (0 is Gibrat's law) times the log of its
    size; ``pulled`` over ``total`` (n_groups,) its mean, weighted by the demand of agents, so that to first order the
    demand of a group does not move.
    """
    mean, back = np.zeros(total.size), np.empty(pull.size)
    for g in range(total.size):
        mean[g] = pulled[g] / total[g] if total[g] > 0.0 else 0.0
    for i in range(pull.size):
        back[i] = pull[i] - mean[group[i]]
    return back


@nb.njit(**RULE)
def size_per_firm(demand, weight):  # type: ignore[no-untyped-def]  # noqa: ANN001, ANN201 - compiled
    """(n,) demand a quarter for one of the firms that an agent stands for, at least one yuan."""
    size = np.empty(demand.size)
    for i in range(demand.size):
        size[i] = max(demand[i] / max(weight[i], 1), 1.0)
    return size


@nb.njit(**RULE)
def sums_by_group(demand, pull, boosts, boost, weight, group, n_groups):  # type: ignore[no-untyped-def]  # noqa: ANN001, ANN201, PLR0913, PLR0917 - compiled
    """(n_groups,) three times: demand, demand times ``pull``, and that of single firms times ``boosts`` expected."""
    total, pulled, boosted = np.zeros(n_groups), np.zeros(n_groups), np.zeros(n_groups)
    for i in range(group.size):
        total[group[i]] += demand[i]
        pulled[group[i]] += demand[i] * pull[i]
        boosted[group[i]] += demand[i] * boosts[i] * boost if weight[i] == 1 else 0.0
    return total, pulled, boosted


@nb.njit(**RULE)
def catalogue_share(total):  # type: ignore[no-untyped-def]  # noqa: ANN001, ANN201 - compiled
    """(n_groups,) share of catalogue clusters in the industry of each group's site; ``total`` (n_groups,) demand."""
    share = np.zeros(total.size)
    for first in range(0, total.size, N_KINDS):
        other, catalogue = total[first + 1], total[first + 2]
        if catalogue + other > 0.0:
            for kind in range(first, first + N_KINDS):
                share[kind] = catalogue / (catalogue + other)
    return share


@nb.njit(**RULE)
def demand_growth(growth, catalogue, gap, share):  # type: ignore[no-untyped-def]  # noqa: ANN001, ANN201 - compiled
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
    split = np.empty(growth.size)
    for i in range(growth.size):
        tilt = 1.0 - share[i] if catalogue[i] > 0.0 else 0.0 if catalogue[i] < 0.0 else -share[i]
        split[i] = growth[i] + gap / 4.0 * tilt
    return split


@nb.njit(**RULE)
def returned(lost, total):  # type: ignore[no-untyped-def]  # noqa: ANN001, ANN201 - compiled
    """(n_groups,) what closings leave to competitors less what births and venture money take, over demand.

    ``lost``, ``total`` : (n_groups,) demand, yuan in the quarter; at most a fifth of it is returned or taken.
    """
    share = np.zeros(total.size)
    for g in range(total.size):
        share[g] = min(max(lost[g] / total[g], -MAX_RETURNED), MAX_RETURNED) if total[g] > 0.0 else 0.0
    return share


@nb.njit(**RULE)
def young_at_home(city, tech_sme, above_scale, born, quarter):  # type: ignore[no-untyped-def]  # noqa: ANN001, ANN201 - compiled
    """(k,) rows of the district's young technology firms below the threshold, who can be tenants of carriers."""
    young = np.empty(city.size, np.bool_)
    for i in range(city.size):
        small = tech_sme[i] & (not above_scale[i])
        young[i] = (city[i] == 0) & small & (quarter - born[i] < YOUNG_QUARTERS)
    return rows_where(young)


@nb.njit(**RULE)
def add_causes(growth, common, group, back, boost, boost_left):  # type: ignore[no-untyped-def]  # noqa: ANN001, ANN201 - compiled
    """Add to log growth by luck (n,) in place what a group shares (n_groups,), mean reversion, and venture money."""
    for i in range(group.size):
        growth[i] = common[group[i]] + growth[i] + back[i] + boost * (boost_left[i] > 0)
