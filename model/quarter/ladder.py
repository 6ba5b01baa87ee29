"""8. Ladder: certificates won and lost, the above-scale threshold crossed."""

from __future__ import annotations

from typing import TYPE_CHECKING

import numba as nb
import numpy as np

from model.accounts import FIRM_ACCOUNTS
from model.base import CERTIFICATE_QUARTERS
from model.columns import few_rows_where
from model.compiled import RULE
from model.firms.ladder import (
    MAX_CROSSING,
    certificates_that_end,
    certification_hazard,
    certify,
    cross_threshold,
    crown,
    loss_hazard,
    renew,
    scaled_up_in_parks,
)
from model.rates import quarterly

if TYPE_CHECKING:
    from model.economy import Economy
    from model.firms.table import FirmTable

_OUT, _IN = FIRM_ACCOUNTS.index("climbs_out"), FIRM_ACCOUNTS.index("climbs_in")


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
    ends, revenue = certificates_that_end(q, f.alive, f.certified_until, _sizes(f))
    if len(ends):
        hazard = loss_hazard(revenue, p.hnte_loss_hazard, p.certification_size_gradient, economy.certified_decades)
        renew(ends, hazard, economy.luck_key("certificate renewal"), f.firm_id, f.certified_until, q)


def _certify(economy: Economy) -> None:
    """First certificates: reported R&D bunches at the notch; what is added is partly relabelled cost."""
    f = economy.firms
    luck = economy.luck_key("certification"), *_certification_hazards(economy)
    ladder, places = (f.alive, f.tech_sme, f.above_scale, f.certified_until), (f.firm_id, f.city, f.group)
    path = f.rd_intensity, f.rd_intensity_opening, f.rd_real_share
    paths = path, (f.rd_reference, f.rd_reference_opening, f.rd_reference_real_share)
    relabelled, n_groups = economy.p.rd_relabel_share, economy.n_groups
    expected, n_here = certify(economy.quarter, luck, relabelled, ladder, _sizes(f), places, paths, n_groups)
    economy.rd_expected_certified = expected
    economy.books.events["firms_certified"] += float(n_here)


def _sizes(f: FirmTable) -> tuple[np.ndarray, np.ndarray, np.ndarray]:
    """What makes revenue."""
    return f.value_added, f.revenue_ratio, f.weight


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
    hazards = quarterly(p.upscale_hazard), quarterly(p.downscale_hazard)
    in_parks, industry = scaled_up_in_parks(economy.policy, p), (f.kind, f.alive, f.above_scale)
    cross_threshold(economy.luck_key("threshold"), hazards, in_parks, (f.firm_id, f.city), industry, _sizes(f))


def _crown(economy: Economy) -> None:
    """Certified above-scale firms become champions; titles are lost at the rate that keeps their number in 2020."""
    f, p = economy.firms, economy.p
    rise = certification_hazard(
        p.champion_hazard, economy.policy.certification_award, economy.neutral.certification_award, p.award_elast
    )
    keys = economy.luck_key("champion"), economy.luck_key("champion loss")
    hazards, ladder = (quarterly(p.champion_hazard), quarterly(rise)), (f.above_scale, f.certified_until, f.champion)
    crown(economy.quarter, keys, hazards, economy.champion_loss, (f.firm_id, f.city), (f.alive, *ladder))


def _post_climbs(economy: Economy) -> None:
    """Class changes of continuing firms, out of one class and into another."""
    f, posted = economy.firms, economy.books.firms
    now = economy.firm_class()
    _climb(economy.class_before, now, f.alive, f.city, f.weight, posted[_OUT], posted[_IN])
    economy.class_before = now


@nb.njit(**RULE)
def _climb(before, now, alive, city, weight, out, into):  # type: ignore[no-untyped-def]  # noqa: ANN001, ANN202, PLR0913, PLR0917 - compiled
    """Post the living firms whose class changed to two accounts, (n_cities, n_classes) each."""
    moved = np.empty(alive.size, np.bool_)
    for i in range(alive.size):
        moved[i] = alive[i] & (before[i] != now[i])
    for row in few_rows_where(moved):
        out[city[row], before[row]] += weight[row]
        into[city[row], now[row]] += weight[row]
