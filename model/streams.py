"""Luck: every draw is keyed by (seed, stream, quarter) and by the id of the agent who draws.

A counter-based generator (SplitMix64, Steele, Lea and Flood 2014, OOPSLA) gives each agent its own number in
any order and on any number of workers. An agent's luck does not change because another agent was
born or a rule was added; two scenarios share it.
"""

from __future__ import annotations

import functools
import hashlib

import numba as nb
import numpy as np
from numpy.typing import NDArray

from model.compiled import RULE

IdArray = NDArray[np.uint64]
FloatArray = NDArray[np.float64]

_GAMMA = np.uint64(0x9E3779B97F4A7C15)
_MIX_1 = np.uint64(0xBF58476D1CE4E5B9)
_MIX_2 = np.uint64(0x94D049BB133111EB)
_S30, _S27, _S31, _S12, _S32 = np.uint64(30), np.uint64(27), np.uint64(31), np.uint64(12), np.uint64(32)
_LOW = np.uint64(0xFFFFFFFF)
# 52 bits: with 53 the highest hashes, half a step added, would round up to one.
_TO_UNIT = 1.0 / (1 << 52)


_AHEAD = 20
"""Quarters whose keys are made together: alone, a key costs three times as much."""


@functools.lru_cache(maxsize=8192)
def key(seed: int, stream: str, quarter: int = 0) -> np.uint64:
    """The 64-bit key of a stream in a quarter; the name of the stream is hashed, so order never matters.

    Kept for the next scenario of the same member, which asks for the same keys.
    """
    digest = hashlib.blake2b(f"{seed}|{stream}|{quarter}".encode(), digest_size=8).digest()
    return np.uint64(int.from_bytes(digest, "little"))


def key_of_quarter(seed: int, stream: str, quarter: int) -> np.uint64:
    """`key` of a stream that is asked for in quarter after quarter."""
    of_quarter: np.uint64 = _keys_ahead(seed, stream, quarter // _AHEAD)[quarter % _AHEAD]
    return of_quarter


@functools.lru_cache(maxsize=2048)
def _keys_ahead(seed: int, stream: str, block: int) -> NDArray[np.uint64]:
    """(_AHEAD,) keys of a stream in that many quarters one after the other."""
    begun = hashlib.blake2b(f"{seed}|{stream}|".encode(), digest_size=8)
    digests = []
    for quarter in range(block * _AHEAD, (block + 1) * _AHEAD):
        whole = begun.copy()
        whole.update(b"%d" % quarter)
        digests.append(whole.digest())
    return np.frombuffer(b"".join(digests), "<u8")


@nb.njit(nb.uint64(nb.uint64), **RULE, inline="always")
def mix(z: np.uint64) -> np.uint64:
    """SplitMix64's finaliser: one 64-bit number in, one well-mixed 64-bit number out."""
    z = (z ^ (z >> _S30)) * _MIX_1
    z = (z ^ (z >> _S27)) * _MIX_2
    return z ^ (z >> _S31)


@nb.njit(nb.float64(nb.uint64, nb.uint64), **RULE, inline="always")
def unit(stream_key: np.uint64, agent: np.uint64) -> float:
    """One uniform number in the open interval (0, 1) for one agent, inside compiled rules."""
    return (np.float64(mix(stream_key + agent * _GAMMA) >> _S12) + 0.5) * _TO_UNIT


@nb.njit(**RULE)
def hashes(stream_key, agents, hashed):  # type: ignore[no-untyped-def]  # noqa: ANN001, ANN201 - compiled
    """The hash of each agent, written into ``hashed``; a loop of one input and one output runs on eight at a time."""
    for i in range(agents.size):
        hashed[i] = mix(stream_key + agents[i] * _GAMMA)


@nb.njit(**RULE, inline="always")
def two_draws(hashed):  # type: ignore[no-untyped-def]  # noqa: ANN001, ANN201 - compiled
    """Two whole draws from one hash: its halves, each uniform over 32 bits."""
    return np.uint32(hashed >> _S32), np.uint32(hashed & _LOW)


@nb.njit(**RULE)
def thresholds(hazard):  # type: ignore[no-untyped-def]  # noqa: ANN001, ANN201 - compiled
    """What a draw of `two_draws` must fall below to happen with each hazard (n, m), to 2 ** -32; the largest of all."""
    below, most = np.empty(hazard.shape, np.uint32), np.uint32(0)
    for i in range(hazard.shape[0]):
        for j in range(hazard.shape[1]):
            below[i, j] = np.uint32(min(hazard[i, j] * 2.0**32, 2.0**32 - 1.0))
            most = max(most, below[i, j])
    return below, most


@nb.njit(**RULE)
def units(stream_key, agents, draws):  # type: ignore[no-untyped-def]  # noqa: ANN001, ANN201 - compiled
    """`unit` for each agent, written into ``draws``: an array that compiled code returns costs a microsecond more."""
    for i in range(agents.size):
        draws[i] = unit(stream_key, agents[i])


def uniform(stream_key: np.uint64, agents: IdArray) -> FloatArray:
    """Uniform numbers in (0, 1), shape (n,) of ``agents``, each keyed by the stream and the agent alone."""
    draws = np.empty(len(agents))
    units(stream_key, agents, draws)
    return draws


def uniform_plain(stream_key: np.uint64, agents: IdArray) -> FloatArray:
    """The numpy twin of `uniform`, equal to the last bit: what the compiled code is tested against."""
    with np.errstate(over="ignore"):
        z = stream_key + np.asarray(agents, np.uint64) * _GAMMA
        z = (z ^ (z >> _S30)) * _MIX_1
        z = (z ^ (z >> _S27)) * _MIX_2
        z = z ^ (z >> _S31)
    unit_interval: FloatArray = ((z >> _S12).astype(np.float64) + 0.5) * _TO_UNIT
    return unit_interval


def born_ids(cause: str, quarter: int, parents: IdArray | int, slots: NDArray[np.int64]) -> IdArray:
    """Ids of agents who are born: a hash of cause, quarter, parent and slot, never of a counter.

    Parameters
    ----------
    cause : name of the rule that bears them.
    quarter : of birth.
    parents : (n,) ids, or one number for all.
    slots : (n,) position within the parent.

    Returns
    -------
    (n,) ids, the same in every scenario in which the same birth happens.
    """
    return child_ids(key(0, f"born:{cause}", quarter), parents, slots)


def child_ids(cause_key: np.uint64, parents: IdArray | int, slots: NDArray[np.int64]) -> IdArray:
    """As `born_ids`, with the cause already hashed."""
    own = parents if isinstance(parents, np.ndarray) else np.full(len(slots), parents, np.uint64)
    return np.asarray(_children(cause_key, own, slots))


@nb.njit(nb.uint64(nb.uint64, nb.uint64, nb.int64), **RULE, inline="always")
def child(cause_key: np.uint64, parent: np.uint64, slot: int) -> np.uint64:
    """One id made of cause, parent and slot, inside compiled rules."""
    return mix((cause_key ^ (parent * _MIX_1)) + (np.uint64(slot) + np.uint64(1)) * _GAMMA)


@nb.njit(**RULE)
def _children(cause_key, parents, slots):  # type: ignore[no-untyped-def]  # noqa: ANN001, ANN202 - compiled
    """`child` for each parent and slot."""
    ids = np.empty(slots.size, np.uint64)
    for i in range(slots.size):
        ids[i] = child(cause_key, parents[i], slots[i])
    return ids
