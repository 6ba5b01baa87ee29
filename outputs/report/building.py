"""From a study to the content of its report, with no language and no file format yet."""

from __future__ import annotations

from collections.abc import Iterable, Sequence
from dataclasses import replace

from model.errors import StudyError
from model.uncertainties import Uncertainty
from outputs.charts import gallery
from outputs.report.content import Block, Label, Paragraph, Report, Section, phrase
from outputs.report.findings import key_findings
from outputs.report.names import source_of, year_of
from outputs.report.pages import answers, appendix, flows, glance, method, pictures, scenarios, targets
from outputs.report.reading import Reader
from outputs.report.tables import FOCAL
from outputs.store import Study
from outputs.tables import has_too_many_for_charts


def build(reader: Reader, known: Iterable[Uncertainty]) -> Report:
    """Make the report of a complete study.

    Parameters
    ----------
    reader : of the study and of what verbs have added to it.
    known : every value that members may draw, in words, for the appendix.

    Raises
    ------
    StudyError : the study is not complete.
    """
    study = reader.study
    if not study.is_complete:
        raise StudyError(f"study {study.path}: not complete; repeat its command to resume: {study.record['command']}")
    found, caution = key_findings(reader), Paragraph(phrase("report_caution"), "note")
    findings = Section("findings", phrase("report_findings"), (*found, *glance.tables(reader), caution))
    sections = [findings, *_answers(reader)]
    sections += [method.limits(reader), method.method(reader)]
    sections += [appendix.parameters(reader, known), appendix.manifest(reader, [one.text for one in found])]
    return Report(
        study.study_id,
        study.path.name,
        phrase("report_title", place=_place(study)),
        phrase("report_subtitle", years=year_of(study)),
        appendix.facts(reader),
        tuple(sections),
        source_of(reader),
    )


def draw_missing(study: Study, languages: Sequence[str]) -> None:
    """Draw the charts of the study that are not there yet, or are older than its results."""
    if has_too_many_for_charts(study):
        return
    for language in languages:
        names = [chart.chart_id for chart in gallery.all_charts()]
        files = {name: study.charts_dir / f"{name}_{language}.png" for name in names}
        since = study.finished_at
        missing = [name for name, path in files.items() if not path.is_file() or path.stat().st_mtime_ns < since]
        if missing:
            gallery.draw_all(study, [language], missing)


def _answers(reader: Reader) -> list[Section]:
    """Targets, a page a scenario, flows, the charts that stand alone, and what verbs have answered beyond them."""
    sections = [_with_figures(reader, targets.section(reader))]
    sections += [scenarios.section(reader, entry) for entry in reader.study.definition.scenarios]
    sections.append(_with_figures(reader, flows.section(reader)))
    left = pictures.others(reader)
    return [*sections, *([left] if left else []), *answers.sections(reader)]


def _with_figures(reader: Reader, section: Section) -> Section:
    figures: list[Block] = [*pictures.of_study(reader, section.section_id)]
    return replace(section, blocks=(*section.blocks, *figures))


def _place(study: Study) -> Label:
    place = study.definition.places[FOCAL]
    return Label(place.name_zh, place.name_en)
