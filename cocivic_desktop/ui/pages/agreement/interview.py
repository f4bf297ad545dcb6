"""The guided interview: one question at a time, why it matters, and the clauses that its answer fills."""

from __future__ import annotations

from datetime import date

from PySide6.QtCore import Qt
from PySide6.QtWidgets import QComboBox, QLineEdit, QListWidgetItem, QSpinBox, QWidget

from cocivic_desktop._generated.forms.agreement_interview import Ui_AgreementInterview
from cocivic_desktop.domain.clause_library import Answer, Question, QuestionType
from cocivic_desktop.domain.errors import CoCivicError, InvalidField
from cocivic_desktop.domain.organisations import Person, PersonKind
from cocivic_desktop.domain.rules.drafting import placeholders
from cocivic_desktop.library.questions import group_titles, question_texts, questions
from cocivic_desktop.services import agreements, records
from cocivic_desktop.services.drafts import Draft, wording
from cocivic_desktop.ui.context import Context
from cocivic_desktop.ui.pages.agreement.section import Section
from cocivic_desktop.ui.widgets.date_field import DateField


class InterviewSection(Section):
    """Asks what is not known yet; every answer can be changed or taken back."""

    def __init__(self, context: Context, parent: QWidget | None = None) -> None:
        super().__init__(context, parent)
        self.ui = Ui_AgreementInterview()
        self.ui.setupUi(self)
        self._question: Question | None = None
        self._line, self._number = QLineEdit(), QSpinBox()
        self._choice, self._day = QComboBox(), DateField()
        self._number.setRange(0, 10_000)
        for editor in (self._line, self._number, self._choice, self._day):
            self.ui.editors.addWidget(editor)
        self.ui.editors.setMaximumHeight(120)
        self._line.returnPressed.connect(self.answer)
        self.ui.list.currentItemChanged.connect(lambda: self._show_current())
        self.ui.answerButton.clicked.connect(lambda: self.answer())
        self.ui.skipButton.clicked.connect(lambda: self._next())
        self.ui.clearButton.clicked.connect(lambda: self._take_back())
        self.ui.splitter.setSizes([300, 560])

    def reload(self) -> None:
        """Show open questions first marked as open, answered ones with their answer."""
        if self.draft is None:
            return
        open_codes = {question.code for question in self.draft.open_questions()}
        present = self._question.code if self._question else None
        texts, groups = question_texts(self.context.language), group_titles(self.context.language)
        self.ui.list.blockSignals(True)
        self.ui.list.clear()
        group = ""
        chosen: QListWidgetItem | None = None
        for question in questions():
            if question.code not in open_codes and question.code not in self.draft.answers:
                continue
            if question.group != group:
                group = question.group
                head = QListWidgetItem(groups.get(group, group))
                head.setFlags(Qt.ItemFlag.NoItemFlags)
                self.ui.list.addItem(head)
            is_open = question.code in open_codes
            item = QListWidgetItem(("○  " if is_open else "✓  ") + texts[question.code].short)
            state = self.tr("open") if is_open else self.tr("answered")
            item.setData(Qt.ItemDataRole.AccessibleTextRole, f"{texts[question.code].short}, {state}")
            item.setData(Qt.ItemDataRole.UserRole, question)
            self.ui.list.addItem(item)
            if question.code == present or (present is None and is_open and chosen is None):
                chosen = item
        self.ui.list.blockSignals(False)
        if chosen is None:
            chosen = next(iter(self._items()), None)
        if chosen is not None:
            self.ui.list.setCurrentItem(chosen)
        self._show_current()

    def start(self) -> None:
        """Go to the first open question and put the keyboard into its answer."""
        self._question = None
        self.reload()
        self.ui.editors.currentWidget().setFocus()

    def answer(self) -> None:
        """Store the answer and go on to the next open question."""
        if self.draft is None or self._question is None:
            return
        value = self._value()
        if value is None:
            self._complain(self.tr("Give an answer, or skip the question."))
            return
        try:
            agreements.answer(self.context.workspace, self.draft.agreement.id, self._question.code, value)
        except InvalidField as error:
            self._complain(str(error))
            return
        except CoCivicError as error:
            self.context.report(error)
            return
        self._next()

    def _next(self) -> None:
        items = self._items()
        row = self.ui.list.currentRow()
        after = [item for item in items if self.ui.list.row(item) > row and item.text().startswith("○")]
        before = [item for item in items if item.text().startswith("○") and self.ui.list.row(item) != row]
        following = next(iter(after or before), None)
        if following is None:
            self.context.notify(self.tr("Every question is answered."))
            return
        self.ui.list.setCurrentItem(following)
        self.ui.editors.currentWidget().setFocus()

    def _take_back(self) -> None:
        if self.draft is not None and self._question is not None:
            code = self._question.code
            self.context.attempt(agreements.answer, self.context.workspace, self.draft.agreement.id, code, None)

    def _items(self) -> list[QListWidgetItem]:
        rows = [self.ui.list.item(row) for row in range(self.ui.list.count())]
        return [item for item in rows if item.data(Qt.ItemDataRole.UserRole) is not None]

    def _show_current(self) -> None:
        item: QListWidgetItem | None = self.ui.list.currentItem()  # Qt's own declaration forgets that there may be none
        question = item.data(Qt.ItemDataRole.UserRole) if item is not None else None
        self.ui.pane.setEnabled(question is not None)
        if question is None or self.draft is None:
            return
        self._question = question
        texts = question_texts(self.context.language)[question.code]
        self.ui.group.setText(group_titles(self.context.language).get(question.group, ""))
        self.ui.question.setText(texts.text)
        self.ui.why.setText(texts.why)
        self.ui.problem.hide()
        self.ui.fills.setText(self._fills(self.draft, question))
        self._show_editor(question, self.draft.answers.get(question.code))
        self.ui.clearButton.setVisible(question.code in self.draft.agreement.answers)

    def _fills(self, draft: Draft, question: Question) -> str:
        titles = [
            wording(clause.titles, self.language)
            for clause in draft.included
            if question.placeholder and question.placeholder in placeholders(wording(clause.texts, self.language))
        ]
        return self.tr("Fills: {clauses}").format(clauses=", ".join(titles)) if titles else ""

    def _show_editor(self, question: Question, value: Answer | None) -> None:
        editor: QWidget
        match question.type:
            case QuestionType.NUMBER:
                editor = self._number
                self._number.setValue(int(value or question.default or 0))
            case QuestionType.BOOL | QuestionType.CHOICE | QuestionType.PERSON:
                editor = self._choice
                self._fill_choice(question, value if value is not None else question.default)
            case QuestionType.DATE:
                editor = self._day
                self._day.set_day(date.fromisoformat(str(value)) if value else None)
            case _:
                editor = self._line
                self._line.setText(str(value if value is not None else question.default or ""))
        editor.setAccessibleName(question_texts(self.context.language)[question.code].text)
        self.ui.editors.setCurrentWidget(editor)
        self.ui.editors.setFixedHeight(40)

    def _fill_choice(self, question: Question, value: Answer | None) -> None:
        self._choice.clear()
        if question.type is QuestionType.BOOL:
            self._choice.addItem(self.tr("Yes"), True)
            self._choice.addItem(self.tr("No"), False)
        elif question.type is QuestionType.CHOICE:
            labels = question_texts(self.context.language)[question.code].options
            for option in question.options:
                self._choice.addItem(labels.get(option, option), option)
        elif self.draft is not None:
            ours = self.draft.ours.id if self.draft.ours else None
            wanted = ours if question.side == "cso" else self.draft.school.id
            for person in self.draft.people:
                if person.organisation_id == wanted:
                    self._choice.addItem(person.name, str(person.id))
            if not self._choice.count():
                self._complain(self.tr("Nobody is known there yet: type the name, and the person is added."))
        self._take_names(question.type is QuestionType.PERSON)
        index = self._choice.findData(value)
        self._choice.setCurrentIndex(max(0, index) if self._choice.count() else -1)

    def _take_names(self, on: bool) -> None:
        """Let a new person's name be typed into the list of people."""
        if on == self._choice.isEditable():
            return
        self._choice.setEditable(on)
        self._choice.setInsertPolicy(QComboBox.InsertPolicy.NoInsert)
        line = self._choice.lineEdit()
        if line is not None:
            line.setPlaceholderText(self.tr("Choose, or type a new name"))
            line.returnPressed.connect(self.answer)

    def _value(self) -> Answer | None:
        editor = self.ui.editors.currentWidget()
        if editor is self._number:
            return self._number.value()
        if editor is self._choice and self._choice.isEditable():
            return self._chosen_person()
        if editor is self._choice:
            value: Answer | None = self._choice.currentData()
            return value
        if editor is self._day:
            day = self._day.day
            return day.isoformat() if day else None
        return self._line.text().strip() or None

    def _chosen_person(self) -> str | None:
        """The id of the person whose name stands there; somebody new is added to the question's side."""
        name = self._choice.currentText().strip()
        known = self._choice.findText(name, Qt.MatchFlag.MatchFixedString)
        if known >= 0:
            return str(self._choice.itemData(known))
        if not name or self.draft is None or self._question is None:
            return None
        ours = self.draft.ours.id if self.draft.ours else None
        own = self._question.side == "cso"
        person = Person(
            name=name,
            organisation_id=ours if own else self.draft.school.id,
            kind=PersonKind.STAFF if own else PersonKind.TEACHER,
        )
        added = self.context.attempt(records.add, self.context.workspace, person)
        return str(person.id) if added is not None else None

    def _complain(self, text: str) -> None:
        self.ui.problem.setText(text)
        self.ui.problem.show()
