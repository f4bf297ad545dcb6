"""What goes on an agenda, and what its answers change elsewhere: previewed, taken over and taken back as one step."""

from __future__ import annotations

from datetime import date

import pytest

from cocivic_desktop.domain.agreements import Agreement, AgreementState, FollowKind
from cocivic_desktop.domain.base import Side
from cocivic_desktop.domain.partnerships import (
    AgendaItem,
    AgendaKind,
    Expectation,
    MatchState,
    Meeting,
    Partnership,
    ReadinessAnswer,
    ReadinessAnswerValue,
    Task,
)
from cocivic_desktop.library.questions import question_texts
from cocivic_desktop.library.readiness import question
from cocivic_desktop.services import agenda, agreements, meetings, readiness, records, versions
from cocivic_desktop.store.workspace import Workspace

TODAY = date(2026, 9, 14)
YES, PARTLY, NO, UNKNOWN = ReadinessAnswerValue
OPEN, MATCHED, MISMATCHED, RESOLVED = MatchState


@pytest.fixture
def meeting(workspace: Workspace, partnership: Partnership) -> Meeting:
    """A meeting on a day."""
    made = Meeting(partnership_id=partnership.id, held_on=date(2026, 9, 10))
    records.add(workspace, made)
    return made


def fingerprint(workspace: Workspace) -> dict[str, object]:
    """What taking over answers may change."""
    return {
        "answers": [(one.question, one.answer, one.remark) for one in records.find(workspace, ReadinessAnswer)],
        "cards": [(one.text, one.state, one.resolution) for one in records.find(workspace, Expectation)],
        "interview": [one.answers for one in records.find(workspace, Agreement)],
        "tasks": [one.done_on for one in records.find(workspace, Task)],
    }


def test_open_points_are_offered_once(workspace: Workspace, partnership: Partnership, meeting: Meeting) -> None:
    for code, value in (("school_calendar", UNKNOWN), ("school_rooms", YES), ("cso_time", UNKNOWN)):
        records.add(workspace, ReadinessAnswer(partnership_id=partnership.id, question=code, answer=value))
    records.add(workspace, Expectation(partnership_id=partnership.id, side=Side.SCHOOL, text="Marks", state=MISMATCHED))
    agreements.prepare(workspace, partnership.id)
    found = agenda.open_points(workspace, meeting.id, "de", lambda one: f"Frage: {one.expectation.text}")
    german = question("school_calendar", "de")
    assert german is not None
    assert found[0] == AgendaItem(text=german.ask, kind=AgendaKind.READINESS, about="school_calendar")
    assert (found[1].kind, found[1].text) == (AgendaKind.EXPECTATION, "Frage: Marks")
    asked = [item for item in found if item.kind is AgendaKind.QUESTION]
    assert len(asked) == len(found) - 2 >= 3
    assert question_texts("de")[asked[0].about].text == asked[0].text
    agenda.add_points(workspace, meeting.id, found[:2])
    assert agenda.open_points(workspace, meeting.id, "de", lambda one: "") == asked


def test_answers_flow_back_in_one_step(workspace: Workspace, partnership: Partnership, meeting: Meeting) -> None:
    records.add(workspace, ReadinessAnswer(partnership_id=partnership.id, question="school_calendar"))
    card = Expectation(partnership_id=partnership.id, side=Side.SCHOOL, text="Marks", state=MISMATCHED)
    task = Task(partnership_id=partnership.id, title="Send the list")
    records.add(workspace, card)
    records.add(workspace, task)
    agreements.prepare(workspace, partnership.id)
    text_question = next(iter(agenda._text_answers(workspace, partnership.id)))
    items = [
        AgendaItem(
            text="Calendar?", kind=AgendaKind.READINESS, about="school_calendar", settled=YES, answer="As a file"
        ),
        AgendaItem(text="Rooms?", kind=AgendaKind.READINESS, about="school_rooms", settled=PARTLY),
        AgendaItem(text="Marks?", kind=AgendaKind.EXPECTATION, about=str(card.id), answer="In the report"),
        AgendaItem(text="Interview?", kind=AgendaKind.QUESTION, about=text_question, answer="Our words"),
        AgendaItem(text="List?", kind=AgendaKind.TASK, about=str(task.id), settled=YES),
        AgendaItem(text="Welcome", answer="nice"),
        AgendaItem(text="Gone", kind=AgendaKind.EXPECTATION, about="no id", answer="whatever"),
        AgendaItem(text="Open", kind=AgendaKind.READINESS, about="school_learners"),
    ]
    agenda.set_items(workspace, meeting.id, items)
    before = fingerprint(workspace)
    changes = agenda.answers_to_take(workspace, meeting.id)
    assert [(one.item, one.value_before, one.value_after, one.after) for one in changes] == [
        (0, "unknown", "yes", "As a file"),
        (1, "", "partly", ""),
        (2, "mismatched", "resolved", "In the report"),
        (3, "", "", "Our words"),
        (4, "", "done", ""),
    ]
    agenda.take_answers(workspace, meeting.id, [one.item for one in changes], TODAY)
    assert readiness.given(workspace, partnership.id)["school_calendar"].remark == "As a file"
    assert readiness.given(workspace, partnership.id)["school_rooms"].answer is PARTLY
    assert records.get(workspace, Expectation, card.id).state is RESOLVED
    assert records.find(workspace, Agreement)[0].answers[text_question] == "Our words"
    assert records.get(workspace, Task, task.id).done_on == date(2026, 9, 10)
    assert agenda.answers_to_take(workspace, meeting.id) == []
    workspace.undo()
    assert fingerprint(workspace) == before
    assert len(agenda.answers_to_take(workspace, meeting.id)) == 5


def test_answers_go_to_the_renewal_that_is_prepared(
    workspace: Workspace, partnership: Partnership, meeting: Meeting
) -> None:
    in_force, _ = agreements.prepare(workspace, partnership.id)
    records.change(workspace, Agreement, in_force.id, state=AgreementState.SIGNED)
    renewal, _ = versions.follow(workspace, in_force.id, FollowKind.RENEWAL)
    asked = next(iter(agenda._text_answers(workspace, partnership.id)))
    item = AgendaItem(text="Interview?", kind=AgendaKind.QUESTION, about=asked, answer="Our words")
    agenda.set_items(workspace, meeting.id, [item])
    agenda.take_answers(workspace, meeting.id, [0], TODAY)
    assert records.get(workspace, Agreement, renewal.id).answers[asked] == "Our words"
    assert asked not in records.get(workspace, Agreement, in_force.id).answers


def test_only_what_is_ticked_is_taken(workspace: Workspace, partnership: Partnership, meeting: Meeting) -> None:
    items = [
        AgendaItem(text=code, kind=AgendaKind.READINESS, about=code, settled=NO)
        for code in ("school_rooms", "school_rhythm")
    ]
    agenda.set_items(workspace, meeting.id, items)
    agenda.take_answers(workspace, meeting.id, [1], TODAY)
    assert set(readiness.given(workspace, partnership.id)) == {"school_rhythm"}


@pytest.mark.parametrize(
    ("state", "settled", "text", "after"),
    [
        (OPEN, YES, "", MATCHED),
        (OPEN, YES, "We do it", RESOLVED),
        (OPEN, None, "We do it", RESOLVED),
        (OPEN, NO, "Not now", MISMATCHED),
        (OPEN, PARTLY, "Half of it", OPEN),
        (MISMATCHED, None, "Three visits", RESOLVED),
        (MISMATCHED, YES, "", MISMATCHED),
        (MISMATCHED, UNKNOWN, "we ask", MISMATCHED),
        (MATCHED, None, "", MATCHED),
    ],
)
def test_how_an_expectation_stands_afterwards(
    state: MatchState, settled: ReadinessAnswerValue | None, text: str, after: MatchState
) -> None:
    assert agenda.state_after(state, settled, text) is after


def test_people_are_invited_to_a_date_only(workspace: Workspace, meeting: Meeting, partnership: Partnership) -> None:
    from cocivic_desktop.domain.errors import InvalidField
    from cocivic_desktop.domain.organisations import Person

    person = Person(name="Ada")
    records.add(workspace, person)
    with pytest.raises(InvalidField, match="held_on"):
        meetings.set_takes_part(workspace, meeting.id, person.id, True)
    meetings.put_in_calendar(workspace, meeting.id, "Talk", TODAY)
    meetings.set_takes_part(workspace, meeting.id, person.id, True)
    step = workspace.undo_step()
    assert step is not None and (step.action, step.label) == ("add_participant", "Ada")
    stored = records.get(workspace, Meeting, meeting.id)
    assert [one.name for one in meetings.people(workspace, stored)] == ["Ada"]
    activity = meetings.activity_of(workspace, stored)
    assert activity is not None and (activity.status, activity.zone) == ("done", "Europe/Berlin")
