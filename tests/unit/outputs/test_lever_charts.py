"""Charts of the emulator of lever settings and of the search: whole, legible, and true to their tables."""

from __future__ import annotations

from typing import TYPE_CHECKING, Any

import numpy as np
import pandas as pd
import pytest

from outputs.charts import gallery, style
from outputs.manifest import Definition, ScenarioEntry
from tests.unit.outputs.test_charts import LANGUAGES, WIDTHS, assert_whole, drawn_of

if TYPE_CHECKING:
    from matplotlib.figure import Figure

    from outputs.store import Study

NAMES = ("baseline", "plan", "strong", "stalled")


def left_out() -> pd.DataFrame:
    """Forty paths: a mean in percent, two in yuan, a chance, and a chance that no path moves."""
    draws = np.random.default_rng(4)
    frames = []
    for what, name, low, high in (
        ("mean", "rd_intensity", 3.1, 3.5),
        ("mean", "cost_all", 9e9, 2e10),
        ("mean", "cost_district", 5e9, 1e10),
        ("chance", "all_targets", 0.02, 0.45),
        ("chance", "talent_total", 1.0, 1.0),
    ):
        run = draws.uniform(low, high, 40)
        foretold = run + draws.normal(0.0, 0.05 * (high - low), 40)
        columns = {"path": [f"path_{i}" for i in range(40)], "run": run, "foretold": foretold, "trivial": run.mean()}
        frames.append(pd.DataFrame({"what": what, "outcome": name, **columns}))
    return pd.concat(frames, ignore_index=True)


def frontier() -> pd.DataFrame:
    """An emulated frontier of thirty points; two paths found and two references that were run."""
    cost = np.linspace(0.0, 6.0, 30)
    chance = 0.6 * (1.0 - np.exp(-cost / 3.0))
    bounds = {"low": (chance - 0.1).clip(0.0), "high": chance + 0.1}
    emulated = pd.DataFrame({"kind": "emulated", "path": "", "cost": cost, "chance": chance, **bounds, "error": 0.02})
    rows: list[dict[str, Any]] = []
    for path, x, y in (("seek_1", 2.0, 0.25), ("seek_2", 5.5, 0.5), ("baseline", 0.0, 0.03), ("all_up", 15.0, 0.2)):
        labels = {"label_zh": "全部措施达上限", "label_en": "All levers at their upper bound"}
        about = {"kind": "run", "path": path, "sought": path.startswith("seek_"), **labels}
        rows.append({**about, "cost": x, "chance": y, "low": max(y - 0.1, 0.0), "high": y + 0.1})
    table = pd.concat([emulated, pd.DataFrame(rows)], ignore_index=True)
    return table.assign(wanted=0.55, payer="cost_all", trained_on="0123456789ab")


def levels() -> pd.DataFrame:
    """One lever at its bound from 2023, one cut by half by 2025, one that no path moves; paths of the made-up study."""
    rows: list[dict[str, Any]] = []
    for path in ("seek_1", "best_x", "plan"):
        for lever, by_year in (
            ("univ_institutes", (0.5, 1.0, 1.0, 1.0)),
            ("rd_toolbox_subsidy", (-0.001, -0.1, -0.3, -0.5)),
            ("public_services", (0.0, 0.0, 0.0, 0.0)),
        ):
            rows += [
                {"path": path, "lever": lever, "year": year, "level": share, "share": share}
                for year, share in enumerate(by_year, start=2022)
            ]
    return pd.DataFrame(rows)


TABLES = {"emulator": left_out, "frontier": frontier, "sought_levers": levels}


def drawn(chart_id: str, study: Study, language: str, width_cm: float = style.WIDTH_CM) -> Figure:
    """Draw a chart of its table."""
    return drawn_of(gallery.table_charts()[chart_id], study, TABLES[chart_id](), language, width_cm)


@pytest.fixture(autouse=True)
def _labels(monkeypatch: pytest.MonkeyPatch) -> None:
    """The made-up study has no paths that were sought: they borrow the label of its plan."""
    found = Definition.scenario

    def scenario(self: Definition, name: str) -> ScenarioEntry:
        return found(self, name if name in NAMES else "plan")

    monkeypatch.setattr(Definition, "scenario", scenario)


@pytest.mark.parametrize("language", LANGUAGES)
@pytest.mark.parametrize("width_cm", WIDTHS)
@pytest.mark.parametrize("chart_id", TABLES)
def test_a_chart_is_whole_and_legible(chart_id: str, width_cm: float, study: Study, language: str) -> None:
    """No text is too small, off the page or over another, and the study is named below."""
    figure = drawn(chart_id, study, language, width_cm)
    chart = gallery.table_charts()[chart_id]
    assert chart.alt(language)
    assert study.study_id in figure.get_supxlabel()
    assert_whole(figure, chart, language)


def test_the_error_of_the_emulator_stands_on_its_figures(study: Study) -> None:
    """Each panel names its error and that of the trivial predictor; the frontier names that of its chance."""
    figure = drawn("emulator", study, "en")
    panels = [ax for ax in figure.axes if ax.get_visible()]
    assert len(panels) == 4
    table = left_out()
    mine = table[(table["what"] == "chance") & (table["outcome"] == "all_targets")]
    error = 100.0 * float(np.sqrt(np.mean((mine["foretold"] - mine["run"]) ** 2)))
    told = [text.get_text() for text in panels[3].texts]
    assert any(f"rms error {error:.1f}" in text for text in told)
    assert "cross-validated: 2.0 points" in drawn("frontier", study, "en").get_suptitle()


def test_the_frontier_shows_every_run_with_its_interval(study: Study) -> None:
    """Two paths found and two references, each a point at its cost and chance with a bar."""
    ax = drawn("frontier", study, "en").axes[0]
    points = {line.get_label(): line.get_xydata() for line in ax.get_lines()}
    assert points["paths found, run in the model"] == pytest.approx(np.array([[2.0, 25.0], [5.5, 50.0]]))
    assert points["references, run in the model"] == pytest.approx(np.array([[0.0, 3.0], [15.0, 20.0]]))


def test_levers_that_no_path_moves_are_left_out(study: Study) -> None:
    """Two of three levers are shown for the two paths found, at the end of 2022 and of 2025; a cut is below zero."""
    ax = drawn("sought_levers", study, "en").axes[0]
    assert [text.get_text() for text in ax.texts] == ["50%\n100%"] * 2 + ["0%\n\u221250%"] * 2
