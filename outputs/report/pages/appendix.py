"""Appendices: what members drew, with status and source, and the manifest with the ids of the key numbers."""

from __future__ import annotations

from collections.abc import Iterable, Sequence

from model.uncertainties import Uncertainty
from outputs.drawn_values import in_unit, unit_name
from outputs.language import significant
from outputs.report.content import Block, Label, Number, Origin, Paragraph, Section, Table, Text, phrase, spans
from outputs.report.names import sized
from outputs.report.pages.method import values_from
from outputs.report.reading import Reader, place
from outputs.report.reasons import source_label
from outputs.store import Study

SHOWN = ("p05", "p50", "p95")
EMPTY = Label("", "")


def parameters(reader: Reader, known: Iterable[Uncertainty]) -> Section:
    """Make the appendix of drawn values: what each is, its range in this study, its status and its source."""
    drawn = {str(row["name"]) for row in reader.rows(place("draws"))}
    described = [item for item in known if item.name in drawn]
    rows: tuple[tuple[Text, ...], ...] = tuple(
        (
            Label(item.zh, item.en),
            Label(unit_name(item, "zh"), unit_name(item, "en")),
            *(_drawn(reader, item, column) for column in SHOWN),
            phrase(f"status_{item.status}"),
            source_label(item.source),
        )
        for item in described
    )
    keys = ("parameters_name", "report_unit", "report_low", "report_median", "report_high")
    columns = (*(phrase(key) for key in keys), phrase("parameters_status"), phrase("parameters_source"))
    blocks: list[Block] = []
    if rows:
        widths = (0.26, 0.1, 0.08, 0.08, 0.08, 0.08, 0.32)
        notes = (phrase("parameters_note"),)
        blocks.append(Table("parameters", phrase("parameters_table"), columns, rows, notes, widths))
    if strange := sorted(drawn - {item.name for item in described}):
        blocks.append(Paragraph(phrase("parameters_unlisted", names=", ".join(strange)), "note"))
    return Section("parameters", phrase("report_parameters"), tuple(blocks))


def _drawn(reader: Reader, item: Uncertainty, column: str) -> Number:
    """A quantile over members, in the unit that a planner is used to."""
    value = float(reader.row(place("draws", name=item.name))[column])
    number = in_unit(value, item)
    shown = significant(number)
    origin = Origin(reader.study_id, "draws", (("name", item.name),), column)
    return Number(value, item.unit, (shown, shown), (number, number), origin)


def facts(reader: Reader) -> tuple[tuple[Text, Text], ...]:
    """Lines that say what the report rests on, for the title page and the manifest."""
    study, sizes = reader.study, {name: sized(reader, name) for name in ("runs", "scenarios", "members", "failed")}
    plain = {name: str(getattr(study.definition, name)) for name in ("scale", "seed")}
    versions = ", ".join(f"{name} {version}" for name, version in study.definition.versions.items())
    return (
        (phrase("report_study"), study.study_id),
        (phrase("report_folder"), study.path.name),
        (phrase("report_runs"), phrase("report_runs_value", **sizes)),
        (phrase("report_scale"), phrase("report_scale_value", **plain)),
        (phrase("report_values"), values_from(reader)),
        (phrase("report_finished"), study.record.get("finished", "")),
        (phrase("report_versions"), versions),
        (phrase("report_data"), study.definition.data_hash[:12]),
    )


def manifest(reader: Reader, findings: Sequence[Text]) -> Section:
    """Make the manifest, and the list of the numbers in the key findings with their ids."""
    study = reader.study
    rows = [*facts(reader), (phrase("manifest_command"), study.record.get("command", ""))]
    rows.append((phrase("manifest_scenarios"), _scenarios(study)))
    head = (phrase("manifest_item"), phrase("manifest_value"))
    command = phrase("report_command", words="trace REPORT NUMBER-ID")
    blocks: list[Block] = [
        Table("manifest", phrase("manifest_table"), head, tuple(rows), (), (0.28, 0.72)),
        Paragraph(phrase("manifest_trace", command=command)),
    ]
    numbers = {span.number_id: span for text in findings for span in spans(text, "zh") if isinstance(span, Number)}
    if numbers:
        columns = tuple(phrase(f"manifest_{name}") for name in ("id", "written", "from"))
        listed = tuple((key, one, origin_words(one.origin)) for key, one in numbers.items())
        widths = (0.16, 0.2, 0.64)
        blocks.append(Table("numbers", phrase("manifest_numbers"), columns, listed, (), widths, EMPTY))
    return Section("manifest", phrase("report_manifest"), tuple(blocks))


def origin_words(origin: Origin) -> str:
    """Table, row and column of a number, as `trace` names them."""
    where = ", ".join(f"{column}={value}" for column, value in origin.where)
    return f"{origin.table}[{where}].{origin.column}"


def _scenarios(study: Study) -> str:
    return ", ".join(entry.scenario_id for entry in study.definition.scenarios)
