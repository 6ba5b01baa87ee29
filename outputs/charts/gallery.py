"""All charts: finding them, drawing them, putting them on disk."""

from __future__ import annotations

import functools
import importlib
import pkgutil
from concurrent.futures.process import BrokenProcessPool
from typing import TYPE_CHECKING

import numpy as np

from model.errors import StudyError, UsageError, near_match
from model.processes import pool_of
from outputs import charts
from outputs.atomic import write_with
from outputs.charts import style
from outputs.charts.chart import Chart, TableChart, Words
from outputs.tables import read_table

if TYPE_CHECKING:
    from collections.abc import Sequence
    from pathlib import Path

    from matplotlib.figure import Figure

    from outputs.store import Study

KINDS = ("png", "svg")
"""What a study is left with; PDF is drawn on request."""
ALL_KINDS = ("png", "svg", "pdf")
DIGITS = 8
"""Of a position, as a share of the page."""
_NO_CHARTS = {"chart", "gallery", "published", "rows", "style", "waterfall"}


def all_charts() -> list[Chart]:
    """Find every chart of a study in this folder, by id: one per file that declares a ``CHART``."""
    return sorted((chart for chart in _declared() if isinstance(chart, Chart)), key=lambda chart: chart.chart_id)


def table_charts() -> dict[str, TableChart]:
    """Find every chart of a table that a verb adds to a study, by id; they are declared as ``CHART`` too."""
    return {chart.chart_id: chart for chart in _declared() if isinstance(chart, TableChart)}


def _declared() -> list[Words]:
    names = sorted(module.name for module in pkgutil.iter_modules(charts.__path__) if module.name not in _NO_CHARTS)
    return [importlib.import_module(f"{charts.__name__}.{name}").CHART for name in names]


def draw_all(
    study: Study,
    languages: Sequence[str],
    chosen: Sequence[str] = (),
    kinds: Sequence[str] = KINDS,
    width_cm: float = style.WIDTH_CM,
) -> list[Path]:
    """Draw every chart in every language, as PNG (300 dpi) and SVG unless other kinds are asked for.

    Parameters
    ----------
    study : complete.
    languages : of ``zh`` and ``en``.
    chosen : ids of charts; all when empty.
    kinds : of ``png``, ``svg`` and ``pdf``.
    width_cm : `style.WIDTH_CM`, or `style.NARROW_CM` for one of two columns.

    Raises
    ------
    StudyError : a chart of that id does not exist.

    Returns
    -------
    The files written, ``<chart>_<language>.png`` and so on, the narrow ones ``<chart>_<language>_8.5cm.png``; the same
    study gives the same bytes.
    """
    paths = []
    for chart in _chosen(chosen):
        for language in languages:
            with style.house_style(width_cm):
                stem = study.charts_dir / _stem(chart, language, width_cm)
                paths += save(chart.draw(study, language), stem, chart, language, kinds)
    return paths


def draw_side_by_side(study: Study, languages: Sequence[str], processes: int, chosen: Sequence[str] = ()) -> list[Path]:
    """Draw as `draw_all` does, each language in a process of its own as far as there are ``processes``.

    Raises
    ------
    UsageError : a process was killed from outside.
    """
    apart = languages[1:] if processes > 1 else ()
    if not apart:
        return draw_all(study, languages, chosen)
    pool = pool_of(min(processes - 1, len(apart)))
    try:
        others = [pool.submit(draw_all, study, [language], chosen) for language in apart]
        paths = draw_all(study, languages[:1], chosen)
        return [*paths, *(path for other in others for path in other.result())]
    except BrokenProcessPool:
        message = "a process that draws charts was killed, maybe for want of memory; results are kept"
        raise UsageError(f"{message}: repeat the command with --workers 1") from None
    finally:
        pool.shutdown(cancel_futures=True)


def draw_table(
    study: Study,
    folder: Path,
    chart: TableChart,
    languages: Sequence[str],
    kinds: Sequence[str] = KINDS,
    width_cm: float = style.WIDTH_CM,
) -> list[Path]:
    """Draw a chart of a table in the folder that holds the table, which is read from its file.

    Parameters
    ----------
    folder : of the study, with ``<chart.table>.csv``.
    languages, kinds, width_cm : as in `draw_all`.

    Raises
    ------
    StudyError : the chart has no room at that width.

    Returns
    -------
    The files written, named as by `draw_all`.
    """
    table, paths = read_table(folder / f"{chart.table}.csv"), []
    for language in languages:
        with style.house_style(width_cm):
            figure = chart.draw(study, table, language)
            paths += save(figure, folder / _stem(chart, language, width_cm), chart, language, kinds)
    return paths


def _stem(chart: Words, language: str, width_cm: float) -> str:
    return f"{chart.chart_id}_{language}" + ("" if width_cm == style.WIDTH_CM else f"_{width_cm:g}cm")


def _chosen(names: Sequence[str]) -> list[Chart]:
    """Charts of the names, or all."""
    known = {chart.chart_id: chart for chart in all_charts()}
    problems = [f"chart '{name}' does not exist; {near_match(name, known)}" for name in names if name not in known]
    if problems:
        raise StudyError(problems)
    return [known[name] for name in names] or list(known.values())


def save(figure: Figure, stem: Path, chart: Words, language: str, kinds: Sequence[str] = KINDS) -> list[Path]:
    """Write a figure, with title and text for those who cannot see it, and without a date; fonts are in the PDF."""
    title, alt = chart.title(language), chart.alt(language)
    metadata: dict[str, dict[str, str | None]] = {
        "png": {"Title": title, "Description": alt, "Software": None},
        "svg": {"Title": title, "Description": alt, "Creator": None, "Date": None},
        "pdf": {"Title": title, "Subject": alt, "Creator": None, "Producer": None, "CreationDate": None},
    }
    lay_out(figure)
    paths = []
    for kind in kinds:
        path = stem.with_name(f"{stem.name}.{kind}")
        write_with(path, functools.partial(figure.savefig, format=kind, dpi=style.DPI, metadata=metadata[kind]))
        paths.append(path)
    return paths


def lay_out(figure: Figure) -> None:
    """Place everything once, for all kinds of files.

    The solver's last digits differ from process to process, and names in an SVG are hashes of all digits: positions are
    rounded to a ten-thousandth of a pixel.
    """
    figure.draw_without_rendering()
    figure.set_layout_engine("none")
    for part in figure.subfigs:
        part.bbox_relative.p0, part.bbox_relative.p1 = np.round(part.bbox_relative.get_points(), DIGITS)
    for ax in figure.axes:
        ax.set_position(np.round(ax.get_position(original=True).bounds, DIGITS))
