"""A lever setting as people move it: how far each lever goes, in which years, and where it stands until then."""

from __future__ import annotations

import functools
from collections.abc import Mapping, Sequence
from dataclasses import dataclass, field, replace

import numpy as np
from numpy.typing import NDArray

from model.policy import Lever

FloatArray = NDArray[np.float64]
_DIGITS = 4


@dataclass(frozen=True)
class Span:
    """The years in which a lever moves, both included."""

    first: int
    last: int


@dataclass(frozen=True)
class Lift:
    """One lever moved: the level it reaches, in its unit, the years in which it goes there, and its level before."""

    level: float
    span: Span
    before: float
    """From the first year that can be set until the span begins; the level of 2020 where nothing else is said."""


@dataclass(frozen=True)
class Setting:
    """Levers that are moved from their level of 2020, by id; the others stay."""

    lifts: Mapping[str, Lift] = field(default_factory=dict)


@dataclass(frozen=True)
class Choices:
    """What can be set: levers within bounds that the emulator has learnt, and the years at whose ends they are set."""

    levers: tuple[Lever, ...]
    years: tuple[int, ...]

    @functools.cached_property
    def by_id(self) -> dict[str, Lever]:
        """The levers by their id."""
        return {lever.lever_id: lever for lever in self.levers}

    @functools.cached_property
    def spans(self) -> tuple[Span, ...]:
        """Spans that the emulator knows, from early to late: from the first year on, or up to the last one."""
        early = [Span(self.years[0], year) for year in self.years]
        return (*early, *(Span(year, self.years[-1]) for year in self.years[1:]))

    @property
    def straight(self) -> Span:
        """All years: a straight line."""
        return Span(self.years[0], self.years[-1])

    def can_wait(self, span: Span) -> bool:
        """Whether years pass before a span, in which a lever may stand elsewhere than in 2020."""
        return span.first > self.years[0]

    def lift(self, setting: Setting, lever: Lever) -> Lift:
        """How a lever stands."""
        return setting.lifts.get(lever.lever_id, Lift(lever.baseline, self.straight, lever.baseline))

    def moved(self, setting: Setting, lever: Lever, lift: Lift) -> Setting:
        """A setting with one lever moved, kept within its bounds and rounded as a link rounds it."""
        level, before = (
            rounded(min(max(each, lever.bounds[0]), lever.bounds[1])) for each in (lift.level, lift.before)
        )
        if not self.can_wait(lift.span):
            before = lever.baseline
        lifts = {name: each for name, each in setting.lifts.items() if name != lever.lever_id}
        if level != lever.baseline or before != lever.baseline:
            lifts[lever.lever_id] = Lift(level, lift.span, before)
        return replace(setting, lifts=lifts)

    def vector(self, setting: Setting) -> FloatArray:
        """(3 n_levers,) strengths, timings and first steps, as `model.lever_settings.LeverSettings` takes them."""
        lifts = [self.lift(setting, lever) for lever in self.levers]
        strength = [_share(lift.level, lever) for lift, lever in zip(lifts, self.levers, strict=True)]
        timing = [self.spans.index(lift.span) / (len(self.spans) - 1) for lift in lifts]
        first = [_share(lift.before, lever) for lift, lever in zip(lifts, self.levers, strict=True)]
        return np.array([*strength, *timing, *first])

    def of_vector(self, vector: FloatArray) -> Setting:
        """The setting nearest to strengths, timings and first steps; inverse of `vector` but for rounding."""
        setting = Setting()
        for lever, strength, timing, first in zip(self.levers, *np.split(np.asarray(vector, float), 3), strict=True):
            span = self.spans[round(float(timing) * (len(self.spans) - 1))]
            lift = Lift(_level(float(strength), lever), span, _level(float(first), lever))
            setting = self.moved(setting, lever, lift)
        return setting


def within(levers: Sequence[Lever], lowest: Sequence[float]) -> tuple[Lever, ...]:
    """Levers that go no lower than given; one that was not taught to fall stays at its level of 2020 or above."""
    return tuple(
        lever if low <= lever.bounds[0] else replace(lever, bounds=(lever.baseline, lever.bounds[1]))
        for lever, low in zip(levers, lowest, strict=True)
    )


def _share(level: float, lever: Lever) -> float:
    """Of the way from the level of 2020 to the upper bound or, below zero, to the lower one."""
    change = level - lever.baseline
    if change == 0.0:
        return 0.0
    bound = lever.bounds[1] if change > 0.0 else lever.bounds[0]
    return float(np.sign(change)) * min(change / (bound - lever.baseline), 1.0)


def _level(share: float, lever: Lever) -> float:
    return lever.baseline + abs(share) * (lever.bounds[1 if share > 0.0 else 0] - lever.baseline)


def rounded(level: float) -> float:
    """A level with as many digits as a link carries."""
    return float(f"{level:.{_DIGITS}g}")


__all__ = ["Choices", "Lift", "Setting", "Span", "rounded", "within"]
