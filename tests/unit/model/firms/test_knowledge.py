"""From R&D to value added: research at work, whom programmes serve, what lever-made knowledge adds."""

import numpy as np
import pytest

from model.firms.knowledge import grow, raise_productivity, research_at_work


@pytest.mark.parametrize(("served", "factor"), [([], 1.0), ([0], 2.0), ([1], 1.0)])
def test_research_at_work_by_hand(served: list[int], factor: float) -> None:
    """Half of ten yuan is real, one moved, two are in the enclave, three with vouchers, four bought; never below zero.

    Programmes raise what is not bought. The reference path has its own intensity and real share.
    """
    home = np.array([[0.1, 0.1], [100.0, 100.0], [0.5, 0.5], [1.0, 9.0]])
    elsewhere, reference = np.array([[2.0, 0.0], [3.0, 0.0], [4.0, 0.0]]), np.array([[0.2, 0.3], [0.5, 1.0]])
    twice = np.array(served, np.int64), np.full(len(served), 2.0)
    research, usual = research_at_work(tuple(home), tuple(elsewhere), tuple(reference), twice)
    assert research == pytest.approx([9.0 * factor + 4.0, 0.0], rel=1e-12)
    assert usual == pytest.approx([10.0, 30.0], rel=1e-12)


def test_growth_moves_demand_and_value_added_starts_from_it() -> None:
    """Demand grows by its factor, value added is demand, and a quarter of venture growth passes, down to none."""
    demand, value_added, left = np.array([2.0, 3.0]), np.zeros(2), np.array([3, 0], np.int16)
    grow(demand, value_added, np.array([1.5, 2.0]), left)
    assert demand.tolist() == value_added.tolist() == [3.0, 6.0]
    assert left.tolist() == [2, 0]


def test_knowledge_above_the_reference_raises_value_added() -> None:
    """Four times the knowledge at elasticity one half doubles it; without any of either, or as usual, nothing moves."""
    value_added = np.full(4, 10.0)
    raise_productivity(value_added, np.array([4.0, 1.0, 0.0, 1.0]), np.array([1.0, 1.0, 1.0, 0.0]), 0.5)
    assert value_added == pytest.approx([20.0, 10.0, 10.0, 10.0], rel=1e-12)
