"""Order statistics."""

import numpy as np
import pytest

from model.statistics import median


@pytest.mark.parametrize("size", [1, 2, 5, 6, 1001, 1002])
def test_the_median_is_that_of_numpy(size: int) -> None:
    """Odd and even columns, to the last bit, and the column is left as it was."""
    values = np.random.default_rng(size).normal(size=size)
    before = values.copy()
    assert median(values) == np.median(values)
    assert (values == before).all()


def test_no_values_have_no_median() -> None:
    """An empty column is refused, where numpy warns and returns nan."""
    with pytest.raises(ValueError, match="no values"):
        median(np.empty(0))
