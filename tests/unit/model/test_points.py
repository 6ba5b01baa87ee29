"""A design of points says which member runs what, and with whose luck."""

from __future__ import annotations

import pickle
from dataclasses import replace

import numpy as np
import pytest

from model.errors import UsageError
from model.points import Points

NAMES = ("base:rd_intensity", "parameter:rd_adjust_speed")


def test_a_member_runs_its_point_with_the_luck_of_its_replicate() -> None:
    """With three replicates, member 4 runs point 1 with luck 1, and so does the second replicate of every point."""
    points = Points.of(NAMES, np.array([[0.1, 0.2], [0.3, 0.4]]), replicates=3)
    assert (points.n_points, points.n_members) == (2, 6)
    assert points.of_member(4) == {NAMES[0]: 0.3, NAMES[1]: 0.4}
    assert [points.luck(member) for member in range(6)] == [0, 1, 2, 0, 1, 2]


def test_luck_can_be_each_members_own() -> None:
    """Without shared luck a member's luck is its own index."""
    points = Points.of(NAMES, np.full((2, 2), 0.5), replicates=2, shared_luck=False)
    assert [points.luck(member) for member in range(4)] == [0, 1, 2, 3]


def test_points_are_values_that_travel() -> None:
    """A copy through pickle is equal, and another value, order of names or number of replicates is another id."""
    points = Points.of(NAMES, np.array([[0.1, 0.2]]))
    assert pickle.loads(pickle.dumps(points)) == points  # noqa: S301 - our own bytes
    others = [
        Points.of(NAMES, np.array([[0.1, 0.3]])),
        Points.of(NAMES[::-1], np.array([[0.1, 0.2]])),
        Points.of(NAMES, np.array([[0.1, 0.2]]), replicates=2),
        Points.of(NAMES, np.array([[0.1, 0.2]]), "value"),
    ]
    assert len({points.points_id, *(other.points_id for other in others)}) == 5


@pytest.mark.parametrize(
    ("names", "rows", "words"),
    [
        (NAMES, [[0.0, 0.5]], "quantiles must lie between 0 and 1"),
        (NAMES, [[np.nan, 0.5]], "finite"),
        (NAMES, [[0.5]], "do not fit 2 names"),
        ((NAMES[0], NAMES[0]), [[0.5, 0.5]], "given twice"),
    ],
)
def test_what_is_no_design_is_refused(names: tuple[str, ...], rows: list[list[float]], words: str) -> None:
    """A quantile at the edge, a gap, a wrong shape and a name given twice are refused with the reason."""
    with pytest.raises(UsageError, match=words):
        Points.of(names, np.array(rows))


def test_a_member_beyond_the_design_is_refused() -> None:
    """A design of two members has no third."""
    with pytest.raises(UsageError, match="member 2 is not part of a design of 2 members"):
        Points.of(NAMES, np.array([[0.1, 0.2]]), replicates=2).of_member(2)


def test_a_design_can_vary_luck() -> None:
    """A point has the luck that it is given, its replicates next to one another; it may then set nothing else."""
    points = Points((), "value", b"", replicates=2, lucks=(5, 0, 5))
    assert (points.n_points, points.n_members) == (3, 6)
    assert [points.luck(member) for member in range(6)] == [10, 11, 0, 1, 10, 11]
    assert points.of_member(4) == {}
    plain = Points.of(NAMES, np.full((3, 2), 0.5))
    assert replace(plain, lucks=(1, 2, 3)).points_id != plain.points_id
    with pytest.raises(UsageError, match="at least one row and one column"):
        replace(plain, lucks=(1, 2))
    with pytest.raises(UsageError, match="negative"):
        replace(plain, lucks=(1, 2, -3))


def test_a_design_can_set_some_inputs_and_leave_others_as_drawn() -> None:
    """A cell that is not a number is not set; the values that are there must still be quantiles."""
    rows = np.array([[np.nan, np.nan], [0.05, np.nan], [np.nan, 0.95]])
    points = Points.partly(NAMES, rows, (7, 7, 8))
    assert [points.of_member(member) for member in range(3)] == [{}, {NAMES[0]: 0.05}, {NAMES[1]: 0.95}]
    assert [points.luck(member) for member in range(3)] == [7, 7, 8]
    full = Points.of(NAMES, np.full((3, 2), 0.5), lucks=(7, 7, 8))
    assert replace(full, partial=True).points_id != full.points_id
    for wrong, words in ((1.0, "quantiles must lie between 0 and 1"), (np.inf, "finite")):
        with pytest.raises(UsageError, match=words):
            Points.partly(NAMES, np.array([[np.nan, wrong]]), (0,))
