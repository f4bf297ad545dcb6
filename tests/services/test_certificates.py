"""Certificates: confirmed hours only, consents, numbers without gaps, the register, pages, and the mail to sign."""

from __future__ import annotations

from datetime import UTC, date, datetime
from email import message_from_bytes
from email.policy import default
from io import BytesIO
from typing import TYPE_CHECKING

import docx
import docx_integrity
import pytest
from openxml_audit import OpenXmlValidator

from cocivic_desktop.domain.activities import Activity
from cocivic_desktop.domain.agreements import Agreement
from cocivic_desktop.domain.base import Language
from cocivic_desktop.domain.errors import BadInput
from cocivic_desktop.domain.hours import Certificate, HourEntry, HourState
from cocivic_desktop.domain.organisations import Consent, ConsentPurpose, Organisation, Person, PersonKind
from cocivic_desktop.domain.partnerships import Partnership, PartnershipMember
from cocivic_desktop.services import certificate_files, certificates, portable, records
from cocivic_desktop.services.certificates import ConsentState, Wish
from cocivic_desktop.store.workspace import Workspace

if TYPE_CHECKING:
    from pathlib import Path
    from uuid import UUID

TODAY = date(2026, 11, 22)
CLASS = 24
WORD = "{http://schemas.openxmlformats.org/wordprocessingml/2006/main}"


@pytest.fixture
def people(workspace: Workspace, partnership: Partnership) -> list[UUID]:
    """A volunteer with 90 confirmed and 30 other minutes, and a class of 24 with consent and 60 + number minutes."""
    ours = records.find(workspace, Organisation, is_ours=True)[0]
    activity = Activity(partnership_id=partnership.id, title="Opening day", starts_on=date(2026, 9, 3))
    ana = Person(name="Ana López", kind=PersonKind.VOLUNTEER, organisation_id=ours.id)
    learners = [Person(name=f"Learner {number:02}", kind=PersonKind.STUDENT) for number in range(CLASS)]
    with workspace.write("fill") as unit:
        for one in (activity, ana, *learners):
            unit.add(one)
        rows = [(ana, 90, HourState.CONFIRMED, date(2026, 9, 3)), (ana, 30, HourState.LOGGED, date(2026, 10, 1))]
        rows += [(one, 60 + number, HourState.CONFIRMED, date(2026, 9, 3)) for number, one in enumerate(learners)]
        for person, minutes, state, day in rows:
            unit.add(
                HourEntry(
                    partnership_id=partnership.id,
                    person_id=person.id,
                    role="Mentor" if person is ana else "student",
                    worked_on=day,
                    minutes=minutes,
                    state=state,
                    activity_id=activity.id,
                )
            )
        for one in learners:
            unit.add(Consent(person_id=one.id, purpose=ConsentPurpose.CERTIFICATE, given_on=date(2026, 9, 1)))
    return [ana.id, *(one.id for one in learners)]


@pytest.fixture(autouse=True)
def drawn(monkeypatch: pytest.MonkeyPatch) -> None:
    """What is drawn for the numbers here: always the same."""
    monkeypatch.setattr("cocivic_desktop.services.certificates.secrets.choice", lambda signs: signs[0])


END = "-BBBB"


def page_texts(data: bytes) -> list[str]:
    """The text of each section of a document, tables included."""
    pages, texts = [], []
    for element in docx.Document(BytesIO(data)).element.body:
        texts.append(" ".join(node.text or "" for node in element.iter(f"{WORD}t")))
        if element.tag == f"{WORD}sectPr" or element.find(f".//{WORD}sectPr") is not None:
            pages.append("\n".join(texts))
            texts = []
    return pages


def test_a_class_in_one_go(workspace: Workspace, partnership: Partnership, people: list[UUID], tmp_path: Path) -> None:
    wish = Wish(
        language=Language.GERMAN,
        competences=["Zuhören"],
        signers=[("Ute Hansen", "Leitung", "Green Harbour"), ("Jens P.", "", "NVS")],
    )
    path = tmp_path / "class.docx"
    made = certificate_files.issue(workspace, partnership.id, people[1:], path, wish, TODAY)
    assert [one.number for one in made] == [f"2026-{number:03}{END}" for number in range(1, CLASS + 1)]
    pages = page_texts(path.read_bytes())
    assert len(pages) == CLASS
    for number, page in enumerate(pages):
        assert f"Learner {number:02}" in page
        assert f"Nr. 2026-{number + 1:03}{END}" in page
        assert ("1 Std. " if number else "1 Std.") in page
        for part in ("Opening day", "Zuhören", "Ute Hansen, Leitung", "Jens P."):
            assert part in page
    assert pages[5].count("1 Std. 5 Min.") == 2  # the hours of the person, and of the one activity


def test_only_confirmed_hours_count(
    workspace: Workspace, partnership: Partnership, people: list[UUID], tmp_path: Path
) -> None:
    ana = next(row for row in certificates.eligible(workspace, partnership.id) if row.id == people[0])
    assert (ana.confirmed, ana.logged, ana.consent) == (90, 30, ConsentState.NOT_NEEDED)
    made = certificate_files.issue(workspace, partnership.id, people[:1], tmp_path / "a.docx", Wish(), TODAY)
    assert (made[0].minutes, made[0].starts_on, made[0].ends_on) == (90, date(2026, 9, 3), date(2026, 9, 3))
    page = page_texts((tmp_path / "a.docx").read_bytes())[0]
    assert "contributed 1 h 30 min" in page
    assert "on 3 September 2026" in page
    assert "Role: Mentor" in page
    october = Wish(first=date(2026, 10, 1), last=date(2026, 10, 31))
    with pytest.raises(BadInput, match="no confirmed hours"):
        certificate_files.issue(workspace, partnership.id, people[:1], tmp_path / "b.docx", october, TODAY)
    assert not (tmp_path / "b.docx").exists()


def test_a_missing_consent_stops_everything_until_it_is_noted(
    workspace: Workspace, partnership: Partnership, people: list[UUID], tmp_path: Path
) -> None:
    consent = records.find(workspace, Consent, person_id=people[3])[0]
    records.delete(workspace, Consent, consent.id)
    with pytest.raises(BadInput, match="No consent to a certificate is noted for Learner 02"):
        certificate_files.issue(workspace, partnership.id, people[1:], tmp_path / "c.docx", Wish(), TODAY)
    assert certificates.register(workspace) == []
    assert list(tmp_path.glob("*.docx")) == []
    certificates.note_consents(workspace, [people[3]], TODAY)
    assert len(certificate_files.issue(workspace, partnership.id, people[1:], tmp_path / "c.docx", Wish(), TODAY)) == 24
    noted = records.find(workspace, Consent, person_id=people[3])[0]
    records.change(workspace, Consent, noted.id, withdrawn_on=TODAY)
    with pytest.raises(BadInput, match="was withdrawn"):
        certificate_files.issue(workspace, partnership.id, [people[3]], tmp_path / "d.docx", Wish(), TODAY)


def test_numbers_have_no_gaps_and_never_come_again(
    workspace: Workspace, partnership: Partnership, people: list[UUID], tmp_path: Path
) -> None:
    def issue(person: UUID, name: str, day: date = TODAY) -> Certificate:
        return certificate_files.issue(workspace, partnership.id, [person], tmp_path / name, Wish(), day)[0]

    first = issue(people[0], "1.docx")
    with pytest.raises(BadInput, match="already a file"):
        issue(people[1], "1.docx")
    second = issue(people[1], "2.docx")
    assert (first.number, second.number) == ("2026-001-BBBB", "2026-002-BBBB")
    workspace.undo()  # issuing is passed by
    assert [one.number for one in certificates.register(workspace)] == ["2026-002-BBBB", "2026-001-BBBB"]
    with pytest.raises(BadInput, match="Say why"):
        certificates.revoke(workspace, second.id, " ", TODAY)
    certificates.revoke(workspace, second.id, "Wrong name", TODAY)
    with pytest.raises(BadInput, match="revoked before"):
        certificates.revoke(workspace, second.id, "Again", TODAY)
    with pytest.raises(BadInput, match="2026-002-BBBB was revoked"):
        certificate_files.reprint(workspace, [second.id], tmp_path / "x.docx")
    line = certificates.register(workspace)[0]
    assert (line.number, line.revoked_on, line.revoked_reason) == ("2026-002-BBBB", TODAY, "Wrong name")


def test_after_an_undo_of_older_work_numbers_go_on(
    workspace: Workspace, partnership: Partnership, people: list[UUID], tmp_path: Path
) -> None:
    folder = tmp_path / "single"
    folder.mkdir()
    records.add(workspace, Person(name="Somebody"))
    made = certificate_files.issue(workspace, partnership.id, people[:3], folder, Wish(), TODAY)
    assert sorted(path.name for path in folder.iterdir()) == [
        "2026-001-BBBB Ana López.docx", "2026-002-BBBB Learner 00.docx", "2026-003-BBBB Learner 01.docx",
    ]  # fmt: skip
    workspace.undo()
    assert records.find(workspace, Person, name="Somebody") == []
    again = certificate_files.reprint(workspace, [made[0].id], tmp_path / "again.docx")
    assert "No. 2026-001-BBBB" in page_texts(again[0].read_bytes())[0]
    following = certificate_files.issue(workspace, partnership.id, people[3:4], folder, Wish(), date(2027, 1, 2))
    assert following[0].number == "2027-001-BBBB"
    late = certificate_files.issue(workspace, partnership.id, people[4:5], folder, Wish(), TODAY)
    assert late[0].number == "2026-004-BBBB"


def test_who_signs_for_the_school_where_both_promise_a_certificate(
    workspace: Workspace, partnership: Partnership
) -> None:
    head = Person(name="Jens Petersen", kind=PersonKind.LEADERSHIP, organisation_id=partnership.school_id)
    teacher = Person(name="Ada Brandt", kind=PersonKind.TEACHER, organisation_id=partnership.school_id)
    agreement = Agreement(partnership_id=partnership.id, answers={"certificate": "joint"})
    for one in (
        head,
        teacher,
        PartnershipMember(partnership_id=partnership.id, person_id=head.id),
        PartnershipMember(partnership_id=partnership.id, person_id=teacher.id, is_contact=True),
    ):
        records.add(workspace, one)
    assert certificates.signer_of_school(workspace, partnership.id) is None
    records.add(workspace, agreement)
    signer = certificates.signer_of_school(workspace, partnership.id)
    assert signer is not None
    assert signer.name == "Ada Brandt"
    records.change(workspace, Agreement, agreement.id, answers={"certificate": "cso"})
    assert certificates.signer_of_school(workspace, partnership.id) is None


def test_asking_to_sign(workspace: Workspace, partnership: Partnership, people: list[UUID], tmp_path: Path) -> None:
    made = certificate_files.issue(workspace, partnership.id, people[:2], tmp_path / "a.docx", Wish(), TODAY)
    ids, signer = [one.id for one in made], ("Jens Petersen", "jens@nvs.example")
    assert [str(error) for error in OpenXmlValidator().validate(tmp_path / "a.docx").errors] == []
    assert [str(finding) for finding in docx_integrity.check(tmp_path / "a.docx")] == []
    with pytest.raises(BadInput, match="e-mail address first"):
        certificate_files.ask_to_sign(workspace, ids, tmp_path / "sign.eml", signer)
    ours = records.find(workspace, Organisation, is_ours=True)[0]
    records.change(workspace, Organisation, ours.id, email="office@green-harbour.example")
    with pytest.raises(BadInput, match="no e-mail address"):
        certificate_files.ask_to_sign(workspace, ids, tmp_path / "sign.eml", ("Jens", "jens"))
    now = datetime(2026, 11, 22, 10, tzinfo=UTC)
    path = certificate_files.ask_to_sign(workspace, ids, tmp_path / "sign.eml", signer, now=now)
    mail = message_from_bytes(path.read_bytes(), policy=default)
    assert (mail["To"], mail["X-Unsent"]) == ("Jens Petersen <jens@nvs.example>", "1")
    attached = next(mail.iter_attachments())
    assert attached.get_filename() == "Certificates 2026-001-BBBB to 2026-002-BBBB.docx"
    assert len(page_texts(attached.get_content())) == 2


def test_lines_outlive_partnership_and_person(
    workspace: Workspace, partnership: Partnership, people: list[UUID], tmp_path: Path
) -> None:
    path = tmp_path / "a.docx"
    first, second = certificate_files.issue(workspace, partnership.id, people[:2], path, Wish(), TODAY)
    records.delete(workspace, Person, people[1])
    gone = records.get(workspace, Certificate, second.id)
    assert (gone.holder, gone.person_id, gone.holder_kind, gone.minutes) == ("N. N.", None, PersonKind.STUDENT, 60)
    with pytest.raises(BadInput, match="The name was taken out of certificate 2026-002"):
        certificate_files.reprint(workspace, [second.id], path, force=True)
    records.delete(workspace, Partnership, partnership.id)
    lines = certificates.register(workspace)
    assert [(line.number, line.partnership_id) for line in lines] == [(second.number, None), (first.number, None)]
    assert (lines[1].holder, lines[1].issued_for, lines[1].minutes) == ("Ana López", partnership.title, 90)
    assert (lines[1].holder_kind, lines[1].issued_on) == (PersonKind.VOLUNTEER, TODAY)
    with pytest.raises(BadInput, match="partnership of certificate 2026-001-BBBB was deleted"):
        certificate_files.reprint(workspace, [first.id], path, force=True)
    with workspace.read() as unit:
        assert certificates.last_number(unit, 2026) == 2
    workspace.undo()
    assert [line.partnership_id for line in certificates.register(workspace)] == [partnership.id] * 2


def test_two_computers_never_give_one_number(
    workspace: Workspace, partnership: Partnership, people: list[UUID], tmp_path: Path, monkeypatch: pytest.MonkeyPatch
) -> None:
    """Both have the same records; what one issued then comes to the other, whole, with its lines."""
    monkeypatch.undo()
    exported = tmp_path / "a.json"
    portable.export_json(workspace, exported, partnership.id)
    with Workspace.create(tmp_path / "other.cocivic") as other:
        portable.import_json(other, exported)
        theirs = certificate_files.issue(other, partnership.id, people[:1], tmp_path / "theirs.docx", Wish(), TODAY)
        portable.export_json(other, tmp_path / "b.json", partnership.id)
    mine = certificate_files.issue(workspace, partnership.id, people[:3], tmp_path / "mine.docx", Wish(), TODAY)
    assert portable.import_json(workspace, tmp_path / "b.json").applied
    numbers = [line.number for line in certificates.register(workspace, partnership.id)]
    assert sorted(numbers) == sorted(line.number for line in [*mine, *theirs])
    assert len(set(numbers)) == 4
    later = certificate_files.issue(workspace, partnership.id, people[3:4], tmp_path / "later.docx", Wish(), TODAY)
    assert later[0].number.startswith("2026-004-")


def test_printed_again_it_is_the_same_paper(
    workspace: Workspace, partnership: Partnership, people: list[UUID], tmp_path: Path
) -> None:
    """Hours that are confirmed later, in the same days, are not in the certificate."""
    path, again = tmp_path / "a.docx", tmp_path / "again.docx"
    made = certificate_files.issue(workspace, partnership.id, people[:1], path, Wish(), TODAY)
    entry = HourEntry(partnership_id=partnership.id, person_id=people[0], role="Driver", minutes=300,
                      worked_on=date(2026, 9, 3), state=HourState.CONFIRMED)  # fmt: skip
    records.add(workspace, entry)
    certificate_files.reprint(workspace, [made[0].id], again)
    assert page_texts(again.read_bytes()) == page_texts(path.read_bytes())
    certificate_files.issue(workspace, partnership.id, people[:1], path, Wish(), TODAY, force=True)
    assert "contributed 6 h 30 min" in page_texts(path.read_bytes())[0]
    rows = docx.Document(str(path)).tables[0].rows
    assert [[cell.text for cell in row.cells] for row in rows][1:] == [
        ["Opening day", "1 h 30 min"], ["Other work for the partnership", "5 h"],
    ]  # fmt: skip
