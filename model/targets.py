"""Targets of the plan as data: what must be reached, by when, and under which definition it is counted."""

from __future__ import annotations

from collections.abc import Iterable
from dataclasses import dataclass


@dataclass(frozen=True)
class Target:
    """One row of the table of targets.

    ``kind`` is ``outcome`` (simulated, or listed as not modelled yet when ``indicator`` is empty),
    ``lever_setting`` (checked against the scenario's lever named in ``lever``) or ``outside`` (not modelled).
    """

    target_id: str
    name_zh: str
    name_en: str
    year: int
    relation: str
    value: float
    unit: str
    plan_section: str
    kind: str
    role: str
    indicator: str = ""
    definition: str = ""
    lever: str = ""
    lever_change: bool = False
    note: str = ""
    base_note: str = ""
    """What is known of 2020, and on what it rests."""
    note_zh: str = ""
    """``note``, why the target is not simulated, in Chinese."""

    def reason(self, language: str) -> str:
        """Say why it is not simulated; in English where a study of an older version holds no Chinese."""
        return (self.note_zh or self.note) if language == "zh" else self.note

    def met_by(self, value: float) -> bool:
        """Whether a value, in the target's own unit, meets it."""
        return value > self.value if self.relation == ">" else value >= self.value


def headline(targets: Iterable[Target]) -> list[Target]:
    """Targets that every answer leads with and conclusions are drawn on: simulated outcomes of role ``headline``."""
    return [t for t in targets if t.kind == "outcome" and t.role == "headline" and t.indicator]
