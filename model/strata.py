"""How the uncertain values of members are drawn: each member for itself, or spread over the strata of each value.

*Stratified* is an extensible Latin hypercube. For each value, the first ``2 ** k`` members hit each ``2 ** -k`` of its
mass exactly once, for every k; a member stays what it is however many there are, and another value changes nothing.
"""

from __future__ import annotations

from collections.abc import Callable

import numba as nb
import numpy as np

from model.compiled import RULE
from model.errors import UsageError, near_match
from model.streams import key, mix, unit

Draw = Callable[[int, int, str], float]
"""(seed, member, stream) -> a uniform number in (0, 1)."""

_ROUNDS = 6
_ONE, _DIGITS = np.uint64(1), 52
_MOST_DOUBLINGS = 64
_GAMMA, _MIX = np.uint64(0x9E3779B97F4A7C15), np.uint64(0xBF58476D1CE4E5B9)


def independent(seed: int, member: int, stream: str) -> float:
    """Uniform in (0, 1), of a member for itself."""
    return float(unit(key(seed, stream), np.uint64(member)))


def stratified(seed: int, member: int, stream: str) -> float:
    """Uniform in (0, 1), spread with those of the other members over the strata of one value.

    Parameters
    ----------
    member : 0 or more.
    stream : name of the value; those of two names know nothing of each other.

    Returns
    -------
    The number of a member alone is uniform; those of the first ``2 ** k`` lie one in each ``2 ** -k``.

    Notes
    -----
    For one value it is van der Corput's sequence in base 2 with Owen's nested scrambling, in an order of its own: each
    doubling of the members puts one new member into the empty half of the stratum of each old one, and a permutation
    keyed by the value says who beside whom. Without it, members 2 i and 2 i + 1 would lie in opposite halves of *every*
    value, and what depends on two values together would not average out at all. Owen (1995), Randomly permuted
    (t,m,s)-nets, in: Monte Carlo and Quasi-Monte Carlo Methods in Scientific Computing.
    """
    return float(_stratified(key(seed, f"strata:{stream}"), member))


DRAWS: dict[str, Draw] = {"independent": independent, "stratified": stratified}


def draw_of(name: str) -> Draw:
    """Find a way to draw by its name.

    Raises
    ------
    UsageError : there is none of that name.
    """
    if name not in DRAWS:
        raise UsageError(f"draws '{name}' do not exist; {near_match(name, DRAWS)}")
    return DRAWS[name]


@nb.njit(**RULE)
def _stratified(stream_key, member):  # type: ignore[no-untyped-def]  # noqa: ANN001, ANN202 - compiled
    """`stratified` by key: who was beside whom back to member 0, then digit by digit forward again."""
    line, doublings, n = np.empty(_MOST_DOUBLINGS, np.uint64), np.empty(_MOST_DOUBLINGS, np.int64), 0
    left = np.uint64(member)
    while left > 0:
        k = 0
        while left >> np.uint64(k + 1) > 0:
            k += 1
        line[n], doublings[n], n = left, k, n + 1
        left = permuted(mix(stream_key + np.uint64(k + 1) * _MIX), left - (_ONE << np.uint64(k)), k)
    digits = _luck(stream_key, np.uint64(0))
    for step in range(n - 1, -1, -1):
        below = np.uint64(_DIGITS - doublings[step])
        half = _ONE << (below - _ONE)
        kept = (digits >> below) << below
        digits = kept | ((digits & half) ^ half) | (_luck(stream_key, line[step]) & (half - _ONE))
    return (np.float64(digits) + 0.5) / 2.0**_DIGITS


@nb.njit(**RULE)
def permuted(permutation_key, place, k):  # type: ignore[no-untyped-def]  # noqa: ANN001, ANN201 - compiled
    """Where a keyed permutation of ``2 ** k`` places puts one of them: swap or not (Hoang, Morris and Rogaway 2012)."""
    mask = (_ONE << np.uint64(k)) - _ONE
    for turn in range(_ROUNDS * (k + 1) * (k > 0)):
        round_key = mix(permutation_key + np.uint64(turn) * _GAMMA)
        partner = place ^ (round_key & mask)
        if mix(round_key + max(place, partner) * _GAMMA) & _ONE:
            place = partner
    return place


@nb.njit(**RULE)
def _luck(stream_key, member):  # type: ignore[no-untyped-def]  # noqa: ANN001, ANN202 - compiled
    """52 digits of a member's own."""
    return mix(stream_key + member * _GAMMA) >> np.uint64(64 - _DIGITS)


__all__ = ["DRAWS", "Draw", "draw_of", "independent", "permuted", "stratified"]
