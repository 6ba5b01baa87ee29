"""Flags that mean the same in every verb, and the verbs that ask every package: `check` and `list`.

Like every `commands.py` it imports at its top what comes with Python and nothing else: the command line is read before
anything is installed.
"""

from __future__ import annotations

import os
from argparse import ArgumentParser, Namespace
from functools import partial
from pathlib import Path
from typing import TYPE_CHECKING

if TYPE_CHECKING:
    from model.wiring import Wiring

STUDIES = Path(__file__).resolve().parents[1] / "outputs" / "studies"
FOUR = ["baseline", "plan", "strong", "stalled"]
SIZES = {"members": 100, "scale": 100, "to": 2025}
SMOKE_SIZES = {"members": 4, "scale": 1000, "to": 2022}
BOUNDS = {"members": (1, 10**7), "scale": (1, 7000), "workers": (1, 999), "seed": (0, 2**62), "to": (2021, 2035)}
WHY = {"scale": "; above it firms of the other cities are so few that one member in six cannot be balanced"}
"""Of 300 members none fails at 1:7000 and 53 fail at 1:8000."""
KINDS = ("scenarios", "levers", "targets", "definitions", "indicators", "parameters", "charts")


def cores() -> int:
    """Processor cores that this process may use."""
    return len(os.sched_getaffinity(0)) if hasattr(os, "sched_getaffinity") else os.cpu_count() or 1


def shared_flags(parser: ArgumentParser, groups: str) -> None:
    """Declare flags that several verbs share.

    Parameters
    ----------
    groups : words of ``run`` (all that simulating takes), ``lang``, ``studies``.
    """
    for group in groups.split():
        {"run": _run_flags, "lang": _lang_flags, "studies": _studies_flags}[group](parser)


def _run_flags(parser: ArgumentParser) -> None:
    add, yes = parser.add_argument, partial(parser.add_argument, action="store_true")
    add("--scenarios", nargs="+", default=FOUR, metavar="S", help="ids or files (default: all four)")
    add("--members", type=int, help="runs per scenario (default: 100)")
    add("--seed", type=int, default=2020, help="where the luck starts (default: 2020)")
    add("--scale", type=int, help="persons per agent, 1 to 7000 (default: 100)")
    add("--to", type=int, metavar="YEAR", help="last year (default: 2025)")
    add("--workers", type=int, default=cores(), help=f"processes (default: one per core, here {cores()})")
    add("--scheduler", metavar="ADDRESS", help="a dask.distributed scheduler to run on instead")
    add("--targets", type=Path, metavar="FILE", help="your own target values")
    add("--study", metavar="NAME", help="name of the study (default: made from what defines it)")
    yes("--check", help="check the accounts of every agent in every quarter")
    yes("--dry-run", help="say the runs, time and disk foreseen, and stop")
    yes("--prior", help="draw from the priors even where a posterior has been accepted")
    add("--posterior", type=Path, metavar="DIR", help="an accepted posterior elsewhere than in calibration/data")
    yes("--stale-posterior", help="use it even though the tables have changed since it was fitted")
    yes("--smoke", help="a tiny run: 4 members, scale 1000, to 2022")
    yes("--quiet", help="no progress on stderr")


def _lang_flags(parser: ArgumentParser) -> None:
    parser.add_argument("--lang", choices=["zh", "en", "both"], default="both", help="of what is drawn")


def languages(args: Namespace) -> list[str]:
    """Languages of what is drawn and written, as `--lang` says."""
    return ["zh", "en"] if args.lang == "both" else [args.lang]


def _studies_flags(parser: ArgumentParser) -> None:
    parser.add_argument("--studies-dir", type=Path, default=STUDIES, metavar="DIR", help="where studies lie")
    parser.add_argument("--design", type=Path, metavar="FILE", help="YAML file with flags, which others here override")


def fill_sizes(args: Namespace) -> None:
    """Give the sizes that were not said: tiny ones with ``--smoke``."""
    args.members_said = getattr(args, "members", None) is not None
    for name, size in (SMOKE_SIZES if getattr(args, "smoke", False) else SIZES).items():
        if getattr(args, name, size) is None:
            setattr(args, name, size)


def problems(args: Namespace) -> list[str]:
    """List everything that is wrong with the values of the shared flags, a sentence each."""
    given = vars(args)
    found = [
        f"--{name}: {given[name]} is not between {low} and {high}{WHY.get(name, '')}"
        for name, (low, high) in BOUNDS.items()
        if name in given and not low <= given[name] <= high
    ]
    ids = given.get("scenarios") or []
    found += [f"--scenarios: {name} is given twice" for name in dict.fromkeys(ids) if ids.count(name) > 1]
    study, studies, targets = (given.get(name) for name in ("study", "studies_dir", "targets"))
    if study is not None and (study.strip(". ") != study or not study or set(study) & set('/\\:*?"<>|')):
        found.append(f'study: "{study}" cannot be the name of a folder')
    if studies is not None and studies.exists() and not studies.is_dir():
        found.append(f"--studies-dir: {studies} is not a folder")
    posterior = given.get("posterior")
    if posterior is not None and not posterior.is_dir():
        found.append(f"--posterior: {posterior} is not a folder; name one that `accept` has written")
    if targets is not None and not targets.is_file():
        found.append(f"--targets: {targets} is not a file")
    return found


def example(verb: str) -> str:
    """Give an example of a verb, as it stands behind ``python3 run.py``."""
    from model.examples import EXAMPLES

    return EXAMPLES[verb]


def flags_completion(parser: ArgumentParser) -> None:
    """Declare what `completion` takes."""
    parser.add_argument("shell", choices=["bash", "zsh", "tcsh"], help="PowerShell and cmd have none")


def run_completion(args: Namespace, wiring: Wiring) -> int:
    """Print what completes verbs and flags in a shell, for the command `run.py`."""
    import shtab

    wiring.show(shtab.complete(wiring.command_line(), shell=args.shell))
    return 0


def flags_check(parser: ArgumentParser) -> None:
    """Declare what `check` takes."""
    parser.add_argument("files", nargs="*", help="scenario files of your own to check too")
    parser.add_argument(
        "--write",
        action="store_true",
        help="write again what is stale: the schema for editors, the parameters in the ODD",
    )


def run_check(args: Namespace, wiring: Wiring) -> int:
    """Check all data and all scenarios, run nothing; problems of all parts come at once."""
    from model.errors import ProjectError

    told: list[str] = []
    for overview in wiring.overviews():
        for part in getattr(overview, "CHECKS", ()):
            try:
                for line in part(args):
                    wiring.show(line)
            except ProjectError as error:
                told += error.lines()
    if told:
        raise ProjectError(told)
    return 0


def flags_list(parser: ArgumentParser) -> None:
    """Declare what `list` takes."""
    parser.add_argument("what", nargs="?", choices=KINDS)


def run_list(args: Namespace, wiring: Wiring) -> int:
    """List what there is; without a kind, how many of each."""
    lists = [overview.LISTS for overview in wiring.overviews()]
    for kind in [args.what] if args.what else KINDS:
        rows = [row for found in lists if kind in found for row in found[kind]()]
        if args.what is None:
            wiring.show(f"{kind:12} {len(rows)}")
            continue
        for row in rows:
            first, *rest = ((key, value) for key, value in row.items() if str(value) not in {"", "None"})
            wiring.show(str(first[1]))
            for key, value in rest:
                if not (args.lang != "both" and key.endswith({"zh": "_en", "en": "_zh"}[args.lang])):
                    wiring.show(f"    {key}: {value}")
    return 0
