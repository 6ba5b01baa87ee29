"""Numbers as they are written, and as they are before they are rounded."""

from __future__ import annotations

import re

import pytest

from outputs.report.forms import FORMS, MINUS, unrounded, written

UNITS = ("percent", "persons", "firms", "bn yuan", "yuan", "yuan/year", "")
VALUES = (-2_345_678.9, -0.0004, 0.0, 0.43217, 3.26334, 543_812.0, 7.866e9)


@pytest.mark.parametrize("form", FORMS)
@pytest.mark.parametrize("unit", UNITS)
@pytest.mark.parametrize("value", VALUES)
def test_what_is_written_is_the_unrounded_number_rounded(value: float, unit: str, form: str) -> None:
    """In both languages the digits that stand there are the number before rounding to as many digits, or to three."""
    for shown, exact in zip(written(value, unit, form), unrounded(value, unit, form), strict=True):
        match = re.match(rf"[+{MINUS}-]?[\d,]+(?:\.(\d+))?", shown)
        assert match is not None
        number = float(match[0].replace(",", "").replace(MINUS, "-"))
        half = 0.5000001 * 10.0 ** -len(match[1] or "")
        assert number == pytest.approx(exact, abs=0.0050001 * abs(exact) if form == "short" else half)
