"""What a chart shows, in a sentence made of results and hedged as they are: it stands above the chart."""

from __future__ import annotations

from collections.abc import Callable

from model.policy import BASE_YEAR
from outputs import aggregates
from outputs.manifest import ScenarioEntry
from outputs.report.content import Label, Text, phrase
from outputs.report.findings import binding
from outputs.report.names import fixed, goal, in_words, main_place, scenario_label, target_name, year_of
from outputs.report.reading import Reader, place

SHOWN = "plan"
"""Scenario that charts of one scenario show; the last of the study when it has none of that name."""


def of_chart(reader: Reader, chart_id: str) -> Text | None:
    """The sentence of a chart of the study; None for one that has no sentence, or whose study has no such result."""
    make = MADE.get(chart_id)
    return make(reader) if make else None


def shown(reader: Reader) -> ScenarioEntry:
    """The scenario that charts of one scenario show."""
    entries = reader.study.definition.scenarios
    return next((entry for entry in entries if entry.scenario_id == SHOWN), entries[-1])


def most_favourable(reader: Reader) -> str:
    """The scenario under which all targets together are most likely; the first of those that are level."""
    ids = [entry.scenario_id for entry in reader.study.definition.scenarios]
    return max(ids, key=lambda name: float(reader.row(place("joint", scenario=name))["chance"]))


def _fan(reader: Reader) -> Text | None:
    """The target that is hardest even under the most favourable scenario."""
    if not reader.study.definition.headline:
        return None
    best = most_favourable(reader)
    target = binding(reader, best)
    if target is None:
        return phrase("headline_fan_none", scenario=scenario_label(reader.study, best), year=year_of(reader.study))
    where = main_place(reader, best, target)
    return phrase(
        "headline_fan",
        target=target_name(target),
        goal=goal(reader, target),
        scenario=scenario_label(reader.study, best),
        median=reader.number(where, "p50", "value", target.unit, abs(target.value)),
        words=in_words(reader, where),
        chance=reader.number(where, "chance", "chance"),
    )


def _chance(reader: Reader) -> Text | None:
    """All targets together under the most favourable scenario."""
    headline = reader.study.definition.headline
    if not headline:
        return None
    where = place("joint", scenario=most_favourable(reader))
    columns = {"chance": "chance", "low": "chance_low", "high": "chance_high"}
    return phrase(
        "headline_chance",
        n=str(len(headline)),
        scenario=scenario_label(reader.study, str(where.where["scenario"])),
        words=in_words(reader, where),
        **{name: reader.number(where, column, "chance") for name, column in columns.items()},
    )


def _flows(reader: Reader) -> Text | None:
    """The balance of talents under the scenario that is drawn."""
    if "talents" not in aggregates.flow_kinds(reader.study):
        return None
    scenario = shown(reader).scenario_id
    where = place("net_flows", scenario=scenario, kind="talents", place=aggregates.ALL)
    size = float(reader.row(where)["inflow"])
    return phrase(
        "headline_flows",
        scenario=scenario_label(reader.study, scenario),
        first=str(BASE_YEAR + 1),
        last=year_of(reader.study),
        net=reader.number(where, "net_mean", "gap", "persons", size),
        low=reader.number(where, "net_p05", "gap_bare", "persons", size),
        high=reader.number(where, "net_p95", "gap_bare", "persons", size),
    )


def _cost(reader: Reader) -> Text | None:
    """What the levers of the scenario cost in the year of the targets, and the district's part."""
    scenario, year = shown(reader).scenario_id, reader.study.definition.goal_year
    whole, district = (
        place("costs", scenario=scenario, year=year, family=aggregates.ALL, lever=aggregates.ALL, payer=payer)
        for payer in (aggregates.ALL, "district")
    )
    if not reader.rows(whole) or not reader.rows(district):
        return None
    return phrase(
        "headline_cost",
        scenario=scenario_label(reader.study, scenario),
        year=year_of(reader.study),
        total=reader.number(whole, "mean", "cost", "yuan"),
        low=reader.number(whole, "p05", "cost_bare", "yuan"),
        high=reader.number(whole, "p95", "cost_bare", "yuan"),
        district=reader.number(district, "mean", "cost", "yuan"),
    )


def _decomposition(reader: Reader) -> Text | None:
    """The part that adds most to the move of the target that binds."""
    scenario = shown(reader).scenario_id
    target = binding(reader, scenario)
    keys = {"scenario": scenario, "indicator": target.indicator} if target else {}
    rows = [row for row in reader.rows(place("moves", **keys)) if row["part"] != aggregates.ALL] if target else []
    if target is None or not rows:
        return None
    part = str(max(rows, key=lambda row: float(row["mean"]))["part"])
    most, whole = (place("moves", **keys, part=name) for name in (part, aggregates.ALL))
    size = abs(target.value)
    return phrase(
        "headline_decomposition",
        scenario=scenario_label(reader.study, scenario),
        target=target_name(target),
        first=str(BASE_YEAR),
        last=year_of(reader.study),
        whole=reader.number(whole, "mean", "change", target.unit, size),
        part=fixed(part),
        most=reader.number(most, "mean", "change", target.unit, size),
        low=reader.number(most, "p05", "change_bare", target.unit, size),
        high=reader.number(most, "p95", "change_bare", target.unit, size),
    )


def _gap(reader: Reader) -> Text | None:
    """How far the target that binds is from its value under the scenario, with its spread in values."""
    headline = reader.study.definition.headline
    if not headline:
        return None
    scenario = shown(reader).scenario_id
    target = binding(reader, scenario) or headline[0]
    where, size = main_place(reader, scenario, target), abs(target.value)
    return phrase(
        "headline_gap",
        scenario=scenario_label(reader.study, scenario),
        target=target_name(target),
        goal=goal(reader, target),
        gap=reader.number(where, "gap", "gap", target.unit, size),
        low=reader.number(where, "p05", "bare", target.unit, size),
        high=reader.number(where, "p95", "value", target.unit, size),
    )


def _cities(reader: Reader) -> Text | None:
    """The balance of talents with each of the two other cities."""
    cities = reader.study.definition.places[1:3]
    if "talents" not in aggregates.flow_kinds(reader.study) or len(cities) < 2:
        return None
    scenario = shown(reader).scenario_id
    balances = [place("net_flows", scenario=scenario, kind="talents", place=city.place_id) for city in cities]
    size = max(abs(float(reader.row(where)["net_mean"])) for where in balances)
    names = [Label(city.name_zh, city.name_en) for city in cities]
    one, other = (reader.number(where, "net_mean", "gap", "persons", size) for where in balances)
    return phrase(
        "headline_cities",
        scenario=scenario_label(reader.study, scenario),
        first=str(BASE_YEAR + 1),
        last=year_of(reader.study),
        city=names[0],
        net=one,
        other=names[1],
        other_net=other,
    )


def _ladder(reader: Reader) -> Text | None:
    """Certified firms of the base year and of the goal year."""
    rung, scenario = "high_tech_enterprises", shown(reader).scenario_id
    info = reader.study.definition.info(rung)
    year = reader.study.definition.goal_year
    base, last = (place("bands", scenario=scenario, indicator=rung, definition="", year=y) for y in (BASE_YEAR, year))
    if not reader.rows(base) or not reader.rows(last):
        return None
    return phrase(
        "headline_ladder",
        scenario=scenario_label(reader.study, scenario),
        rung=Label(info.name_zh, info.name_en),
        first=str(BASE_YEAR),
        last=str(year),
        base=reader.number(base, "p50", "count"),
        value=reader.number(last, "p50", "count"),
        low=reader.number(last, "p05", "count"),
        high=reader.number(last, "p95", "count"),
    )


MADE: dict[str, Callable[[Reader], Text | None]] = {
    "fan": _fan,
    "chance": _chance,
    "flows": _flows,
    "cost": _cost,
    "decomposition": _decomposition,
    "gap": _gap,
    "cities": _cities,
    "ladder": _ladder,
}
"""Chart -> its sentence."""
