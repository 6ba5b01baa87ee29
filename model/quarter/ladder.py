"""8. Ladder: certificates won and lost, the above-scale threshold crossed."""

from __future__ import annotations

from typing import TYPE_CHECKING

import numpy as np

from model.base import CERTIFICATE_QUARTERS, NO_CERTIFICATE
from model.firms.ladder import (
    MAX_CROSSING,
    bunch,
    can_certify,
    certification_hazard,
    crosses_down,
    crosses_up,
    loss_hazard,
    may_be_crowned,
    near_threshold,
    research_expected,
    scaled_up_in_parks,
    winners_of,
)
from model.rates import quarterly

if TYPE_CHECKING:
    from model.economy import Economy


def open_ladder(economy: Economy) -> None:
    """Fix the mean size of certified firms in 2020, around which losing falls with size; classes before any move."""
    f = economy.firms
    certified = f.certified(0)
    decades = np.log10(np.maximum(f.yearly_revenue(), 1.0))
    economy.certified_decades = (
        float(np.average(decades[certified], weights=f.weight[certified])) if certified.any() else 7.0
    )
    economy.class_before = economy.firm_class()
    candidates = float((f.above_scale & certified & ~f.champion).sum())
    gained = quarterly(economy.p.champion_hazard) * candidates
    economy.champion_loss = min(gained / max(float(f.champion.sum()), 1.0), MAX_CROSSING)
    economy.rd_expected_certified = np.zeros(economy.n_groups)


def firms_climb_and_fall(economy: Economy) -> None:
    """Renew or lose certificates that end, win new ones, and cross the above-scale threshold."""
    if economy.path.ladder_held:
        _hold(economy)
    else:
        _renew(economy)
        _certify(economy)
    economy.record.mark(economy, "certificates")
    if not economy.path.ladder_held:
        _cross(economy)
        _crown(economy)
    _post_climbs(economy)
    economy.record.mark(economy, "threshold")


def _hold(economy: Economy) -> None:
    """Net reclassification set to zero: certificates that end are renewed, and nobody wins or loses anything."""
    f, q = economy.firms, economy.quarter
    f.certified_until[f.alive & (f.certified_until == q)] = q + CERTIFICATE_QUARTERS


def _renew(economy: Economy) -> None:
    """Certificates run three years; the loss hazard falls with size."""
    f, p, q = economy.firms, economy.p, economy.quarter
    ends = np.flatnonzero(f.alive & (f.certified_until == q))
    if not len(ends):
        return
    revenue = f.yearly_revenue(ends)
    hazard = loss_hazard(revenue, p.hnte_loss_hazard, p.certification_size_gradient, economy.certified_decades)
    lost = economy.luck("certificate renewal", f.firm_id[ends]) < hazard
    f.certified_until[ends] = np.where(lost, NO_CERTIFICATE, q + CERTIFICATE_QUARTERS)


def _certify(economy: Economy) -> None:
    """First certificates: reported R&D bunches at the notch; what is added is partly relabelled cost.

    The same luck decides under the award of 2020 for the reference path, so an award changes it for nobody else.
    """
    f, q = economy.firms, economy.quarter
    rows, required = can_certify(f, q)
    usual, focal = _certification_hazards(economy)
    reported = f.rd_intensity, f.revenue_ratio, f.value_added
    economy.rd_expected_certified = research_expected(rows, required, usual, reported, f.group, economy.n_groups)
    key = economy.luck_key("certification")
    winners, usually = winners_of(rows, f.firm_id, f.city, key, usual, focal)
    won, required = rows[winners], required[winners]
    relabelled = economy.p.rd_relabel_share
    bunch(won, required, f.revenue_ratio, f.rd_intensity, f.rd_intensity_opening, f.rd_real_share, relabelled)
    reference = f.rd_reference, f.rd_reference_opening, f.rd_reference_real_share
    bunch(won[usually], required[usually], f.revenue_ratio, *reference, relabelled)
    f.certified_until[won] = q + CERTIFICATE_QUARTERS
    economy.books.events["firms_certified"] += float(f.weight[won[f.city[won] == 0]].sum())


def _certification_hazards(economy: Economy) -> tuple[float, float]:
    """Hazard of a first certificate under the award of 2020, and in the district under the one in force."""
    p, award, award_2020 = economy.p, economy.policy.certification_award, economy.neutral.certification_award
    usual = quarterly(p.hnte_cert_hazard)
    if award == award_2020:
        return usual, usual
    return usual, quarterly(certification_hazard(p.hnte_cert_hazard, award, award_2020, p.award_elast))


def _cross(economy: Economy) -> None:
    """Small industrial firms enter the above-scale count, others fall out of it by size."""
    f, p = economy.firms, economy.p
    industry = f.kind, f.alive, f.above_scale
    rows, revenue, n_small = near_threshold(*industry, f.value_added, f.revenue_ratio, f.weight)
    above, luck = f.above_scale[rows], economy.luck("threshold", f.firm_id[rows])
    in_parks = scaled_up_in_parks(economy.policy, p), f.city[rows] == 0
    up = crosses_up(luck, ~above, revenue, quarterly(p.upscale_hazard) * n_small, in_parks)
    down = crosses_down(luck, above, revenue, quarterly(p.downscale_hazard))
    f.above_scale[rows[up]] = True
    f.above_scale[rows[down]] = False


def _crown(economy: Economy) -> None:
    """Certified above-scale firms become champions; titles are lost at the rate that keeps their number in 2020."""
    f, p = economy.firms, economy.p
    rise = certification_hazard(
        p.champion_hazard, economy.policy.certification_award, economy.neutral.certification_award, p.award_elast
    )
    open_to = may_be_crowned(f.alive, f.above_scale, f.certified_until, f.champion, economy.quarter)
    hazards = quarterly(p.champion_hazard), quarterly(rise)
    winners, _ = winners_of(open_to, f.firm_id, f.city, economy.luck_key("champion"), *hazards)
    champions = np.flatnonzero(f.champion)
    loses = economy.luck("champion loss", f.firm_id[champions]) < economy.champion_loss
    dethroned = champions[loses | ~f.above_scale[champions]]
    f.champion[open_to[winners]] = True
    f.champion[dethroned] = False


def _post_climbs(economy: Economy) -> None:
    """Class changes of continuing firms, out of one class and into another."""
    f, books = economy.firms, economy.books
    now = economy.firm_class()
    moved = np.flatnonzero((now != economy.class_before) & f.alive)
    city, weight = f.city[moved], f.weight[moved]
    books.post_firms("climbs_out", city, economy.class_before[moved], weight)
    books.post_firms("climbs_in", city, now[moved], weight)
    economy.class_before = now
