"""Papers for a school: their words in every language, what they take from the workspace, and sound files."""

from __future__ import annotations

import re
from datetime import date, datetime, time
from pathlib import Path

import docx_integrity
import pytest
from openxml_audit import OpenXmlValidator

from cocivic_desktop.domain.base import Language
from cocivic_desktop.domain.errors import BadInput
from cocivic_desktop.domain.organisations import FilePurpose, Organisation, Person, PersonKind
from cocivic_desktop.domain.partnerships import (
    AgendaItem,
    AgendaKind,
    Meeting,
    Partnership,
    ReadinessAnswerValue,
    Task,
)
from cocivic_desktop.library.labels import labels
from cocivic_desktop.library.readiness import question
from cocivic_desktop.services import letters, meetings, organisation_files, records
from cocivic_desktop.services.letters import Draft, LetterKind
from cocivic_desktop.store.workspace import Workspace
from tests.documents.letterheads import letterhead
from tests.documents.parts import defects, part, words

TODAY = date(2026, 9, 14)
LANGUAGES = [language.value for language in Language]


@pytest.fixture
def ready(workspace: Workspace, partnership: Partnership) -> Partnership:
    """A partnership with a coordinator, a head of school, and our organisation described."""
    ours = records.find(workspace, Organisation, is_ours=True)[0]
    records.change(
        workspace,
        Organisation,
        ours.id,
        city="Kiel",
        mission="We repair instead of throwing away.",
        focus_themes=["Repair", "Climate"],
        hours_per_week=5.5,
        email="office@example.org",
    )
    coordinator = Person(name="Ada Brandt", organisation_id=ours.id, phone="+49 431 1", position="coordinator")
    head = Person(name="Hanne Roth", organisation_id=partnership.school_id, kind=PersonKind.LEADERSHIP)
    for person in (coordinator, head):
        records.add(workspace, person)
    records.change(workspace, Organisation, partnership.school_id, vocational_fields=["Electronics"], city="Lübeck")
    records.change(workspace, Partnership, partnership.id, coordinator_id=coordinator.id)
    return partnership


@pytest.fixture
def meeting(workspace: Workspace, ready: Partnership) -> Meeting:
    """A meeting with an agenda, answers, decisions and a task."""
    asked = question("school_calendar")
    assert asked is not None
    made = Meeting(
        partnership_id=ready.id,
        participants="Two learners",
        agenda=[
            AgendaItem(text="Welcome"),
            AgendaItem(
                text=asked.ask,
                kind=AgendaKind.READINESS,
                about="school_calendar",
                answer="As a file next week",
                settled=ReadinessAnswerValue.PARTLY,
            ),
        ],
        minutes="The workshop is free on Tuesdays.",
        decisions="Start after the autumn holidays\nOne class first",
    )
    records.add(workspace, made)
    meetings.change(workspace, made.id, title="First talk", held_on=date(2026, 9, 21), today=TODAY)
    made = records.get(workspace, Meeting, made.id)
    activity = meetings.activity_of(workspace, made)
    assert activity is not None
    records.change(workspace, type(activity), activity.id, start_time=time(14), place="Room 7")
    head = records.find(workspace, Person, kind=PersonKind.LEADERSHIP)[0]
    meetings.set_takes_part(workspace, made.id, head.id, True)
    records.add(
        workspace, Task(partnership_id=ready.id, meeting_id=made.id, title="Send the list", due_on=date(2026, 9, 30))
    )
    return made


def text_of(data: bytes) -> str:
    """The words of a document's body."""
    return words(part(data, "word/document.xml"))


def names(text: str) -> set[str]:
    """The {names} that a text fills in."""
    return set(re.findall(r"\{(\w+)\}", text))


@pytest.mark.parametrize("language", LANGUAGES)
def test_the_words_are_complete_in_every_language(language: str) -> None:
    english, own = labels("en", "letters.toml"), labels(language, "letters.toml")
    same = {"letter.place_date", "minutes.no_answer", "minutes.settled_no", "agenda.when_where", "profile.website"}
    for key in english:
        assert names(own[key]) == names(english[key]), key
        assert own[key].count("\n• ") == english[key].count("\n• "), key
        if language != "en" and key not in same:
            assert own[key] != english[key], key


@pytest.mark.parametrize("language", LANGUAGES)
@pytest.mark.parametrize("kind", list(LetterKind))
@pytest.mark.parametrize("paper", [False, True])
def test_every_paper_is_sound(
    kind: LetterKind,
    language: str,
    paper: bool,
    workspace: Workspace,
    ready: Partnership,
    meeting: Meeting,
    tmp_path: Path,
) -> None:
    if paper:
        organisation_files.choose(workspace, FilePurpose.LETTERHEAD, "paper.docx", letterhead())
    target = tmp_path / "paper.docx"
    letters.write(workspace, target, kind, ready.id, language, today=TODAY, meeting_id=meeting.id)
    assert [str(error) for error in OpenXmlValidator().validate(target).errors] == []
    assert [str(finding) for finding in docx_integrity.check(target)] == []
    if not paper:
        assert defects(target.read_bytes()) == []
    assert "{" not in text_of(target.read_bytes())


def test_the_letter_says_who_writes_what_is_asked_and_how_to_answer(workspace: Workspace, ready: Partnership) -> None:
    proposed = [datetime(2026, 9, 22, 14), date(2026, 9, 24)]
    draft = letters.draft(workspace, LetterKind.INTRODUCTION, ready.id, "en", dates=proposed)
    made = text_of(
        letters.document_bytes(workspace, LetterKind.INTRODUCTION, ready.id, "en", today=TODAY, changed=draft)
    )
    lines = made.splitlines()
    assert lines[:3] == ["North Vocational School", "Hanne Roth", "Lübeck"]
    assert "Kiel, 14 September 2026" in lines and "Dear Hanne Roth," in lines
    for said in (
        "We repair instead of throwing away.",
        "45 minutes",
        "Tuesday, 22 September 2026, 14:00 or on Thursday, 24 September 2026",
        "learners in Electronics",
        "by e-mail to office@example.org or by phone on +49 431 1",
        "Your contact is Ada Brandt.",
    ):
        assert said in made
    assert lines[-4:-1] == ["Ada Brandt", "coordinator", "Green Harbour"]


def test_what_a_person_has_written_is_what_stands_there(workspace: Workspace, ready: Partnership) -> None:
    data = letters.document_bytes(
        workspace,
        LetterKind.INTRODUCTION,
        ready.id,
        "de",
        today=TODAY,
        changed=Draft("Kommen Sie?", "Erste Zeile\n• Punkt eins\n• Punkt zwei\nLetzte Zeile"),
    )
    made = text_of(data)
    assert "Kommen Sie?\nGuten Tag, Hanne Roth,\nErste Zeile\nPunkt eins\nPunkt zwei\nLetzte Zeile" in made


def test_a_question_nobody_has_reworded_is_asked_in_the_document_s_language(
    workspace: Workspace, ready: Partnership, meeting: Meeting
) -> None:
    german = question("school_calendar", "de")
    assert german is not None
    made = text_of(
        letters.document_bytes(workspace, LetterKind.AGENDA, ready.id, "de", today=TODAY, meeting_id=meeting.id)
    )
    assert german.ask in made and "Welcome" in made
    assert "Montag, 21. September 2026, 14:00 bis 15:00 Uhr, Room 7" in made
    assert "Hanne Roth, Two learners" in made


def test_minutes_say_what_was_answered_decided_and_promised(
    workspace: Workspace, ready: Partnership, meeting: Meeting
) -> None:
    made = text_of(
        letters.document_bytes(workspace, LetterKind.MINUTES, ready.id, "en", today=TODAY, meeting_id=meeting.id)
    )
    for said in (
        "partly: As a file next week",
        "The workshop is free on Tuesdays.",
        "Start after the autumn holidays\nOne class first",
        "Send the list",
        "30/09/2026",
    ):
        assert said in made
    assert "Next meeting" not in made


def test_an_agenda_without_a_meeting_is_refused(workspace: Workspace, ready: Partnership) -> None:
    with pytest.raises(BadInput, match="which meeting"):
        letters.draft(workspace, LetterKind.AGENDA, ready.id, "en")


def test_the_language_comes_from_the_school(workspace: Workspace, ready: Partnership) -> None:
    assert letters.suggested_language(workspace, ready.id) is Language.GERMAN
    records.change(workspace, Organisation, ready.school_id, country="FR")
    assert letters.suggested_language(workspace, ready.id) is Language.ENGLISH


def test_file_names_are_safe(workspace: Workspace, ready: Partnership, meeting: Meeting) -> None:
    records.change(workspace, Organisation, ready.school_id, short_name="A/B: Schule")
    name = letters.file_name(workspace, LetterKind.MINUTES, ready.id, "de", ".docx", meeting.id)
    assert name == "Protokoll 2026-09-21 A-B-Schule.docx"
