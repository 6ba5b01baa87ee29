"""Charts of a study as figures of a report, and the section of those that no other section shows."""

from __future__ import annotations

from pathlib import Path

from outputs.charts import gallery
from outputs.charts.chart import Words
from outputs.language import LANGUAGES
from outputs.report import headlines
from outputs.report.content import Block, Figure, Label, Section, phrase
from outputs.report.names import source_of
from outputs.report.pages import moves
from outputs.report.reading import Reader
from outputs.report.supplements import Added
from outputs.tables import has_too_many_for_charts

IN_SECTIONS = {"targets": ("fan", "chance", "gap"), "flows": ("flows", "cities")}
"""Section -> charts that stand in it; the others stand together."""


def of_study(reader: Reader, section: str) -> list[Figure]:
    """Charts of the study that stand in a section."""
    known = {chart.chart_id: chart for chart in gallery.all_charts()}
    if has_too_many_for_charts(reader.study):
        return []
    folder = reader.study.charts_dir
    return [_figure(known[name], folder, reader, None) for name in IN_SECTIONS.get(section, ()) if name in known]


def others(reader: Reader) -> Section | None:
    """The charts that stand in no other section; None where there are none."""
    named = {name for names in IN_SECTIONS.values() for name in names}
    if has_too_many_for_charts(reader.study):
        return None
    left = [chart for chart in gallery.all_charts() if chart.chart_id not in named]
    blocks: list[Block] = []
    for chart in left:
        blocks.append(_figure(chart, reader.study.charts_dir, reader, None))
        blocks += moves.tables(reader) if chart.chart_id == "decomposition" else []
    return Section("charts", phrase("report_charts"), tuple(blocks)) if blocks else None


def of_supplement(reader: Reader, added: Added) -> list[Figure]:
    """Charts that a verb has put beside the tables it added."""
    known = gallery.table_charts()
    found: list[Figure] = []
    for path in sorted(added.path.glob("*.png")):
        name = path.stem.rpartition("_")[0]
        chart = known.get(name)
        # A verb asked for one language leaves charts in that one alone.
        in_both = all((added.path / f"{name}_{language}.png").is_file() for language in LANGUAGES)
        if chart and in_both and all(name != figure.stem.name for figure in found):
            found.append(_figure(chart, added.path, reader, added))
    return found


def _figure(chart: Words, folder: Path, reader: Reader, added: Added | None) -> Figure:
    finding = None if added else headlines.of_chart(reader, chart.chart_id)
    study = added.study_id if added else reader.study_id
    where = "" if added is None else f"{added.folder.replace('/', '-')}-"
    source = source_of(reader, added) if added else None
    caption, alt = Label(chart.title_zh, chart.title_en), Label(chart.alt_zh, chart.alt_en)
    return Figure(f"{where}{chart.chart_id}", caption, alt, folder / chart.chart_id, study, source, finding)
