"""7. Innovation and production: R&D of a lag ago becomes knowledge and patents; demand and luck move firms."""

from __future__ import annotations

import math
from collections import defaultdict
from typing import TYPE_CHECKING

from model.policy import Policy
from tests.reference import luck
from tests.reference.agents import Firm
from tests.reference.capital import BOOST_QUARTERS, screened
from tests.reference.decomposition import mark
from tests.reference.limits import at_least, at_most
from tests.reference.plans import in_order, spread
from tests.reference.rates import median, quarterly
from tests.reference.research import earlier, rd_nonbusiness

if TYPE_CHECKING:
    from tests.reference.region import Region

FULL_STATIONS = 2658.0
MAX_SCALE = 0.5
MAX_RETURNED = 0.2


def knowledge_becomes_value_added(region: Region) -> None:
    """Take down R&D; age and add to knowledge; grant patents; grow demand; lift it by lever-made knowledge."""
    p, q, lag = region.p, region.quarter, round(4.0 * region.p.rd_gestation_lag)
    region.institute_rd_added = 0.0
    for opened, number in region.institutes.opened.items():
        grown = math.exp(p.institute_growth * (q - opened) / 4.0)
        region.institute_rd_added += number * p.institute_rd_per_year / 4.0 * grown
    helped = _helped_firms(region)
    for firm in region.firms:
        own = firm.rd * firm.rd_real_share - firm.displaced_rd + firm.enclave_rd + firm.voucher_rd
        own = at_least("real research", own, 0.0) * math.exp(helped[firm.firm_id])
        firm.research[q] = own + firm.bought_knowledge
        firm.reference_research[q] = firm.rd_reference * firm.value_added * firm.rd_reference_real_share
        kept = (1.0 - region.depreciation[firm.cluster]) ** 0.25
        firm.knowledge = firm.knowledge * kept + earlier(firm.research, q - lag)
        firm.knowledge_reference = firm.knowledge_reference * kept + earlier(firm.reference_research, q - lag)
    _patents(region)
    growth = _growth(region)
    for firm in region.firms:
        firm.demand *= math.exp(growth[firm.firm_id])
        firm.value_added = firm.demand
        if firm.knowledge > 0.0 and firm.knowledge_reference > 0.0:
            firm.value_added *= (firm.knowledge / firm.knowledge_reference) ** p.rd_to_productivity_elast
        if firm.boost_left > 0:
            firm.boost_left -= 1
    mark(region, "growth")


def _helped_firms(region: Region) -> defaultdict[int, float]:
    """Log gain in knowledge of firms that expert teams and pilot-test bases beyond those of 2020 serve, by id."""
    p, policy, neutral = region.p, region.policy, region.neutral
    helped: defaultdict[int, float] = defaultdict(float)
    grown = []
    for firm in region.firms:
        if firm.city == 0 and firm.rd_intensity > 0.0:
            if firm.above_scale:
                grown.append(firm)
            elif firm.certified:
                grown.append(firm)
    pilots = p.pilot_firms_per_base * (policy.pilot_bases - neutral.pilot_bases)
    experts = policy.expert_teams - neutral.expert_teams
    for stream, places, effect in (
        ("expert team", experts, p.expert_team_effect),
        ("pilot base", pilots, p.pilot_effect),
    ):
        if places != 0.0:
            for firm, gain in spread(in_order(region, stream, grown), places, effect):
                helped[firm.firm_id] += gain
    return helped


def _patents(region: Region) -> None:
    """Patents are granted for R&D of a grant lag ago and lapse; those of public bodies follow R&D outside firms."""
    p, q, posted = region.p, region.quarter, region.books.patents
    lag, lapse = round(4.0 * p.patent_grant_lag), quarterly(p.patent_lapse_rate)
    per_yuan = p.patents_per_rd * 1e-6
    if lag > q:
        # R&D of before 2021 is told at the pace of 2020.
        pace = region.outside.gdp_growth_2020 + region.base.rd_intensity_trend / 4.0
        per_yuan *= math.exp(-pace * (lag - q))
    for firm in region.firms:
        granted, lapsed = earlier(firm.research, q - lag) * per_yuan, firm.patents * lapse
        firm.patents += granted - lapsed
        posted["grants", firm.city] += granted
        posted["lapses", firm.city] += lapsed
    region.public_research[q] = rd_nonbusiness(region) + region.institute_rd_added
    granted, lapsed = earlier(region.public_research, q - lag) * per_yuan, region.public_patents * lapse
    region.public_patents += granted - lapsed
    posted["grants", 0] += granted
    posted["lapses", 0] += lapsed


def boost_per_quarter(region: Region) -> float:
    """Log growth a quarter of a venture-backed firm."""
    p = region.p
    return (p.vc_productivity_effect + BOOST_QUARTERS / 4.0 * p.vc_growth_effect) / BOOST_QUARTERS


def _growth(region: Region) -> dict[int, float]:
    """Log growth of each firm's demand: what its group shares, mean reversion, luck, venture money, incubation."""
    firms, common = region.firms, _of_groups(region)
    typical = median(_size(firm) for firm in firms)
    pull, total = _pull_of_groups(region)
    region.rd_expected_reversion = defaultdict(float)
    reform = _reform(region)
    incubated = _incubate(region)
    of_growth, growth = region.key("growth"), {}
    for firm in firms:
        own = region.p.gibrat_slope / 4.0 * math.log(_size(firm))
        back = own - pull[firm.group] / total[firm.group]
        region.rd_expected_reversion[firm.group] += firm.rd * back
        scale = _shock_scale(region, firm, typical)
        shock = luck.laplace(of_growth, firm.firm_id, scale) + math.log1p(-(scale**2))
        rise = common[firm.group] + shock + back
        if firm.city == 0:
            rise += reform
        if firm.boost_left > 0:
            rise += boost_per_quarter(region)
        if firm.incubated != 0.0:
            rise += incubated
        growth[firm.firm_id] = rise
    return growth


def _size(firm: Firm) -> float:
    """Demand of one firm of an agent, at least a yuan."""
    return max(firm.demand / firm.weight, 1.0)


def _shock_scale(region: Region, firm: Firm, typical: float) -> float:
    """Laplace scale of luck: falls with size, and by the root of the firms whose mean an agent is."""
    relative = _size(firm) / max(typical, 1.0)
    scale = 0.5 * region.p.growth_scale_a * relative**-region.p.growth_size_sd_exponent
    return at_most("luck", scale, MAX_SCALE) / math.sqrt(firm.weight)


def _pull_of_groups(region: Region) -> tuple[defaultdict[tuple[int, int], float], defaultdict[tuple[int, int], float]]:
    """Sum of mean reversion weighted by demand, and demand, by group."""
    pull: defaultdict[tuple[int, int], float] = defaultdict(float)
    total: defaultdict[tuple[int, int], float] = defaultdict(float)
    for firm in region.firms:
        pull[firm.group] += firm.demand * region.p.gibrat_slope / 4.0 * math.log(_size(firm))
        total[firm.group] += firm.demand
    return pull, total


def reform_share(policy: Policy, neutral: Policy) -> float:
    """Share of the way from the business environment of 2020 to a full one."""
    return (policy.business_environment - neutral.business_environment) / (1.0 - neutral.business_environment)


def _reform(region: Region) -> float:
    """Log growth of the district's firms from digital infrastructure and lighter approvals, as they come."""
    p, policy, neutral = region.p, region.policy, region.neutral
    stations = at_most("base stations", policy.base_stations, FULL_STATIONS) - neutral.base_stations
    level = p.digital_effect * stations / FULL_STATIONS + p.approval_reform_growth * reform_share(policy, neutral)
    before, region.reform_level = region.reform_level, level
    return level - before


def _incubate(region: Region) -> float:
    """Mark young firms in carriers beyond those of 2020; returns their log growth, a loss where tenants are fewer."""
    tenants = region.carriers["incubation"].tenants - region.carriers_2020["incubation"].tenants
    sign = 1.0
    if tenants < 0.0:
        sign = -1.0
    young = []
    for firm in region.firms:
        firm.incubated = 0.0
        if firm.city == 0 and screened(firm):
            young.append(firm)
    effect = sign * region.p.incub_growth_effect / 4.0
    if tenants == 0.0:
        return 0.0
    for firm in young:
        if region.draw("incubated", firm.firm_id, lasting=True) < abs(tenants) / len(young):
            firm.incubated = sign
    return effect


def _of_groups(region: Region) -> dict[tuple[int, int], float]:
    """Log growth that the firms of a site and kind share: demand from outside, and what closings leave to others."""
    base = region.base
    total: defaultdict[tuple[int, int], float] = defaultdict(float)
    spent = total.copy()
    for firm in region.firms:
        total[firm.group] += firm.demand
        if firm.weight == 1:
            spent[firm.group] += firm.demand * firm.boost_expected * boost_per_quarter(region) * BOOST_QUARTERS
    common = {}
    for site, kind in total:
        other, catalogue = total.get((site, 1), 0.0), total.get((site, 2), 0.0)
        growth = region.growth[region.site_city[site]]
        if kind == 1:
            growth -= base.hightech_growth_gap / 4.0 * catalogue / (catalogue + other)
        elif kind == 2:
            growth += base.hightech_growth_gap / 4.0 * (1.0 - catalogue / (catalogue + other))
        lost = region.value_expected_lost[site, kind] - spent[site, kind]
        returned = at_most("returned", lost / total[site, kind], MAX_RETURNED)
        returned = at_least("taken", returned, -MAX_RETURNED)
        common[site, kind] = growth + math.log1p(returned)
    return common
