"""Of what the moves of the headline indicators are made, in the first year and to the year of the targets."""

from __future__ import annotations

from typing import TYPE_CHECKING

import numpy as np

from model.policy import BASE_YEAR
from outputs import aggregates
from outputs.charts import style
from outputs.charts.chart import Chart
from outputs.language import difference_unit, significant, text, unit_of

if TYPE_CHECKING:
    from matplotlib.axes import Axes
    from matplotlib.figure import Figure
    from numpy.typing import NDArray

    from outputs.manifest import ScenarioEntry
    from outputs.store import Study

    Parts = tuple[list[str], NDArray[np.float64]]

SHOWN = ("baseline", "plan")
"""Scenarios compared; the first two of the study when it has neither."""
ROW_CM = 0.255
_LOOKS = (("white", style.COLOURS[0], "/////"), (style.COLOURS[1], style.COLOURS[1], ""))


def draw(study: Study, language: str) -> Figure:
    """Draw one row per decomposed indicator and one column per span of years; in each part one bar per scenario."""
    indicators = aggregates.decomposed(study)
    entries = _scenarios(study)
    samples = {
        (name, entry.scenario_id): aggregates.decomposition_samples(study, name, entry.scenario_id)
        for name in indicators
        for entry in entries
    }
    for name in indicators:
        keys = [(name, entry.scenario_id) for entry in entries]
        samples |= dict(zip(keys, _moving([samples[key] for key in keys]), strict=True))
    n_parts = [max(len(samples[name, e.scenario_id][0]) for e in entries) + 1 for name in indicators]
    heights = [ROW_CM * len(entries) * n * 1.12 + 1.6 for n in n_parts]
    figure = style.new_figure(max(4.0, sum(heights) + 2.4))
    style.head_and_source(figure, "\n".join([CHART.title(language), *_below(entries, language)]), study, language)
    spans = _spans(study)
    if not indicators or not spans:
        return figure
    axes = figure.subplots(len(indicators), len(spans), squeeze=False, height_ratios=heights)
    for line, name in zip(axes, indicators, strict=True):
        found = [samples[name, entry.scenario_id] for entry in entries]
        for ax, span in zip(line, spans, strict=True):
            _draw_panel(ax, study, (name, span), found, language)
        for ax in line[1:]:
            ax.set_yticklabels([])
    if not style.is_narrow():
        _legend(figure, entries, language)
    return figure


def _scenarios(study: Study) -> list[ScenarioEntry]:
    entries = list(study.definition.scenarios)
    return [entry for entry in entries if entry.scenario_id in SHOWN] or entries[:2]


def _spans(study: Study) -> list[int]:
    """Number of years of each span: the first year, and all years to that of the targets."""
    last = max((study.definition.year_of(t) for t in study.definition.headline), default=study.definition.to_year)
    wanted = {last - BASE_YEAR} if style.is_narrow() else {1, last - BASE_YEAR}
    return sorted(wanted & set(range(1, len(aggregates.years_of(study)) + 1)))


def _moving(found: list[Parts]) -> list[Parts]:
    """Leave out the parts that are zero in every run of all scenarios shown."""
    kept = {part for names, samples in found for k, part in enumerate(names) if samples[:, k].any()}
    cut = []
    for names, samples in found:
        places = [k for k, part in enumerate(names) if part in kept]
        cut.append(([names[k] for k in places], samples[:, places]))
    return cut


def _below(entries: list[ScenarioEntry], language: str) -> list[str]:
    """What stands below the title: what is drawn, and in one column the key, for which no room is beside it."""
    labels = dict(zip(("hatched_solid_one", "hatched_solid_two"), (e.label(language) for e in entries), strict=False))
    key = [text(name, language, scenario=label) for name, label in labels.items()] if style.is_narrow() else []
    return [text("moves_note", language), text("zero_parts_note", language), *key]


def _draw_panel(
    ax: Axes,
    study: Study,
    what: tuple[str, int],
    found: list[tuple[list[str], NDArray[np.float64]]],
    language: str,
) -> None:
    name, span = what
    info = study.definition.info(name)
    unit = unit_of(info.unit, language)
    parts = list(dict.fromkeys(part for names, _ in found for part in names))
    for place, (names, samples) in enumerate(found):
        moves = samples[:, :, :span].sum(axis=2) * unit.factor
        series = [(parts.index(part), moves[:, k]) for k, part in enumerate(names)]
        series.append((len(parts), moves.sum(axis=1)))
        for row, values in series:
            _bar(ax, row + (place - (len(found) - 1) / 2) * 0.42, values, place)
    ax.axvline(0, color=style.INK, linewidth=0.7)
    ax.axhline(len(parts) - 0.5, color=style.FAINT, linewidth=0.7)
    ax.set_yticks(range(len(parts) + 1), [*(_part(p, language) for p in parts), text("sum_of_parts", language)])
    ax.set_ylim(len(parts) + 0.6, -0.6)
    ax.tick_params(axis="y", length=0)
    ax.spines["left"].set_visible(False)
    ax.locator_params(axis="x", nbins=5)
    label = info.name_zh if language == "zh" else info.name_en
    years = text("span", language, first=BASE_YEAR, last=BASE_YEAR + span)
    label = style.wrapped(f"{label} ({difference_unit(info.unit, language)})", 36 if style.is_narrow() else 48)
    title = f"{label}\n{years}"
    ax.set_title(title, loc="left", fontsize=style.NORMAL, linespacing=1.2)


def _bar(ax: Axes, y: float, values: NDArray[np.float64], place: int) -> None:
    face, edge, hatch = _LOOKS[place % len(_LOOKS)]
    mean = float(values.mean())
    low, high = np.quantile(values, [0.05, 0.95])
    ax.barh(y, mean, height=0.36, facecolor=face, edgecolor=edge, hatch=hatch, linewidth=0.6)
    ax.plot([low, high], [y, y], color=style.INK, linewidth=0.9)
    ax.annotate(
        ("+" if mean > 0 else "") + significant(mean),
        (1.01, y),
        xycoords=("axes fraction", "data"),
        va="center",
        fontsize=style.SMALL,
        color=edge,
        annotation_clip=False,
    )


def _part(part: str, language: str) -> str:
    return style.wrapped(text(part, language), 22 if style.is_narrow() else 28)


def _legend(figure: Figure, entries: list[ScenarioEntry], language: str) -> None:
    from matplotlib.patches import Patch  # noqa: PLC0415 - only drawing needs it

    handles = []
    for place, entry in enumerate(entries):
        face, edge, hatch = _LOOKS[place % len(_LOOKS)]
        handles.append(Patch(facecolor=face, edgecolor=edge, hatch=hatch, label=entry.label(language)))
    figure.legend(handles=handles, loc="upper right", ncols=2)


CHART = Chart(
    chart_id="decomposition",
    title_zh="主要指标变动的构成",
    title_en="What the moves of the headline indicators are made of",
    alt_zh="每行一个指标，两列为 2020 至 2021 年和 2020 年至目标年份："
    "各组成部分对变动的贡献，两种情景并列，横线为 5%–95% 区间。",
    alt_en="One row per indicator, for 2020 to 2021 and 2020 to the year of the targets: contribution of each part to "
    "the move, two scenarios side by side, with 5-95 % bands.",
    draw=draw,
)
