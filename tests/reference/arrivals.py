"""3. Arrivals: what befalls each talent, who rises, who qualifies, and who would come if there is work."""

from __future__ import annotations

from dataclasses import dataclass, field
from typing import TYPE_CHECKING

from tests.reference import luck
from tests.reference.agents import GRADUATE, LEADING, NO_JOB, PROFESSIONAL, SENIOR, TIERS, Talent
from tests.reference.candidates import graduates, invited, newcomers, qualified
from tests.reference.labour_2020 import LATE_CAREER_QUARTERS
from tests.reference.limits import at_most
from tests.reference.location import all_utilities
from tests.reference.rates import quarterly

if TYPE_CHECKING:
    from tests.reference.region import Region

TOLERATED_SURPLUS = 0.02
NEXT_TIER = {GRADUATE: PROFESSIONAL, SENIOR: LEADING}


@dataclass
class Events:
    """Whom what befell this quarter."""

    retire: list[Talent] = field(default_factory=list)
    search: list[Talent] = field(default_factory=list)
    lose: list[Talent] = field(default_factory=list)
    rise: list[Talent] = field(default_factory=list)


def talents_arrive_and_retire(region: Region) -> None:
    """Draw events; retire, promote, qualify; list newcomers and graduates."""
    region.utilities = all_utilities(region)
    region.events = _draw_events(region)
    for talent in region.events.retire:
        region.books.talents["retirements", talent.city, talent.tier] += talent.weight
        talent.remove()
    for talent in region.events.rise:
        _rise(region, talent)
    for candidate in qualified(region):
        _qualify(region, candidate.talent_id, candidate.origin, candidate.tier, candidate.born, candidate.weight)
    region.newcomers = [*newcomers(region), *invited(region)]
    region.graduates = graduates(region)


def _draw_events(region: Region) -> Events:
    """One look at every talent, by two draws of two halves each."""
    events = Events()
    of_search, of_rise = region.key("search and job loss"), region.key("retirement and rise")
    search = [luck.threshold(hazard) for hazard in region.search]
    retirement = [luck.threshold(hazard) for hazard in region.retirement]
    loss, rise = _loss_thresholds(region), [luck.threshold(hazard) for hazard in _rise_hazards(region)]
    late = region.quarter - LATE_CAREER_QUARTERS
    for talent in region.talents:
        retires, rises = luck.two_draws(of_rise, talent.talent_id)
        if talent.born <= late and retires < retirement[talent.city]:
            events.retire.append(talent)
            continue
        searches, loses = luck.two_draws(of_search, talent.talent_id)
        if talent.employer == NO_JOB or searches < search[talent.city]:
            events.search.append(talent)
        elif loses < loss[talent.employer][talent.tier]:
            events.lose.append(talent)
        elif rises < rise[talent.tier]:
            events.rise.append(talent)
    return events


def _loss_thresholds(region: Region) -> list[list[int]]:
    """Job loss by employer and tier: that of 2020, and the surplus of the site's employers together."""
    by_site = []
    for site in range(len(region.site_city)):
        rows = range(site * region.k, (site + 1) * region.k)
        hazards = []
        for tier in TIERS:
            wanted = sum(region.staff_wanted[row][tier] for row in rows)
            staff = sum(region.staff[row][tier] for row in rows)
            surplus = staff - (1.0 + TOLERATED_SURPLUS) * wanted
            if surplus > 0.0:
                hazards.append(surplus / staff)
            else:
                hazards.append(0.0)
        by_site.append(hazards)
    thresholds = []
    for employer, city in enumerate(region.employer_city):
        hazards = [region.job_loss[city] + surplus for surplus in by_site[employer // region.k]]
        thresholds.append([luck.threshold(at_most("job loss", hazard, 1.0)) for hazard in hazards])
    return thresholds


def _rise_hazards(region: Region) -> list[float]:
    """Graduates rise at the declared rate; upper tiers at the rate that keeps the shares of tiers."""
    staff = [sum(row[tier] for row in region.staff) for tier in TIERS]
    hazards = [0.0 for _ in TIERS]
    hazards[GRADUATE] = quarterly(region.p.upgrade_rate)
    hazards[PROFESSIONAL] = hazards[GRADUATE] * staff[SENIOR] / max(staff[PROFESSIONAL], 1.0)
    hazards[SENIOR] = hazards[GRADUATE] * staff[LEADING] / max(staff[SENIOR], 1.0)
    return hazards


def _rise(region: Region, talent: Talent) -> None:
    """Up one tier; an agent who becomes senior becomes as many agents as it stood for, in the same job."""
    posted = region.books.talents
    posted["upgraded_out", talent.city, talent.tier] += talent.weight
    if talent.tier == PROFESSIONAL:
        of_seniors = region.key("senior", lasting=True)
        for slot in range(talent.weight):
            Talent(
                region,
                luck.child(of_seniors, talent.talent_id, slot),
                city=talent.city,
                home=talent.home,
                tier=SENIOR,
                born=talent.born,
                employer=talent.employer,
                weight=1,
                arrived=talent.arrived,
            )
        posted["upgraded_in", talent.city, SENIOR] += talent.weight
        talent.remove()
        return
    talent.tier = NEXT_TIER[talent.tier]
    posted["upgraded_in", talent.city, talent.tier] += talent.weight


def _qualify(region: Region, talent_id: int, city: int, tier: int, born: int, weight: int) -> None:
    """A resident becomes a talent at an employer of the city, drawn by staff of 2020."""
    u = region.draw("qualified employer", talent_id)
    employer = luck.first_reaching(region.employer_shares[city], u)
    Talent(
        region,
        talent_id,
        city=city,
        home=city,
        tier=tier,
        born=born,
        employer=employer,
        weight=weight,
        arrived=region.quarter,
    )
    region.books.talents["qualified", city, tier] += weight
