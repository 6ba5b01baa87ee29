"""Patient rule induction against boxes that are known."""

from __future__ import annotations

import numpy as np
import pytest

from outputs.prim import Box, find_box, quasi_p


def grid(n: int) -> np.ndarray:
    """All pairs of n numbers from 0 to 1."""
    line = np.linspace(0.0, 1.0, n)
    return np.stack(np.meshgrid(line, line), axis=-1).reshape(-1, 2)


def test_a_corner_is_found_whole() -> None:
    """Where exactly the runs with x <= 0.3 and y >= 0.6 are cases, the box holds all of them and no other run."""
    x = grid(21)
    y = (x[:, 0] <= 0.3) & (x[:, 1] >= 0.6)
    box = find_box(x, y)
    assert (box.inside(x) == y).all()
    assert box.low[0] == -np.inf
    assert box.high[1] == np.inf


def test_a_slab_in_the_middle_is_limited_on_both_sides() -> None:
    """Cases between 0.4 and 0.7 of one value give two limits on it and none on the other."""
    x = grid(21)
    y = (x[:, 0] >= 0.4) & (x[:, 0] <= 0.7)
    box = find_box(x, y)
    assert box.limited() == [0]
    assert (box.inside(x) == y).all()


def test_pure_luck_gives_no_limit() -> None:
    """In 40 studies in which no value matters, the box stays the whole space in most of them."""
    random = np.random.default_rng(3)
    found = [find_box(random.random((200, 3)), random.random(200) < 0.4).limited() for _ in range(40)]
    assert sum(bool(limits) for limits in found) <= 10


def test_the_quasi_p_value_is_the_upper_tail_of_a_binomial() -> None:
    """Three cases of four inside, half of eight without the limit: 4 (1/2)^4 + (1/2)^4 = 5/16."""
    x = np.arange(8, dtype=np.float64)[:, None]
    y = np.array([True, True, True, False, True, False, False, False])
    box = Box.whole(1).with_limits(0, -np.inf, 3.0)
    assert quasi_p(box, 0, x, y) == pytest.approx(5 / 16)


def test_runs_that_are_all_cases_leave_the_space_whole() -> None:
    """With nothing to tell apart there is no limit."""
    assert find_box(grid(5), np.ones(25, np.bool_)).limited() == []
