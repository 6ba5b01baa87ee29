"""Scores on observations in a report: what was observed, how near each forecast came, and what that can show."""

from __future__ import annotations

from collections.abc import Iterable, Iterator

from outputs.manifest import ScenarioEntry
from outputs.report.content import Joined, Label, Number, Table, Text, phrase
from outputs.report.names import banded, fixed
from outputs.report.reading import NOTHING, Place, Reader, Row, is_missing, place
from outputs.report.supplements import Added

MODEL = "model"
FEW = 20
"""Values below which coverage of a 90 % band says little: two outside are expected of as many."""
SIGNIFICANT = 0.05
BAND = ("q50", "q05", "q95")
SIGNS = {">=": "≥", "<=": "≤"}
_COVERED = ("within_50", "within_90")


def tables(reader: Reader, added: Added) -> Iterator[Table]:
    """Observations with their sources, forecasts of values, forecasts of bounds, and the counted ones summed up."""
    yield _observations(reader, added)
    yield _values(reader, added)
    yield _bounds(reader, added)
    yield _summary(reader, added)


def sentences(reader: Reader, added: Added) -> Iterator[Text]:
    """Coverage under each scenario, and whether the model can be told from a naive forecast."""
    entries = added.study.definition.scenarios
    places = [place("summary", added, scenario=entry.scenario_id, forecaster=MODEL) for entry in entries]
    points = reader.number(places[0], "points", "count")
    if points.value:
        parts = tuple(
            phrase("scored_coverage_of", scenario=_label(entry), **_numbers(reader, where, _COVERED, "chance"))
            for entry, where in zip(entries, places, strict=True)
        )
        yield phrase("scored_coverage", points=points, scenarios=Joined(parts, "report_semicolon"))
    if points.value < FEW:
        yield phrase("scored_few" if points.value else "scored_uncounted")
    tested = [row for row in reader.rows(place("summary", added)) if not is_missing(row["p_value"])]
    if not tested:
        yield phrase("scored_untested")
    for row in tested:
        where = _summed(added, row)
        values = _numbers(reader, where, _BETTER, "count")
        names: dict[str, Text] = {
            "scenario": _label(added.study.definition.scenario(str(row["scenario"]))),
            "naive": _forecaster(added, row),
        }
        yield phrase("scored_tested", verdict=_verdict(reader, where, row), **names, **values)


_BETTER = ("model_better", "shared_indicators")


def _observations(reader: Reader, added: Added) -> Table:
    """What was observed, whether it counts, and who published it."""
    rows: list[tuple[Text, ...]] = []
    for row in _first_rows(reader, added):
        where = _scored(added, row)
        value = _observed(reader, where, row)
        if float(row["standard_error"]) > 0.0:
            error = reader.number(where, "standard_error", "bare", *_unit(row))
            value = phrase("scored_error_of", value=value, error=error)
        rows.append((_named(added, row), value, _counted(row), str(row["source"])))
    keys = ("scored_what", "scored_value", "scored_counted", "scored_source")
    header, widths = tuple(phrase(key) for key in keys), (0.32, 0.18, 0.16, 0.34)
    return Table("observations", phrase("scored_observations"), header, tuple(rows), (), widths)


def _values(reader: Reader, added: Added) -> Table:
    """Each value that was observed with the forecasts of it, the scenarios of the model first."""
    rows: list[tuple[Text, ...]] = []
    for first in _first_rows(reader, added):
        for place_, row in enumerate(_forecasts(reader, added, first) if first["relation"] == "=" else []):
            where, unit = _scored(added, row), _unit(row)
            rows.append(
                (
                    "" if place_ else _named(added, row),
                    _forecaster(added, row),
                    banded(reader, where, BAND, "bare", unit),
                    reader.cell(where, "error", "gap_bare", *unit),
                    reader.cell(where, "crps", "bare", *unit),
                    *(fixed(f"yes_no {row[column]}") for column in _COVERED),
                )
            )
    keys = ("scored_what", "scored_by", "scored_median", "scored_error")
    header: tuple[Text, ...] = (
        *(phrase(key) for key in keys),
        "CRPS",
        *(phrase(f"scored_{column}") for column in _COVERED),
    )
    widths, notes = (0.25, 0.2, 0.23, 0.09, 0.07, 0.08, 0.08), (phrase("scored_naive_note"),)
    return Table("scores", phrase("scored_scores"), header, tuple(rows), notes, widths)


def _bounds(reader: Reader, added: Added) -> Table:
    """Each observation that is a bound, with the chance that the forecasts gave it."""
    rows: list[tuple[Text, ...]] = []
    for first in _first_rows(reader, added):
        for place_, row in enumerate(_forecasts(reader, added, first) if first["relation"] != "=" else []):
            where = _scored(added, row)
            named = _named(added, row), _observed(reader, where, row)
            cells = reader.cell(where, "probability", "chance"), reader.cell(where, "brier", "short")
            rows.append((*(("", "") if place_ else named), _forecaster(added, row), *cells))
    keys = ("scored_what", "scored_limit", "scored_by", "scored_chance", "scored_brier")
    header, widths = tuple(phrase(key) for key in keys), (0.34, 0.18, 0.22, 0.13, 0.13)
    return Table("bounds", phrase("scored_bounds"), header, tuple(rows), (), widths)


def _summary(reader: Reader, added: Added) -> Table:
    """Coverage of each forecaster by scenario, and the model against each naive forecast."""
    rows: list[tuple[Text, ...]] = []
    for entry in added.study.definition.scenarios:
        for row in reader.rows(place("summary", added, scenario=entry.scenario_id)):
            where, is_model = _summed(added, row), row["forecaster"] == MODEL
            compared = () if is_model else (_better(reader, where), _verdict(reader, where, row))
            rows.append(
                (
                    _label(entry) if is_model else "",
                    fixed(f"forecaster {row['forecaster']}"),
                    reader.cell(where, "points", "count"),
                    *(reader.cell(where, column, "chance") for column in _COVERED),
                    reader.cell(where, "inequalities", "count"),
                    reader.cell(where, "mean_brier", "short"),
                    *(compared or (NOTHING, NOTHING)),
                )
            )
    keys = ("scored_points", "scored_cover_50", "scored_cover_90", "scored_inequalities", "scored_brier")
    header: tuple[Text, ...] = (phrase("scenario"), phrase("scored_by"), *(phrase(key) for key in keys))
    header = (*header, phrase("scored_better"), phrase("scored_verdict"))
    widths = (0.17, 0.14, 0.08, 0.08, 0.08, 0.07, 0.09, 0.12, 0.17)
    return Table("summary", phrase("scored_summary"), header, tuple(rows), (), widths)


def _first_rows(reader: Reader, added: Added) -> list[Row]:
    """One row an observation: that of the model under the first scenario."""
    first = added.study.definition.scenarios[0].scenario_id
    return reader.rows(place("scores", added, scenario=first, forecaster=MODEL))


def _forecasts(reader: Reader, added: Added, first: Row) -> list[Row]:
    """The model under each scenario, then the naive forecasts that could be made; they know no scenario."""
    found = reader.rows(place("scores", added, line=int(first["line"])))
    naive = [row for row in found if row["scenario"] == first["scenario"] and row["forecaster"] != MODEL]
    return [
        *(row for row in found if row["forecaster"] == MODEL),
        *(row for row in naive if not is_missing(row["q50"])),
    ]


def _scored(added: Added, row: Row) -> Place:
    keys = {name: str(row[name]) for name in ("scenario", "forecaster")}
    return place("scores", added, line=int(row["line"]), **keys)


def _summed(added: Added, row: Row) -> Place:
    return place("summary", added, scenario=str(row["scenario"]), forecaster=str(row["forecaster"]))


def _named(added: Added, row: Row) -> Text:
    info = added.study.definition.info(str(row["indicator"]), _text(row["definition"]))
    return phrase(f"observed {row['measure']}", name=Label(info.name_zh, info.name_en), period=str(row["period"]))


def _observed(reader: Reader, where: Place, row: Row) -> Text:
    """The value with its unit, points where it is a change of a percentage; a bound with its sign."""
    value = reader.number(where, "observed", "gap" if row["measure"] == "change" else "value", *_unit(row))
    relation = str(row["relation"])
    return value if relation == "=" else phrase("scored_bound", sign=SIGNS.get(relation, relation), value=value)


def _unit(row: Row) -> tuple[str, float]:
    """Unit of an observation with the size that chooses how it is shown: firms are counted one by one."""
    unit = str(row["unit"])
    return unit, 1.0 if unit == "firms" else abs(float(row["observed"]))


def _counted(row: Row) -> Label:
    if row["counted"]:
        return fixed("yes_no True")
    return fixed("scored_part" if row["out_of_sample"] else "scored_in_sample")


def _forecaster(added: Added, row: Row) -> Label:
    """The scenario for the model, the method for a naive forecast."""
    if row["forecaster"] == MODEL:
        return _label(added.study.definition.scenario(str(row["scenario"])))
    return fixed(f"forecaster {row['forecaster']}")


def _verdict(reader: Reader, where: Place, row: Row) -> Text:
    """What the sign test says, by its numbers."""
    if is_missing(row["p_value"]):
        return phrase("scored_too_few")
    better = 2 * float(row["model_better"]) > float(row["shared_indicators"])
    told = "no_difference" if float(row["p_value"]) >= SIGNIFICANT else "model_better" if better else "model_worse"
    return phrase(f"scored_{told}", p=reader.number(where, "p_value", "short"))


def _better(reader: Reader, where: Place) -> Text:
    """On how many of the shared indicators the model comes nearer; a dash where none is shared."""
    if not float(reader.row(where)["shared_indicators"]):
        return NOTHING
    return phrase("scored_of", **_numbers(reader, where, _BETTER, "count"))


def _numbers(reader: Reader, where: Place, columns: Iterable[str], form: str) -> dict[str, Number]:
    """Several numbers of a row by their columns."""
    return {column: reader.number(where, column, form) for column in columns}


def _label(entry: ScenarioEntry) -> Label:
    return Label(entry.label_zh, entry.label_en)


def _text(value: object) -> str:
    return "" if is_missing(value) else str(value)
