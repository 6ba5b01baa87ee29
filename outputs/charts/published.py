"""Published values in charts: where they stand, and the note that names their sources or says that there are none."""

from __future__ import annotations

from collections.abc import Sequence
from typing import TYPE_CHECKING

from outputs import observed
from outputs.charts import style
from outputs.language import text

if TYPE_CHECKING:
    from matplotlib.axes import Axes

    from model.observed import Observed
    from outputs.store import Study

Wanted = tuple[str, str, str]
"""Name for readers, indicator, definition."""
_OURS = " (the plan)"
"""What the tables add to the title of the plan itself."""


def points_of(study: Study, indicator: str, definition: str) -> list[Observed]:
    """Published values of exactly this quantity that the study keeps, in order of time."""
    found = observed.kept(study.path) or ()
    mine = (point for point in found if (point.indicator, point.definition) == (indicator, definition))
    return sorted(mine, key=lambda point: point.time)


def at(point: Observed) -> float:
    """Where it stands on an axis on which the end of 2020 is 2020."""
    return point.time - 1.0


def mark(ax: Axes, points: Sequence[Observed], factor: float) -> None:
    """Draw hollow diamonds over whatever is there."""
    if points:
        values = [point.value * factor for point in points]
        (line,) = ax.plot([at(point) for point in points], values, linestyle="none", marker="D", zorder=5)
        line.set(markerfacecolor="white", markeredgecolor=style.INK, markeredgewidth=0.9, markersize=4.5)


def notes(study: Study, wanted: Sequence[Wanted], language: str) -> list[str]:
    """Say where the published values are from, and of which quantities there are none."""
    if observed.kept(study.path) is None:
        return [text("observed_old", language)]
    found = {name: points_of(study, *what) for name, *what in wanted}
    comma, stop = ("、", "；") if language == "zh" else (", ", "; ")
    shown = [f"{name} {stop.join(_told(points, comma, language))}" for name, points in found.items() if points]
    without = [name for name, points in found.items() if not points]
    lines = [text("observed_are", language, points=stop.join(shown))] if shown else []
    return lines + ([text("observed_none", language, names=comma.join(without))] if without else [])


def _told(points: Sequence[Observed], comma: str, language: str) -> list[str]:
    """A title for the periods that it is the source of."""
    periods: dict[str, list[str]] = {}
    for point in points:
        periods.setdefault(point.source.removesuffix(_OURS), []).append(point.period)
    return [
        text("observed_one", language, period=comma.join(found), source=source) for source, found in periods.items()
    ]
