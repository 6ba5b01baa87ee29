"""Valid invention patents: granted for real R&D of years ago, kept up or left to lapse.

Amounts are expected numbers, not whole patents: some eight thousand stand in the district, so the luck of single grants
would move the stock by about one per cent.
"""

from __future__ import annotations

import numba as nb
import numpy as np
from numpy.typing import NDArray

from model.columns import rows_where
from model.compiled import RULE

FloatArray = NDArray[np.float64]
PER_MILLION = 1e-6


def opening_patents(knowledge: FloatArray, site: NDArray[np.int8], held: FloatArray) -> FloatArray:
    """Spread the patents that the firms of a site hold in proportion to their knowledge.

    Parameters
    ----------
    knowledge : (n_firms,) yuan.
    site : (n_firms,) index of the site.
    held : (n_sites,) patents of the site's firms; zero where none is known.

    Returns
    -------
    (n_firms,) patents. Sites where none is known have as many for a yuan of knowledge as the others together, so that
    a firm that lands from there brings some.

    Raises
    ------
    ValueError : patents are known of no site whose firms have knowledge.
    """
    stock = np.bincount(site, knowledge, minlength=len(held))
    known = (held > 0.0) & (stock > 0.0)
    if not known.any():
        raise ValueError("patents are known of no site whose firms have knowledge")
    mean = held[known].sum() / stock[known].sum()
    each = np.full(len(held), mean)
    each[known] = held[known] / stock[known]
    return np.asarray(each[site] * knowledge)


@nb.njit(**RULE, inline="always")
def patents_granted(research, earlier, per_million):  # type: ignore[no-untyped-def]  # noqa: ANN001, ANN201 - compiled
    """Patents granted in a quarter for real R&D (yuan) of the quarter a grant lag ago, at so many a million yuan.

    ``earlier`` is R&D then over the one that is told, where the run does not reach back as far: `over_told`.
    """
    return research * earlier * (per_million * PER_MILLION)


def over_told(growth: float, quarters: int) -> float:
    """R&D a number of quarters before it was told, over it, at a steady log growth a quarter; one if that is none."""
    return float(np.exp(-growth * quarters)) if quarters > 0 else 1.0


@nb.njit(**RULE)
def renew(patents, research, earlier, rates, city, n_cities):  # type: ignore[no-untyped-def]  # noqa: ANN001, ANN201 - compiled
    """Add what is granted to patents (n_firms,) in place, and take what lapses; both (2, n_cities) by city.

    Closed firms hold none and are granted none. ``research`` (n_firms,) and ``earlier`` are those of `patents_granted`,
    the ``rates`` grants a million yuan and the share that lapses.
    """
    per_million, lapse = rates
    by_city, any_of_either = np.zeros((2, n_cities)), np.empty(patents.size, np.bool_)
    for i in range(patents.size):
        any_of_either[i] = (city[i] >= 0) & ((patents[i] != 0.0) | (research[i] != 0.0))
    at, new, gone = 0, 0.0, 0.0
    for i in rows_where(any_of_either):
        if city[i] != at:
            # Most firms of a city stand together: its sums are put down only where another one begins.
            by_city[0, at], by_city[1, at] = new, gone
            at = city[i]
            new, gone = by_city[0, at], by_city[1, at]
        granted, lapsed = patents_granted(research[i], earlier, per_million), patents[i] * lapse
        new, gone = new + granted, gone + lapsed
        patents[i] = patents[i] + granted - lapsed
    by_city[0, at], by_city[1, at] = new, gone
    return by_city
