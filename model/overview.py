"""What `list` and `check` show of this package; each kind loads what it shows."""

from __future__ import annotations

from argparse import Namespace
from dataclasses import asdict
from typing import Any

Row = dict[str, Any]


def list_indicators() -> list[Row]:
    """Every indicator under each of its definitions, with its unit."""
    from model.indicators import all_indicators

    return [asdict(info) for info in all_indicators()]


def list_parameters() -> list[Row]:
    """Every declared parameter with unit, bounds, prior, status and source."""
    from model.parameters import Parameters, declarations

    return [vars(item) for item in declarations(Parameters)]


def _check(args: Namespace) -> list[str]:
    """Hold the table of parameters in the ODD description against the declarations."""
    from model.odd import check_odd

    return [check_odd(write=args.write)]


LISTS = {"indicators": list_indicators, "parameters": list_parameters}
CHECKS = (_check,)
