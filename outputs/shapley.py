"""Shapley values and interactions of a game whose coalitions have been run: each is a weighted sum of their values.

A game is an array whose first axis runs over coalitions, written as masks: bit k says whether player k takes part.
"""

from __future__ import annotations

from collections.abc import Sequence
from itertools import combinations
from math import factorial

import numpy as np
from numpy.typing import NDArray

from model.errors import StudyError

FloatArray = NDArray[np.float64]
TOLERANCE = 1e-9
"""Of the sum of the parts, relative to the largest distance of a coalition's value from that of nobody."""


def exact_weights(n: int) -> FloatArray:
    """Weights of all coalitions in each player's share.

    Parameters
    ----------
    n : players.

    Returns
    -------
    (1, n, 2 ** n): a single sample, of coalitions in the order of their masks.

    Notes
    -----
    ``sum over S without i of |S|! (n - |S| - 1)! / n! (v(S + i) - v(S))``. Shapley (1953).
    """
    weights = np.zeros((1, n, 2**n))
    for mask in range(2**n):
        size = mask.bit_count()
        for i in range(n):
            if mask >> i & 1:
                weights[0, i, mask] = factorial(size - 1) * factorial(n - size) / factorial(n)
            else:
                weights[0, i, mask] = -factorial(size) * factorial(n - size - 1) / factorial(n)
    return weights


def order_weights(masks: Sequence[int], n: int, orders: Sequence[Sequence[int]]) -> FloatArray:
    """Weights of coalitions in what each player adds when it joins, averaged over an order and its reverse.

    Parameters
    ----------
    masks : coalitions of the game, all that grow along the orders among them.
    orders : in antithetic pairs, each order followed by its reverse.

    Returns
    -------
    (n_pairs, n, n_coalitions): a sample a pair; their mean is the estimate (Castro, Gomez and Tejada 2009, Comput.
    Oper. Res. 36), and each adds up to the whole exactly.
    """
    at = {mask: place for place, mask in enumerate(masks)}
    weights = np.zeros((len(orders) // 2, n, len(masks)))
    for place, order in enumerate(orders):
        grown = 0
        for player in order:
            weights[place // 2, player, at[grown]] -= 0.5
            grown |= 1 << player
            weights[place // 2, player, at[grown]] += 0.5
    return weights


def interaction_weights(n: int) -> tuple[list[tuple[int, int]], FloatArray]:
    """Weights of all coalitions in the interaction of each pair of players.

    Returns
    -------
    The pairs, and (n_pairs, 2 ** n). Above zero two players do more together than apart, below it they overlap.

    Notes
    -----
    ``sum over S without i, j of |S|! (n - |S| - 2)! / (n - 1)! (v(S + ij) - v(S + i) - v(S + j) + v(S))``. Grabisch and
    Roubens (1999), Int. J. Game Theory 28.
    """
    pairs = list(combinations(range(n), 2))
    weights = np.zeros((len(pairs), 2**n))
    for place, (i, j) in enumerate(pairs):
        for mask in range(2**n):
            inside = (mask >> i & 1) + (mask >> j & 1)
            others = mask.bit_count() - inside
            weight = factorial(others) * factorial(n - others - 2) / factorial(n - 1)
            weights[place, mask] = weight if inside != 1 else -weight
    return pairs, weights


def weighed(weights: FloatArray, values: FloatArray) -> FloatArray:
    """Sum the values of coalitions by weights.

    Parameters
    ----------
    weights : (..., n_coalitions), each row adding up to zero.
    values : (n_coalitions, ...), that of nobody first.

    Returns
    -------
    The axes of ``weights`` but the last, then those of ``values`` but the first.
    """
    # Counted from nobody's value, so that the digits of a large level are not spent on its differences.
    moves = values - values[0]
    return np.stack([np.einsum("c,c...->...", row, moves) for row in weights.reshape(-1, weights.shape[-1])]).reshape(
        *weights.shape[:-1], *values.shape[1:]
    )


def check_sum(shares: FloatArray, values: FloatArray, what: str) -> None:
    """Hold the parts against the whole.

    Parameters
    ----------
    shares : (n_samples, n_players, ...).
    values : (n_coalitions, ...), nobody first and everybody last.
    what : is shared out, for the error.

    Raises
    ------
    StudyError : in some sample the parts differ from the whole by more than a billionth of the game's largest move.
    """
    moves = values - values[0]
    gap = np.abs(shares.sum(axis=1) - moves[-1])
    allowed = TOLERANCE * np.abs(moves).max(axis=0)
    if not (gap <= allowed).all():
        worst = float(np.max(gap - allowed))
        raise StudyError(f"attribute: the parts of {what} miss the whole by {worst:.3g}; this is a fault of the code")


__all__ = ["check_sum", "exact_weights", "interaction_weights", "order_weights", "weighed"]
