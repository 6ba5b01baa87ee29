"""Sums inside compiled rules: those of numpy to the last bit."""

import numpy as np
import pytest

from model.sums import pairwise_sum, sums_by


@pytest.mark.parametrize("n", [0, 1, 7, 8, 9, 16, 127, 128, 129, 136, 255, 256, 257, 1000, 4999])
def test_sums_are_those_of_numpy(n: int) -> None:
    """Numbers of very different size, whose sum depends on the order, add up to the bits that numpy finds."""
    for seed in range(20):
        values = np.exp(np.random.default_rng([n, seed]).normal(0.0, 6.0, n))
        assert pairwise_sum(values) == values.sum()


def test_the_order_matters() -> None:
    """One after another, the same numbers add up to other bits: the test above can fail."""
    values = np.exp(np.random.default_rng(3).normal(0.0, 6.0, 1000))
    assert sum(values.tolist()) != values.sum()


def test_sums_by_label_are_those_of_what_has_the_label() -> None:
    """Each label's sum is that of its rows alone, in their order; below zero and beyond the last nothing counts."""
    draws = np.random.default_rng(5)
    values, label = np.exp(draws.normal(0.0, 6.0, 500)), draws.integers(-1, 4, 500).astype(np.int8)
    assert sums_by(values, label, 3).tolist() == [values[label == at].sum() for at in range(3)]
    assert sums_by(values[:0], label[:0], 2).tolist() == [0.0, 0.0]
