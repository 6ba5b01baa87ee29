"""Deadlines: shares, chances and last starts against numbers planted in a study that no economy made."""

from __future__ import annotations

import math
from dataclasses import replace
from typing import TYPE_CHECKING, Any

import numpy as np
import pandas as pd
import pytest

from model.delays import Delays
from outputs.charts import gallery
from outputs.deadline import ALL, BELOW, DATED, NEEDLESS, Asked, last_table, late_table, shown_delays
from outputs.intervals import fieller, mean_interval, paired_chances, wilson
from outputs.manifest import LeverEntry, ScenarioEntry
from outputs.showing_deadline import grids, notes
from outputs.store import Failure, Study
from outputs.summary import yearly
from outputs.watching import LOWEST, MEETS, UPPER, watch_table
from scenarios.delaying import delays
from scenarios.levers import LEVERS
from tests.unit.outputs.synthetic import COLUMNS, RUNGS, definition, result
from tests.unit.outputs.test_charts import assert_whole, drawn_of

if TYPE_CHECKING:
    from pathlib import Path

    from model.results import RunResult

MEMBERS = 40
RD = [name for name, *_ in COLUMNS].index("rd_intensity")
LEADING = [name for name, *_ in COLUMNS].index("leading_talent")
KEPT = {"1y": 0.6, "2y": 0.3, "3y": 0.1, "never": 0.0}
LUCK = np.random.default_rng(6).normal(size=(2, MEMBERS))
GAIN = 0.2 + 0.02 * LUCK[0]


def run(scenario: str, member: int) -> RunResult:
    """Plant gains in 2025: enclaves keep 60 % a year late for certain, talent 50 % with luck, finance gains nothing."""
    made = result("plan", member)
    _, starter, when = (*scenario.split("~"), "", "")[:3]
    kept = KEPT.get(when, 1.0)
    kept += {"talent": -0.1 + 0.2 * LUCK[1, member], "finance": 1.0 - kept}.get(starter, 0.0) if when == "1y" else 0.0
    kept = 1.0 if starter == "finance" else kept
    values = np.array(made.values)
    values[20, RD] = 3.5 + 0.01 * member + kept * GAIN[member] - 0.2
    values[12, LEADING] = 100.0 - member
    return replace(made, scenario_id=scenario, values=values)


@pytest.fixture(scope="module")
def late_starts() -> Delays:
    """Three families of the plan."""
    return delays("plan", "family", ["enclaves", "talent", "finance"], 20)


@pytest.fixture(scope="module")
def planted(late_starts: Delays, tmp_path_factory: pytest.TempPathFactory) -> Study:
    """Forty members under each start."""
    scenarios = tuple(ScenarioEntry.of(path) for path in late_starts.paths)
    about = replace(definition(MEMBERS), scenarios=scenarios, levers=tuple(map(LeverEntry.of, LEVERS)))
    study = Study.create_or_open(about, tmp_path_factory.mktemp("late"))
    study.write_batch([run(path.scenario_id, member) for path in late_starts.paths for member in range(MEMBERS)])
    study.compact()
    return study


@pytest.fixture(scope="module")
def late(planted: Study, late_starts: Delays) -> pd.DataFrame:
    """The table of starts."""
    return late_table(planted, late_starts)


def rows_of(table: pd.DataFrame, starter: str, target: str = "rd_intensity") -> list[dict[Any, Any]]:
    """Starts of one family under the definition reported first."""
    mine = table[(table["starter"] == starter) & (table["target"] == target) & table["reported_first"].astype(bool)]
    return list(mine.to_dict("records"))


def test_the_share_kept_is_that_which_was_planted(late: pd.DataFrame) -> None:
    """A year late enclaves keep 60 % of a gain of 0.2 points in every member, four years late nothing."""
    rows = rows_of(late, "enclaves")
    assert [row["kept"] for row in rows] == pytest.approx([1.0, 0.6, 0.3, 0.1, 0.0, 0.0])
    assert [row["kept_high"] - row["kept_low"] for row in rows] == pytest.approx([0.0] * 6, abs=1e-6)
    assert rows[0]["gain"] == pytest.approx(GAIN.mean())
    assert (rows[0]["gain_low"], rows[0]["gain_high"]) == pytest.approx(mean_interval(GAIN))


def test_the_interval_of_a_share_is_fiellers(late: pd.DataFrame) -> None:
    """A year late talent keeps 50 % of its gain on average, by luck of the member more or less."""
    row = rows_of(late, "talent")[1]
    kept = (0.5 + 0.2 * LUCK[1]) * GAIN
    assert [row["kept"], row["kept_low"], row["kept_high"]] == pytest.approx(fieller(kept, GAIN))
    assert row["kept_low"] < 0.5 < row["kept_high"]


def test_no_gain_has_no_share(late: pd.DataFrame) -> None:
    """Where no run differs from never there is a gain of zero and no share of it."""
    rows = rows_of(late, "finance")
    assert {row["sign"] for row in rows} == {"untouched"}
    assert all(math.isnan(row["kept"]) for row in rows)


def test_chances_are_paired(late: pd.DataFrame) -> None:
    """The chance of each start is that of its members, its difference to the planned start is told of the same ones."""
    base, row = 3.3 + 0.01 * np.arange(MEMBERS), rows_of(late, "enclaves")[1]
    planned, mine = base + GAIN >= 3.6, base + 0.6 * GAIN >= 3.6
    assert row["chance"] == mine.mean() < planned.mean()
    assert (row["chance_low"], row["chance_high"]) == wilson(int(mine.sum()), MEMBERS)
    only, usual, both = (int(np.sum(side)) for side in (mine & ~planned, planned & ~mine, mine & planned))
    found = paired_chances(only, usual, both, MEMBERS)
    assert [row["difference_low"], row["difference_high"]] == pytest.approx([found["low"], found["high"]])


def test_all_targets_together_have_chances_alone(planted: Study, late: pd.DataFrame) -> None:
    """All targets at once are met by the members that meet each of them, and have no gain."""
    rows = rows_of(late, "talent", ALL)
    reached = [yearly(planted, t.indicator, t.definition)["plan"][:, 5] >= t.value for t in planted.definition.headline]
    assert rows[0]["chance"] == np.logical_and.reduce(reached).mean() > 0.0
    assert all(math.isnan(row["gain"]) for row in rows)


def test_the_last_start_that_keeps_half_of_the_gain(late: pd.DataFrame, late_starts: Delays) -> None:
    """Enclaves may begin in 2023; for talent the interval allows 2022 and 2023; without gain there is no last start."""
    last = last_table(late_starts, late, Asked(0.8, 0.5))
    last = last[last["target"] == "rd_intensity"].set_index("starter")
    names = ["last_start_by_gain_sure", "last_start_by_gain_possible"]
    assert last["decided_on"].to_numpy(float) == pytest.approx([2022.0, 2021.0, math.nan], nan_ok=True)
    years = {str(name): row.to_numpy(float) for name, row in last[["last_start_by_gain", *names]].iterrows()}
    assert years["enclaves"].tolist() == [2023.0] * 3
    assert years["talent"].tolist()[1:] == [2022.0, 2023.0]
    assert np.isnan(years["finance"]).all()
    assert set(last["by_chance"]) == {BELOW}


def chances(*values: float) -> pd.DataFrame:
    """A table of starts with these chances, the last of them never's."""
    delayed = [*map(float, range(len(values) - 1)), math.nan]
    rows = [
        {"starter": "enclaves", "target": "rd_intensity", "reported_first": True, "delay": delay, "chance": value}
        | {"chance_low": value - 0.1, "chance_high": value + 0.1, "gain": 0.0, "gain_low": 0.0, "gain_high": 0.0}
        | {"sign": "unsure", "kept": math.nan, "kept_low": math.nan, "kept_high": math.nan}
        for delay, value in zip(delayed, values, strict=True)
    ]
    return pd.DataFrame(rows)


@pytest.mark.parametrize(
    ("values", "kind", "years"),
    [
        ((0.95, 0.85, 0.75, 0.85, 0.6), DATED, [2023, 2022, 2025]),
        ((0.85, 0.72, 0.65, 0.6, 0.6), DATED, [2022, math.nan, 2023]),
        ((0.7, 0.6, 0.5, 0.5, 0.5), BELOW, [math.nan] * 3),
        ((0.95, 0.92, 0.91, 0.9, 0.85), NEEDLESS, [math.nan] * 3),
    ],
)
def test_the_last_start_that_keeps_the_chance(
    late_starts: Delays, values: tuple[float, ...], kind: str, years: list[float]
) -> None:
    """The last year before the first that falls short of 80 %, by the bounds too; none if below at once or needless."""
    (row,) = last_table(late_starts, chances(*values), Asked(0.8, 0.5)).to_dict("records")
    assert row["by_chance"] == kind
    found = [row[f"last_start_by_chance{end}"] for end in ("", "_sure", "_possible")]
    assert found == pytest.approx(years, nan_ok=True)


def test_the_signpost_is_found_among_all_indicators(planted: Study) -> None:
    """In 2023 few leading talents go with a high R&D of 2025 by construction: named first, little being good."""
    watch = watch_table(planted, "plan")
    mine = watch[(watch["target"] == "rd_intensity") & (watch["year"] == 2023)]
    assert list(mine["rank"]) == [0, 1, 2, 3]
    assert mine["indicator"].iloc[0] == "rd_intensity"
    best = mine.iloc[1]
    assert (best["indicator"], best["at_least"], best["told"]) == ("leading_talent", False, MEETS)
    assert best["tells"]
    assert best["youden_found"] > 0.9
    assert best["candidates"] == len({name for name, *_ in COLUMNS}) + len(RUNGS) + 2


def test_where_too_few_meet_it_signposts_tell_another_thing(planted: Study) -> None:
    """All members meet 50 % high-tech: who stays out of the lowest third is told, and with 9 % R&D the upper one."""
    watch = watch_table(planted, "plan")
    row = watch[watch["target"] == "hightech_share"].iloc[0]
    assert (row["told"], row["reached"]) == (LOWEST, 27)
    impossible = replace(planted.definition.targets[0], value=9.0)
    harder = replace(planted.definition, targets=(impossible, *planted.definition.targets[1:]))
    row = watch_table(replace(planted, definition=harder), "plan").iloc[0]
    assert (row["told"], row["reached"]) == (UPPER, 14)


def test_runs_that_failed_are_left_out_of_both_sides(late_starts: Delays, tmp_path: Path) -> None:
    """Two members fail a year late, all of them two years late: pairs are those that finished, and nobody is none."""
    about = replace(definition(6), scenarios=tuple(ScenarioEntry.of(path) for path in late_starts.paths))
    study, lost = Study.create_or_open(about, tmp_path), "plan~enclaves~2y"
    failed = [("plan~enclaves~1y", 0), ("plan~enclaves~1y", 5), *((lost, member) for member in range(6))]
    pairs = [pair for pair in about.pairs if pair not in failed]
    study.write_batch([run(*pair) for pair in pairs], [Failure(*pair, "it broke", "", "again") for pair in failed])
    study.compact()
    late = late_table(study, late_starts)
    rows = rows_of(late, "enclaves")
    assert [row["members"] for row in rows] == [6, 4, 0, 6, 6, 6]
    assert rows[1]["kept"] == pytest.approx(0.6)
    assert rows[1]["gain"] == pytest.approx(0.6 * GAIN[1:5].mean())
    assert math.isnan(rows[2]["kept"])
    assert math.isnan(rows[2]["chance"])
    last = last_table(late_starts, late, Asked(0.8, 0.5))
    assert (
        last[(last["starter"] == "enclaves") & (last["target"] == "rd_intensity")]["last_start_by_gain"].item() == 2023
    )


@pytest.mark.parametrize("language", ["zh", "en"])
def test_the_screen_says_what_cannot_be_kept(planted: Study, late_starts: Delays, language: str) -> None:
    """A table a target and one of signposts; sentences for chances below at once or kept without, and no gains."""
    late = late_table(planted, late_starts)
    last, watch = last_table(late_starts, late, Asked(0.8, 0.5)), watch_table(planted, "plan")
    found = grids(planted, late, last, watch, language)
    assert [len(rows) for *_, rows in found[:-1]] == [3, 3, 3, 3]
    assert all(len(row) == len(header) for _, header, rows in found for row in rows)
    assert shown_delays(late) == [0, 1, 2, 3]
    said = "\n".join(notes(planted, late_starts, last, watch, language))
    words = {
        "zh": (
            "任何启动年都保不住",
            "最早的一个最晚启动年是 2022 年",
            "不要求其中任何一项",
            "没有可保留的份额",
            "无从推迟",
        )
    }
    words["en"] = (
        "no start year keeps it",
        "last starts is 2022; what is known then stands at the end of 2021",
        "asks none of them",
        "no share of it to keep",
        "nothing can begin later",
    )
    assert [word for word in words[language] if word not in said] == []


@pytest.mark.parametrize("language", ["zh", "en"])
@pytest.mark.parametrize(("n_starters", "width_cm"), [(3, 17.0), (28, 17.0), (3, 8.5)])
def test_the_chart_is_whole_and_legible(
    planted: Study, late: pd.DataFrame, n_starters: int, width_cm: float, language: str
) -> None:
    """Lines for a few families, cells for all levers; no text is too small, off the page or over another."""
    if n_starters > 3:
        known = delays("plan", "lever", [], 20).starters
        late = pd.concat([late[late["starter"] == "talent"].assign(starter=one.starter_id) for one in known])
    chart = gallery.table_charts()["deadline"]
    figure = drawn_of(chart, planted, late, language, width_cm)
    assert len([ax for ax in figure.axes if ax.lines or ax.images or ax.texts]) == 3
    assert_whole(figure, chart, language)


@pytest.mark.parametrize("language", ["zh", "en"])
def test_the_chart_says_where_nothing_can_begin_later(planted: Study, late: pd.DataFrame, language: str) -> None:
    """Runs that end in the year in which levers begin have no later start: each panel says so, and is whole."""
    known = delays("plan", "lever", [], 20).starters
    late = late[(late["delay"] == 0) | late["delay"].isna()]
    late = pd.concat([late[late["starter"] == "talent"].assign(starter=one.starter_id) for one in known])
    chart = gallery.table_charts()["deadline"]
    figure = drawn_of(chart, planted, late, language, 17.0)
    said = ["".join(each.get_text() for each in ax.texts) for ax in figure.axes]
    assert said == [said[0]] * 3
    assert ("没有更迟的开始" if language == "zh" else "no later") in said[0]
    assert_whole(figure, chart, language)
