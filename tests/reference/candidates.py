"""People who could come: each is a slot with an id of cause, quarter, parent and position."""

from __future__ import annotations

import math
from dataclasses import dataclass
from typing import TYPE_CHECKING

from model.policy import Policy
from tests.reference import luck
from tests.reference.agents import GRADUATE, LEADING, SENIOR, TIERS
from tests.reference.limits import at_least, at_most

if TYPE_CHECKING:
    from tests.reference.region import Region

RESIDENT, NEWCOMER, FRESH_GRADUATE, POSTDOC, TEAM_MEMBER = range(5)
GRADUATION_AGE = 92
INVITED_ROOM = 8.0


@dataclass
class Candidate:
    """Somebody who is not yet a talent of a city."""

    talent_id: int
    origin: int
    tier: int
    born: int
    weight: int
    kind: int
    place: int = -1


def persons_an_agent(region: Region, tier: int) -> int:
    """Leading and senior talents are always one to one."""
    if tier in {LEADING, SENIOR}:
        return 1
    return int(region.base.scale)


def slots_used(
    region: Region, cause: str, cell: int, expected: float, change: float = 1.0, room: float = 2.0
) -> list[int]:
    """Ids of those slots of a flow of ``expected`` agents a quarter (2020) in which somebody comes."""
    if expected <= 0.0:
        return []
    n = math.ceil(room * expected) + 1
    born, chance = luck.key(0, f"born:{cause}", region.quarter), expected / n * change
    slots = [luck.child(born, cell, position) for position in range(n)]
    return [slot for slot in slots if region.draw(cause, slot) < chance]


def qualified(region: Region) -> list[Candidate]:
    """Residents with a new qualification or title, 25 to 45 years old."""
    found = []
    for city in range(region.n_cities):
        for tier in TIERS:
            weight = persons_an_agent(region, tier)
            expected = float(region.base.qualified[city, tier]) / 4.0 / weight
            for slot in slots_used(region, "qualified", city * len(TIERS) + tier, expected):
                age = 100 + 80 * luck.unit(luck.key(region.luck_seed, "qualified age"), slot)
                found.append(Candidate(slot, city, tier, int(region.quarter - age), weight, RESIDENT))
    return found


def newcomers(region: Region) -> list[Candidate]:
    """People from the boundaries, by the pull of each city on those elsewhere."""
    found, base = [], region.base
    for city in range(region.n_cities):
        for tier in TIERS:
            weight = persons_an_agent(region, tier)
            flow, change = _arrivals(region, city, tier)
            expected = flow / 4.0 / weight / region.job_finding
            for slot in slots_used(region, "newcomer", city * len(TIERS) + tier, expected, change):
                origin = region.elsewhere
                near = luck.unit(luck.key(region.luck_seed, "newcomer origin"), slot)
                if city == 0 and near < base.arrivals_rest_share:
                    origin = region.n_cities
                born = int(region.quarter - _newcomer_age(region, slot))
                if tier == GRADUATE:
                    born = region.quarter - GRADUATION_AGE
                found.append(Candidate(slot, origin, tier, born, weight, NEWCOMER, city))
    return found


def _newcomer_age(region: Region, slot: int) -> float:
    """22 to 40 years, most of them young; in quarters."""
    return 88 + 72 * luck.unit(luck.key(region.luck_seed, "newcomer age"), slot) ** 2


def _arrivals(region: Region, city: int, tier: int) -> tuple[float, float]:
    """Arrivals a year in 2020 less those who are invited, and the factor of change since."""
    base, away = region.base, region.elsewhere
    flow = float(base.arrivals_elsewhere[city, tier])
    pull = region.utilities[away][city][tier] - region.utilities[away][away][tier]
    change = math.exp(pull)
    if city == 0 and tier == SENIOR:
        flow = _seniors_less_invited(region)
    if city == 0 and tier in {LEADING, SENIOR}:
        # Rewards beyond those of 2020 bring leading and senior talents in the proportion in which they come.
        referred = region.p.referral_additional_share * (region.policy.referrals - region.neutral.referrals)
        upper = float(base.arrivals_elsewhere[0, LEADING]) + _seniors_less_invited(region)
        change = at_least("referrals", change + referred / max(upper, 1.0), 0.0)
    return flow, change


def _seniors_less_invited(region: Region) -> float:
    """Senior arrivals of 2020 that are neither post-docs nor members of founder teams."""
    seniors = float(region.base.arrivals_elsewhere[0, SENIOR])
    postdocs, members = invitations(region, region.neutral, 0.0)
    return seniors - at_most("seniors invited", postdocs + members, 0.75 * seniors)


def invitations(region: Region, policy: Policy, hosted_a_year: float) -> tuple[float, float]:
    """Post-docs and members of founder teams a year under a policy."""
    p, funded = region.p, region.neutral.talent_teams
    teams = funded + p.project_additional_share * (policy.talent_teams - funded + hosted_a_year)
    return policy.new_postdocs, at_least("teams invited", teams, 0.0) * p.team_phd_msc_heads


def invited(region: Region) -> list[Candidate]:
    """Post-docs and members of founder teams who look for a senior job in the district."""
    found = []
    hosted = 4.0 * region.carriers["hosted teams"].admitted()
    now, then = invitations(region, region.policy, hosted), invitations(region, region.neutral, 0.0)
    for kind, cause, flow, in_2020 in (
        (POSTDOC, "post-doc", now[0], then[0]),
        (TEAM_MEMBER, "team member", now[1], then[1]),
    ):
        expected = in_2020 / 4.0 / region.job_finding
        for slot in slots_used(region, cause, 0, expected, flow / in_2020, INVITED_ROOM):
            born = int(region.quarter - _newcomer_age(region, slot))
            found.append(Candidate(slot, region.elsewhere, SENIOR, born, 1, kind, 0))
    return found


def graduates(region: Region) -> list[Candidate]:
    """Graduates of each city's universities; the fraction of an agent comes in some quarters and not in others."""
    found, scale, q = [], region.base.scale, region.quarter
    born = luck.key(0, "born:graduate", q)
    for city in range(region.n_cities):
        tried = region.base.graduates[city].tolist()
        for place in range(region.n_cities):
            tried[place] /= region.job_finding
        expected = sum(tried) / 4.0 / scale
        whole = int(expected)
        for position in range(whole + 1):
            slot = luck.child(born, city, position)
            if position == whole and region.draw("graduate fraction", slot) >= expected - whole:
                continue
            found.append(Candidate(slot, city, GRADUATE, q - GRADUATION_AGE, scale, FRESH_GRADUATE))
    return found
