"""One page a scenario: its chances, the levers that it moves, what they cost, and whether the budget reaches."""

from __future__ import annotations

from collections.abc import Iterator

from outputs.aggregates import ALL
from outputs.manifest import ScenarioEntry
from outputs.report.changing import effects
from outputs.report.content import Block, Key, Label, Paragraph, Section, Table, Text, phrase
from outputs.report.findings import binding, gap_sentence
from outputs.report.names import fixed, interval, scenario_label, year_of
from outputs.report.pages.targets import all_together, header, joint_row, named_goal, target_row
from outputs.report.reading import Reader, place

MONEY = {"zh": "亿元", "en": "million yuan"}


def section(reader: Reader, entry: ScenarioEntry) -> Section:
    """Make the page of a scenario."""
    blocks: list[Block] = [*_standing(reader, entry), *effects(reader, entry.scenario_id)]
    blocks += [*_levers(reader, entry), *_costs(reader, entry)]
    label = scenario_label(reader.study, entry.scenario_id)
    return Section(f"scenario-{entry.scenario_id}", phrase("report_scenario", scenario=label), tuple(blocks))


def _standing(reader: Reader, entry: ScenarioEntry) -> Iterator[Block]:
    headline = reader.study.definition.headline
    if not headline:
        return
    yield all_together(reader, entry.scenario_id)
    if target := binding(reader, entry.scenario_id):
        yield Paragraph(gap_sentence(reader, entry.scenario_id, target))
    if beside := _beside_levers(entry):
        yield Paragraph(phrase("report_scenario_world", names=beside))
    where = place("ration", scenario=entry.scenario_id)
    if float(reader.row(where)["rationed"]) > 0:
        numbers = {"n": reader.number(where, "rationed", "count"), "members": reader.number(where, "members", "count")}
        yield Paragraph(phrase("report_rationed", share=reader.number(where, "share", "chance"), **numbers))
    rows = [(named_goal(reader, target), *target_row(reader, entry.scenario_id, target)) for target in headline]
    rows.append((phrase("report_joint_row", n=str(len(headline))), *joint_row(reader, entry.scenario_id)))
    yield Table(
        f"targets-{entry.scenario_id}",
        phrase("report_scenario_targets", scenario=scenario_label(reader.study, entry.scenario_id)),
        (phrase("target"), *header()),
        tuple(rows),
        (),
        (0.25, 0.08, 0.09, 0.15, 0.1, 0.16, 0.1, 0.07),
    )


def _beside_levers(entry: ScenarioEntry) -> str:
    """What a scenario sets beside the levers, as its file has it."""
    found = [f"outside = {entry.outside}"] if entry.outside != "known_2021" else []
    found += [f"growth_shift = {entry.growth_shift:+g}"] if entry.growth_shift else []
    slip = entry.transport_slippage_quarters
    found += [f"transport_slippage_quarters = {slip}"] if slip else []
    found += [f"switch_off = {', '.join(entry.switch_off)}"] if entry.switch_off else []
    found += ["rivals_respond"] if entry.rivals_respond else []
    found += ["ladder_held"] if entry.ladder_held else []
    return "; ".join(found)


def _levers(reader: Reader, entry: ScenarioEntry) -> Iterator[Block]:
    study, rows = reader.study, []
    for lever in study.definition.levers:
        where = place("levers", scenario=entry.scenario_id, lever=lever.lever_id)
        found = reader.row(where)
        if found["base"] != found["final"]:
            keys: dict[str, Key] = {"scenario": entry.scenario_id, "year": study.definition.goal_year}
            money = place("costs", **keys, family=lever.family, lever=lever.lever_id, payer=ALL)
            rows.append(
                (
                    fixed(lever.family),
                    Label(lever.name_zh, lever.name_en),
                    reader.number(where, "base", "level"),
                    reader.number(where, "final", "level"),
                    Label(lever.unit_zh or lever.unit, lever.unit),
                    reader.number(money, "mean", "cost_bare", "yuan"),
                )
            )
    if not rows:
        yield Paragraph(phrase("report_levers_none"))
        return
    label, year_text = scenario_label(study, entry.scenario_id), year_of(study)
    columns = (
        phrase("report_family"),
        phrase("report_lever"),
        phrase("report_level_2020"),
        phrase("report_level_goal", year=year_text),
        phrase("report_unit"),
        phrase("report_cost_of", year=year_text, unit=Label(**MONEY)),
    )
    named = tuple(
        ("" if index and rows[index - 1][0] == row[0] else row[0], *row[1:]) for index, row in enumerate(rows)
    )
    widths = (0.13, 0.31, 0.11, 0.11, 0.22, 0.12)
    caption = phrase("report_levers_table", scenario=label)
    yield Table(f"levers-{entry.scenario_id}", caption, columns, named, (), widths)


def _costs(reader: Reader, entry: ScenarioEntry) -> Iterator[Block]:
    study, year, rows = reader.study, reader.study.definition.goal_year, []
    families = list(dict.fromkeys(lever.family for lever in study.definition.levers))
    for family in (*families, ALL):
        cells: list[Text] = []
        for payer in (ALL, "district"):
            keys: dict[str, Key] = {
                "scenario": entry.scenario_id,
                "year": year,
                "family": family,
                "lever": ALL,
                "payer": payer,
            }
            where = place("costs", **keys)
            if not reader.rows(where):
                cells += ["–", "–"]
                continue
            cells.append(reader.number(where, "mean", "cost_bare", "yuan"))
            cells.append(interval(reader, where, ("p05", "p95"), "cost_bare", ("yuan", None)))
        rows.append((phrase("report_total") if family == ALL else fixed(family), *cells))
    band = phrase("band")
    columns = (phrase("report_family"), phrase("report_payer_all"), band, phrase("report_payer_district"), band)
    values: dict[str, Text] = {
        "scenario": scenario_label(study, entry.scenario_id),
        "year": year_of(study),
        "unit": Label(**MONEY),
    }
    caption, widths = phrase("report_cost_table", **values), (0.28, 0.15, 0.21, 0.15, 0.21)
    yield Table(f"costs-{entry.scenario_id}", caption, columns, tuple(rows), (), widths)
