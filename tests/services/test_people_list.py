"""People from tables and address books: columns, duplicates, all or nothing."""

from __future__ import annotations

from pathlib import Path
from typing import TYPE_CHECKING

import pytest

from cocivic_desktop.domain.errors import BadInput
from cocivic_desktop.domain.organisations import Organisation, Person, PersonKind
from cocivic_desktop.domain.partnerships import PartnershipMember
from cocivic_desktop.services import people_list, records
from cocivic_desktop.services.listed import Choice, Finding
from cocivic_desktop.services.people_list import Defaults, ListedPerson, Reason
from cocivic_desktop.tables.people_file import PersonField, day_of, kind_of, number_of, year_of
from cocivic_desktop.tables.vcard import read_cards

if TYPE_CHECKING:
    from cocivic_desktop.domain.partnerships import Partnership
    from cocivic_desktop.store.workspace import Workspace

NOBODY = Defaults()


def compared(
    workspace: Workspace, folder: Path, text: str, defaults: Defaults = NOBODY, encoding: str = "utf-8"
) -> list[ListedPerson]:
    path = folder / "people.csv"
    path.write_bytes(text.encode(encoding))
    read = people_list.read_file(path)
    assert read.book is not None
    (sheet,) = read.book.sheets
    rows = people_list.rows_of(sheet, people_list.find_layout(sheet.rows))
    return people_list.compare(rows, people_list.known(workspace), defaults)


@pytest.mark.parametrize(
    ("head", "fields"),
    [
        ("Name;E-mail;Class;Kind", ["name", "email", "class_group", "kind"]),
        ("Nachname;Vorname;Klasse;Geburtsdatum", ["last_name", "first_name", "class_group", "birth_year"]),
        ("Nombre y apellidos;Correo electrónico;Idiomas", ["name", "email", "languages"]),
        ("Ad Soyad;E-posta;Sınıf;Telefon", ["name", "email", "class_group", "phone"]),
    ],
)
def test_columns_are_recognised_in_four_languages(head: str, fields: list[str]) -> None:
    from cocivic_desktop.tables.reading import Row

    rows = [Row(1, ["People of the project"]), Row(2, head.split(";")), Row(3, ["Ada", "x", "y", "z"])]
    layout = people_list.find_layout(rows)
    assert layout.heading_row == 1
    assert [one for one in layout.fields if one is not None] == [PersonField(name) for name in fields]


def test_a_row_is_read_with_as_little_as_needed(workspace: Workspace, tmp_path: Path) -> None:
    school = Organisation(name="Berufsbildungszentrum Mühlenteich")
    records.add(workspace, school)
    found = compared(
        workspace, tmp_path,
        "Name;Vorname;Art;Schule;Geburtsdatum;Wochenstunden;Seit;Sprachen;E-Mail\n"
        "Brandt;Ada;Lehrkraft;BBZ Muehlenteich;3.4.1990;2,5;01.09.2026;de, tr;Ada Brandt <ada@x.org>\n"
        "Stern, Tom;;Patin;Anderswo;kein;viel;31.2.2026;;kein\n",
    )  # fmt: skip
    ada, tom = found
    assert ada.values == {
        "name": "Ada Brandt", "kind": PersonKind.TEACHER, "organisation": "BBZ Muehlenteich",
        "organisation_id": school.id, "birth_year": 1990, "hours_per_week": 2.5, "languages": ["de", "tr"],
        "active_from": ada.values["active_from"], "email": "ada@x.org",
    }  # fmt: skip
    assert str(ada.values["active_from"]) == "2026-09-01"
    assert [(one.field, one.code, one.value) for one in ada.remarks] == [("birth_year", "only_year", "1990")]
    assert (tom.name, tom.values["kind"], tom.values["remarks"]) == ("Tom Stern", PersonKind.MENTOR, "Anderswo")
    assert [(one.field, one.code) for one in tom.remarks] == [
        ("birth_year", "not_understood"), ("hours_per_week", "not_understood"), ("active_from", "not_understood"),
        ("email", "not_an_email"),
    ]  # fmt: skip


def test_duplicates_are_found_and_likeness_only_asked(
    workspace: Workspace, partnership: Partnership, tmp_path: Path
) -> None:
    place = partnership.school_id
    by_mail = Person(name="A. Brandt", email="Ada@X.org")
    by_name = Person(name="Zoë Stern", organisation_id=place)
    coded = Person(name="K. L.", class_group="10a", organisation_id=place, kind=PersonKind.STUDENT)
    for one in (by_mail, by_name, coded):
        records.add(workspace, one)
    found = compared(
        workspace, tmp_path,
        "Name;E-Mail;Klasse;Telefon\nAda Brandt;ada@x.org;;77\nStern, Zoe;;;\nZoe Sterns;;;\nK. L.;;10a;\n"
        "K. L.;;10b;\nK. L.;;10b;\nNew One;;;\n;x@y.org;;\n",
        Defaults(organisation_id=place),
    )  # fmt: skip
    assert [(one.finding, one.reason, one.known_id) for one in found] == [
        (Finding.KNOWN, Reason.EMAIL, by_mail.id),
        (Finding.KNOWN, Reason.NAME_AND_ORGANISATION, by_name.id),
        (Finding.SIMILAR, Reason.SIMILAR_NAME, by_name.id),
        (Finding.KNOWN, Reason.NAME_AND_ORGANISATION, coded.id),
        (Finding.NEW, None, None),
        (Finding.TWICE, Reason.NAME_AND_ORGANISATION, None),
        (Finding.NEW, None, None),
        (Finding.NO_NAME, None, None),
    ]
    assert (found[0].choice, found[0].fills) == (Choice.UPDATE, ("phone",))
    assert found[2].choice is Choice.LEAVE_OUT


def test_the_import_is_one_step_with_a_role_for_all(
    workspace: Workspace, partnership: Partnership, tmp_path: Path
) -> None:
    known = Person(name="Ada Brandt", email="ada@x.org")
    records.add(workspace, known)
    defaults = Defaults(PersonKind.STUDENT, partnership.school_id, partnership.id, "team")
    found = compared(workspace, tmp_path, "Name;E-Mail;Telefon\nAda;ada@x.org;77\nK. L.;;\n", defaults)
    taken = people_list.store(workspace, found, defaults)
    assert (len(taken.added), taken.updated) == (1, [known.id])
    (student,) = records.find(workspace, Person, name="K. L.")
    assert (student.kind, student.organisation_id) == (PersonKind.STUDENT, partnership.school_id)
    assert records.get(workspace, Person, known.id).phone == "77"
    assert records.get(workspace, Person, known.id).name == "Ada Brandt"
    assert {one.role for one in records.find(workspace, PartnershipMember)} == {"team"}
    workspace.undo()
    assert records.find(workspace, Person, name="K. L.") == []
    assert records.get(workspace, Person, known.id).phone == ""
    assert records.find(workspace, PartnershipMember) == []
    records.delete(workspace, Person, known.id)
    with pytest.raises(Exception, match="no longer in the workspace"):
        people_list.store(workspace, found, defaults)
    assert records.find(workspace, Person, name="K. L.") == []


def test_old_encodings_and_columns_without_names(workspace: Workspace, tmp_path: Path) -> None:
    (one,) = compared(workspace, tmp_path, "Ad Soyad;Şehir\nÇağrı Öz;İzmir\n", encoding="cp1254")
    assert one.name == "Çağrı Öz"
    with pytest.raises(BadInput, match="which column holds the names"):
        compared(workspace, tmp_path, "1;2\n3;4\n")


def test_small_readers() -> None:
    assert [kind_of(word) for word in ("Schülerin", "gönüllüler", "Docente", "mentors", "Bäcker")] == [
        PersonKind.STUDENT, None, PersonKind.TEACHER, PersonKind.MENTOR, None
    ]  # fmt: skip
    assert [year_of(text) for text in ("1990", "3.4.1990", "1990-04-03", "90", "1990 or 1991")] == [
        1990, 1990, 1990, None, None
    ]  # fmt: skip
    assert [number_of(text) for text in ("4", "2,5", "3 Std.", "viel")] == [4, 2.5, 3, None]
    assert [str(day_of(text)) for text in ("2026-09-01", "1.9.2026", "01/09/2026", "31.2.2026", "soon")] == [
        "2026-09-01", "2026-09-01", "2026-09-01", "None", "None"
    ]  # fmt: skip


OLD = (
    "BEGIN:VCARD\r\nVERSION:2.1\r\nN;CHARSET=ISO-8859-1;ENCODING=QUOTED-PRINTABLE:M=FCller;J=F6rg\r\n"
    "TEL;CELL:0171 1\r\nNOTE;ENCODING=QUOTED-PRINTABLE;CHARSET=UTF-8:L=C3=A4uft =\r\n=C3=BCber\r\nEND:VCARD\r\n"
)
THREE = (
    "BEGIN:VCARD\r\nVERSION:3.0\r\nFN:Ada Brandt\r\nN:Brandt;Ada;;;\r\nEMAIL;TYPE=INTERNET:x@y.org\r\n"
    "item1.EMAIL;TYPE=INTERNET,PREF:ada@y.org\r\nORG:Green Harbour;Youth\r\nTITLE:Ment\r\n or\r\nBDAY:1990-04-03\r\n"
    "PHOTO;ENCODING=b;TYPE=JPEG:/9j/4AAQSkZJRgABAQAAAQABAAD\r\n  AAAA\r\nEND:VCARD\r\n"
)
FOUR = (
    "BEGIN:VCARD\r\nVERSION:4.0\r\nFN:Çağrı Öz\r\nTEL;VALUE=uri;PREF=2:tel:+90-1\r\nTEL;VALUE=uri;PREF=1:tel:+90-2\r\n"
    "LANG;PREF=1:tr\r\nBDAY:--0203\r\nEND:VCARD\r\n"
)
ODD = (
    "BEGIN:VCARD\r\nVERSION:3.0\r\nEMAIL:nobody\r\nEND:VCARD\r\n"
    "BEGIN:VCARD\r\nVERSION:3.0\r\nFN:Kim\r\nthis is no line\r\nEND:VCARD\r\nBEGIN:VCARD\r\nFN:cut off"
)


def test_cards_of_all_versions_are_read(capfd: pytest.CaptureFixture[str]) -> None:
    old, three, four, empty, kim = read_cards((OLD + THREE + FOUR + ODD).encode())
    assert capfd.readouterr() == ("", "")  # what cannot be read is not written into a log
    assert old.values == {"name": "Jörg Müller", "phone": "0171 1", "remarks": "Läuft über"}
    assert three.values == {
        "name": "Ada Brandt", "email": "ada@y.org", "organisation": "Green Harbour", "position": "Mentor",
        "birth_year": 1990,
    }  # fmt: skip
    assert four.values == {"name": "Çağrı Öz", "phone": "+90-2", "languages": ["tr"]}
    assert [(one.field, one.code) for one in four.remarks] == [("birth_year", "not_understood")]
    assert (empty.line, empty.values["name"], kim.values["name"]) == (29, "", "Kim")


@pytest.mark.parametrize("encoding", ["utf-8-sig", "utf-16", "cp1252"])
def test_cards_come_in_any_encoding(encoding: str, tmp_path: Path, workspace: Workspace) -> None:
    path = tmp_path / "contacts.txt"
    path.write_bytes(THREE.replace("Ada", "Añé").encode(encoding))
    cards = people_list.read_file(path).cards
    assert [one.values["name"] for one in cards] == ["Añé Brandt"]
    (row,) = people_list.compare(cards, people_list.known(workspace), NOBODY)
    assert (row.finding, row.values["remarks"]) == (Finding.NEW, "Green Harbour")


def test_hostile_cards_cost_little_and_are_named() -> None:
    huge = "BEGIN:VCARD\nVERSION:3.0\nFN:a\nNOTE:" + "x" * 200_000 + "\nEND:VCARD\n"
    (one,) = read_cards(huge.encode())
    assert [remark.code for remark in one.remarks] == ["broken_card"]
    with pytest.raises(BadInput, match="no complete card"):
        read_cards(b"BEGIN:VCARD\n" * 50_000)
    picture = "BEGIN:VCARD\nVERSION:2.1\nPHOTO;BASE64:\n" + "QUJD\n" * 9 + "\nFN:Kim\nEND:VCARD\n"
    assert [card.values["name"] for card in read_cards(picture.encode())] == ["Kim"]


def test_what_is_no_address_book_is_refused_in_a_sentence() -> None:
    with pytest.raises(BadInput, match="no complete card"):
        read_cards(b"BEGIN:VCARD\r\nFN:Ada")
