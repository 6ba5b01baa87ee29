"""Tables of a study as sheets show them: in one language, in the units of its readers, with names beside codes."""

from __future__ import annotations

from collections.abc import Mapping
from typing import TYPE_CHECKING, Any

from outputs.export.dictionary import code_table
from outputs.export.tidy import FLOW_UNITS, lever_table
from outputs.language import Unit, cost_unit, difference_unit, text, unit_of
from outputs.store import Study
from outputs.tables import TABLES
from outputs.words.columns import COLUMNS

if TYPE_CHECKING:
    import pandas as pd

SCALED = frozenset(
    ("mean", "mean_low", "mean_high", "p05", "p25", "p50", "p75", "p95", "base_p05", "base_p50", "base_p95")
) | {"target_value", "gap", "value", "base_2020"}
"""Columns of values in the unit of their row."""
SHARES = frozenset(["chance", "chance_low", "chance_high", "share_never", "rising_share", "falling_share"])
YUAN = frozenset(["added_cost", "added_cost_district"])
_CODES = {"origin": "region", "destination": "region"}
"""Columns of codes whose words stand under another name in the dictionary."""
_NAMED = ("scenario", "indicator", "kind", "origin", "destination", "family", "lever", "payer", "part")
_OTHER = {"zh": "_en", "en": "_zh"}


def study_tables(study: Study) -> dict[str, pd.DataFrame]:
    """Make every table of a complete study, as stored, and the levels of the levers."""
    return {name: make(study) for name, make in TABLES.items()} | {"levers": lever_table(study)}


def sheet_tables(study: Study, made: Mapping[str, pd.DataFrame], language: str) -> dict[str, pd.DataFrame]:
    """Turn the tables of a study into those for readers of one language.

    Returns
    -------
    By name, in the order of the sheets. Columns keep their ids; ``unit`` and ``decimals`` say how values are shown.
    """
    words = _words(study, language)
    return {name: _shown(study, name, table, words, language) for name, table in made.items()}


def heading(column: str, language: str) -> str:
    """What a column is called; ``<column> name`` holds the words of a code."""
    base, named, _ = column.partition(" name")
    said = COLUMNS[base][0 if language == "zh" else 1]
    if base in SHARES:  # shown as percentages
        said = said.removesuffix("（0 至 1）").removesuffix(", 0 to 1")
    return f"{said}{'：' if language == 'zh' else ': '}{text('workbook_name', language)}" if named else said


def _shown(study: Study, name: str, table: pd.DataFrame, words: dict[tuple[str, str], str], language: str) -> Any:  # noqa: ANN401 - pandas
    """One table: units and values of readers, no column of the other language, names beside codes."""
    table = table.drop(columns=[column for column in table.columns if column.endswith(_OTHER[language])])
    table = _with_units(study, name, table, language)
    if f"scenario_{language}" in table.columns:
        return table
    for column in [column for column in _NAMED if column in table.columns]:
        key = _CODES.get(column, column)
        names = [words.get((key, str(code)), "") for code in table[column]]
        table.insert(list(table.columns).index(column) + 1, f"{column} name", names)
    return table


def _with_units(study: Study, name: str, table: pd.DataFrame, language: str) -> pd.DataFrame:
    """Multiply values by the factor of their unit, and say unit and digits."""
    table = table.copy()
    units = _units(study, name, table, language)
    if not units:
        return table
    scaled = [column for column in table.columns if column in SCALED]
    factors = [unit.factor for unit, _ in units]
    for column in scaled:
        table[column] = table[column].astype(float) * factors
    place = list(table.columns).index(scaled[0]) if scaled else len(table.columns)
    table = table.drop(columns="unit") if "unit" in table.columns else table
    table.insert(min(place, len(table.columns)), "unit", [shown for _, shown in units])
    return table.assign(decimals=[unit.decimals for unit, _ in units])


def _units(study: Study, name: str, table: pd.DataFrame, language: str) -> list[tuple[Unit, str]]:
    """Unit of each row and its name; none for a table without values of a unit."""
    if name == "flows":
        pairs = {kind: unit_of(unit, language, 0.0) for kind, unit in FLOW_UNITS.items()}
        return [(pairs[kind], pairs[kind].name) for kind in table["kind"]]
    if name == "costs":
        return [(cost_unit(language), cost_unit(language).name)] * len(table)
    if name == "decomposition":
        stored = [study.definition.info(indicator).unit for indicator in table["indicator"]]
        units = [unit_of(unit, language, 0.0) for unit in stored]
        return [
            (unit, difference_unit(raw, language) if raw.startswith("percent") else unit.name)
            for unit, raw in zip(units, stored, strict=True)
        ]
    if name == "levers":
        entries = study.definition.levers
        names = {entry.lever_id: (language == "zh" and entry.unit_zh) or entry.unit for entry in entries}
        return [(Unit(1.0, names[lever], 2), names[lever]) for lever in table["lever"]]
    if "unit" not in table.columns or name == "prices":
        return []
    # One unit for all rows of an indicator, so that its values can be read down the column.
    column = next(column for column in ("p50", "value", "mean") if column in table.columns)
    sizes = (
        table[column].abs().groupby(table["indicator" if "indicator" in table.columns else "target"]).transform("max")
    )
    units = [unit_of(unit, language, size) for unit, size in zip(table["unit"], sizes, strict=True)]
    return [(unit, unit.name) for unit in units]


def _words(study: Study, language: str) -> dict[tuple[str, str], str]:
    """Words of a code, by column and code."""
    rows = code_table(study)
    infos = study.definition.indicators
    found = {("indicator", info.indicator): info.name_zh if language == "zh" else info.name_en for info in infos}
    return found | dict(zip(zip(rows["column"], rows["code"], strict=True), rows[language], strict=True))
