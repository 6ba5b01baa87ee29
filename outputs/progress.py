"""Storing batches as they finish, and saying how far the study is."""

from __future__ import annotations

import sys
from collections.abc import Callable, Sequence
from typing import Self

from rich.console import Console
from rich.progress import BarColumn, MofNCompleteColumn, TextColumn, TimeRemainingColumn
from rich.progress import Progress as Bar

from model.ensemble import Batch, Outcome
from outputs.failures import Failure
from outputs.store import Study

TENTH = 10.0


class Progress:
    """A sink of batches with a bar on a terminal, and a line for every tenth of the way elsewhere, on stderr."""

    def __init__(
        self, study: Study, batches: Sequence[Batch], repeat: Callable[[str, int], str], *, quiet: bool
    ) -> None:
        """Count from nought.

        Parameters
        ----------
        batches : that will be run.
        repeat : (scenario, member) to the command that runs it alone, for those that fail.
        quiet : neither bar nor lines.
        """
        self.study, self.repeat = study, repeat
        self.console = Console(file=sys.stderr)
        columns = (TextColumn("runs"), BarColumn(), MofNCompleteColumn(), TextColumn("left"), TimeRemainingColumn())
        self.bar = Bar(*columns, console=self.console, disable=quiet or not self.console.is_terminal)
        self.total = sum(len(batch.members) * len(batch.scenario_ids) for batch in batches)
        self.task = self.bar.add_task("runs", total=self.total)
        self.done, self.told = 0, 0.0
        self.silent = quiet or self.console.is_terminal

    def __enter__(self) -> Self:
        self.bar.start()
        return self

    def __exit__(self, *_: object) -> None:
        self.bar.stop()

    def write(self, outcome: Outcome) -> None:
        """Store a batch, then count it."""
        failures = [
            Failure(
                scenario_id=fault.scenario_id,
                member=fault.member,
                error=fault.error,
                command=self.repeat(fault.scenario_id, fault.member),
                trace=fault.trace,
            )
            for fault in outcome.failures
        ]
        self.study.write_batch(outcome.results, failures)
        self.done += len(outcome.results) + len(failures)
        self.bar.update(self.task, completed=self.done)
        share = 100.0 * self.done / self.total
        if not self.silent and share >= self.told + TENTH:
            self.told = share
            self.console.print(f"{self.done} of {self.total} runs", highlight=False)
