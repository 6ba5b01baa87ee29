"""All checks of the project in one command, `python3 run.py test`; with arguments, pytest alone.

Which lines tests reach is asked for by itself, `python3 run.py test -n 2 -m "not slow" --cov`: tracing takes more than
half as long again.
"""

import subprocess
import sys
from pathlib import Path

ROOT = Path(__file__).resolve().parents[1]
STEPS = (
    ("ruff check", ("-m", "ruff", "check", ".")),
    ("ruff format", ("-m", "ruff", "format", "--check", ".")),
    ("mypy", ("-m", "mypy")),
    ("lint-imports", ("-c", "from importlinter.cli import lint_imports_command as run; run()")),
    ("pytest", ("-m", "pytest", "-n", "2", "--dist", "loadfile", "-m", "not slow")),
)


def run(*arguments: str) -> int:
    """Run Python with the given arguments at the root of the project; return its exit code."""
    return subprocess.run([sys.executable, *arguments], cwd=ROOT, check=False).returncode


def main(arguments: list[str]) -> int:
    """Run every step, also after one has failed, and name those that failed before pytest's last line."""
    if arguments:
        return run("-m", "pytest", *arguments)
    failed: list[str] = []
    for name, command in STEPS:
        if name == "pytest" and failed:
            print(f"failed so far: {', '.join(failed)}", file=sys.stderr, flush=True)
        print(f"== {name}", file=sys.stderr, flush=True)
        if run(*command):
            failed.append(name)
    print(f"failed: {', '.join(failed)}" if failed else "all checks passed", file=sys.stderr, flush=True)
    return 1 if failed else 0


if __name__ == "__main__":
    sys.exit(main(sys.argv[1:]))
