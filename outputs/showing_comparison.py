"""The verb `compare`: what differs in the last year, year by year, and the chances, on the screen and on disk."""

from __future__ import annotations

import hashlib
import json
from argparse import Namespace
from typing import TYPE_CHECKING

from model.commands import languages
from model.wiring import Supplement, Wiring
from outputs.answering import tell_failures
from outputs.asked import opened, study_or_run
from outputs.commands import told_in
from outputs.comparing import COST, JOINT, Comparison, chance_table, choose, difference_table, outcomes
from outputs.effects import NET_GAINS, UNTOUCHED, Side
from outputs.language import difference_unit, percent, text, unit_of
from outputs.markdown import show_all
from outputs.tables import Grid

if TYPE_CHECKING:
    import pandas as pd

    from outputs.language import Unit
    from outputs.tables import Record


def compare(args: Namespace, wiring: Wiring) -> int:
    """Compare the scenarios of a study, or of two, or those asked for, which are run as `project` runs them."""
    studies = [opened(args.studies_dir, name) for name in args.studies]
    if not studies:
        study = study_or_run(Namespace(**vars(args) | {"read": ""}), wiring)
        if study is None:
            return 0
        studies = [study]
    comparison = choose(studies[0], (*studies, None)[1], args.against, anyway=args.anyway)
    differences, chances = difference_table(comparison), chance_table(comparison)
    folder = wiring.add(comparison.study, _supplement(comparison, differences, chances), languages(args))
    language = told_in(args)
    told, lines = grids(comparison, differences, chances, language), notes(comparison, language)
    show_all(wiring, comparison.study, told, lines, as_markdown=args.markdown)
    wiring.say(f"Comparison: {folder}")
    return max(tell_failures(study, wiring, debug=args.debug) for study in comparison.studies.values())


def _supplement(comparison: Comparison, differences: pd.DataFrame, chances: pd.DataFrame) -> Supplement:
    """Tables and chart; the folder is named after what is compared with what."""
    ids = [[side.study.study_id, side.scenario] for pair in comparison.pairs for side in pair]
    digest = hashlib.sha256(json.dumps(ids).encode()).hexdigest()[:8]
    about = {"verb": "compare", "pairs": ids, "differs": list(comparison.differs)}
    tables = {"comparison": differences, "chances": chances}
    return Supplement(f"comparison/{digest}", about, tables, ["comparison"])


def grids(comparison: Comparison, differences: pd.DataFrame, chances: pd.DataFrame, language: str) -> list[Grid]:
    """Tables of a comparison, in ``zh`` or ``en``."""
    found = [_last_year(comparison, mine, differences, language) for mine in _by_reference(comparison)]
    return [*found, _years(comparison, differences, language), _chances(comparison, chances, language)]


def notes(comparison: Comparison, language: str) -> list[str]:
    """What a reader must know of the studies: in what they differ, if they do."""
    differs = "; ".join(comparison.differs)
    return [text("compared_anyway", language, differs=differs)] if differs else []


def names(comparison: Comparison, language: str) -> dict[tuple[str, str], str]:
    """Name of each (study id, scenario); with its study where two are compared."""
    sides = [side for pair in comparison.pairs for side in pair]
    several = len({side.study.study_id for side in sides}) > 1

    def name(side: Side) -> str:
        label = side.study.definition.scenario(side.scenario).label(language)
        return f"{label} [{side.study.study_id}]" if several else label

    return {(side.study.study_id, side.scenario): name(side) for side in sides}


def _by_reference(comparison: Comparison) -> list[list[tuple[Side, Side]]]:
    found: dict[tuple[str, str], list[tuple[Side, Side]]] = {}
    for reference, other in comparison.pairs:
        found.setdefault((reference.study.study_id, reference.scenario), []).append((reference, other))
    return list(found.values())


def _last_year(comparison: Comparison, pairs: list[tuple[Side, Side]], table: pd.DataFrame, language: str) -> Grid:
    definition, year, labels = comparison.study.definition, comparison.years[-1], names(comparison, language)
    reference = pairs[0][0]
    mine = table[(table["year"] == year) & (table["reference"] == reference.scenario)]
    mine = mine[mine["reference_study"] == reference.study.study_id]
    shown = [(target.indicator, target.definition) for target in outcomes(comparison.study)]
    # A target of some dozens is told in persons, not in thousands.
    sizes = {target.indicator: target.value for target in outcomes(comparison.study)}
    shown += [column for column in NET_GAINS if column not in shown]
    rows = []
    for indicator, counted in dict.fromkeys(shown):
        info = definition.info(indicator, counted)
        name = info.name_zh if language == "zh" else info.name_en
        unit = unit_of(info.unit, language, sizes.get(indicator, 1e9))
        points = unit.name if unit.name != "%" else difference_unit(info.unit, language)
        rows.append([f"{name} ({points})", *_cells(mine, pairs, (indicator, counted), unit)])
    money = unit_of("yuan", language)
    for payer in ("all_payers", "district"):
        name = f"{text('cost_since_2021', language)} ({text(payer, language)}, {money.name})"
        rows.append([name, *_cells(mine, pairs, (COST, payer), money)])
    key = "compare_title_anyway" if comparison.differs else "compare_title"
    title = text(key, language, reference=labels[reference.study.study_id, reference.scenario], year=year)
    header = [text("effect_of", language), *(labels[o.study.study_id, o.scenario] for _, o in pairs)]
    return title, header, rows


def _cells(table: pd.DataFrame, pairs: list[tuple[Side, Side]], column: tuple[str, str], unit: Unit) -> list[str]:
    mine = table[(table["indicator"] == column[0]) & (table["definition"] == column[1])]
    found = {(row["study"], row["scenario"]): row for row in mine.to_dict("records")}
    cells = [found.get((other.study.study_id, other.scenario)) for _, other in pairs]
    return [_cell(row, unit) if row else "" for row in cells]


def _cell(row: Record, unit: Unit) -> str:
    """Mean difference with the interval of the mean; a dash where no member differs."""
    if row["sign"] == UNTOUCHED:
        return "–"
    digits = 3 if str(row["unit"]).startswith("percent") else unit.decimals + 1
    mean, low, high = (f"{row[name] * unit.factor:+,.{digits}f}" for name in ("mean", "mean_low", "mean_high"))
    return f"{mean} [{low}, {high}]"


def _years(comparison: Comparison, table: pd.DataFrame, language: str) -> Grid:
    """Headline targets year by year, one row per target and pair."""
    labels, rows = names(comparison, language), []
    for target in comparison.study.definition.headline:
        mine = table[(table["indicator"] == target.indicator) & (table["definition"] == target.definition)]
        unit = unit_of(target.unit, language)
        name = target.name_zh if language == "zh" else target.name_en
        name = f"{name} ({difference_unit(target.unit, language)})"
        for reference, other in comparison.pairs:
            by_year = {row["year"]: row for row in _of_pair(mine, reference, other).to_dict("records")}
            cells = [_cell(by_year[year], unit) for year in comparison.years]
            rows.append([name, _pair(labels, reference, other, language), *cells])
            name = ""
    header = [text("target", language), text("scenario", language), *map(str, comparison.years)]
    return text("compare_years", language), header, rows


def _chances(comparison: Comparison, table: pd.DataFrame, language: str) -> Grid:
    """Chances of the last year under the target's own definition."""
    labels, rows, year = names(comparison, language), [], comparison.years[-1]
    targets = outcomes(comparison.study)
    wanted = [(t.target_id, t.definition, t.name_zh if language == "zh" else t.name_en) for t in targets]
    wanted.append((JOINT, "", text("all_targets_n", language, n=len(comparison.study.definition.headline))))
    table = table[table["year"] == year]
    for target, counted, label in wanted:
        mine, name = table[(table["target"] == target) & (table["definition"] == counted)], label
        for reference, other in comparison.pairs:
            for row in _of_pair(mine, reference, other).to_dict("records"):
                rows.append([name, _pair(labels, reference, other, language), *_chance_cells(row)])
                name = ""
    keys = ("target", "scenario", "chance_reference", "chance", "chance_difference")
    header = [text(key, language) for key in (*keys, "only_here", "only_reference", "p_value")]
    return text("compare_chances", language, year=year), header, rows


def _chance_cells(row: Record) -> list[str]:
    low, high = 100 * row["low"], 100 * row["high"]
    difference = f"{100 * row['difference']:+.0f} [{low:+.0f}, {high:+.0f}]"
    counts = [str(row["only_scenario"]), str(row["only_reference"])]
    return [percent(row["chance_reference"]), percent(row["chance"]), difference, *counts, f"{row['p_value']:.2g}"]


def _of_pair(table: pd.DataFrame, reference: Side, other: Side) -> pd.DataFrame:
    wanted = {
        "reference_study": reference.study.study_id,
        "reference": reference.scenario,
        "study": other.study.study_id,
        "scenario": other.scenario,
    }
    for column, value in wanted.items():
        table = table[table[column] == value]
    return table


def _pair(labels: dict[tuple[str, str], str], reference: Side, other: Side, language: str) -> str:
    values = {"scenario": labels[other.study.study_id, other.scenario]}
    return text("compare_against", language, reference=labels[reference.study.study_id, reference.scenario], **values)
