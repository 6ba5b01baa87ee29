"""Every error that a user can meet, on one page.

All of them survive ``pickle``: the arguments go to ``Exception.__init__`` as they are and the text
is made in ``__str__``, because a bad file met in a worker process must not show as a broken pool.
"""

from __future__ import annotations

import difflib
from collections.abc import Iterable, Sequence


class ProjectError(Exception):
    """A value or a file is wrong; `run.py` prints one line per problem and exits with 1."""

    def __init__(self, problems: Sequence[str] | str) -> None:
        """Keep the problems: one sentence each, saying file, field, what is wrong and what to do."""
        self.problems: tuple[str, ...] = (problems,) if isinstance(problems, str) else tuple(problems)
        super().__init__(self.problems)

    def __str__(self) -> str:
        """All problems, one a line."""
        return "\n".join(self.problems)

    def lines(self) -> list[str]:
        """One line per problem."""
        return list(self.problems)


class DataError(ProjectError):
    """A data table is missing, broken, or says something impossible."""


class ParameterError(ProjectError):
    """A parameter or a prior is unknown or out of bounds."""


class ScenarioError(ProjectError):
    """A scenario file or a combination of scenario files cannot be used."""


class CalibrationError(ProjectError):
    """The base year cannot be balanced from the drawn values."""


class StudyError(ProjectError):
    """A study folder is missing, broken, or defined otherwise than what is asked for."""


class UsageError(ProjectError):
    """A value on the command line is out of range."""


class AccountingError(ProjectError):
    """An identity of the accounts does not hold: a defect of the model, never of the input."""

    def __init__(self, identity: str, quarter: int, gap: float) -> None:
        """Name the identity, the quarter (0 is 2020 Q4) and the gap in its own unit."""
        self.identity, self.quarter, self.gap = identity, quarter, gap
        super().__init__(f"accounts: {identity} is off by {gap:g} in quarter {quarter}; this is a defect of the model")

    def __reduce__(self) -> tuple[type[AccountingError], tuple[str, int, float]]:
        """Rebuild from the three arguments."""
        return (type(self), (self.identity, self.quarter, self.gap))


def near_match(name: str, known: Iterable[str], language: str = "en") -> str:
    """A hint such as ``did you mean 'rd_toolbox_subsidy'?``, or the list of known names when nothing is near."""
    names = sorted(known)
    near = difflib.get_close_matches(name, names, n=1, cutoff=0.6)
    if language == "zh":
        return f"是否想写“{near[0]}”？" if near else f"可用的有：{'、'.join(names)}"
    return f"did you mean '{near[0]}'?" if near else f"known: {', '.join(names)}"
