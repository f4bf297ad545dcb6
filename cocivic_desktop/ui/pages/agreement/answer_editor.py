"""The field for the answer of a question: a line, a number, a day, a person, or choices to tick."""

from __future__ import annotations

from collections.abc import Callable, Sequence
from datetime import date
from typing import TYPE_CHECKING

from PySide6.QtCore import Qt, Signal
from PySide6.QtWidgets import (
    QButtonGroup,
    QComboBox,
    QLineEdit,
    QRadioButton,
    QSpinBox,
    QStackedWidget,
    QVBoxLayout,
    QWidget,
)

from cocivic_desktop.domain.clause_library import Answer, Question, QuestionText, QuestionType
from cocivic_desktop.domain.organisations import Person
from cocivic_desktop.ui.widgets.date_field import DateField, parse_day

if TYPE_CHECKING:
    from PySide6.QtGui import QKeyEvent


class ChoiceButtons(QWidget):
    """A choice as radio buttons, one below the other."""

    chosen = Signal()

    def __init__(self, parent: QWidget | None = None) -> None:
        super().__init__(parent)
        self._layout = QVBoxLayout(self)
        self._layout.setContentsMargins(0, 0, 0, 0)
        self._layout.setSpacing(0)
        self._group = QButtonGroup(self)
        self._values: list[Answer] = []

    def offer(self, choices: Sequence[tuple[Answer, str]], value: Answer | None) -> None:
        """Offer values with their words; `value` is ticked, none where it is not among them.

        Buttons of the same words stay as they are, and so does the keyboard in them.
        """
        words = [text.replace("&", "&&") for _, text in choices]
        self._values = [one for one, _ in choices]
        if [button.text() for button in self._group.buttons()] != words:
            self._make(words)
        self._group.setExclusive(False)  # else the ticked one cannot be unticked
        for one, button in zip(self._values, self._group.buttons(), strict=True):
            button.setChecked(value is not None and one == value)
        self._group.setExclusive(True)
        buttons = self._group.buttons()
        if buttons:
            self.setFocusProxy(next((one for one in buttons if one.isChecked()), buttons[0]))

    def _make(self, words: Sequence[str]) -> None:
        for button in self._group.buttons():
            self._group.removeButton(button)
            self._layout.removeWidget(button)
            button.hide()
            button.deleteLater()
        for number, text in enumerate(words):
            button = QRadioButton(text, self)
            button.clicked.connect(lambda: self.chosen.emit())
            self._group.addButton(button, number)
            self._layout.addWidget(button)
            button.show()

    @property
    def value(self) -> Answer | None:
        """What is ticked."""
        number = self._group.checkedId()
        return self._values[number] if 0 <= number < len(self._values) else None


class PersonBox(QComboBox):
    """A list of people in which a new name may be typed."""

    def __init__(self, parent: QWidget | None = None) -> None:
        super().__init__(parent)
        self.line = QLineEdit(self)
        self.setLineEdit(self.line)
        self.setInsertPolicy(QComboBox.InsertPolicy.NoInsert)
        self.line.setPlaceholderText(self.tr("Choose, or type a new name"))

    def offer(self, people: Sequence[Person], value: Answer | None) -> None:
        """Offer people; the one whose id is `value` is chosen."""
        self.clear()
        for person in people:
            self.addItem(person.name, str(person.id))
        self.setCurrentIndex(self.findData(value) if value else -1)

    @property
    def value(self) -> str | None:
        """The id of the person whose name stands there; a new name as it is."""
        name = self.currentText().strip()
        known = self.findText(name, Qt.MatchFlag.MatchFixedString)
        return str(self.itemData(known)) if known >= 0 else name or None


class AnswerEditor(QStackedWidget):
    """`ask` shows the field for a question with its present answer or proposal."""

    edited = Signal()
    """The answer that stands there changed, by a key or a click."""
    entered = Signal()
    """Enter was pressed."""

    def __init__(self, parent: QWidget | None = None) -> None:
        super().__init__(parent)
        self.today: Callable[[], date] = date.today
        self.line, self.number, self.day = QLineEdit(), QSpinBox(), DateField()
        self.person, self.choice = PersonBox(), ChoiceButtons()
        self.number.setRange(0, 10_000)
        for editor in (self.line, self.number, self.day, self.person, self.choice):
            self.addWidget(editor)
        for line in (self.line, self.day.line, self.person.line):
            line.textEdited.connect(lambda: self.edited.emit())
        self.number.valueChanged.connect(lambda: self.edited.emit())
        self.person.activated.connect(lambda: self.edited.emit())
        self.day.day_changed.connect(lambda: self.edited.emit())
        self.choice.chosen.connect(self.edited)

    def ask(
        self, question: Question, words: QuestionText, value: Answer | None, people: Sequence[Person], yes: str, no: str
    ) -> None:
        """Show a question's field. `value` None shows the proposal that the library makes, if any.

        `people` are those to choose from; `yes` and `no` the words of these answers.
        """
        self.blockSignals(True)
        shown = question.default if value is None else value
        match question.type:
            case QuestionType.NUMBER:
                proposes = question.default is not None
                self.number.setSpecialValueText("" if proposes else "–")  # 0 then stands for no answer
                self.number.setValue(int(shown or 0))
                self.setCurrentWidget(self.number)
            case QuestionType.BOOL:
                self.choice.offer([(True, yes), (False, no)], shown)
                self.setCurrentWidget(self.choice)
            case QuestionType.CHOICE:
                self.choice.offer([(one, words.options.get(one, one)) for one in question.options], shown)
                self.setCurrentWidget(self.choice)
            case QuestionType.PERSON:
                self.person.offer(people, shown)
                self.setCurrentWidget(self.person)
            case QuestionType.DATE:
                self.day.set_day(date.fromisoformat(str(shown)) if shown else None)
                self.setCurrentWidget(self.day)
            case _:
                self.line.setText(str(shown or ""))
                self.setCurrentWidget(self.line)
        self.currentWidget().setAccessibleName(words.text)
        self.blockSignals(False)
        self.setFixedHeight(self.currentWidget().sizeHint().height())  # not that of the tallest field

    @property
    def value(self) -> Answer | None:
        """The answer that stands there; None for nothing. A new person's name stands for a person."""
        editor = self.currentWidget()
        if editor is self.number:
            return self.number.value() or (None if self.number.specialValueText() else 0)
        if editor is self.choice:
            return self.choice.value
        if editor is self.person:
            return self.person.value
        if editor is self.day:
            day = self._typed_day()
            return day.isoformat() if day else None
        return self.line.text().strip() or None

    @property
    def is_no_day(self) -> bool:
        """Whether a day is asked for and something else is typed."""
        return self.currentWidget() is self.day and bool(self.day.line.text().strip()) and self._typed_day() is None

    def keyPressEvent(self, event: QKeyEvent) -> None:
        """Enter answers, whatever kind of field it is pressed in."""
        if event.key() in (Qt.Key.Key_Return, Qt.Key.Key_Enter):
            self.entered.emit()
            return
        super().keyPressEvent(event)

    def _typed_day(self) -> date | None:
        try:
            return parse_day(self.day.line.text(), self.today())
        except (ValueError, OverflowError):
            return None
