"""What `check` shows of this package: all tables and the opening accounts checked."""

from __future__ import annotations

from pathlib import Path

from calibration.base_2020 import build_base, draw_uncertain
from calibration.fitting.evidence import ROLES, load_evidence
from calibration.flows import net_change
from calibration.members import data_hash
from calibration.opening import Account, opening_accounts
from calibration.tables import DATA_DIR, Tables, load_tables
from model.errors import CalibrationError

CHECK_SCALE = 1000


def check(data_dir: Path = DATA_DIR) -> list[str]:
    """Check all tables and the opening accounts of the central base; one summary line each.

    Raises
    ------
    DataError : the tables are broken; every problem at once.
    CalibrationError : an opening account is not met.
    """
    tables = load_tables(data_dir)
    accounts = central_accounts(tables)
    missed = [str(account) for account in accounts if not account.ok]
    if missed:
        raise CalibrationError([f"base 2020: {line}" for line in missed])
    left_out = sum(row["reproduced"] == "no" for row in tables.base_table)
    drawn = len(tables.uncertain), len(tables.outside)
    change = net_change(tables, central_draw(tables))
    return [
        f"{tables.label}: {len(tables.rows)} tables, {sum(tables.rows.values())} rows, hash {data_hash(data_dir)[:12]}",
        f"cities: {', '.join(city.name for city in tables.cities)}; {len(tables.clusters)} clusters",
        f"values with a prior: {drawn[0]} of the base, {drawn[1]} of the outside world",
        _evidence(data_dir),
        f"opening accounts: all {len(accounts)} rows are met; {left_out} more say why they are not reproduced",
        f"talents of the base year, central values: net change {change:+,.0f} persons",
    ]


def _evidence(data_dir: Path) -> str:
    """How many facts there are of each role."""
    roles = [fact.role for fact in load_evidence(data_dir)]
    return f"evidence: {', '.join(f'{roles.count(role)} facts {role}' for role in ROLES)}".replace("_", " ")


def central_draw(tables: Tables) -> dict[str, float]:
    """Every uncertain base value at its centre."""
    return draw_uncertain(tables, 0, 0, central=True)


def central_accounts(tables: Tables) -> list[Account]:
    """Opening accounts of the base at central values."""
    return opening_accounts(tables, build_base(tables, central_draw(tables), CHECK_SCALE))
