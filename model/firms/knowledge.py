"""From R&D to value added: the research that makes knowledge, and what knowledge above the reference path adds."""

from __future__ import annotations

import numba as nb
import numpy as np
from numpy.typing import NDArray

from model.columns import rows_where
from model.compiled import RULE

FloatArray = NDArray[np.float64]


@nb.njit(**RULE)
def research_at_work(home, elsewhere, reference, served):  # type: ignore[no-untyped-def]  # noqa: ANN001, ANN201 - compiled
    """Real R&D that makes knowledge, and that of the reference path.

    Parameters
    ----------
    home : (n,) each: R&D over value added, value added, share that is real, yuan that moved away.
    elsewhere : (n,) each, yuan: in the enclave, with vouchers, bought.
    reference : (n,) each: R&D over value added on the reference path, share that is real.
    served : (k,) rows of those whom programmes serve, and (k,) factor on what these do not buy.

    Returns
    -------
    (n,) yuan in the quarter, twice; what is done at home, in the enclave and with vouchers is never below zero.
    """
    (intensity, value_added, real_share, displaced), (enclave, vouchers, bought) = home, elsewhere
    (reference_intensity, reference_real_share), n = reference, value_added.size
    research, usual = np.empty(n), np.empty(n)
    for i in range(n):
        at_home = intensity[i] * value_added[i] * real_share[i] - displaced[i]
        research[i] = max(at_home + enclave[i] + vouchers[i], 0.0)
    for row, factor in zip(*served):  # noqa: B905 - compiled
        research[row] *= factor
    for i in range(n):
        research[i] += bought[i]
        usual[i] = reference_intensity[i] * value_added[i] * reference_real_share[i]
    return research, usual


@nb.njit(**RULE)
def grow(demand, value_added, factor, boost_left):  # type: ignore[no-untyped-def]  # noqa: ANN001, ANN201 - compiled
    """Multiply demand by a factor in place, start value added from it, and count a quarter of venture growth off."""
    for i in range(demand.size):
        demand[i] *= factor[i]
        value_added[i] = demand[i]
    for i in range(demand.size):
        boost_left[i] = max(boost_left[i] - 1, 0)


def raise_productivity(
    value_added: FloatArray, knowledge: FloatArray, reference: FloatArray, elasticity: float
) -> None:
    """Raise value added (n,) in place by ``(K / K_ref) ** elasticity``: what lever-made knowledge adds to demand."""
    rows, gain = _lever_made(knowledge, reference)
    if len(rows):
        gain **= elasticity
        _multiply(value_added, rows, gain)


@nb.njit(**RULE)
def _lever_made(knowledge, reference):  # type: ignore[no-untyped-def]  # noqa: ANN001, ANN202 - compiled
    """(k,) rows of firms whose knowledge differs from that of the reference path, (k,) its ratio; both are above 0."""
    differs = np.empty(knowledge.size, np.bool_)
    for i in range(knowledge.size):
        differs[i] = (knowledge[i] != reference[i]) & (reference[i] > 0.0) & (knowledge[i] > 0.0)
    rows = rows_where(differs)
    ratio = np.empty(rows.size)
    for k, row in enumerate(rows):
        ratio[k] = knowledge[row] / reference[row]
    return rows, ratio


@nb.njit(**RULE)
def _multiply(values, rows, factor):  # type: ignore[no-untyped-def]  # noqa: ANN001, ANN202 - compiled
    """Multiply some rows (k,) of a column by a factor (k,) each."""
    for k, row in enumerate(rows):
        values[row] *= factor[k]
