"""Shapley values and interactions, against games whose answers are known."""

from __future__ import annotations

from collections.abc import Callable
from itertools import permutations

import numpy as np
import pytest
from hypothesis import given, settings
from hypothesis import strategies as st

from model.errors import StudyError
from outputs.shapley import check_sum, exact_weights, interaction_weights, order_weights, weighed


def played(n: int, worth: Callable[[set[int]], float]) -> np.ndarray:
    """(2 ** n,) values of all coalitions, in the order of their masks."""
    return np.array([worth({k for k in range(n) if mask >> k & 1}) for mask in range(2**n)], float)


def shares(values: np.ndarray, n: int) -> np.ndarray:
    """Exact shares."""
    found: np.ndarray = weighed(exact_weights(n), values)[0]
    return found


def interactions(values: np.ndarray, n: int) -> dict[tuple[int, int], float]:
    """Exact interactions by pair."""
    pairs, weights = interaction_weights(n)
    return dict(zip(pairs, map(float, weighed(weights, values)), strict=True))


def pairwise(n: int, seed: int) -> np.ndarray:
    """A random game in which nothing but single players and pairs count."""
    draws = np.random.default_rng(seed)
    alone, together = draws.normal(size=n), np.triu(draws.normal(size=(n, n)), 1)
    return played(n, lambda s: sum(alone[k] for k in s) + sum(together[i, j] for i in s for j in s))


def test_a_sum_gives_everyone_his_own() -> None:
    """v(S) = 7 + 3, 0 and -2 for those inside: the shares are these, and nobody interacts."""
    values = played(3, lambda s: 7.0 + 3.0 * (0 in s) - 2.0 * (2 in s))
    assert shares(values, 3) == pytest.approx([3.0, 0.0, -2.0])
    assert interactions(values, 3) == pytest.approx(dict.fromkeys([(0, 1), (0, 2), (1, 2)], 0.0))


def test_the_glove_game() -> None:
    """One left glove against two right ones: 2/3, 1/6, 1/6; left and right need each other, the right ones overlap."""
    values = played(3, lambda s: float(0 in s and bool({1, 2} & s)))
    assert shares(values, 3) == pytest.approx([2 / 3, 1 / 6, 1 / 6])
    # Of two coalitions without the pair, weighed one half each: v(012) - v(02) - v(12) + v(2) = 0, and 1 for nobody.
    assert interactions(values, 3) == pytest.approx({(0, 1): 0.5, (0, 2): 0.5, (1, 2): -0.5})


def test_the_runway_game() -> None:
    """Littlechild and Owen (1973): who needs a longer runway pays its further part with those who need it too."""
    values = played(3, lambda s: max((12.0 * (0 in s), 18.0 * (1 in s), 30.0 * (2 in s))))
    assert shares(values, 3) == pytest.approx([4.0, 4.0 + 3.0, 4.0 + 3.0 + 12.0])


def test_unanimity_is_shared_evenly_and_interacts() -> None:
    """All of three or nothing: a third each; interaction 1 / (3 - 2 + 1) of each pair (Grabisch and Roubens)."""
    values = played(3, lambda s: float(len(s) == 3))
    assert shares(values, 3) == pytest.approx([1 / 3] * 3)
    assert list(interactions(values, 3).values()) == pytest.approx([0.5] * 3)


def test_a_product_of_two_interacts_by_itself() -> None:
    """V = 5 where 1 and 3 of four meet: 2.5 each, interaction 5 of that pair and 0 of all others."""
    values = played(4, lambda s: 5.0 * ({1, 3} <= s))
    assert shares(values, 4) == pytest.approx([0.0, 2.5, 0.0, 2.5])
    assert {pair for pair, found in interactions(values, 4).items() if abs(found) > 1e-12} == {(1, 3)}
    assert interactions(values, 4)[1, 3] == pytest.approx(5.0)


def test_one_player_has_the_whole() -> None:
    """And no pair."""
    assert shares(np.array([4.0, 9.5]), 1) == pytest.approx([5.5])
    assert interaction_weights(1)[0] == []


@settings(max_examples=30, deadline=None)
@given(n=st.integers(2, 6), seed=st.integers(0, 2**32), level=st.sampled_from([0.0, 1e9]))
def test_parts_add_up_and_equals_are_treated_equally(n: int, seed: int, level: float) -> None:
    """Whatever the game and its level: parts make the whole to 1e-9, a name changes nothing, an idler gets nothing."""
    draws = np.random.default_rng(seed)
    values = level + draws.normal(size=(2**n, 3))
    for mask in range(2**n):  # player 0 changes nothing
        values[mask | 1] = values[mask & ~1]
    found = weighed(exact_weights(n), values)
    check_sum(found, values, "a game")
    assert found[0, 0] == pytest.approx(np.zeros(3), abs=1e-12)
    renamed = [sum(((mask >> k) & 1) << (n - 1 - k) for k in range(n)) for mask in range(2**n)]
    assert weighed(exact_weights(n), values[renamed])[0, ::-1] == pytest.approx(found[0], abs=1e-6 if level else 1e-12)


def test_all_orders_together_are_exact() -> None:
    """The mean over all 24 orders of four players is the Shapley value of any game."""
    values = np.random.default_rng(1).normal(size=16)
    orders = [order for one in permutations(range(4)) for order in (one, one[::-1])]
    sampled = weighed(order_weights(range(16), 4, orders), values)
    assert sampled.shape == (24, 4)
    assert sampled.mean(axis=0) == pytest.approx(shares(values, 4))


def test_an_order_and_its_reverse_are_exact_for_a_game_of_pairs() -> None:
    """Each antithetic pair gives the exact shares by itself; two orders that are not reverses do not."""
    values = pairwise(5, seed=2)
    one, other = (3, 0, 4, 1, 2), (1, 4, 0, 2, 3)
    (found,) = weighed(order_weights(range(32), 5, [one, one[::-1]]), values)
    assert found == pytest.approx(shares(values, 5))
    (crooked,) = weighed(order_weights(range(32), 5, [one, other]), values)
    assert np.abs(crooked - shares(values, 5)).max() > 0.1
    check_sum(crooked[None], values, "a game")


def test_parts_that_miss_the_whole_are_refused() -> None:
    """A billionth of the largest move is allowed and no more; a level of a billion is none of it."""
    values = 1e9 + pairwise(3, seed=3)
    found = weighed(exact_weights(3), values)
    move = float(np.abs(values - values[0]).max())
    check_sum(found + 1e-10 * move, values, "a game")
    with pytest.raises(StudyError, match="the parts of a game miss the whole"):
        check_sum(found + 1e-8 * move, values, "a game")
