"""The calendar page: strip, agenda, conflicts and what can be done about them."""

from __future__ import annotations

from datetime import date, time, timedelta
from typing import TYPE_CHECKING

import pytest
from PySide6.QtCore import Qt
from PySide6.QtTest import QAbstractItemModelTester

from cocivic_desktop.domain.activities import (
    Activity,
    ActivityKind,
    ActivityStatus,
    OccurrenceOverride,
    Participation,
    Recurrence,
    RecurrenceEnd,
)
from cocivic_desktop.domain.organisations import Person
from cocivic_desktop.domain.partnerships import PartnershipMember, Stage
from cocivic_desktop.domain.school_years import CalendarPeriod, PeriodKind, SchoolYear
from cocivic_desktop.services import records, school_years
from cocivic_desktop.ui.context import Target
from cocivic_desktop.ui.pages.calendar.detail import ACTIVITY_TAB
from cocivic_desktop.ui.pages.calendar.export_dialog import ROLE, CalendarExportDialog
from cocivic_desktop.ui.pages.calendar.repeat_panel import parse_weeks, weeks_text
from cocivic_desktop.ui.pages.calendar_page import CalendarPage

if TYPE_CHECKING:
    from pathlib import Path

    from pytestqt.qtbot import QtBot

    from cocivic_desktop.domain.partnerships import Partnership
    from cocivic_desktop.store.workspace import Workspace
    from cocivic_desktop.ui.context import Context

TUESDAY = date(2026, 9, 15)


@pytest.fixture
def year(workspace: Workspace, partnership: Partnership) -> SchoolYear:
    made, _ = school_years.create(
        workspace,
        partnership.school_id,
        "2026/27",
        date(2026, 8, 1),
        date(2027, 7, 31),
        [("Term 1", date(2026, 8, 24), date(2027, 1, 31)), ("Term 2", date(2027, 2, 1), date(2027, 7, 2))],
    )
    for name, kind, first, last in (
        ("Autumn holidays", PeriodKind.HOLIDAY, date(2026, 10, 12), date(2026, 10, 24)),
        ("Written exams", PeriodKind.ASSESSMENT, date(2027, 1, 18), date(2027, 1, 22)),
    ):
        records.add(
            workspace, CalendarPeriod(school_year_id=made.id, name=name, kind=kind, starts_on=first, ends_on=last)
        )
    return made


def activity(workspace: Workspace, partnership: Partnership, title: str, on: date, **fields: object) -> Activity:
    made = Activity(
        partnership_id=partnership.id,
        title=title,
        starts_on=on,
        start_time=time(10),
        status=ActivityStatus.CONFIRMED,
        **fields,  # type: ignore[arg-type]
    )
    records.add(workspace, made)
    return made


def series(workspace: Workspace, partnership: Partnership) -> Activity:
    rule = Recurrence(weekdays=[1], ends=RecurrenceEnd.END_OF_TERM)
    return activity(workspace, partnership, "Session", TUESDAY, recurrence=rule)


@pytest.fixture
def page(context: Context, partnership: Partnership, qtbot: QtBot) -> CalendarPage:
    context.set_flag("calendar/details", True)
    made = CalendarPage(context)
    qtbot.addWidget(made)
    made.resize(822, 490)
    made.show_partnership(partnership.id)
    made.show()
    qtbot.waitExposed(made)
    return made


def settle(page: CalendarPage, qtbot: QtBot) -> None:
    """Wait for the reload of a change and for what comes from threads."""
    qtbot.waitUntil(lambda: not page._stale and not page.context.tasks.busy())
    assert page.plan.data is None or page.plan.data.complete


def test_without_a_school_year_the_page_leads_there(page: CalendarPage, workspace: Workspace, qtbot: QtBot) -> None:
    settle(page, qtbot)
    assert page.plan.no_year.isVisible()
    qtbot.mouseClick(page.plan.no_year.action_button, Qt.MouseButton.LeftButton)
    assert page.years.years.isVisible()
    qtbot.mouseClick(page.years.years.ui.createButton, Qt.MouseButton.LeftButton)
    assert len(records.find(workspace, SchoolYear)) == 1
    page.bring_up(page.plan)
    settle(page, qtbot)
    assert page.plan.ui.strip.isVisible()


def test_what_is_planned_without_a_year_can_be_seen(
    workspace: Workspace, partnership: Partnership, page: CalendarPage, qtbot: QtBot
) -> None:
    activity(workspace, partnership, "Kick-off", date(2026, 9, 21))
    settle(page, qtbot)
    assert page.plan.no_year.second_button.text() == "Show the 1 activities anyway"
    qtbot.mouseClick(page.plan.no_year.second_button, Qt.MouseButton.LeftButton)
    assert page.plan.ui.strip.isVisible()
    assert page.plan.ui.strip.current is not None


def test_a_conflict_is_explained_and_moved_with_one_click(
    year: SchoolYear, workspace: Workspace, partnership: Partnership, page: CalendarPage, qtbot: QtBot
) -> None:
    visit = activity(workspace, partnership, "Visit", date(2026, 10, 13), kind=ActivityKind.VISIT)
    settle(page, qtbot)
    page.open_target(Target.partnership(partnership.id, Stage.CALENDAR, "activities", visit.id))
    panel = page.plan.ui.datePanel
    qtbot.waitUntil(lambda: bool(panel.slot_buttons))
    assert "The school is closed: Autumn holidays" in panel.ui.reasonLabel.text()
    assert "× Not possible" in panel.ui.reasonLabel.text()
    qtbot.mouseClick(panel.slot_buttons[0], Qt.MouseButton.LeftButton)
    settle(page, qtbot)
    moved = records.get(workspace, Activity, visit.id)
    assert moved.starts_on != visit.starts_on
    assert moved.starts_on.weekday() == 1
    assert not page.plan.ui.datePanel.ui.reasonLabel.isVisible()
    workspace.undo()
    assert records.get(workspace, Activity, visit.id).starts_on == date(2026, 10, 13)


def test_an_unwise_date_is_kept_with_a_note(
    year: SchoolYear, workspace: Workspace, partnership: Partnership, page: CalendarPage, qtbot: QtBot
) -> None:
    test = activity(workspace, partnership, "Prototype test", date(2027, 1, 19))
    settle(page, qtbot)
    page.plan.choose((test.id, test.starts_on))
    panel = page.plan.ui.datePanel
    assert "! Unwise: Assessment period: Written exams" in panel.ui.reasonLabel.text()
    qtbot.mouseClick(panel.ui.keepButton, Qt.MouseButton.LeftButton)
    assert "why it stays" in panel.ui.moveProblem.text()
    qtbot.keyClicks(panel.ui.noteLine, "Agreed with the head")
    qtbot.mouseClick(panel.ui.keepButton, Qt.MouseButton.LeftButton)
    settle(page, qtbot)
    assert records.get(workspace, Activity, test.id).conflict_note == "Agreed with the head"
    assert "Kept on purpose: Assessment period" in panel.ui.reasonLabel.text()
    qtbot.mouseClick(panel.ui.openButton, Qt.MouseButton.LeftButton)
    settle(page, qtbot)
    assert "! Unwise" in panel.ui.reasonLabel.text()


def test_one_date_of_a_series_is_kept_cancelled_and_taken_back(
    year: SchoolYear, workspace: Workspace, partnership: Partnership, page: CalendarPage, qtbot: QtBot
) -> None:
    made = series(workspace, partnership)
    settle(page, qtbot)
    panel = page.plan.ui.datePanel
    page.plan.choose((made.id, date(2027, 1, 19)))
    qtbot.keyClicks(panel.ui.noteLine, "short one")
    qtbot.mouseClick(panel.ui.keepButton, Qt.MouseButton.LeftButton)
    settle(page, qtbot)
    override = records.find(workspace, OccurrenceOverride)[0]
    assert (override.conflict_note, override.starts_on) == ("short one", None)
    page.plan.choose((made.id, date(2026, 9, 22)))
    qtbot.mouseClick(panel.ui.cancelButton, Qt.MouseButton.LeftButton)
    settle(page, qtbot)
    assert panel.ui.stateChip.text() == "cancelled"
    qtbot.mouseClick(panel.ui.restoreButton, Qt.MouseButton.LeftButton)
    settle(page, qtbot)
    assert panel.ui.stateChip.text() == "confirmed"


def test_a_date_is_moved_by_typing(
    year: SchoolYear, workspace: Workspace, partnership: Partnership, page: CalendarPage, qtbot: QtBot
) -> None:
    made = series(workspace, partnership)
    settle(page, qtbot)
    page.plan.choose((made.id, date(2026, 9, 22)))
    panel = page.plan.ui.datePanel.ui
    panel.moveDay.line.setText("24 Sep 2026")
    panel.moveTime.setText("14")
    panel.moveReason.setText("excursion")
    for field in (panel.moveDay.line, panel.moveTime):
        field.editingFinished.emit()
    qtbot.mouseClick(panel.moveButton, Qt.MouseButton.LeftButton)
    settle(page, qtbot)
    override = records.find(workspace, OccurrenceOverride)[0]
    assert (override.starts_on, override.start_time, override.reason) == (date(2026, 9, 24), time(14), "excursion")
    assert "Moved from" in panel.reasonLabel.text()
    assert "excursion" in panel.reasonLabel.text()


def test_the_agenda_tells_skipped_dates_with_reasons(
    year: SchoolYear, workspace: Workspace, partnership: Partnership, page: CalendarPage, qtbot: QtBot
) -> None:
    series(workspace, partnership)
    settle(page, qtbot)
    qtbot.mouseClick(page.plan.ui.agendaButton, Qt.MouseButton.LeftButton)
    settle(page, qtbot)
    model = page.plan.ui.agenda.agenda
    QAbstractItemModelTester(model, QAbstractItemModelTester.FailureReportingMode.Fatal)
    rows = [
        [model.index(row, column).data() for column in range(model.columnCount())] for row in range(model.rowCount())
    ]
    left_out = next(row for row in rows if row[0] == "Tue 13 Oct")
    assert left_out[5:] == ["left out", "school closed: Autumn holidays"]
    assert [row[6] for row in rows if row[0] == "Tue 19 Jan"] == ["! unwise"]
    row = rows.index(left_out)
    page.plan.ui.agenda.setCurrentIndex(model.index(row, 0))
    assert "leaves this date out" in page.plan.ui.datePanel.ui.reasonLabel.text()


def test_a_new_activity_is_ready_to_be_named(
    year: SchoolYear, workspace: Workspace, page: CalendarPage, qtbot: QtBot
) -> None:
    settle(page, qtbot)
    assert "press N" in page.plan.ui.summaryState.text()
    qtbot.mouseClick(page.new_button, Qt.MouseButton.LeftButton)
    settle(page, qtbot)
    assert page.plan.ui.detail.currentIndex() == ACTIVITY_TAB
    qtbot.waitUntil(page.plan.ui.activityPanel.ui.title.hasFocus)
    title = page.plan.ui.activityPanel.ui.title
    qtbot.keyClicks(title, "Repair day")
    qtbot.keyClick(title, Qt.Key.Key_Return)
    settle(page, qtbot)
    made = records.find(workspace, Activity)[0]
    assert (made.title, made.starts_on) == ("Repair day", date(2026, 9, 21))
    page.plan.ui.detail.setCurrentWidget(page.plan.ui.datePanel)
    assert "Repair day" in page.plan.ui.datePanel.ui.whenLabel.text()
    page.plan.ui.activityPanel.ui.archiveButton.click()
    settle(page, qtbot)
    assert records.get(workspace, Activity, made.id).archived
    page.plan.ui.activityPanel.ui.archiveButton.click()
    settle(page, qtbot)
    assert not records.get(workspace, Activity, made.id).archived


def test_the_rule_is_edited_with_a_preview_and_saves_by_itself(
    year: SchoolYear, workspace: Workspace, partnership: Partnership, page: CalendarPage, qtbot: QtBot
) -> None:
    made = activity(workspace, partnership, "Session", TUESDAY)
    settle(page, qtbot)
    page.plan.choose((made.id, TUESDAY))
    panel = page.plan.ui.repeatPanel
    page.plan.ui.detail.setCurrentWidget(panel)
    panel.ui.repeats.click()
    panel.weekdays[3].click()
    panel.ui.ends.setCurrentIndex(list(RecurrenceEnd).index(RecurrenceEnd.AFTER_COUNT))
    panel.ui.ends.activated.emit(1)
    panel.ui.count.setValue(1)
    assert panel.ui.count.text() == "1 time"
    panel.ui.count.setValue(10)
    assert panel.ui.count.text() == "10 times"
    assert panel.ui.previewTitle.text() == "10 dates"
    assert "Tue 13 Oct – school closed: Autumn holidays" in panel.ui.previewSkips.text()
    assert records.get(workspace, Activity, made.id).recurrence is None
    panel.store()
    stored = records.get(workspace, Activity, made.id).recurrence
    assert stored == Recurrence(weekdays=[1, 3], ends=RecurrenceEnd.AFTER_COUNT, count=10)
    settle(page, qtbot)
    panel.ui.weekNumbers.setText("3-x")
    panel.ui.weekNumbers.textEdited.emit("3-x")
    assert "3-9, 12" in panel.ui.ruleProblem.text()
    panel.store()
    assert records.get(workspace, Activity, made.id).recurrence == stored


def test_weeks_are_written_as_ranges() -> None:
    assert parse_weeks("3-5, 9 12") == [3, 4, 5, 9, 12]
    assert weeks_text([3, 4, 5, 9, 12]) == "3-5, 9, 12"
    assert parse_weeks("") == []
    with pytest.raises(ValueError, match="x"):
        parse_weeks("x")


def test_moving_the_first_day_moves_the_series(
    year: SchoolYear, workspace: Workspace, partnership: Partnership, page: CalendarPage, qtbot: QtBot
) -> None:
    made = series(workspace, partnership)
    settle(page, qtbot)
    page.plan.choose((made.id, TUESDAY))
    page.plan.ui.detail.setCurrentWidget(page.plan.ui.activityPanel)
    field = page.plan.ui.activityPanel.ui.starts_on
    field.line.setText("16 Sep 2026")
    field.line.editingFinished.emit()
    stored = records.get(workspace, Activity, made.id)
    assert stored.starts_on == TUESDAY + timedelta(days=1)
    assert stored.recurrence is not None
    assert stored.recurrence.weekdays == [2]


def test_people_take_part_with_role_and_reply(
    year: SchoolYear, workspace: Workspace, partnership: Partnership, page: CalendarPage, qtbot: QtBot
) -> None:
    ada, ben = Person(name="Ada"), Person(name="Ben")
    for person in (ada, ben):
        records.add(workspace, person)
    records.add(workspace, PartnershipMember(partnership_id=partnership.id, person_id=ben.id, role="mentor"))
    made = activity(workspace, partnership, "Session", TUESDAY)
    settle(page, qtbot)
    page.plan.choose((made.id, TUESDAY))
    panel = page.plan.ui.peoplePanel
    page.plan.ui.detail.setCurrentWidget(panel)
    assert panel.ui.personBox.itemText(0) == "Ben"
    qtbot.mouseClick(panel.ui.addButton, Qt.MouseButton.LeftButton)
    settle(page, qtbot)
    stored = records.find(workspace, Participation)[0]
    assert (stored.person_id, stored.role) == (ben.id, "mentor")
    model = panel.ui.people.model
    model.setData(model.index(0, 1), "leader")
    assert records.find(workspace, Participation)[0].role == "leader"


def test_a_change_made_elsewhere_is_shown(
    year: SchoolYear, workspace: Workspace, partnership: Partnership, page: CalendarPage, qtbot: QtBot
) -> None:
    made = activity(workspace, partnership, "Session", TUESDAY)
    settle(page, qtbot)
    records.change(workspace, Activity, made.id, title="Other title")
    settle(page, qtbot)
    assert "Other title" in page.plan.ui.datePanel.ui.whenLabel.text()
    workspace.undo()
    settle(page, qtbot)
    assert "Session" in page.plan.ui.datePanel.ui.whenLabel.text()


def test_targets_of_the_next_steps(
    year: SchoolYear, workspace: Workspace, partnership: Partnership, page: CalendarPage, qtbot: QtBot
) -> None:
    made = activity(workspace, partnership, "Far away", date(2028, 3, 7))
    settle(page, qtbot)
    period = records.find(workspace, CalendarPeriod, name="Written exams")[0]
    page.go_to(Target.partnership(partnership.id, Stage.CALENDAR, "school_years", period.id))
    assert page.years.years.ui.period_name.text() == "Written exams"
    page.go_to(Target.partnership(partnership.id, Stage.CALENDAR, "activities", made.id))
    settle(page, qtbot)
    assert "Far away" in page.plan.ui.datePanel.ui.whenLabel.text()
    page.go_to(Target.partnership(partnership.id, Stage.CALENDAR, "conflicts"))
    assert page.conflicts.isVisible()
    settle(page, qtbot)


def test_export_writes_a_file_and_says_how_much(
    year: SchoolYear, workspace: Workspace, partnership: Partnership, page: CalendarPage, tmp_path: Path, qtbot: QtBot
) -> None:
    activity(workspace, partnership, "Session", TUESDAY)
    settle(page, qtbot)
    page.export_menu.actions()[0].trigger()
    dialog = page.findChild(CalendarExportDialog)
    assert isinstance(dialog, CalendarExportDialog)
    path = tmp_path / "plan.ics"
    dialog.ui.pathLine.setText(str(path))
    qtbot.mouseClick(dialog.ui.exportButton, Qt.MouseButton.LeftButton)
    qtbot.waitUntil(lambda: dialog.ui.resultLabel.isVisible())
    assert "1 event written" in dialog.ui.resultLabel.text()
    assert path.read_bytes().count(b"BEGIN:VEVENT") == 1
    qtbot.mouseClick(dialog.ui.exportButton, Qt.MouseButton.LeftButton)
    qtbot.waitUntil(lambda: dialog.ui.problemLabel.isVisible())
    assert dialog.ui.replaceBox.isVisible()
    dialog.ui.replaceBox.setChecked(True)
    dialog.ui.closuresBox.setChecked(True)
    qtbot.mouseClick(dialog.ui.exportButton, Qt.MouseButton.LeftButton)
    qtbot.waitUntil(lambda: dialog.ui.resultLabel.isVisible())
    assert "2 events" in dialog.ui.resultLabel.text()
    dialog.ui.scopeBox.setCurrentIndex(ROLE)
    qtbot.mouseClick(dialog.ui.exportButton, Qt.MouseButton.LeftButton)
    assert "role" in dialog.ui.problemLabel.text()
    settle(page, qtbot)
    dialog.reject()
