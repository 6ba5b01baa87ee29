"""Births: the slots of each cause, which of them bear a firm, and whom the newborn resemble."""

import itertools
import math

import numpy as np
import pytest

from model.firms.births import BirthSlots, Cause, pick, pick_in_city, pick_rows
from model.streams import IdArray


def _born(seed: int, quarter: int, cause: Cause, scale: float = 1.0) -> IdArray:
    """Ids born of one cause alone."""
    return BirthSlots([cause]).bear(seed, quarter, [scale])[0]


def test_causes_bear_together_what_each_bears_alone() -> None:
    """The ids of a cause do not depend on which other causes stand beside it."""
    causes = [Cause("a", 0, 9.0, 2.0), Cause("b", 0, 0.0, 3.0), Cause("a", 1, 5.5, 1.0)]
    ids, cause = BirthSlots(causes).bear(7, 4, [1.0, 2.0, 0.9])
    alone = [BirthSlots([cause]).bear(7, 4, [scale])[0] for cause, scale in zip(causes, (1.0, 2.0, 0.9), strict=True)]
    assert ids.tolist() == [firm for some in alone for firm in some.tolist()]
    assert cause.tolist() == [at for at, some in enumerate(alone) for _ in some]
    assert set(cause.tolist()) == {0, 2}


def test_the_next_candidate_is_picked() -> None:
    """A draw falls on the first candidate at or above it, above the last one on the lowest."""
    positions = np.array([0.7, 0.2, 0.5, 0.21])
    assert pick(np.array([0.1, 0.2, 0.205, 0.3, 0.5, 0.6, 0.9]), positions).tolist() == [1, 1, 3, 2, 2, 0, 1]
    assert pick(np.array([0.1, 0.9]), np.array([0.4])).tolist() == [0, 0]


def test_picks_are_those_of_a_plain_search() -> None:
    """Of 500 candidates each of 2 000 draws falls on the one that sorting finds."""
    draws = np.random.default_rng(4)
    positions, looking = draws.random(500), draws.random(2000)
    order = np.argsort(positions)
    expected = order[np.searchsorted(positions[order], looking) % 500]
    assert (pick(looking, positions) == expected).all()


def test_firms_are_picked_from_those_of_a_city() -> None:
    """Each id picks as it would from the line of its city alone, and nobody where the city has no candidates."""
    ids, firm_id = np.arange(60, dtype=np.uint64), np.arange(1000, 1040, dtype=np.uint64)
    city = np.arange(60) % 3
    rows, n_rows = np.arange(60).reshape(3, 20) % 40, np.array([20, 0, 7])
    keys = np.uint64(5), np.uint64(9)
    picked = pick_in_city(keys[0], ids, city, keys[1], firm_id, rows, n_rows)
    for at in (0, 2):
        alone = pick_rows(keys[0], ids[city == at], keys[1], firm_id, rows[at, : n_rows[at]])
        assert picked[city == at].tolist() == alone.tolist()
    assert set(picked[city == 1].tolist()) == {-1}


def test_a_higher_chance_bears_the_same_firms_and_more() -> None:
    """The ids born at a chance scale are a subset of those born at any higher one."""
    born = [
        set(_born(1, 3, Cause("incubator", 0, 40.0, 3.0), scale).tolist()) for scale in (0.0, 0.5, 1.0, 1.5, 3.0, 9.0)
    ]
    assert all(few <= many for few, many in itertools.pairwise(born))
    assert born[0] == set()
    assert len(born[1]) < len(born[2]) < len(born[3]) < len(born[4])


def test_policy_can_multiply_births_by_the_room_at_most() -> None:
    """However high the chance scale, the slots are room times the births expected, rounded up, and one."""
    assert len(_born(1, 3, Cause("incubator", 0, 40.2, 3.0), 1e9)) == math.ceil(3.0 * 40.2) + 1


@pytest.mark.parametrize("chance_scale", [1.0, 1.8])
def test_births_are_those_expected(chance_scale: float) -> None:
    """Over 400 quarters births are expected births times the chance scale, to four standard errors."""
    births = [len(_born(1, q, Cause("birth", 0, 6.4, 2.0), chance_scale)) for q in range(400)]
    chance = chance_scale * 6.4 / 14
    assert abs(np.mean(births) - chance_scale * 6.4) < 4 * math.sqrt(14 * chance * (1 - chance) / 400)


def test_births_differ_by_cause_quarter_parent_and_seed() -> None:
    """Other causes, quarters and parents bear other ids; another seed bears other slots of the same ids."""
    first = set(_born(1, 3, Cause("a", 0, 200.0, 2.0)).tolist())
    every_slot = set(_born(1, 3, Cause("a", 0, 200.0, 2.0), 1e9).tolist())
    for other in (
        _born(1, 3, Cause("b", 0, 200.0, 2.0)),
        _born(1, 4, Cause("a", 0, 200.0, 2.0)),
        _born(1, 3, Cause("a", 1, 200.0, 2.0)),
    ):
        assert first.isdisjoint(other.tolist())
    reseeded = set(_born(2, 3, Cause("a", 0, 200.0, 2.0)).tolist())
    assert reseeded != first
    assert reseeded | first <= every_slot


def test_no_births_expected_are_no_births() -> None:
    """Where none is expected no slot is used at any chance scale."""
    assert len(_born(1, 3, Cause("landing", 0, 0.0, 3.0), 9.0)) == 0
