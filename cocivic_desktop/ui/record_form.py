"""Binds the widgets of a compiled form to one record: shows it, checks it in place, saves it by itself.

A widget belongs to the field whose name is its objectName (after an optional prefix). What is typed is stored
600 ms after the last key, or as soon as the field is left; a value that may not be stored stays on the screen with
a sentence beside it, and the stored one is kept.
"""

from __future__ import annotations

from collections.abc import Callable, Collection, Mapping
from typing import TYPE_CHECKING, Any, Generic, TypeVar

from PySide6.QtCore import QEvent, QObject, QTimer, Signal
from PySide6.QtGui import QKeyEvent, QKeySequence
from PySide6.QtWidgets import QAbstractSpinBox, QComboBox, QLineEdit, QPlainTextEdit, QTabWidget, QWidget

from cocivic_desktop.domain.base import Entity
from cocivic_desktop.domain.errors import CoCivicError, InvalidField
from cocivic_desktop.domain.validation import field_rules
from cocivic_desktop.services import records
from cocivic_desktop.ui.choices import Choices, reference_choices
from cocivic_desktop.ui.form_fields import FormField, field_for
from cocivic_desktop.ui.problem_labels import ProblemLabels

if TYPE_CHECKING:
    from cocivic_desktop.ui.context import Context

EntityType = TypeVar("EntityType", bound=Entity)
SAVE_AFTER_MS = 600


class RecordForm(QObject, Generic[EntityType]):
    """`RecordForm(context, SharedGoal, self.ui.detail)`; then `form.load(goal)` whenever the page loads.

    `choices` names what combo boxes offer, by field: a callable that gives (value, text) pairs. Enumerations, people,
    organisations and partnerships need none. `prefix` stands before the objectNames where a page has several forms.
    `save` replaces the service that stores (default `records.change`); it is called as `save(record, {field: value})`.
    """

    saved = Signal(object)
    """Names of the fields that were stored."""

    def __init__(
        self,
        context: Context,
        cls: type[EntityType],
        container: QWidget,
        *,
        choices: Mapping[str, Callable[[], Choices]] | None = None,
        prefix: str = "",
        leave_out: Collection[str] = (),
        save: Callable[[EntityType, dict[str, Any]], Any] | None = None,
    ) -> None:
        super().__init__(container)
        self._context, self._cls, self._container = context, cls, container
        self._save_with = save or self._change
        self._dirty: set[str] = set()
        self._problems = ProblemLabels()
        self.record: EntityType | None = None
        self.fields: dict[str, FormField] = {}
        self._timer = QTimer(self)
        self._timer.setSingleShot(True)
        self._timer.setInterval(SAVE_AFTER_MS)
        self._timer.timeout.connect(self.flush)
        for rule in field_rules(cls):
            widget = container.findChild(QWidget, prefix + rule.name)
            if isinstance(widget, QWidget) and rule.name not in leave_out:
                offered = (choices or {}).get(rule.name) or self._references(rule.name)
                self._bind(field_for(rule.name, widget, rule.kind, optional=rule.optional, choices=offered))
        container.setEnabled(False)

    def load(self, record: EntityType | None) -> None:
        """Show a record, or nothing. What was typed for another is stored first; what is being typed for it stays."""
        if self.record is not None and (record is None or record.id != self.record.id):
            self.flush()
            self._dirty.clear()
            self._problems.clear()
        self.record = record
        self._container.setEnabled(record is not None)
        for name, field in self.fields.items():
            field.fill()
            if name not in self._dirty:
                field.show(getattr(record, name) if record is not None else None)

    def flush(self) -> bool:
        """Store what was typed, now. False when some of it may not be stored; it stays on the screen."""
        self._timer.stop()
        if self.record is None or not self._dirty:
            return not self._problems
        values = self._read_all()
        while values:
            self._dirty -= set(values)
            try:
                self._save_with(self.record, values)
            except InvalidField as error:
                self._dirty |= set(values)
                if error.field not in values:
                    self._refuse(error)
                    return False
                self._problems.show(self.fields[error.field].widget, error)
                del values[error.field]
            except CoCivicError as error:
                self._dirty |= set(values)
                self._context.report(error)
                return False
            else:
                for name in values:
                    self._problems.hide(self.fields[name].widget)
                self.saved.emit(frozenset(values))
                break
        return not self._problems

    def focus(self, name: str) -> None:
        """Put the keyboard into a field with its text selected, e.g. after a new record was added."""
        field = self.fields[name]
        _bring_into_view(field.widget)
        field.editor.setFocus()
        if isinstance(field.editor, QLineEdit | QPlainTextEdit | QAbstractSpinBox):
            field.editor.selectAll()

    @property
    def has_unsaved(self) -> bool:
        """Whether something typed is not stored yet."""
        return bool(self._dirty)

    def eventFilter(self, watched: QObject, event: QEvent) -> bool:
        """Store on leaving; Ctrl+Z goes to the workspace when nothing unsaved is typed; the wheel changes no field."""
        kind = event.type()
        if kind == QEvent.Type.FocusOut:
            QTimer.singleShot(0, self, self.flush)
        elif kind == QEvent.Type.ShortcutOverride and isinstance(event, QKeyEvent):
            undo = event.matches(QKeySequence.StandardKey.Undo) or event.matches(QKeySequence.StandardKey.Redo)
            if undo and not self._is_dirty(watched):
                event.ignore()
                return True
        elif kind == QEvent.Type.Wheel and isinstance(watched, QComboBox | QAbstractSpinBox) and not watched.hasFocus():
            event.ignore()
            return True
        return super().eventFilter(watched, event)

    def _bind(self, field: FormField) -> None:
        self.fields[field.name] = field
        field.edited.connect(lambda: self._touched(field.name, wait=True))
        field.finished.connect(lambda: self._touched(field.name, wait=False))
        field.widget.installEventFilter(self)
        if field.editor is not field.widget:
            field.editor.installEventFilter(self)

    def _touched(self, name: str, *, wait: bool) -> None:
        if self.record is None:
            return
        if not wait and name not in self._dirty and not self._differs(name):
            return
        self._dirty.add(name)
        if wait:
            self._timer.start()
        else:
            self.flush()

    def _differs(self, name: str) -> bool:
        try:
            return bool(self.fields[name].read() != getattr(self.record, name))
        except ValueError:
            return True

    def _read_all(self) -> dict[str, Any]:
        """The values that can be read; the others get their sentence."""
        values = {}
        for name in sorted(self._dirty):
            try:
                values[name] = self.fields[name].read()
            except ValueError as error:
                self._problems.show(self.fields[name].widget, InvalidField(name, str(error)))
        return values

    def _refuse(self, error: InvalidField) -> None:
        """A rule over several fields names one that was not typed: say it there, or in a message."""
        if error.field in self.fields:
            self._problems.show(self.fields[error.field].widget, error)
        else:
            self._context.report(error)

    def _change(self, record: EntityType, values: dict[str, Any]) -> None:
        records.change(self._context.workspace, self._cls, record.id, **values)

    def _references(self, name: str) -> Callable[[], Choices] | None:
        kind = self._cls.__dataclass_fields__[name].metadata.get("reference")
        return reference_choices(self._context, kind) if kind else None

    def _is_dirty(self, watched: QObject) -> bool:
        return any(
            name in self._dirty for name, field in self.fields.items() if watched in (field.widget, field.editor)
        )


def _bring_into_view(widget: QWidget) -> None:
    """Turn to the tab that holds a widget."""
    page: QWidget | None = widget
    while page is not None:
        parent = page.parentWidget()
        tabs = parent.parentWidget() if parent is not None else None
        if isinstance(tabs, QTabWidget):
            tabs.setCurrentWidget(page)
        page = parent


def flush_forms(root: QWidget) -> bool:
    """Store what was typed in every form below a widget; False when some of it may not be stored."""
    done = [form.flush() for form in root.findChildren(RecordForm)]
    return all(done)
