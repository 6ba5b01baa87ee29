"""The verb `chart`: charts of a study, and of tables that verbs have added to it, drawn in other sizes and kinds."""

from __future__ import annotations

from argparse import Namespace
from collections.abc import Sequence
from pathlib import Path
from typing import TYPE_CHECKING

from model.commands import languages
from model.errors import StudyError, near_match
from outputs.charts import gallery
from outputs.charts.chart import TableChart
from outputs.report.supplements import supplements_of
from outputs.store import Study

if TYPE_CHECKING:
    from model.wiring import Wiring

Added = tuple[TableChart, Path]
"""A chart of a table that a verb has drawn, and the folder where both lie."""


def redraw(args: Namespace, wiring: Wiring) -> int:
    """Draw the charts that are named, or all that the study has.

    Raises
    ------
    StudyError : a chart does not exist, the study has no table for it, or it is named and has no room at that width.
    """
    study = Study.open_whole(args.studies_dir / args.study)
    added = _added(study)
    _refuse(args.charts, added)
    how = languages(args), args.format, float(args.width)
    of_study = [name for name in args.charts if name not in gallery.table_charts()]
    paths = gallery.draw_all(study, how[0], of_study, *how[1:]) if of_study or not args.charts else []
    for chart, folder in added:
        if not args.charts:
            try:
                paths += _draw(study, folder, chart, how)
            except StudyError as error:
                wiring.warn(f"not drawn: {error}")
        elif chart.chart_id in args.charts:
            paths += _draw(study, folder, chart, how)
    for path in paths:
        wiring.show(str(path))
    return 0


def _draw(study: Study, folder: Path, chart: TableChart, how: tuple[list[str], Sequence[str], float]) -> list[Path]:
    try:
        return gallery.draw_table(study, folder, chart, *how)
    except KeyError as error:
        file = folder / f"{chart.table}.csv"
        raise StudyError(f"{file}: {error} is missing; run the verb that has written it again") from error


def _added(study: Study) -> list[Added]:
    """Charts of which there is a picture: in a folder with many tables not every chart is one of them."""
    known = gallery.table_charts()
    return [
        (known[chart_id], added.path)
        for added in supplements_of(study)
        for chart_id in sorted({path.stem.rpartition("_")[0] for path in added.path.glob("*.png")} & known.keys())
    ]


def _refuse(names: Sequence[str], added: Sequence[Added]) -> None:
    of_tables = gallery.table_charts().keys()
    known = {chart.chart_id for chart in gallery.all_charts()} | of_tables
    here = {chart.chart_id for chart, _ in added}
    problems = [f"chart '{name}' does not exist; {near_match(name, known)}" for name in names if name not in known]
    problems += [
        f"chart '{name}': no verb has added its table to this study; run the verb that does"
        for name in names
        if name in of_tables - here
    ]
    if problems:
        raise StudyError(problems)
