"""3. Arrivals: graduates, newcomers, residents who qualify; retirements leave."""

from __future__ import annotations

from typing import TYPE_CHECKING

import numpy as np

from model.base import GRADUATE, LEADING, N_TIERS, PROFESSIONAL, SENIOR
from model.rates import quarterly
from model.rivals import answers
from model.talent.arrivals import Invitations, graduates, invited, newcomers, qualified
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
    _qualify(economy)
    boundary = len(base.places) - 1
    pull = economy.place_utility[boundary, : base.n_cities] - economy.place_utility[boundary, boundary]
    _invite(economy, pull)
    economy.graduates = graduates(base, economy.quarter, economy.seed, economy.labour.job_finding)


def _invite(economy: Economy, pull: np.ndarray) -> None:
    """Newcomers from the boundaries, and those whom programmes invite: post-docs and founder teams."""
    base, p, policy, neutral = economy.base, economy.p, economy.policy, economy.neutral
    finding, quarter, seed = economy.labour.job_finding, economy.quarter, economy.seed
    hosted = 4.0 * economy.carriers["hosted teams"].admitted()
    then, now = Invitations.under(neutral, 0.0, p), Invitations.under(policy, hosted, p)
    referred = p.referral_additional_share * (policy.referrals - neutral.referrals)
    economy.newcomers = (
        newcomers(base, quarter, seed, pull, finding, then.total, referred),
        invited(base, quarter, seed, now, then, float(finding[0, SENIOR])),
    )


def _draw(economy: Economy) -> None:
    """One pass over all talents; employers who want fewer people let some go.

    Staff whose job and tier stay as they are are told apart: the market counts only the others anew.
    """
    t, labour = economy.talents, economy.labour
    staff = economy.staff
    let_go = layoffs(economy.staff_wanted, staff, economy.base.n_employers_per_site)
    loss = labour.job_loss[labour.employer_city][:, None] + let_go
    rise = np.zeros(N_TIERS)
    rise[GRADUATE] = quarterly(economy.p.upgrade_rate)
    # A professional becomes senior, and a senior a leading talent, at the rate that keeps the shares of the base year.
    rise[PROFESSIONAL] = rise[GRADUATE] * staff[:, SENIOR].sum() / max(staff[:, PROFESSIONAL].sum(), 1.0)
    rise[SENIOR] = rise[GRADUATE] * staff[:, LEADING].sum() / max(staff[:, SENIOR].sum(), 1.0)
    keys = np.array([economy.luck_key(name) for name in ("search and job loss", "retirement and rise")])
    late = economy.quarter - LATE_CAREER_QUARTERS
    economy.events, economy.searchers, changes_at_work = draw_events(
        keys,
        t,
        late_career=late,
        retirement=labour.retirement,
        search=labour.search,
        job_loss=np.minimum(loss, 1.0),
        rise=rise,
    )
    economy.first_new_talent, economy.staff_unmoved = t.n, staff - changes_at_work


def _retire(economy: Economy) -> None:
    """Retirements leave the count."""
    t, rows = economy.talents, economy.events[RETIRES]
    economy.books.post_talents_of("retirements", t, rows)
    t.city[rows] = GONE


def _rise(economy: Economy) -> None:
    """Graduates become professionals, professionals senior, and seniors leading talents."""
    t, books = economy.talents, economy.books
    graduates, experienced, seniors = (
        t.of_tier(economy.events[RISES], tier) for tier in (GRADUATE, PROFESSIONAL, SENIOR)
    )
    for rows, next_tier in ((graduates, PROFESSIONAL), (seniors, LEADING)):
        books.post_talents_of("upgraded_out", t, rows)
        t.tier[rows] = next_tier
        books.post_talents_of("upgraded_in", t, rows)
    if len(experienced):
        _split_seniors(economy, experienced)


def _split_seniors(economy: Economy, rows: np.ndarray) -> None:
    """Senior talents are one to one, so an agent who rises becomes as many agents as it stood for, in the same job."""
    t = economy.talents
    economy.books.post_talents_of("upgraded_out", t, rows)
    person_of, talent_id = t.persons(rows, economy.luck_key("senior", lasting=True))
    n = len(person_of)
    added = t.append_like(person_of, talent_id=talent_id, tier=np.full(n, SENIOR, np.int8), weight=np.ones(n, np.int32))
    t.city[rows] = GONE
    economy.books.post_talents("upgraded_in", t.city[added], t.tier[added], t.weight[added])


def _qualify(economy: Economy) -> None:
    """Residents with a new qualification or title become talents where they work."""
    base, t = economy.base, economy.talents
    new = qualified(base, economy.quarter, economy.seed)
    if not len(new.talent_id):
        return
    added = t.append(
        talent_id=new.talent_id,
        city=new.origin,
        home=new.origin,
        tier=new.tier,
        born=new.born,
        employer=choose_employer(
            economy.luck_key("qualified employer"),
            new.talent_id,
            economy.labour.employer_shares,
            new.origin.astype(np.int64),
        ),
        weight=new.weight,
        arrived=np.full(len(new.talent_id), economy.quarter),
    )
    economy.books.post_talents("qualified", t.city[added], t.tier[added], t.weight[added])
