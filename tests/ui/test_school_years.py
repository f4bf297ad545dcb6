"""The editor of a school's years and the import of its calendar, driven by hand."""

from __future__ import annotations

from datetime import date
from typing import TYPE_CHECKING

import pytest
from PySide6.QtCore import Qt
from PySide6.QtTest import QAbstractItemModelTester
from PySide6.QtWidgets import QLayout

from cocivic_desktop.domain.organisations import Organisation
from cocivic_desktop.domain.school_years import CalendarPeriod, LessonTime, PeriodKind, SchoolYear, Term
from cocivic_desktop.services import records, school_years
from cocivic_desktop.ui.widgets.school_year_editor import SchoolYearEditor

if TYPE_CHECKING:
    from pathlib import Path

    from pytestqt.qtbot import QtBot

    from cocivic_desktop.domain.partnerships import Partnership
    from cocivic_desktop.store.workspace import Workspace
    from cocivic_desktop.ui.context import Context
    from cocivic_desktop.ui.dialogs.calendar_import_dialog import CalendarImportDialog

CSV = """StartDate;EndDate;Type;Name;Subdivisions
2026-10-12;2026-10-24;School;EN Autumn holidays;SH
2026-12-21;2027-01-06;School;EN Christmas holidays;SH
2026-10-05;2026-10-16;School;EN Autumn holidays;BE
"""


@pytest.fixture
def editor(context: Context, partnership: Partnership, qtbot: QtBot) -> SchoolYearEditor:
    made = SchoolYearEditor(context)
    qtbot.addWidget(made)
    made.show_school(partnership.school_id)
    made.show()
    qtbot.waitExposed(made)
    return made


@pytest.fixture
def year(workspace: Workspace, partnership: Partnership) -> SchoolYear:
    made, _ = school_years.create(workspace, partnership.school_id, "2026/27", date(2026, 8, 1), date(2027, 7, 31))
    return made


def test_first_year_is_proposed_and_created_in_one_step(
    editor: SchoolYearEditor, workspace: Workspace, qtbot: QtBot
) -> None:
    assert editor.ui.editorViews.currentWidget() is editor.ui.newScroll
    assert editor.ui.newLabel.text() == "2026/27"
    qtbot.mouseClick(editor.ui.createButton, Qt.MouseButton.LeftButton)
    assert [one.label for one in records.find(workspace, SchoolYear)] == ["2026/27"]
    assert len(records.find(workspace, Term)) == 2
    assert "Christmas Day" in {one.name for one in records.find(workspace, CalendarPeriod)}
    assert editor.ui.editorViews.currentWidget() is editor.ui.editorView
    workspace.undo()
    assert not records.find(workspace, SchoolYear)
    assert editor.ui.editorViews.currentWidget() is editor.ui.newScroll


def test_a_term_outside_of_the_year_is_refused_in_words(
    editor: SchoolYearEditor, workspace: Workspace, qtbot: QtBot
) -> None:
    editor.ui.newTerm1First.set_day(date(2025, 1, 1))
    qtbot.mouseClick(editor.ui.createButton, Qt.MouseButton.LeftButton)
    assert not records.find(workspace, SchoolYear)
    assert "Term 1" in editor.ui.newProblem.text()
    assert editor.ui.newProblem.isVisible()


def test_periods_terms_and_lessons_are_added_and_edited(
    year: SchoolYear, editor: SchoolYearEditor, workspace: Workspace, qtbot: QtBot
) -> None:
    editor.ui.periods.add()
    line = editor.ui.period_name
    line.selectAll()
    qtbot.keyClicks(line, "Written exams")
    qtbot.keyClick(line, Qt.Key.Key_Return)
    period = records.find(workspace, CalendarPeriod)[0]
    assert (period.name, period.kind) == ("Written exams", PeriodKind.ASSESSMENT)
    editor.ui.period_hard.click()
    assert records.find(workspace, CalendarPeriod)[0].hard
    editor.ui.terms.add()
    assert records.find(workspace, Term)[0].ends_on == year.ends_on
    editor.ui.lessons.add()
    editor.ui.lessons.add()
    lessons = sorted(records.find(workspace, LessonTime), key=lambda one: one.number)
    assert [one.number for one in lessons] == [1, 2]
    assert lessons[1].starts_at == lessons[0].ends_at


def test_lists_keep_to_the_rules_of_models(year: SchoolYear, editor: SchoolYearEditor) -> None:
    testers = [
        QAbstractItemModelTester(shown.model, QAbstractItemModelTester.FailureReportingMode.Fatal)
        for shown in (editor.ui.periods, editor.ui.terms, editor.ui.lessons)
    ]
    editor.ui.periods.add()
    editor.ui.terms.add()
    editor.ui.lessons.add()
    assert len(testers) == 3


def test_confirmed_by_the_school_is_one_click(
    year: SchoolYear, editor: SchoolYearEditor, context: Context, workspace: Workspace, qtbot: QtBot
) -> None:
    assert editor.ui.confirmedChip.text() == "not confirmed"
    editor.ui.parts.setCurrentWidget(editor.ui.yearTab)
    qtbot.mouseClick(editor.ui.confirmedButton, Qt.MouseButton.LeftButton)
    assert records.get(workspace, SchoolYear, year.id).confirmed_on == context.today()
    assert editor.ui.confirmedChip.text() == "confirmed by the school"


def test_public_holidays_come_from_the_region(
    year: SchoolYear, editor: SchoolYearEditor, workspace: Workspace, qtbot: QtBot
) -> None:
    qtbot.mouseClick(editor.ui.holidaysButton, Qt.MouseButton.LeftButton)
    names = {one.name for one in records.find(workspace, CalendarPeriod)}
    assert "Reformation Day" in names
    assert len(names) == editor.ui.periods.model.rowCount()


def test_copying_leads_to_the_next_year(
    year: SchoolYear, editor: SchoolYearEditor, workspace: Workspace, qtbot: QtBot
) -> None:
    qtbot.mouseClick(editor.ui.copyButton, Qt.MouseButton.LeftButton)
    assert editor.year is not None
    assert editor.year.label == "2027/28"
    assert editor.ui.yearBox.currentText() == "2027/28"
    workspace.undo()
    assert editor.ui.yearBox.currentText() == "2026/27"


def test_a_change_made_elsewhere_is_shown(year: SchoolYear, editor: SchoolYearEditor, workspace: Workspace) -> None:
    records.change(workspace, SchoolYear, year.id, label="Year of the new workshop")
    assert editor.ui.yearBox.currentText() == "Year of the new workshop"
    assert editor.ui.year_label.text() == "Year of the new workshop"


def test_open_item_finds_the_period(year: SchoolYear, editor: SchoolYearEditor, workspace: Workspace) -> None:
    period = CalendarPeriod(
        school_year_id=year.id, name="Feast", starts_on=date(2027, 3, 1), ends_on=date(2027, 3, 2), estimate=True
    )
    records.add(workspace, period)
    editor.open_item(period.id)
    assert editor.ui.period_name.text() == "Feast"
    assert "one estimate" in editor.ui.countsLabel.text()


def _import(editor: SchoolYearEditor, path: Path, qtbot: QtBot) -> CalendarImportDialog:
    dialog = editor.import_file()
    assert dialog is not None
    dialog.read(path)
    qtbot.waitUntil(lambda: dialog.preview is not None or dialog.ui.problemLabel.isVisible())
    return dialog


def test_a_table_is_looked_at_then_imported_in_one_step(
    year: SchoolYear, editor: SchoolYearEditor, workspace: Workspace, tmp_path: Path, qtbot: QtBot
) -> None:
    path = tmp_path / "holidays.csv"
    path.write_text(CSV, encoding="utf-8")
    dialog = _import(editor, path, qtbot)
    model = dialog.model
    QAbstractItemModelTester(model, QAbstractItemModelTester.FailureReportingMode.Fatal)
    assert [one.name for one in model.rows] == ["Autumn holidays", "Christmas holidays"]
    assert "another region than SH" in dialog.ui.skippedList.item(0).text()
    assert not records.find(workspace, CalendarPeriod)
    model.setData(model.index(1, 0), Qt.CheckState.Unchecked, Qt.ItemDataRole.CheckStateRole)
    model.setData(model.index(0, 2), list(PeriodKind).index(PeriodKind.BLOCKED))
    assert dialog.ui.importButton.text() == "Import 1 period"
    assert "1 new" in dialog.ui.planLabel.text()
    qtbot.mouseClick(dialog.ui.importButton, Qt.MouseButton.LeftButton)
    stored = records.find(workspace, CalendarPeriod)
    assert [(one.name, one.kind) for one in stored] == [("Autumn holidays", PeriodKind.BLOCKED)]
    assert editor.ui.periods.model.rowCount() == 1
    workspace.undo()
    assert not records.find(workspace, CalendarPeriod)


def test_a_file_that_cannot_be_read_says_so(
    year: SchoolYear, editor: SchoolYearEditor, workspace: Workspace, tmp_path: Path, qtbot: QtBot
) -> None:
    path = tmp_path / "empty.ics"
    path.write_bytes(b"")
    dialog = _import(editor, path, qtbot)
    assert "empty.ics is empty" in dialog.ui.problemLabel.text()
    assert not dialog.ui.importButton.isEnabled()
    dialog.reject()


def test_a_school_without_a_country_is_asked_for_nothing(context: Context, workspace: Workspace, qtbot: QtBot) -> None:
    school = Organisation(name="Somewhere")
    records.add(workspace, school)
    editor = SchoolYearEditor(context)
    qtbot.addWidget(editor)
    editor.show_school(school.id)
    editor.show()
    assert not editor.ui.newHolidays.isVisible()
    qtbot.mouseClick(editor.ui.createButton, Qt.MouseButton.LeftButton)
    assert len(records.find(workspace, SchoolYear)) == 1


def test_in_a_narrow_place_forms_stand_under_their_lists_and_scroll(
    year: SchoolYear, editor: SchoolYearEditor, workspace: Workspace, qtbot: QtBot
) -> None:
    assert editor.minimumSizeHint().width() < 400  # a place that is narrow can become one
    half = date(2027, 1, 31)
    records.add(workspace, Term(school_year_id=year.id, name="Term 1", starts_on=date(2026, 8, 1), ends_on=half))
    ui = editor.ui
    editor.resize(900, 300)
    ui.parts.setCurrentWidget(ui.termsTab)
    assert ui.term_first_week_letter.height() >= ui.term_first_week_letter.sizeHint().height()
    assert not ui.term_starts_on.geometry().intersects(ui.term_name.geometry())
    ui.schoolYearLayout.setSizeConstraint(QLayout.SizeConstraint.SetNoConstraint)  # as inside of another widget
    editor.resize(400, 900)
    qtbot.waitUntil(lambda: ui.termScroll.y() > ui.terms.geometry().bottom())
    assert editor.lists.checked_button.text() == "Checked"
