"""What befalls each talent in a quarter."""

import numpy as np
import pytest

from model.base import N_TIERS
from model.streams import key
from model.talent.events import LOSES_JOB, RETIRES, RISES, SEARCHES, STAYS, Notes, draw_events
from model.talent.table import GONE, TalentTable

N = 4000
KEYS = key(1, "search and job loss"), key(1, "retirement and rise")
IDS = np.arange(N, dtype=np.uint64)


def alike(employer: int = 0, born: int = -300, city: int = 0) -> TalentTable:
    """Give 4000 talents of one city, tier, age and employer."""
    columns = {"city": city, "home": 0, "tier": 0, "born": born, "employer": employer, "weight": 10, "arrived": -1}
    return TalentTable(talent_id=IDS, **{name: np.full(N, value) for name, value in columns.items()})


def events(*, employer: int = 0, born: int = -300, city: int = 0, **hazard: float) -> list[int]:
    """Draw the events of 4000 talents alike, as one code for each."""
    rows, _, _ = draw_events(
        KEYS,
        alike(employer, born, city),
        Notes(),
        late_career=-200,
        retirement=np.array([hazard.get("retirement", 0.0)]),
        search=np.full((1, N_TIERS), hazard.get("search", 0.0)),
        job_loss=np.full((1, N_TIERS), hazard.get("job_loss", 0.0)),
        rise=np.full(N_TIERS, hazard.get("rise", 0.0)),
    )
    codes = np.full(N, STAYS)
    for code, befallen in rows.items():
        codes[befallen] = code
    return [int(code) for code in codes]


def of_all(hazards: dict[str, float]) -> list[int]:
    """Draw the events of talents old enough to retire."""
    columns = {"employer": 0, "born": -300, "city": 0}
    return events(**columns, **hazards)  # type: ignore[arg-type]


def test_each_hazard_has_a_draw_of_its_own() -> None:
    """A talent meets an event when its half of the event's keyed hash is below the hazard."""
    for hazard, code, stream, half in (
        ("search", SEARCHES, 0, 32),
        ("job_loss", LOSES_JOB, 0, 0),
        ("retirement", RETIRES, 1, 32),
        ("rise", RISES, 1, 0),
    ):
        draws = [((hash_of(KEYS[stream], i) >> half) & 0xFFFFFFFF) / 2**32 for i in range(N)]
        assert of_all({hazard: 0.3}) == [code if draw < 0.3 else STAYS for draw in draws]


def hash_of(stream_key: np.uint64, agent: int) -> int:
    """Work SplitMix64 out in whole numbers of any length."""
    z = (int(stream_key) + agent * 0x9E3779B97F4A7C15) % 2**64
    z = (z ^ z >> 30) * 0xBF58476D1CE4E5B9 % 2**64
    z = (z ^ z >> 27) * 0x94D049BB133111EB % 2**64
    return z ^ z >> 31


@pytest.mark.parametrize(
    ("hazards", "code"),
    [
        ({}, STAYS),
        ({"retirement": 1.0, "search": 1.0, "job_loss": 1.0, "rise": 1.0}, RETIRES),
        ({"search": 1.0, "job_loss": 1.0, "rise": 1.0}, SEARCHES),
        ({"job_loss": 1.0, "rise": 1.0}, LOSES_JOB),
        ({"rise": 1.0}, RISES),
    ],
)
def test_one_event_a_quarter_in_order(hazards: dict[str, float], code: int) -> None:
    """Retirement comes before search, search before the loss of a job, and that before a rise."""
    assert set(of_all(hazards)) == {code}


def test_the_young_do_not_retire_and_the_unemployed_always_search() -> None:
    """Only those born by the late-career quarter retire, and who has no work searches at any hazard."""
    assert set(events(retirement=1.0, born=-199)) == {STAYS}
    assert set(events(retirement=1.0, born=-200)) == {RETIRES}
    assert set(events(job_loss=1.0, rise=1.0, employer=-1)) == {SEARCHES}


def test_a_higher_search_hazard_spares_nobody() -> None:
    """Who searches at a hazard of 0.2 also does at 0.4, and nobody retires less for it."""
    low, high = np.array(events(retirement=0.1, search=0.2)), np.array(events(retirement=0.1, search=0.4))
    assert (high[low == SEARCHES] == SEARCHES).all()
    assert ((low == RETIRES) == (high == RETIRES)).all()
    assert (high == SEARCHES).sum() > (low == SEARCHES).sum()


def test_those_at_work_whose_job_or_tier_changes_are_counted() -> None:
    """Persons by employer and tier among those who retire, lose a job or rise are what `staff_since` counts of them."""
    talents = alike()
    talents.employer[:], talents.tier[:] = np.arange(N) % 3 - 1, np.arange(N) % N_TIERS
    talents.city[::7] = GONE
    some = np.full(N_TIERS, 0.1)
    hazards = {"search": some[None, :], "job_loss": np.tile(some, (2, 1)), "retirement": some[:1], "rise": some}
    events_drawn, _, at_work = draw_events(KEYS, talents, Notes(), late_career=-200, **hazards)
    changes = np.concatenate([events_drawn[code] for code in (RETIRES, LOSES_JOB, RISES)])
    nobody = np.zeros((2, N_TIERS))
    assert at_work.tolist() == talents.staff_since(nobody, nobody.astype(np.int64), changes[:0], changes, N).tolist()
    assert (at_work > 0).all()


def test_what_the_market_asks_of_those_who_search_is_theirs() -> None:
    """Id, city, home, tier and weight of the searchers are those of the rows that search, in their order."""
    talents, random = alike(), np.random.default_rng(3)
    for column in (talents.city, talents.home, talents.tier, talents.weight):
        column[:] = random.integers(0, 4, N)
    some = np.full(N_TIERS, 0.2)
    hazards = {"search": np.tile(some, (4, 1)), "job_loss": some[None, :], "retirement": some, "rise": some}
    rows, searchers, _ = draw_events(KEYS, talents, Notes(), late_career=-200, **hazards)
    assert len(rows[SEARCHES]) > N // 10
    for name, column in searchers._asdict().items():
        assert column.tolist() == getattr(talents, name)[rows[SEARCHES]].tolist()


def test_who_left_meets_no_event() -> None:
    """A talent who is gone stays so at any hazard, with a job or without."""
    for employer in (-1, 0):
        codes = events(employer=employer, city=GONE, retirement=1.0, search=1.0, job_loss=1.0, rise=1.0)
        assert set(codes) == {STAYS}


def test_notes_have_room_for_more_talents_and_are_written_over() -> None:
    """A drawing in the same notes gives what one in new notes gives, for more talents and for fewer."""
    some = np.full(N_TIERS, 0.2)
    hazards = {"search": some[None, :], "job_loss": some[None, :], "retirement": some[:1], "rise": some}
    notes, few = Notes(), alike()
    many = alike()
    many.append_like(np.arange(N), talent_id=IDS + N)
    for talents in (few, many, few):
        kept, own = (draw_events(KEYS, talents, one, late_career=-200, **hazards) for one in (notes, Notes()))
        assert [rows.tolist() for rows in kept[0].values()] == [rows.tolist() for rows in own[0].values()]
        assert [column.tolist() for column in kept[1]] == [column.tolist() for column in own[1]]
