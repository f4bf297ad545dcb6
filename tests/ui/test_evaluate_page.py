"""The evaluation page driven as a person drives it."""

from __future__ import annotations

from datetime import date
from typing import TYPE_CHECKING

import pytest
from PySide6.QtCore import QPoint, Qt
from PySide6.QtTest import QAbstractItemModelTester
from PySide6.QtWidgets import QComboBox, QDoubleSpinBox, QLineEdit

from cocivic_desktop.domain.goals import Indicator, IndicatorAspect, Measurement
from cocivic_desktop.domain.partnerships import Meeting, MeetingKind, Note, NoteKind, Partnership, Stage
from cocivic_desktop.domain.surveys import Survey, SurveyGroup, SurveyResponse
from cocivic_desktop.library.indicators import indicator_catalogue
from cocivic_desktop.services import evaluate, records, surveys
from cocivic_desktop.services.evaluate import IndicatorRow
from cocivic_desktop.services.surveys import OPEN
from cocivic_desktop.store.workspace import Workspace
from cocivic_desktop.ui.context import Context, Target
from cocivic_desktop.ui.pages.evaluate.indicators import IndicatorsPart
from cocivic_desktop.ui.pages.evaluate.lines import Line
from cocivic_desktop.ui.pages.evaluate.survey_results import DistributionBars
from cocivic_desktop.ui.pages.evaluate_page import EvaluatePage

if TYPE_CHECKING:
    from pytestqt.qtbot import QtBot


@pytest.fixture
def page(qtbot: QtBot, context: Context, partnership: Partnership) -> EvaluatePage:
    page = EvaluatePage(context)
    qtbot.addWidget(page)
    page.show_partnership(partnership.id)
    page.resize(860, 560)
    page.show()
    qtbot.waitExposed(page)
    return page


def place(part: IndicatorsPart, code: str) -> int:
    return part.model.place_of(f"{code}:0")


def line(part: IndicatorsPart, code: str) -> Line:
    return part.model.rows[place(part, code)]


def row(part: IndicatorsPart, code: str) -> IndicatorRow:
    found = line(part, code).row
    assert found is not None
    return found


def choose(part: IndicatorsPart, code: str) -> None:
    part.ui.table.setCurrentIndex(part.model.index(place(part, code), 0))


def go_to(qtbot: QtBot, page: EvaluatePage, section: str, item: object = None) -> None:
    page.go_to(Target("partnership", page.partnership, section=section, item=item))  # type: ignore[arg-type]
    qtbot.wait(0)


def used(workspace: Workspace) -> list[Indicator]:
    return records.find(workspace, Indicator)


def test_the_whole_catalogue_stands_under_the_four_aspects(page: EvaluatePage) -> None:
    part = page.indicators
    QAbstractItemModelTester(part.model, QAbstractItemModelTester.FailureReportingMode.Fatal)
    headings = [number for number, one in enumerate(part.model.rows) if one.row is None]
    assert len(headings) == len(IndicatorAspect)
    assert all(
        part.model.flags(part.model.index(number, 0)) & Qt.ItemFlag.ItemIsEnabled == Qt.ItemFlag(0)
        for number in headings
    )
    assert len(part.model.rows) == len(headings) + len(indicator_catalogue())
    assert part.current is not None


def test_what_can_be_computed_is_computed_after_changes_made_elsewhere(qtbot: QtBot, page: EvaluatePage) -> None:
    part = page.indicators
    assert row(part, "management_meetings").actual == 0
    meeting = Meeting(partnership_id=page.partnership, kind=MeetingKind.STEERING, held_on=date(2026, 9, 1))
    records.add(page.context.workspace, meeting)
    qtbot.waitUntil(lambda: row(part, "management_meetings").actual == 1)
    assert "meetings" in part.source_text(line(part, "management_meetings"))


def test_a_tick_takes_an_indicator_and_leaves_it_out(qtbot: QtBot, page: EvaluatePage) -> None:
    part, workspace = page.indicators, page.context.workspace
    choose(part, "students_reached")
    part.ui.table.setFocus()
    qtbot.keyClick(part.ui.table, Qt.Key.Key_Space)
    qtbot.waitUntil(lambda: line(part, "students_reached").indicator_id is not None)
    taken = used(workspace)
    assert [one.code for one in taken] == ["students_reached"]
    assert part.current is not None and part.current.id == "students_reached:0"
    part.ui.useButton.click()
    qtbot.waitUntil(lambda: line(part, "students_reached").indicator_id is None)
    assert used(workspace) == []
    part.ui.useButton.click()
    qtbot.waitUntil(lambda: line(part, "students_reached").indicator_id == taken[0].id)
    workspace.undo()
    qtbot.waitUntil(lambda: line(part, "students_reached").indicator_id is None)


def test_a_target_typed_into_the_table_takes_the_indicator(qtbot: QtBot, page: EvaluatePage) -> None:
    part, workspace = page.indicators, page.context.workspace
    index = part.model.index(place(part, "students_reached"), 1)
    part.ui.table.setCurrentIndex(index)
    part.ui.table.edit(index)
    editor = part.ui.table.findChild(QDoubleSpinBox)
    assert editor is not None
    editor.selectAll()
    qtbot.keyClicks(editor, "120")
    qtbot.keyClick(editor, Qt.Key.Key_Return)
    qtbot.waitUntil(lambda: row(part, "students_reached").target == 120)
    assert [one.target for one in used(workspace)] == [120]
    workspace.undo()
    assert used(workspace) == []


def test_a_rating_takes_no_target_above_five_and_yes_or_no_is_a_choice(qtbot: QtBot, page: EvaluatePage) -> None:
    part = page.indicators
    index = part.model.index(place(part, "solutions_useful"), 1)
    part.ui.table.edit(index)
    number = part.ui.table.findChild(QDoubleSpinBox)
    assert number is not None and number.maximum() == 5
    qtbot.keyClick(number, Qt.Key.Key_Escape)
    index = part.model.index(place(part, "agreement_signed"), 1)
    part.ui.table.edit(index)
    box = part.ui.table.findChild(QComboBox)
    assert box is not None
    box.setCurrentIndex(1)
    box.activated.emit(1)
    qtbot.waitUntil(lambda: row(part, "agreement_signed").target == 1)
    choose(part, "agreement_signed")
    assert part.ui.targetChoice.isVisible() and not part.ui.target.isVisible()
    part.ui.targetChoice.setCurrentIndex(2)
    part.ui.targetChoice.activated.emit(2)
    qtbot.waitUntil(lambda: row(part, "agreement_signed").target == 0)


def test_values_are_noted_with_day_and_source_and_keep_their_history(qtbot: QtBot, page: EvaluatePage) -> None:
    part, workspace = page.indicators, page.context.workspace
    manual = next(one.code for one in part._rows if one.item is not None and [*one.item.means] == ["manual"])
    choose(part, manual)
    part.ui.useButton.click()
    qtbot.waitUntil(part.ui.measurementBox.isVisible)
    qtbot.mouseClick(part.ui.measurements.empty.action_button, Qt.MouseButton.LeftButton)
    part.ui.m_value.setValue(7)
    part.ui.m_source.setText("Front desk")
    part.ui.m_source.textEdited.emit("Front desk")
    assert part.detail.measurement_form.flush()
    qtbot.waitUntil(lambda: row(part, manual).actual == 7)
    assert "Front desk" in part.source_text(line(part, manual))
    indicator_id = line(part, manual).indicator_id
    assert indicator_id is not None
    older = Measurement(indicator_id=indicator_id, measured_on=date(2026, 5, 1), value=3)
    records.add(workspace, older)
    qtbot.waitUntil(lambda: len(part.ui.measurements.model.rows) == 2)
    assert row(part, manual).actual == 7
    assert [one.value for one in part.ui.measurements.model.rows] == [7, 3]


def test_an_own_indicator_is_named_and_measured_in_its_own_unit(qtbot: QtBot, page: EvaluatePage) -> None:
    part, workspace = page.indicators, page.context.workspace
    qtbot.mouseClick(part.ui.ownButton, Qt.MouseButton.LeftButton)
    qtbot.waitUntil(part.ui.ownFields.isVisible)
    part.ui.name.selectAll()
    qtbot.keyClicks(part.ui.name, "Trees planted")
    assert part.detail.form.flush()
    part.ui.unitChoice.setCurrentText("trees")
    unit_line = part.ui.unitChoice.lineEdit()
    assert unit_line is not None
    unit_line.editingFinished.emit()
    qtbot.waitUntil(lambda: used(workspace)[0].unit == "trees")
    assert used(workspace)[0].name == "Trees planted"
    qtbot.waitUntil(lambda: any(one.row and one.row.name() == "Trees planted" for one in part.model.rows))


def test_only_ours_hides_the_rest_and_is_remembered(qtbot: QtBot, page: EvaluatePage) -> None:
    part = page.indicators
    evaluate.use_indicator(page.context.workspace, page.partnership, "students_reached")
    qtbot.waitUntil(part.ui.onlyUsed.isEnabled)
    part.ui.onlyUsed.setChecked(True)
    assert [one.row is None for one in part.model.rows] == [True, False]
    assert page.context.flag("evaluate/only_used", False)


def test_a_next_step_chooses_its_indicator(qtbot: QtBot, page: EvaluatePage) -> None:
    indicator_id, _ = evaluate.use_indicator(page.context.workspace, page.partnership, "joint_events")
    go_to(qtbot, page, "indicators", indicator_id)
    assert page.indicators.current is not None
    assert page.indicators.current.indicator_id == indicator_id


def test_a_lesson_is_written_down(qtbot: QtBot, page: EvaluatePage) -> None:
    workspace = page.context.workspace
    go_to(qtbot, page, "lessons")
    part = page.notes
    assert page.ui.tabs.currentWidget() is part
    qtbot.mouseClick(part.ui.notes.empty.action_button, Qt.MouseButton.LeftButton)
    part.ui.title.selectAll()
    qtbot.keyClicks(part.ui.title, "Start earlier")
    part.ui.text.setPlainText("Ask for rooms in May.")
    assert part.form.flush()
    (note,) = records.find(workspace, Note)
    assert (note.kind, note.title, note.text) == (NoteKind.LESSON_LEARNED, "Start earlier", "Ask for rooms in May.")
    assert note.noted_on == page.context.today()
    records.add(workspace, Note(partnership_id=page.partnership, kind=NoteKind.MEDIA, title="In the paper"))
    go_to(qtbot, page, "notes")
    qtbot.waitUntil(lambda: len(part.ui.notes.model.rows) == 2)


def test_a_feedback_dialogue_is_planned_among_the_meetings(qtbot: QtBot, page: EvaluatePage) -> None:
    asked: list[Target] = []
    page.context.navigate = asked.append
    go_to(qtbot, page, "feedback")
    qtbot.waitUntil(lambda: bool(asked))
    assert (asked[0].stage, asked[0].section) == (Stage.INITIATE, "meetings")


def add_survey(page: EvaluatePage, *questions: str, minimum: int = 3) -> Survey:
    made = Survey(
        partnership_id=page.partnership,
        group=SurveyGroup.STUDENTS,
        title="After eight weeks",
        questions=[*questions],
        minimum_group=minimum,
    )
    records.add(page.context.workspace, made)
    return made


def stored(workspace: Workspace) -> list[dict[str, int | str]]:
    return [sheet.answers for sheet in sorted(records.find(workspace, SurveyResponse), key=lambda one: one.created_at)]


def test_a_survey_begins_with_the_questions_that_indicators_need(qtbot: QtBot, page: EvaluatePage) -> None:
    workspace, part = page.context.workspace, page.surveys
    go_to(qtbot, page, "surveys")
    assert page.ui.tabs.currentWidget() is part
    qtbot.mouseClick(part.ui.surveys.empty.action_button, Qt.MouseButton.LeftButton)
    part.ui.title.selectAll()
    qtbot.keyClicks(part.ui.title, "Looking back")
    assert part.form.flush()
    (survey,) = records.find(workspace, Survey)
    assert survey.title == "Looking back"
    assert survey.questions == surveys.proposed(SurveyGroup.STUDENTS)
    part.ui.group.setCurrentIndex([*SurveyGroup].index(SurveyGroup.TEACHERS))
    part.ui.group.activated.emit(part.ui.group.currentIndex())
    qtbot.waitUntil(lambda: records.find(workspace, Survey)[0].questions == surveys.proposed(SurveyGroup.TEACHERS))
    qtbot.waitUntil(lambda: len(part.questions.model.rows) == len(surveys.proposed(SurveyGroup.TEACHERS)))


def test_questions_are_chosen_written_ordered_and_removed(qtbot: QtBot, page: EvaluatePage) -> None:
    workspace, part = page.context.workspace, page.surveys
    survey = add_survey(page, "civic_awareness")
    go_to(qtbot, page, "surveys")
    table = part.ui.questionTable
    QAbstractItemModelTester(part.questions.model, QAbstractItemModelTester.FailureReportingMode.Fatal)

    def asked() -> list[str]:
        return records.get(workspace, Survey, survey.id).questions

    part.questions.menu.aboutToShow.emit()
    choices = [action for action in part.questions.menu.actions() if action.text() and not action.isSeparator()]
    choices[0].trigger()
    assert asked() == ["civic_awareness", "satisfaction_students"]
    choices[-1].trigger()
    editor = table.findChild(QLineEdit)
    assert editor is not None
    editor.selectAll()
    qtbot.keyClicks(editor, "What should change?")
    qtbot.keyClick(editor, Qt.Key.Key_Return)
    qtbot.waitUntil(lambda: asked()[-1] == OPEN + "What should change?")
    qtbot.waitUntil(lambda: part.questions.model.rows[2].question.text == "What should change?")
    part.ui.upButton.click()
    assert asked()[1] == OPEN + "What should change?"
    assert part.questions.current is not None and part.questions.current.number == 2
    part.ui.removeButton.click()
    assert asked() == ["civic_awareness", "satisfaction_students"]
    assert not part.questions.model.flags(part.questions.model.index(0, 1)) & Qt.ItemFlag.ItemIsEditable


def test_paper_sheets_are_typed_in_by_keyboard(qtbot: QtBot, page: EvaluatePage) -> None:
    workspace, part = page.context.workspace, page.surveys
    survey = add_survey(page, "satisfaction_students", "civic_awareness", OPEN + "Why?")
    go_to(qtbot, page, "surveys", survey.id)
    table = part.ui.sheetTable
    QAbstractItemModelTester(part.sheets, QAbstractItemModelTester.FailureReportingMode.Fatal)
    assert part.ui.views.currentWidget() is part.ui.sheetsPage
    assert "1 of 3" in part.ui.currentQuestion.text()

    def at() -> tuple[int, int]:
        return table.currentIndex().row(), table.currentIndex().column()

    qtbot.keyClicks(table, "45")
    assert at() == (0, 2)
    qtbot.keyClick(table, Qt.Key.Key_F2)
    editor = table.findChild(QLineEdit)
    assert editor is not None
    qtbot.keyClicks(editor, "4 of us liked it")
    qtbot.keyClick(editor, Qt.Key.Key_Return)
    qtbot.waitUntil(lambda: at() == (1, 0))
    qtbot.keyClicks(table, "9 3")
    assert at() == (1, 2)
    qtbot.keyClick(table, Qt.Key.Key_Return)
    assert at() == (2, 0)
    qtbot.keyClick(table, Qt.Key.Key_Return)
    assert at() == (2, 0)
    assert stored(workspace) == [
        {"satisfaction_students": 4, "civic_awareness": 5, OPEN + "Why?": "4 of us liked it"},
        {"civic_awareness": 3},
    ]
    assert {sheet.answered_on for sheet in records.find(workspace, SurveyResponse)} == {page.context.today()}
    qtbot.keyClick(table, Qt.Key.Key_Backspace)
    qtbot.keyClick(table, Qt.Key.Key_Backspace)
    qtbot.keyClick(table, Qt.Key.Key_Delete)
    assert stored(workspace)[1] == {}
    workspace.undo()
    qtbot.waitUntil(lambda: part.sheets.index(1, 1).data() == "3")
    assert at() == (1, 1)
    part.ui.removeSheetButton.click()
    assert len(stored(workspace)) == 1
    assert part.sheets.rowCount() == 2


def test_a_sheet_gets_its_day_and_the_next_ones_take_it(qtbot: QtBot, page: EvaluatePage) -> None:
    workspace, part = page.context.workspace, page.surveys
    survey = add_survey(page, "civic_awareness")
    go_to(qtbot, page, "surveys", survey.id)
    table = part.ui.sheetTable
    qtbot.keyClicks(table, "4")
    assert part.sheet_form.record is not None
    part.ui.sheet_answered_on.set_day(date(2026, 9, 7))
    part.sheet_form.fields["answered_on"].finished.emit()
    qtbot.waitUntil(lambda: part.sheets.sheets[0].answered_on == date(2026, 9, 7))
    table.begin()
    qtbot.keyClicks(table, "3")
    assert {sheet.answered_on for sheet in records.find(workspace, SurveyResponse)} == {date(2026, 9, 7)}


def test_results_wait_for_enough_sheets(qtbot: QtBot, page: EvaluatePage) -> None:
    workspace, part = page.context.workspace, page.surveys
    survey = add_survey(page, "satisfaction_students")
    for value in (5, 4):
        surveys.answer(workspace, survey.id, None, "satisfaction_students", value, page.context.today())
    go_to(qtbot, page, "surveys", survey.id)
    part.ui.resultsButton.click()
    assert part.ui.resultsView.texts == []
    assert "from 3 sheets on" in part.ui.resultsNotice.text()
    surveys.answer(workspace, survey.id, None, "satisfaction_students", 3, page.context.today())
    qtbot.waitUntil(lambda: bool(part.ui.resultsView.texts))
    assert any("Mean 4 of 5" in text and "3 answers" in text for text in part.ui.resultsView.texts)
    (bars,) = part.ui.resultsView.findChildren(DistributionBars)
    assert bars.distribution == (0, 0, 1, 1, 1)


def test_the_search_finds_a_survey_on_its_tab(qtbot: QtBot, page: EvaluatePage) -> None:
    add_survey(page, "civic_awareness")
    other = add_survey(page)
    go_to(qtbot, page, "survey", other.id)
    assert page.surveys.survey is not None and page.surveys.survey.id == other.id
    assert page.surveys.ui.views.currentWidget() is page.surveys.ui.setupPage


def test_in_a_low_window_the_fields_of_a_survey_scroll_and_never_overlap(qtbot: QtBot, page: EvaluatePage) -> None:
    add_survey(page)
    page.resize(736, 330)
    ui = page.surveys.ui
    page.ui.tabs.setCurrentWidget(page.surveys)
    qtbot.waitUntil(lambda: ui.opened_on.isVisible())
    page.surveys.turn_to(ui.setupPage)
    qtbot.waitUntil(lambda: ui.opened_on.height() >= ui.opened_on.minimumSizeHint().height())
    above, below = ui.title.mapTo(page, ui.title.rect().bottomLeft()), ui.opened_on.mapTo(page, QPoint())
    assert below.y() > above.y()
    assert ui.questionTable.height() >= 96
