"""Of what the moves of the headline indicators are made: a table an indicator, parts by scenario."""

from __future__ import annotations

from collections.abc import Iterator

from model.policy import BASE_YEAR
from outputs import aggregates
from outputs.language import LANGUAGES, difference_unit
from outputs.report.content import Label, Table, Text, phrase
from outputs.report.forms import unit_names
from outputs.report.names import fixed, interval, scenario_label, year_of
from outputs.report.reading import Reader, place


def tables(reader: Reader) -> Iterator[Table]:
    """A table for each indicator whose move is split; parts that are zero on average in every scenario are left out."""
    study = reader.study
    ids = [entry.scenario_id for entry in study.definition.scenarios]
    for indicator in aggregates.decomposed(study):
        found = reader.rows(place("moves", indicator=indicator))
        parts = dict.fromkeys(str(row["part"]) for row in found if float(row["mean"]) != 0.0)
        info = study.definition.info(indicator)
        size = max(abs(float(row["mean"])) for row in found)
        rows: list[tuple[Text, ...]] = []
        for part in [*(one for one in parts if one != aggregates.ALL), aggregates.ALL]:
            cells: list[Text] = [phrase("sum_of_parts") if part == aggregates.ALL else fixed(part)]
            for scenario in ids:
                where = place("moves", scenario=scenario, indicator=indicator, part=part)
                mean = reader.number(where, "mean", "change_bare", info.unit, size)
                ends = interval(reader, where, ("p05", "p95"), "change_bare", (info.unit, size))
                cells.append(phrase("report_value_chance", value=mean, chance=ends))
            rows.append(tuple(cells))
        caption = phrase(
            "report_moves_table",
            indicator=Label(info.name_zh, info.name_en),
            unit=_unit(info.unit, size),
            first=str(BASE_YEAR),
            last=year_of(study),
        )
        header: tuple[Text, ...] = (phrase("part"), *(scenario_label(study, scenario) for scenario in ids))
        widths = (0.2, *([0.8 / len(ids)] * len(ids)))
        yield Table(f"moves-{indicator}", caption, header, tuple(rows), (), widths)


def _unit(unit: str, size: float) -> Label:
    """Unit of a difference."""
    if unit.startswith("percent"):
        zh, en = (difference_unit(unit, language) for language in LANGUAGES)
        return Label(zh, en)
    return Label(*unit_names(unit, size))
