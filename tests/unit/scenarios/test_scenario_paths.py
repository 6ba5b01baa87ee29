"""Scenario files to intensities by quarter: ramps, delay, inheritance, files side by side."""

from __future__ import annotations

from collections.abc import Callable
from pathlib import Path

import numpy as np
import pytest
from numpy.testing import assert_array_equal

from model.errors import ScenarioError
from model.policy import Policy, PolicyPath
from scenarios.levers import BY_ID, LEVERS
from scenarios.scenario import library, load
from scenarios.shelf import LIBRARY, library_files, split_request

Write = Callable[[str, str], str]

LABEL = "label: {zh: 甲, en: A}\n"


def only(name: str, n_quarters: int = 20) -> PolicyPath:
    """The path of one scenario."""
    (path,) = load([name], n_quarters)
    return path


def row(path: PolicyPath, lever_id: str) -> list[float]:
    """Intensity of one lever by quarter."""
    return [float(value) for value in path.intensity[path.levers.index(BY_ID[lever_id])]]


def test_the_library_holds_the_scenarios_of_the_design_and_all_load() -> None:
    """Every scenario that these levers allow is in the library, labelled in both languages, and loads."""
    entries = library()
    assert {entry.scenario_id for entry in entries} >= {
        "baseline",
        "plan",
        "strong",
        "stalled",
        "enclaves",
        "talent",
        "finance",
        "firms_and_research",
        "institutes_and_carriers",
        "openness_and_services",
        "no_enclaves",
        "downturn",
        "early_shanghai_link",
        "openings_slip",
    }
    assert all(entry.label_zh and entry.label_en and entry.path.parent == LIBRARY for entry in entries)
    paths = load([entry.scenario_id for entry in entries], 60)
    assert all(path.intensity.shape == (len(LEVERS), 61) for path in paths)


def test_column_0_is_the_baseline_in_every_scenario() -> None:
    """At the end of 2020 every lever of every scenario stands at its baseline."""
    for path in load([entry.scenario_id for entry in library()], 20):
        assert_array_equal(path.intensity[:, 0], [lever.baseline for lever in path.levers])


def test_the_baseline_is_the_neutral_policy_in_every_quarter() -> None:
    """In the baseline the policy of every quarter equals the neutral one, to the last bit."""
    path = only("baseline", 60)
    assert all(path.policy_at(quarter) == Policy.neutral() for quarter in range(61))


def test_levers_set_to_their_baseline_change_nothing(write: Write) -> None:
    """A file that sets every lever to its baseline, in words, numbers or years, is neutral in every quarter."""
    ways = ("baseline", "{number}", "{{by_year: {{2024: {number}, 2025: {number}}}}}")
    lines = [f"  {lever.lever_id}: {ways[i % 3].format(number=lever.baseline)}\n" for i, lever in enumerate(LEVERS)]
    path = only(write("mine.yaml", LABEL + "base: strong\nlevers:\n" + "".join(lines)), 40)
    assert_array_equal(path.intensity, np.broadcast_to(path.intensity[:, :1], path.intensity.shape))
    assert all(path.policy_at(quarter) == Policy.neutral() for quarter in range(41))


def test_a_level_of_2025_is_reached_in_a_straight_line_and_kept() -> None:
    """Enclaves of the plan stand at 1 to the end of 2021, rise by 5/16 a quarter to 6 at 2025 Q4, and stay."""
    expected = [1.0] * 5 + [1.0 + 0.3125 * step for step in range(1, 17)] + [6.0] * 4
    assert row(only("plan", 24), "sh_sci_enclave") == expected


def test_every_lever_reaches_its_named_level_at_the_end_of_2025() -> None:
    """In plan and strong, every lever that the plan's file names stands exactly at that level in 2025 Q4."""
    named = library_files()["plan"].read_text(encoding="utf-8")
    rows = [row for row, lever in enumerate(LEVERS) if f"\n  {lever.lever_id}: plan\n" in named]
    assert len(rows) >= 13
    plan, strong = load(["plan", "strong"], 20)
    assert_array_equal(plan.intensity[rows, 20], [LEVERS[row].plan for row in rows])
    # Links open at the plan's dates in both: an early one is a question of its own.
    rows = [row for row in rows if LEVERS[row].lever_id != "transport_opening"]
    assert_array_equal(strong.intensity[rows, 20], [LEVERS[row].strong for row in rows])


def test_the_start_year_begins_the_ramp_at_the_end_of_the_year_before(write: Write) -> None:
    """With start 2024 institutes stay at 3 to 2023 Q4 and then gain 5 in eight quarters."""
    path = only(write("mine.yaml", LABEL + "levers: {univ_institutes: {level_2025: 8, start: 2024}}\n"))
    assert row(path, "univ_institutes") == [3.0] * 13 + [3.0 + 0.625 * step for step in range(1, 9)]


def test_levels_by_year_are_joined_by_straight_lines(write: Write) -> None:
    """By-year levels hold at each year's end, the baseline before the first, the last level after it."""
    text = "levers: {univ_institutes: {by_year: {2023: 5, 2024: 5, 2026: 4, 2025: 9}}}\n"
    path = only(write("mine.yaml", LABEL + text), 28)
    expected = [3.0] * 9 + [3.5, 4.0, 4.5, 5.0] + [5.0] * 4 + [6.0, 7.0, 8.0, 9.0] + [7.75, 6.5, 5.25, 4.0] + [4.0] * 4
    assert row(path, "univ_institutes") == expected


def test_a_ramp_may_begin_with_2021(write: Write) -> None:
    """A lever that starts in 2021 moves from the first quarter on, out of the baseline of 2020 Q4."""
    path = only(
        write(
            "mine.yaml", LABEL + "levers: {univ_institutes: {by_year: {2021: 7, 2022: 7, 2023: 7, 2024: 7, 2025: 7}}}"
        )
    )
    assert row(path, "univ_institutes")[:6] == [3.0, 4.0, 5.0, 6.0, 7.0, 7.0]


def test_a_level_may_lie_below_the_baseline(write: Write) -> None:
    """A lever can be wound down: support of 3 % goes to 0 in sixteen equal steps."""
    path = only(write("mine.yaml", LABEL + "levers: {rd_toolbox_subsidy: 0}\n"))
    assert row(path, "rd_toolbox_subsidy")[12] == 1.5
    assert row(path, "rd_toolbox_subsidy")[20] == 0.0
    assert path.policy_at(20).rd_subsidy_rate == 0.0


def test_the_unit_may_be_said_and_changes_nothing(write: Write) -> None:
    """A right unit is accepted and the number is taken as it is."""
    text = "levers: {rd_toolbox_subsidy: {level_2025: 5, unit: percent of eligible R&D}}\n"
    assert row(only(write("mine.yaml", LABEL + text)), "rd_toolbox_subsidy")[20] == 5.0


def test_stalled_is_the_plan_shifted_by_eight_quarters() -> None:
    """Stalled has in each quarter what the plan had eight quarters before, and the baseline until then."""
    plan, stalled = load(["plan", "stalled"], 28)
    assert_array_equal(stalled.intensity[:, 8:], plan.intensity[:, :-8])
    assert_array_equal(stalled.intensity[:, :8], np.repeat(plan.intensity[:, :1], 8, axis=1))
    assert row(stalled, "sh_sci_enclave")[20] == 3.5


def test_the_policy_feels_a_lever_after_its_lag() -> None:
    """Enclaves are felt six quarters after they are paid for: 2025 Q4 feels the level of 2024 Q2."""
    path = only("plan")
    assert path.policy_at(20).enclave_units == row(path, "sh_sci_enclave")[14] == 4.125
    assert path.policy_at(20).rd_subsidy_rate == 0.05


def test_a_child_overrides_its_parent_and_inherits_the_rest(write: Write) -> None:
    """What a child sets counts over its parents; what it leaves out is theirs, over two generations."""
    write(
        "mother.yaml",
        LABEL + "base: downturn\nlevers: {firm_ladder: 2}\noutside: {world: as_happened}\nswitch_off: [base]\n"
        "definitions: {rd_intensity: revised_gdp, talent_total: with_enclave_staff}\ndelay_quarters: 4\n",
    )
    write(
        "child.yaml",
        "label: {zh: 乙, en: B}\nbase: mother\nlevers: {univ_institutes: 12}\nswitch_off: []\n"
        "definitions: {rd_intensity: enclave_at_home}\n",
    )
    child, plan = only("child.yaml"), only("plan")
    assert (child.scenario_id, child.label_zh, child.label_en) == ("child", "乙", "B")
    assert row(child, "univ_institutes")[16] == pytest.approx(3 + 9 * 8 / 16)
    assert row(child, "firm_ladder")[16] == pytest.approx(1.5)
    assert row(child, "angel_fund")[4:] == row(plan, "angel_fund")[:-4]
    assert (child.outside, child.growth_shift, child.switch_off) == ("as_happened", -2.0, ())
    assert child.definitions == (("rd_intensity", "enclave_at_home"), ("talent_total", "with_enclave_staff"))


def test_a_child_replaces_a_lever_whole(write: Write) -> None:
    """A child that gives a level of 2025 keeps no year of its parent's list."""
    write("mother.yaml", LABEL + "levers: {univ_institutes: {by_year: {2023: 9, 2024: 9, 2025: 9}}}\n")
    path = only(write("child.yaml", LABEL + "base: mother\nlevers: {univ_institutes: plan}\n"))
    assert row(path, "univ_institutes") == row(only("plan"), "univ_institutes")


def test_no_enclaves_differs_from_the_plan_in_the_enclave_levers_only() -> None:
    """Without enclaves the levers of that family stay at baseline and all others are those of the plan."""
    plan, without = load(["plan", "no_enclaves"], 20)
    differ = [lever.family for i, lever in enumerate(LEVERS) if (plan.intensity[i] != without.intensity[i]).any()]
    assert differ == ["enclaves"] * sum(lever.family == "enclaves" for lever in LEVERS)


def test_rivals_and_the_ladder_are_options_that_children_inherit(write: Write) -> None:
    """A child keeps what its base says, or says otherwise; without a word rivals are passive and the ladder moves."""
    write("mother.yaml", LABEL + "rivals: respond\nladder: hold\n")
    child = only(write("child.yaml", LABEL + "base: mother\n"))
    grandchild = only(write("grandchild.yaml", LABEL + "base: mother\nrivals: passive\nladder: moves\n"))
    assert (child.rivals_respond, child.ladder_held) == (True, True)
    assert (grandchild.rivals_respond, grandchild.ladder_held) == (False, False)
    assert not any(path.rivals_respond or path.ladder_held for path in load(["baseline", "plan"], 4))


def test_one_lever_alone_is_a_scenario() -> None:
    """``only_LEVER`` moves that lever to its plan level, ``only_LEVER_strong`` to its strong one, and nothing else."""
    baseline, plan, strong = load(["baseline", "only_angel_fund", "only_angel_fund_strong"], 20)
    for path, level in ((plan, 60.0), (strong, 300.0)):
        moved = [lever.lever_id for i, lever in enumerate(LEVERS) if (path.intensity[i] != baseline.intensity[i]).any()]
        assert moved == ["angel_fund"]
        assert row(path, "angel_fund")[-1] == level


def test_the_family_scenarios_together_are_the_plan() -> None:
    """The six families laid side by side give the plan's intensities exactly."""
    families = [
        "enclaves",
        "talent",
        "finance",
        "firms_and_research",
        "institutes_and_carriers",
        "openness_and_services",
    ]
    (together,) = load(["+".join(families)], 20)
    assert_array_equal(together.intensity, only("plan").intensity)
    assert together.scenario_id == "+".join(families)
    assert together.label_en.startswith("Enclaves only + Talent policy only")


def test_a_downturn_shifts_growth_and_no_lever() -> None:
    """The downturn is the plan in a world with two points less growth."""
    plan, downturn = load(["plan", "downturn"], 20)
    assert (plan.growth_shift, downturn.growth_shift) == (0.0, -2.0)
    assert_array_equal(plan.intensity, downturn.intensity)


def test_two_files_that_set_the_same_lever_conflict_and_both_are_named(write: Write) -> None:
    """The same lever in the same year in two files side by side is an error with both places and the years."""
    write("a.yaml", LABEL + "levers:\n  univ_institutes: plan\n  angel_fund: 20\n")
    write("b.yaml", LABEL + "levers:\n  firm_ladder: 2\n  univ_institutes: {level_2025: 9, start: 2024}\n")
    with pytest.raises(ScenarioError) as caught:
        load(["a.yaml+b.yaml"], 20)
    assert caught.value.problems == (
        (
            "a.yaml:3:3 and b.yaml:4:3 both set the lever 'univ_institutes' in the years 2024 to 2025; keep it in one "
            "of them, or let one inherit from the other"
        ),
    )


@pytest.mark.parametrize(
    ("line", "field"),
    [
        ("delay_quarters: 4", "delay_quarters"),
        ("switch_off: [base]", "switch_off"),
        ("outside: {growth_shift: 1}", "outside.growth_shift"),
        ("definitions: {rd_intensity: revised_gdp}", "definitions.rd_intensity"),
    ],
)
def test_two_files_that_set_another_field_twice_conflict_too(write: Write, line: str, field: str) -> None:
    """Any field that two files side by side both set is an error that names both."""
    write("a.yaml", LABEL + line + "\n")
    write("b.yaml", LABEL + line + "\n")
    with pytest.raises(ScenarioError, match=rf"a\.yaml:.* and b\.yaml:.* both set '{field}'"):
        load(["a.yaml+b.yaml"], 20)


def test_files_side_by_side_may_share_a_base(write: Write) -> None:
    """What two files inherit from the same file is no conflict, and what each sets itself counts over it."""
    write("a.yaml", LABEL + "base: plan\nlevers: {univ_institutes: strong}\n")
    write("b.yaml", "label: {zh: 乙, en: B}\nbase: plan\nlevers: {firm_ladder: strong}\n")
    for order in ("a.yaml+b.yaml", "b.yaml+a.yaml"):
        path, plan = only(order), only("plan")
        assert row(path, "univ_institutes")[20] == 12.0
        assert row(path, "firm_ladder")[20] == 2.5
        assert row(path, "angel_fund") == row(plan, "angel_fund")


def test_a_scenario_beside_its_own_ancestor_is_itself(write: Write) -> None:
    """A child laid beside its parent is the child, in either order."""
    write("a.yaml", LABEL + "base: plan\nlevers: {univ_institutes: strong}\n")
    alone = only("a.yaml")
    for order in ("plan+a.yaml", "a.yaml+plan"):
        assert_array_equal(only(order).intensity, alone.intensity)


def test_settings_inherited_from_different_files_conflict(write: Write) -> None:
    """A lever that one file inherits and another sets by itself is a conflict, in the file that sets it."""
    write("a.yaml", LABEL + "base: strong\n")
    with pytest.raises(ScenarioError, match=r"library/strong\.yaml:.* and .*library/enclaves\.yaml:.*sh_sci_enclave"):
        load(["a.yaml+enclaves"], 20)


@pytest.mark.parametrize(
    ("request_text", "parts"),
    [
        ("plan", ["plan"]),
        ("plan+downturn", ["plan", "downturn"]),
        ("a.yaml+b.yml+plan", ["a.yaml", "b.yml", "plan"]),
        ("c++/a.yaml+c++/b.yaml", ["c++/a.yaml", "c++/b.yaml"]),
    ],
)
def test_a_request_is_split_between_files_and_not_within_a_path(request_text: str, parts: list[str]) -> None:
    """A plus sign joins scenarios; one in the name of a folder does not."""
    assert split_request(request_text) == parts


def test_a_file_whose_path_has_a_plus_is_read(tmp_path: Path) -> None:
    """A file in a folder with a plus sign and Chinese characters in its name is one file."""
    folder = tmp_path / "c++ 计划"
    folder.mkdir()
    (folder / "我的.yaml").write_text(LABEL + "base: plan\n", encoding="utf-8")
    assert only(str(folder / "我的.yaml")).scenario_id == "我的"


def test_a_path_cannot_be_changed_after_it_was_made() -> None:
    """The intensities are read-only, so that no rule can edit the policy of another scenario."""
    with pytest.raises(ValueError, match="read-only"):
        only("plan").intensity[0, 0] = 2.0


def test_the_early_link_is_the_plan_with_another_schedule() -> None:
    """From 2021 Q4 on the schedule is that of the early link, whole; every other lever is the plan's."""
    plan, early = load(["plan", "early_shanghai_link"], 40)
    assert row(early, "transport_opening")[4:] == [2.0] * 37
    others = [lever.lever_id != "transport_opening" for lever in LEVERS]
    assert_array_equal(plan.intensity[others], early.intensity[others])


def test_slippage_is_carried_and_inherited(write: Write) -> None:
    """Openings slip by eight quarters in the library's file and its children, unless a child says otherwise."""
    assert (only("plan").transport_slippage_quarters, only("openings_slip").transport_slippage_quarters) == (0, 8)
    heir = only(write("heir.yaml", LABEL + "base: openings_slip\noutside: {growth_shift: -1}\n"))
    assert (heir.transport_slippage_quarters, heir.growth_shift) == (8, -1.0)
    other = "base: openings_slip\noutside: {transport_slippage_quarters: 0}\n"
    assert only(write("other.yaml", LABEL + other)).transport_slippage_quarters == 0


def test_each_lever_is_short_for_a_scenario_of_every_lever() -> None:
    """``each_lever_strong`` gives one scenario a lever, in their order, beside whatever else is asked for."""
    paths = load(["baseline", "each_lever_strong"], 4)
    assert [path.scenario_id for path in paths] == ["baseline", *(f"only_{x.lever_id}_strong" for x in LEVERS)]
