"""Targets: the main table, the same under every definition, and the plan's other targets."""

from __future__ import annotations

from collections.abc import Iterator

from model.targets import Target
from outputs import summary
from outputs.report.content import Block, Label, Paragraph, Section, Table, Text, phrase
from outputs.report.names import (
    definition_label,
    goal,
    in_words,
    interval,
    main_place,
    scenario_label,
    target_name,
)
from outputs.report.reading import NOTHING, Place, Reader, place

COLUMNS = ("base", "report_median", "band", "report_gap", "report_chance_interval", "report_words", "first_year")


def section(reader: Reader) -> Section:
    """Make the section."""
    blocks: list[Block] = []
    if reader.study.definition.headline:
        blocks = [_main(reader), _definitions(reader)]
    blocks += _others(reader)
    return Section("targets", phrase("report_targets"), tuple(blocks))


def target_row(reader: Reader, scenario: str, target: Target) -> tuple[Text, ...]:
    """Base, band, gap, chance, words and year of attainment of a headline target."""
    where = main_place(reader, scenario, target)
    size = abs(target.value)
    row = reader.row(where)
    first = reader.cell(where, "first_year", "year") if row["first_year"] else phrase("report_never_half")
    return (
        reader.cell(where, "base_p50", "bare", target.unit, size),
        reader.number(where, "p50", "bare", target.unit, size),
        interval(reader, where, ("p05", "p95"), "bare", (target.unit, size)),
        reader.number(where, "gap", "gap_bare", target.unit, size),
        chance_cell(reader, where),
        in_words(reader, where),
        first,
    )


def joint_row(reader: Reader, scenario: str) -> tuple[Text, ...]:
    """Chance of all headline targets together, in the columns of `target_row`."""
    where = place("joint", scenario=scenario)
    return ("", "", "", "", chance_cell(reader, where), in_words(reader, where), "")


def chance_cell(reader: Reader, where: Place) -> Text:
    """A chance with its interval."""
    ends = interval(reader, where, ("chance_low", "chance_high"), "chance")
    return phrase("report_value_chance", value=reader.number(where, "chance", "chance"), chance=ends)


def header() -> tuple[Text, ...]:
    """Columns of `target_row`."""
    return tuple(phrase(key) for key in COLUMNS)


def named_goal(reader: Reader, target: Target) -> Text:
    """Name of a target with its value."""
    return phrase("report_target_of", target=target_name(target), goal=goal(reader, target))


def _main(reader: Reader) -> Table:
    study, rows = reader.study, []
    for target in study.definition.headline:
        for entry in study.definition.scenarios:
            label = scenario_label(study, entry.scenario_id)
            rows.append((named_goal(reader, target), label, *target_row(reader, entry.scenario_id, target)))
    joint = phrase("report_joint_row", n=str(len(study.definition.headline)))
    ids = [entry.scenario_id for entry in study.definition.scenarios]
    rows += [(joint, scenario_label(study, name), *joint_row(reader, name)) for name in ids]
    return Table(
        "main",
        phrase("report_main_table"),
        (phrase("target"), phrase("scenario"), *header()),
        _merged(rows),
        (phrase("report_targets_note"),),
        (0.18, 0.13, 0.08, 0.08, 0.14, 0.09, 0.15, 0.09, 0.06),
    )


def _merged(rows: list[tuple[Text, ...]]) -> tuple[tuple[Text, ...], ...]:
    """Name a target once, in the first of its rows."""
    return tuple(("" if place and rows[place - 1][0] == row[0] else row[0], *row[1:]) for place, row in enumerate(rows))


def _definitions(reader: Reader) -> Table:
    study = reader.study
    entries, rows = study.definition.scenarios, []
    for target in study.definition.headline:
        for definition in study.definition.definitions_of(target.indicator):
            cells: list[Text] = []
            for entry in entries:
                where = main_place(reader, entry.scenario_id, target, definition)
                if not reader.rows(where):
                    cells.append(NOTHING)
                    continue
                value = reader.number(where, "p50", "value", target.unit, abs(target.value))
                cells.append(
                    phrase("report_value_chance", value=value, chance=reader.number(where, "chance", "chance"))
                )
            label = definition_label(study, target.indicator, definition)
            rows.append((named_goal(reader, target), label, *cells))
    names = tuple(scenario_label(study, entry.scenario_id) for entry in entries)
    return Table(
        "definitions",
        phrase("report_definition_table"),
        (phrase("target"), phrase("definition"), *names),
        _merged(rows),
        (phrase("report_definition_note"),),
        (0.2, 0.2, *([0.6 / len(names)] * len(names))),
    )


def _others(reader: Reader) -> Iterator[Block]:
    study = reader.study
    headline = {target.target_id for target in study.definition.headline}
    others = [target for target in study.definition.targets if target.target_id not in headline]
    rows, reasons = [], []
    for target in others:
        cells = [_other_cell(reader, target, entry.scenario_id) for entry in study.definition.scenarios]
        status = str(reader.rows(place("all_targets", target=target.target_id))[0]["status"])
        if status in {summary.SIMULATED, summary.CHECKED}:
            rows.append((named_goal(reader, target), *cells))
        else:
            reasons.append(
                (
                    named_goal(reader, target),
                    phrase(status),
                    Label(target.reason("zh") or NOTHING, target.reason("en") or NOTHING),
                )
            )
    if rows:
        names = tuple(scenario_label(study, entry.scenario_id) for entry in study.definition.scenarios)
        caption, notes = phrase("report_other_table"), (phrase("report_other_note"),)
        widths = (0.4, *([0.6 / len(names)] * len(names)))
        yield Table("others", caption, (phrase("target"), *names), tuple(rows), notes, widths)
    if reasons:
        columns = (phrase("target"), phrase("parameters_status"), phrase("report_reason"))
        yield Table("unmodelled", phrase("report_unmodelled"), columns, tuple(reasons), (), (0.36, 0.14, 0.5))


def _other_cell(reader: Reader, target: Target, scenario: str) -> Text:
    """Where a target stands under a scenario."""
    where = place("all_targets", target=target.target_id, scenario=scenario)
    row = reader.row(where)
    if row["status"] == summary.SIMULATED:
        value = reader.number(where, "value", "bare", target.unit, abs(target.value))
        return phrase("report_value_chance", value=value, chance=reader.number(where, "chance", "chance"))
    if row["status"] == summary.CHECKED:
        key = "report_level_met" if row["met"] == "yes" else "report_level_missed"
        return phrase(key, value=reader.number(where, "value", "level", target.unit))
    return NOTHING


def all_together(reader: Reader, scenario: str) -> Paragraph:
    """Sentence on the chance of all headline targets under a scenario."""
    where = place("joint", scenario=scenario)
    numbers = {
        name: reader.number(where, column, "chance")
        for name, column in (("chance", "chance"), ("low", "chance_low"), ("high", "chance_high"))
    }
    n = str(len(reader.study.definition.headline))
    return Paragraph(phrase("report_scenario_all", n=n, words=in_words(reader, where), **numbers))
