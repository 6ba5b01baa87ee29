"""Conclusions that hang on a value are found, and those that do not are not."""

from __future__ import annotations

from dataclasses import replace
from pathlib import Path
from types import SimpleNamespace
from typing import Any, cast

import numpy as np
import pandas as pd

from calibration.fitting.conclusions import input_name, order_table, swing_table
from calibration.fitting.identifying import status_table
from calibration.fitting.profiling import LEVELS
from calibration.inputs import inputs
from calibration.tables import load_tables
from calibration.uncertainties import data_uncertainties
from model.targets import Target
from model.uncertainties import Uncertainty, parameter_uncertainties
from model.wiring import Answer

N = 200
RATE, SPEED, GROWTH = "base:rd_intensity", "parameter:rd_adjust_speed", "outside:gdp_growth"
ITEMS = [
    Uncertainty("rd_intensity", "base", "base", "强度", "intensity", "share", 1.0, "assumed"),
    Uncertainty("rd_adjust_speed", "parameters", "research", "速度", "speed", "1/year", 1.0, "borrowed"),
    Uncertainty("gdp_growth", "outside", "outside", "增长", "growth", "percent/year", 0.01, "assumed"),
]
TARGET = Target("rd", "研发", "R&D", 2025, ">=", 3.0, "percent", "", "outcome", "headline", "rd_intensity", "x")


def study() -> Answer:
    """A study in which the target is met where the first value is high, and the plan helps where it is low."""
    first = np.linspace(0.0, 1.0, N)
    second = np.random.default_rng(1).permutation(first)
    third = first[::-1]
    values = {"baseline": 2.5 + first, "plan": 2.5 + first + 0.1 - 0.2 * first}

    def read(table: str, **equals: Any) -> pd.DataFrame:
        if table == "drawn":
            columns = {"rd_intensity": first, "rd_adjust_speed": second, "gdp_growth": third}
            return pd.concat([pd.DataFrame({"name": name, "value": value}) for name, value in columns.items()])
        assert equals["quarter"] == 20
        return pd.DataFrame({"value": values[equals["scenario"]]})

    scenarios = [SimpleNamespace(scenario_id=name) for name in values]
    definition = SimpleNamespace(n_quarters=20, scenarios=scenarios)
    found = SimpleNamespace(definition=definition, read=read, finished_members=lambda _: list(range(N)))
    return cast("Answer", found)


def test_a_chance_that_hangs_on_a_value_flips() -> None:
    """No member of the lowest fifth meets the target and all of the highest do; the idle value flips nothing."""
    table = swing_table(study(), [TARGET], ITEMS)
    flips = table[table["flips"]]
    scenarios = ("baseline", "plan")
    assert set(zip(flips["scenario"], flips["input"], strict=True)) == {
        (name, value) for name in scenarios for value in (RATE, GROWTH)
    }
    first = table[table["input"] == RATE].iloc[0]
    assert (first["low"], first["high"]) == (0.0, 1.0)
    assert first["low_to"] < 0.5 < first["high_from"]
    assert (first["zh"], first["en"], first["status"]) == ("强度", "intensity", "assumed")


def test_all_targets_together_are_a_conclusion_too() -> None:
    """A second target that every member meets leaves the joint chance that of the first."""
    easy = replace(TARGET, target_id="easy", value=0.0)
    table = swing_table(study(), [TARGET, easy], ITEMS)
    wide = table.pivot_table(index=["scenario", "input"], columns="target", values=["low", "high"])
    for side in ("low", "high"):
        assert (wide[side, "all"] == wide[side, "rd"]).all()


def test_many_idle_values_flip_nothing() -> None:
    """Of 300 values without any effect on a chance of one half, none is called a flip."""
    rng = np.random.default_rng(3)
    names = [f"v{k}" for k in range(300)]
    idle = [Uncertainty(name, "base", "base", name, name, "share", 1.0, "assumed") for name in names]
    drawn = pd.concat([pd.DataFrame({"name": name, "value": rng.random(N)}) for name in names])
    made = study()
    answer = SimpleNamespace(
        definition=made.definition,
        finished_members=made.finished_members,
        read=lambda table, **equals: drawn if table == "drawn" else made.read(table, **equals),
    )
    table = swing_table(cast("Answer", answer), [TARGET], idle)
    assert len(table) == 600
    assert not table["flips"].any()
    assert (table["q_value"] >= table["p_value"]).all()


def test_an_order_that_turns_over_is_named() -> None:
    """The baseline lies below the plan where the value is low and above it where it is high."""
    table = order_table(study(), [TARGET], ITEMS)
    assert set(table["input"]) == {RATE, GROWTH}
    row = table[table["input"] == RATE].iloc[0]
    assert row["low"] < 0.0 < row["high"]
    assert table.attrs["compared"] == len(ITEMS)


def test_every_stored_value_is_an_input() -> None:
    """Each value that a run keeps carries the name of its stream; a mean over years that of all of them."""
    known = inputs()
    for item in (*parameter_uncertainties(), *data_uncertainties(load_tables())):
        name = input_name(item)
        assert name in known or (item.kind == "outside" and any(other.startswith(name) for other in known))


def test_a_profile_is_read_beside_the_posterior(tmp_path: Path) -> None:
    """Deviance 4 under the median and none above: what lies below is ruled out; quantiles become values."""
    (tmp_path / "parameters.csv").write_text(f"input,moved,shrinkage\n{SPEED},True,0.4\n", encoding="utf-8")
    lines = [f"{SPEED},{level},{4.0 if level < 0.5 else 0.0}" for level in LEVELS]
    (tmp_path / "profile.csv").write_text("\n".join(["input,quantile,deviance", *lines]) + "\n", encoding="utf-8")
    table = status_table(inputs(), tmp_path).set_index("input")
    row, item = table.loc[SPEED], inputs()[SPEED]
    assert row["ruled_out"] == "below"
    assert item.quantile(0.45) < row["profile_low"] < item.quantile(0.5)
    assert np.isnan(row["profile_high"])
    assert (table.loc[table.index != SPEED, "ruled_out"] == "").all()


def test_without_a_posterior_nothing_has_moved() -> None:
    """Every input is listed with its status and prior, and none is called moved."""
    table = status_table(inputs(), None)
    assert len(table) == len(inputs())
    assert not table["moved"].any()
    assert set(table["status"]) == {"measured", "borrowed", "assumed"}
    assert table.attrs["posterior"].startswith("none")
