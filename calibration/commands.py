"""The verbs that hold the model against observed data: their flags, and what each does.

At its top it imports what comes with Python and nothing else: the command line is read before anything is installed.
"""

from __future__ import annotations

from argparse import ArgumentParser, Namespace
from pathlib import Path
from typing import TYPE_CHECKING

if TYPE_CHECKING:
    from model.wiring import Wiring


def languages(args: Namespace) -> list[str]:
    """Languages of what is drawn."""
    return ["zh", "en"] if args.lang == "both" else [args.lang]


def flags_validate(parser: ArgumentParser) -> None:
    """Declare what `validate` takes."""
    what = parser.add_mutually_exclusive_group(required=True)
    what.add_argument("--observations", type=Path, metavar="FILE", help="CSV like calibration/scoreboard/template.csv")
    what.add_argument("--past", action="store_true", help="compare the first years with published rates to 2020")
    parser.add_argument("--skip-refused", action="store_true", help="score the other rows where some are refused")


def problems_validate(args: Namespace) -> list[str]:
    """Say whether the file is there."""
    if args.observations is not None and not args.observations.is_file():
        return [f"--observations: {args.observations} is not a file"]
    return []


def run_validate(args: Namespace, wiring: Wiring) -> int:
    """Score a complete study, or the one that the flags of a run define, on observations; or compare past rates."""
    from calibration.scoreboard.validating import checked, compare_past, score

    study = wiring.study(args)
    if study is None:
        # A study that `project` has left under the same flags is the one that is scored.
        as_project = Namespace(**vars(args) | {"verb": "project"})
        question = wiring.question(as_project)
        if args.observations is not None:
            checked(args, question.runner.n_quarters, wiring)
        study = wiring.answer(as_project, question)
    return compare_past(args, study, wiring) if args.past else score(args, study, wiring)
