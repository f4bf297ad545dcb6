"""Anonymising and erasing people: what stays, what goes, and that nothing brings them back."""

from __future__ import annotations

import re
from datetime import date
from pathlib import Path

import pytest

from cocivic_desktop.domain.activities import Activity, Participation
from cocivic_desktop.domain.agreements import Agreement, Clause, Signature
from cocivic_desktop.domain.base import Side
from cocivic_desktop.domain.hours import Attendance, Certificate, HourCategory, HourEntry, HourTemplate
from cocivic_desktop.domain.organisations import (
    Consent,
    ConsentPurpose,
    Erasure,
    ErasureKind,
    Organisation,
    Person,
    PersonKind,
)
from cocivic_desktop.domain.partnerships import AgendaItem, Meeting, Partnership, PartnershipMember, Task
from cocivic_desktop.domain.registry import ENTITIES
from cocivic_desktop.domain.rules.erasing import is_telling
from cocivic_desktop.services import backups, portable, privacy, records
from cocivic_desktop.services.portable_format import encode
from cocivic_desktop.store.workspace import Workspace

DAY = date(2026, 9, 14)
BIRTH_YEAR = re.compile(r"birth_year\W+2010")
NAME = "Zoë O'Brien-Çağrı"


@pytest.fixture
def ada(workspace: Workspace, partnership: Partnership) -> Person:
    """A student who has left traces everywhere."""
    one = Person(
        name=NAME, kind=PersonKind.STUDENT, organisation_id=partnership.school_id, email="zoe@home.example",
        class_group="10b", birth_year=2010, languages=["en"], remarks="sits in front",
    )  # fmt: skip
    activity = Activity(partnership_id=partnership.id, title="Repair café", starts_on=DAY)
    agreement = Agreement(partnership_id=partnership.id)
    made = (
        one,
        activity,
        Consent(person_id=one.id, purpose=ConsentPurpose.PHOTOS, given_on=DAY, guardian="Mary O'Brien"),
        PartnershipMember(partnership_id=partnership.id, person_id=one.id, role="team", is_contact=True),
        Participation(activity_id=activity.id, person_id=one.id, reply_remark="I come later"),
        Attendance(activity_id=activity.id, occurred_on=DAY, person_id=one.id),
        HourEntry(partnership_id=partnership.id, person_id=one.id, worked_on=DAY, minutes=90, role="team",
                  category=HourCategory.DELIVERY, remark="her first one"),
        HourEntry(partnership_id=partnership.id, head_count=3, worked_on=DAY, minutes=20, remark=f"with {NAME}"),
        HourTemplate(partnership_id=partnership.id, title="as always", person_id=one.id),
        Certificate(partnership_id=partnership.id, number="2026-001", person_id=one.id, holder=NAME, issued_on=DAY,
                    minutes=90, signed_by="Ada Brandt"),
        Meeting(partnership_id=partnership.id, agenda=[AgendaItem(text=f"Thanks to {NAME.upper()}")],
                participants=f"Ada Brandt, {NAME}, Tom Stern", minutes="Ms O'Brien-Çağrı asks for keys."),
        Task(partnership_id=partnership.id, title="Bring tools", owner_id=one.id),
        agreement,
        Clause(agreement_id=agreement.id, texts={"en": f"Contact: {NAME}."}),
        Signature(agreement_id=agreement.id, side=Side.SCHOOL, name="Head of School"),
    )  # fmt: skip
    with workspace.write("set_up", NAME) as unit:
        for record in made:
            unit.add(record)
    records.change(workspace, Person, one.id, phone="0431 77")
    return records.get(workspace, Person, one.id)


def everything(workspace: Workspace) -> str:
    """All that the file holds, the history of undo too, as one text."""
    stored = [str(encode(one)) for cls in ENTITIES for one in records.find(workspace, cls, archived=None)]
    found: list[str] = []
    workspace.between_units(
        lambda raw: found.extend(
            str(row) for table in ("undo_step", "undo_entry") for row in raw.execute(f"SELECT * FROM {table}")
        )
    )
    return "\n".join([*stored, *found])


def minutes(workspace: Workspace) -> int:
    return sum(one.minutes * (one.head_count or 1) for one in records.find(workspace, HourEntry))


def test_the_plan_says_what_goes_and_what_stays(workspace: Workspace, ada: Person) -> None:
    before = everything(workspace)
    erasing = privacy.plan(workspace, ada.id, ErasureKind.ERASED, DAY)
    assert erasing.goes == {
        "consent": 1, "partnership_member": 1, "participation": 1, "attendance": 1, "hour_template": 1
    }  # fmt: skip
    assert erasing.loses_link == {"task": 1, "certificate": 1}
    assert (erasing.hours, erasing.minutes) == (1, 90)
    assert sorted((one.kind, one.field) for one in erasing.replaced) == [
        ("hour_entry", "remark"), ("meeting", "agenda"), ("meeting", "participants")
    ]  # fmt: skip
    assert [(one.kind, one.field) for one in erasing.kept] == [("clause", "texts")]
    anonymising = privacy.plan(workspace, ada.id, ErasureKind.ANONYMISED, DAY)
    assert anonymising.goes == {"consent": 1, "hour_template": 1}
    assert everything(workspace) == before


@pytest.mark.parametrize("kind", ErasureKind)
def test_nothing_tells_any_more_who_it_was(workspace: Workspace, ada: Person, kind: ErasureKind) -> None:
    total = minutes(workspace)
    assert BIRTH_YEAR.search(everything(workspace))
    privacy.carry_out(workspace, [ada.id], kind, DAY)
    text = everything(workspace).replace(f"Contact: {NAME}.", "")  # an agreement stays as it was agreed
    for word in (
        NAME,
        NAME.upper(),
        "O''Brien-Ça",
        "zoe@home",
        "0431 77",
        "Mary",
        "in front",
        "later",
        "first one",
    ):
        assert word not in text, word
    assert not BIRTH_YEAR.search(text)  # the digits alone may stand in any key
    assert minutes(workspace) == total
    assert records.find(workspace, Meeting)[0].participants == (
        "Ada Brandt, N. N., Tom Stern" if kind is ErasureKind.ERASED
        else f"Ada Brandt, N. N. {ada.id.hex[:4].upper()}, Tom Stern"
    )  # fmt: skip
    assert workspace.undo_step() is None
    assert workspace.redo_step() is None
    assert [one.label for one in workspace.history() if "Zo" in one.label] == []
    (proof,) = records.find(workspace, Erasure)
    assert (proof.person_key, proof.kind, proof.done_on) == (ada.id, kind, DAY)


def test_anonymised_somebody_stays_who_counts(workspace: Workspace, ada: Person) -> None:
    privacy.carry_out(workspace, [ada.id], ErasureKind.ANONYMISED, DAY)
    one = records.get(workspace, Person, ada.id)
    assert (one.name, one.kind, one.organisation_id) == (
        f"N. N. {ada.id.hex[:4].upper()}", PersonKind.STUDENT, ada.organisation_id
    )  # fmt: skip
    assert (one.anonymised_on, one.archived, one.class_group, one.birth_year) == (DAY, True, "", None)
    assert records.find(workspace, Attendance, person_id=ada.id)
    assert records.find(workspace, HourEntry, person_id=ada.id)[0].remark == ""
    assert records.find(workspace, Consent) == []


def test_erased_hours_are_those_of_a_learner_without_a_name(workspace: Workspace, ada: Person) -> None:
    privacy.carry_out(workspace, [ada.id], ErasureKind.ERASED, DAY)
    assert records.find(workspace, Person, archived=None, id=ada.id) == []
    (entry,) = records.find(workspace, HourEntry, minutes=90)
    assert (entry.person_id, entry.head_count, entry.role) == (None, 1, "team")
    (certificate,) = records.find(workspace, Certificate)
    assert (certificate.number, certificate.holder, certificate.person_id) == ("2026-001", "N. N.", None)
    assert records.find(workspace, Participation) == []
    assert records.find(workspace, Task)[0].owner_id is None


def test_later_steps_can_still_be_undone_and_earlier_ones_not(workspace: Workspace, ada: Person) -> None:
    records.add(workspace, Organisation(name="Harbour College"))
    privacy.carry_out(workspace, [ada.id], ErasureKind.ERASED, DAY)
    assert workspace.undo() is not None
    assert records.find(workspace, Organisation, name="Harbour College") == []
    assert workspace.undo() is None


def test_a_verified_backup_is_made_and_those_that_hold_the_person_are_named(
    workspace: Workspace, ada: Person, tmp_path: Path
) -> None:
    earlier = backups.backup_now(workspace, folder=tmp_path / "kept")
    done = privacy.carry_out(workspace, [ada.id], ErasureKind.ERASED, DAY, tmp_path / "kept")
    assert done.backup.reason == "erasure"
    assert {one.path for one in done.still_holding} == {done.backup.path, earlier.path}
    later = backups.backup_now(workspace, folder=tmp_path / "kept")
    assert later.path not in {one.path for one in privacy.holding_backups(workspace, [ada.id], tmp_path / "kept")}


@pytest.mark.parametrize("kind", ErasureKind)
def test_a_restored_backup_does_not_bring_anybody_back(workspace: Workspace, ada: Person, kind: ErasureKind) -> None:
    done = privacy.carry_out(workspace, [ada.id], kind, DAY)
    records.add(workspace, Organisation(name="Newer"))
    backups.restore(workspace, done.backup.path)
    assert records.find(workspace, Organisation, name="Newer") == []
    text = everything(workspace).replace(f"Contact: {NAME}.", "")
    assert NAME not in text
    assert "zoe@home" not in text
    assert workspace.undo_step() is None
    assert [one.kind for one in records.find(workspace, Erasure)] == [kind]
    assert minutes(workspace) == 150


@pytest.mark.parametrize("kind", ErasureKind)
def test_an_old_portable_file_does_not_bring_anybody_back(
    workspace: Workspace, ada: Person, tmp_path: Path, kind: ErasureKind
) -> None:
    path = tmp_path / "old.json"
    portable.export_json(workspace, path)
    privacy.carry_out(workspace, [ada.id], kind, DAY)
    before = everything(workspace)
    report = portable.import_json(workspace, path)
    assert report.conflicts == ()
    assert report.erased == 1
    assert everything(workspace) == before


@pytest.mark.parametrize("kind", ErasureKind)
def test_a_file_of_a_laptop_that_has_erased_erases_here(
    workspace: Workspace, ada: Person, tmp_path: Path, kind: ErasureKind
) -> None:
    portable.export_json(workspace, tmp_path / "start.json")
    with Workspace.create(tmp_path / "other" / "other.cocivic") as other:
        portable.import_json(other, tmp_path / "start.json")
        privacy.carry_out(other, [ada.id], kind, DAY, tmp_path / "kept")
        records.add(other, Organisation(name="From there"))
        portable.export_json(other, tmp_path / "end.json")
    report = portable.import_json(workspace, tmp_path / "end.json")
    assert (report.applied, report.erased) == (True, 1)
    text = everything(workspace).replace(f"Contact: {NAME}.", "")
    assert NAME not in text
    assert records.find(workspace, Organisation, name="From there")
    assert minutes(workspace) == 150
    assert workspace.undo_step() is None


def test_one_partnership_alone_carries_erasures_too(
    workspace: Workspace, ada: Person, partnership: Partnership
) -> None:
    privacy.carry_out(workspace, [ada.id], ErasureKind.ERASED, DAY)
    exported = portable.to_portable(workspace, partnership.id)["records"]
    assert [one["person_key"] for one in exported["erasure"]] == [str(ada.id)]


@pytest.mark.parametrize(
    ("name", "telling"),
    [
        ("Ada Brandt", True),
        ("10b-07", True),
        ("10b", False),
        ("Maria", False),
        ("A. B.", False),
        ("Ö Y", False),
    ],
)
def test_only_telling_names_are_looked_for_in_texts(name: str, telling: bool) -> None:
    assert is_telling(name) is telling


def test_others_of_the_same_initials_are_left_alone(workspace: Workspace, partnership: Partnership) -> None:
    code = Person(name="A. B.", kind=PersonKind.STUDENT)
    records.add(workspace, code)
    records.add(workspace, Meeting(partnership_id=partnership.id, participants="A. B. and Ada Brandt"))
    privacy.carry_out(workspace, [code.id], ErasureKind.ERASED, DAY)
    assert records.find(workspace, Meeting)[0].participants == "A. B. and Ada Brandt"


def test_a_meeting_that_names_somebody_is_called_as_in_the_calendar(
    workspace: Workspace, ada: Person, partnership: Partnership
) -> None:
    day = Activity(partnership_id=partnership.id, title="Kick-off", starts_on=DAY)
    records.add(workspace, day)
    records.add(workspace, Meeting(partnership_id=partnership.id, activity_id=day.id, decisions=f"{NAME} writes"))
    records.add(workspace, Meeting(partnership_id=partnership.id, held_on=DAY, decisions=f"{NAME} asks"))
    found = privacy.plan(workspace, ada.id, ErasureKind.ERASED, DAY).replaced
    titles = {one.title for one in found if one.kind == "meeting"}
    assert {"Kick-off", f"{partnership.title}, 2026-09-14"} <= titles
