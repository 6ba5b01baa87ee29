"""Who could come: slots, newcomers, graduates and residents who qualify."""

import math
from dataclasses import replace

import numpy as np

from model.base import GRADUATE, LEADING, N_TIERS, PROFESSIONAL, SENIOR, Base
from model.parameters import Parameters
from model.policy import Policy
from model.talent.arrivals import (
    Invitations,
    candidates,
    changes,
    newcomers_2020,
    open_flows,
    tier_weights,
)
from model.talent.candidates import FRESH_GRADUATE, NEWCOMER, POSTDOC, TEAM_MEMBER, Candidates
from tests.unit.model.fakes import base_of

ALL_FIND = np.ones((3, N_TIERS))
NO_PULL = np.zeros((3, N_TIERS))
NOBODY = Invitations(1e-12, 1e-12)
"""So few that none ever comes."""
QUARTERS = range(1, 201)


def come(
    base: Base,
    quarter: int,
    *,
    seed: int = 1,
    pull: np.ndarray = NO_PULL,
    finding: np.ndarray = ALL_FIND,
    then: Invitations = NOBODY,
    now: Invitations | None = None,
    referred: float = 0.0,
) -> tuple[Candidates, Candidates]:
    """Give the residents who qualify in a quarter and those who come from outside."""
    change = changes(pull, referred, now or then, then)
    return candidates(open_flows(base, finding, then), change, base, quarter, seed)


def of_kind(people: Candidates, kind: int) -> Candidates:
    """Give those of one kind."""
    return Candidates(*(column[people.kind == kind] for column in people))


def newcomers(base: Base, quarter: int, **world: object) -> Candidates:
    """Give the newcomers among those from outside."""
    return of_kind(come(base, quarter, **world)[1], NEWCOMER)  # type: ignore[arg-type]


def by_cell(city: int, tier: int, yearly: float) -> np.ndarray:
    """Give a (cities, tiers) matrix with one cell."""
    cell = np.zeros((3, N_TIERS))
    cell[city, tier] = yearly
    return cell


def test_leading_and_senior_talents_are_one_to_one() -> None:
    """At scale 100 a leading or senior agent is one person, any other a hundred."""
    assert tier_weights(100).tolist() == [1, 1, 100, 100, 100]


def test_slots_by_hand() -> None:
    """A cell keeps twice the slots expected, rounded up, and one more; a flow large enough uses them all."""
    base = base_of(
        arrivals_elsewhere=4.0 * (by_cell(0, LEADING, 3.2) + by_cell(1, SENIOR, 0.1) + by_cell(2, SENIOR, 5.0))
    )
    people = newcomers(base, 3, pull=NO_PULL + math.log(100.0))
    assert np.bincount(people.place).tolist() == [8, 2, 11]
    assert len(set(people.talent_id.tolist())) == 21


def test_slots_are_used_as_often_as_expected() -> None:
    """Over 400 quarters arrivals are those expected times the change, to four standard errors."""
    base = base_of(arrivals_elsewhere=by_cell(0, SENIOR, 4.0 * 6.4))
    used = [len(newcomers(base, q, pull=NO_PULL + math.log(1.5)).talent_id) for q in range(400)]
    chance = 6.4 * 1.5 / 14
    assert abs(sum(used) - 400 * 9.6) < 4 * math.sqrt(400 * 14 * chance * (1 - chance))


def test_a_larger_flow_brings_the_same_people_and_more() -> None:
    """Who arrives at some factor arrives at every larger one, whatever happens in other cells."""
    base = base_of(arrivals_elsewhere=by_cell(0, LEADING, 28.0) + by_cell(1, LEADING, 120.0))
    few = newcomers(base, 3, pull=by_cell(1, LEADING, math.log(0.7)) + by_cell(0, LEADING, -50.0))
    many = newcomers(base, 3, pull=by_cell(1, LEADING, math.log(1.4)))
    assert set(few.talent_id.tolist()) < set(many.talent_id[many.place == 1].tolist())


def test_slots_of_other_causes_quarters_and_cells_are_others() -> None:
    """Another cause, quarter or cell shares no id with a flow."""
    flow = by_cell(0, LEADING, 36.0) + by_cell(1, LEADING, 36.0)
    base, all_slots = base_of(arrivals_elsewhere=flow, qualified=flow), {"pull": NO_PULL + math.log(100.0)}
    people = newcomers(base, 3, **all_slots)
    assert not np.isin(people.talent_id[people.place == 0], people.talent_id[people.place == 1]).any()
    assert not np.isin(come(base, 3)[0].talent_id, people.talent_id).any()
    assert not np.isin(newcomers(base, 4, **all_slots).talent_id, people.talent_id).any()


def test_newcomers_meet_the_base_flow() -> None:
    """Over 200 quarters newcomers of a cell are its yearly flow over 4 and over the chance of a job, to four errors."""
    base = base_of(arrivals_elsewhere=by_cell(0, PROFESSIONAL, 400.0))
    heads = 0
    for quarter in QUARTERS:
        people = newcomers(base, quarter, finding=np.full((3, N_TIERS), 0.5))
        heads += int(people.weight.sum())
        assert (people.place == 0).all()
        assert (people.tier == PROFESSIONAL).all()
    # 400 / 4 / 0.5 = 200 persons a quarter are 20 agents: 41 slots of chance 20/41.
    error = 10 * math.sqrt(200 * 41 * (20 / 41) * (21 / 41))
    assert abs(heads - 200 * 200) < 4 * error


def test_pull_brings_the_same_newcomers_and_more() -> None:
    """A higher pull of a cell adds newcomers to those who came without it, with the same age and origin."""
    base = base_of(arrivals_elsewhere=by_cell(0, PROFESSIONAL, 4000.0), arrivals_rest_share=0.4)
    before = newcomers(base, 5)
    after = newcomers(base, 5, pull=NO_PULL + 0.3)
    kept = np.isin(after.talent_id, before.talent_id)
    assert len(before.talent_id) == kept.sum() < len(after.talent_id)
    assert after.born[kept].tolist() == before.born.tolist()
    assert after.origin[kept].tolist() == before.origin.tolist()


def test_newcomers_have_the_boundaries_as_origin() -> None:
    """The share from the rest of Ningbo holds for the district; newcomers to other cities are from elsewhere."""
    arrivals = by_cell(0, SENIOR, 4000.0) + by_cell(1, SENIOR, 4000.0)
    people = newcomers(base_of(arrivals_elsewhere=arrivals, arrivals_rest_share=0.4), 2)
    here = people.origin[people.place == 0]
    assert set(here.tolist()) == {3, 4}
    assert abs((here == 3).mean() - 0.4) < 4 * math.sqrt(0.24 / len(here))
    assert set(people.origin[people.place == 1].tolist()) == {4}


def test_newcomers_are_22_to_40_years_old_and_new_graduates_23() -> None:
    """Ages lie between 88 and 160 quarters, and at 92 for the graduate tier."""
    arrivals = by_cell(0, SENIOR, 4000.0) + by_cell(0, GRADUATE, 4000.0)
    people = newcomers(base_of(arrivals_elsewhere=arrivals), 6)
    age = 6 - people.born.astype(int)
    assert set(age[people.tier == GRADUATE].tolist()) == {92}
    assert 87 <= age[people.tier == SENIOR].min() < 95
    assert 150 < age[people.tier == SENIOR].max() <= 160


def test_no_flow_is_nobody() -> None:
    """Without base flows there are no newcomers and nobody qualifies."""
    assert [len(people.talent_id) for people in come(base_of(), 1)] == [0, 0]


def test_graduates_meet_the_base_flow() -> None:
    """With half of them finding a job in the cities, twice the jobs taken there and all who leave look for one."""
    flows = np.zeros((3, 5))
    flows[1] = [100.0, 500.0, 40.0, 0.0, 60.0]
    people = [come(base_of(graduates=flows), q, finding=np.full((3, N_TIERS), 0.5))[1] for q in QUARTERS]
    counts = [len(one.talent_id) for one in people]
    # (2 x 640 + 60) / 4 / 10 = 33.5 agents a quarter: 33 in one half of the quarters and 34 in the other.
    assert set(counts) == {33, 34}
    assert abs(np.mean(counts) - 33.5) < 4 * 0.5 / math.sqrt(len(counts))
    assert all((one.origin == 1).all() and (one.place == 1).all() and (one.tier == GRADUATE).all() for one in people)
    assert all((one.kind == FRESH_GRADUATE).all() for one in people)
    assert all((one.weight == 10).all() for one in people)
    assert (people[4].born == 5 - 92).all()


def test_residents_who_qualify_meet_the_base_flow_where_they_live() -> None:
    """Over 200 quarters those who qualify are the yearly flow over 4, in their own city and at one person a head."""
    base = base_of(qualified=by_cell(2, LEADING, 40.0))
    people = [come(base, q)[0] for q in QUARTERS]
    heads = sum(int(one.weight.sum()) for one in people)
    # Ten a quarter: 21 slots of chance 10/21.
    assert abs(heads - 2000) < 4 * math.sqrt(200 * 21 * (10 / 21) * (11 / 21))
    assert all((one.origin == 2).all() and (one.place == 2).all() and (one.tier == LEADING).all() for one in people)
    ages = np.concatenate([q - one.born.astype(int) for q, one in zip(QUARTERS, people, strict=True)])
    assert 99 <= ages.min() < ages.max() <= 180


def test_ids_of_arrivals_never_repeat() -> None:
    """Newcomers, graduates and residents who qualify have ids of their own in every quarter."""
    everywhere = np.full((3, N_TIERS), 400.0)
    base = base_of(arrivals_elsewhere=everywhere, qualified=everywhere, graduates=np.full((3, 5), 400.0))
    ids = np.concatenate([people.talent_id for q in range(1, 21) for people in come(base, q)])
    assert len(np.unique(ids)) == len(ids) > 5000


def test_invitations_of_2020_by_hand() -> None:
    """Six post-docs, and twenty teams of so many heads; of teams beyond those only the additional share counts."""
    p = replace(Parameters.central(), project_additional_share=0.25, team_phd_msc_heads=4.0)
    neutral, more = Policy.neutral(), replace(Policy.neutral(), new_postdocs=12.0, talent_teams=60.0)
    assert Invitations.under(neutral, 0.0, p) == Invitations(6.0, 80.0)
    assert Invitations.under(more, 20.0, p) == Invitations(12.0, 4.0 * (20 + 0.25 * 60))
    assert Invitations.under(neutral, 0.0, p).total == 86.0


def test_invited_seniors_meet_their_flow() -> None:
    """Over 200 quarters post-docs and team members are a quarter of their yearly numbers over the chance of a job."""
    then, now = Invitations(8.0, 40.0), Invitations(16.0, 40.0)
    people = [come(base_of(), q, finding=np.full((3, N_TIERS), 0.5), now=now, then=then)[1] for q in QUARTERS]
    kinds = np.concatenate([one.kind for one in people])
    # 4 and 20 expected in 2020 fix 33 and 161 slots; 8 and 20 are used.
    for kind, expected, slots in ((POSTDOC, 8.0, 33), (TEAM_MEMBER, 20.0, 161)):
        error = math.sqrt(200 * expected * (1 - expected / slots))
        assert abs((kinds == kind).sum() - 200 * expected) < 4 * error
    assert all((one.tier == SENIOR).all() and (one.weight == 1).all() and (one.place == 0).all() for one in people)


def test_invited_seniors_are_part_of_the_base_arrivals() -> None:
    """Newcomers and invited together are the seniors of 2020, however they are split."""
    base = base_of(arrivals_elsewhere=by_cell(0, SENIOR, 400.0))
    for postdocs, members in ((0.0, 0.0), (20.0, 80.0)):
        then, heads = Invitations(max(postdocs, 1e-9), max(members, 1e-9)), 0
        for quarter in QUARTERS:
            heads += len(come(base, quarter, then=then)[1].talent_id)
        assert abs(heads - 200 * 100) < 4 * math.sqrt(200 * 100)


def test_referrals_add_to_the_upper_tiers_of_the_district() -> None:
    """A tenth of 400 more a year are forty more, and no one else's flow changes."""
    base = base_of(arrivals_elsewhere=by_cell(0, SENIOR, 400.0) + by_cell(1, SENIOR, 400.0))
    usual = [newcomers(base, q) for q in QUARTERS]
    more = [newcomers(base, q, referred=0.1) for q in QUARTERS]
    heads = [sum(int((people.place == 0).sum()) for people in flows) for flows in (usual, more)]
    assert abs(heads[1] - heads[0] - 200 * 10) < 4 * math.sqrt(200 * 10)
    for few, many in zip(usual, more, strict=True):
        assert few.talent_id[few.place == 1].tolist() == many.talent_id[many.place == 1].tolist()
        assert set(few.talent_id[few.place == 0].tolist()) <= set(many.talent_id[many.place == 0].tolist())


def test_at_most_three_quarters_of_the_seniors_were_invited() -> None:
    """Of 400 seniors a year 300 come by programmes at most; other tiers and cities are as they are."""
    base = base_of(arrivals_elsewhere=by_cell(0, SENIOR, 400.0) + by_cell(1, LEADING, 30.0))
    assert (
        newcomers_2020(base, Invitations(60.0, 40.0)).tolist()
        == (by_cell(0, SENIOR, 300.0) + by_cell(1, LEADING, 30.0)).tolist()
    )
    assert newcomers_2020(base, Invitations(600.0, 0.0))[0, SENIOR] == 100.0


def test_graduates_of_ningbo_come_from_the_rest_of_it() -> None:
    """Row 0 are universities of all Ningbo: those who leave them are not the district's; others are of their city."""
    flows = np.zeros((3, 5))
    flows[[0, 2], 0] = 400.0
    people = come(base_of(graduates=flows), 1)[1]
    assert {(int(place), int(origin)) for place, origin in zip(people.place, people.origin, strict=True)} == {
        (0, 3),
        (2, 2),
    }


def test_who_settles_in_the_district_is_counted() -> None:
    """Persons by tier, newcomers who lead or are senior, and post-docs; who goes elsewhere counts for nothing here."""
    place, tier = np.array([0, 0, 1, 0, 0], np.int8), np.array([SENIOR, GRADUATE, SENIOR, LEADING, SENIOR], np.int8)
    kind = np.array([NEWCOMER, NEWCOMER, NEWCOMER, NEWCOMER, POSTDOC], np.int8)
    ids, weight, born = np.arange(5, dtype=np.uint64), np.array([1, 10, 1, 1, 1], np.int32), np.zeros(5, np.int16)
    persons, n_upper, n_postdocs = Candidates(ids, place, tier, weight, place, born, kind).settled()
    assert persons == [1, 2, 0, 10, 0]
    assert (n_upper, n_postdocs) == (2, 1)


def test_some_of_the_candidates_keep_what_is_theirs() -> None:
    """Those of some positions have all columns of theirs; graduates come last."""
    flows = np.zeros((3, 5))
    flows[2, 0] = 400.0
    people = come(base_of(graduates=flows, arrivals_elsewhere=by_cell(1, SENIOR, 40.0)), 1)[1]
    some = np.array([0, people.first_graduate, len(people.kind) - 1])
    assert [column.tolist() for column in people.of(some)] == [column[some].tolist() for column in people]
    assert people.of(some).kind.tolist() == [NEWCOMER, FRESH_GRADUATE, FRESH_GRADUATE]
    assert people.of(some).first_graduate == 1
