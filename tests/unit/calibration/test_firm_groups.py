"""Who of a group of firms is chosen: by score, and of equal scores the first."""

import numpy as np
import pytest

from calibration.firm_groups import size_score, top


@pytest.mark.parametrize(
    ("n", "chosen"),
    [
        (-1, []),
        (0, []),
        (1, [3]),
        (2, [1, 3]),
        (3, [1, 2, 3]),
        (4, [1, 2, 3, 5]),
        (6, [0, 1, 2, 3, 4, 5]),
        (9, range(6)),
    ],
)
def test_the_highest_scores_are_flagged_and_of_equal_ones_the_first(n: int, chosen: list[int]) -> None:
    """Of 1, 5, 5, 7, 0, 5 the seven is first, then the fives in their order."""
    assert np.flatnonzero(top(np.array([1.0, 5.0, 5.0, 7.0, 0.0, 5.0]), n)).tolist() == [*chosen]


def test_the_highest_of_many_scores_are_those_that_sorting_finds() -> None:
    """Scores of which many are equal, as a stable sort puts them."""
    score = np.random.default_rng(7).integers(0, 40, 997).astype(float)
    for n in (1, 100, 500, 996):
        expected = np.zeros(len(score), dtype=bool)
        expected[np.argsort(-score, kind="stable")[:n]] = True
        np.testing.assert_array_equal(top(score, n), expected)


def test_size_alone_scores_by_rank_and_without_size_by_luck_alone() -> None:
    """By size alone the score is the rank from 0 to 1, of equal sizes the first below; without size it is luck."""
    ids, revenue = np.arange(4, dtype=np.uint64), np.array([3.0, 1.0, 3.0, 2.0])
    assert size_score("performs", ids, revenue, 1.0) == pytest.approx([2 / 3, 0.0, 1.0, 1 / 3], rel=1e-12)
    np.testing.assert_array_equal(size_score("x", ids, revenue, 0.0), size_score("x", ids, revenue[::-1], 0.0))
