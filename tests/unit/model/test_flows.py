"""Sums over all firms that flows between the cities are compared with."""

import numpy as np
import pytest
from threadpoolctl import threadpool_limits

from model.indicators.flows import research_of

N = 130_000
RD = np.exp(np.random.default_rng(1).normal(15.0, 2.0, N))
COUNTED = np.random.default_rng(2).random(N) < 0.8


def test_research_of_those_counted_by_hand() -> None:
    """Firms that are not counted add nothing."""
    assert research_of(np.array([1.0, 2.0, 4.0]), np.array([True, False, True])) == 5.0
    assert research_of(RD, COUNTED) == pytest.approx(RD[COUNTED].sum(), rel=1e-12)


def test_the_number_of_cores_does_not_change_a_bit() -> None:
    """As many firms as at 1:1 add up to the same number whatever number of cores the library may use."""
    totals = set()
    for cores in (1, 2, 3, 4):
        with threadpool_limits(cores):
            totals.add(research_of(RD, COUNTED))
    assert len(totals) == 1
