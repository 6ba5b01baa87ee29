"""Study files: the flags of any verb, written down."""

from __future__ import annotations

import argparse
import shlex
from pathlib import Path

import pytest
from ruamel.yaml import YAML

import run
from model.design_file import DesignFile, only_given
from tests.cli.readme import commands

EXAMPLES = Path(__file__).resolve().parents[2] / "scenarios" / "studies"
EXAMPLE = EXAMPLES / "plan_or_strong.yaml"
STUDYING = sorted(name for name, verb in run.VERBS.items() if "studies" in verb.shared)
SHOWN = {
    line: words
    for line in commands()
    if (words := shlex.split(line)) and words[0] in STUDYING and not {"--help", "--design"} & {*words}
}
"""Commands of the READMEs that a file can stand for."""
pytestmark = pytest.mark.usefixtures("one_chart")


@pytest.fixture(autouse=True)
def _own_environment(monkeypatch: pytest.MonkeyPatch) -> None:
    monkeypatch.setenv("YINZHOU_ENV", "own")


def written(folder: Path, text: str) -> Path:
    """A study file."""
    path = folder / "design.yaml"
    path.write_text(text, encoding="utf-8")
    return path


def test_a_file_gives_the_flags_and_the_command_line_goes_before_it(
    tmp_path: Path, capsys: pytest.CaptureFixture[str]
) -> None:
    """Lists, numbers and switches are as the flags would make them; what is overridden is said with its line."""
    path = written(
        tmp_path, "verb: variance\nmembers: 7\nscenarios: [baseline, plan]\nquiet: true\nstudies-dir: there\n"
    )
    args = run.parse_with(path, ["--design", str(path), "--members", "3"])
    assert (args.verb, args.members, args.scenarios, args.quiet) == ("variance", 3, ["baseline", "plan"], True)
    assert (args.studies_dir, args.scale, args.members_said) == (Path("there"), 100, True)
    assert capsys.readouterr().err == f"{path}:2: members is overridden by the command line\n"


def test_what_a_verb_requires_may_stand_in_the_file(tmp_path: Path) -> None:
    """A positional argument and a required flag; one that the command line gives is taken from there."""
    path = written(tmp_path, "study: mine\nobservations: seen.csv\n")
    args = run.parse_with(path, ["update", "--design", str(path)])
    assert (args.study, args.observations) == ("mine", Path("seen.csv"))
    assert run.parse_with(path, ["update", "other", "--design", str(path)]).study == "other"
    with pytest.raises(SystemExit, match="2"):
        run.parse_with(written(tmp_path, "study: mine\n"), ["update", "--design", str(path)])


def test_of_two_that_exclude_each_other_the_command_line_chooses(tmp_path: Path) -> None:
    """A shard in the file and one member on the command line: the member."""
    path = written(tmp_path, "shard: 1/4\nmembers: 8\n")
    assert run.parse_with(path, ["project", "--design", str(path)]).shard == "1/4"
    args = run.parse_with(path, ["project", "--design", str(path), "--only-member", "2"])
    assert (args.shard, args.only_member) == (None, 2)


def test_a_tiny_run_of_a_file_is_tiny(tmp_path: Path, capsys: pytest.CaptureFixture[str]) -> None:
    """With --smoke the sizes of the file, the verb's own too, give way, and it is said."""
    path = written(tmp_path, "verb: sensitivity\nscale: 50\nsamples: 1024\ngroups: [base, luck]\n")
    args = run.parse_with(path, ["--design", str(path), "--smoke"])
    assert run.validate(args) == []
    assert (args.scale, args.samples, args.groups) == (1000, 4, ["base", "luck"])
    assert capsys.readouterr().err.count("overridden") == 2


def test_everything_wrong_with_a_file_is_said_at_once(tmp_path: Path, capsys: pytest.CaptureFixture[str]) -> None:
    """Line, field, what is wrong and a near match; nothing is run and the exit code is 1."""
    text = "verb: variance\nmemers: 3\nscale: many\nscenarios: []\nlang: fr\nquiet: perhaps\nseed: [1, 2]\n"
    path = written(tmp_path, text)
    assert run.main(["project", "--design", str(path), "--studies-dir", str(tmp_path / "studies")]) == 1
    reasons = [
        "1: verb: the file is for `variance`, the command is `project`",
        "2: `project` has no 'memers'; did you mean 'members'?",
        "3: scale: 'many' is not a whole number",
        "4: scenarios: must hold something",
        "5: lang: 'fr' is not one of its values; known: both, en, zh",
        "6: quiet: must be true or false",
        "7: seed: must be a single text or number",
    ]
    assert capsys.readouterr().err.splitlines() == [f"error: {path}:{reason}" for reason in reasons]
    assert not (tmp_path / "studies").exists()


@pytest.mark.parametrize(
    ("text", "reason"),
    [
        ("members: [1\n", "not YAML"),
        ("members: 1\nmembers: 2\n", "found duplicate key"),
        ("- plan\n", "must hold names and values"),
        ("", "must hold names and values"),
        ("members: 0\n", "--members: 0 is not between 1"),
    ],
)
def test_a_file_that_cannot_be_used_is_told(
    text: str, reason: str, tmp_path: Path, capsys: pytest.CaptureFixture[str]
) -> None:
    """What is not YAML, is no list of names, or has a value out of bounds ends with 1 and one line."""
    path = written(tmp_path, text)
    assert run.main(["project", "--design", str(path), "--studies-dir", str(tmp_path / "studies")]) == 1
    (line,) = capsys.readouterr().err.splitlines()
    assert reason in line
    assert run.main(["project", "--design", str(tmp_path / "none.yaml")]) == 1
    assert "none.yaml: cannot be read" in capsys.readouterr().err


@pytest.mark.parametrize("verb", STUDYING)
def test_every_verb_with_a_study_takes_a_file(verb: str, tmp_path: Path) -> None:
    """The flag is there, and the field that all of them know comes from the file."""
    path = written(tmp_path, "studies_dir: there\n")
    design, parsed = DesignFile.read(path), []

    def settle(parser: object) -> None:
        only_given(parser)  # type: ignore[arg-type]
        parsed.append(design.settle(parser, (), verb))  # type: ignore[arg-type]

    args = run.build_parser(verb, settle).parse_args([verb, "--design", str(path)])
    assert args.studies_dir == Path("there")
    assert parsed == [[]]


def test_the_example_runs_and_leaves_the_study_of_the_flags(tmp_path: Path) -> None:
    """A file and the same flags on the command line define the same study."""
    small = ["--members", "2", "--scale", "5000", "--to", "2021", "--workers", "1", "--quiet", "--lang", "en"]
    small += ["--studies-dir", str(tmp_path)]
    assert run.main(["--design", str(EXAMPLE), *small]) == 0
    (study,) = tmp_path.iterdir()
    assert run.main(["compare", "--scenarios", "plan", "strong", "stalled", "--against", "plan", *small]) == 0
    assert list(tmp_path.iterdir()) == [study]


def test_a_shortened_flag_is_refused_rather_than_passed_over() -> None:
    """The file must be read before the flags are, so its flag is written out."""
    assert any("--design" in problem for problem in run.validate(run.parse(["project", "--desi", "x.yaml"])))


def test_the_readme_shows_the_example() -> None:
    """The block of the README is the file, comments aside."""
    readme = (EXAMPLE.parents[1] / "README.md").read_text("utf-8")
    lines = [line for line in EXAMPLE.read_text("utf-8").splitlines(keepends=True) if not line.startswith("#")]
    assert f"```\n{''.join(lines)}```" in readme


def settled(args: argparse.Namespace) -> dict[str, object]:
    """What a verb is given, with the sizes that were not said; where they came from and how it is shown is left out."""
    assert run.validate(args) == []
    left_out = {"members_said", "design", "markdown"}
    return {name: value for name, value in vars(args).items() if name not in left_out}


@pytest.mark.parametrize("line", SHOWN)
def test_every_command_of_a_readme_can_be_a_file(line: str, tmp_path: Path) -> None:
    """All that a command line says, written down, makes the same run: flags, lists, and arguments without a flag."""
    words = SHOWN[line]
    args = run.parse(words)
    given = vars(run.build_parser(words[0], only_given).parse_args(words))
    fields = {name: getattr(args, name) for name in given if name not in {"verb", "design", "debug"}}
    path = tmp_path / "design.yaml"
    with path.open("w", encoding="utf-8") as file:
        texts = {name: str(value) if isinstance(value, Path) else value for name, value in fields.items()}
        YAML().dump({"verb": words[0]} | texts, file)
    assert settled(run.parse_with(path, ["--design", str(path)])) == settled(args)


@pytest.mark.parametrize("name", sorted(path.stem for path in EXAMPLES.glob("*.yaml") if path != EXAMPLE))
def test_an_example_says_what_a_command_of_the_readme_says(name: str) -> None:
    """Each study file defines the very run of a command that the README of scenarios or outputs shows."""
    path = EXAMPLES / f"{name}.yaml"
    args = run.parse_with(path, ["--design", str(path)])
    shown = [settled(run.parse(words)) for words in SHOWN.values() if words[0] == args.verb]
    assert settled(args) in shown


def test_there_is_an_example_for_every_question() -> None:
    """The verbs that answer a planner's question have a study file each, and the README names it."""
    verbs = {DesignFile.read(path).verb: path.name for path in EXAMPLES.glob("*.yaml")}
    asking = {"compare", "attribute", "sensitivity", "discover", "seek", "learn", "emulate", "deadline", "milestones"}
    assert {*verbs} == asking | {"variance"}
    readme = (EXAMPLES.parent / "README.md").read_text("utf-8")
    assert [name for name in verbs.values() if f"`{name}`" not in readme] == []
