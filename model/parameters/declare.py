"""How a behavioural number is declared: once, with meaning, unit, prior, status and source.

From that one declaration come the check of its bounds, the calibration box, the sensitivity problem and
the appendix of the report.
"""

from __future__ import annotations

import functools
import inspect
import math
from dataclasses import Field, dataclass, field, fields
from typing import Any, Literal

from model.errors import ParameterError
from model.priors import Discrete, Prior

Status = Literal["measured", "borrowed", "assumed"]


@dataclass(frozen=True)
class Declaration:
    """Everything that is known of one parameter."""

    name: str
    symbol: str
    """LaTeX, as the equations of ``model/README.md`` have it."""
    central: float
    meaning: str
    unit: str
    prior: Prior
    status: Status
    source: str
    block: str


def parameter(  # noqa: PLR0913 - one argument for each thing that is to be said of a number
    central: float, meaning: str, *, symbol: str, unit: str, prior: Prior, status: Status, source: str
) -> Any:  # noqa: ANN401 - a dataclass field stands for the float it holds
    """Declare one parameter; the field's default is the central value."""
    said = {"meaning": meaning, "symbol": symbol, "unit": unit, "prior": prior, "status": status, "source": source}
    return field(default=central, metadata=said)


def declarations(owner: type) -> tuple[Declaration, ...]:
    """All declarations of a class of parameters, in order, each with the module of the block that declares it."""
    return _declarations(owner)


@functools.cache
def _declarations(owner: type) -> tuple[Declaration, ...]:
    """Read them off once: every draw of a member asks for them."""
    blocks = {name: base.__module__ for base in owner.__mro__ for name in inspect.get_annotations(base)}
    return tuple(_declaration(item, blocks[item.name].rpartition(".")[2]) for item in fields(owner))


def _declaration(item: Field[Any], block: str) -> Declaration:
    """Read a declaration back from the field of a parameter block."""
    meta = item.metadata
    return Declaration(
        name=item.name,
        symbol=meta["symbol"],
        central=float(item.default),  # type: ignore[arg-type]
        meaning=meta["meaning"],
        unit=meta["unit"],
        prior=meta["prior"],
        status=meta["status"],
        source=meta["source"],
        block=block,
    )


def check_bounds(name: str, value: float, prior: Prior) -> None:
    """Refuse a value outside the prior's support.

    Raises
    ------
    ParameterError : names the parameter, the value and the bounds.
    """
    low, high = prior.support()
    slack = 1e-9 * abs(value)
    if not (math.isfinite(value) and low - slack <= value <= high + slack):
        raise ParameterError(f"parameter {name}: {value:g} is outside its prior's range {low:g} to {high:g}")
    if isinstance(prior, Discrete) and value not in prior.values:
        raise ParameterError(f"parameter {name}: {value:g} is none of {prior.values}")
