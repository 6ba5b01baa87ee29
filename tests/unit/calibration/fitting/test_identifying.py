"""Conclusions that hang on a value are found, and those that do not are not."""

from __future__ import annotations

from types import SimpleNamespace
from typing import Any, cast

import numpy as np
import pandas as pd

from calibration.fitting.identifying import order_table, status_table, swing_table
from calibration.inputs import inputs
from model.targets import Target
from model.wiring import Answer

N = 200
RATE, SPEED = "base:rd_intensity", "parameter:rd_adjust_speed"
TARGET = Target("rd", "研发", "R&D", 2025, ">=", 3.0, "percent", "", "outcome", "headline", "rd_intensity", "x")


def study() -> Answer:
    """A study in which the target is met where the first value is high, and the plan helps where it is low."""
    first = np.linspace(0.0, 1.0, N)
    second = np.random.default_rng(1).permutation(first)
    values = {"baseline": 2.5 + first, "plan": 2.5 + first + 0.1 - 0.2 * first}

    def read(table: str, **equals: Any) -> pd.DataFrame:
        if table == "drawn":
            columns = {"rd_intensity": first, "rd_adjust_speed": second}
            return pd.concat([pd.DataFrame({"name": name, "value": value}) for name, value in columns.items()])
        assert equals["quarter"] == 20
        return pd.DataFrame({"value": values[equals["scenario"]]})

    scenarios = [SimpleNamespace(scenario_id=name) for name in values]
    definition = SimpleNamespace(n_quarters=20, scenarios=scenarios)
    found = SimpleNamespace(definition=definition, read=read, finished_members=lambda _: list(range(N)))
    return cast("Answer", found)


def test_a_chance_that_hangs_on_a_value_flips() -> None:
    """No member of the lowest fifth meets the target and all of the highest do; the idle value flips nothing."""
    table = swing_table(study(), [TARGET], [RATE, SPEED], inputs())
    flips = table[table["flips"]]
    assert set(zip(flips["scenario"], flips["input"], strict=True)) == {("baseline", RATE), ("plan", RATE)}
    first = table.iloc[0]
    assert (first["low"], first["high"]) == (0.0, 1.0)
    assert first["low_to"] < 0.5 < first["high_from"]


def test_an_order_that_turns_over_is_named() -> None:
    """The baseline lies below the plan where the value is low and above it where it is high."""
    table = order_table(study(), [TARGET], [RATE, SPEED], inputs())
    assert list(table["input"]) == [RATE]
    row = table.iloc[0]
    assert row["low"] < 0.0 < row["high"]


def test_without_a_posterior_nothing_has_moved() -> None:
    """Every input is listed with its status and prior, and none is called moved."""
    table = status_table(inputs(), None)
    assert len(table) == len(inputs())
    assert not table["moved"].any()
    assert set(table["status"]) == {"measured", "borrowed", "assumed"}
    assert table.attrs["posterior"].startswith("none")
