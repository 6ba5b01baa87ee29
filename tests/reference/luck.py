"""The keyed draws of `model.streams`, one agent at a time, in whole numbers of plain Python."""

from __future__ import annotations

import math
from bisect import bisect_left

from model import streams

_MASK = (1 << 64) - 1
_GAMMA, _MIX_1, _MIX_2 = 0x9E3779B97F4A7C15, 0xBF58476D1CE4E5B9, 0x94D049BB133111EB
_KEYS: dict[tuple[int, str, int], int] = {}


def key(seed: int, stream: str, quarter: int = 0) -> int:
    """Key of a stream in a quarter."""
    name = (seed, stream, quarter)
    if name not in _KEYS:
        _KEYS[name] = int(streams.key(seed, stream, quarter))
    return _KEYS[name]


def mix(z: int) -> int:
    """SplitMix64's finaliser."""
    z = ((z ^ (z >> 30)) * _MIX_1) & _MASK
    z = ((z ^ (z >> 27)) * _MIX_2) & _MASK
    return z ^ (z >> 31)


def unit(stream_key: int, agent: int) -> float:
    """One uniform number in (0, 1) for one agent."""
    return ((mix((stream_key + agent * _GAMMA) & _MASK) >> 12) + 0.5) / (1 << 52)


def two_draws(stream_key: int, agent: int) -> tuple[int, int]:
    """Two whole numbers of 32 bits from one hash."""
    z = mix((stream_key + agent * _GAMMA) & _MASK)
    return z >> 32, z & 0xFFFFFFFF


def threshold(hazard: float) -> int:
    """What a draw of `two_draws` must fall below."""
    return int(min(hazard * 2.0**32, 2.0**32 - 1.0))


def child(cause_key: int, parent: int, slot: int) -> int:
    """Id of one who is born of a cause and a parent in a slot."""
    return mix(((cause_key ^ ((parent * _MIX_1) & _MASK)) + (slot + 1) * _GAMMA) & _MASK)


def laplace(stream_key: int, agent: int, scale: float) -> float:
    """Laplace draw of mean zero; ``scale`` is half its mean absolute spread on either side."""
    u = unit(stream_key, agent) - 0.5
    if u < 0.0:
        return scale * math.log1p(2.0 * u)
    return -scale * math.log1p(-2.0 * u)


def first_reaching(cumulated: list[float], u: float) -> int:
    """Index of the first cumulated share that reaches a draw, the last one when none does."""
    return min(bisect_left(cumulated, u), len(cumulated) - 1)
