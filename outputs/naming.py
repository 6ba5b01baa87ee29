"""Words that several tables of the screen share: names of levers and families, and rates with their interval."""

from __future__ import annotations

import math
from typing import TYPE_CHECKING

from outputs.language import percent, text

if TYPE_CHECKING:
    from outputs.store import Study
    from outputs.tables import Record


def lever_or_family(study: Study, name: str, language: str) -> str:
    """Name of a lever, or of a family of levers."""
    known = {lever.lever_id: lever.name(language) for lever in study.definition.levers}
    return known.get(name) or text(name, language)


def rate(row: Record, name: str, bounds: str) -> str:
    """Show a rate with its interval, columns ``name``, ``bounds_low`` and ``bounds_high``; a dash for none."""
    shown = "–" if math.isnan(row[name]) else percent(row[name])
    return f"{shown} [{100 * row[f'{bounds}_low']:.0f}–{100 * row[f'{bounds}_high']:.0f}]"
