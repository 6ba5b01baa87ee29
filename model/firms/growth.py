"""Growth of value added: demand from outside, Laplace luck of mean one, and reallocation that nets out.

Uncorrected shocks add three per cent a year and uncorrected exits take four: what chance, mean reversion, closing and
entry move between firms is therefore returned to or taken from the group in expectation, so that in the neutral
baseline each site and industry group follows outside demand.
"""

from __future__ import annotations

import numpy as np
from numpy.typing import NDArray

from model.carriers import reform_share
from model.parameters import Parameters
from model.policy import Policy

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


def mean_one(log_shock: FloatArray, scale: FloatArray) -> FloatArray:
    """Laplace shocks whose exponential has mean one: less ``-log(1 - b^2)``, the log of the uncorrected mean."""
    return np.asarray(log_shock + np.log1p(-(scale**2)))


def reform_level(policy: Policy, p: Parameters) -> float:
    """Log level of value added that digital infrastructure and lighter approvals beyond those of 2020 give."""
    neutral = Policy.neutral()
    stations = min(policy.base_stations, FULL_STATIONS) - neutral.base_stations
    return p.digital_effect * stations / FULL_STATIONS + p.approval_reform_growth * reform_share(policy)


def group_mean(values: FloatArray, weights: FloatArray, group: IntArray, n_groups: int) -> FloatArray:
    """(n_groups,) weighted means; zero for empty groups."""
    total = np.bincount(group, weights, minlength=n_groups)
    weighted = np.bincount(group, weights * values, minlength=n_groups)
    return np.divide(weighted, total, out=np.zeros(n_groups), where=total > 0.0)


def reversion(
    log_size: FloatArray, value_added: FloatArray, group: IntArray, slope: float, n_groups: int
) -> FloatArray:
    """(n,) mean reversion of log size a quarter, with no effect on the group's sum.

    ``slope`` is yearly (0 is Gibrat's law); the value-added-weighted mean of the group is taken out.
    """
    pull = slope / 4.0 * log_size
    return np.asarray(pull - group_mean(pull, value_added, group, n_groups)[group])


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
