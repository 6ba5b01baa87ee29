"""The result of a study on the screen: tables of what it answers, and what is to be said of it."""

from __future__ import annotations

import math
from typing import TYPE_CHECKING, TextIO

from rich.cells import cell_len

from model.results import RATION
from model.wiring import STALE
from outputs import aggregates, effects, summary
from outputs.intervals import band
from outputs.language import LAST_BELIEVED_YEAR, Unit, difference_unit, percent, target_label, text, unit_of
from outputs.store import Study
from outputs.tables import CERTAIN, MOST_IN_CHARTS, Grid, Record, has_too_many_for_charts

if TYPE_CHECKING:
    import pandas as pd


def show(study: Study, language: str, stream: TextIO) -> None:
    """Put the result on a stream: drawn tables on a terminal, plain aligned text elsewhere.

    Parameters
    ----------
    study : complete.
    language : ``zh`` or ``en``.
    stream : where to write, as a rule ``sys.stdout``.
    """
    if stream.isatty():
        _show_rich(study, language, stream)
    else:
        stream.write(result_text(study, language))


def result_text(study: Study, language: str) -> str:
    """Build the result as plain text, columns aligned also where Chinese characters are two cells wide."""
    blocks = ["\n".join(plain_grid(grid)) for grid in _grids(study, language)]
    return "\n\n".join([*blocks, "\n".join(notes(study, language))]) + "\n"


def notes(study: Study, language: str) -> list[str]:
    """Say in sentences what binds, where the budget did not reach, and which runs are not counted."""
    lines = _binding(study, language)
    rows = study.indicators(indicator=RATION)
    rationed = rows[rows["value"] < 1].groupby("scenario")["member"].nunique()
    for entry in study.definition.scenarios:
        n = len(study.finished_members(entry.scenario_id))
        if entry.scenario_id in rationed.index and n:
            share = percent(rationed[entry.scenario_id] / n)
            lines.append(text("rationed", language, scenario=entry.label(language), share=share))
    if any(study.definition.year_of(target) < target.year for target in study.definition.headline):
        lines.append(text("early_note", language, year=study.definition.to_year))
    if study.definition.to_year > LAST_BELIEVED_YEAR:
        lines.append(text("outlook_note", language, year=LAST_BELIEVED_YEAR))
    if has_too_many_for_charts(study):
        lines.append(text("too_many_note", language, n=MOST_IN_CHARTS))
    if STALE in study.definition.drawn_from.get("values", ""):
        lines.append(text("stale_note", language))
    failed = len(study.failed())
    return [*lines, text("failed_note", language, n=failed)] if failed else lines


def _grids(study: Study, language: str) -> list[Grid]:
    targets, joint = summary.target_table(study), summary.joint_table(study)
    if targets.empty:
        return []
    grids = [_main_grid(study, targets, joint, language), _definition_grid(study, targets, language)]
    grids += [_first_year_grid(study, language), _secondary_grid(study, language)]
    return [*grids, _effect_grid(study, language)] if len(study.definition.scenarios) > 1 else grids


def _main_grid(study: Study, targets: pd.DataFrame, joint: pd.DataFrame, language: str) -> Grid:
    keys = ("scenario", "target", "base", "range", "gap", "chance", "first_year")
    chances = {row["scenario"]: row for row in joint.to_dict("records")}
    rows = []
    for entry in study.definition.scenarios:
        mine = targets[(targets["scenario"] == entry.scenario_id) & targets["reported_first"]]
        for place, row in enumerate(mine.to_dict("records")):
            rows.append([entry.label(language) if place == 0 else "", *_target_cells(row, language)])
        if entry.scenario_id in chances:
            label = text("all_targets_n", language, n=len(study.definition.headline))
            rows.append(["", label, "", "", "", _chance(chances[entry.scenario_id]), ""])
    years = sorted({int(year) for year in targets["year"]})
    title = text(
        "result_title",
        language,
        year="–".join(map(str, years)),
        members=study.definition.members,
        study=study.study_id,
    )
    return title, [text(key, language) for key in keys], rows


def _target_cells(row: Record, language: str) -> list[str]:
    unit = unit_of(row["unit"], language)
    name = row["target_zh"] if language == "zh" else row["target_en"]
    goal = target_label(row["relation"], row["target_value"], row["unit"], language)
    spread = " – ".join(unit.number(value) for value in (row["p05"], row["p50"], row["p95"]))
    first = row["first_year"] or text("never", language)
    return [f"{name} {goal}", unit.number(row["base_p50"]), spread, unit.signed(row["gap"]), _chance(row), first]


def _definition_grid(study: Study, targets: pd.DataFrame, language: str) -> Grid:
    entries = study.definition.scenarios
    header = [text("target", language), text("definition", language), *(e.label(language) for e in entries)]
    rows = []
    for target in study.definition.headline:
        name = target.name_zh if language == "zh" else target.name_en
        unit = unit_of(target.unit, language)
        mine = targets[targets["target"] == target.target_id]
        for definition in dict.fromkeys(mine["definition"]):
            info = study.definition.info(target.indicator, definition)
            label = (info.definition_zh if language == "zh" else info.definition_en) or definition
            found = {row["scenario"]: row for row in mine[mine["definition"] == definition].to_dict("records")}
            cells = [found.get(entry.scenario_id) for entry in entries]
            shown = [f"{unit.number(c['p50'])} ({percent(c['chance'])})" if c else "" for c in cells]
            rows.append([name, label, *shown])
            name = ""
    return text("other_definitions", language), header, rows


def _first_year_grid(study: Study, language: str) -> Grid:
    """What the first year's moves are made of under the first scenario: a reader sees whether the base is sound."""
    entry, year = study.definition.scenarios[0], aggregates.years_of(study)[0]
    rows = []
    for indicator in aggregates.decomposed(study):
        info = study.definition.info(indicator)
        unit, points = unit_of(info.unit, language), difference_unit(info.unit, language)
        name = f"{info.name_zh if language == 'zh' else info.name_en} ({points})"
        parts, samples = aggregates.decomposition_samples(study, indicator, entry.scenario_id)
        moves = [(text(part, language), samples[:, place, 0]) for place, part in enumerate(parts)]
        moves.append((text("sum_of_parts", language), samples[:, :, 0].sum(axis=1)))
        for label, values in moves:
            if values.any():
                found = band(values)
                cells = [unit.signed(found[key]) for key in ("mean", "p05", "p95")]
                rows.append([name, label, cells[0], f"{cells[1]} – {cells[2]}"])
                name = ""
    header = [text(key, language) for key in ("indicator", "part", "mean", "band")]
    return text("first_year_parts", language, year=year, scenario=entry.label(language)), header, rows


def _secondary_grid(study: Study, language: str) -> Grid:
    """Every target that the answer does not lead with: where it stands, or why nothing is said of it."""
    table, entries = summary.status_table(study), study.definition.scenarios
    labels = [entry.label(language) for entry in entries]
    header = [text("target", language), text("base", language), *labels, text("why_not", language)]
    headline = {target.target_id for target in study.definition.headline}
    rows = []
    for target in study.definition.targets:
        if target.target_id in headline:
            continue
        mine = {row["scenario"]: row for row in table[table["target"] == target.target_id].to_dict("records")}
        name = target.name_zh if language == "zh" else target.name_en
        goal = target_label(target.relation, target.value, target.unit, language)
        first, unit = mine[entries[0].scenario_id], unit_of(target.unit, language, target.value)
        base = unit.number(first["base_2020"]) if first["status"] == summary.SIMULATED else _level(first["base_2020"])
        cells = [_status_cell(mine[entry.scenario_id], unit, language) for entry in entries]
        rows.append([f"{name} {goal}", base, *cells, target.reason(language)])
    year = "–".join(str(year) for year in sorted({int(year) for year in table["year"]}))
    return text("secondary_title", language, year=year), header, rows


def _effect_grid(study: Study, language: str) -> Grid:
    """What each scenario changes beside the first, what it costs, and what the three cities gain together."""
    table, prices = effects.effect_table(study), effects.price_table(study)
    entries = study.definition.scenarios
    header = [text("effect_of", language), *(entry.label(language) for entry in entries[1:])]
    rows = []
    shown = [(target.indicator, target.definition) for target in study.definition.headline]
    shown += [column for column in effects.NET_GAINS if column not in shown]
    for indicator, definition in shown:
        mine = table[(table["indicator"] == indicator) & (table["definition"] == definition)]
        if mine.empty:
            continue
        info, unit = study.definition.info(indicator, definition), unit_of(mine["unit"].iloc[0], language)
        name = info.name_zh if language == "zh" else info.name_en
        cells = {row["scenario"]: _effect_cell(row, unit) for row in mine.to_dict("records")}
        label = f"{name} ({difference_unit(info.unit, language)})"
        rows.append([label, *(cells.get(entry.scenario_id, "") for entry in entries[1:])])
    money = unit_of("yuan", language)
    costs = {row["scenario"]: row for row in prices.to_dict("records")}
    for key, column in (("added_cost", "added_cost"), ("added_cost_district", "added_cost_district")):
        cells = {scenario: money.signed(row[column]) for scenario, row in costs.items()}
        label = text(key, language, unit=money.name)
        rows.append([label, *(cells.get(entry.scenario_id, "") for entry in entries[1:])])
    for indicator in effects.PER_UNIT:
        mine = prices[prices["indicator"] == indicator]
        cells = {row["scenario"]: _price_cell(row, language) for row in mine.to_dict("records")}
        if cells:
            label = text(f"price_{indicator}", language)
            rows.append([label, *(cells.get(entry.scenario_id, "") for entry in entries[1:])])
    title = text("effects_title", language, year=study.definition.to_year, scenario=entries[0].label(language))
    return title, header, rows


def _effect_cell(row: Record, unit: Unit) -> str:
    """Mean difference with the interval of the mean; a dash where no member differs."""
    if row["sign"] == effects.UNTOUCHED:
        return "–"
    digits = 3 if str(row["unit"]).startswith("percent") else unit.decimals + 1
    mean, low, high = (f"{row[name] * unit.factor:+,.{digits}f}" for name in ("mean", "mean_low", "mean_high"))
    return f"{mean} [{low}, {high}]"


def _price_cell(row: Record, language: str) -> str:
    """Price of one more point or person with its interval, or that there is none."""
    if math.isnan(row["yuan_per_unit"]):
        return text("no_price", language)
    unit = unit_of("yuan", language) if str(row["unit"]).startswith("percent") else Unit(1e-6, "", 2)
    price, low, high = (f"{row[name] * unit.factor:,.{unit.decimals}f}" for name in ("yuan_per_unit", "low", "high"))
    return f"{price} [{low}, {high}]"


def _status_cell(row: Record, unit: Unit, language: str) -> str:
    """One target under one scenario."""
    if row["status"] == summary.SIMULATED:
        return f"{unit.number(row['value'])} ({percent(row['chance'])}, {unit.signed(row['gap'])})"
    if row["status"] == summary.CHECKED:
        return f"{_level(row['value'])} ({text(row['met'], language)})"
    return text(row["status"], language)


def _level(value: float) -> str:
    """Level of a lever; nothing where there is none."""
    return "" if math.isnan(value) else f"{value:,.10g}"


def _chance(row: Record) -> str:
    return f"{percent(row['chance'])} [{100 * row['chance_low']:.0f}–{100 * row['chance_high']:.0f}]"


def _binding(study: Study, language: str) -> list[str]:
    """Name the target with the lowest chance in each scenario: in one sentence where it is the same in all."""
    table = summary.target_table(study)
    if table.empty:
        return []
    table = table[table["reported_first"]].assign(relative=lambda rows: rows["gap"] / rows["target_value"].abs())
    worst = table.sort_values(["chance", "relative"], kind="stable").groupby("scenario", sort=False).head(1)
    rows = {row["scenario"]: row for row in worst.to_dict("records")}
    names = {t.target_id: t.name_zh if language == "zh" else t.name_en for t in study.definition.headline}
    if len(set(worst["target"])) == 1 < len(worst) and worst["chance"].max() < CERTAIN:
        low, high = percent(worst["chance"].min()), percent(worst["chance"].max())
        return [text("binds_all", language, target=names[worst["target"].iloc[0]], low=low, high=high)]
    lines = []
    for entry in study.definition.scenarios:
        row = rows.get(entry.scenario_id)
        if row is None:
            continue
        if row["chance"] >= CERTAIN:
            lines.append(text("binds_none", language, scenario=entry.label(language)))
            continue
        gap = f"{unit_of(row['unit'], language).signed(row['gap'])} {difference_unit(row['unit'], language)}"
        values = {"scenario": entry.label(language), "target": names[row["target"]], "chance": percent(row["chance"])}
        lines.append(text("binds_one", language, gap=gap, **values))
    return lines


def plain_grid(grid: Grid) -> list[str]:
    """Lines of a table, columns aligned also where Chinese characters are two cells wide."""
    title, header, rows = grid
    widths = [max(cell_len(row[column]) for row in [header, *rows]) for column in range(len(header))]

    def line(row: list[str]) -> str:
        cells = (cell + " " * (width - cell_len(cell)) for cell, width in zip(row, widths, strict=True))
        return "  ".join(cells).rstrip()

    return [title, line(header), "  ".join("-" * width for width in widths), *map(line, rows)]


def _show_rich(study: Study, language: str, stream: TextIO) -> None:
    from rich.console import Console  # noqa: PLC0415 - only a terminal needs it
    from rich.markup import escape  # noqa: PLC0415
    from rich.table import Table  # noqa: PLC0415

    console = Console(file=stream)
    last = text("all_targets_n", language, n=len(study.definition.headline))
    for title, header, rows in _grids(study, language):
        table = Table(title=escape(title), title_justify="left", title_style="")
        for name in header:
            table.add_column(escape(name))
        for row in rows:
            table.add_row(*map(escape, row), end_section=row[1] == last)
        console.print(table)
    for line in notes(study, language):
        console.print(escape(line), highlight=False)
