"""What the command line shows of the data."""

from __future__ import annotations

from pathlib import Path

import pytest

from calibration.checking import check
from calibration.tables import load_tables
from calibration.uncertainties import describe
from model.errors import CalibrationError, DataError


def test_check_sums_up_tables_and_opening_accounts(data_copy: Path) -> None:
    """The summary names the tables, the cities and how many accounts are met."""
    lines = check(data_copy)
    assert lines[0].startswith("calibration/data: 32 tables")
    assert "yinzhou, shanghai, hangzhou" in lines[1]
    assert any("opening accounts: all 52 rows are met; 12 more say why" in line for line in lines)


def test_check_refuses_an_account_that_is_not_met(data_copy: Path) -> None:
    """A published value that the base is not built from shows as not met."""
    path = data_copy / "base_table.csv"
    text = path.read_text(encoding="utf-8")
    assert 'champions:yinzhou,市级及以上单项冠军,"Single champions, city level and up",27' in text
    path.write_text(text.replace('city level and up",27', 'city level and up",28'), encoding="utf-8")
    with pytest.raises(CalibrationError, match="wanted 28, found 27, NOT MET"):
        check(data_copy)


def test_check_refuses_broken_tables(data_copy: Path) -> None:
    """A missing table is an error, not a summary."""
    (data_copy / "clusters.csv").unlink()
    with pytest.raises(DataError, match=r"clusters\.csv: the file is missing"):
        check(data_copy)


def test_describe_lists_every_value_in_the_unit_of_its_prior(data_copy: Path) -> None:
    """Own-level industrial value added is listed as 30.7 bn yuan with its prior, status and source."""
    rows = {row["name"]: row for row in describe(load_tables(data_copy))}
    assert rows["own_level_industrial_va"]["central"] == "30.7"
    assert rows["own_level_industrial_va"]["unit"] == "bn yuan"
    assert rows["own_level_industrial_va"]["prior"] == "Triangular(30.0,30.7,31.5)"
    assert all(row["status"] in ("measured", "borrowed", "assumed") and row["source"] for row in rows.values())
    assert {"gdp_growth", "rd_intensity", "patents_per_10k", "zone_patents"} <= rows.keys()
