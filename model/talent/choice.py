"""Where a talent goes: a multinomial logit over places, drawn as the best of utility plus Gumbel luck.

The luck is keyed by talent and destination, so a lever of Yinzhou moves nobody between Shanghai and Hangzhou.
"""

from __future__ import annotations

import math
from typing import Any

import numba as nb
import numpy as np
from numpy.typing import NDArray

from model.base import N_TIERS
from model.compiled import RULE
from model.streams import IdArray, child, units

FloatArray = NDArray[np.float64]
IntArray = NDArray[np.signedinteger[Any]]
_BLOCK = 256
"""Talents whose draws of all places are made together: they stay in the nearest cache."""
_MARGIN = 1.0 + 1e-9
"""By how much a place must be better to need no logarithm."""


def group_of(
    city: NDArray[np.int8], home: NDArray[np.int8], tier: NDArray[np.int8], n_places: int
) -> NDArray[np.int16]:
    """(n,) row of each resident in the odds of `choose_place`: by city, home and tier; all arrays (n,)."""
    return np.asarray(_group_of(city, home, tier, n_places))


@nb.njit(**RULE)
def _group_of(city, home, tier, n_places):  # type: ignore[no-untyped-def]  # noqa: ANN001, ANN202 - compiled
    """The compiled loop of `group_of`."""
    group = np.empty(city.size, np.int16)
    for i in range(city.size):
        group[i] = (city[i] * n_places + home[i]) * N_TIERS + tier[i]
    return group


def choose_place(odds: FloatArray, group: IntArray, talents: IdArray, luck: np.uint64) -> NDArray[np.int8]:
    """Best of utility plus Gumbel luck keyed by talent and destination.

    Parameters
    ----------
    odds : (n_groups, n_places) exponentials of utility; zero for places outside the choice set.
    group : (n,) row of each talent.
    talents : (n,) ids.
    luck : key of the stream in this quarter.

    Returns
    -------
    (n,) index of the chosen place.

    Raises
    ------
    ValueError : a talent has no place to choose.

    Notes
    -----
    The largest ``u - log(-log U)`` is the smallest ``-log(U) / exp(u)``, which takes one logarithm instead of two, and
    none where ``1 - U``, never above ``-log(U)``, is already too large.
    """
    chosen, n_lost = _best_place(odds, group, talents, luck)
    if n_lost:
        raise ValueError("somebody has no place to choose: a row of odds is all zero or not a number")
    return np.asarray(chosen)


@nb.njit(**RULE)
def _best_place(odds, group, talents, luck):  # type: ignore[no-untyped-def]  # noqa: ANN001, ANN202 - compiled
    """The compiled loop of `choose_place`: the place of each, and how many have none to choose."""
    n_places, n_lost = odds.shape[1], 0
    of_place, noted = np.empty(n_places, np.uint64), np.empty(_BLOCK, np.uint32)
    for place in range(n_places):
        of_place[place] = child(luck, luck, place)
    chosen, likeliest, draws = np.empty(talents.size, np.int8), _likeliest(odds), np.empty((n_places, _BLOCK))
    for first in range(0, talents.size, _BLOCK):
        block = slice(first, min(first + _BLOCK, talents.size))
        for place in range(n_places):
            units(of_place[place], talents[block], draws[place])
        n = _note_unsure(odds, group[block], draws, likeliest, chosen[block], noted)
        _best_of_few(odds, group[block], draws, likeliest, chosen[block], noted[:n])
    for i in range(chosen.size):
        n_lost += chosen[i] < 0
    return chosen, n_lost


@nb.njit(**RULE)
def _likeliest(odds):  # type: ignore[no-untyped-def]  # noqa: ANN001, ANN202 - compiled
    """(n_groups,) place of the largest odds of each group, the first of equal ones."""
    likeliest = np.zeros(odds.shape[0], np.int64)
    for k in range(odds.shape[0]):
        for place in range(odds.shape[1]):
            if odds[k, place] > odds[k, likeliest[k]]:
                likeliest[k] = place
    return likeliest


@nb.njit(**RULE)
def _note_unsure(odds, group, draws, likeliest, chosen, noted):  # type: ignore[no-untyped-def]  # noqa: ANN001, ANN202 - compiled
    """Give each of a block the likeliest place, and note those for whom it may not be the best; how many there are.

    Nine residents in ten need no logarithm: ``-log(U)`` is never above ``(1 - U) / sqrt(U)``, and that of no other
    place is below its ``1 - U``. The margin is far above what rounding could turn.
    """
    n_noted = np.uint64(0)
    for i in range(group.size):
        row, n_near = np.uint64(group[i]), 0
        first = np.uint64(likeliest[row])
        u, own = draws[first, i], odds[row, first]
        most = _MARGIN * (1.0 - u) / math.sqrt(u)
        for place in range(odds.shape[1]):
            n_near += (1.0 - draws[place, i]) * own < most * odds[row, place]
        chosen[i], noted[n_noted] = first, i
        # The place itself is near; nothing is where odds are all zero or not a number.
        n_noted += np.uint64(n_near != 1)
    return n_noted


@nb.njit(**RULE)
def _best_of_few(odds, group, draws, likeliest, chosen, noted):  # type: ignore[no-untyped-def]  # noqa: ANN001, ANN202 - compiled
    """`choose_place` for those who are ``noted`` of a block; below zero who has no place to choose."""
    for i in noted:
        row, best, chosen[i] = np.uint64(group[i]), np.inf, -1
        first = likeliest[row]
        for k in range(odds.shape[1]):
            # The likeliest place first: it seldom loses, so that few others need a logarithm.
            place = np.uint64(first if k == 0 else (k if k > first else k - 1))
            u, own = draws[place, i], odds[row, place]
            # Written without a division: a place outside the choice set has no odds and never wins.
            if 1.0 - u < best * own:
                value = -math.log(u) / own
                if value < best:
                    best, chosen[i] = value, place
