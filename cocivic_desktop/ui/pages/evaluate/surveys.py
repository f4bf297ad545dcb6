"""Surveys of a partnership: prepared, typed in from paper, and read."""

from __future__ import annotations

from typing import TYPE_CHECKING, Any
from uuid import UUID

from cocivic_desktop._generated.forms.evaluate_surveys import Ui_EvaluateSurveys
from cocivic_desktop.domain.surveys import Survey, SurveyGroup, SurveyResponse
from cocivic_desktop.services import records, surveys
from cocivic_desktop.services.surveys import SurveyState
from cocivic_desktop.ui.context import Context
from cocivic_desktop.ui.models.record_table import Chip, Column
from cocivic_desktop.ui.pages.evaluate.survey_questions import QuestionsEditor
from cocivic_desktop.ui.pages.evaluate.survey_sheets import SheetModel
from cocivic_desktop.ui.pages.part import StagePart, fit_width, wrap_lines
from cocivic_desktop.ui.record_form import RecordForm
from cocivic_desktop.ui.texts.words import choice_word
from cocivic_desktop.ui.widgets.record_list import ListSetup

if TYPE_CHECKING:
    from PySide6.QtWidgets import QPushButton, QWidget


class SurveysPart(StagePart):
    """Surveys at the left; questions, sheets and results of the chosen one at the right."""

    def __init__(self, context: Context, parent: QWidget | None = None) -> None:
        super().__init__(context, parent)
        self.ui = Ui_EvaluateSurveys()
        self.ui.setupUi(self)
        self._counts: dict[UUID, int] = {}
        self._shown: UUID | None = None
        self.form = RecordForm(context, Survey, self.ui.fields, save=self._save)
        self.questions = QuestionsEditor(context, self.ui, self)
        self.sheets = SheetModel(self._note, self)
        self.sheet_form = RecordForm(context, SurveyResponse, self.ui.sheetBox, prefix="sheet_")
        self._set_up_list()
        self._set_up_sheets()
        for button, view in self._views().items():
            button.clicked.connect(lambda checked, view=view: self.turn_to(view))
        self.ui.split.setSizes([264, 558])
        fit_width(self.ui.setupPage)
        self.ui.split.setStretchFactor(1, 1)

    def reload(self) -> None:
        """Read the surveys, and show the chosen one anew."""
        self.ui.surveys.reload()

    def open_item(self, section: str, item: UUID | None) -> None:
        """Choose a survey and its sheets; without one put the keyboard on "Add"."""
        known = self.ui.surveys
        if item is not None and known.model.row_of(item) >= 0:
            known.select(item)
            survey = self.survey
            self.turn_to(self.ui.sheetsPage if survey is not None and survey.questions else self.ui.setupPage)
        else:
            (known.add_button if known.model.rows else known.empty.action_button).setFocus()

    def turn_to(self, view: QWidget) -> None:
        """Show questions, sheets or results."""
        self.form.flush()
        self.ui.views.setCurrentWidget(view)
        for button, page in self._views().items():
            button.setChecked(page is view)
        self._show_survey(self.survey)
        if view is self.ui.sheetsPage and self.sheets.questions:
            self.ui.sheetTable.begin()

    @property
    def survey(self) -> Survey | None:
        """The chosen survey."""
        found: Survey | None = self.ui.surveys.current
        return found

    def _views(self) -> dict[QPushButton, QWidget]:
        ui = self.ui
        return {ui.setupButton: ui.setupPage, ui.sheetsButton: ui.sheetsPage, ui.resultsButton: ui.resultsPage}

    def _set_up_list(self) -> None:
        self.ui.surveys.setup(
            self.context,
            ListSetup(
                cls=Survey,
                key="evaluate_surveys",
                title=self.tr("Surveys"),
                add_text=self.tr("Add survey"),
                columns=[
                    Column("title", self.tr("Survey"), self._title, tip=self._title),
                    Column("state", self.tr("State"), self._state, width=92),
                ],
                find=self._find,
                new=self._new,
                sortable=False,
                empty_title=self.tr("No survey yet"),
                empty_text=self.tr(
                    "Ask each group on one page, twice a year. The questions that indicators need are there already; "
                    "the paper sheets are typed in here."
                ),
            ),
        )
        wrap_lines(self.ui.surveys)
        self.ui.surveys.attach(self.form, self.ui.detail)
        self.ui.surveys.selected.connect(self._show_survey)
        self.ui.surveys.added.connect(lambda: self.turn_to(self.ui.setupPage))

    def _set_up_sheets(self) -> None:
        table = self.ui.sheetTable
        table.setModel(self.sheets)
        self.sheets.modelReset.connect(table.fit_columns)
        table.selectionModel().currentChanged.connect(lambda: self._show_place())
        self.ui.removeSheetButton.clicked.connect(lambda: self.remove_sheet())
        self.ui.removeSheetButton.setToolTip(self.tr("Remove the sheet the cursor is on; Undo brings it back"))

    def remove_sheet(self) -> None:
        """Remove the sheet that the cursor is on."""
        sheet = self._sheet()
        if sheet is not None:
            self.sheet_form.load(None)
            self.context.attempt(records.delete, self.context.workspace, SurveyResponse, sheet.id)
            self.context.notify(self.tr("Sheet removed. Ctrl+Z brings it back."))
            self._show_sheets(self.survey)
            self.ui.sheetTable.setFocus()

    def _show_survey(self, survey: Survey | None) -> None:
        view = self.ui.views.currentWidget()
        if view is self.ui.setupPage:
            self.questions.show(survey)
        elif view is self.ui.sheetsPage:
            self._show_sheets(survey)
        else:
            self._show_results(survey)

    def _show_sheets(self, survey: Survey | None) -> None:
        place = self.ui.sheetTable.currentIndex()
        row, column = max(place.row(), 0), max(place.column(), 0)
        other = self._shown != (survey.id if survey is not None else None)
        self._shown = survey.id if survey is not None else None
        asked = surveys.questions(survey, self.context.language) if survey is not None else []
        self.sheets.show(asked, surveys.sheets(self.context.workspace, survey.id) if survey is not None else [])
        if asked and (other or not self.ui.sheetTable.currentIndex().isValid()):
            last = self.sheets.rowCount() - 1
            self.ui.sheetTable.go(last if other else min(row, last), 0 if other else min(column, len(asked) - 1))
        self._show_place()

    def _show_place(self) -> None:
        """Say in full what the cursor's question is, and which day the sheet has."""
        index = self.ui.sheetTable.currentIndex()
        question = self.sheets.question(index.column()) if index.isValid() else None
        if question is None:
            self.ui.currentQuestion.setText(self.tr("This survey has no questions yet. Add them under “Questions”."))
        else:
            count = len(self.sheets.questions)
            text = self.tr("{number} of {count}: {question}")
            self.ui.currentQuestion.setText(text.format(number=index.column() + 1, count=count, question=question.text))
        self.ui.sheetTable.setVisible(bool(self.sheets.questions))
        self.ui.keysHint.setVisible(bool(self.sheets.questions))
        self.sheet_form.load(self._sheet())
        self.ui.removeSheetButton.setEnabled(self._sheet() is not None)

    def _show_results(self, survey: Survey | None) -> None:
        result = surveys.results(self.context.workspace, survey.id, self.context.language) if survey else None
        notice = ""
        if result is not None and not result.enough:
            notice = self.tr(
                "Sheets so far: {count}. Results are shown from {minimum} sheets on, so that nobody can be recognised "
                "by an answer."
            ).format(count=result.sheets, minimum=result.minimum)
        elif result is not None and not result.questions:
            notice = self.tr("This survey has no questions yet. Add them under “Questions”.")
        elif result is not None:
            notice = self.tr("Sheets: {count}. 1 means not at all, 5 means very much.").format(count=result.sheets)
        self.ui.resultsNotice.setText(notice)
        self.ui.resultsView.show_result(result if result is not None and result.enough else None)

    def _sheet(self) -> SurveyResponse | None:
        index = self.ui.sheetTable.currentIndex()
        return self.sheets.sheet(index.row()) if index.isValid() else None

    def _note(self, sheet_id: UUID | None, key: str, value: int | str | None) -> UUID | None:
        survey = self.survey
        if survey is None or (sheet_id is None and value is None):
            return None
        known = self.sheets.sheets
        day = (known[-1].answered_on if known else None) or self.context.today()
        workspace = self.context.workspace
        noted = self.context.attempt(surveys.answer, workspace, survey.id, sheet_id, key, value, day)
        if noted is None:
            return None
        self._show_sheets(survey)
        return noted[0]

    def _find(self, archived: bool) -> list[Survey]:
        found = surveys.surveys(self.context.workspace, self.partnership, archived=None if archived else False)
        self._counts.update({row.survey.id: row.sheets for row in found})
        return [row.survey for row in found]

    def _new(self) -> Survey:
        group = SurveyGroup.STUDENTS
        return Survey(
            partnership_id=self.partnership,
            group=group,
            title=self.tr("New survey"),
            questions=surveys.proposed(group),
        )

    def _save(self, survey: Survey, fields: dict[str, Any]) -> None:
        surveys.change_survey(self.context.workspace, survey.id, **fields)

    def _title(self, survey: Survey) -> str:
        group = choice_word(survey.group)
        title = f"{survey.title} · {group}" if survey.title else group
        return self.tr("{survey} · sheets: {count}").format(survey=title, count=self._counts.get(survey.id, 0))

    def _state(self, survey: Survey) -> Chip:
        words = {
            SurveyState.PREPARED: (self.tr("planned"), "neutral"),
            SurveyState.OPEN: (self.tr("open"), "accent"),
            SurveyState.CLOSED: (self.tr("closed"), "good"),
        }
        return Chip(*words[surveys.state_of(survey, self.context.today())])
