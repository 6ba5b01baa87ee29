"""The study that a verb is asked about: the one that is named, or the one that its flags make."""

from __future__ import annotations

from argparse import Namespace
from pathlib import Path

from model.commands import FOUR
from model.wiring import Wiring
from outputs.answering import answer
from outputs.design import foreseen
from outputs.store import Study
from outputs.variance import refuse_design


def study_or_run(args: Namespace, wiring: Wiring) -> Study | None:
    """Open the study that ``args.read`` names, or run ``--scenarios`` as `project` runs them, into the same study.

    Returns
    -------
    The complete study; None after ``--dry-run``, which has then been told.

    Raises
    ------
    ProjectError : there is no such study, it holds a part of the members or a design, or it cannot be run.
    """
    if args.read:
        return opened(args.studies_dir, args.read)
    asked = Namespace(**vars(args) | {"verb": "project", "scenarios": args.scenarios or FOUR})
    question = wiring.question(asked)
    if args.dry_run:
        for line in foreseen(question.runner, args.members, args.workers):
            wiring.show(line)
        return None
    return answer(asked, question, wiring)


def opened(studies_dir: Path, name: str) -> Study:
    """Open a whole study by its name, or by the path of its folder.

    Raises
    ------
    StudyError : there is none, it holds some of the members only, or its members share draws by design.
    """
    inside = studies_dir / name
    study = Study.open_whole(inside if inside.is_dir() or not Path(name).is_dir() else Path(name))
    refuse_design(study)
    return study
