"""From R&D to value added: research at work, whom programmes serve, what lever-made knowledge adds."""

import numpy as np
import pytest

from model.firms.knowledge import grown_at_home, raise_productivity, research_at_work


def test_research_at_work_by_hand() -> None:
    """Half of ten yuan is real, one moved away, two are in the enclave and three with vouchers; never below zero."""
    columns = np.array([[0.1, 0.1], [100.0, 100.0], [0.5, 0.5], [1.0, 9.0], [2.0, 0.0], [3.0, 0.0]])
    assert research_at_work(*columns) == pytest.approx([9.0, 0.0], rel=1e-12)


def test_whom_programmes_can_serve() -> None:
    """Firms of the district with R&D, above scale or certified."""
    city, certified_until = np.array([0, 0, 0, 0, 1, -1], np.int8), np.array([4, 5, 4, 5, 5, 5], np.int16)
    above_scale, rd_intensity = np.array([1, 0, 0, 1, 1, 1], bool), np.array([0.1, 0.1, 0.1, 0.0, 0.1, 0.1])
    assert grown_at_home(city, rd_intensity, above_scale, certified_until, 5).tolist() == [0, 1]


def test_knowledge_above_the_reference_raises_value_added() -> None:
    """Four times the knowledge at elasticity one half doubles it; without any of either, or as usual, nothing moves."""
    value_added = np.full(4, 10.0)
    raise_productivity(value_added, np.array([4.0, 1.0, 0.0, 1.0]), np.array([1.0, 1.0, 1.0, 0.0]), 0.5)
    assert value_added == pytest.approx([20.0, 10.0, 10.0, 10.0], rel=1e-12)
