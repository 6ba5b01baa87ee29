"""The uncertain values of the data tables in words: base year and outside world."""

from __future__ import annotations

import re
from dataclasses import replace
from pathlib import Path

from calibration.facts import NINGBO, Tables, Uncertain
from model.base import BOUNDARIES
from model.priors import Fixed
from model.uncertainties import Kind, Uncertainty, named, read_labels

LABELS = Path(__file__).resolve().parent / "labels.csv"
_MEANS = ("gdp_growth", "wage_growth", "rent_growth")
_RELATIVE = ("wage_growth_relative", "rent_growth_relative")
_OF_YEAR = re.compile(r"(\w+?)[_:](20\d\d)")
"""A value of the outside world that is drawn for one year: ``gdp_growth_2021``, ``gdp_growth:2022``."""


def data_uncertainties(tables: Tables) -> tuple[Uncertainty, ...]:
    """Every base value that is drawn, then what summarises the outside world of a run.

    The outside world is drawn year by year; a run stores its means (`model.base.OutsideWorld.means`), and the words
    are those of the means.
    """
    words = Words(tables)
    base = [words.of(item, "base") for item in tables.uncertain if not isinstance(item.prior, Fixed)]
    means = [words.of(tables.outside[name], "outside") for name in _MEANS]
    apart = [
        replace(words.of(tables.outside[name], "outside", place=city.name), name=f"{city.name}.{name}")
        for name in _RELATIVE
        for city in tables.cities[1:]
    ]
    return (*base, *means, *apart)


class Words:
    """Names of values, made of the name of the quantity and of the places that it is about."""

    def __init__(self, tables: Tables) -> None:
        self.labels = read_labels(LABELS)
        self.places = {city.name: (city.name_zh, city.name_en) for city in tables.cities}
        self.places |= dict(zip(BOUNDARIES, tables.boundary_names, strict=True)) | {NINGBO: ("宁波", "Ningbo")}

    def of(self, item: Uncertain, kind: Kind, place: str = "") -> Uncertainty:
        """Describe one value of the tables; ``place`` is the city that it is about, where its name does not say so."""
        owner, _, quantity = item.name.rpartition(".") if ":" not in item.name else ("", "", item.name)
        quantity, _, pair = quantity.partition(":")
        zh, en = named(self.labels, quantity, quantity.replace("_", " "))
        if place or owner:
            there = self.places[place or owner]
            zh, en = f"{there[0]}{zh}", f"{there[1]}: {en}"
        if pair:
            (origin_zh, origin), (destination_zh, destination) = (self.places[name] for name in pair.split(">"))
            zh, en = f"{origin_zh}至{destination_zh}{zh}", f"{origin} to {destination}: {en}"
        return Uncertainty(item.name, kind, kind, zh, en, item.unit, item.factor, item.status, item.source)

    def of_draw(self, name: str, item: Uncertain) -> tuple[str, str]:
        """Chinese and English name of one draw of the outside world, such as ``rent_growth_relative:shanghai``."""
        if found := _OF_YEAR.fullmatch(name):
            quantity, year = found.groups()
            zh, en = named(self.labels, f"{quantity}_of_year", quantity.replace("_", " "))
            return f"{year}年{zh}", f"{en} in {year}"
        suffix = name.removeprefix(item.name).removeprefix(":")
        described = self.of(item, "outside", place=suffix)
        return described.zh, described.en


def describe(tables: Tables) -> list[dict[str, str]]:
    """List every uncertain value of the base and the outside world: name, unit, prior, status and source."""
    return [
        {
            "name": item.name,
            "central": f"{item.central / item.factor:g}",
            "unit": item.unit,
            "prior": item.prior_text,
            "status": item.status,
            "source": item.source,
        }
        for item in (*tables.uncertain, *tables.outside.values())
    ]
