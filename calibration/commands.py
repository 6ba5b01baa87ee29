"""The verbs that hold the model against observed data: their flags, and what each does.

At its top it imports what comes with Python and nothing else: the command line is read before anything is installed.
"""

from __future__ import annotations

from argparse import ArgumentParser, Namespace
from pathlib import Path
from typing import TYPE_CHECKING

if TYPE_CHECKING:
    from model.wiring import Wiring


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
        if args.dry_run:
            for line in wiring.foreseen(question, args.members, args.workers):
                wiring.show(line)
            return 0
        study = wiring.answer(as_project, question)
    return compare_past(args, study, wiring) if args.past else score(args, study, wiring)


def flags_calibrate(parser: ArgumentParser) -> None:
    """Declare what `calibrate` takes; runs end in 2021, with the evidence, and are small."""
    parser.set_defaults(to=2021, scale=1000, scenarios=["baseline"], members=None)
    add = parser.add_argument
    add("--trajectories", type=int, help="of the Morris screen (default: 6)")
    add("--points", type=int, help="of the first wave, a power of two; half as many in the second (default: 256)")
    add("--keep", type=int, help="inputs that the screen keeps (default: 15)")
    add("--steps", type=int, help="of each walker of the sampler (default: 1500)")
    add("--rows", type=int, help="of the sample (default: 2000)")
    add("--recovery", type=int, help="values planted on the emulator (default: 200)")
    add("--recovery-runs", type=int, help="values planted in the model itself (default: 20)")
    add("--vintage", choices=["first_published", "revised"], default="first_published", help="of GDP in the evidence")
    add("--known-by", default="2022-04", metavar="MONTH", help="facts published later are compared, not fitted")


def problems_calibrate(args: Namespace) -> list[str]:
    """Give the sizes that were not said, and say which make no calibration."""
    from calibration.fitting.sizes import FULL, SMOKE

    for name, size in (SMOKE if args.smoke else FULL).items():
        if getattr(args, name) is None or (name == "members" and not args.members_said):
            setattr(args, name, size)
    lowest = {"trajectories": 2, "points": 10, "keep": 1, "steps": 30, "rows": 20, "recovery": 0, "recovery_runs": 0}
    found = [
        f"--{name.replace('_', '-')}: {getattr(args, name)} is less than {low}"
        for name, low in lowest.items()
        if getattr(args, name) < low
    ]
    if args.to != 2021:
        found.append(f"--to: {args.to} is not 2021, where the evidence ends")
    if len(args.scenarios) != 1:
        found.append("--scenarios: one alone, the policy that was in force")
    return found


def run_calibrate(args: Namespace, wiring: Wiring) -> int:
    """Fit base, parameters and outside world to the evidence; leaves a candidate for a person to accept."""
    from calibration.fitting.calibrating import calibrate

    return calibrate(args, wiring)


def flags_accept(parser: ArgumentParser) -> None:
    """Declare what `accept` takes."""
    parser.add_argument("candidate", type=Path, help="folder that `calibrate` has named")
    parser.add_argument("--by", required=True, metavar="NAME", help="who accepts")
    parser.add_argument("--note", default="", metavar="TEXT", help="why, or with which doubts")
    parser.add_argument("--into", type=Path, metavar="DIR", help="default: calibration/data/posterior")


def problems_accept(args: Namespace) -> list[str]:
    """Say whether nobody is named."""
    return [] if args.by.strip() else ["--by: is empty; a person accepts, and the posterior bears the name"]


def run_accept(args: Namespace, wiring: Wiring) -> int:
    """Make a candidate the posterior that every verb draws from; commit the folder to keep it."""
    from calibration.fitting.accepting import accept

    for line in accept(args.candidate, args.by, args.note, args.into):
        wiring.show(line)
    return 0


def flags_identify(parser: ArgumentParser) -> None:
    """Declare what `identify` takes."""
    add = parser.add_argument
    add("--ends", action="store_true", help="run each unmoved value at both ends of its prior, all else as drawn")
    add("--only", nargs="+", default=[], metavar="INPUT", help="with --ends: these values, and no screen")
    add("--keep", type=int, help="with --ends: values that its screen keeps (default: 6)")
    add("--screen-members", type=int, help="with --ends: members at each end in the screen (default: 1)")


def problems_identify(args: Namespace) -> list[str]:
    """Give the sizes of --ends that were not said, and say which are too small."""
    from calibration.fitting.sizes import ENDS, SMOKE_ENDS

    if not args.ends:
        found = [
            f"{flag}: needs --ends"
            for flag, given in (
                ("--only", args.only),
                ("--keep", args.keep is not None),
                ("--screen-members", args.screen_members is not None),
            )
            if given
        ]
        if args.members < 50 and not args.smoke:
            found.append(f"--members: {args.members} is less than 50, too few to cut into fifths")
        return found
    for name, size in (SMOKE_ENDS if args.smoke else ENDS).items():
        if getattr(args, name) is None or (name == "members" and not args.members_said):
            setattr(args, name, size)
    lowest = {"members": 2, "screen_members": 1, "keep": 1}
    return [
        f"--{name.replace('_', '-')}: {getattr(args, name)} is less than {low}"
        for name, low in lowest.items()
        if getattr(args, name) < low
    ]


def run_identify(args: Namespace, wiring: Wiring) -> int:
    """Say which values the evidence moved, and which chances and orders hang on the others."""
    from calibration.fitting.identifying import identify
    from calibration.fitting.identifying_ends import identify_ends

    return identify_ends(args, wiring) if args.ends else identify(args, wiring)
