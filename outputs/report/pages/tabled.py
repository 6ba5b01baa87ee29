"""The numbers of what verbs have answered beyond a study, a table a verb, beside the charts of it."""

from __future__ import annotations

from collections.abc import Callable, Iterator
from dataclasses import replace

from model.targets import Target
from outputs.aggregates import ALL
from outputs.report.content import Key, Label, Paragraph, Table, Text, phrase
from outputs.report.names import (
    banded,
    difference_label,
    fixed,
    goal,
    player_label,
    scenario_label,
    source_of,
    target_name,
    year_of,
)
from outputs.report.pages import group_shares, later_starts, scored
from outputs.report.reading import Place, Reader, Row, place
from outputs.report.supplements import Added

Tables = Callable[[Reader, Added], Iterator[Table]]
Sentences = Callable[[Reader, Added], Iterator[Text]]
MOST_FACTORS = 12
"""Of a screen, the factors that move most."""


def tables(reader: Reader, added: Added) -> Iterator[Table]:
    """Tables of a supplement; none of one that has no table of its own here, or no row of what the report is about."""
    for name, make in MADE.get(added.kind, ()):
        if not _holds(added, name):
            continue
        for table in make(reader, added):
            if table.rows:
                table_id = f"{added.folder.replace('/', '-')}-{table.table_id}"
                yield replace(table, table_id=table_id, source=source_of(reader, added))


def sentences(reader: Reader, added: Added) -> Iterator[Paragraph]:
    """What the tables of a supplement say, hedged as their intervals are; none where the findings say it."""
    for name, make in SAID.get(added.kind, ()):
        if _holds(added, name):
            yield from (Paragraph(said, "bullet") for said in make(reader, added))


def _holds(added: Added, name: str) -> bool:
    """Whether a supplement has a file: verbs have several answers, grids beside screens, scores beside rates."""
    return (added.path / f"{name}.csv").is_file()


def _attribution(reader: Reader, added: Added) -> Iterator[Table]:
    """What each family or lever adds to each headline target, to the chance of all, and to cost."""
    headline, year = reader.study.definition.headline, reader.study.definition.goal_year
    found = reader.rows(place("attribution", added, quantity="added_cost", definition="all_payers", year=year))
    if not found or not headline:
        return
    scenario = str(found[0]["scenario"])
    rows: list[tuple[Text, ...]] = []
    for player in (str(row["player"]) for row in found):
        of: dict[str, Key] = {"year": year, "player": player}
        cells: list[Text] = []
        for target in headline:
            keys: dict[str, Key] = {
                "quantity": "value",
                "indicator": target.indicator,
                "definition": target.definition,
                **of,
            }
            cells.append(_change(reader, place("attribution", added, **keys), target))
        chance = place("attribution", added, quantity="chance", target="all_targets", **of)
        cells.append(banded(reader, chance, ("contribution", "low", "high"), "points"))
        cost = place("attribution", added, quantity="added_cost", definition="all_payers", **of)
        cells.append(reader.cell(cost, "contribution", "cost_bare", "yuan"))
        rows.append((fixed("sum_of_parts") if player == ALL else player_label(reader.study, player), *cells))
    header = (
        phrase("tabled_player"),
        *(phrase("tabled_of", name=target_name(one), unit=difference_label(one)) for one in headline),
        phrase("tabled_chance"),
        phrase("glance_cost", unit=Label("亿元", "million yuan")),
    )
    caption = phrase("tabled_attribution", scenario=_name(reader, scenario, found[0]), year=year_of(reader.study))
    yield Table("attribution", caption, header, tuple(rows))


def _variance(reader: Reader, added: Added) -> Iterator[Table]:
    """Shares of the four uncertainties in the variance of each headline target, interactions included."""
    headline, year = reader.study.definition.headline, reader.study.definition.goal_year
    every = reader.rows(place("variance", added, year=year))
    groups = [one for one in dict.fromkeys(str(row["group"]) for row in every) if one != "interactions"]
    rows: list[tuple[Text, ...]] = []
    for group in groups:
        cells: list[Text] = []
        for target in headline:
            keys: dict[str, Key] = {"indicator": target.indicator, "definition": target.definition}
            keys |= {"scenario": str(every[0]["scenario"]), "year": year, "group": group}
            where = place("variance", added, **keys)
            cells.append(banded(reader, where, ("total", "total_low", "total_high"), "percentage"))
        rows.append((fixed(f"group {group}"), *cells))
    header: tuple[Text, ...] = (phrase("tabled_group"), *(target_name(target) for target in headline))
    caption = phrase("tabled_variance", year=year_of(reader.study))
    yield Table("variance", caption, header, tuple(rows))


def _validation(reader: Reader, added: Added) -> Iterator[Table]:
    """Published growth of years before, beside that of the first years of the model under its first scenario."""
    rows: list[tuple[Text, ...]] = []
    names = ("indicator", "definition", "region", "past", "scenario")
    first = added.study.definition.scenarios[0].scenario_id
    for row in reader.rows(place("rates", added, scenario=first)):
        keys: dict[str, Key] = {name: str(row[name]) for name in names if str(row[name]) != "nan"}
        where, info = place("rates", added, **keys), reader.study.definition.info(str(row["indicator"]))
        rows.append(
            (
                Label(info.name_zh, info.name_en),
                str(row["past"]),
                reader.cell(where, "observed", "bare", "percent"),
                str(row["model_years"]),
                banded(reader, where, ("p50", "p05", "p95"), "bare", ("percent", None)),
                Label(_plain(row["note_zh"]), _plain(row["note_en"])),
            )
        )
    keys_ = ("effect_of", "tabled_past", "tabled_observed", "tabled_years", "tabled_model", "tabled_about")
    widths = (0.22, 0.1, 0.11, 0.1, 0.2, 0.27)
    yield Table("rates", phrase("tabled_rates"), tuple(phrase(key) for key in keys_), tuple(rows), (), widths)


def _milestones(reader: Reader, added: Added) -> Iterator[Table]:
    """The value that each scenario reaches with the chance asked for."""
    study, with_ = reader.study, None
    rows: list[tuple[Text, ...]] = []
    for target in study.definition.headline:
        for entry in study.definition.scenarios:
            keys: dict[str, Key] = {"scenario": entry.scenario_id, "target": target.target_id, "reported_first": True}
            where = place("promises", added, **keys)
            if len(reader.rows(where)) != 1:
                continue
            with_ = reader.number(where, "promised_with", "chance")
            size = abs(target.value)
            promised = banded(reader, where, ("promised", "promised_low", "promised_high"), "bare", (target.unit, size))
            named: Text = phrase("report_target_of", target=target_name(target), goal=goal(reader, target))
            label = scenario_label(study, entry.scenario_id)
            named = "" if entry != study.definition.scenarios[0] else named
            rows.append((named, label, promised, reader.number(where, "chance", "chance")))
    if with_ is not None:
        keys_ = ("target", "scenario", "tabled_promised", "chance")
        caption, widths = phrase("tabled_promises", chance=with_), (0.4, 0.2, 0.26, 0.14)
        yield Table("promises", caption, tuple(phrase(key) for key in keys_), tuple(rows), (), widths)


def _sensitivity(reader: Reader, added: Added) -> Iterator[Table]:
    """For each headline target the factors that move it most, by a screen."""
    year = reader.study.definition.goal_year
    for target in reader.study.definition.headline:
        keys: dict[str, Key] = {"indicator": target.indicator, "definition": target.definition, "year": year}
        found = reader.rows(place("screen", added, **keys))
        moving = [row for row in found if float(row["mu_star"]) > 0.0]
        most = sorted(moving, key=lambda row: -float(row["mu_star"]))[:MOST_FACTORS]
        rows: list[tuple[Text, ...]] = []
        for row in most:
            where = place("screen", added, **keys, factor=str(row["factor"]))
            shown = (
                reader.cell(where, column, form, target.unit, abs(target.value))
                for column, form in (
                    ("mu_star", "change_bare"),
                    ("mu_star_error", "change_bare"),
                    ("mu", "change_bare"),
                )
            )
            rows.append((Label(str(row["zh"]), str(row["en"])), *shown))
        unit = difference_label(target)
        header = (
            phrase("tabled_factor"),
            phrase("tabled_mu_star", unit=unit),
            phrase("tabled_error"),
            phrase("tabled_mu"),
        )
        caption = phrase("tabled_screen", target=target_name(target), year=year_of(reader.study))
        widths = (0.52, 0.2, 0.14, 0.14)
        yield Table(f"screen-{target.target_id}", caption, header, tuple(rows), (), widths)


def _change(reader: Reader, where: Place, target: Target) -> Text:
    unit = (target.unit, abs(target.value))
    return banded(reader, where, ("contribution", "low", "high"), "change_bare", unit)


def _name(reader: Reader, scenario: str, row: Row) -> Label:
    """Name of a scenario that may be in another study alone."""
    known = {entry.scenario_id for entry in reader.study.definition.scenarios}
    if scenario in known:
        return scenario_label(reader.study, scenario)
    return Label(str(row["scenario_zh"]), str(row["scenario_en"]))


def _plain(value: object) -> str:
    return "–" if str(value) == "nan" else str(value)


MADE: dict[str, tuple[tuple[str, Tables], ...]] = {
    "attribution": (("attribution", _attribution),),
    "variance": (("variance", _variance),),
    "validation": (("rates", _validation), ("scores", scored.tables)),
    "milestones": (("promises", _milestones),),
    "deadline": (("last_starts", later_starts.tables),),
    "sensitivity": (("screen", _sensitivity), ("shares", group_shares.tables)),
}
"""Kind of supplement -> the files that its tables are made of, and what makes them."""
SAID: dict[str, tuple[tuple[str, Sentences], ...]] = {
    "validation": (("scores", scored.sentences),),
    "deadline": (("last_starts", later_starts.sentences),),
    "sensitivity": (("shares", group_shares.sentences),),
}
"""Kind of supplement -> the files that sentences are made of, and what makes them; findings say what others hold."""
