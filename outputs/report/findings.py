"""Key findings: sentences made of results, hedged as their numbers are."""

from __future__ import annotations

from collections.abc import Iterator

from model.targets import Target
from outputs.report.changing import effect_sentence
from outputs.report.content import Joined, Paragraph, Phrase, Text, phrase
from outputs.report.names import (
    definition_label,
    fixed,
    goal,
    in_words,
    main_place,
    player_label,
    scenario_label,
    sized,
    target_name,
    year_of,
)
from outputs.report.reading import Place, Reader, place
from outputs.report.supplements import Added, is_scored
from outputs.tables import CERTAIN

FAR = 0.5
"""Chances under two definitions that differ by so much are said to decide the answer."""


def key_findings(reader: Reader) -> list[Paragraph]:
    """Answer first: all targets at once, what binds, what is safe, what policy changes and costs, how sure that is."""
    found: list[Text] = [*together(reader), *_binding(reader), *safe(reader), *definitions(reader)]
    found += [*_effects(reader), *money(reader), *levers(reader), *_promises(reader), *how_sure(reader)]
    return [Paragraph(text, "lead") for text in found]


def binding(reader: Reader, scenario: str) -> Target | None:
    """The headline target that is least likely under a scenario; None where each is as good as certain."""
    rows = []
    for target in reader.study.definition.headline:
        row = reader.row(main_place(reader, scenario, target))
        rows.append((float(row["chance"]), float(row["gap"]) / abs(target.value or 1.0), target))
    if not rows or min(rows, key=lambda one: one[:2])[0] >= CERTAIN:
        return None
    return min(rows, key=lambda one: one[:2])[2]


def gap_sentence(reader: Reader, scenario: str, target: Target) -> Phrase:
    """Median, band, distance and chance of a target under a scenario."""
    where = main_place(reader, scenario, target)
    row = reader.row(where)
    values = {
        column: reader.number(where, column, "value", target.unit, abs(target.value))
        for column in ("p50", "p05", "p95")
    }
    return phrase(
        "finding_gap",
        scenario=scenario_label(reader.study, scenario),
        year=reader.number(where, "year", "year"),
        median=values["p50"],
        low=values["p05"],
        high=values["p95"],
        side=phrase("finding_below" if float(row["gap"]) < 0 else "finding_above"),
        gap=reader.number(where, "gap", "size", target.unit, abs(target.value)),
        words=in_words(reader, where),
        chance=reader.number(where, "chance", "chance"),
    )


def _scenarios(reader: Reader) -> list[str]:
    return [entry.scenario_id for entry in reader.study.definition.scenarios]


def together(reader: Reader) -> Iterator[Text]:
    """Chance that all headline targets are met, under every scenario."""
    if not reader.study.definition.headline:
        return
    parts = []
    for scenario in _scenarios(reader):
        where = place("joint", scenario=scenario)
        values = {
            name: reader.number(where, column, "chance")
            for name, column in (("chance", "chance"), ("low", "chance_low"), ("high", "chance_high"))
        }
        label = scenario_label(reader.study, scenario)
        parts.append(phrase("finding_all_one", scenario=label, words=in_words(reader, where), **values))
    n = str(len(reader.study.definition.headline))
    yield phrase("finding_all", year=year_of(reader.study), n=n, scenarios=Joined(tuple(parts), "report_semicolon"))


def _binding(reader: Reader) -> Iterator[Text]:
    found = {scenario: target for scenario in _scenarios(reader) if (target := binding(reader, scenario))}
    if len({target.target_id for target in found.values()}) == 1 and len(found) == len(_scenarios(reader)):
        target = next(iter(found.values()))
        yield phrase("finding_binds_all", target=target_name(target), goal=goal(reader, target))
    elif found:
        parts = tuple(
            phrase("finding_binds_one", scenario=scenario_label(reader.study, name), target=target_name(target))
            for name, target in found.items()
        )
        yield phrase("finding_binds_each", scenarios=Joined(parts, "report_semicolon"))
    for scenario, target in found.items():
        yield gap_sentence(reader, scenario, target)


def safe(reader: Reader) -> Iterator[Text]:
    """Targets that every scenario is as good as certain to meet."""
    for target in reader.study.definition.headline:
        places = [main_place(reader, scenario, target) for scenario in _scenarios(reader)]
        least = min(places, key=lambda one: float(reader.row(one)["chance_low"]))
        if float(reader.row(least)["chance"]) >= CERTAIN:
            yield phrase(
                "finding_safe",
                target=target_name(target),
                goal=goal(reader, target),
                words=in_words(reader, least),
                chance=reader.number(least, "chance", "chance"),
                base=reader.number(least, "base_p50", "value", target.unit, abs(target.value)),
            )


def definitions(reader: Reader) -> Iterator[Text]:
    """Where another definition turns the answer round, the strongest case of each target."""
    study = reader.study
    for target in study.definition.headline:
        cases: list[tuple[float, Place, Place]] = []
        for scenario in _scenarios(reader):
            first = main_place(reader, scenario, target)
            known = float(reader.row(first)["chance"])
            for definition in study.definition.definitions_of(target.indicator):
                other = main_place(reader, scenario, target, definition)
                far = abs(float(reader.row(other)["chance"]) - known)
                cases.append((far, first, other))
        far, first, other = max(cases, key=lambda case: case[0])
        if far >= FAR:
            labels = [definition_label(study, target.indicator, str(one.where["definition"])) for one in (first, other)]
            yield phrase(
                "finding_definition",
                target=target_name(target),
                scenario=scenario_label(study, str(first.where["scenario"])),
                first=labels[0],
                chance=reader.number(first, "chance", "chance"),
                other=labels[1],
                other_chance=reader.number(other, "chance", "chance"),
                median=reader.number(other, "p50", "value", target.unit, abs(target.value)),
            )


def _effects(reader: Reader) -> Iterator[Text]:
    """What each scenario moves beside the first one, on the target that binds it; the rest is on its page."""
    for scenario in _scenarios(reader)[1:]:
        if target := binding(reader, scenario):
            yield effect_sentence(reader, scenario, target)


def money(reader: Reader) -> Iterator[Text]:
    """Scenarios whose budget falls short in some of the runs."""
    parts = []
    for scenario in _scenarios(reader):
        where = place("ration", scenario=scenario)
        if float(reader.row(where)["rationed"]) > 0:
            share = reader.number(where, "share", "chance")
            parts.append(phrase("finding_rationed_one", scenario=scenario_label(reader.study, scenario), share=share))
    if parts:
        yield phrase("finding_rationed", scenarios=Joined(tuple(parts), "report_semicolon"))


def levers(reader: Reader) -> Iterator[Text]:
    """The lever or family that adds most to the target that binds, with what it costs."""
    for added in reader.added.get("attribution", []):
        scenario = str(reader.rows(place("attribution", added))[0]["scenario"])
        target = binding(reader, scenario) if scenario in _scenarios(reader) else None
        if target is None:
            continue
        found = best_player(reader, added, scenario, target)
        label = scenario_label(reader.study, scenario)
        if found is None:
            yield phrase("finding_lever_none", scenario=label, target=target_name(target))
            continue
        size = abs(target.value)
        mean = reader.number(found, "contribution", "change", target.unit, size)
        low, high = (reader.number(found, column, "change_bare", target.unit, size) for column in ("low", "high"))
        where = place(
            "attribution",
            added,
            quantity="added_cost",
            definition="all_payers",
            player=found.where["player"],
            year=found.where["year"],
        )
        yield phrase(
            "finding_lever",
            scenario=label,
            target=target_name(target),
            player=player_label(reader.study, str(found.where["player"])),
            mean=mean,
            low=low,
            high=high,
            cost=reader.number(where, "contribution", "value", "yuan"),
        )


def best_player(reader: Reader, added: Added, scenario: str, target: Target) -> Place | None:
    """Row of the lever or family that surely adds most to a target in the year of the targets."""
    definition = reader.study.definition.reported_definition(scenario, target)
    keys = {"quantity": "value", "indicator": target.indicator, "definition": definition}
    year = reader.study.definition.goal_year
    rows = [
        row
        for row in reader.rows(place("attribution", added, **keys, year=year))
        if row["player"] != "all" and float(row["low"]) > 0
    ]
    if not rows:
        return None
    best = max(rows, key=lambda row: float(row["contribution"]))
    return place("attribution", added, **keys, year=year, player=str(best["player"]))


def _promises(reader: Reader) -> Iterator[Text]:
    for added in reader.added.get("milestones", []):
        for scenario in _scenarios(reader):
            target = binding(reader, scenario)
            rows = reader.rows(place("promises", added, scenario=scenario, reported_first=True))
            if target is None or target.target_id not in {row["target"] for row in rows}:
                continue
            where = place("promises", added, scenario=scenario, target=target.target_id, reported_first=True)
            names = {"scenario": scenario_label(reader.study, scenario), "target": target_name(target)}
            value, low, high = (
                reader.cell(where, column, "value", target.unit, abs(target.value))
                for column in ("promised", "promised_low", "promised_high")
            )
            with_ = reader.number(where, "promised_with", "chance")
            yield phrase(
                "finding_promise", year=year_of(reader.study), with_=with_, value=value, low=low, high=high, **names
            )


def how_sure(reader: Reader) -> Iterator[Text]:
    """What the chances rest on, the largest source of variance where it is known, and what is not claimed."""
    study = reader.study
    yield phrase("finding_sure", members=sized(reader, "members"))
    for added in reader.added.get("variance", []):
        target = binding(reader, study.definition.scenarios[0].scenario_id)
        rows = reader.rows(place("variance", added))
        if target is None or not rows:
            continue
        keys = {"scenario": str(rows[0]["scenario"]), "indicator": target.indicator, "definition": target.definition}
        mine = [
            row
            for row in reader.rows(place("variance", added, **keys, year=study.definition.goal_year))
            if row["group"] != "interactions"
        ]
        if mine:
            group = str(max(mine, key=lambda row: float(row["total"]))["group"])
            where = place("variance", added, **keys, year=study.definition.goal_year, group=group)
            share, low, high = (reader.number(where, name, "chance") for name in ("total", "total_low", "total_high"))
            names: dict[str, Text] = {
                "target": target_name(target),
                "group": fixed(f"group {group}"),
                "year": year_of(study),
            }
            yield phrase("finding_variance", share=share, low=low, high=high, **names)
    yield phrase("finding_skill_scored" if is_scored(reader.added) else "finding_skill")
    if any(study.definition.year_of(target) < target.year for target in study.definition.headline):
        yield phrase("finding_early", year=year_of(study))
    if study.failed():
        yield phrase("finding_failed", n=sized(reader, "failed"))
