"""What a scenario file may hold: fields, types and the rules that concern one field alone."""

from __future__ import annotations

import difflib
from typing import Annotated, Literal

from pydantic import AfterValidator, BaseModel, ConfigDict, Field, PlainValidator, WithJsonSchema, model_validator
from pydantic_core import PydanticCustomError

from model.policy import Lever
from scenarios.fault_words import Hint

PLAN_YEAR = 2025
FIRST_YEAR, LAST_YEAR = 2021, 2035
RAMP_START = 2022
"""First year in which a lever moves unless the file says otherwise: the plan dates from October 2021."""

NAMED_LEVELS = ("baseline", "plan", "strong")
WORLDS = ("known_2021", "as_happened")
UNCERTAINTIES = ("base", "parameters", "outside", "chance")

LONGEST_DELAY = 60
LARGEST_GROWTH_SHIFT = 10.0


def _fault(key: str, **values: object) -> PydanticCustomError:
    """A broken rule by its key in `scenarios.fault_words`, which says it in either language."""
    return PydanticCustomError(key, key, values)


def _level(value: object) -> float | str:
    """Accept a number or the name of one of the lever's three levels."""
    if isinstance(value, str) and value in NAMED_LEVELS:
        return value
    if isinstance(value, int | float) and not isinstance(value, bool):
        return float(value)
    near = difflib.get_close_matches(str(value), NAMED_LEVELS, n=1)
    raise _fault("near_level" if near else "no_level", known=", ".join(NAMED_LEVELS), hint=Hint(str(value), near))


def _world(value: str) -> str:
    """Accept a known version of the outside world."""
    if value not in WORLDS:
        raise _fault("unknown_world", name=value, hint=Hint(value, WORLDS))
    return value


def _uncertainty(value: str) -> str:
    """Accept a known kind of uncertainty."""
    if value not in UNCERTAINTIES:
        raise _fault("unknown_uncertainty", name=value, hint=Hint(value, UNCERTAINTIES))
    return value


def _no_gap(levels: dict[int, float]) -> dict[int, float]:
    """Accept levels that cover every year from their first to their last and reach the plan's year."""
    expected = range(min(levels), max(*levels, PLAN_YEAR) + 1) if levels else range(PLAN_YEAR, PLAN_YEAR + 1)
    missing = [str(year) for year in expected if year not in levels]
    if missing:
        raise _fault("year_gap", missing=", ".join(missing), year=PLAN_YEAR)
    return levels


Level = Annotated[
    float | str,
    PlainValidator(_level),
    WithJsonSchema({"anyOf": [{"type": "number"}, {"enum": list(NAMED_LEVELS)}]}),
]
Year = Annotated[int, Field(ge=FIRST_YEAR, le=LAST_YEAR)]


class _Part(BaseModel):
    """A part of a scenario file: frozen, nothing beyond its fields, no silent conversion of types."""

    model_config = ConfigDict(extra="forbid", frozen=True, strict=True, allow_inf_nan=False)


class LeverSetting(_Part):
    """How strong one lever is, and when. A bare level in the file is short for ``level_2025``."""

    level_2025: Level | None = Field(default=None, description="Level at the end of 2025, reached in a straight line.")
    unit: str | None = Field(default=None, description="The lever's unit, to be checked; it converts nothing.")
    start: Annotated[int, Field(ge=FIRST_YEAR, le=PLAN_YEAR)] | None = Field(
        default=None, description=f"First year in which the lever moves; {RAMP_START} when not given."
    )
    by_year: Annotated[dict[Year, float], AfterValidator(_no_gap)] | None = Field(
        default=None, description="Levels at the end of each year, in place of level_2025."
    )

    @model_validator(mode="before")
    @classmethod
    def _from_short_form(cls, value: object) -> object:
        """Read a bare level as ``level_2025``."""
        return value if isinstance(value, dict | LeverSetting) else {"level_2025": value}

    @model_validator(mode="after")
    def _one_way(self) -> LeverSetting:
        """Refuse two ways of giving the level, or none."""
        if (self.level_2025 is None) == (self.by_year is None):
            raise _fault("one_way", year=PLAN_YEAR)
        if self.by_year is not None and self.start is not None:
            raise _fault("start_alone", year=PLAN_YEAR)
        return self

    def first_year(self) -> int:
        """First year in which the lever may differ from its 2020 baseline."""
        return min(self.by_year) if self.by_year else self.start or RAMP_START

    def levels(self, lever: Lever) -> dict[int, float]:
        """Levels in the lever's unit at the end of the years that the file names."""
        if self.by_year:
            return dict(sorted(self.by_year.items()))
        named = {"baseline": lever.baseline, "plan": lever.plan, "strong": lever.strong}
        level = self.level_2025
        return {PLAN_YEAR: named[level] if isinstance(level, str) else float(level or 0.0)}


class Label(_Part):
    """The scenario's name for readers."""

    zh: Annotated[str, Field(min_length=1)]
    en: Annotated[str, Field(min_length=1)]


class Outside(_Part):
    """The outside world of a scenario."""

    world: Annotated[str, AfterValidator(_world), WithJsonSchema({"enum": list(WORLDS)})] | None = None
    growth_shift: Annotated[float, Field(ge=-LARGEST_GROWTH_SHIFT, le=LARGEST_GROWTH_SHIFT)] | None = Field(
        default=None, description="Percentage points added to outside growth in every year from 2022."
    )
    transport_slippage_quarters: Annotated[int, Field(ge=0, le=LONGEST_DELAY)] | None = Field(
        default=None, description="Quarters by which every transport link that opens after 2021 is late."
    )


Uncertainty = Annotated[str, AfterValidator(_uncertainty), WithJsonSchema({"enum": list(UNCERTAINTIES)})]


class Scenario(_Part):
    """A scenario file. What it leaves out comes from its base, or is as in 2020."""

    label: Label
    base: str | None = Field(default=None, description="Id of the scenario to inherit from.")
    levers: dict[str, LeverSetting] = Field(default_factory=dict)
    delay_quarters: Annotated[int, Field(ge=0, le=LONGEST_DELAY)] | None = Field(
        default=None, description="Quarters by which every lever arrives later."
    )
    outside: Outside = Outside()
    rivals: Literal["passive", "respond"] | None = Field(
        default=None, description="Whether Shanghai and Hangzhou answer the district's talent and capital policy."
    )
    ladder: Literal["moves", "hold"] | None = Field(
        default=None, description="'hold' sets net reclassification to zero: no certificate or threshold moves a firm."
    )
    definitions: dict[str, str] = Field(
        default_factory=dict, description="Definition of an indicator that is reported first, in place of the target's."
    )
    switch_off: list[Uncertainty] | None = Field(
        default=None, description="Kinds of uncertainty held at their central value."
    )


FIELDS: dict[Literal["scenario", "label", "outside", "lever"], tuple[str, ...]] = {
    "scenario": tuple(Scenario.model_fields),
    "label": tuple(Label.model_fields),
    "outside": tuple(Outside.model_fields),
    "lever": tuple(LeverSetting.model_fields),
}
"""Names of the fields, for a near match to a misspelt one."""
