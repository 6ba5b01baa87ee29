"""Policies that differ from member to member."""

from __future__ import annotations

import pickle

import numpy as np
import pytest

from model.errors import UsageError
from model.policy_points import PolicyPoints
from tests.unit.model.fakes import lever_of, path_of

LEVERS = (lever_of("one", baseline=1.0), lever_of("two", baseline=2.0), lever_of("three", baseline=3.0))
LOW = path_of(LEVERS, [[1.0, 1.0, 1.0], [2.0, 2.0, 2.0], [3.0, 3.0, 3.0]])
PLAN = path_of(LEVERS, [[1.0, 2.0, 3.0], [2.0, 3.0, 4.0], [3.0, 4.0, 5.0]])
HIGH = path_of(LEVERS, [[1.0, 3.0, 5.0], [2.0, 6.0, 10.0], [3.0, 9.0, 9.0]])


def test_a_member_has_its_levers_between_the_two_scenarios() -> None:
    """A quarter of the way for one, all of it for three; two, which is not chosen, stays as the scenario has it."""
    points = PolicyPoints.of(("three", "one"), np.array([[0.0, 0.0], [1.0, 0.25]]), LOW, HIGH)
    path = points.path_of(PLAN, 1)
    assert path.intensity.tolist() == [[1.0, 1.5, 2.0], [2.0, 3.0, 4.0], [3.0, 9.0, 9.0]]
    assert path.scenario_id == PLAN.scenario_id
    assert PLAN.intensity[0].tolist() == [1.0, 2.0, 3.0]


def test_a_share_of_nothing_is_the_first_scenario_to_the_bit() -> None:
    """Levers at their baseline leave the policy of 2020 untouched."""
    points = PolicyPoints.of(("one", "two", "three"), np.zeros((1, 3)), LOW, HIGH)
    path = points.path_of(PLAN, 0)
    assert path.intensity.tobytes() == LOW.intensity.tobytes()
    assert path.policy_at(2) == LOW.policy_at(2)


def test_another_table_or_another_scenario_is_another_id() -> None:
    """What decides a number decides the id; a copy through pickle has the same."""
    points = PolicyPoints.of(("one",), np.array([[0.5]]), LOW, HIGH)
    others = [
        PolicyPoints.of(("one",), np.array([[0.6]]), LOW, HIGH),
        PolicyPoints.of(("two",), np.array([[0.5]]), LOW, HIGH),
        PolicyPoints.of(("one",), np.array([[0.5]]), LOW, PLAN),
    ]
    assert len({points.points_id, *(other.points_id for other in others)}) == 4
    assert pickle.loads(pickle.dumps(points)).points_id == points.points_id  # noqa: S301 - our own bytes


@pytest.mark.parametrize(
    ("names", "rows", "words"),
    [
        (("four",), [[0.5]], "lever 'four' does not exist"),
        (("one",), [[1.5]], "between 0 and 1"),
        (("one",), [[0.1, 0.2]], "do not fit 1 levers"),
        ((), np.empty((1, 0)), "at least one row and one lever"),
    ],
)
def test_what_is_no_table_of_policies_is_refused(names: tuple[str, ...], rows: list[list[float]], words: str) -> None:
    """An unknown lever, a share beyond the scenarios, a wrong shape and an empty table are refused with the reason."""
    with pytest.raises(UsageError, match=words):
        PolicyPoints.of(names, np.array(rows), LOW, HIGH)


def test_a_member_beyond_the_table_is_refused() -> None:
    """A table of one member has no second."""
    points = PolicyPoints.of(("one",), np.array([[0.5]]), LOW, HIGH)
    with pytest.raises(UsageError, match="member 1 is not among the 1"):
        points.path_of(PLAN, 1)
