"""The answer on targets and the yearly tables, against numbers made by hand."""

from __future__ import annotations

import dataclasses
import io
from typing import TYPE_CHECKING

import numpy as np
import pandas as pd
import pytest

from model.policy import Cost, Lever, PolicyPath
from model.targets import Target
from outputs import aggregates, summary
from outputs.intervals import band, wilson
from outputs.language import significant, target_label, text, unit_of
from outputs.manifest import settings_of
from outputs.screen import notes, result_text, show
from outputs.store import Failure, Study
from outputs.tables import TABLES, write_tables
from tests.unit.outputs.synthetic import SCENARIOS, definition, result, target

if TYPE_CHECKING:
    from pathlib import Path

    from model.results import RunResult

NAMES = [name for name, _, _ in SCENARIOS]


def hand_study(folder: Path, rd: list[float], talents: list[float]) -> Study:
    """Make a study in which R&D intensity and talents of 2025 are given member by member, the same in each scenario."""
    study = Study.create_or_open(definition(len(rd)), folder)
    study.write_batch([hand_run(name, m, rd[m], talents[m]) for name in NAMES for m in range(len(rd))])
    study.compact()
    return study


def hand_run(name: str, member: int, rd: float, talents: float) -> RunResult:
    """Make a run whose R&D intensity goes in a line from 2.6, and whose talents jump in the last quarter."""
    run = result(name, member)
    values = np.array(run.values)
    values[:, run.columns.index(("rd_intensity", "first_published"))] = np.linspace(2.6, rd, 21)
    values[:-1, run.columns.index(("talent_total", "residents"))] = 448_000
    values[-1, run.columns.index(("talent_total", "residents"))] = talents
    values[:, run.columns.index(("hightech_share", "own_level"))] = 60.0
    return dataclasses.replace(run, values=values)


def test_wilson_agrees_with_a_value_worked_by_hand() -> None:
    """For 3 of 10 at 95 % the interval is 0.1078 to 0.6032."""
    # centre (0.3 + 3.8415/20) = 0.49207; reach 1.95996 sqrt(0.021 + 0.0096037) = 0.34288; scale 1.38415
    low, high = wilson(3, 10)
    assert low == pytest.approx(0.10779, abs=2e-5)
    assert high == pytest.approx(0.60322, abs=2e-5)


def test_wilson_stays_inside_zero_and_one() -> None:
    """No success and no failure give one-sided intervals; no trial gives the whole range."""
    assert wilson(0, 10)[0] == 0.0
    assert wilson(0, 10)[1] == pytest.approx(3.8415 / 13.8415, abs=1e-4)
    assert wilson(10, 10) == pytest.approx((1 - wilson(0, 10)[1], 1.0))
    assert wilson(0, 0) == (0.0, 1.0)


@pytest.mark.parametrize(("successes", "n", "level"), [(-1, 3, 0.9), (4, 3, 0.9), (1, 3, 1.0)])
def test_wilson_refuses_the_impossible(successes: int, n: int, level: float) -> None:
    """More successes than trials, or a level outside 0 to 1, is an error."""
    with pytest.raises(ValueError, match="impossible"):
        wilson(successes, n, level)


def test_band_is_linear_between_order_statistics() -> None:
    """Of 0 to 100, the 5 % quantile is 5 and the median 50."""
    assert band(np.arange(101.0)) == {"mean": 50, "p05": 5, "p25": 25, "p50": 50, "p75": 75, "p95": 95}
    assert all(np.isnan(value) for value in band([]).values())


def test_the_target_table_by_hand(tmp_path: Path) -> None:
    """Chance, gap, band and joint chance of five members are what pencil and paper give."""
    study = hand_study(tmp_path, [3.2, 3.4, 3.5, 3.6, 3.8], [470e3, 480e3, 490e3, 470e3, 500e3])
    table = summary.target_table(study)
    row = table[(table["scenario"] == "plan") & (table["target"] == "rd_intensity") & table["reported_first"]].iloc[0]
    assert (row["definition"], row["members"], row["met"], row["chance"]) == ("first_published", 5, 2, 0.4)
    assert row["gap"] == pytest.approx(-0.1)
    assert (row["p05"], row["p50"], row["p95"]) == pytest.approx((3.24, 3.5, 3.76))
    assert row["base_p50"] == 2.6
    assert (row["chance_low"], row["chance_high"]) == wilson(2, 5)
    assert (row["first_year"], row["share_never"]) == ("", 0.6)
    joint = summary.joint_table(study).set_index("scenario").loc["plan"]
    assert (joint["met"], joint["chance"]) == (1, 0.2)


def test_the_year_of_first_attainment_is_that_of_the_median_member() -> None:
    """It is the first year by which half of the members have attained the target at some time."""
    goal = target("x", 10, "percent")
    values = np.array([[0, 10, 0, 0], [0, 0, 12, 9], [0, 0, 0, 11], [0, 0, 0, 0.0]])
    assert summary.first_year(goal, values) == (2022, 0.25)
    assert summary.first_year(goal, values + 10) == (2020, 0.0)
    assert summary.first_year(goal, values[3:]) == (summary.NEVER, 1.0)


def test_a_strict_target_is_not_met_by_equality() -> None:
    """A target of more than 60 is not attained at 60."""
    strict = dataclasses.replace(target("x", 60, "carriers"), relation=">")
    assert summary.first_year(strict, np.array([[60.0, 61.0]])) == (2021, 0.0)


def test_a_scenario_may_report_another_definition_first(tmp_path: Path) -> None:
    """The joint chance and the leading row follow the definition that the scenario chooses."""
    base = definition(2)
    chosen = dataclasses.replace(base.scenarios[1], definitions=(("rd_intensity", "revised_gdp"),))
    changed = dataclasses.replace(base, scenarios=(base.scenarios[0], chosen, *base.scenarios[2:]))
    study = Study.create_or_open(changed, tmp_path)
    study.write_batch([result(name, member) for name in NAMES for member in range(2)])
    study.compact()
    table = summary.target_table(study)
    first = table[table["reported_first"] & (table["target"] == "rd_intensity")].set_index("scenario")["definition"]
    assert (first["baseline"], first["plan"]) == ("first_published", "revised_gdp")


def test_every_target_has_a_status(study: Study) -> None:
    """Outcomes are simulated or not modelled yet, lever settings are checked, the rest lies outside."""
    table = summary.status_table(study)
    plan = table[table["scenario"] == "plan"].set_index("target")
    assert plan.loc["rd_intensity", "status"] == summary.SIMULATED
    assert plan.loc["patents_per_10k", "status"] == summary.NOT_MODELLED
    assert plan.loc["good_air_days", "status"] == summary.OUTSIDE
    checked = [plan.loc["enclaves_new", name] for name in ("status", "value", "met")]
    assert checked == [summary.CHECKED, 2.0, "no"]
    strong = table[(table["scenario"] == "strong") & (table["target"] == "enclaves_new")].iloc[0]
    assert strong["met"] == "yes"
    assert len(table) == len(study.definition.targets) * len(NAMES)


def counted(run: RunResult, column: int, last: float) -> RunResult:
    """Make a run whose column goes in a line from 80."""
    table = np.array(run.values)
    table[:, column] = np.linspace(80.0, last, 21)
    return dataclasses.replace(run, values=table)


def status_of(study: Study, scenario: str, target: str) -> pd.Series:
    """Find the row of one target under one scenario."""
    table = summary.status_table(study)
    return table[(table["scenario"] == scenario) & (table["target"] == target)].iloc[0]


def test_a_secondary_outcome_has_base_gap_and_chance(tmp_path: Path) -> None:
    """Of four members with 100, 110, 130 and 140 leading talents two meet 120; the median of 120 leaves no gap."""
    study = Study.create_or_open(definition(4), tmp_path)
    counts = [100.0, 110.0, 130.0, 140.0]
    runs = [(hand_run(name, member, 3.0, 470e3), counts[member]) for name in NAMES for member in range(4)]
    column = runs[0][0].columns.index(("leading_talent", "in_tier"))
    study.write_batch([counted(run, column, count) for run, count in runs])
    study.compact()
    row = status_of(study, "plan", "leading_talent")
    assert [row[name] for name in ("status", "definition", "met")] == [summary.SIMULATED, "in_tier", "yes"]
    assert [row[name] for name in ("base_2020", "value", "gap", "chance")] == [80.0, 120.0, 0.0, 0.5]
    assert (row["chance_low"], row["chance_high"]) == wilson(2, 4)
    setting = status_of(study, "plan", "enclaves_new")
    assert [setting[name] for name in ("base_2020", "value", "gap")] == [1.0, 2.0, -1.0]
    assert np.isnan(setting["chance"])


@pytest.mark.parametrize("language", ["zh", "en"])
def test_the_screen_shows_every_other_target_or_the_reason(study: Study, language: str) -> None:
    """Each target beside the headline ones is a line: median with chance and gap, a lever's level, or why not."""
    shown = result_text(study, language)
    lines = shown[shown.index(text("secondary_title", language, year=2025)) :].split("\n\n")[0].splitlines()
    row = status_of(study, "strong", "leading_talent")
    chance = f"{row['value']:.0f} ({100 * row['chance']:.0f}%, {row['gap']:+.0f})"
    assert sum(chance in line for line in lines if line.startswith("leading_talent")) == 1
    assert sum(text("yes", language) in line for line in lines if line.startswith("enclaves_new")) == 1
    reason = next(target.note for target in study.definition.targets if target.target_id == "patents_per_10k")
    assert reason
    assert sum(line.endswith(reason) for line in lines) == 1
    assert not any(line.startswith("rd_intensity") for line in lines)


def test_lever_settings_are_read_off_the_paths() -> None:
    """A setting is the lever's level in the target's year, less its baseline where the target counts what is new."""
    cost = Cost(1.0, 1.0, 1.0, "intensity", "firms", {"district": 1.0})
    words = {"plan_section": "", "unit": "n", "unit_zh": "个", "evidence": "", "source": ""}
    lever = Lever(
        lever_id="sh_sci_enclave",
        family="enclaves",
        name_zh="飞地",
        name_en="Enclave",
        baseline=1.0,
        plan=6.0,
        strong=10.0,
        bounds=(0.0, 10.0),
        lag_quarters=0,
        cost=cost,
        status="assumed",
        apply=lambda policy, _: policy,
        **words,
    )
    path = PolicyPath("plan", "规划", "Plan", (lever,), np.linspace(1.0, 6.0, 21)[None, :])
    goal = target("enclaves_new", 3, "enclaves", kind="lever_setting", lever="sh_sci_enclave")
    unknown = target("other", 3, "n", kind="lever_setting", lever="not_built")
    new: list[Target] = [goal, dataclasses.replace(goal, lever_change=True), unknown]
    assert [row.value for row in settings_of([path], new)] == [6.0, 5.0]


def test_flows_of_a_year_are_the_sum_of_its_quarters(study: Study) -> None:
    """Yearly flows sum four quarters member by member, and a quarter without a flow counts as zero."""
    samples = aggregates.flow_samples(study, "firms", "strong", [2021])
    expected = [result("strong", member).flows["firms"][1:5].sum(axis=0) for member in range(8)]
    assert np.array_equal(samples, np.array(expected))
    table = aggregates.flow_table(study)
    row = table[(table["scenario"] == "strong") & (table["kind"] == "firms") & (table["year"] == 2021)].iloc[0]
    assert row["mean"] == pytest.approx(np.mean([each[0, 1] for each in expected]))


def test_costs_add_up_over_levers_families_and_payers(study: Study) -> None:
    """The mean cost of all levers is the sum of the means of the families, and of the payers."""
    table = aggregates.cost_table(study)
    one = table[(table["scenario"] == "plan") & (table["year"] == 2025)]
    total = one[(one["family"] == "all") & (one["payer"] == "all")]["mean"].iloc[0]
    families = one[(one["lever"] == "all") & (one["family"] != "all") & (one["payer"] == "all")]
    levers = one[(one["lever"] != "all") & (one["payer"] != "all")]
    assert families["mean"].sum() == pytest.approx(total, rel=1e-12)
    assert levers["mean"].sum() == pytest.approx(total, rel=1e-12)
    assert total == pytest.approx(np.mean([result("plan", member).costs[17:21].sum() for member in range(8)]))


def test_the_parts_of_a_move_add_up(study: Study) -> None:
    """In each year the means of the parts sum to the mean of the whole."""
    table = aggregates.decomposition_table(study)
    parts = table[table["part"] != "all"].groupby(["scenario", "indicator", "year"])["mean"].sum()
    whole = table[table["part"] == "all"].set_index(["scenario", "indicator", "year"])["mean"]
    pd.testing.assert_series_equal(parts.sort_index(), whole.sort_index(), rtol=1e-12)


def test_failed_runs_are_left_out_of_every_table(tmp_path: Path) -> None:
    """A study with a failed run counts the finished ones alone, and says so."""
    study = Study.create_or_open(definition(3), tmp_path)
    pairs = [(name, member) for name in NAMES for member in range(3) if (name, member) != ("plan", 1)]
    study.write_batch([result(*pair) for pair in pairs], [Failure("plan", 1, "broken", "run.py")])
    study.compact()
    table = summary.target_table(study)
    assert set(table[table["scenario"] == "plan"]["members"]) == {2}
    assert set(table[table["scenario"] == "strong"]["members"]) == {3}
    assert len(aggregates.flow_samples(study, "talents", "plan", [2021])) == 2
    assert any("1 runs failed" in line for line in notes(study, "en"))
    write_tables(study)


def test_tables_are_csv_that_excel_opens_and_have_the_same_bytes_each_time(study: Study) -> None:
    """Every table is UTF-8 with a byte-order mark and plain line ends, and writing it twice gives the same file."""
    first = {path.name: path.read_bytes() for path in write_tables(study)}
    second = {path.name: path.read_bytes() for path in write_tables(study)}
    assert first == second
    assert set(first) == {f"{name}.csv" for name in TABLES}
    for content in first.values():
        assert content.startswith(b"\xef\xbb\xbf")
        assert b"\r" not in content
        assert len(pd.read_csv(io.BytesIO(content), encoding="utf-8-sig")) > 0


def test_a_study_without_cost_or_moves_still_has_its_tables(tmp_path: Path) -> None:
    """A run that spends nothing, moves nobody and splits nothing gives empty tables and no error."""
    study = Study.create_or_open(definition(1), tmp_path)
    runs = []
    for name in NAMES:
        run = result(name, 0)
        still = {kind: np.zeros_like(flow) for kind, flow in run.flows.items()}
        runs.append(dataclasses.replace(run, flows=still, costs=np.zeros_like(run.costs), decomposition={}))
    study.write_batch(runs)
    study.compact()
    write_tables(study)
    assert aggregates.flow_table(study).empty
    assert aggregates.decomposition_table(study).empty


@pytest.mark.parametrize("language", ["zh", "en"])
def test_the_screen_table_holds_range_gap_chance_and_joint_chance(tmp_path: Path, language: str) -> None:
    """The plain table shows the numbers of each scenario and names what binds."""
    study = hand_study(tmp_path, [3.2, 3.4, 3.5, 3.6, 3.8], [480e3] * 5)
    whole = result_text(study, language)
    shown = whole[: whole.index(text("part", language))] + "\n".join(notes(study, language))
    assert shown.count("3.24 – 3.50 – 3.76") == len(NAMES)
    assert shown.count("-0.10") == len(NAMES)
    assert shown.count("40% [12–77]") == 2 * len(NAMES)
    assert study.definition.headline[0].name_zh in shown or language == "en"
    assert ("What binds is “R&D expenditure over GDP”" in shown) == (language == "en")


def test_what_binds_is_told_apart_by_scenario(study: Study) -> None:
    """Where the binding target differs, or none binds, each scenario has its sentence."""
    lines = notes(study, "en")
    assert len(lines) in {1, len(NAMES)}
    assert all("bind" in line for line in lines)


def test_a_rationed_budget_is_said(tmp_path: Path) -> None:
    """When the budget could not pay for all levers, a sentence under the table says in how many runs."""
    study = Study.create_or_open(definition(2), tmp_path)
    runs = [result(name, member) for name in NAMES for member in range(2)]
    short = np.ones(21)
    short[7] = 0.8
    study.write_batch([dataclasses.replace(runs[0], ration=short), *runs[1:]])
    study.compact()
    assert [line for line in notes(study, "en") if "rationed" in line] == [
        "Baseline: policy of 2020: in 50% of the runs the budget could not pay for all levers, and they were rationed."
    ]


def test_a_run_that_ends_before_the_target_says_so(tmp_path: Path) -> None:
    """When the runs end in 2021, targets of 2025 are judged there and a note warns of it."""
    study = Study.create_or_open(definition(1, n_quarters=4), tmp_path)
    study.write_batch([result(name, 0, 4) for name in NAMES])
    study.compact()
    assert set(summary.target_table(study)["year"]) == {2021}
    assert any("the runs end in 2021" in line for line in notes(study, "en"))


@pytest.mark.parametrize(("years", "warns"), [(7, False), (8, True)])
def test_a_run_beyond_2027_is_called_an_outlook(tmp_path: Path, years: int, warns: bool) -> None:
    """To 2027 nothing is said; to 2028 a note in either language says that it is no forecast."""
    study = Study.create_or_open(definition(1, n_quarters=4 * years), tmp_path)
    study.write_batch([result(name, 0, 4 * years) for name in NAMES])
    study.compact()
    assert any("beyond 2027 an outlook, no forecast" in line for line in notes(study, "en")) == warns
    assert any("2027 年之后为展望" in line for line in notes(study, "zh")) == warns


class Terminal(io.StringIO):
    """A stream that claims to be a terminal."""

    def isatty(self) -> bool:
        """Say yes."""
        return True


def test_a_terminal_gets_drawn_tables_and_a_file_plain_text(study: Study) -> None:
    """Box-drawing characters go to terminals alone."""
    plain, drawn = io.StringIO(), Terminal()
    show(study, "en", plain)
    show(study, "en", drawn)
    assert plain.getvalue() == result_text(study, "en")
    assert "─" in drawn.getvalue()
    assert "─" not in plain.getvalue()


def test_units_are_those_that_readers_know() -> None:
    """Persons become 万人 and yuan 亿元 in Chinese; targets carry their sign."""
    assert unit_of("persons", "zh").number(448_000) == "44.80"
    assert unit_of("yuan/year", "zh").number(226.61e9) == "2,266.10"
    assert unit_of("yuan", "en").number(226.61e9) == "226.610"
    assert unit_of("persons", "zh", 120).number(81) == "81"
    assert unit_of("bn yuan revenue", "zh").number(9.02) == "90.2"
    assert target_label(">=", 480_000, "persons", "zh") == "≥ 48 万人"
    assert target_label(">=", 3.6, "percent", "en") == "≥ 3.6 %"


@pytest.mark.parametrize(
    ("value", "shown"),
    [(0, "0"), (1234.5, "1,230"), (0.012345, "0.0123"), (-9.996, "−10.0"), (99.96, "100"), (5, "5.00")],
)
def test_significant_digits_never_use_exponents(value: float, shown: str) -> None:
    """Three digits, whatever the size, with thousands separators."""
    assert significant(value) == shown
