"""Command line and wiring of the simulation: `python3 run.py` does the main job.

The standard library alone is imported at the top, so that this file starts on a fresh machine: it makes `.venv` beside
itself (`model/environment.py`), installs the hashed lock there and runs itself again inside. With `YINZHOU_ENV=own` in
the environment it skips that and uses the Python that started it.

To add a verb: one line in `VERBS`, and in the `commands.py` of the package that answers it `run_<verb>(args, wiring)`
and, for flags of its own, `flags_<verb>(parser)`. What it needs of other packages it asks of the wiring.
"""

import argparse
import functools
import importlib
import io
import os
import subprocess
import sys
import traceback
from collections.abc import Callable, Sequence
from pathlib import Path
from typing import TYPE_CHECKING, Any, NamedTuple

if TYPE_CHECKING:
    from calibration.fitting.posterior import Accepted
    from model.coalitions import Coalitions
    from model.delays import Delays
    from model.factors import Factor
    from model.lever_settings import LeverSettings
    from model.points import Points
    from model.policy import PolicyPath
    from model.uncertainties import Uncertainty
    from model.wiring import Answer, Likelihood, Question, Supplement

if sys.version_info < (3, 11):  # noqa: UP036  (older Pythons do start this file, and deserve a sentence)
    sys.exit(f"error: Python 3.11 or newer is needed, this is {sys.version.split()[0]}; use a newer one")


ROOT = Path(__file__).resolve().parent
ENV = ROOT / ".venv"
PACKAGES = ("model", "calibration", "scenarios", "outputs")
EVERY = "*"
"""In place of a verb: the flags of all verbs are declared."""
PASS_ON = {"test": "tests/gate.py", "benchmark": "tests/benchmarks/run.py"}


class Verb(NamedTuple):
    """A verb: the package whose `commands.py` answers it, its help, and the flags it shares."""

    package: str
    text: str
    shared: str = ""


VERBS = {
    "project": Verb("outputs", "scenarios to bands, chances, gaps, flows and cost", "run lang studies"),
    "calibrate": Verb("calibration", "fit to the evidence up to 2021; leaves a candidate", "run lang studies"),
    "identify": Verb("calibration", "what the evidence moved, and what hangs on the rest", "run lang studies"),
    "accept": Verb("calibration", "make a candidate the posterior that every verb draws from"),
    "merge": Verb("outputs", "join the shards of a study into the study they are parts of", "lang studies"),
    "validate": Verb("calibration", "score a study on observations, beside naive forecasts", "run lang studies"),
    "update": Verb("outputs", "reweight the members of a study by new observations", "lang studies"),
    "variance": Verb("outputs", "split the variance of each indicator among four uncertainties", "run lang studies"),
    "sensitivity": Verb("outputs", "what moves the results: Morris, Sobol, grids", "run lang studies"),
    "check": Verb("model", "check all data and all scenarios, run nothing"),
    "list": Verb("model", "list what there is, with units", "lang"),
    "compare": Verb("outputs", "paired differences between scenarios, with intervals", "run lang studies"),
    "attribute": Verb("outputs", "share the effect of a scenario out among its levers", "run lang studies"),
    "milestones": Verb("outputs", "the plan by year, thresholds for reviews, what can be promised", "run lang studies"),
    "deadline": Verb("outputs", "the last start of each lever that keeps enough, and signposts", "run lang studies"),
    "effects": Verb("outputs", "print what each scenario of a study changes, as a Markdown table", "studies"),
    "discover": Verb("outputs", "say where in the uncertain values a policy fails its targets", "lang studies"),
    "template": Verb("scenarios", "write an Excel workbook in which a scenario is filled in"),
    "import": Verb("scenarios", "turn a filled workbook into a scenario file"),
    "learn": Verb("scenarios", "train an emulator of lever settings on a study of paths", "run lang studies"),
    "emulate": Verb("scenarios", "what the model would answer under lever settings, at once", "studies"),
    "page": Verb("outputs", "a local web page where levers are moved, on a study of `learn`", "studies"),
    "seek": Verb("scenarios", "the cheapest lever path with the chance wanted", "run lang studies"),
    "export": Verb("outputs", "a study as open data: CSV, Parquet, IAMC", "studies"),
    "chart": Verb("outputs", "draw the charts of a study again", "lang studies"),
    "report": Verb("outputs", "write a study up for readers, each number with its origin", "lang studies"),
    "trace": Verb("outputs", "lead a number of a report back to the runs behind it", "studies"),
    "completion": Verb("model", "print what completes verbs and flags in a shell"),
    "test": Verb("", "run all checks and tests; with arguments for pytest, pytest alone"),
    "benchmark": Verb("", "measure speed and memory; arguments go to the benchmark"),
}


def say(text: str) -> None:
    """Write a line for the person at the terminal; stdout is kept for results."""
    print(text, file=sys.stderr, flush=True)


# --- command line -------------------------------------------------------------------------------


def commands_of(package: str) -> Any:  # noqa: ANN401  (a module, whose functions are found by the name of the verb)
    """Load the `commands.py` of a package; it needs the standard library alone."""
    return importlib.import_module(f"{package}.commands")


def build_parser(
    called: str = "", settle: Callable[[argparse.ArgumentParser], object] = lambda _: None
) -> argparse.ArgumentParser:
    """Declare all verbs, and the flags of the one that is called: its package alone is loaded; then settle these."""
    question = "Which chance does each 2025 target have, under which policy?"
    parser = argparse.ArgumentParser(prog="run.py", description=question)
    verbs = parser.add_subparsers(dest="verb", metavar="VERB", help="(default: project)")
    for name, verb in VERBS.items():
        one = verbs.add_parser(name, help=verb.text, description=verb.text)
        if called in {name, EVERY} and name not in PASS_ON:
            one.epilog = f"example: python3 run.py {commands_of('model').example(name)}"
            one.add_argument("--debug", action="store_true", help="show the traceback of an error")
            if "run" not in verb.shared.split():
                one.add_argument("--quiet", action="store_true", help="results and errors alone")
            commands_of("model").shared_flags(one, verb.shared)
            getattr(commands_of(verb.package), f"flags_{name}", lambda _: None)(one)
            settle(one)
    return parser


def parse(words: Sequence[str]) -> argparse.Namespace:
    """Read the command line; without a verb it is `project`. Wrong usage exits with 2."""
    if words and words[0] in PASS_ON and not {"-h", "--help"}.intersection(words[1:2]):
        return argparse.Namespace(verb=words[0], rest=list(words[1:]), debug=False)
    if not words or (words[0].startswith("-") and words[0] not in {"-h", "--help"}):
        words = ["project", *words]
    args = build_parser(words[0]).parse_args(words)
    commands_of("model").fill_sizes(args)
    return args


def design_in(words: Sequence[str]) -> Path | None:
    """Find the study file that a command line names; YAML cannot be read before the environment is entered."""
    for word, after in zip(words, [*words[1:], ""], strict=False):
        if word == "--design" or word.startswith("--design="):
            return Path(word.partition("=")[2] or after)
    return None


def parse_with(path: Path, words: Sequence[str]) -> argparse.Namespace:
    """Read a command line whose defaults stand in a study file; what it overrides of the file is said."""
    from model.design_file import DesignFile, only_given

    design = DesignFile.read(path)
    verb = words[0] if not words[0].startswith("-") else design.verb if design.verb in VERBS else "project"
    words = words if words[0] == verb else [verb, *words]
    given = vars(build_parser(verb, only_given).parse_args(words))
    told: list[str] = []
    args = build_parser(verb, lambda one: told.extend(design.settle(one, given, verb))).parse_args(words)
    for line in told:
        say(line)
    commands_of("model").fill_sizes(args)
    args.design = None
    return args


def validate(args: argparse.Namespace) -> list[str]:
    """List everything that is wrong with the values of a command line."""
    problems: list[str] = []
    if args.verb not in PASS_ON:
        if getattr(args, "design", None):
            problems.append("--design: write the flag out, for the file is read before all other flags")
        problems += commands_of("model").problems(args)
        problems += getattr(commands_of(VERBS[args.verb].package), f"problems_{args.verb}", lambda _: [])(args)
    if (choice := os.environ.get("YINZHOU_ENV", "")) not in {"", "own"}:
        problems.append(f'YINZHOU_ENV: "{choice}" is unknown; leave it empty or say own')
    return problems


# --- wiring -------------------------------------------------------------------------------------


class Project:
    """The four packages, as a verb sees them: the `Wiring` of `model/wiring.py`."""

    def __init__(self, *, quiet: bool = False) -> None:
        """Keep whether results and errors alone are to be told."""
        self._quiet = quiet

    def say(self, line: str) -> None:
        """Tell the person at the terminal of progress, unless they asked for quiet."""
        if not self._quiet:
            say(line)

    def warn(self, line: str) -> None:
        """Tell the person at the terminal what went wrong or is doubtful, quiet or not."""
        say(line)

    def command_line(self) -> argparse.ArgumentParser:
        """Declare all verbs with all their flags."""
        return build_parser(EVERY)

    def show(self, line: str) -> None:
        """Write a line of the result."""
        print(line)

    def question(
        self, args: argparse.Namespace, paths: "Sequence[PolicyPath]" = (), points: "Points | None" = None
    ) -> "Question":
        """Read scenarios and targets, and check the tables once; every set of uncertainties held has its source."""
        from calibration.members import MemberSource, data_hash
        from calibration.scoreboard.series import published
        from calibration.tables import load_tables
        from model.errors import UsageError
        from model.policy import quarter_of
        from model.wiring import Question, code_version
        from scenarios.scenario import load
        from scenarios.shelf import spelt_out
        from scenarios.targets import load_targets

        if points and args.members != points.n_members:
            raise UsageError(f"--members: {args.members} asked, but the design of points has {points.n_members}")
        n_quarters = quarter_of(args.to)
        words = [] if paths else spelt_out(args.scenarios)
        paths = tuple(paths or load(words, n_quarters))
        load_tables()
        tables = data_hash()
        posterior = None if getattr(args, "prior", False) else self._posterior(args)
        stale, draws = getattr(args, "stale_posterior", False), getattr(args, "draws", "independent")
        source = functools.partial(
            MemberSource,
            scale=args.scale,
            seed=args.seed,
            n_quarters=n_quarters,
            points=points,
            posterior=posterior.sample if posterior else None,
            draws=draws,
        )
        sources = {off: source(switch_off=off) for off in {path.switch_off for path in paths}}
        from model.ensemble import BatchRunner  # the economy, and Mesa with it: what is wrong above is told before

        return Question(
            paths=paths,
            words={} if points else dict(zip((path.scenario_id for path in paths), words, strict=False)),
            targets=tuple(load_targets(args.targets)),
            runner=BatchRunner(sources, paths, n_quarters, args.check),
            data_hash=tables,
            code_version=code_version(),
            drawn_from={"values": posterior.label_for(tables, stale=stale) if posterior else "priors"}
            | ({"points": points.points_id} if points else {})
            | ({} if draws == "independent" else {"draws": draws}),
            observed=published(),
        )

    def _posterior(self, args: argparse.Namespace) -> "Accepted | None":
        """Find the accepted posterior, refused where it rests on other tables; None where none was accepted."""
        from calibration.fitting.posterior import FOLDER, load_accepted
        from calibration.members import data_hash

        accepted = load_accepted(getattr(args, "posterior", None) or FOLDER)
        if accepted:
            accepted.label_for(data_hash(), stale=getattr(args, "stale_posterior", False))
        return accepted

    def uncertainties(self) -> "Sequence[Uncertainty]":
        """Describe every value that members draw: parameters, base values, the outside world."""
        from calibration.tables import load_tables
        from calibration.uncertainties import data_uncertainties
        from model.uncertainties import parameter_uncertainties

        return (*parameter_uncertainties(), *data_uncertainties(load_tables()))

    def delays(self, args: argparse.Namespace) -> "Delays":
        """Let each lever or family of a scenario begin later."""
        from model.policy import quarter_of
        from scenarios.delaying import delays

        (scenario,) = args.scenarios
        return delays(scenario, args.by, args.only, quarter_of(args.to))

    def factors(self, args: argparse.Namespace) -> "Sequence[Factor]":
        """Every input with its marginal distribution; correlations that are left out are said."""
        from calibration.factors import input_factors, largest_correlation

        posterior = None if args.prior else self._posterior(args)
        sample = posterior.sample if posterior else None
        if largest := largest_correlation(sample):
            self.warn(
                f"values of the posterior move one by one; correlations among them, up to {largest:.2f}, are left out"
            )
        return input_factors(sample, args.to)

    def overviews(self) -> list[Any]:
        """What each package says of itself to `check` and `list`."""
        return [importlib.import_module(f"{package}.overview") for package in PACKAGES]

    def coalitions(self, args: argparse.Namespace) -> "Coalitions":
        """Make the coalitions of a scenario's levers."""
        from model.policy import quarter_of
        from scenarios.attributing import coalitions

        (scenario,) = args.scenarios
        return coalitions(scenario, args.against, args.by, quarter_of(args.to), (args.pairs, args.seed))

    def lever_settings(self, args: argparse.Namespace) -> "LeverSettings":
        """Open a study of `learn` with its emulator."""
        from scenarios.settings import lever_settings

        return lever_settings(args, self)

    def answer(self, args: argparse.Namespace, question: "Question") -> "Answer":
        """Run what is missing of the study that the question defines."""
        from outputs.answering import answer

        return answer(args, question, self)

    def foreseen(self, question: "Question", members: int, workers: int) -> Sequence[str]:
        """Foresee runs, time and disk."""
        from outputs.design import foreseen

        return foreseen(question.runner, members, workers)

    def study(self, args: argparse.Namespace) -> "Answer | None":
        """Open the study that ``--study`` names, if it is complete."""
        from outputs.supplements import complete_study

        return complete_study(args.studies_dir, args.study)

    def add(self, study: "Answer", supplement: "Supplement", languages: Sequence[str]) -> Path:
        """Write what a verb adds to a study."""
        from outputs.supplements import write_supplement

        return write_supplement(study.path, supplement, languages)

    def likelihood(self, observations: Path, study: "Answer", scenario_id: str) -> "Likelihood":
        """Weigh the members of a scenario by observations."""
        from calibration.scoreboard.likelihood import likelihood

        return likelihood(observations, study, scenario_id)

    def grid(self, title: str, header: Sequence[str], rows: Sequence[Sequence[str]]) -> None:
        """Write a table of the result, its columns aligned."""
        from outputs.screen import plain_grid

        self.show("\n".join(plain_grid((title, list(header), [list(row) for row in rows]))))


def run_verb(args: argparse.Namespace) -> int:
    """Run a verb and turn the errors that a user can meet into one line per problem."""
    os.environ.setdefault("MPLBACKEND", "Agg")
    from model.environment import what_lacks
    from model.errors import ProjectError

    if lack := what_lacks(args.verb):
        say(f"error: {lack}")
        return 1
    if args.verb in PASS_ON:
        return subprocess.run([sys.executable, str(ROOT / PASS_ON[args.verb]), *args.rest], check=False).returncode
    try:
        return int(getattr(commands_of(VERBS[args.verb].package), f"run_{args.verb}")(args, Project(quiet=args.quiet)))
    except ProjectError as error:
        if args.debug:
            traceback.print_exc()
        for line in error.lines():
            say(f"error: {line}")
        return 1


def is_sound(args: argparse.Namespace) -> bool:
    """Say what is wrong with the values of a command line, if anything is."""
    problems = validate(args)
    for problem in problems:
        say(f"error: {problem}")
    return not problems


def run_designed(design: Path, words: Sequence[str]) -> int:
    """Run the verb of a command line with a study file."""
    from model.errors import ProjectError

    try:
        args = parse_with(design, words)
    except ProjectError as error:
        for line in error.lines():
            say(f"error: {line}")
        return 1
    return run_verb(args) if is_sound(args) else 1


def main(words: Sequence[str]) -> int:
    """Check the command line, enter the environment, run the verb; return the exit code."""
    for stream in (sys.stdout, sys.stderr):
        if isinstance(stream, io.TextIOWrapper):
            stream.reconfigure(errors="replace")  # a console may not know every character
    design, verb = design_in(words), words[0] if words else "project"
    args = None if design else parse(words)
    if args and not is_sound(args):
        return 1
    from model.environment import is_inside, is_ready, run_inside, set_up, settle_compiled

    try:
        if os.environ.get("YINZHOU_ENV") != "own":
            if not is_ready(ENV, verb):
                set_up(ENV, verb)
            if not is_inside(ENV):
                return run_inside(ENV, words)
        settle_compiled()
        return run_verb(args) if args else run_designed(design or Path(), words)
    except BrokenPipeError:  # the reader of our output, such as `head`, has seen enough
        os.dup2(os.open(os.devnull, os.O_WRONLY), sys.stdout.fileno())
        return 0
    except KeyboardInterrupt:
        say("Stopped. Finished runs are kept; the same command goes on from there.")
        return 130


if __name__ == "__main__":
    sys.exit(main(sys.argv[1:]))
