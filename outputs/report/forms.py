"""How a number is written in Chinese and in English: 亿元 and 万人 in the one, billions and thousands in the other."""

from __future__ import annotations

import math
from collections.abc import Callable
from dataclasses import dataclass

from outputs.language import LANGUAGES, Unit, cost_unit, difference_unit, significant, unit_of
from outputs.report.content import Pair

MINUS = "−"


def written(value: float, unit: str, form: str, size: float | None = None) -> Pair:
    """Write a value in both languages.

    Parameters
    ----------
    value : in the unit of the model.
    unit : of the model; a share written as a chance has none.
    form : one of `FORMS`.
    size : of the values beside it, which choose the unit (`outputs.language.unit_of`); the value's own when None.

    Raises
    ------
    KeyError : an unknown form.
    """
    make = FORMS[form].write
    return make(value, unit, "zh", size), make(value, unit, "en", size)


def unrounded(value: float, unit: str, form: str, size: float | None = None) -> tuple[float, float]:
    """The number that `written` rounds in both languages; of what is written with a ``%``, the number before it.

    Raises
    ------
    KeyError : an unknown form.
    """
    factor = FORMS[form].factor
    return value * factor(value, unit, "zh", size), value * factor(value, unit, "en", size)


def unit_names(unit: str, size: float = 1e9) -> Pair:
    """Name of the unit that `written` uses without saying it, for the header of a table."""
    zh, en = (unit_of(unit, language, size).name for language in LANGUAGES)
    return zh, en


def chance(value: float) -> str:
    """Write a share as a percentage; what is near 0 or 1 and neither keeps one digit more."""
    digits = 1 if 0.0 < value < 0.005 or 0.995 <= value < 1.0 else 0
    return f"{100 * value:.{digits}f}%"


def _percentage(value: float) -> str:
    """Write a share that can lie outside 0 to 1, such as a Sobol index, to whole per cents."""
    whole = round(100 * value)
    return f"{MINUS if whole < 0 else ''}{abs(whole)}%"


def _unit(value: float, unit: str, language: str, size: float | None) -> Unit:
    return unit_of(unit, language, abs(value) if size is None else size)


def _joined(number: str, name: str, language: str) -> str:
    """A number and its unit; a space between them where the language has one."""
    return f"{number}{name}" if language == "zh" or name == "%" or not name else f"{number} {name}"


def _signed(value: float, shown: Unit, further: int = 0) -> str:
    return f"{value * shown.factor:+,.{shown.decimals + further}f}".replace("-", MINUS)


def _bare(value: float, unit: str, language: str, size: float | None) -> str:
    return _unit(value, unit, language, size).number(value).replace("-", MINUS)


def _value(value: float, unit: str, language: str, size: float | None) -> str:
    return _joined(_bare(value, unit, language, size), _unit(value, unit, language, size).name, language)


def _gap_bare(value: float, unit: str, language: str, size: float | None) -> str:
    return _signed(value, _unit(value, unit, language, size))


def _gap(value: float, unit: str, language: str, size: float | None) -> str:
    shown = _unit(value, unit, language, size)
    name = difference_unit(unit, language) if unit.startswith("percent") else shown.name
    return _joined(_signed(value, shown), name, language)


def _size(value: float, unit: str, language: str, size: float | None) -> str:
    return _gap(abs(value), unit, language, size).removeprefix("+")


def _change(value: float, unit: str, language: str, size: float | None) -> str:
    """A difference of means, which needs a digit more than a value."""
    shown = _unit(value, unit, language, size)
    name = difference_unit(unit, language) if unit.startswith("percent") else shown.name
    return _joined(_signed(value, shown, 1), name, language)


def _change_bare(value: float, unit: str, language: str, size: float | None) -> str:
    return _signed(value, _unit(value, unit, language, size), 1)


def _cost(value: float, unit: str, language: str, size: float | None) -> str:  # noqa: ARG001 - as the others
    shown = cost_unit(language)
    return _joined(shown.number(value), shown.name, language)


def _cost_bare(value: float, unit: str, language: str, size: float | None) -> str:  # noqa: ARG001 - as the others
    return cost_unit(language).number(value)


def _price(value: float, unit: str, language: str, size: float | None) -> str:
    """Yuan for one more unit: of a percentage point in 亿元, of a person in 万元."""
    person = "万元" if language == "zh" else "million yuan"
    name = unit_of("yuan", language).name if unit.startswith("percent") else person
    return _joined(_price_bare(value, unit, language, size), name, language)


def _price_bare(value: float, unit: str, language: str, size: float | None) -> str:  # noqa: ARG001 - as the others
    if unit.startswith("percent"):
        return unit_of("yuan", language).number(value)
    return f"{value / 1e4:,.0f}" if language == "zh" else f"{value / 1e6:,.2f}"


@dataclass(frozen=True)
class Form:
    """A way to write a number."""

    write: Callable[[float, str, str, float | None], str]
    """Of value, unit, language and size."""
    factor: Callable[[float, str, str, float | None], float]
    """What the value is multiplied by before it is rounded and written, of the same."""


def _of_unit(value: float, unit: str, language: str, size: float | None) -> float:
    return _unit(value, unit, language, size).factor


def _of_size(value: float, unit: str, language: str, size: float | None) -> float:
    """Written without its sign."""
    return math.copysign(_of_unit(value, unit, language, size), value)


def _of_cost(value: float, unit: str, language: str, size: float | None) -> float:  # noqa: ARG001 - as the others
    return cost_unit(language).factor


def _of_price(value: float, unit: str, language: str, size: float | None) -> float:  # noqa: ARG001 - as the others
    if unit.startswith("percent"):
        return unit_of("yuan", language).factor
    return 1e-4 if language == "zh" else 1e-6


def _hundred(value: float, unit: str, language: str, size: float | None) -> float:  # noqa: ARG001 - as the others
    return 100.0


def _one(value: float, unit: str, language: str, size: float | None) -> float:  # noqa: ARG001 - as the others
    return 1.0


FORMS: dict[str, Form] = {
    "value": Form(_value, _of_unit),
    "bare": Form(_bare, _of_unit),
    "gap": Form(_gap, _of_unit),
    "gap_bare": Form(_gap_bare, _of_unit),
    "size": Form(_size, _of_size),
    "change": Form(_change, _of_unit),
    "change_bare": Form(_change_bare, _of_unit),
    "cost": Form(_cost, _of_cost),
    "cost_bare": Form(_cost_bare, _of_cost),
    "price": Form(_price, _of_price),
    "price_bare": Form(_price_bare, _of_price),
    "chance": Form(lambda value, unit, language, size: chance(value), _hundred),  # noqa: ARG005 - as the others
    "percentage": Form(lambda value, unit, language, size: _percentage(value), _hundred),  # noqa: ARG005
    "share": Form(lambda value, unit, language, size: f"{100 * value:.2f}%", _hundred),  # noqa: ARG005
    "points": Form(lambda value, unit, language, size: f"{100 * value:+.1f}".replace("-", MINUS), _hundred),  # noqa: ARG005
    "count": Form(lambda value, unit, language, size: f"{value:,.0f}", _one),  # noqa: ARG005
    "year": Form(lambda value, unit, language, size: f"{value:.0f}", _one),  # noqa: ARG005
    "level": Form(lambda value, unit, language, size: f"{value:,.10g}".replace("-", MINUS), _one),  # noqa: ARG005
    "short": Form(lambda value, unit, language, size: significant(value), _one),  # noqa: ARG005
}
"""Name -> how it is written. Those with ``bare`` leave the unit to the header of the table."""
