"""Colours of the house: told apart by readers who see two of three, and by a printer that knows grey alone."""

from __future__ import annotations

from itertools import pairwise

import numpy as np
import pytest
from matplotlib.colors import to_rgb
from numpy.typing import NDArray

from outputs.charts import style

# Machado, Oliveira and Fernandes (2009), IEEE TVCG 15(6), severity 1.0; rows act on linear red, green and blue.
SIGHT = {
    "deuteranopia": ((0.367322, 0.860646, -0.227968), (0.280085, 0.672501, 0.047413), (-0.011820, 0.042940, 0.968881)),
    "protanopia": ((0.152286, 1.052583, -0.204868), (0.114503, 0.786281, 0.099216), (-0.003882, -0.048116, 1.051998)),
    "tritanopia": ((1.255528, -0.076749, -0.178779), (-0.078411, 0.930809, 0.147602), (0.004733, 0.691367, 0.303900)),
}
APART = 8.0
"""CIE76 distance; 2.3 is just noticeable."""
GREY_APART = 12.0
"""Of lightness, on its scale of 0 to 100."""


def linear(colour: str) -> NDArray[np.float64]:
    """Linear red, green and blue of an sRGB colour."""
    rgb = np.array(to_rgb(colour))
    return np.where(rgb <= 0.04045, rgb / 12.92, ((rgb + 0.055) / 1.055) ** 2.4)


def lab(rgb: NDArray[np.float64]) -> NDArray[np.float64]:
    """CIELAB of linear red, green and blue under D65."""
    to_xyz = np.array([[0.4124, 0.3576, 0.1805], [0.2126, 0.7152, 0.0722], [0.0193, 0.1192, 0.9505]])
    xyz = to_xyz @ rgb.clip(0.0, 1.0) / np.array([0.9505, 1.0, 1.089])
    f = np.where(xyz > (6 / 29) ** 3, np.cbrt(xyz), xyz / (3 * (6 / 29) ** 2) + 4 / 29)
    return np.array([116 * f[1] - 16, 500 * (f[0] - f[1]), 200 * (f[1] - f[2])])


def test_lightness_is_that_of_the_books() -> None:
    """White has lightness 100, black 0, and the middle grey of sRGB 53.6."""
    assert [lab(linear(name))[0] for name in ("white", "black", "#808080")] == pytest.approx([100, 0, 53.6], abs=0.05)


@pytest.mark.parametrize("sight", SIGHT)
@pytest.mark.parametrize("palette", [style.COLOURS[:4], style.FAMILY_COLOURS], ids=["scenarios", "families"])
def test_a_colour_blind_reader_tells_colours_apart(palette: tuple[str, ...], sight: str) -> None:
    """Every two colours of the four default scenarios, and of the six families, stay apart."""
    seen = [lab(np.array(SIGHT[sight]) @ linear(colour)) for colour in palette]
    close = {
        (palette[i], palette[k]): float(np.linalg.norm(seen[i] - seen[k]))
        for i in range(len(seen))
        for k in range(i + 1, len(seen))
    }
    assert min(close.values()) > APART, close


def test_neighbouring_families_differ_in_grey() -> None:
    """Bars that touch have lightness apart."""
    light = [lab(linear(colour))[0] for colour in style.FAMILY_COLOURS]
    assert min(abs(a - b) for a, b in pairwise(light)) > GREY_APART


def test_bands_of_a_fan_differ_in_grey() -> None:
    """Paper, outer band, inner band and line step down in lightness."""
    light = [lab(linear(colour))[0] for colour in ("white", style.FILL, style.FILL_DARK, style.LINE)]
    assert all(a - b > GREY_APART for a, b in pairwise(light))


def test_marks_tell_scenarios_apart_where_grey_does_not() -> None:
    """Each colour has a mark of its own."""
    assert len(set(style.MARKERS)) == len(style.MARKERS) == len(style.COLOURS)
