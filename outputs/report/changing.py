"""What a scenario changes beside the first one, and what that costs: a sentence, and all of it as a table."""

from __future__ import annotations

from collections.abc import Iterator

from model.targets import Target
from outputs.effects import PER_UNIT, UNSURE
from outputs.report.content import Block, Joined, Label, Paragraph, Table, Text, phrase
from outputs.report.names import definition_label, interval, scenario_label, target_name
from outputs.report.reading import NOTHING, Place, Reader, Row, place

WIDTHS = (0.34, 0.18, 0.16, 0.16, 0.16)


def effect_sentence(reader: Reader, scenario: str, target: Target) -> Joined:
    """Change of a target beside the first scenario, with the cost of the scenario and of one more unit."""
    study = reader.study
    where = place("effects", scenario=scenario, indicator=target.indicator, definition=target.definition)
    size = abs(target.value)
    names: dict[str, Text] = {
        "reference": scenario_label(study, study.definition.scenarios[0].scenario_id),
        "scenario": scenario_label(study, scenario),
        "target": target_name(target),
        "year": reader.number(where, "year", "year"),
        "mean": reader.number(where, "mean", "change", target.unit, size),
    }
    ends = {key: reader.number(where, f"mean_{key}", "change_bare", target.unit, size) for key in ("low", "high")}
    parts: list[Text] = [phrase("finding_effect", **names, **ends)]
    if reader.row(where)["sign"] == UNSURE:
        parts.append(phrase("finding_unsure"))
    price = place("prices", scenario=scenario, indicator=target.indicator)
    if reader.rows(price):
        parts += [_cost(reader, price), *_price(reader, price, target)]
    return Joined((*parts, Label("。", ".")), "")


def effects(reader: Reader, scenario: str) -> Iterator[Block]:
    """Every effect of a scenario, under every definition, with what one more unit costs; none for the first."""
    rows = reader.rows(place("effects", scenario=scenario))
    if not rows:
        return
    study, first = reader.study, reader.study.definition.scenarios[0].scenario_id
    labels = {"scenario": scenario_label(study, scenario), "reference": scenario_label(study, first)}
    priced = [name for name in PER_UNIT if reader.rows(place("prices", scenario=scenario, indicator=name))]
    if priced:
        cost = _cost(reader, place("prices", scenario=scenario, indicator=priced[0]), "report_effects_cost")
        yield Paragraph(cost)
    keys = ("effect_of", "report_effect_mean", "report_effect_interval", "band", "report_effect_price")
    caption = phrase("report_effects_table", year=str(study.definition.to_year), **labels)
    cells = tuple(_row(reader, scenario, row) for row in sorted(rows, key=lambda row: _order(reader, row)))
    notes = (phrase("report_effects_note"),)
    yield Table(f"effects-{scenario}", caption, tuple(phrase(key) for key in keys), cells, notes, WIDTHS)


def _cost(reader: Reader, price: Place, key: str = "finding_cost") -> Text:
    cost, district = (reader.number(price, name, "value", "yuan") for name in ("added_cost", "added_cost_district"))
    return phrase(key, cost=cost, district=district)


def _price(reader: Reader, price: Place, target: Target) -> Iterator[Text]:
    found = reader.cell(price, "yuan_per_unit", "price", target.unit)
    if not isinstance(found, str):
        ends = {name: reader.number(price, name, "price_bare", target.unit) for name in ("low", "high")}
        yield phrase(f"finding_price_{target.indicator}", price=found, **ends)


def _order(reader: Reader, row: Row) -> int:
    """Headline targets first, in their order."""
    headline = [target.indicator for target in reader.study.definition.headline]
    return headline.index(row["indicator"]) if row["indicator"] in headline else len(headline)


def _row(reader: Reader, scenario: str, row: Row) -> tuple[Text, ...]:
    """One effect; what one more unit costs stands beside the definition that its price is made with."""
    indicator, definition, unit = (str(row[name]) for name in ("indicator", "definition", "unit"))
    where = place("effects", scenario=scenario, indicator=indicator, definition=definition)
    info, size = reader.study.definition.info(indicator, definition), abs(float(row["mean"]))
    for target in reader.study.definition.headline:
        size = abs(target.value) if target.indicator == indicator else size
    label: Text = Label(info.name_zh, info.name_en)
    if definition:
        named = definition_label(reader.study, indicator, definition)
        label = phrase("report_effect_of", indicator=label, definition=named)
    return (
        label,
        reader.number(where, "mean", "change", unit, size),
        interval(reader, where, ("mean_low", "mean_high"), "change_bare", (unit, size)),
        interval(reader, where, ("p05", "p95"), "change_bare", (unit, size)),
        _price_cell(reader, scenario, indicator, definition),
    )


def _price_cell(reader: Reader, scenario: str, indicator: str, definition: str) -> Text:
    by_default = {target.indicator: target.definition for target in reader.study.definition.headline}
    where = place("prices", scenario=scenario, indicator=indicator)
    if by_default.get(indicator) != definition or not reader.rows(where):
        return NOTHING
    return reader.cell(where, "yuan_per_unit", "price", str(reader.row(where)["unit"]))
