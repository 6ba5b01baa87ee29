"""Numbers that charts show, against those of the study they are drawn from."""

from __future__ import annotations

import re
from typing import TYPE_CHECKING, Any

import numpy as np
import pytest

from outputs import aggregates, summary
from outputs.charts import cities, gallery, gap, ladder, style
from outputs.failures import Failure
from outputs.store import Study
from tests.unit.outputs.synthetic import RUNGS, SCENARIOS, complete_study, definition, result

if TYPE_CHECKING:
    from pathlib import Path

    from matplotlib.figure import Figure

YEARS = range(2021, 2026)


def drawn(draw: Any, study: Study, language: str = "en", width_cm: float = style.WIDTH_CM) -> Figure:
    """Draw a chart."""
    with style.house_style(width_cm):
        figure: Figure = draw(study, language)
    return figure


def texts(ax: Any) -> list[str]:
    """What is written in a panel."""
    return [text.get_text() for text in ax.texts]


def values_of(study: Study, indicator: str, definition: str, scenario: str) -> Any:
    """(n_members,) values at the end of 2025."""
    return summary.yearly(study, indicator, definition)[scenario][:, -1]


def test_a_gap_is_the_result_less_the_target(study: Study) -> None:
    """Median and 5-95 % of R&D over GDP less 3.6 points stand at the right of each scenario, with their sign."""
    shown = texts(drawn(gap.draw, study).axes[0])
    for words, (scenario, _, _) in zip(shown, SCENARIOS, strict=True):
        gaps = values_of(study, "rd_intensity", "first_published", scenario) - 3.6
        low, middle, high = (f"{value:+.2f}".replace("-", "−") for value in np.quantile(gaps, (0.05, 0.5, 0.95)))
        assert words == f"{middle}  [{low} to {high}]"


def test_what_is_short_of_a_target_lies_on_grey_left_of_zero(study: Study) -> None:
    """The line of the target stands at zero, within the panel, and the grey ends there."""
    panels: list[Any] = list(drawn(gap.draw, study).axes)
    for ax in panels:
        grey = next(patch for patch in ax.patches if patch.get_facecolor()[:3] == pytest.approx((239 / 255,) * 3))
        left, right = ax.get_xlim()
        assert left < 0.0 < right
        assert grey.get_x() + grey.get_width() == pytest.approx(0.0)


def test_a_ladder_has_its_rungs_from_the_top_down(study: Study) -> None:
    """Champions first, small technology firms last; each line is the median by year of one scenario."""
    axes = drawn(ladder.draw, study).axes
    assert [ax.get_title(loc="left") for ax in axes] == [name for name, _ in RUNGS]
    for ax, (rung, _) in zip(axes, RUNGS, strict=True):
        for line, (scenario, _, _) in zip(ax.get_lines(), SCENARIOS, strict=False):
            assert line.get_ydata() == pytest.approx(np.median(summary.yearly(study, rung, "")[scenario], axis=0))


def test_the_key_of_a_ladder_tells_the_last_year(study: Study) -> None:
    """Beside each scenario stand its median and its 5-95 % interval of 2025."""
    legend = drawn(ladder.draw, study).axes[0].get_legend()
    assert legend is not None
    low, middle, high = np.quantile(values_of(study, "champion_firms", "", "plan"), (0.05, 0.5, 0.95))
    assert legend.get_texts()[1].get_text() == f"Plan  {middle:.0f} [{low:.0f}–{high:.0f}]"


def test_a_ladder_without_its_indicators_says_so(study: Study, monkeypatch: pytest.MonkeyPatch) -> None:
    """A study of an older version has no panel, and a sentence in their place."""
    monkeypatch.setattr(ladder, "RUNGS", ("unheard_of",))
    figure = drawn(ladder.draw, study)
    assert figure.axes == []
    assert "no indicators of the ladder" in figure.get_suptitle()


def test_numbers_of_the_schematic_are_sums_over_the_plan(study: Study) -> None:
    """The arrow from Shanghai to Yinzhou tells the median of five years, and 5-95 % of it, in thousand persons."""
    samples = aggregates.flow_samples(study, "talents", "plan", YEARS)[:, 1, 0] / 1e3
    low, middle, high = np.quantile(samples, (0.05, 0.5, 0.95))
    assert f"{middle:.2f}\n({low:.2f}–{high:.2f})" in texts(drawn(cities.draw, study).axes[0])


def test_a_box_tells_what_comes_less_what_goes(study: Study) -> None:
    """Net inflow of Yinzhou counts every other place, those of the bar at the foot too."""
    samples = aggregates.flow_samples(study, "talents", "plan", YEARS) / 1e3
    net = float(np.median(samples[:, :, 0].sum(axis=1) - samples[:, 0, :].sum(axis=1)))
    found = [words for words in texts(drawn(cities.draw, study).axes[0]) if words.startswith("net inflow")]
    shown = float(found[0].splitlines()[1].replace("−", "-"))
    assert shown == pytest.approx(net, rel=0.01)


def test_arrows_widen_with_the_square_root_of_the_flow() -> None:
    """A quarter of the largest flow has half its width, and what hardly moves has the thinnest line."""
    flows = np.zeros((1, 4, 4))
    flows[0, 1, 0], flows[0, 0, 1], flows[0, 2, 0] = 400.0, 100.0, 1e-6
    panel = cities._Panel(16.6, 3.4, flows, whole=False)
    assert panel.arrow_pt(1, 0) == cities.WIDEST_PT
    assert panel.arrow_pt(0, 1) == pytest.approx(cities.WIDEST_PT / 2)
    assert panel.arrow_pt(2, 0) == cities.THINNEST_PT
    assert (panel.has_others, panel.passes) == (False, False)


def test_firms_are_counted_in_whole_numbers() -> None:
    """Half a firm is none, a sign stands only where something is left, and minus is no hyphen."""
    panel = cities._Panel(16.6, 3.4, np.zeros((1, 4, 4)), whole=True)
    shown = [panel.shown(value, signed=True) for value in (-0.2, 0.4, 1.6, -3.0)]
    assert shown == ["0", "0", "+2", "−3"]


def test_cost_in_one_column_is_told_by_family(study: Study) -> None:
    """The first group holds all levers, the next a family each, with the mean of every scenario."""
    cost = next(chart for chart in gallery.all_charts() if chart.chart_id == "cost")
    found = texts(drawn(cost.draw, study, "en", style.NARROW_CM).axes[0])
    heads = [words for words in found if not re.fullmatch(r"[\d.,]+", words)]
    assert heads == [
        "All levers",
        "Enclaves",
        "Talent",
        "Firms and R&D",
        "Institutes and carriers",
        "Openness and services",
    ]
    _, samples = aggregates.cost_samples(study, "plan", 2025)
    assert float(found[found.index("All levers") + 2]) == pytest.approx(samples.sum(axis=(1, 2)).mean() / 1e9, rel=5e-3)


def test_a_scenario_of_which_every_run_failed_has_no_row(tmp_path: Path) -> None:
    """Gap and ladder show the others; the schematic of that scenario shows no number."""
    study = Study.create_or_open(definition(1), tmp_path)
    runs = [result(name, 0) for name, *_ in SCENARIOS if name != "plan"]
    study.write_batch(runs, [Failure("plan", 0, "ValueError: broken", "run.py")])
    study.compact()
    assert [len(ax.texts) for ax in drawn(gap.draw, study).axes] == [3, 3, 3]
    assert [len(ax.get_lines()) for ax in drawn(ladder.draw, study).axes] == [3] * len(RUNGS)
    schematic = drawn(cities.draw, study)
    assert (schematic.axes, schematic.get_suptitle().splitlines()[1]) == ([], "Plan: no data")


@pytest.mark.parametrize("width_cm", [style.WIDTH_CM, style.NARROW_CM])
def test_a_study_of_one_member_can_be_drawn(tmp_path: Path, width_cm: float) -> None:
    """Intervals close on the single value and nothing fails."""
    study = complete_study(tmp_path, members=1)
    for draw in (gap.draw, ladder.draw, cities.draw):
        assert drawn(draw, study, "zh", width_cm).axes
