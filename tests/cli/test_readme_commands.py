"""Every command of every README parses; what it runs, the files beside this one run, each a part of the commands."""

from __future__ import annotations

import shlex
from pathlib import Path

import pytest

import run
from outputs.report.supplements import COMMANDS as REPORT_COMMANDS
from tests.benchmarks.run import build_parser as benchmark_parser
from tests.cli.readme import PARTS, ROOT, commands, running


def test_the_commands_are_found() -> None:
    """The two commands of the first page, and at least one of each verb, stand in the READMEs."""
    assert commands()[:2] == ("", "test")
    assert {command.partition(" ")[0] for command in commands()} >= {*run.VERBS}


def test_every_command_is_run_by_the_file_of_its_part() -> None:
    """Each command is in one part, no part is empty, and a file runs it; `test`, `benchmark`, `page` are not run."""
    assert sorted(command for part in PARTS for command in commands(part)) == sorted(commands())
    for part in PARTS:
        assert running(part)
        text = Path(__file__).with_name(f"test_readme_{part}.py").read_text("utf-8")
        assert f'PART = "{part}"' in text
    left_out = {*commands()} - {command for part in PARTS for command in running(part)}
    assert {command.partition(" ")[0] for command in left_out} == {"test", "benchmark", "page"}
    assert "test" in left_out
    assert not any(command.startswith("test ") for command in left_out)


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


@pytest.mark.parametrize("command", REPORT_COMMANDS.values())
def test_the_commands_that_a_report_names_are_known(command: str) -> None:
    """What a report tells its reader to run is a verb with flags that it has."""
    words = shlex.split(command.format(study="my-study", scenario="plan"))
    assert run.build_parser(words[0]).parse_args(words).verb == words[0]
