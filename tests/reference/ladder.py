"""8. Ladder: certificates won and lost, the above-scale threshold crossed, champions crowned."""

from __future__ import annotations

import math
from collections import defaultdict
from typing import TYPE_CHECKING

from model.policy import Policy
from tests.reference.agents import NEVER, Firm
from tests.reference.decomposition import mark
from tests.reference.limits import at_least, at_most
from tests.reference.rates import quarterly

if TYPE_CHECKING:
    from tests.reference.region import Region

CERTIFICATE_QUARTERS = 12
ABOVE_SCALE_REVENUE = 20e6
NEAR_NOTCH = 0.6
FALLS_OUT, IS_COUNTED = 0.5, 1.3
MAX_CROSSING = 0.25


def open_ladder(region: Region) -> None:
    """Mean size of certified firms, around which losing falls with size; the rate at which titles are lost."""
    decades = firms = champions = candidates = 0.0
    for firm in region.firms:
        if firm.certified:
            decades += firm.weight * math.log10(max(firm.yearly_revenue, 1.0))
            firms += firm.weight
            if firm.above_scale and not firm.champion:
                candidates += 1
        if firm.champion:
            champions += 1
        firm.class_before = firm.rung
    region.certified_decades = decades / firms
    gained = quarterly(region.p.champion_hazard) * candidates
    region.champion_loss = at_most("titles lost", gained / max(champions, 1.0), MAX_CROSSING)
    region.rd_expected_certified = defaultdict(float)


def firms_climb_and_fall(region: Region) -> None:
    """Renew, certify, cross and crown; or hold everybody where they are."""
    if region.path.ladder_held:
        for firm in region.firms:
            if firm.certified_until == region.quarter:
                firm.certified_until += CERTIFICATE_QUARTERS
        mark(region, "certificates")
    else:
        for firm in region.firms:
            if firm.certified_until == region.quarter:
                _renew(region, firm)
        _certify(region)
        mark(region, "certificates")
        _cross(region)
        for firm in region.firms:
            _crown(region, firm)
    for firm in region.firms:
        if firm.rung != firm.class_before:
            region.books.firms["climbs_out", firm.city, firm.class_before] += firm.weight
            region.books.firms["climbs_in", firm.city, firm.rung] += firm.weight
        firm.class_before = firm.rung
    mark(region, "threshold")


def _renew(region: Region, firm: Firm) -> None:
    """A certificate that ends is lost with a hazard that falls with size, or runs three more years."""
    p = region.p
    decades = math.log10(max(firm.yearly_revenue, 1.0)) - region.certified_decades
    hazard = (1.0 - (1.0 - p.hnte_loss_hazard) ** 3) * math.exp(-p.certification_size_gradient * decades)
    if region.draw("certificate renewal", firm.firm_id) < at_most("certificates lost", hazard, 1.0):
        firm.certified_until = NEVER
    else:
        firm.certified_until = region.quarter + CERTIFICATE_QUARTERS


def notch(yearly_revenue: float) -> float:
    """R&D over revenue that the certificate asks for."""
    if yearly_revenue < 50e6:
        return 0.05
    if yearly_revenue <= 200e6:
        return 0.04
    return 0.03


def _raised(region: Region, hazard: float, policy: Policy) -> float:
    """A yearly hazard under the award of a policy, as that of a quarter."""
    award, award_2020 = policy.certification_award, region.neutral.certification_award
    return quarterly(at_most("award", hazard * (award / award_2020) ** region.p.award_elast, 1.0))


def _certify(region: Region) -> None:
    """Firms on the ladder near the notch win a first certificate, and raise reported R&D to it.

    The reference path gets it only where the award of 2020 would have given it too.
    """
    p = region.p
    usual, focal = quarterly(p.hnte_cert_hazard), _raised(region, p.hnte_cert_hazard, region.policy)
    region.rd_expected_certified = defaultdict(float)
    for firm in region.firms:
        if firm.certified or not (firm.tech_sme or firm.above_scale):
            continue
        required = notch(firm.yearly_revenue)
        if firm.rd_intensity / firm.revenue_ratio < NEAR_NOTCH * required:
            continue
        added = at_least("notch", firm.rd_intensity, required * firm.revenue_ratio) - firm.rd_intensity
        region.rd_expected_certified[firm.group] += usual * added * firm.value_added
        luck, hazard = region.draw("certification", firm.firm_id), usual
        if firm.city == 0:
            hazard = focal
        if luck >= hazard:
            continue
        _bunch(region, firm, required)
        if luck < usual:
            _bunch_reference(region, firm, required)
        firm.certified_until = region.quarter + CERTIFICATE_QUARTERS
        if firm.city == 0:
            region.books.events["firms_certified"] += firm.weight


def _bunch(region: Region, firm: Firm, required: float) -> None:
    """Raise reported R&D to the notch; of what is added a part is relabelled cost."""
    before = firm.rd_intensity
    after = at_least("bunching", before, required * firm.revenue_ratio)
    real = firm.rd_real_share * before + (1.0 - region.p.rd_relabel_share) * (after - before)
    firm.rd_real_share, firm.rd_intensity = real / after, after
    firm.rd_intensity_opening *= after / before


def _bunch_reference(region: Region, firm: Firm, required: float) -> None:
    """The same on the reference path."""
    before = firm.rd_reference
    after = at_least("bunching of the reference", before, required * firm.revenue_ratio)
    real = firm.rd_reference_real_share * before + (1.0 - region.p.rd_relabel_share) * (after - before)
    firm.rd_reference_real_share, firm.rd_reference = real / after, after
    firm.rd_reference_opening *= after / before


def space_filled(region: Region, million_m2: float) -> float:
    """Firms a quarter, newborn or scaling up, that come for so much park space beyond the pace of 2020."""
    p = region.p
    return at_least("park space", million_m2, 0.0) * p.park_firms_per_million_m2 * p.park_additional_share / 4.0


def added_space(region: Region) -> float:
    """Park space added a year beyond the pace of 2020, million square metres."""
    return (region.policy.park_space - region.neutral.park_space) / 1e6


def _cross(region: Region) -> None:
    """Small industrial firms enter the above-scale count by size, cultivation or parks; others fall out."""
    p = region.p
    small = [firm for firm in region.firms if firm.industry and not firm.above_scale]
    near = [firm for firm in small if firm.yearly_revenue >= FALLS_OUT * ABOVE_SCALE_REVENUE]
    # The hazard of all small industrial firms is gathered on those near the threshold.
    cultivated = quarterly(p.upscale_hazard) * len(small) / max(len(near), 1)
    in_parks = space_filled(region, added_space(region)) * (1.0 - p.cluster_net_entry_share)
    in_parks /= max(sum(1 for firm in near if firm.city == 0), 1)
    for firm in region.firms:
        if not firm.industry:
            continue
        revenue, luck = firm.yearly_revenue, region.draw("threshold", firm.firm_id)
        if firm.above_scale:
            if revenue < FALLS_OUT * ABOVE_SCALE_REVENUE:
                firm.above_scale = False
            elif revenue < ABOVE_SCALE_REVENUE and luck < quarterly(p.downscale_hazard):
                firm.above_scale = False
        elif revenue >= IS_COUNTED * ABOVE_SCALE_REVENUE:
            firm.above_scale = True
        elif revenue >= FALLS_OUT * ABOVE_SCALE_REVENUE:
            chance = cultivated
            if firm.city == 0:
                chance += in_parks
            if luck < at_most("crossing", chance, MAX_CROSSING):
                firm.above_scale = True


def _crown(region: Region, firm: Firm) -> None:
    """Certified above-scale firms become champions; titles are lost by luck, or with the above-scale status."""
    if firm.champion:
        if not firm.above_scale:
            firm.champion = False
        elif region.draw("champion loss", firm.firm_id) < region.champion_loss:
            firm.champion = False
    elif firm.above_scale and firm.certified:
        hazard = quarterly(region.p.champion_hazard)
        if firm.city == 0:
            hazard = _raised(region, region.p.champion_hazard, region.policy)
        if region.draw("champion", firm.firm_id) < hazard:
            firm.champion = True
