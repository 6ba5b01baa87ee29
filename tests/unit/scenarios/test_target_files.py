"""Targets: the plan's rows as data, a user's own values, and targets that are lever settings."""

from __future__ import annotations

from collections.abc import Callable
from dataclasses import replace
from pathlib import Path

import pytest

from model.errors import ScenarioError
from model.indicators import all_indicators
from model.indicators.definitions import definitions_of, load_definitions
from model.targets import Target
from scenarios import targets as module
from scenarios.scenario import load
from scenarios.targets import check_settings, load_targets

Write = Callable[[str, str], str]

BY_ID = {target.target_id: target for target in load_targets()}


def problems(path: str) -> tuple[str, ...]:
    """What ``load_targets`` says of a file that cannot be used."""
    with pytest.raises(ScenarioError) as caught:
        load_targets(path)
    return caught.value.problems


def settings(scenario: str, n_quarters: int = 20) -> dict[str, tuple[float | None, bool | None]]:
    """Level and verdict of each lever setting under a scenario."""
    (path,) = load([scenario], n_quarters)
    return {row.target.target_id: (row.level, row.met) for row in check_settings(load_targets(), path)}


def test_all_25_targets_of_the_plan_are_rows() -> None:
    """The plan's 25 targets are read, the first three of them headline ones with indicator and default definition."""
    assert len([row for row in BY_ID.values() if row.plan_section]) >= 25
    headline = [(row.target_id, row.value, row.indicator, row.definition) for row in BY_ID.values() if row.indicator]
    assert headline[:3] == [
        ("rd_intensity", 3.6, "rd_intensity", "first_published"),
        ("hightech_share", 50.0, "hightech_share", "own_level"),
        ("talent_total", 480_000.0, "talent_total", "residents"),
    ]


def test_at_least_nine_of_the_twelve_outcomes_are_simulated() -> None:
    """All outcomes but the talents of the microelectronics park name a column that the model computes."""
    columns = {(info.indicator, info.definition) for info in all_indicators()}
    outcomes = [row for row in BY_ID.values() if row.kind == "outcome"]
    simulated = [row.target_id for row in outcomes if (row.indicator, row.definition) in columns]
    assert len(outcomes) == 12
    assert len(simulated) >= 9
    assert {row.target_id for row in outcomes} - set(simulated) == {"microelectronics_talent"}


def test_every_definition_is_a_column_of_the_model() -> None:
    """Each row of the definitions names an indicator and a way of counting that the model computes."""
    columns = {(info.indicator, info.definition) for info in all_indicators()}
    assert {(row.indicator, row.definition) for row in load_definitions()} <= columns


def test_an_outcome_is_in_the_unit_of_its_indicator() -> None:
    """Target and indicator have one unit, so that they may be compared: 100 bn yuan is not 100 yuan."""
    units = {(info.indicator, info.definition): info.unit for info in all_indicators()}
    for target in BY_ID.values():
        if target.indicator:
            assert units[target.indicator, target.definition] == target.unit


def test_a_target_that_is_not_modelled_says_why() -> None:
    """Every target with neither indicator nor lever carries its reason, and no other target does."""
    for target in BY_ID.values():
        assert bool(target.note) != bool(target.indicator or target.lever)


def test_the_definitions_of_the_headline_targets_are_listed_in_one_place() -> None:
    """The three headline indicators have the definitions of the design, with words in both languages."""
    assert definitions_of("rd_intensity")[:4] == (
        "first_published",
        "revised_gdp",
        "enclave_at_home",
        "enclave_in_shanghai",
    )
    assert definitions_of("hightech_share")[:4] == (
        "own_level",
        "whole_district",
        "own_level_catalogue",
        "own_level_certificate",
    )
    assert definitions_of("talent_total")[:3] == ("residents", "with_enclave_staff", "with_all_flexible_staff")
    assert definitions_of("nothing") == ()
    assert all(row.name_zh and row.name_en and row.text_zh and row.text_en for row in load_definitions())


def test_the_plan_meets_the_settings_that_its_levers_reach() -> None:
    """Under the plan every lever setting is met, each exactly, but for 61 carriers where more than 60 are asked."""
    assert settings("plan") == {
        "univ_institutes_new": (5.0, True),
        "shanghai_incubators_new": (5.0, True),
        "incubation_carriers": (61.0, True),
        "enclave_models": (5.0, True),
        "medical_institutions": (5.0, True),
        "academician_teams_new": (30.0, True),
        "base_stations_5g": (2658.0, True),
        "finance_hq_per_year": (3.0, True),
        "roadshows_per_year": (10.0, True),
    }


def test_the_baseline_meets_no_setting() -> None:
    """With the policy of 2020 nothing is added and 43 carriers stay below 60."""
    assert settings("baseline") == {
        "univ_institutes_new": (0.0, False),
        "shanghai_incubators_new": (0.0, False),
        "incubation_carriers": (43.0, False),
        "enclave_models": (0.0, False),
        "medical_institutions": (0.0, False),
        "academician_teams_new": (0.0, False),
        "base_stations_5g": (1300.0, False),
        "finance_hq_per_year": (1.0, False),
        "roadshows_per_year": (3.0, False),
    }


def test_the_stalled_plan_has_half_of_each_addition() -> None:
    """Two years late, half the additions stand at 2025 Q4, and 52 carriers."""
    assert settings("stalled") == {
        "univ_institutes_new": (2.5, False),
        "shanghai_incubators_new": (2.5, False),
        "incubation_carriers": (52.0, False),
        "enclave_models": (2.5, False),
        "medical_institutions": (2.5, False),
        "academician_teams_new": (15.0, False),
        "base_stations_5g": (1979.0, False),
        "finance_hq_per_year": (2.0, False),
        "roadshows_per_year": (6.5, False),
    }


def test_a_target_above_a_value_is_not_met_by_the_value_itself(write: Write) -> None:
    """'More than 60' is not met by 60 carriers."""
    write("mine.yaml", "label: {zh: 甲, en: A}\nlevers: {incubator_chain: 60}\n")
    assert settings("mine.yaml")["incubation_carriers"] == (60.0, False)


def test_a_run_that_ends_before_the_target_year_decides_nothing() -> None:
    """When the path ends before the target's year, level and verdict are open."""
    assert set(settings("plan", 19).values()) == {(None, None)}


def test_own_values_replace_those_of_the_plan(write: Write) -> None:
    """A file of own values changes value and year of the targets it names and nothing else."""
    name = write("mine.csv", "\ufefftarget_id, value,year,unit\nrd_intensity, 3.2,,percent\ntalent_total,5e5,2030,\n\n")
    own = load_targets(name)
    assert [target.target_id for target in own] == list(BY_ID)
    changed = {target.target_id: (target.value, target.year) for target in own if target != BY_ID[target.target_id]}
    assert changed == {"rd_intensity": (3.2, 2025), "talent_total": (500_000.0, 2030)}


def test_every_fault_of_a_file_of_own_values_is_told_with_its_line(write: Write) -> None:
    """Unknown targets, values that are no numbers, wrong units, years and repeats come at once, line by line."""
    text = (
        "target_id,value,year,unit\n"
        "rd_intensty,3.2,2025,percent\n"
        "rd_intensity,3.6%,2025,\n"
        "talent_total,nan,20255,\n"
        "hightech_share,55,2025,persons\n"
        "good_air_days,90,2025,\n"
        "good_air_days,91,2025,\n"
        "bus_lane_km,-1,,\n"
        "leading_talent,1,2025,persons,more\n"
    )
    assert problems(write("mine.csv", text)) == (
        "mine.csv:2: unknown target 'rd_intensty'; did you mean 'rd_intensity'?",
        "mine.csv:3: value '3.6%' must be a number of 0 or above, without a unit or separators",
        "mine.csv:4: value 'nan' must be a number of 0 or above, without a unit or separators",
        "mine.csv:4: year '20255' must be a whole year from 2021 to 2035",
        "mine.csv:5: unit 'persons' is wrong: hightech_share is in percent",
        "mine.csv:7: target 'good_air_days' is given twice; keep one line",
        "mine.csv:8: value '-1' must be a number of 0 or above, without a unit or separators",
        "mine.csv:9: too many cells in the line: 'more'",
    )


def test_the_columns_of_a_file_of_own_values_are_checked(write: Write) -> None:
    """A column that cannot be overridden and a column that is missing are both told."""
    told = problems(write("mine.csv", "target_id,relation\nrd_intensity,>\n"))
    assert [said.split(";")[0] for said in told] == [
        "mine.csv:1: column 'relation' cannot be given",
        "mine.csv:1: column 'value' is missing",
    ]


@pytest.mark.parametrize(
    ("text", "told"),
    [("", "mine.csv:1:1: the file is empty"), ("target_id,value\n", "mine.csv:1: no target in the file")],
)
def test_a_file_without_own_values_is_told(write: Write, text: str, told: str) -> None:
    """An empty file, and one with a header alone, are errors: nobody asks for them on purpose."""
    (said,) = problems(write("mine.csv", text))
    assert said.startswith(told)


def test_a_file_of_own_values_that_is_not_there_or_not_utf8_is_told(write: Write, tmp_path: Path) -> None:
    """A missing file and a folder, and a file in another encoding, are one sentence each."""
    write("other.csv", "")
    (tmp_path / "gbk.csv").write_bytes("target_id,value\n人才,1\n".encode("gbk"))
    assert problems("mine.csv") == ("mine.csv: no such file",)
    assert problems("gbk.csv")[0].startswith("gbk.csv: the file is not UTF-8")
    assert problems(".")[0].startswith(".: cannot be read")


def test_a_bad_row_of_the_plans_table_is_told(tmp_path: Path, monkeypatch: pytest.MonkeyPatch) -> None:
    """A row of targets.csv with an unknown relation, definition or lever is told with its line."""
    lines = module.TARGETS_FILE.read_text(encoding="utf-8").splitlines()
    lines[1] = lines[1].replace(">=", "=").replace("first_published", "first_publishd").replace(",,,", ",no_lever,,", 1)
    broken = tmp_path / "targets.csv"
    broken.write_text("\n".join(lines) + "\n", encoding="utf-8")
    monkeypatch.setattr(module, "TARGETS_FILE", broken)
    with pytest.raises(ScenarioError) as caught:
        load_targets()
    told = [said.split("targets.csv:")[1] for said in caught.value.problems]
    assert told[0] == "2: relation '=' must be > or >="
    assert told[1].startswith("2: unknown definition 'first_publishd' of rd_intensity; did you mean 'first_published'?")
    assert told[2].startswith("2: unknown lever 'no_lever'; ")


@pytest.mark.parametrize(
    ("indicator", "definition", "unit", "told"),
    [
        ("skilled_talent", "", "persons", []),
        ("skilled_talents", "", "persons", ["unknown indicator 'skilled_talents'; did you mean 'skilled_talent'?"]),
        (
            "skilled_talent",
            "residents",
            "percent",
            [
                (
                    "unknown definition 'residents' of skilled_talent; "
                    "it has one way of counting only: leave the cell empty"
                ),
                "unit 'percent' is wrong: skilled_talent is in persons",
            ],
        ),
    ],
)
def test_any_simulated_indicator_can_have_a_target(indicator: str, definition: str, unit: str, told: list[str]) -> None:
    """A target names an indicator that is simulated, one of its definitions if it has several, and its unit."""
    row = replace(BY_ID["talent_total"], indicator=indicator, definition=definition, unit=unit)
    assert module._faults(row) == told


def test_a_target_with_neither_indicator_nor_lever_nor_reason_is_a_fault() -> None:
    """The plan's table may not hold a target that is silently not modelled."""
    silent = Target("x", "甲", "A", 2025, ">=", 1.0, "km", "一", "outcome", "secondary")
    assert module._faults(silent) == [
        "a target with neither indicator nor lever must say in why_not and why_not_zh why it is not modelled"
    ]
