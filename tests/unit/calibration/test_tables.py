"""The loader takes sound tables and names every problem of broken ones."""

from __future__ import annotations

from pathlib import Path

import pytest

from calibration.base_2020 import build_base, draw_uncertain
from calibration.flows import net_change
from calibration.opening import opening_accounts
from calibration.tables import Tables, load_tables
from model.errors import CalibrationError, DataError


def replace(path: Path, old: str, new: str) -> None:
    """Change one place of a file; a test that changes nothing would be no test."""
    text = path.read_text(encoding="utf-8")
    assert text.count(old) >= 1
    path.write_text(text.replace(old, new, 1), encoding="utf-8")


def problems(data_dir: Path) -> list[str]:
    """Lines of the error that loading raises."""
    with pytest.raises(DataError) as caught:
        load_tables(data_dir)
    return caught.value.lines()


def test_published_values_arrive_in_plain_units(tables: Tables) -> None:
    """Values given in 亿元 and 万人 are yuan and persons once loaded."""
    assert tables.focal.values["gdp", "own_level"] == pytest.approx(197.67e9, rel=1e-12)
    assert tables.focal.values["talent_stock", ""] == pytest.approx(448_000, rel=1e-12)


def test_the_remainder_of_the_published_sectors_is_a_sector(tables: Tables) -> None:
    """Nine sectors and the rest add up to 1 112 firms and 113.853 bn yuan; the rest is 359 firms and 28.284 bn."""
    assert sum(sector.n_firms for sector in tables.sectors) == 1112
    assert sum(sector.output for sector in tables.sectors) == pytest.approx(113.853e9)
    assert tables.sectors[-1].n_firms == 359
    assert tables.sectors[-1].output == pytest.approx(28.284e9)


def test_mobility_shares_come_from_the_daily_table(tables: Tables) -> None:
    """The daily index of the base period, brought to the quarter's outflow, gives back the published shares."""
    assert tables.move_shares["ningbo", "shanghai"] == pytest.approx(0.0916, abs=2e-4)
    assert tables.move_shares["shanghai", "ningbo"] == pytest.approx(0.0285, abs=2e-4)


def test_nothing_later_than_2021_is_known_of_the_district_or_its_city(tables: Tables, data_copy: Path) -> None:
    """No observed row of Yinzhou or Ningbo, a target of the plan included, has a year after 2021."""
    for name in ("observed_focal.csv", "observed_outside_after_2021.csv"):
        for line in (data_copy / name).read_text(encoding="utf-8").splitlines()[1:]:
            period = line.split(",")[3]
            assert "ningbo" not in line.split(",")[2] or period <= "2021-12"
            assert name.endswith("after_2021.csv") or max(period.split("-")[0][:4], "2000") <= "2021"
    assert set(tables.measured_growth) == {("hangzhou", 2021), ("hangzhou", 2023), ("hangzhou", 2024)}


def test_every_problem_is_reported_at_once_with_file_row_and_field(data_copy: Path) -> None:
    """Five slips in four files give five lines, each with its place and what to do."""
    replace(data_copy / "uncertain_base.csv", "Triangular(30.0,30.7,31.5)", "Foo(1)")
    replace(data_copy / "uncertain_base.csv", ",0.0285,", ",0.0255,")
    replace(data_copy / "clusters.csv", "knowledge_depr_auto", "knowledge_depr_cars")
    replace(data_copy / "cities/shanghai/city.csv", "24870895", "many")
    replace(data_copy / "tiers.csv", "graduate,rest_share,0.47", "graduate,rest_share,0.57")
    found = problems(data_copy)
    assert len(found) == 5
    assert any(
        line.startswith("calibration/data/uncertain_base.csv, row 3, field prior: prior 'Foo(1)' is not one of")
        for line in found
    )
    assert any("row 2, field central: 0.025 <= 0.027 <= 0.0255 does not hold" in line for line in found)
    assert any("'knowledge_depr_cars' is no parameter; did you mean 'knowledge_depr" in line for line in found)
    assert any("cities/shanghai/city.csv, row 5, field value: 'many' is not a number" in line for line in found)
    assert any("the shares of rest_share add up to 1.1; make them add up to 1" in line for line in found)


def test_a_wrong_unit_is_named_with_its_near_match(data_copy: Path) -> None:
    """A unit that units.csv does not declare is refused, and the nearest known one offered."""
    replace(data_copy / "assumptions.csv", "notch_low_revenue,50,m yuan", "notch_low_revenue,50,m yuans")
    assert problems(data_copy) == [
        (
            "calibration/data/assumptions.csv, row 7, field unit: 'm yuans' is not in units.csv; "
            "did you mean 'm yuan'? or declare it there"
        )
    ]


@pytest.mark.parametrize(
    ("content", "said"),
    [
        (b"", "the file is empty"),
        (b"\xef\xbb\xbf \n", "the column is missing"),
        (b"\x89PNG\r\n\x1a\n\x00\x00\xff", "is not text in UTF-8"),
        (b"name,value\n", "the column is missing"),
        (b"name,value,unit,scope,period,source_title,source_url,confidence,status,note\n", "has a header and no rows"),
        (b"name,value\rx,y\n", "cannot be read as CSV"),
    ],
)
def test_an_empty_or_binary_file_is_a_clear_line(data_copy: Path, content: bytes, said: str) -> None:
    """A file without text, or without the columns, is named and the rest is still checked."""
    (data_copy / "assumptions.csv").write_bytes(content)
    replace(data_copy / "cities/hangzhou/city.csv", "11965000", "x")
    found = problems(data_copy)
    assert any("assumptions.csv" in line and said in line for line in found)
    assert any("cities/hangzhou/city.csv, row 5, field value: 'x'" in line for line in found)


def test_a_missing_file_and_a_missing_row_are_named(data_copy: Path) -> None:
    """A deleted table and a deleted required row are two lines."""
    (data_copy / "boundaries.csv").unlink()
    path = data_copy / "uncertain_base.csv"
    lines = path.read_text(encoding="utf-8").splitlines(keepends=True)
    path.write_text("".join(line for line in lines if not line.startswith("senior_talents")), encoding="utf-8")
    found = problems(data_copy)
    assert "calibration/data/boundaries.csv: the file is missing; restore it from the repository" in found
    assert "calibration/data/uncertain_base.csv, field name: there is no row for senior_talents; add it" in found


def test_a_repeated_row_is_refused(data_copy: Path) -> None:
    """The same key twice is one line that names both rows."""
    path = data_copy / "uncertain_base.csv"
    lines = path.read_text(encoding="utf-8").splitlines(keepends=True)
    path.write_text("".join([*lines, lines[1]]), encoding="utf-8")
    assert problems(data_copy) == [
        (
            f"calibration/data/uncertain_base.csv, row {len(lines) + 1}, field name: "
            "rd_intensity is already in row 2; keep one of them"
        )
    ]


@pytest.mark.parametrize(
    ("table", "old", "new", "said"),
    [
        ("uncertain_base.csv", ",low,assumed,", ",low,guessed,", "'guessed' is not one of measured, borrowed, assumed"),
        ("uncertain_base.csv", "own judgement", "", "field source_title: is empty"),
        ("tiers.csv", "period,source_title", "year,source_title", "field year: the column is not known"),
        ("units.csv", "亿元,100000000.0", "亿元,many", "units.csv, row 2, field factor: 'many' is not a number"),
        ("clusters.csv", "Automotive,1,1", "Automotive,1,yes", "'yes' is neither 0 nor 1"),
        ("base_table.csv", "rd_intensity,share,share", "rd_intensities,share,share", "'rd_intensities' is not drawn"),
        ("base_table.csv", "亿元,yes", "亿元,maybe", "'maybe' is neither yes nor no"),
        ("super_deduction.csv", "known_2021,industry", "known_2021,industries", "'industries' is not one of industry"),
        ("cities/shanghai/links.csv", "travel_hours,shanghai,yinzhou", "travel_hours,shanghai,yinzou", "did you mean"),
        ("cities/shanghai/links.csv", "travel_hours,shanghai,elsewhere", "hours,shanghai,elsewhere", "add a row"),
        ("cities/shanghai/cluster_mix.csv", "software_services", "softwares", "'softwares' is no cluster"),
        ("cities/shanghai/city.csv", "focal,,0", "focal,,1", "2 cities have focal = 1"),
        ("cities/shanghai/place.csv", "shanghai", "peking", "write the folder's name"),
        ("cities/hangzhou/city.csv", "gdp,hangzhou", "gnp,hangzhou", "0 rows of gdp, not 1"),
        (
            "transport_projects.csv",
            ",2027,4,2025,1,shanghai,yinzhou",
            ",2027,,2025,1,shanghai,yinzhou",
            "field opens_quarter: is empty beside an opening",
        ),
        ("transport_projects.csv", ",2025,1,shanghai,yinzhou", ",2025,1,shanghai,yinzou", "did you mean 'yinzhou'"),
        ("transport_projects.csv", "by_rail:shanghai>yinzhou", "by_rail:yinzhou", "is not in uncertain_outside.csv"),
        (
            "transport_projects.csv",
            "no date in the plan: it opens in no schedule before 2036",
            "",
            "field reason: give",
        ),
        ("uncertain_base.csv", "Uniform(0.171,0.175)", "Uniform(0.171,0.172)", "leaves out the central value"),
        ("uncertain_base.csv", "rd_intensity,0.027,", "rd_intensity,0.027,0,", "cells where the header has"),
    ],
)
def test_each_kind_of_slip_is_caught(data_copy: Path, table: str, old: str, new: str, said: str) -> None:
    """One slip of each kind that the checks know gives a line that says it."""
    replace(data_copy / table, old, new)
    assert any(said in line for line in problems(data_copy))


def test_windows_files_with_a_byte_order_mark_load(data_copy: Path, tables: Tables) -> None:
    """A table saved by Excel as CSV UTF-8 says the same as the original."""
    path = data_copy / "cities" / "shanghai" / "uncertain.csv"
    path.write_bytes(b"\xef\xbb\xbf" + path.read_bytes().replace(b"\n", b"\r\n"))
    assert load_tables(data_copy).uncertain == tables.uncertain


def test_a_folder_without_cities_is_named(data_copy: Path) -> None:
    """Without any city folder the loader says so."""
    (data_copy / "cities").rename(data_copy / "towns")
    assert any("cities: has no folder of a city" in line for line in problems(data_copy))


def test_a_city_is_added_by_adding_one_folder(data_copy: Path) -> None:
    """A fourth folder, with its links, makes a fourth city whose flows and accounts close like the others'."""
    for path in (data_copy / "cities" / "hangzhou").iterdir():
        target = data_copy / "cities" / "suzhou" / path.name
        target.parent.mkdir(exist_ok=True)
        target.write_text(path.read_text(encoding="utf-8").replace("hangzhou", "suzhou"), encoding="utf-8")
    links = data_copy / "cities" / "suzhou" / "links.csv"
    row = next(line for line in links.read_text(encoding="utf-8").splitlines() if "suzhou,shanghai,0.75" in line)
    with links.open("a", encoding="utf-8") as file:
        file.write(row.replace("suzhou,shanghai", "suzhou,hangzhou") + "\n")
    with pytest.raises(CalibrationError) as caught:
        build_base(load_tables(data_copy), draw_uncertain(load_tables(data_copy), 1, 2), 1000)
    assert len(str(caught.value).splitlines()) == 6
    assert "base 2020, suzhou to ningbo: no share of movers" in str(caught.value)
    with links.open("a", encoding="utf-8") as file:
        for city in ("ningbo", "shanghai", "hangzhou"):
            for pair in (f"{city},suzhou", f"suzhou,{city}"):
                share = row.replace("travel_hours,suzhou,shanghai", f"move_share,{pair}").replace("0.75", "0.03")
                file.write(share.replace("hours", "share") + "\n")
    tables = load_tables(data_copy)
    drawn = draw_uncertain(tables, 1, 2)
    base = build_base(tables, drawn, 1000)
    assert base.cities == ("yinzhou", "shanghai", "hangzhou", "suzhou")
    assert base.travel_hours[3, 2] == base.travel_hours[2, 3] == 0.75
    assert base.talents.weight[base.talents.city == 3].sum() == round(drawn["suzhou.talent_stock"])
    assert all(account.ok for account in opening_accounts(tables, base))
    assert abs(net_change(tables, drawn)) < 50_000
