"""Sums inside compiled rules: `numpy.sum` to the last bit, so that a rule may be compiled and its results stay."""

from __future__ import annotations

import numba as nb
import numpy as np

_BLOCK = 128
"""Longest column that numpy adds up in one go; longer ones it halves."""


@nb.njit(cache=True)
def pairwise_sum(values):  # type: ignore[no-untyped-def]  # noqa: ANN001, ANN201 - compiled
    """Sum of a column (n,) in numpy's order: eight sums side by side, added in pairs, and then what is over."""
    n, total = values.size, 0.0
    if n > _BLOCK:
        half = n // 2 - n // 2 % 8
        return pairwise_sum(values[:half]) + pairwise_sum(values[half:])
    start = n - n % 8
    if start:
        side = values[:8].copy()
        for i in range(8, start):
            side[i % 8] += values[i]
        total = ((side[0] + side[1]) + (side[2] + side[3])) + ((side[4] + side[5]) + (side[6] + side[7]))
    for i in range(start, n):
        total += values[i]
    return total


@nb.njit(cache=True)
def sums_by(values, label, n_labels):  # type: ignore[no-untyped-def]  # noqa: ANN001, ANN201 - compiled
    """(n_labels,) what ``values[label == at].sum()`` is for each label; both (n,), and no label below zero counts."""
    sums, labelled = np.empty(n_labels), np.empty(values.size + 1)
    for at in range(n_labels):
        n = 0
        for i in range(values.size):
            labelled[n] = values[i]
            n += label[i] == at
        sums[at] = pairwise_sum(labelled[:n])
    return sums
