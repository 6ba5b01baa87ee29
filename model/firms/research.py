"""How much R&D firms want, and how fast they get there.

Desired intensity is relative to the firm's own value of 2020: the common trend of the delta, and the response to cost
and finance (`model.firms.responses`). The reference path is the same rule under the district's policy of 2020; levers
raise productivity only by the knowledge above it.
"""

from __future__ import annotations

import functools

import numba as nb
import numpy as np
from numpy.typing import NDArray

from model.columns import rows_where
from model.compiled import RULE
from model.firms.table import FirmTable
from model.parameters import Parameters
from model.streams import unit

FloatArray = NDArray[np.float64]
TREND_HOLDS_QUARTERS = 20
"""To the end of 2025 the trend seen before 2021 is taken to go on."""
_MAX_OFFSET = 0.1
"""Largest share of a group's R&D that is offset in a quarter."""


def research_paths(f: FirmTable) -> tuple[tuple[FloatArray, FloatArray], tuple[FloatArray, FloatArray]]:
    """(n,) each: intensity and what it is relative to; the same of the reference path."""
    return (f.rd_intensity, f.rd_intensity_opening), (f.rd_reference, f.rd_reference_opening)


@nb.njit(**RULE)
def without_research(above_scale, alive, intensity):  # type: ignore[no-untyped-def]  # noqa: ANN001, ANN201 - compiled
    """(k,) rows of living above-scale firms that do no R&D; all arrays (n_firms,)."""
    idle = np.empty(alive.size, np.bool_)
    for i in range(alive.size):
        idle[i] = above_scale[i] & alive[i] & (intensity[i] <= 0.0)
    return rows_where(idle)


@nb.njit(**RULE)
def intensity_of_performers(intensity, value_added, group, n_groups):  # type: ignore[no-untyped-def]  # noqa: ANN001, ANN201 - compiled
    """(n_groups,) R&D over the value added of the firms that do any; closed ones have none of either."""
    # Value added and R&D side by side, so that one instruction adds both.
    sums, mean = np.zeros((n_groups, 2)), np.zeros(n_groups)
    for i in range(group.size):
        output, of_group = value_added[i] * (intensity[i] > 0.0), sums[group[i]]
        of_group[0] += output
        of_group[1] += output * intensity[i]
    for g in range(n_groups):
        mean[g] = sums[g, 1] / sums[g, 0] if sums[g, 0] > 0.0 else 0.0
    return mean


@nb.njit(**RULE)
def start_research(luck_key, hazard, share, trend, firms, paths, n_groups):  # type: ignore[no-untyped-def]  # noqa: ANN001, ANN201, PLR0913, PLR0917 - compiled
    """Above-scale firms begin R&D, in place, at a share of the intensity of their group's performers.

    Parameters
    ----------
    luck_key, hazard : who begins.
    trend : of intensities since 2020; what a firm's intensity is relative to is less by it.
    firms : (n,) each: id, group, who is alive, who is above scale, value added.
    paths : (n,) each: intensity and what it is relative to; the same of the reference path.

    Returns
    -------
    (n_groups,) yuan of R&D in the quarter that this brings in expectation.
    """
    firm_id, group, alive, above_scale, value_added = firms
    (intensity, opening), (reference, reference_opening) = paths
    mean, gained = intensity_of_performers(intensity, value_added, group, n_groups), np.zeros(n_groups)
    for row in without_research(above_scale, alive, intensity):
        begun = share * mean[group[row]]
        gained[group[row]] += hazard * begun * value_added[row]
        if unit(luck_key, firm_id[row]) < hazard:
            intensity[row] = reference[row] = begun
            opening[row] = reference_opening[row] = begun / trend
    return gained


@nb.njit(**RULE)
def research_by_group(intensity, value_added, weight, group, n_groups):  # type: ignore[no-untyped-def]  # noqa: ANN001, ANN201 - compiled
    """(n_groups,) yuan of R&D in the quarter, each firm's counted ``weight`` (n,) times.

    With who is alive as weight it is the R&D of the living, with a log growth what that moves in the first order.
    """
    total = np.zeros(n_groups)
    for i in range(group.size):
        total[group[i]] += intensity[i] * value_added[i] * weight[i]
    return total


@nb.njit(**RULE)
def factor_without(gained, total):  # type: ignore[no-untyped-def]  # noqa: ANN001, ANN201 - compiled
    """(n_groups,) factor on R&D that takes what was ``gained`` off the ``total`` again, yuan, by a tenth at most."""
    factor = np.ones(total.size)
    for g in range(total.size):
        if total[g] > 0.0:
            factor[g] = min(max(1.0 - gained[g] / total[g], 1.0 - _MAX_OFFSET), 1.0 + _MAX_OFFSET)
    return factor


@nb.njit(**RULE)
def offset_research(gained, group, alive, value_added, paths):  # type: ignore[no-untyped-def]  # noqa: ANN001, ANN201 - compiled
    """Take what groups ``gained`` (n_groups,), yuan of R&D in the quarter, off the intensities of firms in place.

    Those of the reference path, whose R&D the gains are compared with, and what both are relative to fall alike.
    """
    (intensity, opening), (reference, reference_opening) = paths
    factor = factor_without(gained, research_by_group(reference, value_added, alive, group, gained.size))
    for i in range(group.size):
        of_group = factor[group[i]]
        intensity[i] *= of_group
        reference[i] *= of_group
        opening[i] *= of_group
        reference_opening[i] *= of_group


def contracts_added(subsidy_rate: float, p: Parameters) -> float:
    """Technology contracts a quarter beyond those of 2020, yuan: ``V ((1 - s) ** -elasticity - 1)``."""
    return float(p.contract_value_2020 / 4.0 * ((1.0 - subsidy_rate) ** -p.contract_price_elasticity - 1.0))


def trend_quarters(quarter: int, half_life: float) -> float:
    """Quarters of full trend that lie behind a quarter: all of them to 2025, then each year's counts for less.

    ``half_life`` is the years after 2025 in which the trend's pace halves. No region has shown a trend that lasts.
    """
    after = quarter - TREND_HOLDS_QUARTERS
    if after <= 0:
        return float(quarter)
    mean_life = 4.0 * half_life / float(np.log(2.0))
    return TREND_HOLDS_QUARTERS + mean_life * float(-np.expm1(-after / mean_life))


@functools.lru_cache(maxsize=4)
def opening_gap(trend: float, speed: float) -> float:
    """Desired over actual intensity such that the actual one already rises at the trend.

    ``trend`` is a log rate a quarter, ``speed`` the share of a gap closed in a quarter. Kept while the trend holds.
    """
    # Desired intensity of the first quarter already holds one quarter of trend, which is taken out again.
    return (float(np.exp(trend) - 1.0) / speed + 1.0) * float(np.exp(-trend))


def knowledge_kept(depreciation: FloatArray) -> FloatArray:
    """Share of a knowledge stock that is left after a quarter; ``depreciation`` is yearly."""
    return np.asarray((1.0 - depreciation) ** 0.25)


@nb.njit(**RULE)
def add_knowledge(stocks, research, cluster, kept):  # type: ignore[no-untyped-def]  # noqa: ANN001, ANN201 - compiled
    """Perpetual inventory over a quarter, in place: what is ``kept`` (n_clusters,) of a stock, and R&D.

    ``stocks`` and ``research`` are (n_firms,) each, twice: as things are, and of the reference path.
    """
    (stock, reference), (rd, rd_reference) = stocks, research
    for i in range(cluster.size):
        left = kept[cluster[i]]
        stock[i] = stock[i] * left + rd[i]
        reference[i] = reference[i] * left + rd_reference[i]


def knowledge_opening(rd: FloatArray, depreciation: FloatArray, growth: float) -> FloatArray:
    """Stock that R&D growing at a steady yearly log rate has built up."""
    return np.asarray(rd / (np.exp(growth / 4.0) - (1.0 - depreciation) ** 0.25))
