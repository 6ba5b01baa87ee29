"""Delays: a scenario in which one lever, or one family of levers, begins later or never, and all others as it says."""

from __future__ import annotations

from dataclasses import dataclass
from typing import Literal

from model.policy import PolicyPath

By = Literal["lever", "family"]


@dataclass(frozen=True)
class Starter:
    """What begins later as a whole: a lever, or all levers of a family that the scenario moves."""

    starter_id: str
    family: str
    levers: tuple[str, ...]
    start_year: int
    """First year in which the scenario moves one of them."""


@dataclass(frozen=True)
class Late:
    """One starter begun so many whole years later than the scenario says; None: never."""

    starter_id: str
    delay: int | None
    start_year: int | None
    scenario_id: str
    """Whose runs show it: paths that are the same until the last quarter are run once."""


@dataclass(frozen=True)
class Delays:
    """Everything that is run to learn what a later start costs."""

    whole: PolicyPath
    by: By
    starters: tuple[Starter, ...]
    late: tuple[Late, ...]
    """Of each starter in turn: as the scenario says (0), each delay, never."""
    paths: tuple[PolicyPath, ...]
    """The scenario itself, then every other path, each once."""
    unmoved: tuple[str, ...]
    """Levers that the scenario leaves as in 2020: nothing to delay."""


__all__ = ["By", "Delays", "Late", "Starter"]
