"""What employers want: staff by output, and the output behind each group of employers."""

import math

import numpy as np
import pytest

from model.talent.labour import output_by_employer, staff_wanted
from tests.unit.model.fakes import base_of


def test_staff_wanted_by_hand() -> None:
    """After two years at 2 % a year, output up by a tenth wants 1.1 x exp(-0.04) of the opening staff in every tier."""
    wanted = staff_wanted(np.array([[100.0, 10.0], [50.0, 0.0]]), np.array([1.1, 1.0]), 8, 0.02)
    saved = math.exp(-0.04)
    assert wanted == pytest.approx(np.array([[110.0 * saved, 11.0 * saved], [50.0 * saved, 0.0]]), rel=1e-12)


def test_output_at_the_pace_of_productivity_wants_the_same_staff() -> None:
    """Output that grows as fast as output per talent keeps staff as it was."""
    opening = np.array([[100.0, 10.0, 3.0]])
    assert staff_wanted(opening, np.array([math.exp(0.02 * 5)]), 20, 0.02) == pytest.approx(opening, rel=1e-12)


def test_output_by_employer_by_hand() -> None:
    """Firms add up by site and cluster; background, public and self-employed follow the site's background sector."""
    output = output_by_employer(
        base_of(),
        value_added=np.array([1.0, 2.0, 4.0, 8.0]),
        site=np.array([0, 0, 3, 0], np.int8),
        cluster=np.array([0, 1, 1, 1], np.int8),
        background=np.array([100.0, 200.0, 300.0, 400.0]),
    )
    assert output.reshape(4, 6).tolist() == [
        [1.0, 10.0, 0.0, 100.0, 100.0, 100.0],
        [0.0, 0.0, 0.0, 200.0, 200.0, 200.0],
        [0.0, 0.0, 0.0, 300.0, 300.0, 300.0],
        [0.0, 4.0, 0.0, 400.0, 400.0, 400.0],
    ]
