"""Which column of a school list holds what, in four languages, and what its rows say."""

from __future__ import annotations

import pytest

from cocivic_desktop.domain.organisations import OrganisationKind
from cocivic_desktop.tables.columns import Layout
from cocivic_desktop.tables.reading import Row
from cocivic_desktop.tables.school_list import (
    SchoolField,
    country_of,
    find_layout,
    kind_of,
    layout_with_headings,
    read_schools,
)

F = SchoolField


def table(*rows: list[str]) -> list[Row]:
    return [Row(line, list(cells)) for line, cells in enumerate(rows, 1)]


@pytest.mark.parametrize(
    ("headings", "fields"),
    [
        (["School name", "Type", "Street", "Zip code", "City", "E-mail address", "Phone number", "Website"],
         [F.NAME, F.KIND, F.STREET, F.POSTAL_CODE, F.CITY, F.EMAIL, F.PHONE, F.WEBSITE]),
        (["Nr.", "Name der Schule", "Schulform", "Straße", "PLZ", "Ort", "E-Mail", "Schulleiter*in", "Bildungsgänge"],
         [None, F.NAME, F.KIND, F.STREET, F.POSTAL_CODE, F.CITY, F.EMAIL, F.DECISION_MAKERS, F.VOCATIONAL_FIELDS]),
        (["DENOMINACIÓN", "Localidad", "Provincia", "C.P.", "Teléfono", "Correo electrónico", "Familias Profesionales"],
         [F.NAME, F.CITY, F.REGION, F.POSTAL_CODE, F.PHONE, F.EMAIL, F.VOCATIONAL_FIELDS]),
        (["Okul Adı", "İl", "İlçe", "Adres", "Telefon", "E-posta", "Müdür", "Alanlar"],
         [F.NAME, F.REGION, F.CITY, F.STREET, F.PHONE, F.EMAIL, F.DECISION_MAKERS, F.VOCATIONAL_FIELDS]),
        (["Schule", "PLZ / Ort", "Telefon (Sekretariat)", "Homepage", "Bemerkungen"],
         [F.NAME, F.POSTAL_CITY, F.PHONE, F.WEBSITE, F.REMARKS]),
    ],
)  # fmt: skip
def test_headings_are_understood(headings: list[str], fields: list[SchoolField | None]) -> None:
    rows = table(headings, ["x"] * len(headings))
    assert find_layout(rows) == Layout(0, tuple(fields))


def test_headings_may_stand_further_down() -> None:
    rows = table(["Schools of the district, as of 1 September"], ["Published by the office"],
                 ["Name", "Town", "Mail"], ["Harbour College", "Kiel", "a@b.example"])  # fmt: skip
    layout = find_layout(rows)
    assert layout == Layout(2, (F.NAME, F.CITY, F.EMAIL))
    assert [(one.line, one.values["name"]) for one in read_schools(rows, layout)] == [(4, "Harbour College")]


def test_a_table_without_headings_is_read_by_what_stands_in_it() -> None:
    rows = table(
        ["1", "Harbour College", "24103", "office@harbour.example", "www.harbour.example", "+49 431 555 0100"],
        ["2", "Alder School", "24105", "alder@schools.example", "https://alder.example", "0431/5550200"],
        ["3", "Meslek Lisesi", "35000", "m@lise.example", "www.lise.example", "0232 555 01 00"],
    )
    layout = find_layout(rows)
    assert layout == Layout(-1, (None, F.NAME, F.POSTAL_CODE, F.EMAIL, F.WEBSITE, F.PHONE))
    assert [one.values["name"] for one in read_schools(rows, layout)] == [
        "Harbour College", "Alder School", "Meslek Lisesi"
    ]  # fmt: skip


def test_a_person_may_say_where_the_headings_are() -> None:
    rows = table(["Name", "City"], ["Name", "City"], ["A school", "Kiel"])
    assert layout_with_headings(rows, 1) == Layout(1, (F.NAME, F.CITY))
    assert layout_with_headings(rows, -1).heading_row == -1


def test_headings_that_come_again_are_no_schools() -> None:
    rows = table(["Name", "City"], ["A school", "Kiel"], ["Name", "City"], ["B school", "Plön"])
    assert [one.values["name"] for one in read_schools(rows, find_layout(rows))] == ["A school", "B school"]


def test_values_take_the_form_of_their_fields() -> None:
    rows = table(
        ["Name", "PLZ Ort", "Straße", "Hausnummer", "Land", "Bundesland", "E-Mail", "Berufsfelder", "Schulform"],
        ["Hafenschule", "24103 Kiel", "Kai", "7a", "Deutschland", "Schleswig-Holstein", "Mail: <a@b.example>",
         "Metall; Holz, Farbe", "Berufsbildende Schule"],
    )  # fmt: skip
    (read,) = read_schools(rows, find_layout(rows))
    assert read.values == {
        "name": "Hafenschule", "postal_code": "24103", "city": "Kiel", "street": "Kai 7a", "country": "DE",
        "region": "SH", "email": "a@b.example", "vocational_fields": ["Metall", "Holz", "Farbe"],
        "kind": OrganisationKind.VET_PROVIDER,
    }  # fmt: skip
    assert read.remarks == []


def test_what_cannot_be_stored_is_left_out_with_a_remark() -> None:
    rows = table(
        ["Name", "City", "E-mail", "Country", "Type"],
        ["Harbour College", "K" * 400, "no address", "Ruritania", "Grammar school"],
        ["", "Kiel", "", "", ""],
        ["N" * 400, "Kiel", "", "", ""],
    )
    college, nameless, long = read_schools(rows, find_layout(rows))
    assert {(one.field, one.code) for one in college.remarks} == {
        ("city", "too_long"), ("email", "not_an_email"), ("country", "not_understood")
    }  # fmt: skip
    assert college.values == {
        "name": "Harbour College", "kind": OrganisationKind.VET_PROVIDER, "remarks": "Grammar school"
    }  # fmt: skip
    assert nameless.values["name"] == ""
    assert (long.values["name"], long.remarks[0].code) == ("N" * 300, "too_long")


def test_a_zero_that_a_spreadsheet_lost_comes_back() -> None:
    rows = table(["Name", "PLZ", "Land"], ["Elbschule", "1067", "DE"], ["Skole", "1067", "DK"])
    assert [one.values["postal_code"] for one in read_schools(rows, find_layout(rows))] == ["01067", "1067"]


def test_regions_are_codes_or_known_names_and_others_are_remarks() -> None:
    rows = table(["Name", "Region"], ["A", "DE-BW"], ["B", "Euskadi"], ["C", "North coast"])
    values = [one.values for one in read_schools(rows, find_layout(rows))]
    assert [(one.get("country"), one.get("region"), one.get("remarks")) for one in values] == [
        ("DE", "BW", None), ("ES", "PV", None), (None, None, "North coast")
    ]  # fmt: skip


@pytest.mark.parametrize(
    ("text", "kind"),
    [
        ("Berufsbildungszentrum Mühlenteich", OrganisationKind.VET_PROVIDER),
        ("Mesleki ve Teknik Anadolu Lisesi", OrganisationKind.VET_PROVIDER),
        ("CIFP Bidasoa", OrganisationKind.VET_PROVIDER),
        ("Hochschule Westerhaff", OrganisationKind.UNIVERSITY),
        ("Ege Üniversitesi", OrganisationKind.UNIVERSITY),
        ("Gymnasium am Markt", None),
    ],
)
def test_kinds_are_told_from_names(text: str, kind: OrganisationKind | None) -> None:
    assert kind_of(text) == kind


@pytest.mark.parametrize(
    ("text", "code"),
    [("España", "ES"), ("TÜRKİYE", "TR"), ("D", "DE"), ("nl", "NL"), ("UK", "GB"), ("Ruritania", None)],
)
def test_countries(text: str, code: str | None) -> None:
    assert country_of(text) == code
