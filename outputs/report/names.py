"""Names that a study carries, as labels of both languages, and small phrases made of its numbers."""

from __future__ import annotations

from model.targets import Target
from outputs.language import LANGUAGES, difference_unit, text
from outputs.report.content import Label, Number, Origin, Phrase, Text, phrase
from outputs.report.forms import MINUS, unit_names, unrounded, written
from outputs.report.hedging import hedge
from outputs.report.reading import NOTHING, Place, Reader, is_missing, place
from outputs.report.supplements import Added
from outputs.store import Study

RANGED = ("chance", "percentage")
"""Forms whose ends are joined by a dash where neither has a sign, beside which a dash would be misread."""
CHANCES = ("chance", "chance_low", "chance_high")


def fixed(key: str) -> Label:
    """Fixed words in both languages, for a name that is found by its id."""
    zh, en = (text(key, language) for language in LANGUAGES)
    return Label(zh, en)


def scenario_label(study: Study, scenario: str) -> Label:
    """Name of a scenario."""
    entry = study.definition.scenario(scenario)
    return Label(entry.label_zh, entry.label_en)


def target_name(target: Target) -> Label:
    """Name of a target."""
    return Label(target.name_zh, target.name_en)


def definition_label(study: Study, indicator: str, definition: str) -> Label:
    """Name of a definition; its id where it has none."""
    info = study.definition.info(indicator, definition)
    return Label(info.definition_zh or definition, info.definition_en or definition)


def player_label(study: Study, player: str) -> Label:
    """Name of a lever, or of a family of levers."""
    for lever in study.definition.levers:
        if lever.lever_id == player:
            return Label(lever.name_zh, lever.name_en)
    return fixed(player)


def goal(reader: Reader, target: Target) -> Phrase:
    """Value of a target, such as ``≥ 3.6%``."""
    scenario = reader.study.definition.scenarios[0].scenario_id
    row = place("all_targets", target=target.target_id, scenario=scenario)
    value = float(reader.row(row)["target_value"])
    number = Number(
        value,
        target.unit,
        (_round(value, target.unit, "zh"), _round(value, target.unit, "en")),
        unrounded(value, target.unit, "value", abs(value)),
        Origin(reader.study_id, row.table, tuple(row.where.items()), "target_value"),
    )
    return phrase("report_goal_above" if target.relation == ">" else "report_goal_at_least", value=number)


def main_place(reader: Reader, scenario: str, target: Target, definition: str | None = None) -> Place:
    """Row of the table of headline targets, under the definition that the scenario reports first unless named."""
    chosen = definition or reader.study.definition.reported_definition(scenario, target)
    return place("targets", scenario=scenario, target=target.target_id, definition=chosen)


def in_words(reader: Reader, where: Place) -> Label:
    """Words for the chance of a row with columns ``chance``, ``chance_low`` and ``chance_high``."""
    row = reader.row(where)
    chance, low, high = (float(row[name]) for name in CHANCES)
    return hedge(chance, low, high)


def interval(
    reader: Reader, where: Place, columns: tuple[str, str], form: str, unit: tuple[str, float | None] = ("", None)
) -> Phrase:
    """Two ends of an interval, ``low–high``; ``unit`` comes with the size that chooses how it is shown."""
    low, high = (reader.number(where, column, form, *unit) for column in columns)
    dashed = form in RANGED and MINUS not in low.text("en")
    return phrase("report_range" if dashed else "report_to", low=low, high=high)


def banded(
    reader: Reader,
    where: Place,
    columns: tuple[str, str, str],
    form: str,
    unit: tuple[str, float | None] = ("", None),
) -> Text:
    """A number with its interval; a dash where no row or value is, the number alone where it has none."""
    found = reader.rows(where)
    if not found or is_missing(reader.row(where)[columns[0]]):
        return NOTHING
    value = reader.number(where, columns[0], form, *unit)
    if any(is_missing(found[0][column]) for column in columns[1:]):
        return value
    ends = interval(reader, where, columns[1:], form, unit)
    return phrase("report_value_chance", value=value, chance=ends)


def difference_label(target: Target) -> Label:
    """Unit of a change of a target."""
    if target.unit.startswith("percent"):
        zh, en = (difference_unit(target.unit, language) for language in LANGUAGES)
        return Label(zh, en)
    return Label(*unit_names(target.unit, abs(target.value)))


def source_of(reader: Reader, added: Added | None = None) -> Phrase:
    """The line that says which study a table or figure comes from."""
    if added is None or added.study_id == reader.study_id:
        sizes = place("sizes")
        values = {key: reader.number(sizes, key, "year") for key in ("seed", "scale")}
        return phrase("report_source", study=reader.study_id, members=sized(reader, "members"), **values)
    other = added.study.definition
    plain = {"members": f"{other.members:,}", "seed": str(other.seed), "scale": str(other.scale)}
    return phrase("report_source_other", study=added.study_id, folder=added.folder, **plain)


def sized(reader: Reader, column: str) -> Number:
    """A size of the study, such as ``members``."""
    return reader.number(place("sizes"), column, "count")


def year_of(study: Study) -> str:
    """Year of the targets, which is part of the question and no result."""
    return str(study.definition.goal_year)


def unit_label(unit: str, size: float = 1e9) -> Label:
    """Name of the unit in which the values of a column are written."""
    return Label(*unit_names(unit, size))


def cell_text(value: Text | None) -> Text:
    """A cell, or a dash where there is nothing."""
    return "–" if value is None or value == "" else value


def _round(value: float, unit: str, language: str) -> str:
    """A target as the plan has it, without the zeros of a result."""
    zh, en = written(value, unit, "value", abs(value))
    shown = zh if language == "zh" else en
    number = shown.rstrip("".join(sign for sign in shown if not sign.isdigit() and sign not in ".,"))
    name = shown[len(number) :]
    whole = number.rstrip("0").rstrip(".") if "." in number else number
    return f"{whole}{name}"
