"""Luck is shared between scenarios and belongs to the agent."""

from collections.abc import Callable
from dataclasses import replace

import numpy as np
import pytest

from model.base import FirmColumns, Member
from model.economy import Economy
from model.policy import Policy, PolicyPath
from model.results import RunResult
from model.simulate import simulate

MEMBERS = 24


def test_the_same_seed_gives_the_same_numbers(
    draw: Callable[..., Member], path_of: Callable[[str], PolicyPath], run: Callable[..., RunResult]
) -> None:
    """A member run twice gives the same result to the last bit."""
    again = simulate(draw(1), path_of("plan"), 20)
    np.testing.assert_array_equal(again.values, run(1, "plan").values)
    for kind, flows in again.flows.items():
        np.testing.assert_array_equal(flows, run(1, "plan").flows[kind])


def test_levers_at_zero_change_leave_the_baseline_bit_for_bit(
    draw: Callable[..., Member], path_of: Callable[[str], PolicyPath], run: Callable[..., RunResult]
) -> None:
    """The strong scenario with every lever set back to 2020 is the baseline."""
    strong = path_of("strong")
    still = replace(strong, intensity=np.repeat(strong.intensity[:, :1], strong.intensity.shape[1], axis=1))
    assert still.policy_at(20) == Policy.neutral()
    np.testing.assert_array_equal(simulate(draw(1), still, 20).values, run(1, "baseline").values)


def test_nothing_differs_before_the_plan_begins(run: Callable[..., RunResult]) -> None:
    """Until the end of 2021 the plan's runs are the baseline's to the last bit."""
    np.testing.assert_array_equal(run(4, "plan").values[:5], run(4, "baseline").values[:5])


@pytest.mark.parametrize(
    ("indicator", "definition", "times"),
    [
        ("rd_intensity", "first_published", 10.0),
        ("talent_total", "residents", 10.0),
        ("high_tech_enterprises", "", 10.0),
    ],
)
def test_paired_differences_vary_several_times_less(
    indicator: str, definition: str, times: float, run: Callable[..., RunResult]
) -> None:
    """Shared luck makes the variance of plan minus baseline several times smaller than that of unpaired runs."""
    ends = {}
    for scenario in ("plan", "baseline"):
        results = [run(index, scenario) for index in range(MEMBERS)]
        at = results[0].columns.index((indicator, definition))
        ends[scenario] = np.array([result.values[-1, at] for result in results])
    paired = np.var(ends["plan"] - ends["baseline"])
    unpaired = np.var(ends["plan"] - np.roll(ends["baseline"], 1))
    assert unpaired > times * paired


def test_an_added_firm_changes_nobody_else_s_luck(
    draw: Callable[..., Member], path_of: Callable[[str], PolicyPath]
) -> None:
    """With one more tiny firm in the opening table, the others draw the same luck and close in the same quarter."""
    member = draw(0)
    firms = member.base.firms
    columns = {}
    for name in FirmColumns.__dataclass_fields__:
        old = getattr(firms, name)
        columns[name] = np.concatenate([old[:1], old])
    columns["firm_id"] = np.concatenate([np.array([12345], np.uint64), firms.firm_id])
    columns["value_added"] = columns["value_added"] * np.r_[1e-9, np.ones(len(firms.city))]
    wider = replace(member.base, firms=FirmColumns(**columns))
    one = Economy(member.base, member.parameters, member.outside["known_2021"], path_of("baseline"), member.seed)
    two = Economy(wider, member.parameters, member.outside["known_2021"], path_of("baseline"), member.seed)
    for _ in range(4):
        one.step()
        two.step()
    n = len(firms.city)
    np.testing.assert_array_equal(
        one.luck("growth", one.firms.firm_id[:n]), two.luck("growth", two.firms.firm_id[1 : n + 1])
    )
    assert (one.firms.alive[:n] == two.firms.alive[1 : n + 1]).mean() > 0.999


def test_a_policy_for_yinzhou_moves_nobody_between_the_other_cities(
    draw: Callable[..., Member], path_of: Callable[[str], PolicyPath]
) -> None:
    """When a settlement lever begins to act, flows between Shanghai and Hangzhou are exactly the baseline's."""
    member, plan = draw(2), path_of("strong")
    senior = [lever.lever_id for lever in plan.levers].index("talent_subsidy_senior")
    only = replace(plan, intensity=plan.intensity[:, [0] * plan.intensity.shape[1]].copy())
    only.intensity[senior, 1:] = plan.levers[senior].strong
    first = plan.levers[senior].lag_quarters + 1
    acted, base = simulate(member, only, first), simulate(member, path_of("baseline"), first)
    np.testing.assert_array_equal(acted.flows["talents"][first, 1:3, 1:3], base.flows["talents"][first, 1:3, 1:3])
    assert acted.flows["talents"][first, :, 0].sum() >= base.flows["talents"][first, :, 0].sum()
