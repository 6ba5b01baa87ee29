"""Discovery on a study whose failures are known: boxes, trees, words and chart."""

from __future__ import annotations

from dataclasses import replace
from typing import TYPE_CHECKING

import numpy as np
import pytest

from model.errors import StudyError
from model.results import RunResult
from model.uncertainties import Uncertainty
from outputs.charts.discover import CHART
from outputs.discovery import CHANCE, FEW, Asked, cases_of, discover_table, judge, margins, runs_of, screen
from outputs.discovery_text import told
from outputs.discovery_tree import balanced_accuracy, tree_table
from outputs.drawn_values import condition
from outputs.store import Study
from tests.unit.outputs import test_charts as charts
from tests.unit.outputs.synthetic import SCENARIOS, definition, result

if TYPE_CHECKING:
    from collections.abc import Sequence

MEMBERS = 120
ITEMS = (
    Uncertainty("elasticity", "parameters", "research", "研发弹性", "elasticity of R&D", "elasticity", 1.0, "assumed"),
    Uncertainty("start", "base", "base", "2020年研发强度", "R&D over GDP in 2020", "share", 1.0, "assumed"),
    Uncertainty("money", "base", "base", "资金", "money", "bn yuan", 1e9, "assumed"),
)


def known_run(scenario: str, member: int) -> RunResult:
    """A run that misses the R&D target just where elasticity <= 0.5 and the start is <= 2.8 %."""
    draws = np.random.default_rng([7, member]).random(3)
    run = result(scenario, member)
    values = run.values.copy()
    fails = draws[0] <= 0.5 and draws[1] <= 0.7
    values[:, 0] = 3.6 + (-0.2 if fails else 0.2) + 0.01 * draws[2]
    drawn = {"elasticity": draws[0], "start": 0.021 + 0.01 * draws[1], "money": 1e9 * draws[2], "fixed": 1.0}
    return replace(run, values=values, drawn=drawn)


@pytest.fixture(scope="module")
def study(tmp_path_factory: pytest.TempPathFactory) -> Study:
    """One in three runs misses the R&D target."""
    made = Study.create_or_open(definition(MEMBERS), tmp_path_factory.mktemp("known"))
    for name, *_ in SCENARIOS:
        made.write_batch([known_run(name, member) for member in range(MEMBERS)])
    made.compact()
    return made


def test_the_known_region_is_found_and_holds_out_of_sample(study: Study) -> None:
    """Both limits are found near their true places, no other is, and held-out runs confirm the box."""
    table = discover_table(study, [Asked("plan", "rd_intensity")], ITEMS)
    assert set(table["name"]) == {"elasticity", "start"}
    rows = {row["name"]: row for row in table.to_dict("records")}
    assert rows["elasticity"]["high"] == pytest.approx(0.5, abs=0.05)
    assert rows["start"]["high"] == pytest.approx(0.028, abs=0.001)
    assert np.isnan(rows["start"]["low"])
    first = table.to_dict("records")[0]
    assert first["density"] > 0.95
    assert first["coverage"] > 0.95
    assert first["held_density"] > 0.8
    assert first["holds"]
    assert first["box_cases"] / first["cases"] == first["coverage"]


def test_a_target_that_every_run_meets_has_nothing_to_discover(study: Study) -> None:
    """No run misses the high-tech target: one row says that one side has too few runs, and no limit is given."""
    (row,) = discover_table(study, [Asked("plan", "hightech_share")], ITEMS).to_dict("records")
    assert row["cases"] == 0
    assert row["note"] == FEW
    assert tree_table(study, [Asked("plan", "hightech_share")], ITEMS).empty


def test_values_that_do_not_matter_are_told_from_chance_by_none(study: Study) -> None:
    """With the one value that plays no part alone in view, the answer is that nothing differs from chance."""
    (row,) = discover_table(study, [Asked("plan", "rd_intensity")], ITEMS[2:]).to_dict("records")
    assert row["note"] == CHANCE
    assert row["candidates"] == 0


def test_meeting_is_the_complement_and_the_worst_third_a_third(study: Study) -> None:
    """The three kinds of case count what they say."""
    fails, meets = (cases_of(study, Asked("plan", "rd_intensity", case)) for case in ("fails", "meets"))
    assert (fails ^ meets).all()
    assert cases_of(study, Asked("plan", "rd_intensity", "worst", 0.25)).sum() == MEMBERS // 4


def test_all_targets_are_missed_with_any_of_them(study: Study) -> None:
    """The margin of all targets is the least of the single ones, as a share of each target."""
    single = [margins(study, Asked("plan", name)) for name in ("rd_intensity", "hightech_share", "talent_total")]
    assert margins(study, Asked("plan", "all")).tolist() == np.min(single, axis=0).tolist()


def test_a_value_that_shifts_passes_the_screen_and_noise_does_not() -> None:
    """Of twenty values, one shifted by two standard deviations between the sides alone passes."""
    random = np.random.default_rng(1)
    x, y = random.normal(size=(80, 20)), np.arange(80) < 30
    x[y, 4] += 2.0
    assert screen(x, y) == [4]


def test_halves_find_nothing_in_noise(study: Study) -> None:
    """Without a value that matters the held-out density is the share of cases in the held-out half."""
    halves = judge(runs_of(study, Asked("plan", "rd_intensity"), ITEMS[2:]), seed=1)
    assert halves.found <= 0.2
    assert not halves.holds
    assert halves.density.mean() == pytest.approx(halves.base.mean(), abs=0.05)


def test_the_tree_splits_on_the_values_that_matter(study: Study) -> None:
    """The most endangered leaf names both limits, and folds that did not grow the tree are told nearly all."""
    table = tree_table(study, [Asked("plan", "rd_intensity")], ITEMS)
    worst = table.iloc[0]
    assert worst["chance"] > 0.9
    assert "elasticity of R&D ≤ 0.4" in worst["rule_en"]
    assert "2020年研发强度 ≤ 2.8" in worst["rule_zh"]
    assert table["runs"].sum() == MEMBERS
    assert worst["accuracy"] > 0.9


def test_a_tree_over_noise_guesses() -> None:
    """Balanced accuracy of values that do not matter is about one half."""
    random = np.random.default_rng(2)
    assert balanced_accuracy(random.random((200, 5)), random.random(200) < 0.3, 1) == pytest.approx(0.5, abs=0.1)


@pytest.mark.parametrize(
    ("language", "words"),
    [
        (
            "en",
            [
                "fails in 39 of 120 runs",
                "It fails where",
                "elasticity of R&D ≤ 0.",
                " and ",
                "There it fails in 39 of",
                "Out of sample",
            ],
        ),
        ("zh", ["120 次模拟中 39 次未达标", "未达标多发于：", "研发弹性 ≤ 0.", "样本外检验"]),
    ],
)
def test_the_answer_is_in_words(study: Study, language: str, words: Sequence[str]) -> None:
    """Question, conditions, numbers and how sure they are stand in the text in both languages."""
    asked = [Asked("plan", "rd_intensity"), Asked("plan", "hightech_share")]
    answer = told(study, discover_table(study, asked, ITEMS), tree_table(study, asked, ITEMS), language)
    for part in words:
        assert part in answer
    assert {"en": "Nothing to discover", "zh": "无可发现"}[language] in answer


def test_limits_are_shown_in_the_declared_unit() -> None:
    """A share is shown in percent, yuan in the unit declared, and both ends where both limit."""
    assert condition(ITEMS[1], -np.inf, 0.0275, "en") == "R&D over GDP in 2020 ≤ 2.75 %"
    assert condition(ITEMS[2], 2.5e9, np.inf, "zh") == "资金 ≥ 2.50 十亿元"
    assert condition(ITEMS[0], 0.2, 0.6, "en") == "0.200 ≤ elasticity of R&D ≤ 0.600"


def test_an_unknown_scenario_and_target_are_told_at_once(study: Study) -> None:
    """Both wrong names come in one error with near matches."""
    with pytest.raises(StudyError) as error:
        runs_of(study, Asked("plam", "rd_intensty"), ITEMS)
    assert "did you mean 'plan'" in str(error.value)
    assert "did you mean 'rd_intensity'" in str(error.value)


@pytest.mark.parametrize("language", charts.LANGUAGES)
@pytest.mark.parametrize("width_cm", charts.WIDTHS)
def test_the_chart_is_legible(study: Study, width_cm: float, language: str) -> None:
    """Drawn of a question with a box and one with none: no missing glyph, nothing small, cut off or overwritten."""
    asked = [Asked("plan", "rd_intensity"), Asked("plan", "hightech_share")]
    table = discover_table(study, asked, ITEMS)
    charts.assert_whole(charts.drawn_of(CHART, study, table, language, width_cm), CHART, language)
