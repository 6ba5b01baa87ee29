"""Charts: whole, legible, in both languages, and the same bytes each time."""

from __future__ import annotations

import dataclasses
import functools
import io
import shutil
import warnings
from typing import TYPE_CHECKING, Any

import matplotlib as mpl
import pytest
from matplotlib.backends.backend_agg import FigureCanvasAgg
from matplotlib.text import Text

from outputs.answering import write_everything
from outputs.charts import gallery, style
from outputs.overview import list_charts
from outputs.store import Study
from outputs.tables import read_table
from tests.unit.outputs.synthetic import SCENARIOS, complete_study, definition, result

if TYPE_CHECKING:
    from pathlib import Path

    import pandas as pd
    from matplotlib.figure import Figure

    from outputs.charts.chart import Chart, TableChart, Words

CHARTS = gallery.all_charts()
WIDTHS = (style.WIDTH_CM, style.NARROW_CM)
SIZES = [(chart, width) for chart in CHARTS for width in WIDTHS]
LANGUAGES = ("zh", "en")


@functools.cache
def drawn(chart: Chart, study: Study, language: str, width_cm: float = style.WIDTH_CM) -> Figure:
    """Draw a chart and lay it out, any warning being an error."""
    with style.house_style(width_cm), warnings.catch_warnings():
        warnings.simplefilter("error")
        figure = chart.draw(study, language)
        FigureCanvasAgg(figure).draw()  # type: ignore[no-untyped-call]
    return figure


def drawn_of(
    chart: TableChart, study: Study, table: pd.DataFrame, language: str, width_cm: float = style.WIDTH_CM
) -> Figure:
    """Draw a chart of a table as it comes back from its file, any warning being an error."""
    file = io.BytesIO(table.to_csv(index=False, float_format="%.10g").encode("utf-8-sig"))
    with style.house_style(width_cm), warnings.catch_warnings():
        warnings.simplefilter("error")
        figure = chart.draw(study, read_table(file), language)
        FigureCanvasAgg(figure).draw()  # type: ignore[no-untyped-call]
    assert figure.get_figwidth() * 2.54 == pytest.approx(width_cm)
    return figure


def assert_whole(figure: Figure, chart: Words, language: str) -> None:
    """Fail where the title is missing or wider than the page, text is not legible, or a column is taller than A4."""
    title = chart.title(language)
    assert title.replace(" ", "") in "".join(figure.get_suptitle().split())
    assert_legible(figure)
    assert figure.get_figwidth() * 2.54 > style.NARROW_CM + 1 or figure.get_figheight() * 2.54 <= style.TALLEST_CM
    inside = [figure._suptitle, figure._supxlabel]  # type: ignore[attr-defined] # what matplotlib keeps of them
    assert all(text.get_window_extent().x1 <= figure.bbox.x1 for text in inside)


def axes_of(figure: Any) -> list[Any]:
    """All panels that a reader sees."""
    return [ax for part in (figure, *figure.subfigs) for ax in part.axes if ax.get_visible()]


def words(figure: Any) -> list[Text]:
    """Texts that a reader sees: not those of hidden panels, nor of ticks that lie outside their axis."""
    shown = [text for part in (figure, *figure.subfigs) for text in part.texts]
    for ax in axes_of(figure):
        shown += [*ax.texts, ax.title, ax._left_title, ax.xaxis.label, ax.yaxis.label]
        for axis in (ax.xaxis, ax.yaxis):
            shown += [label for tick in axis._update_ticks() for label in (tick.label1, tick.label2)]
        shown += ax.get_legend().get_texts() if ax.get_legend() else []
    for legend in figure.legends:
        shown += legend.get_texts()
    unique = {id(text): text for text in shown if text.get_text().strip() and text.get_visible()}
    return list(unique.values())


def test_every_chart_of_the_brief_is_found() -> None:
    """The gallery finds the eight charts of the main job, in the order of their ids with any that were added."""
    found = [row["chart"] for row in list_charts()]
    assert {*found} >= {"chance", "cities", "cost", "decomposition", "fan", "flows", "gap", "ladder"}
    assert found == sorted(found)


@pytest.mark.parametrize("language", LANGUAGES)
@pytest.mark.parametrize("chart", CHARTS, ids=lambda chart: chart.chart_id)
def test_a_chart_is_drawn_without_a_missing_glyph(chart: Chart, study: Study, language: str) -> None:
    """Drawing warns of nothing, missing glyphs included, and leaves something on the page."""
    figure = drawn(chart, study, language)
    for ax in axes_of(figure):
        assert len(ax.lines) + len(ax.patches) + len(ax.collections) > 0
    assert chart.title(language) in figure.get_suptitle()
    assert chart.alt(language)


@pytest.mark.parametrize("language", LANGUAGES)
@pytest.mark.parametrize(("chart", "width_cm"), SIZES, ids=lambda item: getattr(item, "chart_id", item))
def test_all_text_is_legible(chart: Chart, width_cm: float, study: Study, language: str) -> None:
    """At each width no text is under 7 points, cut off by the page, or over another, and the figure fits on A4."""
    figure = drawn(chart, study, language, width_cm)
    assert len(words(figure)) > 10
    assert figure.get_figwidth() * 2.54 == pytest.approx(width_cm)
    assert figure.get_figheight() * 2.54 <= style.TALLEST_CM
    assert_legible(figure)
    inside = [figure._suptitle, figure._supxlabel]  # type: ignore[attr-defined] # what matplotlib keeps of them
    assert all(text.get_window_extent().x1 <= figure.bbox.x1 for text in inside)


@pytest.fixture
def two_charts(monkeypatch: pytest.MonkeyPatch) -> list[Chart]:
    """A gallery of two: for tests of which files are written, while others draw each chart at each width."""
    few = CHARTS[:2]
    monkeypatch.setattr(gallery, "all_charts", lambda: few)
    return few


def test_every_chart_is_drawn_for_one_column(study: Study, tmp_path: Path, two_charts: list[Chart]) -> None:
    """Asked for 8.5 cm without names, every chart is written under a name of its own."""
    copy = Study(tmp_path, study.definition, study.record)
    shutil.copytree(study.path / "results", tmp_path / "results")
    paths = gallery.draw_all(copy, ["en"], kinds=["png"], width_cm=style.NARROW_CM)
    assert [path.name for path in paths] == [f"{chart.chart_id}_en_8.5cm.png" for chart in two_charts]


@pytest.mark.parametrize(("language", "start"), [("zh", "图3　各情景的达标概率"), ("en", "Figure 3. Chance that")])
def test_a_chart_has_a_caption_and_a_source_line(study: Study, language: str, start: str) -> None:
    """Both are there for what is written about a study; the source line is the one that is drawn."""
    chart = next(chart for chart in CHARTS if chart.chart_id == "chance")
    assert chart.caption(language, 3).startswith(start)
    assert chart.source(study, language) == drawn(chart, study, language).get_supxlabel()


@pytest.mark.parametrize("chart", CHARTS, ids=lambda chart: chart.chart_id)
def test_files_hold_fonts_and_words_and_are_the_same_each_time(chart: Chart, study: Study, tmp_path: Path) -> None:
    """PDF with TrueType fonts and none of Type 3, SVG with the alt text, no date, the same bytes from two drawings."""
    contents = []
    for name in ("one", "two"):
        with style.house_style(style.NARROW_CM):
            figure = chart.draw(study, "zh")
            paths = gallery.save(figure, tmp_path / name, chart, "zh", ["pdf", "svg", "png"])
        contents.append([path.read_bytes() for path in paths])
    assert contents[0] == contents[1]
    pdf, svg, _ = contents[0]
    assert b"/FontFile2" in pdf
    assert b"/Type3" not in pdf
    assert b"CreationDate" not in pdf
    assert b"<dc:date>" not in svg
    assert chart.alt_zh.encode() in svg


def assert_legible(figure: Figure) -> None:
    """Fail on text under 7 points, cut off by the page, or written over another."""
    texts = words(figure)
    assert min(float(text.get_fontsize()) for text in texts) >= style.SMALL
    page = figure.bbox
    boxes = [(text.get_text(), text.get_window_extent()) for text in texts]
    outside = [label for label, box in boxes if box.x0 < page.x0 - 1 or box.x1 > page.x1 + 1 or box.y0 < page.y0 - 1]
    assert outside == []
    # A hand's breadth of pixels is taken off each box: ascenders may touch the line above.
    tight = [(label, box.padded(-4)) for label, box in boxes]
    pairs = [(a, b) for i, (a, one) in enumerate(tight) for b, two in tight[i + 1 :] if one.overlaps(two)]
    assert pairs == []


@pytest.mark.parametrize("chart", CHARTS, ids=lambda chart: chart.chart_id)
def test_a_chart_names_its_source(chart: Chart, study: Study) -> None:
    """Study id, members, seed and scale are the last line under every chart."""
    line = drawn(chart, study, "en").get_supxlabel().splitlines()[-1]
    assert line == f"Source: simulation study {study.study_id}; 8 members per scenario, seed 1, scale 1:100"


@pytest.mark.parametrize("language", LANGUAGES)
def test_a_chart_beyond_2027_says_that_it_is_an_outlook(tmp_path: Path, language: str) -> None:
    """The fan chart of a study to 2028 has the caution under it, within the page and without a missing glyph."""
    study = Study.create_or_open(definition(2, n_quarters=32), tmp_path)
    study.write_batch([result(name, member, 32) for name, *_ in SCENARIOS for member in range(2)])
    study.compact()
    figure = drawn(next(chart for chart in CHARTS if chart.chart_id == "fan"), study, language)
    below = figure.get_supxlabel().splitlines()
    assert below[-1].startswith({"zh": "2027 年之后为展望", "en": "Beyond 2027 an outlook"}[language])
    box = figure._supxlabel.get_window_extent()  # type: ignore[attr-defined] # what matplotlib keeps of it
    assert 0 <= box.x0 < box.x1 <= figure.bbox.x1


def test_drawing_leaves_no_trace_in_the_settings_of_others(study: Study) -> None:
    """The house look does not stay behind in matplotlib."""
    before = dict(mpl.rcParams)
    drawn.__wrapped__(CHARTS[0], study, "en")
    assert dict(mpl.rcParams) == before


def test_everything_is_written(tmp_path: Path, two_charts: list[Chart]) -> None:
    """Tables, and charts as PNG and SVG in the languages asked for, lie in the study, and nothing half-written."""
    study = complete_study(tmp_path, members=2)
    paths = write_everything(study, ["en"])
    assert all(path.stat().st_size > 300 for path in paths)
    names = sorted(path.name for path in study.charts_dir.iterdir())
    assert names == sorted(f"{chart.chart_id}_en.{kind}" for chart in two_charts for kind in ("png", "svg"))
    assert not list(study.path.rglob("*.tmp*"))


def test_languages_drawn_side_by_side_are_the_same_files(study: Study, tmp_path: Path) -> None:
    """Each in a process of its own or one after the other: the same bytes."""
    bytes_of = []
    for processes in (1, 2):
        copy = dataclasses.replace(study, path=tmp_path / str(processes))
        shutil.copytree(study.path, copy.path)
        paths = gallery.draw_side_by_side(copy, ["en", "zh"], processes, ["fan"])
        bytes_of.append({path.name: path.read_bytes() for path in paths})
    assert sorted(bytes_of[0]) == ["fan_en.png", "fan_en.svg", "fan_zh.png", "fan_zh.svg"]
    assert bytes_of[0] == bytes_of[1]


@pytest.mark.parametrize(
    ("label", "width", "lines"),
    [("one two three four", 14, ["one two three", "four"]), ("在沪科创飞地孵化器", 10, ["在沪科创飞", "地孵化器"])],
)
def test_labels_break_into_even_lines(label: str, width: int, lines: list[str]) -> None:
    """English breaks between words, Chinese after any character of two cells."""
    assert style.wrapped(label, width).split("\n") == lines


def test_chinese_lines_break_where_print_would() -> None:
    """Numbers stay whole; no line ends with an opening bracket or begins with a closing one, a comma or a space."""
    assert style.wrapped("飞入型科创飞地(大嵩、东外滩)", 14).split("\n") == ["飞入型科创飞地", "(大嵩、东外滩)"]
    assert style.wrapped("一二三四，五六七八", 8).split("\n") == ["一二三四，", "五六七八"]
    assert style.wrapped("误差线为 95% 区间", 10).split("\n") == ["误差线为", "95% 区间"]


def test_a_lever_keeps_its_name_when_its_bracket_goes() -> None:
    """What an English name says in brackets is left out, wherever it stands."""
    assert style.lever_label("Flexible (part-time, no relocation) recruitment", 36) == "Flexible recruitment"


@pytest.mark.parametrize(
    ("behind", "ink"), [("white", style.INK), ("#0b4f80", "white"), ("#8fb8d8", style.INK), ("#222222", "white")]
)
def test_ink_stands_out_from_what_is_behind_it(behind: str, ink: str) -> None:
    """Dark on light, white on dark; on the house's middle blue dark ink has 7.6 to 1 and white 2.1 to 1."""
    assert style.ink_on(behind) == ink


def test_blocks_are_even() -> None:
    """Five panels with room for four become three and two."""
    assert [list(block) for block in style.blocks(range(5), 4)] == [[0, 1, 2], [3, 4]]
