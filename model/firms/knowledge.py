"""From R&D to value added: the research that makes knowledge, and what knowledge above the reference path adds."""

from __future__ import annotations

import numba as nb
import numpy as np
from numpy.typing import NDArray

from model.compiled import RULE
from model.firms.table import rows_where

FloatArray = NDArray[np.float64]


@nb.njit(**RULE)
def research_at_work(intensity, value_added, real_share, displaced, enclave, vouchers):  # type: ignore[no-untyped-def]  # noqa: ANN001, ANN201 - compiled
    """(n,) yuan of real R&D in the quarter: at home less what moved away, in the enclave, with vouchers; never less."""
    research = np.empty(intensity.size)
    for i in range(intensity.size):
        at_home = intensity[i] * value_added[i] * real_share[i] - displaced[i]
        research[i] = max(at_home + enclave[i] + vouchers[i], 0.0)
    return research


@nb.njit(**RULE)
def grown_at_home(city, rd_intensity, above_scale, certified_until, quarter):  # type: ignore[no-untyped-def]  # noqa: ANN001, ANN201 - compiled
    """(k,) rows of the district's firms with R&D that are above scale or certified: whom programmes can serve."""
    grown = np.empty(city.size, np.bool_)
    for i in range(city.size):
        on_ladder = above_scale[i] | (certified_until[i] >= quarter)
        grown[i] = (city[i] == 0) & (rd_intensity[i] > 0.0) & on_ladder
    return rows_where(grown)


def raise_productivity(
    value_added: FloatArray, knowledge: FloatArray, reference: FloatArray, elasticity: float
) -> None:
    """Raise value added (n,) in place by ``(K / K_ref) ** elasticity``: what lever-made knowledge adds to demand."""
    rows = _with_lever_made(knowledge, reference)
    if len(rows):
        value_added[rows] *= (knowledge[rows] / reference[rows]) ** elasticity


@nb.njit(**RULE)
def _with_lever_made(knowledge, reference):  # type: ignore[no-untyped-def]  # noqa: ANN001, ANN202 - compiled
    """(k,) rows of firms whose knowledge differs from that of the reference path, where there is any of both."""
    differs = np.empty(knowledge.size, np.bool_)
    for i in range(knowledge.size):
        differs[i] = (knowledge[i] != reference[i]) & (reference[i] > 0.0) & (knowledge[i] > 0.0)
    return rows_where(differs)
