"""What turns between the ends of a prior is found with the members the same, and what noise does is not called so."""

from __future__ import annotations

from dataclasses import replace

import numpy as np
import pytest

from calibration.fitting.ends import EndDesign, EndRuns, end_chances, end_orders, reach_table
from calibration.fitting.ends_text import findings
from calibration.inputs import inputs
from model.targets import Target

RATE, SPEED = "base:rd_intensity", "parameter:rd_adjust_speed"
ITEMS = tuple(inputs()[name] for name in (RATE, SPEED))
TARGET = Target("rd", "研发", "R&D", 2025, ">=", 3.0, "percent", "", "outcome", "headline", "rd_intensity", "x")
N = 40


def runs(push: float = 1.0, noise: float = 0.0, n_ends: int = N) -> EndRuns:
    """The first value moves the indicator from -push to push about 3, the second not at all; the plan gains -push/10 x.

    ``noise`` is luck that differs between the ends.
    """
    design = EndDesign(ITEMS, 0, N, n_ends)
    rng = np.random.default_rng(4)
    at = np.zeros(design.points().n_members)
    at[design.at(0)[0]], at[design.at(1)[0]] = -1.0, 1.0
    lucks = np.array(design.points().lucks)
    own = rng.standard_normal(N)[lucks]
    baseline = 2.9 + push * at + 0.3 * own + noise * rng.standard_normal(len(at))
    plan = baseline + 0.05 - 0.1 * push * at + 0.01 * rng.standard_normal(N)[lucks]
    return EndRuns(design, (TARGET,), {"baseline": baseline[None], "plan": plan[None]})


def test_a_design_runs_each_value_at_both_ends_with_the_members_as_drawn() -> None:
    """Two members as drawn, then one of them with each value in turn at 5 and at 95 %, fresh ones from the third on."""
    design = EndDesign(ITEMS, 3, 2, 1)
    points = design.points()
    assert [points.of_member(k) for k in range(6)] == [{}, {}, {RATE: 0.05}, {RATE: 0.95}, {SPEED: 0.05}, {SPEED: 0.95}]
    assert [points.luck(k) for k in range(6)] == [3, 4, 3, 3, 3, 3]
    assert design.at(0).tolist() == [[2], [4]]
    assert design.at(1).tolist() == [[3], [5]]


def test_a_chance_and_an_order_that_turn_are_named() -> None:
    """No member meets the target at the lower end and all do at the upper; the plan lies above, then below."""
    made = runs()
    chances, orders = end_chances(made), end_orders(made)
    flips = chances[chances["flips"]]
    assert set(zip(flips["scenario"], flips["input"], strict=True)) == {("baseline", RATE), ("plan", RATE)}
    first = flips.iloc[0]
    assert (first["low"], first["high"], first["change"], first["members"]) == (0.0, 1.0, 1.0, N)
    assert first["p_value"] == pytest.approx(2.0**-39)
    assert first["low_value"] == pytest.approx(ITEMS[0].quantile(0.05) / ITEMS[0].factor)
    idle = chances[chances["input"] == SPEED]
    assert (idle["change"] == 0.0).all()
    assert (idle["low"] == idle["drawn"]).all()
    turned = orders[orders["flips"]]
    assert list(turned["input"]) == [RATE]
    assert (turned["low"].item() < -0.1, turned["high"].item() > 0.0) == (True, True)
    assert turned["drawn"].item() == pytest.approx(-0.05, abs=0.01)
    text = findings({"inputs": chances, "end_chances": chances, "end_orders": orders})
    assert "2 and 1 turn" in text
    assert "| baseline less plan | rd |" in text


def test_noise_is_not_called_a_turn() -> None:
    """Where luck alone differs between the ends, changes are there, and none is told from noise."""
    chances = end_chances(runs(push=0.0, noise=0.3))
    assert (chances["change"] != 0.0).any()
    assert not chances["beyond_noise"].any()
    assert not chances["flips"].any()


def test_the_screen_keeps_what_goes_furthest_towards_a_turn() -> None:
    """Up by 0.2 less a tenth in the plan, over what its median lacks; what moves nothing is not kept."""
    made = runs(push=0.2, n_ends=1)
    table = reach_table(made, keep=2).set_index("input")
    lacks = 3.0 - np.median(made.final["plan"][0][:N])
    assert table.loc[RATE, "reach"] == pytest.approx(0.18 / lacks)
    assert table.loc[RATE, "first"] == "plan"
    assert (table.loc[RATE, "of"], table.loc[RATE, "at"]) == ("chance", 0.95)
    assert table["kept"].to_dict() == {RATE: True, SPEED: False}


def test_a_run_that_failed_is_left_out_with_its_pair() -> None:
    """Of 40 members one failed at the lower end: 39 are compared at both, as drawn too."""
    made = runs()
    final = {name: table.copy() for name, table in made.final.items()}
    final["plan"][0, made.design.at(0)[0, 5]] = np.nan
    made = replace(made, final=final)
    chances = end_chances(made).set_index(["scenario", "input"])["members"]
    assert chances.to_dict() == {
        ("baseline", RATE): N, ("baseline", SPEED): N, ("plan", RATE): N - 1, ("plan", SPEED): N,
    }  # fmt: skip
    assert set(end_orders(made).set_index("input")["members"].to_dict().items()) == {(RATE, N - 1), (SPEED, N)}
