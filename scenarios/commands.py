"""The verbs that write scenarios and look for lever paths: their flags, and what each does.

At its top it imports what comes with Python and nothing else: the command line is read before anything is installed.
"""

from __future__ import annotations

from argparse import ArgumentParser, Namespace
from pathlib import Path
from typing import TYPE_CHECKING

if TYPE_CHECKING:
    from model.wiring import Wiring

LEARN = {"members": 18, "paths": 64, "anchor": 200}
SMOKE_LEARN = {"members": 4, "paths": 12, "anchor": 8}
SEEK = {"generations": 300, "population": 100, "candidates": 8}
SMOKE_SEEK = {"generations": 5, "population": 20, "candidates": 2}


def flags_learn(parser: ArgumentParser) -> None:
    """Declare what `learn` takes; the library's scenarios are among its paths."""
    parser.set_defaults(scenarios=None)
    parser.add_argument("--paths", type=int, metavar="N", help="designed lever paths (default: 64)")
    parser.add_argument("--anchor", type=int, metavar="N", help="members under the policy of 2020 alone (default: 200)")


def problems_learn(args: Namespace) -> list[str]:
    """Give the sizes that were not said, and say which are too small to cross-validate."""
    sizes = SMOKE_LEARN if args.smoke else LEARN
    if not args.members_said:
        args.members = sizes["members"]
    args.paths = sizes["paths"] if args.paths is None else args.paths
    args.anchor = sizes["anchor"] if args.anchor is None else args.anchor
    found = [] if args.members > 1 else ["--members: 1 is too few to train on; give 2 or more"]
    if args.anchor < args.members:
        found.append(f"--anchor: {args.anchor} is less than the {args.members} members of training")
    if args.scenarios:
        found.append("--scenarios: the paths of a training study are its own; say how many with --paths")
    return found if args.paths >= 5 else [*found, f"--paths: {args.paths} is less than 5"]


def run_learn(args: Namespace, wiring: Wiring) -> int:
    """Run a training study of many lever paths, train the emulator on it and cross-validate it."""
    from scenarios.learning import learn

    return learn(args, wiring)


def flags_emulate(parser: ArgumentParser) -> None:
    """Declare what `emulate` takes."""
    parser.add_argument("trained", metavar="STUDY", help="name of a study that `learn` made")
    parser.add_argument("scenarios", nargs="+", metavar="S", help="ids or files of scenarios")


def run_emulate(args: Namespace, wiring: Wiring) -> int:
    """Say what the model would answer under lever settings that were not run, with the emulator's error."""
    from scenarios.emulating import emulate

    return emulate(args, wiring)


def flags_seek(parser: ArgumentParser) -> None:
    """Declare what `seek` takes beside the flags of every run; its members are fresh ones."""
    parser.set_defaults(scenarios=None, seed=2021)
    add = parser.add_argument
    add("trained", metavar="STUDY", help="name of a study that `learn` made")
    add("--chance", type=float, default=0.5, metavar="P", help="that all targets are met, wanted (default: 0.5)")
    add("--budget", type=float, metavar="BN", help="cap of the added cost to the last year, bn yuan")
    add("--payer", choices=["all", "district"], default="all", help="whose cost is kept low and capped (default: all)")
    add("--no-cuts", action="store_true", help="no lever goes below its level of 2020")
    add("--candidates", type=int, metavar="N", help="paths of the frontier to run in the model (default: 8)")
    add("--generations", type=int, metavar="N", help="of the search (default: 300)")
    add("--population", type=int, metavar="N", help="of the search (default: 100)")


def problems_seek(args: Namespace) -> list[str]:
    """Give the sizes that were not said, and say which values make no search."""
    for name, size in (SMOKE_SEEK if args.smoke else SEEK).items():
        if getattr(args, name) is None:
            setattr(args, name, size)
    least = {"candidates": 1, "generations": 1, "population": 4}
    found = [
        f"--{name}: {getattr(args, name)} is less than {low}"
        for name, low in least.items()
        if getattr(args, name) < low
    ]
    if not 0.0 < args.chance < 1.0:
        found.append(f"--chance: {args.chance} is not between 0 and 1")
    if args.budget is not None and args.budget < 0.0:
        found.append(f"--budget: {args.budget} is less than 0")
    if args.scenarios:
        found.append("--scenarios: `seek` makes its own paths; leave it out")
    return found


def run_seek(args: Namespace, wiring: Wiring) -> int:
    """Seek the cheapest lever path with the chance wanted, and run what was found in the model on fresh members."""
    from scenarios.seeking import seek

    return seek(args, wiring)


def flags_template(parser: ArgumentParser) -> None:
    """Declare what `template` takes."""
    parser.add_argument("workbook", type=Path, metavar="FILE.xlsx", help="to write")
    parser.add_argument("--scenario", metavar="S", help="id or file of a scenario to fill in (default: empty)")
    parser.add_argument("--overwrite", action="store_true", help="write over a workbook that is there")


def problems_template(args: Namespace) -> list[str]:
    """Say that the file must be a workbook."""
    return _not_a_workbook(args.workbook)


def run_template(args: Namespace, wiring: Wiring) -> int:
    """Write a workbook in which a scenario is filled in."""
    from scenarios.template import template

    return template(args, wiring)


def flags_import(parser: ArgumentParser) -> None:
    """Declare what `import` takes."""
    parser.add_argument("workbook", type=Path, metavar="FILE.xlsx", help="that `template` wrote, filled in")
    parser.add_argument("--into", type=Path, metavar="FILE.yaml", help="scenario file (default: beside, same name)")
    parser.add_argument("--overwrite", action="store_true", help="write over a scenario file that is there")


def problems_import(args: Namespace) -> list[str]:
    """Say that one file must be a workbook and the other a scenario file."""
    found = _not_a_workbook(args.workbook)
    if args.into and args.into.suffix not in {".yaml", ".yml"}:
        found.append(f"--into: {args.into} is no name of a scenario file; end it with .yaml")
    return found


def run_import(args: Namespace, wiring: Wiring) -> int:
    """Turn a filled workbook into a scenario file."""
    from scenarios.importing import import_workbook

    return import_workbook(args, wiring)


def _not_a_workbook(path: Path) -> list[str]:
    """Say that a file has no name of a workbook."""
    return [] if path.suffix.lower() == ".xlsx" else [f"{path}: is no name of a workbook; end it with .xlsx"]
