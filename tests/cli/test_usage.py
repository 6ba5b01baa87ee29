"""The command line before anything runs: what it needs, its defaults, and what it says of wrong words and values."""

import re
import subprocess
import sys
from pathlib import Path

import pytest

import model.commands
import run
from tests.cli.calling import ROOT, start


def test_help_needs_the_standard_library_alone() -> None:
    """`--help` prints every verb and imports nothing that must be installed, nor a package of ours."""
    code = (
        "import runpy, sys\n"
        "sys.argv = ['run.py', '--help']\n"
        "try: runpy.run_path('run.py', run_name='__main__')\n"
        "except SystemExit as stop: assert stop.code == 0\n"
        "print(sorted({name.partition('.')[0] for name in sys.modules} - set(sys.stdlib_module_names)))\n"
    )
    shown = subprocess.run(
        [sys.executable, "-I", "-S", "-c", code], cwd=ROOT, capture_output=True, check=True, encoding="utf-8"
    ).stdout
    assert all(re.search(rf"^ +{verb}\b", shown, re.MULTILINE) for verb in run.VERBS)
    assert shown.splitlines()[-1] == "['__main__']"


@pytest.mark.parametrize("verb", [name for name in run.VERBS if name not in run.PASS_ON])
def test_the_flags_of_a_verb_need_the_standard_library_alone(verb: str) -> None:
    """A verb shows its flags, and refuses a wrong one, where nothing has been installed yet."""
    code = (
        "import runpy, sys\n"
        f"sys.path.insert(0, {str(ROOT)!r})\n"
        f"sys.argv = ['run.py', {verb!r}, sys.argv[1]]\n"
        "runpy.run_path('run.py', run_name='__main__')\n"
    )
    command = [sys.executable, "-I", "-S", "-c", code]
    shown = subprocess.run([*command, "--help"], cwd=ROOT, capture_output=True, check=False, encoding="utf-8")
    assert (shown.returncode, shown.stderr) == (0, "")
    assert "--debug" in shown.stdout
    wrong = subprocess.run([*command, "--no-such-flag"], cwd=ROOT, capture_output=True, check=False, encoding="utf-8")
    assert wrong.returncode == 2
    assert "--no-such-flag" in wrong.stderr or "required" in wrong.stderr


def test_every_verb_lives_where_the_table_says() -> None:
    """Each verb has a function in the commands of its package, and shares flags that there are."""
    for name, verb in run.VERBS.items():
        assert name in run.PASS_ON or callable(getattr(run.commands_of(verb.package), f"run_{name}"))
        assert set(verb.shared.split()) <= {"run", "lang", "studies"}


def test_no_verb_means_project() -> None:
    """Without a verb the command line is that of `project`, flags included, with its defaults."""
    args = run.parse([])
    assert (args.verb, args.scenarios) == ("project", ["baseline", "plan", "strong", "stalled"])
    assert (args.members, args.seed, args.scale, args.to, args.lang) == (100, 2020, 100, 2025, "both")
    assert run.parse(["--members", "7"]).members == 7


def test_smoke_is_tiny_and_explicit_values_win() -> None:
    """`--smoke` gives 4 members at scale 1000 to 2022, save for what is said explicitly."""
    args = run.parse(["project", "--smoke", "--members", "6"])
    assert (args.members, args.scale, args.to) == (6, 1000, 2022)


def test_arguments_of_pytest_pass_through_in_order() -> None:
    """What follows `test` reaches pytest as it was typed."""
    assert run.parse(["test", "-k", "setup", "tests/cli", "--lf"]).rest == [
        "-k",
        "setup",
        "tests/cli",
        "--lf",
    ]


def test_defaults_are_valid() -> None:
    """The default command has no problem."""
    assert run.validate(run.parse([])) == []


def test_all_problems_are_told_at_once(tmp_path: Path) -> None:
    """Every wrong value of one command line is listed, each in a sentence of its own that names it."""
    (tmp_path / "file").touch()
    words = ["project", "--members", "-3", "--seed", "-1", "--scale", "0", "--to", "2019", "--workers", "0"]
    words += ["--study", "a/b", "--scenarios", "plan", "plan"]
    words += ["--studies-dir", str(tmp_path / "file"), "--targets", str(tmp_path / "none.csv")]
    problems = run.validate(run.parse(words))
    named = ["members", "scale", "workers", "seed", "to", "scenarios", "study", "studies-dir", "targets"]
    assert [problem.partition(":")[0].strip("-") for problem in problems] == named


@pytest.mark.parametrize("name", ["", "..", ".hidden", "a/b", "a\\b", "C:", "what?", "end.", " "])
def test_a_study_name_is_a_plain_folder_name(name: str) -> None:
    """A study name that some system cannot use as one folder is refused."""
    assert len(run.validate(run.parse(["project", "--study", name]))) == 1


def test_a_scale_that_members_cannot_bear_is_refused_with_the_reason() -> None:
    """The largest scale is one at which every member can be balanced; above it the error says why."""
    low, high = model.commands.BOUNDS["scale"]
    assert run.validate(run.parse(["project", "--scale", str(high)])) == []
    (problem,) = run.validate(run.parse(["project", "--scale", str(high + 1)]))
    assert problem.startswith(
        f"--scale: {high + 1} is not between {low} and {high}; above it firms of the other cities"
    )


def test_wrong_values_exit_with_one_and_a_line_each() -> None:
    """Two wrong values give two lines on stderr, nothing on stdout and exit code 1."""
    done = start("project", "--members", "-3", "--scale", "0")
    assert (done.returncode, done.stdout) == (1, "")
    assert [line.partition(":")[0] for line in done.stderr.splitlines()] == ["error", "error"]


@pytest.mark.parametrize(
    "words", [["--no-such-flag"], ["project", "--members", "many"], ["nonsense"], ["list", "--lang", "fr"]]
)
def test_wrong_usage_exits_with_two(words: list[str]) -> None:
    """An unknown verb, flag or choice, or a word for a number, is wrong usage: exit code 2."""
    done = start(*words)
    assert (done.returncode, done.stdout) == (2, "")
    assert "error:" in done.stderr


def test_an_unknown_environment_choice_is_an_error() -> None:
    """A value of YINZHOU_ENV other than `own` is refused before anything is installed."""
    done = start("list", YINZHOU_ENV="mine")
    assert done.returncode == 1
    assert 'YINZHOU_ENV: "mine"' in done.stderr


def test_project_errors_become_lines(monkeypatch: pytest.MonkeyPatch, capsys: pytest.CaptureFixture[str]) -> None:
    """An error of the project prints one line per problem and gives 1; `--debug` adds the traceback."""
    from model.errors import ProjectError  # noqa: PLC0415  (its own import is part of what is tested)

    def fail(*_: object) -> int:
        raise ProjectError(["first", "second"])

    monkeypatch.setattr(model.commands, "run_list", fail)
    assert run.run_verb(run.parse(["list"])) == 1
    assert capsys.readouterr().err == "error: first\nerror: second\n"
    assert run.run_verb(run.parse(["list", "--debug"])) == 1
    assert "Traceback" in capsys.readouterr().err


def test_an_interrupt_says_how_to_go_on(monkeypatch: pytest.MonkeyPatch, capsys: pytest.CaptureFixture[str]) -> None:
    """Ctrl-C exits with 130 and says that the same command resumes."""

    def interrupt(*_: object) -> int:
        raise KeyboardInterrupt

    monkeypatch.setenv("YINZHOU_ENV", "own")
    monkeypatch.setattr(model.commands, "run_list", interrupt)
    assert run.main(["list"]) == 130
    assert "the same command goes on" in capsys.readouterr().err
