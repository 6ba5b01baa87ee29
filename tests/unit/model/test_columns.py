"""Sums and medians of columns: those of numpy to the last bit."""

import numpy as np
import pytest

from model.columns import few_rows_where, median, of_rows, rows_where, summed, summed_where, sums_by


@pytest.mark.parametrize("size", [1, 2, 5, 6, 1001, 1002])
def test_the_median_is_that_of_numpy(size: int) -> None:
    """Odd and even columns, to the last bit, and the column is left as it was."""
    values = np.random.default_rng(size).normal(size=size)
    before = values.copy()
    assert median(values) == np.median(values)
    assert (values == before).all()


@pytest.mark.parametrize(("n_left_out", "expected"), [(0, 3.5), (1, 4.0), (2, 4.5), (5, 6.0)])
def test_the_least_values_can_be_left_out_of_the_median(n_left_out: int, expected: float) -> None:
    """Of one to six without the two least, the median is that of three to six."""
    assert median(np.array([6.0, 1.0, 5.0, 2.0, 4.0, 3.0]), n_left_out) == expected


def test_no_values_have_no_median() -> None:
    """An empty column is refused, where numpy warns and returns nan."""
    with pytest.raises(ValueError, match="no values"):
        median(np.empty(0))


@pytest.mark.parametrize("size", [300, 700, 7000])
def test_the_median_of_many_equal_values(size: int) -> None:
    """Where a sample brackets nothing because most are equal, the median is found nevertheless."""
    draws = np.random.default_rng(size)
    for values in (np.ones(size), draws.integers(0, 2, size).astype(float), np.sort(draws.lognormal(0.0, 3.0, size))):
        assert median(values) == np.median(values)


@pytest.mark.parametrize("size", [0, 1, 7, 8, 9, 127, 128, 129, 136, 255, 1001, 8191])
def test_the_sum_is_that_of_numpy(size: int) -> None:
    """To the last bit, of a whole column and of the part where a mask holds."""
    draws = np.random.default_rng(size)
    values, mask = draws.lognormal(10.0, 3.0, size), draws.random(size) < 0.3
    assert (summed(values), summed_where(values, mask)) == (values.sum(), values[mask].sum())


def test_the_order_matters() -> None:
    """One after another, the same numbers add up to other bits: the test above can fail."""
    values = np.exp(np.random.default_rng(3).normal(0.0, 6.0, 1000))
    assert sum(values.tolist()) != values.sum()


def test_values_of_rows_are_those_of_an_index() -> None:
    """In the order of the rows, of the column's own type, and none of no rows."""
    values, rows = np.array([True, False, True]), np.array([2, 1, 1])
    assert of_rows(values, rows).tolist() == [True, False, False]
    assert of_rows(values, rows).dtype == np.bool_
    assert of_rows(values, rows[:0]).size == 0


def test_sums_by_label_are_those_of_what_has_the_label() -> None:
    """Each label's sum is that of its rows alone, in their order; below zero and beyond the last nothing counts."""
    draws = np.random.default_rng(5)
    values, label = np.exp(draws.normal(0.0, 6.0, 500)), draws.integers(-1, 4, 500).astype(np.int8)
    assert sums_by(values, label, 3).tolist() == [values[label == at].sum() for at in range(3)]
    assert sums_by(values[:0], label[:0], 2).tolist() == [0.0, 0.0]


@pytest.mark.parametrize("size", [0, 1, 7, 8, 9, 16, 1001])
@pytest.mark.parametrize("share", [0.0, 0.02, 0.5, 1.0])
def test_rows_where_a_mask_holds(size: int, share: float) -> None:
    """All of them in order, whether few or many, the last ones too where their number is no multiple of eight."""
    mask = np.random.default_rng(size).random(size) < share
    assert few_rows_where(mask).tolist() == rows_where(mask).tolist() == np.flatnonzero(mask).tolist()
