"""A lever setting as people move it and as a link carries it."""

from __future__ import annotations

import math
from collections.abc import Mapping, Sequence
from dataclasses import dataclass, field, replace

import numpy as np
from numpy.typing import NDArray

from model.errors import UsageError, near_match
from model.policy import Lever

FloatArray = NDArray[np.float64]
EVEN = 0.5
"""Timing of a straight line from the end of 2021 to the end of 2025."""
_DIGITS = 4
_LONGEST = 4000
"""Characters of a link's setting; 28 levers need some 900."""


@dataclass(frozen=True)
class Lift:
    """One lever moved: the level it reaches by 2025 in its unit, and its timing, 0 early to 1 late."""

    level: float
    timing: float = EVEN


@dataclass(frozen=True)
class Setting:
    """Levers that are moved from their level of 2020, by id; the others stay."""

    lifts: Mapping[str, Lift] = field(default_factory=dict)

    def lift(self, lever: Lever) -> Lift:
        """How a lever stands."""
        return self.lifts.get(lever.lever_id, Lift(lever.baseline))

    def moved(self, lever: Lever, level: float, timing: float) -> Setting:
        """The same with one lever moved, kept within its bounds and rounded as a link rounds it."""
        level = _rounded(min(max(level, lever.baseline), lever.bounds[1]))
        timing = round(min(max(timing, 0.0), 1.0), 2)
        lifts = {name: lift for name, lift in self.lifts.items() if name != lever.lever_id}
        if level > lever.baseline:
            lifts[lever.lever_id] = Lift(level, timing)
        return replace(self, lifts=lifts)

    def vector(self, levers: Sequence[Lever]) -> FloatArray:
        """(2 n_levers,) strengths and timings in [0, 1], as `model.lever_settings.LeverSettings` takes them."""
        lifts = [self.lift(lever) for lever in levers]
        strength = [
            (lift.level - lever.baseline) / (lever.bounds[1] - lever.baseline)
            for lift, lever in zip(lifts, levers, strict=True)
        ]
        return np.clip(np.array([*strength, *(lift.timing for lift in lifts)]), 0.0, 1.0)

    def link(self, levers: Sequence[Lever]) -> str:
        """The setting in a link, such as ``univ_institutes:8@0.5``; empty for the policy of 2020."""
        return ",".join(
            f"{lever.lever_id}:{self.lifts[lever.lever_id].level:.10g}@{self.lifts[lever.lever_id].timing:g}"
            for lever in levers
            if lever.lever_id in self.lifts
        )


def of_vector(vector: FloatArray, levers: Sequence[Lever]) -> Setting:
    """The setting of strengths and timings; inverse of `Setting.vector` but for rounding."""
    strength, timing = np.split(np.asarray(vector, float), 2)
    setting = Setting()
    for lever, share, when in zip(levers, strength, timing, strict=True):
        level = lever.baseline + float(share) * (lever.bounds[1] - lever.baseline)
        setting = setting.moved(lever, level, float(when))
    return setting


def of_link(text: str, levers: Sequence[Lever]) -> Setting:
    """Read the setting of a link.

    Raises
    ------
    UsageError : every part that names no lever, no number, or a level or timing out of bounds.
    """
    if len(text) > _LONGEST:
        raise UsageError(f"link: {len(text)} characters are too many for a setting")
    known = {lever.lever_id: lever for lever in levers}
    lifts: dict[str, Lift] = {}
    problems = []
    for part in text.split(",") if text else ():
        name, _, rest = part.partition(":")
        said = _fault(name, rest, known, lifts)
        if said:
            problems.append(f"link: {said}")
        else:
            level, _, timing = rest.partition("@")
            lifts[name] = Lift(float(level), float(timing or EVEN))
    if problems:
        raise UsageError(problems)
    setting = Setting()
    for name, lift in lifts.items():
        setting = setting.moved(known[name], lift.level, lift.timing)
    return setting


def _fault(name: str, rest: str, known: Mapping[str, Lever], lifts: Mapping[str, Lift]) -> str:
    """Say what is wrong with one part of a link; nothing where it is well."""
    lever = known.get(name)
    if lever is None:
        return f"unknown lever '{name[:40]}'; {near_match(name[:40], known)}"
    if name in lifts:
        return f"{name} is given twice"
    level, _, timing = rest.partition("@")
    try:
        values = float(level), float(timing or EVEN)
    except ValueError:
        return f"{name}: '{rest[:40]}' is no level and timing, such as {lever.plan:g}@0.5"
    if not (math.isfinite(values[0]) and lever.baseline <= values[0] <= lever.bounds[1]):
        return f"{name}: {level[:40]} is not between {lever.baseline:g} and {lever.bounds[1]:g}"
    return "" if 0.0 <= values[1] <= 1.0 else f"{name}: timing {timing[:40]} is not between 0 and 1"


def _rounded(level: float) -> float:
    return float(f"{level:.{_DIGITS}g}")


__all__ = ["EVEN", "Lift", "Setting", "of_link", "of_vector"]
