"""From R&D to value added: the research that makes knowledge, and what knowledge above the reference path adds."""

from __future__ import annotations

import numba as nb
import numpy as np
from numpy.typing import NDArray

FloatArray = NDArray[np.float64]


@nb.njit(cache=True)
def research_at_work(intensity, value_added, real_share, displaced, enclave, vouchers):  # type: ignore[no-untyped-def]  # noqa: ANN001, ANN201 - compiled
    """(n,) yuan of real R&D in the quarter: at home less what moved away, in the enclave, with vouchers; never less."""
    research = np.empty(intensity.size)
    for i in range(intensity.size):
        at_home = intensity[i] * value_added[i] * real_share[i] - displaced[i]
        research[i] = max(at_home + enclave[i] + vouchers[i], 0.0)
    return research


def raise_productivity(
    value_added: FloatArray, knowledge: FloatArray, reference: FloatArray, elasticity: float
) -> None:
    """Raise value added (n,) in place by ``(K / K_ref) ** elasticity``: what lever-made knowledge adds to demand."""
    rows = _with_lever_made(knowledge, reference)
    if len(rows):
        value_added[rows] *= (knowledge[rows] / reference[rows]) ** elasticity


@nb.njit(cache=True)
def _with_lever_made(knowledge, reference):  # type: ignore[no-untyped-def]  # noqa: ANN001, ANN202 - compiled
    """(k,) rows of firms whose knowledge differs from that of the reference path, where there is any of both."""
    rows, n = np.empty(knowledge.size + 1, np.int64), 0
    for i in range(knowledge.size):
        rows[n] = i
        n += (knowledge[i] != reference[i]) & (reference[i] > 0.0) & (knowledge[i] > 0.0)
    return rows[:n]
