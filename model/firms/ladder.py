"""The ladder: certificates won and lost, and the above-scale threshold crossed either way."""

from __future__ import annotations

import numba as nb
import numpy as np
from numpy.typing import NDArray

from model.firms.table import ABOVE_SCALE_REVENUE, FirmTable, notch, revenue_a_year
from model.parameters import Parameters
from model.policy import Policy

FloatArray = NDArray[np.float64]
BoolArray = NDArray[np.bool_]
IntArray = NDArray[np.int64]
NEAR_NOTCH = 0.6
"""A firm can certify when its reported R&D is at least this share of the notch: the rest it adds or relabels."""
NEAR_THRESHOLD = (0.5, 1.3)
"""Revenue over the above-scale threshold: below the first number a firm falls out, above the second it is counted."""
MAX_CROSSING = 0.25
"""Largest share of the firms near the threshold that cross it in a quarter."""


def can_certify(f: FirmTable, quarter: int) -> tuple[IntArray, FloatArray]:
    """(k,) rows of firms that may certify and do enough R&D for it, and the R&D over revenue that they need.

    Who may are those on the ladder (technology SMEs and above-scale ones) with R&D and no certificate.
    """
    ladder, sizes = (f.alive, f.tech_sme, f.above_scale, f.certified_until), (f.value_added, f.weight)
    rows, required = _can_certify(quarter, ladder, sizes, f.rd_intensity, f.revenue_ratio)
    return rows, required


@nb.njit(cache=True)
def _can_certify(quarter, ladder, sizes, rd_intensity, revenue_ratio):  # type: ignore[no-untyped-def]  # noqa: ANN001, ANN202 - compiled
    """The compiled loop of `can_certify`."""
    alive, tech_sme, above_scale, certified_until = ladder
    value_added, weight = sizes
    rows, required, n = np.empty(alive.size, np.int64), np.empty(alive.size), 0
    for i in range(alive.size):
        on_ladder = alive[i] & (tech_sme[i] | above_scale[i]) & (certified_until[i] < quarter)
        if on_ladder and rd_intensity[i] > 0.0:
            rows[n], required[n] = i, notch(revenue_a_year(value_added[i], revenue_ratio[i], weight[i]))
            n += rd_intensity[i] / revenue_ratio[i] >= NEAR_NOTCH * required[n]
    return rows[:n], required[:n]


def certification_hazard(hazard: float, award: float, award_2020: float, elasticity: float) -> float:
    """Hazard of a first certificate, raised by the award relative to 2020, at most one."""
    return float(min(hazard * (award / award_2020) ** elasticity, 1.0))


def reported_after_certification(intensity: FloatArray, revenue_ratio: FloatArray, required: FloatArray) -> FloatArray:
    """(n,) R&D over value added after bunching at the notch (Chen et al. 2021, AER 111(7))."""
    return np.maximum(intensity, required * revenue_ratio)


def real_share_after(share: FloatArray, before: FloatArray, after: FloatArray, relabelled: float) -> FloatArray:
    """(n,) share of reported R&D that is real when a share of what was added is relabelled cost."""
    added = after - before
    return np.divide(share * before + (1.0 - relabelled) * added, after, out=np.ones_like(after), where=after > 0.0)


def loss_hazard(yearly_revenue: FloatArray, hazard: float, gradient: float, mean_decades: float) -> FloatArray:
    """(n,) hazard that a certificate is not renewed at its end, three years of the yearly hazard.

    Falls by ``gradient`` log points for each tenfold of revenue around ``mean_decades``: with the same loss at every
    size the high-tech share would fall, while most of its value added sits in firms that never lose it.
    """
    decades = np.log10(np.maximum(yearly_revenue, 1.0)) - mean_decades
    return np.asarray(np.minimum((1.0 - (1.0 - hazard) ** 3) * np.exp(-gradient * decades), 1.0))


def crosses_up(
    u: FloatArray,
    small_industry: BoolArray,
    yearly_revenue: FloatArray,
    hazard: float,
    added: tuple[float, BoolArray] | None = None,
) -> BoolArray:
    """Small industrial firms that enter the above-scale count: by size, or by cultivation just below it.

    Parameters
    ----------
    hazard : of all small industrial firms; those near the threshold are the ones who make it.
    added : firms more that are to cross, in expectation, and (n,) who is among them.

    Returns
    -------
    (n,) who crosses; of those near the threshold at most ``MAX_CROSSING``.
    """
    number, among = (0.0, np.zeros(len(u), np.bool_)) if added is None else added
    return np.asarray(_crosses_up(u, small_industry, yearly_revenue, hazard, number, among))


@nb.njit(cache=True)
def _crosses_up(u, small_industry, yearly_revenue, hazard, added, among):  # type: ignore[no-untyped-def]  # noqa: ANN001, ANN202 - compiled
    """The compiled loop of `crosses_up`: those near the threshold are counted first."""
    nearest, counted_from = NEAR_THRESHOLD[0] * ABOVE_SCALE_REVENUE, NEAR_THRESHOLD[1] * ABOVE_SCALE_REVENUE
    near, near_among = small_industry & (yearly_revenue >= nearest), 0
    for i in range(u.size):
        near_among += near[i] & among[i]
    chance = hazard * small_industry.sum() / max(near.sum(), 1)
    chance_among = chance + added / max(near_among, 1)
    up = np.zeros(u.size, np.bool_)
    for i in range(u.size):
        makes_it = u[i] < min(chance_among if among[i] else chance, MAX_CROSSING)
        up[i] = small_industry[i] & (yearly_revenue[i] >= counted_from) | near[i] & makes_it
    return up


def scaled_up_in_parks(policy: Policy, p: Parameters) -> float:
    """Small firms a quarter that scale up because park space was added beyond the pace of 2020."""
    return firms_in_added_space(policy, p) * (1.0 - p.cluster_net_entry_share)


def firms_in_added_space(policy: Policy, p: Parameters) -> float:
    """Firms a quarter, newborn or scaling up, that park space beyond the pace of 2020 adds; never below zero."""
    added = max(policy.park_space - Policy.neutral().park_space, 0.0) / 1e6
    return added * p.park_firms_per_million_m2 * p.park_additional_share / 4.0


def crosses_down(u: FloatArray, above: BoolArray, yearly_revenue: FloatArray, hazard: float) -> BoolArray:
    """(n,) above-scale firms that leave the count: far below the threshold, or near it with a hazard."""
    far = yearly_revenue < NEAR_THRESHOLD[0] * ABOVE_SCALE_REVENUE
    return np.asarray(above & (yearly_revenue < ABOVE_SCALE_REVENUE) & (far | (u < hazard)))
