"""What is there at the end of 2020, before the first quarter."""

from __future__ import annotations

import math
from collections import defaultdict
from typing import TYPE_CHECKING

from tests.reference import demography, indicators, labour_2020, ladder, lending, plans, policy
from tests.reference.agents import Bank, Carrier, Enclave, Firm, Fund, Government, Institutes, Rival, Talent
from tests.reference.rates import fourth_quarter_share
from tests.reference.research import opening_research, rd_nonbusiness

if TYPE_CHECKING:
    from tests.reference.region import Region


def open_region(region: Region) -> None:
    """Make every agent and every opening account."""
    _open_firms(region)
    _open_talents(region)
    _open_production(region)
    _open_patents(region)
    _open_actors(region)
    labour_2020.open_labour(region)
    region.wage, region.rent = region.base.wage.tolist(), region.base.rent.tolist()
    region.travel = region.outside.travel_hours[0, 0].tolist()
    lending.open_lending(region)
    ladder.open_ladder(region)
    demography.open_demography(region)
    region.cost = [{} for _ in region.path.levers]
    region.ration_used = 1.0
    indicators.open_record(region)


def _open_firms(region: Region) -> None:
    """Firms at the pace of the fourth quarter of 2020."""
    table, growth = region.base.firms, region.outside.gdp_growth_2020
    share = fourth_quarter_share(growth)
    rd_share = fourth_quarter_share(growth + region.base.rd_intensity_trend / 4.0)
    for row in range(len(table.firm_id)):
        firm = Firm(
            region,
            int(table.firm_id[row]),
            city=int(table.city[row]),
            site=int(table.site[row]),
            cluster=int(table.cluster[row]),
            weight=int(table.weight[row]),
        )
        yearly, rd = float(table.value_added[row]), float(table.rd[row])
        firm.born = int(table.born[row])
        firm.demand = firm.value_added = yearly * share
        firm.revenue_ratio = float(table.revenue[row]) / yearly
        firm.large_in_2020 = firm.yearly_revenue > 1e9
        if rd > 0.0:
            firm.rd_intensity = rd * rd_share / firm.value_added
        firm.rd_intensity_opening = firm.rd_reference = firm.rd_reference_opening = firm.rd_intensity
        firm.tech_sme, firm.above_scale = bool(table.tech_sme[row]), bool(table.above_scale[row])
        firm.champion, firm.constrained = bool(table.champion[row]), bool(table.constrained[row])
        firm.certified_until = int(table.certified_until[row])
        if firm.certified_until >= 0:
            firm.tax_rate = region.p.hnte_cit_rate
        elif firm.above_scale:
            firm.tax_rate = 0.25
        else:
            firm.tax_rate = 0.05


def _open_talents(region: Region) -> None:
    """Talents of the base year."""
    table = region.base.talents
    for row in range(len(table.talent_id)):
        Talent(
            region,
            int(table.talent_id[row]),
            city=int(table.city[row]),
            home=int(table.home[row]),
            tier=int(table.tier[row]),
            born=int(table.born[row]),
            employer=int(table.employer[row]),
            weight=int(table.weight[row]),
            arrived=-1,
        )


def _open_production(region: Region) -> None:
    """Background sector, knowledge, and R&D outside firms."""
    base, growth = region.base, region.outside.gdp_growth_2020
    share = fourth_quarter_share(growth)
    held: defaultdict[int, float] = defaultdict(float)
    for site, value_added in zip(base.firms.site.tolist(), base.firms.value_added.tolist(), strict=True):
        held[site] += value_added
    region.background = [(gdp - held[site]) * share for site, gdp in enumerate(base.gdp.tolist())]
    region.output_opening = plans.output_by_employer(region)
    yearly = 4.0 * growth + base.rd_intensity_trend
    region.depreciation = [getattr(region.p, cluster.knowledge_depreciation) for cluster in base.clusters]
    for firm in region.firms:
        fades = math.exp(yearly / 4.0) - (1.0 - region.depreciation[firm.cluster]) ** 0.25
        firm.knowledge = firm.knowledge_reference = firm.rd / fades
        opening_research(firm)
    pace = fourth_quarter_share(growth + base.rd_intensity_trend / 4.0)
    region.nonbusiness_rd = [yuan * pace for yuan in base.nonbusiness_rd.tolist()]
    region.institute_rd_added = 0.0
    region.rd_expected_reversion = defaultdict(float)
    region.growth = [0.0] * region.n_cities
    region.growth_index = [1.0] * region.n_cities


def _open_patents(region: Region) -> None:
    """Patents of firms in proportion to their knowledge; those of universities and public bodies."""
    base, outside_firms = region.base, region.base.patents_outside_firms_share
    held = [patents * (1.0 - outside_firms) for patents in base.patents.tolist()]
    knowledge = [0.0] * len(base.sites)
    for firm in region.firms:
        knowledge[firm.site] += firm.knowledge
    known = [site for site in range(len(held)) if held[site] > 0.0 and knowledge[site] > 0.0]
    mean = sum(held[site] for site in known) / sum(knowledge[site] for site in known)
    for firm in region.firms:
        if firm.site in known:
            firm.patents = held[firm.site] / knowledge[firm.site] * firm.knowledge
        else:
            firm.patents = mean * firm.knowledge
    region.public_patents = outside_firms * sum(
        patents for site, patents in enumerate(base.patents.tolist()) if region.site_city[site] == 0
    )
    region.public_research = {0: rd_nonbusiness(region)}


def _open_actors(region: Region) -> None:
    """Government, funds, banks, enclave, carriers, rivals."""
    base = region.base
    region.government = Government(region, base.budget_revenue * base.policy_budget_share)
    for city in range(region.n_cities):
        Fund(region, city, float(base.fund_capital[city]))
        Bank(region, city)
    region.government.reached = [float(intensity) for intensity in region.path.intensity[:, 0]]
    region.enclave, region.institutes = Enclave(region), Institutes(region)
    region.carriers = _open_carriers(region)
    region.carriers_2020 = _open_carriers(region)
    for city in range(1, region.n_cities):
        Rival(region, city)
    region.head_offices = region.reform_level = 0.0
    region.unit_costs = policy.draw_unit_costs(region)


def _open_carriers(region: Region) -> dict[str, Carrier]:
    """The carriers of 2020, full; hosted teams stay three years."""
    carriers = {}
    for name, places in policy.carrier_places(region.neutral, region.p).items():
        turnover = region.p.carrier_turnover
        if name == "hosted teams":
            turnover = 1.0 / 3.0
        carriers[name] = Carrier(region, places, turnover)
    return carriers
