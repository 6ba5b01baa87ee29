"""Declared parameters: behaviour, with the prior, unit, status and source of every number.

The files of this package are the one home of behavioural numbers. A rule takes the numbers it needs by name.
"""

from __future__ import annotations

from dataclasses import dataclass, fields
from typing import TYPE_CHECKING

from model.errors import ParameterError, near_match
from model.parameters.capital import CapitalParameters
from model.parameters.carriers import CarriersParameters
from model.parameters.declare import Declaration, check_bounds, declarations
from model.parameters.firms import FirmsParameters
from model.parameters.instruments import InstrumentsParameters
from model.parameters.research import ResearchParameters
from model.parameters.talent import TalentParameters
from model.parameters.transport import TransportParameters

if TYPE_CHECKING:
    from model.strata import Draw


@dataclass(frozen=True)
class Parameters(  # one block a theme
    ResearchParameters,
    TalentParameters,
    FirmsParameters,
    CapitalParameters,
    CarriersParameters,
    InstrumentsParameters,
    TransportParameters,
):
    """All behavioural numbers of one member."""

    @classmethod
    def central(cls) -> Parameters:
        """Every parameter at its declared central value."""
        return cls()

    @classmethod
    def draw(cls, seed: int, member: int, draw: Draw | None = None) -> Parameters:
        """Every parameter drawn from its prior, keyed by its own name, so that a new one reshuffles nobody.

        ``draw`` says how; each member for itself where nothing is said.
        """
        from model.strata import independent  # noqa: PLC0415 - keeps the listing of parameters light

        draw = draw or independent
        return cls(
            **{
                item.name: item.prior.quantile(draw(seed, member, f"parameter:{item.name}"))
                for item in declarations(cls)
            }
        )

    @classmethod
    def with_values(cls, **values: float) -> Parameters:
        """Central values with some replaced.

        Raises
        ------
        ParameterError : an unknown name or a value outside the prior's range, all of them at once.
        """
        known = {item.name: item for item in declarations(cls)}
        problems: list[str] = []
        for name, value in values.items():
            if name not in known:
                problems.append(f"parameter {name} does not exist; {near_match(name, known)}")
                continue
            try:
                check_bounds(name, value, known[name].prior)
            except ParameterError as error:
                problems.extend(error.problems)
        if problems:
            raise ParameterError(problems)
        return cls(**values)

    def as_dict(self) -> dict[str, float]:
        """Name to value."""
        return {item.name: getattr(self, item.name) for item in fields(self)}


__all__ = ["Declaration", "Parameters", "declarations"]
