"""What `list` and `check` show of this package; each kind loads what it shows."""

from __future__ import annotations

from argparse import Namespace


def list_drawn() -> list[dict[str, str]]:
    """Every uncertain value of the base and of the outside world, with its prior."""
    from calibration.tables import load_tables
    from calibration.uncertainties import describe

    return describe(load_tables(weigh_priors=False))


def _check(_: Namespace) -> list[str]:
    """Check all tables and the opening accounts."""
    from calibration.checking import check

    return check()


LISTS = {"parameters": list_drawn}
CHECKS = (_check,)
