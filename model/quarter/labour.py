"""6. Labour: some talents search, choose a city, match to vacancies and move."""

from __future__ import annotations

from typing import TYPE_CHECKING

import numpy as np

from model.base import GRADUATE, LEADING, SENIOR, UNEMPLOYED
from model.talent.candidates import Candidates
from model.talent.choice import choose_place, group_of
from model.talent.events import LOSES_JOB, RISES, SEARCHES
from model.talent.location import odds
from model.talent.matching import chances, hires, markets_sought, matched, vacancies_by_market, vacancies_posted
from model.talent.table import GONE

if TYPE_CHECKING:
    from model.economy import Economy


MARKET_MEMORY = 0.25
"""Weight of this quarter among the seekers that the market answers to: about the year that vacancies stay advertised.

With this quarter alone the concave matching function would take the lumps of coarse agents for scarcity: at 1:1000 the
talent total of 2025 came out 1.6 % lower than at 1:30.
"""


def talents_search_and_are_hired(economy: Economy) -> None:
    """Job losses, location choice, one matching market per city and tier, hires and moves."""
    base, residents = economy.base, economy.searchers
    economy.talents.employer[economy.events[LOSES_JOB]] = UNEMPLOYED
    place, coming = _places_chosen(economy)
    sought, persons = markets_sought(place, residents.tier, residents.weight, len(base.places))
    wanted, persons_coming = markets_sought(coming.place, coming.tier, coming.weight, len(base.places))
    staff = _leave(economy, place)
    chance, cumulated = _markets(economy, (persons + persons_coming)[: base.n_cities], staff)
    luck = economy.luck_key("matching"), economy.luck_key("employer")
    _hire_residents(economy, place, *matched(luck, residents.talent_id, sought, chance, cumulated))
    hired, employer = matched(luck, coming.talent_id, wanted, chance, cumulated)
    _admit(economy, coming.of(hired), employer, sum(persons_coming[0].tolist()))


def _places_chosen(economy: Economy) -> tuple[np.ndarray, Candidates]:
    """(n_residents,) place that each resident who searches chooses; and who comes from outside, graduates with theirs.

    Newcomers have chosen already.
    """
    labour, luck, coming = economy.labour, economy.luck_key("place"), economy.candidates
    of_residents, of_graduates = odds(labour.constants, labour.graduate_constants, economy.place_utility)
    residents, place = economy.searchers, coming.place.copy()
    graduates = slice(coming.first_graduate, None)
    university = place[graduates].astype(np.int16)
    place[graduates] = choose_place(of_graduates, university, coming.talent_id[graduates], luck)
    group = group_of(residents.city, residents.home, residents.tier, len(economy.base.places))
    return choose_place(of_residents, group, residents.talent_id, luck), coming._replace(place=place)


def _leave(economy: Economy, place: np.ndarray) -> np.ndarray:
    """Residents who go to a boundary leave the simulated cities, and their jobs; the staff left is returned.

    ``place`` that each of those who search has chosen.
    """
    t, books, events = economy.talents, economy.books, economy.events
    leavers = (place >= economy.base.n_cities).nonzero()[0]
    rows, residents = events[SEARCHES][leavers], economy.searchers
    # Whose job and tier stayed as they were works where the last accounts found them.
    staff = t.staff_since(economy.staff, economy.changes_at_work, rows, events[RISES], economy.first_new_talent)
    books.post_talents_of("departures", t, rows)
    books.post_flow("talents", residents.city[leavers], place[leavers], residents.weight[leavers])
    t.city[rows] = GONE
    return staff


def _markets(economy: Economy, persons: np.ndarray, staff: np.ndarray) -> tuple[np.ndarray, np.ndarray]:
    """Chance of a job in each market (place, tier), and the cumulated shares of its vacancies by employer.

    ``persons``: (n_cities, n_tiers) who seek this quarter; ``staff``: (n_employers, n_tiers) now.
    """
    base, labour, p = economy.base, economy.labour, economy.p
    posted = vacancies_posted(labour.friction, labour.staff, economy.staff_wanted, staff)
    vacancies, cumulated = vacancies_by_market(posted, labour.employer_city, base.n_cities)
    economy.seekers = looking = economy.seekers + MARKET_MEMORY * (persons - economy.seekers)
    filled = hires(vacancies, looking, p.match_efficiency_china, p.match_elast_vacancy)
    chance, economy.tightness = chances(vacancies, looking, filled, labour.tightness, len(base.places))
    return chance, cumulated


def _hire_residents(economy: Economy, place: np.ndarray, hired: np.ndarray, employer: np.ndarray) -> None:
    """Residents take the job, and move when it is in another city."""
    t, books, rows = economy.talents, economy.books, economy.events[SEARCHES]
    moves = t.take_jobs(rows, hired, employer, place)
    movers, target = rows[moves], place[moves]
    books.post_talents_of("moves_out", t, movers)
    books.post_flow("talents", t.city[movers], target, t.weight[movers])
    t.city[movers] = target
    t.arrived[movers] = economy.quarter
    books.post_talents_of("moves_in", t, movers)
    _count_settled(economy, t.persons_by_tier(movers[target == 0]).tolist())


def _admit(economy: Economy, new: Candidates, employer: np.ndarray, n_tried: float) -> None:
    """Newcomers and graduates who found work enter the table; ``n_tried`` persons looked for it in the district."""
    books, events = economy.books, economy.books.events
    economy.talents.admit(new, employer, economy.quarter)
    first = new.first_graduate
    for account, some in (("arrivals", slice(first)), ("graduates", slice(first, None))):
        books.post_talents(account, new.place[some], new.tier[some], new.weight[some])
    books.post_flow("talents", new.origin, new.place, new.weight)
    settled, n_referred, n_postdocs = new.settled()
    _count_settled(economy, settled)
    events["candidates_unmatched"] += n_tried - sum(settled)
    events["postdocs_arrived"] += float(n_postdocs)
    events["referrals_paid"] += min(economy.policy.referrals / 4.0, float(n_referred))


def _count_settled(economy: Economy, persons: list[int]) -> None:
    """Heads by tier of newcomers to the focal district, of whom some draw settlement money."""
    events = economy.books.events
    events["seniors_settled"] += float(persons[LEADING] + persons[SENIOR])
    events["graduates_settled"] += float(persons[GRADUATE])
