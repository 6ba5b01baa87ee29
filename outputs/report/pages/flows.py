"""Flows between the district and other places, by kind and scenario."""

from __future__ import annotations

from model.policy import BASE_YEAR
from outputs import aggregates
from outputs.report.content import Block, Label, Paragraph, Section, Table, Text, phrase
from outputs.report.names import fixed, interval, scenario_label, unit_label, year_of
from outputs.report.reading import Reader, place
from outputs.report.tables import FOCAL

UNITS = {"talents": "persons", "firms": "firms", "capital": "yuan"}


def section(reader: Reader) -> Section:
    """Make the section."""
    blocks: list[Block] = []
    for kind in aggregates.flow_kinds(reader.study):
        blocks += _sentences(reader, kind)
        blocks.append(_table(reader, kind))
    return Section("flows", phrase("report_flows"), tuple(blocks))


def _size(reader: Reader, kind: str) -> float:
    """Largest inflow of a kind, which chooses the unit of its table."""
    return max(float(row["inflow"]) for row in reader.rows(place("net_flows", kind=kind)))


def _sentences(reader: Reader, kind: str) -> list[Paragraph]:
    found, unit, size = [], UNITS.get(kind, ""), _size(reader, kind)
    for entry in reader.study.definition.scenarios:
        where = place("net_flows", scenario=entry.scenario_id, kind=kind, place=aggregates.ALL)
        net = reader.number(where, "net_mean", "gap", unit, size)
        low, high = (reader.number(where, column, "gap_bare", unit, size) for column in ("net_p05", "net_p95"))
        label = scenario_label(reader.study, entry.scenario_id)
        values: dict[str, Text] = {"kind": fixed(f"report_{kind}"), "net": net, "low": low, "high": high}
        found.append(Paragraph(phrase("report_flow_sentence", scenario=label, **values), "bullet"))
    return found


def _table(reader: Reader, kind: str) -> Table:
    study, unit, size = reader.study, UNITS.get(kind, ""), _size(reader, kind)
    others = [one for index, one in enumerate(study.definition.places) if index != FOCAL]
    labels = {one.place_id: Label(one.name_zh, one.name_en) for one in others}
    rows = []
    for entry in study.definition.scenarios:
        for index, name in enumerate((*labels, aggregates.ALL)):
            where = place("net_flows", scenario=entry.scenario_id, kind=kind, place=name)
            rows.append(
                (
                    "" if index else scenario_label(study, entry.scenario_id),
                    labels.get(name, fixed("report_everywhere")),
                    reader.number(where, "inflow", "bare", unit, size),
                    reader.number(where, "outflow", "bare", unit, size),
                    reader.number(where, "net_mean", "gap_bare", unit, size),
                    interval(reader, where, ("net_p05", "net_p95"), "gap_bare", (unit, size)),
                )
            )
    keys = ("report_inflow", "report_outflow", "report_net", "report_net_band")
    columns = (phrase("scenario"), phrase("report_place"), *(phrase(key) for key in keys))
    values: dict[str, Text] = {"first": str(BASE_YEAR + 1), "last": year_of(study), "unit": unit_label(unit, size)}
    caption = phrase("report_flow_table", kind=fixed(kind), **values)
    return Table(f"flows-{kind}", caption, columns, tuple(rows), (), (0.24, 0.22, 0.12, 0.12, 0.12, 0.18))
