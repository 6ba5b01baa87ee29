"""A published value beside what the model computes: where it stood, and who said so."""

from __future__ import annotations

from dataclasses import dataclass


@dataclass(frozen=True)
class Observed:
    """One published value of exactly what an indicator counts: same definition, same scope."""

    indicator: str
    definition: str
    period: str
    """As published, such as ``2020`` or ``2020-10``."""
    time: float
    """Years; 2021.0 is the end of 2020, as quarter 0 of a run."""
    value: float
    """In the unit of the indicator."""
    source: str
    """Original title."""
