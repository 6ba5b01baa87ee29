"""Yearly rates told in quarters."""

import numpy as np
import pytest

from model.rates import quarterly


@pytest.mark.parametrize(("yearly", "quarter"), [(0.0, 0.0), (1.0, 1.0), (0.9375, 0.5), (1 - 0.9**4, 0.1)])
def test_a_hazard_of_a_quarter_by_hand(yearly: float, quarter: float) -> None:
    """Surviving four quarters is surviving the year: 1 - 0.5^4 = 0.9375 a year is one half a quarter."""
    assert quarterly(yearly) == pytest.approx(quarter, rel=1e-12, abs=1e-15)


def test_quarters_compound_to_the_year() -> None:
    """Four quarters' survival multiplies to the year's, element by element of an array."""
    yearly = np.array([0.016, 0.12, 0.35, 0.9])
    assert (1 - quarterly(yearly)) ** 4 == pytest.approx(1 - yearly, rel=1e-12)
