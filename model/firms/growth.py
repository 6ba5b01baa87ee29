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
from model.columns import rows_where
from model.compiled import RULE
from model.firms.table import N_KINDS
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


def relative_scale(size: FloatArray, median_size: float, exponent: float) -> FloatArray:
    """(n,) scale of luck over that of the median firm, falling with size as ``size ** -exponent`` (Zou 2019)."""
    scale = size / max(median_size, 1.0)
    scale **= -exponent
    return np.asarray(scale)


@nb.njit(**RULE, inline="always")
def shock_scale(yearly_scale, relative):  # type: ignore[no-untyped-def]  # noqa: ANN001, ANN201 - compiled
    """Laplace scale of a quarter: half the yearly one of the median firm, times the relative one, at most a half."""
    return min(relative * (0.5 * yearly_scale), _MAX_SCALE)


def laplace_luck(
    luck: np.uint64, firms: IdArray, yearly_scale: float, relative: FloatArray, weight: NDArray[np.int32]
) -> tuple[FloatArray, FloatArray]:
    """Draw from Laplace distributions for agents that stand for ``weight`` firms of a ``relative`` scale, (n,) each.

    Such an agent is the mean of its firms, whose luck is smaller by the root of their number. ``luck`` is the key of
    the stream.

    Returns
    -------
    (n,) scales, signed by the side on which the draw lies; (2, n) logs of the draw and of the correction: what
    `mean_one_luck` is made of.
    """
    side, inside = _laplace(luck, firms, yearly_scale, relative, weight)
    return side, np.log1p(inside, out=inside)


@nb.njit(**RULE)
def _laplace(luck, firms, yearly_scale, relative, weight):  # type: ignore[no-untyped-def]  # noqa: ANN001, ANN202 - compiled
    """Signed scales, and what `laplace_luck` takes the logarithm of: of the draw, and of the correction."""
    side, inside = np.empty(firms.size), np.empty((2, firms.size))
    for i in range(firms.size):
        u = unit(luck, firms[i]) - 0.5
        own = shock_scale(yearly_scale, relative[i]) / math.sqrt(max(weight[i], 1))
        side[i] = -own if u > 0.0 else own
        inside[0, i], inside[1, i] = -2.0 * abs(u), -(own * own)
    return side, inside


@nb.njit(**RULE, inline="always")
def mean_one_luck(side, log_draw, log_correction):  # type: ignore[no-untyped-def]  # noqa: ANN001, ANN201 - compiled
    """Laplace shock whose exponential has mean one: less ``-log(1 - b^2)``, the log of the uncorrected mean."""
    return log_draw * side + log_correction


def reform_level(policy: Policy, p: Parameters) -> float:
    """Log level of value added that digital infrastructure and lighter approvals beyond those of 2020 give."""
    neutral = Policy.neutral()
    stations = min(policy.base_stations, FULL_STATIONS) - neutral.base_stations
    return p.digital_effect * stations / FULL_STATIONS + p.approval_reform_growth * reform_share(policy)


@nb.njit(**RULE, inline="always")
def reversion(log_size, slope, mean):  # type: ignore[no-untyped-def]  # noqa: ANN001, ANN201 - compiled
    """Mean reversion of log size in a quarter: the pull of a firm by itself, less the ``mean`` of its group.

    The pull is ``slope``, a quarter of the yearly one (0 is Gibrat's law), times the log of its size. The mean is
    weighted by the demand of agents, so that to first order the demand of a group does not move.
    """
    return log_size * slope - mean


@nb.njit(**RULE)
def size_per_firm(demand, weight):  # type: ignore[no-untyped-def]  # noqa: ANN001, ANN201 - compiled
    """(n,) demand a quarter for one of the firms that an agent stands for, at least one yuan."""
    size = np.empty(demand.size)
    for i in range(demand.size):
        size[i] = max(demand[i] / max(weight[i], 1), 1.0)
    return size


@nb.njit(**RULE)
def sums_by_group(demand, log_size, slope, boosts, weight, group, n_groups):  # type: ignore[no-untyped-def]  # noqa: ANN001, ANN201, PLR0913, PLR0917 - compiled
    """(n_groups, 2) demand, and demand times the pull of `reversion`; (n_groups,) that of single firms times boosts.

    ``boosts`` are (n,) deals expected with one firm, and the log growth that each brings.
    """
    # Demand and its pull side by side, so that one instruction adds both.
    sums, boosted, (deals, boost) = np.zeros((n_groups, 2)), np.zeros(n_groups), boosts
    for i in range(group.size):
        of_group = sums[group[i]]
        of_group[0] += demand[i]
        of_group[1] += demand[i] * (log_size[i] * slope)
        boosted[group[i]] += demand[i] * deals[i] * boost * (weight[i] == 1)
    return sums, boosted


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
def shared_growth(growth, city_of_group, gap, lost, sums, boosted):  # type: ignore[no-untyped-def]  # noqa: ANN001, ANN201 - compiled
    """(n_groups,) twice, what all firms of a group share: `demand_growth`; `returned`, before its logarithm is taken.

    Parameters
    ----------
    growth : (n_cities,) log growth of the quarter; ``gap`` as in `demand_growth`.
    city_of_group : (n_groups,) city of each group's site.
    lost : (n_groups,) yuan in the quarter, what closings leave less what births take.
    sums, boosted : `sums_by_group`.
    """
    n = lost.size
    total, of_group, kind, left = np.empty(n), np.empty(n), np.empty(n), np.empty(n)
    for g in range(n):
        total[g], left[g] = sums[g, 0], lost[g] - boosted[g]
        of_group[g], kind[g] = growth[city_of_group[g]], g % N_KINDS - 1.0
    return demand_growth(of_group, kind, gap, catalogue_share(total)), returned(left, total)


@nb.njit(**RULE)
def add_causes(shared, reform, sums, luck, log_size, slope, boost, firms):  # type: ignore[no-untyped-def]  # noqa: ANN001, ANN201, PLR0913, PLR0917 - compiled
    """Log growth of demand: what a group shares, luck, mean reversion, and venture money.

    Parameters
    ----------
    shared : (n_groups,) log growth of a group by demand, and by what is returned to it.
    reform : log growth of the district's firms by reform, and (n_groups,) city of each group's site.
    sums, luck : (n_groups, 2) of `sums_by_group`, and `laplace_luck`.
    log_size, slope : of `reversion`, (n,) and one number; ``boost`` : log growth by venture money.
    firms : (n,) each: group, quarters of that still to come, R&D over value added, value added.

    Returns
    -------
    (n,) log growth, and (n_groups,) yuan of R&D in the quarter that mean reversion moves in the first order.
    """
    (group, boost_left, rd_intensity, value_added), (side, logs), (by_reform, city_of_group) = firms, luck, reform
    (by_demand, by_return), n_groups, growth = shared, shared[0].size, np.empty(group.size)
    common, mean, moved = np.empty(n_groups), np.zeros(n_groups), np.zeros(n_groups)
    for g in range(n_groups):
        common[g] = by_demand[g] + by_return[g] + by_reform * (city_of_group[g] == 0)
        mean[g] = sums[g, 1] / sums[g, 0] if sums[g, 0] > 0.0 else 0.0
    for i in range(group.size):
        back, own = reversion(log_size[i], slope, mean[group[i]]), mean_one_luck(side[i], logs[0, i], logs[1, i])
        growth[i] = common[group[i]] + own + back + boost * (boost_left[i] > 0)
        moved[group[i]] += rd_intensity[i] * value_added[i] * back
    return growth, moved


@nb.njit(**RULE)
def young_at_home(city, tech_sme, above_scale, born, quarter):  # type: ignore[no-untyped-def]  # noqa: ANN001, ANN201 - compiled
    """(k,) rows of the district's young technology firms below the threshold, who can be tenants of carriers."""
    young = np.empty(city.size, np.bool_)
    for i in range(city.size):
        small = tech_sme[i] & (not above_scale[i])
        young[i] = (city[i] == 0) & small & (quarter - born[i] < YOUNG_QUARTERS)
    return rows_where(young)
