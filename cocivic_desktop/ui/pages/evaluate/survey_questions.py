"""The questions of a survey: chosen from the catalogue, written oneself, put in order."""

from __future__ import annotations

from dataclasses import dataclass
from typing import TYPE_CHECKING

from PySide6.QtCore import QEvent, QObject, Qt
from PySide6.QtGui import QKeySequence, QShortcut
from PySide6.QtWidgets import QAbstractItemView, QHeaderView, QMenu

from cocivic_desktop.domain.surveys import Survey
from cocivic_desktop.services import records, surveys
from cocivic_desktop.services.surveys import OPEN, Question
from cocivic_desktop.ui import icons
from cocivic_desktop.ui.context import Context
from cocivic_desktop.ui.models.record_table import Column, RecordTableModel
from cocivic_desktop.ui.texts.words import word
from cocivic_desktop.ui.widgets.chip_delegate import ChipDelegate
from cocivic_desktop.ui.widgets.tables import dress_table

if TYPE_CHECKING:
    from PySide6.QtCore import QModelIndex, QPersistentModelIndex

    from cocivic_desktop._generated.forms.evaluate_surveys import Ui_EvaluateSurveys

TWO_LINES = 48
"""Height of a row, in logical pixels."""


@dataclass(frozen=True)
class Line:
    """A question in its place."""

    number: int
    question: Question

    @property
    def id(self) -> str:
        """The question as the survey holds it."""
        return self.question.key


class QuestionsModel(RecordTableModel[Line]):
    """Only own questions can be reworded."""

    def flags(self, index: QModelIndex | QPersistentModelIndex) -> Qt.ItemFlag:
        """As the columns say; the catalogue's words stay."""
        flags = super().flags(index)
        line = self.record(index)
        return flags & ~Qt.ItemFlag.ItemIsEditable if line is not None and line.question.item is not None else flags


class QuestionsEditor(QObject):
    """Drives the list of questions on the survey's first view."""

    def __init__(self, context: Context, ui: Ui_EvaluateSurveys, parent: QObject) -> None:
        super().__init__(parent)
        self.context, self.ui = context, ui
        self.survey: Survey | None = None
        self.model = QuestionsModel(
            [
                Column("number", "", lambda line: f"{line.number}.", width=40),
                Column(
                    "question",
                    self.tr("Question"),
                    lambda line: line.question.text,
                    change=self._reword,
                    tip=lambda line: line.question.text,
                ),
                Column("kind", self.tr("Answer"), self._kind, width=132, tip=self._feeds),
            ],
            self,
        )
        self.menu = QMenu(ui.addButton)
        self.menu.setToolTipsVisible(True)
        self.menu.aboutToShow.connect(self._fill_menu)
        ui.addButton.setMenu(self.menu)
        ui.questionEmpty.set_texts(
            self.tr("No questions yet"),
            self.tr("Five questions on one page are enough. Take those that indicators need, then add your own."),
            "",
        )
        self._dress_table()
        for button, action in (
            (ui.upButton, lambda: self.move(-1)),
            (ui.downButton, lambda: self.move(1)),
            (ui.removeButton, self.remove),
        ):
            button.clicked.connect(lambda checked, action=action: action())
        for keys, action in (
            ("Alt+Up", lambda: self.move(-1)),
            ("Alt+Down", lambda: self.move(1)),
            ("Del", self.remove),
        ):
            shortcut = QShortcut(QKeySequence(keys), ui.questionTable)
            shortcut.setContext(Qt.ShortcutContext.WidgetShortcut)
            shortcut.activated.connect(action)
        self._draw_icons()
        ui.questionTable.installEventFilter(self)

    def show(self, survey: Survey | None) -> None:
        """Show the questions of a survey; the chosen one stays chosen."""
        chosen = self.current
        changed = self.survey is None or survey is None or survey.id != self.survey.id
        self.survey = survey
        found = surveys.questions(survey, self.context.language) if survey is not None else []
        lines = [Line(number + 1, question) for number, question in enumerate(found)]
        if lines != self.model.rows:  # else an open editor would lose what is being typed
            self.model.set_rows(lines)
        self.ui.questionsCount.setText(str(len(found)) if found else "")
        self.ui.questionStack.setCurrentWidget(self.ui.questionTable if found else self.ui.questionEmpty)
        if found:
            self._choose(0 if changed or chosen is None else self._place_of(chosen.question.key, chosen.number - 1))
        self._tell()

    @property
    def current(self) -> Line | None:
        """The chosen question."""
        return self.model.record(self.ui.questionTable.currentIndex())

    def add(self, key: str, *, edit: bool = False) -> None:
        """Put a question last; an own one opens for writing."""
        if self.survey is None:
            return
        key = self._unused(key)
        if self.context.attempt(surveys.add_question, self.context.workspace, self.survey.id, key) is None:
            return
        self._reread()
        self._choose(len(self.model.rows) - 1)
        self.ui.questionTable.setFocus()
        if edit:
            self.ui.questionTable.edit(self.ui.questionTable.currentIndex())

    def move(self, step: int) -> None:
        """Move the chosen question up (-1) or down (1)."""
        line = self.current
        if line is not None and self.survey is not None:
            place = line.number - 1
            self.context.attempt(surveys.move_question, self.context.workspace, self.survey.id, place, step)
            self._reread()

    def remove(self) -> None:
        """Take the chosen question out, with its answers."""
        line = self.current
        if line is not None and self.survey is not None:
            key = line.question.key
            self.context.attempt(surveys.remove_question, self.context.workspace, self.survey.id, key)
            self.context.notify(self.tr("Removed with its answers. Ctrl+Z brings them back."))
            self._reread()

    def eventFilter(self, watched: QObject, event: QEvent) -> bool:
        """Colour the icons anew with the theme."""
        if event.type() == QEvent.Type.PaletteChange:
            self._draw_icons()
        return super().eventFilter(watched, event)

    def _dress_table(self) -> None:
        table = self.ui.questionTable
        dress_table(table)
        table.setModel(self.model)
        table.setItemDelegate(ChipDelegate(table))
        table.setWordWrap(True)
        table.verticalHeader().setDefaultSectionSize(TWO_LINES)
        table.setEditTriggers(
            QAbstractItemView.EditTrigger.DoubleClicked | QAbstractItemView.EditTrigger.EditKeyPressed
        )
        table.horizontalHeader().setSectionResizeMode(1, QHeaderView.ResizeMode.Stretch)
        table.setColumnWidth(0, 40)
        table.setColumnWidth(2, 132)
        table.selectionModel().currentRowChanged.connect(lambda: self._tell())

    def _fill_menu(self) -> None:
        self.menu.clear()
        offered = surveys.fitting(self.survey) if self.survey is not None else []
        if self.survey is not None:
            group = word(self.survey.group)
            self.menu.addSection(self.tr("For indicators, asked of: {group}").format(group=group))
        for item in offered:
            action = self.menu.addAction(item.question(self.context.language).replace("&", "&&"))
            action.setToolTip(self.tr("Feeds: {indicator}").format(indicator=item.name(self.context.language)))
            action.triggered.connect(lambda checked, code=item.code: self.add(code))
        if not offered:
            self.menu.addAction(self.tr("All of them are asked already")).setEnabled(False)
        self.menu.addSeparator()
        own = self.menu.addAction(self.tr("Own question, answered from &1 to 5"))
        own.triggered.connect(lambda: self.add(self.tr("New question"), edit=True))
        in_words = self.menu.addAction(self.tr("Own question, answered in &words"))
        in_words.triggered.connect(lambda: self.add(OPEN + self.tr("New question"), edit=True))

    def _unused(self, key: str) -> str:
        taken = self.survey.questions if self.survey is not None else []
        wanted, number = key, 2
        while wanted in taken:
            wanted, number = f"{key} {number}", number + 1
        return wanted

    def _reword(self, line: Line, text: str) -> None:
        if self.survey is not None and text.strip() and text.strip() != line.question.text:
            key = line.question.key
            self.context.attempt(surveys.reword_question, self.context.workspace, self.survey.id, key, text)

    def _reread(self) -> None:
        if self.survey is not None:
            self.show(records.get(self.context.workspace, Survey, self.survey.id))

    def _kind(self, line: Line) -> str:
        if line.question.item is not None:
            return self.tr("1 to 5, indicator")
        return self.tr("In words") if line.question.in_words else self.tr("1 to 5, own")

    def _feeds(self, line: Line) -> str:
        item = line.question.item
        return self.tr("Feeds: {indicator}").format(indicator=item.name(self.context.language)) if item else ""

    def _place_of(self, key: str, otherwise: int) -> int:
        keys = [line.question.key for line in self.model.rows]
        return keys.index(key) if key in keys else min(otherwise, len(keys) - 1)

    def _choose(self, place: int) -> None:
        if self.ui.questionTable.currentIndex().row() != place:
            self.ui.questionTable.setCurrentIndex(self.model.index(place, 1))

    def _tell(self) -> None:
        line = self.current
        self.ui.upButton.setEnabled(line is not None and line.number > 1)
        self.ui.downButton.setEnabled(line is not None and line.number < len(self.model.rows))
        self.ui.removeButton.setEnabled(line is not None)

    def _draw_icons(self) -> None:
        for button, name in ((self.ui.upButton, "up"), (self.ui.downButton, "down"), (self.ui.removeButton, "close")):
            button.setIcon(icons.icon(name, "muted"))
