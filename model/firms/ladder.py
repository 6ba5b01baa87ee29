"""The ladder: certificates won and lost, and the above-scale threshold crossed either way."""

from __future__ import annotations

import numba as nb
import numpy as np
from numpy.typing import NDArray

from model.base import CERTIFICATE_QUARTERS, NO_CERTIFICATE
from model.columns import few_rows_where, of_rows, rows_where
from model.compiled import RULE
from model.firms.table import ABOVE_SCALE_REVENUE, notch, revenue_a_year
from model.parameters import Parameters
from model.policy import Policy
from model.streams import unit, units

FloatArray = NDArray[np.float64]
NEAR_NOTCH = 0.6
"""A firm can certify when its reported R&D is at least this share of the notch: the rest it adds or relabels."""
NEAR_THRESHOLD = (0.5, 1.3)
"""Revenue over the above-scale threshold: below the first number a firm falls out, above the second it is counted."""
MAX_CROSSING = 0.25
"""Largest share of the firms near the threshold that cross it in a quarter."""


@nb.njit(**RULE, error_model="numpy")
def can_certify(quarter, ladder, sizes, rd_intensity):  # type: ignore[no-untyped-def]  # noqa: ANN001, ANN201 - compiled
    """Firms that may certify and do enough R&D for it: on the ladder, with R&D and without a certificate.

    Parameters
    ----------
    ladder : (n,) each: alive, technology SME, above scale, end of the certificate.
    sizes : (n,) each: value added, revenue over value added, weight.

    Returns
    -------
    (k,) rows, and (k,) the R&D over revenue that they need.
    """
    alive, tech_sme, above_scale, certified_until = ladder
    value_added, revenue_ratio, weight = sizes
    required, can = np.empty(alive.size), np.empty(alive.size, np.bool_)
    for i in range(alive.size):
        required[i] = notch(revenue_a_year(value_added[i], revenue_ratio[i], weight[i]))
    for i in range(alive.size):
        may = alive[i] & (tech_sme[i] | above_scale[i]) & (certified_until[i] < quarter)
        near = rd_intensity[i] / revenue_ratio[i] >= NEAR_NOTCH * required[i]
        can[i] = may & (rd_intensity[i] > 0.0) & near
    rows = rows_where(can)
    return rows, of_rows(required, rows)


@nb.njit(**RULE)
def certify(quarter, luck, relabelled, ladder, sizes, places, paths, n_groups):  # type: ignore[no-untyped-def]  # noqa: ANN001, ANN201, PLR0913, PLR0917 - compiled
    """Firms win first certificates, in place, and raise the R&D that they report.

    The same luck decides under the award of 2020 for the reference path, so an award changes it for nobody else.

    Parameters
    ----------
    luck : key of the stream, hazard under the award of 2020, and that of the district's firms now.
    ladder, sizes : as in `can_certify`; ``relabelled`` as in `bunch`.
    places, paths : (n,) each: id, city, group; intensity, what it is relative to, share that is real, and the same of
        the reference path.

    Returns
    -------
    (n_groups,) yuan of R&D in the quarter that certificates add in expectation under the award of 2020, and how many
    firms of the district won one.
    """
    (luck_key, usual, focal), (firm_id, city, group) = luck, places
    (value_added, revenue_ratio, weight), certified_until, (path, reference) = sizes, ladder[3], paths
    rows, required = can_certify(quarter, ladder, sizes, path[0])
    expected = research_expected(rows, required, usual, (path[0], revenue_ratio, value_added), group, n_groups)
    winners, usually = winners_of(rows, firm_id, city, luck_key, usual, focal)
    n_here = 0
    for row in of_rows(rows, winners):
        certified_until[row] = quarter + CERTIFICATE_QUARTERS
        n_here += weight[row] * (city[row] == 0)
    bunch(of_rows(rows, winners), of_rows(required, winners), revenue_ratio, *path, relabelled)
    winners = of_rows(winners, rows_where(usually))
    bunch(of_rows(rows, winners), of_rows(required, winners), revenue_ratio, *reference, relabelled)
    return expected, n_here


def certification_hazard(hazard: float, award: float, award_2020: float, elasticity: float) -> float:
    """Hazard of a first certificate, raised by the award relative to 2020, at most one."""
    return float(min(hazard * (award / award_2020) ** elasticity, 1.0))


@nb.njit(**RULE)
def winners_of(rows, firm_id, city, luck_key, usual, focal):  # type: ignore[no-untyped-def]  # noqa: ANN001, ANN201 - compiled
    """Who of some firms wins a certificate or title, at the hazards under the award of 2020 and of the district's now.

    Returns
    -------
    (k,) places in ``rows`` of those who win, and (k,) who of them would have won under the award of 2020 too.
    """
    winners, usually, n = np.empty(rows.size + 1, np.int64), np.empty(rows.size + 1, np.bool_), 0
    for k in range(rows.size):
        luck = unit(luck_key, firm_id[rows[k]])
        winners[n], usually[n] = k, luck < usual
        n += luck < (focal if city[rows[k]] == 0 else usual)
    return winners[:n], usually[:n]


@nb.njit(**RULE, inline="always")
def reported_after_certification(intensity, revenue_ratio, required):  # type: ignore[no-untyped-def]  # noqa: ANN001, ANN201 - compiled
    """R&D over value added after bunching at the notch (Chen et al. 2021, AER 111(7)), inside compiled rules."""
    return max(intensity, required * revenue_ratio)


@nb.njit(**RULE)
def research_expected(rows, required, hazard, reported, group, n_groups):  # type: ignore[no-untyped-def]  # noqa: ANN001, ANN201 - compiled
    """(n_groups,) yuan of R&D in the quarter that certificates won with a ``hazard`` add to what firms report.

    Parameters
    ----------
    rows, required : (k,) firms that may certify, and the R&D over revenue that they need.
    reported : (n,) of all firms each: R&D over value added, revenue over value added, value added.
    """
    rd_intensity, revenue_ratio, value_added = reported
    total = np.zeros(n_groups)
    for k in range(rows.size):
        row = rows[k]
        added = reported_after_certification(rd_intensity[row], revenue_ratio[row], required[k]) - rd_intensity[row]
        total[group[row]] += hazard * added * value_added[row]
    return total


@nb.njit(**RULE)
def bunch(rows, required, revenue_ratio, intensity, opening, real_share, relabelled):  # type: ignore[no-untyped-def]  # noqa: ANN001, ANN201, PLR0913, PLR0917 - compiled
    """Raise reported R&D of certified firms to the notch in place, and what it is relative to by as much.

    Of what is added a share is ``relabelled`` cost, which lowers the share of reported R&D that is real.

    Of (k,) ``rows`` that need (k,) ``required`` R&D over revenue; the other arrays (n,), the last three of one path.
    """
    for k in range(rows.size):
        row = rows[k]
        before = intensity[row]
        raised = reported_after_certification(before, revenue_ratio[row], required[k])
        real = real_share[row] * before + (1.0 - relabelled) * (raised - before)
        real_share[row] = real / raised if raised > 0.0 else 1.0
        opening[row] *= raised / before if before > 0.0 else 1.0
        intensity[row] = raised


@nb.njit(**RULE)
def certificates_that_end(quarter, alive, certified_until, sizes):  # type: ignore[no-untyped-def]  # noqa: ANN001, ANN201 - compiled
    """(k,) rows of living firms whose certificate runs to a quarter, (k,) revenue a year; ``sizes`` : `can_certify`."""
    value_added, revenue_ratio, weight = sizes
    ends = np.empty(alive.size, np.bool_)
    for i in range(alive.size):
        ends[i] = alive[i] & (certified_until[i] == quarter)
    rows = few_rows_where(ends)
    revenue = np.empty(rows.size)
    for k, row in enumerate(rows):
        revenue[k] = revenue_a_year(value_added[row], revenue_ratio[row], weight[row])
    return rows, revenue


@nb.njit(**RULE)
def renew(rows, hazard, luck_key, firm_id, certified_until, quarter):  # type: ignore[no-untyped-def]  # noqa: ANN001, ANN201 - compiled
    """Certificates of (k,) firms, which end in a quarter, are lost with a hazard (k,) each, or renewed, in place."""
    for k, row in enumerate(rows):
        lost = unit(luck_key, firm_id[row]) < hazard[k]
        certified_until[row] = NO_CERTIFICATE if lost else quarter + CERTIFICATE_QUARTERS


def loss_hazard(yearly_revenue: FloatArray, hazard: float, gradient: float, mean_decades: float) -> FloatArray:
    """(n,) hazard that a certificate is not renewed at its end, three years of the yearly hazard.

    Falls by ``gradient`` log points for each tenfold of revenue around ``mean_decades``: with the same loss at every
    size the high-tech share would fall, while most of its value added sits in firms that never lose it.
    """
    decades = np.log10(np.maximum(yearly_revenue, 1.0)) - mean_decades
    return np.asarray(np.minimum((1.0 - (1.0 - hazard) ** 3) * np.exp(-gradient * decades), 1.0))


@nb.njit(**RULE)
def near_threshold(kind, alive, above_scale, value_added, revenue_ratio, weight):  # type: ignore[no-untyped-def]  # noqa: ANN001, ANN201 - compiled
    """Industrial firms that may cross the threshold; all arrays (n,).

    Returns
    -------
    (k,) rows of small ones not far below it and of above-scale ones that fell below it, (k,) their revenue a year, and
    how many small industrial firms there are, near or not.
    """
    revenue, near, n_small = np.empty(kind.size), np.empty(kind.size, np.bool_), 0
    for i in range(kind.size):
        revenue[i] = revenue_a_year(value_added[i], revenue_ratio[i], weight[i])
    for i in range(kind.size):
        industry, small = (kind[i] >= 0.0) & alive[i], not above_scale[i]
        close = revenue[i] >= NEAR_THRESHOLD[0] * ABOVE_SCALE_REVENUE
        fallen = revenue[i] < ABOVE_SCALE_REVENUE
        near[i] = industry & ((small & close) | (above_scale[i] & fallen))
        n_small += industry & small
    rows = few_rows_where(near)
    return rows, of_rows(revenue, rows), n_small


@nb.njit(**RULE)
def crosses_up(u, small_industry, yearly_revenue, expected, added, among):  # type: ignore[no-untyped-def]  # noqa: ANN001, ANN201 - compiled
    """Small industrial firms that enter the above-scale count: by size, or by cultivation just below it.

    Parameters
    ----------
    expected : firms that are to cross: the hazard of all small industrial firms, which those near the threshold bear.
    added, among : firms more that are to cross, in expectation, and (n,) who is among them.

    Returns
    -------
    (n,) who crosses; of those near the threshold at most ``MAX_CROSSING``.
    """
    nearest, counted_from = NEAR_THRESHOLD[0] * ABOVE_SCALE_REVENUE, NEAR_THRESHOLD[1] * ABOVE_SCALE_REVENUE
    n_near = near_among = 0
    for i in range(u.size):
        near = small_industry[i] & (yearly_revenue[i] >= nearest)
        n_near, near_among = n_near + near, near_among + (near & among[i])
    chance = expected / max(n_near, 1)
    chance_among = chance + added / max(near_among, 1)
    up = np.empty(u.size, np.bool_)
    for i in range(u.size):
        near = small_industry[i] & (yearly_revenue[i] >= nearest)
        makes_it = u[i] < min(chance_among if among[i] else chance, MAX_CROSSING)
        up[i] = small_industry[i] & (yearly_revenue[i] >= counted_from) | near & makes_it
    return up


def scaled_up_in_parks(policy: Policy, p: Parameters) -> float:
    """Small firms a quarter that scale up because park space was added beyond the pace of 2020."""
    return firms_in_added_space(policy, p) * (1.0 - p.cluster_net_entry_share)


def firms_in_added_space(policy: Policy, p: Parameters) -> float:
    """Firms a quarter, newborn or scaling up, that park space beyond the pace of 2020 adds; never below zero."""
    added = max(policy.park_space - Policy.neutral().park_space, 0.0) / 1e6
    return added * p.park_firms_per_million_m2 * p.park_additional_share / 4.0


@nb.njit(**RULE)
def crosses_down(u, above, yearly_revenue, hazard):  # type: ignore[no-untyped-def]  # noqa: ANN001, ANN201 - compiled
    """(n,) above-scale firms that leave the count: far below the threshold, or near it with a hazard."""
    down = np.empty(u.size, np.bool_)
    for i in range(u.size):
        far = yearly_revenue[i] < NEAR_THRESHOLD[0] * ABOVE_SCALE_REVENUE
        down[i] = above[i] & (yearly_revenue[i] < ABOVE_SCALE_REVENUE) & (far | (u[i] < hazard))
    return down


@nb.njit(**RULE)
def cross_threshold(luck_key, hazards, in_parks, places, industry, sizes):  # type: ignore[no-untyped-def]  # noqa: ANN001, ANN201 - compiled
    """Small industrial firms enter the above-scale count and others leave it, in place.

    Parameters
    ----------
    hazards : of crossing upwards, borne by those near the threshold, and downwards.
    in_parks : firms of the district more that are to cross upwards, in expectation.
    places, industry : (n,) each: id, city; kind, alive, above scale; ``sizes`` as in `can_certify`.
    """
    (firm_id, city), above_scale = places, industry[2]
    rows, revenue, n_small = near_threshold(*industry, *sizes)
    luck, above = np.empty(rows.size), of_rows(above_scale, rows)
    units(luck_key, of_rows(firm_id, rows), luck)
    small, here = np.empty(rows.size, np.bool_), np.empty(rows.size, np.bool_)
    for k, row in enumerate(rows):
        small[k], here[k] = not above[k], city[row] == 0
    up = crosses_up(luck, small, revenue, hazards[0] * n_small, in_parks, here)
    down = crosses_down(luck, above, revenue, hazards[1])
    for k, row in enumerate(rows):
        above_scale[row] = up[k] | above_scale[row] & (not down[k])


@nb.njit(**RULE)
def may_be_crowned(alive, above_scale, certified_until, champion, quarter):  # type: ignore[no-untyped-def]  # noqa: ANN001, ANN201 - compiled
    """(k,) rows of certified above-scale firms without a title."""
    may = np.empty(alive.size, np.bool_)
    for i in range(alive.size):
        may[i] = alive[i] & above_scale[i] & (certified_until[i] >= quarter) & (not champion[i])
    return few_rows_where(may)


@nb.njit(**RULE)
def crown(quarter, keys, hazards, loss, places, ladder):  # type: ignore[no-untyped-def]  # noqa: ANN001, ANN201 - compiled
    """Certified above-scale firms become champions; titles are lost with a chance, and with the rung below, in place.

    Parameters
    ----------
    keys : of the streams that give titles and take them.
    hazards, loss : of a title under the award of 2020 and in the district now; chance to lose one.
    places, ladder : (n,) each: id, city; alive, above scale, end of the certificate, champion.
    """
    (firm_id, city), (_, above_scale, _, champion) = places, ladder
    open_to = may_be_crowned(*ladder, quarter)
    winners, _ = winners_of(open_to, firm_id, city, keys[0], *hazards)
    for row in few_rows_where(champion):
        champion[row] = above_scale[row] & (unit(keys[1], firm_id[row]) >= loss)
    for row in of_rows(open_to, winners):
        champion[row] = True
