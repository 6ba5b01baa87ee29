"""Every command of every README parses, and what it runs, it runs: at `--smoke` size or below, in their order."""

from __future__ import annotations

import re
import shlex
from contextlib import nullcontext
from functools import cache
from pathlib import Path

import pytest

import run
from outputs.report.supplements import COMMANDS as REPORT_COMMANDS
from tests.benchmarks.run import build_parser as benchmark_parser
from tests.cli.calling import Done, do, drawing_one_chart, start

ROOT = Path(__file__).resolve().parents[2]
READMES = [ROOT / "README.md", *sorted(ROOT.glob("*/README.md")), ROOT / "tests" / "benchmarks" / "README.md"]
SMALLER = {
    "attribute": ["--members", "2"],
    "learn": ["--members", "2", "--paths", "5"],
    "late-levers": ["--only", "univ_institutes", "rd_toolbox_subsidy"],
    "levels-1000": ["--groups", "lever:univ_institutes", "lever:rd_toolbox_subsidy"],
    "--ends": ["--only", "base:rd_intensity", "parameter:rd_adjust_speed"],
}
"""Sizes below those of `--smoke` where these would still be many runs, by a word of the command."""
SIZES = {"--members", "--scale", "--to", "--samples", "--trajectories"}


@cache
def commands() -> tuple[str, ...]:
    """What follows `python3 run.py` in code blocks and in backticks, each once, in the order of the READMEs."""
    found = []
    for path in READMES:
        found += re.findall(r"(?m)(?:^|`)python3? run\.py *([^`\n]*?) *(?:#.*)?(?:$|`)", path.read_text("utf-8"))
    return tuple(dict.fromkeys(found))


def simulates(words: list[str]) -> bool:
    """Say whether a command runs the model; without a verb it is `project`."""
    running = {
        "project",
        "validate",
        "variance",
        "calibrate",
        "identify",
        "attribute",
        "deadline",
        "learn",
        "seek",
        "sensitivity",
    }
    return not words or words[0].startswith("-") or words[0] in running or bool({"--scenarios", "--design"} & {*words})


def without_sizes(words: list[str]) -> list[str]:
    """Leave out the flags that `--smoke` sets."""
    return [word for before, word in zip(["", *words], words, strict=False) if not SIZES & {before, word}]


def in_one_language(words: list[str]) -> list[str]:
    """Draw in English where the README leaves both languages: charts take most of the time of a small study."""
    return words if "--lang" in words else [*words, "--lang", "en"]


def at_smoke_size(command: str, studies: Path) -> list[str] | None:
    """Make the command small and keep what it leaves in one folder; None where it would not end soon."""
    words = shlex.split(command)
    if simulates(words):
        smaller = next((flags for sign, flags in SMALLER.items() if sign in words), [])
        small = [*without_sizes(words), "--smoke", *smaller]
        return [*in_one_language(small), "--workers", "1", "--studies-dir", str(studies)]
    reading = {
        "chart",
        "compare",
        "discover",
        "emulate",
        "effects",
        "export",
        "merge",
        "milestones",
        "report",
        "update",
    }
    if words[0] in reading:
        return [*(in_one_language(words) if words[0] == "merge" else words), "--studies-dir", str(studies)]
    if words[0] in {"template", "import", "trace"}:
        return [words[0], str(studies / words[1]), *words[2:]]
    if words[0] == "accept":
        return [
            *(word.replace("outputs/studies", str(studies)) for word in words),
            "--into",
            str(studies / "posterior"),
        ]
    if words[0] == "test":
        return [*words, "--collect-only", "-q", "-p", "no:cacheprovider"] if words[1:] else None
    return None if words[0] in {"benchmark", "page"} else words


@pytest.fixture(scope="module")
def studies(tmp_path_factory: pytest.TempPathFactory) -> Path:
    """Folder of what the commands leave."""
    return tmp_path_factory.mktemp("studies")


@pytest.fixture(scope="module")
def done(studies: Path) -> dict[str, Done]:
    """What came of each command that runs something; a later one may read the study of an earlier one."""
    results = {}
    with pytest.MonkeyPatch.context() as patch:
        patch.chdir(ROOT)
        for command in commands():
            words = at_smoke_size(command, studies)
            if words is not None:
                # All charts are drawn of the study of the first command, and of the one that is drawn and reported on.
                is_drawn = not command or not words[0].startswith(("project", "merge")) or "my-study" in words
                with nullcontext() if is_drawn else drawing_one_chart():
                    results[command] = start(*words) if words[0] == "test" else do(*words)
    return results


def test_the_commands_are_found() -> None:
    """The two commands of the first page, and at least one of each verb, stand in the READMEs."""
    assert commands()[:2] == ("", "test")
    assert {command.partition(" ")[0] for command in commands()} >= {*run.VERBS}


@pytest.mark.parametrize("command", commands())
def test_a_command_of_a_readme_parses(command: str) -> None:
    """Verb, flags and values are known to the command line as they stand in the README."""
    words = shlex.split(command)
    if words[-1:] == ["--help"]:
        with pytest.raises(SystemExit, match=r"^0$"):
            run.parse(words)
        return
    design = run.design_in(words)
    args = run.parse_with(ROOT / design, words) if design else run.parse(words)
    assert run.validate(args) == []
    if args.verb == "benchmark":
        benchmark_parser().parse_args(args.rest)


@pytest.mark.parametrize("command", [words for words in commands() if at_smoke_size(words, Path()) is not None])
def test_a_command_of_a_readme_runs(command: str, done: dict[str, Done]) -> None:
    """A command that runs something ends with 0, says what it found, and shows no traceback."""
    assert done[command].returncode == 0, done[command].stderr
    assert done[command].stdout.strip()
    assert "Traceback" not in done[command].stderr


def test_the_study_of_the_readme_holds_what_the_readme_says(done: dict[str, Done], studies: Path) -> None:
    """A study has the files that the table "What a study holds" names."""
    (command,) = [command for command in commands() if "--study my-study" in command]
    assert done[command].returncode == 0
    (table,) = re.findall(r"## What a study holds\n(.*?)\n## ", READMES[0].read_text("utf-8"), re.DOTALL)
    patterns = re.findall(r"`([\w*./]+\.\w+|\*\.\w+)`", table)
    patterns = [pattern if "/" in pattern or pattern[0] != "*" else f"charts/{pattern}" for pattern in patterns]
    assert patterns == ["manifest.json", "results/*.parquet", "tables/*.csv", "charts/*.png", "charts/*.svg"]
    assert [pattern for pattern in patterns if not list((studies / "my-study").glob(pattern))] == []


def test_the_code_of_the_outputs_readme_reads_a_study(done: dict[str, Done], studies: Path) -> None:
    """The Python lines of the README of outputs give rows of the scenarios that they name."""
    assert done
    (code,) = re.findall(r"```python\n(.*?)```", (ROOT / "outputs" / "README.md").read_text("utf-8"), re.DOTALL)
    names: dict[str, object] = {}
    exec(code.replace("outputs/studies/<id>", (studies / "my-study").as_posix()), names)  # noqa: S102  (our own README)
    rows = names["rows"]
    assert set(rows["scenario"]) == {"baseline", "plan"}  # type: ignore[index] # a table of pandas


@pytest.mark.parametrize("command", REPORT_COMMANDS.values())
def test_the_commands_that_a_report_names_are_known(command: str) -> None:
    """What a report tells its reader to run is a verb with flags that it has."""
    words = shlex.split(command.format(study="my-study", scenario="plan"))
    assert run.build_parser(words[0]).parse_args(words).verb == words[0]
