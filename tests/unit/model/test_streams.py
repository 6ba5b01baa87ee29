"""Luck: keyed draws, their distributions and the ids of those who are born."""

import math

import numpy as np
import pytest

from model.streams import born_ids, child, child_ids, key, key_of_quarter, mix, uniform, uniform_plain, unit

AGENTS = np.arange(100_000, dtype=np.uint64)
WORD = 1 << 64
GAMMA, MIX_1, MIX_2 = 0x9E3779B97F4A7C15, 0xBF58476D1CE4E5B9, 0x94D049BB133111EB


def agent_whose_hash_is(wanted: int, stream_key: np.uint64) -> np.uint64:
    """Run SplitMix64 backwards from a hash to the agent that has it."""

    def undo_shift(z: int, shift: int) -> int:
        result = z
        for _ in range(64 // shift + 1):
            result = z ^ (result >> shift)
        return result

    z = undo_shift(wanted, 31) * pow(MIX_2, -1, WORD) % WORD
    z = undo_shift(z, 27) * pow(MIX_1, -1, WORD) % WORD
    z = undo_shift(z, 30)
    return np.uint64((z - int(stream_key)) * pow(GAMMA, -1, WORD) % WORD)


def test_uniform_is_the_published_generator() -> None:
    """Key 1234567 and agents 1, 2, 3 give the first three numbers that SplitMix64 is known to give from that seed."""
    known = [6457827717110365317, 3203168211198807973, 9817491932198370423]
    by_hand = [((z >> 12) + 0.5) / 2**52 for z in known]
    assert uniform(np.uint64(1234567), np.array([1, 2, 3], np.uint64)).tolist() == by_hand


def test_mix_is_the_published_finaliser() -> None:
    """The compiled finaliser turns the first state after seed 1234567 into SplitMix64's first number."""
    assert int(mix(np.uint64((1234567 + GAMMA) % WORD))) == 6457827717110365317


@pytest.mark.parametrize("stream_key", [np.uint64(0), np.uint64(WORD - 1), key(7, "place", 13)])
def test_compiled_and_numpy_draws_agree_to_the_bit(stream_key: np.uint64) -> None:
    """One compiled draw, a compiled column and the numpy twin agree to the last bit, at both ends of the ids too."""
    agents = np.concatenate([AGENTS[:2000], np.array([WORD - 1, WORD // 2, 1 << 53], np.uint64)])
    plain = uniform_plain(stream_key, agents).tolist()
    assert uniform(stream_key, agents).tolist() == plain
    assert [unit(stream_key, agent) for agent in agents] == plain


def test_uniform_fills_the_unit_interval_evenly() -> None:
    """Twenty equal bins of 100 000 draws stay below the 99.9 % point of chi-squared with 19 degrees of freedom."""
    counts = np.bincount((uniform(key(1, "test"), AGENTS) * 20).astype(int), minlength=20)
    assert len(counts) == 20
    assert ((counts - 5000) ** 2 / 5000).sum() < 43.82


@pytest.mark.parametrize(("seed", "stream", "quarter"), [(2, "a", 1), (1, "b", 1), (1, "a", 2)])
def test_draws_of_another_seed_stream_or_quarter_are_unrelated(seed: int, stream: str, quarter: int) -> None:
    """Changing the seed, the stream or the quarter leaves no correlation beyond four standard errors."""
    first, second = uniform(key(1, "a", 1), AGENTS), uniform(key(seed, stream, quarter), AGENTS)
    assert abs(np.corrcoef(first, second)[0, 1]) < 4 / math.sqrt(len(AGENTS))


def test_neighbouring_agents_draw_unrelated_numbers() -> None:
    """The draws of agents with consecutive ids have no correlation beyond four standard errors."""
    u = uniform(key(3, "neighbours"), AGENTS)
    assert abs(np.corrcoef(u[:-1], u[1:])[0, 1]) < 4 / math.sqrt(len(AGENTS))


def test_a_draw_does_not_depend_on_the_order_or_company_of_agents() -> None:
    """An agent draws the same number when the others are reordered, removed or joined by more."""
    luck = key(5, "order")
    whole = uniform(luck, AGENTS[:1000])
    order = np.random.default_rng(0).permutation(1000)
    assert uniform(luck, AGENTS[order]).tolist() == whole[order].tolist()
    assert uniform(luck, AGENTS[500:501])[0] == whole[500]


def test_a_key_depends_on_nothing_but_its_three_parts() -> None:
    """A key does not change when other keys were made before it, and no two of many keys are equal."""
    first = key(1, "growth", 3)
    keys = {int(key(seed, stream, q)) for seed in (1, 2, 11) for stream in ("growth", "1", "1|1") for q in range(20)}
    assert len(keys) == 3 * 3 * 20
    assert key(1, "growth", 3) == first


def test_keys_made_ahead_are_the_keys() -> None:
    """In any order, and across the blocks in which they are made."""
    for quarter in (45, 0, 20, 1, 19, 21, 40):
        assert key_of_quarter(5, "growth", quarter) == key(5, "growth", quarter)
        assert type(key_of_quarter(5, "growth", quarter)) is np.uint64


def test_uniform_never_reaches_one() -> None:
    """The agent with the highest of all hashes still draws a number below one, so that its Gumbel luck is finite."""
    luck = key(1, "edge")
    agent = agent_whose_hash_is(WORD - 1, luck)
    assert uniform(luck, np.array([agent]))[0] < 1.0


def test_uniform_never_reaches_zero() -> None:
    """The agent with the lowest of all hashes draws a number above zero, whose logarithm is finite."""
    luck = key(1, "edge")
    agents = np.array([agent_whose_hash_is(0, luck)])
    assert 0.0 < uniform(luck, agents)[0] < 1e-15


def test_born_ids_are_stable() -> None:
    """The id of one birth is the same alone, among others and in any order of parents."""
    parents, slots = np.array([7, 8, 7], np.uint64), np.array([0, 0, 1])
    ids = born_ids("spin-off", 4, parents, slots)
    assert born_ids("spin-off", 4, parents[::-1], slots[::-1]).tolist() == ids[::-1].tolist()
    assert born_ids("spin-off", 4, 8, np.array([0])).tolist() == [ids[1]]


def test_born_ids_have_not_changed_since_they_were_introduced() -> None:
    """The id of slot 0 of parent 1 born of `x` in quarter 2 is SplitMix64's finaliser of key, parent and slot."""
    z = (int(key(0, "born:x", 2)) ^ MIX_1) + GAMMA
    assert born_ids("x", 2, 1, np.array([0])).tolist() == [int(mix(np.uint64(z % WORD)))]


def test_born_ids_differ_by_cause_quarter_parent_and_slot() -> None:
    """No two of 2 x 10 x 10 x 100 births share an id."""
    slots = np.arange(100)
    ids = {
        int(one)
        for cause in ("newcomer", "graduate")
        for quarter in range(10)
        for parent in range(10)
        for one in born_ids(cause, quarter, parent, slots)
    }
    assert len(ids) == 2 * 10 * 10 * 100


def test_child_ids_are_born_ids_with_the_cause_hashed() -> None:
    """Hashing the cause first gives the same ids."""
    slots = np.arange(5)
    assert child_ids(key(0, "born:x", 3), 9, slots).tolist() == born_ids("x", 3, 9, slots).tolist()


def test_one_compiled_child_is_one_of_a_column() -> None:
    """The compiled id of one parent and slot is the one that a column of them holds."""
    parents, slots = np.array([3, WORD - 1, 0], np.uint64), np.array([0, 4, 999])
    column = child_ids(key(1, "place"), parents, slots).tolist()
    assert [child(key(1, "place"), *pair) for pair in zip(parents, slots, strict=True)] == column
