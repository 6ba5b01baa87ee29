"""Later starts: against the library's `stalled`, the baseline, and what cannot be delayed."""

from __future__ import annotations

import numpy as np
import pytest

from model.errors import ScenarioError
from scenarios.delaying import delayed, delays
from scenarios.levers import LEVERS
from scenarios.scenario import load


def rows_of(levers: tuple[str, ...]) -> list[int]:
    """Rows of the levers in a path."""
    return [row for row, lever in enumerate(LEVERS) if lever.lever_id in levers]


@pytest.mark.parametrize("n_quarters", [20, 40])
def test_two_years_late_is_the_family_of_stalled(n_quarters: int) -> None:
    """A family two years late stands, to the last bit, where `stalled` has it; all others stand as in the plan."""
    plan, stalled, baseline = load(["plan", "stalled", "baseline"], n_quarters)
    found = delays("plan", "family", [], n_quarters)
    paths = {path.scenario_id: path for path in found.paths}
    assert len(found.starters) == 6
    for starter in found.starters:
        mine = rows_of(starter.levers)
        others = [row for row in range(len(LEVERS)) if row not in mine]
        late, never = (paths[f"plan~{starter.starter_id}~{name}"] for name in ("2y", "never"))
        assert np.array_equal(late.intensity[mine], stalled.intensity[mine])
        assert np.array_equal(never.intensity[mine], baseline.intensity[mine])
        for path in (late, never):
            assert np.array_equal(path.intensity[others], plan.intensity[others])


def test_starts_that_are_alike_are_run_once() -> None:
    """Until 2025 a start in 2026 is no start: its runs are those of never; until 2030 they are its own."""
    short, long = (delays("plan", "family", ["talent"], n_quarters) for n_quarters in (20, 40))
    assert [late.delay for late in short.late] == [0, 1, 2, 3, 4, None]
    assert [late.start_year for late in short.late] == [2022, 2023, 2024, 2025, 2026, None]
    assert [late.scenario_id for late in short.late] == [
        "plan",
        *(f"plan~talent~{name}" for name in ("1y", "2y", "3y", "never", "never")),
    ]
    assert short.paths[0].scenario_id == "plan"
    assert (len(short.paths), len(long.paths)) == (5, 6)


def test_single_levers_begin_later_by_themselves() -> None:
    """Each lever that the plan moves has its own starts; the one that it leaves is named."""
    found = delays("plan", "lever", [], 20)
    assert len(found.starters) == 28
    assert found.unmoved == ("transport_opening",)
    assert len(found.paths) == 1 + 28 * 4
    assert len({path.scenario_id for path in found.paths}) == len(found.paths)


def test_a_start_of_ones_own_counts(tmp_path_factory: pytest.TempPathFactory) -> None:
    """A lever that the scenario begins in 2024 begins in 2025 when a year late."""
    file = tmp_path_factory.mktemp("own") / "mine.yaml"
    file.write_text(
        "label: {zh: 我, en: Mine}\nbase: baseline\nlevers:\n  angel_fund: {level_2025: plan, start: 2024}\n", "utf-8"
    )
    found = delays(str(file), "lever", [], 20)
    assert [one.start_year for one in found.starters] == [2024]
    assert [late.start_year for late in found.late] == [2024, 2025, 2026, 2027, 2028, None]
    assert len(found.paths) == 3


def test_a_delay_moves_no_bit_of_a_path_that_is_not_delayed() -> None:
    """No years late, and no lever late, are the path itself."""
    (plan,) = load(["plan"], 20)
    levers = tuple(lever.lever_id for lever in LEVERS)
    assert np.array_equal(delayed(plan, levers, 0, "a").intensity, plan.intensity)
    assert np.array_equal(delayed(plan, (), 3, "a").intensity, plan.intensity)


@pytest.mark.parametrize(
    ("scenario", "only", "said"),
    [
        ("baseline", [], "moves no lever until 2025"),
        ("each_lever", [], "stands for 29 scenarios"),
        ("plan", ["talents", "finance"], "moves no family 'talents'; did you mean 'talent'"),
    ],
)
def test_what_cannot_begin_later_is_said(scenario: str, only: list[str], said: str) -> None:
    """A scenario without levers, one that stands for many, a family that is not there."""
    with pytest.raises(ScenarioError, match=said):
        delays(scenario, "family", only, 20)
