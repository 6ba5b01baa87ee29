"""Factors: everything that a sensitivity analysis can move, one value between 0 and 1 each."""

from __future__ import annotations

from collections.abc import Callable
from dataclasses import dataclass, field
from typing import Literal

Kind = Literal["base", "parameters", "outside", "levers", "luck"]
LUCK = "luck"
"""Name of the factor, and of its group, that is the individual luck of all agents at once."""
LEVER = "lever:"
"""What the name of a lever's factor begins with."""


@dataclass(frozen=True)
class Factor:
    """One thing that moves."""

    name: str
    """Of the stream that would draw it, ``lever:ID``, or ``luck``."""
    kind: Kind
    group: str
    """Block of a parameter, family of a lever, the kind itself for the others."""
    zh: str
    en: str
    unit: str
    status: str
    quantile: Callable[[float], float] = field(repr=False, compare=False)
    """From the share of its distribution to the value, in plain units; the share itself for levers and luck."""

    def label(self, language: str) -> str:
        """Name for readers in ``zh`` or ``en``."""
        return self.zh if language == "zh" else self.en


__all__ = ["LEVER", "LUCK", "Factor", "Kind"]
