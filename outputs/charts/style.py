"""House look: two widths, two fonts, colours that a colour-blind reader and a grey printer tell apart."""

from __future__ import annotations

import functools
import re
import textwrap
from collections.abc import Iterable, Iterator, Sequence
from contextlib import contextmanager
from importlib.util import find_spec
from pathlib import Path
from typing import TYPE_CHECKING, Any, TypeVar

from model.errors import StudyError
from outputs.language import LAST_BELIEVED_YEAR, text

if TYPE_CHECKING:
    from matplotlib.figure import Figure
    from matplotlib.typing import ColorType

    from outputs.charts.chart import TableChart
    from outputs.store import Study

Item = TypeVar("Item")

WIDTH_CM, NARROW_CM = 17.0, 8.5
"""Of a page and of one of two columns."""
TALLEST_CM = 23.6
"""What an A4 page leaves for a figure above its caption."""
NARROW_NOTE, WIDE_NOTE = 60, 124
"""Half-width cells of a line below a chart."""
DPI = 300
LINE_CM, HEAD_CM = 0.32, 0.42
"""Of small text, and of a heading."""
SMALL, NORMAL, LARGE = 7.0, 7.5, 9.0
"""Points; nothing is smaller than SMALL."""
INK, MUTED, FAINT = "#222222", "#666666", "#d0d0d0"
_BEGINS, _ENDS = "([（《〔“", ")]），。、；：》〕”"
"""Signs that no line ends with, and signs that no line begins with."""
FILL, FILL_DARK, LINE, GOAL = "#c6dbec", "#8fb8d8", "#0b4f80", "#b3400b"
COLOURS = ("#4d4d4d", "#0072b2", "#d55e00", "#009e73", "#cc79a7", "#e69f00", "#56b4e9", "#8c6d1f")
MARKERS = ("o", "s", "^", "D", "v", "P", "X", "<")
# The first family to the last, dark and light in turn so that neighbours differ on a grey printer too.
FAMILY_COLOURS = ("#004c6d", "#e69f00", "#00795a", "#cc79a7", "#4d4d4d", "#56b4e9")

_RC: dict[str, Any] = {
    "font.family": ["Noto Sans SC", "DejaVu Sans"],
    "font.size": NORMAL,
    "font.weight": "normal",
    "axes.titleweight": "normal",
    "axes.labelweight": "normal",
    "figure.titleweight": "normal",
    "axes.titlesize": NORMAL,
    "axes.labelsize": NORMAL,
    "xtick.labelsize": SMALL,
    "ytick.labelsize": SMALL,
    "legend.fontsize": SMALL,
    "legend.frameon": False,
    "axes.edgecolor": MUTED,
    "axes.labelcolor": INK,
    "text.color": INK,
    "xtick.color": MUTED,
    "ytick.color": MUTED,
    "xtick.labelcolor": INK,
    "ytick.labelcolor": INK,
    "axes.linewidth": 0.6,
    "xtick.major.width": 0.6,
    "ytick.major.width": 0.6,
    "axes.spines.top": False,
    "axes.spines.right": False,
    "axes.grid": False,
    "grid.color": FAINT,
    "grid.linewidth": 0.5,
    "hatch.linewidth": 0.5,
    "axes.unicode_minus": True,
    "figure.facecolor": "white",
    "savefig.facecolor": "white",
    "pdf.fonttype": 42,
    "svg.fonttype": "path",
    "svg.hashsalt": "outputs",
}


@contextmanager
def house_style(width_cm: float = WIDTH_CM) -> Iterator[None]:
    """Draw and save inside this: house look and width hold here and leave no trace outside."""
    import matplotlib as mpl  # noqa: PLC0415 - heavy, and only drawing needs it

    _add_font()
    with mpl.rc_context():
        mpl.rcdefaults()
        for name, value in _RC.items():
            mpl.rcParams[name] = value  # type: ignore[index]
        mpl.rcParams["figure.figsize"] = (width_cm / 2.54, width_cm / 2.54)
        yield


def new_figure(height_cm: float) -> Figure:
    """Make an empty figure of the width that `house_style` was entered with."""
    from matplotlib.figure import Figure  # noqa: PLC0415

    return Figure(figsize=(_width_cm() / 2.54, height_cm / 2.54), dpi=DPI, layout="constrained")


def is_narrow() -> bool:
    """Whether what is drawn is for one of two columns: charts lay out anew then, for text keeps its size."""
    return _width_cm() < (WIDTH_CM + NARROW_CM) / 2


def by_width(wide: Item, narrow: Item) -> Item:
    """What holds for a page, or what holds for one of two columns."""
    return narrow if is_narrow() else wide


def heading(title: str, *notes: str) -> str:
    """Title, and below it how the chart is to be read; one column is wrapped when it is put in place."""
    return "\n".join([title, *(note if is_narrow() else wrapped(note, 104) for note in notes)])


def table_figure(chart: TableChart, study: Study, language: str, notes: Sequence[str], height_cm: float) -> Figure:
    """Make a figure for a chart of a table, with its heading and where its numbers come from.

    Parameters
    ----------
    notes : below the title: how the chart is to be read, and what it leaves out.
    height_cm : with a heading of two lines; in one column words take more lines, and the figure is higher by these.

    Raises
    ------
    StudyError : in one column it would be taller than a page.
    """
    figure = new_figure(height_cm)
    head_and_source(figure, heading(chart.title(language), *notes), study, language)
    if is_narrow():
        above, below = figure.get_suptitle().count("\n") - 1, figure.get_supxlabel().count("\n")
        height_cm += HEAD_CM * above + LINE_CM * below
        if height_cm > TALLEST_CM:
            raise StudyError(
                f"chart '{chart.chart_id}': it would be {height_cm:.0f} cm tall in one column of {NARROW_CM:g} cm, and "
                f"a page leaves {TALLEST_CM:g}; draw it with --width {WIDTH_CM:g}, or ask for less"
            )
        figure.set_figheight(height_cm / 2.54)
    return figure


def more_rows(title: str, each_cm: float) -> float:
    """Rows that the lines of a title within a chart take beyond its first."""
    return title.count("\n") * 0.34 / each_cm


def row_cm(names: Iterable[str], wide_cm: float) -> float:
    """Height of a row that bears a name beside it: in one column at least what the lines of the longest take."""
    return max([wide_cm, *by_width([], [LINE_CM * (name.count("\n") + 1) + 0.06 for name in names])])


def foot_cm(notes: Sequence[str]) -> float:
    """Height that notes below a chart take."""
    return LINE_CM * sum(_note(note).count("\n") + 1 for note in notes)


def _note(words: str) -> str:
    return wrapped(words, NARROW_NOTE if is_narrow() else WIDE_NOTE)


def _width_cm() -> float:
    import matplotlib as mpl  # noqa: PLC0415

    return float(mpl.rcParams["figure.figsize"][0]) * 2.54


def source_line(study: Study, language: str) -> str:
    """Say from which runs numbers come, and how many of these are missing."""
    definition = study.definition
    about = {"members": definition.members, "seed": definition.seed, "scale": definition.scale}
    line = text("source_line", language, study=study.study_id, **about)
    failed = len(study.failed())
    return line + (text("failed_runs", language, n=failed) if failed else "")


def head_and_source(figure: Figure, heading: str, study: Study, language: str, notes: Sequence[str] = ()) -> None:
    """Put the heading at the top left; at the bottom left notes, and below them where the numbers come from."""
    line = source_line(study, language)
    if study.definition.to_year > LAST_BELIEVED_YEAR:
        line += "\n" + text("outlook_short", language, year=LAST_BELIEVED_YEAR)
    if is_narrow():
        heading, line = (
            "\n".join(wrapped(part, width) for part in words.split("\n"))
            for words, width in ((heading, 48), (line, NARROW_NOTE))
        )
    line = "\n".join([*map(_note, notes), line])
    figure.suptitle(heading, x=0.008, ha="left", fontsize=LARGE, linespacing=1.3)
    figure.supxlabel(line, x=0.008, ha="left", fontsize=SMALL, color=MUTED)


def wrapped(words: str, width: int) -> str:
    """Break words into even lines of at most ``width`` half-width cells: Chinese anywhere, English between words."""
    from rich.cells import cell_len  # noqa: PLC0415

    # Lines of about equal length read better than a full one and an orphan.
    n_lines = -(-cell_len(words) // width) or 1
    if cell_len(words) == len(words):
        longest = max(map(len, words.split()), default=1)
        even = min(width, max(longest, -(-len(words) // n_lines) + 4))
        narrow = textwrap.wrap(words, even, break_on_hyphens=False)
        return (
            "\n".join(narrow if len(narrow) <= n_lines else textwrap.wrap(words, width, break_on_hyphens=False))
            or words
        )
    width = min(width, -(-cell_len(words) // n_lines) + 2)
    lines = [""]
    for sign in re.findall(r"[!-~–]+|.", words):  # Latin words, numbers and ranges stay whole
        if cell_len(lines[-1] + sign) > width and sign not in _ENDS:
            # An opening bracket goes with what follows it.
            begun = lines[-1][-1:] if lines[-1][-1:] in _BEGINS else ""
            lines[-1] = lines[-1].removesuffix(begun)
            lines.append(begun)
        lines[-1] += sign
    return "\n".join(line.strip() for line in lines)


def lever_label(name: str, width: int) -> str:
    """A lever's name beside a row; what an English one says in brackets is in the list of levers."""
    return wrapped(re.sub(r" \([^)]*\)", "", name), width)


def ink_on(behind: ColorType) -> str:
    """Dark or white ink, whichever has the higher contrast ratio (WCAG 2.1) on the colour behind it."""
    light, ink, white = (_luminance(colour) + 0.05 for colour in (behind, INK, "white"))
    return "white" if white / light > light / ink else INK


def _luminance(colour: ColorType) -> float:
    """Relative luminance of WCAG 2.1, 0 to 1."""
    from matplotlib.colors import to_rgb  # noqa: PLC0415 - heavy, and only drawing needs it

    red, green, blue = (c / 12.92 if c <= 0.04045 else ((c + 0.055) / 1.055) ** 2.4 for c in to_rgb(colour))
    return 0.2126 * red + 0.7152 * green + 0.0722 * blue


def blocks(items: Sequence[Item], size: int) -> list[Sequence[Item]]:
    """Cut a sequence into blocks of at most ``size``, as even as can be."""
    n = max(1, -(-len(items) // size))
    length = max(1, -(-len(items) // n))
    return [items[start : start + length] for start in range(0, len(items), length)]


@functools.cache
def _add_font() -> None:
    """Tell matplotlib of the Chinese font; zhplot only carries the file (importing it would change rcParams)."""
    from matplotlib import font_manager  # noqa: PLC0415

    spec = find_spec("zhplot")
    folders = spec.submodule_search_locations if spec else None
    path = Path(next(iter(folders))) / "fonts" / "NotoSansSC-Regular.ttf" if folders else None
    if path is None or not path.is_file():
        raise StudyError("charts: the Chinese font is missing; install the locked requirements (package zhplot)")
    font_manager.fontManager.addfont(path)
