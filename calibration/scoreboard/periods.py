"""Periods of observations: a year, a quarter, or a part of a year that begins with its first quarter or a half."""

from __future__ import annotations

import re
from dataclasses import dataclass

from model.policy import BASE_YEAR, QUARTERS_PER_YEAR

FORMS = "2022, 2022Q2, 2022Q1-Q3 or 2022H1"
_FORM = re.compile(r"(\d{4})(?:Q([1-4])(?:-Q([1-4]))?|H([12]))?")


@dataclass(frozen=True)
class Period:
    """Consecutive quarters of one year; quarter 1 is 2021 Q1, and quarter 0 the end of the base year."""

    text: str
    first: int
    last: int

    @property
    def is_year(self) -> bool:
        """Whether it is a whole year."""
        return self.last - self.first == QUARTERS_PER_YEAR - 1

    @property
    def end(self) -> float:
        """Its end on a scale of years: 2021.0 is the end of 2020."""
        return BASE_YEAR + 1 + self.last / QUARTERS_PER_YEAR

    @property
    def begin(self) -> float:
        """Its beginning on the same scale."""
        return BASE_YEAR + 1 + (self.first - 1) / QUARTERS_PER_YEAR


def parse_period(text: str) -> Period | None:
    """Read a period; None where it is none, or runs backwards."""
    found = _FORM.fullmatch(text)
    if not found:
        return None
    before = (int(found[1]) - BASE_YEAR - 1) * QUARTERS_PER_YEAR
    if found[4]:
        first, last = (1, 2) if found[4] == "1" else (3, 4)
    elif found[2]:
        first = int(found[2])
        last = int(found[3] or found[2])
    else:
        first, last = 1, QUARTERS_PER_YEAR
    return Period(text, before + first, before + last) if first <= last else None
