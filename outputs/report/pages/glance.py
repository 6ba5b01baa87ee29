"""The scenarios side by side: chances, what binds, and cost, a row a scenario."""

from __future__ import annotations

from collections.abc import Iterator

from outputs.manifest import ScenarioEntry
from outputs.report.content import Label, Table, Text, phrase
from outputs.report.findings import binding
from outputs.report.headlines import most_favourable
from outputs.report.names import in_words, main_place, scenario_label, target_name
from outputs.report.pages.targets import chance_cell
from outputs.report.reading import NOTHING, Reader, place

MONEY = {"zh": "亿元", "en": "million yuan"}
WIDTHS = (0.2, 0.16, 0.14, 0.18, 0.11, 0.11, 0.1)


def tables(reader: Reader) -> Iterator[Table]:
    """The table; none for a study without headline targets."""
    headline = reader.study.definition.headline
    if not headline:
        return
    hardest = binding(reader, most_favourable(reader)) or headline[0]
    unit = Label(**MONEY)
    header = (
        phrase("scenario"),
        phrase("glance_joint", n=str(len(headline))),
        phrase("report_words"),
        phrase("glance_hardest", target=target_name(hardest)),
        phrase("glance_cost", unit=unit),
        phrase("glance_district", unit=unit),
        phrase("glance_rationed"),
    )
    rows = []
    for entry in reader.study.definition.scenarios:
        joint, where = place("joint", scenario=entry.scenario_id), main_place(reader, entry.scenario_id, hardest)
        median = reader.number(where, "p50", "value", hardest.unit, abs(hardest.value))
        chance = phrase("report_value_chance", value=median, chance=reader.number(where, "chance", "chance"))
        label = scenario_label(reader.study, entry.scenario_id)
        rows.append((label, chance_cell(reader, joint), in_words(reader, joint), chance, *_money(reader, entry)))
    notes = (phrase("glance_note", first=rows[0][0]),)
    yield Table("glance", phrase("glance_table"), header, tuple(rows), notes, WIDTHS)


def _money(reader: Reader, entry: ScenarioEntry) -> tuple[Text, Text, Text]:
    """Added cost of all payers and of the district, and the share of runs whose budget falls short."""
    ration = place("ration", scenario=entry.scenario_id)
    short = reader.number(ration, "share", "chance")
    found = reader.rows(place("prices", scenario=entry.scenario_id))
    if not found:
        return NOTHING, NOTHING, short
    price = place("prices", scenario=entry.scenario_id, indicator=str(found[0]["indicator"]))
    cost, district = (reader.number(price, name, "cost_bare", "yuan") for name in ("added_cost", "added_cost_district"))
    return cost, district, short
