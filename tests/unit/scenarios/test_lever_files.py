"""The levers: one file each, pure, one handle each, and silent at their baseline."""

from __future__ import annotations

import math
import sys
from collections.abc import Iterator
from dataclasses import asdict, replace
from pathlib import Path

import pytest

from model.errors import ScenarioError
from model.government import EVENTS
from model.policy import FAMILIES, PAYERS, Lever, Policy
from scenarios import levers
from scenarios.levers import BY_ID, LEVERS, discover, duplicates, faults

THIRTEEN = {
    "sh_sci_enclave",
    "talent_enclave_sh",
    "talent_subsidy_grad",
    "talent_subsidy_senior",
    "sh_talent_express",
    "rd_toolbox_subsidy",
    "firm_ladder",
    "innovation_voucher",
    "angel_fund",
    "risk_pool_loan",
    "incubator_chain",
    "univ_institutes",
    "public_services",
}

AT_PLAN = {
    "sh_sci_enclave": ("enclave_units", 6.0),
    "talent_enclave_sh": ("shanghai_seats", 400.0),
    "talent_subsidy_grad": ("graduate_settlement", 32_500.0),
    "talent_subsidy_senior": ("senior_settlement", 455_000.0),
    "sh_talent_express": ("campus_campaigns", 12.0),
    "rd_toolbox_subsidy": ("rd_subsidy_rate", 0.05),
    "firm_ladder": ("certification_award", 300_000.0),
    "innovation_voucher": ("voucher_fund", 15e6),
    "angel_fund": ("angel_investment", 60e6),
    "risk_pool_loan": ("risk_pool", 100e6),
    "incubator_chain": ("incubation_carriers", 61.0),
    "univ_institutes": ("institutes", 8.0),
    "public_services": ("joint_institutions", 7.0),
}
"""Handle and its value at the plan's level, computed by hand."""

OUTSIDE_THE_DISTRICT = "transport_opening"
"""A lever of the outside world: the plan's dates are its baseline, and the district pays nothing for it."""

each_lever = pytest.mark.parametrize("lever", LEVERS, ids=lambda lever: lever.lever_id)


def changed(policy: Policy) -> dict[str, float]:
    """Handles that differ from the neutral policy."""
    neutral = asdict(Policy.neutral())
    return {name: value for name, value in asdict(policy).items() if value != neutral[name]}


def test_the_thirteen_levers_of_all_six_families_are_built() -> None:
    """All thirteen levers of the main job are found, and together they come from all six families."""
    assert set(BY_ID) >= THIRTEEN
    assert {lever.family for lever in LEVERS} == set(FAMILIES)


def test_levers_come_sorted_by_family_then_id() -> None:
    """The order of the levers, and so of the rows of every path, is by family and then by id."""
    keys = [(FAMILIES.index(lever.family), lever.lever_id) for lever in LEVERS]
    assert keys == sorted(keys)


@pytest.mark.parametrize("lever_id", sorted(AT_PLAN))
def test_a_lever_turns_its_one_handle_to_the_value_computed_by_hand(lever_id: str) -> None:
    """At the plan's level a lever changes exactly one handle, to the value that its unit says."""
    lever = BY_ID[lever_id]
    handle, value = AT_PLAN[lever_id]
    turned = changed(lever.apply(Policy.neutral(), lever.plan))
    assert turned == {handle: pytest.approx(value, rel=1e-15)}


@each_lever
def test_a_lever_at_its_baseline_gives_back_an_equal_policy(lever: Lever) -> None:
    """At its baseline a lever leaves every handle as it was, to the last bit."""
    assert lever.apply(Policy.neutral(), lever.baseline) == Policy.neutral()


@each_lever
def test_a_lever_is_pure(lever: Lever) -> None:
    """A lever gives back a new policy, the same one each time, and leaves the one it was given untouched."""
    given = Policy(rd_subsidy_rate=0.04, institutes=5.0)
    before = asdict(given)
    first, second = lever.apply(given, lever.strong), lever.apply(given, lever.strong)
    assert first == second
    assert first is not given
    assert asdict(given) == before
    assert len({name for name, value in asdict(first).items() if value != before[name]}) == 1


@each_lever
def test_a_lever_does_more_at_strong_than_at_plan_than_at_baseline(lever: Lever) -> None:
    """The named levels rise within the bounds of a scenario file; the outside world's plan level is its baseline."""
    low, high = lever.bounds
    assert low <= lever.baseline <= lever.plan < lever.strong <= high
    assert (lever.baseline == lever.plan) == (lever.lever_id == OUTSIDE_THE_DISTRICT)


@each_lever
def test_the_cost_of_a_lever_is_complete(lever: Lever) -> None:
    """A cost lies within its range, counts intensity or a known event, and is paid in full by known payers."""
    cost = lever.cost
    assert 0 <= cost.low <= cost.unit_cost <= cost.high
    assert (cost.low == 0) == (lever.lever_id == OUTSIDE_THE_DISTRICT)
    bases = {"intensity", "above_baseline", "intensity_change", *(f"event:{name}" for name in EVENTS)}
    assert cost.basis in bases
    # Awards and settlement money are schedules that the intensity multiplies; other events cost the same each.
    assert cost.multiplier == (lever.unit.startswith("multiplier"))
    assert set(cost.paid_by) <= set(PAYERS)
    assert math.fsum(cost.paid_by.values()) == pytest.approx(1.0, abs=1e-12)


@each_lever
def test_a_lever_says_where_it_comes_from(lever: Lever) -> None:
    """Every lever carries both names, its section of the plan, its evidence, its source and what its cost rests on."""
    said = (lever.name_zh, lever.name_en, lever.plan_section, lever.evidence, lever.source, lever.cost.note)
    assert all(text.strip() for text in said)


def test_the_transport_lever_turns_the_schedule_of_openings() -> None:
    """At its strongest the lever turns the schedule to the early Shanghai link, at 0 to one where nothing opens."""
    lever = BY_ID[OUTSIDE_THE_DISTRICT]
    assert changed(lever.apply(Policy.neutral(), lever.strong)) == {"transport_schedule": 2.0}
    assert changed(lever.apply(Policy.neutral(), 0.0)) == {"transport_schedule": 0.0}
    assert "district" not in lever.cost.paid_by


def test_lags_are_the_years_of_the_evidence_in_quarters() -> None:
    """Lags are the evidence's years in quarters, and none where the model's own rule carries the delay."""
    lags = {name: BY_ID[name].lag_quarters for name in ("sh_sci_enclave", "public_services", "angel_fund")}
    assert lags == {"sh_sci_enclave": 6, "public_services": 10, "angel_fund": 6}
    assert BY_ID["rd_toolbox_subsidy"].lag_quarters == BY_ID["firm_ladder"].lag_quarters == 0


@pytest.mark.parametrize(
    ("change", "told"),
    [
        ({"lever_id": "other"}, "must be the name of the file"),
        ({"family": "taxes"}, "family 'taxes' is unknown"),
        ({"strong": 99.0}, "must lie within the bounds"),
        ({"lag_quarters": -1}, "lag_quarters"),
        ({"baseline": 2.0}, "apply at the baseline"),
        ({"cost": replace(BY_ID["univ_institutes"].cost, paid_by={"district": 0.5})}, "add up to 1"),
        ({"cost": replace(BY_ID["univ_institutes"].cost, low=9e9)}, "between its low and its high"),
    ],
)
def test_a_badly_declared_lever_is_told(change: dict[str, object], told: str) -> None:
    """Each rule that a declaration of a lever breaks is told in one sentence."""
    lever = replace(BY_ID["univ_institutes"], **change)  # type: ignore[arg-type] # wrong on purpose
    assert [text for text in faults(lever, "univ_institutes") if told in text]
    assert faults(BY_ID["univ_institutes"], "univ_institutes") == []


def test_a_lever_declared_twice_is_told() -> None:
    """An id that two levers share is told by name."""
    assert duplicates([LEVERS[0], LEVERS[0], LEVERS[1]]) == [
        f"scenarios/levers: lever '{LEVERS[0].lever_id}' is declared more than once"
    ]


@pytest.fixture
def own_folder(tmp_path: Path, monkeypatch: pytest.MonkeyPatch) -> Iterator[Path]:
    """A second folder in which levers are looked for; what was imported from it is forgotten afterwards."""
    monkeypatch.setattr(levers, "__path__", [*levers.__path__, str(tmp_path)])
    before = set(sys.modules)
    yield tmp_path
    for name in set(sys.modules) - before:
        del sys.modules[name]


def test_a_lever_is_added_by_adding_a_file(own_folder: Path) -> None:
    """A new file is found without any list being edited."""
    text = Path(levers.__path__[0], "univ_institutes.py").read_text(encoding="utf-8")
    (own_folder / "new_lever.py").write_text(
        text.replace('lever_id="univ_institutes"', 'lever_id="new_lever"'), encoding="utf-8"
    )
    assert {lever.lever_id for lever in discover()} - set(BY_ID) == {"new_lever"}


def test_files_that_declare_no_sound_lever_are_told_together(own_folder: Path) -> None:
    """A file without a lever and a file whose lever has another name are both told."""
    text = Path(levers.__path__[0], "univ_institutes.py").read_text(encoding="utf-8")
    (own_folder / "empty_one.py").write_text("", encoding="utf-8")
    (own_folder / "wrong_name.py").write_text(text, encoding="utf-8")
    with pytest.raises(ScenarioError) as caught:
        discover()
    assert [said.split(";")[0] for said in caught.value.problems] == [
        "scenarios/levers/empty_one.py: no LEVER in the file",
        "scenarios/levers/wrong_name.py: lever_id is 'univ_institutes'",
        "scenarios/levers: lever 'univ_institutes' is declared more than once",
    ]
