"""Every published aggregate marked as reproduced is met, row by row."""

from __future__ import annotations

from collections.abc import Callable
from dataclasses import replace

import numpy as np
import pytest

from calibration.opening import opening_accounts
from calibration.tables import Tables, load_tables
from model.base import Base
from model.errors import DataError

ROWS = [row["row_id"] for row in load_tables().base_table if row["reproduced"] == "yes"]


@pytest.mark.parametrize("row_id", ROWS)
@pytest.mark.parametrize(("member", "scale"), [(0, 1000), (1, 1000), (2, 1000), (3, 1000), (0, 100), (4, 100)])
def test_the_row_is_met(
    tables: Tables, base_of: Callable[[int, int], Base], row_id: str, member: int, scale: int
) -> None:
    """The base has the published or drawn value: firms exactly, yuan to 1e-8, heads to 0.1 % or half an agent."""
    account = next(a for a in opening_accounts(tables, base_of(member, scale)) if a.row_id == row_id)
    assert account.ok, str(account)


def test_rows_that_are_not_reproduced_say_why(tables: Tables) -> None:
    """There are such rows, and each gives a reason."""
    left_out = [row for row in tables.base_table if row["reproduced"] == "no"]
    assert left_out
    assert all(len(row["reason"]) > 20 for row in left_out)


def test_an_account_that_is_not_met_is_seen(tables: Tables, base_of: Callable[[int, int], Base]) -> None:
    """A firm too many yuan and a district budget off by one part in ten million show as not met, and only they."""
    base = base_of(0, 1000)
    made = np.array(base.firms.value_added)
    made[0] *= 1.01
    wrong = replace(base, budget_revenue=base.budget_revenue * (1 + 1e-7), firms=replace(base.firms, value_added=made))
    missed = {account.row_id for account in opening_accounts(tables, wrong) if not account.ok}
    assert {"budget_revenue:yinzhou", "above_scale_va:own_level"} <= missed
    assert "talents:yinzhou" not in missed


def test_a_row_that_nothing_measures_is_an_error(tables: Tables, base_of: Callable[[int, int], Base]) -> None:
    """A row marked reproduced under an unknown name is refused with the near match."""
    odd = replace(tables, base_table=({**tables.base_table[0], "row_id": "gpd:own_level"},))
    with pytest.raises(DataError, match="nothing measures 'gpd:own_level'; did you mean 'gdp'"):
        opening_accounts(odd, base_of(0, 1000))
