"""How a widget of a form shows a value and gives it back: one adapter per kind of widget.

`read` raises ValueError with a problem's code (`texts/fields.py`) when what is typed is no value.
"""

from __future__ import annotations

from collections.abc import Callable
from datetime import date
from enum import StrEnum
from typing import Any, Protocol

from PySide6.QtCore import QObject, Qt, Signal, SignalInstance
from PySide6.QtWidgets import (
    QAbstractSpinBox,
    QCheckBox,
    QComboBox,
    QDoubleSpinBox,
    QLineEdit,
    QPlainTextEdit,
    QSizePolicy,
    QSpinBox,
    QWidget,
)

from cocivic_desktop.ui.choices import Choices, enum_choices
from cocivic_desktop.ui.widgets.date_field import DateField
from cocivic_desktop.ui.widgets.duration_field import DurationField
from cocivic_desktop.ui.widgets.time_field import TimeField

LEAST_TEXT_HEIGHT = 52
MOST_TEXT_HEIGHT = 240
"""Heights of a text of several lines, in logical pixels."""


class FormField(Protocol):
    """One bound widget. `edited` while the person types, `finished` when a value is complete."""

    name: str
    widget: QWidget

    @property
    def edited(self) -> SignalInstance: ...

    @property
    def finished(self) -> SignalInstance: ...

    @property
    def editor(self) -> QWidget:
        """The widget that has the keyboard."""

    def read(self) -> Any:
        """The value as it would be stored. Raises ValueError(code)."""

    def show(self, value: Any) -> None:
        """Show a value without telling anybody."""

    def fill(self) -> None:
        """Ask for the choices again, where there are some."""


class Bound(QObject):
    """What the adapters share."""

    edited = Signal()
    finished = Signal()

    def __init__(self, name: str, widget: QWidget) -> None:
        super().__init__(widget)
        self.name = name
        self.widget = widget

    @property
    def editor(self) -> QWidget:
        """The widget that has the keyboard."""
        return self.widget.focusProxy() or self.widget

    def fill(self) -> None:
        """Ask for the choices again, where there are some."""


class LineField(Bound):
    """A text in one line; a list of texts with commas between."""

    def __init__(self, name: str, widget: QLineEdit, *, many: bool) -> None:
        super().__init__(name, widget)
        self._line, self._many = widget, many
        widget.textEdited.connect(lambda: self.edited.emit())
        widget.editingFinished.connect(lambda: self.finished.emit())

    def read(self) -> Any:
        text = self._line.text()
        return [part.strip() for part in text.split(",") if part.strip()] if self._many else text.strip()

    def show(self, value: Any) -> None:
        text = ", ".join(value or []) if self._many else str(value or "")
        if text != self._line.text():
            self._line.setText(text)
            self._line.setCursorPosition(0)


class TextField(Bound):
    """A text of several lines; a list of texts with one per line. The widget grows with its text.

    A widget with the dynamic property `fills` keeps the height its layout gives it.
    """

    def __init__(self, name: str, widget: QPlainTextEdit, *, many: bool) -> None:
        super().__init__(name, widget)
        self._text, self._many, self._showing = widget, many, False
        widget.setTabChangesFocus(True)
        widget.textChanged.connect(self._changed)
        if not widget.property("fills"):
            self._least = max(widget.minimumHeight(), LEAST_TEXT_HEIGHT)
            widget.setVerticalScrollBarPolicy(Qt.ScrollBarPolicy.ScrollBarAsNeeded)
            widget.setFixedHeight(self._least)
            widget.document().documentLayout().documentSizeChanged.connect(lambda: self._grow())

    def read(self) -> Any:
        text = self._text.toPlainText()
        return [line.strip() for line in text.splitlines() if line.strip()] if self._many else text.rstrip()

    def show(self, value: Any) -> None:
        text = "\n".join(value or []) if self._many else str(value or "")
        if text != self._text.toPlainText():
            self._showing = True
            self._text.setPlainText(text)
            self._showing = False

    def _grow(self) -> None:
        """As high as the text, between the least height and `MOST_TEXT_HEIGHT`."""
        lines = self._text.document().size().height()
        wanted = round(lines * self._text.fontMetrics().lineSpacing()) + 20
        self._text.setFixedHeight(max(self._least, min(wanted, MOST_TEXT_HEIGHT)))

    def _changed(self) -> None:
        if not self._showing:
            self.edited.emit()


class ChoiceField(Bound):
    """A list of choices. The values are kept here: Qt would turn an enumeration's value into plain text."""

    def __init__(self, name: str, widget: QComboBox, choices: Callable[[], Choices], *, optional: bool) -> None:
        super().__init__(name, widget)
        self._box, self._choices, self._optional = widget, choices, optional
        self._values: list[Any] = []
        self._texts: list[str] = []
        widget.activated.connect(lambda: self.finished.emit())

    def fill(self) -> None:
        offered = list(self._choices())
        if self._optional and (not offered or offered[0][0] is not None):
            offered.insert(0, (None, "–"))
        texts = [text for _, text in offered]
        present = self._values[self._box.currentIndex()] if 0 <= self._box.currentIndex() < len(self._values) else None
        self._values = [value for value, _ in offered]
        if texts != self._texts:
            self._texts = texts
            self._box.clear()
            self._box.addItems(texts)
            self._select(present)

    def read(self) -> Any:
        number = self._box.currentIndex()
        if not 0 <= number < len(self._values):
            raise ValueError("not_a_choice")
        return self._values[number]

    def show(self, value: Any) -> None:
        self._select(value)

    def _select(self, value: Any) -> None:
        self._box.setCurrentIndex(self._values.index(value) if value in self._values else -1)


class NumberField(Bound):
    """A number; where it may be missing, one step below the least value means "not set"."""

    def __init__(self, name: str, widget: QSpinBox | QDoubleSpinBox, *, optional: bool) -> None:
        super().__init__(name, widget)
        self._box, self._optional = widget, optional
        if optional:
            if isinstance(widget, QSpinBox):
                widget.setMinimum(widget.minimum() - 1)
            else:
                widget.setMinimum(widget.minimum() - 1.0)
            widget.setSpecialValueText("–")
        widget.setKeyboardTracking(False)
        widget.setMaximumWidth(160)
        widget.valueChanged.connect(lambda: self.edited.emit())
        widget.editingFinished.connect(lambda: self.finished.emit())

    def read(self) -> Any:
        value = self._box.value()
        return None if self._optional and value <= self._box.minimum() else value

    def show(self, value: Any) -> None:
        blocked = self._box.blockSignals(True)
        shown = self._box.minimum() if value is None else value
        if isinstance(self._box, QSpinBox):
            self._box.setValue(int(shown))
        else:
            self._box.setValue(float(shown))
        self._box.blockSignals(blocked)


class CheckField(Bound):
    """Yes or no."""

    def __init__(self, name: str, widget: QCheckBox) -> None:
        super().__init__(name, widget)
        self._box = widget
        widget.clicked.connect(lambda: self.finished.emit())

    def read(self) -> Any:
        return self._box.isChecked()

    def show(self, value: Any) -> None:
        self._box.setChecked(bool(value))


class DayField(Bound):
    """A day. As text (`as_text`) it is stored as an ISO date."""

    def __init__(self, name: str, widget: DateField) -> None:
        super().__init__(name, widget)
        self._field = widget
        widget.edited.connect(self.edited)
        widget.day_changed.connect(lambda day: self.finished.emit())
        widget.invalid.connect(lambda bad: self.finished.emit())

    def read(self) -> Any:
        if self._field.is_invalid:
            raise ValueError("not_a_date")
        return self._field.day

    def show(self, value: Any) -> None:
        if value != self._field.day or self._field.is_invalid:
            self._field.set_day(value if isinstance(value, date) else None)


class ClockField(Bound):
    """A time of day."""

    def __init__(self, name: str, widget: TimeField) -> None:
        super().__init__(name, widget)
        self._field = widget
        widget.textEdited.connect(lambda: self.edited.emit())
        widget.invalid.connect(lambda bad: self.finished.emit())
        widget.time_changed.connect(lambda moment: self.finished.emit())

    def read(self) -> Any:
        if self._field.is_invalid:
            raise ValueError("not_a_time")
        return self._field.moment

    def show(self, value: Any) -> None:
        self._field.set_time(value)


class MinutesField(Bound):
    """Whole minutes."""

    def __init__(self, name: str, widget: DurationField, *, optional: bool) -> None:
        super().__init__(name, widget)
        self._field, self._optional = widget, optional
        widget.textEdited.connect(lambda: self.edited.emit())
        widget.invalid.connect(lambda bad: self.finished.emit())
        widget.minutes_changed.connect(lambda minutes: self.finished.emit())

    def read(self) -> Any:
        if self._field.is_invalid:
            raise ValueError("not_a_duration")
        if self._field.minutes is None and not self._optional:
            return 0
        return self._field.minutes

    def show(self, value: Any) -> None:
        self._field.set_minutes(value)


def field_for(
    name: str, widget: QWidget, kind: type, *, optional: bool, choices: Callable[[], Choices] | None
) -> FormField:
    """The adapter for a widget that shows a field of type `kind`. Raises TypeError for a widget that cannot."""
    if isinstance(widget, DateField):
        return DayField(name, widget)
    if isinstance(widget, TimeField):
        return ClockField(name, widget)
    if isinstance(widget, DurationField):
        return MinutesField(name, widget, optional=optional)
    if isinstance(widget, QLineEdit):
        return LineField(name, widget, many=kind is list)
    if isinstance(widget, QPlainTextEdit):
        return TextField(name, widget, many=kind is list)
    if isinstance(widget, QCheckBox):
        return CheckField(name, widget)
    if isinstance(widget, QAbstractSpinBox) and isinstance(widget, QSpinBox | QDoubleSpinBox):
        widget.setFocusPolicy(Qt.FocusPolicy.StrongFocus)
        return NumberField(name, widget, optional=optional)
    if isinstance(widget, QComboBox):
        widget.setFocusPolicy(Qt.FocusPolicy.StrongFocus)
        widget.setSizeAdjustPolicy(QComboBox.SizeAdjustPolicy.AdjustToMinimumContentsLengthWithIcon)
        widget.setMinimumContentsLength(widget.minimumContentsLength() or 12)
        widget.setSizePolicy(QSizePolicy.Policy.Expanding, QSizePolicy.Policy.Fixed)
        if choices is None and issubclass(kind, StrEnum):
            enumeration: type[StrEnum] = kind
            return ChoiceField(name, widget, lambda: enum_choices(enumeration), optional=optional)
        if choices is not None:
            return ChoiceField(name, widget, choices, optional=optional)
    raise TypeError(f"{type(widget).__name__} cannot show {name} of type {kind.__name__}")
