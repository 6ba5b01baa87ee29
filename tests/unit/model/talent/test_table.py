"""The table of talents: stocks, staff and what befalls each talent in a quarter."""

import numpy as np
import pytest

from model.base import N_TIERS
from model.streams import key, uniform
from model.talent.table import (
    GONE,
    LOSES_JOB,
    RETIRES,
    RISES,
    SEARCHES,
    STAYS,
    TalentTable,
    draw_events,
)

N = 4000
KEYS = np.array([key(1, name) for name in ("retirement", "search", "job loss", "rise")])
IDS = np.arange(N, dtype=np.uint64)


def table() -> TalentTable:
    """Give four talents at work, one without work and one who left."""
    return TalentTable(
        talent_id=np.arange(6, dtype=np.uint64),
        city=np.array([0, 0, 1, 1, 0, GONE]),
        home=np.zeros(6),
        tier=np.array([0, 3, 3, 3, 2, 2]),
        born=np.full(6, -120),
        employer=np.array([1, 1, 0, 0, -1, 1]),
        weight=np.array([1, 10, 10, 7, 10, 10]),
        arrived=np.full(6, -1),
    )


def events(employer: int = 0, born: int = -300, **hazard: float) -> list[int]:
    """Draw the events of 4000 talents alike, of one city, tier and employer."""
    columns = (np.zeros(N, np.int8), np.zeros(N, np.int8), np.full(N, born, np.int16), np.full(N, employer, np.int16))
    retirement, search, job_loss, rise = (hazard.get(k, 0.0) for k in ("retirement", "search", "job_loss", "rise"))
    by_tier = (np.full((1, N_TIERS), search), np.full((1, N_TIERS), job_loss), np.full(N_TIERS, rise))
    codes: list[int] = draw_events(KEYS, IDS, *columns, -200, np.array([retirement]), *by_tier).tolist()
    return codes


def test_stock_counts_persons_by_city_and_tier() -> None:
    """Weights add up in each city and tier, and who left is not counted."""
    assert table().stock(2).tolist() == [[1, 0, 10, 10, 0], [0, 0, 0, 17, 0]]


def test_staff_counts_persons_by_employer_and_tier() -> None:
    """Weights add up at each employer; who has no work or left is not counted."""
    assert table().staff(2).tolist() == [[0, 0, 0, 17, 0], [1, 0, 0, 10, 0]]


def test_each_hazard_has_a_draw_of_its_own() -> None:
    """A talent meets an event when the event's own keyed number is below the hazard."""
    for k, (hazard, code) in enumerate(
        [("retirement", RETIRES), ("search", SEARCHES), ("job_loss", LOSES_JOB), ("rise", RISES)]
    ):
        expected = np.where(uniform(KEYS[k], IDS) < 0.3, code, STAYS)
        assert events(0, -300, **{hazard: 0.3}) == expected.tolist()


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
    assert set(events(0, -300, **hazards)) == {code}


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


def test_who_left_meets_no_event() -> None:
    """A talent who is gone stays so at any hazard."""
    gone = np.array([GONE], np.int8)
    certain = np.ones((1, N_TIERS))
    codes = draw_events(
        KEYS,
        IDS[:1],
        gone,
        np.zeros(1, np.int8),
        np.full(1, -300, np.int16),
        np.full(1, -1, np.int16),
        -200,
        np.ones(1),
        certain,
        certain,
        np.ones(N_TIERS),
    )
    assert codes.tolist() == [STAYS]
