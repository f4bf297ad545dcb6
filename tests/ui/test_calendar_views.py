"""The views of the calendar, driven by mouse and keys: dragging, copying, series, filters, what is remembered."""

from __future__ import annotations

import shutil
import subprocess
from datetime import date, time, timedelta
from typing import TYPE_CHECKING, Any

import pytest
from PySide6.QtCore import QEvent, QPoint, QPointF, QRectF, Qt
from PySide6.QtGui import QMouseEvent
from PySide6.QtTest import QAbstractItemModelTester, QTest
from PySide6.QtWidgets import QApplication

from cocivic_desktop.domain.activities import (
    Activity,
    ActivityKind,
    ActivityStatus,
    OccurrenceOverride,
    Participation,
    Recurrence,
    RecurrenceEnd,
)
from cocivic_desktop.domain.organisations import Organisation, Person
from cocivic_desktop.domain.partnerships import Partnership
from cocivic_desktop.domain.school_years import CalendarPeriod, LessonTime, PeriodKind, SchoolYear
from cocivic_desktop.services import records, school_years
from cocivic_desktop.ui.pages.calendar.data import ViewKind
from cocivic_desktop.ui.pages.calendar.detail import ACTIVITY_TAB
from cocivic_desktop.ui.pages.calendar.filters import Filters, Scope
from cocivic_desktop.ui.pages.calendar.reach import Reach, ReachDialog
from cocivic_desktop.ui.pages.calendar.views.month import MonthView
from cocivic_desktop.ui.pages.calendar.views.month_cells import rows_of
from cocivic_desktop.ui.pages.calendar.views.spots import Hit
from cocivic_desktop.ui.pages.calendar.views.week import WeekView
from cocivic_desktop.ui.pages.calendar_page import CalendarPage

if TYPE_CHECKING:
    from pathlib import Path

    from PySide6.QtWidgets import QWidget
    from pytestqt.qtbot import QtBot

    from cocivic_desktop.store.workspace import Workspace
    from cocivic_desktop.ui.context import Context
    from cocivic_desktop.ui.pages.calendar.data import Entry
    from cocivic_desktop.ui.pages.calendar.plan_part import PlanPart, View

TUESDAY = date(2026, 9, 15)
ALT, CTRL = Qt.KeyboardModifier.AltModifier, Qt.KeyboardModifier.ControlModifier
LEFT = Qt.MouseButton.LeftButton


@pytest.fixture
def year(workspace: Workspace, partnership: Partnership) -> SchoolYear:
    terms = [("Term 1", date(2026, 8, 24), date(2027, 1, 31)), ("Term 2", date(2027, 2, 1), date(2027, 7, 2))]
    made, _ = school_years.create(
        workspace, partnership.school_id, "2026/27", date(2026, 8, 1), date(2027, 7, 31), terms
    )
    for name, kind, first, last in (
        ("Autumn holidays", PeriodKind.HOLIDAY, date(2026, 9, 21), date(2026, 9, 25)),
        ("Written exams", PeriodKind.ASSESSMENT, date(2026, 9, 28), date(2026, 9, 30)),
    ):
        period = CalendarPeriod(school_year_id=made.id, name=name, kind=kind, starts_on=first, ends_on=last)
        records.add(workspace, period)
    for number, (begins, ends) in enumerate(
        [(time(8), time(8, 45)), (time(8, 55), time(9, 40)), (time(10), time(16))], 1
    ):
        records.add(workspace, LessonTime(school_year_id=made.id, number=number, starts_at=begins, ends_at=ends))
    return made


def activity(
    workspace: Workspace, partnership: Partnership, title: str, on: date = TUESDAY, **fields: object
) -> Activity:
    values: dict[str, object] = {"start_time": time(10), "status": ActivityStatus.CONFIRMED, **fields}
    made = Activity(partnership_id=partnership.id, title=title, starts_on=on, **values)  # type: ignore[arg-type]
    records.add(workspace, made)
    return made


def series(workspace: Workspace, partnership: Partnership) -> Activity:
    rule = Recurrence(weekdays=[1], ends=RecurrenceEnd.AFTER_COUNT, count=4, teaching_weeks_only=False)
    return activity(workspace, partnership, "Session", recurrence=rule)


@pytest.fixture
def page(context: Context, partnership: Partnership, year: SchoolYear, qtbot: QtBot) -> CalendarPage:
    made = CalendarPage(context)
    qtbot.addWidget(made)
    made.resize(900, 700)
    made.show_partnership(partnership.id)
    made.show()
    qtbot.waitExposed(made)
    return made


@pytest.fixture
def plan(page: CalendarPage, qtbot: QtBot) -> PlanPart:
    settle(page.plan, qtbot)
    return page.plan


def settle(plan: PlanPart, qtbot: QtBot) -> None:
    """Wait for what comes from threads and for the reload of a change."""
    page = plan.window()
    assert isinstance(page, CalendarPage)
    qtbot.waitUntil(lambda: not page._stale and not plan.context.tasks.busy())


def turn_to(plan: PlanPart, qtbot: QtBot, kind: ViewKind, day: date = TUESDAY) -> Any:
    """Show a view around a day."""
    plan.head.show_view(kind)
    plan.go_to_day(day)
    settle(plan, qtbot)
    QTest.qWait(0)
    plan.view.setFocus()
    return plan.view


def place_of(view: View, title: str, edge: str = "") -> QPoint:
    """Where the mouse meets a date."""
    frames = []
    if isinstance(view, MonthView):
        for day, entries in view.month.by_day.items():
            frames += [row.place for row in rows_of(QRectF(view._rect_of(day)), entries) if _named(row.entry, title)]
    elif isinstance(view, WeekView):
        shown = [view.times.frame(one) for one in view.segments if _named(one.entry, title)]
        frames = [QRectF(view.mapFromScene(one).boundingRect().translated(view.viewport().pos())) for one in shown]
        frames += [row.place.translated(view.head.pos()) for row in view.head_rows if _named(row.entry, title)]
    place = frames[0].center().toPoint()
    if edge:
        place.setY(round(frames[0].bottom()) - 3)
    hit = view.hit_at(place)
    assert hit is not None, f"{title} is not seen"
    assert hit.edge == edge
    return place


def _named(entry: Entry | None, title: str) -> bool:
    return entry is not None and entry.activity.title == title


def spot_place(view: View, day: date, at: time | None = None) -> QPoint:
    """Where the mouse meets a day, and in the week a time."""
    if isinstance(view, WeekView):
        assert at is not None
        left = view.times.left + ((day - view.data.first).days + 0.5) * view.times.day_width  # type: ignore[union-attr]
        inside = view.mapFromScene(left, view.times.y(at.hour * 60 + at.minute) + 1)
        return inside + view.viewport().pos()
    assert isinstance(view, MonthView)
    return view._rect_of(day).center() + QPoint(0, 12)


def widget_at(view: View, place: QPoint) -> tuple[QWidget, QPoint]:
    """The widget that gets the mouse at a place of a view."""
    for widget in (getattr(view, "head", None), view.viewport()):
        if widget is not None and widget.rect().contains(widget.mapFrom(view, place)):
            return widget, widget.mapFrom(view, place)
    raise AssertionError("no widget there")


def press(view: View, place: QPoint) -> None:
    widget, inside = widget_at(view, place)
    QTest.mousePress(widget, LEFT, pos=inside)


def hover(
    view: View, place: QPoint, qtbot: QtBot, modifiers: Qt.KeyboardModifier = Qt.KeyboardModifier.NoModifier
) -> None:
    widget, inside = widget_at(view, place)
    event = QMouseEvent(
        QEvent.Type.MouseMove, QPointF(inside), QPointF(widget.mapToGlobal(inside)), LEFT, LEFT, modifiers
    )
    QApplication.sendEvent(widget, event)


def drag(
    view: View,
    start: QPoint,
    end: QPoint,
    qtbot: QtBot,
    modifiers: Qt.KeyboardModifier = Qt.KeyboardModifier.NoModifier,
) -> None:
    """Press, move and let go."""
    press(view, start)
    hover(view, QPoint((start.x() + end.x()) // 2, (start.y() + end.y()) // 2), qtbot, modifiers)
    hover(view, end, qtbot, modifiers)
    widget, inside = widget_at(view, end)
    QTest.mouseRelease(widget, LEFT, modifiers, inside)


def test_a_date_is_dragged_to_another_day_and_is_told_what_is_in_the_way(
    plan: PlanPart, workspace: Workspace, partnership: Partnership, qtbot: QtBot
) -> None:
    made = activity(workspace, partnership, "Visit", kind=ActivityKind.VISIT)
    view = turn_to(plan, qtbot, ViewKind.MONTH)
    start = place_of(view, "Visit")
    press(view, start)
    hover(view, spot_place(view, date(2026, 9, 22)), qtbot)
    qtbot.waitUntil(lambda: "Autumn holidays" in view.handling.words)
    assert view.handling.words.startswith("Visit: Tue 22 Sept, 10:00–11:00")
    assert "× Not possible: The school is closed" in view.handling.words
    hover(view, spot_place(view, date(2026, 9, 29)), qtbot)
    assert "! Unwise: Assessment period: Written exams" in view.handling.words
    there = spot_place(view, date(2026, 9, 17))
    hover(view, there, qtbot)
    assert "✓ It fits" in view.handling.words
    widget, inside = widget_at(view, there)
    QTest.mouseRelease(widget, LEFT, pos=inside)
    assert view.handling.words == ""
    settle(plan, qtbot)
    assert records.get(workspace, Activity, made.id).starts_on == date(2026, 9, 17)
    assert view.current == (made.id, date(2026, 9, 17))
    workspace.undo()
    assert records.get(workspace, Activity, made.id).starts_on == TUESDAY


def test_a_copy_is_dragged_with_ctrl_and_pasted_with_keys(
    plan: PlanPart, workspace: Workspace, partnership: Partnership, qtbot: QtBot
) -> None:
    activity(workspace, partnership, "Visit")
    view = turn_to(plan, qtbot, ViewKind.MONTH)
    drag(view, place_of(view, "Visit"), spot_place(view, date(2026, 9, 17)), qtbot, CTRL)
    settle(plan, qtbot)
    assert [one.starts_on for one in records.find(workspace, Activity, order="starts_on")] == [
        TUESDAY,
        date(2026, 9, 17),
    ]
    view.setFocus()
    QTest.keyClick(view, Qt.Key.Key_C, CTRL)
    QTest.keyClick(view, Qt.Key.Key_Right)
    assert view.current_day == date(2026, 9, 18)
    QTest.keyClick(view, Qt.Key.Key_V, CTRL)
    settle(plan, qtbot)
    days = [one.starts_on for one in records.find(workspace, Activity, order="starts_on")]
    assert days == [TUESDAY, date(2026, 9, 17), date(2026, 9, 18)]
    copy = records.find(workspace, Activity, order="starts_on")[-1]
    assert (copy.start_time, copy.status) == (time(10), ActivityStatus.TENTATIVE)


def test_a_date_stays_chosen_when_its_first_day_is_typed(
    plan: PlanPart, workspace: Workspace, partnership: Partnership, qtbot: QtBot
) -> None:
    made = activity(workspace, partnership, "Visit")
    turn_to(plan, qtbot, ViewKind.MONTH)
    plan.choose((made.id, TUESDAY))
    plan.detail.open(ACTIVITY_TAB)
    panel = plan.ui.activityPanel
    panel.ui.starts_on.line.setText("17.9.2026")
    panel.ui.starts_on.line.editingFinished.emit()
    panel.form.flush()
    settle(plan, qtbot)
    assert records.get(workspace, Activity, made.id).starts_on == date(2026, 9, 17)
    assert plan.view.current == (made.id, date(2026, 9, 17))
    assert panel.isVisible()


def test_in_the_week_a_drag_snaps_to_lessons_and_an_edge_resizes(
    plan: PlanPart, workspace: Workspace, partnership: Partnership, qtbot: QtBot
) -> None:
    made = activity(workspace, partnership, "Session", duration_minutes=60)
    view = turn_to(plan, qtbot, ViewKind.WEEK)
    start = place_of(view, "Session")
    minute = view.times.minute
    wanted = QPoint(start.x() + round(view.times.day_width), start.y() - round(62 * minute))
    drag(view, start, wanted, qtbot)
    settle(plan, qtbot)
    moved = records.get(workspace, Activity, made.id)
    assert (moved.starts_on, moved.start_time) == (TUESDAY + timedelta(days=1), time(8, 55))
    edge = place_of(view, "Session", "end")
    drag(view, edge, edge + QPoint(0, round(30 * minute)), qtbot)
    settle(plan, qtbot)
    longer = records.get(workspace, Activity, made.id)
    assert (longer.start_time, longer.duration_minutes) == (time(8, 55), 90)
    workspace.undo()
    assert records.get(workspace, Activity, made.id).duration_minutes == 60
    workspace.undo()
    assert records.get(workspace, Activity, made.id).starts_on == TUESDAY


def test_keys_choose_move_lengthen_open_and_cancel(
    plan: PlanPart, workspace: Workspace, partnership: Partnership, qtbot: QtBot
) -> None:
    made = activity(workspace, partnership, "Session")
    view = turn_to(plan, qtbot, ViewKind.WEEK, date(2026, 9, 14))
    QTest.keyClick(view, Qt.Key.Key_Right)
    assert view.current == (made.id, TUESDAY)
    assert "Session (confirmed)" in view.accessibleDescription()
    for key, modifiers in (
        (Qt.Key.Key_Down, ALT),
        (Qt.Key.Key_Right, ALT),
        (Qt.Key.Key_Down, ALT | Qt.KeyboardModifier.ShiftModifier),
    ):
        QTest.keyClick(view, key, modifiers)
        settle(plan, qtbot)
    stored = records.get(workspace, Activity, made.id)
    assert (stored.starts_on, stored.start_time, stored.duration_minutes) == (date(2026, 9, 16), time(10, 15), 75)
    QTest.keyClick(view, Qt.Key.Key_PageDown, ALT)
    settle(plan, qtbot)
    assert records.get(workspace, Activity, made.id).starts_on == date(2026, 9, 23)
    workspace.undo()
    settle(plan, qtbot)
    plan.choose((made.id, date(2026, 9, 16)))
    QTest.keyClick(view, Qt.Key.Key_Return)
    assert plan.ui.datePanel.isVisible()
    view.setFocus()
    QTest.keyClick(view, Qt.Key.Key_Delete)
    settle(plan, qtbot)
    assert records.get(workspace, Activity, made.id).status is ActivityStatus.CANCELLED


@pytest.mark.parametrize(
    ("reach", "days"),
    [(Reach.THIS, [15, 23, 29, 36]), (Reach.FOLLOWING, [15, 23, 30, 37]), (Reach.ALL, [16, 23, 30, 37])],
)
def test_of_a_series_the_dates_meant_are_asked_for(
    plan: PlanPart, workspace: Workspace, partnership: Partnership, qtbot: QtBot, reach: Reach, days: list[int]
) -> None:
    made = series(workspace, partnership)
    settle(plan, qtbot)
    view = turn_to(plan, qtbot, ViewKind.MONTH)
    plan.choose((made.id, date(2026, 9, 22)))
    QTest.keyClick(view, Qt.Key.Key_Right, ALT)
    question = plan.findChild(ReachDialog)
    assert isinstance(question, ReachDialog)
    question.choices[reach].click()
    question.accept()
    settle(plan, qtbot)
    assert plan.data is not None
    held = sorted(entry.on for entry in plan.data.entries if entry.occurrence is not None)
    first = date(2026, 8, 31)
    assert [(day - first).days for day in held] == [day for day in days if day <= 34]
    assert view.current is not None
    assert plan.data.entry(view.current).on == date(2026, 9, 23)  # type: ignore[union-attr]
    workspace.undo()
    settle(plan, qtbot)
    assert sorted(entry.on.day for entry in plan.data.entries if entry.occurrence is not None) == [15, 22, 29]
    assert not records.find(workspace, OccurrenceOverride)


def test_a_new_activity_comes_to_the_place_that_was_double_clicked_or_chosen(
    plan: PlanPart, workspace: Workspace, qtbot: QtBot
) -> None:
    view = turn_to(plan, qtbot, ViewKind.WEEK)
    widget, inside = widget_at(view, spot_place(view, date(2026, 9, 17), time(10, 5)))
    QTest.mouseDClick(widget, LEFT, pos=inside)
    settle(plan, qtbot)
    qtbot.waitUntil(plan.ui.activityPanel.ui.title.hasFocus)
    view.setFocus()
    plan.choose(None)
    QTest.keyClick(view, Qt.Key.Key_Right)
    QTest.keyClick(view, Qt.Key.Key_N)
    settle(plan, qtbot)
    made = records.find(workspace, Activity, order="starts_on")
    assert (made[0].starts_on, made[0].start_time) == (date(2026, 9, 17), time(10))
    assert made[1].starts_on == date(2026, 9, 18)


def test_the_week_shows_what_overlaps_side_by_side_and_what_goes_over_midnight_twice(
    plan: PlanPart, workspace: Workspace, partnership: Partnership, qtbot: QtBot
) -> None:
    activity(workspace, partnership, "One")
    activity(workspace, partnership, "Two", start_time=time(10, 30))
    activity(workspace, partnership, "Night", TUESDAY, start_time=time(22), duration_minutes=240)
    activity(workspace, partnership, "Whole day", TUESDAY, start_time=None, duration_minutes=1440)
    settle(plan, qtbot)
    view = turn_to(plan, qtbot, ViewKind.WEEK)
    shown = {(one.entry.activity.title, one.day): one for one in view.segments}
    assert set(shown) == {("One", 1), ("Two", 1), ("Night", 1), ("Night", 2)}
    assert {shown["One", 1].column, shown["Two", 1].column} == {0, 1}
    first, second = (view.times.frame(shown[title, 1]) for title in ("One", "Two"))
    assert not QRectF(first).intersects(second)
    assert (shown["Night", 1].ends, shown["Night", 2].begins, shown["Night", 2].ends) == (1440, 0, 120)
    assert [row.entry.activity.title for row in view.head_rows if row.entry] == ["Whole day"]
    hit = view.hit_at(place_of(view, "Whole day"))
    assert isinstance(hit, Hit)
    assert plan.ui.noteLabel.text() == "Teaching week 4, B week · calendar week 38"


def test_days_say_closures_and_weeks_in_words(
    plan: PlanPart, workspace: Workspace, partnership: Partnership, qtbot: QtBot
) -> None:
    activity(workspace, partnership, "Visit", date(2026, 9, 22))
    settle(plan, qtbot)
    view = turn_to(plan, qtbot, ViewKind.MONTH)
    QAbstractItemModelTester(view.month, QAbstractItemModelTester.FailureReportingMode.Fatal)
    text = view.month.index_of(date(2026, 9, 22)).data(Qt.ItemDataRole.AccessibleTextRole)
    assert text.split("\n") == [
        "Tue 22 Sept 2026 · No teaching · calendar week 39",
        "Holiday: Autumn holidays, 21 Sept – 25 Sept 2026",
        "Tue 22 Sept, 10:00–11:00 · Visit (confirmed)",
    ]
    heads = [view.month.headerData(row, Qt.Orientation.Vertical) for row in range(view.month.rowCount())]
    assert heads == ["2 B", "3 A", "4 B", "–", "5 A"]
    assert view.tip_at(spot_place(view, date(2026, 9, 28))).split("\n")[1].startswith("Assessment: Written exams")


def test_the_strip_has_a_row_for_each_partnership_with_its_own_school(
    plan: PlanPart, workspace: Workspace, partnership: Partnership, qtbot: QtBot
) -> None:
    school = Organisation(name="South School")
    records.add(workspace, school)
    other = Partnership(title="Radio", school_id=school.id)
    records.add(workspace, other)
    mine = activity(workspace, partnership, "Visit", date(2026, 9, 22))
    activity(workspace, other, "Recording", date(2026, 9, 23))
    view = turn_to(plan, qtbot, ViewKind.STRIP)
    assert [row.title for row in view.strip.rows] == ["Project sessions"]
    plan.filter_bar.take(Filters(scope=Scope.ALL))
    settle(plan, qtbot)
    assert [row.title for row in view.strip.rows] == ["Repair café", "Radio"]
    column = view.strip.cell_of((mine.id, mine.starts_on)).column()
    assert [run.role for run in view.strip.week(partnership.school_id, column).runs] == ["holiday"]
    assert view.strip.week(school.id, column).runs == []
    begins = (date(2026, 8, 24) - view.strip.first).days // 7
    assert view.strip.week(partnership.school_id, begins).edges == [0]
    plan.choose((mine.id, mine.starts_on))
    view.setFocus()
    QTest.keyClick(view, Qt.Key.Key_Down)
    assert "Recording" in view.accessibleDescription()
    assert "Radio" in view.accessibleDescription()
    QTest.keyClick(view, Qt.Key.Key_Up)
    QTest.keyClick(view, Qt.Key.Key_Right, ALT)
    settle(plan, qtbot)
    assert records.get(workspace, Activity, mine.id).starts_on == date(2026, 9, 29)


def test_filters_are_marked_remembered_and_cleared(
    plan: PlanPart, context: Context, workspace: Workspace, partnership: Partnership, qtbot: QtBot
) -> None:
    ada = Person(name="Ada")
    records.add(workspace, ada)
    visit = activity(workspace, partnership, "Visit", kind=ActivityKind.VISIT)
    activity(workspace, partnership, "Session")
    records.add(workspace, Participation(activity_id=visit.id, person_id=ada.id))
    view = turn_to(plan, qtbot, ViewKind.AGENDA)
    plan.ui.filterButton.click()
    number = plan.filter_bar.person._values.index(ada.id)
    plan.ui.personBox.setCurrentIndex(number)
    plan.ui.personBox.activated.emit(number)
    settle(plan, qtbot)
    assert [entry.activity.title for entry in view.agenda.rows] == ["Visit"]
    assert plan.ui.filterText.text() == "The filter is on: only Ada. 1 date is hidden."
    assert plan.ui.filterButton.text() == "Filter (on)"
    again = CalendarPage(context)
    qtbot.addWidget(again)
    assert again.plan.filter_bar.filters == Filters(person=ada.id)
    assert again.plan.head.view is ViewKind.AGENDA
    plan.filter_bar.take(Filters(person=ada.id, kind=ActivityKind.SESSION))
    settle(plan, qtbot)
    assert plan.nothing.isVisible()
    assert "filter" in plan.nothing.text_label.text()
    QTest.mouseClick(plan.nothing.action_button, LEFT)
    settle(plan, qtbot)
    assert len(view.agenda.rows) == 2
    assert not plan.ui.filterMark.isVisible()


def test_views_and_days_are_turned_by_keys(plan: PlanPart, context: Context, qtbot: QtBot) -> None:
    view = turn_to(plan, qtbot, ViewKind.MONTH, date(2026, 9, 1))
    QTest.keyClick(view, Qt.Key.Key_PageDown)
    settle(plan, qtbot)
    assert plan.ui.rangeLabel.text() == "October 2026"
    QTest.keyClick(view, Qt.Key.Key_T)
    settle(plan, qtbot)
    assert view.current_day == context.today()
    QTest.keyClick(view, Qt.Key.Key_3, ALT)
    settle(plan, qtbot)
    assert plan.head.view is ViewKind.WEEK
    assert plan.ui.rangeLabel.text() == "14 Sept – 20 Sept 2026"
    plan.ui.week.setFocus()
    QTest.keyClick(plan.ui.week, Qt.Key.Key_Left)
    settle(plan, qtbot)
    assert plan.ui.week.spot is not None
    assert plan.ui.week.spot.on == date(2026, 9, 13)
    plan.ui.jumpField._set_by_hand(date(2027, 2, 3))
    settle(plan, qtbot)
    assert plan.ui.rangeLabel.text() == "1 Feb – 7 Feb 2027"


@pytest.mark.skipif(shutil.which("pdftotext") is None, reason="poppler-utils is not installed")
def test_every_view_is_saved_as_pdf(
    plan: PlanPart, page: CalendarPage, workspace: Workspace, partnership: Partnership, tmp_path: Path, qtbot: QtBot
) -> None:
    activity(workspace, partnership, "Visit", date(2026, 9, 22))
    for kind in ViewKind:
        turn_to(plan, qtbot, kind, date(2026, 9, 22))
        page.output.write_pdf(tmp_path / f"{kind}.pdf")
        path = str(tmp_path / f"{kind}.pdf")
        info = subprocess.run(["pdfinfo", path], capture_output=True, text=True, check=True).stdout
        assert "Pages:           1\n" in info
        assert "Page size:       842 x 595 pts (A4)" in info
        text = subprocess.run(["pdftotext", "-layout", path, "-"], capture_output=True, text=True, check=True).stdout
        assert "Repair café" in text
        wanted = {
            ViewKind.STRIP: "Project sessions",
            ViewKind.MONTH: "× 10:00 Visit",
            ViewKind.WEEK: "Autumn holidays",
            ViewKind.AGENDA: "× Visit",
        }
        assert wanted[kind] in text
