"""9. Demography: firms close, are born, land from enclaves, and move between cities."""

from __future__ import annotations

import math
from collections import defaultdict
from typing import TYPE_CHECKING

from tests.reference.agents import Firm
from tests.reference.births import bear, expected_births, templates_by_city
from tests.reference.closing import shrink
from tests.reference.decomposition import mark
from tests.reference.limits import at_least, at_most
from tests.reference.moves import land_and_move
from tests.reference.production import reform_share
from tests.reference.rates import median

if TYPE_CHECKING:
    from tests.reference.region import Region

MAX_HAZARD = 0.9


def open_demography(region: Region) -> None:
    """Small technology firms of 2020, to which entry rates apply; what the first quarter may expect."""
    region.small_firms_2020 = [0] * region.n_cities
    for firm in region.firms:
        if firm.small_technology:
            region.small_firms_2020[firm.city] += firm.weight
    region.closed = []
    _expect(region)


def firms_are_born_land_move_and_close(region: Region) -> None:
    """Close, bear, land and move; then say what the next quarter may expect of all this."""
    region.closed = []
    for firm in region.firms:
        _close(region, firm)
    mark(region, "exit")
    bear(region)
    mark(region, "entry")
    land_and_move(region)
    for firm in region.firms:
        firm.class_before = firm.rung
    mark(region, "moves")
    _expect(region)


def _size(firm: Firm) -> float:
    """Demand of one firm of an agent, at least a yuan."""
    return max(firm.demand / firm.weight, 1.0)


def _expect(region: Region) -> None:
    """Closing hazards of the next quarter, and what closings take from each group less what births bring it."""
    _hazards(region)
    p, templates = region.p, [sum_of_weights(firms) for firms in templates_by_city(region)]
    lost: defaultdict[tuple[int, int], float] = defaultdict(float)
    rd_lost, total, rd = lost.copy(), lost.copy(), lost.copy()
    for firm in region.firms:
        share = firm.closing_hazard
        if firm.small_technology:
            an_agent = 1
            if firm.city > 0:
                an_agent = region.base.scale
            born = expected_births(region, firm.city) * an_agent * p.entrant_size_share
            share -= born / templates[firm.city]
        lost[firm.group] += share * firm.demand
        rd_lost[firm.group] += share * firm.rd
        total[firm.group] += firm.demand
        rd[firm.group] += firm.rd
    region.value_expected_lost = lost
    region.rd_expected_elsewhere = defaultdict(float)
    for group in total:
        # Demand that closings leave brings R&D at the group's mean with it.
        gained = lost[group] * rd[group] / total[group] - rd_lost[group]
        region.rd_expected_elsewhere[group] = gained + region.rd_expected_certified[group]


def sum_of_weights(firms: list[Firm]) -> int:
    """Firms that some agents stand for."""
    return sum(firm.weight for firm in firms)


def _hazards(region: Region) -> None:
    """Closing hazard by age and size; factors of size have mean one over above-scale firms and over the others."""
    for above in (False, True):
        firms = [firm for firm in region.firms if firm.above_scale == above]
        typical = median(_size(firm) for firm in firms)
        factors = [_size_factor(region, firm, typical) for firm in firms]
        sized = sum(factor * firm.weight for factor, firm in zip(factors, firms, strict=True))
        mean = sized / sum_of_weights(firms)
        for firm, factor in zip(firms, factors, strict=True):
            yearly = at_most("closing", _yearly_hazard(region, firm) * factor / mean, MAX_HAZARD)
            firm.closing_hazard = 1.0 - (1.0 - yearly) ** 0.25


def _size_factor(region: Region, firm: Firm, typical: float) -> float:
    """Power of relative size, within bounds."""
    relative = at_most("largest firms", at_least("smallest firms", _size(firm) / typical, 0.2), 50.0)
    return float(relative**region.p.exit_size_elast)


def _yearly_hazard(region: Region, firm: Firm) -> float:
    """By years of age; above-scale firms have a hazard of their own."""
    p = region.p
    if firm.above_scale:
        return p.exit_hazard_above_scale
    if firm.age < 4:
        return p.exit_hazard_y1
    if firm.age < 8:
        return p.exit_hazard_y2
    if firm.age < 12:
        return p.exit_hazard_y3
    if firm.age < 28:
        return p.exit_hazard_y4_7
    return p.exit_hazard_y8p


def _close(region: Region, firm: Firm) -> None:
    """Some of the firms that an agent stands for close; carriers and reform change the hazard a little."""
    p, posted = region.p, region.books
    hazard = firm.closing_hazard * (1.0 + p.incub_survival_effect * firm.incubated)
    if firm.city == 0 and not firm.above_scale:
        hazard *= 1.0 + p.exit_reform_effect * reform_share(region.policy, region.neutral)
    closing = math.floor(hazard * firm.weight + region.draw("closing", firm.firm_id))
    closing = min(closing, firm.weight)
    if closing > 0:
        posted.firms["closures", firm.city, firm.class_before] += closing
        posted.patents["closures", firm.city] += firm.patents * closing / firm.weight
        shrink(region, firm, closing)
