"""The answers that `scenarios/README.md` shows, made again: each block by the commands that stand right above it.

`python3 run.py benchmark --answers` runs them at full size, all in one folder, and holds the blocks against what the
last command of each prints; `--write` replaces them. With `--folder` what is complete there is read and not run again.
"""

import difflib
import re
import shlex
import subprocess
import sys
from collections.abc import Callable
from pathlib import Path

from model.errors import ScenarioError
from outputs.markdown import origin
from outputs.store import Study

ROOT = Path(__file__).resolve().parents[2]
README = ROOT / "scenarios" / "README.md"
_BLOCK = re.compile(r"<!-- (?P<name>\w+):begin -->\n(?P<text>.*?)\n<!-- (?P=name):end -->", re.DOTALL)
_FENCE = re.compile(r"(?m)^```\n((?:python3 run\.py .*\n)+)```$")
_IDENTIFIER = re.compile(r"`[0-9a-f]{12}`")
"""Of studies: it holds the version of the code too, so the same numbers can come with another one."""
Runner = Callable[[list[str]], str]


def blocks(readme: str) -> dict[str, tuple[str, list[list[str]]]]:
    """Text of each block, and the words of the commands in the last fence before it.

    Raises
    ------
    ValueError : a block stands before any command.
    """
    found = {}
    for match in _BLOCK.finditer(readme):
        fences = _FENCE.findall(readme[: match.start()])
        if not fences:
            raise ValueError(f"the block {match['name']} has no commands above it")
        commands = [shlex.split(line)[2:] for line in fences[-1].splitlines()]
        found[match["name"]] = (match["text"].strip(), commands)
    return found


def run_in(folder: Path) -> Runner:
    """Runs a command with all its studies in a folder, and gives what it prints."""

    def run(words: list[str]) -> str:
        command = [sys.executable, str(ROOT / "run.py"), *words, "--studies-dir", str(folder)]
        return subprocess.run(command, check=True, stdout=subprocess.PIPE, encoding="utf-8").stdout

    return run


def made(commands: list[list[str]], folder: Path, run: Runner) -> str:
    """What the last command prints, with the study that it rests on; as it is if it is Markdown, else in a fence."""
    printed = [run(words) for words in commands][-1].strip()
    printed = "\n".join(line.rstrip() for line in printed.replace(str(folder), "outputs/studies").splitlines())
    if printed.startswith("Study `"):
        return printed
    return f"{origin(Study.open(folder / study_of(commands)))}\n\n```text\n{printed}\n```"


def study_of(commands: list[list[str]]) -> str:
    """Name of the study that the last command makes or, where it makes none, of the one made before it."""
    for words in reversed(commands):
        if "--study" in words:
            return words[words.index("--study") + 1]
    raise ValueError(f"no --study in {commands}")


def report(
    names: list[str], folder: Path, *, write: bool, readme: Path = README, run: Runner | None = None
) -> list[str]:
    """Hold blocks against what their commands print, or replace them; give the lines that differ.

    Raises
    ------
    ScenarioError : there is no block of such a name.
    """
    text = readme.read_text(encoding="utf-8")
    known = blocks(text)
    if unknown := sorted({*names} - {*known}):
        raise ScenarioError(f"{readme.name}: no block {', '.join(unknown)}; there are {', '.join(known)}")
    differ: list[str] = []
    for name in names or known:
        shown, commands = known[name]
        new = made(commands, folder, run or run_in(folder))
        if write:
            text = readme.read_text(encoding="utf-8")
            begin, end = f"<!-- {name}:begin -->\n", f"\n<!-- {name}:end -->"
            readme.write_text(text.replace(f"{begin}{shown}{end}", f"{begin}{new}{end}"), encoding="utf-8")
        old, now = (_IDENTIFIER.sub("`study`", one).splitlines() for one in (shown, new))
        differ += difflib.unified_diff(old, now, f"{readme.name}: {name}", "printed today", lineterm="", n=0)
    return differ
