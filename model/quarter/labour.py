"""6. Labour: some talents search, choose a city, match to vacancies and move."""

from __future__ import annotations

from dataclasses import dataclass
from typing import TYPE_CHECKING

import numpy as np

from model.base import GRADUATE, LEADING, SENIOR, UNEMPLOYED
from model.talent.arrivals import FRESH_GRADUATE, NEWCOMER, POSTDOC
from model.talent.events import LOSES_JOB, RISES, SEARCHES
from model.talent.location import choose_place, group_of
from model.talent.matching import hires, markets_sought, matched, persons_to, vacancies_by_market, vacancies_posted
from model.talent.table import GONE

if TYPE_CHECKING:
    from model.economy import Economy


MARKET_MEMORY = 0.25
"""Weight of this quarter among the seekers that the market answers to: about the year that vacancies stay advertised.

With this quarter alone the concave matching function would take the lumps of coarse agents for scarcity: at 1:1000 the
talent total of 2025 came out 1.6 % lower than at 1:30.
"""


@dataclass
class Seekers:
    """Everybody who competes for a job this quarter, residents first; arrays (n,) unless said otherwise."""

    row: np.ndarray
    """(n_residents,) rows of the table."""
    talent_id: np.ndarray
    place: np.ndarray
    tier: np.ndarray
    weight: np.ndarray
    origin: np.ndarray
    """(n - n_residents,) place from which those come who are not yet in the table."""
    born: np.ndarray
    """(n - n_residents,) quarter of birth of those not yet in the table."""
    kind: np.ndarray
    """(n - n_residents,) why they come: `model.talent.arrivals.NEWCOMER` and what follows it."""


def talents_search_and_are_hired(economy: Economy) -> None:
    """Job losses, location choice, one matching market per city and tier, hires and moves."""
    t = economy.talents
    t.employer[economy.events[LOSES_JOB]] = UNEMPLOYED
    seekers = _seekers(economy)
    n_searching = len(economy.events[SEARCHES])
    market, leavers, persons = markets_sought(seekers.place, seekers.tier, seekers.weight, economy.base.n_cities)
    emigrants = leavers[: np.searchsorted(leavers, n_searching)]
    _leave(economy, seekers.row[emigrants], seekers.place[emigrants])
    chance, cumulated = _markets(economy, persons)
    luck = economy.luck_key("matching"), economy.luck_key("employer")
    hired, employer = matched(luck, seekers.talent_id, market, chance, cumulated)
    n_residents = int(np.searchsorted(hired, n_searching))
    _hire_residents(economy, seekers, hired[:n_residents], employer[:n_residents])
    _admit(economy, seekers, hired[n_residents:], employer[n_residents:])


def _seekers(economy: Economy) -> Seekers:
    """Residents who search, newcomers with their city, graduates with the place they choose."""
    base, luck = economy.base, economy.luck_key("place")
    residents, coming = economy.searchers, economy.candidates
    resident, graduate = _odds(economy)
    group = group_of(residents.city, residents.home, residents.tier, len(base.places))
    place, first = coming.place.copy(), int(coming.kind.searchsorted(FRESH_GRADUATE))
    place[first:] = choose_place(graduate, place[first:].astype(np.int16), coming.talent_id[first:], luck)
    return Seekers(
        row=economy.events[SEARCHES],
        talent_id=np.concatenate([residents.talent_id, coming.talent_id]),
        place=np.concatenate([choose_place(resident, group, residents.talent_id, luck), place]),
        tier=np.concatenate([residents.tier, coming.tier]),
        weight=np.concatenate([residents.weight, coming.weight]),
        origin=coming.origin,
        born=coming.born,
        kind=coming.kind,
    )


def _odds(economy: Economy) -> tuple[np.ndarray, np.ndarray]:
    """Odds of places for residents by city, home and tier, and for graduates by the city of their university."""
    base, labour, u = economy.base, economy.labour, economy.place_utility
    premium, n = labour.home_premium, base.n_cities
    resident = labour.constants[:, None, None, :] + premium[None, :, None, :] + np.swapaxes(u[:n], 1, 2)[:, None, :, :]
    # University row 0 stands for Ningbo as a whole, so its graduates too are wooed by settlement money.
    wooed = np.arange(n)
    wooed[0] = n
    graduate = labour.graduate_constants + premium[:n] + u[wooed, :, GRADUATE]
    return np.exp(resident).reshape(-1, len(base.places)), np.exp(graduate)


def _leave(economy: Economy, rows: np.ndarray, places: np.ndarray) -> None:
    """Residents who go to a boundary leave the simulated cities, and their jobs."""
    t, books = economy.talents, economy.books
    economy.staff_unmoved -= t.staff_of(rows, len(economy.staff_unmoved))
    books.post_talents_of("departures", t, rows)
    books.post_flow("talents", t.city[rows], places, t.weight[rows])
    t.city[rows] = GONE


def _markets(economy: Economy, persons: np.ndarray) -> tuple[np.ndarray, np.ndarray]:
    """Chance of a job in each market (city, tier), and the cumulated shares of its vacancies by employer.

    ``persons``: (n_cities, n_tiers) who seek this quarter.
    """
    base, labour, t = economy.base, economy.labour, economy.talents
    # Whose job and tier stayed as they were works where the last accounts found them.
    others = np.concatenate([economy.events[RISES], np.arange(economy.first_new_talent, t.n)])
    staff = economy.staff_unmoved + t.staff_of(others, len(labour.staff))
    posted = vacancies_posted(labour.friction, labour.staff, economy.staff_wanted, staff)
    vacancies, cumulated = vacancies_by_market(posted, labour.employer_city, base.n_cities)
    looking = economy.seekers + MARKET_MEMORY * (persons - economy.seekers)
    filled = hires(vacancies, looking, economy.p.match_efficiency_china, economy.p.match_elast_vacancy)
    chance = np.divide(filled, looking, out=np.ones_like(filled), where=looking > 0.0)
    economy.tightness = np.divide(vacancies, looking, out=labour.tightness.copy(), where=looking > 0.0)
    economy.seekers = looking
    return chance.ravel(), cumulated


def _hire_residents(economy: Economy, seekers: Seekers, hired: np.ndarray, employer: np.ndarray) -> None:
    """Residents take the job, and move when it is in another city."""
    t, books = economy.talents, economy.books
    moves = t.take_jobs(seekers.row, hired, employer, seekers.place)
    movers, target = seekers.row[moves], seekers.place[moves]
    books.post_talents_of("moves_out", t, movers)
    books.post_flow("talents", t.city[movers], target, t.weight[movers])
    t.city[movers] = target
    t.arrived[movers] = economy.quarter
    books.post_talents_of("moves_in", t, movers)
    _count_settled(economy, movers[target == 0])


def _admit(economy: Economy, seekers: Seekers, pick: np.ndarray, employer: np.ndarray) -> None:
    """Newcomers and graduates who found work enter the table."""
    t, books = economy.talents, economy.books
    n_residents = len(seekers.row)
    place, tier, weight = (column.take(pick) for column in (seekers.place, seekers.tier, seekers.weight))
    arrival = pick - n_residents
    origin, born, kind = (column.take(arrival) for column in (seekers.origin, seekers.born, seekers.kind))
    added = t.append(
        talent_id=seekers.talent_id.take(pick),
        city=place,
        home=origin,
        tier=tier,
        born=born,
        employer=employer,
        weight=weight,
        arrived=np.full(len(pick), economy.quarter),
    )
    # Graduates come last.
    first_graduate = len(pick) - np.count_nonzero(kind == FRESH_GRADUATE)
    for account, some in (("arrivals", slice(first_graduate)), ("graduates", slice(first_graduate, None))):
        books.post_talents(account, place[some], tier[some], weight[some])
    books.post_flow("talents", origin, place, weight)
    here = place == 0
    _count_settled(economy, added.start + np.flatnonzero(here))
    events = books.events
    candidates = persons_to(seekers.place[n_residents:], seekers.weight[n_residents:], 0)
    events["candidates_unmatched"] += float(candidates - persons_to(place, weight, 0))
    events["postdocs_arrived"] += float(np.count_nonzero(kind == POSTDOC))
    upper = (tier <= SENIOR) & (kind == NEWCOMER) & here
    events["referrals_paid"] += min(economy.policy.referrals / 4.0, float(np.count_nonzero(upper)))


def _count_settled(economy: Economy, rows: np.ndarray) -> None:
    """Heads of newcomers to the focal district who draw settlement money."""
    t, events = economy.talents, economy.books.events
    persons = t.persons_by_tier(rows)
    events["seniors_settled"] += float(persons[LEADING] + persons[SENIOR])
    events["graduates_settled"] += float(persons[GRADUATE])
