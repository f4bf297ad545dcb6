"""Lists of people, whole classes, several at once, one person who stands twice, and consents."""

from __future__ import annotations

import json
from datetime import date
from pathlib import Path
from typing import TYPE_CHECKING, Any
from zipfile import ZipFile

import pytest

from cocivic_desktop.domain.activities import Activity, Participation
from cocivic_desktop.domain.errors import BadInput
from cocivic_desktop.domain.hours import Attendance, AttendanceState, Certificate, HourEntry
from cocivic_desktop.domain.organisations import Consent, ConsentPurpose, Organisation, Person, PersonKind
from cocivic_desktop.domain.partnerships import Meeting, PartnershipMember
from cocivic_desktop.domain.rules.consents import ConsentState, is_minor
from cocivic_desktop.library.files import languages
from cocivic_desktop.library.labels import labels
from cocivic_desktop.services import people, people_consents, people_copy, people_merge, records
from cocivic_desktop.services.people import NewClass, Standing, Wanted

if TYPE_CHECKING:
    from cocivic_desktop.domain.base import Entity
    from cocivic_desktop.domain.partnerships import Partnership
    from cocivic_desktop.store.workspace import Workspace

DAY = date(2026, 9, 14)


def put(workspace: Workspace, *made: Entity) -> None:
    with workspace.write("set_up") as unit:
        for one in made:
            unit.add(one)


def names(workspace: Workspace, **wanted: object) -> list[str]:
    return [one.name for one in people.read(workspace).wanted(Wanted(**wanted), DAY)]  # type: ignore[arg-type]


def test_the_list_is_narrowed_and_counts_like_a_person(workspace: Workspace, partnership: Partnership) -> None:
    mentor = Person(name="Zoë Brandt", kind=PersonKind.MENTOR, email="zoe@x.example")
    put(
        workspace, mentor, PartnershipMember(partnership_id=partnership.id, person_id=mentor.id, role="mentor"),
        Person(name="10b-10", kind=PersonKind.STUDENT, class_group="10b", organisation_id=partnership.school_id),
        Person(name="10b-2", kind=PersonKind.STUDENT, class_group="10b", organisation_id=partnership.school_id),
        Person(name="Gone", active_until=date(2026, 9, 13)), Person(name="Put away", archived=True),
    )  # fmt: skip
    assert names(workspace) == ["10b-2", "10b-10", "Zoë Brandt"]
    assert names(workspace, class_group="10b") == ["10b-2", "10b-10"]
    assert names(workspace, partnership_id=partnership.id) == ["Zoë Brandt"]
    assert names(workspace, organisation_id=partnership.school_id, kind=PersonKind.MENTOR) == []
    assert names(workspace, text="ZOE mentor") == ["Zoë Brandt"]
    assert names(workspace, standing=Standing.LEFT) == ["Gone", "Put away"]
    assert people.archive_left(workspace, DAY) == 1
    assert [one.name for one in records.find(workspace, Person, archived=True)] == ["Gone", "Put away"]


def test_a_class_is_added_in_one_go(workspace: Workspace, partnership: Partnership) -> None:
    new = NewClass("10b", people.codes("10b", 24), partnership.school_id, partnership.id, "team", DAY)
    added = people.add_class(workspace, new)
    assert names(workspace, class_group="10b") == [f"10b-{number:02}" for number in range(1, 25)]
    assert {one.role for one in records.find(workspace, PartnershipMember, person_id=added)} == {"team"}
    assert people.codes("10b", 2, ["10b-01", "10B-03"]) == ["10b-02", "10b-04"]
    with pytest.raises(BadInput, match="“10b-24” stands twice"):
        people.add_class(workspace, NewClass("10b", ["X. Y.", "10b-24"], partnership.school_id))
    assert "X. Y." not in names(workspace)
    workspace.undo()
    assert names(workspace, class_group="10b") == []
    assert records.find(workspace, PartnershipMember, person_id=added) == []


@pytest.mark.parametrize(
    ("text", "found"),
    [
        ("A. B.\n\n C. D. \r\nE. F.", ["A. B.", "C. D.", "E. F."]),
        ("AB, CD; EF\tGH", ["AB", "CD", "EF", "GH"]),
        ("1. AB\n2. CD", ["AB", "CD"]),
        ("AB", ["AB"]),
        (" \n ", []),
    ],
)
def test_initials_are_pasted_from_anywhere(text: str, found: list[str]) -> None:
    assert people.names_of_list(text) == found


def test_merging_takes_everything_over_in_one_step(workspace: Workspace, partnership: Partnership) -> None:
    keep = Person(name="Ada Brandt", email="ada@x.example", remarks="Mondays", kind=PersonKind.MENTOR)
    other = Person(name="Brandt, Ada", email="ADA@x.example", phone="0431 1", remarks="has a van")
    activity = Activity(partnership_id=partnership.id, title="Repair", starts_on=DAY)
    put(
        workspace, keep, other, activity,
        HourEntry(partnership_id=partnership.id, person_id=other.id, worked_on=DAY, minutes=60),
        PartnershipMember(partnership_id=partnership.id, person_id=keep.id, role=""),
        PartnershipMember(partnership_id=partnership.id, person_id=other.id, role="mentor"),
        Participation(activity_id=activity.id, person_id=other.id),
        Attendance(activity_id=activity.id, occurred_on=DAY, person_id=other.id, state=AttendanceState.EXCUSED),
        Consent(person_id=other.id, purpose=ConsentPurpose.PHOTOS, given_on=DAY),
        Certificate(partnership_id=partnership.id, number="1", person_id=other.id, issued_on=DAY, minutes=60),
    )  # fmt: skip
    (twin,) = people_merge.twins(workspace)
    assert (twin.sure, twin.same_email) == (True, True)
    shown = people_merge.preview(workspace, keep.id, other.id)
    assert {one.name: one.from_other for one in shown.fields if one.kept or one.other} == {
        "name": False, "kind": False, "email": False, "phone": True, "remarks": False
    }  # fmt: skip
    assert shown.follows == {"hour_entry": 1, "participation": 1, "attendance": 1, "consent": 1, "certificate": 1}
    assert shown.doubled == {"partnership_member": 1}
    people_merge.merge(workspace, keep.id, other.id)
    one = records.get(workspace, Person, keep.id)
    assert (one.name, one.phone, one.remarks) == ("Ada Brandt", "0431 1", "Mondays\nhas a van")
    for cls in (HourEntry, Participation, Attendance, Consent, Certificate, PartnershipMember):
        assert [each.person_id for each in records.find(workspace, cls)] == [keep.id]  # type: ignore[attr-defined]
    assert records.find(workspace, PartnershipMember)[0].role == "mentor"
    workspace.undo()
    assert records.get(workspace, Person, other.id).phone == "0431 1"
    assert records.find(workspace, HourEntry)[0].person_id == other.id


def test_likeness_of_names_is_only_a_question(workspace: Workspace, partnership: Partnership) -> None:
    here: dict[str, Any] = {"organisation_id": partnership.school_id}
    put(
        workspace, Person(name="Marlene Petersen", **here), Person(name="Marlene Peterson", **here),
        Person(name="A. B.", class_group="9a", **here), Person(name="A. B.", class_group="9b", **here),
        Person(name="Tom Stern"), Person(name="Dr. Tom Stern"),
    )  # fmt: skip
    found = people_merge.twins(workspace)
    assert [(one.first.name, one.second.name, one.sure) for one in found] == [
        ("Tom Stern", "Dr. Tom Stern", True), ("A. B.", "A. B.", False), ("Marlene Petersen", "Marlene Peterson", False)
    ]  # fmt: skip
    with pytest.raises(BadInput, match="one person already"):
        people_merge.preview(workspace, found[0].first.id, found[0].first.id)


def test_consents_are_noted_and_withdrawn_for_many(workspace: Workspace, partnership: Partnership) -> None:
    minor = Person(name="K. L.", kind=PersonKind.STUDENT, birth_year=2010)
    grown = Person(name="Ada Brandt", kind=PersonKind.MENTOR)
    put(workspace, minor, grown, Consent(person_id=grown.id, purpose=ConsentPurpose.PHOTOS))
    photos = ConsentPurpose.PHOTOS

    def states() -> list[ConsentState]:
        found = people_consents.rows(workspace, [minor, grown], DAY)
        return [one.standings[photos].state for one in found]

    assert states() == [ConsentState.MISSING, ConsentState.ASKED]
    people_consents.record(workspace, {minor.id: "", grown.id: ""}, [photos], DAY, "2026-1 en")
    assert states() == [ConsentState.NO_GUARDIAN, ConsentState.GIVEN]
    people_consents.record(workspace, {minor.id: "Mary L."}, [photos], DAY, "2026-1 en")
    assert states() == [ConsentState.GIVEN, ConsentState.GIVEN]
    assert len(records.find(workspace, Consent)) == 2
    assert people_consents.withdraw(workspace, [minor.id], [photos], DAY) == 1
    rows = people_consents.rows(workspace, [minor, grown], DAY)
    assert [one.name for one in people_consents.lacking(rows, photos)] == ["K. L."]
    workspace.undo()
    assert states() == [ConsentState.GIVEN, ConsentState.GIVEN]


def test_a_year_of_birth_makes_a_minor_until_that_year_is_over() -> None:
    assert is_minor(Person(name="a", birth_year=2008), DAY)
    assert not is_minor(Person(name="b", birth_year=2007), DAY)
    assert is_minor(Person(name="c", kind=PersonKind.STUDENT), DAY)
    assert not is_minor(Person(name="d", kind=PersonKind.TEACHER), DAY)


@pytest.mark.parametrize("language", languages("documents"))
def test_the_form_has_information_and_consent_apart(
    workspace: Workspace, partnership: Partnership, tmp_path: Path, language: str
) -> None:
    two = [Person(name=f"10b-0{number}", kind=PersonKind.STUDENT, class_group="10b") for number in (1, 2)]
    put(workspace, *two)
    records.change(workspace, Organisation, partnership.school_id, country="TR" if language == "tr" else "DE")
    path = people_consents.write_forms(
        workspace, [one.id for one in two], list(ConsentPurpose), tmp_path / "form.docx", language, DAY,
        partnership_id=partnership.id,
    )  # fmt: skip
    text = ZipFile(path).read("word/document.xml").decode()
    words = labels(language, "consents.toml")
    assert text.count("pageBreakBefore") == 3  # two pages for each, the first without a break
    assert text.count("10b-02") == 3
    law = "kvkk" if language == "tr" else "gdpr"
    assert words[f"information.rights_{law}"] in text
    assert words["meaning.photos"] in text
    assert words["note"].split("{")[0] in text


def test_the_words_of_forms_and_copies_are_complete_in_every_language() -> None:
    for name in ("consents.toml", "person_copy.toml"):
        english = set(labels("en", name))
        for language in languages("documents"):
            from cocivic_desktop.library.files import read_toml

            assert _keys(read_toml("documents", language, name)) == english


def _keys(content: dict[str, object], prefix: str = "") -> set[str]:
    found: set[str] = set()
    for key, value in content.items():
        found |= _keys(value, f"{prefix}{key}.") if isinstance(value, dict) else {f"{prefix}{key}"}
    return found


def test_the_copy_holds_everything_about_a_person(
    workspace: Workspace, partnership: Partnership, tmp_path: Path
) -> None:
    one = Person(name="Ada Brandt", email="ada@x.example", birth_year=1990, languages=["de", "tr"])
    activity = Activity(partnership_id=partnership.id, title="Repair café", starts_on=DAY)
    put(
        workspace, one, activity, Participation(activity_id=activity.id, person_id=one.id, reply_remark="gladly"),
        HourEntry(partnership_id=partnership.id, person_id=one.id, worked_on=DAY, minutes=95, remark="keys"),
        Meeting(partnership_id=partnership.id, minutes="Ada Brandt brings tools.", decisions="none"),
    )  # fmt: skip
    path = people_copy.write(workspace, one.id, tmp_path / "copy.json", "en", DAY)
    data = json.loads(path.read_text(encoding="utf-8"))
    assert data["person"]["email"] == "ada@x.example"
    assert [each["minutes"] for each in data["records"]["hour_entry"]] == [95]
    assert [(each["kind"], each["field"]) for each in data["named_in"]] == [("meeting", "minutes")]
    assert data["held_for"]["hour_entry"] == {"purpose": "hours", "retention": "funding"}
    document = people_copy.write(workspace, one.id, tmp_path / "copy.docx", "de", DAY)
    text = ZipFile(document).read("word/document.xml").decode()
    for word in ("Was über Ada Brandt gespeichert ist", "ada@x.example", "1990", "de, tr", "gladly", "1 Std. 35 Min.",
                 "keys", "Repair café", "bis die Prüffrist der Förderer abgelaufen ist"):  # fmt: skip
        assert word in text, word
    with pytest.raises(BadInput, match=r"must end in .docx"):
        people_copy.write(workspace, one.id, tmp_path / "copy.pdf", "de", DAY)
