"""What `seek` concludes from the re-run: the cheapest path that holds, or the best there is and how near it comes."""

from __future__ import annotations

from argparse import Namespace
from types import SimpleNamespace
from typing import Any, cast

import numpy as np
import pandas as pd
import pytest

from model.errors import UsageError
from model.lever_chances import ALL, Outcome, run_shares
from model.statistics import wilson_share
from model.wiring import Answer
from scenarios.emulating import Trained
from scenarios.seeking import refuse
from scenarios.sought import Rerun, verdict_table
from scenarios.telling import verdict

PATHS = ("baseline", "all_up", "seek_1", "seek_2", "seek_3")
COSTS = (0.0, 9.0, 1.0, 2.0, 4.0)
MET = (0, 30, 20, 60, 80)
N = 100


def rerun() -> Rerun:
    """A hundred members; under each path some of them end one above the goal of 10, the others one below."""
    rows = np.array([np.where(np.arange(N) < met, 11.0, 9.0) for met in MET])
    goal = Outcome("x", rows, rows[0], rows[0], 10.0)
    added = np.repeat(np.array(COSTS)[:, None], N, axis=1)
    return Rerun(cast("Answer", None), "cost_all", PATHS, np.zeros((5, 1, 1)), (goal,), added, run_shares([goal]))


def rows(budget: float | None = None) -> pd.DataFrame:
    """The table of the paths that were run."""
    found: list[dict[str, Any]] = []
    for path, cost, met in zip(PATHS, COSTS, MET, strict=True):
        low, high = wilson_share(met / N, N)
        for target in ("x", ALL):
            labels = {"path": path, "label_zh": path, "label_en": path, "target": target, "members": N}
            labels |= {
                "sought": path.startswith("seek_"),
                "added_cost": cost,
                "goal": 10.0,
                "p50": 9.0 + 2.0 * (met > 50),
            }
            emulated = {"emulated": met / N, "emulated_low": low, "emulated_high": high}
            run = {"chance": met / N, "chance_low": low, "chance_high": high}
            found.append({**labels, **emulated, **run, "within_budget": budget is None or cost <= budget})
    return pd.DataFrame(found)


def answer(wanted: float, budget: float | None = None, target: str = ALL) -> dict[str, Any]:
    """Verdict on one target."""
    table = verdict_table(rerun(), rows(budget), wanted)
    return {str(k): v for k, v in table[table["target"] == target].iloc[0].items()}


def test_the_cheapest_path_that_holds_is_named() -> None:
    """Of two paths with at least half it is the cheaper; 60 of 100 do not make 0.55 sure, 80 make 0.7 so."""
    assert (answer(0.5)["path"], answer(0.5)["reached"], answer(0.5)["sure"]) == ("seek_2", True, True)
    assert wilson_share(0.6, N)[0] > 0.5
    assert (answer(0.55)["path"], answer(0.55)["sure"]) == ("seek_2", False)
    assert (answer(0.7)["path"], answer(0.7)["sure"]) == ("seek_3", True)


def test_where_none_holds_the_likeliest_is_named_with_how_near_it_comes() -> None:
    """At 0.95 the best is 80 of 100, surely below; with the chance wanted it ends at 9, one short of the goal."""
    found = answer(0.95, target="x")
    assert (found["path"], found["reached"], found["sure"]) == ("seek_3", False, True)
    assert (found["value"], found["gap"]) == (9.0, -1.0)
    assert found["all_up"] == pytest.approx(0.3)
    told = verdict(found, "Target x", "units", Namespace(chance=0.95, budget=None))
    assert "NOT reached with a chance of 95% by any path found." in told
    assert "-1 from the target of 10" in told
    assert "With all levers at their upper bound it is 30% [" in told
    assert not answer(0.85, target="x")["sure"]


def test_a_budget_leaves_dearer_paths_out() -> None:
    """Within 1.5 only the path of 20 of 100 is left, and half is not reached."""
    found = answer(0.5, budget=1.5)
    assert (found["path"], found["reached"], found["sure"]) == ("seek_1", False, True)
    assert "NOT reached within 1.5 bn yuan" in verdict(found, "All", "", Namespace(chance=0.5, budget=1.5))


def test_a_budget_that_no_path_kept_to_is_not_called_reached() -> None:
    """Within 0.5 nothing was run: the likeliest is named as over the budget, and no chance is said to be reached."""
    found = answer(0.5, budget=0.5)
    assert (found["path"], found["reached"], found["sure"]) == ("seek_3", False, False)
    told = verdict(found, "All", "", Namespace(chance=0.5, budget=0.5))
    assert "no path found kept to the budget" in told
    assert "is reached" not in told


@pytest.mark.parametrize(
    ("lowest", "no_cuts", "refused"), [(2.0, False, False), (3.0, False, True), (3.0, True, False)]
)
def test_levers_are_not_cut_on_an_emulator_that_saw_no_cut(lowest: float, no_cuts: bool, refused: bool) -> None:
    """Trained on paths at or above 2020 alone, it is searched above 2020 alone, and the error says how."""
    intensity = np.array([[[3.0, 3.0]], [[3.0, lowest]]])
    study = SimpleNamespace(definition=SimpleNamespace(scale=100, to_year=2025, seed=2020))
    found = cast("Trained", SimpleNamespace(study=study, known=SimpleNamespace(intensity=intensity)))
    args = Namespace(scale=100, to=2025, seed=2021, no_cuts=no_cuts)
    if not refused:
        refuse(args, found)
        return
    with pytest.raises(UsageError, match="no lever below 2020; give this flag, or run `learn` again"):
        refuse(args, found)
