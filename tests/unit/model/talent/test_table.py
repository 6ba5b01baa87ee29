"""The table of talents: stocks, staff and jobs taken."""

import numpy as np

from model.streams import child_ids, key
from model.talent.table import GONE, TalentTable


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


def test_stock_counts_persons_by_city_and_tier() -> None:
    """Weights add up in each city and tier, and who left is not counted."""
    assert table().stock(2).tolist() == [[1, 0, 10, 10, 0], [0, 0, 0, 17, 0]]


def test_staff_counts_persons_by_employer_and_tier() -> None:
    """Weights add up at each employer; who has no work or left is not counted."""
    assert table().staff(2).tolist() == [[0, 0, 0, 17, 0], [1, 0, 0, 10, 0]]


def test_staff_is_counted_anew_where_something_happened() -> None:
    """Who moved and all new rows come in, who left goes out; those without work and those gone count for nobody."""
    nobody, nothing, none = np.zeros((2, 5)), np.zeros((2, 5), np.int64), np.array([], np.int64)
    some = table().staff_since(nobody, nothing, none, np.array([3, 4, 0]), 5)
    assert some.tolist() == [[0, 0, 0, 7, 0], [1, 0, 0, 0, 0]]
    assert table().staff_since(nobody, nothing, none, none, 0).tolist() == table().staff(2).tolist()
    nothing[0, 3] = 4
    fewer = table().staff_since(table().staff(2).astype(float), nothing, np.array([1, 3, 4]), none, 6)
    assert fewer.tolist() == [[0, 0, 0, 6, 0], [1, 0, 0, 0, 0]]


def test_who_is_hired_has_the_job_and_who_works_elsewhere_has_yet_to_move() -> None:
    """Employers are those of the hired alone; movers are the hired whose city is not the one that they chose."""
    talents, place = table(), np.array([1, 0, 0, 0], np.int8)
    moves = talents.take_jobs(np.array([0, 1, 3]), np.array([0, 1, 2]), np.array([4, 5, 6]), place)
    assert moves.tolist() == [0, 2]
    assert talents.employer.tolist() == [4, 5, 0, 6, -1, 1]
    assert talents.city.tolist() == [0, 0, 1, 1, 0, GONE]


def test_persons_by_tier() -> None:
    """Weights add up in each tier among the rows asked for."""
    assert table().persons_by_tier(np.array([3, 0, 1, 4])).tolist() == [1, 0, 10, 17, 0]


def test_each_person_of_an_agent_has_an_id_of_its_own() -> None:
    """An agent of ten persons gives ten rows of itself, with the ids of its children."""
    rows, talent_id = table().persons(np.array([0, 3]), key(1, "senior"))
    assert rows.tolist() == [0] + [3] * 7
    parents, slots = np.array([0] + [3] * 7, np.uint64), np.array([0, *range(7)])
    assert talent_id.tolist() == child_ids(key(1, "senior"), parents, slots).tolist()
