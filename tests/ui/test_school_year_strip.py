"""The year strip by mouse and keyboard, what was checked and confirmed, and the letters of weeks, driven by hand."""

from __future__ import annotations

from datetime import date
from typing import TYPE_CHECKING

import pytest
from PySide6.QtCore import QPoint, Qt

from cocivic_desktop.domain.school_years import CalendarPeriod, PeriodKind, PeriodSource, SchoolYear, Term
from cocivic_desktop.services import records, school_years
from cocivic_desktop.ui.widgets.school_year_editor import STRIP, SchoolYearEditor

if TYPE_CHECKING:
    from pytestqt.qtbot import QtBot

    from cocivic_desktop.domain.partnerships import Partnership
    from cocivic_desktop.store.workspace import Workspace
    from cocivic_desktop.ui.context import Context
    from cocivic_desktop.ui.widgets.school_year_strip import SchoolYearStrip

LEFT, NONE = Qt.MouseButton.LeftButton, Qt.KeyboardModifier.NoModifier
CONTROL, SHIFT, ALT = (
    Qt.KeyboardModifier.ControlModifier,
    Qt.KeyboardModifier.ShiftModifier,
    Qt.KeyboardModifier.AltModifier,
)


@pytest.fixture
def year(workspace: Workspace, partnership: Partnership) -> SchoolYear:
    made, _ = school_years.create(workspace, partnership.school_id, "2026/27", date(2026, 8, 1), date(2027, 7, 31))
    return made


@pytest.fixture
def exams(workspace: Workspace, year: SchoolYear) -> CalendarPeriod:
    one = CalendarPeriod(
        school_year_id=year.id,
        kind=PeriodKind.ASSESSMENT,
        name="Exams",
        starts_on=date(2027, 1, 11),
        ends_on=date(2027, 1, 15),
        confirmed_on=date(2026, 9, 1),
    )
    records.add(workspace, one)
    return one


@pytest.fixture
def editor(context: Context, year: SchoolYear, partnership: Partnership, qtbot: QtBot) -> SchoolYearEditor:
    made = SchoolYearEditor(context)
    qtbot.addWidget(made)
    made.resize(820, 640)
    made.show_school(partnership.school_id)
    made.ui.parts.setCurrentIndex(STRIP)
    made.show()
    qtbot.waitExposed(made)
    return made


def drag(qtbot: QtBot, strip: SchoolYearStrip, start: QPoint, end: QPoint) -> None:
    qtbot.mousePress(strip, LEFT, NONE, start)
    qtbot.mouseMove(strip, end)
    qtbot.mouseRelease(strip, LEFT, NONE, end)


def middle(strip: SchoolYearStrip, day: date) -> QPoint:
    return strip.place_of(day).toPoint()


def stored(workspace: Workspace) -> list[tuple[str, date, date]]:
    found = records.find(workspace, CalendarPeriod, order="starts_on")
    return [(one.name, one.starts_on, one.ends_on) for one in found]


def test_dragging_over_days_makes_a_period(editor: SchoolYearEditor, workspace: Workspace, qtbot: QtBot) -> None:
    strip = editor.ui.strip
    drag(qtbot, strip, middle(strip, date(2027, 2, 8)), middle(strip, date(2027, 3, 3)))
    assert stored(workspace) == [("Assessment", date(2027, 2, 8), date(2027, 3, 3))]
    current = editor.ui.periods.current
    assert current is not None
    assert current.kind is PeriodKind.ASSESSMENT
    assert editor.ui.strip_name.hasFocus()
    qtbot.keyClicks(editor.ui.strip_name, "Oral exams")
    qtbot.keyClick(editor.ui.strip_name, Qt.Key.Key_Return)
    assert stored(workspace)[0][0] == "Oral exams"
    workspace.undo()
    workspace.undo()
    assert stored(workspace) == []


def test_dragging_moves_and_resizes_in_one_step_each(
    exams: CalendarPeriod, editor: SchoolYearEditor, workspace: Workspace, qtbot: QtBot
) -> None:
    strip = editor.ui.strip
    drag(qtbot, strip, middle(strip, date(2027, 1, 13)), middle(strip, date(2027, 2, 10)))
    assert stored(workspace) == [("Exams", date(2027, 2, 8), date(2027, 2, 12))]
    assert records.get(workspace, CalendarPeriod, exams.id).confirmed_on is None
    half = QPoint(round(strip.days.cell / 2) - 2, 0)
    drag(qtbot, strip, middle(strip, date(2027, 2, 12)) + half, middle(strip, date(2027, 2, 17)))
    assert stored(workspace) == [("Exams", date(2027, 2, 8), date(2027, 2, 17))]
    drag(qtbot, strip, middle(strip, date(2027, 2, 8)) - half, middle(strip, date(2027, 2, 9)))
    assert stored(workspace) == [("Exams", date(2027, 2, 9), date(2027, 2, 17))]
    for _step in range(3):
        workspace.undo()
    assert stored(workspace) == [("Exams", date(2027, 1, 11), date(2027, 1, 15))]


def test_a_click_chooses_and_escape_gives_up(
    exams: CalendarPeriod, editor: SchoolYearEditor, workspace: Workspace, qtbot: QtBot
) -> None:
    strip = editor.ui.strip
    qtbot.mouseClick(strip, LEFT, NONE, middle(strip, date(2027, 1, 12)))
    assert editor.ui.strip_name.text() == "Exams"
    assert "assessment: Exams" in strip.accessibleDescription()
    qtbot.mousePress(strip, LEFT, NONE, middle(strip, date(2027, 1, 12)))
    qtbot.mouseMove(strip, middle(strip, date(2027, 1, 20)))
    qtbot.keyClick(strip, Qt.Key.Key_Escape)
    qtbot.mouseRelease(strip, LEFT, NONE, middle(strip, date(2027, 1, 20)))
    assert stored(workspace)[0][1] == date(2027, 1, 11)
    qtbot.mouseDClick(strip, LEFT, NONE, middle(strip, date(2027, 5, 4)))
    assert stored(workspace)[1][1:] == (date(2027, 5, 4), date(2027, 5, 4))


def test_the_keyboard_can_do_the_same(
    exams: CalendarPeriod, editor: SchoolYearEditor, workspace: Workspace, qtbot: QtBot
) -> None:
    strip = editor.ui.strip
    strip.setFocus()
    qtbot.keyClick(strip, Qt.Key.Key_PageDown)
    assert strip.period is not None
    qtbot.keyClick(strip, Qt.Key.Key_Return)
    assert editor.ui.strip_name.hasFocus()
    strip.setFocus()
    qtbot.keyClick(strip, Qt.Key.Key_Right, CONTROL)
    qtbot.keyClick(strip, Qt.Key.Key_Right, CONTROL | SHIFT)
    qtbot.keyClick(strip, Qt.Key.Key_Left, CONTROL | ALT)
    assert stored(workspace) == [("Exams", date(2027, 1, 11), date(2027, 1, 17))]
    for key in (Qt.Key.Key_Down, Qt.Key.Key_Down):
        qtbot.keyClick(strip, key)
    for _step in range(3):
        qtbot.keyClick(strip, Qt.Key.Key_Right, SHIFT)
    qtbot.keyClick(strip, Qt.Key.Key_Return)
    assert [one[1:] for one in stored(workspace)][1] == (date(2027, 3, 12), date(2027, 3, 15))
    strip.setFocus()
    qtbot.keyClick(strip, Qt.Key.Key_Delete)
    assert [one[0] for one in stored(workspace)] == ["Exams"]


def test_chosen_periods_are_checked_and_confirmed_in_one_click(
    exams: CalendarPeriod,
    year: SchoolYear,
    editor: SchoolYearEditor,
    workspace: Workspace,
    context: Context,
    qtbot: QtBot,
) -> None:
    holiday = CalendarPeriod(
        school_year_id=year.id, name="Easter", starts_on=date(2027, 3, 22), ends_on=date(2027, 4, 2), estimate=True
    )
    records.add(workspace, holiday)
    editor.ui.parts.setCurrentIndex(0)
    model = editor.ui.periods.model
    assert [model.index(row, 3).data() for row in (0, 1)] == ["✓ confirmed", "~ estimate"]
    editor.ui.periods.table.selectAll()
    qtbot.mouseClick(editor.lists.confirmed_button, LEFT)
    found = records.find(workspace, CalendarPeriod)
    assert {one.confirmed_on for one in found} == {context.today()}
    assert not any(one.estimate for one in found)
    assert [model.index(row, 3).data() for row in (0, 1)] == ["✓ confirmed", "✓ confirmed"]
    workspace.undo()
    assert records.get(workspace, CalendarPeriod, holiday.id).confirmed_on is None
    editor.ui.periods.select(exams.id)
    qtbot.mouseClick(editor.lists.checked_button, LEFT)
    assert records.get(workspace, CalendarPeriod, exams.id).checked_on == context.today()
    assert records.get(workspace, CalendarPeriod, holiday.id).checked_on is None


def test_stale_is_a_word_with_its_reason(exams: CalendarPeriod, editor: SchoolYearEditor, workspace: Workspace) -> None:
    records.change(workspace, CalendarPeriod, exams.id, confirmed_on=None, checked_on=date(2026, 6, 1))
    model = editor.ui.periods.model
    assert model.index(0, 3).data() == "! stale"
    tip = model.index(0, 3).data(Qt.ItemDataRole.ToolTipRole)
    assert "not checked for 105 days" in tip
    assert "After 90 days" in tip
    records.change(workspace, CalendarPeriod, exams.id, source=PeriodSource.OFFLINE)
    assert model.index(0, 3).data() == "by law"


def test_a_term_says_which_letter_its_first_week_has(
    year: SchoolYear, editor: SchoolYearEditor, workspace: Workspace
) -> None:
    records.add(workspace, Term(school_year_id=year.id, name="1", starts_on=year.starts_on, ends_on=year.ends_on))
    editor.ui.parts.setCurrentWidget(editor.ui.termsTab)
    box = editor.ui.term_first_week_letter
    assert box.currentText() == "A week"
    box.setCurrentIndex(1)
    box.activated.emit(1)
    editor.lists.term_form.flush()
    assert records.find(workspace, Term)[0].first_week_letter == "B"
    assert editor.ui.terms.model.index(0, 2).data() == "B"
