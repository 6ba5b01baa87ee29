"""Values as the screen writes them: of means in their unit, of chances in per cent."""

from __future__ import annotations

BILLION = 1e9


def figure(value: float, unit: str, digits: int = 4) -> str:
    """A value with its unit, in so many significant digits; money in billions, persons without a fraction.

    Parameters
    ----------
    unit : ``percent``, ``persons``, ``yuan``, ``share`` (0 to 1, written in per cent); any other follows the value.
    """
    if unit == "yuan":
        return f"{value / BILLION:,.{digits}g} bn yuan"
    if unit == "persons":
        return f"{value:,.0f} persons"
    if unit == "share":
        return f"{100.0 * value:.1f} %"
    return f"{value:,.{digits}g} {'%' if unit == 'percent' else unit}"


__all__ = ["BILLION", "figure"]
