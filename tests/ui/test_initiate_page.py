"""Stage 1: what is typed and clicked is stored, can be undone, and shows what others change."""

from __future__ import annotations

from collections.abc import Callable
from datetime import date, time
from typing import TYPE_CHECKING

import pytest
from PySide6.QtCore import Qt
from PySide6.QtTest import QAbstractItemModelTester
from PySide6.QtWidgets import QLineEdit, QStyle, QStyleOptionComboBox

from cocivic_desktop.domain.activities import Activity, ActivityKind
from cocivic_desktop.domain.base import Entity, Side
from cocivic_desktop.domain.organisations import Organisation, Person, PersonKind
from cocivic_desktop.domain.partnerships import (
    AgendaItem,
    AgendaKind,
    Expectation,
    MatchState,
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
from cocivic_desktop.ui.dialogs.choose_lines import ChooseLinesDialog
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


def test_the_overview_scrolls_as_one_where_it_is_narrow(opened: Opened, qtbot: QtBot) -> None:
    page = opened("overview")
    ui = page.overview.ui
    assert ui.sideScroll.x() > ui.detailScroll.x()
    page.resize(736, 290)
    qtbot.waitUntil(lambda: ui.sideScroll.y() > ui.detailScroll.y())
    qtbot.waitUntil(lambda: ui.overviewScroll.verticalScrollBar().maximum() > 300)
    for area in (ui.detailScroll, ui.sideScroll, ui.overviewScroll):
        assert area.horizontalScrollBar().maximum() == 0
    page.resize(822, 490)
    qtbot.waitUntil(lambda: ui.sideScroll.x() > ui.detailScroll.x())


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


def test_contacts_are_logged(
    opened: Opened, qtbot: QtBot, workspace: Workspace, context: Context, partnership: Partnership
) -> None:
    outreach = opened("outreach").outreach
    entry = outreach.entry
    qtbot.waitUntil(entry.isVisible)
    assert outreach.ui.nextCard.isHidden()
    qtbot.keyClicks(entry.ui.outcome, "The head calls back")
    entry.ui.weekButton.click()
    entry.ui.saveButton.click()
    contact = only(workspace, Outreach)
    assert isinstance(contact, Outreach)
    assert (contact.happened_on, contact.outcome) == (context.today(), "The head calls back")
    stored = records.get(workspace, Partnership, partnership.id)
    assert (stored.next_contact_on, stored.pipeline) == (date(2026, 9, 21), PipelineState.CONTACTED)
    qtbot.waitUntil(outreach.ui.detail.isVisible)
    assert "in 7 days" in outreach.ui.nextLabel.text() and entry.isHidden()
    outreach.ui.next_contact_on.line.selectAll()
    qtbot.keyClicks(outreach.ui.next_contact_on.line, "2026-09-16")
    qtbot.keyClick(outreach.ui.next_contact_on.line, Qt.Key.Key_Return)
    qtbot.waitUntil(lambda: "in 2 days" in outreach.ui.nextLabel.text())
    assert records.get(workspace, Partnership, partnership.id).next_contact_on == date(2026, 9, 16)
    workspace.undo()
    assert records.get(workspace, Partnership, partnership.id).next_contact_on == date(2026, 9, 21)
    assert records.get(workspace, Outreach, contact.id).next_contact_on == date(2026, 9, 21)


def test_readiness_at_a_glance(opened: Opened, qtbot: QtBot, workspace: Workspace, partnership: Partnership) -> None:
    for code, value in (
        ("cso_time", ReadinessAnswerValue.YES),
        ("cso_insurance", ReadinessAnswerValue.NO),
        ("school_calendar", ReadinessAnswerValue.UNKNOWN),
    ):
        records.add(workspace, ReadinessAnswer(partnership_id=partnership.id, question=code, answer=value))
    part = opened("readiness").readiness
    part.ui.glanceButton.click()
    QAbstractItemModelTester(part.glance.missing, QAbstractItemModelTester.FailureReportingMode.Fatal)
    assert part.ui.ownBars.isVisible()
    assert "Time and people: 1 × yes, 1 × not answered" in part.ui.ownBars.accessibleName()
    assert part.ui.ownText.text().startswith("1 of 12 are there.")
    rows = part.glance.missing.rows
    assert [row.code for row in rows[:2]] == ["cso_insurance", "school_calendar"] and len(rows) == 23
    part.ui.missing.activated.emit(part.glance.missing.index(1, 0))
    assert part.line is not None and part.line.question.code == "school_calendar"
    assert part.ui.questions.isVisible()


def test_unknowns_go_on_an_agenda_with_one_click(
    opened: Opened, context: Context, workspace: Workspace, partnership: Partnership
) -> None:
    gone: list[Target] = []
    context.navigate = gone.append
    records.add(workspace, ReadinessAnswer(partnership_id=partnership.id, question="school_calendar"))
    part = opened("readiness").readiness
    part.ui.agendaButton.click()
    meeting = only(workspace, Meeting)
    assert isinstance(meeting, Meeting)
    assert [(item.kind, item.about) for item in meeting.agenda] == [(AgendaKind.READINESS, "school_calendar")]
    assert (gone[-1].section, gone[-1].item) == ("agenda", meeting.id)
    part.ui.agendaButton.click()
    assert len(records.get(workspace, Meeting, meeting.id).agenda) == 1, "asked once only"


def test_the_self_check_is_not_typed_twice(
    opened: Opened, qtbot: QtBot, workspace: Workspace, partnership: Partnership
) -> None:
    other = Partnership(title="Other school", school_id=partnership.school_id)
    records.add(workspace, other)
    for code, value in (("cso_time", ReadinessAnswerValue.NO), ("cso_board", ReadinessAnswerValue.YES)):
        entry = ReadinessAnswer(partnership_id=other.id, question=code, answer=value, remark="since May")
        records.add(workspace, entry)
    records.add(workspace, ReadinessAnswer(partnership_id=other.id, question="school_calendar"))
    here = ReadinessAnswer(partnership_id=partnership.id, question="cso_time", answer=ReadinessAnswerValue.YES)
    records.add(workspace, here)
    part = opened("readiness").readiness
    part.ui.carryButton.click()
    dialog = part.window().findChild(ChooseLinesDialog)
    assert dialog is not None and "Other school" in dialog.ui.introLabel.text()
    assert [line.cells[1] for line in dialog.model.rows] == ["Yes: since May"]
    dialog.ui.takeButton.click()
    found = {one.question: one for one in records.find(workspace, ReadinessAnswer, partnership_id=partnership.id)}
    assert {code: one.answer for code, one in found.items()} == {
        "cso_time": ReadinessAnswerValue.YES,
        "cso_board": ReadinessAnswerValue.YES,
    }
    qtbot.waitUntil(part.ui.carryButton.isHidden)
    workspace.undo()
    assert len(records.find(workspace, ReadinessAnswer, partnership_id=partnership.id)) == 1


def test_a_meeting_with_a_day_stands_in_the_calendar(
    opened: Opened, qtbot: QtBot, workspace: Workspace, partnership: Partnership
) -> None:
    part = opened("meetings").meetings
    part.ui.meetings.add()
    meeting = only(workspace, Meeting)
    assert not part.ui.placeFields.isEnabled() and part.ui.showButton.isHidden()
    qtbot.keyClicks(part.ui.held_on.line, "2026-10-12")
    qtbot.keyClick(part.ui.held_on.line, Qt.Key.Key_Return)
    activity = only(workspace, Activity)
    assert isinstance(activity, Activity)
    assert (activity.kind, activity.starts_on, activity.start_time) == (ActivityKind.MEETING, date(2026, 10, 12), None)
    qtbot.waitUntil(part.ui.placeFields.isEnabled)
    part.ui.activity_start_time.setFocus()
    qtbot.keyClicks(part.ui.activity_start_time, "14")
    qtbot.keyClick(part.ui.activity_start_time, Qt.Key.Key_Return)
    qtbot.keyClicks(part.ui.activity_place, "Room 7")
    assert part.flush()
    activity = records.get(workspace, Activity, activity.id)
    assert (activity.start_time, activity.place) == (time(14), "Room 7")
    meetings.change(workspace, meeting.id, held_on=date(2026, 10, 19))
    assert records.get(workspace, Activity, activity.id).starts_on == date(2026, 10, 19)
    workspace.undo()
    assert records.get(workspace, Activity, activity.id).starts_on == date(2026, 10, 12)


def test_meetings_are_stacked_where_it_is_narrow_and_never_squeezed(
    opened: Opened, qtbot: QtBot, workspace: Workspace, partnership: Partnership
) -> None:
    records.add(workspace, Meeting(partnership_id=partnership.id, held_on=date(2026, 9, 10)))
    page = opened("meetings")
    ui = page.meetings.ui
    qtbot.waitUntil(ui.meetingDetail.isVisible)
    assert ui.split.orientation() is Qt.Orientation.Horizontal
    page.resize(736, 290)  # what a window of 1000 × 600 leaves
    qtbot.waitUntil(lambda: ui.split.orientation() is Qt.Orientation.Vertical)
    qtbot.waitUntil(lambda: ui.minutes.height() >= 60 and ui.meetingHead.height() >= 110)
    assert ui.meetingDetail.width() <= ui.meetingsScroll.viewport().width()
    assert ui.meetings.table.height() >= 60
    page.meetings.open_item("agenda", only(workspace, Meeting).id)
    qtbot.waitUntil(lambda: ui.meetingsScroll.verticalScrollBar().value() > 100)


def test_people_take_part_in_a_meeting(
    opened: Opened, qtbot: QtBot, workspace: Workspace, partnership: Partnership
) -> None:
    head = Person(name="Hanne Roth", kind=PersonKind.LEADERSHIP, organisation_id=partnership.school_id)
    records.add(workspace, head)
    meeting = Meeting(partnership_id=partnership.id)
    records.add(workspace, meeting)
    meetings.change(workspace, meeting.id, title="First talk", held_on=date(2026, 10, 12))
    part = opened("meetings").meetings
    menu = part.ui.peopleButton.menu()
    assert menu is not None
    menu.aboutToShow.emit()
    assert [action.text() for action in menu.actions()] == ["Hanne Roth (NVS)"]
    menu.actions()[0].trigger()
    qtbot.waitUntil(lambda: part.ui.peopleButton.text() == "Hanne Roth")
    assert part.ui.with_leadership.isChecked()
    workspace.undo()
    qtbot.waitUntil(lambda: part.ui.peopleButton.text() == "People…")
    assert not part.ui.with_leadership.isChecked()


def test_the_agenda_is_edited_by_keyboard(
    opened: Opened, qtbot: QtBot, workspace: Workspace, partnership: Partnership
) -> None:
    records.add(workspace, Meeting(partnership_id=partnership.id))
    part = opened("meetings").meetings
    panel = part.ui.agenda
    QAbstractItemModelTester(panel.model, QAbstractItemModelTester.FailureReportingMode.Fatal)

    def texts() -> list[str]:
        return [item.text for item in records.find(workspace, Meeting)[0].agenda]

    panel.ui.emptyState.action_button.click()
    editor = panel.ui.items.findChild(QLineEdit)
    assert editor is not None
    editor.selectAll()
    qtbot.keyClicks(editor, "Welcome")
    qtbot.keyClick(editor, Qt.Key.Key_Return)
    qtbot.waitUntil(lambda: texts() == ["Welcome"])
    panel.add()
    qtbot.keyClick(panel.ui.items.findChildren(QLineEdit)[-1], Qt.Key.Key_Escape)
    qtbot.waitUntil(lambda: not panel.ui.items.findChildren(QLineEdit))

    assert texts() == ["Welcome", "New item"]
    panel.window().activateWindow()
    panel.ui.items.setFocus()
    qtbot.waitUntil(panel.ui.items.hasFocus)
    qtbot.keyClick(panel.ui.items, Qt.Key.Key_Up, Qt.KeyboardModifier.AltModifier)
    assert texts() == ["New item", "Welcome"]
    qtbot.keyClick(panel.ui.items, Qt.Key.Key_Delete)
    assert texts() == ["Welcome"]
    workspace.undo()
    qtbot.waitUntil(lambda: panel.model.rowCount() == 2)
    assert texts() == ["New item", "Welcome"]


def test_open_points_come_on_the_agenda_and_answers_flow_back(
    opened: Opened, workspace: Workspace, partnership: Partnership, qtbot: QtBot
) -> None:
    records.add(workspace, ReadinessAnswer(partnership_id=partnership.id, question="school_calendar"))
    clash = Expectation(
        partnership_id=partnership.id, side=Side.SCHOOL, text="Marks by June", state=MatchState.MISMATCHED
    )
    records.add(workspace, clash)
    records.add(workspace, Meeting(partnership_id=partnership.id, agenda=[AgendaItem(text="Welcome")]))
    part = opened("meetings").meetings
    part.ui.pointsButton.click()
    dialog = part.window().findChild(ChooseLinesDialog)
    assert dialog is not None
    assert [line.cells[1] for line in dialog.model.rows] == ["know the school", "expectation"]
    dialog.ui.takeButton.click()
    qtbot.waitUntil(lambda: part.ui.agenda.model.rowCount() == 3)
    items = records.find(workspace, Meeting)[0].agenda
    assert [(item.kind, item.about) for item in items[1:]] == [
        (AgendaKind.READINESS, "school_calendar"),
        (AgendaKind.EXPECTATION, str(clash.id)),
    ]
    panel, pane = part.ui.agenda, part.ui.answerPane
    panel.ui.items.setCurrentIndex(panel.model.index(1, 0))
    part.turn_to_answer()
    assert "calendar" in pane.ui.question.text()
    pane.ui.yesButton.click()
    qtbot.keyClicks(pane.ui.answer, "Sent as a file")
    panel.ui.items.setCurrentIndex(panel.model.index(2, 0))
    qtbot.keyClicks(pane.ui.answer, "Marks for the report only")
    panel.form.flush()
    qtbot.waitUntil(lambda: "(2)" in part.ui.answersButton.text())
    part.ui.answersButton.click()
    preview = next(one for one in part.window().findChildren(ChooseLinesDialog) if one.isVisible())
    assert preview.model.rows[0].cells[1:] == ("Not known", "Yes: Sent as a file")
    assert preview.model.rows[1].cells[1:] == ("Mismatch", "Resolved: Marks for the report only")
    preview.ui.takeButton.click()
    answer = only(workspace, ReadinessAnswer)
    assert isinstance(answer, ReadinessAnswer)
    assert (answer.answer, answer.remark) == (ReadinessAnswerValue.YES, "Sent as a file")
    settled = records.get(workspace, Expectation, clash.id)
    assert (settled.state, settled.resolution) == (MatchState.RESOLVED, "Marks for the report only")
    qtbot.waitUntil(part.ui.answersButton.isHidden)
    workspace.undo()
    assert records.get(workspace, Expectation, clash.id).state is MatchState.MISMATCHED
    assert records.get(workspace, ReadinessAnswer, answer.id).answer is ReadinessAnswerValue.UNKNOWN


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


def test_open_tasks_come_first_by_their_day_and_done_ones_last(
    opened: Opened, qtbot: QtBot, workspace: Workspace, partnership: Partnership
) -> None:
    for title, due, done in (
        ("Done long ago", date(2026, 8, 1), date(2026, 8, 2)),
        ("Some day", None, None),
        ("Done lately", date(2026, 7, 1), date(2026, 9, 10)),
        ("Next week", date(2026, 9, 21), None),
        ("Overdue", date(2026, 9, 1), None),
    ):
        records.add(workspace, Task(partnership_id=partnership.id, title=title, due_on=due, done_on=done))
    tasks = opened("meetings").meetings.ui.tasks

    def titles() -> list[str]:
        return [one.title for one in tasks.model.rows]

    assert titles() == ["Overdue", "Next week", "Some day", "Done lately", "Done long ago"]
    tasks.select(tasks.model.rows[0].id)
    tasks.model.setData(tasks.model.index(0, 0), Qt.CheckState.Checked, Qt.ItemDataRole.CheckStateRole)
    qtbot.waitUntil(lambda: titles() == ["Next week", "Some day", "Overdue", "Done lately", "Done long ago"])
    chosen = tasks.current
    assert chosen is not None
    assert chosen.title == "Next week"  # the list stays where it is


def test_the_longest_kind_of_a_meeting_can_be_read_whole(
    opened: Opened, qtbot: QtBot, workspace: Workspace, partnership: Partnership
) -> None:
    records.add(workspace, Meeting(partnership_id=partnership.id, held_on=date(2026, 9, 1)))
    page = opened("meetings")
    box = page.meetings.ui.kind
    qtbot.waitUntil(lambda: box.currentText() == "Exploratory meeting")
    option = QStyleOptionComboBox()
    box.initStyleOption(option)
    place = box.style().subControlRect(
        QStyle.ComplexControl.CC_ComboBox, option, QStyle.SubControl.SC_ComboBoxEditField, box
    )
    assert place.width() - 2 >= box.fontMetrics().horizontalAdvance(box.currentText())


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
    assert [target.page for target in gone] == ["settings"]
