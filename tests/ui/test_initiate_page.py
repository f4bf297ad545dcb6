"""Stage 1: what is typed and clicked is stored, can be undone, and shows what others change."""

from __future__ import annotations

from collections.abc import Callable
from datetime import date, time
from typing import TYPE_CHECKING

import pytest
from PySide6.QtCore import Qt
from PySide6.QtTest import QAbstractItemModelTester

from cocivic_desktop.domain.activities import Activity, ActivityKind
from cocivic_desktop.domain.base import Entity
from cocivic_desktop.domain.organisations import Organisation, Person
from cocivic_desktop.domain.partnerships import (
    AgendaItem,
    Meeting,
    Outreach,
    Partnership,
    PartnershipMember,
    PartnershipOrganisation,
    PipelineState,
    ReadinessAnswer,
    ReadinessAnswerValue,
    Stage,
    Task,
)
from cocivic_desktop.services import meetings, records
from cocivic_desktop.ui.context import Context, Target
from cocivic_desktop.ui.pages.initiate_page import InitiatePage

if TYPE_CHECKING:
    from pytestqt.qtbot import QtBot

    from cocivic_desktop.store.workspace import Workspace

Opened = Callable[[str], InitiatePage]


@pytest.fixture
def opened(qtbot: QtBot, context: Context, partnership: Partnership) -> Opened:
    """Opens the page at a section, as a next step does."""
    page = InitiatePage(context)
    qtbot.addWidget(page)
    page.resize(822, 490)

    def open_at(section: str) -> InitiatePage:
        page.show_partnership(partnership.id)
        page.show()
        qtbot.waitExposed(page)
        page.go_to(Target.partnership(partnership.id, Stage.INITIATE, section))
        return page

    return open_at


def only(workspace: Workspace, cls: type[Entity]) -> Entity:
    """The only record of a class."""
    found = records.find(workspace, cls)
    assert len(found) == 1
    return found[0]


def test_fields_of_the_partnership(
    opened: Opened, qtbot: QtBot, workspace: Workspace, partnership: Partnership
) -> None:
    overview = opened("pipeline").overview
    ui = overview.ui
    ui.title.setFocus()
    ui.title.selectAll()
    qtbot.keyClicks(ui.title, "Repair corner")
    overview.form.flush()
    assert records.get(workspace, Partnership, partnership.id).title == "Repair corner"
    ui.minors.click()
    assert records.get(workspace, Partnership, partnership.id).minors is False
    workspace.undo()
    qtbot.waitUntil(ui.minors.isChecked)


def test_the_reason_is_asked_for_only_when_put_off(opened: Opened, qtbot: QtBot, workspace: Workspace) -> None:
    overview = opened("overview").overview
    assert overview.ui.reasonBox.isHidden()
    overview.ui.pipeline.setCurrentIndex(list(PipelineState).index(PipelineState.NOT_NOW))
    overview.ui.pipeline.activated.emit(overview.ui.pipeline.currentIndex())
    qtbot.waitUntil(overview.ui.reasonBox.isVisible)
    qtbot.keyClicks(overview.ui.not_now_reason, "no teacher free")
    overview.form.flush()
    assert records.find(workspace, Partnership)[0].not_now_reason == "no teacher free"


def test_an_end_before_the_start_is_refused_in_place(opened: Opened, qtbot: QtBot, workspace: Workspace) -> None:
    overview = opened("overview").overview
    overview.ui.ends_on.line.selectAll()
    qtbot.keyClicks(overview.ui.ends_on.line, "2026-08-01")
    qtbot.keyClick(overview.ui.ends_on.line, Qt.Key.Key_Return)
    assert records.find(workspace, Partnership)[0].ends_on == date(2027, 6, 30)
    assert overview.ui.ends_on.accessibleDescription()


def test_people_and_partners_take_part(opened: Opened, qtbot: QtBot, workspace: Workspace) -> None:
    ada = Person(name="Ada Brandt")
    records.add(workspace, ada)
    records.add(workspace, Organisation(name="Town council"))
    overview = opened("members").overview
    ui = overview.ui
    assert [ui.personChoice.itemText(n) for n in range(ui.personChoice.count())][1:] == ["Ada Brandt"]
    ui.personChoice.setCurrentIndex(1)
    ui.addPersonButton.click()
    member = only(workspace, PartnershipMember)
    assert isinstance(member, PartnershipMember) and member.person_id == ada.id
    qtbot.keyClicks(ui.member_role, "mentor")
    overview.member_form.flush()
    ui.member_is_contact.click()
    stored = records.get(workspace, PartnershipMember, member.id)
    assert (stored.role, stored.is_contact) == ("mentor", True)
    qtbot.waitUntil(lambda: ui.personChoice.count() == 1)
    QAbstractItemModelTester(ui.members.model, QAbstractItemModelTester.FailureReportingMode.Fatal)
    ui.partnerChoice.setCurrentIndex(1)
    ui.addPartnerButton.click()
    assert len(records.find(workspace, PartnershipOrganisation)) == 1


def test_questions_are_answered_by_keyboard(opened: Opened, qtbot: QtBot, workspace: Workspace) -> None:
    readiness = opened("readiness").readiness
    ui = readiness.ui
    QAbstractItemModelTester(readiness.model, QAbstractItemModelTester.FailureReportingMode.Fatal)
    qtbot.keyClick(ui.questions, Qt.Key.Key_4)
    answer = only(workspace, ReadinessAnswer)
    assert isinstance(answer, ReadinessAnswer) and answer.answer is ReadinessAnswerValue.UNKNOWN
    qtbot.waitUntil(ui.advice.isVisible)
    assert ui.unknownButton.isChecked() and "1" in ui.summaryLabel.text()
    qtbot.keyClick(ui.questions, Qt.Key.Key_Down)
    ui.yesButton.click()
    qtbot.waitUntil(lambda: "2 of" in ui.ownButton.text())
    qtbot.keyClicks(ui.remark, "since May")
    readiness.form.flush()
    assert sorted(one.remark for one in records.find(workspace, ReadinessAnswer)) == ["", "since May"]
    for _ in range(3):
        workspace.undo()
    qtbot.waitUntil(lambda: "0 of" in ui.ownButton.text())
    assert not records.find(workspace, ReadinessAnswer)


def test_the_first_open_question_is_brought_up(opened: Opened, workspace: Workspace, partnership: Partnership) -> None:
    from cocivic_desktop.library.readiness import questions

    for question in questions():
        value = ReadinessAnswerValue.UNKNOWN if question.code == "school_calendar" else ReadinessAnswerValue.YES
        records.add(workspace, ReadinessAnswer(partnership_id=partnership.id, question=question.code, answer=value))
    readiness = opened("readiness").readiness
    assert readiness.line is not None and readiness.line.question.code == "school_calendar"
    assert readiness.ui.askLabel.isVisible()


def test_contacts_are_logged(opened: Opened, qtbot: QtBot, workspace: Workspace, context: Context) -> None:
    outreach = opened("outreach").outreach
    outreach.ui.contacts.empty.action_button.click()
    qtbot.keyClicks(outreach.ui.outcome, "The head calls back")
    outreach.form.flush()
    contact = only(workspace, Outreach)
    assert isinstance(contact, Outreach)
    assert (contact.happened_on, contact.outcome) == (context.today(), "The head calls back")
    qtbot.keyClicks(outreach.ui.partnership_next_contact_on.line, "2026-09-16")
    qtbot.keyClick(outreach.ui.partnership_next_contact_on.line, Qt.Key.Key_Return)
    qtbot.waitUntil(lambda: "in 2 days" in outreach.ui.nextLabel.text())


def test_a_meeting_gets_its_place_in_the_calendar(
    opened: Opened, qtbot: QtBot, workspace: Workspace, partnership: Partnership
) -> None:
    part = opened("meetings").meetings
    part.ui.meetings.add()
    meeting = only(workspace, Meeting)
    assert isinstance(meeting, Meeting)
    part.ui.calendarButton.click()
    assert not records.find(workspace, Activity), "first the day"
    qtbot.keyClicks(part.ui.held_on.line, "2026-10-12")
    qtbot.keyClick(part.ui.held_on.line, Qt.Key.Key_Return)
    part.ui.calendarTime.set_time(time(14))
    part.ui.calendarButton.click()
    activity = only(workspace, Activity)
    assert isinstance(activity, Activity)
    assert (activity.kind, activity.starts_on, activity.start_time) == (
        ActivityKind.MEETING,
        date(2026, 10, 12),
        time(14),
    )
    qtbot.waitUntil(lambda: "14:00" in part.ui.calendarLabel.text())
    meetings.change(workspace, meeting.id, held_on=date(2026, 10, 19))
    assert records.get(workspace, Activity, activity.id).starts_on == date(2026, 10, 19)
    workspace.undo()
    assert records.get(workspace, Activity, activity.id).starts_on == date(2026, 10, 12)


def test_open_questions_come_on_the_agenda_once(
    opened: Opened, workspace: Workspace, partnership: Partnership, qtbot: QtBot
) -> None:
    unknown = ReadinessAnswer(partnership_id=partnership.id, question="school_calendar")
    records.add(workspace, unknown)
    records.add(workspace, Meeting(partnership_id=partnership.id, agenda=[AgendaItem(text="Welcome")]))
    part = opened("meetings").meetings
    part.ui.unknownsButton.click()
    qtbot.waitUntil(lambda: "calendar" in part.ui.agenda.toPlainText())
    part.ui.unknownsButton.click()
    meeting = only(workspace, Meeting)
    assert isinstance(meeting, Meeting) and len(meeting.agenda) == 2


def test_tasks_are_ticked_in_the_list(
    opened: Opened, qtbot: QtBot, workspace: Workspace, partnership: Partnership, context: Context
) -> None:
    task = Task(partnership_id=partnership.id, title="Ask the insurer", due_on=date(2026, 9, 1))
    records.add(workspace, task)
    page = opened("meetings")
    page.open_target(Target.partnership(partnership.id, Stage.INITIATE, "meetings", task.id))
    part = page.meetings
    assert part.ui.panes.currentWidget() is part.ui.taskScroll
    model = part.ui.tasks.model
    QAbstractItemModelTester(model, QAbstractItemModelTester.FailureReportingMode.Fatal)
    model.setData(model.index(0, 0), Qt.CheckState.Checked, Qt.ItemDataRole.CheckStateRole)
    assert records.get(workspace, Task, task.id).done_on == context.today()
    qtbot.waitUntil(lambda: part.ui.task_done_on.day == context.today())
    workspace.undo()
    qtbot.waitUntil(lambda: part.ui.task_done_on.day is None)


def test_a_task_remembers_its_meeting(opened: Opened, workspace: Workspace, partnership: Partnership) -> None:
    meeting = Meeting(partnership_id=partnership.id, held_on=date(2026, 9, 1))
    records.add(workspace, meeting)
    part = opened("meetings").meetings
    part.ui.taskButton.click()
    task = only(workspace, Task)
    assert isinstance(task, Task) and task.meeting_id == meeting.id
    assert part.ui.task_title.hasFocus() or part.ui.panes.currentWidget() is part.ui.taskScroll


def test_changes_made_elsewhere_are_shown(
    opened: Opened, qtbot: QtBot, workspace: Workspace, partnership: Partnership
) -> None:
    page = opened("overview")
    records.change(workspace, Partnership, partnership.id, title="Another title")
    qtbot.waitUntil(lambda: page.overview.ui.title.text() == "Another title")


def test_our_own_record_is_elsewhere(opened: Opened, context: Context) -> None:
    gone: list[Target] = []
    context.navigate = gone.append
    opened("organisation")
    assert [target.page for target in gone] == ["schools"]
