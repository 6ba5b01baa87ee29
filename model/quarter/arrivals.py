"""3. Arrivals: graduates, newcomers, residents who qualify; retirements leave."""

from __future__ import annotations

from typing import TYPE_CHECKING

import numpy as np

from model.base import GRADUATE, LEADING, N_TIERS, PROFESSIONAL, SENIOR
from model.rates import quarterly
from model.rivals import answers
from model.talent.arrivals import Invitations, candidates, changes
from model.talent.candidates import Candidates
from model.talent.events import RETIRES, RISES, draw_events
from model.talent.labour import LATE_CAREER_QUARTERS
from model.talent.location import place_utility
from model.talent.matching import choose_employer, layoffs
from model.talent.table import GONE

if TYPE_CHECKING:
    from model.economy import Economy


def talents_arrive_and_retire(economy: Economy) -> None:
    """Draw what befalls each talent; retire, promote and qualify; list who would come if there is work."""
    base = economy.base
    answered = answers(economy.rivals, economy.policy, base, economy.p)
    economy.place_utility = place_utility(economy.conditions, economy.policy, base, economy.p, answered)
    _draw(economy)
    _retire(economy)
    _rise(economy)
    qualified, economy.candidates = candidates(
        economy.labour.flows, _changes(economy), base, economy.quarter, economy.seed
    )
    _qualify(economy, qualified)


def _changes(economy: Economy) -> np.ndarray:
    """Factor of each flow since 2020: by what the cities offer, referrals paid for, and programmes that invite."""
    n_cities, p, policy, labour = economy.base.n_cities, economy.p, economy.policy, economy.labour
    from_elsewhere = economy.place_utility[-1]
    hosted = 4.0 * economy.carriers["hosted teams"].admitted()
    referred = p.referral_additional_share * (policy.referrals - economy.neutral.referrals)
    return changes(
        from_elsewhere[:n_cities] - from_elsewhere[-1],
        referred / labour.upper_newcomers,
        Invitations.under(policy, hosted, p),
        labour.invited,
    )


def _draw(economy: Economy) -> None:
    """One pass over all talents; employers who want fewer people let some go.

    Staff whose job and tier stay as they are are told apart: the market counts only the others anew.
    """
    t, labour = economy.talents, economy.labour
    staff = economy.staff
    persons = staff.sum(axis=0).tolist()
    rise = np.zeros(N_TIERS)
    rise[GRADUATE] = quarterly(economy.p.upgrade_rate)
    # A professional becomes senior, and a senior a leading talent, at the rate that keeps the shares of the base year.
    rise[PROFESSIONAL] = rise[GRADUATE] * persons[SENIOR] / max(persons[PROFESSIONAL], 1.0)
    rise[SENIOR] = rise[GRADUATE] * persons[LEADING] / max(persons[SENIOR], 1.0)
    economy.events, economy.searchers, economy.changes_at_work = draw_events(
        (economy.luck_key("search and job loss"), economy.luck_key("retirement and rise")),
        t,
        economy.notes,
        late_career=economy.quarter - LATE_CAREER_QUARTERS,
        retirement=labour.retirement,
        search=labour.search,
        job_loss=layoffs(labour.job_loss, economy.staff_wanted, staff, economy.base.n_employers_per_site),
        rise=rise,
    )
    economy.first_new_talent = t.n


def _retire(economy: Economy) -> None:
    """Retirements leave the count."""
    t, rows = economy.talents, economy.events[RETIRES]
    economy.books.post_talents_of("retirements", t, rows)
    t.city[rows] = GONE


def _rise(economy: Economy) -> None:
    """Graduates become professionals, professionals senior, and seniors leading talents."""
    t, books, risen = economy.talents, economy.books, economy.events[RISES]
    tier = t.tier[risen]
    for rows, next_tier in ((risen[tier == GRADUATE], PROFESSIONAL), (risen[tier == SENIOR], LEADING)):
        books.post_talents_of("upgraded_out", t, rows)
        t.tier[rows] = next_tier
        books.post_talents_of("upgraded_in", t, rows)
    experienced = risen[tier == PROFESSIONAL]
    if len(experienced):
        _split_seniors(economy, experienced)


def _split_seniors(economy: Economy, rows: np.ndarray) -> None:
    """Senior talents are one to one, so an agent who rises becomes as many agents as it stood for, in the same job."""
    t = economy.talents
    economy.books.post_talents_of("upgraded_out", t, rows)
    person_of, talent_id = t.persons(rows, economy.luck_key("senior", lasting=True))
    added = t.append_like(person_of, talent_id=talent_id, tier=SENIOR, weight=1)
    t.city[rows] = GONE
    economy.books.post_talents("upgraded_in", t.city[added], t.tier[added], t.weight[added])


def _qualify(economy: Economy, new: Candidates) -> None:
    """Residents with a new qualification or title become talents where they work."""
    if not len(new.talent_id):
        return
    luck = economy.luck_key("qualified employer")
    employer = choose_employer(luck, new.talent_id, economy.labour.employer_shares, new.place.astype(np.int16))
    economy.talents.admit(new, employer, economy.quarter)
    economy.books.post_talents("qualified", new.place, new.tier, new.weight)
