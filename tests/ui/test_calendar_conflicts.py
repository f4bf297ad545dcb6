"""The list of conflicts: found, filtered, settled by a slot, a note or a cancellation, with the mouse or the keys."""

from __future__ import annotations

from datetime import date, time
from typing import TYPE_CHECKING

import pytest
from PySide6.QtCore import Qt
from PySide6.QtTest import QAbstractItemModelTester

from cocivic_desktop.domain.activities import Activity, OccurrenceOverride, Participation, Recurrence
from cocivic_desktop.domain.organisations import Person
from cocivic_desktop.domain.partnerships import Partnership
from cocivic_desktop.domain.rules.conflicts import ConflictCode
from cocivic_desktop.domain.school_years import CalendarPeriod, PeriodKind
from cocivic_desktop.services import activities, calendar, records, school_years
from cocivic_desktop.ui.pages.calendar.conflicts import ConflictsPart, Shown

if TYPE_CHECKING:
    from pytestqt.qtbot import QtBot

    from cocivic_desktop.store.workspace import Workspace
    from cocivic_desktop.ui.context import Context

TODAY = date(2026, 9, 14)
EXAM_DAY = date(2026, 11, 24)


@pytest.fixture
def session(workspace: Workspace, partnership: Partnership) -> Activity:
    """Sessions every Tuesday, also in the exams; a visit of another partnership with the same mentor."""
    year, _ = school_years.create(
        workspace,
        partnership.school_id,
        "2026/27",
        date(2026, 8, 1),
        date(2027, 7, 31),
        [("1", date(2026, 8, 24), date(2027, 1, 29))],
    )
    exams = (PeriodKind.ASSESSMENT, date(2026, 11, 23), date(2026, 11, 27))
    holidays = (PeriodKind.HOLIDAY, date(2026, 10, 12), date(2026, 10, 23))
    for kind, first, last in (exams, holidays):
        period = CalendarPeriod(school_year_id=year.id, kind=kind, name=kind.value, starts_on=first, ends_on=last)
        records.add(workspace, period)
    mentor = Person(name="Mira")
    other = Partnership(title="Garden", school_id=partnership.school_id)
    made = Activity(
        partnership_id=partnership.id,
        title="Session",
        starts_on=date(2026, 11, 3),
        start_time=time(10),
        recurrence=Recurrence(weekdays=[1]),
    )
    visit = Activity(partnership_id=other.id, title="Visit", starts_on=date(2026, 11, 10), start_time=time(10, 30))
    for entity in (mentor, other, made, visit):
        records.add(workspace, entity)
    for one in (made, visit):
        records.add(workspace, Participation(activity_id=one.id, person_id=mentor.id))
    return made


@pytest.fixture
def part(context: Context, partnership: Partnership, session: Activity, qtbot: QtBot) -> ConflictsPart:
    made = ConflictsPart(context)
    qtbot.addWidget(made)
    made.resize(822, 420)
    made.load(partnership.id)
    context.events.changed.connect(lambda _: made.reload())
    made.show()
    qtbot.waitExposed(made)
    settle(made, qtbot)
    return made


def settle(part: ConflictsPart, qtbot: QtBot) -> None:
    qtbot.waitUntil(lambda: part._job is None and not part.context.tasks.busy(), timeout=20_000)


def rows(part: ConflictsPart) -> list[tuple[str, ...]]:
    model = part.model
    return [tuple(str(model.index(row, column).data()) for column in range(3)) for row in range(model.rowCount())]


def standing(part: ConflictsPart) -> list[ConflictCode]:
    found = calendar.conflicts(part.context.workspace, part.partnership, TODAY)
    return [each.code for each in found if not each.accepted]


def test_a_slot_is_taken_by_the_keyboard_alone(part: ConflictsPart, workspace: Workspace, qtbot: QtBot) -> None:
    QAbstractItemModelTester(part.model, QAbstractItemModelTester.FailureReportingMode.Fatal)
    assert [(row[0], row[2]) for row in rows(part)] == [
        ("Tue 10 Nov", "× Person booked"),
        ("Tue 24 Nov", "! Assessments"),
    ]
    assert part.ui.countLabel.text() == "2 open"
    table = part.ui.table
    table.setFocus()
    assert "Mira takes part in “Visit”" in part.ui.detail.ui.reasonLabel.text()
    qtbot.keyClick(table, Qt.Key.Key_Return)
    button = part.ui.detail.slots.buttons[0]
    assert button.hasFocus()
    slot_text = button.text()
    qtbot.keyClick(button, Qt.Key.Key_Space)
    settle(part, qtbot)
    assert [(row[0], row[2]) for row in rows(part)] == [("Tue 24 Nov", "! Assessments")]
    moved = records.find(workspace, OccurrenceOverride)[0]
    assert moved.original_on == date(2026, 11, 10)
    assert moved.starts_on is not None
    assert slot_text.startswith(f"{moved.starts_on:%a} {moved.starts_on.day}")
    assert standing(part) == [ConflictCode.ASSESSMENT]
    workspace.undo()
    settle(part, qtbot)
    assert len(rows(part)) == 2


def test_a_date_is_kept_on_purpose_and_opened_again(part: ConflictsPart, workspace: Workspace, qtbot: QtBot) -> None:
    detail = part.ui.detail.ui
    part.ui.table.selectRow(0)
    qtbot.mouseClick(detail.keepButton, Qt.MouseButton.LeftButton)
    assert "Write why it stays" in detail.verdictLabel.text()
    qtbot.keyClicks(detail.noteLine, "Both groups meet")
    qtbot.keyClick(detail.noteLine, Qt.Key.Key_Return)
    settle(part, qtbot)
    assert [row[0] for row in rows(part)] == ["Tue 24 Nov"]
    assert part.ui.countLabel.text() == "1 open · 1 kept on purpose"
    assert standing(part) == [ConflictCode.ASSESSMENT]
    part.severity.show(Shown.KEPT)
    part.ui.severity.activated.emit(3)
    assert [row[2] for row in rows(part)] == ["✓ Person booked"]
    assert "Kept on purpose: Mira" in detail.reasonLabel.text()
    assert "Both groups meet" in detail.reasonLabel.text()
    qtbot.mouseClick(detail.openButton, Qt.MouseButton.LeftButton)
    settle(part, qtbot)
    assert standing(part) == [ConflictCode.PERSON_BUSY, ConflictCode.ASSESSMENT]
    assert part.empty.isVisible()


def test_another_slot_is_judged_before_it_is_taken(part: ConflictsPart, workspace: Workspace, qtbot: QtBot) -> None:
    detail = part.ui.detail.ui
    part.ui.table.selectRow(1)
    settle(part, qtbot)
    for text, verdict in (("13 Oct 2026", "The school is closed"), ("26 Nov 2026", "Assessment")):
        detail.otherDay.line.setText(text)
        detail.otherDay.line.editingFinished.emit()
        assert verdict in detail.verdictLabel.text()
    detail.otherDay.line.setText("2 Dec 2026")
    detail.otherDay.line.editingFinished.emit()
    assert detail.verdictLabel.text() == "✓ Nothing is in the way there."
    qtbot.mouseClick(detail.moveButton, Qt.MouseButton.LeftButton)
    settle(part, qtbot)
    assert records.find(workspace, OccurrenceOverride)[0].starts_on == date(2026, 12, 2)
    assert standing(part) == [ConflictCode.PERSON_BUSY]


def test_all_partnerships_and_filters_and_cancelling(
    part: ConflictsPart, workspace: Workspace, session: Activity, qtbot: QtBot
) -> None:
    part.ui.scope.setCurrentIndex(1)
    part.ui.scope.activated.emit(1)
    settle(part, qtbot)
    assert [row[1] for row in rows(part)] == ["Session · Repair café", "Visit · Garden", "Session · Repair café"]
    part.code.show(ConflictCode.PERSON_BUSY)
    part.ui.code.activated.emit(1)
    assert len(rows(part)) == 2
    part.open_item("conflicts", session.id)
    assert part.ui.table.currentIndex().row() == 0
    detail = part.ui.detail.ui
    detail.cancelLine.setText("no room")
    qtbot.mouseClick(detail.cancelButton, Qt.MouseButton.LeftButton)
    settle(part, qtbot)
    assert [row[2] for row in rows(part)] == ["! Assessments"]  # nobody is booked twice: that filter is gone
    (change,) = records.find(workspace, OccurrenceOverride)
    assert (change.cancelled, change.reason) == (True, "no room")
    activities.restore_occurrence(workspace, session.id, change.original_on)
    settle(part, qtbot)
    assert len(rows(part)) == 3


def test_in_a_narrow_list_the_day_stands_with_the_title(part: ConflictsPart, qtbot: QtBot) -> None:
    qtbot.waitUntil(lambda: bool(part.model.rows))
    title = part.model.index(0, 1)
    assert (part.ui.table.isColumnHidden(0), title.data()) == (False, part.model.rows[0].activity.title)
    part.resize(500, 420)
    qtbot.waitUntil(lambda: part.ui.table.isColumnHidden(0))
    day = part.model.index(0, 0).data()
    assert part.model.index(0, 1).data() == f"{day} · {part.model.rows[0].activity.title}"
    part.resize(1000, 420)
    qtbot.waitUntil(lambda: not part.ui.table.isColumnHidden(0))
