"""The notebook that shows how a study is read: it runs on any study, and what is committed of it is clean."""

from __future__ import annotations

import sys
import tempfile
from pathlib import Path
from typing import Any

import nbformat
import pytest
from nbclient import NotebookClient

from run import main

NOTEBOOK = Path(__file__).resolve().parents[2] / "outputs" / "read_a_study.ipynb"
METADATA = {
    "kernelspec": {"display_name": "Python 3", "language": "python", "name": "python3"},
    "language_info": {"name": "python"},
}
"""Nothing of the machine and its version of Python, so that the same study gives the same bytes."""
KINDS = {"text/plain", "text/html", "image/png"}


def executed(study: Path, folder: Path, patch: pytest.MonkeyPatch) -> Any:
    """The notebook run on a study; its source stays as committed, and what a kernel adds of its own is left out."""
    for variable in ("IPYTHONDIR", "JUPYTER_RUNTIME_DIR", "JUPYTER_CONFIG_DIR"):
        patch.setenv(variable, str(folder / "jupyter"))
    patch.delenv("MPLBACKEND", raising=False)
    made = nbformat.read(NOTEBOOK, as_version=4)  # type: ignore[no-untyped-call]  # it has no types
    (cell,) = [cell for cell in made.cells if "parameters" in cell.metadata.get("tags", ())]
    source, line = cell.source, 'STUDY = Path("studies") / "four-policies"'
    assert line in source
    cell.source = source.replace(line, f"STUDY = Path({str(study)!r})")
    NotebookClient(made, timeout=300, kernel_name="python3", record_timing=False).execute(cwd=str(folder))
    cell.source = source
    made.metadata.clear()
    made.metadata.update(METADATA)
    return made


def outputs(notebook: Any) -> list[Any]:
    """All outputs, in their order."""
    return [output for cell in notebook.cells if cell.cell_type == "code" for output in cell.outputs]


@pytest.mark.usefixtures("one_chart")
@pytest.mark.filterwarnings("ignore::DeprecationWarning", "ignore::ResourceWarning")
def test_it_runs_on_a_small_study(
    tmp_path: Path, monkeypatch: pytest.MonkeyPatch, request: pytest.FixtureRequest
) -> None:
    """It ends without an error or a word on stderr, finds its bands in the table, and draws two charts.

    With ``--update-notebook STUDY`` it is executed on that study, and the result is kept.
    """
    monkeypatch.setenv("YINZHOU_ENV", "own")
    if kept := request.config.getoption("--update-notebook"):
        made = executed(Path(kept).resolve(), tmp_path, monkeypatch)
        nbformat.write(made, NOTEBOOK)  # type: ignore[no-untyped-call]  # it has no types
    words = ["project", "--smoke", "--scale", "5000", "--members", "3", "--workers", "1", "--quiet", "--lang", "en"]
    assert main([*words, "--study", "small", "--studies-dir", str(tmp_path / "鄞州 研究")]) == 0
    found = outputs(executed(tmp_path / "鄞州 研究" / "small", tmp_path, monkeypatch))
    assert {output.output_type for output in found} == {"execute_result", "display_data"}
    assert [output.data["text/plain"] for output in found].count("True") == 1
    assert sum("image/png" in output.data for output in found) == 2


def test_what_is_committed_is_executed_and_clean() -> None:
    """Every code cell was run once, in order; any reader shows its outputs, and no path of a machine is in them."""
    made = nbformat.read(NOTEBOOK, as_version=4)  # type: ignore[no-untyped-call]  # it has no types
    nbformat.validate(made)
    code = [cell for cell in made.cells if cell.cell_type == "code"]
    assert [cell.execution_count for cell in code] == list(range(1, len(code) + 1))
    assert {kind for output in outputs(made) for kind in output.data} <= KINDS
    assert {output.output_type for output in outputs(made)} == {"execute_result", "display_data"}
    assert dict(made.metadata) == METADATA
    written = NOTEBOOK.read_text("utf-8")
    folders = (Path.home(), NOTEBOOK.parent, Path(sys.prefix), Path(tempfile.gettempdir()))
    assert not [folder for folder in folders if str(folder) in written]
