"""What a verb of one package may ask of the packages that it does not know; `run.py` alone fills it in.

A verb is ``run_<verb>(args, wiring) -> int`` in the ``commands.py`` of its package, beside ``flags_<verb>(parser)`` for
flags of its own and ``problems_<verb>(args) -> list[str]`` for what can be wrong with their values.
"""

from __future__ import annotations

import hashlib
from argparse import ArgumentParser, Namespace
from collections.abc import Mapping, Sequence
from dataclasses import dataclass, field
from pathlib import Path
from types import ModuleType
from typing import TYPE_CHECKING, Protocol

import numpy as np
from numpy.typing import NDArray

from model.answers import Answer, ScenarioRead
from model.coalitions import Coalitions
from model.delays import Delays
from model.factors import Factor
from model.observed import Observed
from model.points import Points
from model.policy import PolicyPath
from model.targets import Target
from model.uncertainties import Uncertainty

if TYPE_CHECKING:
    import pandas as pd

    from model.ensemble import BatchRunner  # it knows the economy: mesa and pandas come with it
    from model.lever_settings import LeverSettings


VERSION = "0.1.0"
STALE = "fitted to other tables"
"""What `DefinitionRead.drawn_from` says of a posterior that is older than the tables."""


def code_version() -> str:
    """Version, and a hash of the code that makes numbers and of definitions: other code makes another study."""
    root = Path(__file__).resolve().parents[1]
    kinds = [("model", "*.py"), ("model", "*.csv"), ("calibration", "*.py"), ("scenarios", "*.py")]
    files = sorted(path for name, kind in kinds for path in (root / name).rglob(kind))
    digest = hashlib.sha256("".join(path.read_text("utf-8") for path in files).encode())
    return f"{VERSION}+{digest.hexdigest()[:12]}"


@dataclass(frozen=True)
class Question:
    """What is to be simulated, and what its numbers depend on beside the flags."""

    paths: tuple[PolicyPath, ...]
    words: Mapping[str, str]
    """What to write behind ``--scenarios`` to get a path alone, by scenario; a path made otherwise has no word."""
    targets: tuple[Target, ...]
    runner: BatchRunner
    data_hash: str
    code_version: str
    drawn_from: Mapping[str, str] = field(default_factory=dict)
    """Where the members' values come from beside the priors: part of what defines the study."""
    observed: tuple[Observed, ...] = ()
    """Published values that its charts show; they change no number, and the study keeps them beside its results."""


@dataclass(frozen=True)
class Likelihood:
    """What a file of observations says of the members of one scenario."""

    log: NDArray[np.float64]
    """(n_members,) log-likelihood, in the order of finished members; minus infinity where a member is ruled out."""
    used: tuple[str, ...]
    """The observations, a line each."""
    left_out: tuple[str, ...]
    """Those that cannot be compared, and weigh nothing."""
    surprising: tuple[str, ...]
    """Those to which the ensemble gave next to no chance."""
    of_the_fit: tuple[str, ...] = ()
    """Those of a time whose evidence the members' posterior was fitted to: what they say may count twice."""


@dataclass(frozen=True)
class Supplement:
    """What a verb adds to a complete study: a folder of its own in it, with tables and charts of them."""

    folder: str
    """Below the folder of the study; its last part carries a hash of what it rests on, so nothing else bears it."""
    about: Mapping[str, object]
    """What defines it beside the study, for its manifest."""
    tables: Mapping[str, pd.DataFrame]
    charts: Sequence[str]
    """Ids of charts; each knows which of the tables it draws."""
    texts: Mapping[str, str] = field(default_factory=dict)
    """File name -> what it holds, such as a scenario file."""
    digits: int = 10
    """Significant digits of the tables; 17 lose nothing."""


class Wiring(Protocol):
    """The rest of the project, as a verb sees it."""

    def show(self, line: str) -> None:
        """Write a line of the result to stdout."""
        ...

    def say(self, line: str) -> None:
        """Tell the person at the terminal, on stderr, how far it is and where things lie; ``--quiet`` drops it."""
        ...

    def warn(self, line: str) -> None:
        """Tell the person at the terminal, on stderr, what failed or is doubtful; ``--quiet`` does not drop it."""
        ...

    def command_line(self) -> ArgumentParser:
        """All verbs with all their flags, as the command line reads them."""
        ...

    def overviews(self) -> Sequence[ModuleType]:
        """What each package says of itself: ``LISTS`` by kind, and ``CHECKS`` where it has any."""
        ...

    def uncertainties(self) -> Sequence[Uncertainty]:
        """Every value that members draw, with its meaning in Chinese and English and its unit."""
        ...

    def factors(self, args: Namespace) -> Sequence[Factor]:
        """Every input that a sensitivity analysis can move by ``args.to``, with its marginal distribution.

        Raises
        ------
        DataError : the tables or the posterior are broken.
        """
        ...

    def question(self, args: Namespace, paths: Sequence[PolicyPath] = (), points: Points | None = None) -> Question:
        """What the shared flags of a simulating verb ask for.

        Parameters
        ----------
        paths : these in place of ``--scenarios``, where there are any.
        points : values of chosen inputs, member by member; ``args.members`` must be ``points.n_members``.

        Raises
        ------
        ProjectError : a scenario, a target or a table is wrong.
        """
        ...

    def delays(self, args: Namespace) -> Delays:
        """Every later start of the levers or families, by ``args.by``, of the scenario in ``args.scenarios``.

        Raises
        ------
        ScenarioError : the scenario is wrong, or does not move what ``args.only`` names.
        """
        ...

    def coalitions(self, args: Namespace) -> Coalitions:
        """Coalitions of the levers of the scenario in ``args.scenarios``, against ``args.against``, by ``args.by``.

        Raises
        ------
        ScenarioError : a scenario is wrong, or the two set all levers alike.
        """
        ...

    def lever_settings(self, args: Namespace) -> LeverSettings:
        """Settings of levers, with the emulator of the study of `learn` that ``args.trained`` names.

        Raises
        ------
        StudyError : it is not there, not complete, or another verb made it.
        """
        ...

    def answer(self, args: Namespace, question: Question) -> Answer:
        """Run what is missing of the study that the flags and the question define, and give it back complete.

        Raises
        ------
        StudyError : the name stands for another study, or the disk is full.
        """
        ...

    def foreseen(self, question: Question, members: int, workers: int) -> Sequence[str]:
        """Runs, time and disk that the answer to a question will take, a line each."""
        ...

    def study(self, args: Namespace) -> Answer | None:
        """The complete study that ``--study`` names, as it lies there; None where there is none of that name.

        Raises
        ------
        StudyError : it cannot be read, or holds only some of the members.
        """
        ...

    def add(self, study: Answer, supplement: Supplement, languages: Sequence[str]) -> Path:
        """Write tables, charts and a manifest into a folder of the study, and give it back; the same bytes each time.

        Raises
        ------
        StudyError : the disk is full.
        """
        ...

    def likelihood(self, observations: Path, study: Answer, scenario_id: str) -> Likelihood:
        """How likely a file of observations is under each member of a scenario of a complete study.

        Raises
        ------
        DataError : the file is broken, or holds what the model computes nothing to compare with.
        """
        ...

    def grid(self, title: str, header: Sequence[str], rows: Sequence[Sequence[str]]) -> None:
        """Write a table to stdout, its columns aligned."""
        ...


__all__ = ["STALE", "Answer", "Likelihood", "Question", "ScenarioRead", "Supplement", "Wiring", "code_version"]
