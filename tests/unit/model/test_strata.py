"""Stratified draws: the strata are hit exactly, nothing moves when members or values are added, and names are apart."""

from __future__ import annotations

import math
from collections import Counter

import numpy as np
import pytest

from model.errors import UsageError
from model.strata import draw_of, independent, permuted, stratified
from model.streams import key, uniform

NAMES = ("base:rd_intensity", "parameter:rd_adjust_speed", "outside:gdp_growth:2022", "posterior:row")


def drawn(n: int, stream: str = NAMES[0], seed: int = 7) -> np.ndarray:
    """Draws of the first members."""
    return np.array([stratified(seed, member, stream) for member in range(n)])


@pytest.mark.parametrize("stream", NAMES)
@pytest.mark.parametrize("seed", [0, 7, 2**62])
def test_any_power_of_two_of_members_hits_every_stratum_once(stream: str, seed: int) -> None:
    """The first 2 ** k members lie one in each 2 ** -k of every value, for each k up to 4096 members."""
    draws = drawn(4096, stream, seed)
    for k in range(13):
        assert sorted(np.floor(draws[: 2**k] * 2**k)) == list(range(2**k))


def test_a_member_is_the_same_for_any_number_of_members_and_order() -> None:
    """The draw of a member is a function of seed, value and member alone: asked for backwards it is what it was."""
    forwards = drawn(300).tolist()
    assert [stratified(7, member, NAMES[0]) for member in reversed(range(300))] == forwards[::-1]


def test_one_member_alone_is_uniform_over_seeds() -> None:
    """Over 4000 seeds the draw of member 0, 5 and 100 fills 20 equal bins, chi-squared below its 99.9 % point."""
    for member in (0, 5, 100):
        draws = np.array([stratified(seed, member, NAMES[0]) for seed in range(4000)])
        counts = np.bincount((draws * 20).astype(int), minlength=20)
        assert ((counts - 200.0) ** 2 / 200.0).sum() < 43.82


def test_two_values_are_paired_by_chance() -> None:
    """Which half a member is in for one value says next to nothing of its half for another.

    For 64 members the mean square of the correlation of halves is 1 / 64 were all independent, and (1 + 9.6 / 64) / 64
    where each doubling is matched at random; it is 1 where all values are hit in the same order.
    """
    n, values = 64, 300
    halves = np.sign(np.array([drawn(n, f"value {name}") for name in range(values)]) - 0.5)
    squares = ((halves @ halves.T) / n)[np.triu_indices(values, 1)] ** 2
    blocks = 2.0 + sum(2**k / (2**k - 1) for k in range(1, 6))
    expected = (1.0 + blocks / n) / n
    assert squares.mean() == pytest.approx(expected, abs=5.0 * squares.std() / math.sqrt(len(squares) / 10))
    assert squares.mean() < 2.0 / n


def test_a_sum_over_values_is_much_surer_than_with_independent_draws() -> None:
    """The mean over 32 members of a sum of five values varies a hundredth as much over seeds as when independent."""
    means = {
        draw: np.var([
            np.mean([sum(draw(seed, m, f"v{j}") for j in range(5)) for m in range(32)]) for seed in range(60)
        ])
        for draw in (independent, stratified)
    }  # fmt: skip
    assert means[stratified] < means[independent] / 100.0


def test_the_permutation_reaches_every_order_equally_often() -> None:
    """Of 24 000 keys each of the 24 orders of four places gets its share, and eight places are permuted."""
    orders = Counter(tuple(int(permuted(key(s, "x"), np.uint64(p), 2)) for p in range(4)) for s in range(24_000))
    assert len(orders) == 24
    assert sum((count - 1000.0) ** 2 / 1000.0 for count in orders.values()) < 49.73
    assert sorted(int(permuted(key(1, "x"), np.uint64(p), 3)) for p in range(8)) == list(range(8))


def test_independent_draws_are_those_of_the_streams() -> None:
    """Each member draws what its stream gives it, to the bit."""
    agents = np.arange(50, dtype=np.uint64)
    assert [independent(3, member, NAMES[0]) for member in range(50)] == uniform(key(3, NAMES[0]), agents).tolist()


def test_unknown_draws_are_refused() -> None:
    """A misspelt way to draw is named with its near match."""
    with pytest.raises(UsageError, match="draws 'stratifed' do not exist; did you mean 'stratified'"):
        draw_of("stratifed")
