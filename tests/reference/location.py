"""Where a talent goes: what each place offers more than in 2020, and the best of that plus keyed luck."""

from __future__ import annotations

import math
from typing import TYPE_CHECKING

from tests.reference import luck
from tests.reference.agents import GRADUATE, LEADING, SENIOR, TIERS
from tests.reference.labour_2020 import home_premium

if TYPE_CHECKING:
    from tests.reference.region import Region

SUBSIDY_HORIZON_YEARS = 5.0


def utility(region: Region, origin: int, place: int, tier: int) -> float:
    """Change of utility since 2020 of a place for those who come from another, or stay."""
    p = region.p
    offers = p.loc_wage_elast_college * region.log_wage[place][tier]
    offers += p.loc_rent_elast_college * region.log_rent[place]
    offers += p.gravity_dist_elast_talent * region.log_travel[origin][place]
    total = p.location_inertia * offers
    if place == 0:
        total += _amenity(region)
        if origin != 0:
            total += settlement(region, 0, tier, region.policy.graduate_settlement, region.policy.senior_settlement)
            total += _campaigns(region, origin, tier)
    if (origin == 0 and 0 < place < region.n_cities) or (place == 0 and 0 < origin < region.n_cities):
        total += p.hr_integration_effect * (region.policy.hr_market_index - region.neutral.hr_market_index)
    if 0 < place < region.n_cities and origin != place:
        total += _answer(region, place, tier)
    return total


def _amenity(region: Region) -> float:
    """Joint hospitals and schools, for those who stay too."""
    p = region.p
    added = region.policy.joint_institutions - region.neutral.joint_institutions
    return p.location_inertia * p.loc_amenity_coef_college * p.amenity_per_institution * added


def settlement(region: Region, city: int, tier: int, graduate: float, senior: float) -> float:
    """Utility of a city's settlement money (yuan a head) above that of 2020."""
    p, neutral = region.p, region.neutral
    if tier == GRADUATE:
        return p.talent_policy_inflow_effect * (graduate / neutral.graduate_settlement - 1.0)
    if tier in {LEADING, SENIOR}:
        years = SUBSIDY_HORIZON_YEARS * float(region.base.wage[city, tier])
        return 0.5 * p.talent_subsidy_elast_top * (senior - neutral.senior_settlement) / years
    return 0.0


def _campaigns(region: Region, origin: int, tier: int) -> float:
    """Recruiting campaigns reach graduates in Shanghai."""
    now, then = region.policy.campus_campaigns, region.neutral.campus_campaigns
    if now == then or tier != GRADUATE or region.base.places[origin] != "shanghai":
        return 0.0
    return region.p.campaign_reach_elast * math.log(max(now, 1e-3) / then)


def _answer(region: Region, city: int, tier: int) -> float:
    """Settlement money with which a rival answers what the district added; it never cuts its own."""
    policy, neutral = region.policy, region.neutral
    answered = next(rival.answered for rival in region.rivals if rival.city == city)
    graduate = senior = 0.0
    if policy.graduate_settlement > neutral.graduate_settlement:
        graduate = answered * (policy.graduate_settlement - neutral.graduate_settlement)
    if policy.senior_settlement > neutral.senior_settlement:
        senior = answered * (policy.senior_settlement - neutral.senior_settlement)
    graduate, senior = neutral.graduate_settlement + graduate, neutral.senior_settlement + senior
    return settlement(region, city, tier, graduate, senior)


def all_utilities(region: Region) -> list[list[list[float]]]:
    """`utility` by origin, place and tier, worked out once a quarter."""
    places = range(region.n_places)
    return [[[utility(region, origin, place, tier) for tier in TIERS] for place in places] for origin in places]


def resident_odds(region: Region, city: int, home: int, tier: int) -> list[float]:
    """Odds of each place for a talent at work or idle in a city."""
    odds = []
    for place in range(region.n_places):
        score = region.constants[city][place] + region.utilities[city][place][tier]
        if place == home:
            score += home_premium(region)
        odds.append(math.exp(score))
    return odds


def graduate_odds(region: Region, university: int) -> list[float]:
    """Odds of each place for a graduate; the universities of row 0 are those of all Ningbo, so the district woos."""
    origin = university
    if university == 0:
        origin = region.n_cities
    odds = []
    for place in range(region.n_places):
        score = region.graduate_constants[university][place] + region.utilities[origin][place][GRADUATE]
        if place == university:
            score += home_premium(region)
        odds.append(math.exp(score))
    return odds


def best_place(place_keys: list[int], odds: list[float], talent_id: int) -> int:
    """The place of the best utility plus Gumbel luck: the smallest ``-log(U) / odds`` among places with odds."""
    best, chosen = math.inf, -1
    for place, share in enumerate(odds):
        if share > 0.0:
            value = -math.log(luck.unit(place_keys[place], talent_id)) / share
            if value < best:
                best, chosen = value, place
    return chosen
