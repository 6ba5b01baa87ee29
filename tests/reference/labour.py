"""6. Labour: some talents search, choose a city, match to vacancies and move."""

from __future__ import annotations

from dataclasses import dataclass
from typing import TYPE_CHECKING

from tests.reference import luck
from tests.reference.agents import GRADUATE, LEADING, NO_JOB, SENIOR, TIERS, Talent
from tests.reference.candidates import FRESH_GRADUATE, NEWCOMER, POSTDOC, Candidate
from tests.reference.labour_2020 import count_staff
from tests.reference.limits import at_least, at_most
from tests.reference.location import best_place, graduate_odds, resident_odds

if TYPE_CHECKING:
    from tests.reference.region import Region

MARKET_MEMORY = 0.25


@dataclass
class Market:
    """The jobs of one city and tier."""

    chance: float
    """Of a job for each who seeks."""
    cumulated: list[float]
    """Shares of vacancies, cumulated over employers."""


def talents_search_and_are_hired(region: Region) -> None:
    """Some lose their job; those who search choose a place; each city and tier is one market."""
    for talent in region.events.lose:
        talent.employer = NO_JOB
    staying = _residents_choose(region)
    _graduates_choose(region)
    coming = [person for person in (*region.newcomers, *region.graduates) if person.place < region.n_cities]
    markets = _open_markets(region, staying, coming)
    whether, where = region.key("matching"), region.key("employer")
    for talent, place in staying:
        market = markets[place, talent.tier]
        if luck.unit(whether, talent.talent_id) < market.chance:
            _hire(region, talent, place, luck.first_reaching(market.cumulated, luck.unit(where, talent.talent_id)))
    referred = 0
    for person in coming:
        market = markets[person.place, person.tier]
        if luck.unit(whether, person.talent_id) < market.chance:
            _admit(region, person, luck.first_reaching(market.cumulated, luck.unit(where, person.talent_id)))
            if person.place == 0 and person.kind == NEWCOMER and person.tier in {LEADING, SENIOR}:
                referred += 1
        elif person.place == 0:
            region.books.events["candidates_unmatched"] += person.weight
    region.books.events["referrals_paid"] += at_most("referrals paid", float(referred), region.policy.referrals / 4.0)


def _residents_choose(region: Region) -> list[tuple[Talent, int]]:
    """Each who searches chooses a place; those who choose a boundary leave, the others compete for its jobs."""
    keys, staying = _place_keys(region), []
    odds: dict[tuple[int, int, int], list[float]] = {}
    for talent in region.events.search:
        group = talent.city, talent.home, talent.tier
        if group not in odds:
            odds[group] = resident_odds(region, *group)
        place = best_place(keys, odds[group], talent.talent_id)
        if place < region.n_cities:
            staying.append((talent, place))
        else:
            region.books.talents["departures", talent.city, talent.tier] += talent.weight
            region.books.flows["talents"][talent.city, place] += talent.weight
            talent.remove()
    return staying


def _graduates_choose(region: Region) -> None:
    """Each graduate chooses a place; universities of row 0 are those of Ningbo, outside the district's talents."""
    keys = _place_keys(region)
    odds = [graduate_odds(region, university) for university in range(region.n_cities)]
    for person in region.graduates:
        person.place = best_place(keys, odds[person.origin], person.talent_id)
        if person.origin == 0:
            person.origin = region.n_cities


def _place_keys(region: Region) -> list[int]:
    """Luck is keyed by talent and destination."""
    of_place = region.key("place")
    return [luck.child(of_place, of_place, place) for place in range(region.n_places)]


def _open_markets(
    region: Region, staying: list[tuple[Talent, int]], coming: list[Candidate]
) -> dict[tuple[int, int], Market]:
    """Vacancies meet those who look for them, with a memory of the quarters before."""
    now = [[0 for _ in TIERS] for _ in range(region.n_cities)]
    for talent, place in staying:
        now[place][talent.tier] += talent.weight
    for person in coming:
        now[person.place][person.tier] += person.weight
    staff = count_staff(region)
    markets = {}
    for city in range(region.n_cities):
        for tier in TIERS:
            posted = [_vacancies(region, row, tier, staff[row][tier]) for row in _employers(region, city)]
            region.seekers[city][tier] += MARKET_MEMORY * (now[city][tier] - region.seekers[city][tier])
            markets[city, tier] = _market(region, city, tier, posted)
    return markets


def _employers(region: Region, city: int) -> list[int]:
    """Employers of a city."""
    return [row for row, where in enumerate(region.employer_city) if where == city]


def _vacancies(region: Region, row: int, tier: int, staff: int) -> float:
    """Friction of 2020 grown with the staff wanted, and the staff missing; none where there are too many."""
    opening, wanted = region.opening_staff[row][tier], region.staff_wanted[row][tier]
    growth = 1.0
    if opening > 0:
        growth = wanted / opening
    return at_least("vacancies", region.friction[row][tier] * growth + wanted - staff, 0.0)


def _market(region: Region, city: int, tier: int, posted: list[float]) -> Market:
    """Cobb-Douglas matches, never above either side; shares of employers in the vacancies."""
    p, vacancies, looking = region.p, sum(posted), region.seekers[city][tier]
    matches = p.match_efficiency_china * vacancies**p.match_elast_vacancy * looking ** (1.0 - p.match_elast_vacancy)
    region.tightness[city][tier] = vacancies / looking
    cumulated, so_far = [0.0] * len(region.employer_city), 0.0
    by_row = dict(zip(_employers(region, city), posted, strict=True))
    for row in range(len(cumulated)):
        so_far += by_row.get(row, 0.0)
        cumulated[row] = so_far / max(vacancies, 1e-12)
    filled = at_most("hires by seekers", at_most("hires by vacancies", matches, vacancies), looking)
    return Market(filled / looking, cumulated)


def _hire(region: Region, talent: Talent, place: int, employer: int) -> None:
    """A resident takes the job, and moves when it is in another city."""
    posted = region.books.talents
    talent.employer = employer
    if place == talent.city:
        return
    posted["moves_out", talent.city, talent.tier] += talent.weight
    posted["moves_in", place, talent.tier] += talent.weight
    region.books.flows["talents"][talent.city, place] += talent.weight
    talent.city, talent.arrived = place, region.quarter
    _settle(region, talent)


def _admit(region: Region, person: Candidate, employer: int) -> None:
    """A newcomer or graduate who found work becomes a talent of the city."""
    talent = Talent(
        region,
        person.talent_id,
        city=person.place,
        home=person.origin,
        tier=person.tier,
        born=person.born,
        employer=employer,
        weight=person.weight,
        arrived=region.quarter,
    )
    account = "arrivals"
    if person.kind == FRESH_GRADUATE:
        account = "graduates"
    region.books.talents[account, person.place, person.tier] += person.weight
    region.books.flows["talents"][person.origin, person.place] += person.weight
    if person.kind == POSTDOC:
        region.books.events["postdocs_arrived"] += 1
    _settle(region, talent)


def _settle(region: Region, talent: Talent) -> None:
    """Whoever came to the district may draw settlement money."""
    if talent.city != 0:
        return
    if talent.tier in {LEADING, SENIOR}:
        region.books.events["seniors_settled"] += talent.weight
    elif talent.tier == GRADUATE:
        region.books.events["graduates_settled"] += talent.weight
