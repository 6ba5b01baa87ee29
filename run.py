"""Set-up, command line and wiring of the simulation: `python3 run.py` does the main job.

The standard library alone is imported at the top, so that this file starts on a fresh machine: it
makes `.venv` beside itself, installs the hashed lock there and runs itself again inside. With
`YINZHOU_ENV=own` in the environment it skips that and uses the Python that started it.
"""

import argparse
import contextlib
import hashlib
import io
import json
import os
import subprocess
import sys
import traceback
from collections.abc import Callable, Iterator, Sequence
from pathlib import Path
from typing import TYPE_CHECKING, Any

if TYPE_CHECKING:
    from calibration.members import MemberSource
    from model.policy import PolicyPath

if sys.version_info < (3, 11):  # noqa: UP036  (older Pythons do start this file, and deserve a sentence)
    sys.exit(f"error: Python 3.11 or newer is needed, this is {sys.version.split()[0]}; use a newer one")

ROOT = Path(__file__).resolve().parent
ENV = ROOT / ".venv"
STAMP = "installed-locks.json"
SIZES = {"members": 100, "scale": 100, "to": 2025}
SMOKE_SIZES = {"members": 4, "scale": 1000, "to": 2022}
BOUNDS = {"members": (1, 10**7), "scale": (1, 10**4), "workers": (1, 999), "seed": (0, 2**62)}
YEARS = (2021, 2035)
VERSION = "0.1.0"
PASS_ON = {"test": "tests/gate.py", "benchmark": "tests/benchmarks/run.py"}


def say(text: str) -> None:
    """Write a line for the person at the terminal; stdout is kept for results."""
    print(text, file=sys.stderr, flush=True)


# --- set-up -------------------------------------------------------------------------------------


def lock_hashes(env: Path, verb: str) -> dict[str, str]:
    """Hash the locks a verb needs, line ends aside; the developers' one, last, holds all of the other."""
    names = ["requirements.txt", *(["requirements-dev.txt"] if verb == "test" else [])]
    return {name: hashlib.sha256((env.parent / name).read_text("utf-8").encode()).hexdigest() for name in names}


def env_python(env: Path) -> Path:
    """Say where the environment's Python lies."""
    return env / ("Scripts/python.exe" if os.name == "nt" else "bin/python")


def installed(env: Path) -> dict[str, str]:
    """Read which locks were installed to the end; nothing if that, or the Python below it, is gone."""
    try:
        settings = dict(line.split(" = ", 1) for line in (env / "pyvenv.cfg").read_text("utf-8").splitlines())
        whole = env_python(env).exists() and Path(settings["home"]).is_dir()
        return dict(json.loads((env / STAMP).read_text("utf-8"))) if whole else {}
    except (OSError, ValueError, TypeError, KeyError):
        return {}


def is_ready(env: Path, verb: str) -> bool:
    """Say whether the environment holds exactly the locks that the verb needs."""
    return lock_hashes(env, verb).items() <= installed(env).items()


@contextlib.contextmanager
def one_at_a_time(path: Path) -> Iterator[None]:
    """Hold the lock file; the system lets go of it even when the process is killed."""
    with path.open("a+b") as handle:
        if sys.platform == "win32":
            import msvcrt

            while True:
                with contextlib.suppress(OSError):  # LK_LOCK gives up after ten seconds
                    msvcrt.locking(handle.fileno(), msvcrt.LK_LOCK, 1)
                    break
        else:
            import fcntl

            fcntl.flock(handle, fcntl.LOCK_EX)
        yield


def create_environment(env: Path) -> None:
    """Make an empty environment, also where Python came without ensurepip."""
    command = [sys.executable, "-m", "venv", "--clear", str(env)]
    failed = subprocess.run(command, capture_output=True, check=False).returncode
    if failed and subprocess.run([*command, "--without-pip"], check=False).returncode:
        sys.exit(f"error: {env} could not be made, the reason is above")


def pip_command(env: Path) -> list[str]:
    """Find a pip for the environment: its own, or that of the Python that started us."""
    own = [str(env_python(env)), "-m", "pip"]
    for command in (own, [sys.executable, "-m", "pip", "--python", str(env_python(env))]):
        if subprocess.run([*command, "--version"], capture_output=True, check=False).returncode == 0:
            return command
    sys.exit("error: this Python has neither ensurepip nor pip; install one (Debian, Ubuntu: python3-venv)")


def set_up(env: Path, verb: str) -> None:
    """Make, bring up to date or repair the environment; one start does it, the others wait."""
    with one_at_a_time(env.with_suffix(".lock")):
        if is_ready(env, verb):
            return
        hashes = lock_hashes(env, verb)
        lock = env.parent / list(hashes)[-1]
        say(f"Installing {lock.name} into {env.name}; this takes a minute or two, once.")
        if not installed(env) and not is_inside(env):
            create_environment(env)
        (env / STAMP).unlink(missing_ok=True)
        pip = [*pip_command(env), "install", "--quiet", "--no-input", "--disable-pip-version-check"]
        locked = ["--require-hashes", "--only-binary", ":all:", "-r", str(lock)]
        if subprocess.run([*pip, *locked], stdout=sys.stderr, check=False).returncode:
            sys.exit(f"error: {lock.name} could not be installed, pip says why above; then start again")
        (env / "stamp.tmp").write_text(json.dumps(hashes), encoding="utf-8")
        (env / "stamp.tmp").replace(env / STAMP)


def is_inside(env: Path) -> bool:
    """Say whether this process runs on the environment's Python."""
    return Path(sys.prefix).resolve() == env.resolve()


def run_inside(env: Path, words: Sequence[str]) -> int:
    """Run this file again inside the environment, with the same arguments."""
    command = [str(env_python(env)), str(Path(__file__).resolve()), *words]
    if os.name != "nt":
        os.execv(command[0], command)
    with subprocess.Popen(command) as child:
        while True:
            with contextlib.suppress(KeyboardInterrupt):  # the child hears it too, and decides
                return child.wait()


# --- command line -------------------------------------------------------------------------------


def flags(**arguments: dict[str, object]) -> argparse.ArgumentParser:
    """Make a set of flags to share between verbs; `dry_run` is spelt `--dry-run`."""
    parser = argparse.ArgumentParser(add_help=False)
    for name, settings in arguments.items():
        parser.add_argument("--" + name.replace("_", "-"), **settings)  # type: ignore[arg-type]
    return parser


def run_flags() -> argparse.ArgumentParser:
    """Declare the flags that mean the same in every verb that simulates."""
    cores = len(os.sched_getaffinity(0)) if hasattr(os, "sched_getaffinity") else os.cpu_count() or 1
    four = ["baseline", "plan", "strong", "stalled"]
    yes = {"action": "store_true"}
    return flags(
        scenarios={"nargs": "+", "default": four, "metavar": "S", "help": "ids or files (default: all four)"},
        members={"type": int, "help": "runs per scenario (default: 100)"},
        seed={"type": int, "default": 2020, "help": "where the luck starts (default: 2020)"},
        scale={"type": int, "help": "persons per agent (default: 100)"},
        to={"type": int, "metavar": "YEAR", "help": "last year (default: 2025)"},
        workers={"type": int, "default": cores, "help": f"processes (default: one per core, here {cores})"},
        scheduler={"metavar": "ADDRESS", "help": "a dask.distributed scheduler to run on instead"},
        targets={"type": Path, "metavar": "FILE", "help": "your own target values"},
        study={"metavar": "NAME", "help": "name of the study (default: made from what defines it)"},
        check={**yes, "help": "check the accounts of every agent in every quarter"},
        dry_run={**yes, "help": "say the runs, time and disk foreseen, and stop"},
        smoke={**yes, "help": "a tiny run: 4 members, scale 1000, to 2022"},
        quiet={**yes, "help": "no progress on stderr"},
    )


def build_parser() -> argparse.ArgumentParser:
    """Declare the verbs."""
    title = "Which chance does each 2025 target have, under which policy?"
    parser = argparse.ArgumentParser(prog="run.py", description=title)
    verbs = parser.add_subparsers(dest="verb", metavar="VERB", help="(default: project)")
    debug = flags(debug={"action": "store_true", "help": "show the traceback of an error"})
    lang = flags(lang={"choices": ["zh", "en", "both"], "default": "both", "help": "of what is drawn"})
    home = {"type": Path, "default": ROOT / "outputs/studies", "metavar": "DIR", "help": "where studies lie"}

    def add(verb: str, text: str, *parents: argparse.ArgumentParser) -> argparse.ArgumentParser:
        return verbs.add_parser(verb, help=text, description=text, parents=[*parents, debug])

    studies = flags(studies_dir=home)
    add("project", "scenarios to bands, chances, gaps, flows and cost", run_flags(), lang, studies)
    check = add("check", "check all data and all scenarios, run nothing")
    check.add_argument("files", nargs="*", type=Path, help="scenario files of your own to check too")
    kinds = ["scenarios", "levers", "targets", "indicators", "parameters", "charts"]
    add("list", "list what there is, with units", lang).add_argument("what", nargs="?", choices=kinds)
    effects = add("effects", "print what each scenario of a study changes, as a Markdown table", studies)
    effects.add_argument("study", help="name of the study")
    chart = add("chart", "draw the charts of a study again", lang, studies)
    chart.add_argument("study", help="name of the study")
    chart.add_argument("charts", nargs="*", metavar="CHART", help="default: all")
    add("test", "run all checks and tests; with arguments for pytest, pytest alone")
    add("benchmark", "measure speed and memory; arguments go to the benchmark")
    return parser


def parse(words: Sequence[str]) -> argparse.Namespace:
    """Read the command line; without a verb it is `project`. Wrong usage exits with 2."""
    if words and words[0] in PASS_ON and not {"-h", "--help"}.intersection(words[1:2]):
        return argparse.Namespace(verb=words[0], rest=list(words[1:]), debug=False)
    verbless = not words or (words[0].startswith("-") and words[0] not in {"-h", "--help"})
    args = build_parser().parse_args(["project", *words] if verbless else words)
    if args.verb == "project":
        for name, size in (SMOKE_SIZES if args.smoke else SIZES).items():
            if getattr(args, name) is None:
                setattr(args, name, size)
    return args


def validate(args: argparse.Namespace) -> list[str]:
    """List everything that is wrong with the values of a command line."""
    given = vars(args)
    problems = [
        f"--{name}: {given[name]} is not between {low} and {high}"
        for name, (low, high) in (BOUNDS | {"to": YEARS}).items()
        if name in given and not low <= given[name] <= high
    ]
    ids = given.get("scenarios", [])
    problems += [f"--scenarios: {name} is given twice" for name in dict.fromkeys(ids) if ids.count(name) > 1]
    study, studies, targets = (given.get(name) for name in ("study", "studies_dir", "targets"))
    if study is not None and (study.strip(". ") != study or not study or set(study) & set('/\\:*?"<>|')):
        problems.append(f'study: "{study}" cannot be the name of a folder')
    if studies is not None and studies.exists() and not studies.is_dir():
        problems.append(f"--studies-dir: {studies} is not a folder")
    if targets is not None and not targets.is_file():
        problems.append(f"--targets: {targets} is not a file")
    if os.environ.get("YINZHOU_ENV", "") not in {"", "own"}:
        problems.append(f'YINZHOU_ENV: "{os.environ["YINZHOU_ENV"]}" is unknown; leave it empty or say own')
    return problems


# --- verbs: what each needs is imported when it is called ---------------------------------------


def _project(args: argparse.Namespace) -> int:
    """Run the scenarios over the members and leave a study; repeat the command to resume or to read it again."""
    from calibration.members import data_hash
    from model.ensemble import BatchRunner, run_ensemble
    from model.executors import executor_for
    from model.policy import quarter_of
    from outputs.commands import is_written, write_everything
    from outputs.design import Design, define, foreseen, missing_batches
    from outputs.progress import Progress
    from outputs.store import Study
    from outputs.tables import show
    from scenarios.scenario import load
    from scenarios.targets import load_targets

    n_quarters = quarter_of(args.to)
    paths = load(args.scenarios, n_quarters)
    sources = member_sources(args, paths, n_quarters)
    design = Design(args.verb, args.members, args.seed, args.scale, args.to, f"{VERSION}+{code_hash()}", data_hash())
    definition = define(design, paths, load_targets(args.targets), sources[paths[0].switch_off](0).base)
    runner = BatchRunner(sources, tuple(paths), n_quarters, args.check)
    if args.dry_run:
        print("\n".join(foreseen(runner, args.members, args.workers)))
        return 0
    study = Study.create_or_open(definition, args.studies_dir, args.study, " ".join(["run.py", *sys.argv[1:]]))
    batches = missing_batches(study, args.workers)
    if batches:
        with Progress(study, batches, quiet=args.quiet) as sink:
            run_ensemble(runner, batches, executor_for(args.workers, args.scheduler), sink)
        study.compact()
    elif not args.quiet:
        say(f"Study {study.path} is complete; nothing is run.")
    if batches or not is_written(study, languages(args)):
        write_everything(study, languages(args))
    show(study, "zh" if args.lang == "zh" else "en", sys.stdout)
    say(f"Study: {study.path}")
    for failure in study.failed():
        say(f"failed: {failure.scenario_id}, member {failure.member}: {failure.error}; again: {failure.command}")
    return 1 if study.failed() else 0


def languages(args: argparse.Namespace) -> list[str]:
    """Languages of what is drawn and written."""
    return ["zh", "en"] if args.lang == "both" else [args.lang]


def member_sources(
    args: argparse.Namespace, paths: "Sequence[PolicyPath]", n_quarters: int
) -> "dict[tuple[str, ...], MemberSource]":
    """One source of members for each set of uncertainties that a scenario holds; the tables are checked once, here."""
    from calibration.members import MemberSource
    from calibration.tables import load_tables

    load_tables()
    kinds = {path.switch_off for path in paths}
    return {off: MemberSource(scale=args.scale, seed=args.seed, n_quarters=n_quarters, switch_off=off) for off in kinds}


def code_hash() -> str:
    """Hash of the code that makes numbers, and of definitions: a study made by other code has another id."""
    kinds = [("model", "*.py"), ("model", "*.csv"), ("calibration", "*.py"), ("scenarios", "*.py")]
    files = sorted(path for name, kind in kinds for path in (ROOT / name).rglob(kind))
    return hashlib.sha256("".join(path.read_text("utf-8") for path in files).encode()).hexdigest()[:12]


def _check(args: argparse.Namespace) -> int:
    """Check all data and all scenarios, run nothing; problems of all parts come at once."""
    import calibration.commands
    import scenarios.commands
    from model.errors import ProjectError

    problems: list[str] = []
    for part in (calibration.commands.check, scenarios.commands.check, lambda: own_files(args)):
        try:
            print("\n".join(part()))
        except ProjectError as error:
            problems += error.lines()
    if problems:
        raise ProjectError(problems)
    return 0


def own_files(args: argparse.Namespace) -> list[str]:
    """One line for each scenario file of the user's own that is sound."""
    from model.policy import quarter_of
    from scenarios.scenario import load

    n_quarters = quarter_of(SIZES["to"])
    paths = load([str(file) for file in args.files], n_quarters) if args.files else []
    return [f"scenario {path.scenario_id}: sound" for path in paths]


def _list(args: argparse.Namespace) -> int:
    """List what there is; without a kind, how many of each."""
    kinds = listings()
    if args.what is None:
        for name, rows in kinds.items():
            print(f"{name:12} {len(rows())}")
        return 0
    for row in kinds[args.what]():
        first, *rest = ((key, value) for key, value in row.items() if str(value) not in {"", "None"})
        print(first[1])
        for key, value in rest:
            if not (args.lang != "both" and key.endswith({"zh": "_en", "en": "_zh"}[args.lang])):
                print(f"    {key}: {value}")
    return 0


def listings() -> dict[str, Callable[[], list[dict[str, Any]]]]:
    """What can be listed, by kind."""
    from dataclasses import asdict

    def indicators() -> list[dict[str, Any]]:
        from model.indicators import all_indicators

        return [asdict(info) for info in all_indicators()]

    def parameters() -> list[dict[str, Any]]:
        from calibration.commands import describe
        from model.parameters import Parameters, declarations

        return [vars(item) for item in declarations(Parameters)] + describe()

    def charts() -> list[dict[str, Any]]:
        from outputs.commands import list_charts

        return [dict(zip(("chart", "title_zh", "title_en"), row, strict=True)) for row in list_charts()]

    def scenarios(name: str) -> list[dict[str, Any]]:
        import scenarios.commands

        rows: list[dict[str, Any]] = getattr(scenarios.commands, f"list_{name}")()
        return rows

    return {
        "scenarios": lambda: scenarios("scenarios"),
        "levers": lambda: scenarios("levers"),
        "targets": lambda: scenarios("targets"),
        "indicators": indicators,
        "parameters": parameters,
        "charts": charts,
    }


def _chart(args: argparse.Namespace) -> int:
    """Draw the charts of a study again."""
    from outputs.charts import gallery
    from outputs.store import Study

    study = Study.open(args.studies_dir / args.study)
    for path in gallery.draw_all(study, languages(args), args.charts):
        print(path)
    return 0


def _pass_on(args: argparse.Namespace) -> int:
    return subprocess.run([sys.executable, str(ROOT / PASS_ON[args.verb]), *args.rest], check=False).returncode


def _effects(args: argparse.Namespace) -> int:
    """Print what each scenario of a study changes, as a Markdown table."""
    from outputs.effects import sign_table
    from outputs.store import Study

    sys.stdout.write(sign_table(Study.open(args.studies_dir / args.study)))
    return 0


VERBS = {"project": _project, "check": _check, "list": _list, "chart": _chart, "effects": _effects}


def run_verb(args: argparse.Namespace) -> int:
    """Run a verb and turn the errors that a user can meet into one line per problem."""
    os.environ.setdefault("MPLBACKEND", "Agg")
    os.environ.setdefault("NUMBA_CACHE_DIR", str(Path(sys.prefix) / "numba-cache"))
    from model.errors import ProjectError

    try:
        return VERBS.get(args.verb, _pass_on)(args)
    except ProjectError as error:
        if args.debug:
            traceback.print_exc()
        for line in error.lines():
            say(f"error: {line}")
        return 1


def main(words: Sequence[str]) -> int:
    """Check the command line, enter the environment, run the verb; return the exit code."""
    for stream in (sys.stdout, sys.stderr):
        if isinstance(stream, io.TextIOWrapper):
            stream.reconfigure(errors="replace")  # a console may not know every character
    args = parse(words)
    problems = validate(args)
    for problem in problems:
        say(f"error: {problem}")
    if problems:
        return 1
    try:
        if os.environ.get("YINZHOU_ENV") != "own":
            if not is_ready(ENV, args.verb):
                set_up(ENV, args.verb)
            if not is_inside(ENV):
                return run_inside(ENV, words)
        return run_verb(args)
    except BrokenPipeError:  # the reader of our output, such as `head`, has seen enough
        os.dup2(os.open(os.devnull, os.O_WRONLY), sys.stdout.fileno())
        return 0
    except KeyboardInterrupt:
        say("Stopped. Finished runs are kept; the same command goes on from there.")
        return 130


if __name__ == "__main__":
    sys.exit(main(sys.argv[1:]))
