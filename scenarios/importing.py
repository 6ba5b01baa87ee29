"""The verb `import`: a filled workbook becomes a scenario file."""

from __future__ import annotations

from argparse import Namespace
from pathlib import Path

from model.errors import ScenarioError
from model.wiring import Wiring
from scenarios.files import shown, write_new
from scenarios.shelf import Shelf, library_files
from scenarios.workbook import Filled, read_workbook
from scenarios.writing import scenario_text


def import_workbook(args: Namespace, wiring: Wiring) -> int:
    """Write the scenario file beside the workbook, or where ``--into`` says; nothing where anything is wrong."""
    into = args.into or args.workbook.with_suffix(".yaml")
    content, filled = read_workbook(args.workbook)
    _refuse(content.base, into, filled)
    write_new(into, scenario_text(content, filled.notes).encode(), overwrite=args.overwrite)
    wiring.show(f"written: {shown(into)}")
    wiring.say(f'run it: python3 run.py project --scenarios baseline "{shown(into)}"')
    return 0


def _refuse(base: str | None, into: Path, filled: Filled) -> None:
    """Refuse a name that the library has, and a base that is not there or inherits from this very file."""
    problems = []
    if into.stem in library_files():
        hint = "give another name with --into"
        problems.append(f"{shown(into)}: the library has a scenario '{into.stem}' already; {hint}")
    if base is not None:
        sheet, cell = filled.place(("base",))
        known = {**library_files(), **{path.stem: path for path in sorted(into.parent.glob("*.y*ml"))}}
        shelf = Shelf()
        if base == into.stem or base not in known:
            what = f"unknown base '{base}'; name one of the library, or a file in the folder of {shown(into)}"
            filled.tell(sheet, cell, what)
        elif any(file.path.resolve() == into.resolve() for file in shelf.chain(str(known[base]))):
            filled.tell(sheet, cell, f"base '{base}' inherits from {shown(into)} itself; choose another base")
        problems += [*filled.problems, *shelf.problems]
    if problems:
        raise ScenarioError(problems)
