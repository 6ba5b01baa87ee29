"""Manners of the command line: examples, quiet, completion, and names with Chinese characters and blanks."""

from __future__ import annotations

import os
import shlex
import shutil
import subprocess
import sys
from pathlib import Path

import pytest

import run
from model.examples import EXAMPLES
from outputs.answering import further_flags
from outputs.store import Study

VERBS = [name for name in run.VERBS if name not in run.PASS_ON]
pytestmark = pytest.mark.usefixtures("one_chart")


@pytest.mark.parametrize("verb", VERBS)
def test_the_help_of_a_verb_ends_with_an_example_that_is_read(verb: str, capsys: pytest.CaptureFixture[str]) -> None:
    """The example is one of that verb, stands in its help, and is known to the command line as it stands."""
    words = shlex.split(EXAMPLES[verb])
    assert words[0] == verb
    assert run.parse(words).verb == verb
    with pytest.raises(SystemExit, match=r"^0$"):
        run.parse([verb, "--help"])
    assert f"example: python3 run.py {EXAMPLES[verb]}" in " ".join(capsys.readouterr().out.split())


@pytest.mark.parametrize("verb", VERBS)
def test_every_verb_can_be_quiet(verb: str) -> None:
    """`--quiet` is a flag of each verb."""
    assert run.parse([*shlex.split(EXAMPLES[verb]), "--quiet"]).quiet


def test_list_loads_no_library_that_it_shows_nothing_of() -> None:
    """The shortest `list` starts without Mesa, pandas, pyarrow, matplotlib, functions of scipy, and compiled draws."""
    code = "import sys, run; run.main(['list']); print(*sys.modules, file=sys.stderr)"
    done = subprocess.run(
        [sys.executable, "-c", code],
        cwd=Path(run.__file__).parent,
        env=os.environ | {"YINZHOU_ENV": "own"},
        capture_output=True,
        text=True,
        check=True,
    )
    heavy = {"mesa", "pandas", "pyarrow", "matplotlib", "scipy.special", "scipy.stats", "model.streams", "sklearn"}
    assert done.stdout.startswith("scenarios")
    assert not heavy & set(done.stderr.split())


def test_quiet_leaves_results_and_errors(
    tmp_path: Path, monkeypatch: pytest.MonkeyPatch, capsys: pytest.CaptureFixture[str]
) -> None:
    """A quiet verb says what it wrote and nothing beside it; an error is still told."""
    monkeypatch.setenv("YINZHOU_ENV", "own")
    path = tmp_path / "mine.xlsx"
    assert run.main(["template", str(path), "--quiet"]) == 0
    shown = capsys.readouterr()
    assert (shown.out, shown.err) == (f"written: {path}\n", "")
    assert run.main(["template", str(path), "--quiet"]) == 1
    assert capsys.readouterr().err.startswith("error: ")


def test_quiet_drops_progress_and_no_doubt(capsys: pytest.CaptureFixture[str]) -> None:
    """Which of the two a line is, its call says and not its words."""
    for quiet in (False, True):
        project = run.Project(quiet=quiet)
        project.say("failed: progress in the words of a doubt")
        project.warn("a doubt in words of its own")
    assert capsys.readouterr().err.splitlines() == [
        "failed: progress in the words of a doubt",
        "a doubt in words of its own",
        "a doubt in words of its own",
    ]


def completed(tmp_path: Path, *words: str) -> set[str]:
    """What bash would offer for the last word."""
    script = tmp_path / "completion.bash"
    line = " ".join(map(shlex.quote, words))
    code = f'source {script}; COMP_WORDS=({line}); COMP_CWORD={len(words) - 1}; _shtab_run_py; echo "${{COMPREPLY[@]}}"'
    done = subprocess.run(["bash", "-c", code], capture_output=True, check=True, encoding="utf-8")
    return set(done.stdout.split())


@pytest.mark.skipif(shutil.which("bash") is None, reason="bash is not installed")
def test_bash_completes_verbs_and_flags(
    tmp_path: Path, monkeypatch: pytest.MonkeyPatch, capsys: pytest.CaptureFixture[str]
) -> None:
    """The script that `completion bash` prints offers verbs by their beginning and the flags of a verb."""
    monkeypatch.setenv("YINZHOU_ENV", "own")
    assert run.main(["completion", "bash"]) == 0
    (tmp_path / "completion.bash").write_text(capsys.readouterr().out, encoding="utf-8")
    assert completed(tmp_path, "run.py", "mile") == {"milestones"}
    assert completed(tmp_path, "run.py", "export", "--for") == {"--format"}


@pytest.mark.parametrize("shell", ["zsh", "tcsh"])
def test_other_shells_get_their_script(
    shell: str, monkeypatch: pytest.MonkeyPatch, capsys: pytest.CaptureFixture[str]
) -> None:
    """Zsh and tcsh scripts name the command and every verb."""
    monkeypatch.setenv("YINZHOU_ENV", "own")
    assert run.main(["completion", shell]) == 0
    text = capsys.readouterr().out
    assert "run.py" in text
    assert all(verb in text for verb in run.VERBS)


def test_a_project_lives_in_a_folder_with_chinese_characters_and_blanks(
    tmp_path: Path, monkeypatch: pytest.MonkeyPatch, capsys: pytest.CaptureFixture[str]
) -> None:
    """Scenario file, folder of studies and name of the study: a whole small run, a workbook and its record."""
    monkeypatch.setenv("YINZHOU_ENV", "own")
    monkeypatch.chdir(tmp_path)
    Path("我的 情景.yaml").write_text("label: {zh: 甲, en: A}\nbase: plan\n", encoding="utf-8")
    studies = ["--study", "规划-试算", "--studies-dir", str(tmp_path / "研究 资料")]
    sizes = ["--smoke", "--members", "2", "--scale", "5000", "--to", "2021", "--workers", "1", "--lang", "en"]
    assert run.main(["project", "--scenarios", "baseline", "我的 情景.yaml", *sizes, *studies, "--quiet"]) == 0
    folder = tmp_path / "研究 资料" / "规划-试算"
    assert Study.open(folder).is_complete
    words = ["report", "规划-试算", "--format", "xlsx", "--lang", "en", "--studies-dir", str(tmp_path / "研究 资料")]
    capsys.readouterr()
    assert run.main(words) == 0
    made = folder / "reports" / "report_en.xlsx"
    assert capsys.readouterr().out == f"{made}\n{made}.numbers.json\n"


def test_the_command_that_repeats_a_run_draws_its_member_the_same_way() -> None:
    """A run of stratified members is repeated with the flag, one of independent members without."""
    assert "--draws stratified" in " ".join(further_flags(run.parse(["project", "--draws", "stratified"])))
    assert "--draws" not in further_flags(run.parse(["project"]))
