"""Births of firms: entry, founder teams and firms in added park space; each resembles a small technology firm."""

from __future__ import annotations

import math
from bisect import bisect_left
from typing import TYPE_CHECKING

from tests.reference import luck
from tests.reference.agents import Firm
from tests.reference.capital import BOOST_QUARTERS
from tests.reference.ladder import added_space, space_filled
from tests.reference.limits import at_least
from tests.reference.production import reform_share
from tests.reference.rates import quarterly

if TYPE_CHECKING:
    from tests.reference.region import Region

BIRTH_ROOM, TEAM_ROOM, PARK_ROOM = 3.0, 4.0, 2.0


def templates_by_city(region: Region) -> list[list[Firm]]:
    """Small technology firms, whom the newborn resemble."""
    found: list[list[Firm]] = [[] for _ in range(region.n_cities)]
    for firm in region.firms:
        if firm.small_technology:
            found[firm.city].append(firm)
    return found


def expected_births(region: Region, city: int) -> float:
    """Births of agents a quarter under the policy of 2020."""
    firms = quarterly(region.p.entry_rate) * region.small_firms_2020[city]
    if city == 0:
        return firms
    return firms / region.base.scale


def slots_that_bear(
    region: Region, cause: str, parent: int, expected: float, room: float, scale: float = 1.0
) -> list[int]:
    """Ids of the firms born of a cause; ``expected`` fixes the slots, ``scale`` is what policy makes of it."""
    n = math.ceil(room * expected) + 1
    born, chance = luck.key(0, f"born:{cause}", region.quarter), scale * expected / n
    slots = [luck.child(born, parent, position) for position in range(n)]
    return [slot for slot in slots if region.draw(f"birth:{cause}", slot) < chance]


class Circle:
    """Candidates at places on a circle by luck; a draw falls on the first at or after it."""

    def __init__(self, region: Region, stream: str, firms: list[Firm]) -> None:
        """Place every candidate."""
        self.region, self.stream = region, stream
        placed = [(region.draw(f"{stream} position", firm.firm_id), firm.firm_id, firm) for firm in firms]
        placed.sort(key=lambda place: place[:2])
        self.positions, self.firms = [place[0] for place in placed], [place[2] for place in placed]

    def pick(self, drawer: int) -> Firm:
        """Whom the draw of an id falls on."""
        at = bisect_left(self.positions, self.region.draw(self.stream, drawer))
        if at == len(self.positions):
            at = 0
        return self.firms[at]


def bear(region: Region) -> None:
    """Entry at the rate of 2020 in every city, and what carriers, teams, parks and reform add at home."""
    templates = templates_by_city(region)
    researching = [firm for firm in templates[0] if firm.rd_intensity > 0.0]
    industrial = [firm for firm in templates[0] if firm.industry]
    for city in range(region.n_cities):
        if templates[city]:
            circle = Circle(region, "template", templates[city])
            expected = expected_births(region, city)
            for slot in slots_that_bear(region, "entry", city, expected, BIRTH_ROOM, _entry_scale(region, city)):
                _born(region, slot, circle.pick(slot), city)
    region.books.events["teams_founded"] += region.policy.talent_teams / 4.0
    if researching:
        circle = Circle(region, "template", researching)
        for slot in _teams(region):
            _fund_team(region, _born(region, slot, circle.pick(slot), 0))
    if industrial:
        circle = Circle(region, "template", industrial)
        for slot in _in_parks(region):
            firm = _born(region, slot, circle.pick(slot), 0)
            if region.base.clusters[firm.cluster].cluster_id == "electronic_information":
                region.books.events["park_firms_attracted"] += 1


def _entry_scale(region: Region, city: int) -> float:
    """Births over those of 2020: an easier start, settlement packages, carriers' tenants, spin-offs, fewer teams."""
    if city != 0:
        return 1.0
    if expected_births(region, 0) <= 0.0:
        return 1.0
    p, policy, neutral = region.p, region.policy, region.neutral
    packages = policy.senior_settlement / neutral.senior_settlement - 1.0
    factor = 1.0 + p.entry_reform_effect * reform_share(policy, neutral)
    factor *= math.exp(p.talent_policy_entry_effect * packages)
    admitted = region.carriers["incubation"].admitted() - region.carriers_2020["incubation"].admitted()
    extra = admitted * p.carrier_entry_share
    extra += (policy.institutes - neutral.institutes) * p.institute_spinoffs_per_year / 4.0
    if policy.talent_teams < neutral.talent_teams:
        extra += (policy.talent_teams - neutral.talent_teams) * p.project_additional_share / 4.0
    return at_least("births at home", factor + extra / expected_births(region, 0), 0.0)


def _teams(region: Region) -> list[int]:
    """Firms of founder teams beyond those of 2020, those only that would not have been founded otherwise."""
    funded = region.neutral.talent_teams
    expected = region.p.project_additional_share * funded / 4.0
    more = at_least("teams born", region.policy.talent_teams / funded - 1.0, 0.0)
    return slots_that_bear(region, "talent team", 0, expected, TEAM_ROOM, more)


def _in_parks(region: Region) -> list[int]:
    """Firms newborn in park space beyond the pace of 2020; a million square metres fix the slots."""
    newborn = region.p.cluster_net_entry_share
    a_million = space_filled(region, 1.0) * newborn
    share = 0.0
    if a_million > 0.0:
        share = space_filled(region, added_space(region)) * newborn / a_million
    return slots_that_bear(region, "park", 0, a_million, PARK_ROOM, share)


def _born(region: Region, slot: int, template: Firm, city: int) -> Firm:
    """A new agent of one firm at home, of as many as the scale elsewhere."""
    weight = 1
    if city != 0:
        weight = region.base.scale
    firm = resembling(region, slot, template, city, weight * region.p.entrant_size_share, weight)
    region.books.firms["births", city, firm.rung] += weight
    return firm


def resembling(region: Region, firm_id: int, template: Firm, city: int, firms: float, weight: int) -> Firm:
    """A newborn firm with the amounts of so many firms of a template: no certificate, no debt, not above scale."""
    site = template.site
    if template.city != city:
        site = region.site_city.index(city)
    firm = Firm(region, firm_id, city=city, site=site, cluster=template.cluster, weight=weight)
    ratio = firms / template.weight
    firm.born = region.quarter
    firm.demand, firm.value_added = template.demand * ratio, template.value_added * ratio
    firm.knowledge = template.knowledge * ratio
    firm.knowledge_reference = template.knowledge_reference * ratio
    firm.revenue_ratio, firm.tax_rate = template.revenue_ratio, 0.05
    firm.rd_intensity, firm.rd_intensity_opening = template.rd_intensity, template.rd_intensity_opening
    firm.rd_reference, firm.rd_real_share = template.rd_reference, template.rd_real_share
    firm.rd_reference_opening = template.rd_reference_opening
    firm.rd_reference_real_share = template.rd_reference_real_share
    firm.tech_sme, firm.constrained = template.tech_sme, template.constrained
    return firm


def _fund_team(region: Region, firm: Firm) -> None:
    """Private investors from elsewhere put money into a founder team's firm, which grows on it."""
    amount = region.p.team_private_capital
    firm.cash += amount
    firm.boost_left = BOOST_QUARTERS
    region.books.capital["private", 0] += amount
    region.books.pay(region.elsewhere, 0, amount)
