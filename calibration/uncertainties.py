"""The uncertain values of the data tables in words: base year and outside world."""

from __future__ import annotations

from dataclasses import replace
from pathlib import Path

from calibration.facts import NINGBO, Tables, Uncertain
from model.base import BOUNDARIES
from model.priors import Fixed
from model.uncertainties import Kind, Uncertainty, named, read_labels

LABELS = Path(__file__).resolve().parent / "labels.csv"
_MEANS = ("gdp_growth", "wage_growth", "rent_growth")
_RELATIVE = ("wage_growth_relative", "rent_growth_relative")


def data_uncertainties(tables: Tables) -> tuple[Uncertainty, ...]:
    """Every base value that is drawn, then what summarises the outside world of a run.

    The outside world is drawn year by year; a run stores its means (`model.base.OutsideWorld.means`), and the words
    are those of the means.
    """
    words = _Words(tables)
    base = [words.of(item, "base") for item in tables.uncertain if not isinstance(item.prior, Fixed)]
    means = [words.of(tables.outside[name], "outside") for name in _MEANS]
    apart = [
        replace(words.of(tables.outside[name], "outside", place=city.name), name=f"{city.name}.{name}")
        for name in _RELATIVE
        for city in tables.cities[1:]
    ]
    return (*base, *means, *apart)


class _Words:
    """Names of values, made of the name of the quantity and of the places that it is about."""

    def __init__(self, tables: Tables) -> None:
        self.labels = read_labels(LABELS)
        self.places = {city.name: (city.name_zh, city.name_en) for city in tables.cities}
        self.places |= dict(zip(BOUNDARIES, tables.boundary_names, strict=True)) | {NINGBO: ("宁波", "Ningbo")}

    def of(self, item: Uncertain, kind: Kind, place: str = "") -> Uncertainty:
        """Describe one value."""
        owner, _, quantity = item.name.rpartition(".") if ":" not in item.name else ("", "", item.name)
        quantity, _, pair = quantity.partition(":")
        zh, en = named(self.labels, quantity, quantity.replace("_", " "))
        if place or owner:
            there = self.places[place or owner]
            zh, en = f"{there[0]}{zh}", f"{there[1]}: {en}"
        if pair:
            (origin_zh, origin), (destination_zh, destination) = (self.places[name] for name in pair.split(">"))
            zh, en = f"{origin_zh}至{destination_zh}{zh}", f"{origin} to {destination}: {en}"
        return Uncertainty(item.name, kind, kind, zh, en, item.unit, item.factor, item.status)
