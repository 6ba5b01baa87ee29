"""The verb `chart` on charts of tables that verbs have added: other widths and kinds, and what it refuses."""

from __future__ import annotations

from argparse import Namespace
from typing import TYPE_CHECKING, Any

import pandas as pd
import pytest

from model.errors import StudyError
from model.wiring import Supplement
from outputs.charts import gallery
from outputs.redrawing import redraw
from outputs.supplements import write_supplement
from tests.unit.outputs.synthetic import complete_study
from tests.unit.outputs.test_table_charts import bars, cells, lines

if TYPE_CHECKING:
    from pathlib import Path

    from outputs.store import Study


class Heard:
    """A wiring that keeps what is shown and what is warned of."""

    def __init__(self) -> None:
        """Nothing yet."""
        self.shown: list[str] = []
        self.warned: list[str] = []

    def show(self, line: str) -> None:
        """Keep a line of the result."""
        self.shown.append(line.rpartition("/")[2])

    def warn(self, line: str) -> None:
        """Keep a warning."""
        self.warned.append(line)


@pytest.fixture
def grid(tmp_path: Path) -> Study:
    """A study with a grid of levers: three tables and two charts in English."""
    study = complete_study(tmp_path, members=2)
    write_grid(study, bars())
    return study


@pytest.fixture
def _two_charts(monkeypatch: pytest.MonkeyPatch) -> None:
    """Two charts of a study: how each is drawn for one column is tested with the charts."""
    few = gallery.all_charts()[:2]
    monkeypatch.setattr(gallery, "all_charts", lambda: few)


def write_grid(study: Study, bars: pd.DataFrame) -> None:
    """Write what a grid leaves, with these bars."""
    tables = {"tornado": bars, "shown": lines(), "heat": cells()}
    write_supplement(study.path, Supplement("sensitivity/made", {}, tables, ["tornado", "lever_levels"]), ["en"])


def drawn(study: Study, *names: str, **flags: Any) -> Heard:
    """Call the verb."""
    wiring, given = Heard(), {"lang": "en", "format": ["png"], "width": "8.5"} | flags
    redraw(Namespace(studies_dir=study.path.parent, study=study.path.name, charts=list(names), **given), wiring)  # type: ignore[arg-type]
    return wiring


def test_a_chart_of_a_table_is_drawn_for_one_column(grid: Study) -> None:
    """Its file has a name of its own, beside that of 17 cm, which stays."""
    before = (grid.path / "sensitivity/made/tornado_en.png").read_bytes()
    assert drawn(grid, "tornado").shown == ["tornado_en_8.5cm.png"]
    files = sorted(path.name for path in (grid.path / "sensitivity/made").glob("tornado*.png"))
    assert files == ["tornado_en.png", "tornado_en_8.5cm.png"]
    assert (grid.path / "sensitivity/made/tornado_en.png").read_bytes() == before


def test_the_same_table_gives_the_same_bytes(grid: Study) -> None:
    """Drawn again at 17 cm, a chart is what the verb has left; PDF and Chinese are drawn on request."""
    path = grid.path / "sensitivity/made/tornado_en.svg"
    before = path.read_bytes()
    path.unlink()
    shown = drawn(grid, "tornado", width="17", lang="both", format=["svg", "pdf"]).shown
    assert shown == ["tornado_zh.svg", "tornado_zh.pdf", "tornado_en.svg", "tornado_en.pdf"]
    assert path.read_bytes() == before


@pytest.mark.usefixtures("_two_charts")
def test_without_names_all_are_drawn(grid: Study) -> None:
    """Those of the study and those of its tables; a table that no verb has drawn a chart of stays without one."""
    wanted = [chart.chart_id for chart in gallery.all_charts()] + ["lever_levels", "tornado"]
    assert drawn(grid).shown == [f"{name}_en_8.5cm.png" for name in wanted]


@pytest.mark.usefixtures("_two_charts")
def test_what_has_no_room_is_said(grid: Study) -> None:
    """Named, it is an error; among all, a warning, and the others are drawn."""
    write_grid(grid, pd.concat([bars().assign(indicator=f"indicator {k}") for k in range(9)]))
    with pytest.raises(StudyError, match=r"chart 'tornado': it would be .* cm tall in one column of 8.5 cm"):
        drawn(grid, "tornado")
    heard = drawn(grid)
    assert "lever_levels_en_8.5cm.png" in heard.shown
    assert "tornado_en_8.5cm.png" not in heard.shown
    assert [line.startswith("not drawn: chart 'tornado'") for line in heard.warned] == [True]


def test_a_verb_that_runs_again_leaves_no_older_picture(grid: Study) -> None:
    """Pictures of the table that was there before are gone, whatever their width and kind."""
    drawn(grid, "tornado", format=["png", "pdf"])
    write_grid(grid, bars())
    files = sorted(path.name for path in (grid.path / "sensitivity/made").glob("tornado*"))
    assert files == ["tornado.csv", "tornado_en.png", "tornado_en.svg"]


def test_what_is_not_there_is_refused_by_name(grid: Study) -> None:
    """A chart that does not exist, and one whose table the study does not have, are named at once."""
    with pytest.raises(StudyError) as error:
        drawn(grid, "tornadoo", "sensitivity_heat", "fan")
    unknown, missing = error.value.problems
    assert "'tornadoo' does not exist; did you mean 'tornado'" in unknown
    assert "'sensitivity_heat': no verb has added its table" in missing


@pytest.mark.parametrize(("content", "said"), [("", "cannot be read as a table"), ("en,value\na,1\n", "is missing")])
def test_a_broken_table_is_named(grid: Study, content: str, said: str) -> None:
    """An empty file or one without the columns is an error that names the file."""
    (grid.path / "sensitivity/made/tornado.csv").write_text(content, encoding="utf-8")
    with pytest.raises(StudyError, match=said) as error:
        drawn(grid, "tornado")
    assert "tornado.csv" in str(error.value)
